"""The examples in docstrings say what the functions answer."""

import doctest
import importlib
from pathlib import Path

import pytest

import matchmaker

HOME = Path(matchmaker.__file__).parent
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(HOME.parent).with_suffix("").parts)
    for path in HOME.rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


def test_examples_are_found():
    assert {"matchmaker.matching.denials", "matchmaker.documents.people.names"} <= set(WITH_EXAMPLES)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
