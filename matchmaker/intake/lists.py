"""The things listed in one cell, however people part them."""

import ast
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from matchmaker.intake.cells import NOTHING
from matchmaker.intake.text import tidy

_HARD = re.compile(r"[;；|\r\n\t\v、•‣●▪◦■□○·∙]|<br\s*/?>|</?li>|</?[uo]l>", re.IGNORECASE)
_COMMA = re.compile(r",(?![^()\[\]]*[\])])(?!\d)(?:\s+(?:and|und|et|&)\s)?|[，،](?![^()]*\))", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*–—•·‣+>]\s+|\(?\d{1,2}[.)]\s+|\(?[a-h]\)\s+)")
_NUMBERED = re.compile(r"(?:^|\s)\(?(\d{1,2})[.)]\s+")
_SLASH = re.compile(r"\s+[/\\]+\s+(?![^()]*\))")
_DASHED = re.compile(r"\s+[-–—*+]\s+")
_QUOTED = re.compile(r"""^[\s]*(["'])(.*)\1[\s]*$""", re.DOTALL)
_ONE_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|“([^”]*)”")
_LONGEST_JSON = 100_000
_LONGEST_PYTHON = 5_000


def split_list(cell: str) -> tuple[str, ...]:
    """Return the things listed in a cell, each once, in order.

    A list in JSON or Python is taken as such, `;#` as SharePoint writes it. Else things are parted by semicolons,
    line breaks, tabs, bullets, vertical bars or `、`; if there are none, by numbers (1. 2.), dashes, hash signs or
    spaced slashes; by commas only where none of these is there, and never inside brackets or a number. Words for
    “nothing” fall away.

    >>> split_list("Soil (arable, dairy), floods; n/a; floods")
    ('Soil (arable, dairy), floods', 'floods')
    >>> split_list("soil (arable, dairy), floods, none, Floods")
    ('soil (arable, dairy)', 'floods')
    >>> split_list("rivers, soil and peat, and floods")
    ('rivers', 'soil and peat', 'floods')
    >>> split_list('["River levels", "Soil survey"]'), split_list("1. Rain 2. Snow"), split_list("#floods #soil")
    (('River levels', 'Soil survey'), ('Rain', 'Snow'), ('floods', 'soil'))
    """
    parts = hard_parts(cell)
    if len(parts) == 1 and as_code(cell) is None and ";#" not in cell:
        parts = soft_parts(tidy(cell))
    return distinct(bare(part) for part in parts)


def hard_parts(cell: str) -> list[str]:
    """Return the parts of a cell that is a list as code, or in which something stands that only parts things."""
    listed = as_code(cell)
    if listed is not None:
        return [tidy(thing) for thing in listed]
    return list(_lookups(cell.split(";#"))) if ";#" in cell else _HARD.split(cell)


def bare(part: str) -> str:
    """Return a part of a list without its bullet, number or quotation marks."""
    text = _BULLET.sub("", tidy(part)).strip(" ,;|")
    quoted = _QUOTED.match(text)
    return quoted[2].strip() if quoted and quoted[1] not in quoted[2] else text


def soft_parts(text: str, *, sentence: bool = False) -> list[str]:
    """Return the parts of a line without separators that could be nothing else; a sentence's are its numbers."""
    numbers = [int(number) for number in _NUMBERED.findall(text)]
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1:
        return re.split(r"(?:^|\s)\(?\d{1,2}[.)]\s+", text)
    words = text.split()
    if len(words) > 1 and all(re.fullmatch(r"#\w[\w-]*,?", word) for word in words):
        return [word.strip("#,") for word in words]
    if len(words) == 1 and re.fullmatch(r"#[^\W\d][\w-]*", text):
        return [text[1:]]
    if re.match(r"[-–—*+]\s+", text):
        return _DASHED.split(" " + text)
    if sentence:
        return [text]
    if len(parts := _SLASH.split(text)) > 1:
        return parts
    return _COMMA.split(text)


def as_code(cell: str) -> list[str] | None:
    """Return the texts of a list or object written in JSON, Python or SQL; None for anything else.

    >>> as_code("[{'name': 'river-levels', 'title': 'River levels'}, {'name': 'Rain', 'id': None}]")
    ['River levels', 'Rain']
    """
    text = cell.strip()
    brackets = text[:1] + text[-1:]
    if not 2 <= len(text) <= _LONGEST_JSON or brackets not in {"[]", "{}", "()"}:
        return None
    if brackets == "()" and not re.match(r"\(\s*['\"]", text):
        return None
    for attempt in (text, text.replace('""', '"')):
        try:
            return list(_texts(json.loads(attempt)))
        except (ValueError, RecursionError):
            continue
    if "{'" in text and len(text) <= _LONGEST_PYTHON:
        with suppress(ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            return list(_texts(ast.literal_eval(text)))
    return _bracketed(text)


def _bracketed(text: str) -> list[str] | None:
    """Return the texts of a list that is not JSON: in single quotes, in none, or each in brackets of its own."""
    inside = text[1:-1].strip()
    if quoted := _ONE_QUOTED.findall(inside):
        rest = _ONE_QUOTED.sub("", inside)
        if not rest.strip(" ,;\n\tub"):
            return [re.sub(r"\\(.)", r"\1", one or two or three) for one, two, three in quoted]
    if "][" in text:
        return [part.strip(" []") for part in text.split("][")]
    if text[0] == "(" or (text[0] == "{" and ":" in inside):
        return None
    return [part.strip(" '\"") for part in re.split(r"[,;]", inside)]


def _texts(value: Any) -> Iterable[str]:
    """Yield the texts in a JSON value."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts_of_object(value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)


def _texts_of_object(value: dict[str, Any]) -> Iterable[str]:
    """Yield what an object is called, as people read it if it says so, or the choices it says true to."""
    for key in ("title", "label", "display_name", "displayName", "name", "value", "text", "Value"):
        if isinstance(value.get(key), str):
            yield value[key]
            return
    yield from (key for key, said in value.items() if said is True or said in (1, "1", "yes", "Yes", "true"))
    for said in value.values():
        if isinstance(said, (list, dict)):
            yield from _texts(said)


def _lookups(parts: list[str]) -> Iterable[str]:
    """Yield the texts of a SharePoint list, whose look-ups hold an id beside each text.

    >>> list(_lookups(["River levels", "3", "Soil survey", "5"])), list(_lookups(["", "Soil", "Rain", ""]))
    (['River levels', 'Soil survey'], ['Soil', 'Rain'])
    """
    texts = [tidy(part) for part in parts]
    held = [text for text in texts if text]
    if (
        len(held) > 1
        and all(text.isdigit() for text in held[1::2])
        and not any(text.isdigit() for text in held[::2])
    ):
        return held[::2]
    if (
        len(held) > 1
        and all(text.isdigit() for text in held[::2])
        and not any(text.isdigit() for text in held[1::2])
    ):
        return held[1::2]
    return held


def distinct(things: Iterable[str]) -> tuple[str, ...]:
    """Return the things that say something, each once whatever its case, the first spelling kept."""
    kept: dict[str, str] = {}
    for thing in things:
        if thing.casefold() not in NOTHING:
            kept.setdefault(thing.casefold(), thing)
    return tuple(kept.values())
