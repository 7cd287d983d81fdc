"""`matchmaker suggest`: from a file of profiles to whom each person should meet, and why."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from matchmaker.commands.profile_files import BadInput, read_pairs, read_profiles
from matchmaker.matching.candidates import score_pairs
from matchmaker.matching.meaning import NoModelError, load
from matchmaker.matching.reasons import Reason
from matchmaker.matching.suggest import Suggestion
from matchmaker.matching.suggest import suggest as suggest_all
from matchmaker.settings import model_folder

DIGITS = 6
"""Scores and shares are written with so many decimals."""

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@click.command()
@click.argument("profiles", type=FILE)
@click.option(
    "--top", type=click.IntRange(min=1), default=10, show_default=True, help="Suggestions a person."
)
@click.option("--pairs", type=FILE, help="Score these pairs instead: one [id, id] in JSON a line.")
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--semantic", is_flag=True, help="Compare meanings, too; needs what semantic.txt names.")
def suggest(profiles: Path, top: int, pairs: Path | None, form: str, semantic: bool) -> None:
    """Say whom each person in PROFILES should meet, and why.

    PROFILES holds one person in JSON a line, of which only "id" is needed, or is an attendee list as CSV or .xlsx;
    - is standard input.
    """
    if pairs is not None and str(profiles) == str(pairs) == "-":
        raise BadInput("Only one of PROFILES and --pairs can be standard input.")
    try:
        model = load(model_folder()) if semantic else None
    except NoModelError as problem:
        raise BadInput(str(problem)) from None
    people = read_profiles(profiles)
    if pairs is None:
        rows, columns = _suggestion_rows, ("id", "rank", "suggested", "score", "bridge", "reasons", "opening")
        _write(list(_suggestion_records(suggest_all(people, top=top, meaning=model))), form, rows, columns)
    else:
        wanted = read_pairs(pairs, {person.id for person in people})
        scored = zip(wanted, score_pairs(people, wanted, meaning=model), strict=True)
        records = [{"pair": list(pair), "score": round(score, DIGITS)} for pair, score in scored]
        _write(records, form, _pair_rows, ("first", "second", "score"))


def _suggestion_records(found: Mapping[str, Sequence[Suggestion]]) -> Iterator[dict[str, Any]]:
    for who, suggestions in found.items():
        yield {
            "id": who,
            "suggestions": [
                {
                    "id": one.id,
                    "score": round(one.score, DIGITS),
                    "reasons": [_reason_record(reason) for reason in one.reasons],
                    "bridge": one.bridge,
                    "opening": one.opening,
                }
                for one in suggestions
            ],
        }


def _reason_record(reason: Reason) -> dict[str, Any]:
    """Return what there is to say: kind, what and share always, but "other" has nothing to name."""
    record: dict[str, Any] = {"kind": reason.kind, "what": reason.what, "share": reason.share}
    if reason.kind == "other":
        del record["what"]
    for name in ("mine", "theirs", "people", "asker"):
        if value := getattr(reason, name):
            record[name] = value
    return record


def _suggestion_rows(records: Sequence[Mapping[str, Any]]) -> Iterator[tuple[object, ...]]:
    for record in records:
        for rank, one in enumerate(record["suggestions"], 1):
            reasons = "; ".join(
                f"{reason['kind']}: {reason['what']}" for reason in one["reasons"] if reason.get("what")
            )
            bridge = "yes" if one["bridge"] else "no"
            yield record["id"], rank, one["id"], one["score"], bridge, reasons, one["opening"]


def _pair_rows(records: Sequence[Mapping[str, Any]]) -> Iterator[tuple[object, ...]]:
    for record in records:
        yield *record["pair"], record["score"]


def _write(
    records: Sequence[Mapping[str, Any]],
    form: str,
    rows: Callable[[Sequence[Mapping[str, Any]]], Iterator[tuple[object, ...]]],
    columns: Sequence[str],
) -> None:
    """Write everything at once, when all of it is known, as UTF-8 whatever the terminal prefers."""
    text = io.StringIO()
    if form == "json":
        text.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    else:
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(columns)
        table.writerows(rows(records))
    output = sys.stdout.buffer
    output.write(text.getvalue().encode())
    output.flush()
