"""A small problem whose parts can be changed one by one, and one as a file holds it."""

from typing import Any

from matchmaker.scheduling.problem.problem import Person, Problem, Round

WRITTEN: dict[str, Any] = {
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
"""A problem as a file holds it, with most of what can be said of one."""


def make(**changes: Any) -> Problem:
    """Three people, of whom bo is there in the first of two rounds only, with changes."""
    fields: dict[str, Any] = {
        "people": (Person("ana"), Person("bo", frozenset({1})), Person("cy")),
        "rounds": (Round(2), Round(1)),
        "pairs": (("ana", "bo", 0.5), ("cy", "bo", 1)),
    }
    return Problem(**(fields | changes))
