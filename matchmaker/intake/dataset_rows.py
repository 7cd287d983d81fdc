"""One dataset as a catalogue describes it, and what every kind of catalogue needs to make one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from matchmaker.intake.cells import says_nothing
from matchmaker.intake.dates import day
from matchmaker.intake.languages import best, lists, texts
from matchmaker.intake.lists import as_code
from matchmaker.intake.text import plain, plain_prose, tidy

LONGEST_TITLE = 1000
LONGEST_PUBLISHER = 300
LONGEST_LICENCE = 500
LONGEST_ADDRESS = 2000
LONGEST_ID = 1000
_NOT_KNOWN = frozenset({"unknown", "not known", "not available", "to be confirmed", "unbekannt", "inconnu"})


@dataclass(frozen=True)
class Wording:
    """What a catalogue says of a dataset in one language; `language` as in `en-gb`, plain texts, "" for nothing."""

    language: str
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class DatasetRow:
    """A dataset as a catalogue describes it; all texts plain, without markup.

    `where` is its place in the file. `source_id` is the catalogue's own id, "" where it has none: then
    publisher and title together are the key. `url` is http(s) or "". `series_hint` names the series it seems
    to belong to: the title or id of the parent, or what its title shares with others. `private` records are
    shown, not ticked. `languages` is what it says in each language, where there are several.
    """

    where: str
    source_id: str
    slug: str
    title: str
    publisher: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    licence: str = ""
    url: str = ""
    modified: date | None = None
    series_hint: str = ""
    private: bool = False
    languages: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class SkippedRecord:
    """A record that was not read: its place in the file, and why."""

    where: str
    reason: str


class SkipError(Exception):
    """This record is not read; the message says why."""


def dataset_row(
    where: str,
    title: Any,
    *,
    source_id: str = "",
    slug: str = "",
    publisher: str = "",
    description: Any = "",
    tags: Any = (),
    themes: Iterable[str] = (),
    licence: str = "",
    url: str = "",
    modified: str = "",
    series_hint: str = "",
    private: bool = False,
) -> DatasetRow:
    """Make a row of texts as they stand in a file; raises SkipError if there is no title.

    Title, description and tags may be in several languages, in any way that `languages` reads.
    """
    titles, descriptions = texts(title), texts(description)
    keywords = lists(list(tags) if not isinstance(tags, dict) else tags)
    words = shortened(plain(best(titles) or ""), LONGEST_TITLE)
    if not words:
        raise SkipError("It has no title.")
    if says_nothing(words):
        raise SkipError(f"“{words}” is no title.")
    key = said(tidy(source_id))
    return DatasetRow(
        where=where,
        source_id=key if len(key) <= LONGEST_ID else "",
        slug=tidy(slug)[:LONGEST_ID],
        title=words,
        publisher=shortened(said(plain(publisher)), LONGEST_PUBLISHER),
        description=said(plain_prose(best(descriptions) or "")),
        tags=_distinct(best(keywords) or ()),
        themes=_distinct(themes),
        licence=shortened(said(plain(licence)), LONGEST_LICENCE),
        url=web_address(url),
        modified=day(modified),
        series_hint=shortened(said(plain(series_hint)), LONGEST_TITLE),
        private=private,
        languages=tuple(_wordings(titles, descriptions, keywords)),
    )


def _wordings(
    titles: dict[str, str], descriptions: dict[str, str], keywords: dict[str, list[str]]
) -> Iterator[Wording]:
    """Yield what is said in each told language, if there are two or more or the only one is not English."""
    told = list(dict.fromkeys(filter(None, (*titles, *descriptions, *keywords))))
    if len(told) < 2 and all(language.startswith("en") for language in told):
        return
    for language in told:
        yield Wording(
            language,
            shortened(plain(titles.get(language, "")), LONGEST_TITLE),
            said(plain_prose(descriptions.get(language, ""))),
            _distinct(keywords.get(language, ())),
        )


def said(text: str) -> str:
    """Return the text, "" where it is a word for nothing, which a register has in cells that must not be empty.

    >>> said("n/a"), said("TBC"), said("Unknown"), said("Natural England")
    ('', '', '', 'Natural England')
    """
    return "" if says_nothing(text) or text.casefold().strip(" .") in _NOT_KNOWN else text


def shortened(text: str, longest: int) -> str:
    """Return the text, cut with an ellipsis if it has more than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def web_address(text: str) -> str:
    """Return the address if it is one for http or https, without the line breaks some catalogues put in; else "".

    >>> web_address(" https://example.org/a\\n"), web_address("javascript:alert(1)"), web_address("n/a")
    ('https://example.org/a', '', '')
    """
    address = re.sub(r"[\s\x00-\x1f\x7f]+", "", text)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    good = parts.scheme in {"http", "https"} and parts.hostname and len(address) <= LONGEST_ADDRESS
    return address if good else ""


def split_tags(cell: str) -> list[str]:
    """Return the tags in one text: a list as JSON, Python or SQL writes it, else parted by `;`, `,` or `|`.

    >>> split_tags("['water', 'level']"), split_tags("water; level")
    (['water', 'level'], ['water', ' level'])
    """
    listed = as_code(cell)
    return re.split(r"[;,|\n]", cell) if listed is None else listed


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts, plain, each once whatever its case."""
    kept: dict[str, str] = {}
    for text in texts:
        words = said(plain(text))
        if words:
            kept.setdefault(words.casefold(), words)
    return tuple(kept.values())
