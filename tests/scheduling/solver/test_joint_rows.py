"""The rows of the joint program hold for every choice, and any prices of them prove a bound."""

import numpy as np

from matchmaker.scheduling.solver.joint import choose_jointly
from matchmaker.scheduling.solver.joint_rows import HallShape, JointRows
from matchmaker.scheduling.solver.left_to_choose import widest
from matchmaker.scheduling.solver.shared_limits import sharing
from tests.scheduling.solver.conftest import Hall, everybody


def shape_of(hall: Hall) -> HallShape:
    return HallShape(hall.model.may_trio, hall.table.open(), sharing(hall.table, hall.problem))


def test_people_and_places_of_groups_are_what_a_round_has() -> None:
    hall = everybody("abcdefg", 2, helpers={"Ira": ("a", "b"), "Jo": ("b", "c", "d")})
    shape = shape_of(hall)
    assert shape.places.tolist() == [3 + 2] * 2
    pairs = [hall.pair(one) for one in ("ef", "ea", "ab", "ac", "eb")]
    taken = shape.taken_up(*(np.array(ends) for ends in zip(*pairs, strict=True)))
    # Of b each helper is taken up, also by meeting a, who shares one of them.
    assert taken.tolist() == [2, 2, 2, 2, 3]


def test_a_group_within_another_counts_once() -> None:
    tables = {"a": frozenset({1}), "b": frozenset({1}), "c": frozenset({1, 2})}
    shape = shape_of(everybody("abcdef", 1, allowed_tables=tables))
    assert [int(group.people.sum()) for group in shape.apart] == [3]
    assert shape.places.tolist() == [3 + 2]


def test_any_prices_prove_a_bound_on_the_best_choice() -> None:
    hall = everybody("abcdefghi", 3, trios=True, helpers={"Ira": ("a", "b", "c")})
    network, shape = widest(hall.table, hall.weights, fair=True), shape_of(hall)
    rows = JointRows(network, shape)
    best = choose_jointly(network, shape)
    assert best is not None
    chance = np.random.default_rng(0)
    for count in (0, 5, len(rows.trios)):
        laid = rows.laid(np.arange(count))
        for _ in range(5):
            price = chance.integers(-(10**8), 10**9, len(laid.limit))
            price[laid.exact :] = np.abs(price[laid.exact :])
            beyond = np.maximum(rows.beyond(price, np.arange(count))[count:], 0)
            assert best.most <= laid.bound(price) + int(beyond.sum())


def test_trios_are_all_three_who_agreed_and_may_meet() -> None:
    hall = everybody("abcd", 1, dict.fromkeys(("ab", "ac", "bc", "ad", "bd"), 0.5), trios=frozenset("abcd"))
    rows = JointRows(widest(hall.table, hall.weights, fair=True), shape_of(hall))
    assert sorted(hall.letters(people) for people in rows.trios.tolist()) == ["abc", "abd"]
    firsts = rows.network.first[rows.sides], rows.network.second[rows.sides]
    for people, first, second in zip(rows.trios.tolist(), *firsts, strict=True):
        a, b, c = people
        assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(a, b), (a, c), (b, c)]
