"""`matchmaker read`: JSON Lines of what an import would understand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from matchmaker.commands.read import read

HEAVY = ("flask", "sqlalchemy", "sklearn", "numpy", "scipy", "openpyxl")


def lines(*arguments: str, input: bytes | None = None) -> tuple[int, list[dict[str, object]]]:
    result = CliRunner().invoke(read, arguments, input=input)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_attendees_are_written_one_a_line_with_a_summary_last(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name,Email,Arrives\nSiân Prys,sian@example.org,9.30\nBen Ode,ben@,\n", encoding="utf-8")

    code, written = lines("attendees", str(file))

    assert code == 0
    problem, remark, record, summary = written
    reason = (
        "“ben@” is not an email address. There is nothing after the @. Correct it, or empty the cell: "
        "the person then gets a code at the desk."
    )
    assert problem == {"problem": reason, "where": "line 3"}
    assert remark == {
        "remark": "1 email address cannot be used",
        "kind": "address",
        "lines": [3],
        "notes": [{"where": "line 3", "text": reason}],
    }
    values = record["record"]
    assert isinstance(values, dict)
    assert (values["name"], values["email"], values["arrives"]) == ("Siân Prys", "sian@example.org", "09:30")
    assert summary == {"read": 1, "refused": 1, "format": "csv"}


def test_standard_input_is_read_and_people_left_out_are_named() -> None:
    text = b"Name,Registration state\nAna,Completed\nBen,Withdrawn\n"

    code, written = lines("attendees", "-", input=text)

    assert code == 0
    assert written[0] == {
        "problem": "The list says “Withdrawn”, so this person was not imported.",
        "where": "line 3",
    }
    assert written[-1] == {"read": 1, "refused": 1, "format": "indico"}


def test_remarks_go_to_standard_error_and_stand_in_the_json() -> None:
    result = CliRunner().invoke(read, ["attendees", "-"], input=b"Name,Arrives\nAna,later\n")

    assert result.stderr == (
        "1 answer could not be read as it stands:\n"
        "  line 2: “later” is not a time to arrive, so they are planned from the start. Write it as 13:30.\n"
    )
    assert len(result.stdout.splitlines()) == 3


def test_a_list_known_by_its_columns_and_what_is_said_of_the_file_are_remarks_too() -> None:
    text = "Name,Attendance,Response\nJosÃ© Ode,Required Attendee,Tentative\nAna,Required Attendee,Accepted\n"

    code, written = lines("attendees", "-", input=text.encode())

    assert code == 0
    assert [(line["kind"], line["remark"], line["lines"]) for line in written if "remark" in line] == [
        ("file", "This looks like the answers to an Outlook invitation.", []),
        ("file", "Letters had been saved wrongly and were put right, such as “José”.", []),
        ("not-confirmed", "1 person has not confirmed", [2]),
    ]


def test_columns_of_which_nobody_knows_what_they_hold_are_named_unless_they_are_empty() -> None:
    _, written = lines("attendees", "-", input=b"Name,Shoe size,Empty,Team\nAda Byrne,38,,Soil\n")
    _, known = lines("attendees", "-", input=b"Name,Team\nAda Byrne,Soil\n")

    assert [line["remark"] for line in written if "remark" in line] == [
        "Columns that were not read: “Shoe size”."
    ]
    assert not any("remark" in line for line in known)


def test_a_file_with_nobody_in_it_ends_with_1() -> None:
    assert lines("attendees", "-", input=b"Name,Email\n,ana@\n")[0] == 1
    reason = "This file is empty. Check that you chose the right one, and export it again if need be."
    assert lines("attendees", "-", input=b"") == (
        1,
        [{"problem": reason, "where": "the file"}, {"read": 0, "refused": 1, "format": None}],
    )


def test_a_catalogue_is_written_one_dataset_a_line() -> None:
    packages = [
        {"id": "a", "title": "River flows", "notes": "", "metadata_modified": "2020-03-18T04:48:27"},
        {"id": "b", "title": "", "notes": ""},
    ]
    answer = {"success": True, "result": {"count": 3, "results": packages}}

    result = CliRunner().invoke(read, ["catalogue", "-"], input=json.dumps(answer).encode())
    problem, remark, record, summary = [json.loads(line) for line in result.stdout.splitlines()]

    assert result.exit_code == 0
    assert problem == {"problem": "It has no title.", "where": "record 2"}
    assert (remark["kind"], remark["lines"]) == ("file", [])
    assert (record["record"]["title"], record["record"]["modified"]) == ("River flows", "2020-03-18")
    assert summary == {"read": 1, "refused": 1, "format": "ckan"}
    assert result.stderr == (
        "The file holds 2 of 3 datasets: it is one page of the answer. "
        "Ask the catalogue for the rest (from number 3) and import that file too.\n"
    )


@pytest.mark.parametrize("kind", ["attendees", "catalogue"])
def test_a_file_that_cannot_be_opened_ends_with_2(kind: str, tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        assert CliRunner().invoke(read, [kind, str(path)]).exit_code == 2


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.parametrize("kind", ["attendees", "catalogue"])
def test_reading_starts_without_the_web_the_database_or_the_model(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("id,Name,Title\n1,Ana,Soil map\n")
    script = (
        "import sys\nfrom matchmaker.commands.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        f"print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )

    finished = run(script, "read", kind, str(file))

    assert (finished.returncode, finished.stderr.strip()) == (0, "")
    assert json.loads(finished.stdout.splitlines()[-1])["read"] == 1


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="only Linux tells the peak of this process alone"
)
def test_a_catalogue_of_12_megabytes_is_read_within_200(tmp_path: Path) -> None:
    resource = {
        "name": "Readings",
        "description": "měření " * 30,
        "url": "https://example.org/a.csv",
        "hash": "x" * 40,
    }
    extras = [{"key": f"key-{number}", "value": "value"} for number in range(20)]
    packages = [
        {
            "id": f"id-{number}",
            "title": f"Data {number}",
            "notes": "",
            "resources": [resource] * 40,
            "extras": extras,
        }
        for number in range(900)
    ]
    file = tmp_path / "catalogue.json"
    file.write_text(
        json.dumps({"result": {"count": 900, "results": packages}}, ensure_ascii=False), encoding="utf-8"
    )
    assert file.stat().st_size > 12_000_000
    script = (
        "import sys\nfrom pathlib import Path\nfrom matchmaker.commands.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    )

    finished = run(script, "read", "catalogue", str(file))

    assert json.loads(finished.stdout.splitlines()[-1]) == {"read": 900, "refused": 0, "format": "ckan"}
    assert int(finished.stderr.split()[-1]) < 200_000, finished.stderr
