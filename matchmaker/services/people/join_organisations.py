"""Join organisations: several spellings of one become one, for everybody at an event who may be changed there."""

from collections.abc import Collection
from dataclasses import dataclass

from matchmaker.matching.organisations import may_be_one
from matchmaker.services.event.organisers import beyond
from matchmaker.store.event.events import Event
from matchmaker.store.people import guest_list
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Spelling:
    """One way in which people write an organisation, and how many do."""

    name: str
    people: int


def doubles(session: Session, event: Event) -> list[tuple[Spelling, ...]]:
    """Return the groups of spellings that may be one organisation, the one to keep first."""
    used = guest_list.organisations(session, event.id)
    return [tuple(Spelling(name, used[name]) for name in group) for group in may_be_one(used)]


def join(
    session: Session, event: Event, spellings: Collection[str], keep: str, by: Person
) -> tuple[list[int], int]:
    """Write `keep` for everybody on the list who has one of these spellings.

    Return the ids of those who changed, and how many did not, as they are at an event that `by` does not organise.
    Nobody changes where nobody writes `keep`, or any more.
    """
    if keep not in guest_list.organisations(session, event.id):
        return [], 0
    rows = guest_list.everybody(session, event.id, [guest_list.of_organisations(set(spellings) - {keep})])
    ids = [one.person_id for one in rows]
    locked = beyond(session, ids, by)
    for one in rows:
        if one.person_id not in locked:
            one.person.organisation = keep
    session.flush()
    return [one for one in ids if one not in locked], len(locked)
