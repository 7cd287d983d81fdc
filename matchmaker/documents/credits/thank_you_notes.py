"""A certificate and a thank-you note for one person, to print and give to a line manager: only what they accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock, paper
from matchmaker.recognition.label import Quotation, Voices


@dataclass(frozen=True)
class Deed:
    """One dataset: what the person did for it, in words, and what colleagues said of it."""

    title: str
    publisher: str
    roles: tuple[str, ...]
    thanks: tuple[Quotation, ...]
    voices: Voices


@dataclass(frozen=True)
class ThankYouNote:
    """The person and their datasets, by title; `made_at` carries a zone."""

    name: str
    place: str
    deeds: tuple[Deed, ...]
    made_at: datetime
    zone: ZoneInfo

    @property
    def day(self) -> str:
        """The date of the note, in words."""
        return clock.day(self.made_at, self.zone)


def note_html(note: ThankYouNote, asset: paper.Asset) -> str:
    """Lay out the certificate, and after it the note with every thanks. Raises ValueError for nothing."""
    if not note.deeds:
        raise ValueError("There is nothing to print.")
    thanked: Sequence[Deed] = [deed for deed in note.deeds if deed.thanks]
    return paper.page("thank_you_note.html", asset, note=note, thanked=thanked, made_at=note.made_at)
