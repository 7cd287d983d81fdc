"""Table topics in the plan: where they are held, who is there, and what stays when the plan is made again."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import delete

from matchmaker.services.plans import edit_by_hand
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.services.plans.place_topics import HeldTalk, OpenTopic, TopicsToPlace, TopicTable, heard
from matchmaker.services.plans.plan_sheets import tables
from matchmaker.services.plans.plan_warnings import plan_warnings
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store.event import events, hall
from matchmaker.store.event.events import HallTable, Round, RoundFor, TopicsFrom
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plans, talks
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.table_topics import TableTopic, TopicStar, TopicState
from tests.services.conftest import MORNING, Day

RIVERS, SOIL = 21, 22
NOON = datetime(2027, 3, 11, 10, 15, tzinfo=UTC)
"""In the first round, which is at 10."""


class TopicDay(Day):
    """Ten people, four rounds, five tables for meetings and two for topics; two topics with three stars each."""

    def __init__(self, make: Any, database: Any, **event: Any) -> None:
        super().__init__(make, database, topics_from=TopicsFrom.EVERYBODY, **event)
        for number in (RIVERS, SOIL):
            make.add(HallTable(event_id=self.event.id, number=number, seats=6, for_topics=True))
        self.rivers = self.topic("Who owns the rivers list?", self.people[0], self.people[1:4])
        self.soil = self.topic("Soil at scale", self.people[4], self.people[1:3])
        self.topic("Not accepted", self.people[5], self.people[1:4], state=TopicState.PITCHED)
        other = make.event(rounds=4, tables=5, topics_from=TopicsFrom.EVERYBODY)
        guest = make.registration(other)
        make.add(HallTable(event_id=other.id, number=RIVERS, for_topics=True))
        make.add(
            TableTopic(
                event_id=other.id, host_id=guest.person_id, title="Elsewhere", state=TopicState.ACCEPTED
            )
        )

    def topic(self, title: str, host: Registration, stars: list[Registration], **columns: Any) -> TableTopic:
        row = TableTopic(
            event_id=self.event.id, host_id=host.person_id, title=title,
            **{"state": TopicState.ACCEPTED, "seats": 6, **columns},
        )  # fmt: skip
        self.make.add(row)
        self.make.add(*(TopicStar(topic_id=row.id, person_id=one.person_id) for one in stars))
        return row

    def talks(self, plan: Plan) -> dict[str, tuple[int, int, frozenset[int]]]:
        with self.database.reading() as session:
            return {
                one.topic.title: (
                    one.round_number, one.table_number, frozenset(seat.person_id for seat in one.seats),
                )
                for one in talks.of_plan(session, plan.id)
            }  # fmt: skip

    def look(self, plan: Plan) -> Review:
        with self.database.reading() as session:
            event = events.by_id(session, self.event.id)
            kept = plans.by_public_id(session, self.event.id, plan.public_id)
            assert event is not None
            assert kept is not None
            seen = review(session, event, kept)
            assert seen.faults == ()
            seen.talks, seen.shares, [seen.day(one.person_id) for one in self.people]  # noqa: B018 - read them now
            return seen

    def ids(self, *places: int) -> frozenset[int]:
        return frozenset(self.people[one].person_id for one in places)


@pytest.fixture
def day(make: Any, sqlite: Any) -> TopicDay:
    return TopicDay(make, sqlite)


def test_everybody_is_at_the_topics_they_gave_a_star_to_and_meets_people_in_the_other_rounds(
    day: TopicDay,
) -> None:
    plan = day.plan()
    held = day.talks(plan)
    assert {title: people for title, (_, _, people) in held.items()} == {
        "Who owns the rivers list?": day.ids(0, 1, 2, 3),
        "Soil at scale": day.ids(1, 2, 4),
    }
    assert {table for _, table, _ in held.values()} <= {RIVERS, SOIL}
    assert (plan.certificate["stars"], plan.certificate["stars_bound"]) == (5, 5)
    seen = day.look(plan)
    assert {share.possible - share.meetings for share in seen.shares} <= {0, 1}
    assert {table for _, table, _ in day.seats(plan)} <= {1, 2, 3, 4, 5}
    by_round = {number: people for number, _, people in held.values()}
    for number, _, people in day.seats(plan):
        assert not people & by_round.get(number, frozenset())


def test_the_spreadsheet_has_each_talk_with_who_is_there(day: TopicDay) -> None:
    plan = day.plan()
    with day.database.reading() as session:
        event = events.by_id(session, day.event.id)
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert event is not None
        assert kept is not None
        rows = [one for one in tables(review(session, event, kept), MORNING).meetings if one.topic]
    assert {one.topic: (one.round, one.table, frozenset(map(int, one.people))) for one in rows} == day.talks(
        plan
    )


def test_a_round_for_meetings_has_no_topic_and_one_for_topics_no_meeting(day: TopicDay) -> None:
    with day.database.writing() as session:
        for number, is_for in ((1, RoundFor.MEETINGS), (2, RoundFor.MEETINGS), (3, RoundFor.TOPICS)):
            found = hall.round_numbered(session, day.event.id, number)
            assert found is not None
            found.is_for = is_for
    plan = day.plan()
    assert {number for number, _, _ in day.talks(plan).values()} <= {3, 4}
    assert {number for number, _, _ in day.seats(plan)} <= {1, 2, 4}
    assert len(day.talks(plan)) == 2


def test_a_round_for_topics_alone_without_a_topic_is_warned_of(day: TopicDay) -> None:
    with day.database.writing() as session:
        found = hall.round_numbered(session, day.event.id, 3)
        assert found is not None
        found.is_for = RoundFor.TOPICS
        for topic in (day.rivers, day.soil):
            session.get_one(TableTopic, topic.id).state = TopicState.DECLINED
    words = "Round 3 is for table topics alone, and none can be held. Nobody has anything to do in it."
    assert words in plan_warnings(day.look(day.plan()))


def test_accepted_topics_without_a_table_for_topics_are_warned_of(day: TopicDay) -> None:
    with day.database.writing() as session:
        for number in (RIVERS, SOIL):
            found = hall.table_numbered(session, day.event.id, number)
            assert found is not None
            found.for_topics = False
    words = "2 topics are accepted, and no table is for topics. Mark one on the page “Tables”, and they can be held."
    assert words in plan_warnings(day.look(day.plan()))


def test_nobody_is_sent_to_a_topic_at_a_table_that_does_not_suit_them(day: TopicDay) -> None:
    with day.database.writing() as session:
        found = hall.table_numbered(session, day.event.id, SOIL)
        assert found is not None
        found.step_free = True
        one = hall.table_numbered(session, day.event.id, 1)
        assert one is not None
        one.step_free = True
    day.change(day.people[3], step_free=True)
    held = day.talks(day.plan())
    number, table, people = held["Who owns the rivers list?"]
    assert (table, people) == (SOIL, day.ids(0, 1, 2, 3))
    assert number != held["Soil at scale"][0]


def test_two_who_must_not_meet_are_at_no_topic_together(day: TopicDay) -> None:
    a, b = sorted((day.people[0].person_id, day.people[1].person_id))
    day.make.add(Exclusion(event_id=day.event.id, a_id=a, b_id=b))
    assert day.talks(day.plan())["Who owns the rivers list?"][2] == day.ids(0, 2, 3)


def test_a_new_plan_with_least_changes_takes_nobody_out_of_a_meeting_for_a_new_topic(day: TopicDay) -> None:
    before = day.publish(day.plan())
    day.topic("Birds", day.people[6], [day.people[7]])
    after = day.plan()
    assert day.talks(after) == day.talks(before)
    assert day.seats(after) == day.seats(before)
    assert day.talks(day.plan(PlanningWay.AFRESH))["Birds"][2] == day.ids(6, 7)


def test_a_topic_pitched_on_the_day_is_held_where_its_people_have_no_meeting_yet(
    make: Any, sqlite: Any
) -> None:
    day = TopicDay(make, sqlite, tables=0)
    before = day.publish(day.plan())
    day.topic("Birds", day.people[6], [day.people[7]])
    after = day.talks(day.plan())
    assert after.items() >= day.talks(before).items()
    assert after["Birds"][2] == day.ids(6, 7)


def test_a_topic_without_a_star_is_not_held_and_its_host_meets_people(day: TopicDay) -> None:
    day.topic("Nobody comes", day.people[9], [])
    plan = day.plan()
    assert set(day.talks(plan)) == {"Who owns the rivers list?", "Soil at scale"}


def test_when_a_host_leaves_their_talk_is_off_at_once_and_out_of_the_next_plan(day: TopicDay) -> None:
    plan = day.publish(day.plan())
    number, table, _ = day.talks(plan)["Soil at scale"]
    day.change(day.people[4], state=RegistrationState.CANCELLED)
    seen = day.look(plan)
    assert [talk.topic.title for talk, _ in seen.talks] == ["Who owns the rivers list?"]
    place = next(one for one in seen.day(day.people[1].person_id) if one.round_number == number)
    assert (place.off, place.table, place.partners) == (True, None, ())
    name = day.people[4].person.name
    assert (
        f"Round {number}, table {table}: “Soil at scale” cannot be held, as {name} is not here. Make the plan again."
    ) in plan_warnings(seen)
    assert set(day.talks(day.plan())) == {"Who owns the rivers list?"}


def test_a_talk_that_lost_all_its_guests_is_off_and_the_page_says_what_to_do(day: TopicDay) -> None:
    plan = day.publish(day.plan())
    held = day.talks(plan)
    number, table, people = held["Soil at scale"]
    host = day.people[4]
    for one in day.people[1:4]:
        day.change(one, state=RegistrationState.CANCELLED)
    seen = day.look(plan)
    assert [talk.topic.title for talk, _ in seen.talks] == []
    assert next(one for one in seen.day(host.person_id) if one.round_number == number).off
    assert host.person_id in people
    assert (
        f"Round {number}, table {table}: “Soil at scale” has lost all its guests. Make the plan again: whoever gave "
        f"it a star and has no meeting there can be at it. If nobody can, {host.person.name} is free in that round."
    ) in plan_warnings(seen)
    assert day.talks(day.plan()) == {}
    late = day.make.registration(day.event)
    day.make.add(TopicStar(topic_id=day.soil.id, person_id=late.person_id))
    assert {title: people for title, (_, _, people) in day.talks(day.plan()).items()} == {
        "Soil at scale": frozenset({host.person_id, late.person_id})
    }


@pytest.mark.parametrize("way", PlanningWay)
def test_a_talk_that_was_held_stays_whatever_becomes_of_its_topic(day: TopicDay, way: PlanningWay) -> None:
    with day.database.writing() as session:
        for number in (2, 3, 4):
            found = hall.round_numbered(session, day.event.id, number)
            assert found is not None
            found.is_for = RoundFor.MEETINGS
    plan = day.publish(day.plan())
    held = day.talks(plan)
    assert {number for number, _, _ in held.values()} == {1}
    with day.database.writing() as session:
        topic = session.get(TableTopic, day.soil.id)
        assert topic is not None
        topic.state = TopicState.WITHDRAWN
    day.change(day.people[0], leaves=time(10, 25))
    again = day.plan(way, NOON)
    assert day.talks(again) == held
    assert day.look(again).faults == ()


def _nothing(_day: TopicDay) -> None:
    pass


def _the_host_leaves_the_event(day: TopicDay) -> None:
    day.change(day.people[0], state=RegistrationState.CANCELLED)


def _the_host_is_gone_home(day: TopicDay) -> None:
    day.change(day.people[0], presence=Presence.ABSENT)


def _a_guest_is_kept_from_the_host(day: TopicDay) -> None:
    a, b = sorted((day.people[0].person_id, day.people[1].person_id))
    day.make.add(Exclusion(event_id=day.event.id, a_id=a, b_id=b))


def _two_guests_are_kept_apart(day: TopicDay) -> None:
    a, b = sorted((day.people[1].person_id, day.people[2].person_id))
    day.make.add(Exclusion(event_id=day.event.id, a_id=a, b_id=b))


def _a_guest_needs_another_table(day: TopicDay) -> None:
    with day.database.writing() as session:
        for number in (1, 2):
            found = hall.table_numbered(session, day.event.id, number)
            assert found is not None
            found.step_free = True
    day.change(day.people[1], step_free=True)


def _the_host_needs_another_table(day: TopicDay) -> None:
    day.change(day.people[0], fixed_table=1)


def _a_guest_rests(day: TopicDay) -> None:
    day.change(day.people[1], most_meetings=1)


def _the_stars_are_taken_back(day: TopicDay) -> None:
    with day.database.writing() as session:
        session.execute(delete(TopicStar))


def _the_table_is_gone(day: TopicDay) -> None:
    with day.database.writing() as session:
        for number in (RIVERS, SOIL):
            session.delete(hall.table_numbered(session, day.event.id, number))


def _the_table_is_smaller(day: TopicDay) -> None:
    with day.database.writing() as session:
        for number in (RIVERS, SOIL):
            found = hall.table_numbered(session, day.event.id, number)
            assert found is not None
            found.seats = 2


SINCE = (
    _nothing, _the_host_leaves_the_event, _the_host_is_gone_home, _a_guest_is_kept_from_the_host,
    _two_guests_are_kept_apart, _a_guest_needs_another_table, _the_host_needs_another_table, _a_guest_rests,
    _the_stars_are_taken_back, _the_table_is_gone, _the_table_is_smaller,
)  # fmt: skip


@pytest.mark.parametrize("way", PlanningWay)
@pytest.mark.parametrize("since", SINCE)
def test_whoever_was_at_a_talk_in_the_morning_hears_it_no_second_time_whatever_happened_since(
    since: Callable[[TopicDay], None], way: PlanningWay, day: TopicDay
) -> None:
    with day.database.writing() as session:
        for topic in (day.rivers, day.soil):
            session.get_one(TableTopic, topic.id).times = 2
        for number in (2, 3, 4):
            found = hall.round_numbered(session, day.event.id, number)
            assert found is not None
            found.is_for = RoundFor.MEETINGS
    plan = day.publish(day.plan())
    morning = {title: people for title, (_, _, people) in day.talks(plan).items()}
    with day.database.writing() as session:
        for number in (2, 3, 4):
            found = hall.round_numbered(session, day.event.id, number)
            assert found is not None
            found.is_for = RoundFor.BOTH
    # Somebody new would like to be there too, so that there is a reason to hold it again.
    for topic in (day.rivers, day.soil):
        day.make.add(TopicStar(topic_id=topic.id, person_id=day.people[8].person_id))
    since(day)
    again = day.plan(way, NOON)
    assert day.look(again).faults == ()
    with day.database.reading() as session:
        for talk in talks.of_plan(session, again.id):
            people = {one.person_id for one in talk.seats}
            if talk.round_number == 1:
                assert people <= morning[talk.topic.title]
            else:
                assert people & morning.get(talk.topic.title, frozenset()) <= {talk.topic.host_id}


def test_a_plan_changed_by_hand_keeps_its_talks_and_has_nobody_in_two_places(day: TopicDay) -> None:
    plan = day.publish(day.plan())
    with day.database.writing() as session:
        event = events.by_id(session, day.event.id)
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert event is not None
        assert kept is not None
        draft, told = edit_by_hand.copy(session, event, kept, None, MORNING)
    assert told == []
    assert day.talks(draft) == day.talks(plan)
    assert draft.certificate["stars"] == 5
    day.look(draft)


def test_a_plan_changed_by_hand_in_the_day_keeps_the_talks_that_took_place(day: TopicDay) -> None:
    plan = day.publish(day.plan())
    held = day.talks(plan)
    with day.database.writing() as session:
        for topic in (day.rivers, day.soil):
            session.get_one(TableTopic, topic.id).state = TopicState.WITHDRAWN
    day.change(day.people[4], presence=Presence.ABSENT)
    first, last = sorted(held.values())
    with day.database.writing() as session:
        event = events.by_id(session, day.event.id)
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert event is not None
        assert kept is not None
        after_the_first = {one.number: one.starts_at for one in event.rounds}[first[0]]
        draft, told = edit_by_hand.copy(session, event, kept, None, after_the_first)
    assert [*day.talks(draft).values()] == [first]
    assert f"Round {last[0]}, table {last[1]} was left out, because its topic cannot be held." in told
    assert day.look(draft).faults == ()


def test_whoever_was_late_for_a_talk_has_not_heard_it() -> None:
    topic = OpenTopic(1, host=10, seats=6, times=2, stars=frozenset({11, 12, 13}))
    past = [HeldTalk(topic, 1, 7, frozenset({10, 11, 12, 13}))]
    there = {10: frozenset({1, 2}), 11: frozenset({2}), 12: frozenset({1, 2})}
    assert heard(past, there) == [HeldTalk(topic, 1, 7, frozenset({10, 12, 13}))]
    assert heard(past, {**there, 10: frozenset({2})}) == []


def test_a_star_for_a_talk_that_was_heard_is_no_star_and_one_that_was_held_is_held_once_less() -> None:
    topic = OpenTopic(1, host=10, seats=6, times=2, stars=frozenset({11, 12, 13}))
    once = OpenTopic(2, host=20, seats=6, stars=frozenset({11}))
    places = TopicsToPlace((topic, once), (TopicTable(7, 6, frozenset({1, 2})),))
    past = [HeldTalk(topic, 1, 7, frozenset({10, 11, 12})), HeldTalk(once, 2, 7, frozenset({20, 11}))]
    kept = [HeldTalk(topic, 1, 7, frozenset({10, 12}))]
    left = OpenTopic(1, host=10, seats=6, times=2, stars=frozenset({12, 13}))
    assert places.without(past, kept) == TopicsToPlace((left,), places.tables)
    gone = OpenTopic(1, host=10, seats=6, times=1, stars=frozenset({13}))
    assert places.without(past, []) == TopicsToPlace((gone,), places.tables)


def test_what_past_talks_need_is_added_and_no_more() -> None:
    open_ = OpenTopic(1, host=10, seats=3, times=2, stars=frozenset({11}))
    gone = OpenTopic(2, host=20, seats=3, times=5, stars=frozenset({21, 22}))
    places = TopicsToPlace((open_,), (TopicTable(7, 3, frozenset({2, 3})),), frozenset({3}))
    past = [
        HeldTalk(open_, 1, 7, frozenset({10, 12})),
        HeldTalk(gone, 1, 8, frozenset({20, 21, 23, 24})),
    ]
    assert places.having_held(past) == TopicsToPlace(
        (
            OpenTopic(1, 10, 3, 2, frozenset({11, 12})),
            OpenTopic(2, 20, 4, 1, frozenset({21, 23, 24})),
        ),
        (TopicTable(7, 3, frozenset({1, 2, 3})), TopicTable(8, 4, frozenset({1}))),
        frozenset({3}),
    )


def test_rounds_are_for_both_unless_said_otherwise() -> None:
    assert Round.__table__.c.is_for.default.arg is RoundFor.BOTH
