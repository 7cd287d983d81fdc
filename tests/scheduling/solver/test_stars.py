"""No talks reach more stars than the bound."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import topics
from matchmaker.scheduling.problem.problem import Corner, Person, Problem, Round, TableTopic
from matchmaker.scheduling.solver.stars import stars_bound, stars_reached
from matchmaker.scheduling.solver.talks import plan_talks

IDS = tuple("abcdef")


def event(seats: int, corners: int, rounds: int = 2) -> Problem:
    return Problem(
        people=tuple(map(Person, IDS)),
        rounds=(Round(0),) * rounds,
        corners=tuple(Corner(str(one), 9) for one in range(corners)),
        topics=(TableTopic("x", ("a",), seats, IDS), TableTopic("y", ("b",), seats, IDS)),
    )


def test_seats_and_corners_bound_the_stars() -> None:
    # A host has a star for the topic of the other one, too.
    assert stars_bound(event(seats=9, corners=1)) == 10
    assert stars_bound(event(seats=3, corners=1)) == 4
    assert stars_bound(event(seats=9, corners=1, rounds=1)) == 5


@settings(max_examples=8)
@given(st.integers(0, 1000), st.integers(8, 30))
def test_talks_reach_no_more_stars_than_the_bound_allows(seed: int, people: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # As crowded as the benchmark's event, and a third of it: sessions are looked for by trying many.
        for name, value in {"SLOTS": 4, "WITH_PAIRS": 2, "CORNERS": 4, "TOPICS": 10}.items():
            patch.setattr(topics, name, value)
        problem = topics.made_up_event(people, seed)
    reached, bound = stars_reached(problem, plan_talks(problem, seed)), stars_bound(problem)
    assert 0 < reached <= bound
