"""Which talks can be held as things stand, and who can be there: by who comes, and who may sit with the host."""

from typing import Any

import pytest

from matchmaker.services.plans.talks_on import held_talks
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import talks
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.talks import NewTalk
from matchmaker.store.suggestions.answers import AnswerKind


class Hall:
    """A plan with one talk of a host and two guests; another plan has one, too."""

    def __init__(self, make: Any, database: Any) -> None:
        self.make, self.database = make, database
        self.event = make.event(rounds=2)
        self.rows = make.registrations(self.event, 3)
        self.host, self.ann, self.bob = (row.person_id for row in self.rows)
        self.plan = self.planned(self.event, [self.host, self.ann, self.bob])
        other = make.event(rounds=2)
        self.planned(other, [make.registration(other).person_id])

    def planned(self, event: Any, people: list[int]) -> Plan:
        topic = TableTopic(event_id=event.id, host_id=people[0], title="Soil", state=TopicState.ACCEPTED)
        plan = Plan(event_id=event.id, version=1, problem={}, certificate={})
        self.make.add(topic, plan)
        with self.database.writing() as session:
            talks.keep(session, session.merge(plan), [NewTalk(topic.id, 1, 9, tuple(people))])
        return plan

    def able(self) -> set[int]:
        """Return who can be at the talk, host included; nobody where it is off."""
        with self.database.reading() as session:
            held = held_talks(session, self.event.id, self.plan.id)
            everybody = {self.host, self.ann, self.bob}
            return {one for one in everybody if held.open_to(one)}

    def change(self, place: int, **columns: Any) -> None:
        with self.database.writing() as session:
            row = session.merge(self.rows[place])
            for name, value in columns.items():
                setattr(row, name, value)


@pytest.fixture
def hall(make: Any, sqlite: Any) -> Hall:
    return Hall(make, sqlite)


def test_all_who_come_are_there(hall: Hall) -> None:
    assert hall.able() == {hall.host, hall.ann, hall.bob}


@pytest.mark.parametrize("gone", [{"state": RegistrationState.CANCELLED}, {"presence": Presence.ABSENT}])
def test_a_guest_who_is_gone_stops_nobody_else_and_a_host_stops_all(hall: Hall, gone: dict[str, Any]) -> None:
    hall.change(1, **gone)
    assert hall.able() == {hall.host, hall.bob}
    hall.change(0, **gone)
    assert hall.able() == set()


def test_a_host_whose_guests_are_all_gone_has_no_talk(hall: Hall) -> None:
    for place in (1, 2):
        hall.change(place, presence=Presence.ABSENT)
    assert hall.able() == set()
    hall.change(2, presence=Presence.HERE)
    assert hall.able() == {hall.host, hall.bob}


def test_whoever_misses_the_round_is_not_there_and_without_the_host_nobody_is(hall: Hall) -> None:
    hall.change(1, away_rounds=frozenset({1}))
    hall.change(2, away_rounds=frozenset({2}))
    assert hall.able() == {hall.host, hall.bob}
    hall.change(0, away_rounds=frozenset({1}))
    assert hall.able() == set()


@pytest.mark.parametrize("state", [TopicState.DECLINED, TopicState.WITHDRAWN, TopicState.PITCHED])
def test_a_topic_that_is_not_accepted_any_more_is_off(hall: Hall, state: TopicState) -> None:
    with hall.database.writing() as session:
        (talk,) = talks.of_plan(session, hall.plan.id)
        talk.topic.state = state
    assert hall.able() == set()


@pytest.mark.parametrize("by_host", [True, False])
def test_who_may_not_sit_with_the_host_is_not_there_whoever_said_so(hall: Hall, by_host: bool) -> None:
    host, ann = (hall.rows[place].person for place in (0, 1))
    who, about = (host, ann) if by_host else (ann, host)
    hall.make.answer(hall.event, who, about, AnswerKind.BLOCK)
    assert hall.able() == {hall.host, hall.bob}


def test_a_pair_kept_apart_by_organisers_is_kept_apart_here_too(hall: Hall) -> None:
    a, b = sorted((hall.host, hall.bob))
    hall.make.add(Exclusion(event_id=hall.event.id, a_id=a, b_id=b))
    assert hall.able() == {hall.host, hall.ann}
