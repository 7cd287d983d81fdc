"""One version of the plan: look at it by round or by person, see what it changes, take it away as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import abort, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.plans import spreadsheets
from matchmaker.documents.plans.spreadsheets import PlanTables
from matchmaker.services import ask_for_work
from matchmaker.services.plans import compare_plans, plan_sheets, plan_warnings, tell_partners
from matchmaker.services.plans.compare_plans import LostMeeting, PlaceInRound
from matchmaker.services.plans.fewest_meetings import fewest_meetings
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.services.plans.review_plan import Place, Review, review, review_beside
from matchmaker.store import jobs
from matchmaker.store.event.events import EventRole
from matchmaker.store.people.comers import NamedPerson
from matchmaker.store.plans import plans as rows
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.web.access import also_for, event
from matchmaker.web.account import me
from matchmaker.web.filters import clock
from matchmaker.web.organisers import organisers
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.transaction import session, start

MOST_ROWS = 200
"""So many changed places are listed; the slips that are printed have all of them."""
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
    revision: int


def version_of(plan: Plan) -> Version:
    """Return what a page says of a version."""
    return Version(
        plan.public_id, plan.version, plan.state.value, plan.made_at, plan.published_at, plan.revision
    )


def off_now(published: Plan | None) -> int:
    """Return how many meetings of the published plan, in rounds that have not begun, cannot take place."""
    if published is None or published.state is not PlanState.PUBLISHED:
        return 0
    return tell_partners.gaps(session(), event(), published.id, datetime.now(UTC))


def mending(published: Plan | None) -> dict[str, str]:
    """Return the form that plans again, for the same people, with as few changes as possible."""
    asked = {"unanswered": "y"} if published and published.unanswered else {}
    return {"way": PlanningWay.LEAST.value, **asked}


@organisers.get("/plans/<plan>")
@also_for(EventRole.READER)
def plan(plan: str) -> str:
    """Show one version: how good it is, who meets whom, and what stands against it."""
    seen = look(plan)
    if seen.faults:
        return render_template(
            "organisers/plans/plan_broken.html", event=event(), plan=version_of(seen.plan), faults=seen.faults
        )
    view = "person" if request.args.get("by") == "person" else "round"
    name = request.args.get("name", "").strip()
    now = rows.published(session(), event().id)
    tables_used, named = _tables_used(seen), _named(seen, name)
    pages = pages_of(len(tables_used if view == "round" else named))
    page = min(page_asked(), pages)
    here = slice((page - 1) * A_PAGE, page * A_PAGE)
    return render_template(
        "organisers/plans/plan.html",
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
        gave_way=seen.gave_way,
        fewest=fewest_meetings(seen),
        talks=_talks(seen),
        stars=seen.plan.certificate.get("stars"),
        stars_bound=seen.plan.certificate.get("stars_bound"),
        rounds=len(seen.plan.rounds),
        view=view,
        name=name,
        now=version_of(now) if now else None,
        changes=changes(seen, rows.replaced_by(session(), seen.plan)),
        certificate=_certificate(seen),
        gains=_gains(seen),
        warnings=plan_warnings.plan_warnings(seen),
        off=off_now(seen.plan),
        mending=mending(seen.plan),
        head=_round_heads(seen),
        grid=_by_round(seen, tables_used[here]) if view == "round" else _by_person(seen, named[here]),
        page_links=_links(plan, view, name, page, pages),
        shares=[
            {"name": share.person.name, "meetings": share.meetings, "possible": share.possible}
            for share in seen.shares[:A_PAGE]
        ],
        people=len(seen.shares),
    )


@organisers.post("/plans/<plan>/what-if")
def what_if(plan: str) -> Response:
    """Ask what more tables or another round would give this version."""
    if rows.by_public_id(session(), event().id, plan) is None:
        abort(404)
    job = ask_for_work.ask(session(), "what-if", event().id, me().id, {"plan": plan})
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


def _gains(seen: Review) -> list[dict[str, Any]]:
    """Return what more tables or another round would give, if that was asked of this version as it stands."""
    job = jobs.latest(session(), event().id, "what-if")
    asked = job.result if job else {}
    same = (asked.get("plan"), asked.get("revision")) == (seen.plan.public_id, seen.plan.revision)
    gains = list(asked["gains"]) if same else []
    # What was worked out by an earlier release names its changes in another way.
    return gains if all("change" in one for one in gains) else []


@organisers.get("/plans/<plan>/plan.csv")
def plan_csv(plan: str) -> Response:
    """Give the plan as CSV, one row a meeting."""
    return _file(plan, spreadsheets.plan_csv, "text/csv", "csv")


@organisers.get("/plans/<plan>/plan.xlsx")
def plan_xlsx(plan: str) -> Response:
    """Give the plan as a workbook, by round and by person."""
    return _file(plan, spreadsheets.plan_xlsx, XLSX, "xlsx")


def _file(public_id: str, make: Callable[[PlanTables], bytes], media_type: str, ending: str) -> Response:
    seen = look(public_id)
    if seen.faults:
        return redirect(url_for("organisers.plan", plan=public_id))
    content = make(plan_sheets.tables(seen, datetime.now(UTC)))
    name = f"plan-{seen.plan.version}.{ending}"
    return send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)


def look(public_id: str) -> Review:
    """Return the review of a version of this event's plan, or show that there is none."""
    return review(session(), event(), _whole(public_id))


def _whole(public_id: str) -> Plan:
    found: Plan | None = rows.by_public_id(session(), event().id, public_id)
    if found is None:
        abort(404)
    return found


def _certificate(seen: Review) -> dict[str, Any]:
    return {
        "people": seen.size,
        "meetings": len(seen.sat),
        "fewest": seen.fewest,
        "most": seen.most,
        "wishes": seen.wishes,
        "wishes_met": seen.wishes - len(seen.certificate["unmet"]),
        "gap": seen.gap,
        "kept": "changes" in seen.certificate,
    }


@dataclass(frozen=True)
class ChangedRow:
    """One row of what changes: a person, a round, and their place before and after, in words."""

    name: str
    round_number: int
    before: str
    after: str


@dataclass(frozen=True)
class PlanChanges:
    """What a page says of the difference from the version before; `lost` has each ended meeting with its reason.

    Of very many changed `places`, `rows` has the first.
    """

    version: int
    rows: tuple[ChangedRow, ...]
    places: int
    people: int
    others: int
    kept: int
    lost: tuple[LostMeeting, ...]
    least: int


def changes(seen: Review, head: Plan | None) -> PlanChanges | None:
    """Return what a version changes of another, as a page says it; None if there is no other."""
    if head is None:
        return None
    before = review_beside(session(), seen, _whole(head.public_id))
    at = seen.plan.published_at or datetime.now(UTC)
    found = compare_plans.compare(seen, before, at)
    return PlanChanges(
        version=head.version,
        rows=tuple(
            ChangedRow(
                slot.person.name,
                slot.round_number,
                _at(slot.times and slot.times[0]) + _seated(slot.before),
                _at(slot.times and slot.times[1]) + _seated(slot.after, there=slot.there),
            )
            for slot in found.slots[:MOST_ROWS]
        ),
        places=len(found.slots),
        people=len(found.changed),
        others=found.people - len(found.changed),
        kept=found.kept,
        lost=found.lost,
        least=found.least,
    )


def _at(moment: datetime | None) -> str:
    return f"{clock(moment, event().zone)}. " if moment else ""


def _seated(place: PlaceInRound | None, *, there: bool = True) -> str:
    if place is None:
        return "No meeting" if there else "Not here"
    others = " and ".join(one.name for one in place.others) or "nobody"
    return f"Table {place.table}: {place.topic or others}"


def _round_heads(seen: Review) -> list[dict[str, Any]]:
    """Return number and start of every round of the plan; one that is no longer in the programme has no time."""
    starts = {round_.number: round_.starts_at for round_ in event().rounds}
    return [{"number": number, "starts": starts.get(number)} for number in seen.plan.rounds]


@dataclass(frozen=True)
class GridRow:
    """A row of the grid: a table, or a person with their organisation, then a cell a round."""

    head: str
    cells: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True)
class TalkRow:
    """A table topic of the plan as the page lists it: when and where it is held, and how many come, host included."""

    title: str
    host: str
    held: tuple[tuple[int, int, int], ...]
    """(round number, table number, people) each time it is held."""


def _talks(seen: Review) -> list[TalkRow]:
    """Return the topics of the plan by title, with each time they are held."""
    held: dict[int, list[tuple[int, int, int]]] = {}
    topics = {talk.topic.id: talk.topic for talk, _ in seen.talks}
    for talk, people in seen.talks:
        held.setdefault(talk.topic.id, []).append((talk.round_number, talk.table_number, len(people)))
    rows = [TalkRow(one.title, one.host.name, tuple(held[number])) for number, one in topics.items()]
    return sorted(rows, key=lambda row: row.title.casefold())


def _tables_used(seen: Review) -> list[int]:
    """Return the tables at which anybody sits, in order."""
    return sorted(
        {meeting.table_number for meeting, _ in seen.meetings} | {talk.table_number for talk, _ in seen.talks}
    )


def _named(seen: Review, name: str) -> list[NamedPerson]:
    """Return everybody whose name holds `name`, by name."""
    return [one for one in seen.people.values() if name.casefold() in one.name.casefold()]


def _links(plan: str, view: str, name: str, page: int, pages: int) -> dict[str, object]:
    """Return the links to the other pages of the grid."""
    asked = {"plan": plan, "by": view, "name": name or None, "_anchor": "meetings"}
    what = "tables" if view == "round" else "people"
    return page_links("organisers.plan", asked, page, pages, what)


def _by_round(seen: Review, tables: list[int]) -> list[GridRow]:
    """Return a row for each of these tables: its number, then who sits there in each round."""
    names: dict[tuple[int, int], str] = {}
    shown = {*tables}
    for meeting, here in seen.meetings:
        if meeting.table_number in shown:
            names[meeting.table_number, meeting.round_number] = " and ".join(one.name for one in here)
    for talk, _people in seen.talks:
        names[talk.table_number, talk.round_number] = talk.topic.title
    return [
        GridRow(f"Table {table}", tuple(names.get((table, number), "") for number in seen.plan.rounds))
        for table in tables
    ]


def _by_person(seen: Review, people: list[NamedPerson]) -> list[GridRow]:
    """Return a row for each of these people: the name, then each round."""
    return [
        GridRow(person.name, tuple(_place(place) for place in seen.day(person.id)), person.organisation)
        for person in people
    ]


def _place(place: Place) -> str:
    if place.topic and place.table:
        return f"Table {place.table}: {place.topic.title}"
    if place.partners:
        return f"Table {place.table}: {' and '.join(one.name for one in place.partners)}"
    if place.off:
        return "Free: what was planned cannot take place"
    return "No meeting" if place.there else "Not here"
