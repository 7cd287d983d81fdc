"""Which of a pair's reasons are worth telling to the one who reads them, before they become sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

from matchmaker.matching.standings import USE_WORDS

SAID = ("offers", "asks")
"""Reasons that say more of one of the two, of a dataset that joins them."""


def worth_telling(reasons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return reasons without what the reader offers, which is no news to them, or says where the other says anything.

    Of what the reader asks for, what could be met is told. Where two who merely use a dataset both ask for something
    about it, both are told; where the other only asks about the dataset, too, neither helps.
    """
    found = list(reasons)
    theirs = {one["kind"] for one in found if one["kind"] in SAID and one.get("theirs")}
    alike = any(one["kind"] == "dataset" and _both_merely_use(one) for one in found)
    asks = not theirs or (alike and theirs == {"asks"})
    return [
        one
        for one in found
        if one["kind"] not in SAID
        or one.get("theirs")
        or (asks and one["kind"] == "asks" and not _other_asks_about(one["what"], found))
    ]


def _both_merely_use(reason: Mapping[str, Any]) -> bool:
    """Whether a reason is a dataset that both only use."""
    return reason.get("mine") == reason.get("theirs") == USE_WORDS["uses"]


def _other_asks_about(title: str, reasons: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the other is stuck on a dataset, or wants it, so that they cannot help with it."""
    return any(
        one["kind"] == "need" and one["what"] == title and one.get("asker") == "theirs" for one in reasons
    )
