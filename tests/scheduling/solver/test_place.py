"""The best choice of pairs is put into rounds, and what that is worth is counted and proven."""

from itertools import combinations

import pytest

from matchmaker.scheduling.problem.problem import Mixing, Person, Round
from matchmaker.scheduling.solver.left_to_choose import widest
from matchmaker.scheduling.solver.place import is_sparse, mend_all, place, value
from matchmaker.scheduling.solver.prices import priced
from matchmaker.scheduling.solver.timetable import Timetable
from tests.scheduling.solver.conftest import Hall, everybody


def placed(hall: Hall, seed: int = 0) -> tuple[Timetable, int | None]:
    known = priced(widest(hall.table, hall.weights, fair=True))
    return place(hall.table, known, hall.partners, hall.weights, seed)


@pytest.mark.parametrize(("people", "rounds", "meetings"), [(8, 7, 28), (9, 8, 32), (6, 2, 6), (5, 3, 6)])
def test_as_many_meetings_are_placed_as_the_rounds_can_hold(people: int, rounds: int, meetings: int) -> None:
    hall = everybody("abcdefghi"[:people], rounds)
    made, most = placed(hall)
    assert len(made.met) == meetings
    assert int(made.had().max() - made.had().min()) <= 1
    assert most is None or value(made, hall.weights) <= most
    assert hall.table.met == set()


def test_the_best_choice_is_proven_to_be_the_most() -> None:
    hall = everybody(
        "abcdef", 1, {"ab": 0.9, "bc": 0.9, "ac": 0.9, "de": 0.9, "ef": 0.9, "df": 0.9, "cd": 0.5}
    )
    made, most = placed(hall)
    assert {hall.letters(divmod(key, 6)) for key in made.met} == {"ab", "cd", "ef"}
    assert value(made, hall.weights) == most


def test_a_wish_is_placed_before_better_scores() -> None:
    hall = everybody("abcd", 1, {"ab": 0.9, "cd": 0.9, "ac": 0.0, "bd": 0.0}, wanted=(("a", "c"),))
    made, _ = placed(hall)
    assert {hall.letters(divmod(key, 4)) for key in made.met} == {"ac", "bd"}


def test_what_is_settled_stays_and_the_rest_is_placed_around_it() -> None:
    hall = everybody("abcdef", 2)
    hall.table.settle(0, hall.pair("ab"), 1)
    made, _ = placed(hall)
    assert made.settled == [(0, hall.pair("ab"), 1)]
    assert (len(made.met), made.room) == (6, [0, 0])


def test_two_who_need_one_table_meet_there_together_or_not_at_all() -> None:
    hall = everybody("abcd", (Round(2),), {"ab": 0.9, "cd": 0.1}, fixed_table={"a": 2, "b": 2})
    hall.table.held[0] = dict.fromkeys(hall.pair("ab"), 2)
    made, _ = placed(hall)
    assert {hall.letters(divmod(key, 4)) for key in made.met} == {"ab", "cd"}
    assert made.held == [dict.fromkeys(hall.pair("ab"), 2)]


def test_the_value_counts_scores_wishes_fairness_and_mixing() -> None:
    pools = {one: Person(one, pool=pool) for one, pool in zip("ab", ("in", "out"), strict=True)}
    plain, mixed = everybody("abc", 1), everybody("abc", 1, people=pools, mixing=Mixing(1))
    for hall in (plain, mixed):
        before = value(hall.table, hall.weights)
        hall.meet(0, "ab")
        gained = value(hall.table, hall.weights) - before
        levels = sum(hall.weights.level_of(one, 1) for one in hall.pair("ab"))
        points = 0.5 + (2 * 25 if hall is mixed else 0)
        assert gained == levels + points * hall.weights.scale


def test_a_hall_is_sparse_where_most_have_a_round_or_two_left() -> None:
    assert is_sparse(everybody("abcd", 2).table)
    assert not is_sparse(everybody("abcd", 3).table)
    late = {one: Person(one, frozenset({3})) for one in "abc"}
    assert is_sparse(everybody("abcd", (Round(2),) * 3, people=late).table)


def test_in_a_sparse_hall_meetings_are_placed_one_by_one() -> None:
    hall = everybody("abcdef", 2)
    mend_all(hall.table, hall.partners, hall.weights)
    assert [len(pairs) for pairs in hall.met()] == [3, 3]
    assert {pair for pairs in hall.met() for pair in pairs} <= {a + b for a, b in combinations("abcdef", 2)}
