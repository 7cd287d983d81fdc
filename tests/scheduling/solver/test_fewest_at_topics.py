"""Where there are topics, the bound on the fewest meetings counts tables, and seats at topics beside them."""

from dataclasses import replace
from itertools import combinations

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import FewestLimit, Talk
from matchmaker.scheduling.problem.problem import Corner, Person, Problem, Round, TableTopic
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.fewest import Fewest
from matchmaker.scheduling.solver.fewest_at_topics import fewest_at_topics
from matchmaker.scheduling.solver.planner import plan

IDS = tuple(f"p{i}" for i in range(8))
EVENT = Problem(
    people=tuple(map(Person, IDS)),
    rounds=(Round(0), Round(0), Round(4), Round(4)),
    pairs=tuple((a, b, 0.5) for a, b in combinations(IDS, 2)),
    corners=(Corner("A", 6, frozenset({1, 2})), Corner("B", 6, frozenset({1, 2}))),
    topics=(
        TableTopic("rivers", ("p0",), 6, ("p1", "p2", "p3", "p4", "p5", "p6"), times=2),
        TableTopic("soil", ("p1",), 6, ("p0", "p2", "p3", "p4", "p5")),
    ),
)


def bound(problem: Problem, talks: tuple[Talk, ...] = ()) -> Fewest:
    return fewest_at_topics(problem, build(problem, seed=0), talks, seed=0)


@pytest.mark.parametrize(
    ("problem", "most", "limit"),
    [
        (EVENT, 2, FewestLimit(("p7",), "p7 can have 2 meetings at tables and be at 0 topics.")),
        (
            replace(EVENT, people=(*EVENT.people[:7], Person("p7", frozenset({3})))),
            1,
            FewestLimit(("p7",), "p7 can be at a table or a topic in 1 rounds."),
        ),
        (
            replace(EVENT, people=(*EVENT.people[1:], Person("p0", frozenset({1})))),
            1,
            FewestLimit(("p0",), "p0 can be at a table or a topic in 1 rounds."),
        ),
        (
            replace(EVENT, rounds=(Round(0), Round(0), Round(1), Round(1))),
            2,
            FewestLimit(("p7",), "p7 can have 2 meetings at tables and be at 0 topics."),
        ),
        (
            replace(EVENT, rounds=(Round(0), Round(0), Round(1), Round(0))),
            1,
            FewestLimit(("p7",), "p7 can have 1 meetings at tables and be at 0 topics."),
        ),
        (
            replace(
                EVENT,
                rounds=(Round(0), Round(1), Round(1), Round(1)),
                corners=(Corner("A", 4, frozenset({1})),),
            ),
            1,
            FewestLimit(IDS, "8 people can sit at 1 tables only, with 6 places for them, and 4 at topics."),
        ),
        (
            # Both topics could have more seats in the last two rounds, in which everybody has a table anyway.
            replace(
                EVENT,
                corners=(Corner("A", 6),),
                topics=tuple(replace(one, stars=IDS[2:], times=4, seats=6) for one in EVENT.topics),
            ),
            3,
            FewestLimit(IDS, "8 people have 28 places, each in one a round, at tables and topics."),
        ),
        (
            # In each of the first two rounds there is a corner for one topic, which only three want or host.
            replace(
                EVENT,
                corners=(Corner("A", 8),),
                topics=tuple(
                    TableTopic(f"t{i}", (one,), 8, (IDS[(i + 1) % 8], IDS[(i + 2) % 8]), times=4)
                    for i, one in enumerate(IDS)
                ),
            ),
            2,
            FewestLimit(IDS, "8 people have 22 places, each in one a round, at tables and topics."),
        ),
    ],
)
def test_the_certificate_says_what_limits_and_the_checker_counts_it_anew(
    problem: Problem, most: int, limit: FewestLimit
) -> None:
    found = bound(problem)
    assert (found.most, found.limit) == (most, limit)
    assert check(problem, plan(problem)) == []


def test_plans_are_made_to_reach_what_the_talks_leave() -> None:
    talks = (Talk(1, "A", "rivers", ("p0", "p1", "p2")), Talk(2, "A", "soil", ("p1", "p4")))
    assert bound(EVENT, talks).floor == 2
    busy = replace(EVENT, rounds=(Round(0), Round(0), Round(4), Round(0)))
    assert bound(busy, talks).floor == 1
    at_a_table_then = (*talks, Talk(3, "A", "rivers", ("p0", "p5", "p6", "p7")))
    assert bound(replace(busy, corners=(Corner("A", 6),)), at_a_table_then).floor == 1


def test_of_nobody_nothing_is_bounded() -> None:
    nobody = replace(EVENT, people=tuple(Person(one, frozenset()) for one in IDS))
    assert bound(nobody) == Fewest(0, None, 0)
