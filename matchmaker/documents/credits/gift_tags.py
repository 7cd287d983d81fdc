"""Gift tags to cut out and hang in the hall: a dataset, whom it is from, one thanks, and a code to its public label.

Six to an A4 sheet. The type gets smaller until everybody fits with what they did; if they never do, names run
on, and the last words say how many more there are. A tag has a code only if its label is public, so that nobody
scans their way to a closed door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno

from matchmaker.documents import fitting, paper
from matchmaker.documents.credits.label_files import Labelled, by_person, signed
from matchmaker.documents.pdf import Progress, asset, pdf
from matchmaker.recognition.label import Quotation

TAGS_A_SHEET = 6
SHEETS_A_PART = 10

# The measures of print.css, in millimetres: a tag's text, and what its foot with the code leaves of it.
_WIDTH, _ROOM, _ROOM_ABOVE_CODE = 85.0, 74.0, 53.0
_GAPS = 7.5
_MOST_FOR_THANKS = 0.5


@dataclass(frozen=True)
class GiftTag:
    """What is on one tag: names with what each did, one thanks or none, the public address or ""."""

    title: str
    publisher: str
    people: tuple[tuple[str, str], ...]
    thanks: tuple[Quotation, ...] = ()
    page: str = ""


@dataclass(frozen=True)
class _Size:
    css: str
    title: float
    name: float
    words: float


_SIZES = (_Size("roomy", 16, 12, 11), _Size("close", 13, 10, 9.5), _Size("tight", 11, 8.5, 8.5))


@dataclass(frozen=True)
class _Laid:
    """A tag as it is printed: `people` one a line, or all in one line; `code` is an SVG picture or ""."""

    tag: GiftTag
    people: tuple[tuple[str, str], ...]
    thanks: Quotation | None
    size: str
    code: str


def gift_tag(one: Labelled) -> GiftTag:
    """Return the tag of a dataset's label."""
    people = tuple(
        (signed(shown, organisation), "; ".join(words)) for shown, organisation, words in by_person(one.label)
    )
    return GiftTag(one.title, one.publisher, people, one.label.thanks, one.public_page)


def tags_html(tags: Sequence[GiftTag], event: str, made_at: datetime, asset: paper.Asset) -> str:
    """Lay the tags out as one print page, in the order given."""
    return _page(_sheets(tags), event, made_at, asset)


def tags_pdf(
    tags: Sequence[GiftTag], event: str, made_at: datetime, progress: Progress | None = None
) -> bytes:
    """Make the same sheets as a PDF, ten a part. Raises PdfUnavailable, or ValueError for no tags."""
    parts = fitting.batches(_sheets(tags), SHEETS_A_PART)
    return pdf([_page(some, event, made_at, asset) for some in parts], progress)


def _sheets(tags: Sequence[GiftTag]) -> list[tuple[_Laid, ...]]:
    return fitting.batches([_laid(tag) for tag in tags], TAGS_A_SHEET)


def _page(sheets: Sequence[Sequence[_Laid]], event: str, made_at: datetime, asset: paper.Asset) -> str:
    return paper.page("gift_tags.html", asset, sheets=sheets, event=event, made_at=made_at)


def _laid(tag: GiftTag) -> _Laid:
    """Choose the largest type in which everybody fits with one thanks; else names alone, run on, in the smallest."""
    room = _ROOM_ABOVE_CODE if tag.page else _ROOM
    code = (
        segno.make(tag.page, error="m", micro=False).svg_inline(omitsize=True, border=2) if tag.page else ""
    )
    for size in _SIZES:
        thanks = _one_thanks(tag, size, room)
        left = room - _head(tag, size) - (_tall_thanks(thanks, size) if thanks else 0)
        if (thanks or not tag.thanks) and _tall_people(tag.people, size) <= left:
            return _Laid(tag, tag.people, thanks, size.css, code)
    names = [name for name, _ in tag.people]
    count = len(names)
    while count > 1 and fitting.height(_run_on(names, count), size.words, _WIDTH * 0.92) > left:
        count -= 1
    return _Laid(tag, ((_run_on(names, count), ""),), thanks, size.css, code)


def _run_on(names: Sequence[str], count: int) -> str:
    """Write the first names one after the other; the last words say how many more there are.

    >>> _run_on(["Ada, Water Office", "Ben, Soil Office", "Cy"], 2)
    'Ada, Water Office; Ben, Soil Office; and 1 more person'
    """
    more = len(names) - count
    rest = [] if not more else [f"and {more} more {'person' if more == 1 else 'people'}"]
    return "; ".join([*names[:count], *rest])


def _one_thanks(tag: GiftTag, size: _Size, room: float) -> Quotation | None:
    """Return the first thanks that leaves half of the room to names, or none."""
    for one in tag.thanks:
        if _tall_thanks(one, size) <= room * _MOST_FOR_THANKS:
            return one
    return None


def _head(tag: GiftTag, size: _Size) -> float:
    # Bold type is wider than the estimate's, hence the narrower measure.
    return (
        fitting.height(tag.title, size.title, _WIDTH * 0.92)
        + fitting.height(tag.publisher, size.words, _WIDTH)
        + _GAPS
    )


def _tall_thanks(one: Quotation, size: _Size) -> float:
    by = fitting.height(signed(one.giver, one.giver_organisation), size.words, _WIDTH)
    return fitting.height(f"“{one.sentence}”", size.words, _WIDTH * 0.96) + by + 2.5


def _tall_people(people: Sequence[tuple[str, str]], size: _Size) -> float:
    return sum(
        fitting.height(name, size.name, _WIDTH * 0.92) + fitting.height(words, size.words, _WIDTH) + 0.8
        for name, words in people
    )
