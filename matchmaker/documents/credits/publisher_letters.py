"""Letters to publishers: which of their datasets nobody is named for, to print or to send."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.counts import plural
from matchmaker.documents.directions import isolated
from matchmaker.documents.fonts import Fonts
from matchmaker.documents.mail import COLUMNS, Letter
from matchmaker.documents.pdf import Sheets

MOST_IN_A_MAIL = 300
"""Datasets a mail lists; a printed letter lists them all."""


@dataclass(frozen=True)
class NamelessDataset:
    """A dataset without a name, or a series of so many; `wanted` by so many people at the event."""

    title: str
    datasets: int = 1
    wanted: int = 0

    @property
    def words(self) -> str:
        """What to say of it beside its title: how many it stands for, and who waits for it."""
        series = f"a series of {self.datasets} datasets" if self.datasets > 1 else ""
        people = plural(self.wanted, "person works with it", "people work with it")
        return ", ".join(part for part in (series, people if self.wanted else "") if part)


@dataclass(frozen=True)
class PublisherLetter:
    """One publisher's letter: the most wanted datasets come first; `contact` is where an answer goes."""

    publisher: str
    missing: tuple[NamelessDataset, ...]
    named: int
    datasets: int
    event: str
    host: str
    contact: str
    written_at: datetime
    zone: ZoneInfo

    @property
    def day(self) -> str:
        """The date of the letter, in words."""
        return clock.day(self.written_at, self.zone)

    @property
    def standing(self) -> str:
        """How far the publisher's labels are, in a sentence."""
        have = "has" if self.named == 1 else "have"
        return f"Of your {self.datasets} datasets in our list, {self.named} {have} somebody on the label."


def letters_pdf(letters: Sequence[PublisherLetter], fonts: Fonts | None = None) -> bytes:
    """Make the letters a PDF; see `letters_sheets`."""
    return letters_sheets(letters).pdf(fonts)


def letters_sheets(letters: Sequence[PublisherLetter]) -> Sheets:
    """Make the letters, each from a new sheet on. Raises ValueError for none."""
    if not letters:
        raise ValueError("There is nothing to print.")
    first = letters[0]
    values = {"event": first.event, "letters": [_printed(letter) for letter in letters]}
    return Sheets("publisher_letters", "Letters to publishers", first.written_at, values)


def _printed(letter: PublisherLetter) -> dict[str, object]:
    these = "this one" if len(letter.missing) == 1 else f"these {len(letter.missing)}"
    return {
        "day": letter.day,
        "publisher": letter.publisher,
        "says": f"{isolated(letter.host or letter.event)} gives open datasets back the names of the people who made "
        f"them. {letter.standing} Nobody is named for {these} yet:",
        "missing": [{"title": one.title, "words": one.words} for one in letter.missing],
        "asks": "Do you know who collected, checked, published or looks after one of them? "
        f"Write to {letter.contact}. Nobody is named without agreeing to it first.",
    }


def mail(letter: PublisherLetter) -> Letter:
    """Write the same as a mail: plain text, the most wanted datasets, and where to answer."""
    shown = letter.missing[:MOST_IN_A_MAIL]
    more = len(letter.missing) - len(shown)
    listed = [
        textwrap.fill(
            isolated(one.title) + (f" ({one.words})" if one.words else ""),
            COLUMNS,
            initial_indent="* ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for one in shown
    ]
    if more:
        listed.append(f"and {more} more; ask us for the whole list")
    paragraphs = [
        f"To whom it may concern at {letter.publisher},",
        f"{isolated(letter.host or letter.event)} gives open datasets back the names of the people who made them. "
        f"{letter.standing} Nobody is named for these yet:",
    ]
    ends = [
        f"Do you know who collected, checked, published or looks after one of them? Write to {letter.contact}. "
        "Nobody is named without agreeing to it first.",
        f"Sent by matchmaker for the organisers of {letter.event}, because you publish these datasets.",
    ]
    filled = [textwrap.fill(" ".join(text.split()), COLUMNS, break_long_words=False) for text in paragraphs]
    after = [textwrap.fill(" ".join(text.split()), COLUMNS, break_long_words=False) for text in ends]
    body = "\n\n".join([*filled, "\n".join(listed), *after]) + "\n"
    return Letter(f"Who are your datasets from? {len(letter.missing)} have no name yet", body)
