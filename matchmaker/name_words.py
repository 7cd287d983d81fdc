"""Words that stand around people's names and are none: titles before them, letters after them.

What can be a name as well counts as a title or as letters only where the words around it show it: Major Tom is a
name, Major Tom Cole has a rank, and Jack Ma no degree.
"""

import re
import unicodedata
from collections.abc import Sequence

_TITLES = frozenset((
    "baroness", "cllr", "councillor", "dame", "dhr", "doctor", "dott", "dottssa", "dr", "dra", "drs", "frau",
    "fraulein", "herr", "judr", "lady", "lord", "madame", "mademoiselle", "mevr", "miss", "mlle", "mme",
    "monsieur", "mr", "mrs", "ms", "msgr", "mudr", "mx", "phdr", "prof", "profa", "professor", "rev", "revd",
    "reverend", "rndr", "senor", "senora", "sir", "sra", "srta",
))  # fmt: skip
_RANKS = frozenset((
    "adm", "admiral", "ambassador", "archdeacon", "brig", "brigadier", "canon", "capt", "captain", "cdr", "cmdr",
    "col", "colonel", "commander", "commodore", "constable", "corporal", "cpl", "inspector", "insp", "lieutenant",
    "lt", "maj", "major", "sergeant", "sgt", "superintendent", "supt",
))  # fmt: skip
"""Titles of whoever has a first name and a surname behind them, as some are first names themselves."""
_BESIDE = frozenset(("gen", "general", "hon", "honourable", "justice", "ldr", "leader", "marshal"))
"""Titles only behind another."""
_FIRST_OF_TWO = frozenset((
    "air", "chief", "flight", "flt", "gp", "group", "most", "rear", "right", "rt", "sqn", "squadron", "the",
    "very", "vice", "wg", "wing",
))  # fmt: skip
"""What belongs to the title behind it: Wing Commander, the Rev."""
_SHORTENED = frozenset((
    "arch", "bc", "dipl", "eng", "fr", "gen", "hon", "ing", "ir", "lic", "mag", "mgr", "sig", "sr",
))  # fmt: skip
"""Titles where they are written with a full stop."""
_FIELDS = frozenset((
    "eh", "em", "habil", "hc", "jur", "med", "nat", "oec", "phil", "pol", "rer", "theol", "univ", "vet",
))  # fmt: skip
"""What is written with a full stop behind a title or joined to one: Dr. med. vet."""
_LETTERS = frozenset((
    "acca", "aca", "ba", "bem", "beng", "bmus", "bsc", "bvms", "bvsc", "ca", "cb", "cbe", "cbiol", "cchem",
    "ceng", "cenv", "cfa", "cgeog", "cgeol", "ch", "cieem", "ciwem", "cissp", "citp", "cmath", "cmg", "cpfa",
    "cphys", "csci", "cstat", "cvo", "dbe", "dcb", "dcmg", "dcvo", "dl", "dlitt", "dphil", "dsc", "edd", "engd",
    "esq", "fba", "fbcs", "fca", "fcca", "fcieem", "fcipd", "fciwem", "fgs", "fiet", "fima", "fimeche", "finstp",
    "fls", "frcp", "frcs", "frcvs", "freng", "frgs", "frics", "frmets", "frs", "frsa", "frsb", "frsc", "frse",
    "frss", "frtpi", "gbe", "gcb", "gcmg", "gcvo", "ieng", "ii", "iii", "iv", "jnr", "jp", "jr", "kbe", "kc",
    "kcb", "kcmg", "kcvo", "llb", "llm", "lvo", "ma", "mba", "mbbs", "mbchb", "mbcs", "mbe", "mchem", "mcieem",
    "mcipd", "mciwem", "md", "meng", "mep", "mgeol", "mice", "miet", "mimeche", "minstp", "mla", "mmath", "mp",
    "mpa", "mph", "mphil", "mphys", "mrcvs", "mres", "mrics", "mrsb", "mrsc", "mrtpi", "msc", "msci", "msp",
    "mvo", "obe", "pgce", "pgdip", "phd", "pmp", "qc", "raf", "rgn", "rn", "rsci", "snr", "sr",
))  # fmt: skip
_ONLY_LETTERS = frozenset(("bsc", "dphil", "esq", "iii", "jnr", "jr", "mphil", "msc", "phd", "snr", "sr"))
"""Letters that are no name, however they are written; Ma and Mba are names, MA and MBA degrees."""
_OTHER_SIGNS = re.compile(r"[\W_]+")


def titles_before(words: Sequence[str]) -> int:
    """Return how many words of a name, at its beginning, are titles, or have no letter; never all of them.

    >>> names = ("Prof. Dr. Dr. h.c. Ada Byrne", "Lt Col Ben Cole", "The Rev'd Canon Ian Lee", "Dr.-Ing. Eva Maier")
    >>> [titles_before(name.split()) for name in names]
    [4, 2, 3, 1]
    >>> names = ("Major Tom", "Major Tom Cole", "Wing Yan Chan", "Wing Commander Jo Hay", "Hon Chi Lee", "Dr")
    >>> [titles_before(name.split()) for name in names]
    [0, 1, 0, 2, 0, 0]
    """
    at = 0
    titled = False
    while at < len(words) - 1 and (not bare(words[at]) or _is_title(words[at:], titled=titled)):
        titled = titled or bool(bare(words[at]))
        at += 1
    return at


def _is_title(words: Sequence[str], *, titled: bool) -> bool:
    """Whether the first of these words is a title; `titled`: there is one before it."""
    word, plain, following = words[0], bare(words[0]), bare(words[1])
    if plain in _TITLES or ("." in word and _is_shortened(word, titled=titled)):
        return True
    if plain in _FIRST_OF_TWO:
        return titled or following in _TITLES | _RANKS | _BESIDE
    if plain in _RANKS:
        return titled or len(words) > 2 or following in _RANKS
    degree = _looks_like_letters(word) and not (word.isupper() or word.islower()) and len(words) > 2
    return degree or (titled and plain in _BESIDE | {"hab", "hc"})


def _is_shortened(word: str, *, titled: bool) -> bool:
    parts = {bare(part) for part in re.split(r"[.-]+", word) if part}
    return parts <= _TITLES | _SHORTENED | _FIELDS and (titled or not parts <= _FIELDS)


def _looks_like_letters(word: str) -> bool:
    """Whether a word is written as letters are, and not as a name: MA, M.A., BEng and B.Eng., but not Ma."""
    return bare(word) in _LETTERS and (not word.istitle() or "." in word[:-1])


def letters_after(words: Sequence[str]) -> int:
    """Return how many words of a name, at its end, are letters such as MBE, or have none; never all of them.

    >>> names = ("Ian McKellen CH CBE", "Anna Schmidt M.Sc.", "Ada Byrne, PhD, FRS", "Ben Cole Jr.", "Ada Byrne 😀")
    >>> [letters_after(name.split()) for name in names]
    [2, 1, 2, 1, 1]
    >>> names = ("Jack Ma", "JACK MA", "Anna Ba Ndiaye", "Ngozi Mba", "Ada Byrne MA", "Ada Byrne, Ma")
    >>> [letters_after(name.split()) for name in names]
    [0, 0, 0, 0, 1, 1]
    >>> letters_after(["NGOZI", "MBA"]), letters_after(["Ngozi", "MBA"]), letters_after(["NGOZI", "OKAFOR", "MBA"])
    (0, 1, 1)
    """
    count = 0
    while count < len(words) - 1 and _is_letters(words[: len(words) - count]):
        count += 1
    return count


def _is_letters(words: Sequence[str]) -> bool:
    """Whether the last of these words is letters."""
    word, plain, apart = words[-1], bare(words[-1]), words[-2].endswith(",")
    if not plain or plain in _ONLY_LETTERS or (apart and plain in _LETTERS):
        return True
    # Of two words in capitals both are the name.
    whole = len(words) - titles_before(words) > 2 or (len(plain) > 2 and not words[-2].isupper())
    return whole and _looks_like_letters(word)


def is_letters(word: str) -> bool:
    """Whether a word that stands apart is letters after a name.

    >>> is_letters("M.Sc."), is_letters("OBE"), is_letters("Ada")
    (True, True, False)
    """
    return bare(word) in _LETTERS


def is_title(word: str) -> bool:
    """Whether a word alone may be a title.

    >>> is_title("Rev'd"), is_title("Lt"), is_title("Ada")
    (True, True, False)
    """
    return bare(word) in _TITLES | _RANKS


def bare(word: str) -> str:
    """Return the letters and digits of a word, small and without accents; "" where it has none."""
    plain = word.casefold()
    if not plain.isascii():
        plain = "".join(
            sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
        )
    return _OTHER_SIGNS.sub("", plain)
