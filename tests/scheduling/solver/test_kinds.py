"""Tables that suit the same of the people who need one are of one kind."""

from matchmaker.scheduling.problem.problem import Round
from matchmaker.scheduling.solver.kinds import TableUse, all_entries, kinds_of, settle_entries
from tests.scheduling.solver.conftest import Hall, everybody


def hall(**rules: object) -> Hall:
    return everybody(
        "abcd",
        (Round(4), Round(4, closed=frozenset({1}))),
        {"ab": 0.5, "ac": 0.25, "cd": 1.0},
        allowed_tables={"a": frozenset({1, 2, 3}), "b": frozenset({3})},
        **rules,
    )


def kinds(found: Hall, round_: int, waiting: str) -> dict[str, list[int]]:
    return {
        found.letters(who): tables
        for who, tables in kinds_of(found.table, round_, found.people(waiting)).items()
    }


def test_tables_are_told_apart_by_who_may_use_them() -> None:
    assert kinds(hall(), 0, "ab") == {"a": [1, 2], "ab": [3]}
    assert kinds(hall(), 1, "ab") == {"a": [2], "ab": [3]}
    assert kinds(hall(), 0, "a") == {"a": [1, 2, 3]}
    assert kinds(hall(), 0, "") == {}


def test_tables_that_are_kept_or_taken_are_left_out() -> None:
    found = hall()
    found.table.held[0][found.number["b"]] = 3
    found.table.settle(0, found.pair("cd"), 1)
    assert kinds(found, 0, "a") == {"a": [2]}


def uses(found: Hall) -> set[tuple[int, str, str | None, float, int]]:
    return {
        (use.round, found.letters(use.people), use.kind and found.letters(use.kind), use.worth, use.wished)
        for use in all_entries(found.table, found.weights)
    }


def test_every_pair_could_meet_at_each_kind_of_table_that_suits_both() -> None:
    found = hall(wanted=(("a", "c"),))
    found.table.close(1)
    assert uses(found) == {
        (0, "ab", "ab", 0.5, 0),
        (0, "ac", "a", 0.25, 1),
        (0, "ac", "ab", 0.25, 1),
        (0, "cd", None, 1.0, 0),
    }


def test_pairs_who_have_met_or_are_busy_have_no_entry() -> None:
    found = hall()
    found.meet(0, "cd")
    assert {(use.round, found.letters(use.people)) for use in all_entries(found.table, found.weights)} == {
        (0, "ab"),
        (1, "ab"),
        (1, "ac"),
    }


def test_three_who_agreed_and_may_all_meet_are_an_entry_where_no_trio_is_yet() -> None:
    scores = {"ab": 0.5, "bc": 0.25, "ac": 0.125, "cd": 1.0}
    found = everybody("abcdefg", 2, scores, trios=True, wanted=(("a", "b"),))
    found.table.settle(1, found.people("efg"), 0)
    assert {use for use in uses(found) if len(use[1]) == 3} == {(0, "abc", None, 0.875, 1)}


def test_chosen_entries_meet_at_tables_of_their_kinds() -> None:
    found = everybody(
        "abcdef", (Round(4),), allowed_tables={"a": frozenset({1, 2}), "b": frozenset({2})}, trios=True
    )
    a, b = found.number["a"], found.number["b"]
    settle_entries(
        found.table,
        [
            TableUse(0, (a,), frozenset({a}), 0.0),
            TableUse(0, tuple(reversed(found.pair("bc"))), frozenset({a, b}), 0.5),
            TableUse(0, found.people("def"), None, 1.5),
        ],
    )
    assert found.table.held == [{a: 1, b: 2}]
    assert found.met() == [{"bc"}]
    assert found.table.settled == [(0, found.people("def"), 0)]
