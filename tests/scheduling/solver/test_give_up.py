"""Where people now rest or share a helper, as few earlier meetings are given up as can be."""

from matchmaker.scheduling.problem.problem import Rest, Round
from matchmaker.scheduling.solver.give_up import given_up
from tests.scheduling.solver.conftest import Hall, everybody


def gone(hall: Hall, *meetings: tuple[int, str]) -> set[tuple[int, str]]:
    placed = [(round_, hall.people(letters)) for round_, letters in meetings]
    return {(round_, hall.letters(people)) for round_, people in given_up(hall.table, placed)}


DAY = ((0, "ab"), (0, "cd"), (1, "ac"), (1, "bd"), (2, "ad"), (2, "bc"))


def test_nothing_is_given_up_where_nobody_has_a_limit_or_none_is_broken() -> None:
    assert gone(everybody("abcd", 3), *DAY) == set()
    assert gone(everybody("abcd", 3, rests={"a": Rest(most=3)}), *DAY) == set()


def test_one_meeting_of_two_who_both_rest_is_enough_for_both() -> None:
    hall = everybody("abcd", 3, rests={"a": Rest(most=2), "b": Rest(most=2)})
    assert gone(hall, *DAY) == {(0, "ab")}


def test_the_middle_of_three_in_a_row_goes() -> None:
    hall = everybody("abcd", 3, rests={"a": Rest(in_a_row=1)})
    assert gone(hall, *DAY) == {(1, "ac")}


def test_a_break_saves_a_meeting() -> None:
    rounds = (Round(2), Round(2), Round(2, after_break=True))
    hall = everybody("abcd", rounds, rests={"a": Rest(in_a_row=1)})
    assert len(gone(hall, *DAY)) == 1
    assert gone(hall, (0, "ab"), (2, "ad")) == gone(hall, (1, "ab"), (2, "ad")) == set()


def test_what_is_settled_counts_and_stays() -> None:
    hall = everybody("abcd", 3, rests={"a": Rest(most=1)})
    hall.table.settle(0, hall.pair("ab"), 0)
    assert gone(hall, (1, "ac"), (2, "ad"), (1, "bd")) == {(1, "ac"), (2, "ad")}


def test_a_settled_meeting_ends_a_row_that_would_be_too_long() -> None:
    hall = everybody("abcd", 3, rests={"a": Rest(in_a_row=1)})
    hall.table.settle(1, hall.pair("ab"), 0)
    assert gone(hall, (0, "ac"), (2, "ad")) == {(0, "ac"), (2, "ad")}


def test_a_helper_is_at_one_table_in_each_round() -> None:
    hall = everybody("abcdef", 2, helpers={"Ira": ("a", "b", "c")})
    lost = gone(hall, (0, "ad"), (0, "be"), (0, "cf"), (1, "ab"), (1, "de"))
    assert len(lost) == 2
    assert {round_ for round_, _ in lost} == {0}


def test_two_who_share_a_helper_keep_their_own_meeting() -> None:
    hall = everybody("abcd", 1, helpers={"Ira": ("a", "b")})
    assert gone(hall, (0, "ab"), (0, "cd")) == set()
