"""A question to start the talk with, from the strongest reason there is."""

from collections.abc import Sequence

from matchmaker.matching.reasons import Reason

NOTHING_KNOWN = "What brought you here, and what would make today worth it for you?"


def opening_question(reasons: Sequence[Reason]) -> str:
    """Return a question that fits the first reason, or one for strangers when there is none."""
    for reason in reasons:
        if reason.kind == "need":
            return _about_a_need(reason)
        if reason.kind == "dataset":
            return f"What do you each use “{reason.what}” for, and what gets in the way?"
        if reason.kind == "topic" and reason.mine == reason.theirs:
            return f"What is the hardest part of {reason.what} in your work at the moment?"
        if reason.kind == "topic":
            return f"Where does {reason.mine} meet {reason.theirs} in your work?"
        if reason.kind == "words" and reason.what:
            return f"You both mention {reason.what}. How did you each come to it?"
        if reason.kind == "acquaintance":
            return "Whom do you both know, and how?"
    return NOTHING_KNOWN


def _about_a_need(reason: Reason) -> str:
    if reason.asker == "mine":
        return f"You are looking for help with {reason.what}. Where would they start?"
    return f"They are looking for help with {reason.what}. What have they tried so far?"
