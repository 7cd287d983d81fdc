"""`matchmaker pair`: plan the meetings of a problem file."""

import csv
import ctypes
import io
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

import click

from matchmaker.documents.counts import plural
from matchmaker.scheduling.problem.json_text import plan_from_json, plan_to_json, problem_from_json
from matchmaker.scheduling.problem.plan import Plan, PlanError
from matchmaker.scheduling.problem.problem import ProblemError
from matchmaker.scheduling.shortages import Shortage, shortages


@click.command()
@click.argument("problem", type=click.File(encoding="utf-8"))
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, help="The same problem and seed give the same plan."
)
@click.option(
    "--keep",
    type=click.File(encoding="utf-8"),
    multiple=True,
    help="Re-plan with the fewest changes to this plan. Given again with older versions, meetings in them that are "
    "free come back.",
)
@click.option(
    "--places",
    type=click.IntRange(min=0),
    default=4,
    show_default=True,
    help="With --keep: the most places that may change so that two people who both asked since can meet.",
)
@click.option(
    "--format", "form", type=click.Choice(["json", "csv"]), default="json", help="How to write the plan."
)
def pair(problem: TextIO, seed: int, keep: tuple[TextIO, ...], places: int, form: str) -> None:
    """Plan who meets whom, in which round and at which table.

    PROBLEM is a JSON file, or - for standard input. The plan goes to standard output, and how long the
    planning took to standard error.
    """
    from matchmaker.scheduling.solver.planner import plan  # noqa: PLC0415 - heavy: brings the solvers

    try:
        asked = problem_from_json(read(problem))
        earlier = [plan_from_json(read(file)) for file in keep]
    except (ProblemError, PlanError) as error:
        raise BadFile(str(error)) from None
    for short in shortages(asked):
        click.echo(_shortage(short), err=True)
    started = time.perf_counter()
    with solvers_apart():
        planned = plan(
            asked, seed=seed, keep=earlier[0] if earlier else None, older=earlier[1:], places=places
        )
    click.echo(
        f"Planned {plural(len(planned.meetings), 'meeting')} in {time.perf_counter() - started:.2f} seconds.",
        err=True,
    )
    click.echo(plan_to_json(planned) if form == "json" else _as_csv(planned), nl=False)


def _shortage(short: Shortage) -> str:
    """Return where there are too few tables, in a line."""
    rounds = ", ".join(map(str, short.rounds))
    who = "people are there, who" if short.tables is None else "people"
    return (
        f"Rounds {rounds}: {short.there} {who} can sit at {plural(short.open, 'table')} only; "
        f"at least {plural(short.sit_out, 'of them sits', 'of them sit')} out in each."
    )


@contextmanager
def solvers_apart() -> Iterator[None]:
    """Send what compiled solvers print to standard error: a stray line would spoil the plan."""
    sys.stdout.flush()
    standard_output = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        # C keeps lines back and would print them at the end, after standard output is back in place.
        ctypes.CDLL(None).fflush(None)
        os.dup2(standard_output, 1)
        os.close(standard_output)


class BadFile(click.ClickException):
    """A file that cannot be used; the command ends with 2, as for any wrong use of it."""

    exit_code = 2


def read(file: TextIO) -> str:
    """Return the text of `file`, or refuse what is not UTF-8 in words."""
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{file.name} is not UTF-8 text (byte {error.start}). Save it as UTF-8 and try again."
        ) from None


def _as_csv(planned: Plan) -> str:
    """Return one line a meeting, then one a group and one a talk.

    Where there are groups or talks, a column with the topic follows the score, and one for each person beyond three.
    The table of a talk is its corner.
    """
    several = [(one.round, str(one.table), one.people, "") for one in planned.groups]
    several += [(one.round, one.corner, one.people, one.topic) for one in planned.talks]
    most = max((len(people) for _, _, people, _ in several), default=0)
    head = ["round", "table", "first", "second", "third", "score"]
    more = ["topic", *(f"person {number}" for number in range(4, most + 1))] if several else []
    rows: list[list[object]] = [
        [one.round, one.table, *_three(one.people), one.score, *[""] * len(more)] for one in planned.meetings
    ]
    for round_, table, people, topic in several:
        cells = [round_, _text(table), *_three(people[:3]), "", _text(topic), *map(_text, people[3:])]
        rows.append([*cells, *[""] * (len(head) + len(more) - len(cells))])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[*head, *more], *rows])
    return out.getvalue()


def _three(people: Sequence[str]) -> list[str]:
    return [*map(_text, people), *[""] * (3 - len(people))]


def _text(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(tuple("=+-@\t\r")) else cell
