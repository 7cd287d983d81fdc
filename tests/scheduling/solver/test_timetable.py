"""A timetable keeps the rules it is asked about while pairs come and go."""

import pytest

from matchmaker.scheduling.problem.problem import Person, Rest, Round
from matchmaker.scheduling.solver.timetable import AWAY, FREE, Timetable
from tests.scheduling.solver.conftest import Hall, everybody


def test_who_cannot_sit_in_a_round_is_away_and_everybody_else_is_free() -> None:
    hall = everybody("abc", (Round(1), Round(0)), people={"a": Person("a", frozenset({2}))})
    a, b = hall.number["a"], hall.number["b"]
    assert [(row[a], row[b]) for row in hall.table.at] == [(AWAY, FREE), (AWAY, AWAY)]
    assert hall.table.open().sum(axis=1).tolist() == [2, 0]


def test_two_who_meet_take_a_table_until_they_part() -> None:
    hall = everybody("abcd", 2)
    hall.meet(1, "ad", "bc")
    assert (hall.met(), hall.table.room) == ([set(), {"ad", "bc"}], [2, 0])
    assert hall.table.met == {hall.key("ad"), hall.key("bc")}
    assert hall.table.met_keys().tolist() == sorted(hall.table.met)
    hall.table.remove(1, *hall.pair("ad"))
    assert (hall.met(), hall.table.room) == ([set(), {"bc"}], [2, 1])
    assert hall.table.met == {hall.key("bc")}


def test_meetings_of_every_kind_count_for_their_people_and_pairs_alone_for_scores() -> None:
    hall = everybody("abcdefg", (Round(3), Round(3)), trios=True)
    hall.meet(0, "ab")
    hall.table.settle(0, hall.people("cde"), 2)
    hall.table.host(1, hall.people("ac"), 3)
    hall.table.attend(1, hall.people("ef"))
    had = hall.table.had()
    assert "".join(f"{one}{had[hall.number[one]]}" for one in "abcdefg") == "a2b1c2d1e2f1g0"
    assert hall.table.score() == 0.5 * 4
    assert hall.table.room == [1, 2]
    assert hall.table.taken == [{2}, {3}]
    assert hall.table.settled == [(0, hall.people("cde"), 2)]
    assert hall.letters(i for i, free in enumerate(hall.table.open()[1].tolist()) if free) == "bdg"


def test_whoever_joins_a_group_later_is_in_it_and_nowhere_else() -> None:
    hall = everybody("abcd", 1, rests={"b": Rest(most=1)})
    hall.table.host(0, hall.people("a"), 1)
    hall.table.join_group(0, hall.number["b"])
    assert hall.table.groups == [(0, (hall.number["a"], hall.number["b"]), 1)]
    assert hall.table.at[0][hall.number["b"]] == AWAY
    assert hall.table.busy == {(0, hall.number["b"])}


def test_a_closed_round_keeps_its_meetings_and_takes_no_more() -> None:
    hall = everybody("abcd", 1)
    hall.meet(0, "ab")
    hall.table.close(0)
    assert hall.met() == [{"ab"}]
    assert not hall.table.open().any()


def test_a_copy_is_changed_on_its_own() -> None:
    hall = everybody("abcd", 1, fixed_table={"a": 1})
    copy = hall.table.copy()
    copy.seat(0, hall.pair("ab"))
    copy.add(0, *hall.pair("ab"))
    copy.settle(0, hall.pair("cd"), 2)
    copy.attend(0, ())
    copy.host(0, (), 1)
    untouched = everybody("abcd", 1, fixed_table={"a": 1}).table
    for name in ("at", "room", "held", "met", "settled", "taken", "busy", "groups", "talks"):
        assert getattr(hall.table, name) == getattr(untouched, name), name


def test_rounds_are_emptied_to_what_was_settled_at_the_start() -> None:
    hall = everybody("abcdef", 2, fixed_table={"a": 1, "e": 2})
    hall.table.settle(0, hall.pair("ef"), 2)
    start = hall.table.copy()
    for round_, pairs in ((0, ("ab", "cd")), (1, ("ac", "bd"))):
        for pair in pairs:
            assert hall.table.seat(round_, hall.pair(pair))
        hall.meet(round_, *pairs)
    bare = hall.table.without((0,), start)
    assert [row for row in bare.held] == [{}, {hall.number["a"]: 1}]
    assert bare.met == {hall.key("ef"), hall.key("ac"), hall.key("bd")}
    assert (bare.room, bare.settled) == ([2, 1], start.settled)
    assert hall.met() == [{"ab", "cd"}, {"ac", "bd"}]


@pytest.mark.parametrize(
    ("rest", "met_in", "allowed_in"),
    [
        (Rest(most=2), (0, 4), [0, 4]),
        (Rest(in_a_row=2), (0, 1), [0, 1, 3, 4]),
        (Rest(in_a_row=2), (1,), [0, 1, 2, 3, 4]),
        (Rest(in_a_row=1), (0, 3), [0, 2, 3]),
        (Rest(3, 1), (0,), [0, 2, 3, 4]),
    ],
)
def test_a_meeting_leaves_the_rests_that_were_asked_for(
    rest: Rest, met_in: tuple[int, ...], allowed_in: list[int]
) -> None:
    rounds = (Round(3), Round(3), Round(3), Round(3, after_break=True), Round(3))
    hall = everybody("abcdef", rounds, rests={"a": rest})
    for round_, other in zip(met_in, "bc", strict=False):
        hall.meet(round_, f"a{other}")
    assert [r for r in range(5) if hall.table.allows(r, hall.pair("af"))] == allowed_in
    assert all(hall.table.allows(r, hall.pair("ef")) for r in range(5))


@pytest.mark.parametrize("how", ["meet", "settle", "host", "attend"])
def test_a_helper_who_is_with_somebody_can_be_with_nobody_elsewhere(how: str) -> None:
    hall = everybody("abcdef", 2, helpers={"Ira": ("a", "b")})
    people = hall.people("ac")
    if how == "meet":
        hall.meet(0, "ac")
    elif how == "settle":
        hall.table.settle(0, people, 0)
    elif how == "host":
        hall.table.host(0, people, 1)
    else:
        hall.table.attend(0, people)
    allowed = [[hall.table.allows(r, hall.pair(pair)) for pair in ("bd", "ab", "de")] for r in (0, 1)]
    assert allowed == [[False, True, True], [True, True, True]]


def tied() -> Hall:
    return everybody(
        "abcd",
        (Round(3), Round(3, closed=frozenset({1}))),
        fixed_table={"a": 1},
        allowed_tables={"b": frozenset({1, 2}), "c": frozenset({2})},
    )


def test_people_sit_at_the_first_table_that_suits_them_all_and_nobody_else_has() -> None:
    hall = tied()
    tables = {
        letters: [hall.table.table_for(r, hall.people(letters)) for r in (0, 1)]
        for letters in ("d", "ad", "ab", "bd", "ac", "bc")
    }
    assert tables == {
        "d": [0, 0],
        "ad": [1, None],
        "ab": [1, None],
        "bd": [1, 2],
        "ac": [None, None],
        "bc": [2, 2],
    }


def test_a_table_that_is_kept_or_taken_is_given_to_nobody_else() -> None:
    hall = tied()
    assert hall.table.seat(0, hall.pair("ad"))
    assert hall.table.held[0] == {hall.number["a"]: 1}
    assert hall.table.table_for(0, hall.people("b")) == 2
    hall.table.settle(0, hall.pair("cd"), 2)
    assert hall.table.table_for(0, hall.people("b")) is None
    assert not hall.table.seat(0, hall.people("b"))
    assert hall.table.held[0] == {hall.number["a"]: 1}


def test_whoever_has_a_table_keeps_it_if_it_suits_the_others() -> None:
    hall = tied()
    hall.table.held[0][hall.number["b"]] = 2
    assert hall.table.table_for(0, hall.pair("bd")) == 2
    assert hall.table.table_for(0, hall.pair("ab")) == 1


def test_who_needs_rest_is_given_no_table() -> None:
    hall = everybody("abcd", 2, rests={"a": Rest(most=0)})
    assert hall.table.table_for(0, hall.pair("ab")) is None


def test_tables_kept_for_those_who_meet_nobody_are_given_up() -> None:
    hall = tied()
    for letters in ("ad", "bc"):
        hall.table.seat(0, hall.pair(letters))
    hall.meet(0, "ad")
    hall.table.release()
    assert hall.table.held == [{hall.number["a"]: 1}, {}]


def test_a_hall_of_nobody_has_no_meetings() -> None:
    table: Timetable = everybody("", 0).table
    assert (table.pairs(), table.had().tolist(), table.score()) == ([], [], 0.0)
