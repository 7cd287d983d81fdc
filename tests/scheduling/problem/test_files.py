"""Problems and plans survive the way to JSON and back, and bad text is refused in words."""

import json
from typing import Any

import pytest

from matchmaker.scheduling.problem.files import (
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)
from matchmaker.scheduling.problem.plan import (
    Certificate,
    Changes,
    GaveWay,
    Group,
    Meeting,
    Plan,
    PlanError,
    Unmet,
)
from matchmaker.scheduling.problem.problem import (
    HostTable,
    LockedMeeting,
    Mixing,
    Person,
    Problem,
    ProblemError,
    Rest,
    Round,
)

PROBLEM: dict[str, Any] = {
    "people": [{"id": "ana", "rounds": [1, 2]}, {"id": "bo", "pool": "outside"}, {"id": "çem"}],
    "rounds": [{"tables": 3, "closed": [1]}, {"tables": 0, "after_break": True}],
    "pairs": [["ana", "bo", 0.61]],
    "forbidden": [["ana", "çem"]],
    "wanted": [["bo", "çem"]],
    "fixed_table": {"bo": 2},
    "allowed_tables": {"ana": [1, 2]},
    "trios": ["ana", "bo", "çem"],
    "fill": True,
    "locked": [2],
    "locked_meetings": [{"round": 1, "table": 2, "people": ["ana", "bo"]}],
    "met": [["ana", "çem"]],
    "met_before": [["ana", "bo"]],
    "apart": [["bo", "çem"]],
    "double": [["ana", "çem"]],
    "rests": {"bo": {"most": 2}, "ana": {"most": 3, "in_a_row": 1}},
    "helpers": {"Ira": ["ana", "bo"]},
    "mixing": {"least": 2},
    "gentle": True,
    "host_tables": [{"table": 3, "round": 1, "host": "çem", "seats": 2, "interested": ["bo"]}],
}
PLAN = Plan(
    (Meeting(1, 2, ("ana", "bo"), 0.61),),
    Certificate(
        0.61,
        0.7,
        0.61,
        1.0,
        0,
        1,
        (Unmet(("bo", "çem"), "No place found."),),
        (GaveWay(("ana", "bo"), "ana and bo meet although they are to be kept apart."),),
        Changes(1, 0, 2, 0, 2),
    ),
    (Group(1, 3, "çem", ("çem", "dot")),),
)


def test_a_problem_is_read_whole() -> None:
    assert problem_from_json(json.dumps(PROBLEM)) == Problem(
        people=(Person("ana", frozenset({1, 2})), Person("bo", None, "outside"), Person("çem")),
        rounds=(Round(3, frozenset({1})), Round(0, after_break=True)),
        pairs=(("ana", "bo", 0.61),),
        forbidden=(("ana", "çem"),),
        wanted=(("bo", "çem"),),
        fixed_table={"bo": 2},
        allowed_tables={"ana": frozenset({1, 2})},
        trios=frozenset({"ana", "bo", "çem"}),
        fill=True,
        locked=frozenset({2}),
        locked_meetings=(LockedMeeting(1, 2, ("ana", "bo")),),
        met=(("ana", "çem"),),
        met_before=(("ana", "bo"),),
        apart=(("bo", "çem"),),
        double=(("ana", "çem"),),
        rests={"bo": Rest(most=2), "ana": Rest(3, 1)},
        helpers={"Ira": ("ana", "bo")},
        mixing=Mixing(2),
        gentle=True,
        host_tables=(HostTable(3, 1, "çem", 2, (), ("bo",)),),
    )


def test_a_problem_is_written_as_it_was_read() -> None:
    assert json.loads(problem_to_json(problem_from_json(json.dumps(PROBLEM)))) == PROBLEM


def test_a_plan_is_written_and_read_back() -> None:
    assert plan_from_json(plan_to_json(PLAN)) == PLAN


def test_an_empty_plan_is_json_too() -> None:
    assert json.loads(plan_to_json(Plan((), Certificate(0.0, 0.0, 0.0, 1.0, 0, 0))))["meetings"] == []


def test_a_byte_order_mark_is_read_over() -> None:
    assert problem_from_json("\ufeff" + json.dumps(PROBLEM)).fill


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"forbiden": []},
            "forbiden: is not a key that is known here; use people, rounds, pairs, forbidden, wanted,"
            " fixed_table, allowed_tables, trios, fill, locked, locked_meetings, met, met_before, apart,"
            " double, rests, helpers, host_tables, mixing, gentle, kin, corners, topics.",
        ),
        ({"people": {}}, "people: must be a list."),
        ({"people": [3]}, "people[0]: must be an object, such as {id, rounds, pool}."),
        ({"people": [{"id": 3}]}, "people[0].id: must be text."),
        ({"people": [{"rounds": [1]}]}, "people[0].id: is missing."),
        ({"people": [{"id": "ana", "rounds": [1.5]}]}, "people[0].rounds: must be a whole number."),
        ({"people": [{"id": "ana", "rounds": [True]}]}, "people[0].rounds: must be a whole number."),
        ({"rounds": [{"tables": "2"}]}, "rounds[0].tables: must be a whole number."),
        (
            {"rounds": [{"table": 2}]},
            "rounds[0].table: is not a key that is known here; use tables, closed, after_break.",
        ),
        ({"pairs": [["ana", "bo"]]}, 'pairs[0]: must be two ids and a score, such as ["p1", "p7", 0.61].'),
        ({"pairs": [["ana", "bo", None]]}, "pairs[0]: the score must be a number from 0 to 1; it is None."),
        ({"pairs": [["ana", "bo", True]]}, "pairs[0]: the score must be a number from 0 to 1; it is True."),
        ({"forbidden": [["ana"]]}, 'forbidden[0]: must be two ids, such as ["p1", "p7"].'),
        ({"fixed_table": {"bo": "2"}}, "fixed_table.bo: must be a whole number; it is '2'."),
        ({"allowed_tables": {"bo": 2}}, "allowed_tables.bo: must be a list."),
        ({"trios": "yes"}, "trios: must be true or false or a list."),
        ({"trios": [1]}, "trios: must be text."),
        ({"rounds": [{"tables": 2, "closed": 3}]}, "rounds[0].closed: must be a list."),
        ({"locked_meetings": [{"round": 1, "table": 2}]}, "locked_meetings[0].people: is missing."),
        (
            {"locked_meetings": [{"round": 1, "table": 2, "people": ["ana", 1]}]},
            "locked_meetings[0].people: must be text.",
        ),
        (
            {"locked_meetings": [["ana", "bo"]]},
            "locked_meetings[0]: must be an object, such as {round, table, people}.",
        ),
        (
            {"rests": {"bo": {"mots": 1}}},
            "rests.bo.mots: is not a key that is known here; use most, in_a_row.",
        ),
        ({"rests": {"bo": {"most": 1.5}}}, "rests.bo.most: must be a whole number."),
        (
            {"host_tables": [{"table": 3, "round": 1, "host": "bo"}]},
            "host_tables[0].seats: is missing.",
        ),
        ({"mixing": {}}, "mixing.least: is missing."),
        ({"helpers": {"Ira": "bo"}}, "helpers.Ira: must be a list."),
        ({"fill": 1}, "fill: must be true or false."),
    ],
)
def test_a_problem_that_is_wrong_is_refused_by_field(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        problem_from_json(json.dumps(PROBLEM | changes))
    assert str(refused.value) == message


def test_nan_in_a_file_is_refused() -> None:
    text = json.dumps(PROBLEM).replace("0.61", "NaN")
    with pytest.raises(ProblemError, match=r"^pairs\[0\]: .* it is not a number"):
        problem_from_json(text)


@pytest.mark.parametrize("text", ["", "{", "[1]", "[" * 100_000])
def test_text_that_is_no_json_object_is_refused_by_line(text: str) -> None:
    with pytest.raises(ProblemError, match="^line 1: "):
        problem_from_json(text)


def test_a_missing_key_is_named() -> None:
    with pytest.raises(ProblemError, match=r"^rounds: is missing\.$"):
        problem_from_json('{"people": [], "pairs": []}')


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"table": 2', '"table": 2.5', "meetings[0].table: must be a whole number."),
        (
            '"table"',
            '"tabel"',
            "meetings[0].tabel: is not a key that is known here; use round, table, people, score.",
        ),
        ('"people": ["ana", "bo"]', '"people": ["ana", 3]', "meetings[0].people: must be text."),
        ('"host": "çem"', '"host": 3', "groups[0].host: must be text."),
        ('["çem", "dot"]', '["çem", 3]', "groups[0].people: must be text."),
        ('"ratio": 1.0, ', "", "certificate.ratio: is missing."),
        ('["bo", "çem"]', '["bo"]', "certificate.unmet[0].people: must be two ids."),
    ],
)
def test_a_plan_that_is_wrong_is_refused_by_field(old: str, new: str, message: str) -> None:
    with pytest.raises(PlanError) as refused:
        plan_from_json(plan_to_json(PLAN).replace(old, new))
    assert str(refused.value) == message
