"""Sum up what people need in the hall, by name, and what they eat: counts for the caterer, and words by name."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from matchmaker.documents.counts import plural
from matchmaker.intake.diets import diet
from matchmaker.recognition.name_order import folded
from matchmaker.store.people.comers import Comer
from matchmaker.store.people.registrations import Registration

MORE = "see the list of allergies"
"""Stands in a count for words that are no diet one can count: the caterer reads no word of anybody's own."""


_TICKED = {
    "step_free": ("step free", "stepfree"),
    "quiet": ("quiet table", "quiet tables", "quiet"),
    "large_print": ("large print",),
}
"""A box that can be ticked → the phrases that say the same, whole."""
_NO_MORE = frozenset((
    "a", "access", "an", "and", "i", "like", "me", "my", "need", "needed", "needs", "please", "require",
    "required", "table", "tables", "the", "to", "want", "would", "yes",
))  # fmt: skip
"""Words that add nothing beside such a phrase: who writes “room”, “seat” or “only” says more than the box does."""


@dataclass(frozen=True)
class Diets:
    """What people eat: of how many `people`, how many eat what, the most first, and who must be read by name."""

    people: int
    counts: tuple[tuple[str, int], ...]
    by_name: tuple[tuple[str, str], ...]


def needs_of(one: Comer | Registration) -> tuple[str, ...]:
    """Return what the hall must have ready for one person, in words; not what they eat."""
    said = (
        (one.step_free, "step-free table"),
        (one.quiet, "quiet table"),
        (one.fixed_table is not None, f"always at table {one.fixed_table}"),
        (one.large_print, "large print"),
        (bool(one.helper), f"comes with {one.helper}"),
        (one.most_meetings is not None, f"at most {plural(one.most_meetings or 0, 'meeting')}"),
        (
            one.meetings_in_a_row is not None,
            f"at most {plural(one.meetings_in_a_row or 0, 'meeting')} in a row",
        ),
        (bool(own := _own_words(one)), own),
    )
    return tuple(words for so, words in said if so)


def _own_words(one: Comer | Registration) -> str:
    """Return what somebody wrote that they need, without what says no more than the boxes that they ticked."""
    if not one.access_needs:
        return ""
    ticked = [phrase for box, phrases in _TICKED.items() if getattr(one, box) for phrase in phrases]
    found = []
    for line in one.access_needs.split("\n"):
        parts = re.split(r"[;,.](?:\s+|$)", line)
        kept = [part for part in parts if not _adds_nothing(part, ticked)]
        again = any(_adds_nothing(part, ticked) and not _adds_nothing(part, ()) for part in parts)
        found += ["; ".join(kept)] if again else [line]
    return "; ".join(filter(None, found))


def _adds_nothing(part: str, phrases: Iterable[str]) -> bool:
    """Say whether a part has no words but these phrases, each whole, and those that add nothing."""
    left = " " + " ".join(re.findall(r"[^\W_]+", folded(part))) + " "
    for phrase in phrases:
        left = left.replace(f" {phrase} ", "  ")
    return _NO_MORE.issuperset(left.split())


def diets(people: Iterable[Comer]) -> Diets:
    """Return what these people eat. Each with a diet is in one count; whoever says no more is not by name."""
    counts: Counter[str] = Counter()
    by_name, number = [], 0
    known = {"": diet("")}  # many write the same
    for one in people:
        number += 1
        said = known.get(one.diet) or known.setdefault(one.diet, diet(one.diet))
        if words := ", ".join((*said.kinds, *([MORE] if said.by_name else []))):
            counts[words] += 1
        if said.by_name:
            by_name.append((one.name, "; ".join(one.diet.split("\n"))))
    return Diets(number, tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))), tuple(by_name))
