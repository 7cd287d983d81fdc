"""Rests and helpers are known by number, and rounds by the breaks between them."""

import pytest

from matchmaker.scheduling.problem.problem import Person, Rest, Round
from matchmaker.scheduling.solver.limits import Limits, windows
from tests.scheduling.solver.conftest import Hall, everybody

BREAK_AFTER_TWO = (Round(2), Round(2), Round(2, after_break=True), Round(2))


def hall(**rules: object) -> Hall:
    return everybody("abcd", BREAK_AFTER_TWO, **rules)


def test_windows_never_reach_over_a_break() -> None:
    assert list(windows((range(3), range(3, 5)), 2)) == [range(2), range(1, 3), range(3, 5)]
    assert list(windows((range(3), range(3, 5)), 3)) == [range(3)]


def test_a_break_ends_one_stretch_of_rounds_and_begins_the_next() -> None:
    assert hall().model.limits.stretches == (range(2), range(2, 4))
    assert everybody("ab", 3).model.limits.stretches == (range(3),)
    assert everybody("ab", ()).model.limits.stretches == ()


def test_each_limit_is_kept_for_whoever_asked_for_it() -> None:
    found = hall(rests={"a": Rest(most=1), "b": Rest(in_a_row=2), "c": Rest(2, 1)})
    a, b, c = (found.number[one] for one in "abc")
    limits = found.model.limits
    assert (limits.most, limits.in_a_row) == ({a: 1, c: 2}, {b: 2, c: 1})
    assert limits.resting == limits.limited == {a, b, c}


def test_everybody_who_needs_a_helper_shares_them_with_all_the_others() -> None:
    found = hall(helpers={"Ira": ("a", "b"), "Jo": ("b", "c"), "Kim": ("d",)})
    shared = {
        found.letters([one]): found.letters(others) for one, others in found.model.limits.sharing.items()
    }
    assert shared == {"a": "b", "b": "ac", "c": "b"}
    assert found.letters(found.model.limits.limited) == "abc"
    assert not found.model.limits.resting


@pytest.mark.parametrize(
    ("rest", "reach"),
    [(Rest(most=3), 3), (Rest(most=9), 4), (Rest(in_a_row=1), 2), (Rest(in_a_row=2), 4), (Rest(1, 1), 1)],
)
def test_rests_lower_how_many_meetings_somebody_can_have(rest: Rest, reach: int) -> None:
    found = hall(rests={"a": rest}, people={"b": Person("b", frozenset({2, 4}))})
    assert {one: int(found.model.reach[found.number[one]]) for one in "abd"} == {"a": reach, "b": 2, "d": 4}


def test_in_a_long_stretch_every_second_or_third_round_is_free() -> None:
    for in_a_row, reach in ((1, 4), (2, 5), (3, 6), (6, 6), (7, 7)):
        found = everybody("abcdefgh", 7, rests={"a": Rest(in_a_row=in_a_row)})
        assert found.model.reach[found.number["a"]] == reach


def test_nobody_is_limited_where_nobody_asked() -> None:
    assert (Limits().limited, hall().model.limits.limited) == (frozenset(), frozenset())
