"""Whom a person may see: themselves, and everybody they share an event with and have no block with.

Somebody who may not be seen does not exist: pages answer as they do for an address that was never given out.
"""

from collections.abc import Iterable

from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers


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
        others = registrations.sharing_an_event(session, viewer.id, others)
    return others | (asked & {viewer.id})


def colleagues(session: Session, viewer: Person) -> list[Person]:
    """Return whom `viewer` may name for a contribution, by name: who comes to an event with them.

    People who do not want their name shown are left out.
    """
    blocked = answers.blocked_with(session, viewer.id)
    return [
        person
        for person in registrations.coming_with(session, viewer.id)
        if person.show_name and person.id not in blocked
    ]
