"""The words of a text that say something: those that the word columns count, and codes such as C#."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from matchmaker.matching.language import STOP_WORDS
from matchmaker.matching.words import WORD, Word, codes, words_of

_STOP = frozenset(STOP_WORDS)


@lru_cache(maxsize=20_000)
def content_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` that the word columns count, in order.

    >>> content_of("The drained fen of a river")
    ('drained', 'fen', 'river')
    """
    return (*(word for word in words_of(text) if _counts(word)), *(one.plain for one in codes(text)))


@dataclass(frozen=True, slots=True)
class Content:
    """A text cut up: the words that count, in order, and its codes."""

    words: tuple[Word, ...]
    in_order: tuple[str, ...]
    """The words without where they stand."""
    codes: tuple[Word, ...]
    plain: frozenset[str]
    """The words and the codes, each once."""

    @classmethod
    def of(cls, text: str) -> "Content":
        """Cut a text up. O(characters)."""
        words = tuple(_cut(text))
        said = tuple(codes(text))
        in_order = tuple(one.plain for one in words)
        return cls(words, in_order, said, frozenset((*in_order, *(one.plain for one in said))))

    def pair(self, place: int) -> str:
        """Return what the word at a place and the next are called together."""
        return f"{self.in_order[place]} {self.in_order[place + 1]}"


def _cut(text: str) -> Iterator[Word]:
    """Yield the words of a text that count, and where they stand."""
    small = text.lower()
    if small.isascii() and len(small) == len(text):
        for word in WORD.finditer(small):
            plain = word.group()
            if _counts(plain):
                yield Word(intern(plain), *word.span())  # held once, in however many texts it stands
        return
    for word in WORD.finditer(text):
        yield from (Word(plain, *word.span()) for plain in words_of(word.group()) if _counts(plain))


def _counts(word: str) -> bool:
    return len(word) > 1 and word not in _STOP
