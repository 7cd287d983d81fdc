"""Small halls in which tables are scarce in kind, and the exact answer to how many meetings everybody can have.

    python -m benchmarks.scarce_halls [--halls 500] [--first 0]

The exact answer comes from a constraint program of its own, which shares no code with the planner.
"""

import argparse
import random
import time
from itertools import combinations

from ortools.sat.python import cp_model

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.planner import plan


def scarce_hall(seed: int) -> Problem:
    """A hall of up to twelve people: some need step-free or quiet tables, or both, a helper, or one table always."""
    chance = random.Random(seed)
    n, rounds = chance.randint(4, 12), chance.randint(2, 5)
    tables = chance.randint(max(1, n // 4), n // 2 + 2)
    ids = [f"p{i}" for i in range(n)]
    everywhere = frozenset(range(1, tables + 1))
    step_free, quiet = (frozenset(one for one in everywhere if chance.random() < 0.4) for _ in range(2))
    allowed, fixed = {}, {}
    for one in ids:
        needs_step_free, needs_quiet = chance.random() < chance.choice([0.2, 0.5]), chance.random() < 0.25
        if needs_step_free or needs_quiet:
            allowed[one] = (step_free if needs_step_free else everywhere) & (
                quiet if needs_quiet else everywhere
            )
        elif chance.random() < chance.choice([0, 0.1]):
            fixed[one] = chance.randint(1, tables)
    density = chance.choice([0.4, 0.7, 1])

    def there() -> frozenset[int] | None:
        if chance.random() < 0.8:
            return None
        return frozenset(number for number in range(1, rounds + 1) if chance.random() < 0.7)

    return Problem(
        people=tuple(Person(one, there()) for one in ids),
        rounds=(Round(tables),) * rounds,
        pairs=tuple(
            (a, b, round(chance.random(), 3)) for a, b in combinations(ids, 2) if chance.random() < density
        ),
        allowed_tables=allowed,
        fixed_table=fixed,
        helpers={"h": tuple(chance.sample(ids, min(n, chance.randint(2, 4))))}
        if chance.random() < 0.4
        else {},
        trios=chance.choice([False, False, False, True]),
    )


def exact_fewest(problem: Problem, able_only: bool = False) -> int | None:
    """The most that the fewest meetings of anybody who is there can be; None if that took too long to find.

    With `able_only`, of those who can have a meeting at all.
    """
    model, ids = cp_model.CpModel(), [person.id for person in problem.people]
    numbers = range(1, len(problem.rounds) + 1)
    there = {one.id: set(numbers if one.rounds is None else one.rounds) for one in problem.people}
    listed = {frozenset(pair[:2]) for pair in problem.pairs}
    groups = [
        group
        for size in ((2, 3) if problem.trios else (2,))
        for group in combinations(ids, size)
        if all(frozenset(pair) in listed for pair in combinations(group, 2))
    ]
    held = {
        (number, group, table): model.new_bool_var("")
        for number in numbers
        for group in groups
        for table in range(1, problem.rounds[number - 1].tables + 1)
        if all(number in there[one] and _may_sit(problem, one, table) for one in group)
    }
    for number in numbers:
        here = {key: var for key, var in held.items() if key[0] == number}
        for table in range(1, problem.rounds[number - 1].tables + 1):
            model.add(sum(var for key, var in here.items() if key[2] == table) <= 1)
        for one in ids:
            model.add(sum(var for key, var in here.items() if one in key[1]) <= 1)
        for helped in problem.helpers.values():
            model.add(sum(var for key, var in here.items() if set(helped).intersection(key[1])) <= 1)
        model.add(sum(var for key, var in here.items() if len(key[1]) == 3) <= 1)
    for pair in combinations(ids, 2):
        model.add(sum(var for key, var in held.items() if set(pair) <= set(key[1])) <= 1)
    fewest = model.new_int_var(0, len(problem.rounds), "")
    for one in ids:
        mine = [var for key, var in held.items() if one in key[1]]
        if there[one] and (mine or not able_only):
            model.add(sum(mine) >= fewest)
    model.maximize(fewest)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 10
    return int(solver.objective_value) if solver.solve(model) == cp_model.OPTIMAL else None


def _may_sit(problem: Problem, one: str, table: int) -> bool:
    return problem.fixed_table.get(one, table) == table and table in problem.allowed_tables.get(one, (table,))


def main() -> None:
    """Plan some halls and print how many plans have the exact fewest meetings, and prove it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--halls", type=int, default=500)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first hall")
    given = parser.parse_args()
    short, known, proven, seconds = 0, 0, 0, 0.0
    for seed in range(given.first, given.first + given.halls):
        problem = scarce_hall(seed)
        started = time.process_time()
        made = plan(problem, seed=seed)
        seconds += time.process_time() - started
        exact = exact_fewest(problem)
        certificate = made.certificate
        known += exact is not None
        short += exact is not None and certificate.fewest_meetings < exact
        proven += certificate.fewest_bound == certificate.fewest_meetings
        if faults := check(problem, made):
            print(f"hall {seed}: {faults[0]}")
    print(f"{given.halls} halls, the exact fewest known of {known}: {short} plans below it, {proven} proven,")
    print(f"{seconds / given.halls:.2f} CPU seconds a plan")


if __name__ == "__main__":
    main()
