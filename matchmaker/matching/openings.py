"""A question to start the talk with, from the strongest reason there is."""

from collections.abc import Callable, Sequence

from matchmaker.matching.reasons import Reason

NOTHING_KNOWN = "What brought you here, and what would make today worth it for you?"


def opening_question(reasons: Sequence[Reason]) -> str:
    """Return a question that fits the first reason, or one for strangers when there is none."""
    for reason in reasons:
        if reason.kind in QUESTIONS:
            return QUESTIONS[reason.kind](reason)
    return NOTHING_KNOWN


def _about_a_need(reason: Reason) -> str:
    if reason.asker == "mine":
        return f"You are looking for help with {reason.what}. Where would they start?"
    return f"They are looking for help with {reason.what}. What have they tried so far?"


def _about_a_dataset(reason: Reason) -> str:
    return f"What do you each use “{reason.what}” for, and what gets in the way?"


def _about_a_topic(reason: Reason) -> str:
    if reason.mine == reason.theirs:
        return f"What is the hardest part of {reason.what} in your work at the moment?"
    return f"Where does {reason.mine} meet {reason.theirs} in your work?"


def _about_words(reason: Reason) -> str:
    return f"You both mention {reason.what}. How did you each come to it?"


QUESTIONS: dict[str, Callable[[Reason], str]] = {
    "need": _about_a_need,
    "dataset": _about_a_dataset,
    "topic": _about_a_topic,
    "words": _about_words,
    "semantic": lambda _: "You seem to do similar work under other names. What do you each call it?",
    "acquaintance": lambda _: "Whom do you both know, and how?",
}
"""A question for each kind of reason; "other" names nothing to ask about."""
