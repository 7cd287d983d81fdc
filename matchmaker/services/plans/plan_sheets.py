"""Print a plan: turn a reviewed plan into the values that `documents` lays out, and into finished sheets.

Only a plan that passes its check gets here, and only people who still come are on any sheet.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from matchmaker.documents import clock
from matchmaker.documents.fonts import installed
from matchmaker.documents.people.names import first_name
from matchmaker.documents.plans import master_list, schedules, table_cards
from matchmaker.documents.plans.master_list import ListRound, ListRow
from matchmaker.documents.plans.schedules import Break, Partner, Slip, SlipRow
from matchmaker.documents.plans.spreadsheets import PlanMeeting, PlanPerson, PlanTables
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.documents.plans.table_cards import CardRound, TableCard
from matchmaker.documents.suggestions.reasons import in_brief, why
from matchmaker.services.plans.compare_plans import compare
from matchmaker.services.plans.review_plan import Place, Review, review_beside
from matchmaker.services.plans.when_and_where import RoundTime
from matchmaker.store import files
from matchmaker.store.base import JsonObject
from matchmaker.store.files import File
from matchmaker.store.people.comers import NamedPerson
from matchmaker.store.plans import plans
from matchmaker.store.plans.sittings import Sat
from matchmaker.store.session import Session

KEPT_FOR = timedelta(days=2)
"""How long a finished file lies ready; who leaves in the meantime is on it, so not long."""
CANCELLED = "This meeting cannot take place. Ask at the desk whom you could join."
BREAK_FROM = timedelta(minutes=15)
"""How long rounds lie apart for it to be a break, not the time to change places."""


@dataclass(frozen=True)
class PlanSheet:
    """What is to be printed of one kind, ready to be laid out as a PDF.

    `fingerprint` changes whenever anything on the sheets but the time of printing does. `count` is how many slips,
    cards, lines or other pieces there are.
    """

    key: str
    fingerprint: str
    count: int
    pdf: Callable[[], bytes]


def stamp(seen: Review, at: datetime, was: Review | None = None) -> Stamp:
    """Return what every sheet says of itself: event, plan version and time, and the version it replaces."""
    return Stamp(seen.event.name, seen.plan.version, at, seen.event.tz, was.plan.version if was else None)


def replaced(session: Session, seen: Review) -> Review | None:
    """Return the version whose paper a plan makes stale; None for the first."""
    head = plans.replaced_by(session, seen.plan)
    found = plans.by_public_id(session, seen.event.id, head.public_id) if head else None
    return review_beside(session, seen, found) if found else None


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
    where = _where(seen)
    return PlanSheet(
        key, _fingerprint(seen, [where, slips]), len(slips), lambda: schedules.slips_pdf(slips, at, where)
    )


def _changed_rounds(seen: Review, was: Review | None, at: datetime) -> dict[int, frozenset[int]]:
    """Return in which rounds each person's slip is another than in the version before; nothing for the first."""
    found: dict[int, set[int]] = {}
    for slot in compare(seen, was, seen.plan.published_at or at).slots if was else ():
        found.setdefault(slot.person.id, set()).add(slot.round_number)
    return {person: frozenset(numbers) for person, numbers in found.items()}


def _where(seen: Review) -> str:
    """Return the date and the place, in words."""
    return ", ".join(part for part in (clock.in_words(seen.event.held_on), seen.event.place) if part)


def _cards(key: str, seen: Review, was: Review | None, at: Stamp) -> PlanSheet:
    cards = _all_cards(seen)
    if key == "changed-cards" and was is not None:
        stale = {one.number: _says(one) for one in _all_cards(was, as_planned=True)}
        cards = [one for one in cards if stale.get(one.number) != _says(one)]
    return PlanSheet(key, _fingerprint(seen, cards), len(cards), lambda: table_cards.cards_pdf(cards, at))


def _all_cards(seen: Review, *, as_planned: bool = False) -> list[TableCard]:
    """Return the cards of a plan; `as_planned` as they stand on paper, with who has left since."""
    rounds = _rounds(seen).values()
    names: dict[tuple[int, int], tuple[str, ...]] = {}
    for meeting, people in _meetings(seen, as_planned=as_planned):
        names[meeting.table_number, meeting.round_number] = tuple(one.name for one in people)
    return [
        TableCard(
            number=number,
            rounds=tuple(
                CardRound(one.number, one.starts_at, one.ends_at, names.get((number, one.number), ()))
                for one in rounds
            ),
            note=note,
        )
        for number, note in seen.times.notes.items()
        if number in seen.plan.tables
    ]


def _meetings(seen: Review, *, as_planned: bool) -> list[tuple[Sat, tuple[NamedPerson, ...]]]:
    if not as_planned:
        return seen.meetings
    return [
        (one, tuple(known for x in one.people if (known := seen.known(x)) is not None)) for one in seen.sat
    ]


def _says(card: TableCard) -> object:
    """Return what a card says, whatever the order of the names at the table."""
    return card.note, [(one.round, one.starts, one.ends, frozenset(one.names)) for one in card.rounds]


def _list(key: str, seen: Review, was: Review | None, at: Stamp) -> PlanSheet:
    rounds, only_changed = _columns(seen), key == "changed-list"
    rows = [_list_row(seen, person, rounds) for person in seen.people.values()]
    if only_changed and was is not None and _columns(was) == rounds:
        stale = _lines_on_paper(was, rounds)
        people = seen.people.keys()
        rows = [row for one, row in zip(people, rows, strict=True) if stale.get(one) != row]
    return PlanSheet(
        key,
        _fingerprint(seen, [rounds, rows]),
        len(rows),
        lambda: master_list.list_pdf(rows, rounds, at, only_changed=only_changed),
    )


def _columns(seen: Review) -> list[ListRound]:
    return [ListRound(one.number, one.starts_at, one.ends_at) for one in _rounds(seen).values()]


def _lines_on_paper(was: Review, rounds: list[ListRound]) -> dict[int, ListRow]:
    """Return everybody's line on the list of a version as it was printed, also of meetings that ended since."""
    tables: dict[int, dict[int, int]] = {}
    for meeting, people in _meetings(was, as_planned=True):
        for person in people:
            tables.setdefault(person.id, {})[meeting.round_number] = meeting.table_number
    known = ((one, was.known(one)) for one in was.planned)
    return {
        one: ListRow(
            person.name,
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
    return Slip(person.name, person.organisation, rows, large_print=large_print, breaks=_breaks(seen))


def _breaks(seen: Review) -> tuple[Break, ...]:
    rounds = sorted(_rounds(seen).values(), key=lambda one: one.starts_at)
    return tuple(
        Break(one.ends_at, after.starts_at)
        for one, after in pairwise(rounds)
        if after.starts_at - one.ends_at >= BREAK_FROM
    )


def slip_rows(seen: Review, person: NamedPerson) -> Iterator[SlipRow]:
    """Yield each round one person is there for, as slips and mails tell it."""
    rounds = _rounds(seen)
    for place in seen.day(person.id):
        round_ = rounds.get(place.round_number)
        if round_ is not None and place.there:
            yield SlipRow(
                round=round_.number,
                starts=round_.starts_at,
                ends=round_.ends_at,
                table=place.table,
                partners=tuple(
                    Partner(one.name, one.organisation, one.job_title, one.pronouns) for one in place.partners
                ),
                why=_why(seen, place, person),
                brief=_brief(seen, place, person),
            )


def tables(seen: Review, at: datetime) -> PlanTables:
    """Return the whole plan as a table, for spreadsheets."""
    rounds = _rounds(seen)
    return PlanTables(
        stamp=stamp(seen, at),
        people=tuple(PlanPerson(str(one.id), one.name, one.organisation) for one in seen.people.values()),
        meetings=tuple(
            PlanMeeting(
                round=meeting.round_number,
                starts=rounds[meeting.round_number].starts_at,
                ends=rounds[meeting.round_number].ends_at,
                table=meeting.table_number,
                people=tuple(str(one.id) for one in here),
            )
            for meeting, here in seen.meetings
            if meeting.round_number in rounds
        ),
    )


def keep_pdf(session: Session, seen: Review, ready: PlanSheet, content: bytes, at: datetime) -> File:
    """Keep finished sheets for download, in place of earlier ones of their kind."""
    files.remove_named(session, seen.event.id, f"{ready.key}-plan-")
    file = File(
        event_id=seen.event.id,
        name=file_name(seen, ready),
        media_type="application/pdf",
        content=content,
        purge_at=at + KEPT_FOR,
    )
    session.add(file)
    session.flush()
    return file


def file_name(seen: Review, ready: PlanSheet) -> str:
    """Return what finished sheets are called: the same for the same content."""
    return f"{ready.key}-plan-{seen.plan.version}-{ready.fingerprint}.pdf"


def _rounds(seen: Review) -> dict[int, RoundTime]:
    """Return the rounds of the plan that are still in the programme, by number, with the times that it has."""
    return {number: one for number, one in seen.times.rounds.items() if number in seen.plan.rounds}


def _why(seen: Review, place: Place, person: NamedPerson) -> str:
    """Return the first reason to meet there is, in a sentence or two, or what to do instead."""
    if place.off:
        return CANCELLED
    for reasons, name in _told(seen, place, person):
        if told := why(reasons, name):
            return told[0]
    return ""


def _brief(seen: Review, place: Place, person: NamedPerson) -> str:
    """Return the first sentence of the first reason there is."""
    for reasons, name in _told(seen, place, person):
        if told := in_brief(reasons, name):
            return told
    return ""


def _told(seen: Review, place: Place, person: NamedPerson) -> Iterator[tuple[list[JsonObject], str]]:
    """Yield for each of somebody's partners why they meet, and the first name of the partner."""
    if place.meeting is not None:
        for other in place.partners:
            yield seen.why(place.meeting, person.id, other.id), first_name(other.name)


def _list_row(seen: Review, person: NamedPerson, rounds: list[ListRound]) -> ListRow:
    at = {place.round_number: place.table for place in seen.day(person.id)}
    return ListRow(person.name, person.organisation, tuple(at.get(one.round) for one in rounds))


def _fingerprint(seen: Review, values: object) -> str:
    """Return eight letters that differ where the printed values do."""
    return hashlib.sha256(f"{seen.event.name}\n{seen.event.zone}\n{values!r}".encode()).hexdigest()[:8]
