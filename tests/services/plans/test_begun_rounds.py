"""Nobody is sent elsewhere in a round that has begun by a version that was made before it began."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from matchmaker.services.plans import begun_rounds, plan_versions
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Presence
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting, Plan
from matchmaker.store.plans.talks import TalkSeat
from matchmaker.store.session import Database
from tests.services.plans.test_place_topics import TopicDay

MORNING = datetime(2027, 3, 11, 8, tzinfo=UTC)
ROUND_1 = datetime(2027, 3, 11, 10, 5, tzinfo=UTC)
"""The first round is from 10 to 10.20, and the second begins at 10.25."""


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    made = new_day(make, sqlite)
    made.publish(made.plan())
    return made


def rewritten(day: Any, plan: Plan, at: datetime) -> list[int]:
    with day.database.reading() as session:
        kept, now = (
            plans.by_public_id(session, day.event.id, plan.public_id),
            plans.published(session, day.event.id),
        )
        assert kept is not None
        return begun_rounds.rewritten(session, session.get_one(Event, day.event.id), kept, now, at)


def publish(day: Any, plan: Plan, at: datetime) -> None:
    with day.database.writing() as session:
        kept, now = (
            plans.by_public_id(session, day.event.id, plan.public_id),
            plans.published(session, day.event.id),
        )
        assert kept is not None
        assert now is not None
        plan_versions.publish(session, kept, now.public_id, str(kept.revision), at)


def test_a_version_that_was_made_before_a_round_began_is_not_published_once_it_has(day: Any) -> None:
    day.change(day.people[0], presence=Presence.ABSENT)
    draft = day.plan(PlanningWay.AFRESH)
    assert rewritten(day, draft, MORNING) == []
    assert rewritten(day, draft, ROUND_1) == [1]
    with pytest.raises(plan_versions.RoundsBegun, match="round 1 has begun"):
        publish(day, draft, ROUND_1)
    with day.database.reading() as session:
        now = plans.published(session, day.event.id)
        assert now is not None
        assert now.version == 1
    publish(day, draft, MORNING)


@pytest.mark.parametrize("way", PlanningWay)
def test_a_version_that_is_made_while_the_day_goes_on_keeps_what_has_begun(
    day: Any, way: PlanningWay
) -> None:
    for row in day.people[:2]:
        day.change(row, presence=Presence.ABSENT)
    day.make.registration(day.event, day.make.person("Walk-in"))
    draft = day.plan(way, ROUND_1)
    assert rewritten(day, draft, ROUND_1) == []
    publish(day, draft, ROUND_1)


def test_going_back_to_a_version_with_others_together_in_a_round_that_has_begun_is_refused(day: Any) -> None:
    day.change(day.people[0], presence=Presence.ABSENT)
    older = day.plan(PlanningWay.AFRESH)
    day.change(day.people[0], presence=Presence.EXPECTED)
    assert rewritten(day, older, ROUND_1) == [1]
    assert rewritten(day, older, datetime(2027, 3, 11, 10, 30, tzinfo=UTC)) == [1, 2]


def test_a_version_made_before_a_round_began_that_leaves_out_what_is_held_there_is_refused(day: Any) -> None:
    less = day.plan()
    assert rewritten(day, less, ROUND_1) == []
    with day.database.writing() as session:
        gone = session.scalars(
            select(Meeting).where(Meeting.plan_id == less.id, Meeting.round_number == 1).limit(1)
        ).one()
        (person, *_) = [one.person_id for one in gone.seats]
        session.delete(gone)
    assert rewritten(day, less, MORNING) == []
    assert rewritten(day, less, ROUND_1) == [1]
    (row,) = [one for one in day.people if one.person_id == person]
    day.change(row, presence=Presence.ABSENT)
    assert rewritten(day, less, ROUND_1) == [], "it could not take place"
    day.change(row, presence=Presence.HERE)
    with day.database.writing() as session:
        session.get_one(Plan, less.id).made_at = ROUND_1
    assert rewritten(day, less, ROUND_1) == [], "whoever made it knew what was held"


def test_a_version_that_was_still_being_made_when_a_round_began_knew_nothing_of_it(day: Any) -> None:
    less = day.plan(at=MORNING)
    with day.database.writing() as session:
        assert session.get_one(Plan, less.id).made_at == MORNING, (
            "as its inputs were read, not as it was kept"
        )
        session.execute(delete(Meeting).where(Meeting.plan_id == less.id, Meeting.round_number == 1))
    assert rewritten(day, less, ROUND_1) == [1]


def test_a_version_made_before_a_talk_began_that_leaves_out_somebody_at_it_is_refused(
    make: Any, sqlite: Database
) -> None:
    day = TopicDay(make, sqlite)
    day.publish(day.plan())
    less = day.plan()
    number, _, people = day.talks(less)["Soil at scale"]
    guest = day.people[1]
    assert guest.person_id in people
    during = datetime(2027, 3, 11, 10, 5, tzinfo=UTC) + timedelta(minutes=30 * (number - 1))
    assert rewritten(day, less, during) == []
    with sqlite.writing() as session:
        session.execute(
            delete(TalkSeat).where(
                TalkSeat.plan_id == less.id,
                TalkSeat.round_number == number,
                TalkSeat.person_id == guest.person_id,
            )
        )
    assert rewritten(day, less, during - timedelta(minutes=10)) == []
    assert rewritten(day, less, during) == [number]
    day.change(guest, presence=Presence.ABSENT)
    assert rewritten(day, less, during) == []
