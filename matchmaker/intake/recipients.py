"""Names that stand beside their addresses, as mail programs write them: `Ada Byrne <ada@x.org>; Ben <ben@x.org>`."""

import csv
import re

from matchmaker.intake.text import tidy

_ADDRESS = r"[^\s<>()\[\],;\"@]+@[^\s<>()\[\],;\"@]+"
_ONE = re.compile(
    rf"(?:(\"[^\"\n]*\"\s*|[^<>;\"\n@]*)<\s*({_ADDRESS})\s*>|({_ADDRESS}))(?:[^\S\n]*[;,\n]\s*|\s*\Z)+"
)
"""One recipient: a name, perhaps in quotation marks, and an address in angle brackets, or an address alone."""
_LABELS = re.compile(
    r"^[^\S\n]*(?:from|to|cc|bcc|von|an|de|à)[^\S\n]*:[^\S\n]*", re.IGNORECASE | re.MULTILINE
)
"""What a mail program writes before its recipients, of which each kind begins a line."""
_BESIDE = re.compile(rf"(.*?) ?[<(\[] ?(?:mailto:)?{_ADDRESS} ?[>)\]][ ;,]*")
_BEHIND = re.compile(rf"{_ADDRESS} ?\(([^()@]+)\)")
_NO_NAMES = {"work", "home", "office", "private", "personal", "mobile", "mail", "email", "e-mail"}
"""What stands beside an address and says which it is."""


def recipients(text: str) -> list[tuple[str, str]]:
    """Return the name and the address of each recipient; nothing for a text that holds anything else.

    They are parted by semicolons, commas or line breaks. Addresses without one name among them are no such list, nor
    are lines that all have the same columns.

    >>> recipients('To: Ada Byrne <ada@x.org>; "Cole, Ben" <ben@x.org>;\\nCc: di@x.org')
    [('Ada Byrne', 'ada@x.org'), ('Cole, Ben', 'ben@x.org'), ('', 'di@x.org')]
    >>> recipients("Name,Email\\nAda,ada@x.org"), recipients("ada@x.org, ben@x.org")
    ([], [])
    """
    text = _LABELS.sub("", text).lstrip()
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        one = _ONE.match(text, at)
        if one is None or ":" in (one[1] or ""):
            return []
        found.append((_bare(one[1] or ""), one[2] or one[3]))
        at = one.end()
    return found if any(name for name, _ in found) and not _in_columns(text) else []


def _in_columns(text: str) -> bool:
    """Whether each of several lines has the same cells, and not just recipients or a family name before the first.

    >>> _in_columns("Kew, Ada Byrne <ada@x.org>\\nMet Office, Ben Cole <ben@x.org>")
    True
    >>> _in_columns("Byrne, Ada <ada@x.org>\\nCole, Ben <ben@x.org>")
    False
    """
    lines = [line.rstrip(" ,;\r") for line in text.splitlines() if line.strip(" ,;")]
    rows = list(csv.reader(lines, skipinitialspace=True))
    if len(rows) < 2 or {len(row) for row in rows} != {len(rows[0])} or len(rows[0]) == 1:
        return False
    if all("<" in cell for row in rows for cell in row):
        return False
    two = len(rows[0]) == 2 and all("<" in row[1] and "<" not in row[0] for row in rows)
    return not (two and all(len(row[1].partition("<")[0].split()) == 1 for row in rows))


def is_recipient(cell: str) -> bool:
    """Whether a cell holds an address and nothing else but a name.

    >>> [is_recipient(cell) for cell in ("di@x.org", "Di Fox <di@x.org>", "di@x.org (Di)", "Ask di@x.org", "di")]
    [True, True, True, False, False]
    """
    plain = tidy(cell)
    found = _BESIDE.fullmatch(plain)
    return bool(found or _BEHIND.fullmatch(plain) or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", plain))


def name_beside(cell: str) -> str:
    """Return the name in a cell that holds an address with it, "" if there is none, or just a word for the address.

    >>> [name_beside(cell) for cell in ("Di Fox <di@x.org>", "di@x.org (Di Fox)", "Fox, Di [di@x.org]", "di@x.org")]
    ['Di Fox', 'Di Fox', 'Fox, Di', '']
    """
    plain = tidy(cell)
    found = _BESIDE.match(plain) or _BEHIND.fullmatch(plain)
    name = _bare(found[1]) if found else ""
    return "" if "@" in name or ":" in name or name.casefold() in _NO_NAMES else name


def _bare(name: str) -> str:
    return tidy(name).strip("\"'“”„").strip()
