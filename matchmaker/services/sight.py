"""Whom a person may see: themselves, and everybody they share an event with and have no block with.

Somebody who may not be seen does not exist: pages answer as they do for an address that was never given out.
"""

from collections.abc import Collection, Iterable

from matchmaker.store.people import guest_list, together
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
        others = together.sharing_an_event(session, viewer.id, others)
    return others | (asked & {viewer.id})


def colleagues(
    session: Session, viewer: Person, most: int, query: str = "", named: Collection[str] = ()
) -> tuple[list[Person], bool]:
    """Return whom `viewer` may name for a contribution, by name: who comes to an event with them.

    If they are more than `most`, only those who match the words of `query` and those whose public ids are `named`
    are returned, and the second value is true. People who do not want their name shown are left out.
    """
    there = guest_list.coming_with(viewer.id, answers.blocked_with(session, viewer.id))
    everybody = guest_list.people(session, there, most + 1)
    if len(everybody) <= most:
        return everybody, False
    words = guest_list.named(query)
    found = guest_list.people(session, [*there, *words], most) if words else []
    found += guest_list.people(session, [*there, guest_list.is_person(named)], most)
    return list({one.id: one for one in found}.values()), True
