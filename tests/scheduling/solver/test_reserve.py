"""Tables are kept for those who must sit at one before any pair is chosen, and given up where not needed."""

from matchmaker.scheduling.problem.problem import Round
from matchmaker.scheduling.solver.fewest import Fewest, fewest_of
from matchmaker.scheduling.solver.reserve import reserve, seat_tied, settle_wishes, unblock
from matchmaker.scheduling.solver.timetable import AWAY, FREE
from tests.scheduling.solver.conftest import Hall, everybody

APART = {"ad": 0.5, "be": 0.5, "cf": 0.5}
"""Of a, b and c no two may meet."""


def kept(hall: Hall) -> list[dict[str, int]]:
    return [{hall.letters([one]): number for one, number in held.items()} for held in hall.table.held]


def reserved(hall: Hall) -> tuple[list[tuple[int, str]], Fewest]:
    fewest = fewest_of(hall.problem, hall.model)
    blocked, found = reserve(hall.table, hall.problem, hall.weights, fewest, seed=0, sure=True)
    return [(round_, hall.letters([one])) for round_, one in blocked], found


def test_everybody_gets_a_table_though_somebody_must_move_for_it() -> None:
    # Only if c moves on from table 1 and b from table 2 has everybody one.
    tables = {"a": frozenset({1}), "b": frozenset({1, 2}), "c": frozenset({2, 3})}
    hall = everybody("abcdef", 2, allowed_tables=tables)
    assert reserved(hall)[0] == []
    assert kept(hall) == [{"a": 1, "b": 2, "c": 3}] * 2


def test_closed_and_taken_tables_are_kept_for_nobody() -> None:
    tables = {"a": frozenset({1, 2, 3})}
    hall = everybody("abcdef", (Round(3, closed=frozenset({1})), Round(3)), allowed_tables=tables)
    hall.table.settle(0, hall.pair("ef"), 2)
    assert reserved(hall)[0] == []
    assert kept(hall) == [{"a": 3}, {"a": 1}]


def test_where_tables_are_too_few_those_without_one_are_away_until_it_is_undone() -> None:
    hall = everybody("abcdef", (Round(3),), APART, fixed_table=dict.fromkeys("abc", 1))
    blocked, fewest = reserved(hall)
    assert len(blocked) == 2
    assert {hall.table.at[0][hall.number[one]] for _, one in blocked} == {AWAY}
    assert (fewest.most, fewest.floor) == (0, 0)
    unblock(hall.table, [(round_, hall.number[one]) for round_, one in blocked])
    assert {hall.table.at[0][hall.number[one]] for one in "abc"} == {FREE}
    assert kept(hall) == [{}]


def test_over_several_rounds_everybody_has_their_turn() -> None:
    hall = everybody(
        "abcdef", (Round(3),) * 3, {"ad": 0.5, "be": 0.5, "cf": 0.5}, fixed_table=dict.fromkeys("abc", 1)
    )
    blocked, fewest = reserved(hall)
    assert sorted(one for held in kept(hall) for one in held) == ["a", "b", "c"]
    assert (len(blocked), fewest.floor) == (6, 1)


def test_a_wish_of_two_who_need_one_table_is_settled_at_once() -> None:
    wanted = (("a", "b"), ("a", "d"))
    hall = everybody("abcd", (Round(2), Round(2)), fixed_table={"a": 2, "b": 2, "c": 1}, wanted=wanted)
    settle_wishes(hall.table)
    assert [(hall.letters(people), number) for _, people, number in hall.table.settled] == [("ab", 2)]
    assert hall.table.taken in ([{2}, set()], [set(), {2}])


def test_a_wish_of_two_who_share_a_helper_needs_no_table_of_its_own() -> None:
    hall = everybody("abcd", (Round(2),), helpers={"Ira": ("a", "b")}, wanted=(("a", "b"),))
    settle_wishes(hall.table)
    assert [(hall.letters(people), number) for _, people, number in hall.table.settled] == [("ab", 0)]


def test_a_wish_that_is_settled_already_is_settled_once() -> None:
    hall = everybody("abcd", (Round(2), Round(2)), fixed_table={"a": 2, "b": 2}, wanted=(("a", "b"),))
    hall.table.settle(1, hall.pair("ab"), 2)
    settle_wishes(hall.table)
    assert len(hall.table.settled) == 1


def test_two_who_are_tied_agree_on_a_table_or_do_not_meet() -> None:
    tables = {"a": frozenset({1}), "b": frozenset({1, 2}), "c": frozenset({2}), "d": frozenset({3})}
    hall = everybody("abcd", (Round(3),), {"ab": 0.5, "cd": 0.5}, allowed_tables=tables, fill=True)
    hall.meet(0, "ab", "cd")
    assert [hall.letters(pair) for pair in seat_tied(hall.table)] == ["cd"]
    assert (hall.met(), kept(hall)) == ([{"ab"}], [{"a": 1, "b": 1}])


def test_tables_kept_for_somebody_who_meets_nobody_are_given_up() -> None:
    hall = everybody("abcd", (Round(2),), fixed_table={"a": 1, "c": 2})
    assert reserved(hall)[0] == []
    hall.meet(0, "ab")
    unblock(hall.table, [])
    assert kept(hall) == [{"a": 1}]
