"""Names that stand in words of others and may not be read there: each is replaced by what a label says instead.

Somebody whose name a label does not show can still be named in a thanks to another: "With Tom's help, …". Words are
changed as they are read and never as they are kept: a choice that is taken back shows them as they were written.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from matchmaker.name_words import is_title, letters_after, titles_before
from matchmaker.recognition.name_order import (
    OTHER_LETTERS,
    PARTICLES,
    first_name,
    folded,
    given_at,
    letter,
    surname_from,
)

ALSO_WORDS = frozenset((
    "amber", "april", "art", "august", "autumn", "bill", "bob", "carol", "chance", "chase", "cliff",
    "crystal", "daisy", "dale", "dawn", "dean", "drew", "ebony", "eve", "faith", "flora", "frank",
    "gale", "gene", "glen", "grace", "grant", "guy", "hazel", "heath", "heather", "holly", "hope",
    "iris", "ivy", "jack", "jade", "jay", "joy", "june", "lance", "lily", "mark", "martin", "max",
    "may", "melody", "mercy", "miles", "nick", "norm", "olive", "pat", "patience", "pearl", "penny",
    "pierce", "pip", "ray", "reed", "rich", "rob", "robin", "rose", "ruby", "sage", "sandy", "skip",
    "sky", "sue", "summer", "tony", "victor", "violet", "wade", "will", "wren",
))  # fmt: skip
"""First names that are words as well: in small letters they are taken for the word."""

_WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:\n“\"(]\s*)$")


@dataclass(frozen=True)
class Unread:
    """A name that may not be read, and what stands in its place.

    `wholly`: only the whole name counts, not a part of it, as for whoever has no part in what the words are about.
    """

    name: str
    instead: str
    wholly: bool = False


def without_names(words: str, unread: Iterable[Unread], spoken_to: Collection[str] = ()) -> str:
    """Return words with these names replaced, and every other name left.

    A whole name counts however it is written, a first name or a surname by itself where it can be told from a word.
    `spoken_to` are the names of people who are shown beside the words: their whole names stay, and a bare first name
    that is also one of theirs means them. O(words x names).

    >>> tom = Unread("Tom Price", "someone at Ofwat")
    >>> without_names("Thanks to Tom, tom price and Dr Price’s team for Price Paid Data.", [tom])
    'Thanks to someone at Ofwat, someone at Ofwat and someone at Ofwat’s team for Price Paid Data.'
    >>> without_names("Tom Okafor and Tom did it.", [tom], ["Tom Okafor"])
    'Tom Okafor and Tom did it.'
    """
    unread = sorted(unread, key=lambda one: -len(one.name))
    for one in unread:
        if letter(one.name) == OTHER_LETTERS and one.name:  # such words have no spaces between them
            words = words.replace(one.name, one.instead)
    found = list(_WORD.finditer(words))
    plain = [folded(one.group()) for one in found]
    kept = _places(plain, [_parts(name) for name in spoken_to])
    theirs = {folded(first_name(name)) for name in spoken_to}
    gone: dict[int, tuple[int, str]] = {}
    for one in unread:
        for start, end in _standing(words, found, plain, one, theirs):
            if any(place in kept for place in range(start, end)):
                continue
            kept.update(range(start, end))
            titled = start and is_title(plain[start - 1]) and _beside(words, found[start - 1], found[start])
            gone[start - 1 if titled else start] = (end, one.instead)
    for start, (end, instead) in sorted(gone.items(), reverse=True):
        words = words[: found[start].start()] + instead + words[found[end - 1].end() :]
    return words


class ManyUnread:
    """Many names that may not be read, of which those that may stand in some texts are found by the texts' words."""

    def __init__(self, unread: Iterable[Unread]) -> None:
        """Lay names out by their words. O(names)."""
        self._every = tuple(unread)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self._every):
            for word in {*_parts(one.name)}:
                self._by_word[word].append(place)
        # Such words have no spaces between them.
        self._in_a_row = [at for at, one in enumerate(self._every) if letter(one.name) == OTHER_LETTERS]

    def among(self, texts: Iterable[str]) -> tuple[Unread, ...]:
        """Return those that may stand in some of these texts, in order. O(words and those found)."""
        if not self._every:
            return ()
        told = " ".join(texts)
        found = {at for at in self._in_a_row if self._every[at].name in told}
        for word in {folded(one) for one in _WORD.findall(told)}:
            found.update(self._by_word.get(word, ()))
        return tuple(self._every[at] for at in sorted(found))


def among_words(texts: Iterable[str], unread: Iterable[Unread]) -> tuple[Unread, ...]:
    """Return those of some names that may stand in some of these texts."""
    return ManyUnread(unread).among(texts)


def names_in_address(address: str, unread: Iterable[Unread]) -> bool:
    """Say whether an address of the web holds one of these names whole, as addresses of people's own pages do.

    >>> names_in_address("https://example.org/people/tom-price", [Unread("Tom Price", "someone")])
    True
    """
    plain = re.sub(r"[\W_]+", "", folded(address))
    return any(len(parts) > 1 and "".join(parts) in plain for parts in (_parts(one.name) for one in unread))


@lru_cache(maxsize=10_000)
def _parts(name: str) -> tuple[str, ...]:
    """Return the words of a name without what stands before and after it."""
    words = name.partition("(")[0].split()
    if given := given_at(words):
        family = [word.rstrip(",") for word in words[:given]]
        words = [*words[given : len(words) - letters_after(words)], *family]
    words = " ".join(words).partition(",")[0].split()
    named = words[titles_before(words) : len(words) - letters_after(words)]
    return tuple(folded(one) for one in _WORD.findall(" ".join(named)))


def _places(plain: list[str], names: Iterable[tuple[str, ...]]) -> set[int]:
    """Return the places of words at which one of these whole names stands."""
    return {
        place
        for parts in names
        for start in _runs(plain, parts)
        for place in range(start, start + len(parts))
    }


def _runs(plain: list[str], parts: tuple[str, ...]) -> list[int]:
    width = len(parts)
    return [at for at in range(len(plain) - width + 1) if parts and tuple(plain[at : at + width]) == parts]


def _standing(
    words: str, found: list[re.Match[str]], plain: list[str], unread: Unread, theirs: Collection[str]
) -> list[tuple[int, int]]:
    """Return where a name stands, as places of words: the whole name, then its first name, then its surname."""
    parts = _parts(unread.name)
    shortest = (parts[0], parts[-1]) if len(parts) > 2 else parts
    spans = [(at, at + len(one)) for one in {parts, shortest} if len(one) > 1 for at in _runs(plain, one)]
    if unread.wholly or not parts:
        return spans
    surname = _parts(unread.name[surname_from(unread.name) :])
    if surname != parts:
        spans += [
            (at, at + len(surname)) for at in _runs(plain, surname) if _is_surname(words, found, at, surname)
        ]
    called = first_name(unread.name)
    if " " not in called and folded(called) not in theirs:
        first = folded(_WORD.findall(called)[0])
        spans += [
            (at, at + 1) for at, word in enumerate(plain) if word == first and _is_first(words, found, at)
        ]
    return spans


def _is_first(words: str, found: list[re.Match[str]], at: int) -> bool:
    """Whether a word that is a first name is one here: small letters, or a sentence's first word, may be a word."""
    word = found[at].group()
    if folded(word) not in ALSO_WORDS:
        return True
    begins = bool(_SENTENCE_ENDS.search(words[: found[at].start()]))
    return word[0].isupper() and not begins


def _is_surname(words: str, found: list[re.Match[str]], at: int, surname: tuple[str, ...]) -> bool:
    """Whether words that are a surname are one here, and not a word, or a part of a title or of another name."""
    if surname[0] not in PARTICLES and not found[at].group()[0].isupper():
        return False
    last = at + len(surname) - 1
    before = found[at - 1].group() if at and _beside(words, found[at - 1], found[at]) else ""
    after = (
        found[last + 1].group()
        if last + 1 < len(found) and _beside(words, found[last], found[last + 1])
        else ""
    )
    called = is_title(before)
    other_name = before[:1].isupper() and not _first_of_sentence(words, found, at - 1)
    return called or not (other_name or (after[:1].isupper() and after != "I"))


def _beside(words: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return words[one.end() : other.start()] in (" ", "-", ". ")


def _first_of_sentence(words: str, found: list[re.Match[str]], at: int) -> bool:
    return bool(_SENTENCE_ENDS.search(words[: found[at].start()]))
