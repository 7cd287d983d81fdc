"""Publishing a version: say first what it changes and who gets mail, then do it."""

from datetime import UTC, datetime

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField

from matchmaker.services.plans import begun_rounds, kept_reviews, mail_plan, plan_versions
from matchmaker.services.plans.review_plan import review
from matchmaker.services.plans.sheet_values import stamp
from matchmaker.store.plans import plans
from matchmaker.web.access import event
from matchmaker.web.event_time import ends_with_the_event
from matchmaker.web.fields import SubmitField
from matchmaker.web.form import PageForm
from matchmaker.web.no_mail import on_the_way
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.plans import print_sheets
from matchmaker.web.organisers.plans.plan import look, version, version_of
from matchmaker.web.transaction import deliver_mail, session


class PublishForm(PageForm):
    """Publish this version, as the page showed it, in place of the one that the page named."""

    instead_of = HiddenField()
    revision = HiddenField()
    submit = SubmitField("Publish this plan")
    and_print = SubmitField("Publish and print the changed slips")


@organisers.get("/plans/<plan>/publish")
def confirm_publishing(plan: str) -> Response | str:
    """Say what publishing a version changes and who gets mail."""
    shown = version(plan)
    now = plans.published(session(), event().id)
    if shown is now:
        return redirect(url_for("organisers.plan", plan=plan))
    at = datetime.now(UTC)
    said = kept_reviews.for_publishing(session(), event(), shown, now, at)
    found = said.found
    begun = begun_rounds.rewritten(session(), event(), shown, now, at)
    if found.faults or found.news is None:
        return redirect(url_for("organisers.plan", plan=plan))
    return render_template(
        "organisers/plans/publish_plan.html",
        event=event(),
        plan=version_of(shown),
        now=version_of(now) if now else None,
        changes=found.changes,
        paper=kept_reviews.paper(session(), event(), shown, at).found,
        stood=said.stood,
        told=found.news["told"],
        unreached=found.news["unreached"],
        begun=begun_rounds.why_not(begun) if begun else "",
        form=PublishForm(
            formdata=None, instead_of=now.public_id if now else "", revision=str(shown.revision)
        ),
    )


@organisers.post("/plans/<plan>/publish")
@ends_with_the_event
def publish_plan(plan: str) -> Response:
    """Let attendees see this version in place of the one before, and tell whoever it changes for."""
    seen = look(plan)
    form = PublishForm()
    here = redirect(url_for("organisers.plan", plan=plan))
    at = datetime.now(UTC)
    if seen.faults or not form.validate():
        return here
    shown = form.instead_of.data or "", form.revision.data or ""
    try:
        before = plan_versions.publish(session(), seen.plan, *shown, at)
    except plan_versions.PublishedAlready:
        flash(f"Version {seen.plan.version} is published already", "success")
        return here
    except plan_versions.PublishedMeanwhile:
        flash(
            "Nothing was published: another version has been published since you opened this page. "
            "Look at it first, then decide again.",
            "important",
        )
        return here
    except plan_versions.RoundsBegun as rounds:
        flash(f"Nothing was published: {rounds}", "important")
        return here
    except plan_versions.EditedMeanwhile:
        flash(
            "Nothing was published: this version has been changed since you opened the page. "
            "Look at it again, then decide.",
            "important",
        )
        return here
    site, code = current_app.config["SETTINGS"].public_url, event().public_id
    link, notice = (site + url_for(page, event=code) for page in ("attendees.day", "public.event_privacy"))
    was = review(session(), event(), before) if before else None
    told = mail_plan.tell(session(), seen, was, stamp(seen, at), link, notice)
    deliver_mail()
    flash(
        f"Version {seen.plan.version} is published. Attendees can see their meetings now, "
        f"and {on_the_way(told, 'email', 'emails', 'print the slips instead')}.",
        "success",
    )
    if form.and_print.data:
        return print_sheets.ask_for_pdf(plan, "changed-slips")
    return here
