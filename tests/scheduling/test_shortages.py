"""Too few tables of a kind are told by counting, before anything is planned."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.problem.problem import HostTable, Person, Problem, Round
from matchmaker.scheduling.shortages import Shortage, shortages

HALL = Problem(people=tuple(Person(f"p{i}") for i in range(10)), rounds=(Round(5), Round(5)))
STEP_FREE, QUIET = frozenset({1}), frozenset({2})


def test_a_hall_with_a_table_for_everybody_is_short_of_none() -> None:
    assert shortages(HALL) == ()


def test_three_who_need_one_table_are_one_too_many_in_each_round() -> None:
    needy = replace(HALL, allowed_tables=dict.fromkeys(("p0", "p1", "p2"), STEP_FREE))
    assert shortages(needy) == (Shortage(("p0", "p1", "p2"), STEP_FREE, (1, 2), 3, 1, 1),)


def test_a_round_in_which_the_table_is_closed_is_told_apart() -> None:
    needy = replace(
        HALL,
        allowed_tables=dict.fromkeys(("p0", "p1", "p2"), STEP_FREE),
        rounds=(Round(5), Round(6, frozenset({1}))),
    )
    assert [(one.rounds, one.open, one.sit_out) for one in shortages(needy)] == [((1,), 1, 1), ((2,), 0, 3)]


def test_two_kinds_that_are_short_each_are_not_told_a_third_time_together() -> None:
    needs = dict.fromkeys(("p0", "p1", "p2"), STEP_FREE) | dict.fromkeys(("p3", "p4", "p5"), QUIET)
    assert [one.tables for one in shortages(replace(HALL, allowed_tables=needs))] == [STEP_FREE, QUIET]


def test_two_kinds_that_are_short_only_together_are_told_together() -> None:
    needs = (
        dict.fromkeys(("p0", "p1"), STEP_FREE)
        | dict.fromkeys(("p3", "p4"), QUIET)
        | {"p5": STEP_FREE | QUIET}
    )
    (short,) = shortages(replace(HALL, allowed_tables=needs))
    assert (short.tables, short.there, short.open, short.sit_out) == (STEP_FREE | QUIET, 5, 2, 1)


def test_too_few_tables_for_everybody_and_absent_people_count() -> None:
    people = (*HALL.people[:9], Person("p9", frozenset({2})))
    found = shortages(replace(HALL, people=people, rounds=(Round(4), Round(4))))
    assert [(one.tables, one.rounds, one.there, one.sit_out) for one in found] == [
        (None, (1,), 9, 1),
        (None, (2,), 10, 2),
    ]


def test_a_trio_and_a_host_table_seat_more() -> None:
    needy = replace(HALL, allowed_tables=dict.fromkeys(("p0", "p1", "p2"), STEP_FREE))
    assert shortages(replace(needy, trios=True)) == ()
    hosted = replace(needy, rounds=(Round(5),), host_tables=(HostTable(5, 1, "p9", 4),))
    assert shortages(hosted) == ()


def test_a_fixed_table_is_a_kind_of_its_own() -> None:
    (short,) = shortages(replace(HALL, fixed_table={"p0": 3, "p1": 3, "p2": 3}))
    assert (short.tables, short.sit_out) == (frozenset({3}), 1)


@given(st.lists(st.sets(st.integers(1, 5), min_size=1), max_size=10))
def test_no_more_sit_out_than_need_a_table(needs: list[set[int]]) -> None:
    allowed = {f"p{i}": frozenset(tables) for i, tables in enumerate(needs)}
    for short in shortages(replace(HALL, allowed_tables=allowed)):
        assert 0 < short.sit_out <= short.there - 2 * short.open
        assert all(allowed[one] <= (short.tables or frozenset()) for one in short.people)
