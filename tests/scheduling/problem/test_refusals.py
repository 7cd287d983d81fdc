"""A problem that contradicts itself is refused, and the field to put right is named."""

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
from tests.scheduling.problem.conftest import make


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
