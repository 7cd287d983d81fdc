"""How somebody stands to a dataset, in the words in which reasons keep it; and those words without what they did.

This loads nothing, so that a page can take a reason apart that was worked out long ago.
"""

from collections.abc import Collection, Mapping
from typing import Any

USE_WORDS = {"uses": "uses it", "wants": "wants to use it", "stuck": "is stuck on it"}

SAID_WORDS = {
    "stuck": "is stuck on it",
    "needs": "asks about it",
    "offers": "offers help with it",
    "bio": "mentions it",
}

# That somebody built "it" is what kept reasons say of a service or tool with it; cards say so.
ROLE_WORDS = {
    "collected": "collected it",
    "curated": "curated it",
    "checked": "checked it",
    "documented": "documented it",
    "cleared": "cleared it for release",
    "published": "published it",
    "maintained": "maintains it",
    "built": "built it",
    "analysed": "analysed it",
    "coordinated": "coordinated it",
    "backed": "backed it",
    "explained": "explained it",
    "other": "worked on it",
}
EVERY_ROLE = frozenset(ROLE_WORDS.values())
_STANDINGS = EVERY_ROLE | set(USE_WORDS.values()) | set(SAID_WORDS.values()) | {"works with it"}


def is_own_words(said: str) -> bool:
    """Whether what a reason keeps of somebody is what they wrote, and not how they stand to a dataset.

    >>> is_own_words("Soils: how to dig"), is_own_words("Soils: curated it and uses it"), is_own_words("")
    (True, False, False)
    """
    return bool(said) and not _STANDINGS.issuperset(said.rpartition(": ")[2].split(" and "))


def without_work(
    reason: Mapping[str, Any], side: str, title: str = "", roles: Collection[str] = EVERY_ROLE
) -> Mapping[str, Any] | None:
    """Return a kept reason without what one of its two did for datasets, or None where nothing is left of it.

    `side` is whose: "mine" or "theirs". With a `title` only what was done for that dataset goes, and of it only
    `roles` (in these words). What somebody wrote themselves stays, and so does a reason that says nothing of work.

    >>> without_work({"kind": "dataset", "what": "Soils", "theirs": "curated it and uses it"}, "theirs")["theirs"]
    'uses it'
    >>> without_work({"kind": "need", "what": "Soils", "theirs": "Soils: curated it"}, "theirs")
    """
    if reason["kind"] == "acquaintance":  # a series that both worked on
        return None if not reason.get("people") and not title else reason
    said = reason.get(side, "")
    about, _, standing = said.rpartition(": ")
    if not about and reason["kind"] != "dataset":
        return reason
    parts = standing.split(" and ")
    if not _STANDINGS.issuperset(parts) or (title and title != (about or reason["what"])):
        return reason
    left = [one for one in parts if one not in roles]
    if not left:
        return None
    return {**reason, side: f"{about}: {' and '.join(left)}" if about else " and ".join(left)}
