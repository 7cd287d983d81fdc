"""A problem takes what it is given in one form, and says whether two of one group may meet."""

from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.scheduling.problem.problem import Kin, Meet
from tests.scheduling.problem.conftest import make


@pytest.mark.parametrize("gather", [list, set, frozenset])
def test_pairs_may_come_in_any_collection(gather: Callable[[Any], Any]) -> None:
    problem = make(forbidden=gather([("ana", "bo"), ("bo", "cy")]))
    assert problem.forbidden == (("ana", "bo"), ("bo", "cy"))


def test_nobody_who_agreed_to_trios_is_the_same_as_no_trios() -> None:
    assert make(trios=frozenset()) == make(trios=False)


def test_lists_are_kept_as_tuples_so_that_nothing_changes_them_later() -> None:
    rounds = list(make().rounds)
    problem = make(rounds=rounds, locked={2})
    rounds.clear()
    assert (len(problem.rounds), problem.locked) == (2, frozenset({2}))


@pytest.mark.parametrize(
    ("meet", "unasked", "asked"),
    [
        (Meet.NEVER, Meet.NEVER, Meet.NEVER),
        (Meet.IF_WANTED, Meet.NEVER, None),
        (Meet.RATHER_NOT, Meet.RATHER_NOT, None),
    ],
)
def test_two_of_one_group_meet_as_the_group_says_and_as_they_asked(
    meet: Meet, unasked: Meet, asked: Meet | None
) -> None:
    groups = (Kin(("ana", "bo"), meet), Kin(("cy",), Meet.NEVER))
    assert make(kin=groups).kin_meet("bo", "ana") == unasked
    assert make(kin=groups, wanted=(("ana", "bo"),)).kin_meet("bo", "ana") == asked
    assert make(kin=groups).kin_meet("ana", "cy") is None


def test_of_two_groups_the_stricter_one_counts() -> None:
    groups = (Kin(("ana", "bo"), Meet.RATHER_NOT), Kin(("bo", "ana", "cy"), Meet.IF_WANTED))
    assert make(kin=groups).kin_meet("ana", "bo") is Meet.NEVER
    assert make(kin=groups, wanted=(("ana", "bo"),)).kin_meet("ana", "bo") is None
