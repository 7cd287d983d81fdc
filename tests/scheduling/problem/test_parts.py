"""The parts of a problem say of themselves what everybody who plans needs to know."""

from matchmaker.scheduling.problem.parts import (
    HostTable,
    Kin,
    Meet,
    Person,
    ProblemError,
    Rest,
    Round,
    TableTopic,
)


def test_a_round_has_the_tables_up_to_its_last_but_for_closed_ones() -> None:
    round_ = Round(4, closed=frozenset({2}))
    assert [number for number in range(-1, 7) if round_.has(number)] == [1, 3, 4]


def test_the_host_and_those_who_are_named_are_at_a_host_table_surely_and_guests_are_not() -> None:
    table = HostTable(1, 1, "ana", 4, ("bo",), ("cy", "dot"))
    assert table.sure == ("ana", "bo")


def test_what_nobody_said_limits_nobody() -> None:
    assert Person("ana") == Person("ana", rounds=None, pool=None)
    assert Rest() == Rest(most=None, in_a_row=None)
    assert Kin(("ana", "bo")).meet is Meet.NEVER
    assert (TableTopic("t", ("ana",), 3).times, TableTopic("t", ("ana",), 3).loud) == (1, False)


def test_the_strictest_answer_to_whether_two_meet_comes_first() -> None:
    assert list(Meet) == [Meet.NEVER, Meet.IF_WANTED, Meet.RATHER_NOT]


def test_an_error_names_the_field_and_says_what_is_wrong() -> None:
    error = ProblemError("people[0].id", "is missing.")
    assert (error.field, str(error)) == ("people[0].id", "people[0].id: is missing.")
