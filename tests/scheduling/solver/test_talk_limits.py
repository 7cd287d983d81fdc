"""Talks leave people their rests, and those who share a helper are at one place at a time."""

from dataclasses import replace

from matchmaker.scheduling.problem.problem import (
    Corner,
    LockedMeeting,
    Person,
    Problem,
    Rest,
    Round,
    TableTopic,
)
from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot
from matchmaker.scheduling.solver.talk_limits import bearable, rules

EVENT = Problem(
    people=tuple(map(Person, "abcde")),
    rounds=(Round(2),) * 3,
    corners=(Corner("big", 6), Corner("small", 6)),
    topics=(TableTopic("rivers", ("a",), 5, ("c", "d"), times=2), TableTopic("soil", ("b",), 5, ("c", "d"))),
)
RIVERS, SOIL = range(2)
C, D = 2, 3
FIRST, SECOND = TalkSlot(RIVERS, 0, "big"), TalkSlot(RIVERS, 1, "big")
BESIDE = TalkSlot(SOIL, 0, "small")


def test_without_limits_every_talk_stays() -> None:
    assert bearable(Hosting(EVENT), [FIRST, SECOND, BESIDE]) == [FIRST, SECOND, BESIDE]


def test_a_host_has_no_more_talks_than_they_can_bear() -> None:
    resting = replace(EVENT, rests={"a": Rest(most=1)})
    assert bearable(Hosting(resting), [FIRST, SECOND, BESIDE]) == [FIRST, BESIDE]


def test_a_host_with_one_round_in_a_row_rests_between_two() -> None:
    resting = replace(EVENT, rests={"a": Rest(in_a_row=1)})
    third = TalkSlot(RIVERS, 2, "big")
    assert bearable(Hosting(resting), [FIRST, SECOND, third]) == [FIRST, third]


def test_hosts_who_share_a_helper_do_not_host_at_once() -> None:
    helped = replace(EVENT, helpers={"Ira": ("a", "b")})
    assert bearable(Hosting(helped), [FIRST, SECOND, BESIDE]) == [FIRST, SECOND]


def test_a_host_waits_for_a_helper_who_is_at_a_meeting_to_keep() -> None:
    helped = replace(EVENT, helpers={"Ira": ("a", "c")}, locked_meetings=(LockedMeeting(1, 1, ("c", "d")),))
    assert bearable(Hosting(helped), [FIRST, SECOND]) == [SECOND]


def test_a_guest_who_can_bear_one_talk_is_counted_in_all_of_them() -> None:
    resting = replace(EVENT, rests={"c": Rest(most=1)})
    columns, in_round = [(C, 0), (C, 1), (D, 0)], {(C, 0): [0], (C, 1): [1], (D, 0): [2]}
    found = [
        (column, room) for _, column, room in rules(Hosting(resting), [FIRST, SECOND], columns, in_round)
    ]
    assert found == [(0, 1), (1, 1)]


def test_guests_who_share_a_helper_are_at_one_talk_of_a_round() -> None:
    helped = replace(EVENT, helpers={"Ira": ("c", "d")})
    columns = [(C, 0), (C, 1), (D, 0), (D, 1)]
    in_round = {(C, 0): [0, 1], (D, 0): [2, 3]}
    found: dict[object, list[int]] = {}
    for about, column, room in rules(Hosting(helped), [FIRST, BESIDE], columns, in_round):
        assert room == 1
        found.setdefault(about, []).append(column)
    assert sorted(found.values()) == [[0, 3], [1, 2]]


def test_a_guest_is_nowhere_but_where_a_host_with_their_helper_is() -> None:
    helped = replace(EVENT, helpers={"Ira": ("a", "c")})
    columns, in_round = [(C, 0), (C, 1)], {(C, 0): [0, 1]}
    found = [(column, room) for _, column, room in rules(Hosting(helped), [FIRST, BESIDE], columns, in_round)]
    assert found == [(1, 0)]
