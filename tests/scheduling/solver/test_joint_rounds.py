"""Trios, and meetings of those who share something, are put into rounds by all rules, with few left over."""

from itertools import combinations

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.joint import JointChoice
from matchmaker.scheduling.solver.joint_rounds import joint_choice, settle_jointly
from matchmaker.scheduling.solver.left_to_choose import widest
from tests.scheduling.solver.conftest import Hall, everybody


def settled(hall: Hall) -> list[str]:
    """The meetings settled, by round and letters, with the table if it matters."""
    network = widest(hall.table, hall.weights, fair=True)
    found = joint_choice(hall.table, hall.problem, network)
    assert found is not None
    settle_jointly(hall.table, hall.problem, network, *found, hall.weights, 0)
    return sorted(f"{round_} {hall.letters(people)} {at}" for round_, people, at in hall.table.settled)


def test_three_who_meet_in_a_round_of_an_odd_number_leave_nobody_over() -> None:
    scores = {"ab": 0.9, "ac": 0.9, "bc": 0.9, "de": 0.2, "ad": 0.1, "be": 0.1}
    hall = everybody("abcde", 1, scores, trios=True)
    assert settled(hall) == ["0 abc 0"]


def test_who_shares_a_helper_meets_in_another_round_or_at_one_table() -> None:
    hall = everybody("abcdef", 2, helpers={"Ira": ("a", "b")})
    rounds = [one.split()[:2] for one in settled(hall)]
    taken = [round_ for round_, letters in rounds if {"a", "b"} & set(letters)]
    assert sorted(taken) == ["0", "1"]


def test_who_needs_the_one_table_there_is_has_it_in_turn_or_together() -> None:
    hall = everybody("abcd", 2, allowed_tables=dict.fromkeys("ab", frozenset({2})))
    found = settled(hall)
    assert [one.split()[0] for one in found] == ["0", "1"]
    assert {one.split()[2] for one in found} == {"2"}


def test_in_as_few_rounds_as_can_be_the_others_are_of_an_odd_number() -> None:
    ids = "abcdefgh"
    hall = Hall(
        Problem(
            people=tuple(map(Person, ids)),
            rounds=(Round(4),) * 4,
            pairs=tuple((a, b, 0.5) for a, b in combinations(ids, 2)),
            helpers={"Ira": ("a", "b"), "Jo": ("c", "d")},
        )
    )
    settled(hall)
    others = hall.people("efgh")
    left = [sum(hall.table.is_free(r, one) for one in others) for r in range(4)]
    assert [count % 2 for count in left] == [0, 0, 0, 0]


def test_a_choice_of_nothing_settles_nothing() -> None:
    hall = everybody("abcd", 1, helpers={"Ira": ("a", "b")})
    network = widest(hall.table, hall.weights, fair=True)
    nothing = JointChoice(network.worth < 0, [], 0)
    settle_jointly(hall.table, hall.problem, network, nothing, hall.model.may_trio, hall.weights, 0)
    assert hall.table.settled == []
