"""Changes of times and places that affect a published plan: say first what becomes wrong, then publish and tell."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec

from flask import current_app, flash, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from matchmaker.services.plans import mail_plan, reissue_plan
from matchmaker.services.plans.reissue_plan import Reissued
from matchmaker.services.plans.sheet_values import stamp
from matchmaker.services.plans.when_and_where import as_it_stands
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.no_mail import on_the_way
from matchmaker.web.organisers.plans import print_sheets
from matchmaker.web.transaction import deliver_mail, session, undo

Page = str | Response | tuple[str, int]
Asked = ParamSpec("Asked")


def asks_before_it_moves(view: Callable[Asked, Page]) -> Callable[Asked, Page]:
    """Wrap a page that changes when or where meetings are.

    Its change is made and looked at. If it touches the published plan, it is taken back and a page asks, with all
    that was sent; the yes, for the version that the page named, makes a version of the plan and tells people.
    """

    @wraps(view)
    def looked_at(*args: Asked.args, **kwargs: Asked.kwargs) -> Page:
        if request.method != "POST":
            return view(*args, **kwargs)
        before, said = as_it_stands(event()), list(cookie.get("_flashes", []))
        answer = view(*args, **kwargs)
        if not (isinstance(answer, Response) and answer.status_code < 400):
            return answer
        at = datetime.now(UTC)
        made = reissue_plan.reissue(session(), event(), before, me().id, at)
        if made is None:
            return answer
        if request.form.get("replaces") == made.before.plan.public_id:
            return _tell(made, at)
        # The view has said that it is done; it is not.
        cookie["_flashes"] = said
        page = _ask(made, at)
        undo()
        return page

    return looked_at


def _ask(made: Reissued, at: datetime) -> str:
    return render_template(
        "organisers/event/moved.html",
        event=event(),
        version=made.before.plan.version,
        moved=made.moved,
        rounds=[(one.number, one.starts_at) for one in event().rounds if one.number in made.moved.rounds],
        stale=reissue_plan.stale_paper(session(), made, at),
        meanwhile="replaces" in request.form,
        fields=[
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in ("csrf_token", "replaces", "and_print")
        ],
        replaces=made.before.plan.public_id,
    )


def _tell(made: Reissued, at: datetime) -> Response:
    plan = made.now.plan.public_id
    site, code = current_app.config["SETTINGS"].public_url, event().public_id
    link, notice = (site + url_for(page, event=code) for page in ("attendees.day", "public.event_privacy"))
    told = mail_plan.tell(session(), made.now, made.before, stamp(made.now, at), link, notice)
    deliver_mail()
    flash(
        f"Version {made.now.plan.version} is published with the same meetings, and "
        f"{on_the_way(told, 'email', 'emails', 'print what changed instead')}.",
        "success",
    )
    if "and_print" in request.form:
        return print_sheets.ask_for_pdf(plan, "changed-slips")
    return print_sheets.lead_to(plan)
