"""The arrays of a model answer what the solver asks of pairs, people, rounds and tables."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.problem.problem import Kin, Meet, Person, Round
from matchmaker.scheduling.solver.model import among, distinct, places_of
from tests.scheduling.solver.conftest import everybody

NUMBERS = st.lists(st.integers(0, 30), max_size=12)


@given(NUMBERS, NUMBERS)
def test_sorted_numbers_are_looked_up_as_a_set_would(given_: list[int], chosen: list[int]) -> None:
    keys = distinct(np.array(given_, dtype=np.int64))
    wanted = np.array(chosen, dtype=np.int64)
    assert keys.tolist() == sorted(set(given_))
    assert among(keys, wanted).tolist() == [key in chosen for key in keys.tolist()]
    assert keys[places_of(keys, wanted)].tolist() == [one for one in chosen if one in given_]


def test_a_pair_has_one_key_whichever_way_round_it_is_named() -> None:
    hall = everybody("abcd", 2)
    a, b = hall.pair("cd")
    assert hall.model.key(a, b) == hall.model.key(b, a) == a * 4 + b
    assert hall.model.keys.tolist() == sorted(
        {hall.key(pair) for pair in ("ab", "ac", "ad", "bc", "bd", "cd")}
    )


def test_a_round_has_as_many_meetings_as_tables_or_as_half_of_those_who_are_there() -> None:
    away = {one: Person(one, frozenset({1, 2})) for one in "abc"}
    hall = everybody(
        "abcdef", (Round(2), Round(9), Round(9), Round(3, closed=frozenset({1, 2}))), people=away
    )
    assert hall.model.capacity().tolist() == [2, 3, 1, 1]


def test_people_share_a_table_that_suits_all_of_them_in_that_round() -> None:
    rounds = (Round(3), Round(3, closed=frozenset({3})), Round(0))
    hall = everybody(
        "abcd", rounds, fixed_table={"a": 3}, allowed_tables={"b": frozenset({1, 3}), "c": frozenset({1})}
    )
    suits = {
        letters: [hall.model.share_a_table(hall.people(letters), r) for r in range(3)]
        for letters in ("d", "a", "ab", "bc", "ac")
    }
    assert suits == {
        "d": [True, True, False],
        "a": [True, False, False],
        "ab": [True, False, False],
        "bc": [True, True, False],
        "ac": [False, False, False],
    }


def test_closed_tables_keep_their_numbers() -> None:
    hall = everybody("ab", (Round(4, closed=frozenset({1, 3})),))
    assert hall.model.tables.tolist() == [2]
    assert hall.model.last_table(0) == 4
    assert [number for number in range(6) if hall.model.has_table(0, number)] == [2, 4]


def test_pairs_of_two_known_pools_mix_and_no_others() -> None:
    pools = {"a": Person("a", pool="in"), "b": Person("b", pool="in"), "c": Person("c", pool="out")}
    hall = everybody("abcd", 2, people=pools)
    crossing = {
        hall.letters(pair)
        for pair, cross in zip(
            zip(hall.model.first.tolist(), hall.model.second.tolist(), strict=True),
            hall.model.cross.tolist(),
            strict=True,
        )
        if cross
    }
    assert crossing == {"ac", "bc"}
    mixed = hall.model.mixed(np.array([hall.key("ac"), hall.key("bc"), hall.key("ab"), hall.key("cd")]))
    assert {one: int(mixed[hall.number[one]]) for one in "abcd"} == {"a": 1, "b": 1, "c": 2, "d": 0}


def test_whether_two_never_meet_or_rather_not_is_known_of_every_pair() -> None:
    hall = everybody(
        "abcdef",
        2,
        forbidden=(("a", "b"),),
        apart=(("a", "c"),),
        kin=(Kin(("a", "d")), Kin(("e", "f", "a"), Meet.RATHER_NOT)),
        wanted=(("a", "f"),),
    )
    asked = {pair: (hall.model.is_banned(hall.key(pair)), hall.model.is_apart(hall.key(pair)))
             for pair in ("ab", "ac", "ad", "ae", "af", "bc")}  # fmt: skip
    assert asked == {
        "ab": (True, False),
        "ac": (False, True),
        "ad": (True, False),
        "ae": (False, True),
        "af": (False, False),
        "bc": (False, False),
    }
