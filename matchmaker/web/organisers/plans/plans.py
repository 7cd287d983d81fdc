"""Plans: every version there is, and how the next one is to be made."""

from datetime import UTC, datetime

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.validators import Optional

from matchmaker.services import ask_for_work
from matchmaker.services.plans import kept_reviews
from matchmaker.services.plans.keep_meetings import MOST_PLACES, PlanningWay, begun
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.plans import plans as rows
from matchmaker.store.plans.plans import Plan
from matchmaker.web.access import also_for, event
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event
from matchmaker.web.fields import (
    Between,
    CheckboxField,
    RadioField,
    SelectChoice,
    SubmitField,
    WholeNumberField,
)
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.plans.plan import mending, off_now, version_of
from matchmaker.web.transaction import session, start


class PlanForm(PageForm):
    """How the next plan is to be made."""

    way = RadioField(
        "How to make the next plan",
        choices=[
            SelectChoice(
                PlanningWay.LEAST.value,
                "Change as little as possible",
                render_kw={
                    "hint": "Every meeting that can still take place stays. Gaps are filled, new people get places, "
                    "and whoever comes back gets their old meetings back where both are still free."
                },
            ),
            SelectChoice(
                PlanningWay.AFRESH.value,
                "Start afresh",
                render_kw={"hint": "Only locked meetings stay, and rounds that have begun or are fixed."},
            ),
        ],
    )
    places = WholeNumberField(
        "Places that may change to make room for a meeting",
        validators=[Optional(), Between(0, MOST_PLACES)],
        render_kw={
            "hint": "For two people who have both asked to meet since, and for whoever came later, who meets "
            "people of the plan. A place is one person in one round. With 4, each of two may leave somebody. "
            "With 0, people meet only where both are free."
        },
    )
    unanswered = CheckboxField("Plan them in as well")
    submit = SubmitField("Make the plan")


@organisers.get("/plans")
@also_for(EventRole.READER)
def plans() -> str:
    """List every version, with a form that makes the next one."""
    versions = rows.versions(session(), event().id)
    published = rows.published(session(), event().id)
    at = datetime.now(UTC)
    next_plan = kept_reviews.of_next(session(), event(), at)
    return render_template(
        "organisers/plans/plans.html",
        event=event(),
        form=_form(published, unanswered=bool(versions and versions[0].unanswered)),
        versions=[version_of(one) for one in versions],
        published=version_of(published) if published else None,
        off=off_now(published),
        mending=mending(published),
        begun=sorted(begun(event(), at)) if published else [],
        fixed=versions[0].fixed_rounds if versions else [],
        next=next_plan.found,
        stood=next_plan.stood,
    )


@organisers.post("/plans")
@ends_with_the_event
def make_plan() -> Response:
    """Ask for the next version to be worked out."""
    form = PlanForm()
    least = form.way.data == PlanningWay.LEAST.value and rows.published(session(), event().id) is not None
    way = PlanningWay.LEAST if least else PlanningWay.AFRESH
    details: dict[str, str | bool | int] = {"way": way.value, "unanswered": bool(form.unanswered.data)}
    if form.places.data is not None and form.places.validate(form):
        details["places"] = form.places.data
    job = ask_for_work.ask(session(), "plan", event().id, me().id, details)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


def _form(published: Plan | None, *, unanswered: bool) -> PlanForm:
    """Return the form as the page opens; there is nothing to keep before a plan is published."""
    form = PlanForm(
        formdata=None, data={"unanswered": unanswered, "way": PlanningWay.LEAST.value, "places": MOST_PLACES}
    )
    if published is None:
        del form.way
        del form.places
    return form
