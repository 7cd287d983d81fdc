"""Rests, helpers and meetings of two rounds are looked at over the whole plan."""

from dataclasses import replace

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Meeting
from matchmaker.scheduling.problem.problem import Rest, Round
from tests.scheduling.checker.conftest import GOOD, PROBLEM


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (Rest(most=1), "ana has 2 meetings, and asks for at most 1."),
        (Rest(in_a_row=1), "ana has 2 meetings in a row, and asks for at most 1."),
    ],
)
def test_more_meetings_than_somebody_asked_for_are_a_fault(rest: Rest, words: str) -> None:
    problem = replace(PROBLEM, rests={"ana": rest})
    assert words in [str(fault) for fault in check(problem, GOOD) if fault.rule == "rests"]
    assert [fault for fault in check(replace(problem, rests={"ana": Rest(2, 2)}), GOOD)] == []


def test_a_break_ends_a_row_of_meetings() -> None:
    rounds = (Round(3), Round(3, after_break=True))
    assert check(replace(PROBLEM, rounds=rounds, rests={"ana": Rest(in_a_row=1)}), GOOD) == []


def test_a_helper_at_two_tables_in_one_round_is_a_fault() -> None:
    assert check(replace(PROBLEM, helpers={"Ira": ("ana", "bo")}), GOOD) == []
    assert [str(fault) for fault in check(replace(PROBLEM, helpers={"Ira": ("ana", "dot")}), GOOD)] == [
        "Round 1: people who come with Ira are at 2 tables."
    ]


DOUBLE = replace(PROBLEM, double=(("bo", "ana"),))


def test_two_rounds_in_a_row_at_one_table_are_one_double_meeting() -> None:
    meetings = (*GOOD.meetings[:3], GOOD.meetings[4], Meeting(2, 1, ("ana", "bo"), 0.0))
    made = replace(GOOD, meetings=meetings)
    claimed = replace(made.certificate, total=2.625, fair_bound=2.625)
    assert check(DOUBLE, replace(made, certificate=claimed)) == []
    broken = replace(DOUBLE, rounds=(Round(3), Round(3, after_break=True)))
    words = ["ana and bo meet for two rounds in a row at one table, or not at all."]
    assert [str(fault) for fault in check(broken, replace(made, certificate=claimed))] == words
    assert [str(fault) for fault in check(DOUBLE, GOOD)] == words
    scored_twice = replace(made, meetings=(*meetings[:4], replace(meetings[4], score=0.5)))
    assert "Round 2, table 1: the score is 0, not 0.5." in map(str, check(DOUBLE, scored_twice))
