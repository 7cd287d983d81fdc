"""Papers for those who run the day: the host, the caterer, who sets up the hall, and the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.counts import plural
from matchmaker.documents.directions import isolated, side_by_side
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.people import names
from matchmaker.documents.plans.stamp import Stamp

SLIPS_A_SHEET = 4
ACCESS_IS_PRIVATE = (
    "For the people who set up the hall and nobody else: it says what each person needs. "
    "Destroy it after the day."
)


ALLERGIES_ARE_PRIVATE = (
    "For the kitchen and nobody else: it says what each person must not eat. Whoever has asked for a diet such as "
    "vegan, and nothing else, is only in the caterer's numbers. Destroy it after the day."
)


@dataclass(frozen=True)
class DayStep:
    """A round or a break of the day; times carry a zone. `tables` are in use, `free` the names of who sits out.

    `topics` are what is talked about with several, each with the number of its table.
    """

    what: str
    starts: datetime
    ends: datetime
    there: int
    tables: tuple[int, ...] = ()
    free: tuple[str, ...] = ()
    topics: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class DietCounts:
    """How many of so many `people` eat what; `counts` are words and numbers, and name nobody."""

    people: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class NeedsLine:
    """What the hall must have ready for one person, in words, and the tables they sit at."""

    name: str
    needs: tuple[str, ...]
    tables: tuple[int, ...]


def run_sheets(steps: Sequence[DayStep], where: str, stamp: Stamp) -> Sheets:
    """Make the host's sheet: what happens when, which tables are in use, and who has nobody to meet.

    Where topics are talked about, they have a column of their own.
    """
    rows = [
        [
            f"{stamp.clock(one.starts)} to {stamp.clock(one.ends)}",
            one.what,
            spans(one.tables) or "–",
            "; ".join(f"Table {table}: {isolated(title)}" for table, title in one.topics),
            side_by_side(sorted(one.free, key=names.surname_key), "; ") if one.tables else "",
        ]
        for one in steps
    ]
    leads = [where, "Say when a round starts, when two minutes are left, and when it ends."]
    heads = ["Time", "What", "Tables in use", "Table topics", "Without a meeting in this round"]
    widths = [42, 19, 27, 46, 46]
    if not any(one.topics for one in steps):
        heads, widths, rows = _without(heads, 3), [38, 26, 46, 70], [_without(row, 3) for row in rows]
    return _listing(
        "run_sheet",
        f"Run sheet for {stamp.event}",
        [one for one in leads if one],
        widths,
        heads,
        rows,
        stamp,
    )


def _without(row: list[str], column: int) -> list[str]:
    return row[:column] + row[column + 1 :]


def caterer_sheets(steps: Sequence[DayStep], where: str, diets: DietCounts, stamp: Stamp) -> Sheets:
    """Make the caterer's sheet: how many people are there in each break and round, what they eat, and no name."""
    rows = [
        [f"{stamp.clock(one.starts)} to {stamp.clock(one.ends)}", one.what, str(one.there)] for one in steps
    ]
    most = max((one.there for one in steps), default=0)
    leads = [where, f"At most {plural(most, 'person is', 'people are')} there at one time."]
    heads = ["Time", "What", "People there"]
    return _listing(
        "caterer",
        f"Numbers for the caterer of {stamp.event}",
        [one for one in leads if one],
        [60, 70, 40],
        heads,
        rows,
        stamp,
        [_diet_table(diets)],
    )


def _diet_table(diets: DietCounts) -> dict[str, object]:
    """Return the table of what people eat; each person is in one row of it, or has no diet."""
    having = sum(count for _, count in diets.counts)
    lead = f"Of {plural(diets.people, 'person', 'people')}, {having or 'nobody'} "
    lead += "has asked for a diet." if having in (0, 1) else "have asked for a diet."
    rows = [[words[:1].upper() + words[1:], str(count)] for words, count in diets.counts]
    return {"title": "Diets", "leads": [lead], "widths": [130, 40], "heads": ["Diet", "People"], "rows": rows}


def allergy_sheets(people: Sequence[tuple[str, str]], stamp: Stamp) -> Sheets:
    """Make the list of who must not eat what, in their words, by surname. Raises ValueError for nobody."""
    if not people:
        raise ValueError("There is nothing to print.")
    rows = [[name, words] for name, words in sorted(people, key=lambda one: names.surname_key(one[0]))]
    return _listing(
        "allergies",
        f"Allergies and diets at {stamp.event}",
        [ALLERGIES_ARE_PRIVATE],
        [60, 120],
        ["Name", "In their own words"],
        rows,
        stamp,
    )


def access_sheets(people: Sequence[NeedsLine], stamp: Stamp) -> Sheets:
    """Make the list of what the hall must have ready for whom, by surname. Raises ValueError for nobody."""
    if not people:
        raise ValueError("There is nothing to print.")
    rows = [
        [one.name, side_by_side(one.needs, ", "), spans(one.tables) or "–"]
        for one in sorted(people, key=lambda one: names.surname_key(one.name))
    ]
    return _listing(
        "access",
        f"What people need at {stamp.event}",
        [ACCESS_IS_PRIVATE],
        [60, 85, 35],
        ["Name", "Needs", "Tables"],
        rows,
        stamp,
    )


def blank_sheets(rounds: Sequence[datetime], where: str, sheets: int, stamp: Stamp) -> Sheets:
    """Make slips to fill in by hand, `sheets` of A4; `rounds` are when the rounds start, with a zone."""
    values = {
        "event": stamp.event,
        "where": where,
        "stamp": stamp.short,
        "rounds": [stamp.clock(one) for one in rounds],
        "sheets": sheets,
    }
    return Sheets("blank_slips", f"Blank slips for {stamp.event}", stamp.made_at, values)


def back_sheets(rounds: Sequence[datetime], stamp: Stamp) -> Sheets:
    """Make one sheet of the backs of slips, to note how each meeting was; `rounds` are as for `blank_sheets`."""
    values = {"event": stamp.event, "stamp": stamp.short, "rounds": [stamp.clock(one) for one in rounds]}
    return Sheets("slip_backs", f"Backs of the slips for {stamp.event}", stamp.made_at, values)


def spans(numbers: Sequence[int]) -> str:
    """Write table numbers in order, those that follow each other as a span.

    >>> spans((4, 1, 2, 3, 9)), spans(())
    ('1 to 4, 9', '')
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _listing(
    template: str,
    title: str,
    leads: Sequence[str],
    widths: Sequence[int],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    stamp: Stamp,
    below: Sequence[Mapping[str, object]] = (),
) -> Sheets:
    """Make a table with a heading, and those `below`, each with its own; `widths` of columns are in millimetres."""
    values = {
        "stamp": stamp.full,
        "leads": leads,
        "widths": widths,
        "heads": heads,
        "rows": rows,
        "below": below,
    }
    return Sheets(template, title, stamp.made_at, values)
