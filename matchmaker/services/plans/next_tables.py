"""Where people sit next, for whoever stands at the desk: never at a table to which nobody else can come."""

from collections.abc import Collection, Mapping

from matchmaker.services.people import coming
from matchmaker.store.people import hours
from matchmaker.store.plans import next_places
from matchmaker.store.plans.next_places import NextPlace
from matchmaker.store.session import Session

SOON = 3
"""Nearly everybody has a place in one of so many rounds."""


def next_tables(
    session: Session, event_id: int, plan_id: int, person_ids: list[int], rounds: Collection[int]
) -> dict[int, NextPlace]:
    """Return the first place of each of these people, in these rounds of a plan, that takes place as things stand.

    Of whoever does not come themselves it is the first they were given: they may come after all. Four queries, three
    more each time that the first place left to some of them does not take place, and one more where somebody has
    none in the first SOON rounds.
    """
    ahead = sorted(rounds)
    found: dict[int, NextPlace] = {}
    missed: dict[int, frozenset[int]] = {}
    for some in filter(None, (ahead[:SOON], ahead[SOON:])):
        people = [one for one in person_ids if one not in found]
        left = next_places.places_ahead(session, plan_id, people, some) if people else {}
        while left := _left(left, found, missed):
            found |= _taken(session, event_id, {key: places.pop(0) for key, places in left.items()}, missed)
    return found


def _left(
    ahead: Mapping[int, list[NextPlace]], found: Collection[int], missed: Mapping[int, frozenset[int]]
) -> dict[int, list[NextPlace]]:
    """Return the places of those who have none yet, without rounds that they are known to miss."""
    left = {
        key: [one for one in places if one.round_number not in missed[key]] if missed.get(key) else places
        for key, places in ahead.items()
        if key not in found
    }
    return {key: places for key, places in left.items() if places}


def _taken(
    session: Session, event_id: int, firsts: Mapping[int, NextPlace], missed: dict[int, frozenset[int]]
) -> dict[int, NextPlace]:
    """Return which of these places somebody takes; note in `missed` who comes, and which rounds they miss."""
    numbers = {one.meeting_id: one.round_number for one in firsts.values() if one.meeting_id is not None}
    people = next_places.people_of(session, numbers.keys())
    new = {*firsts, *(one for some in people.values() for one in some)} - missed.keys()
    missed |= hours.missed_rounds(session, event_id, new)
    groups = {key: (numbers[key], those) for key, those in people.items()}
    on, _ = coming.can_meet(session, event_id, groups, missed)
    return {
        person_id: one
        for person_id, one in firsts.items()
        if person_id not in missed
        or (one.round_number not in missed[person_id] and (one.meeting_id is None or one.meeting_id in on))
    }
