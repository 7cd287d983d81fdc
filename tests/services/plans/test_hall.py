"""What a plan depends on: read from this event's people alone, and told to the planner in its own numbers."""

from datetime import time, timedelta
from typing import Any

import pytest

from matchmaker.services.plans.hall import Hall, coming, gather, planned_for, rounds_there
from matchmaker.store.event.events import Event, HallTable, SameOrganisation
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

S = RegistrationState


class Day:
    """Ada, Ben, Cy and Dee at an event with three rounds and tables 2, 5 and 7, and at another."""

    def __init__(self, make: Any, **event: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event(rounds=3, **event), make.event(rounds=1, tables=1)
        for number, kinds in ((2, {"quiet": True}), (5, {}), (7, {"step_free": True, "quiet": True})):
            make.add(HallTable(event_id=self.event.id, number=number, seats=2, **kinds))
        self.people: list[Person] = [make.person(name) for name in ("Ada", "Ben", "Cy", "Dee")]
        self.rows = [make.registration(self.event, one) for one in self.people]
        for one in self.people:
            make.registration(self.other, one, team="Elsewhere", step_free=True)

    def change(self, place: int, **columns: Any) -> None:
        with self.database.writing() as session:
            row = session.get_one(Registration, self.rows[place].id)
            for name, value in columns.items():
                setattr(row.person if hasattr(Person, name) else row, name, value)

    def pair(self, one: int, other: int) -> tuple[int, int]:
        return self.people[one].id, self.people[other].id

    def hall(self) -> Hall:
        with self.database.reading() as session:
            return gather(session, self.event.id, coming(session, self.event.id))


@pytest.fixture
def day(make: Any) -> Day:
    return Day(make)


@pytest.mark.parametrize(
    ("state", "presence", "planned", "with_unanswered"),
    [
        (S.CONFIRMED, Presence.EXPECTED, True, True),
        (S.CONFIRMED, Presence.ABSENT, False, False),
        (S.INVITED, Presence.EXPECTED, False, True),
        (S.INVITED, Presence.HERE, True, True),
        (S.INVITED, Presence.ABSENT, False, False),
    ],
)
def test_who_is_planned_for(state: S, presence: Presence, planned: bool, with_unanswered: bool) -> None:
    rows = [Registration(state=state, presence=presence)]
    assert [bool(planned_for(rows, unanswered=one)) for one in (False, True)] == [planned, with_unanswered]


def test_only_who_comes_to_this_event_is_there(database: Database, maker: Any) -> None:
    day = Day(maker(database))
    day.change(0, state=S.CANCELLED)
    day.change(1, presence=Presence.ABSENT)
    day.change(2, state=S.INVITED)
    assert set(day.hall().there) == {day.people[3].id}


def test_needs_name_the_tables_of_this_hall_unless_a_table_is_fixed(database: Database, maker: Any) -> None:
    day = Day(maker(database))
    day.change(0, quiet=True)
    day.change(1, quiet=True, step_free=True)
    day.change(2, step_free=True, fixed_table=5)
    hall, (ada, ben, cy, dee) = day.hall(), (one.id for one in day.people)
    assert hall.tables == (2, 5, 7)
    assert hall.allowed == {ada: frozenset({2, 7}), ben: frozenset({7})}
    assert hall.fixed == {cy: 5}
    suits = {one: [table for table in hall.tables if hall.may_sit(one, table)] for one in (ada, ben, cy, dee)}
    assert suits == {ada: [2, 7], ben: [7], cy: [5], dee: [2, 5, 7]}


def test_pairs_are_kept_apart_by_this_events_rules_and_by_a_block_of_any(
    database: Database, maker: Any
) -> None:
    day = Day(maker(database))
    people = day.people
    for event, pair in ((day.event, day.pair(0, 1)), (day.other, day.pair(0, 2))):
        day.make.add(Exclusion(event_id=event.id, a_id=min(pair), b_id=max(pair)))
    day.make.answer(day.other, people[3], people[0], AnswerKind.BLOCK)
    day.make.answer(day.other, people[1], people[2], AnswerKind.NOT_FOR_ME)
    day.make.answer(day.event, people[3], people[1], AnswerKind.NOT_FOR_ME)
    hall = day.hall()
    assert hall.excluded == {day.pair(0, 1)}
    assert hall.declined == {day.pair(0, 3), day.pair(1, 3)}
    assert hall.forbidden == hall.excluded | hall.declined


def test_a_mutual_wish_of_this_event_is_an_introduction_of_those_who_come(
    database: Database, maker: Any
) -> None:
    day = Day(maker(database))
    for event, one, other in ((day.event, 0, 1), (day.event, 2, 3), (day.other, 1, 2)):
        for a, b in ((one, other), (other, one)):
            day.make.answer(event, day.people[a], day.people[b])
    day.make.answer(day.event, day.people[0], day.people[2])
    assert day.hall().introduced == (day.pair(0, 1), day.pair(2, 3))
    day.change(3, presence=Presence.ABSENT)
    assert day.hall().introduced == (day.pair(0, 1),)


@pytest.mark.parametrize(
    ("rule", "kin"),
    [(SameOrganisation.NEVER, True), (SameOrganisation.RARELY, False), (SameOrganisation.ALLOWED, False)],
)
def test_one_organisation_is_kept_apart_if_the_event_says_never(
    make: Any, rule: SameOrganisation, kin: bool
) -> None:
    day = Day(make, same_organisation=rule)
    day.change(0, organisation="Defra")
    day.change(1, organisation=" The DEFRA, Ltd. ")
    assert day.hall().kin == ({day.pair(0, 1)} if kin else set())


def test_a_wish_of_both_goes_before_keeping_organisations_apart_but_not_teams(make: Any) -> None:
    day = Day(make)
    for place, team in ((0, "Rivers"), (1, "rivers"), (2, "")):
        day.change(place, organisation="Defra", team=team)
    for a, b in ((0, 1), (1, 0), (0, 2), (2, 0)):
        make.answer(day.event, day.people[a], day.people[b])
    assert day.hall().kin == {day.pair(0, 1), day.pair(1, 2)}


@pytest.mark.parametrize(
    ("arrives", "leaves", "rounds"),
    [
        (None, None, {1, 2, 3}),
        (time(11, 30), None, {2, 3}),
        (time(11, 31), None, {3}),
        (None, time(11, 50), {1, 2}),
        (None, time(11, 49), {1}),
        (time(11, 20), time(11, 40), set()),
    ],
)
def test_only_whole_rounds_count_by_the_clock_of_the_event(
    make: Any, arrives: time | None, leaves: time | None, rounds: set[int]
) -> None:
    event = make.event(rounds=3, zone="Europe/Paris")
    row = Registration(arrives=arrives, leaves=leaves, away_rounds=frozenset())
    assert rounds_there(event, row) == rounds
    row.away_rounds = frozenset({2})
    assert rounds_there(event, row) == rounds - {2}


@pytest.mark.parametrize(
    ("presence", "minute", "rounds"),
    [
        (Presence.HERE, 0, {1, 2, 3}),
        (Presence.HERE, 1, {2, 3}),
        (Presence.ABSENT, 0, {3}),
        (Presence.EXPECTED, 0, {3}),
    ],
)
def test_who_is_checked_in_before_they_were_expected_is_there_from_then_on(
    make: Any, presence: Presence, minute: int, rounds: set[int]
) -> None:
    event = make.event(rounds=3, zone="Europe/Paris")
    came = event.rounds[0].starts_at + timedelta(minutes=minute)
    row = Registration(arrives=time(11, 31), away_rounds=frozenset(), presence=presence, presence_at=came)
    assert rounds_there(event, row) == rounds


def test_nobody_is_planned_for_a_round_they_miss_whatever_their_times(day: Day) -> None:
    day.change(0, away_rounds=frozenset({2}))
    day.change(1, away_rounds=frozenset({2}), leaves=time(10, 50))
    there = day.hall().there
    everything = there[day.people[2].id]
    assert there[day.people[0].id] == everything - {2}
    assert 2 not in there[day.people[1].id]


def test_the_planner_is_told_rounds_and_tables_in_numbers_without_gaps(day: Day) -> None:
    with day.database.writing() as session:
        event = session.get_one(Event, day.event.id)
        first = next(one for one in event.rounds if one.number == 1)
        event.rounds.remove(first)
    day.change(0, leaves=time(10, 50))
    day.change(1, fixed_table=7)
    day.change(2, fixed_table=9)
    day.change(3, quiet=True)
    hall, (ada, ben, cy, dee) = day.hall(), (str(one.id) for one in day.people)
    assert hall.rounds == (2, 3)
    problem = hall.problem([(ada, ben, 0.5)])
    assert {one.id: one.rounds for one in problem.people}[ada] == frozenset({1})
    assert problem.fixed_table == {ben: 3, cy: 4}
    assert problem.allowed_tables == {dee: frozenset({1, 3})}
    assert hall.round_places([3]) == frozenset({2})


def test_who_is_never_there_together_is_known(day: Day) -> None:
    day.change(0, leaves=time(10, 20))
    day.change(1, arrives=time(10, 30))
    assert day.hall().apart() == {day.pair(0, 1)}
