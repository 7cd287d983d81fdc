"""A meeting falls away: its people are told once, in the same words and after the same time, whatever the cause."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import delete, select

from matchmaker.jobs.meetings_off import tell_of_meetings_off
from matchmaker.services.event import set_up_event
from matchmaker.services.people import coming, erase_people, exclude_pairs, miss_rounds, record_presence
from matchmaker.services.people.miss_rounds import Way
from matchmaker.services.plans import pitch_topics, tell_partners
from matchmaker.services.suggestions import give_answers
from matchmaker.settings import from_environment
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people import hours, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import talks
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.talks import NewTalk, Talk, TalkSeat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from tests.made_once import MadeOnce

NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)
"""Months before the event."""
SETTINGS = from_environment({"MATCHMAKER_PUBLIC_URL": "https://matchmaker.example.org"})
BODY = """Hello Amara,

This meeting on 11 March 2027 will not take place:

10.30am, table 4

We are looking for somebody else for this time. If we find somebody, we
write to you again.

See your day as it stands now:

https://matchmaker.example.org/events/{event}/day

You get this mail because you are registered for The event.

Sent by the organisers of The event with matchmaker. Questions:
contact@inside.example
"""


def publish(make: Any, event: Any, *meetings: tuple[int, int, tuple[Any, ...]]) -> Plan:
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={}, published_at=NOON
    )
    make.add(plan)
    for number, table, people in meetings:
        seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in people]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=table, seats=seats))
    return plan


WITH_MEETINGS, WITH_TALKS = (defaultdict[str, MadeOnce[SimpleNamespace]](MadeOnce) for _ in range(2))
"""Either event as each kind of database keeps it."""


@pytest.fixture
def hall(database: Database, maker: Any) -> Any:
    """Give an event in which Amara meets Ben in round 2, and another in which nothing happens."""
    make = maker(database)
    given = WITH_MEETINGS[database.engine.dialect.name].give(make, lambda: with_meetings(make))
    given.make = make
    return given


def with_meetings(make: Any) -> SimpleNamespace:
    event, other = make.event("The event", rounds=3, tables=4), make.event("Another", rounds=3, tables=4)
    amara, ben, cat, dan = (make.person(name) for name in ("Amara", "Ben", "Cat", "Dan"))
    for one in (amara, ben, cat, dan):
        make.registration(event, one)
        make.registration(other, one)
    publish(make, event, (2, 4, (amara, ben)), (1, 1, (cat, dan)))
    publish(make, other, (1, 1, (cat, dan)))
    return SimpleNamespace(event=event, other=other, amara=amara, ben=ben, cat=cat, dan=dan)


def _row(session: Any, hall: Any) -> Registration:
    row = registrations.of_person(session, hall.event.id, hall.ben.id)
    assert row is not None
    return row


def _leaves(session: Any, hall: Any) -> None:
    coming.leave(session, _row(session, hall))


def _is_erased(session: Any, hall: Any) -> None:
    erase_people.erase_person(session, session.get_one(Person, hall.ben.id), keep_thanks=False)


def _is_absent(session: Any, hall: Any) -> None:
    record_presence.mark(session, _row(session, hall), Presence.ABSENT, NOON)


def _misses_the_round(session: Any, hall: Any) -> None:
    miss_rounds.say(session, session.get_one(Event, hall.event.id), _row(session, hall), Way.PAUSE, 2, NOON)


def _comes_later(session: Any, hall: Any) -> None:
    record_presence.come_late(
        session, session.get_one(Event, hall.event.id), _row(session, hall), time(10, 31), NOON
    )


def _leaves_earlier(session: Any, hall: Any) -> None:
    record_presence.attend(session, session.get_one(Event, hall.event.id), _row(session, hall), 1, 1)


def _blocks(session: Any, hall: Any) -> None:
    give_answers.answer(session, hall.event.id, hall.ben.id, hall.amara.id, AnswerKind.BLOCK, NOON)


def _blocks_elsewhere(session: Any, hall: Any) -> None:
    give_answers.answer(session, hall.other.id, hall.ben.id, hall.amara.id, AnswerKind.BLOCK, NOON)


def _says_not_for_me(session: Any, hall: Any) -> None:
    give_answers.answer(session, hall.event.id, hall.ben.id, hall.amara.id, AnswerKind.NOT_FOR_ME, NOON)


def _is_kept_apart(session: Any, hall: Any) -> None:
    event = session.get_one(Event, hall.event.id)
    exclude_pairs.exclude(
        session, event, session.get_one(Person, hall.amara.id), _row(session, hall).person, ""
    )


CAUSES = (
    _misses_the_round, _comes_later, _leaves_earlier,
    _leaves, _is_erased, _is_absent, _blocks, _blocks_elsewhere, _says_not_for_me, _is_kept_apart,
)  # fmt: skip


def sweep(database: Database, minutes: int) -> int:
    return tell_of_meetings_off(database, SETTINGS, NOON + timedelta(minutes=minutes))


def letters(database: Database) -> list[tuple[str, str, str]]:
    with database.reading() as session:
        return [(one.to, one.subject, one.body) for one in session.scalars(select(Mail).order_by(Mail.id))]


@pytest.mark.parametrize("cause", CAUSES)
def test_partners_are_told_in_the_same_words_and_after_the_same_time_whatever_the_cause(
    cause: Callable[[Any, Any], None], database: Database, hall: Any
) -> None:
    with database.writing() as session:
        cause(session, hall)
    assert [sweep(database, minutes) for minutes in (0, 5, 9)] == [0, 0, 0]
    assert letters(database) == []
    sweep(database, 10)
    to_amara = [one for one in letters(database) if one[0] == hall.amara.email]
    assert to_amara == [
        (
            hall.amara.email,
            "A meeting of yours at The event will not take place",
            BODY.format(event=hall.event.public_id),
        )
    ]
    told = {one[0] for one in letters(database)}
    assert not told & {hall.cat.email, hall.dan.email}
    # Whoever still comes lost the meeting too, whoever of the two said it.
    with database.reading() as session:
        still = registrations.of_person(session, hall.event.id, hall.ben.id)
        there = (
            still is not None
            and still.state is RegistrationState.CONFIRMED
            and still.presence is not Presence.ABSENT
            and 2 not in hours.missed(session.get_one(Event, hall.event.id), still)
        )
        assert (hall.ben.email in told) is there
    before = letters(database)
    assert [sweep(database, minutes) for minutes in (11, 500)] == [0, 0]
    assert letters(database) == before


def test_what_is_undone_before_anybody_was_told_is_told_to_nobody(database: Database, hall: Any) -> None:
    with database.writing() as session:
        _blocks(session, hall)
    sweep(database, 0)
    with database.writing() as session:
        session.execute(delete(Answer))
    sweep(database, 5)
    with database.writing() as session:
        _blocks(session, hall)
    assert [sweep(database, minutes) for minutes in (6, 15)] == [0, 0]
    assert sweep(database, 16) == 2


def test_a_meeting_that_takes_place_after_all_is_told_to_whoever_was_told_otherwise(
    database: Database, hall: Any
) -> None:
    with database.writing() as session:
        _leaves(session, hall)
    sweep(database, 0)
    assert sweep(database, 10) == 1
    with database.writing() as session:
        _row(session, hall).state = RegistrationState.CONFIRMED
    assert [sweep(database, minutes) for minutes in (11, 12)] == [1, 0]
    to, subject, body = letters(database)[-1]
    assert (to, subject) == (hall.amara.email, "A meeting of yours at The event will take place after all")
    assert (
        "We wrote that this meeting on 11 March 2027 would not take place. It\ndoes, as planned at first:"
        in body
    )
    with database.writing() as session:
        _leaves(session, hall)
    assert [sweep(database, minutes) for minutes in (20, 30)] == [0, 1]


def test_several_meetings_that_fall_away_are_one_letter(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event("Big", rounds=2, tables=1)
    amara, ben, cat = (make.person(name) for name in ("Amara", "Ben", "Cat"))
    for one in (amara, ben, cat):
        make.registration(event, one)
    publish(make, event, (1, 1, (amara, ben)), (2, 3, (amara, cat)))
    with database.writing() as session:
        for one in (ben, cat):
            coming.leave(session, registrations.of_person(session, event.id, one.id))
    sweep(database, 0)
    assert sweep(database, 10) == 1
    ((_, subject, body),) = letters(database)
    assert subject == "Some meetings of yours at Big will not take place"
    assert "10am, table 1\n\n10.30am, table 3\n\nWe are looking for somebody else for these times." in body


def test_a_round_that_has_begun_is_told_to_nobody(database: Database, hall: Any) -> None:
    with database.writing() as session:
        _leaves(session, hall)
    began = datetime(2027, 3, 11, 10, 30, tzinfo=UTC)
    for minutes in (0, 15):
        assert tell_of_meetings_off(database, SETTINGS, began + timedelta(minutes=minutes)) == 0
    assert letters(database) == []


def test_a_draft_and_a_replaced_plan_are_told_to_nobody(database: Database, hall: Any) -> None:
    with database.writing() as session:
        for plan in session.scalars(select(Plan)):
            plan.state = PlanState.SUPERSEDED
        _leaves(session, hall)
    assert [sweep(database, minutes) for minutes in (0, 10)] == [0, 0]


def test_of_two_workers_one_alone_writes(database: Database, hall: Any) -> None:
    with database.writing() as session:
        _leaves(session, hall)
    sweep(database, 0)
    at = NOON + timedelta(minutes=10)
    with database.reading() as session:
        assert tell_partners.waiting(session, at) == [hall.event.id]
    written = []
    for _ in range(2):
        with database.writing() as session:
            written.append(tell_partners.tell(session, hall.event.id, lambda _event: "https://x.example", at))
    assert written == [1, 0]


@pytest.mark.parametrize("cause", CAUSES)
def test_a_gap_is_counted_whatever_the_cause(
    cause: Callable[[Any, Any], None], database: Database, hall: Any
) -> None:
    assert _gaps(database, hall) == (0, 0)
    with database.writing() as session:
        cause(session, hall)
    assert _gaps(database, hall) == (1, 0)
    with database.reading() as session:
        plan = session.scalars(select(Plan).where(Plan.event_id == hall.event.id)).one()
        begun = session.get_one(Event, hall.event.id).rounds[1].starts_at
        assert tell_partners.gaps(session, session.get_one(Event, hall.event.id), plan.id, begun) == 0


def test_meetings_of_a_round_that_is_taken_out_are_counted_until_no_round_is_ahead(
    database: Database, hall: Any
) -> None:
    def gaps(at: datetime) -> list[int]:
        with database.reading() as session:
            return [
                tell_partners.gaps(session, session.get_one(Event, one), plan.id, at)
                for one in (hall.event.id, hall.other.id)
                for plan in session.scalars(select(Plan).where(Plan.event_id == one))
            ]

    event_id = hall.event.id
    for number, counted in ((2, 1), (3, 1), (1, 2)):
        with database.writing() as session:
            event = session.get_one(Event, event_id)
            (gone,) = (one for one in event.rounds if one.number == number)
            set_up_event.remove_round(session, event, gone)
        assert gaps(NOON) == [counted, 0]
        if number == 2:
            after_the_last = datetime(2027, 3, 11, 12, tzinfo=UTC)
            assert gaps(after_the_last) == [0, 0]
    assert gaps(datetime(2027, 3, 12, 12, tzinfo=UTC)) == [0, 0]


def test_who_is_checked_in_before_they_were_expected_meets_from_then_on(
    database: Database, hall: Any
) -> None:
    for came, gaps in ((time(10, 15), 0), (time(10, 30), 0), (time(10, 45), 1)):
        with database.writing() as session:
            there = session.get_one(Event, hall.event.id)
            record_presence.come_late(session, there, _row(session, hall), time(11), NOON)
        assert _gaps(database, hall) == (1, 0)
        at = datetime.combine(hall.event.held_on, came, UTC)
        with database.writing() as session:
            record_presence.mark(session, _row(session, hall), Presence.HERE, at)
        assert _gaps(database, hall) == (gaps, 0)
        with database.writing() as session:
            record_presence.mark(session, _row(session, hall), Presence.EXPECTED, at)
        assert _gaps(database, hall) == (1, 0), "that they come at eleven is still known"


def test_a_meeting_with_several_things_in_its_way_is_one_gap(database: Database, hall: Any) -> None:
    with database.writing() as session:
        for cause in (_blocks, _says_not_for_me, _is_kept_apart, _is_absent):
            cause(session, hall)
    assert _gaps(database, hall) == (1, 0)


def test_one_of_three_who_leaves_is_a_gap_for_the_other_two(database: Database, hall: Any) -> None:
    with database.writing() as session:
        meeting = session.scalars(select(Meeting).where(Meeting.round_number == 2)).one()
        meeting.seats.append(Seat(person_id=hall.dan.id, plan_id=meeting.plan_id, round_number=2))
    assert _gaps(database, hall) == (0, 0)
    with database.writing() as session:
        _leaves(session, hall)
    assert _gaps(database, hall) == (1, 0)


@pytest.fixture
def topics(database: Database, maker: Any) -> Any:
    """Give an event in which Ben hosts a talk for Amara in round 2, and Cat one for Dan, and another event."""
    make = maker(database)
    return WITH_TALKS[database.engine.dialect.name].give(make, lambda: with_talks(make))


def with_talks(make: Any) -> SimpleNamespace:
    event, other = make.event("The event", rounds=3, tables=4), make.event("Another", rounds=3, tables=4)
    amara, ben, cat, dan = (make.person(name) for name in ("Amara", "Ben", "Cat", "Dan"))
    for one in (amara, ben, cat, dan):
        make.registration(event, one)
        make.registration(other, one)
    soil, rivers, elsewhere = (
        TableTopic(event_id=at.id, host_id=host.id, title="Who owns it?", state=TopicState.ACCEPTED)
        for at, host in ((event, ben), (event, cat), (other, cat))
    )
    make.add(soil, rivers, elsewhere)
    plan, another = publish(make, event), publish(make, other)
    with make.database.writing() as session:
        at_event = [NewTalk(soil.id, 2, 4, (amara.id, ben.id)), NewTalk(rivers.id, 2, 3, (cat.id, dan.id))]
        talks.keep(session, session.merge(plan), at_event)
        talks.keep(session, session.merge(another), [NewTalk(elsewhere.id, 2, 4, (cat.id, dan.id))])
    return SimpleNamespace(
        event=event, other=other, amara=amara, ben=ben, cat=cat, dan=dan, soil=soil.id, plan=plan
    )


def _is_taken_back(session: Any, topics: Any) -> None:
    pitch_topics.withdraw(session, session.get_one(TableTopic, topics.soil))


def _is_declined(session: Any, topics: Any) -> None:
    pitch_topics.decide(session, session.get_one(TableTopic, topics.soil), accept=False)


@pytest.mark.parametrize("cause", [*CAUSES, _is_taken_back, _is_declined])
def test_whoever_was_to_be_at_a_talk_is_told_as_of_a_meeting_whatever_the_cause(
    cause: Callable[[Any, Any], None], database: Database, topics: Any
) -> None:
    with database.writing() as session:
        cause(session, topics)
    assert [sweep(database, minutes) for minutes in (0, 5, 9)] == [0, 0, 0]
    sweep(database, 10)
    to_amara = [one for one in letters(database) if one[0] == topics.amara.email]
    subject = "A table topic of yours at The event will not take place"
    body = BODY.replace("This meeting on", "This table topic on").replace("table 4", "table 4, a table topic")
    assert to_amara == [(topics.amara.email, subject, body.format(event=topics.event.public_id))]
    assert not {one[0] for one in letters(database)} & {topics.cat.email, topics.dan.email}
    before = letters(database)
    assert [sweep(database, minutes) for minutes in (11, 500)] == [0, 0]
    assert letters(database) == before


@pytest.mark.parametrize("cause", [_leaves, _is_erased, _is_taken_back, _is_declined])
def test_a_talk_without_its_host_or_its_topic_is_a_gap(
    cause: Callable[[Any, Any], None], database: Database, topics: Any
) -> None:
    found = []
    for at in (None, cause):
        with database.writing() as session:
            if at is not None:
                at(session, topics)
        with database.reading() as session:
            event = session.get_one(Event, topics.event.id)
            found.append(tell_partners.gaps(session, event, topics.plan.id, NOON))
            assert tell_partners.gaps(session, event, topics.plan.id, event.rounds[1].starts_at) == 0
    assert found == [0, 1]


def test_a_talk_goes_on_for_the_others_when_one_of_them_leaves(
    database: Database, maker: Any, topics: Any
) -> None:
    eve = maker(database).person("Eve", "eve@inside.example")
    maker(database).registration(topics.event, eve)
    with database.writing() as session:
        talk = session.scalars(select(Talk).where(Talk.topic_id == topics.soil)).one()
        talk.seats.append(TalkSeat(plan_id=topics.plan.id, round_number=2, person_id=eve.id))
    with database.writing() as session:
        coming.leave(session, registrations.of_person(session, topics.event.id, topics.amara.id))
    assert [sweep(database, minutes) for minutes in (0, 10)] == [0, 0]


def test_a_host_whose_guests_are_all_gone_is_told_and_the_gap_is_counted(
    database: Database, topics: Any
) -> None:
    with database.writing() as session:
        coming.leave(session, registrations.of_person(session, topics.event.id, topics.amara.id))
    with database.reading() as session:
        event = session.get_one(Event, topics.event.id)
        assert tell_partners.gaps(session, event, topics.plan.id, NOON) == 1
    assert [sweep(database, minutes) for minutes in (0, 10)] == [0, 1]
    ((to, subject, _),) = letters(database)
    assert (to, subject) == (topics.ben.email, "A table topic of yours at The event will not take place")


def test_a_talk_that_is_held_after_all_is_told_to_whoever_was_told_otherwise(
    database: Database, topics: Any
) -> None:
    with database.writing() as session:
        _is_declined(session, topics)
    sweep(database, 0)
    assert sweep(database, 10) == 2
    with database.writing() as session:
        pitch_topics.decide(session, session.get_one(TableTopic, topics.soil), accept=True)
    assert [sweep(database, minutes) for minutes in (11, 12)] == [2, 0]
    told = sorted((to, subject) for to, subject, _ in letters(database)[-2:])
    after_all = "A table topic of yours at The event will take place after all"
    assert told == sorted((one.email, after_all) for one in (topics.amara, topics.ben))


def test_a_meeting_and_a_talk_that_fall_away_are_one_letter(database: Database, topics: Any) -> None:
    with database.writing() as session:
        seats = [
            Seat(person_id=one.id, plan_id=topics.plan.id, round_number=1)
            for one in (topics.amara, topics.ben)
        ]
        session.add(Meeting(plan_id=topics.plan.id, round_number=1, table_number=4, seats=seats))
    with database.writing() as session:
        _leaves(session, topics)
    sweep(database, 0)
    assert sweep(database, 10) == 1
    ((_, subject, body),) = letters(database)
    assert subject == "Some meetings and table topics of yours at The event will not take place"
    assert (
        "10am, table 4\n\n10.30am, table 4, a table topic\n\nWe are looking for somebody else for these times."
        in body
    )


def _gaps(database: Database, hall: Any) -> tuple[int, ...]:
    """Count the gaps of both events, where nothing has begun, and see that the rule one by one says the same."""
    found = []
    with database.reading() as session:
        for event_id in (hall.event.id, hall.other.id):
            plan = session.scalars(select(Plan).where(Plan.event_id == event_id)).one()
            gaps = tell_partners.gaps(session, session.get_one(Event, event_id), plan.id, NOON)
            seated = [one for one in plan.meetings if one.seats]
            assert gaps == len(seated) - len(coming.taking_place(session, event_id, seated))
            found.append(gaps)
    return tuple(found)
