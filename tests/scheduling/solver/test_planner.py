"""Plans keep every rule, are fair, and are the same for the same problem and seed."""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Certificate, Plan
from matchmaker.scheduling.problem.problem import (
    HostTable,
    LockedMeeting,
    Mixing,
    Person,
    Problem,
    ProblemError,
    Rest,
    Round,
)
from matchmaker.scheduling.solver import colour, exact, improve, place
from matchmaker.scheduling.solver.planner import plan
from tests.tries import tries

SEEDS = st.integers(0, 2**32)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Problems of up to 16 people in which any of the rules may meet any other."""
    n, rounds = draw(st.integers(0, 16)), draw(st.integers(0, 6))
    # Drawing every pair from hypothesis would take longer than planning.
    chance, share = random.Random(draw(SEEDS)), st.sampled_from([0.0, 0.1, 0.4, 1.0])
    ids = [f"p{i}" for i in range(n)]
    pairs = list(combinations(ids, 2))
    density, away, tied, closed = draw(share), draw(share), draw(share), draw(share) / 4
    limited, pools = draw(share), draw(st.sampled_from([(None,), ("inside", "outside", None)]))
    tables = draw(st.sampled_from([0, 1, n // 4, n // 2, n]))

    def some(portion: float) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in pairs if chance.random() < portion)

    def a_round(count: int) -> Round:
        shut = frozenset(one for one in range(1, count + 1) if chance.random() < closed)
        return Round(count, shut, after_break=chance.random() < 0.2)

    def sometimes_there() -> frozenset[int] | None:
        if chance.random() >= away:
            return None
        return frozenset(r for r in range(1, rounds + 1) if chance.random() < 0.7)

    problem = Problem(
        people=tuple(Person(one, sometimes_there(), chance.choice(pools)) for one in ids),
        rounds=tuple(a_round(max(0, tables + chance.randint(-1, 1))) for _ in range(rounds)),
        pairs=tuple((a, b, chance.random()) for a, b in some(density)),
        forbidden=some(draw(share) / 3),
        wanted=some(draw(share) / 4),
        fixed_table={one: chance.randint(1, tables + 1) for one in ids if chance.random() < tied / 2},
        allowed_tables={
            one: frozenset(chance.choices(range(1, tables + 2), k=2))
            for one in ids
            if chance.random() < tied / 3
        },
        trios=draw(st.sampled_from([True, False, frozenset(ids[: n // 2])])),
        fill=draw(st.booleans()),
        met=some(draw(share) / 5),
        met_before=some(draw(share) / 5),
        apart=some(draw(share) / 3),
        double=some(draw(share) / 6),
        rests={
            one: Rest(
                *chance.choice([(chance.randint(0, rounds), None), (None, chance.randint(1, 3)), (3, 2)])
            )
            for one in ids
            if chance.random() < limited / 3
        },
        helpers={
            f"h{number}": tuple(chance.sample(ids, min(n, chance.randint(1, 4))))
            for number in range(chance.randint(0, 2) if limited else 0)
        },
        mixing=draw(st.sampled_from([None, Mixing(1), Mixing(3)])),
        gentle=draw(st.booleans()),
    )
    problem = with_host_tables(problem, chance) if draw(st.booleans()) else problem
    return locked_by_hand(problem, chance) if draw(st.booleans()) else problem


def with_host_tables(problem: Problem, chance: random.Random) -> Problem:
    """The problem with up to two host tables; what the rules do not allow is refused and left out."""
    ids = [person.id for person in problem.people]
    for _ in range(2 if len(ids) > 4 and problem.rounds else 0):
        number = chance.randint(1, len(problem.rounds))
        table = chance.randint(1, problem.rounds[number - 1].tables + 1)
        host, *others = chance.sample(ids, 5)
        one = HostTable(table, number, host, chance.randint(2, 5), tuple(others[:1]), tuple(others[1:]))
        with suppress(ProblemError):
            problem = replace(problem, host_tables=(*problem.host_tables, one))
    return problem


def locked_by_hand(problem: Problem, chance: random.Random) -> Problem:
    """The problem with up to four meetings locked; what the rules do not allow is refused and left out."""
    for _ in range(4 if problem.people and problem.rounds else 0):
        number = chance.randint(1, len(problem.rounds))
        people = tuple(chance.choice(problem.people).id for _ in range(chance.choice([2, 2, 3])))
        table = chance.randint(1, problem.rounds[number - 1].tables + 1)
        meetings = (*problem.locked_meetings, LockedMeeting(number, table, people))
        with suppress(ProblemError):
            problem = replace(problem, locked_meetings=meetings)
    return problem


@contextmanager
def few_tries() -> Iterator[None]:
    """Let the planner try less hard: rules hold however good a plan is, and thousands of plans take their time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(colour, "WALK", 0)
        patch.setattr(place, "WORK", 0)
        patch.setattr(improve, "MOST", 2)
        patch.setattr(exact, "MOST_ENTRIES", 0)
        yield


@tries(200)
@given(problems(), st.integers(0, 3))
def test_a_plan_keeps_every_rule_whatever_they_are(problem: Problem, seed: int) -> None:
    with few_tries():
        made = plan(problem, seed=seed)
    assert [str(fault) for fault in check(problem, made)] == []


@tries(30)
@given(problems())
def test_the_order_of_rows_changes_nothing(problem: Problem) -> None:
    shuffled = replace(
        problem,
        people=tuple(reversed(problem.people)),
        pairs=tuple((b, a, score) for a, b, score in reversed(problem.pairs)),
        forbidden=tuple(reversed(problem.forbidden)),
        wanted=tuple((b, a) for a, b in reversed(problem.wanted)),
        fixed_table=dict(reversed(list(problem.fixed_table.items()))),
        allowed_tables=dict(reversed(list(problem.allowed_tables.items()))),
        locked_meetings=tuple(reversed(problem.locked_meetings)),
        met=tuple(reversed(problem.met)),
        double=tuple(reversed(problem.double)),
        met_before=tuple(reversed(problem.met_before)),
        apart=tuple(reversed(problem.apart)),
    )
    assert plan(shuffled).meetings == plan(problem).meetings


def everyone(n: int, rounds: int, tables: int | None = None, **rules: object) -> Problem:
    """A problem in which any two of n people may meet."""
    ids = [f"p{i}" for i in range(n)]
    pairs = tuple((a, b, (int(a[1:]) * 7 + int(b[1:]) * 13) % 101 / 101) for a, b in combinations(ids, 2))
    people = tuple(Person(one) for one in ids)
    seats = n // 2 if tables is None else tables
    return Problem(people, tuple(Round(seats) for _ in range(rounds)), pairs, **rules)  # type: ignore[arg-type]


def meetings_of(made: Plan) -> dict[str, int]:
    counts: dict[str, int] = {}
    for meeting in made.meetings:
        for person in meeting.people:
            counts[person] = counts.get(person, 0) + 1
    return counts


@pytest.mark.parametrize(
    "problem",
    [everyone(0, 3), everyone(1, 3), everyone(4, 0), everyone(6, 2, tables=0)],
    ids=["nobody", "one person", "no rounds", "no tables"],
)
def test_where_nobody_can_meet_the_plan_is_empty(problem: Problem) -> None:
    made = plan(problem)
    assert made.meetings == ()
    figures = replace(made.certificate, fewest_limit=None)
    sit_outs = made.certificate.double_sit_outs
    assert figures == Certificate(0.0, 0.0, 0.0, 1.0, 0, sit_outs, fewest_bound=0)


def test_two_people_meet_once_however_many_rounds_there_are() -> None:
    made = plan(everyone(2, 3))
    assert [meeting.people for meeting in made.meetings] == [("p0", "p1")]
    assert made.certificate.double_sit_outs == 2


def test_a_person_whose_every_partner_is_forbidden_stops_nobody_else() -> None:
    problem = everyone(5, 3, forbidden=tuple(("p0", f"p{i}") for i in range(1, 5)))
    made = plan(problem)
    assert meetings_of(made) == {"p1": 3, "p2": 3, "p3": 3, "p4": 3}
    assert check(problem, made) == []


def test_with_an_odd_number_a_different_person_sits_out_each_round() -> None:
    made = plan(everyone(9, 5))
    assert len(made.meetings) == 5 * 4
    assert sorted(meetings_of(made).values()) == [4, 4, 4, 4, 4, 5, 5, 5, 5]


def test_with_an_odd_number_and_trios_nobody_sits_out() -> None:
    problem = everyone(11, 4, trios=True)
    made = plan(problem)
    assert set(meetings_of(made).values()) == {4}
    assert [len(meeting.people) for meeting in made.meetings].count(3) == 4
    assert check(problem, made) == []


def test_people_who_both_asked_meet_even_at_a_low_score() -> None:
    made = plan(everyone(12, 2, wanted=(("p0", "p1"), ("p2", "p3"), ("p0", "p4"))))
    met = {meeting.people for meeting in made.meetings}
    assert {("p0", "p1"), ("p2", "p3"), ("p0", "p4")} <= met
    assert made.certificate.unmet == ()


def test_an_impossible_wish_is_listed_with_its_reason() -> None:
    people = (Person("ana", frozenset({1})), Person("bo", frozenset({2})), Person("cy"))
    problem = Problem(
        people,
        (Round(1), Round(1)),
        (("ana", "cy", 0.5), ("bo", "cy", 0.5)),
        forbidden=(("ana", "cy"),),
        wanted=(("bo", "ana"), ("cy", "ana"), ("bo", "cy")),
    )
    assert [(unmet.people, unmet.because) for unmet in plan(problem).certificate.unmet] == [
        (("ana", "bo"), "ana and bo are never there together."),
        (("ana", "cy"), "ana and cy must never meet."),
    ]


def test_a_person_with_a_fixed_table_always_sits_there() -> None:
    problem = everyone(10, 4, fixed_table={"p3": 5, "p4": 1})
    made = plan(problem)
    assert {meeting.table for meeting in made.meetings if "p3" in meeting.people} == {5}
    assert {meeting.table for meeting in made.meetings if "p4" in meeting.people} == {1}
    assert check(problem, made) == []


def test_people_who_need_one_table_meet_there_once_and_take_turns() -> None:
    problem = everyone(8, 4, fixed_table={"p0": 1, "p1": 1})
    counts = meetings_of(plan(problem))
    assert sorted((counts["p0"], counts["p1"])) == [2, 3]


def test_too_few_tables_leave_nobody_out_twice_before_everybody_once() -> None:
    made = plan(everyone(12, 4, tables=4))
    assert len(made.meetings) == 16
    assert set(meetings_of(made).values()) == {2, 3}


def test_progress_is_told_from_start_to_end() -> None:
    told: list[tuple[int, int]] = []
    plan(everyone(6, 2), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_another_seed_breaks_ties_another_way() -> None:
    ids = [f"p{i}" for i in range(10)]
    pairs = tuple((a, b, 0.5) for a, b in combinations(ids, 2))
    problem = Problem(tuple(Person(one) for one in ids), (Round(5), Round(5)), pairs)
    assert plan(problem, seed=1).meetings != plan(problem, seed=2).meetings
