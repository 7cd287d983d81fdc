"""Measure how much of its proven bound a plan reaches where people have needs: trios, supporters, rests, mixing.

    python -m benchmarks.every_rule [--people 199] [--seeds 3]

Each rule by itself, then all of them together with wishes and a few step-free tables. Prints the share of the bound
on plans as fair, CPU seconds, and how many rules the checker finds broken. Problems are made by `events.py`.
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.events import made_up_problem
from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.problem import Mixing, Problem, Rest
from matchmaker.scheduling.solver.planner import plan

ROUNDS, CANDIDATES = 8, 50

Rule = Callable[[Problem, random.Random], Problem]


def trios(problem: Problem, chance: random.Random) -> Problem:
    """Let forty people agree to meet in threes."""
    return replace(problem, trios=frozenset(one.id for one in chance.sample(problem.people, 40)))


def trios_of_all(problem: Problem, chance: random.Random) -> Problem:
    """Let everybody agree to meet in threes."""
    return replace(problem, trios=True)


def helpers(problem: Problem, chance: random.Random) -> Problem:
    """Give three supporters three people each."""
    some = [one.id for one in chance.sample(problem.people, 9)]
    return replace(problem, helpers={f"h{i}": tuple(some[3 * i : 3 * i + 3]) for i in range(3)})


def rests(problem: Problem, chance: random.Random) -> Problem:
    """Let ten people ask for rests."""
    some = chance.sample(problem.people, 10)
    kinds = [Rest(most=5), Rest(in_a_row=3)]
    return replace(problem, rests={one.id: kinds[i % 2] for i, one in enumerate(some)})


def mixing(problem: Problem, chance: random.Random) -> Problem:
    """Make two in five people guests, and let everybody meet two of the other side."""
    people = tuple(
        replace(one, pool="outside" if chance.random() < 0.4 else "inside") for one in problem.people
    )
    return replace(problem, people=people, mixing=Mixing(2))


def wishes(problem: Problem, chance: random.Random) -> Problem:
    """Let three in ten people have a wish."""
    some = chance.sample(problem.pairs, len(problem.people) * 3 // 10)
    return replace(problem, wanted=tuple((a, b) for a, b, _ in some))


def step_free(problem: Problem, chance: random.Random) -> Problem:
    """Give eight people four tables that suit them."""
    some = chance.sample(problem.people, 8)
    return replace(problem, allowed_tables={one.id: frozenset({1, 2, 3, 4}) for one in some})


RULES: dict[str, tuple[Rule, ...]] = {
    "no rule": (),
    "trios of forty": (trios,),
    "trios of all": (trios_of_all,),
    "supporters": (helpers,),
    "rests": (rests,),
    "mixing": (mixing,),
    "step-free tables": (step_free,),
    "all together": (trios, helpers, rests, mixing, wishes, step_free),
    "all, trios of all": (trios_of_all, helpers, rests, mixing, wishes, step_free),
}


def main() -> None:
    """Measure each rule for so many seeds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=199)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    for name, rules in RULES.items():
        shares, seconds, broken = [], [], 0
        for seed in range(given.seeds):
            problem, chance = made_up_problem(given.people, ROUNDS, seed, CANDIDATES), random.Random(seed)
            for rule in rules:
                problem = rule(problem, chance)
            started = time.process_time()
            made = plan(problem, seed=seed)
            seconds.append(time.process_time() - started)
            shares.append(made.certificate.ratio)
            broken += len(check(problem, made))
        shown = " ".join(f"{share:.6f}" for share in shares)
        print(f"{name:<20}{shown}   {max(seconds):6.2f} s at most, {broken} rules broken", flush=True)


if __name__ == "__main__":
    main()
