"""The people of an event as an attendee list: the columns of the template, so that it can be imported again."""

import json
from collections.abc import Iterable, Sequence

from matchmaker.documents.plans.spreadsheets import csv_file
from matchmaker.intake.prose import reads_back
from matchmaker.intake.rows import AttendeeRow

HEAD = (
    *("Name", "Email", "Organisation", "Job title", "Pronouns", "Team", "About them", "Topics"),
    *("Datasets used", "Datasets made", "Datasets wanted", "Datasets stuck on", "Can help with"),
    *("Needs help with", "Arrives", "Leaves", "Needs step-free", "Needs a quiet table"),
    *("Other needs in the hall", "Diet and allergies", "Fixed table"),
    *("Must not be paired with", "Inside or outside", "Agrees to a meeting of three"),
)


def attendee_list_csv(rows: Iterable[AttendeeRow]) -> bytes:
    """Return a file with one row a person; read again, it gives the same people."""
    return csv_file(HEAD, map(_cells, rows))


def _cells(row: AttendeeRow) -> Sequence[str]:
    return (
        *(row.name, row.email, row.organisation, row.job_title, row.pronouns, row.team, row.bio),
        *map(_listed, (row.topics, row.datasets, row.datasets_made, row.datasets_wanted, row.datasets_stuck)),
        *(row.offers, row.needs),
        f"{row.arrives:%H:%M}" if row.arrives else "",
        f"{row.leaves:%H:%M}" if row.leaves else "",
        *(_yes(row.step_free), _yes(row.quiet), row.access_needs, row.diet),
        str(row.fixed_table or ""),
        _listed(row.not_with),
        "" if row.inside is None else "inside" if row.inside else "outside",
        _yes(row.trio),
    )


def _listed(things: tuple[str, ...]) -> str:
    """Return things parted by semicolons, or as JSON where one of them could be taken apart."""
    if not things:  # as for most people and most columns
        return ""
    return "; ".join(things) if reads_back(things) else json.dumps(things, ensure_ascii=False)


def _yes(answer: bool) -> str:
    return "yes" if answer else ""
