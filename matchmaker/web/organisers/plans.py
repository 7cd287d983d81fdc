"""Plans: make one, look at it by round or by person, publish it, take it away as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField

from matchmaker.documents import tables
from matchmaker.documents.tables import PlanTables
from matchmaker.services import asking, planning, printing, telling, warning
from matchmaker.services.gathering import coming, gather
from matchmaker.services.reviewing import Place, Review, review
from matchmaker.store import plans as rows
from matchmaker.store.plans import Plan
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import SubmitField
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import deliver_mail, session, start

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Version:
    """What a page says of one version of the plan itself.

    Templates are given values, never a plan with its meetings: what a template has been given is freed late, by the
    collector of cycles, and thousands of rows at once have brought CPython 3.11 down there.
    """

    public_id: str
    version: int
    state: str
    made_at: datetime
    published_at: datetime | None


def version_of(plan: Plan) -> Version:
    """Return what a page says of a version."""
    return Version(plan.public_id, plan.version, plan.state.value, plan.made_at, plan.published_at)


class PublishForm(FlaskForm):
    """Publish this version in place of the one the page named."""

    instead_of = HiddenField()
    submit = SubmitField("Publish this plan")


@organisers.get("/plans")
def plans() -> str:
    """List every version, with a button that makes the next one."""
    hall = gather(session(), event().id, coming(session(), event().id))
    return render_template(
        "organisers/plans.html",
        event=event(),
        versions=[version_of(one) for one in rows.versions(session(), event().id)],
        lacking=planning.missing(hall),
        warnings=warning.hall_warnings(session(), event()),
        people=len(hall.there),
        rounds=len(hall.rounds),
        tables=len(hall.tables),
    )


@organisers.post("/plans")
def make_plan() -> Response:
    """Ask for the next version to be worked out."""
    job = asking.ask(session(), "plan", event().id, me().id)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


@organisers.get("/plans/<plan>")
def plan(plan: str) -> str:
    """Show one version: how good it is, who meets whom, and what stands against it."""
    seen = look(plan)
    if seen.faults:
        return render_template(
            "organisers/plan_broken.html", event=event(), plan=version_of(seen.plan), faults=seen.faults
        )
    view = "person" if request.args.get("by") == "person" else "round"
    name = request.args.get("name", "").strip()
    now = rows.published_head(session(), event().id)
    return render_template(
        "organisers/plan.html",
        event=event(),
        plan=version_of(seen.plan),
        figures={
            "meetings": len(seen.meetings),
            "fewest": seen.fewest,
            "most": seen.most,
            "sit_outs": seen.sit_outs,
        },
        wishes=seen.wishes,
        unmet=seen.unmet,
        rounds=len(seen.plan.rounds),
        view=view,
        name=name,
        form=PublishForm(formdata=None, instead_of=now.public_id if now else ""),
        now=version_of(now) if now else None,
        certificate=_certificate(seen),
        warnings=warning.plan_warnings(seen),
        head=_round_heads(seen),
        grid=_by_round(seen) if view == "round" else _by_person(seen, name),
        shares=[
            {"name": share.person.name, "meetings": share.meetings, "possible": share.possible}
            for share in seen.shares
        ],
    )


@organisers.post("/plans/<plan>/publish")
def publish_plan(plan: str) -> Response:
    """Let attendees see this version in place of the one before, and tell whoever it changes for."""
    seen = look(plan)
    form = PublishForm()
    here = redirect(url_for("organisers.plan", plan=plan))
    at = datetime.now(UTC)
    if seen.faults or not form.validate():
        return here
    try:
        before = planning.publish(session(), seen.plan, form.instead_of.data or "", at)
    except planning.PublishedMeanwhile:
        flash(
            "Nothing was published: another version has been published since you opened this page. "
            "Look at it first, then decide again.",
            "important",
        )
        return here
    link = current_app.config["SETTINGS"].public_url + url_for("attendees.day", event=event().public_id)
    was = review(session(), event(), before) if before else None
    told = telling.tell(session(), seen, was, printing.stamp(seen, at), link)
    deliver_mail()
    mails = f"{told:,} {'mail is' if told == 1 else 'mails are'}"
    flash(
        f"Version {seen.plan.version} is published. Attendees can see their meetings now, and {mails} on the way.",
        "success",
    )
    return here


@organisers.get("/plans/<plan>/plan.csv")
def plan_csv(plan: str) -> Response:
    """Give the plan as CSV, one row a meeting."""
    return _file(plan, tables.plan_csv, "text/csv", "csv")


@organisers.get("/plans/<plan>/plan.xlsx")
def plan_xlsx(plan: str) -> Response:
    """Give the plan as a workbook, by round and by person."""
    return _file(plan, tables.plan_xlsx, XLSX, "xlsx")


def _file(public_id: str, make: Callable[[PlanTables], bytes], media_type: str, ending: str) -> Response:
    seen = look(public_id)
    if seen.faults:
        return redirect(url_for("organisers.plan", plan=public_id))
    content = make(printing.tables(seen, datetime.now(UTC)))
    name = f"plan-{seen.plan.version}.{ending}"
    return send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)


def look(public_id: str) -> Review:
    """Return the review of a version of this event's plan, or show that there is none."""
    found: Plan | None = rows.by_public_id(session(), event().id, public_id)
    if found is None:
        abort(404)
    return review(session(), event(), found)


def _certificate(seen: Review) -> dict[str, Any]:
    return {
        "people": seen.size,
        "meetings": len(seen.plan.meetings),
        "fewest": seen.fewest,
        "most": seen.most,
        "wishes": seen.wishes,
        "wishes_met": seen.wishes - len(seen.plan.certificate["unmet"]),
        "gap": seen.gap,
    }


def _round_heads(seen: Review) -> list[dict[str, Any]]:
    """Return number and start of every round of the plan; one that is no longer in the programme has no time."""
    starts = {round_.number: round_.starts_at for round_ in event().rounds}
    return [{"number": number, "starts": starts.get(number)} for number in seen.plan.rounds]


@dataclass(frozen=True)
class Row:
    """A row of the grid: a table, or a person with their organisation, then a cell a round."""

    head: str
    cells: tuple[str, ...]
    place: str = ""


def _by_round(seen: Review) -> list[Row]:
    """Return a row for each table in use: its number, then who sits there in each round."""
    names: dict[tuple[int, int], str] = {}
    for meeting, here in seen.meetings:
        names[meeting.table_number, meeting.round_number] = " and ".join(one.name for one in here)
    used = sorted({table for table, _ in names})
    return [
        Row(f"Table {table}", tuple(names.get((table, number), "") for number in seen.plan.rounds))
        for table in used
    ]


def _by_person(seen: Review, name: str) -> list[Row]:
    """Return a row for each person whose name holds `name`: the name, then each round."""
    return [
        Row(person.name, tuple(_place(place) for place in seen.day(person.id)), person.organisation)
        for person in seen.people.values()
        if name.casefold() in person.name.casefold()
    ]


def _place(place: Place) -> str:
    if place.partners:
        return f"Table {place.table}: {' and '.join(one.name for one in place.partners)}"
    if place.off:
        return "Free: what was planned cannot take place"
    return "No meeting" if place.there else "Not here"
