"""Finding people to choose from within a form: the search is sent with the form, which comes back as it was typed.

A search of its own beside a form would open the page anew, and what was typed in the form would be gone.
"""

from flask import request

FIND = "find"
LONGEST = 600
"""Signs that go into the address of a page that finds: in any script they fit into the first line of a request."""


def only_finds() -> bool:
    """Whether what was sent only asks to find somebody, so that nothing is to be kept or refused.

    The Enter key finds where other words stand in the search than those that were found.
    """
    sent = request.form
    pressed = sent.get("do", "")
    return pressed == FIND or (
        pressed == "enter" and bool(words()) and words() != sent.get("found", "").strip()
    )


def words() -> str:
    """Return the words to find people by, whether the form brought them or the address."""
    return (request.form if request.method == "POST" else request.args).get(FIND, "").strip()
