"""What more tables or another round would give is found by planning them."""

from itertools import combinations

import pytest

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.what_if import Gain, what_if, widened

IDS = [f"p{i}" for i in range(8)]
PROBLEM = Problem(
    people=(*(Person(one) for one in IDS[:6]), Person("p6", frozenset({1})), Person("p7", frozenset({1, 2}))),
    rounds=(Round(2), Round(2)),
    pairs=tuple((a, b, 0.5) for a, b in combinations(IDS, 2)),
    wanted=(("p0", "p1"), ("p0", "p2"), ("p0", "p3")),
    locked=frozenset(),
)


def test_a_table_and_a_round_more_give_what_they_give() -> None:
    planned = plan(PROBLEM)
    assert what_if(PROBLEM, planned) == Gain(0, 0, 0, 0.0)
    more = what_if(widened(PROBLEM, tables=2), planned)
    assert (more.wishes, more.total) == (0, pytest.approx(1.5))
    assert what_if(widened(PROBLEM, rounds=1), planned).wishes == 1


def test_a_round_more_has_those_who_are_there_in_the_last() -> None:
    wider = widened(PROBLEM, tables=1, rounds=2)
    assert [round_.tables for round_ in wider.rounds] == [3, 3, 3, 3]
    assert [person.rounds for person in wider.people[-2:]] == [frozenset({1}), frozenset({1, 2, 3, 4})]


def test_an_event_without_rounds_stays_without() -> None:
    assert widened(Problem((), (), ()), rounds=3).rounds == ()
