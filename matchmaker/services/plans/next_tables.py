"""Where people sit next, for whoever stands at the desk: never at a table to which nobody else can come."""

from collections.abc import Collection

from matchmaker.services.people import coming
from matchmaker.store.people import hours
from matchmaker.store.plans import next_places
from matchmaker.store.plans.next_places import NextPlace
from matchmaker.store.session import Session


def next_tables(
    session: Session, event_id: int, plan_id: int, person_ids: list[int], rounds: Collection[int]
) -> dict[int, NextPlace]:
    """Return the first place of each of these people, in these rounds of a plan, that takes place as things stand.

    Of whoever does not come themselves it is the first they were given: they may come after all. Five queries, and
    three more each time that the first place left to some of them does not take place.
    """
    missed = hours.missed_rounds(session, event_id, person_ids)
    ahead = next_places.places_ahead(session, plan_id, person_ids, rounds)
    left = {
        person_id: [one for one in places if one.round_number not in missed.get(person_id, ())]
        for person_id, places in ahead.items()
    }
    found: dict[int, NextPlace] = {}
    while left := {key: places for key, places in left.items() if key not in found and places}:
        firsts = {person_id: places.pop(0) for person_id, places in left.items()}
        numbers = {one.meeting_id: one.round_number for one in firsts.values() if one.meeting_id is not None}
        people = next_places.people_of(session, numbers.keys())
        on, _ = coming.can_meet(
            session, event_id, {key: (numbers[key], those) for key, those in people.items()}
        )
        found |= {
            person_id: one
            for person_id, one in firsts.items()
            if one.meeting_id is None or one.meeting_id in on or person_id not in missed
        }
    return found
