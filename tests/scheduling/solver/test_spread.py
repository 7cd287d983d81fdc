"""Of rounds that are alike to the talks, those without tables get the talks of whoever would have nothing there."""

from dataclasses import replace
from typing import Any

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Talk
from matchmaker.scheduling.problem.problem import Corner, Person, Problem, Round, TableTopic
from matchmaker.scheduling.solver import talks as module
from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.solver.spread import spread

IDS = tuple("abcdef")
SMALL, BIG = TableTopic("small", ("a",), 6, ("b",)), TableTopic("big", ("c",), 6, ("d", "e", "f"))


def hall(**rules: Any) -> Problem:
    """Six people, a round without tables and one with three, and a topic for two of them and one for four."""
    return Problem(
        **{
            "people": tuple(map(Person, IDS)),
            "rounds": (Round(0), Round(3)),
            "pairs": (("a", "b", 0.5), ("c", "d", 0.5), ("e", "f", 0.5)),
            "corners": (Corner("C", 6),),
            "topics": (SMALL, BIG),
            **rules,
        }
    )


def moved(problem: Problem, first: str = "small", second: str = "big") -> dict[str, int] | None:
    """Return the round of each topic, counted from 1, once they changed rounds; None if they stay."""
    people = {"small": ("a", "b"), "big": ("c", "d", "e", "f")}
    place = {one.id: i for i, one in enumerate(problem.topics)}
    slots = [TalkSlot(place[one], round_, "C") for round_, one in enumerate((first, second))]
    talks = [Talk(round_, "C", one, people[one]) for round_, one in enumerate((first, second), start=1)]
    found = spread(Hosting(problem), slots, talks)
    return None if found is None else {problem.topics[one.topic].id: one.round + 1 for one in found}


def test_the_talk_of_most_people_is_in_the_round_in_which_they_could_not_meet() -> None:
    assert moved(hall()) == {"big": 1, "small": 2}


def test_what_is_best_stays() -> None:
    assert moved(hall(), "big", "small") is None


def test_the_fewest_count_before_how_many_places_there_are() -> None:
    """Four and three people could be at talks while nobody can meet; then two would have nothing in both rounds."""
    again = TableTopic("again", ("d",), 6, ("c", "e"))
    problem = hall(rounds=(Round(0), Round(0), Round(3)), topics=(SMALL, BIG, again))
    slots = [TalkSlot(1, 0, "C"), TalkSlot(2, 1, "C"), TalkSlot(0, 2, "C")]
    people = [("c", "d", "e", "f"), ("c", "d", "e"), ("a", "b")]
    talks = [
        Talk(one.round + 1, "C", problem.topics[one.topic].id, some)
        for one, some in zip(slots, people, strict=True)
    ]
    found = spread(Hosting(problem), slots, talks)
    assert found is not None
    assert [(one.topic, one.round) for one in found] == [(1, 0), (2, 2), (0, 1)]


@pytest.mark.parametrize(
    "rules",
    [
        {"locked": frozenset({1})},
        {"locked": frozenset({2})},
        {"people": (*map(Person, "abcde"), Person("f", frozenset({2})))},
        {"corners": (Corner("C", 6), Corner("D", 6, frozenset({2})))},
        {"rounds": (Round(3), Round(3))},
        {"rounds": (Round(0), Round(0))},
    ],
    ids=[
        "first locked",
        "second locked",
        "others there",
        "other corners",
        "tables in both",
        "tables in none",
    ],
)
def test_talks_stay_where_rounds_are_not_alike_or_it_makes_no_difference(rules: dict[str, Any]) -> None:
    assert moved(hall(**rules)) is None


def test_each_kind_of_round_is_spread_by_itself() -> None:
    """Rounds 3 and 4 have another corner; in each two the talk of most people goes to the round without tables."""
    corners = (Corner("C", 6, frozenset({1, 2})), Corner("D", 6, frozenset({3, 4})))
    topics = (SMALL, BIG, TableTopic("few", ("g",), 6, ("h",)), TableTopic("many", ("i",), 6, tuple("jkl")))
    people = [tuple("cdef"), tuple("ab"), tuple("ijkl"), tuple("gh")]
    problem = hall(
        people=tuple(map(Person, "abcdefghijkl")), rounds=(Round(3), Round(0), Round(6), Round(0)),
        corners=corners, topics=topics, pairs=(),
    )  # fmt: skip
    slots = [TalkSlot(1, 0, "C"), TalkSlot(0, 1, "C"), TalkSlot(3, 2, "D"), TalkSlot(2, 3, "D")]
    talks = [
        Talk(one.round + 1, one.corner, topics[one.topic].id, some)
        for one, some in zip(slots, people, strict=True)
    ]
    found = spread(Hosting(problem), slots, talks)
    assert found is not None
    assert [(one.topic, one.round) for one in found] == [(1, 1), (0, 0), (3, 3), (2, 2)]


def test_a_plan_is_fairer_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = hall(topics=(replace(SMALL, stars=()), BIG), pairs=(("c", "d", 0.5), ("e", "f", 0.5)))
    made = plan(problem)
    assert check(problem, made) == []
    assert [one.round for one in made.talks] == [1]
    monkeypatch.setattr(module, "spread", lambda *_: [TalkSlot(1, 1, "C")])
    assert [one.round for one in plan(problem).talks] == [2]


def test_a_wish_keeps_its_round() -> None:
    problem = hall(wanted=(("a", "b"),))
    made = plan(problem)
    assert check(problem, made) == []
    assert made.certificate.unmet == ()
    assert {one.topic: one.round for one in made.talks} == {"small": 1, "big": 2}
