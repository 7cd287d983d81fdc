"""Names that stand beside their addresses, as mail programs write them: `Ada Byrne <ada@x.org>; Ben <ben@x.org>`."""

import re

from matchmaker.intake.text import tidy

_ADDRESS = r"[^\s<>()\[\],;\"@]+@[^\s<>()\[\],;\"@]+"
_ONE = re.compile(
    rf"(?:(\"[^\"\n]*\"\s*|[^<>;\"\n@]*)<\s*({_ADDRESS})\s*>|({_ADDRESS}))(?:[^\S\n]*[;,\n]\s*|\s*\Z)+"
)
"""One recipient: a name, perhaps in quotation marks, and an address in angle brackets, or an address alone."""
_BEGINNING = re.compile(r"\s*(?:(?:to|cc|bcc|an|à|a)[^\S\n]*:)?\s*", re.IGNORECASE)
"""What a mail program writes before its recipients."""
_BESIDE = re.compile(rf"\s*(.*?)\s*[<(\[]\s*(?:mailto:)?{_ADDRESS}\s*[>)\]][\s;,]*")
_BEHIND = re.compile(rf"\s*{_ADDRESS}\s*\(([^()@]+)\)\s*")


def recipients(text: str) -> list[tuple[str, str]]:
    """Return the name and the address of each recipient; nothing for a text that holds anything else.

    They are parted by semicolons, commas or line breaks. Addresses without one name among them are no such list.

    >>> recipients('To: Ada Byrne <ada@x.org>; "Cole, Ben" <ben@x.org>;\\ndi@x.org')
    [('Ada Byrne', 'ada@x.org'), ('Cole, Ben', 'ben@x.org'), ('', 'di@x.org')]
    >>> recipients("Name,Email\\nAda,ada@x.org"), recipients("ada@x.org, ben@x.org")
    ([], [])
    """
    found: list[tuple[str, str]] = []
    beginning = _BEGINNING.match(text)
    at = beginning.end() if beginning else 0
    while at < len(text):
        one = _ONE.match(text, at)
        if one is None:
            return []
        found.append((_bare(one[1] or ""), one[2] or one[3]))
        at = one.end()
    return found if any(name for name, _ in found) else []


def is_recipient(cell: str) -> bool:
    """Whether a cell holds an address and nothing else but a name.

    >>> [is_recipient(cell) for cell in ("di@x.org", "Di Fox <di@x.org>", "di@x.org (Di)", "Ask di@x.org", "di")]
    [True, True, True, False, False]
    """
    found = _BESIDE.fullmatch(cell)
    return bool(found or _BEHIND.fullmatch(cell) or re.fullmatch(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", cell))


def name_beside(cell: str) -> str:
    """Return the name in a cell that holds an address with it, "" if there is none.

    >>> [name_beside(cell) for cell in ("Di Fox <di@x.org>", "di@x.org (Di Fox)", "Fox, Di [di@x.org]", "di@x.org")]
    ['Di Fox', 'Di Fox', 'Fox, Di', '']
    """
    found = _BESIDE.match(cell) or _BEHIND.fullmatch(cell)
    name = _bare(found[1]) if found else ""
    return "" if "@" in name else name


def _bare(name: str) -> str:
    return tidy(name).strip("\"'“”„").strip()
