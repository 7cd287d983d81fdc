"""Yes, no, and leaving: what is recorded, whose lists change, and which meetings still take place."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.people import coming
from matchmaker.store.event.events import Event
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

NOW = datetime(2027, 3, 1, tzinfo=UTC)
S = RegistrationState
SAY_NO = partial(coming.say_no, link="https://m.example/x")


class Hall:
    """Ada, Ben and Cy at two events, all on each other's lists at both; meetings of Ada, Ben (and Cy) at one."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event("Data Together"), make.event()
        self.people = [make.person(name) for name in ("Ada", "Ben", "Cy")]
        self.ada, self.ben, self.cy = self.people
        self.rows: dict[tuple[int, int], Registration] = {}
        for event in (self.event, self.other):
            for one in self.people:
                self.rows[event.id, one.id] = make.registration(event, one)
                for two in self.people:
                    if one is not two:
                        make.add(
                            Suggestion(
                                event_id=event.id,
                                person_id=one.id,
                                other_id=two.id,
                                position=1,
                                score=0.5,
                                reasons=[],
                            )  # fmt: skip
                        )
        plan = Plan(event_id=self.event.id, version=1, problem={}, certificate={}, rounds=[1, 2], tables=[1])
        make.add(plan)
        self.pair, self.three = (
            Meeting(
                plan_id=plan.id,
                round_number=number,
                table_number=1,
                seats=[Seat(person_id=one.id) for one in people],
            )
            for number, people in ((1, self.people[:2]), (2, self.people))
        )
        make.add(self.pair, self.three)

    def change(self, person: Person, event: Event | None = None, **columns: Any) -> None:
        with self.database.writing() as session:
            row = session.get_one(Registration, self.rows[(event or self.event).id, person.id].id)
            for name, value in columns.items():
                setattr(row, name, value)

    def act(self, person: Person, deed: Callable[..., None], *more: Any) -> None:
        with self.database.writing() as session:
            row = session.get_one(Registration, self.rows[self.event.id, person.id].id)
            deed(session, *more, row) if deed is coming.leave else deed(session, *more, row, NOW)

    def on(self) -> set[str]:
        with self.database.reading() as session:
            meetings = [session.get_one(Meeting, one.id) for one in (self.pair, self.three)]
            there = coming.taking_place(session, self.event.id, meetings)
        names = {self.pair.id: "pair", self.three.id: "three"}
        return {names[one] for one in there}

    def listed(self, event: Event) -> int:
        with self.database.reading() as session:
            return len(list(session.scalars(select(Suggestion).where(Suggestion.event_id == event.id))))

    def state(self, person: Person, event: Event) -> RegistrationState:
        with self.database.reading() as session:
            return session.get_one(Registration, self.rows[event.id, person.id].id).state

    def records(self) -> list[tuple[int, BasisKind, str]]:
        with self.database.reading() as session:
            rows = session.execute(
                select(BasisRecord.registration_id, BasisRecord.kind, BasisRecord.wording).order_by(
                    BasisRecord.id
                )
            )
            return [tuple(row) for row in rows]


@pytest.fixture
def hall(sqlite: Database, make: Any) -> Hall:
    return Hall(make)


def test_a_yes_keeps_the_notice_as_it_was_read(hall: Hall) -> None:
    hall.change(hall.ada, state=S.INVITED)
    hall.change(hall.ada, hall.other, state=S.INVITED)
    hall.act(hall.ada, coming.say_yes, hall.event)
    hall.act(hall.ada, coming.say_yes, hall.event)
    assert (hall.state(hall.ada, hall.event), hall.state(hall.ada, hall.other)) == (S.CONFIRMED, S.INVITED)
    row, words = hall.rows[hall.event.id, hall.ada.id], "\n\n".join(coming.notice(hall.event))
    assert hall.records() == [(row.id, BasisKind.NOTICE, words)] * 2
    assert "Department of Examples holds your name" in words
    assert "because you were invited to Data Together" in words
    assert "erased after 11 June 2027" in words
    assert "Kit Organiser (contact@inside.example)" in words
    assert hall.listed(hall.event) == hall.listed(hall.other) == 6


def test_the_short_notice_is_five_lines_of_what_the_whole_one_says(hall: Hall) -> None:
    short = coming.short_notice(hall.event)
    assert len(short) == 5
    assert short[0] == (
        "Department of Examples holds your name, email address, organisation, job title and team."
    )
    assert short[3] == (
        "It is erased after 11 June 2027. Your name, organisation, email address and credits may stay longer."
    )


def test_whom_a_list_says_needs_something_reads_what_it_is(hall: Hall) -> None:
    row = Registration(
        step_free=True,
        quiet=False,
        large_print=False,
        helper="",
        access_needs="wheelchair user",
        diet="Halal\nno nuts",
    )
    held = coming.short_notice(hall.event, row)[1]
    assert held.startswith(
        "It also holds what you need or eat: step-free table; wheelchair user; Halal; no nuts."
    )
    nothing = Registration(
        step_free=False, quiet=False, large_print=False, helper="", access_needs="", diet=""
    )
    assert coming.short_notice(hall.event, nothing) == coming.short_notice(hall.event)


def test_a_wish_to_be_asked_the_next_time_is_kept_until_a_yes(hall: Hall) -> None:
    def asks() -> bool:
        with hall.database.reading() as session:
            return session.get_one(Registration, hall.rows[hall.event.id, hall.ada.id].id).ask_next_time

    hall.change(hall.ada, state=S.INVITED)
    with hall.database.writing() as session:
        row = session.get_one(Registration, hall.rows[hall.event.id, hall.ada.id].id)
        coming.say_no(session, hall.event, row, NOW, link="", ask_next_time=True)
    assert (hall.state(hall.ada, hall.event), asks()) == (S.DECLINED, True)
    hall.act(hall.ada, coming.say_yes, hall.event)
    assert (hall.state(hall.ada, hall.event), asks()) == (S.CONFIRMED, False)
    hall.act(hall.ada, SAY_NO, hall.event)
    assert asks() is False


@pytest.mark.parametrize(("before", "after"), [(S.INVITED, S.DECLINED), (S.CONFIRMED, S.CANCELLED)])
def test_a_no_takes_somebody_off_every_list_of_this_event(
    database: Database, maker: Any, before: S, after: S
) -> None:
    hall = Hall(maker(database))
    hall.change(hall.ada, state=before)
    hall.act(hall.ada, SAY_NO, hall.event)
    assert (hall.state(hall.ada, hall.event), hall.state(hall.ada, hall.other)) == (after, S.CONFIRMED)
    assert (hall.listed(hall.event), hall.listed(hall.other)) == (2, 6)
    assert [kind for _, kind, _ in hall.records()] == [BasisKind.NOTICE]


@pytest.mark.parametrize("state", [S.DECLINED, S.CANCELLED])
def test_who_said_no_cannot_leave_again(hall: Hall, state: S) -> None:
    hall.change(hall.ada, state=state)
    with pytest.raises(coming.NotNow):
        hall.act(hall.ada, coming.leave)
    with pytest.raises(coming.NotNow):
        hall.act(hall.ada, SAY_NO, hall.event)
    assert hall.state(hall.ada, hall.event) is state
    assert hall.records() == []


def test_an_objection_empties_lists_once_and_can_be_taken_back(hall: Hall) -> None:
    for deed in (
        coming.agree_to_suggestions,
        coming.object_to_suggestions,
        coming.object_to_suggestions,
        coming.agree_to_suggestions,
        coming.agree_to_suggestions,
    ):
        hall.act(hall.ben, deed)
    row = hall.rows[hall.event.id, hall.ben.id].id
    assert hall.records() == [
        (row, BasisKind.OBJECTION, coming.OBJECTION),
        (row, BasisKind.WITHDRAWAL, coming.AGREEMENT),
    ]
    assert (hall.listed(hall.event), hall.listed(hall.other)) == (2, 6)
    assert hall.on() == {"pair", "three"}


@pytest.mark.parametrize(
    "columns", [{"state": S.CANCELLED}, {"state": S.DECLINED}, {"presence": Presence.ABSENT}]
)
def test_a_meeting_takes_place_if_everybody_in_it_comes(hall: Hall, columns: dict[str, Any]) -> None:
    hall.change(hall.ada, hall.other, **columns)
    assert hall.on() == {"pair", "three"}
    hall.change(hall.cy, **columns)
    assert hall.on() == {"pair"}
    hall.change(hall.ada, **columns)
    assert hall.on() == set()


@pytest.mark.parametrize(
    ("kind", "elsewhere"),
    [
        (AnswerKind.BLOCK, set()),
        (AnswerKind.NOT_FOR_ME, {"pair", "three"}),
        (AnswerKind.KNOW, {"pair", "three"}),
    ],
)
def test_a_block_of_any_event_and_a_no_of_this_one_end_a_meeting(
    hall: Hall, kind: AnswerKind, elsewhere: set[str]
) -> None:
    hall.make.answer(hall.other, hall.ben, hall.ada, kind)
    assert hall.on() == elsewhere
    hall.make.answer(hall.event, hall.ben, hall.ada, kind)
    assert hall.on() == (elsewhere if kind is AnswerKind.KNOW else set())


def test_an_exclusion_of_two_of_three_ends_their_meeting_at_this_event(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    a, b = sorted((hall.ada.id, hall.cy.id))
    hall.make.add(Exclusion(event_id=hall.other.id, a_id=a, b_id=b))
    assert hall.on() == {"pair", "three"}
    hall.make.add(Exclusion(event_id=hall.event.id, a_id=a, b_id=b))
    assert hall.on() == {"pair"}


def test_nobody_meets_alone(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    with hall.database.writing() as session:
        session.delete(session.get_one(Person, hall.ben.id))
    assert hall.on() == {"three"}
