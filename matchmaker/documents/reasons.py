"""Why two people should meet, in sentences: the one place where a reason becomes words.

A reason is the mapping that is stored with a suggestion: `kind`, `what` is shared, `mine` and `theirs` (each
person's own words, or how they stand to a dataset), `people` (how many here share it) and `asker` (who of the
two asks, for a need). Pages, slips and mails all take their sentences from here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

Reason = Mapping[str, Any]

MOST_SENTENCES = 3

_SECOND_PERSON = {"uses": "use", "wants": "want", "works": "work", "is": "are", "keeps": "keep"}
_STANDING = re.compile(r"(uses|wants to use|works with|is stuck on|maintains|\w+(ed|t)( on)?) it\b")
_TAKES_ARTICLE = {
    "archive", "atlas", "catalogue", "census", "database", "dataset", "index", "inventory", "list", "map",
    "network", "record", "register", "survey",
}  # fmt: skip


def why(reasons: Iterable[Reason], other: str, me: str = "") -> list[str]:
    """Return what to say of a suggestion: a text for each reason, at most three sentences together.

    Reasons are taken in the order given, which is rarest first; one that would be a fourth sentence is left
    out for a shorter one behind it. `other` and `me` are first names; without `me` the reader is "you".
    """
    told: list[str] = []
    room = MOST_SENTENCES
    for reason in reasons:
        sentences = _sentences(reason, other, me)
        if sentences and len(sentences) <= room:
            room -= len(sentences)
            told.append(" ".join(sentences))
    return told


def reason_sentence(reason: Reason, other: str, me: str = "") -> str:
    """Return one reason in one or two sentences, or "" for what cannot be put into words.

    >>> standing = {"mine": "is stuck on it", "theirs": "maintains it"}
    >>> reason_sentence({"kind": "dataset", "what": "Water Quality Archive", **standing}, "Priya")
    'Priya keeps the Water Quality Archive up to date. You are stuck on it.'
    """
    return " ".join(_sentences(reason, other, me))


def _sentences(reason: Reason, other: str, me: str) -> list[str]:
    speak = _KINDS.get(reason["kind"])
    return speak(reason, other, me) if speak else []


def _dataset(reason: Reason, other: str, me: str) -> list[str]:
    title, mine, theirs = named(reason["what"]), reason.get("mine", ""), reason.get("theirs", "")
    if mine and theirs and mine != theirs:
        return [f"{other} {_stands(theirs, title)}.", f"{me or 'You'} {_stands(mine, 'it', you=not me)}."]
    if mine and theirs:
        return [f"{_both(other, me)} {_stands(mine, title, you=True)}."]
    shared = f"{_both(other, me)} work with {title}"
    if theirs:
        return [f"{shared}; {other} {_stands(theirs, 'it')}."]
    if mine:
        return [f"{shared}; {me or 'you'} {_stands(mine, 'it', you=not me)}."]
    return [f"{shared}."]


def _need(reason: Reason, other: str, me: str) -> list[str]:
    asks_me = reason.get("asker", "mine") == "mine"
    title = reason["what"]
    mine, theirs = (reason.get(side, "").removeprefix(f"{title}: ") for side in ("mine", "theirs"))
    if _STANDING.match(mine) or _STANDING.match(theirs):
        return _need_of_dataset(named(title), mine, theirs, other, me, asks_me)
    about_me = (me or "You", bool(not me), mine or title)
    about_other = (other, False, theirs or title)
    asker, giver = (about_me, about_other) if asks_me else (about_other, about_me)
    return [_said(*asker, "ask"), _said(*giver, "offer")]


def _said(name: str, you: bool, text: str, verb: str) -> str:
    """Say what somebody asks for or offers: their own words in quotation marks, or how they stand to a dataset."""
    title, _, standing = text.rpartition(": ")
    if title and _STANDING.match(standing):
        return f"{name} {_stands(standing, named(title), you=you)}."
    said = {"ask": "ask for", "offer": "offer"} if you else {"ask": "asks for", "offer": "offers"}
    return f"{name} {said[verb]} {quoted(text)}."


def _need_of_dataset(title: str, mine: str, theirs: str, other: str, me: str, asks_me: bool) -> list[str]:
    """Say who is stuck or wants it first, then who can help."""
    first, second = (title, "it") if asks_me else ("it", title)
    about_me = f"{me or 'You'} {_stands(mine or 'uses it', first, you=not me)}."
    about_other = f"{other} {_stands(theirs or 'uses it', second)}."
    return [about_me, about_other] if asks_me else [about_other, about_me]


def _topic(reason: Reason, other: str, me: str) -> list[str]:
    mine, theirs = reason.get("mine", ""), reason.get("theirs", "")
    if mine and theirs and mine.casefold() != theirs.casefold():
        return [f"{me or 'You'} {'works' if me else 'work'} on {mine}, {other} on {theirs}."]
    if reason.get("people") == 2:
        pair = f"{other} and {me}" if me else f"You and {other}"
        return [f"{pair} are the only two here who work on {reason['what']}."]
    return [f"{_both(other, me)} work on {reason['what']}."]


def _words(reason: Reason, other: str, me: str) -> list[str]:
    terms = reason["what"].split(", ")
    listed = " and ".join(part for part in (", ".join(terms[:-1]), terms[-1]) if part)
    theirs = reason.get("theirs", "")
    said = f"{_both(other, me)} mention {listed}."
    return [said, f"In {other}’s words: {quoted(theirs)}."] if theirs else [said]


def _acquaintance(reason: Reason, other: str, me: str) -> list[str]:
    people = reason.get("people", 0)
    if not people and reason["what"]:
        return [f"{_both(other, me)} worked on the {reason['what']} series."]
    known = "somebody" if people <= 1 else f"{people} people"
    pair = f"{other} and {me}" if me else f"You and {other}"
    return [f"{pair} know {known} in common."]


def _semantic(reason: Reason, other: str, me: str) -> list[str]:
    pair = f"{other} and {me} describe their" if me else f"You and {other} describe your"
    return [f"{pair} work in much the same way."]


_KINDS = {
    "dataset": _dataset,
    "need": _need,
    "topic": _topic,
    "words": _words,
    "acquaintance": _acquaintance,
    "semantic": _semantic,
}


def named(title: str) -> str:
    """Return a dataset's title as it stands in a sentence, with an article where one is usual.

    >>> named("Flood Map for Planning"), named("National Soil Map"), named("LIDAR Composite DTM")
    ('the Flood Map for Planning', 'the National Soil Map', 'LIDAR Composite DTM')
    """
    head = re.split(r" (?:of|for|in)\b| [-–(]|[:(,]", title, maxsplit=1)[0].split()
    takes = bool(head) and head[-1].casefold() in _TAKES_ARTICLE and head[0].casefold() != "the"
    return f"the {title}" if takes else title


def quoted(words: str) -> str:
    """Return somebody's own words between quotation marks, without a full stop before the last."""
    return f"“{words.strip().rstrip('.').rstrip()}”"


def _both(other: str, me: str) -> str:
    return f"{other} and {me} both" if me else f"You and {other} both"


def _stands(standing: str, title: str, *, you: bool = False) -> str:
    """Turn a standing such as "maintains it and is stuck on it" into what follows a name, or "you"."""
    said = re.sub(r"\bmaintains it\b", "keeps it up to date", standing)
    if you:
        said = re.sub(r"(^|\band )(\w+)", lambda verb: verb[1] + _SECOND_PERSON.get(verb[2], verb[2]), said)
    return re.sub(r"\bit\b", lambda _it: title, said, count=1)
