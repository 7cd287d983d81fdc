"""A question to start the talk with, from the strongest reason there is: said to the other, who is "you" in it.

Questions are whole sentences that fit what they are about: titles, topics and quotations may stand in them, loose
words not. Where none fits there is none.
"""

from collections.abc import Collection, Sequence
from zlib import crc32

from matchmaker.matching.reasons import Reason
from matchmaker.matching.titles import named, short

Questions = tuple[str, ...]

I_AM_STUCK: Questions = (
    "I am stuck on {}. Where would you look first?",
    "What do you check first when {} does not do what it should?",
    "Who else got stuck on {}, and what was it in the end?",
)
I_WANT_IT: Questions = (
    "What should I know before I use {}?",
    "What do people most often get wrong with {}?",
    "How would you begin with {} if you had one hour?",
)
YOU_ARE_STUCK: Questions = (
    "Where did you get stuck with {}?",
    "What were you trying to do when {} stopped you?",
)
YOU_WANT_IT: Questions = (
    "What would you like to do with {}?",
    "What would have to be in {} for it to help you?",
)
I_ASK: Questions = (
    "If you were in my place, where would you start?",
    "What do you wish somebody had told you before you began?",
    "What would you try first, and what would you leave alone?",
    "Could you tell me of one case from beginning to end?",
)
YOU_ASK: Questions = (
    "What have you tried so far?",
    "What would a good answer look like to you?",
    "What would change for you if you found it today?",
    "How did the question come up?",
)
BOTH_MADE: Questions = (
    "What would you change about {} if you could start again?",
    "Which part of {} are you proudest of?",
)
YOU_MADE: Questions = (
    "What do you wish people knew before they use {}?",
    "What is the oddest thing in {}?",
    "What would you like to hear from those who use {}?",
)
I_MADE: Questions = (
    "What would make {} more useful to you?",
    "What puzzled you first about {}?",
    "What do you use {} for?",
)
BOTH_USE: Questions = (
    "What do you use {} for?",
    "What do you work around in {}?",
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
KNOWN: Questions = ("Who do you think we both know?",)
SERIES: Questions = ("What was your part in the {} series?",)

_USER = ("uses it", "wants to use it", "is stuck on it", "works with it", "asks about it", "mentions it")
"""How somebody stands to a dataset they have no part in."""


def opening_question(reasons: Sequence[Reason], asked: Collection[str] = ()) -> str:
    """Return a question that fits the strongest reason that can be asked about and is not `asked` yet, or "".

    >>> opening_question([Reason("need", "outfalls to sewers", 0.9, "…", "…", asker="mine")], I_ASK[1:])
    'If you were in my place, where would you start?'
    """
    for reason in sorted(reasons, key=lambda one: -one.strength):
        questions, about = _questions(reason)
        first = crc32(f"{reason.what}{reason.theirs}".encode()) % max(len(questions), 1)
        for question in (*questions[first:], *questions[:first]):
            if (said := question.format(about)) not in asked:
                return said
    return ""


def _questions(reason: Reason) -> tuple[Questions, str]:
    """Return the questions that fit a reason, and what they are about."""
    title = named(short(reason.what))
    match reason.kind:
        case "need":
            return _of_need(reason), title
        case "dataset":
            return _of_dataset(reason), title
        case "topic":
            same = reason.mine.casefold() == reason.theirs.casefold()
            return (TOPIC if same else TOPICS), reason.what
        case "words":
            return WORDS, reason.what.split(", ")[0]
        case "semantic":
            return MEANING, ""
        case "acquaintance":
            return (KNOWN, "") if reason.people else (SERIES, reason.what)
        case _:
            return (), ""


def _of_need(reason: Reason) -> Questions:
    asking = reason.mine if reason.asker == "mine" else reason.theirs
    standing = asking.removeprefix(f"{reason.what}: ")
    stuck, wants = standing.startswith("is stuck on it"), standing in ("wants to use it", "asks about it")
    if reason.asker == "mine":
        return I_AM_STUCK if stuck else I_WANT_IT if wants else I_ASK
    return YOU_ARE_STUCK if stuck else YOU_WANT_IT if wants else YOU_ASK


def _of_dataset(reason: Reason) -> Questions:
    i_made, you_made = (not said.startswith(_USER) for said in (reason.mine, reason.theirs))
    if "is stuck on it" in reason.theirs:
        return YOU_ARE_STUCK
    if i_made and you_made:
        return BOTH_MADE
    if you_made:
        return YOU_MADE
    if reason.theirs in ("wants to use it", "asks about it"):
        return YOU_WANT_IT
    return I_MADE if i_made else BOTH_USE
