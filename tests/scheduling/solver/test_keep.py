"""Re-planning keeps what still holds, changes the least there can be, and keeps every rule."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Changes, Meeting, Plan
from matchmaker.scheduling.problem.problem import Person, Problem, Rest, Round
from matchmaker.scheduling.solver.planner import plan
from tests.tries import tries

IDS = [f"p{i}" for i in range(16)]
PROBLEM = Problem(
    people=tuple(Person(one) for one in IDS),
    rounds=(Round(8),) * 5,
    pairs=tuple((a, b, (7 * int(a[1:]) + 13 * int(b[1:])) % 101 / 101) for a, b in combinations(IDS, 2)),
    wanted=(("p0", "p5"),),
)


def slots(made: Plan) -> set[tuple[int, int, tuple[str, ...]]]:
    return {(meeting.round, meeting.table, meeting.people) for meeting in made.meetings}


def absent(problem: Problem, *gone: str, from_round: int = 1) -> Problem:
    there = frozenset(range(1, from_round))
    people = (replace(one, rounds=there) if one.id in gone else one for one in problem.people)
    return replace(problem, people=tuple(people))


@pytest.fixture(scope="module")
def printed() -> Plan:
    return plan(PROBLEM)


def test_nothing_changes_where_nothing_happened(printed: Plan) -> None:
    again = plan(PROBLEM, seed=5, keep=printed)
    assert again.meetings == printed.meetings
    assert again.certificate.changes == Changes(kept=40, moved=0, dropped=0, added=0, least=0)


def test_only_the_meetings_of_the_absent_change_and_those_left_over_meet(printed: Plan) -> None:
    problem = absent(PROBLEM, "p3", "p4")
    again = plan(problem, keep=printed)
    orphaned = {slot for slot in slots(printed) if {"p3", "p4"} & set(slot[2])}
    assert slots(printed) - orphaned <= slots(again)
    assert check(problem, again) == []
    changes = again.certificate.changes
    assert changes is not None
    assert (changes.kept, changes.dropped, changes.least) == (
        40 - len(orphaned),
        len(orphaned),
        len(orphaned),
    )
    assert changes.added > 0


def test_rounds_before_somebody_leaves_stay_as_they_were(printed: Plan) -> None:
    again = plan(absent(PROBLEM, "p3", from_round=3), keep=printed)
    assert {slot for slot in slots(again) if slot[0] < 3} == {slot for slot in slots(printed) if slot[0] < 3}


def test_a_locked_round_gets_no_new_meetings() -> None:
    earlier = plan(replace(PROBLEM, rounds=(Round(0), *PROBLEM.rounds[1:])))
    again = plan(replace(PROBLEM, locked=frozenset({1})), keep=earlier)
    assert {meeting.round for meeting in again.meetings} == {2, 3, 4, 5}
    assert slots(again) == slots(earlier)


def test_a_newcomer_is_placed_with_whoever_is_left_over(printed: Plan) -> None:
    newcomer = replace(
        absent(PROBLEM, "p3"),
        people=(*absent(PROBLEM, "p3").people, Person("new")),
        pairs=(*PROBLEM.pairs, *((one, "new", 0.5) for one in IDS)),
    )
    again = plan(newcomer, keep=printed)
    assert sum("new" in meeting.people for meeting in again.meetings) == 5
    assert check(newcomer, again) == []


def test_a_meeting_whose_table_is_lost_moves_and_the_others_stay(printed: Plan) -> None:
    earlier = plan(absent(PROBLEM, "p3", "p4"))
    at_8 = replace(earlier, meetings=(replace(earlier.meetings[0], table=8), *earlier.meetings[1:]))
    problem = absent(replace(PROBLEM, rounds=(Round(7),) * 5), "p3", "p4")
    again = plan(problem, keep=at_8)
    assert again.certificate.changes == Changes(kept=34, moved=1, dropped=0, added=0, least=1)
    assert [meeting.people for meeting in again.meetings if meeting.round == 1] != []
    assert check(problem, again) == []


@pytest.mark.parametrize("fill", [False, True])
def test_a_pair_that_is_now_forbidden_no_longer_meets(fill: bool, printed: Plan) -> None:
    a, b = printed.meetings[0].people
    problem = replace(PROBLEM, forbidden=((a, b),), fill=fill)
    again = plan(problem, keep=printed)
    assert check(problem, again) == []
    assert again.certificate.changes is not None
    assert again.certificate.changes.kept == 39


def test_of_two_meetings_of_three_in_a_round_one_stays(printed: Plan) -> None:
    pairs = tuple((a, b, 0.5) for a, b in combinations(IDS[:6], 2))
    problem = Problem(PROBLEM.people[:6], (Round(3),), pairs, trios=True)
    two = tuple(Meeting(1, table, tuple(IDS[at : at + 3]), 0.5) for table, at in ((1, 0), (2, 3)))
    again = plan(problem, keep=replace(printed, meetings=two))
    assert check(problem, again) == []
    assert again.certificate.changes == Changes(kept=1, moved=0, dropped=1, added=1, least=1)


def test_the_rounds_of_an_earlier_plan_keep_their_order_though_another_would_be_gentler(
    printed: Plan,
) -> None:
    pairs = (("p0", "p1", 0.1), ("p2", "p3", 0.1), ("p0", "p2", 0.9), ("p1", "p3", 0.9))
    problem = Problem(PROBLEM.people[:4], (Round(2),) * 2, pairs, gentle=True)
    at = ((1, 1), (1, 2), (2, 1), (2, 2))
    held = tuple(Meeting(*where, one[:2], one[2]) for where, one in zip(at, pairs, strict=True))
    assert plan(problem, keep=replace(printed, meetings=held)).meetings == held


def test_meetings_that_never_could_be_are_dropped(printed: Plan) -> None:
    nonsense = (
        Meeting(9, 1, ("p0", "p1"), 0.0),
        Meeting(1, 99, ("p0", "zed"), 0.0),
        Meeting(1, 1, ("p0", "p0"), 0.0),
        Meeting(1, 1, ("p0",), 0.0),
    )
    again = plan(PROBLEM, keep=replace(printed, meetings=nonsense))
    assert check(PROBLEM, again) == []
    assert again.certificate.changes is not None
    assert again.certificate.changes.dropped == 4


def test_somebody_who_comes_back_has_their_old_meetings_again_where_those_are_free(printed: Plan) -> None:
    without = plan(absent(PROBLEM, "p3", "p4"), keep=printed)
    again = plan(PROBLEM, keep=without, older=[printed])
    assert check(PROBLEM, again) == []
    assert slots(without) <= slots(again)
    met_meanwhile = {(slot[0], one) for slot in slots(without) for one in slot[2]}
    free = {
        slot
        for slot in slots(printed) - slots(without)
        if all((slot[0], one) not in met_meanwhile for one in slot[2])
    }
    assert free
    back = {(slot[0], slot[2]) for slot in slots(again)}
    pairs = {slot[2] for slot in slots(without)}
    assert {(slot[0], slot[2]) for slot in free if slot[2] not in pairs} <= back


def test_those_who_now_rest_give_up_as_few_meetings_as_can_be(printed: Plan) -> None:
    problem = replace(PROBLEM, rests={"p3": Rest(most=3), "p4": Rest(most=3), "p5": Rest(in_a_row=2)})
    again = plan(problem, keep=printed)
    assert check(problem, again) == []
    changes = again.certificate.changes
    assert changes is not None
    together = sum({"p3", "p4"} <= set(slot[2]) for slot in slots(printed))
    assert changes.least == changes.dropped
    assert 3 <= changes.dropped <= 5 - together


@tries(60)
@given(
    gone=st.sets(st.sampled_from(IDS), max_size=6),
    from_round=st.integers(1, 5),
    tables=st.lists(st.integers(0, 9), min_size=5, max_size=5),
    fixed=st.dictionaries(st.sampled_from(IDS), st.integers(1, 9), max_size=3),
    trios=st.booleans(),
    seed=st.integers(0, 9),
)
def test_whatever_happens_the_new_plan_keeps_every_rule(
    gone: set[str], from_round: int, tables: list[int], fixed: dict[str, int], trios: bool, seed: int
) -> None:
    printed = plan(PROBLEM, seed=seed)
    problem = replace(
        absent(PROBLEM, *gone, from_round=from_round),
        rounds=tuple(Round(count) for count in tables),
        fixed_table=fixed,
        trios=trios,
    )
    again = plan(problem, keep=printed)
    assert [str(fault) for fault in check(problem, again)] == []
    changes = again.certificate.changes
    assert changes is not None
    assert changes.kept == len(slots(printed) & slots(again))
    assert changes.kept + changes.moved + changes.dropped == len(printed.meetings)
    assert changes.least == changes.moved + changes.dropped
