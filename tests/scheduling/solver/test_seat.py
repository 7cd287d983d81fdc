"""Everybody who meets gets a table, whoever needs one gets theirs, and others stay where they sat."""

from matchmaker.scheduling.problem.plan import Meeting
from matchmaker.scheduling.problem.problem import Round
from matchmaker.scheduling.solver.seat import meetings_of
from tests.scheduling.solver.conftest import everybody


def test_meetings_come_by_round_and_table_with_their_people_in_order() -> None:
    hall = everybody("abcd", (Round(5), Round(5)), {"ab": 0.25, "cd": 0.5, "ac": 1.0})
    hall.meet(1, "ac")
    hall.table.settle(0, hall.pair("cd"), 4)
    hall.meet(0, "ab")
    assert meetings_of(hall.table) == (
        Meeting(1, 1, ("a", "b"), 0.25),
        Meeting(1, 4, ("c", "d"), 0.5),
        Meeting(2, 1, ("a", "c"), 1.0),
    )


def test_whoever_needs_a_table_has_the_one_that_was_kept() -> None:
    hall = everybody("abcd", (Round(3),), fixed_table={"d": 3})
    assert hall.table.seat(0, hall.pair("ad"))
    hall.meet(0, "ad", "bc")
    assert [(one.table, one.people) for one in meetings_of(hall.table)] == [
        (1, ("b", "c")),
        (3, ("a", "d")),
    ]


def test_as_many_as_can_be_stay_where_one_of_them_sat() -> None:
    hall = everybody("abcdef", (Round(4), Round(4)))
    for number, pair in ((2, "ab"), (3, "cd"), (4, "ef")):
        hall.table.settle(0, hall.pair(pair), number)
    hall.meet(1, "ac", "be", "df")
    places = {one.people: one.table for one in meetings_of(hall.table) if one.round == 2}
    # Each pair has a table of one of its people; any other way would move somebody twice.
    assert places[("a", "c")] in (2, 3)
    assert places[("b", "e")] in (2, 4)
    assert places[("d", "f")] in (3, 4)


def test_nobody_is_seated_at_a_closed_table_or_one_of_a_group() -> None:
    hall = everybody("abcdef", (Round(4, closed=frozenset({1})),))
    hall.table.host(0, hall.people("ef"), 2)
    hall.meet(0, "ab", "cd")
    assert [one.table for one in meetings_of(hall.table)] == [3, 4]


def test_a_trio_is_worth_its_three_pairs_and_a_pair_that_is_not_listed_nothing() -> None:
    hall = everybody("abcde", 1, {"ab": 0.25, "bc": 0.5, "de": 0.0}, trios=True, fill=True)
    hall.table.settle(0, hall.people("abc"), 0)
    hall.meet(0, "de")
    assert sorted(one.score for one in meetings_of(hall.table)) == [0.0, 0.75]
    bare = everybody("ab", 1, {})
    bare.table.settle(0, bare.pair("ab"), 1)
    assert meetings_of(bare.table) == (Meeting(1, 1, ("a", "b"), 0.0),)


def test_two_rounds_in_a_row_score_in_the_first() -> None:
    hall = everybody("ab", (Round(1), Round(1)), {"ab": 0.5}, double=(("a", "b"),))
    for round_ in (0, 1):
        hall.table.settle(round_, hall.pair("ab"), 1)
    assert [one.score for one in meetings_of(hall.table)] == [0.5, 0.0]


def test_a_round_of_nobody_has_no_meetings() -> None:
    assert meetings_of(everybody("ab", 2).table) == ()
