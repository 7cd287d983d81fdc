"""Problems and plans survive the way to JSON and back, and bad text is refused in words."""

import json

import pytest

from matchmaker.scheduling.problem.json_text import (
    certificate_to_object,
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
    problem_to_object,
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
from tests.scheduling.problem.conftest import WRITTEN

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
    assert problem_from_json(json.dumps(WRITTEN)) == Problem(
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
    read = problem_from_json(json.dumps(WRITTEN))
    assert json.loads(problem_to_json(read)) == WRITTEN
    assert problem_to_object(read) == WRITTEN, (
        "what a database keeps holds lists and texts alone, as its file does"
    )


def test_a_plan_is_written_and_read_back() -> None:
    assert plan_from_json(plan_to_json(PLAN)) == PLAN
    assert certificate_to_object(PLAN.certificate) == json.loads(plan_to_json(PLAN))["certificate"]


def test_an_empty_plan_is_json_too() -> None:
    assert json.loads(plan_to_json(Plan((), Certificate(0.0, 0.0, 0.0, 1.0, 0, 0))))["meetings"] == []


def test_a_byte_order_mark_is_read_over() -> None:
    assert problem_from_json("\ufeff" + json.dumps(WRITTEN)).fill


def test_nan_in_a_file_is_refused() -> None:
    text = json.dumps(WRITTEN).replace("0.61", "NaN")
    with pytest.raises(ProblemError, match=r"^pairs\[0\]: .* it is not a number"):
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
