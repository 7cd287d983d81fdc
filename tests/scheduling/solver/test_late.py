"""People who come after a plan was made meet those who are in it, and little else changes."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Certificate, Changes, Meeting, Plan
from matchmaker.scheduling.problem.problem import (
    Corner,
    LockedMeeting,
    Person,
    Problem,
    Rest,
    Round,
    TableTopic,
)
from matchmaker.scheduling.solver import colour, exact
from matchmaker.scheduling.solver.planner import plan

IDS = [f"p{i:02}" for i in range(10)]
LATE = ("x", "y", "z")


@pytest.fixture(autouse=True, scope="module")
def only_quick_ways() -> Iterator[None]:
    """Small halls are not tried to the end, which takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "MOST_ENTRIES", 0)
        patch.setattr(colour, "WALK", 1)
        yield


def hall(seed: int, late: int, **rules: Any) -> Problem:
    """Ten people in four rounds, and up to three who come late."""
    chance = random.Random(seed)
    ids = [*IDS, *LATE[:late]]
    return Problem(
        people=tuple(map(Person, ids)),
        rounds=(Round(7),) * 4,
        pairs=tuple((a, b, round(chance.random(), 3)) for a, b in combinations(ids, 2)),
        **rules,
    )


def before(problem: Problem) -> Plan:
    """The plan that was made without them."""
    late = set(LATE)
    return plan(
        replace(
            problem,
            people=tuple(one for one in problem.people if one.id not in late),
            pairs=tuple(one for one in problem.pairs if late.isdisjoint(one[:2])),
            topics=tuple(replace(one, stars=tuple(set(one.stars) - late)) for one in problem.topics),
            helpers={name: tuple(x for x in some if x not in late) for name, some in problem.helpers.items()},
            apart=(),
            rests={one: rest for one, rest in problem.rests.items() if one not in late},
            allowed_tables={one: at for one, at in problem.allowed_tables.items() if one not in late},
        )
    )


def seats(made: Plan) -> Counter[str]:
    return Counter(one for held in made.meetings for one in held.people)


def places(made: Plan) -> set[tuple[int, str, tuple[str, ...]]]:
    """Whom everybody meets in which round."""
    return {
        (held.round, one, tuple(sorted(set(held.people) - {one})))
        for held in made.meetings
        for one in held.people
    }


def partners(made: Plan, person: str) -> set[str]:
    return {one for held in made.meetings if person in held.people for one in held.people} - {person}


@settings(max_examples=10)
@given(st.integers(0, 1000))
def test_two_who_come_late_split_meetings_and_nobody_loses_one(seed: int) -> None:
    problem = hall(seed, 2)
    made = before(problem)
    again = plan(problem, keep=made, places=4)
    assert check(problem, again) == []
    assert seats(again) == dict.fromkeys([*IDS, "x", "y"], 4)
    for one in ("x", "y"):
        assert partners(again, one) <= set(IDS)
    # In each round one meeting is split between the two, so two others have another partner.
    assert len(places(made) - places(again)) == 8
    assert again.certificate.changes == Changes(kept=16, moved=0, dropped=4, added=8, least=0)


@settings(max_examples=10)
@given(st.integers(0, 1000))
def test_one_who_comes_late_takes_a_meeting_of_another_person_in_each_round(seed: int) -> None:
    problem = hall(seed, 1)
    made = before(problem)
    again = plan(problem, keep=made, places=3)
    assert check(problem, again) == []
    had = seats(again)
    # Somebody must sit out in each round: nobody does twice, and the late one not at all, or as the others.
    assert had["x"] >= 3
    assert sorted(had[one] for one in IDS)[:1] == [3]
    assert sum(had.values()) == 4 * 10


def test_who_is_left_alone_by_an_absence_meets_who_comes_late() -> None:
    problem = hall(3, 1)
    made = before(problem)
    gone = made.meetings[0].people[0]
    today = replace(
        problem, people=tuple(replace(one, rounds=frozenset()) if one.id == gone else one for one in problem.people)
    )  # fmt: skip
    again = plan(today, keep=made, places=2)
    assert partners(again, "x") == partners(made, gone)
    assert places(made) - places(again) == {one for one in places(made) if gone in {one[1], *one[2]}}


@pytest.mark.parametrize(("allowed", "kept"), [(0, 20), (2, 20), (3, 16), (4, 16)])
def test_no_more_places_change_than_are_allowed(allowed: int, kept: int) -> None:
    problem = hall(1, 1)
    again = plan(problem, keep=before(problem), places=allowed)
    changes = again.certificate.changes
    assert changes is not None
    assert changes.kept in {kept, kept + 1 if allowed > 2 else kept}


def test_with_no_partner_of_the_plan_they_meet_one_another_as_before() -> None:
    problem = hall(5, 2)
    alone = tuple(one for one in problem.pairs if not (set(one[:2]) & {"x", "y"}) or one[:2] == ("x", "y"))
    made = before(problem)
    again = plan(replace(problem, pairs=alone), keep=made, places=4)
    assert partners(again, "x") == {"y"}
    assert places(made) <= places(again)


@settings(max_examples=8)
@given(st.integers(0, 1000), st.integers(1, 3), st.integers(0, 6), st.data())
def test_every_rule_holds_and_what_must_stay_stays(seed: int, late: int, allowed: int, data: Any) -> None:
    one_of = st.sampled_from(IDS)
    problem = hall(
        seed, late,
        helpers={"Ira": tuple(sorted({"x", *data.draw(st.sets(one_of, max_size=2))}))},
        rests={"x": Rest(most=2), data.draw(one_of): Rest(in_a_row=2)},
        allowed_tables={"x": frozenset({1, 2}), data.draw(one_of): frozenset({1})},
        wanted=((IDS[0], IDS[1]), (IDS[2], IDS[3])),
        apart=((IDS[4], "x"),),
        trios=data.draw(st.booleans()),
        topics=(TableTopic("t", (IDS[5],), 5, (IDS[6], IDS[7], "x")),),
        corners=(Corner("C", 6),),
    )  # fmt: skip
    made = before(problem)
    past = [held for held in made.meetings if held.round == 1]
    held = next(one for one in made.meetings if one.round == 2)
    today = replace(
        problem, locked=frozenset({1}), locked_meetings=(LockedMeeting(2, held.table, held.people),)
    )
    again = plan(today, keep=made, places=allowed)
    assert check(today, again) == []
    assert {(one.round, one.table, one.people) for one in past} <= {
        (one.round, one.table, one.people) for one in again.meetings
    }
    wished = {one.people for one in made.meetings if one.people in problem.wanted}
    assert wished <= {one.people for one in again.meetings}
    # A meeting that ends makes room for somebody late, who meets one of its people in that round.
    ended = {(one.round, one.people) for one in made.meetings} - {
        (one.round, one.people) for one in again.meetings
    }
    for round_, people in ended if allowed < 4 else ():
        now = [
            set(one.people) for one in again.meetings if one.round == round_ and set(people) & set(one.people)
        ]
        assert any(one & set(LATE) for one in now)


def four(pairs: dict[str, float], *late: str, rounds: int = 2) -> Problem:
    """Four people and whoever comes late; a pair is two letters."""
    return Problem(
        people=tuple(map(Person, ("a", "b", "c", "d", *late))),
        rounds=(Round(4),) * rounds,
        pairs=tuple((pair[0], pair[1], score) for pair, score in pairs.items()),
    )


def planned(*held: tuple[int, str]) -> Plan:
    """An earlier plan with these meetings."""
    meetings = (
        Meeting(round_, table, tuple(pair), 0.5) for table, (round_, pair) in enumerate(held, start=1)
    )
    return Plan(tuple(meetings), Certificate(0.0, 0.0, 0.0, 1.0, 0, 0))


def who_meets(made: Plan) -> set[tuple[int, str]]:
    return {(held.round, "".join(held.people)) for held in made.meetings}


def test_who_has_a_meeting_did_not_come_late_and_takes_none_from_others() -> None:
    """Two are free in the first round and cannot meet; the two who meet then could be shared out to them."""
    problem = four({"ab": 0.9, "ac": 0.5, "bd": 0.5, "ad": 0.5, "bc": 0.5})
    made = planned((1, "ab"), (2, "ac"), (2, "bd"))
    assert who_meets(plan(problem, keep=made, places=4)) == {(1, "ab"), (2, "ac"), (2, "bd")}


@pytest.mark.parametrize(("allowed", "now"), [(0, "xy"), (1, "xy"), (2, "ax")])
def test_who_came_late_meets_who_is_free_and_not_one_another(allowed: int, now: str) -> None:
    problem = four({"xy": 0.9, "ax": 0.1, "cd": 0.5, "ab": 0.5}, "x", "y")
    here_at_first = tuple(
        replace(one, rounds=frozenset({1})) if one.id in "xy" else one for one in problem.people
    )
    for seed in range(4):
        again = plan(
            replace(problem, people=here_at_first),
            seed=seed,
            keep=planned((1, "cd"), (2, "ab")),
            places=allowed,
        )
        assert who_meets(again) == {(1, "cd"), (2, "ab"), (1, now)}


def test_the_meeting_that_is_split_is_the_one_by_which_the_scores_gain_most() -> None:
    """Of ab and cd, ab is split: that gains 1.3, and to split cd gains 1; where ab is worth more, cd is."""
    problem = four({"ab": 0.5, "cd": 0.4, "ax": 0.9, "by": 0.9, "cx": 0.8, "dy": 0.6}, "x", "y", rounds=1)
    for seed in range(4):
        again = plan(problem, seed=seed, keep=planned((1, "ab"), (1, "cd")), places=4)
        assert who_meets(again) == {(1, "cd"), (1, "ax"), (1, "by")}
    cheap = replace(problem, pairs=(("a", "b", 0.95), *problem.pairs[1:]))
    assert who_meets(plan(cheap, keep=planned((1, "ab"), (1, "cd")), places=4)) == {
        (1, "ab"), (1, "cx"), (1, "dy"),
    }  # fmt: skip


def test_who_came_late_and_has_had_fewer_meetings_comes_first() -> None:
    """One person is free in each of the rounds in which x and y are there, and would like both as much."""
    problem = four({"cd": 0.5, "cx": 0.9, "cy": 0.9, "dx": 0.9, "dy": 0.9}, "x", "y", rounds=3)
    here = {"c": {1, 3}, "d": {2, 3}, "x": {1, 2}, "y": {1, 2}}
    people = tuple(Person(one, frozenset(here.get(one, ()))) for one in "abcdxy")
    for seed in range(4):
        again = plan(replace(problem, people=people), seed=seed, keep=planned((3, "cd")), places=4)
        assert seats(again) == {"c": 2, "d": 2, "x": 1, "y": 1}


def test_nobody_sits_out_for_somebody_late_who_would_sit_out_as_often_instead() -> None:
    problem = four({"ab": 0.1, "ax": 0.9}, "x", rounds=1)
    assert who_meets(plan(problem, keep=planned((1, "ab")), places=4)) == {(1, "ab")}


def test_who_has_lost_a_meeting_to_somebody_late_loses_no_second_one() -> None:
    """x takes a from b, who then has two meetings; x could have two as well only if b had one."""
    problem = four({"ab": 0.1, "bc": 0.1, "bd": 0.1, "ax": 0.9, "cx": 0.9}, "x", rounds=3)
    here = {"a": frozenset({1}), "c": frozenset({2}), "d": frozenset({3})}
    people = tuple(replace(one, rounds=here.get(one.id)) for one in problem.people)
    made = planned((1, "ab"), (2, "bc"), (3, "bd"))
    again = plan(replace(problem, people=people), keep=made, places=4)
    assert who_meets(again) == {(1, "ax"), (2, "bc"), (3, "bd")}
