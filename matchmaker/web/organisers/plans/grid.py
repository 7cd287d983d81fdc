"""Who meets whom in a version of the plan, as its page shows it: some tables or people, with a cell a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request
from markupsafe import Markup

from matchmaker.documents.clock import clock
from matchmaker.services.plans.plan_findings import PlanFindings, Talked
from matchmaker.store.plans import planned_people, sittings
from matchmaker.store.plans.planned_people import Planned
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.sittings import Seated
from matchmaker.web.access import event
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.transaction import session
from matchmaker.web.widgets import escaped

CELL = '        <td class="govuk-table__cell mm-table__whole" data-head="{}">%s</td>\n'
"""A cell under a column of these words."""


@dataclass(frozen=True)
class GridRow:
    """A row of the grid: a table, or a person with their organisation, then a cell a round."""

    head: str
    cells: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True)
class RoundHead:
    """The number and the start of a round; one that is no longer in the programme has no time.

    `words` are both, which each cell of its column has where a phone shows no columns.
    """

    number: int
    starts: datetime | None
    words: str


@dataclass(frozen=True)
class Grid:
    """The page of the grid that was asked for: by "round" or by "person", of those with the `name` looked for."""

    view: str
    name: str
    heads: tuple[RoundHead, ...]
    rows: tuple[GridRow, ...]
    links: dict[str, object]

    def drawn(self) -> list[tuple[GridRow, Markup]]:
        """Return the rows, each with its cells as they stand in the page.

        They are written here: there are hundreds, and a template escapes each of them and the words of its column.
        """
        line = "".join([CELL.format(words) for words in escaped([one.words for one in self.heads])])
        cells = escaped([cell for row in self.rows for cell in row.cells])
        each = len(self.heads)
        return [
            (row, Markup(line % (*cells[place * each : (place + 1) * each],)))  # noqa: S704 - escaped above
            for place, row in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class TalkRow:
    """A table topic of the plan as the page lists it: when and where it is held, and how many come, host included."""

    title: str
    host: str
    held: tuple[tuple[int, int, int], ...]
    """(round number, table number, people) each time it is held."""


def grid_asked(plan: Plan, found: PlanFindings) -> Grid:
    """Return the page of the grid that the address asks for; of the plan, only what is on it is read."""
    view = "person" if request.args.get("by") == "person" else "round"
    name = request.args.get("name", "").strip()
    count = planned_people.count(session(), plan, name) if view == "person" else len(found.tables)
    pages = pages_of(count)
    page = min(page_asked(), pages)
    here = slice((page - 1) * A_PAGE, page * A_PAGE)
    if view == "person":
        people = planned_people.some(session(), plan, name, A_PAGE, here.start)
        rows = _by_person(plan, found, people)
    else:
        rows = _by_table(plan, found, found.tables[here])
    starts = {one.number: one.starts_at for one in event().rounds}
    asked = {"plan": plan.public_id, "by": view, "name": name or None, "_anchor": "meetings"}
    what = "tables" if view == "round" else "people"
    return Grid(
        view,
        name,
        tuple(_head(number, starts.get(number)) for number in plan.rounds),
        tuple(rows),
        page_links("organisers.plan", asked, page, pages, what),
    )


def _head(number: int, starts: datetime | None) -> RoundHead:
    words = f"Round {number}, {clock(starts, event().tz)}" if starts else f"Round {number}"
    return RoundHead(number, starts, words)


def talks_by_topic(found: PlanFindings) -> list[TalkRow]:
    """Return the topics of the plan by title, with each time they are held."""
    held: dict[int, list[Talked]] = {}
    for talk in found.talks:
        if talk.held:
            held.setdefault(talk.topic, []).append(talk)
    rows = [
        TalkRow(
            times[0].title,
            times[0].host,
            tuple((one.round_number, one.table_number, len(one.coming)) for one in times),
        )
        for times in held.values()
    ]
    return sorted(rows, key=lambda row: row.title.casefold())


def _by_table(plan: Plan, found: PlanFindings, tables: Sequence[int]) -> list[GridRow]:
    """Return a row for each of these tables: its number, then who sits there in each round."""
    sitting = sittings.names_at(session(), plan, tables, {*found.off})
    names = {place: " and ".join(people) for place, people in sitting.items()}
    names |= {(one.table_number, one.round_number): one.title for one in found.talks if one.held}
    return [
        GridRow(f"Table {table}", tuple(names.get((table, number), "") for number in plan.rounds))
        for table in tables
    ]


def _by_person(plan: Plan, found: PlanFindings, people: Sequence[Planned]) -> list[GridRow]:
    """Return a row for each of these people: the name, then each round."""
    off = {*found.off}
    cells: dict[tuple[int, int], str] = {}
    for one in sittings.with_people(session(), plan, [person.id for person in people]):
        for person in one.names:
            cells[person, one.round_number] = FREE if one.id in off else _with_others(one, person)
    cells |= dict.fromkeys(found.lost, FREE)
    for talk in found.talks:
        for person in talk.planned:
            comes = person in talk.coming
            cells[person, talk.round_number] = f"Table {talk.table_number}: {talk.title}" if comes else FREE
    return [
        GridRow(
            person.name,
            tuple(
                cells.get((person.id, number), "No meeting" if number in person.rounds else "Not here")
                for number in plan.rounds
            ),
            person.organisation,
        )
        for person in people
    ]


FREE = "Free: what was planned cannot take place"


def _with_others(one: Seated, person: int) -> str:
    others = " and ".join(name for other, name in one.names.items() if other != person)
    return f"Table {one.table_number}: {others}"
