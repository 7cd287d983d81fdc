"""A problem refuses what contradicts itself, naming the field."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest

from matchmaker.scheduling import problem as module
from matchmaker.scheduling.problem import Person, Problem, ProblemError, Round


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
        ({"fixed_table": {"dot": 1}}, "fixed_table: nobody is called 'dot'; add them to people."),
        ({"fixed_table": {"ana": 0}}, "fixed_table.ana: must be 1 or more; it is 0."),
        ({"allowed_tables": {"ana": frozenset({0})}}, "allowed_tables.ana: must be 1 or more; it is 0."),
        ({"trios": frozenset({"dot"})}, "trios: nobody is called 'dot'; add them to people."),
        ({"locked": frozenset({3})}, "locked: there is no round 3; the last round is 2."),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        make(**changes)
    assert str(refused.value) == message
    assert message.startswith(f"{refused.value.field}: ")


def test_more_pairs_of_one_person_than_any_event_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAIRS_OF_ONE_PERSON", 1)
    with pytest.raises(ProblemError, match=r"^pairs: bo is in 2 pairs; list at most 1 for one person\.$"):
        make()


@pytest.mark.parametrize("gather", [list, set, frozenset])
def test_pairs_may_come_in_any_collection(gather: Callable[[Any], Any]) -> None:
    problem = make(forbidden=gather([("ana", "bo"), ("bo", "cy")]))
    assert problem.forbidden == (("ana", "bo"), ("bo", "cy"))


def test_nobody_who_agreed_to_trios_is_the_same_as_no_trios() -> None:
    assert make(trios=frozenset()) == make(trios=False)
