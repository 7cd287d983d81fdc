"""Who may name a dataset, found before any sentence is read for it: by the words of names that stand in it.

To read a sentence for the names of some datasets is quick. To read those of forty topics for the datasets of each of
thousands of readers is not, and in nearly all there are not two words of any name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from matchmaker.matching.dataset_names import Names
from matchmaker.matching.mentions import read_in
from matchmaker.matching.name_words import NameWord, name_words
from matchmaker.matching.profile import Profile
from matchmaker.matching.scattered_names import may_stand_for
from matchmaker.matching.typos import rests


class LikelyNames:
    """What some profiles say, by all that may lead from a word of it to a name."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Read them. O(total characters)."""
        self._whose: list[int] = []
        """The place of the profile of each sentence."""
        words_by: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for place, one in enumerate(profiles):
            for sentence in {sentence for _, sentence in read_in(one)}:
                words = [*name_words(sentence)]
                for at in range(len(words)):
                    for clue in _clues(words, at):
                        words_by[clue].add((len(self._whose), at))
                self._whose.append(place)
        self._words = dict(words_by)
        """By what leads to a name: the words, as a sentence and their place in it."""

    def of(self, names: Names) -> list[int]:
        """Return the places of the profiles in which `names` may find something: all of them, and few more."""
        some, enough = names.clues()
        words = {word for clue in some & self._words.keys() for word in self._words[clue]}
        count = Counter(sentence for sentence, _ in words)
        likely = {one for one in count if count[one] > 1}
        likely |= {sentence for clue in enough & self._words.keys() for sentence, _ in self._words[clue]}
        return sorted({self._whose[one] for one in likely})


def _clues(words: Sequence[NameWord], at: int) -> Iterator[str]:
    """Yield a word as codes and initials may have it, what it may stand for, and what a mistyped one is found by."""
    raw = words[at].raw
    yield from (raw, raw.lower(), raw.upper(), raw.removesuffix("s"), f"{raw.lower()}+")
    yield from may_stand_for(words, at)
    yield from rests(raw.lower())
