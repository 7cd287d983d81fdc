"""Talks and pairs are planned together: stars, wishes, hosts, corners and loud topics."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.json_text import (
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)
from matchmaker.scheduling.problem.parts import Kin
from matchmaker.scheduling.problem.problem import (
    Corner,
    Person,
    Problem,
    ProblemError,
    Rest,
    Round,
    TableTopic,
)
from matchmaker.scheduling.solver.planner import plan
from tests.tries import tries

IDS = tuple(f"p{i:02}" for i in range(16))
EVENT = Problem(
    people=tuple(map(Person, IDS)),
    rounds=(Round(0), Round(0), Round(8)),
    pairs=tuple((a, b, 0.5) for a, b in combinations(IDS, 2)),
    corners=(Corner("A", 8, beside=("B",)), Corner("B", 8)),
    topics=(
        TableTopic("rivers", ("p00",), 8, IDS[1:7]),
        TableTopic("soil", ("p01",), 8, IDS[2:8]),
        TableTopic("birds", ("p02",), 8, IDS[8:14]),
    ),
)


def random_event(seed: int) -> Problem:
    """A small event with any mix of topics, corners, absences, wishes and groups."""
    chance = random.Random(seed)
    n, rounds = chance.randint(3, 14), chance.randint(1, 4)
    ids = [f"p{i}" for i in range(n)]
    names = "ABC"[: chance.randint(1, 3)]

    def there() -> frozenset[int] | None:
        return (
            None
            if chance.random() < 0.7
            else frozenset(r for r in range(1, rounds + 1) if chance.random() < 0.7)
        )

    return Problem(
        people=tuple(Person(one, there()) for one in ids),
        rounds=tuple(Round(chance.choice([0, 2, n // 2])) for _ in range(rounds)),
        pairs=tuple((a, b, chance.random()) for a, b in combinations(ids, 2) if chance.random() < 0.6),
        wanted=tuple(pair for pair in combinations(ids, 2) if chance.random() < 0.05),
        forbidden=tuple(pair for pair in combinations(ids, 2) if chance.random() < 0.05),
        kin=(Kin(tuple(chance.sample(ids, 3))),),
        corners=tuple(
            Corner(
                one, chance.randint(1, 6), there(), tuple(x for x in names if x != one and chance.random() < 0.4),
                tuple(x for x in ids if chance.random() < 0.1),
            )
            for one in names
        ),
        topics=tuple(
            TableTopic(
                f"t{i}", (chance.choice(ids),), chance.randint(1, 6),
                tuple(one for one in ids if chance.random() < 0.4), chance.randint(1, 2), chance.random() < 0.3,
            )
            for i in range(chance.randint(0, 5))
        ),
        rests={
            one: Rest(*chance.choice([(1, None), (None, 1), (2, 2)])) for one in ids if chance.random() < 0.2
        },
        helpers={"Ira": tuple(one for one in ids if chance.random() < 0.2)},
    )  # fmt: skip


@tries(60)
@given(st.integers(0, 2**32), st.integers(0, 2))
def test_a_plan_with_talks_keeps_every_rule(seed: int, plan_seed: int) -> None:
    problem = random_event(seed)
    made = plan(problem, seed=plan_seed)
    assert [str(fault) for fault in check(problem, made)] == []
    assert problem_from_json(problem_to_json(problem)) == problem
    assert plan_from_json(plan_to_json(made)) == made


@tries(30)
@given(st.integers(0, 2**32))
def test_after_absences_a_plan_with_talks_keeps_every_rule(seed: int) -> None:
    problem = random_event(seed)
    made = plan(problem)
    gone = problem.people[seed % len(problem.people)].id
    people = tuple(replace(one, rounds=frozenset()) if one.id == gone else one for one in problem.people)
    today = replace(problem, people=people)
    assert [str(fault) for fault in check(today, plan(today, keep=made))] == []


def test_all_stars_that_can_be_reached_are() -> None:
    made = plan(EVENT)
    assert check(EVENT, made) == []
    assert made.certificate.stars == made.certificate.stars_bound == 18


def test_who_is_at_no_talk_meets_somebody_in_a_round_with_both() -> None:
    made = plan(EVENT)
    busy = {person for talk in made.talks if talk.round == 3 for person in talk.people}
    meeting = {person for one in made.meetings for person in one.people}
    assert len(meeting) >= 6
    assert meeting.isdisjoint(busy)


def test_topics_of_one_host_are_never_at_once() -> None:
    one_host = replace(EVENT, topics=tuple(replace(topic, hosts=("p15",)) for topic in EVENT.topics))
    assert len({talk.round for talk in plan(one_host).talks}) == 3


def test_loud_topics_are_not_beside_each_other() -> None:
    loud = replace(EVENT, topics=tuple(replace(topic, loud=True) for topic in EVENT.topics))
    made = plan(loud)
    assert check(loud, made) == []
    assert len({talk.round for talk in made.talks}) == 3


def test_two_who_both_asked_meet_although_they_want_a_topic() -> None:
    asked = replace(EVENT, rounds=(Round(0), Round(8)), wanted=(("p03", "p04"),))
    made = plan(asked)
    assert ("p03", "p04") in {one.people for one in made.meetings}


def test_when_a_host_is_absent_only_their_topic_goes() -> None:
    made = plan(EVENT)
    gone = replace(EVENT, people=(Person("p00", frozenset()), *EVENT.people[1:]))
    again = plan(gone, keep=made)
    was = {talk for talk in made.talks if talk.topic != "rivers"}
    assert {talk.topic for talk in again.talks} == {"soil", "birds"}
    assert {(one.topic, one.round, one.corner) for one in was} == {
        (one.topic, one.round, one.corner) for one in again.talks
    }
    for talk in was:
        (now,) = [one for one in again.talks if one.topic == talk.topic]
        assert set(talk.people) - {"p00"} <= set(now.people)


@pytest.mark.parametrize("rounds", [1, 30])
def test_nobody_leaves_a_talk_that_stays_to_host_one_where_a_corner_is_free_now(rounds: int) -> None:
    """With thirty rounds there is too much to choose for a timetable that is tried to the end."""
    problem = replace(
        EVENT,
        rounds=(Round(0),) * rounds,
        corners=(Corner("A", 8, frozenset({1})), Corner("B", 8, frozenset({1}))),
        topics=(
            TableTopic("rivers", ("p00",), 8, ("p01", "p03", "p04", "p05")),
            TableTopic("soil", ("p01",), 8, ("p10", "p11")),
            TableTopic("birds", ("p02",), 8, ("p06", "p07", "p08", "p09")),
        ),
    )
    made = plan(problem)
    assert sorted(talk.topic for talk in made.talks) == ["birds", "rivers"]
    people = tuple(Person(one, frozenset() if one == "p02" else None) for one in IDS)
    again = plan(replace(problem, people=people), keep=made)
    assert again.talks == tuple(talk for talk in made.talks if talk.topic == "rivers")
    # Who has no star for it any more is free to host.
    topics = (TableTopic("rivers", ("p00",), 8, ("p03", "p04", "p05")), *problem.topics[1:])
    other = plan(replace(problem, people=people, topics=topics), keep=made)
    assert sorted(talk.topic for talk in other.talks) == ["rivers", "soil"]


def test_in_locked_rounds_talks_stay_as_they_were_and_none_comes() -> None:
    problem = replace(EVENT, topics=tuple(replace(topic, times=2) for topic in EVENT.topics))
    made = plan(problem)
    today = replace(
        problem, locked=frozenset({1}), topics=(*problem.topics, TableTopic("new", ("p14",), 8, IDS))
    )
    again = plan(today, keep=made)
    assert check(today, again) == []
    assert [one for one in again.talks if one.round == 1] == [one for one in made.talks if one.round == 1]
    assert [one for one in plan(today).talks if one.round == 1] == []


def test_a_topic_is_where_most_of_those_who_want_it_can_sit() -> None:
    corners = (Corner("A", 8, not_for=IDS[1:5]), Corner("B", 8, not_for=("p00",)), Corner("C", 8))
    held = {talk.topic: talk for talk in plan(replace(EVENT, corners=corners)).talks}
    assert held["rivers"].corner == "C"
    assert held["rivers"].people == IDS[:7]


def test_the_same_seed_gives_the_same_talks() -> None:
    assert plan(EVENT, seed=3) == plan(EVENT, seed=3)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"corners": (Corner("A", 0),)}, r"corners\[0\].seats"),
        ({"corners": (Corner("A", 2), Corner("A", 2))}, r"corners\[0\].id"),
        ({"corners": (Corner("A", 2, beside=("Q",)),)}, r"corners\[0\].beside"),
        ({"corners": (Corner("A", 2, frozenset({9})),)}, r"corners\[0\].rounds"),
        ({"topics": (TableTopic("t", (), 2),)}, r"topics\[0\].hosts"),
        ({"topics": (TableTopic("t", ("nobody",), 2),)}, r"topics\[0\].hosts"),
        ({"topics": (TableTopic("t", ("p00", "p01"), 1),)}, r"topics\[0\].seats"),
        ({"topics": (TableTopic("t", ("p00",), 2, ("p01", "p01")),)}, r"topics\[0\].stars"),
        ({"topics": (TableTopic("t", ("p00",), 2, times=0),)}, r"topics\[0\].times"),
    ],
)
def test_a_topic_that_cannot_be_is_refused_with_its_place(change: dict[str, object], field: str) -> None:
    with pytest.raises(ProblemError, match=field):
        replace(EVENT, **change)  # type: ignore[arg-type]
