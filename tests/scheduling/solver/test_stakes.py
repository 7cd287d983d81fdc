"""A meeting is worth more to whoever has had fewer, and a wish more than all that fairness could lose by it."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.stakes import Stakes, stakes

IDS = tuple(f"p{i}" for i in range(6))


def weights(rounds: int, floor: int) -> Stakes:
    problem = Problem(
        tuple(map(Person, IDS)), (Round(3),) * rounds, tuple((a, b, 0.5) for a, b in combinations(IDS, 2))
    )
    return stakes(build(problem, seed=0), floor)


@given(st.integers(1, 8), st.integers(0, 8))
def test_each_further_meeting_of_a_person_is_worth_less(rounds: int, floor: int) -> None:
    levels = [weights(rounds, floor).level_of(0, nth) for nth in range(1, rounds + 1)]
    assert levels == sorted(levels, reverse=True)
    assert min(levels) > weights(rounds, floor).scale


@given(st.integers(1, 8), st.data())
def test_a_meeting_below_the_floor_is_worth_more_than_any_above(rounds: int, data: st.DataObject) -> None:
    floor = data.draw(st.integers(1, rounds))
    found = weights(rounds, floor)
    below, above = found.level_of(0, floor), found.level_of(1, floor + 1)
    assert below > 2 * above


@given(st.integers(1, 8), st.integers(0, 8))
def test_a_wish_is_worth_more_than_the_meetings_of_four_people_can_lose(rounds: int, floor: int) -> None:
    found = weights(rounds, floor)
    assert found.wish * found.scale >= 4 * found.level_of(0, 1)


def test_more_meetings_than_somebody_can_have_are_worth_less_than_nothing() -> None:
    assert weights(3, 3).level_of(0, 4) < -weights(3, 3).wish
