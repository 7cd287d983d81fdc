"""A question to start the talk with, from the strongest reason there is: said to the other, who is "you" in it."""

from collections.abc import Callable, Sequence
from zlib import crc32

from matchmaker.matching.reasons import Reason
from matchmaker.matching.titles import named, short

NOTHING_KNOWN = "What would make today worth the journey for you?"


def opening_question(reasons: Sequence[Reason]) -> str:
    """Return a question that fits the first reason that can be asked about, or one for strangers.

    >>> opening_question([Reason("need", "outfalls to sewers", 0.9, "…", "…", asker="mine")])
    'Where would you start with outfalls to sewers?'
    """
    for reason in reasons:
        if reason.kind in QUESTIONS:
            return QUESTIONS[reason.kind](reason)
    return NOTHING_KNOWN


def _about_a_need(reason: Reason) -> str:
    standing = (reason.mine if reason.asker == "mine" else reason.theirs).removeprefix(f"{reason.what}: ")
    title = named(short(reason.what))
    if reason.asker == "mine":
        if standing.startswith("is stuck on it"):
            return f"I am stuck on {title}. Where would you look first?"
        if standing == "wants to use it":
            return f"What should I know before I use {title}?"
        if not _can_stand_alone(reason):
            return "If you were in my place, where would you start?"
        return _in_turn(reason, "Where would you start with {}?", "What should I know about {}?")
    if standing.startswith("is stuck on it"):
        return f"Where did you get stuck with {title}?"
    if standing == "wants to use it":
        return f"What would you like to do with {title}?"
    if not _can_stand_alone(reason):
        return "What have you tried so far?"
    return _in_turn(reason, "How far have you got with {}?", "What would help you most with {}?")


def _can_stand_alone(reason: Reason) -> bool:
    """Whether a phrase needs no article: more words than one, or a plural; never a whole quotation."""
    phrase = _first_phrase(reason)
    return reason.what not in (reason.mine, reason.theirs) and (" " in phrase or phrase.endswith("s"))


def _about_a_dataset(reason: Reason) -> str:
    title = named(short(reason.what))
    i_made, you_made = (not said.startswith(_USER) for said in (reason.mine, reason.theirs))
    if "is stuck on it" in reason.theirs:
        return f"Where did you get stuck with {title}?"
    if i_made and you_made:
        return f"What would you change about {title} if you could start again?"
    if you_made:
        return f"What do you wish people knew before they use {title}?"
    if i_made:
        return f"What would make {title} more useful to you?"
    if reason.theirs == "wants to use it":
        return f"What would you like to do with {title}?"
    return f"What do you use {title} for?"


_USER = ("uses it", "wants to use it", "is stuck on it", "works with it")
"""How somebody stands to a dataset they have no part in."""


def _about_a_topic(reason: Reason) -> str:
    if reason.mine.casefold() != reason.theirs.casefold():
        return f"Where do {reason.what} meet in your work?"
    return _in_turn(
        reason,
        "What do you wish more people knew about {}?",
        "What is the most surprising thing you have learned about {}?",
        "Which question about {} would you most like answered?",
    )


def _about_words(reason: Reason) -> str:
    return _in_turn(
        reason, "Where does “{}” come into your work?", "What have you learned about “{}” so far?"
    )


def _about_an_acquaintance(reason: Reason) -> str:
    return (
        "Who do you think we both know?"
        if reason.people
        else f"What was your part in the {reason.what} series?"
    )


def _in_turn(reason: Reason, *questions: str) -> str:
    """Fill in the first phrase; which question it is depends on the phrase, so that a page of them is not all one."""
    phrase = _first_phrase(reason)
    return questions[crc32(phrase.encode()) % len(questions)].format(phrase)


def _first_phrase(reason: Reason) -> str:
    return reason.what.split(", ")[0]


QUESTIONS: dict[str, Callable[[Reason], str]] = {
    "need": _about_a_need,
    "dataset": _about_a_dataset,
    "topic": _about_a_topic,
    "words": _about_words,
    "semantic": lambda _: "We seem to do similar work. What do you call it where you are?",
    "acquaintance": _about_an_acquaintance,
}
"""A question for each kind of reason; "other" names nothing to ask about."""
