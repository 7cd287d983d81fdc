"""The faults that the tests are tried with can still be made: none has gone out of date without a word."""

from pathlib import Path

import pytest

from benchmarks.faults import FAULTS
from benchmarks.faults.fault import Fault

ROOT = Path(__file__).parents[2]


def test_no_two_faults_have_one_name() -> None:
    assert len({one.name for one in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.name)
def test_what_a_fault_breaks_stands_once_where_it_says_and_its_tests_are_there(fault: Fault) -> None:
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.text) == 1
    assert [one for one in fault.tests if not (ROOT / one.split("::")[0]).is_file()] == []
