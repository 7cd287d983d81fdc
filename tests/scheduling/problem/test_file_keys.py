"""Each key of a problem file is read into its field and written back, and a wrong one is refused by name."""

import json
from typing import Any

import pytest

from matchmaker.scheduling.problem.file_keys import KINDS, NEEDED, READ, WRITE
from matchmaker.scheduling.problem.json_text import problem_from_json
from matchmaker.scheduling.problem.parts import Corner, Kin, Meet, ProblemError, Rest, TableTopic
from tests.scheduling.problem.conftest import WRITTEN


def test_every_key_can_be_read_and_written() -> None:
    assert list(KINDS) == list(READ) == sorted(READ, key=list(KINDS).index)
    assert set(WRITE) == set(KINDS)
    assert set(NEEDED) <= set(KINDS)


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("kin", [{"people": ["ana", "bo"], "meet": "if_wanted"}], (Kin(("ana", "bo"), Meet.IF_WANTED),)),
        (
            "corners",
            [{"id": "A", "seats": 4, "rounds": [1, 3], "beside": ["B"]}],
            (Corner("A", 4, frozenset({1, 3}), ("B",)),),
        ),
        (
            "topics",
            [{"id": "t", "hosts": ["ana"], "seats": 5, "stars": ["bo"], "times": 2, "loud": True}],
            (TableTopic("t", ("ana",), 5, ("bo",), 2, loud=True),),
        ),
        ("rests", {"ana": {"in_a_row": 2}}, {"ana": Rest(in_a_row=2)}),
        ("allowed_tables", {"ana": [2, 3]}, {"ana": frozenset({2, 3})}),
    ],
)
def test_what_is_read_is_written_the_same(key: str, written: Any, read: Any) -> None:
    assert READ[key](written) == read
    assert WRITE[key](read) == written


@pytest.mark.parametrize(
    ("key", "short", "read"),
    [
        ("kin", [{"people": ["ana"]}], (Kin(("ana",), Meet.NEVER),)),
        ("corners", [{"id": "A", "seats": 4}], (Corner("A", 4),)),
        ("topics", [{"id": "t", "hosts": [], "seats": 1}], (TableTopic("t", (), 1),)),
        ("trios", True, True),
    ],
)
def test_what_is_left_out_is_as_if_nothing_were_asked(key: str, short: Any, read: Any) -> None:
    assert READ[key](short) == read


def test_how_two_of_a_group_meet_is_one_of_three_words() -> None:
    with pytest.raises(
        ProblemError, match=r"^kin\[1\]\.meet: must be one of never, if_wanted, rather_not\.$"
    ):
        READ["kin"]([{"people": ["ana"]}, {"people": ["bo"], "meet": "often"}])


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
        problem_from_json(json.dumps(WRITTEN | changes))
    assert str(refused.value) == message
