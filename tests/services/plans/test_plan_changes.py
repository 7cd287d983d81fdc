"""What one version changes of another, in words for a page."""

from typing import Any

from matchmaker.services.plans.plan_changes import changes
from matchmaker.services.plans.review_plan import review
from matchmaker.store.event import events
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.session import Database
from tests.services.conftest import MORNING, Day


def test_places_before_and_after_are_said_and_each_meeting_that_ends_has_its_reason(
    make: Any, sqlite: Database
) -> None:
    day = Day(make, sqlite)
    before = day.publish(day.plan())
    day.change(day.people[0], state=RegistrationState.CANCELLED)
    after = day.plan()
    difference = day.difference(after, before)
    with sqlite.reading() as session:
        event = events.by_id(session, day.event.id)
        assert event is not None
        now, was = (plans.by_public_id(session, day.event.id, one.public_id) for one in (after, before))
        assert now is not None
        assert was is not None
        said = changes(review(session, event, now), review(session, event, was), MORNING)
    assert (said.version, said.places, said.people) == (1, len(difference.slots), len(difference.changed))
    assert said.ended == len(said.lost) == len(difference.lost) > 0
    assert (said.kept, said.least, said.given_up) == (difference.kept, difference.least, 0)
    assert len(said.rows) == said.places
    assert all("no longer comes" in one.because for one in said.lost)
    assert {one.before.partition(":")[0] for one in said.rows} <= {
        f"Table {number}" for number in range(1, 6)
    }
    assert {"No meeting"} <= {one.after for one in said.rows}
