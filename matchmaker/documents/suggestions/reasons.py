"""Why two people should meet, in sentences: the one place where a reason becomes words.

A reason is the mapping that is stored with a suggestion: `kind`, `what` is shared, `mine` and `theirs` (each
person's own words, or how they stand to a dataset), `people` (how many here share it) and `asker` (who of the
two asks, for a need). Pages, slips and mails all take their sentences from here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from matchmaker.documents.directions import isolated
from matchmaker.documents.suggestions.worth_telling import SAID, worth_telling
from matchmaker.matching.titles import named

Reason = Mapping[str, Any]

MOST_SENTENCES = 3

NO_REASON = "We can name no particular reason, so ask each other what you work on."
"""What is said of a meeting of people who have nothing in common that could be named."""

HOW_TO_BEGIN = "Ask each other what you work on."
"""The same on a slip, which may have several such meetings one below the other."""

FEW = 3
"""So few people who share a thing are worth counting aloud."""

_SECOND_PERSON = {
    "uses": "use", "wants": "want", "works": "work", "is": "are", "keeps": "keep", "asks": "ask", "offers": "offer",
    "mentions": "mention",
}  # fmt: skip
_QUESTION = re.compile(r"(?:whether|how|what|which|where|when|why|who)\b", re.IGNORECASE)
"""How a need begins that is a question: one asks it, and asks for anything else."""
_DONE = re.compile(r"\w+ed\b|built\b")
"""What somebody did comes before what they do."""
_STANDING = re.compile(
    r"(uses|wants to use|works with|is stuck on|maintains|asks about|offers help with|mentions|\w+(ed|t)( on)?) it\b"
)


def why(reasons: Iterable[Reason], other: str, me: str = "") -> list[str]:
    """Return what to say of a suggestion: a text for each reason, at most three sentences together.

    Reasons are taken in the order given, which is rarest first; one that would be a fourth sentence is left
    out for a shorter one behind it, but a need may be: that each can help the other is worth one more. A need that a
    dataset meets of which the card tells already is said alone. Topics that many share are told in one sentence,
    where the first stands, unless nobody else works with what they share.
    `other` and `me` are first names; without `me` the reader is "you".
    """
    told: list[str] = []
    of: list[Reason] = []
    other, me = isolated(other), isolated(me)
    room = MOST_SENTENCES
    for reason in _together(worth_telling(reasons)):
        sentences = _sentences(reason, other, me)
        if reason["kind"] == "dataset" and named(reason["what"]) in " ".join(told):
            continue  # a need says already what they both have to do with
        if reason["kind"] in SAID and not told:
            continue  # it says more of one of the two, and is no reason by itself
        if reason["kind"] == "need":
            sentences = _not_told(reason, sentences, " ".join(told))
        if sentences and len(sentences) <= room + (reason["kind"] == "need"):
            room -= len(sentences)
            told.append(" ".join(sentences))
            of.append(reason)
    if of and _is_theirs_alone(of[0]) and not any(map(_says_more, of[1:])):
        told[1:] = ["Nobody else here works with it."]
    return told


def why_meet(partners: Iterable[tuple[Iterable[Reason], str]]) -> str:
    """Return in one text why somebody meets those at their table, each given as their reasons and their first name.

    It says so if there is nothing to say of any of them.
    """
    told = (sentence for reasons, name in partners for sentence in why(reasons, name))
    return " ".join(told) or NO_REASON


def _says_more(reason: Reason) -> bool:
    """Whether a reason says more than that both work on topics that many have."""
    return bool(reason["kind"] != "topic" or 0 < reason.get("people", 0) <= FEW)


def _is_theirs_alone(reason: Reason) -> bool:
    """Whether a reason is a dataset of two who did different things with it, and of nobody else."""
    mine, theirs = reason.get("mine"), reason.get("theirs")
    return (
        (reason["kind"], reason.get("people")) == ("dataset", 2) and bool(mine and theirs) and mine != theirs
    )


def _not_told(reason: Reason, sentences: list[str], told: str) -> list[str]:
    """Return the sentences of a need without what has been told of the dataset that it is about, or that meets it."""
    own = f"{reason['what']}: "
    if (
        any(reason.get(side, "").startswith(own) for side in ("mine", "theirs"))
        and named(reason["what"]) in told
    ):
        return []
    titles = (_title_and_standing(reason.get(side, ""))[0] for side in ("mine", "theirs"))
    known = [named(title) for title in titles if title and named(title) in told]
    return [one for one in sentences if not any(title in one for title in known)]


def in_brief(reasons: Iterable[Reason], other: str, me: str = "") -> str:
    """Return the first sentence there is to say of a suggestion, or ""; for where there is little room."""
    names = isolated(other), isolated(me)
    told = (_sentences(reason, *names) for reason in _together(reasons) if reason["kind"] not in SAID)
    return next((sentences[0] for sentences in told if sentences), "")


def _together(reasons: Iterable[Reason]) -> list[Reason]:
    """Put the topics that nothing more is said of into one reason."""
    found: list[Reason] = []
    place = -1
    for reason in reasons:
        plain = reason["kind"] == "topic" and _is_one(reason) and not 0 < reason.get("people", 0) <= FEW
        if plain and place >= 0:
            found[place] = {**found[place], "all": [*found[place]["all"], reason["what"]]}
            continue
        if plain:
            place = len(found)
        found.append({**reason, "all": [reason["what"]]} if plain else reason)
    return found


def reason_sentence(reason: Reason, other: str, me: str = "") -> str:
    """Return one reason in one or two sentences, or "" for what cannot be put into words.

    >>> standing = {"mine": "is stuck on it", "theirs": "maintains it"}
    >>> reason_sentence({"kind": "dataset", "what": "Water Quality Archive", **standing}, "Priya")
    'Priya keeps the Water Quality Archive up to date. You are stuck on it.'
    """
    return " ".join(_sentences(reason, isolated(other), isolated(me)))


def _sentences(reason: Reason, other: str, me: str) -> list[str]:
    speak = _KINDS.get(reason["kind"])
    return speak(reason, other, me) if speak else []


def _dataset(reason: Reason, other: str, me: str) -> list[str]:
    title, mine, theirs = _title(reason["what"]), reason.get("mine", ""), reason.get("theirs", "")
    if mine and theirs and mine != theirs:
        return [f"{other} {_stands(theirs, title)}.", f"{me or 'You'} {_stands(mine, 'it', you=not me)}."]
    if mine and theirs and reason.get("people") == 2:
        return [_few(reason, _stands(mine, title, you=True), other, me)]
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
        return _need_of_dataset(_title(title), mine, theirs, other, me, asks_me)
    about_me = (me or "You", bool(not me), mine or title)
    about_other = (other, False, theirs or title)
    asker, giver = (about_me, about_other) if asks_me else (about_other, about_me)
    return [_said(*asker, "ask"), _said(*giver, "offer")]


def _said(name: str, you: bool, text: str, verb: str) -> str:
    """Say what somebody asks for or offers: their own words in quotation marks, or how they stand to a dataset."""
    title, standing = _title_and_standing(text)
    if standing:
        return f"{name} {_stands(standing, _title(title), you=you)}."
    does = verb if you else f"{verb}s"
    if verb == "ask":
        does = "want" if text.startswith("to ") else does if _QUESTION.match(text) else f"{does} for"
        does = "wants" if does == "want" and not you else does
    return f"{name} {does} {quoted(text)}."


def _need_of_dataset(title: str, mine: str, theirs: str, other: str, me: str, asks_me: bool) -> list[str]:
    """Say who is stuck or wants it first, then who can help."""
    first, second = (title, "it") if asks_me else ("it", title)
    about_me = f"{me or 'You'} {_stands(mine or 'uses it', first, you=not me)}."
    about_other = f"{other} {_stands(theirs or 'uses it', second)}."
    return [about_me, about_other] if asks_me else [about_other, about_me]


def _topic(reason: Reason, other: str, me: str) -> list[str]:
    if not _is_one(reason):
        return [
            f"{me or 'You'} {'works' if me else 'work'} on {isolated(reason['mine'])}, "
            f"{other} on {isolated(reason['theirs'])}."
        ]
    if 0 < reason.get("people", 0) <= FEW:
        return [_few(reason, f"work on {isolated(reason['what'])}", other, me)]
    return [
        f"{_both(other, me)} work on {_listed([*map(isolated, reason.get('all', [reason['what']])[:FEW])])}."
    ]


def _is_one(reason: Reason) -> bool:
    """Whether both named the same topic."""
    mine, theirs = (" ".join(reason.get(side, "").split()).casefold() for side in ("mine", "theirs"))
    return not mine or not theirs or mine == theirs


def _few(reason: Reason, do: str, other: str, me: str) -> str:
    """Say that two or three people here do something, and who they are as far as the reader may know."""
    if reason["people"] <= 2:
        return f"{f'{other} and {me}' if me else f'You and {other}'} are the only two here who {do}."
    return f"Only three people here {do}, {f'{other} and {me}' if me else f'you and {other}'} among them."


def _words(reason: Reason, other: str, me: str) -> list[str]:
    """Say what both mention; where words come from a title, the whole title and never a piece of it."""
    mine, theirs = reason.get("mine", ""), reason.get("theirs", "")
    (my_title, my_standing), (title, standing) = _title_and_standing(mine), _title_and_standing(theirs)
    about_me = f"{me or 'You'} {_stands(my_standing, _title(my_title), you=not me)}" if my_standing else ""
    about_other = f"{other} {_stands(standing, _title(title))}." if standing else ""
    if about_me and about_other:
        return [about_other, f"{about_me}, described in some of the same words."]
    if about_other:
        return [about_other, f"In {_whose(me)} words: {quoted(mine)}."] if mine else [about_other]
    if about_me:
        return [f"In {other}’s words: {quoted(theirs)}.", f"{about_me}."] if theirs else [f"{about_me}."]
    phrases = _listed([f"“{isolated(one)}”" for one in reason["what"].split(", ")])
    said = f"{_both(other, me)} mention {phrases}."
    return [said, f"In {other}’s words: {quoted(theirs)}."] if theirs else [said]


def _whose(me: str) -> str:
    return f"{me}’s" if me else "your"


def _title_and_standing(said: str) -> tuple[str, str]:
    """Take apart how somebody stands to a dataset, as in "Soil Atlas: uses it"; ("", "") for other words."""
    title, _, standing = said.rpartition(": ")
    return (title, standing) if title and _STANDING.match(standing) else ("", "")


def _listed(things: list[str]) -> str:
    last = ", and " if any(" and " in one for one in things) else " and "
    return last.join(part for part in (", ".join(things[:-1]), things[-1]) if part)


def _acquaintance(reason: Reason, other: str, me: str) -> list[str]:
    """Say which series both worked on; that they know the same people, unnamed, tells nobody anything."""
    series = "" if reason.get("people", 0) else reason["what"]
    return [f"{_both(other, me)} worked on the {isolated(series)} series."] if series else []


def _semantic(reason: Reason, other: str, me: str) -> list[str]:
    pair = f"{other} and {me} describe their" if me else f"You and {other} describe your"
    said = f"{pair} work in much the same way."
    theirs = reason.get("theirs", "")
    title, standing = _title_and_standing(theirs)
    if standing:
        return [said, f"{other} {_stands(standing, _title(title))}."]
    return [said, f"In {other}’s words: {quoted(theirs)}."] if theirs else [said]


def _offers(reason: Reason, other: str, me: str) -> list[str]:
    return _of_either(reason, other, me, "offer")


def _asks(reason: Reason, other: str, me: str) -> list[str]:
    return _of_either(reason, other, me, "ask")


def _of_either(reason: Reason, other: str, me: str, verb: str) -> list[str]:
    theirs, mine = reason.get("theirs", ""), reason.get("mine", "")
    if theirs:
        return [_said(other, False, theirs, verb)]
    return [_said(me or "You", not me, mine, verb)] if mine else []


_KINDS = {
    "offers": _offers,
    "asks": _asks,
    "dataset": _dataset,
    "need": _need,
    "topic": _topic,
    "words": _words,
    "acquaintance": _acquaintance,
    "semantic": _semantic,
}


def _title(title: str) -> str:
    return isolated(named(title))


def quoted(words: str) -> str:
    """Return somebody's own words between quotation marks, without a full stop before the last."""
    return f"“{isolated(words.strip().rstrip('.').rstrip())}”"


def _both(other: str, me: str) -> str:
    return f"{other} and {me} both" if me else f"You and {other} both"


def _stands(standing: str, title: str, *, you: bool = False) -> str:
    """Turn a standing such as "maintains it and is stuck on it" into what follows a name, or "you"."""
    parts = sorted(standing.split(" and "), key=lambda part: not _DONE.match(part))
    said = re.sub(r"\bmaintains it\b", "keeps it up to date", " and ".join(parts))
    said = re.sub(r"\bbuilt it\b", "built something with it", said)
    if you:
        said = re.sub(r"(^|\band )(\w+)", lambda verb: verb[1] + _SECOND_PERSON.get(verb[2], verb[2]), said)
    said = re.sub(r"^(?!built something)(\w+(?: \w+)*?) it and (\w+ it)$", r"\1 and \2", said)
    *first, last = said.split(" and ")
    said = f"{', '.join(first)} and {last}" if len(first) > 1 else said
    return re.sub(r"\bit\b", lambda _it: title, said, count=1)
