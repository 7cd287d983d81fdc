"""What the docs say of the house is so: rooms import what the contracts allow, and modules named there exist."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = {"matching", "scheduling", "recognition", "intake"}
ROOMS = {"commands", "web", "jobs", "services", "store", "documents", *CORE}
SUBJECTS = {"people", "attendee_lists", "catalogue", "suggestions", "credits", "plans", "event"}


def layers() -> list[set[str]]:
    """Return the rooms from top to bottom, those of one layer together."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [set(re.findall(r"\w+", layer)) for layer in contracts[0]["layers"]]


def test_the_table_of_rooms_says_what_the_contracts_allow() -> None:
    said = {
        name: set(re.findall(r"`(\w+)`", may)) | (CORE if "the core" in may else set())
        for name, may in re.findall(
            r"^\| `?([\w ]+?)`? \| [^|]+ \| ([^|]+) \| [^|]+ \|$",
            (ROOT / "docs/architecture.md").read_text(),
            re.MULTILINE,
        )
        if name in ROOMS | {"the core"}
    }
    order = layers()
    for name, may in said.items():
        rooms = CORE if name == "the core" else {name}
        place = next(place for place, layer in enumerate(order) if rooms <= layer)
        assert may == set().union(*order[place + 1 :]), name
    assert set(said) == (ROOMS - CORE) | {"the core"}


@pytest.mark.parametrize("document", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_every_module_that_a_page_names_is_there(document: Path) -> None:
    missing = []
    for name in re.findall(r"`((?:\w+[./])+\w+)(?:\.py)?(?:\.\w+)?`", document.read_text()):
        parts = re.split(r"[./]", name.removesuffix(".py"))
        if parts[0] == "matchmaker":
            parts = parts[1:]
        if name.endswith((".txt", ".csv")):
            continue
        if parts[0] in SUBJECTS:
            parts = ["services", *parts]
        if parts and parts[0] in ROOMS and not exists(parts):
            missing.append(name)
    assert missing == []


def exists(parts: list[str]) -> bool:
    """Return whether these parts lead to a module of the package, or to a name within one."""
    if len(parts) == 1:
        return True
    for end in range(len(parts), 1, -1):
        path = ROOT.joinpath("matchmaker", *parts[:end])
        if path.with_suffix(".py").exists():
            last = parts[end:]
            return not last or bool(re.search(rf"\b{last[0]}\b", path.with_suffix(".py").read_text()))
        if path.is_dir() and end == len(parts):
            return True
    return False
