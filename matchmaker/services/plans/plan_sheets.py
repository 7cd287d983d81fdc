"""Printing: from a reviewed plan to the values that documents lays out, and to the finished sheets.

Only a plan that passes its check gets here, and only people who still come are on any sheet.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matchmaker.documents.paper import Asset
from matchmaker.documents.people.names import first_name
from matchmaker.documents.plans import master_list, schedules, table_cards
from matchmaker.documents.plans.master_list import ListRound, ListRow
from matchmaker.documents.plans.schedules import Partner, Slip, SlipRow
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.documents.plans.table_cards import CardRound, TableCard
from matchmaker.documents.plans.tables import PlanMeeting, PlanPerson, PlanTables
from matchmaker.documents.suggestions.reasons import why
from matchmaker.services.plans.compare_plans import compare
from matchmaker.services.plans.review_plan import Place, Review, review
from matchmaker.store import files
from matchmaker.store.event.events import HallTable, Round
from matchmaker.store.files import File
from matchmaker.store.people.people import Person
from matchmaker.store.plans import plans
from matchmaker.store.session import Session

KEPT_FOR = timedelta(days=2)
"""How long a finished file lies ready; who leaves in the meantime is on it, so not long."""
CANCELLED = "This meeting cannot take place. Ask at the desk whom you could join."

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PlanSheet:
    """What is to be printed of one kind, ready to be laid out as a page or as a PDF.

    `fingerprint` changes whenever anything on the sheets but the time of printing does.
    """

    key: str
    fingerprint: str
    html: Callable[[Asset], str]
    pdf: Callable[[Progress | None], bytes]


def stamp(seen: Review, at: datetime, was: Review | None = None) -> Stamp:
    """Return what every sheet says of itself: event, plan version and time, and the version it replaces."""
    return Stamp(seen.event.name, seen.plan.version, at, seen.event.tz, was.plan.version if was else None)


def replaced(session: Session, seen: Review) -> Review | None:
    """Return the version whose paper a plan makes stale; None for the first."""
    head = plans.replaced_by(session, seen.plan)
    found = plans.by_public_id(session, seen.event.id, head.public_id) if head else None
    return review(session, seen.event, found) if found else None


def sheet(key: str, seen: Review, was: Review | None, at: datetime) -> PlanSheet:
    """Return the sheets of this kind, one of KEYS, of a plan that replaces `was`. Raises KeyError for any other."""
    return _SHEETS[key](key, seen, was, stamp(seen, at, was))


def changed(seen: Review, was: Review | None, at: datetime) -> list[Person]:
    """Return whose slip is another than in the version before, by name; everybody if there was none."""
    if was is None:
        return list(seen.people.values())
    return [one for one in compare(seen, was, seen.plan.published_at or at).changed if one.id in seen.people]


def _slips(key: str, seen: Review, was: Review | None, at: Stamp) -> PlanSheet:
    people = changed(seen, was, at.made_at) if key == "changed-slips" else seen.people.values()
    slips = [
        slip(seen, person, large_print=key == "large-slips" or seen.wants_large_print(person.id))
        for person in people
    ]
    return PlanSheet(
        key,
        _fingerprint(seen, slips),
        lambda asset: schedules.slips_html(slips, at, asset),
        lambda progress: schedules.slips_pdf(slips, at, progress),
    )


def _cards(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    cards = [_card(seen, table) for table in seen.event.tables if table.number in seen.plan.tables]
    return PlanSheet(
        key,
        _fingerprint(seen, cards),
        lambda asset: table_cards.cards_html(cards, at, asset),
        lambda progress: table_cards.cards_pdf(cards, at, progress),
    )


def _list(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    rounds = [ListRound(one.number, one.starts_at, one.ends_at) for one in _rounds(seen).values()]
    rows = [_list_row(seen, person, rounds) for person in seen.people.values()]
    return PlanSheet(
        key,
        _fingerprint(seen, [rounds, rows]),
        lambda asset: master_list.list_html(rows, rounds, at, asset),
        lambda progress: master_list.list_pdf(rows, rounds, at, progress),
    )


_SHEETS = {"changed-slips": _slips, "slips": _slips, "large-slips": _slips, "cards": _cards, "list": _list}
KEYS = tuple(_SHEETS)
"""The kinds of sheets there are."""


def slip(seen: Review, person: Person, *, large_print: bool = False) -> Slip:
    """Return one person's day on paper: the rounds they are there for, and who is free if nobody comes."""
    rows = tuple(
        replace(row, reserve=seen.reserves[row.round, person.id][0].name)
        if row.partners and (row.round, person.id) in seen.reserves
        else row
        for row in slip_rows(seen, person)
    )
    return Slip(person.name, person.organisation, rows, large_print=large_print)


def slip_rows(seen: Review, person: Person) -> Iterator[SlipRow]:
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
                partners=tuple(Partner(one.name, one.organisation, one.job_title) for one in place.partners),
                why=_why(place, person),
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


def _rounds(seen: Review) -> dict[int, Round]:
    """Return the rounds of the plan that are still in the programme, by number."""
    return {one.number: one for one in seen.event.rounds if one.number in seen.plan.rounds}


def _why(place: Place, person: Person) -> str:
    """Return the first reason to meet there is, in a sentence or two, or what to do instead."""
    if place.off:
        return CANCELLED
    for other in place.partners if place.meeting else ():
        told = (
            why(place.meeting.reasons(person.id, other.id), first_name(other.name)) if place.meeting else []
        )
        if told:
            return told[0]
    return ""


def _card(seen: Review, table: HallTable) -> TableCard:
    here = {
        meeting.round_number: tuple(one.name for one in people)
        for meeting, people in seen.meetings
        if meeting.table_number == table.number
    }
    words = [word for word, so in (("step-free", table.step_free), ("quiet", table.quiet)) if so]
    return TableCard(
        number=table.number,
        rounds=tuple(
            CardRound(one.number, one.starts_at, one.ends_at, here.get(one.number, ()))
            for one in _rounds(seen).values()
        ),
        note=", ".join(words),
    )


def _list_row(seen: Review, person: Person, rounds: list[ListRound]) -> ListRow:
    at = {place.round_number: place.table for place in seen.day(person.id)}
    return ListRow(person.name, person.organisation, tuple(at.get(one.round) for one in rounds))


def _fingerprint(seen: Review, values: object) -> str:
    """Return eight letters that differ where the printed values do."""
    return hashlib.sha256(f"{seen.event.name}\n{seen.event.zone}\n{values!r}".encode()).hexdigest()[:8]
