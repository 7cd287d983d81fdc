import doctest
import importlib
import pkgutil

import pytest

from matchmaker import documents

MODULES = [one.name for one in pkgutil.walk_packages(documents.__path__, "matchmaker.documents.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_documentation_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
