"""Reading the whole of a plan while its session is open, for tests that look at it afterwards."""

from matchmaker.services.plans.review_plan import Review
from matchmaker.store.plans.plans import Plan


def whole(seen: Review) -> Review:
    """Return a review that has read what it reads only when it is asked."""
    assert seen.hall.rounds == tuple(one.number for one in seen.event.rounds)
    assert seen.problem.rounds
    assert len(seen.meetings) <= len(seen.sat)
    assert isinstance(seen.faults, tuple)
    return seen


def with_meetings(plan: Plan) -> Plan:
    """Return a plan that has read its meetings, their seats and the people in them."""
    for meeting in plan.meetings:
        assert all(seat.person.id == seat.person_id for seat in meeting.seats)
    return plan
