import doctest
import importlib
import pkgutil

import pytest

from matchmaker import documents


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(documents.__path__)])
def test_the_examples_in_the_documentation_are_true(name):
    assert doctest.testmod(importlib.import_module(f"matchmaker.documents.{name}")).failed == 0
