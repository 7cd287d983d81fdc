"""`matchmaker check`: judge a plan file against its problem file."""

from typing import TextIO

import click

from matchmaker.commands.pair import BadFile, read
from matchmaker.scheduling.checker.check import check as faults_of
from matchmaker.scheduling.problem.json_text import plan_from_json, problem_from_json
from matchmaker.scheduling.problem.plan import PlanError
from matchmaker.scheduling.problem.problem import ProblemError


@click.command()
@click.argument("problem", type=click.File(encoding="utf-8"))
@click.argument("plan", type=click.File(encoding="utf-8"))
def check(problem: TextIO, plan: TextIO) -> None:
    """Check PLAN against every rule of PROBLEM.

    Prints each broken rule in words and ends with 1; ends with 0 if there is none, and with 2 if a file
    cannot be read. One of the files may be - for standard input.
    """
    try:
        faults = faults_of(problem_from_json(read(problem)), plan_from_json(read(plan)))
    except (ProblemError, PlanError) as error:
        raise BadFile(str(error)) from None
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise SystemExit(1)
    click.echo("The plan keeps every rule.", err=True)
