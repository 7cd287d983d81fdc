"""Names in capitals, as lists have them, become names as people write them: "OKAFOR Amara" is Amara Okafor.
So do names all in small letters: "aoife o'brien" is Aoife O'Brien.

What a short word such as LI is, a surname or initials, its column says: where nearly all of it stands in capitals, or
where nearly all names in it begin or end with a word in capitals, it is a name. Elsewhere it is left, or asked about.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from matchmaker.intake.addresses import name_from_address
from matchmaker.intake.capital_words import (
    MACS,
    PARTICLES,
    as_written,
    has_vowel,
    in_capitals,
    is_after,
    is_capital,
    is_initials,
    is_short,
    is_title,
)
from matchmaker.intake.person_names import is_nobody, is_total

_FEWEST, _NEARLY = 3, 0.8
"""So many names, and such a part of them, make the way in which a column is written."""
_BRACKETS = re.compile(r"\s*[(\[<][^)\]>]*[)\]>]\s*")
_VIETNAMESE = frozenset(
    ("bui", "dang", "dinh", "duong", "hoang", "huynh", "le", "ngo", "nguyen", "pham", "phan", "tran", "vu")
)
"""Family names after which Van is a name, and no particle."""
_AFTER_DE = frozenset(("la", "las", "le", "los"))


@dataclass(frozen=True)
class ColumnStyle:
    """How the names of a column are written: all in capitals, or the surname in capitals, where."""

    capitals: bool = False
    surname_first: bool = False
    surname_last: bool = False


PLAIN = ColumnStyle()
_PARTS = ("first_name", "middle_name", "last_name")
NAMES = ("name", *_PARTS, "badge_name")
"""Fields that hold names, or parts of one."""


def style_of(cells: Iterable[str]) -> ColumnStyle:
    """Return how the names of a column are written. Linear in its cells."""
    names = [words for cell in cells if (words := _words(cell)) and any(map(_has_case, words))]
    if len(names) < _FEWEST:
        return PLAIN
    least = max(_FEWEST, _NEARLY * len(names))

    def nearly_all(held: list[bool]) -> bool:
        return sum(held) >= least

    return ColumnStyle(
        nearly_all([all(is_capital(one) or len(one.strip(".")) < 2 for one in words) for words in names]),
        nearly_all([_split_first(words) > 0 for words in names]),
        nearly_all([len(words) > 1 and _is_mixed(words) and is_capital(words[-1]) for words in names]),
    )


def name_as_written(
    cell: str, style: ColumnStyle, email: str = "", *, whole: bool = True
) -> tuple[str, bool]:
    """Return the name in a cell as people write it, and whether that should be checked.

    `whole` is false for a cell that holds a given or a family name alone: its order is never changed.

    >>> [name_as_written(name, PLAIN)[0] for name in ("AMARA OKAFOR", "Jo McDONALD", "JO VAN DER BERG", "JP Smith")]
    ['Amara Okafor', 'Jo McDonald', 'Jo van der Berg', 'JP Smith']
    >>> name_as_written("OKAFOR Amara", PLAIN), name_as_written("OKAFOR Amara", PLAIN, "a.okafor@kew.example")
    (('Amara Okafor', True), ('Amara Okafor', True))
    >>> name_as_written("AMARA Okafor", PLAIN, "amara.okafor@kew.example")
    ('Amara Okafor', False)
    >>> [name_as_written(name, PLAIN)[0] for name in ("SMITH, KEN", "ITO, KEN", "LI, JP", "Fox, KEW")]
    ['Smith, Ken', 'Ito, Ken', 'Li, JP', 'Fox, KEW']
    >>> [name_as_written(name, PLAIN)[0] for name in ("aoife o'brien", "jo van der berg", "jp smith", "lou")]
    ["Aoife O'Brien", 'Jo van der Berg', 'JP Smith', 'Lou']
    """
    name, brackets, rest = _apart(cell)
    if any(sign in name for sign in "@&=/<>") or is_nobody(name) or is_total(name):
        return cell, False
    if small := _from_small(name):
        name, style = small, replace(style, capitals=True)
    words = name.split()
    if not any(map(is_capital, words)):
        return cell, False
    if whole and is_title(words[0]):
        written, asked = name_as_written(" ".join(words[1:]), style, email)
        return f"{as_written(words[0])} {written}{brackets}{rest}", asked
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and whole:
        before, asked = _written(family.split(), style, sure=True, inside=True)
        capitals = bool(family) and all(map(_fits_capitals, family.split()))
        after, doubt = _written(given.split(), style, sure=capitals)
        return f"{before}, {after}{brackets}{rest}", asked or doubt
    if whole and (at := _split_first(words)):
        words, asked = _in_order(words, at, style, email)
        return f"{' '.join(words)}{brackets}{rest}", asked
    written, asked = _written(words, style, inside=not whole)
    return f"{written}{brackets}{rest}", asked


def row_as_written(
    values: Mapping[str, Sequence[str]], styles: Mapping[str, ColumnStyle]
) -> tuple[dict[str, list[str]], bool]:
    """Return the cells of a row that hold names, as people write them, and whether they should be checked."""
    email = next(iter(values.get("email", ())), "")
    alone = " ".join(cell for part in _PARTS for cell in values.get(part, ())[:1])
    changed: dict[str, list[str]] = {}
    asked = False
    for part in NAMES:
        style = styles.get(part, PLAIN)
        if part == "badge_name" and all(map(in_capitals, values.get(part, ()))):
            continue  # how people want to be called is theirs to choose
        if part in _PARTS and is_capital_name(alone):
            style = replace(style, capitals=True)
        read = [
            name_as_written(cell, style, email, whole=part not in _PARTS) for cell in values.get(part, ())
        ]
        asked |= any(doubt for _, doubt in read)
        if [cell for cell, _ in read] != list(values.get(part, ())):
            changed[part] = [cell for cell, _ in read]
    return changed, asked


def _from_small(name: str) -> str:
    """Return in capitals a name that stands in small letters; "" for any other, and for van der, or aj alone."""
    capitals = in_capitals(name).split()
    parts = all(word.casefold() in PARTICLES for word in capitals)
    doubtful = all(map(is_short, capitals)) and any(map(is_initials, capitals))
    return "" if parts or doubtful else " ".join(capitals)


def is_capital_name(name: str) -> bool:
    """Whether a name stands wholly in capitals and is too long to be initials."""
    words = name.split()
    return bool(words) and all(map(_fits_capitals, words)) and any(not is_short(word) for word in words)


def _apart(cell: str) -> tuple[str, str, str]:
    """Return a cell without what stands in brackets at its end, and that."""
    found = _BRACKETS.search(cell)
    return (
        (cell[: found.start()], found[0], cell[found.end() :]) if found and found.start() else (cell, "", "")
    )


def _words(cell: str) -> list[str]:
    return _apart(cell)[0].replace(",", " ").split()


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()


def _fits_capitals(word: str) -> bool:
    return is_capital(word) or len(word.strip(".,")) < 2 or not _has_case(word)


def _is_mixed(words: Sequence[str]) -> bool:
    return any(word[:1].isupper() and word[1:2].islower() and not is_capital(word) for word in words)


def _split_first(words: Sequence[str]) -> int:
    """Return how many words of a surname in capitals stand before given names; 0 if that is not how it is written."""
    at = 0
    while at < len(words) and (is_capital(words[at]) or words[at] in PARTICLES):
        at += 1
    first, given = words[:at], words[at:]
    if not given or not any(map(is_capital, first)) or is_initials(first[-1]) or is_after(first[0]):
        return 0
    named = all(
        word[:1].isupper() and (word[1:] != word[1:].upper() or len(word.strip(".")) == 1) for word in given
    )
    return at if named and _is_mixed(given) else 0


def _in_order(words: Sequence[str], at: int, style: ColumnStyle, email: str) -> tuple[list[str], bool]:
    """Return given names, then the surname; the address may say that the name in capitals is the given one."""
    first = _written(words[:at], style, sure=True, inside=True)[0].split()
    given = list(words[at:])
    spelt = name_from_address(email).casefold().split()
    as_given = [word.casefold() for word in (*first, *given)]
    if spelt and spelt == as_given:
        return [*first, *given], False
    known = style.surname_first or spelt == [word.casefold() for word in (*given, *first)]
    if not known and all(is_short(word) for word in words[:at]):
        return [*first, *given], True
    return [*given, *first], not known


def _written(
    words: Sequence[str], style: ColumnStyle, *, sure: bool = False, inside: bool = False
) -> tuple[str, bool]:
    """Return words as people write them, and whether somebody should check them.

    `sure` says that they are a name, however short; `inside` that they are a family name, which may begin with van.
    """
    whole = bool(words) and all(map(_fits_capitals, words))
    known = sure or (style.capitals and whole)
    long = whole and any(not is_short(word) for word in words)
    vietnamese = bool(words) and words[0].casefold() in _VIETNAMESE
    written: list[str] = []
    asked = False
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if not is_capital(word):
            written.append(word)
            continue
        particle = (inside or place > 0) and not last and not vietnamese
        surname = style.surname_last and last
        small = particle and word.casefold() in PARTICLES
        if is_short(word) and not (known or long or surname or small):
            asked |= not (is_after(word) or (is_initials(word) and not last))
            written.append(word)
            continue
        as_said = as_written(word, inside=particle)
        if particle and word.casefold() in _AFTER_DE and written and written[-1] == "de":
            as_said = word.casefold()
        asked |= word.casefold() in MACS or (as_said == word and not is_after(word) and has_vowel(word))
        # The last of three may be where somebody works.
        asked |= last and not whole and len(words) > 2 and not (known or surname or inside)
        written.append(as_said)
    return " ".join(written), asked
