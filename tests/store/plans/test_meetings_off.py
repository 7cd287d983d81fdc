"""Meetings that cannot take place are counted by the database, by the rule that pages and letters go by."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from matchmaker.services.people import coming
from matchmaker.store.event.events import Event
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import meetings_off
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.answers import Answer, AnswerKind

HOURS = (None, *(time(10, minute) for minute in (0, 10, 30, 50)), time(11, 30))
ROUNDS = (1, 2, 3)
"""Of four: the last is not asked about."""


def seat(make: Any, event: Event, people: list[Person], chance: Random) -> Plan:
    """Seat people in twos, and three of them in threes as well, in each of four rounds."""
    plan = Plan(event_id=event.id, version=1, state=PlanState.DRAFT, problem={}, certificate={})
    make.add(plan)
    for number in (*ROUNDS, 4):
        order = chance.sample(people, len(people))
        for table, first in enumerate(range(0, len(order) - 3, 2), start=1):
            those = order[first:] if first >= len(order) - 5 else order[first : first + 2]
            seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in those[:3]]
            make.add(Meeting(plan_id=plan.id, round_number=number, table_number=table, seats=seats))
    return plan


def one_by_one(session: Session, event_id: int, plan_id: int) -> int:
    """Count the meetings of the rounds that cannot take place as a page looks at each of them."""
    groups: dict[int, tuple[int, set[int]]] = {}
    for meeting, number, person in session.execute(
        select(Seat.meeting_id, Seat.round_number, Seat.person_id).where(
            Seat.plan_id == plan_id, Seat.round_number.in_(ROUNDS)
        )
    ):
        groups.setdefault(meeting, (number, set()))[1].add(person)
    return len(groups) - len(coming.can_meet(session, event_id, groups)[0])


def changes(chance: Random, event: int, other: int, people: list[int]) -> list[Callable[[Session], object]]:
    """Return changes of every kind that a meeting may fall away by, or come back, for people drawn by chance."""
    a, b = sorted(chance.sample(people, 2))
    where = chance.choice((event, event, other))
    of_a = (Registration.event_id == where) & (Registration.person_id == a)
    states = (*RegistrationState, RegistrationState.CONFIRMED, RegistrationState.INVITED)
    away = frozenset(chance.sample((1, 2, 3, 4, 11, 12), chance.randrange(3)))
    said, about = chance.sample([a, b], 2)
    kind = chance.choice([*AnswerKind])
    two = (Answer.event_id == where) & (Answer.person_id == said) & (Answer.about_id == about)

    def answer(session: Session) -> None:
        session.execute(delete(Answer).where(two))
        session.add(Answer(event_id=where, person_id=said, about_id=about, kind=kind))

    def keep_apart(session: Session) -> None:
        pair = (Exclusion.event_id == where) & (Exclusion.a_id == a) & (Exclusion.b_id == b)
        if session.scalar(select(Exclusion).where(pair)) is None:
            session.add(Exclusion(event_id=where, a_id=a, b_id=b))
        else:
            session.execute(delete(Exclusion).where(pair))

    def row(**values: object) -> Callable[[Session], object]:
        return lambda session: session.execute(update(Registration).where(of_a).values(**values))

    return [
        answer,
        keep_apart,
        row(state=chance.choice(states)),
        row(presence=chance.choice([*Presence])),
        row(away_rounds=away),
        row(arrives=chance.choice(HOURS), leaves=None),
        row(arrives=None, leaves=chance.choice(HOURS)),
        row(
            presence=Presence.HERE,
            presence_at=datetime(2027, 3, 11, 10, chance.choice((0, 20, 40)), tzinfo=UTC),
        ),
        lambda session: session.execute(delete(Answer).where(Answer.person_id == a)),
        lambda session: session.execute(
            delete(Seat).where(Seat.person_id == a, Seat.round_number == chance.choice(ROUNDS))
        ),
        lambda session: session.execute(delete(Registration).where(of_a)),
    ]


@pytest.mark.parametrize("start", range(3))
def test_as_many_meetings_are_counted_as_cannot_take_place_one_by_one(
    start: int, database: Database, maker: Any
) -> None:
    chance, make = Random(start), maker(database)  # noqa: S311 - no secret
    event, other = make.event("The event", rounds=4), make.event("Another", rounds=4)
    people = [make.person(f"P{number}") for number in range(23)]
    for one in people:
        make.registration(event, one)
        make.registration(other, one)
    plan, _ = seat(make, event, people, chance), seat(make, other, people, chance)
    seen = set()
    for _ in range(60):
        with database.writing() as session:
            chance.choice(changes(chance, event.id, other.id, [one.id for one in people]))(session)
            session.flush()
            counted = meetings_off.count_off(session, event.id, plan.id, ROUNDS)
            assert counted == one_by_one(session, event.id, plan.id)
            seen.add(counted)
    assert len(seen) > 8, "too little fell away, or came back"


def test_an_answer_keeps_two_of_three_apart_whichever_of_them_said_it(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event("The event", rounds=4)
    three = [make.person(name) for name in ("Amara", "Ben", "Cat")]
    for one in three:
        make.registration(event, one)
    plan = Plan(event_id=event.id, version=1, state=PlanState.DRAFT, problem={}, certificate={})
    make.add(plan)
    seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=1) for one in three]
    make.add(Meeting(plan_id=plan.id, round_number=1, table_number=1, seats=seats))
    with database.reading() as session:
        assert meetings_off.count_off(session, event.id, plan.id, ROUNDS) == 0
    for one in three:
        for another in three:
            if one is not another:
                with database.writing() as session:
                    session.add(
                        Answer(
                            event_id=event.id,
                            person_id=one.id,
                            about_id=another.id,
                            kind=AnswerKind.NOT_FOR_ME,
                        )
                    )
                    session.flush()
                    assert meetings_off.count_off(session, event.id, plan.id, ROUNDS) == 1
                    session.execute(delete(Answer))
