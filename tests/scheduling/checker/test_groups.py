"""Each host table has its group, with its host and with nobody but whom it may have."""

from dataclasses import replace

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Group
from matchmaker.scheduling.problem.problem import HostTable
from tests.scheduling.checker.conftest import GOOD, PROBLEM

HOSTED = replace(PROBLEM, host_tables=(HostTable(1, 2, "dot", 2, (), ("bo", "eva", "gus")),))


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((), "Round 2, table 1: there is no group at this host table."),
        ((Group(2, 2, "dot", ("dot",)),), "Round 2, table 2: this is no host table."),
        (
            (Group(2, 1, "dot", ("bo",)),),
            "Round 2, table 1: the host, or somebody who is named, is not in the group.",
        ),
        (
            (Group(2, 1, "dot", ("bo", "dot", "flo")),),
            "Round 2, table 1: 3 people are there, or one twice; 2 may be.",
        ),
        ((Group(2, 1, "dot", ("dot", "flo")),), "Round 2, table 1: flo is not among those interested."),
        ((Group(2, 1, "dot", ("dot", "eva")),), "Round 2, table 1: dot and eva must never meet."),
        ((Group(2, 1, "dot", ("dot", "gus")),), "Round 2, table 1: gus is not there in that round."),
        (
            (Group(2, 1, "dot", ("dot", "eva")),),
            "Round 2, table 1: eva is at another table in that round too.",
        ),
    ],
)
def test_what_is_wrong_with_a_group_is_named(groups: tuple[Group, ...], words: str) -> None:
    assert words in [str(fault) for fault in check(HOSTED, replace(GOOD, groups=groups))]


def test_a_group_with_its_host_and_a_guest_is_right() -> None:
    assert check(HOSTED, replace(GOOD, groups=(Group(2, 1, "dot", ("bo", "dot")),))) == []
