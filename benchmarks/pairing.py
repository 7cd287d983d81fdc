"""Measure the planner beside simpler ways to pair people, in one run on one machine.

    python benchmarks/pairing.py [--people 60 200 1000] [--rounds 8] [--seed 0] [--repeat 5]

Prints, for each size and method, the share of the proven bound, CPU seconds and their ratio to the planner's, then
re-planning with 5 % of the people absent. Methods that plan round by round pair the people who have not met, again
and again: greedily by score, by scipy's assignment, by a maximum-weight matching of rustworkx and of networkx (both
optional; networkx only up to 200 people, where a round takes seconds). Problems are made here: people of teams and
communities with bags of datasets, scored by TF-IDF cosine, each with 50 candidates, and nobody meets their own team.
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from statistics import median

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction.text import TfidfTransformer

from matchmaker.scheduling.plan import Plan
from matchmaker.scheduling.planner import plan
from matchmaker.scheduling.problem import Person, Problem, Round

Scores = dict[tuple[int, int], float]
Matching = list[tuple[int, int]]
CANDIDATES = 50


def problem(people: int, rounds: int, seed: int) -> Problem:
    """Return a problem of `people` in teams of about ten, each with a bag of datasets of their community."""
    rng = np.random.default_rng([seed, people])
    datasets, community = 250 + people, rng.integers(0, 25, people)
    team = rng.integers(0, max(1, people // 10), people)
    counts = np.zeros((people, datasets))
    for person in range(people):
        size = 4 + rng.poisson(10)
        shared = rng.zipf(1.5, size) % datasets
        counts[person, (shared + 37 * community[person] * (rng.random(size) < 0.65)) % datasets] += 1
    rows = TfidfTransformer().fit_transform(counts)
    pairs: Scores = {}
    for person in range(people):
        cosine = np.asarray((rows[person] @ rows.T).todense()).ravel()
        cosine[team == team[person]] = -1.0
        best = np.argpartition(-cosine, min(CANDIDATES, people - 1))[:CANDIDATES]
        pairs.update(
            {(min(person, b), max(person, b)): float(cosine[b]) for b in best.tolist() if cosine[b] >= 0}
        )
    ids = [f"p{i}" for i in range(people)]
    return Problem(
        people=tuple(Person(one) for one in ids),
        rounds=(Round(people // 2),) * rounds,
        pairs=tuple((ids[a], ids[b], min(1.0, round(score, 6))) for (a, b), score in pairs.items()),
    )


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


METHODS: dict[str, tuple[Callable[[int, Scores], Matching], int, str | None]] = {
    "greedy": (greedy, 5000, None),
    "scipy assignment": (assignment, 1000, None),
    "rustworkx": (rustworkx_blossom, 1000, "rustworkx"),
    "networkx": (networkx_blossom, 200, "networkx"),
}
"""Method by name, with the most people it is run for and the library it needs."""


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
    asked = problem(people, rounds, seed)
    made = plan(asked, seed=seed)
    bound, ours = made.certificate.bound, timed(lambda: plan(asked, seed=seed), repeat)
    print(f"{people:>6}  {'all rounds at once':<22}{made.certificate.total / bound:9.5f}{ours:10.3f} s")
    for name, (method, most, library) in METHODS.items():
        if people > most or library and not available(library):
            continue
        started = time.process_time()
        total = round_by_round(method, asked, rounds)
        seconds = time.process_time() - started
        print(
            f"{people:>6}  {name:<22}{total / bound:9.5f}{seconds:10.3f} s   {seconds / ours:8.1f} times ours"
        )
    if people > METHODS["rustworkx"][1] and available("rustworkx"):
        seconds = timed(lambda: round_by_round(rustworkx_blossom, asked, 1), 1)
        print(
            f"{people:>6}  {'rustworkx, one round':<22}{'':9}{seconds:10.3f} s   {seconds / ours:8.1f} times ours"
        )
    measure_replanning(asked, made, repeat)


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
    share = f"{kept / possible:9.5f}{seconds:10.3f} s   of printed pairs kept"
    print(f"{len(people):>6}  {'re-plan, 5 % absent':<22}{share}")


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
    parser.add_argument("--people", type=int, nargs="+", default=[60, 200, 1000])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    print(f"people  {'method':<22}{'of bound':>9}{'CPU':>10}")
    for people in given.people:
        measure(people, given.rounds, given.seed, given.repeat)


if __name__ == "__main__":
    main()
