"""Measure the planner beside simpler ways to pair people, in one run on one machine.

    python -m benchmarks.pairing [--people 60 200 1000 5000] [--rounds 8] [--seed 0] [--repeat 5]

Prints, for each size and method, the share of the proven bound, CPU seconds and their ratio to the planner's, then
re-planning with 5 % of the people absent. Methods that plan round by round pair the people who have not met, again
and again: greedily by score, by scipy's assignment, by a maximum-weight matching of rustworkx and of networkx (`pip
install --group bench` brings both). Where all rounds would take too long, one round is measured and says so. From
20,000 people on, the planner is measured alone, with 30 candidates each instead of 50. Problems are made by
`events.py`.
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from statistics import median

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.events import made_up_problem
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.planner import plan

Scores = dict[tuple[int, int], float]
Matching = list[tuple[int, int]]
CANDIDATES, FEWER, ALONE = 50, 30, 20_000
"""Candidates of each person; of so many people or more, fewer."""


def greedy(people: int, scores: Scores) -> Matching:
    """Return pairs by falling score."""
    taken: set[int] = set()
    matching = []
    for a, b in sorted(scores, key=lambda pair: -scores[pair]):
        if a not in taken and b not in taken:
            taken |= {a, b}
            matching.append((a, b))
    return matching


def assignment(people: int, scores: Scores) -> Matching:
    """Return pairs from an optimal assignment of people to people, whose cycles are cut into pairs greedily."""
    cost = np.full((people, people), 1e3)
    for (a, b), score in scores.items():
        cost[a, b] = cost[b, a] = -score
    _, to = linear_sum_assignment(cost)
    chosen = {(min(a, b), max(a, b)) for a, b in enumerate(to.tolist())}
    matching = greedy(people, {pair: scores[pair] for pair in sorted(chosen) if pair in scores})
    taken = {one for pair in matching for one in pair}
    return matching + greedy(
        people, {p: s for p, s in scores.items() if p[0] not in taken and p[1] not in taken}
    )


def rustworkx_blossom(people: int, scores: Scores) -> Matching:
    """Return a maximum-weight matching among those with most pairs, by rustworkx."""
    library = import_module("rustworkx")
    graph = library.PyGraph()
    graph.add_nodes_from(range(people))
    graph.add_edges_from([(a, b, int(score * 1_000_000)) for (a, b), score in scores.items()])
    return list(library.max_weight_matching(graph, max_cardinality=True, weight_fn=int))


def networkx_blossom(people: int, scores: Scores) -> Matching:
    """Return a maximum-weight matching among those with most pairs, by networkx."""
    library = import_module("networkx")
    graph = library.Graph()
    graph.add_weighted_edges_from((a, b, score) for (a, b), score in scores.items())
    return list(library.max_weight_matching(graph, maxcardinality=True))


@dataclass(frozen=True)
class Method:
    """A way to pair one round, the most people it is run for in all rounds and in one, and the library it needs."""

    pair: Callable[[int, Scores], Matching]
    all_rounds: int
    one_round: int
    library: str | None = None


METHODS = {
    "greedy": Method(greedy, 5000, 5000),
    "scipy assignment": Method(assignment, 1000, 1000),
    "rustworkx": Method(rustworkx_blossom, 1000, 5000, "rustworkx"),
    "networkx": Method(networkx_blossom, 200, 1000, "networkx"),
}


def round_by_round(method: Callable[[int, Scores], Matching], asked: Problem, rounds: int) -> float:
    """Return the total of pairing everybody again and again, never a pair twice."""
    number = {person.id: i for i, person in enumerate(asked.people)}
    left = {(min(number[a], number[b]), max(number[a], number[b])): score for a, b, score in asked.pairs}
    total = 0.0
    for _ in range(rounds):
        for a, b in method(len(number), left):
            total += left.pop((min(a, b), max(a, b)))
    return total


def timed(work: Callable[[], object], repeat: int) -> float:
    """Return the median CPU seconds of `work`."""
    seconds = []
    for _ in range(repeat):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return median(seconds)


def measure(people: int, rounds: int, seed: int, repeat: int) -> None:
    """Print one line for each method, and one for re-planning."""
    asked = made_up_problem(people, rounds, seed, CANDIDATES if people < ALONE else FEWER)
    made = plan(asked, seed=seed)
    bound, ours = made.certificate.bound, timed(lambda: plan(asked, seed=seed), repeat)
    fair = f"{made.certificate.ratio:.6f} of the best plan as fair"
    line(people, "all rounds at once", made.certificate.total / bound, ours, fair)
    if people >= ALONE:
        return
    for name, method in METHODS.items():
        if people > method.one_round or method.library and not available(method.library):
            continue
        started = time.process_time()
        whole = people <= method.all_rounds
        total = round_by_round(method.pair, asked, rounds if whole else 1)
        seconds = time.process_time() - started
        if whole:
            line(people, name, total / bound, seconds, f"{seconds / ours:8.1f} times ours")
        else:
            line(people, f"{name}, one round", None, seconds, f"{seconds / ours:8.1f} times ours")
    measure_replanning(asked, made, repeat)


def line(people: int, name: str, share: float | None, seconds: float, more: str = "") -> None:
    """Print one line of the table."""
    of_bound = " " * 9 if share is None else f"{share:9.5f}"
    print(f"{people:>6}  {name:<24}{of_bound}{seconds:10.3f} s   {more}", flush=True)


def measure_replanning(asked: Problem, made: Plan, repeat: int) -> None:
    """Print what stays of a plan when one person in twenty is absent."""
    chance = random.Random(1)
    absent = {person.id for person in asked.people if chance.random() < 0.05}
    people = tuple(replace(one, rounds=frozenset()) if one.id in absent else one for one in asked.people)
    today = replace(asked, people=people)
    again = plan(today, keep=made)
    possible = sum(absent.isdisjoint(meeting.people) for meeting in made.meetings)
    kept = again.certificate.changes.kept if again.certificate.changes else 0
    seconds = timed(lambda: plan(today, keep=made), repeat)
    line(len(people), "re-plan, 5 % absent", kept / possible, seconds, "of printed pairs kept")


def available(library: str) -> bool:
    """Whether an optional library is installed."""
    try:
        import_module(library)
    except ImportError:
        return False
    return True


def main() -> None:
    """Read the sizes to measure and measure them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="+", default=[60, 200, 1000, 5000])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    print(f"people  {'method':<24}{'of bound':>9}{'CPU':>10}")
    for people in given.people:
        measure(people, given.rounds, given.seed, given.repeat)


if __name__ == "__main__":
    main()
