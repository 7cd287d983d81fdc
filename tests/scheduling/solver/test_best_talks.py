"""In a small hall no timetable reaches more stars, and no topic is on a second time for nothing."""

import random
from dataclasses import replace

import pytest
from ortools.sat.python import cp_model

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.problem import Corner, Person, Problem, Round, TableTopic
from matchmaker.scheduling.solver import best_talks as module
from matchmaker.scheduling.solver.best_talks import best_talks
from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.solver.stars import stars_bound, stars_reached
from matchmaker.scheduling.solver.talk_timetable import timetable
from matchmaker.scheduling.solver.talks import plan_talks

Sessions = set[tuple[str, int]]
On = dict[tuple[str, int], cp_model.IntVar]
At = dict[tuple[str, str, int], cp_model.IntVar]


def hall(seed: int) -> Problem:
    """Return five to eight people, two or three rounds, one or two corners, and topics held once or twice."""
    chance = random.Random(seed)
    ids = "abcdefgh"[: chance.randint(5, 8)]
    rounds = chance.randint(2, 3)
    topics = []
    for number in range(chance.randint(2, 5)):
        host = chance.choice(ids)
        stars = tuple(one for one in ids if one != host and chance.random() < 0.6)
        topics.append(
            TableTopic(f"t{number}", (host,), chance.randint(2, 6), stars, times=chance.randint(1, 2))
        )
    days = [frozenset(chance.sample(range(1, rounds + 1), rounds - 1)) for _ in ids]
    return Problem(
        people=tuple(
            Person(one, None if chance.random() < 0.8 else day) for one, day in zip(ids, days, strict=True)
        ),
        rounds=(Round(0),) * rounds,
        corners=tuple(Corner(str(one), 9) for one in range(chance.randint(1, 2))),
        topics=tuple(topics),
    )


def most_stars(problem: Problem, held: Sessions | None = None) -> int:
    """Return how many stars any plan reaches, by a constraint program; with no talks but those `held`, if given."""
    model = cp_model.CpModel()
    every = range(1, len(problem.rounds) + 1)
    there = {one.id: one.rounds or frozenset(every) for one in problem.people}
    on = {
        (topic.id, number): model.new_bool_var("")
        for topic in problem.topics
        for number in there[topic.hosts[0]]
        if held is None or (topic.id, number) in held
    }
    at = {
        (person, topic.id, number): model.new_bool_var("")
        for topic in problem.topics
        for person in topic.stars
        for number in there[person]
        if (topic.id, number) in on
    }
    for (_, topic_id, number), is_there in at.items():
        model.add_implication(is_there, on[topic_id, number])
    _limit_topics(model, problem, on, at)
    _limit_rounds(model, problem, on, at)
    model.maximize(sum(at.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def _limit_topics(model: cp_model.CpModel, problem: Problem, on: On, at: At) -> None:
    for topic in problem.topics:
        model.add(sum(x for (one, _), x in on.items() if one == topic.id) <= topic.times)
        for number in range(1, len(problem.rounds) + 1):
            guests = [x for (_, one, then), x in at.items() if (one, then) == (topic.id, number)]
            model.add(sum(guests) <= topic.seats - 1)
        for person in topic.stars:
            model.add(sum(x for key, x in at.items() if key[:2] == (person, topic.id)) <= 1)


def _limit_rounds(model: cp_model.CpModel, problem: Problem, on: On, at: At) -> None:
    host = {topic.id: topic.hosts[0] for topic in problem.topics}
    for number in range(1, len(problem.rounds) + 1):
        model.add(sum(x for (_, then), x in on.items() if then == number) <= len(problem.corners))
        for person in problem.people:
            busy = [x for (one, _, then), x in at.items() if (one, then) == (person.id, number)]
            busy += [x for (one, then), x in on.items() if (host[one], then) == (person.id, number)]
            model.add(sum(busy) <= 1)


@pytest.mark.parametrize("seed", range(60))
def test_no_plan_reaches_more_stars_and_every_talk_is_worth_its_slot(seed: int) -> None:
    problem = hall(seed)
    talks = plan_talks(problem, seed)
    reached = stars_reached(problem, talks)
    assert reached == most_stars(problem)
    assert reached <= stars_bound(problem)
    held = {(talk.topic, talk.round) for talk in talks}
    for one in held:
        assert most_stars(problem, held - {one}) < reached
    assert check(problem, plan(problem, seed=seed)) == []


WHOLE = Problem(
    people=tuple(map(Person, "abcd")),
    rounds=(Round(2), Round(2)),
    corners=(Corner("x", 6, beside=("y",)), Corner("y", 6)),
    topics=(TableTopic("rivers", ("a",), 6, ("b", "c", "d"), times=2),),
)


def test_a_topic_is_on_again_only_for_somebody_who_could_not_hear_it_before() -> None:
    assert [talk.people for talk in plan_talks(WHOLE, 1)] == [("a", "b", "c", "d")]
    part = (*WHOLE.people[:2], Person("c", frozenset({1})), Person("d", frozenset({2})))
    talks = plan_talks(replace(WHOLE, people=part), 1)
    assert [talk.round for talk in talks] == [1, 2]
    assert sorted(one for talk in talks for one in talk.people) == ["a", "a", "b", "c", "d"]


def test_two_loud_topics_are_not_beside_each_other_and_who_must_not_meet_is_at_none_together() -> None:
    loud = (
        TableTopic("rivers", ("a",), 6, ("c", "d"), loud=True),
        TableTopic("soil", ("b",), 6, ("d", "c"), loud=True),
    )
    problem = replace(WHOLE, topics=loud, forbidden=(("a", "d"),))
    found = best_talks(Hosting(problem), [], None)
    assert found is not None
    assert sorted(map(len, found.values())) == [1, 1]
    assert stars_reached(problem, plan_talks(problem, 1)) == 3


def test_what_is_kept_stays_and_a_hall_too_large_for_it_is_left_to_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = [TalkSlot(0, 1, "y")]
    assert best_talks(Hosting(WHOLE), kept, None) == {0: [], 1: [0]}
    monkeypatch.setattr(module, "MOST_COLUMNS", 1)
    hosting = Hosting(WHOLE)
    assert best_talks(hosting, [], None) is None
    assert sum(map(len, timetable(hosting, [], 1).values())) == 1
    # With two seats for three who want it, the second time is worth its slot.
    scarce = Hosting(replace(WHOLE, topics=(replace(WHOLE.topics[0], seats=3),)))
    assert sum(map(len, timetable(scarce, [], 1).values())) == 2
