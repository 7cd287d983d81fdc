"""Meetings are exchanged for others only if all of the others are allowed, and else nothing changes."""

from matchmaker.scheduling.problem.problem import LockedMeeting, Problem
from matchmaker.scheduling.solver.exchange import Exchange, MayGo, exchange, meeting_of, without
from matchmaker.scheduling.solver.seat import meetings_of
from matchmaker.scheduling.solver.timetable import Settled, Timetable
from tests.scheduling.solver.conftest import Hall, everybody


def settled(hall: Hall, *meetings: tuple[int, str, int]) -> list[Settled]:
    entries = [(round_, hall.people(letters), at) for round_, letters, at in meetings]
    for entry in entries:
        hall.table.settle(*entry)
    return entries


def state(table: Timetable) -> object:
    return (table.at, table.room, table.held, table.met, sorted(table.settled), table.taken, table.busy)


def test_who_leaves_one_another_meets_others_at_the_table_that_was_theirs() -> None:
    hall = everybody("abcd", 1)
    first, second = settled(hall, (0, "ab", 2), (0, "cd", 1))
    asked = Exchange(0, (first, second), (hall.pair("ac"), hall.pair("bd")))
    assert asked.places == 4
    assert exchange(hall.table, asked)
    assert [(hall.letters(people), at) for _, people, at in hall.table.settled] == [("ac", 2), ("bd", 1)]
    assert hall.table.met == {hall.key("ac"), hall.key("bd")}
    assert hall.table.taken == [{1, 2}]


def test_if_one_of_the_new_meetings_is_not_allowed_all_stays_as_it_was() -> None:
    hall = everybody("abcde", 2, allowed_tables={"e": frozenset({2})}, helpers={"Ira": ("a", "b")})
    entries = settled(hall, (0, "ab", 1), (0, "cd", 2), (1, "bd", 1))
    before = str(state(hall.table))
    # Two who need one helper at two tables; two who have met; a table that is taken; no table left.
    for gives_up, meets in ((0, ("ae",)), (0, ("ac", "be")), (1, ("ce", "bd")), (0, ("ae", "bc"))):
        asked = Exchange(0, (entries[gives_up],), tuple(hall.pair(one) for one in meets))
        assert not exchange(hall.table, asked), meets
        assert str(state(hall.table)) == before


def test_who_needs_a_kind_of_table_keeps_one() -> None:
    hall = everybody("abcd", 1, allowed_tables={"a": frozenset({2})})
    (entry,) = settled(hall, (0, "bc", 1))
    assert exchange(hall.table, Exchange(0, (entry,), (hall.pair("ab"), hall.pair("cd"))))
    assert hall.table.held == [{hall.number["a"]: 2}]
    assert {(hall.letters(people), at) for _, people, at in hall.table.settled} == {("ab", 0), ("cd", 1)}


def test_the_table_that_is_kept_for_whoever_needs_it_is_not_given_to_the_others_too() -> None:
    hall = everybody("abcd", 1, allowed_tables={"a": frozenset({1})})
    (entry,) = settled(hall, (0, "bc", 1))
    assert exchange(hall.table, Exchange(0, (entry,), (hall.pair("ab"), hall.pair("cd"))))
    assert {(one.table, "".join(one.people)) for one in meetings_of(hall.table)} == {(1, "ab"), (2, "cd")}


def test_what_is_locked_wished_for_or_in_a_locked_round_may_not_go() -> None:
    rules = {
        "wanted": (("a", "c"),),
        "double": (("a", "d"),),
        "locked": frozenset({2}),
        "locked_meetings": (LockedMeeting(1, 1, ("c", "d")),),
    }
    hall = everybody("abcd", 3, **rules)
    problem: Problem = hall.problem
    asked = [(0, "bc"), (0, "ac"), (0, "ad"), (1, "bc"), (0, "cd"), (2, "cd")]
    may_go = MayGo.of(hall.model, problem)
    assert [may_go((round_, hall.people(one), 1)) for round_, one in asked] == [
        True, False, False, False, False, True,
    ]  # fmt: skip


def test_of_three_two_go_on() -> None:
    hall = everybody("abcde", 1, trios=True)
    trio, pair = settled(hall, (0, "abc", 1), (0, "de", 2))
    assert meeting_of(hall.table)[0, hall.number["b"]] == trio
    assert [hall.letters(people) for people in without(trio, hall.number["b"])] == ["ac"]
    assert list(without(pair, hall.number["d"])) == []
