"""Profiles that are read once, to be looked at with one other after the other, as if each had been read with them.

What is rare depends on who is read together. Where most are the same each time, as the topics of an event are for
each of its readers, their terms are counted once, and what is rare is learnt from the counts.
"""

from collections.abc import Sequence
from dataclasses import replace

from scipy import sparse

from matchmaker.matching.counted_texts import CountedTexts
from matchmaker.matching.documents import documents_of, first_of_each
from matchmaker.matching.language import Language
from matchmaker.matching.likely_names import LikelyNames
from matchmaker.matching.mentions import names_known, with_mentions
from matchmaker.matching.profile import Profile
from matchmaker.matching.row_products import unit_rows
from matchmaker.matching.updating import with_profile
from matchmaker.matching.vectors import Vectors, vectorise


class ReadOnce:
    """Some profiles that list no datasets, in order. Once it is made nothing here changes: threads may share it."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Read them. O(total characters)."""
        self.profiles = tuple(profiles)
        self._vectors = vectorise(self.profiles, learn=self._count)
        self._likely = LikelyNames(self.profiles)
        self._kept = {"clauses": self._vectors.clauses, "text_number": self._vectors.text_number}

    def with_one(self, person: Profile) -> Vectors:
        """Return what `vectorise` gives of these profiles and, behind them, this person, whoever came before.

        O(characters of what the person says, and numbers that are stored of the others).
        """
        language, rows = self._counted.with_more(
            documents_of(first_of_each(person.datasets).values(), [person])
        )
        found = replace(self._vectors, language=language, rows=unit_rows(rows))
        vars(found).update(self._kept)
        for one in self._with_names(person):
            found = with_profile(found, one)
        return found

    def _count(self, documents: Sequence[str], texts: Sequence[str]) -> tuple[Language, sparse.csr_array]:
        self._counted = CountedTexts(documents, texts)
        return self._counted.with_more([])

    def _with_names(self, person: Profile) -> list[Profile]:
        """Return this person, and those of the others who name a dataset of theirs, with what is named."""
        names, known = names_known([person], ())
        some = [self.profiles[place] for place in self._likely.of(names)] if known else []
        if not some:  # what nobody else names adds nothing to what a person says of it
            return [person]
        named = with_mentions([person, *some], names, known)
        return [named[0], *(one for one, before in zip(named[1:], some, strict=True) if one is not before)]
