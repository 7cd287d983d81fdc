"""What people ask for and what they can give: their words, and datasets they want, are stuck on, or made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaker.matching.denials import asked_for, offered
from matchmaker.matching.language import readable, sentences
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.row_products import Floats, IdLists, Ints

MADE: dict[str, float] = {
    "maintained": 1.0,
    "curated": 0.9,
    "built": 0.9,
    "collected": 0.9,
    "documented": 0.9,
    "checked": 0.8,
    "published": 0.8,
    "analysed": 0.8,
    "explained": 0.8,
    "coordinated": 0.7,
    "cleared": 0.6,
    "backed": 0.5,
    "other": 0.6,
}
"""How well somebody in each role can answer a question about the dataset, 0 to 1."""

FELLOW_USER = 0.25
"""The same for somebody who only uses it: they may know the way round."""

ASKED: dict[str, float] = {"stuck": 1.0, "needs": 0.9, "wants": 0.6}
"""How much of a need it is to be stuck on a dataset, to ask about it, or to want it, 0 to 1."""

OFFERED = 0.8
"""How well somebody can answer who names a dataset in what they offer."""


MOST_PARTS = 12
"""A text is compared in so many parts at most: each part of one person meets each of another."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What people ask for, or what they can give; each thing has a text, a weight and perhaps a dataset."""

    of: IdLists
    """Which things are each person's."""
    texts: Ints
    weights: Floats
    """How strongly it is asked for, or how well it can be given, 0 to 1."""
    datasets: Ints
    """The dataset it is about, -1 if it is only a text."""


class NeedsBuilder:
    """Collects what people ask for, or give, one person after the other."""

    def __init__(self, texts: dict[str, int]) -> None:
        """Number the texts with the help of this table, which grows."""
        self.texts = texts
        self.things: list[tuple[int, float, int]] = []
        self.of: list[range] = []

    def add(self, text: str, datasets: Iterable[tuple[int, int, float]]) -> None:
        """Add one person's: their words, whole and sentence by sentence, and their datasets of weight > 0."""
        said = dict.fromkeys([*_parts(text), *filter(None, [readable(text)])])
        found = [(self.texts.setdefault(part, len(self.texts)), 1.0, -1) for part in said]
        strongest: dict[int, tuple[int, float, int]] = {}
        for dataset, place, weight in datasets:
            if weight > 0 and (dataset not in strongest or strongest[dataset][1] < weight):
                strongest[dataset] = (place, weight, dataset)
        self.of.append(range(len(self.things), len(self.things) + len(found) + len(strongest)))
        self.things += [*found, *strongest.values()]

    def built(self) -> Needs:
        """Return everything collected, as arrays."""
        texts, weights, datasets = zip(*self.things, strict=True) if self.things else ((), (), ())
        return Needs(
            IdLists.of(self.of),
            np.asarray(texts, dtype=np.intp),
            np.asarray(weights, dtype=np.float64),
            np.asarray(datasets, dtype=np.intp),
        )


def _parts(text: str) -> list[str]:
    """Return the sentences of a text; of many, as many of them together as make `MOST_PARTS`."""
    said = sentences(text)
    each = -(-len(said) // MOST_PARTS)
    return (
        said if each <= 1 else [". ".join(said[start : start + each]) for start in range(0, len(said), each)]
    )


def add_needs(
    asks: NeedsBuilder,
    gives: NeedsBuilder,
    person: Profile,
    numbered: Sequence[tuple[int, DatasetLink]],
    texts: Sequence[int],
) -> None:
    """Add what one person asks for and can give; `texts` holds the text of each numbered dataset."""
    asks.add(asked_for(person.needs), [(one, texts[one], _asked_weight(link)) for one, link in numbered])
    gives.add(offered(person.offers), [(one, texts[one], made_weight(link)) for one, link in numbered])


def _asked_weight(link: DatasetLink) -> float:
    return max(ASKED.get(link.use, 0.0), ASKED.get(link.said, 0.0))


def made_weight(link: DatasetLink) -> float:
    """Return how well somebody who stands so to a dataset can answer questions about it, 0 to 1."""
    used = FELLOW_USER if link.use == "uses" or link.said == "bio" else 0.0
    return max(MADE.get(link.role, 0.0), used, OFFERED if link.said == "offers" else 0.0)
