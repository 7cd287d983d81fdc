"""A meeting locked by hand, or a host table, that no plan could keep is refused with its place in the problem."""

from typing import Any

import pytest

from matchmaker.scheduling.problem.problem import (
    HostTable,
    LockedMeeting,
    Person,
    Problem,
    ProblemError,
    Rest,
    Round,
)
from tests.scheduling.problem.conftest import make


def locked(*meetings: tuple[int, int, tuple[str, ...]], **changes: Any) -> Problem:
    return make(locked_meetings=tuple(LockedMeeting(*meeting) for meeting in meetings), **changes)


@pytest.mark.parametrize(
    ("meetings", "changes", "message"),
    [
        ([(3, 1, ("ana", "cy"))], {}, "locked_meetings[0].round: there is no round 3; the last round is 2."),
        ([(0, 1, ("ana", "cy"))], {}, "locked_meetings[0].round: must be 1 or more; it is 0."),
        (
            [(2, 2, ("ana", "cy"))],
            {},
            "locked_meetings[0].table: there is no table 2 in round 2; the last is 1.",
        ),
        (
            [(1, 2, ("ana", "cy"))],
            {"rounds": (Round(2, frozenset({2})), Round(1))},
            "locked_meetings[0].table: table 2 is closed in round 1.",
        ),
        (
            [(1, 1, ("ana", "dot"))],
            {},
            "locked_meetings[0].people: nobody is called 'dot'; add them to people.",
        ),
        (
            [(1, 1, ("ana",))],
            {},
            "locked_meetings[0].people: must name two people, or three in a trio; it names 1.",
        ),
        ([(1, 1, ("ana", "ana"))], {}, "locked_meetings[0].people: names somebody twice."),
        (
            [(1, 1, ("ana", "bo", "cy"))],
            {},
            "locked_meetings[0].people: names three people, but trios are not allowed.",
        ),
        (
            [(1, 1, ("ana", "bo", "cy"))],
            {"trios": frozenset({"ana", "cy"})},
            "locked_meetings[0].people: bo has not agreed to meet in a trio.",
        ),
        ([(2, 1, ("ana", "bo"))], {}, "locked_meetings[0]: bo is not there in round 2."),
        (
            [(1, 1, ("ana", "bo"))],
            {"fixed_table": {"bo": 2}},
            "locked_meetings[0].table: bo always sits at table 2.",
        ),
        (
            [(1, 1, ("ana", "bo"))],
            {"allowed_tables": {"bo": frozenset({2})}},
            "locked_meetings[0].table: bo cannot sit at table 1.",
        ),
        (
            [(1, 1, ("ana", "bo"))],
            {"forbidden": (("bo", "ana"),)},
            "locked_meetings[0]: ana and bo must never meet.",
        ),
        (
            [(1, 1, ("ana", "bo"))],
            {"met": (("bo", "ana"),)},
            "locked_meetings[0]: ana and bo have met already.",
        ),
        (
            [(1, 1, ("ana", "bo")), (1, 1, ("cy", "dan"))],
            {"people": tuple(map(Person, ("ana", "bo", "cy", "dan")))},
            "locked_meetings[1].table: is taken in round 1 by locked_meetings[0].",
        ),
        (
            [(1, 1, ("ana", "bo")), (1, 2, ("cy", "bo"))],
            {},
            "locked_meetings[1].people: bo is in locked_meetings[0] in round 1 too.",
        ),
        (
            [(1, 1, ("ana", "cy")), (2, 1, ("cy", "ana"))],
            {},
            "locked_meetings[1].people: cy and ana meet in locked_meetings[0] too; a pair meets once.",
        ),
        (
            [(1, 1, ("ana", "bo", "cy")), (1, 2, ("dan", "eve", "flo"))],
            {"people": tuple(map(Person, ("ana", "bo", "cy", "dan", "eve", "flo"))), "trios": True},
            "locked_meetings[1].people: round 1 has its one trio in locked_meetings[0].",
        ),
        (
            [(1, 1, ("ana", "bo")), (1, 2, ("cy", "dan"))],
            {"people": tuple(map(Person, ("ana", "bo", "cy", "dan"))), "helpers": {"Ira": ("bo", "dan")}},
            "locked_meetings[1].people: dan comes with Ira, who is with bo in round 1, locked_meetings[0].",
        ),
        (
            [(1, 1, ("ana", "cy")), (2, 1, ("cy", "ana"))],
            {"double": (("ana", "cy"),), "rounds": (Round(1), Round(1, after_break=True))},
            "locked_meetings: ana and cy meet for two rounds in a row; "
            "lock both, at one table and with no break between.",
        ),
        (
            [(1, 1, ("ana", "cy"))],
            {"double": (("ana", "cy"),)},
            "locked_meetings: ana and cy meet for two rounds in a row; "
            "lock both, at one table and with no break between.",
        ),
        (
            [(1, 1, ("ana", "bo")), (2, 1, ("cy", "ana"))],
            {"rests": {"ana": Rest(most=1)}},
            "locked_meetings: ana is in 2 of them; rests.ana.most is 1.",
        ),
        (
            [(1, 1, ("ana", "bo")), (2, 1, ("cy", "ana"))],
            {"rests": {"ana": Rest(in_a_row=1)}},
            "locked_meetings: ana is in 2 in a row, up to round 2; rests.ana.in_a_row is 1.",
        ),
    ],
)
def test_a_locked_meeting_that_breaks_a_rule_is_refused(
    meetings: list[tuple[int, int, tuple[str, ...]]], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ProblemError) as refused:
        locked(*meetings, **changes)
    assert str(refused.value) == message


def test_locked_meetings_that_fit_together_are_taken() -> None:
    made = locked((1, 2, ("ana", "bo")), (2, 1, ("cy", "ana")))
    assert [meeting.round for meeting in made.locked_meetings] == [1, 2]


def test_a_break_is_a_rest_between_locked_meetings() -> None:
    rounds = (Round(2), Round(1, after_break=True))
    rests = {"ana": Rest(in_a_row=1)}
    assert locked((1, 1, ("ana", "bo")), (2, 1, ("cy", "ana")), rounds=rounds, rests=rests)


def test_a_helper_can_be_with_both_people_at_one_table() -> None:
    assert locked((1, 1, ("ana", "bo")), helpers={"Ira": ("ana", "bo")})


def test_both_rounds_of_a_double_meeting_can_be_locked() -> None:
    assert locked((1, 1, ("ana", "cy")), (2, 1, ("cy", "ana")), double=(("ana", "cy"),))


@pytest.mark.parametrize(
    ("table", "changes", "message"),
    [
        (HostTable(1, 3, "ana", 4), {}, "host_tables[0].round: there is no round 3; the last round is 2."),
        (
            HostTable(2, 2, "ana", 4),
            {},
            "host_tables[0].table: there is no table 2 in round 2; the last is 1.",
        ),
        (HostTable(1, 1, "dot", 4), {}, "host_tables[0].host: nobody is called 'dot'; add them to people."),
        (
            HostTable(1, 1, "ana", 4, ("dot",)),
            {},
            "host_tables[0].people: nobody is called 'dot'; add them to people.",
        ),
        (
            HostTable(1, 1, "ana", 4, (), ("dot",)),
            {},
            "host_tables[0].interested: nobody is called 'dot'; add them to people.",
        ),
        (
            HostTable(1, 1, "ana", 4, ("ana",)),
            {},
            "host_tables[0].people: names somebody twice, or the host.",
        ),
        (HostTable(1, 1, "ana", 1, ("cy",)), {}, "host_tables[0].seats: must be 2 or more; it is 1."),
        (HostTable(1, 2, "ana", 4, ("bo",)), {}, "host_tables[0]: bo is not there in round 2."),
        (
            HostTable(1, 1, "ana", 4, ("cy",)),
            {"forbidden": (("cy", "ana"),)},
            "host_tables[0]: ana and cy must never meet.",
        ),
        (
            HostTable(1, 1, "ana", 4),
            {"fixed_table": {"ana": 2}},
            "host_tables[0].table: ana always sits at table 2.",
        ),
        (
            HostTable(1, 1, "ana", 4),
            {"locked_meetings": (LockedMeeting(1, 1, ("bo", "cy")),)},
            "locked_meetings[0].table: is taken in round 1 by host_tables[0].",
        ),
        (
            HostTable(1, 1, "ana", 4),
            {"locked_meetings": (LockedMeeting(1, 2, ("ana", "cy")),)},
            "locked_meetings[0].people: ana is in host_tables[0] in round 1 too.",
        ),
    ],
)
def test_a_host_table_that_breaks_a_rule_is_refused(
    table: HostTable, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ProblemError) as refused:
        make(host_tables=(table,), **changes)
    assert str(refused.value) == message
