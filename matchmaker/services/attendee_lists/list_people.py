"""The people of an event as rows of an attendee list: what an import would read of them."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import count
from typing import Any

from matchmaker.intake.rows import AttendeeRow
from matchmaker.services.attendee_lists.recall_people import GONE
from matchmaker.store.attendee_lists import list_rows, waiting_titles
from matchmaker.store.attendee_lists.list_rows import ListedRow
from matchmaker.store.attendee_lists.waiting_titles import NamedAs
from matchmaker.store.credits import contributions
from matchmaker.store.event.events import Event
from matchmaker.store.people import exclusions
from matchmaker.store.people.registrations import Pool, RegistrationState
from matchmaker.store.session import Session

Titles = dict[int, list[str]]
AT_ONCE = 500
FIRST_LINE = 2
"""Of a file whose first line names the columns."""
AS_IT_IS = tuple(one.name for one in fields(AttendeeRow) if one.name in ListedRow._fields)
STAYING = tuple(state for state in RegistrationState if state not in GONE)
TABLE = "attendee-table-"
"""How the name of a kept file with these rows begins."""


def in_order(session: Session, event_id: int) -> list[int]:
    """Return the ids of the registrations of everybody who has not said no or left, by name."""
    return list_rows.in_order(session, event_id, STAYING)


def rows_of(session: Session, event: Event) -> Iterator[AttendeeRow]:
    """Yield everybody who has not said no or left, by name. Nobody else is named in it.

    They are read some hundred at a time, each time with a fixed number of queries, so that an export holds no more.
    """
    apart = Titles()
    for pair in exclusions.at_event(session, event.id, STAYING):
        # Named by the one of the two who has an address: of a name there may be two, who then cannot be told apart.
        keeper, avoided = (pair.a, pair.b) if pair.b.email or not pair.a.email else (pair.b, pair.a)
        apart.setdefault(keeper.id, []).append(avoided.email or avoided.name)
    every = in_order(session, event.id)
    lines = count(FIRST_LINE)
    for place in range(0, len(every), AT_ONCE):
        some = list_rows.rows(session, every[place : place + AT_ONCE])
        topics = list_rows.topics(session, [one.id for one in some])
        ids = [one.person_id for one in some]
        emails = list_rows.addresses(session, ids)
        named = _named(session, some)
        for one in some:
            who = one.person_id
            yield AttendeeRow(
                line=next(lines),
                email=emails.get(who, ""),
                topics=tuple(topics.get(one.id, ())),
                datasets=tuple(named[NamedAs.USES].get(who, ())),
                datasets_made=tuple(dict.fromkeys(named[NamedAs.MADE].get(who, ()))),
                datasets_wanted=tuple(named[NamedAs.WANTS].get(who, ())),
                datasets_stuck=tuple(named[NamedAs.STUCK].get(who, ())),
                not_with=tuple(apart.get(who, ())),
                **_said(one),
            )


def _named(session: Session, some: Sequence[ListedRow]) -> dict[NamedAs, Titles]:
    """Return the datasets of these people by what they have to do with them, those that no catalogue has yet last."""
    ids = [one.person_id for one in some]
    named = {kind: Titles() for kind in NamedAs}
    for person, title in contributions.titles_of_people(session, ids):
        named[NamedAs.MADE].setdefault(person, []).append(title)
    for person, kind, title in contributions.used_by_people(session, ids):
        named[NamedAs(kind.value)].setdefault(person, []).append(title)
    people = {one.id: one.person_id for one in some}
    for waits in waiting_titles.of_registrations(session, people):
        named[waits.kind].setdefault(people[waits.registration_id], []).append(waits.title)
    return named


def _said(one: ListedRow) -> dict[str, Any]:
    """Return what a row has as the registration has it."""
    return {
        **{name: getattr(one, name) for name in AS_IT_IS},
        "inside": one.pool is Pool.INSIDE if one.pool_reason else None,  # else the address decides
        "trio": one.trio_ok,
    }
