"""Who is left over takes part by chains of changes that gain, and never by one that loses."""

import numpy as np

from matchmaker.scheduling.problem.problem import Person, Round
from matchmaker.scheduling.solver.mend import Mender, fill
from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.place import value
from tests.scheduling.solver.conftest import Hall, everybody


def mend(hall: Hall) -> list[set[str]]:
    before = value(hall.table, hall.weights)
    mender = Mender(hall.table, hall.partners, hall.weights, hall.table.had().tolist())
    mender.mend(set(range(hall.model.people)))
    assert mender.had == hall.table.had().tolist()
    assert value(hall.table, hall.weights) >= before
    return hall.met()


def test_two_who_are_left_over_and_may_meet_do() -> None:
    hall = everybody("abcd", 1)
    hall.meet(0, "ab")
    assert mend(hall) == [{"ab", "cd"}]


def test_two_who_may_not_meet_are_joined_over_a_pair_that_parts() -> None:
    hall = everybody("abcd", 1, {"ab": 0.9, "ac": 0.1, "bd": 0.1})
    hall.meet(0, "ab")
    assert mend(hall) == [{"ac", "bd"}]


def test_a_chain_may_lead_over_several_pairs() -> None:
    hall = everybody("abcdef", 1, {"ab": 0.1, "bc": 0.9, "cd": 0.1, "de": 0.9, "ef": 0.1})
    hall.meet(0, "bc", "de")
    assert mend(hall) == [{"ab", "cd", "ef"}]


def test_a_meeting_goes_to_whoever_has_had_fewer() -> None:
    rounds = (Round(1), Round(1))
    hall = everybody("abc", rounds, {"ab": 0.9, "ac": 0.1, "bc": 0.9})
    hall.meet(0, "ab")
    hall.meet(1, "bc")
    before = value(hall.table, hall.weights)
    mend(hall)
    assert value(hall.table, hall.weights) == before
    again = everybody("abcd", (Round(2), Round(1)), {"ab": 0.9, "cd": 0.9, "bc": 0.1, "ad": 0.9})
    again.meet(0, "ab")
    again.meet(1, "ad")
    assert "cd" in mend(again)[0]


def test_nobody_is_mended_into_a_round_without_a_table() -> None:
    hall = everybody("abcd", (Round(1),))
    hall.meet(0, "ab")
    assert len(mend(hall)[0]) == 1


def test_nobody_meets_somebody_they_have_met() -> None:
    hall = everybody("ab", 2)
    hall.meet(0, "ab")
    assert mend(hall) == [{"ab"}, set()]


def test_who_needs_a_table_that_nobody_kept_is_given_no_meeting() -> None:
    hall = everybody("ab", (Round(2),), fixed_table={"a": 1})
    assert mend(hall) == [set()]
    hall.table.held[0][hall.number["a"]] = 1
    assert mend(hall) == [{"ab"}]


def filled(hall: Hall, sat_out: str = "") -> list[set[str]]:
    counts = [sat_out.count(one) for one in hall.model.ids]
    fill(hall.table, hall.partners, counts)
    return hall.met()


def test_two_who_share_the_table_that_both_need_do_not_part_for_others() -> None:
    hall = everybody("abcd", (Round(2),), {"ab": 0.9, "bc": 0.1, "cd": 0.9}, fixed_table={"b": 1, "c": 1})
    hall.meet(0, "bc")
    assert hall.table.seat(0, hall.pair("bc"))
    assert mend(hall) == [{"bc"}]


def test_free_people_are_paired_best_partner_first() -> None:
    hall = everybody("abcd", 1, {"ab": 0.1, "ac": 0.9, "bd": 0.1, "cd": 0.2})
    assert filled(hall, "a") == [{"ac", "bd"}]


def test_who_has_sat_out_most_is_first() -> None:
    assert filled(everybody("abc", (Round(1),), {"ab": 0.9, "bc": 0.1}), "cc") == [{"bc"}]


def test_where_places_are_filled_anybody_will_do_but_those_to_be_kept_apart_come_last() -> None:
    hall = everybody("abcd", 1, {}, fill=True, apart=(("a", "b"), ("c", "d")), forbidden=(("a", "d"),))
    # In a large hall most of those who are free are on nobody's list of partners.
    hall.partners = Partners(hall.model, hall.weights, np.zeros(len(hall.model.keys), dtype=np.bool_))
    assert filled(hall, "aa") == [{"ac", "bd"}]
    assert filled(everybody("ab", 1, {})) == [set()]


def test_a_place_is_filled_only_at_a_table_that_suits_both() -> None:
    tables = {"a": frozenset({1}), "b": frozenset({2})}
    hall = everybody("abc", (Round(2),), {"ab": 0.9, "ac": 0.1}, allowed_tables=tables)
    assert filled(hall, "a") == [{"ac"}]
    assert hall.table.held == [{hall.number["a"]: 1}]


def test_who_is_away_fills_no_place() -> None:
    hall = everybody("ab", (Round(1), Round(1)), people={"b": Person("b", frozenset({2}))})
    assert filled(hall) == [set(), {"ab"}]
