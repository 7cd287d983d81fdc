"""The rooms of the house: imports point down, and the core can be used without the rest."""

import subprocess
import sys

import pytest


def test_imports_only_point_down() -> None:
    # In a process of its own: the linter turns off every logger it finds.
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("room", ["matching", "scheduling", "recognition", "intake", "documents"])
def test_importing_a_core_room_loads_neither_the_web_nor_the_database(room: str) -> None:
    script = (
        f"import sys, pkgutil, importlib, matchmaker.{room} as room\n"
        "for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        f"    importlib.import_module(module.name)\n"
        "print(sorted({'flask', 'sqlalchemy', 'huey', 'click'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_package_itself_loads_nothing() -> None:
    script = "import sys; before = set(sys.modules); import matchmaker; print(len(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "1\n"


def test_answering_pages_loads_none_of_what_only_work_behind_them_needs() -> None:
    heavy = {"numpy", "scipy", "sklearn", "ortools", "openpyxl", "rdflib", "typst"}
    script = f"import sys, matchmaker.commands.serve; print(sorted({heavy!r} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
