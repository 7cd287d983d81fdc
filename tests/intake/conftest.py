"""What the tests of reading share: the template people download."""

from pathlib import Path

import pytest


@pytest.fixture
def template() -> bytes:
    return (Path(__file__).parents[2] / "static" / "templates" / "attendees.csv").read_bytes()
