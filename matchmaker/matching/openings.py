"""A question to start the talk with, from the strongest reason there is: said to the other, who is "you" in it.

Questions are whole sentences that fit what they are about: titles, topics and quotations may stand in them, loose
words not. Where none fits there is none.
"""

import re
from collections.abc import Collection, Sequence
from zlib import crc32

from matchmaker.matching.conviction import FEW
from matchmaker.matching.heads import first_phrases, heads
from matchmaker.matching.reasons import Reason
from matchmaker.matching.titles import spoken

Questions = tuple[str, ...]

I_AM_STUCK: Questions = (
    "I am stuck on {}. Where would you look first?",
    "What do you check first when {} does not do what it should?",
    "What could I try with {} that I may not have thought of?",
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
    "What do you hope to find in {}?",
)
YOU_ASK_ABOUT_IT: Questions = (
    "What would you like to know about {}?",
    "What would you like {} to tell you?",
)
I_ASK: Questions = (
    "If you were in my place, where would you start?",
    "What would you try first, and what would you leave alone?",
    "What took you longest to find out?",
)
I_ASK_FOR: Questions = (
    "Could you show me an example, and what should I look out for?",
    "What is there already, and what is missing?",
)
I_ASK_FOR_IT: Questions = (
    "Could you show me an example, and what should I look out for?",
    "What is there already of {}, and what is missing?",
)
I_ASK_OF_IT: Questions = (
    "What in {} could help me?",
    "If you were in my place, where in {} would you start?",
)
YOU_ASK: Questions = (
    "What have you tried so far?",
    "What do you hope to find out?",
    "Where have you looked so far?",
)
YOU_ASK_FOR: Questions = (
    "What have you tried so far?",
    "Where have you looked already?",
)
YOU_ASK_FOR_IT: Questions = (
    "What would you do with {}?",
    "Where have you looked for {} already?",
)
NAMED: dict[Questions, Questions] = {I_ASK_FOR: I_ASK_FOR_IT, YOU_ASK_FOR: YOU_ASK_FOR_IT}
"""The same of a need that begins with a few words that say what for, which are named."""
OWNER: Questions = (
    "What do you know about {} that is not written down?",
    "What would you change about {} today?",
)
OWNER_OF_MANY: Questions = (
    *OWNER,
    "What should everybody who uses {} know?",
    "Which question about {} are you asked most often?",
)
"""The same of a dataset that several here have to do with: of others nobody asks."""
BOTH_OWN: Questions = (
    "Which part of {} would you do differently today?",
    "What did your part in {} teach you?",
)
"""Said by who made it, too, to who need not be asked what a stranger would ask."""
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
        "What have users taught you about {}?",
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
I_MADE_AND_YOU_SAY: Questions = I_MADE[:2]
"""The same to who says already what is missing."""
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

_FEW_WORDS = range(2, 7)
"""A need is named in a question where it begins with so many words that say what for."""
_NO_THING = re.compile(
    r"\b(?:any(?:one|body)|some(?:one|body)|people|persons?|who(?:m|ever)?|advice|help|tell (?:me|us))\b"
    r"|^\W*(?:how|to|what|when|where|whether|which|why|ways?)\b|\?",
    re.IGNORECASE,
)
"""What is in a need for somebody, or for knowing how, and not for a thing that could be shown."""
_NO_PLAIN_THING = re.compile(r"(?:an?|the|one|my|our|your|some|\w+ing)\b", re.IGNORECASE)
"""How a need begins that would read badly in a question, or is for one thing or person, or for doing something."""


def opening_question(
    reasons: Sequence[Reason], asked: Collection[str] = (), titles: Collection[str] = ()
) -> str:
    """Return a question that fits the strongest reason that can be asked about and is not `asked` yet, or "".

    `titles` are all datasets of the two: one is called by no name that fits another of them.

    >>> opening_question([Reason("need", "sewers", 0.9, "how to read sewers", "…", asker="mine")], I_ASK[1:])
    'If you were in my place, where would you start?'
    """
    says = any(one.kind == "asks" and one.theirs for one in reasons)
    for reason in sorted(reasons, key=lambda one: -one.strength):
        questions, about = _questions(reason, titles, says=says)
        first = crc32(f"{reason.what}{reason.theirs}".encode()) % max(len(questions), 1)
        for question in (*questions[first:], *questions[:first]):
            if (said := question.format(about)) not in asked:
                return said
    return ""


def _questions(reason: Reason, titles: Collection[str], *, says: bool) -> tuple[Questions, str]:
    """Return the questions that fit a reason, and what they are about; the other `says` what they need, or not."""
    match reason.kind:
        case "need":
            questions, title = _of_need(reason)
            thing = first_words(reason.mine if reason.asker == "mine" else reason.theirs)
            if questions in NAMED and thing:
                return NAMED[questions], f"“{thing}”"
            return questions, spoken(title, titles)
        case "dataset":
            return _of_dataset(reason, says=says), spoken(reason.what, titles)
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


def _of_dataset(reason: Reason, *, says: bool) -> Questions:
    if "is stuck on it" in reason.theirs:
        return YOU_ARE_STUCK
    mine, theirs = reason.mine.split(" and "), reason.theirs.split(" and ")
    made = bool(THEIR_PART.keys() & mine)
    for part, questions in THEIR_PART.items():
        if part in theirs and questions is OWNER:
            return BOTH_OWN if made else OWNER_OF_MANY if reason.people > FEW else OWNER
        if part in theirs:
            return questions
    if "wants to use it" in theirs:
        return YOU_WANT_IT
    if "asks about it" in theirs:
        return YOU_ASK_ABOUT_IT
    return BOTH_USE if not made else I_MADE_AND_YOU_SAY if says else I_MADE


def first_words(need: str) -> str:
    """Return the few words with which a need names what it is for, or "" where that are too few or too many.

    >>> first_words("raw multibeam over sandbanks that move"), first_words("Kites"), first_words("Old ledgers, dated")
    ('raw multibeam', '', 'old ledgers')
    """
    said = next(iter(first_phrases(need)), "")
    if len(said.split()) not in _FEW_WORDS or not heads(said) or _NO_PLAIN_THING.match(said):
        return ""
    first, *rest = said.split()
    small = first[:1].isupper() and first[1:].islower()
    return " ".join([first.lower() if small else first, *rest])
