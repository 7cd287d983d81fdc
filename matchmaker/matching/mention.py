"""A stretch of a text that names datasets."""

from collections.abc import Iterable
from dataclasses import dataclass

from matchmaker.matching.name_words import NameWord


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names a dataset, or several that are called alike."""

    text: str
    """As it is written."""
    start: int
    end: int
    datasets: tuple[str, ...]
    """Their ids, in the order of the catalogue."""


def told(text: str, first: NameWord, last: NameWord, ids: Iterable[str]) -> Mention:
    """Return what these words and those between them name."""
    said = " ".join(text[first.start : last.end].split())
    return Mention(said, first.start, last.end, tuple(dict.fromkeys(ids)))
