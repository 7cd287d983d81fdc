"""Finding the lines of a table that name its columns, and what these are called."""

import re
from collections.abc import Iterator

from matchmaker.intake.csv_files import Recognise, Records
from matchmaker.intake.recipients import is_recipient
from matchmaker.intake.text import tidy

SURE = 20
"""From here on `recognise` is sure of a row."""
FEW_NAMES = 3
"""A line below another that names so many columns is no entry of the list."""
_ONLY_ANSWER = re.compile(
    r"open[- ]ended response|response|selected choice|antwort|réponse|respuesta", re.IGNORECASE
)


def on_its_side(records: Records, recognise: Recognise) -> bool:
    """Whether the names of the columns stand below one another at the left, as where each person has a column.

    They are of several kinds, no line has more of them, and the line of names holds no addresses.
    """
    first: list[int] = []
    for _, cells in records[:40]:
        filled = [cell for cell in cells if cell.strip()]
        first.append(recognise(filled[:1]))
        if recognise(filled) >= SURE and recognise(filled[1:]):
            return False
        if first[-1] >= SURE and any("@" in cell for cell in filled):
            return False
    known = [sure for sure in first if sure]
    return len(set(known)) > 1 and max(known) >= SURE and len(known) * 2 >= len(first)


def header_position(records: Records, recognise: Recognise) -> int | None:
    """Return which record names the columns: the best known of ten, or the first; None if it is data."""
    known = [recognise(cells) for _, cells in records[:10]]
    if max(known) < SURE:  # some reports begin with a summary
        further = [recognise(cells) for _, cells in records[10:40]]
        known += further if max(further, default=0) >= SURE else []
    if max(known) > 0:
        return _below_groups(records, known.index(max(known)), recognise)
    return None if any(map(is_recipient, records[0][1])) else 0


def _below_groups(records: Records, position: int, recognise: Recognise) -> int:
    """Return the line of column names below a line that only groups them (“Delegate”, “Contact”), as merged cells do.

    It names more columns, and several of them are known.
    """
    if position + 1 == len(records):
        return position
    upper, lower = (
        {tidy(cell).casefold() for cell in records[at][1]} - {""} for at in (position, position + 1)
    )
    grouped = len(upper) < len(lower) and recognise(records[position + 1][1]) >= FEW_NAMES
    return position + 1 if grouped else position


def named_columns(records: Records, position: int, recognise: Recognise) -> tuple[list[str], Records]:
    """Return the column names, which may stand on two lines or three, and the records below them."""
    names = [tidy(cell) for cell in records[position][1]]
    below = records[position + 1 :]
    for place, (_, cells) in enumerate(below[:2]):
        if any('{"ImportId"' in cell for cell in cells):  # Qualtrics: codes, questions, then its own ids
            questions = below[0][1] if place else names
            return [tidy(cell) for cell in questions], below[place + 1 :]
    if len(below) > 1 and position and _goes_over(records[position - 1][1], names):
        joined = list(_joined(records[position - 1][1], names))
        if recognise(joined) >= recognise(names):  # else it is a note, such as “Exported, 1 March”
            return joined, below
    if len(below) > 1 and _goes_over(names, [tidy(cell) for cell in below[0][1]]):
        return list(_joined(names, below[0][1])), below[1:]
    return names, below


def _goes_over(upper: list[str], lower: list[str]) -> bool:
    """Whether `lower` continues column names that `upper` begins: it fills the gaps and says nothing of the rest.

    >>> _goes_over(["Name", "Datasets", ""], ["", "Soil", "Rain"])
    True
    >>> _goes_over(["Name", "", "Team"], ["Ana", "x", "y"])
    False
    """
    width = max(len(upper), len(lower))
    pairs = [
        (tidy(one), tidy(two)) for one, two in zip(_padded(upper, width), _padded(lower, width), strict=True)
    ]
    if any("@" in two or re.fullmatch(r"[\d.:/ -]+", two) for _, two in pairs if two):
        return False
    above = [one.casefold() for one, _ in pairs]
    gaps = {place for place, (one, two) in enumerate(pairs) if not one and two}
    goes_on = {
        place for place, one in enumerate(above) if one and (place + 1 in gaps or above.count(one) > 1)
    }
    plain = [two for place, (one, two) in enumerate(pairs) if one and place not in goes_on]
    said = [bool(two) and not _ONLY_ANSWER.fullmatch(two) and two.casefold() not in above for two in plain]
    return bool(gaps or goes_on) and len(plain) > 0 and not any(said)


def _joined(upper: list[str], lower: list[str]) -> Iterator[str]:
    """Yield the names of columns from two lines: a question goes on to the right until the next one begins."""
    width = max(len(upper), len(lower))
    question = ""
    for one, two in zip(_padded(upper, width), _padded(lower, width), strict=True):
        above, below = tidy(one), tidy(two)
        question = above or (question if below else "")
        if not below or _ONLY_ANSWER.fullmatch(below) or below.casefold() == question.casefold():
            yield question
        else:
            yield f"{question} – {below}" if question else below


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def unique(names: list[str]) -> tuple[str, ...]:
    """Return the column names tidied, an empty one called `Column 3`, a repeated one `Company (2)`.

    >>> unique(["Company", "", "Company"])
    ('Company', 'Column 2', 'Company (2)')
    """
    taken: set[str] = set()
    copies: dict[str, int] = {}
    found = []
    for column, raw in enumerate(names):
        base = name = tidy(raw) or f"Column {column + 1}"
        while name.casefold() in taken:
            copies[base.casefold()] = copies.get(base.casefold(), 1) + 1
            name = f"{base} ({copies[base.casefold()]})"
        taken.add(name.casefold())
        found.append(name)
    return tuple(found)
