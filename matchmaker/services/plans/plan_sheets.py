"""Print a plan: turn a reviewed plan into the values that `documents` lays out, and into finished sheets.

Only a plan that passes its check gets here, and only people who still come are on any sheet.
"""

import math
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from matchmaker.documents.directions import isolated
from matchmaker.documents.fonts import installed
from matchmaker.documents.people.names import first_name
from matchmaker.documents.plans import master_list, schedules, table_cards
from matchmaker.documents.plans.master_list import ListRound, ListRow
from matchmaker.documents.plans.schedules import Partner, Slip, SlipRow
from matchmaker.documents.plans.spreadsheets import PlanMeeting, PlanPerson, PlanTables
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.documents.plans.table_cards import CardRound, TableCard
from matchmaker.documents.suggestions.reasons import HOW_TO_BEGIN, in_brief, why
from matchmaker.services.plans.compare_plans import compare
from matchmaker.services.plans.day_sheets import DAY_SHEETS
from matchmaker.services.plans.review_plan import Place, Review
from matchmaker.services.plans.sheet_values import (
    PlanSheet,
    breaks_of,
    day_and_place,
    fingerprint,
    rounds_of,
    stamp,
)
from matchmaker.services.plans.topic_sheets import TOPIC_SHEETS
from matchmaker.store.base import JsonObject
from matchmaker.store.people.comers import NamedPerson
from matchmaker.store.plans import plans, printed
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.sittings import Sat
from matchmaker.store.session import Session

CANCELLED = "This meeting cannot take place. Ask at the desk whom you could join."
TOPIC_CANCELLED = "This table topic cannot take place. Ask at the desk where you could join."
YOU_HOST = "You host it."


PAPER = {
    "changed-slips": "slips",
    "slips": "slips",
    "large-slips": "slips",
    "changed-cards": "cards",
    "cards": "cards",
    "changed-topic-cards": "topic-cards",
    "topic-cards": "topic-cards",
    "changed-list": "list",
    "list": "list",
    "changed-badges": "badges",
    "badges": "badges",
}
"""Kind of sheet → the paper that people hold once it is printed. Whoever has all that changed has the whole."""


def replaced(session: Session, seen: Review, key: str) -> Review | None:
    """Return the version whose sheets of this kind a plan makes stale: the last that was printed, if one was.

    Else it is the version that the plan replaces, None for the first.
    """
    head = printed.before(session, seen.plan, PAPER.get(key, "slips"))
    found = plans.by_public_id(session, seen.event.id, head.public_id) if head else None
    return seen.beside(found) if found else None


def note_printed(session: Session, plan: Plan, keys: Collection[str], at: datetime) -> None:
    """Keep that sheets of these kinds were made of a version."""
    if papers := {PAPER[key] for key in keys if key in PAPER}:
        printed.note(session, plan, papers, at)


def sheet(key: str, seen: Review, was: Review | None, at: datetime) -> PlanSheet:
    """Return the sheets of this kind, one of KEYS, of a plan that replaces `was`. Raises KeyError for any other."""
    return _SHEETS[key](key, seen, was, stamp(seen, at, was))


def changed(seen: Review, was: Review | None, at: datetime) -> list[NamedPerson]:
    """Return whose slip is another than in the version before, by name; everybody if there was none."""
    if was is None:
        return list(seen.people.values())
    return [one for one in compare(seen, was, seen.plan.published_at or at).changed if one.id in seen.people]


def without_fonts(seen: Review) -> list[tuple[str, str]]:
    """Return whose name, organisation, job title or pronouns would lose signs on paper, with those signs, by name."""
    fonts = installed()
    found = (
        (one.name, fonts.missing("".join((one.name, one.organisation, one.job_title, one.pronouns))))
        for one in seen.people.values()
    )
    return sorted((name, lost) for name, lost in found if lost)


def _slips(key: str, seen: Review, was: Review | None, at: Stamp) -> PlanSheet:
    people = changed(seen, was, at.made_at) if key == "changed-slips" else seen.people.values()
    rounds = _changed_rounds(seen, was, at.made_at)
    slips = [
        slip(
            seen,
            person,
            rounds.get(person.id, frozenset()),
            large_print=key == "large-slips" or seen.wants_large_print(person.id),
        )
        for person in people
    ]
    where = day_and_place(seen)
    large = sum(1 for one in slips if one.large_print)
    return PlanSheet(
        key,
        fingerprint(seen, [where, slips]),
        len(slips),
        math.ceil((len(slips) - large) / schedules.SLIPS_A_SHEET) + large,
        lambda: schedules.slips_sheets(slips, at, where),
    )


def _changed_rounds(seen: Review, was: Review | None, at: datetime) -> dict[int, frozenset[int]]:
    """Return in which rounds each person's slip is another than in the version before; nothing for the first."""
    found: dict[int, set[int]] = {}
    for slot in compare(seen, was, seen.plan.published_at or at).slots if was else ():
        found.setdefault(slot.person.id, set()).add(slot.round_number)
    return {person: frozenset(numbers) for person, numbers in found.items()}


def _cards(key: str, seen: Review, was: Review | None, at: Stamp) -> PlanSheet:
    cards = _all_cards(seen)
    if key == "changed-cards" and was is not None:
        stale = {one.number: _says(one) for one in _all_cards(was, as_planned=True)}
        cards = [one for one in cards if stale.get(one.number) != _says(one)]
    return PlanSheet(
        key, fingerprint(seen, cards), len(cards), len(cards), lambda: table_cards.cards_sheets(cards, at)
    )


def _all_cards(seen: Review, *, as_planned: bool = False) -> list[TableCard]:
    """Return the cards of a plan; `as_planned` as they stand on paper, with who has left since."""
    names: dict[tuple[int, int], tuple[str, ...]] = {}
    whole: set[str] = set()
    for meeting, people in _meetings(seen, as_planned=as_planned):
        names[meeting.table_number, meeting.round_number] = tuple(one.name for one in people)
        whole |= {one.name for one in people if one.name != one.own_name}
    talks = seen.planned_talks if as_planned else tuple(talk for talk, _ in seen.talks)
    titles = {(one.table_number, one.round_number): one.topic.title for one in talks}
    used = {*seen.plan.tables, *(number for number, _ in titles)}
    return [
        TableCard(
            number=number,
            rounds=tuple(
                CardRound(
                    one.number,
                    one.starts_at,
                    one.ends_at,
                    names.get((number, one.number), ()),
                    titles.get((number, one.number), ""),
                    whole.intersection(names.get((number, one.number), ())),
                )
                for one in rounds_of(seen).values()
            ),
            note=note,
        )
        for number, note in seen.times.notes.items()
        if number in used
    ]


def _meetings(seen: Review, *, as_planned: bool) -> list[tuple[Sat, tuple[NamedPerson, ...]]]:
    if not as_planned:
        return seen.meetings
    return [
        (one, tuple(known for x in one.people if (known := seen.known(x)) is not None)) for one in seen.sat
    ]


def _says(card: TableCard) -> object:
    """Return what a card says, whatever the order of the names at the table."""
    return card.note, [
        (one.round, one.starts, one.ends, frozenset(one.names), one.topic) for one in card.rounds
    ]


def _list(key: str, seen: Review, was: Review | None, at: Stamp) -> PlanSheet:
    rounds, only_changed = _columns(seen), key == "changed-list"
    rows = [_list_row(seen, person, rounds) for person in seen.people.values()]
    if only_changed and was is not None and _columns(was) == rounds:
        stale = _lines_on_paper(was, rounds)
        people = seen.people.keys()
        rows = [row for one, row in zip(people, rows, strict=True) if stale.get(one) != row]
    topic_tables = sorted({talk.table_number for talk, _ in seen.talks})
    return PlanSheet(
        key,
        fingerprint(seen, [rounds, rows, *topic_tables]),
        len(rows),
        math.ceil(len(rows) / master_list.PEOPLE_A_SHEET),
        lambda: master_list.list_sheets(
            rows, rounds, at, only_changed=only_changed, topic_tables=topic_tables
        ),
    )


def _columns(seen: Review) -> list[ListRound]:
    return [ListRound(one.number, one.starts_at, one.ends_at) for one in rounds_of(seen).values()]


def _lines_on_paper(was: Review, rounds: list[ListRound]) -> dict[int, ListRow]:
    """Return everybody's line on the list of a version as it was printed, also of meetings that ended since."""
    tables: dict[int, dict[int, int]] = {}
    for meeting, people in _meetings(was, as_planned=True):
        for person in people:
            tables.setdefault(person.id, {})[meeting.round_number] = meeting.table_number
    for talk in was.planned_talks:
        for seat in talk.seats:
            tables.setdefault(seat.person_id, {})[talk.round_number] = talk.table_number
    known = ((one, was.known(one)) for one in was.planned)
    return {
        one: ListRow(
            person.beside,
            person.organisation,
            tuple(tables.get(one, {}).get(column.round) for column in rounds),
        )
        for one, person in known
        if person is not None
    }


_SHEETS = {
    "changed-slips": _slips,
    "slips": _slips,
    "large-slips": _slips,
    "changed-cards": _cards,
    "cards": _cards,
    "changed-list": _list,
    "list": _list,
    **TOPIC_SHEETS,
    **DAY_SHEETS,
}
KEYS = tuple(_SHEETS)
"""The kinds of sheets there are."""


def slip(
    seen: Review, person: NamedPerson, changed_in: Collection[int] = (), *, large_print: bool = False
) -> Slip:
    """Return one person's day on paper: the rounds they are there for, and who is free if nobody comes."""
    rows = tuple(
        replace(
            row,
            reserve=seen.reserves[row.round, person.id][0].name
            if row.partners and (row.round, person.id) in seen.reserves
            else "",
            changed=row.round in changed_in,
        )
        for row in slip_rows(seen, person)
    )
    return Slip(person.beside, person.organisation, rows, large_print=large_print, breaks=breaks_of(seen))


def slip_rows(seen: Review, person: NamedPerson) -> Iterator[SlipRow]:
    """Yield each round one person is there for, as slips and mails tell it."""
    rounds = rounds_of(seen)
    for place in seen.day(person.id):
        round_ = rounds.get(place.round_number)
        if round_ is not None and place.there:
            yield SlipRow(
                round=round_.number,
                starts=round_.starts_at,
                ends=round_.ends_at,
                table=place.table,
                partners=tuple(
                    Partner(one.beside, one.organisation, one.job_title, one.pronouns)
                    for one in place.partners
                ),
                why=_why(seen, place, person),
                brief=_brief(seen, place, person),
                topic=_topic(place),
            )


def tables(seen: Review, at: datetime) -> PlanTables:
    """Return the whole plan as a table, for spreadsheets."""
    rounds = rounds_of(seen)
    places = [(one.round_number, one.table_number, here, "") for one, here in seen.meetings]
    places += [(one.round_number, one.table_number, here, one.topic.title) for one, here in seen.talks]
    return PlanTables(
        stamp=stamp(seen, at),
        people=tuple(
            PlanPerson(str(one.id), one.beside, one.organisation, one.name) for one in seen.people.values()
        ),
        meetings=tuple(
            PlanMeeting(
                round=number,
                starts=rounds[number].starts_at,
                ends=rounds[number].ends_at,
                table=table,
                people=tuple(str(one.id) for one in here),
                topic=topic,
            )
            for number, table, here, topic in places
            if number in rounds
        ),
    )


def _why(seen: Review, place: Place, person: NamedPerson) -> str:
    """Return the first reason to meet there is, in a sentence or two, or what to do instead."""
    if place.off:
        return CANCELLED if place.topic is None else TOPIC_CANCELLED
    if place.topic is not None:
        host = place.topic.host
        if host.id == person.id:
            return YOU_HOST
        return f"{isolated(seen.name_of(host))} hosts it, and you gave it a star."
    for reasons, name in _told(seen, place, person):
        if told := why(reasons, name):
            return told[0]
    return HOW_TO_BEGIN if place.partners else ""


def _topic(place: Place) -> str:
    """Return what is talked about at the table, or ""."""
    return place.topic.title if place.topic is not None and not place.off else ""


def _brief(seen: Review, place: Place, person: NamedPerson) -> str:
    """Return the first sentence of the first reason there is."""
    for reasons, name in _told(seen, place, person):
        if told := in_brief(reasons, name):
            return told
    return HOW_TO_BEGIN if place.partners else ""


def _told(seen: Review, place: Place, person: NamedPerson) -> Iterator[tuple[list[JsonObject], str]]:
    """Yield for each of somebody's partners why they meet, and the first name of the partner."""
    if place.meeting is not None:
        for other in place.partners:
            yield seen.why(place.meeting, person.id, other.id), first_name(other.name)


def _list_row(seen: Review, person: NamedPerson, rounds: list[ListRound]) -> ListRow:
    at = {place.round_number: place.table for place in seen.day(person.id)}
    return ListRow(person.beside, person.organisation, tuple(at.get(one.round) for one in rounds))
