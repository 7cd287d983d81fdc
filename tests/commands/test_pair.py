"""`matchmaker pair` and `matchmaker check` on files."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matchmaker.commands.main import main

PROBLEM: dict[str, Any] = {
    "people": [{"id": "ana"}, {"id": "bo"}, {"id": "cy"}, {"id": "=dot"}],
    "rounds": [{"tables": 2}, {"tables": 2}],
    "pairs": [["ana", "bo", 0.5], ["cy", "=dot", 0.25], ["ana", "cy", 0.5], ["bo", "=dot", 0.5]],
}


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=given)


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(PROBLEM), encoding="utf-8")
    return path


@pytest.fixture
def plan(tmp_path: Path, problem: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(run("pair", problem).stdout, encoding="utf-8")
    return path


def test_pair_writes_a_plan_and_says_how_long_it_took(problem: Path) -> None:
    result = run("pair", problem)
    assert result.exit_code == 0
    written = json.loads(result.stdout)
    assert len(written["meetings"]) == 4
    assert written["certificate"]["total"] == 1.75
    assert written["certificate"]["ratio"] == 1.0
    assert result.stderr.startswith("Planned 4 meetings in ")


def test_pair_writes_the_same_bytes_for_the_same_seed(problem: Path) -> None:
    assert run("pair", problem, "--seed", "4").stdout == run("pair", problem, "--seed", "4").stdout


def test_pair_reads_standard_input(problem: Path) -> None:
    assert run("pair", "-", given=json.dumps(PROBLEM)).stdout == run("pair", problem).stdout


def test_csv_has_who_is_at_topics_and_in_groups_after_the_meetings(tmp_path: Path) -> None:
    path = tmp_path / "topics.json"
    people = ["ana", "bo", "cy", "=dot", "eve", "fay"]
    path.write_text(
        json.dumps(
            {
                "people": [{"id": one} for one in people],
                "rounds": [{"tables": 2}, {"tables": 2}],
                "pairs": [["eve", "fay", 0.5]],
                "corners": [{"id": "-B", "seats": 4, "rounds": [1]}],
                "topics": [{"id": "soil", "hosts": ["ana"], "seats": 4, "stars": ["bo", "cy", "=dot"]}],
                "host_tables": [
                    {"table": 1, "round": 2, "host": "ana", "people": ["bo"], "interested": [], "seats": 2}
                ],
            }
        )
    )
    lines = run("pair", path, "--format", "csv").stdout.splitlines()
    assert lines[0] == "round,table,first,second,third,score,topic,person 4"
    assert lines[1].partition(",")[2].partition(",")[2] == "eve,fay,,0.5,,"
    assert lines[2:] == ["2,1,ana,bo,,,,", "1,'-B,'=dot,ana,bo,,soil,cy"]


def test_pair_writes_csv_that_no_spreadsheet_runs(problem: Path) -> None:
    lines = run("pair", problem, "--format", "csv").stdout.splitlines()
    assert lines[0] == "round,table,first,second,third,score"
    assert len(lines) == 5
    assert all(",'=dot," in line for line in lines if "dot" in line)


def test_what_a_solver_prints_is_kept_out_of_the_plan() -> None:
    script = (
        "import ctypes\n"
        "from matchmaker.commands.pair import solvers_apart\n"
        "with solvers_apart():\n"
        "    ctypes.CDLL(None).printf(b'solver chatter')\n"
        "print('the plan')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("the plan\n", "solver chatter")


def test_keep_leaves_a_plan_that_still_holds_as_it_is(problem: Path, plan: Path) -> None:
    again = json.loads(run("pair", problem, "--seed", "9", "--keep", plan).stdout)
    assert again["meetings"] == json.loads(plan.read_text(encoding="utf-8"))["meetings"]
    assert again["certificate"]["changes"] == {"kept": 4, "moved": 0, "dropped": 0, "added": 0, "least": 0}


def test_a_wrong_problem_ends_with_2_and_names_the_field(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(PROBLEM | {"fixed_table": {"zed": 1}}), encoding="utf-8")
    result = run("pair", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: fixed_table: nobody is called 'zed'; add them to people.\n"


def test_a_file_that_is_not_utf_8_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_bytes(b'{"people": "\xff"}')
    result = run("pair", path)
    assert result.exit_code == 2
    assert "is not UTF-8 text (byte 12). Save it as UTF-8 and try again." in result.stderr


def test_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    assert run("pair", tmp_path / "none.json").exit_code == 2


def test_check_passes_what_pair_wrote(problem: Path, plan: Path) -> None:
    result = run("check", problem, plan)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "The plan keeps every rule.\n"


def test_check_reads_the_plan_from_standard_input(problem: Path, plan: Path) -> None:
    assert run("check", problem, "-", given=plan.read_text(encoding="utf-8")).exit_code == 0


def test_check_prints_each_broken_rule_and_ends_with_1(problem: Path, plan: Path) -> None:
    written = json.loads(plan.read_text(encoding="utf-8"))
    written["meetings"][0]["table"] = 7
    plan.write_text(json.dumps(written), encoding="utf-8")
    result = run("check", problem, plan)
    assert result.exit_code == 1
    assert result.stdout == "Round 1, table 7: there is no such table in that round.\n"


def test_check_ends_with_2_when_the_plan_cannot_be_read(problem: Path) -> None:
    result = run("check", problem, "-", given="{}")
    assert result.exit_code == 2
    assert result.stderr == "Error: meetings: is missing.\n"
