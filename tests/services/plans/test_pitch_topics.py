"""Pitching table topics: what organisers accept, who may give a star, and how many."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from matchmaker.services.plans import pitch_topics
from matchmaker.services.plans.pitch_topics import MOST_PITCHED, MOST_STARS, TopicDetails
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.event.events import Event, TopicsFrom
from matchmaker.store.plans import table_topics
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.answers import AnswerKind

RIVERS = TopicDetails("Who owns the rivers list?", "Bring your example.", seats=6, times=2)


class Hall:
    """Ada hosts two accepted topics and one that waits, Ben one; somebody else pitches at another event."""

    def __init__(self, make: Any, database: Any) -> None:
        self.make, self.database = make, database
        self.event = make.event(topics_from=TopicsFrom.EVERYBODY)
        self.ada, self.ben, self.cy = (make.registration(self.event).person for _ in range(3))
        self.first, self.second = (self.topic(self.ada, title) for title in ("First", "Second"))
        self.topic(self.ada, "Waits", state=TopicState.PITCHED)
        self.third = self.topic(self.ben, "Third")
        other = make.event(topics_from=TopicsFrom.EVERYBODY)
        self.elsewhere = self.topic(make.registration(other).person, "Elsewhere", event_id=other.id)

    def topic(self, host: Any, title: str, **columns: Any) -> TableTopic:
        said = {"event_id": self.event.id, "host_id": host.id, "title": title, "state": TopicState.ACCEPTED}
        row = TableTopic(**(said | columns))
        self.make.add(row)
        return row

    def here(self, session: Session) -> Event:
        found = events.by_id(session, self.event.id)
        assert found is not None
        return found

    def titles(self, person: Any) -> list[str]:
        with self.database.reading() as session:
            return [one.title for one in pitch_topics.open_to(session, self.here(session), person.id)]

    def star(self, topic: TableTopic, person: Any, *, given: bool = True) -> None:
        with self.database.writing() as session:
            row = session.get_one(TableTopic, topic.id)
            pitch_topics.star(session, self.here(session), row, person.id, given=given)

    def stars(self, person: Any) -> set[int]:
        with self.database.reading() as session:
            return table_topics.starred_by(session, self.event.id, person.id)


@pytest.fixture
def hall(make: Any, sqlite: Any) -> Hall:
    return Hall(make, sqlite)


@pytest.mark.parametrize(
    ("by_organiser", "state"), [(False, TopicState.PITCHED), (True, TopicState.ACCEPTED)]
)
def test_a_topic_waits_for_an_organiser_unless_one_pitched_it(
    hall: Hall, by_organiser: bool, state: TopicState
) -> None:
    with hall.database.writing() as session:
        made = pitch_topics.pitch(session, hall.here(session), hall.cy, RIVERS, by_organiser=by_organiser)
        assert (made.title, made.about, made.seats, made.times) == (
            "Who owns the rivers list?", "Bring your example.", 6, 2,
        )  # fmt: skip
        assert (made.host_id, made.event_id, made.state) == (hall.cy.id, hall.event.id, state)


def test_nobody_pitches_more_than_a_few_topics(hall: Hall) -> None:
    with hall.database.writing() as session:
        for number in range(MOST_PITCHED - 3):
            another = replace(RIVERS, title=f"River {number}")
            pitch_topics.pitch(session, hall.here(session), hall.ada, another)
        with pytest.raises(Refused, match="You have pitched 5 topics. Take one back first"):
            pitch_topics.pitch(session, hall.here(session), hall.ada, RIVERS)
        pitch_topics.withdraw(session, session.get_one(TableTopic, hall.first.id))
        assert pitch_topics.pitch(session, hall.here(session), hall.ada, RIVERS).id


@pytest.mark.parametrize("by_organiser", [False, True])
def test_a_topic_that_is_pitched_twice_at_the_same_moment_is_kept_once_and_the_second_is_told(
    by_organiser: bool, maker: Any, database: Database
) -> None:
    hall, ready, told = Hall(maker(database), database), threading.Barrier(2), list[str]()

    def pitch(title: str) -> None:
        ready.wait()
        try:
            with database.writing() as session:
                words = replace(RIVERS, title=title)
                pitch_topics.pitch(session, hall.here(session), hall.cy, words, by_organiser=by_organiser)
        except Refused as refused:
            told.append(str(refused).casefold())

    presses = [threading.Thread(target=pitch, args=(title,)) for title in ("Rivers", "rivers ")]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    with database.reading() as session:
        kept = table_topics.at_event(session, hall.event.id, pitch_topics.OPEN)
    assert [one.title.casefold().strip() for one in kept if one.host_id == hall.cy.id] == ["rivers"]
    assert len(told) == 1
    assert "already, and it is kept" in told[0]


def test_a_topic_may_be_called_as_anothers_or_as_one_that_was_taken_back(hall: Hall) -> None:
    with hall.database.writing() as session:
        again = replace(RIVERS, title="First")
        assert pitch_topics.pitch(session, hall.here(session), hall.ben, again).id
        pitch_topics.withdraw(session, session.get_one(TableTopic, hall.first.id))
        assert pitch_topics.pitch(session, hall.here(session), hall.ada, again).id


def test_what_was_taken_back_cannot_be_accepted(hall: Hall) -> None:
    with hall.database.writing() as session:
        topic = session.get_one(TableTopic, hall.first.id)
        pitch_topics.decide(session, topic, accept=False)
        assert topic.state is TopicState.DECLINED
        pitch_topics.withdraw(session, topic)
        with pytest.raises(Refused, match="Its host has taken this topic back"):
            pitch_topics.decide(session, topic, accept=True)


def test_one_can_give_a_star_to_the_accepted_topics_of_others(hall: Hall) -> None:
    assert hall.titles(hall.cy) == ["First", "Second", "Third"]
    assert hall.titles(hall.ben) == ["First", "Second"]


@pytest.mark.parametrize("kind", [AnswerKind.BLOCK, AnswerKind.NOT_FOR_ME])
@pytest.mark.parametrize("by_host", [True, False])
def test_topics_of_people_kept_apart_are_not_there_whoever_said_so(
    hall: Hall, kind: AnswerKind, by_host: bool
) -> None:
    who, about = (hall.ada, hall.cy) if by_host else (hall.cy, hall.ada)
    hall.make.answer(hall.event, who, about, kind)
    assert hall.titles(hall.cy) == ["Third"]


def test_an_event_without_topics_offers_none(hall: Hall) -> None:
    with hall.database.writing() as session:
        pitch_topics.choose_who_pitches(session, hall.here(session), TopicsFrom.NOBODY)
    assert hall.titles(hall.cy) == []


def test_a_star_is_given_once_and_taken_back(hall: Hall) -> None:
    hall.star(hall.first, hall.cy)
    hall.star(hall.first, hall.cy)
    hall.star(hall.third, hall.cy)
    hall.star(hall.first, hall.ben)
    assert hall.stars(hall.cy) == {hall.first.id, hall.third.id}
    hall.star(hall.first, hall.cy, given=False)
    assert hall.stars(hall.cy) == {hall.third.id}
    assert hall.stars(hall.ben) == {hall.first.id}


def test_there_are_six_stars_and_one_given_to_what_was_taken_back_is_free_again(hall: Hall) -> None:
    topics = [hall.topic(hall.ben, f"Topic {number}") for number in range(MOST_STARS + 1)]
    for topic in topics[:-1]:
        hall.star(topic, hall.cy)
    with pytest.raises(Refused, match="You have given 6 stars. Take one back first"):
        hall.star(topics[-1], hall.cy)
    with hall.database.writing() as session:
        pitch_topics.withdraw(session, session.get_one(TableTopic, topics[0].id))
    hall.star(topics[-1], hall.cy)
    assert topics[-1].id in hall.stars(hall.cy)


def test_changing_a_topic_keeps_its_stars_and_state(hall: Hall) -> None:
    hall.star(hall.first, hall.cy)
    with hall.database.writing() as session:
        topic = session.get_one(TableTopic, hall.first.id)
        pitch_topics.change(session, topic, RIVERS)
        assert (topic.title, topic.seats, topic.times) == ("Who owns the rivers list?", 6, 2)
        assert topic.state is TopicState.ACCEPTED
    assert hall.stars(hall.cy) == {hall.first.id}
