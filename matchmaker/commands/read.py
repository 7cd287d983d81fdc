"""`matchmaker read`: show what an import would understand of a file, without keeping anything.

Writes JSON Lines: one record, problem or kind of remark a line, last a summary. The remarks stand on standard error,
too. Exit 0 when at least one record was read, 1 when none was, 2 when the file cannot be opened.
"""

import dataclasses
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import time
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click

from matchmaker.intake.csv_files import MAX_BYTES
from matchmaker.intake.problems import IntakeError, RefusedRow

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@click.group()
def read() -> None:
    """Show what an import would understand of FILE, as JSON Lines, keeping nothing."""


@read.command()
@click.argument("file", type=click.File("rb"))
def attendees(file: BinaryIO) -> None:
    """Read an attendee list: CSV, .xlsx, .ods or a table in a web page, one person a row."""
    from matchmaker.intake.attendees import read_attendees  # noqa: PLC0415 - heavy: brings the address checker

    try:
        found = read_attendees(file.read(MAX_BYTES + 1), getattr(file, "name", "-"))
    except IntakeError as error:
        _refuse(error)
    left_out = [note for note in found.notes if note.left_out]
    for problem in sorted(found.problems, key=lambda problem: problem.line):
        _problem(problem.where, problem.reason)
    for note in left_out:
        _problem(note.where, note.text)
    _about_file([found.looks_like, *(note.text for note in found.notes if note.line is None), found.not_read])
    for remark in found.remarks:
        said = [
            (item.where, item.reason if isinstance(item, RefusedRow) else item.text) for item in remark.items
        ]
        click.echo(f"{remark.text}:", err=True)
        for where, text in said:
            click.echo(f"  {where}: {text}", err=True)
        notes = [{"where": where, "text": text} for where, text in said]
        _write({"remark": remark.text, "kind": remark.kind, "lines": remark.lines, "notes": notes})
    _finish(found.rows, len(found.problems) + len(left_out), found.format)


@read.command()
@click.argument("file", type=click.File("rb"))
def catalogue(file: BinaryIO) -> None:
    """Read a dataset catalogue: CKAN, DCAT in JSON or RDF, data.json, portals' answers, CSV or .xlsx."""
    from matchmaker.intake.catalogue import read_catalogue  # noqa: PLC0415 - only one of the two readers is needed

    try:
        found = read_catalogue(file.read(MAX_BYTES + 1), getattr(file, "name", "-"))
    except IntakeError as error:
        _refuse(error)
    for problem in found.problems:
        _problem(problem.where, problem.reason)
    _about_file(found.warnings)
    _finish(found.rows, len(found.problems), found.format)


def _about_file(sentences: Iterable[str]) -> None:
    """Say what is to be said of the whole file, on standard error and as remarks."""
    for text in filter(None, sentences):
        click.echo(text, err=True)
        _write({"remark": text, "kind": "file", "lines": [], "notes": []})


def _refuse(error: IntakeError) -> NoReturn:
    """Say why nothing of the file was read, and leave."""
    _problem("the file", str(error))
    _finish((), 1, None)


def _problem(where: str, reason: str) -> None:
    _write({"problem": reason, "where": where})


def _finish(records: Sequence["DataclassInstance"], refused: int, file_format: str | None) -> NoReturn:
    """Write the records and the summary, and leave with 0 if there was a record."""
    for record in records:
        _write({"record": dataclasses.asdict(record)})
    _write({"read": len(records), "refused": refused, "format": file_format})
    sys.exit(0 if records else 1)


def _write(value: dict[str, object]) -> None:
    """Write one line of JSON in UTF-8, whatever the terminal speaks; dates and times as ISO 8601."""
    click.echo(json.dumps(value, ensure_ascii=False, default=_spelled).encode())


def _spelled(value: object) -> str:
    """Return a date as 2026-11-24 and a time as 09:30."""
    return value.isoformat(timespec="minutes") if isinstance(value, time) else str(value)
