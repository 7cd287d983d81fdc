"""Answers: whom somebody may speak of, what leaves a list at once, and when lists must be worked out again."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.suggestions import give_answers
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

NOW = datetime(2027, 3, 1, tzinfo=UTC)
K = AnswerKind


class Hall:
    """Ada, Ben and Cy at two events, with nothing between them yet."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event(), make.event()
        self.ada, self.ben, self.cy = (make.person(name) for name in ("Ada", "Ben", "Cy"))
        self.rows = {
            (event.id, one.id): make.registration(event, one)
            for event in (self.event, self.other)
            for one in (self.ada, self.ben, self.cy)
        }

    def suggest(self, event: Any, one: Person, other: Person) -> None:
        self.make.add(
            Suggestion(
                event_id=event.id, person_id=one.id, other_id=other.id, position=1, score=0.5, reasons=[]
            )
        )

    def meet(self, event: Any, *people: Person, state: PlanState = PlanState.PUBLISHED) -> None:
        at = None if state is PlanState.DRAFT else NOW
        version = 1 if state is PlanState.DRAFT else 2
        plan = Plan(
            event_id=event.id, version=version, problem={}, certificate={}, state=state, published_at=at, rounds=[1],
        )  # fmt: skip
        self.make.add(plan)
        seats = [Seat(person_id=one.id) for one in people]
        self.make.add(Meeting(plan_id=plan.id, round_number=1, table_number=1, seats=seats))

    def change(self, person: Person, **columns: Any) -> None:
        with self.database.writing() as session:
            row = session.get_one(Registration, self.rows[self.event.id, person.id].id)
            for name, value in columns.items():
                setattr(row, name, value)

    def finds(self, public_id: str | None = None) -> bool:
        with self.database.reading() as session:
            found = give_answers.find(session, self.event.id, self.ada.id, public_id or self.ben.public_id)
            return found is not None

    def says(self, kind: AnswerKind | None) -> bool:
        with self.database.writing() as session:
            return give_answers.answer(session, self.event.id, self.ada.id, self.ben.id, kind, NOW)


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


def test_nobody_speaks_of_strangers_or_of_themselves(hall: Hall) -> None:
    hall.suggest(hall.other, hall.ada, hall.ben)
    hall.suggest(hall.event, hall.ben, hall.ada)
    hall.meet(hall.other, hall.ada, hall.ben)
    hall.meet(hall.event, hall.ada, hall.ben, state=PlanState.DRAFT)
    hall.make.answer(hall.other, hall.ada, hall.ben)
    hall.make.answer(hall.event, hall.ben, hall.ada)
    assert [hall.finds(one) for one in (hall.ben.public_id, hall.ada.public_id, "nobody")] == [False] * 3


def test_a_suggestion_is_a_reason_while_the_page_shows_it(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.suggest(hall.event, hall.ada, hall.ben)
    assert hall.finds()
    hall.change(hall.ben, presence=Presence.ABSENT)
    assert not hall.finds()


def test_a_meeting_is_a_reason_while_it_takes_place(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.meet(hall.event, hall.ada, hall.ben)
    assert hall.finds()
    assert not hall.finds(hall.cy.public_id)
    hall.make.answer(hall.other, hall.ben, hall.ada, K.BLOCK)
    assert not hall.finds()


def test_being_in_the_directory_is_a_reason(hall: Hall) -> None:
    hall.change(hall.ben, in_directory=True, directory_key="ben")
    assert hall.finds()


def test_an_answer_can_always_be_changed(hall: Hall) -> None:
    hall.make.answer(hall.event, hall.ada, hall.ben, K.BLOCK)
    assert hall.finds()


def test_one_answer_holds_the_last_and_taking_it_back_leaves_none(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.make.answer(hall.other, hall.ada, hall.ben, K.KNOW)
    hall.make.answer(hall.event, hall.ben, hall.ada, K.BLOCK)
    hall.make.answer(hall.event, hall.ada, hall.cy)
    kept = []
    for kind in (K.MEET, K.BLOCK, None, None):
        hall.says(kind)
        with database.reading() as session:
            kept.append(
                session.scalars(
                    select(Answer.kind).where(
                        Answer.event_id == hall.event.id,
                        Answer.person_id == hall.ada.id,
                        Answer.about_id == hall.ben.id,
                    )
                ).all()
            )
    assert kept == [[K.MEET], [K.BLOCK], [], []]
    with database.reading() as session:
        assert len(list(session.scalars(select(Answer)))) == 3


@pytest.mark.parametrize(
    ("kind", "stays"), [(K.MEET, 6), (None, 6), (K.NOT_FOR_ME, 4), (K.KNOW, 4), (K.BLOCK, 4)]
)
def test_any_answer_but_meet_takes_the_two_off_each_others_lists(hall: Hall, kind: Any, stays: int) -> None:
    for event in (hall.event, hall.other):
        for one, other in permutations((hall.ada, hall.ben, hall.cy), 2):
            hall.suggest(event, one, other)
    hall.says(kind)
    with hall.database.reading() as session:
        left = list(session.scalars(select(Suggestion.event_id)))
    assert (left.count(hall.event.id), left.count(hall.other.id)) == (stays, 6)


@pytest.mark.parametrize(
    ("was", "now", "again"),
    [
        (None, K.MEET, False),
        (K.MEET, None, False),
        (None, K.NOT_FOR_ME, True),
        (K.MEET, K.BLOCK, True),
        (K.BLOCK, None, True),
        (K.BLOCK, K.MEET, True),
        (K.KNOW, K.NOT_FOR_ME, True),
        (K.BLOCK, K.BLOCK, False),
        (None, None, False),
    ],
)
def test_lists_are_worked_out_again_where_the_answer_changes_them(
    hall: Hall, was: Any, now: Any, again: bool
) -> None:
    if was is not None:
        hall.says(was)
    assert hall.says(now) is again
