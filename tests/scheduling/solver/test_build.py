"""A problem becomes arrays from which everything that is impossible is gone."""

from dataclasses import replace

import numpy as np
import pytest

from matchmaker.scheduling.problem.problem import Kin, Meet, Mixing, Person, Problem, Rest, Round
from matchmaker.scheduling.solver.build import build
from tests.scheduling.solver.conftest import Hall, everybody


def pairs(hall: Hall) -> dict[str, float]:
    """The pairs of the model, by name, with their scores."""
    model = hall.model
    names = (hall.letters(pair) for pair in zip(model.first.tolist(), model.second.tolist(), strict=True))
    return dict(zip(names, model.score.tolist(), strict=True))


def test_pairs_are_ascending_and_keep_their_scores() -> None:
    hall = everybody("abcd", 2, {"ab": 0.25, "dc": 0.5, "ca": 1.0})
    assert pairs(hall) == {"ab": 0.25, "cd": 0.5, "ac": 1.0}
    assert hall.model.keys.tolist() == sorted(hall.model.keys.tolist())
    assert (hall.model.first < hall.model.second).all()


@pytest.mark.parametrize(
    ("rules", "gone"),
    [
        ({"forbidden": (("a", "b"),)}, {"ab"}),
        ({"met": (("b", "a"),)}, {"ab"}),
        ({"double": (("a", "b"),)}, {"ab"}),
        ({"kin": (Kin(("a", "b", "c")),)}, {"ab", "ac", "bc"}),
        ({"kin": (Kin(("a", "b", "c"), Meet.IF_WANTED),), "wanted": (("a", "b"),)}, {"ac", "bc"}),
        ({"kin": (Kin(("a", "b", "c"), Meet.RATHER_NOT),)}, set()),
        ({"people": {"a": Person("a", frozenset({1})), "b": Person("b", frozenset({2}))}}, {"ab"}),
        ({"fixed_table": {"a": 1, "b": 2, "c": 1}}, {"ab", "bc"}),
        ({"allowed_tables": {"a": frozenset({1, 2}), "b": frozenset({2})}}, set()),
        ({"fixed_table": {"a": 9}}, {"ab", "ac", "ad"}),
    ],
)
def test_pairs_that_no_plan_can_hold_are_gone(rules: dict[str, object], gone: set[str]) -> None:
    everything = {"ab", "ac", "ad", "bc", "bd", "cd"}
    assert everything - pairs(everybody("abcd", 2, **rules)).keys() == gone


def test_who_sits_at_a_topic_together_is_given_no_meeting_beside() -> None:
    hall = everybody("abc", 2)
    model = build(hall.problem, 0, [("a", "b")])
    assert {
        frozenset((model.ids[a], model.ids[b])) for a, b in zip(model.first, model.second, strict=True)
    } == {
        frozenset("ac"),
        frozenset("bc"),
    }


def test_a_wish_that_is_not_listed_is_a_pair_without_a_score() -> None:
    hall = everybody("abc", 2, {"ab": 0.5}, wanted=(("c", "b"), ("a", "b")))
    assert pairs(hall) == {"ab": 0.5, "bc": 0.0}
    assert hall.model.wished.tolist() == [True, True]


def test_with_fill_everybody_may_meet_anybody_who_is_not_forbidden() -> None:
    hall = everybody("abcd", 2, {"ab": 0.5}, fill=True, forbidden=(("c", "d"),))
    assert pairs(hall) == {"ab": 0.5, "ac": 0.0, "ad": 0.0, "bc": 0.0, "bd": 0.0}


def test_of_many_people_some_pairs_to_fill_with_are_drawn_for_everybody() -> None:
    ids = [f"p{i:03}" for i in range(301)]
    problem = Problem(tuple(map(Person, ids)), (Round(150),), (), fill=True)
    model = build(problem, seed=4)
    each = np.bincount(np.append(model.first, model.second), minlength=301)
    assert each.min() >= 20
    assert len(model.first) < 301 * 22
    assert np.array_equal(build(problem, seed=4).keys, model.keys)


def test_those_kept_apart_before_or_of_one_group_are_reluctant() -> None:
    hall = everybody(
        "abcd", 2, apart=(("a", "b"),), met_before=(("c", "b"),), kin=(Kin(("c", "d"), Meet.RATHER_NOT),)
    )
    model = hall.model
    reluctant = {name for name, one in zip(pairs(hall), model.reluctant.tolist(), strict=True) if one}
    assert reluctant == {"ab", "bc", "cd"}
    assert model.apart == {hall.key("ab"), hall.key("bc")}


def test_who_is_there_and_who_could_sit_are_told_apart() -> None:
    rounds = (Round(2), Round(1), Round(0))
    hall = everybody("abc", rounds, people={"a": Person("a", frozenset({1, 3}))}, fixed_table={"b": 2})
    a, b, c = (hall.number[one] for one in "abc")
    assert hall.model.present[[a, b, c]].tolist() == [[True, False, True], [True] * 3, [True] * 3]
    assert hall.model.seatable[[a, b, c]].tolist() == [
        [True, False, False],
        [True, False, False],
        [True, True, False],
    ]


def test_a_fixed_table_that_is_not_among_the_allowed_leaves_none() -> None:
    hall = everybody(
        "ab", 1, fixed_table={"a": 1}, allowed_tables={"a": frozenset({2}), "b": frozenset({1, 2})}
    )
    assert hall.model.tied == {hall.number["a"]: frozenset(), hall.number["b"]: frozenset({1, 2})}


@pytest.mark.parametrize(("trios", "agreed"), [(True, "abc"), (False, ""), (frozenset({"a", "c"}), "ac")])
def test_who_agreed_to_trios_may_be_in_one(trios: bool | frozenset[str], agreed: str) -> None:
    hall = everybody("abc", 1, trios=trios)
    assert hall.letters(np.flatnonzero(hall.model.may_trio)) == agreed


def test_pairs_for_two_rounds_are_kept_beside_the_others_if_they_may_meet_at_all() -> None:
    hall = everybody(
        "abcd",
        2,
        {"ab": 0.5, "cd": 0.25, "bc": 1.0},
        double=(("a", "b"), ("c", "d"), ("a", "d"), ("b", "d"), ("b", "c")),
        wanted=(("d", "a"),),
        forbidden=(("b", "c"),),
        apart=(("c", "d"),),
    )
    found = {
        hall.letters(divmod(key, 4)): (one.score, one.wished, one.reluctant)
        for key, one in hall.model.doubles.items()
    }
    assert found == {"ab": (0.5, False, False), "cd": (0.25, False, True), "ad": (0.0, True, False)}
    assert pairs(hall) == {}


def test_how_many_of_another_pool_are_due_is_no_more_than_can_be_met() -> None:
    pools = {"a": Person("a", pool="in"), "b": Person("b", pool="in"), "c": Person("c", pool="out")}
    hall = everybody("abcd", 3, people=pools, mixing=Mixing(2), rests={"c": Rest(most=1)})
    assert {one: int(hall.model.due[hall.number[one]]) for one in "abcd"} == {"a": 1, "b": 1, "c": 1, "d": 0}
    assert hall.model.pool[hall.number["d"]] == -1
    assert (
        hall.model.pool[hall.number["a"]]
        == hall.model.pool[hall.number["b"]]
        != hall.model.pool[hall.number["c"]]
    )


def test_the_seed_alone_decides_who_has_which_number() -> None:
    hall = everybody("abcdefgh", 2)
    shuffled = replace(hall.problem, people=tuple(reversed(hall.problem.people)))
    assert build(shuffled, seed=0).ids == hall.model.ids
    assert sorted(hall.model.ids) == list("abcdefgh")
    assert {build(hall.problem, seed=seed).ids for seed in range(4)} != {hall.model.ids}
