"""Stand-ins: who somebody can meet if their partner does not come, for the page of their day and for their slip."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from matchmaker.services.plans.hall import ordered, rounds_there
from matchmaker.services.plans.kept_solution import kept_problem, kept_solution
from matchmaker.store.event.events import Event
from matchmaker.store.people import people, profiles, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Presence
from matchmaker.store.plans import new_meetings, talks
from matchmaker.store.plans.plans import Meeting, Plan
from matchmaker.store.plans.sittings import sittings
from matchmaker.store.session import Session


def note(session: Session, plan: Plan) -> None:
    """Write beside each seat of a plan who could stand in there, so that no page has to work it out."""
    from matchmaker.scheduling.stand_ins import reserves  # noqa: PLC0415 - heavy: loads scipy

    solution = kept_solution(plan, sittings(session, plan.id), talks.of_plan(session, plan.id))
    whole = tuple(one for one in solution.meetings if len(one.people) > 1)
    named: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (place, one), others in reserves(kept_problem(plan), replace(solution, meetings=whole)).items():
        named[plan.rounds[place - 1], int(one)] = [int(x) for x in others]
    new_meetings.note_stand_ins(session, plan, named)


def stand_ins(
    session: Session, event: Event, meetings: Sequence[Meeting], reader: Person
) -> dict[int, Person]:
    """Return by round number who stands in at the reader's meetings: the first who comes, is there and may be met.

    Four queries, whatever the number.
    """
    asked = {
        meeting.round_number: seat.stands_in
        for meeting in meetings
        for seat in meeting.seats
        if seat.person_id == reader.id and seat.stands_in
    }
    if not asked:
        return {}
    ids = {one for several in asked.values() for one in several}
    there = {
        row.person_id: rounds_there(event, row)
        for row in registrations.of_people(session, event.id, ids)
        if row.state in COMING and row.presence is not Presence.ABSENT
    }
    apart, known = profiles.apart(session, event.id, ids | {reader.id}), people.by_ids(session, ids)
    found: dict[int, Person] = {}
    for number, several in asked.items():
        for one in several:
            if one in known and number in there.get(one, ()) and ordered(one, reader.id) not in apart:
                found.setdefault(number, known[one])
    return found
