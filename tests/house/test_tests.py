"""Every module that holds a rule has its tests under the same name, so that one guess finds them."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
MUST = ("services", "scheduling")
"""Rooms of which it is asked."""


def without_tests(room: str) -> list[str]:
    """Return the modules of a room for which there is no `test_<module>.py` in the folder of the same name."""
    modules = sorted((ROOT / "matchmaker" / room).rglob("*.py"))
    return [
        str(path.relative_to(ROOT))
        for path in modules
        if path.name != "__init__.py"
        and not (
            ROOT / "tests" / path.relative_to(ROOT / "matchmaker").parent / f"test_{path.name}"
        ).is_file()
    ]


def test_every_module_of_these_rooms_has_its_tests_under_the_same_name() -> None:
    missing = {room: without for room in MUST if (without := without_tests(room))}
    assert missing == {}, "write tests/<room>/<subject>/test_<module>.py for each"


def test_a_module_without_tests_is_noticed() -> None:
    assert "matchmaker/store/base.py" in without_tests("store")
