"""Proposing series: datasets of one publisher whose titles are equal but for a code, place, month or year."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from matchmaker.intake.dataset_rows import DatasetRow

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|q[1-4]"
)
_PLACES = (
    "england|scotland|wales|northern ireland|great britain|gb|uk|united kingdom|london|"
    "(?:north|south)(?:[ -]?(?:east|west))?|east(?: midlands| anglia| of england)?|west(?: midlands)?|"
    "yorkshire(?: and the humber)?"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-/–]\s*\d{2,4})?(?!\d)")
_VARIES = re.compile(
    rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b(?:{_MONTHS}|{_PLACES})\b|\b[a-z]{{0,6}}[-_]?\d+(?:[-_/.]?[a-z0-9]+)*\b",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"\(\s*(?:\b(?:to|and|of|for)\b\s*)*\)|\s+[-–:,/]+(?=\s|$)|[\s\-–:,/]+$|^[\s\-–:,/]+", re.IGNORECASE
)
_LOOSE_END = re.compile(
    r"(?:\s+(?:to|and|of|for|in|from|the|part|no|number|tile|sheet|area))+$", re.IGNORECASE
)

SMALLEST = 3
"""How many datasets must share a stem before it is proposed."""


def stem(title: str) -> str:
    """Return what is left of a title without codes, places, months and years.

    >>> stem("Cattle deaths for Scotland January to June 2014"), stem("Land survey ALCB06395")
    ('Cattle deaths', 'Land survey')
    """
    words = _VARIES.sub(" ", _YEAR.sub(" ", title))
    for _ in range(2):
        words = _LOOSE_END.sub("", _LEFT_OVER.sub(" ", " ".join(words.split())).strip())
    return " ".join(words.split())


def propose_series(rows: Sequence[DatasetRow]) -> list[DatasetRow]:
    """Return the rows with `series_hint` filled in where at least `SMALLEST` of one publisher share a stem.

    A hint the catalogue itself gave stays; one that is the id of another row becomes that row's title.
    Stems of less than two words say too little. O(n).
    """
    stems = [stem(row.title) for row in rows]
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, (row, words) in enumerate(zip(rows, stems, strict=True)):
        if not row.series_hint and " " in words and words != row.title:
            groups[row.publisher.casefold(), words.casefold()].append(position)
    titles = {row.source_id: row.title for row in rows if row.source_id}
    proposed = [
        replace(row, series_hint=titles[row.series_hint]) if row.series_hint in titles else row
        for row in rows
    ]
    for positions in groups.values():
        if len(positions) >= SMALLEST:
            for position in positions:
                proposed[position] = replace(rows[position], series_hint=stems[positions[0]])
    return proposed
