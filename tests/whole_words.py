"""Short names looked for as whole words: a drawn id, a signed link or a token may hold any three letters."""

import re


def says(text: str, name: str) -> bool:
    """Return whether the name stands in the text by itself, not inside a longer run of letters, digits, - and _."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None
