"""Why a wish was not met, and which goals gave way, is said in words that the checker can look at."""

import pytest

from matchmaker.scheduling.problem.plan import GaveWay, Meeting, Unmet
from matchmaker.scheduling.problem.problem import Kin, Meet, Mixing, Person, Round
from matchmaker.scheduling.solver.what_gave_way import Reasons, gave_way
from tests.scheduling.solver.conftest import Hall, everybody


def reason(hall: Hall, granted: dict[tuple[str, str], int] | None = None) -> str:
    unmet = Reasons(hall.problem, hall.model, hall.number, granted or {}).reason("a", "b")
    assert unmet == Unmet(("a", "b"), unmet.because)
    return unmet.because


@pytest.mark.parametrize(
    ("rules", "because"),
    [
        ({"forbidden": (("b", "a"),), "met": (("a", "b"),)}, "a and b must never meet."),
        ({"kin": (Kin(("a", "b")),), "wanted": (("a", "b"),)}, "a and b must never meet."),
        ({"met": (("b", "a"),)}, "a and b have met already."),
        (
            {"people": {"a": Person("a", frozenset({1})), "b": Person("b", frozenset({2}))}},
            "a and b are never there together.",
        ),
        (
            {"fixed_table": {"a": 1, "b": 2}},
            "There is no table at which both a and b may sit while they are there.",
        ),
        ({}, "No place found: a and b are there together in 2 rounds."),
        (
            {"people": {"a": Person("a", frozenset({1}))}},
            "No place found: a and b are there together in 1 rounds.",
        ),
        (
            {"kin": (Kin(("a", "b"), Meet.IF_WANTED),), "wanted": (("a", "b"),)},
            "No place found: a and b are there together in 2 rounds.",
        ),
    ],
)
def test_the_first_reason_that_is_true_is_given(rules: dict[str, object], because: str) -> None:
    assert reason(everybody("abcd", (Round(2), Round(2)), **rules)) == because


def test_a_day_full_of_other_wishes_is_a_reason_and_one_with_a_gap_is_none() -> None:
    hall = everybody("abcd", (Round(2), Round(2)))
    full = "Every round in which a and b are both there is full of meetings both asked for of b."
    assert reason(hall, {("b", "c"): 1, ("b", "d"): 2}) == full
    assert reason(hall, {("b", "c"): 1, ("a", "d"): 2}).startswith("No place found")


def test_nothing_gives_way_where_nothing_was_asked() -> None:
    hall = everybody("abcd", 1)
    assert gave_way(hall.problem, (Meeting(1, 1, ("a", "b"), 0.5),), {}) == ()


def test_pairs_to_be_kept_apart_are_told_with_the_reason_and_in_order() -> None:
    hall = everybody(
        "abcdef",
        2,
        apart=(("c", "b"),),
        met_before=(("a", "d"), ("b", "c"), ("c", "f")),
        kin=(Kin(("e", "f"), Meet.RATHER_NOT), Kin(("a", "b"), Meet.NEVER)),
    )
    meetings = [
        Meeting(1, 1, ("f", "e"), 0.5),
        Meeting(1, 2, ("d", "a"), 0.5),
        Meeting(2, 1, ("b", "c"), 0.5),
    ]
    assert gave_way(hall.problem, meetings, {}) == (
        GaveWay(("a", "d"), "a and d met at an earlier event and meet again."),
        GaveWay(("b", "c"), "b and c meet although they are to be kept apart."),
        GaveWay(("e", "f"), "e and f meet although they are to be kept apart."),
    )


def test_who_meets_too_few_of_another_pool_is_told_after_the_pairs() -> None:
    pools = {
        one: Person(one, pool=pool) for one, pool in zip("abcd", ("in", "in", "out", "out"), strict=True)
    }
    hall = everybody("abcd", 2, people=pools, mixing=Mixing(2), met=(("a", "c"),), apart=(("a", "b"),))
    meetings = [Meeting(1, 1, ("a", "b"), 0.5), Meeting(2, 1, ("b", "c"), 0.5)]
    reach = dict.fromkeys("abcd", 2)
    assert gave_way(hall.problem, meetings, reach) == (
        GaveWay(("a", "b"), "a and b meet although they are to be kept apart."),
        GaveWay(("a",), "a meets 1 of 2 people of another pool."),
        GaveWay(("b",), "b meets 1 of 2 people of another pool."),
        GaveWay(("d",), "d meets 0 of 2 people of another pool."),
    )
