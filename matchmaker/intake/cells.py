"""Understanding one cell: a yes or no, inside or outside, a table number."""

import re

from matchmaker.intake.text import plain, tidy

_YES = frozenset(
    {
        "yes",
        "y",
        "true",
        "t",
        "1",
        "x",
        "✓",
        "✔",
        "☑",
        "on",
        "ok",
        "okay",
        "yes please",
        "agree",
        "agreed",
        "i agree",
        "checked",
        "selected",
        "ticked",
        "wahr",
        "vrai",
        "verdadero",
        "vero",
        "ja",
        "oui",
        "si",
        "sí",
        "sì",
        "tak",
        "sim",
        "oes",
        "ydw",
        "✅",
        "👍",
        "●",
        "1.0",
        "[x]",
    }
)
_NO = frozenset(
    {
        "",
        "no",
        "n",
        "false",
        "f",
        "0",
        "-",
        "–",
        "—",
        "✗",
        "✘",
        "☐",
        "off",
        "none",
        "nil",
        "n/a",
        "na",
        "not applicable",
        "unchecked",
        "not selected",
        "unticked",
        "falsch",
        "faux",
        "falso",
        "nein",
        "non",
        "nee",
        "nej",
        "nie",
        "não",
        "nac oes",
        "nac ydw",
        "❌",
        "○",
        "0.0",
        "[ ]",
        "[]",
        "null",
    }
)
NOTHING = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "n.a.",
        "none",
        "nil",
        "null",
        "no",
        "nope",
        "not applicable",
        "nothing",
        "no one",
        "nobody",
        "?",
        "tbc",
        "tba",
        "tbd",
        ".",
        "--",
        "---",
        "..",
        "...",
        "…",
        "/",
        "\\",
        "n\\a",
        "n.a",
        "n / a",
        "(none)",
        "(blank)",
        "(empty)",
        "none.",
        "[]",
        "{}",
        "undefined",
        "nan",
        "keine",
        "keiner",
        "aucun",
        "aucune",
        "rien",
        "ninguno",
        "ninguna",
        "nessuno",
        "nessuna",
        "geen",
        "ingen",
        "dim",
        "brak",
        "unspecified",
        "not specified",
        "not provided",
        "don't know",
        "no answer",
        "no response",
        "prefer not to say",
        "#n/a",
        "none yet",
        "nothing yet",
        "not yet",
        "none so far",
        "noch keine",
        "pas encore",
        "dim eto",
    }
)


_INSIDE = frozenset({"inside", "internal", "in"})
_OUTSIDE = frozenset({"outside", "external", "out"})


_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - the full-width signs are meant
"""How a cell begins that a spreadsheet may run: by a sign, one of the full-width forms that some obey, or what is
skipped before it; behind apostrophes, which guard it."""


def guarded(cell: str) -> str:
    """Return the cell with an apostrophe before it if a spreadsheet might take it for a formula.

    >>> guarded("=1+1"), guarded("＋44"), guarded("'=1"), guarded("'tis")
    ("'=1+1", "'＋44", "''=1", "'tis")
    """  # noqa: RUF002 - the full-width sign is meant
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell without the apostrophe that `guarded`, or another program, put before it.

    >>> unguarded("'=cmd"), unguarded("'＋44"), unguarded("''=1"), unguarded("'tis")
    ('=cmd', '＋44', "'=1", "'tis")
    """  # noqa: RUF002 - the full-width sign is meant
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds a word for nothing, such as `n/a` or `-`."""
    return text.casefold().strip() in NOTHING


def is_tick(text: str) -> bool:
    """Whether a cell only ticks something, or leaves it unticked: never the name of a thing.

    >>> [is_tick(text) for text in ("Yes", "1", "x", "Unchecked", "Soil", "5G")]
    [True, True, True, True, False, False]
    """
    word = tidy(text).casefold().strip(" .!")
    return word in _YES or (word in _NO and word not in NOTHING)


def shown(cell: str) -> str:
    """Return a short text as a page shows it: one line, without tags and entities.

    >>> shown("<b>Kew</b> &amp; Co")
    'Kew & Co'
    """
    return plain(cell)


def yes_or_no(cell: str) -> bool | None:
    """Return what a ticked or typed cell says, or None if it is neither yes nor no; an empty one is no.

    >>> yes_or_no("X"), yes_or_no("Yes, please"), yes_or_no(""), yes_or_no("perhaps")
    (True, True, False, None)
    """
    word = tidy(cell).casefold().strip(" .!")
    if word in _YES or re.match(r"yes\b", word):
        return True
    if word in _NO or re.match(r"no\b", word):
        return False
    return None


def inside_or_outside(cell: str) -> bool | None:
    """Return True for inside, False for outside, None for an empty cell; raises ValueError for other words.

    >>> inside_or_outside("External"), inside_or_outside("yes"), inside_or_outside("")
    (False, True, None)
    """
    word = tidy(cell).casefold().strip(" .!")
    if word in NOTHING - {"no"}:
        return None
    if word in _INSIDE:
        return True
    if word in _OUTSIDE:
        return False
    answer = yes_or_no(word)
    if answer is None:
        raise ValueError(word)
    return answer


def table_number(cell: str) -> int | None:
    """Return the number of a table (1 to 9999), None for an empty cell; raises ValueError for anything else.

    >>> table_number("Table 4"), table_number("4.0"), table_number("4,0"), table_number("no")
    (4, 4, 4, None)
    """
    text = tidy(cell).casefold()
    if text in NOTHING or text == "0":
        return None
    match = re.fullmatch(r"(?:table|t|no\.?|number|nr\.?|#)*\s*#?([1-9]\d{0,3})(?:[.,]0+)?", text)
    if not match:
        raise ValueError(text)
    return int(match.group(1))
