"""Chosen pairs are put into rounds, each person once in each, and rounds are levelled to their tables."""

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.colour import colour
from matchmaker.scheduling.solver.timetable import empty
from tests.tries import tries


@tries(60)
@given(st.integers(2, 14), st.integers(1, 6), st.integers(0, 2**32))
def test_every_pair_is_in_one_round_or_left_over(people: int, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    ids = [f"p{i:02}" for i in range(people)]
    tables = chance.randint(0, people)
    pairs = tuple((a, b, 0.5) for a, b in combinations(ids, 2))
    table = empty(build(Problem(tuple(map(Person, ids)), (Round(tables),) * rounds, pairs), seed=0))
    chosen = [pair for pair in combinations(range(people), 2) if chance.random() < 0.5]
    left = colour(table, chosen, set(), random.Random(seed))
    placed = [(a, b) for firsts, seconds in table.pairs() for a, b in zip(firsts, seconds, strict=True)]
    # A pair that found no round may have taken the place of another one, which is then left over instead.
    assert set(placed) <= set(chosen)
    assert len(placed) + len(left) == len(chosen)
    assert set(placed) == {divmod(key, people) for key in table.met}
    assert all(len(firsts) <= tables for firsts, _ in table.pairs())


def test_a_complete_graph_of_an_even_number_needs_no_round_more() -> None:
    ids = [f"p{i}" for i in range(8)]
    pairs = tuple((a, b, 0.5) for a, b in combinations(ids, 2))
    table = empty(build(Problem(tuple(map(Person, ids)), (Round(4),) * 7, pairs), seed=0))
    assert colour(table, list(combinations(range(8), 2)), set(), random.Random(1)) == []
