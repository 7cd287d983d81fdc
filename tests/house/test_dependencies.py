"""What is installed with matchmaker is bounded from above, and the sentence model is known by its hash."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_no_dependency_can_grow_into_a_version_that_nobody_has_tried() -> None:
    asked = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra),
        *(one for group in PROJECT["dependency-groups"].values() for one in group),
    ]
    assert len(asked) > 40
    assert [one for one in asked if "<" not in one and "==" not in one] == []


def test_every_place_that_says_how_to_install_the_sentence_model_pins_it_by_its_hash() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    told = [line for page in pages for line in page.read_text().splitlines() if "pip install" in line]
    model = [line for line in told if re.search(r"semantic|embeddings", line)]
    assert model
    assert [line for line in model if "--require-hashes" not in line] == []
    for line in (ROOT / "semantic.txt").read_text().splitlines():
        assert line.startswith("#") or "--hash=sha256:" in line
