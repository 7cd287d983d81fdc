"""A change of times makes a version of the same meetings, where there is a published plan that it touches."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from matchmaker.services.people import erase_people
from matchmaker.services.plans.reissue_plan import reissue, stale_paper
from matchmaker.services.plans.when_and_where import as_it_stands
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import talks
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.talks import NewTalk, TalkSeat
from matchmaker.store.session import Database
from tests.services.conftest import Day

AT = datetime(2027, 3, 10, tzinfo=UTC)


def test_without_a_published_plan_nothing_is_made_again(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(rounds=2, tables=2), make.event(rounds=2, tables=2)
    make.add(
        Plan(event_id=event.id, version=1, problem={}, certificate={}),
        Plan(
            event_id=other.id,
            version=1,
            state=PlanState.PUBLISHED,
            published_at=AT,
            problem={},
            certificate={},
        ),
    )
    with database.writing() as session:
        now = session.get_one(Event, event.id)
        before = as_it_stands(now)
        now.place = "Another hall"
        assert reissue(session, now, before, None, AT) is None
        assert session.scalar(select(func.count(Plan.id))) == 2


def test_a_shift_names_whom_it_sends_away_and_not_who_was_away_before(sqlite: Database, make: Any) -> None:
    day = Day(make, sqlite)
    plan = day.publish(day.plan())
    late, early = day.people[:2]
    with sqlite.writing() as session:
        session.get_one(Plan, plan.id).prices = [["1", "2", 4]]
        event = session.get_one(Event, day.event.id)
        first, last = event.rounds[0], event.rounds[-1]
        rows = [session.get_one(Registration, one.id) for one in (late, early)]
        rows[0].arrives = (first.starts_at + timedelta(minutes=5)).astimezone(event.tz).time()
        rows[1].leaves = last.ends_at.astimezone(event.tz).time()
        before = as_it_stands(event)
        for one in event.rounds:
            one.starts_at += timedelta(minutes=10)
        session.flush()
        made = reissue(session, event, before, None, AT)
        assert made is not None
        assert made.now.plan.prices == [["1", "2", 4]], (
            "the meetings are the same, and so is what a wish costs"
        )
        stale = stale_paper(session, made, AT)
        assert stale.clash == (rows[1].person.name,)
        assert (stale.slips, stale.badges, stale.times) == (10, 10, True)


def test_who_was_told_that_a_talk_is_off_is_known_of_the_same_talk_in_the_new_version(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, guest = make.event(rounds=2, tables=2), make.person()
    topics = [
        TableTopic(event_id=event.id, host_id=make.person().id, title=title, state=TopicState.ACCEPTED)
        for title in ("Soil", "Rivers")
    ]
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, published_at=AT, problem={"people": []},
        certificate={}, rounds=[1, 2],
    )  # fmt: skip
    make.add(*topics, plan)
    with database.writing() as session:
        held = [NewTalk(one.id, number, 9, (guest.id,)) for number, one in enumerate(topics, 1)]
        talks.keep(session, session.merge(plan), held)
        session.execute(update(TalkSeat).values(off_since=AT, told_off_at=AT))
        erase_people.erase_person(session, session.get_one(Person, topics[0].host_id), keep_thanks=False)
    with database.writing() as session:
        again = Plan(event_id=event.id, version=2, problem={}, certificate={})
        session.add(again)
        session.flush()
        talks.copy(session, session.get_one(Plan, plan.id), again)
        assert talks.lost(session, again.id) == [(guest.id, 1, 9)]
        assert [one.topic_id for one in talks.of_plan(session, again.id)] == [topics[1].id]
        seats = session.scalars(select(TalkSeat).where(TalkSeat.plan_id == again.id)).all()
        assert {(one.off_since, one.told_off_at) for one in seats} == {(AT, AT)}


def test_a_day_in_the_past_makes_all_paper_wrong_and_tells_nobody(sqlite: Database, make: Any) -> None:
    day = Day(make, sqlite)
    day.publish(day.plan())
    for held_on, past, told in ((date(2027, 3, 9), True, 0), (date(2027, 3, 12), False, 10)):
        with sqlite.writing() as session:
            event = session.get_one(Event, day.event.id)
            before = as_it_stands(event)
            move_rounds(event, held_on)
            session.flush()
            made = reissue(session, event, before, None, AT)
            assert made is not None
            stale = stale_paper(session, made, AT)
            assert (stale.past, stale.slips, stale.badges, stale.cards) == (past, 10, 10, 5)
            assert (stale.times, len(stale.told)) == (True, told)
            session.rollback()


def move_rounds(event: Event, held_on: date) -> None:
    for one in event.rounds:
        one.starts_at += held_on - event.held_on
    event.held_on = held_on
