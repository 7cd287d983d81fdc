"""A problem refuses what contradicts itself, naming the field."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest

from matchmaker.scheduling.problem import refusals
from matchmaker.scheduling.problem.problem import (
    HostTable,
    LockedMeeting,
    Person,
    Problem,
    ProblemError,
    Rest,
    Round,
)


def make(**changes: Any) -> Problem:
    fields: dict[str, Any] = {
        "people": (Person("ana"), Person("bo", frozenset({1})), Person("cy")),
        "rounds": (Round(2), Round(1)),
        "pairs": (("ana", "bo", 0.5), ("cy", "bo", 1)),
    }
    return Problem(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"people": (Person("ana"), Person("ana"))}, "people[1].id: ana is listed twice."),
        ({"people": (Person(""),)}, "people[0].id: must be a text that is not empty."),
        (
            {"people": (Person("ana", frozenset({-1})), Person("bo"), Person("cy"))},
            "people[0].rounds: must be 1 or more; it is -1.",
        ),
        (
            {"people": (Person("ana", frozenset({3})), Person("bo"), Person("cy"))},
            "people[0].rounds: there is no round 3; the last round is 2.",
        ),
        ({"rounds": (Round(-1),), "people": ()}, "rounds[0].tables: must be 0 or more; it is -1."),
        ({"rounds": (Round(10**30),), "people": ()}, "rounds[0].tables: must be 100,000 or fewer."),
        ({"rounds": (Round(1),) * 1001}, "rounds: there are 1,001; plan at most 1,000 at once."),
        ({"pairs": (("ana", "bo", -0.1),)}, "pairs[0]: the score must be a number from 0 to 1; it is -0.1."),
        ({"pairs": (("ana", "bo", 1.1),)}, "pairs[0]: the score must be a number from 0 to 1; it is 1.1."),
        (
            {"pairs": (("ana", "bo", nan),)},
            "pairs[0]: the score must be a number from 0 to 1; it is not a number.",
        ),
        ({"pairs": (("ana", "bo", inf),)}, "pairs[0]: the score must be a number from 0 to 1; it is inf."),
        ({"pairs": (("ana", "ana", 0.1),)}, "pairs[0]: pairs ana with themselves; name two people."),
        ({"pairs": (("ana", "dot", 0.1),)}, "pairs[0]: nobody is called 'dot'; add them to people."),
        (
            {"pairs": (("ana", "bo", 0.1), ("bo", "ana", 0.1))},
            "pairs[1]: bo and ana are listed twice; list each pair once.",
        ),
        ({"forbidden": (("ana", "dot"),)}, "forbidden[0]: nobody is called 'dot'; add them to people."),
        ({"wanted": (("ana", "ana"),)}, "wanted[0]: pairs ana with themselves; name two people."),
        ({"met": (("ana", "dot"),)}, "met[0]: nobody is called 'dot'; add them to people."),
        ({"met_before": (("bo", "bo"),)}, "met_before[0]: pairs bo with themselves; name two people."),
        ({"apart": (("ana", "bo", "cy"),)}, "apart[0]: must name two people; it names 3."),
        ({"double": (("ana", "dot"),)}, "double[0]: nobody is called 'dot'; add them to people."),
        ({"rests": {"dot": Rest(most=1)}}, "rests: nobody is called 'dot'; add them to people."),
        ({"rests": {"ana": Rest()}}, "rests.ana: must say most, or in_a_row, or both."),
        ({"rests": {"ana": Rest(most=-1)}}, "rests.ana.most: must be 0 or more; it is -1."),
        ({"rests": {"ana": Rest(in_a_row=0)}}, "rests.ana.in_a_row: must be 1 or more; it is 0."),
        ({"helpers": {"h": ("ana", "dot")}}, "helpers.h: nobody is called 'dot'; add them to people."),
        ({"fixed_table": {"dot": 1}}, "fixed_table: nobody is called 'dot'; add them to people."),
        ({"fixed_table": {"ana": 0}}, "fixed_table.ana: must be 1 or more; it is 0."),
        ({"allowed_tables": {"ana": frozenset({0})}}, "allowed_tables.ana: must be 1 or more; it is 0."),
        ({"trios": frozenset({"dot"})}, "trios: nobody is called 'dot'; add them to people."),
        ({"locked": frozenset({3})}, "locked: there is no round 3; the last round is 2."),
        (
            {"rounds": (Round(2, frozenset({3})), Round(1))},
            "rounds[0].closed: there is no table 3; the last table is 2.",
        ),
        ({"rounds": (Round(2, frozenset({0})), Round(1))}, "rounds[0].closed: must be 1 or more; it is 0."),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        make(**changes)
    assert str(refused.value) == message
    assert message.startswith(f"{refused.value.field}: ")


def test_more_pairs_of_one_person_than_any_event_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MOST_PAIRS_OF_ONE_PERSON", 1)
    with pytest.raises(ProblemError, match=r"^pairs: bo is in 2 pairs; list at most 1 for one person\.$"):
        make()


def test_one_pair_too_many_of_one_person_is_refused_at_the_real_limit() -> None:
    ids = [f"p{i}" for i in range(refusals.MOST_PAIRS_OF_ONE_PERSON + 2)]
    pairs = ((ids[0], other, 0.5) for other in ids[1:])
    with pytest.raises(
        ProblemError,
        match=r"^pairs: p0 is in 100,001 pairs; list at most 100,000 for one person\.$",
    ):
        Problem(tuple(map(Person, ids)), (Round(1),), pairs)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["forbidden", "wanted", "met", "met_before", "apart", "double"])
@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("bo", "bo"), "pairs bo with themselves; name two people."),
        (("bo", "dot"), "nobody is called 'dot'; add them to people."),
        (("bo",), "must name two people; it names 1."),
    ],
)
def test_every_list_of_pairs_names_the_entry_that_is_wrong(
    key: str, pair: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ProblemError) as refused:
        make(**{key: (("ana", "cy"), pair)})
    assert str(refused.value) == f"{key}[1]: {words}"


@pytest.mark.parametrize("number", [-1, 0, 3, 1.0, nan, True])
def test_a_round_that_there_cannot_be_is_named_wherever_it_stands(number: Any) -> None:
    people = (Person("ana", frozenset({number})), Person("bo"), Person("cy"))
    host = HostTable(1, number, "ana", 2)
    for changes, where in (
        ({"people": people}, "people[0].rounds"),
        ({"locked": frozenset({number})}, "locked"),
        ({"locked_meetings": (LockedMeeting(number, 1, ("ana", "cy")),)}, "locked_meetings[0].round"),
        ({"host_tables": (host,)}, "host_tables[0].round"),
    ):
        with pytest.raises(ProblemError) as refused:
            make(**changes)
        assert refused.value.field == where


@pytest.mark.parametrize("gather", [list, set, frozenset])
def test_pairs_may_come_in_any_collection(gather: Callable[[Any], Any]) -> None:
    problem = make(forbidden=gather([("ana", "bo"), ("bo", "cy")]))
    assert problem.forbidden == (("ana", "bo"), ("bo", "cy"))


def test_nobody_who_agreed_to_trios_is_the_same_as_no_trios() -> None:
    assert make(trios=frozenset()) == make(trios=False)


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
            "locked_meetings[1].people: dan needs Ira, who is with bo in round 1, locked_meetings[0].",
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
