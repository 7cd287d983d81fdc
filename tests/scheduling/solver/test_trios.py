"""Where somebody is left over in a round, three who agreed may meet: one trio a round, and a good one."""

from itertools import combinations

import numpy as np

from matchmaker.scheduling.problem.problem import Person, Round
from matchmaker.scheduling.solver.trios import allowed, join, settle_trios
from tests.scheduling.solver.conftest import Hall, everybody

SCORES = {a + b: 0.1 for a, b in combinations("abcde", 2)} | {"ab": 0.9, "ac": 0.8, "bc": 0.7, "bd": 0.2}


def settled(hall: Hall, worth_of_time: float = 0.0) -> list[tuple[int, str]]:
    """The trios settled, by round, where a meeting of anybody is worth so many points elsewhere."""
    price = np.full(hall.model.people, worth_of_time * hall.weights.scale)
    settle_trios(hall.table, hall.partners, price)
    return [(round_, hall.letters(people)) for round_, people, _ in hall.table.settled]


def test_an_odd_number_gets_the_trio_that_is_worth_most() -> None:
    assert settled(everybody("abcde", 1, SCORES, trios=True), 1.0) == [(0, "abc")]


def test_an_even_number_with_tables_enough_gets_no_trio() -> None:
    even = {pair: score for pair, score in SCORES.items() if "e" not in pair}
    assert settled(everybody("abcd", 2, even, trios=True)) == []


def test_only_who_agreed_is_in_a_trio() -> None:
    assert settled(everybody("abcde", 1, SCORES, trios=frozenset("bcde")), 1.0) == [(0, "bcd")]


def test_a_second_trio_is_of_others_while_there_are_others() -> None:
    hall = everybody("abcdefg", 2, trios=True)
    found = settled(hall, 1.0)
    assert [round_ for round_, _ in found] == [0, 1]
    assert set(found[0][1]).isdisjoint(found[1][1])


def test_no_pair_meets_in_two_trios() -> None:
    hall = everybody("abc", 3, trios=True)
    assert settled(hall, 1.0) == [(0, "abc")]


def test_a_round_that_has_its_trio_gets_no_other() -> None:
    hall = everybody("abcdefg", 1, trios=True)
    hall.table.settle(0, hall.people("efg"), 0)
    assert settled(hall, 1.0) == [(0, "efg")]


def worths(hall: Hall) -> dict[int, int]:
    return dict(zip(hall.model.keys.tolist(), hall.weights.worth(hall.model).tolist(), strict=True))


def test_whoever_is_left_over_joins_the_pair_they_fit_best() -> None:
    scores = {"ab": 0.5, "cd": 0.5, "ae": 0.1, "be": 0.1, "ce": 0.3, "de": 0.4}
    hall = everybody("abcde", 1, scores, trios=True)
    hall.meet(0, "ab", "cd")
    sat_out = [1 if one == "e" else 0 for one in hall.model.ids]
    join(hall.table, worths(hall), sat_out)
    assert [(hall.letters(people), table) for _, people, table in hall.table.settled] == [("cde", 0)]
    assert (hall.met(), sat_out) == ([{"ab"}], [0] * 5)
    assert hall.table.met == {hall.key(pair) for pair in ("ab", "cd", "ce", "de")}


def test_who_has_sat_out_most_joins_first_and_nobody_else_does() -> None:
    hall = everybody("abcd", 1, trios=True, people={})
    hall.meet(0, "ab")
    join(hall.table, worths(hall), [2 if one == "d" else 1 for one in hall.model.ids])
    assert [hall.letters(people) for _, people, _ in hall.table.settled] == ["abd"]


def test_nobody_joins_a_pair_of_whom_they_meet_one_elsewhere_or_who_did_not_agree() -> None:
    hall = everybody("abcde", 2, trios=frozenset("abce"))
    hall.meet(0, "ab", "cd")
    hall.meet(1, "ae")
    join(hall.table, worths(hall), [0] * 5)
    assert not any("e" in hall.letters(people) for round_, people, _ in hall.table.settled if round_ == 0)


def test_a_trio_sits_where_all_three_may() -> None:
    tables = {"a": frozenset({1}), "c": frozenset({2})}
    hall = everybody("abc", (Round(2),), allowed_tables=tables, trios=True)
    assert hall.table.seat(0, hall.pair("ab"))
    hall.meet(0, "ab")
    join(hall.table, worths(hall), [0] * 3)
    assert hall.table.settled == []


def test_two_who_are_not_listed_may_join_only_where_places_are_filled() -> None:
    for fill in (False, True):
        hall = everybody("abc", 1, {"ab": 0.5}, fill=fill, forbidden=(("b", "c"),))
        asked = [allowed(hall.table, {hall.key("ab"): 1}, hall.key(pair)) for pair in ("ab", "ac", "bc")]
        assert asked == [True, fill, False]


def test_who_is_not_there_joins_nobody() -> None:
    hall = everybody("abc", (Round(1), Round(1)), people={"c": Person("c", frozenset({2}))}, trios=True)
    hall.meet(0, "ab")
    join(hall.table, worths(hall), [0] * 3)
    assert hall.table.settled == []
