"""Whom a person may see: themselves, and everybody they share an event with and have no block with.

Somebody who may not be seen does not exist: pages answer as they do for an address that was never given out.
"""

from collections.abc import Collection, Iterable

from matchmaker.recognition.name_order import folded
from matchmaker.store.people import guest_list, together
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers

SHORTEST, MOST_FOUND = 3, 20
"""Letters that a search for a colleague needs, and how many it finds: who comes is not there to be leafed through, as
not everybody chose to be in the directory."""


def may_see(session: Session, viewer: Person, person: Person) -> bool:
    """Say whether `viewer` may open pages about `person`.

    They may if it is themselves, or if both come to, or organise, a common event and neither blocked the
    other at any event. It holds both ways or not at all.
    """
    return person.id in in_sight(session, viewer, [person.id])


def in_sight(session: Session, viewer: Person, person_ids: Iterable[int]) -> set[int]:
    """Return which of these people `viewer` may see. Three queries, whatever the number; none for nobody."""
    asked = set(person_ids)
    others = asked - {viewer.id}
    if others:
        others -= answers.blocked_with(session, viewer.id)
        others = together.sharing_an_event(session, viewer.id, others)
    return others | (asked & {viewer.id})


def colleagues(
    session: Session, viewer: Person, query: str = "", named: Collection[str] = ()
) -> list[Person]:
    """Return whom `viewer` may name for a contribution, by name, up to MOST_FOUND: people of an event with them.

    They are those whose names and organisations have all words of `query`, which must be of SHORTEST letters, and
    those whose public ids are `named`. People who do not want their name shown are left out.
    """
    there = guest_list.coming_with(viewer.id, answers.blocked_with(session, viewer.id))
    words = guest_list.named(query) if len(folded(query).replace(" ", "")) >= SHORTEST else []
    found = guest_list.people(session, [*there, *words], MOST_FOUND) if words else []
    if any(named):
        found += guest_list.people(session, [*there, guest_list.is_person(named)], MOST_FOUND)
    return list({one.id: one for one in found}.values())


def has_colleagues(session: Session, viewer: Person) -> bool:
    """Say whether there is anybody whom `viewer` may name."""
    there = guest_list.coming_with(viewer.id, answers.blocked_with(session, viewer.id))
    return guest_list.is_anybody(session, there)
