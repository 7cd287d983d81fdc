"""The master list for the desk: everybody by surname, with a box to tick and the table of every round.

The surname is a guess, and in bold, so that whoever looks sees where a name stands. Accents are folded; names in
other alphabets come last. Page heads say which letters a page holds. An upright sheet holds forty people whose names
fit a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.counts import plural
from matchmaker.documents.fonts import Fonts
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.people import names
from matchmaker.documents.plans.day_papers import spans
from matchmaker.documents.plans.stamp import Stamp

MOST_ROUNDS_UPRIGHT = 7
PEOPLE_A_SHEET = 40


@dataclass(frozen=True)
class ListRound:
    """A column of the list; times carry a zone."""

    round: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class ListRow:
    """One person; `tables` has the table of each round of the list, in order, None for no meeting in it."""

    name: str
    organisation: str
    tables: tuple[int | None, ...]


def list_pdf(
    rows: Sequence[ListRow], rounds: Sequence[ListRound], stamp: Stamp, fonts: Fonts | None = None
) -> bytes:
    """Make the list a PDF; see `list_sheets`."""
    return list_sheets(rows, rounds, stamp).pdf(fonts)


def list_sheets(
    rows: Sequence[ListRow],
    rounds: Sequence[ListRound],
    stamp: Stamp,
    *,
    only_changed: bool = False,
    topic_tables: Sequence[int] = (),
) -> Sheets:
    """Make the list, with page n of m: upright A4, on its side from eight rounds on.

    `only_changed` says on it that it holds only the lines that are other than on the list before, and
    `topic_tables` at which tables topics are talked about with several.

    A list of nobody is a page that says so. Raises ValueError where a row does not have one entry for each round.
    """
    for row in rows:
        if len(row.tables) != len(rounds):
            raise ValueError(f"{row.name} has {len(row.tables)} entries for {len(rounds)} rounds.")
    people = plural(len(rows), "person", "people")
    title = f"Everyone at {stamp.event}, by surname"
    if only_changed:
        title = f"Changed lines of the list for {stamp.event}, by surname"
        people += " whose line has changed"
    values = {
        "stamp": stamp.full,
        "wide": len(rounds) > MOST_ROUNDS_UPRIGHT,
        "key": f"{people}, by the word in bold. Tick the box when a person arrives. "
        f"Numbers are tables; – is no meeting.{_topics_at(topic_tables)}",
        "rounds": [stamp.clock(one.starts) for one in rounds],
        "rows": _rows(rows),
    }
    return Sheets("master_list", title, stamp.made_at, values)


def _topics_at(tables: Sequence[int]) -> str:
    """Say which tables are those of topics.

    >>> _topics_at((9,)), _topics_at((12, 9, 10, 11)), _topics_at(())
    (' Table 9 is for a topic.', ' Tables 9 to 12 are for topics.', '')
    """
    if not tables:
        return ""
    return (
        f" Tables {spans(tables)} are for topics."
        if len(tables) > 1
        else f" Table {tables[0]} is for a topic."
    )


def _rows(rows: Sequence[ListRow]) -> list[dict[str, object]]:
    ordered = sorted(rows, key=lambda row: (names.surname_key(row.name), names.sort_key(row.organisation)))
    letters = [names.letter(names.in_two(row.name).surname) for row in ordered]
    return [
        {
            "letter": letter,
            "first": place == 0 or letters[place - 1] != letter,
            "before": names.in_two(row.name).before,
            "surname": names.in_two(row.name).surname,
            "organisation": row.organisation,
            "tables": ["–" if table is None else str(table) for table in row.tables],
        }
        for place, (row, letter) in enumerate(zip(ordered, letters, strict=True))
    ]
