"""One word of a name in capitals or in small letters, as people write it: McDonald, O'Brien, van, Dr, JP."""

import re
import unicodedata

from matchmaker import name_words

_MC = re.compile(r"(MC)([A-Z]{3,})", re.IGNORECASE)
_MIXED = re.compile(r"(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Van|Von|O['’]|D['’])[A-Z]{3,}")  # noqa: RUF001
"""Words in capitals but for a prefix, such as McDONALD."""
MACS = frozenset((
    "macalister", "macallister", "macarthur", "macaskill", "macaulay", "macbeth", "macbride", "maccallum",
    "maccoll", "maccormick", "macdermott", "macdonald", "macdougall", "macduff", "macewan", "macfarlane",
    "macgillivray", "macgowan", "macgregor", "macinnes", "macintosh", "macintyre", "maciver", "mackay", "mackenzie",
    "mackinlay", "mackinnon", "maclaren", "maclean", "maclennan", "macleod", "macmillan", "macnab", "macneil",
    "macphail", "macpherson", "macqueen", "macrae", "macsween", "mactaggart", "mactavish",
))  # fmt: skip
"""Names of clans that begin with a Mac of its own; Macey and Machin do not."""
PARTICLES = frozenset((
    "ab", "ap", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "ferch", "ibn",
    "ten", "ter", "van", "von", "zu", "zur",
))  # fmt: skip
_TWO = frozenset((
    "al", "an", "ba", "bi", "bo", "cy", "di", "do", "du", "ed", "fu", "gu", "ha", "he", "ho", "hu", "ji", "jo",
    "ko", "ku", "le", "li", "lo", "lu", "ly", "ma", "mi", "mo", "na", "ng", "no", "oh", "ok", "qi", "si", "su",
    "ty", "vi", "vo", "vu", "wu", "xi", "xu", "ye", "yi", "yu",
))  # fmt: skip
"""Names of two letters; any others, such as JP and AJ, are taken for initials."""


def is_capital(word: str) -> bool:
    """Whether a word has at least two letters, all Latin and all capitals but for a prefix.

    >>> [is_capital(word) for word in ("OKAFOR", "McDONALD", "O'BRIEN", "J.R.", "Okafor", "ИВАНОВ", "J")]
    [True, True, True, True, False, False, False]
    """
    letters = [sign for sign in word if sign.isalpha()]
    if len(letters) < 2 or not all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters):
        return False
    return word == word.upper() or _MIXED.fullmatch(word) is not None


def in_capitals(name: str) -> str:
    """Return a name all in small letters in capitals; "" for any other, and where letters would be lost.

    >>> [in_capitals(name) for name in ("aoife o'brien", "jörg strauß", "Ada byrne", "ыы", "x1")]
    ["AOIFE O'BRIEN", 'JÖRG STRAUẞ', '', '', '']
    """
    letters = [sign for sign in name if sign.isalpha()]
    if name != name.lower() or len(letters) < 2 or any(sign.isdigit() for sign in name):
        return ""
    if not all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters):
        return ""
    capitals = name.replace("ß", "ẞ").upper()
    return capitals if capitals.lower() == name else ""


def is_short(word: str) -> bool:
    """Whether a word has so few letters that it could as well be initials or an abbreviation."""
    return sum(sign.isalpha() for sign in word) <= 3


def is_after(word: str) -> bool:
    """Whether a word follows names and is none, as OBE and PhD do."""
    return name_words.is_letters(word)


def is_title(word: str) -> bool:
    """Whether a word stands before names and is none, as Dr does."""
    return name_words.is_title(word)


def has_vowel(word: str) -> bool:
    """Whether a word without full stops has a vowel, so that it could be said as a name."""
    return "." not in word and any(sign in "aeiouy" for sign in unicodedata.normalize("NFD", word.casefold()))


def is_initials(word: str) -> bool:
    """Whether a word in capitals is taken for initials: with full stops, of two letters that are no name, no vowel.

    >>> [is_initials(word) for word in ("JP", "J.R.", "AJ", "LI", "NG", "LEE", "BRZK")]
    [True, True, True, False, False, False, False]
    """
    bare = word.casefold().strip(".")
    if "." in word.strip(".") or len(bare) < 2:
        return True
    return not is_title(bare) and (
        (len(bare) == 2 and bare not in _TWO and bare.isascii()) or (len(bare) == 3 and not has_vowel(bare))
    )


def as_written(word: str, *, inside: bool = False) -> str:
    """Return a word in capitals as people write it; `inside` a name, a word such as VAN belongs to the next.

    >>> [as_written(word) for word in ("OKAFOR", "O'BRIEN", "MCDONALD", "McDONALD", "MACLEOD", "MACEY")]
    ['Okafor', "O'Brien", 'McDonald', 'McDonald', 'MacLeod', 'Macey']
    >>> [as_written(word) for word in ("SMITH-JONES", "NG'ANG'A", "J.R.", "JP", "DR", "OBE", "İBRAHİM", "ÓSKARSSON")]
    ['Smith-Jones', "Ng'ang'a", 'J.R.', 'JP', 'Dr', 'OBE', 'İbrahim', 'Óskarsson']
    >>> as_written("VAN", inside=True), as_written("VAN")
    ('van', 'Van')
    """
    if inside and word.casefold() in PARTICLES:
        return word.casefold()
    if is_after(word) or is_initials(word):
        return word
    return "-".join(_part(part) for part in word.split("-"))


def _part(part: str) -> str:
    if match := _MC.fullmatch(part):
        return f"Mc{_capital(match[2])}"
    if part.casefold() in MACS:
        return f"Mac{_capital(part[3:])}"
    if _MIXED.fullmatch(part) and part[1] not in "'’":  # noqa: RUF001
        at = next(place for place in range(1, len(part)) if part[place].isupper())
        return part[:at] + _capital(part[at:])
    before, sign, after = part[:1], part[1:2], part[2:]
    if sign in ("'", "’") and len(after) > 1:  # noqa: RUF001
        return before + sign + _part(after)
    return _capital(part)


def _capital(part: str) -> str:
    # The small letter of a dotted capital I is two signs in Unicode, of which the second must go.
    return part[:1].upper() + part[1:].replace("İ", "i").lower()
