"""Which column of one list is what: its headers, corrected by what stands in the cells and beside them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from matchmaker.intake.cells import is_tick, says_nothing
from matchmaker.intake.columns import ABOUT_WHO, LISTS, Guess, choice_of, guess, normal
from matchmaker.intake.exports import export_format, meaning
from matchmaker.intake.header_and_rows import Table
from matchmaker.intake.lists import split_list
from matchmaker.intake.recipients import is_recipient
from matchmaker.intake.statuses import answers_coming
from matchmaker.intake.text import tidy

LOOKED_AT = 200
"""So many rows are looked at to tell what a column holds."""

_OTHER = re.compile(
    r"(?:any )?others?(?: \(.*\)|,? please .*|:.*| - .*| - text)?|sonstiges?.*|andere.*|autres?.*|"
    r"otros?.*|altro.*|anders.*|arall.*|none(?: of .*)?|"
    r"keine.*|aucune?.*|other - text|specify.*|comment.*",
    re.IGNORECASE,
)


def understand(table: Table) -> dict[str, Guess]:
    """Return what each column seems to be: by the export it is from, by its name, by its cells."""
    form = export_format(table.headers)
    found: dict[str, Guess] = {}
    for column, header in enumerate(table.headers):
        known = meaning(form, header)
        seems = Guess(known, 1) if known else guess(header)
        if seems and seems.choice and not _ticks(table, column, seems.choice):
            seems = replace(seems, choice="")
        if seems:
            found[header] = seems
    _find_addresses(table, found)
    _find_answers(table, found)
    _set_orderer_apart(found)
    _drop_summed_up(table, found)
    return found


def usable(fields: Mapping[str, str] | set[str]) -> bool:
    """Whether these fields say who people are."""
    held = set(fields.values()) if isinstance(fields, Mapping) else fields
    return not ABOUT_WHO.isdisjoint(held)


def what_it_adds(found: Guess, header: str, cell: str) -> str:
    """Return what a cell adds to a list: in a column of one choice, that choice where ticked; else its words.

    >>> what_it_adds(Guess("datasets", 5, "Soil"), "Q – Soil", "Yes"), what_it_adds(Guess("datasets", 1), "Soil", "x")
    ('Soil', 'Soil')
    >>> what_it_adds(Guess("datasets", 5, "Other"), "Q [Other]", "Tides")
    'Tides'
    >>> what_it_adds(Guess("datasets", 5, "Soil"), "Q – Soil", "No")
    ''
    """
    choice = found.choice
    if not choice and is_tick(cell) and not guess(header):
        choice = tidy(header)  # a column that an organiser placed: its name is the choice
    if not choice:
        return cell
    if _OTHER.fullmatch(choice):
        return "" if is_tick(cell) or cell.casefold().strip() == choice.casefold() else cell
    word = tidy(cell).casefold().strip(" .!")
    if word == choice.casefold():
        return choice
    if is_tick(cell) or says_nothing(cell):
        return choice if word not in _UNTICKED and not says_nothing(cell) else ""
    return cell


_UNTICKED = frozenset(
    {
        "no",
        "n",
        "false",
        "f",
        "0",
        "0.0",
        "off",
        "✗",
        "✘",
        "☐",
        "❌",
        "○",
        "[ ]",
        "unchecked",
        "not selected",
        "unticked",
        "falsch",
        "faux",
        "falso",
        "nein",
        "non",
        "nee",
        "nej",
        "nie",
        "não",
        "nac oes",
        "nac ydw",
    }
)


def _cells(table: Table, column: int) -> Iterator[str]:
    return (cells[column] for _, cells in table.rows[:LOOKED_AT] if cells[column].strip())


def _ticks(table: Table, column: int, choice: str) -> bool:
    """Whether a column holds ticks, or the words of its choice, rather than answers."""
    filled = list(_cells(table, column))
    told = sum(
        is_tick(cell) or says_nothing(cell) or tidy(cell).casefold() == choice.casefold() for cell in filled
    )
    return told * 2 >= len(filled) or bool(_OTHER.fullmatch(choice))


def _find_addresses(table: Table, found: dict[str, Guess]) -> None:
    """Place a column that mostly holds addresses, if no name says which does."""
    if any(taken.field == "email" for taken in found.values()):
        return
    for column, header in enumerate(table.headers):
        filled = list(_cells(table, column))
        addresses = sum(map(is_recipient, filled))
        if header not in found and addresses * 2 > len(filled):
            found[header] = Guess("email", 3)
            return


_ABOUT_COMING = re.compile(
    r"\b(?:ticket|attend\w*|answer|reply|replied|respon\w*|rsvp|invit\w*|com(?:e|ing)|join\w*|going|particip\w*|"
    r"there|yes|present|on the day|in person)\b"
)


def _find_answers(table: Table, found: dict[str, Guess]) -> None:
    """Place a column of yes, maybe and no under a name such as “Ticket”, if none says who comes: it is asked."""
    if any(seems.field in ("coming", "status") for seems in found.values()):
        return
    for column, header in enumerate(table.headers):
        open_ = header not in found or found[header] == Guess("ignore", 1)
        filled = list(_cells(table, column)) if open_ and _ABOUT_COMING.search(normal(header)) else []
        if filled and sum(map(answers_coming, filled)) * 5 >= len(filled) * 4:
            found[header] = Guess("coming", 3)
            return


def _set_orderer_apart(found: dict[str, Guess]) -> None:
    """Where a list tells the attendee's own address apart, a plain “Email” is that of whoever ordered."""
    names = {normal(header): header for header in found}
    if {"attendee email", "email"} <= names.keys():
        found[names["email"]] = Guess("orderer_email", 9)
    for header, seems in found.items():
        if seems.field == "orderer_last":
            found[header] = Guess("orderer_name", 10)


def _drop_summed_up(table: Table, found: dict[str, Guess]) -> None:
    """Pass over a column that only repeats, as one text, the choices that stand in columns of their own."""
    choices: dict[str, set[str]] = {}
    for header, seems in found.items():
        if seems.choice and (part := choice_of(header)):
            choices.setdefault(normal(part[0]), set()).update(_words(seems.choice))
    for column, header in enumerate(table.headers):
        told = choices.get(normal(header)) if header in found and found[header].field in LISTS else None
        if told and not found[header].choice and all(_words(cell) <= told for cell in _cells(table, column)):
            found[header] = Guess("ignore", 1)


def _words(text: str) -> set[str]:
    return {word for thing in split_list(text) for word in re.split(r"[\W_]+", thing.casefold()) if word}
