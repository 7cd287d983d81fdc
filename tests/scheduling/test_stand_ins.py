"""Whoever is named as a reserve is free, allowed, and never met before or after."""

from itertools import combinations

from matchmaker.scheduling.problem.problem import Person, Problem, Rest, Round
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.stand_ins import reserves

IDS = [f"p{i}" for i in range(14)]
PROBLEM = Problem(
    people=tuple(Person(one, frozenset({1, 2, 3}) if one == "p13" else None) for one in IDS),
    rounds=(Round(5),) * 4,
    pairs=tuple((a, b, (7 * int(a[1:]) + 13 * int(b[1:])) % 101 / 101) for a, b in combinations(IDS, 2)),
    forbidden=(("p0", "p1"), ("p2", "p3")),
    met=(("p4", "p5"),),
    allowed_tables={"p6": frozenset({1, 2})},
    rests={"p7": Rest(most=2)},
)


def test_a_reserve_is_free_in_that_round_and_no_pair_meets_twice_whoever_stays_away() -> None:
    made = plan(PROBLEM)
    busy = {(meeting.round, one) for meeting in made.meetings for one in meeting.people}
    table = {(meeting.round, one): meeting.table for meeting in made.meetings for one in meeting.people}
    never = {frozenset(pair) for pair in (*PROBLEM.forbidden, *PROBLEM.met)}
    never |= {frozenset(meeting.people) for meeting in made.meetings}
    named = reserves(PROBLEM, made)
    assert len(named) >= 20
    seen = set()
    for (round_, person), others in named.items():
        assert (round_, person) in busy
        for other in others:
            assert (round_, other) not in busy
            assert other != "p7"
            assert (round_, other) != (4, "p13")
            assert other != "p6" or table[round_, person] in {1, 2}
            assert frozenset((person, other)) not in never
            assert frozenset((person, other)) not in seen
            seen.add(frozenset((person, other)))


def test_as_many_as_are_free_are_somebodys_first_reserve() -> None:
    people = tuple(Person(one) for one in IDS[:8])
    problem = Problem(people, (Round(2),), tuple((a, b, 0.5) for a, b in combinations(IDS[:8], 2)))
    named = reserves(problem, plan(problem))
    assert len(named) == 4
    assert len({others[0] for others in named.values()}) == 4


def test_where_nobody_is_free_there_is_no_reserve() -> None:
    pairs = tuple((a, b, 0.5) for a, b in combinations(IDS[:12], 2))
    problem = Problem(PROBLEM.people[:12], (Round(6),), pairs)
    assert reserves(problem, plan(problem)) == {}
