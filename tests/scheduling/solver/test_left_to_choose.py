"""What is left to choose is what has not met, is open in a common round, and has room."""

import numpy as np

from matchmaker.scheduling.problem.problem import Mixing, Person, Rest, Round
from matchmaker.scheduling.solver.left_to_choose import left_to_choose, possible, widest
from tests.scheduling.solver.conftest import Hall, everybody


def offered(hall: Hall) -> set[str]:
    model = hall.model
    return {
        hall.letters((int(model.first[e]), int(model.second[e])))
        for e in np.flatnonzero(possible(hall.table))
    }


def test_pairs_who_have_met_or_have_no_common_round_left_are_not_offered() -> None:
    hall = everybody("abcd", (Round(2), Round(2)), people={"d": Person("d", frozenset({1}))})
    hall.meet(0, "ab")
    assert offered(hall) == {"ac", "bc", "cd"}


def test_more_rounds_than_fit_into_one_byte_are_looked_at() -> None:
    there = {"a": {11}, "b": {3, 11}, "c": {3}}
    people = {one: Person(one, frozenset(rounds)) for one, rounds in there.items()}
    hall = everybody("abc", (Round(1),) * 11, people=people)
    assert offered(hall) == {"ab", "bc"}


def test_everybody_has_an_entry_for_each_round_they_are_free_and_no_more_than_their_rests_allow() -> None:
    hall = everybody("abcd", 3, rests={"d": Rest(most=2)})
    hall.meet(0, "ab")
    network, _ = left_to_choose(hall.table, hall.weights)
    entries = np.bincount(network.person, minlength=4)
    assert {one: int(entries[hall.number[one]]) for one in "abcd"} == {"a": 2, "b": 2, "c": 3, "d": 2}
    assert (network.most, network.people) == ((2 + 2 + 3 + 2) // 2, 4)


def test_a_second_meeting_is_worth_what_a_second_one_is() -> None:
    hall = everybody("abcd", 3)
    hall.meet(0, "ab")
    network, _ = left_to_choose(hall.table, hall.weights)
    a, c = hall.number["a"], hall.number["c"]
    mine = {one: network.level[network.person == one].tolist() for one in (a, c)}
    assert mine[c][1:] == mine[a] == [hall.weights.level_of(a, 2), hall.weights.level_of(a, 3)]


def test_without_fairness_scores_alone_count() -> None:
    hall = everybody("abc", 2, {"ab": 0.25, "bc": 0.5}, wanted=(("a", "b"),))
    plain, _ = left_to_choose(hall.table, hall.weights, fair=False)
    fair, _ = left_to_choose(hall.table, hall.weights)
    ends = zip(plain.first.tolist(), plain.second.tolist(), strict=True)
    score = dict(zip(map(hall.letters, ends), plain.worth.tolist(), strict=True))
    assert score == {"ab": 0.25 * hall.weights.scale, "bc": 0.5 * hall.weights.scale}
    assert not plain.level.any()
    assert fair.worth.max() == (0.25 + hall.weights.wish) * hall.weights.scale


def test_as_many_of_another_pool_are_due_as_have_not_been_met() -> None:
    pools = {
        one: Person(one, pool=pool) for one, pool in zip("abcd", ("in", "in", "out", "out"), strict=True)
    }
    hall = everybody("abcd", 3, people=pools, mixing=Mixing(2))
    hall.meet(0, "ac")
    network, _ = left_to_choose(hall.table, hall.weights)
    assert network.mixing is not None
    assert {one: int(network.mixing.due[hall.number[one]]) for one in "abcd"} == {
        "a": 1,
        "b": 2,
        "c": 1,
        "d": 2,
    }
    assert left_to_choose(hall.table, hall.weights, fair=False)[0].mixing is None


def test_the_widest_choice_has_every_trio_that_any_plan_could_have() -> None:
    assert widest(everybody("abcde", 3).table, everybody("abcde", 3).weights, fair=True).trios == 0
    hall = everybody("abcde", (Round(2), Round(0), Round(2)), trios=True)
    assert widest(hall.table, hall.weights, fair=True).trios == 2
    two = everybody("abcde", 3, trios=frozenset({"a", "b"}))
    assert widest(two.table, two.weights, fair=True).trios == 0


def test_with_trios_a_pair_that_is_open_in_no_round_alike_may_still_meet_by_joining_another() -> None:
    people = {"a": Person("a", frozenset({1, 2}))}
    hall = everybody("abcdef", (Round(3), Round(3)), people=people, trios=True)
    hall.meet(0, "bc")
    hall.table.settle(1, hall.pair("ad"), 0)
    asked = widest(hall.table, hall.weights, fair=True)
    assert hall.pair("ab") in set(zip(asked.first.tolist(), asked.second.tolist(), strict=True))
    assert "ab" not in offered(hall)
    assert "bc" not in offered(hall)


def test_only_a_large_event_that_fills_places_meets_people_who_are_not_listed() -> None:
    assert not widest(everybody("abcd", 2, fill=True).table, everybody("abcd", 2).weights, fair=True).hub
