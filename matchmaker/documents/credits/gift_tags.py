"""Gift tags to cut out and hang in the hall: a dataset, whom it is from, one thanks, and a code to its public label.

Six to an A4 sheet. The type gets smaller until everybody fits with what they did; if they never do, names run
on, and the last words say how many more there are. A thanks is the first that leaves half of the tag to names. A tag
has a code only if its label is public, so that nobody scans their way to a closed door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno

from matchmaker.documents.credits.label_files import Labelled, by_person, signed
from matchmaker.documents.directions import isolated
from matchmaker.documents.fonts import Fonts
from matchmaker.documents.pdf import Sheets
from matchmaker.recognition.label import Quotation

TAGS_A_SHEET = 6


@dataclass(frozen=True)
class GiftTag:
    """What is on one tag: names with what each did, one thanks or none, the public address or ""."""

    title: str
    publisher: str
    people: tuple[tuple[str, str], ...]
    thanks: tuple[Quotation, ...] = ()
    page: str = ""


def gift_tag(one: Labelled) -> GiftTag:
    """Return the tag of a dataset's label."""
    people = tuple(
        (_signed(shown, organisation), "; ".join(words))
        for shown, organisation, words in by_person(one.label)
    )
    return GiftTag(one.title, one.publisher, people, one.label.thanks, one.public_page)


def _signed(shown: str, organisation: str) -> str:
    words = signed(shown, organisation)
    return words if words == shown else signed(isolated(shown), isolated(organisation))


def tags_pdf(tags: Sequence[GiftTag], event: str, made_at: datetime, fonts: Fonts | None = None) -> bytes:
    """Make the tags a PDF; see `tags_sheets`."""
    return tags_sheets(tags, event, made_at).pdf(fonts)


def tags_sheets(tags: Sequence[GiftTag], event: str, made_at: datetime) -> Sheets:
    """Make the tags, in the order given. Raises ValueError for no tags."""
    if not tags:
        raise ValueError("There is nothing to print.")
    values = {"tags": [_tag(tag) for tag in tags]}
    return Sheets("gift_tags", f"Gift tags for {event}", made_at, values)


def _tag(tag: GiftTag) -> dict[str, object]:
    return {
        "title": tag.title,
        "publisher": tag.publisher or "Publisher not known",
        "people": [{"name": name, "did": did} for name, did in tag.people],
        "thanks": [
            {"sentence": one.sentence, "by": _signed(one.giver, one.giver_organisation)} for one in tag.thanks
        ],
        "code": _code(tag.page) if tag.page else "",
        "page": tag.page.partition("//")[2],
    }


def _code(address: str) -> str:
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)
    return drawn
