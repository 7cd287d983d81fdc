"""Files and functions that grow past their mark are a nudge to look for the seam; past a second mark they fail."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_LINES = 400
"""From 300 lines on a file is worth a look for its seam; past this it is two things."""


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in sorted((ROOT / "matchmaker").rglob("*.py"))
        if "versions" not in path.parts and (count := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}, f"find the seam: {long}"


def test_there_is_no_drawer() -> None:
    drawers = {"utils", "util", "common", "helpers", "misc", "shared"}
    found = [path for path in (ROOT / "matchmaker").rglob("*") if path.stem in drawers]
    assert found == []


def test_every_module_and_public_function_says_what_it_is_for() -> None:
    silent = []
    for path in sorted((ROOT / "matchmaker").rglob("*.py")):
        tree = ast.parse(path.read_text())
        if ast.get_docstring(tree) is None:
            silent.append(str(path))
    assert silent == []
