"""No choice of pairs and trios, with tables and helpers shared in every round, is worth more than the bound."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from matchmaker.scheduling.problem.problem import Mixing, Person, Problem, Round
from matchmaker.scheduling.solver import joint, programs
from matchmaker.scheduling.solver.fewest import fewest_of
from matchmaker.scheduling.solver.joint_rounds import joint_choice
from matchmaker.scheduling.solver.left_to_choose import widest
from matchmaker.scheduling.solver.stakes import Stakes, stakes
from matchmaker.scheduling.solver.timetable import Timetable, empty
from tests.scheduling.solver.conftest import Hall

IDS = "abcdefghi"


def small_hall(seed: int) -> Problem:
    """Some people in three rounds, of whom some are late, agree to trios, share two of the tables, or a helper."""
    chance = random.Random(seed)
    ids = IDS[: chance.randint(5, 9)]
    people = tuple(
        Person(one, frozenset({2, 3}) if chance.random() < 0.2 else None, chance.choice(["in", "out"]))
        for one in ids
    )
    pairs = [pair for pair in combinations(ids, 2) if chance.random() < 0.8]
    return Problem(
        people=people,
        rounds=(Round(chance.randint(2, 5)),) * 3,
        pairs=tuple((a, b, round(chance.random(), 3)) for a, b in pairs),
        trios=frozenset(one for one in ids if chance.random() < 0.7),
        allowed_tables={one: frozenset({1, 2}) for one in ids if chance.random() < 0.2},
        helpers={"Ira": tuple(one for one in ids if chance.random() < 0.3)},
        wanted=tuple(chance.sample(pairs, min(1, len(pairs)))),
        mixing=Mixing(1) if chance.random() < 0.5 else None,
    )


def laid_out(problem: Problem) -> tuple[Timetable, Stakes]:
    hall = Hall(problem)
    weights = stakes(hall.model, fewest_of(problem, hall.model).floor)
    return empty(hall.model), weights


Use = tuple[tuple[int, ...], int, int]
Rule = tuple[list[float], int]
"""What each column counts, and the most of it."""


def rules_of_rounds(table: Timetable, uses: list[Use], helped: set[int], rest: int) -> Iterator[Rule]:
    """One meeting a table and person, one trio a round, one table for all who share a helper."""
    model, none = table.model, [0.0] * rest
    for r in range(model.rounds):
        for at in range(1, int(model.tables[r]) + 1):
            yield [float(use[1:] == (r, at)) for use in uses] + none, 1
        for one in range(model.people):
            yield [float(use[1] == r and one in use[0]) for use in uses] + none, 1
        yield [float(use[1] == r and len(use[0]) == 3) for use in uses] + none, 1
        if len(helped) > 1:
            yield [float(use[1] == r and not helped.isdisjoint(use[0])) for use in uses] + none, 1


def rules_of_people(
    table: Timetable, uses: list[Use], levels: list[tuple[int, int]], mixed: list[int]
) -> Iterator[Rule]:
    """One meeting a pair; and what is counted of a person is no more than they have."""
    model = table.model
    for key in model.keys.tolist():
        pair = set(divmod(key, model.people))
        yield [float(pair <= set(use[0])) for use in uses] + [0.0] * (len(levels) + len(mixed)), 1
    for one in range(model.people):
        mine = [use[0] if one in use[0] else () for use in uses]
        yield (
            [-float(bool(some)) for some in mine] + [float(x == one) for x, _ in levels] + [0.0] * len(mixed),
            0,
        )
        crossing = [-float(sum(model.pool[one] != model.pool[x] for x in some)) for some in mine]
        yield crossing + [0.0] * len(levels) + [float(x == one) for x in mixed], 0


def best_of_all(problem: Problem, table: Timetable, weights: Stakes) -> int:
    """The most that meetings, each in a round and at a table, can be worth: an integer program with all of them."""
    model = table.model
    number = {one: i for i, one in enumerate(model.ids)}
    worth = dict(zip(model.keys.tolist(), weights.worth(model).tolist(), strict=True))
    trio = [number[one] for one in problem.trios] if isinstance(problem.trios, frozenset) else []
    groups = [(number[a], number[b]) for a, b, _ in problem.pairs] + list(combinations(sorted(trio), 3))
    uses = [
        (tuple(sorted(group)), r, at)
        for group in groups
        if all(model.key(a, b) in worth for a, b in combinations(group, 2))
        for r in range(model.rounds)
        for at in range(1, int(model.tables[r]) + 1)
        if all(model.seatable[one, r] and at in model.tied.get(one, (at,)) for one in group)
    ]
    levels = [(one, nth) for one in range(model.people) for nth in range(1, int(weights.there[one]) + 1)]
    mixed = [one for one in range(model.people) for _ in range(int(model.due[one]))]
    gains = [sum(worth[model.key(a, b)] for a, b in combinations(group, 2)) for group, _, _ in uses]
    gains += [weights.level_of(*level) for level in levels] + [25 * weights.scale] * len(mixed)
    helped = {number[one] for one in problem.helpers["Ira"]}
    rules = [
        *rules_of_rounds(table, uses, helped, len(levels) + len(mixed)),
        *rules_of_people(table, uses, levels, mixed),
    ]
    if not uses:
        return 0
    matrix, most = np.array([row for row, _ in rules]), [limit for _, limit in rules]
    solved = milp(
        -np.array(gains) / weights.scale, integrality=np.ones(len(gains)), bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, most), options={"mip_rel_gap": 0},
    )  # fmt: skip
    return round(-solved.fun * weights.scale)


def bound_of(problem: Problem, table: Timetable, weights: Stakes) -> int | None:
    found = joint_choice(table, problem, widest(table, weights, fair=True))
    return None if found is None else found[0].most


def test_no_timetable_is_worth_more_than_the_bound_and_most_bounds_are_reached() -> None:
    reached = []
    for seed in range(14):
        problem = small_hall(seed)
        table, weights = laid_out(problem)
        bound = bound_of(problem, table, weights)
        if bound is not None:
            best = best_of_all(problem, table, weights)
            assert best <= bound + weights.scale // 1000, seed
            reached.append(best >= bound - weights.scale // 1000)
    assert len(reached) > 10
    assert sum(reached) > len(reached) // 2


@pytest.mark.parametrize("limits", [{"LOOK": 10}, {"NODES": 0}, {"AT_ONCE": 1, "PASSES": 2}])
def test_a_search_that_is_cut_short_bounds_all_the_same(
    monkeypatch: pytest.MonkeyPatch, limits: dict[str, int]
) -> None:
    for name, limit in limits.items():
        monkeypatch.setattr(programs if name == "NODES" else joint, name, limit)
    for seed in range(30, 34):
        problem = small_hall(seed)
        table, weights = laid_out(problem)
        bound = bound_of(problem, table, weights)
        assert bound is None or best_of_all(problem, table, weights) <= bound + weights.scale // 1000


def test_where_nothing_is_shared_and_nobody_agreed_to_trios_nothing_is_chosen_jointly() -> None:
    problem = replace(small_hall(1), trios=False, helpers={}, allowed_tables={})
    table, weights = laid_out(problem)
    assert bound_of(problem, table, weights) is None
