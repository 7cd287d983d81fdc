"""A question to start the talk with, from the strongest reason there is: said to the other, who is "you" in it.

Questions are whole sentences that fit what they are about: titles, topics and quotations may stand in them, loose
words not. Where none fits there is none.
"""

import re
from collections.abc import Collection, Sequence
from zlib import crc32

from matchmaker.matching.reasons import Reason
from matchmaker.matching.titles import spoken

Questions = tuple[str, ...]

I_AM_STUCK: Questions = (
    "I am stuck on {}. Where would you look first?",
    "What do you check first when {} does not do what it should?",
    "Who else got stuck on {}, and what was it in the end?",
)
I_WANT_IT: Questions = (
    "What should I know before I use {}?",
    "How would you begin with {} if you had one hour?",
    "What would you not use {} for?",
)
I_ASK_ABOUT_IT: Questions = (
    "If you were in my place, how would you go on with {}?",
    "What do you know about {} that is not written down?",
)
YOU_ARE_STUCK: Questions = (
    "Where did you get stuck with {}?",
    "What were you trying to do when {} stopped you?",
)
YOU_WANT_IT: Questions = (
    "What would you like to do with {}?",
    "What would have to be in {} for it to help you?",
)
YOU_ASK_ABOUT_IT: Questions = (
    "What would you like to know about {}?",
    "What have you tried so far with {}?",
)
I_ASK: Questions = (
    "If you were in my place, where would you start?",
    "What would you try first, and what would you leave alone?",
    "What do you wish somebody had told you before you began?",
)
I_ASK_FOR: Questions = (
    "Could you show me an example, and what should I look out for?",
    "How did this come about, and what is missing?",
    "Who else has used this, and what for?",
)
I_ASK_OF_IT: Questions = (
    "What in {} could help me?",
    "If you were in my place, where in {} would you start?",
)
YOU_ASK: Questions = (
    "What have you tried so far?",
    "What made you look for this?",
    "Whom have you asked already?",
)
YOU_ASK_FOR: Questions = (
    "What would you do if you had this?",
    "What have you tried so far?",
    "What made you look for this?",
)
OWNER: Questions = (
    "What do you know about {} that is not written down?",
    "What would you change about {} if you could start again?",
    "What should everybody who uses {} know?",
    "Which question about {} are you asked most often?",
)
THEIR_PART: dict[str, Questions] = {
    "maintains it": OWNER,
    "curated it": OWNER,
    "built it": (
        "What does what you built with {} do?",
        "What in {} made it hard to build something with it?",
    ),
    "collected it": OWNER,
    "coordinated it": OWNER,
    "documented it": (
        "What do people misread in {}?",
        "Which note on {} should nobody skip?",
    ),
    "explained it": (
        "What do people misread in {}?",
        "Which part of {} do you explain most often?",
    ),
    "checked it": (
        "What did you find when you checked {}?",
        "What would you check first in {} today?",
    ),
    "published it": (
        "What do people write to you about {}?",
        "What would you do differently if you published {} again?",
    ),
    "analysed it": (
        "What did you find in {} that you had not expected?",
        "What could {} not tell you?",
    ),
    "cleared it for release": ("What had to be settled before {} could come out?",),
    "backed it": (
        "What did you hope would come of {}?",
        "What convinced you that {} should come out?",
    ),
    "worked on it": ("What was your part in {}?",),
}
"""What somebody may be asked about a dataset, by what they did with it, of several things by the first of these."""
_PARTS = (*THEIR_PART, "uses it")
I_MADE: Questions = (
    "What do you use {} for?",
    "What goes wrong when you use {}?",
    "What would make {} more useful to you?",
)
BOTH_USE: Questions = (
    "What do you use {} for?",
    "What do you work around in {}?",
    "What goes wrong when you use {}?",
)
TOPIC: Questions = (
    "What do you wish more people knew about {}?",
    "What is the most surprising thing you have learned about {}?",
    "Which question about {} would you most like answered?",
)
TOPICS: Questions = ("Where do {} meet in your work?",)
WORDS: Questions = (
    "Where does “{}” come into your work?",
    "How did you come across “{}”?",
)
MEANING: Questions = ("We seem to do similar work. What do you call it where you are?",)
SERIES: Questions = ("What was your part in the {} series?",)

_NO_THING = re.compile(
    r"\b(?:any(?:one|body)|some(?:one|body)|people|persons?|whom?|advice|help|tell (?:me|us))\b"
    r"|^\W*(?:how|to|what|when|where|whether|which|why|ways?)\b|\?",
    re.IGNORECASE,
)
"""What is in a need for somebody, or for knowing how, and not for a thing that could be shown."""


def opening_question(
    reasons: Sequence[Reason], asked: Collection[str] = (), titles: Collection[str] = ()
) -> str:
    """Return a question that fits the strongest reason that can be asked about and is not `asked` yet, or "".

    `titles` are all datasets of the two: one is called by no name that fits another of them.

    >>> opening_question([Reason("need", "sewers", 0.9, "how to read sewers", "…", asker="mine")], I_ASK[1:])
    'If you were in my place, where would you start?'
    """
    for reason in sorted(reasons, key=lambda one: -one.strength):
        questions, about = _questions(reason, titles)
        first = crc32(f"{reason.what}{reason.theirs}".encode()) % max(len(questions), 1)
        for question in (*questions[first:], *questions[:first]):
            if (said := question.format(about)) not in asked:
                return said
    return ""


def _questions(reason: Reason, titles: Collection[str]) -> tuple[Questions, str]:
    """Return the questions that fit a reason, and what they are about."""
    match reason.kind:
        case "need":
            questions, title = _of_need(reason)
            return questions, spoken(title, titles)
        case "dataset":
            return _of_dataset(reason), spoken(reason.what, titles)
        case "topic":
            same = reason.mine.casefold() == reason.theirs.casefold()
            return (TOPIC if same else TOPICS), reason.what
        case "words":
            return WORDS, reason.what.split(", ")[0]
        case "semantic":
            return MEANING, ""
        case "acquaintance":
            return ((), "") if reason.people else (SERIES, reason.what)
        case _:
            return (), ""


def _of_need(reason: Reason) -> tuple[Questions, str]:
    """Return the questions that fit a need, and the dataset they are about."""
    mine, own = reason.asker == "mine", f"{reason.what}: "
    standing = (reason.mine if mine else reason.theirs).removeprefix(own)
    if standing.startswith("is stuck on it"):
        return (I_AM_STUCK if mine else YOU_ARE_STUCK), reason.what
    if standing == "wants to use it":
        return (I_WANT_IT if mine else YOU_WANT_IT), reason.what
    if standing == "asks about it":
        return (I_ASK_ABOUT_IT if mine else YOU_ASK_ABOUT_IT), reason.what
    title, _, part = reason.theirs.rpartition(": ")
    if mine and title and part.endswith(_PARTS):
        return I_ASK_OF_IT, title
    if _NO_THING.search(reason.mine if mine else reason.theirs):
        return (I_ASK if mine else YOU_ASK), ""
    return (I_ASK_FOR if mine else YOU_ASK_FOR), ""


def _of_dataset(reason: Reason) -> Questions:
    if "is stuck on it" in reason.theirs:
        return YOU_ARE_STUCK
    theirs = reason.theirs.split(" and ")
    for part, questions in THEIR_PART.items():
        if part in theirs:
            return questions
    if "wants to use it" in theirs:
        return YOU_WANT_IT
    if "asks about it" in theirs:
        return YOU_ASK_ABOUT_IT
    return I_MADE if THEIR_PART.keys() & reason.mine.split(" and ") else BOTH_USE
