"""Of a small hall every arrangement is tried where its plan falls short, and a better one is taken."""

import pytest

from matchmaker.scheduling.problem.problem import Rest, Round
from matchmaker.scheduling.solver import exact
from matchmaker.scheduling.solver.fewest import SOLVED, fewest_of
from matchmaker.scheduling.solver.try_all import falls_short, rank, tried_all
from tests.scheduling.solver.conftest import Hall, everybody

PATH = {"ab": 0.9, "bc": 0.9, "cd": 0.9}


def hall(**rules: object) -> Hall:
    return everybody("abcd", (Round(2),), PATH, **rules)


def test_wishes_go_before_the_fewest_meetings_and_these_before_worth() -> None:
    wished, fair, good = hall(wanted=(("b", "c"),)), hall(), hall()
    wished.meet(0, "bc")
    fair.meet(0, "ab", "cd")
    good.meet(0, "bc")
    ranks = [rank(one.table, fewest_of(one.problem, one.model), one.weights) for one in (wished, fair, good)]
    assert [one[:2] for one in ranks] == [(1, 0), (0, 1), (0, 0)]
    assert ranks[0] > ranks[1] > ranks[2]


def test_a_plan_falls_short_where_a_wish_or_a_meeting_is_missing_that_could_be() -> None:
    short = {}
    for name, pairs in (("nothing", ()), ("the middle", ("bc",)), ("both ends", ("ab", "cd"))):
        found = hall(wanted=(("a", "b"),))
        found.meet(0, *pairs)
        short[name] = falls_short(found.table, fewest_of(found.problem, found.model))
    assert short == {"nothing": True, "the middle": True, "both ends": False}


def tried(found: Hall, *made: str) -> tuple[list[set[str]], int]:
    start = found.table.copy()
    found.meet(0, *made)
    fewest = fewest_of(found.problem, found.model)
    best, fewest = tried_all(start, found.table, found.problem, fewest, found.weights, seed=0)
    found.table = best
    return found.met(), fewest.floor


def test_the_arrangement_that_leaves_nobody_out_is_found() -> None:
    assert tried(hall(), "bc") == ([{"ab", "cd"}], 1)


def test_a_plan_that_is_as_good_stays_as_it_was() -> None:
    found = everybody("abcd", (Round(2),))
    assert tried(found, "ad", "bc") == ([{"ad", "bc"}], 1)


def test_of_a_large_hall_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "MOST_ENTRIES", 2)
    assert tried(hall(), "bc") == ([{"bc"}], 1)


def test_what_no_arrangement_can_reach_is_proven() -> None:
    # Three who would each need b: two of them are left out.
    found = everybody("abcd", (Round(2),), {"ab": 0.9, "bc": 0.9, "bd": 0.9})
    start = found.table.copy()
    fewest = fewest_of(found.problem, found.model)
    assert fewest.floor == 1
    _, proven = tried_all(start, found.table, found.problem, fewest, found.weights, seed=0)
    assert (proven.floor, proven.most) == (0, 0)
    assert proven.limit is not None
    assert proven.limit.because == SOLVED


def test_rests_hold_in_what_is_tried() -> None:
    found = everybody("abcd", (Round(2), Round(2)), PATH, rests={"b": Rest(most=1)})
    met, _ = tried(found)
    assert sum("b" in pair for pairs in met for pair in pairs) == 1
