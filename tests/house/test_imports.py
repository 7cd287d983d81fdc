"""The rooms of the house: imports point down, and the core can be used without the rest."""

import subprocess
import sys


def test_imports_only_point_down() -> None:
    # In a process of its own: the linter turns off every logger it finds.
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_importing_the_core_rooms_loads_neither_the_web_nor_the_database() -> None:
    # In one process, as they load the same libraries: the first room that brings something has it beside its name.
    script = (
        "import sys, pkgutil, importlib\n"
        "for name in ('recognition', 'intake', 'documents', 'scheduling', 'matching'):\n"
        "    room = importlib.import_module(f'matchmaker.{name}')\n"
        "    for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "        importlib.import_module(module.name)\n"
        "    print(name, *sorted({'flask', 'sqlalchemy', 'huey', 'click'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["recognition", "intake", "documents", "scheduling", "matching"]


def test_the_package_itself_loads_nothing() -> None:
    script = "import sys; before = set(sys.modules); import matchmaker; print(len(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "1\n"


def test_answering_pages_loads_none_of_what_only_work_behind_them_needs() -> None:
    heavy = {"numpy", "scipy", "sklearn", "ortools", "openpyxl", "rdflib", "typst"}
    script = f"import sys, matchmaker.commands.serve; print(sorted({heavy!r} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
