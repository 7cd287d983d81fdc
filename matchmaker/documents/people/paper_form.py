"""The form on paper, for people without a computer: what an organiser types in afterwards, in the same order."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from matchmaker.documents.pdf import Sheets


@dataclass(frozen=True)
class PaperQuestion:
    """One question: its words, a hint below them, and how many lines to write on; without any it is a box to tick."""

    words: str
    hint: str = ""
    lines: int = 1


_SEVERAL = "One on each line, or semicolons between several."
QUESTIONS = {
    "bio": PaperQuestion(
        "What I work on", "In your own words: what you make or look after, what puzzles you.", 3
    ),
    "topics": PaperQuestion(
        "Topics I would like to talk about",
        "For example flooding, soil or data standards. Semicolons between several.",
        2,
    ),
    "datasets_made": PaperQuestion("Datasets I make or look after", _SEVERAL, 3),
    "datasets": PaperQuestion("Datasets I use", _SEVERAL, 3),
    "datasets_wanted": PaperQuestion("Datasets I want to use", _SEVERAL, 2),
    "datasets_stuck": PaperQuestion("Datasets I am stuck on", _SEVERAL, 2),
    "offers": PaperQuestion("I can help with", lines=2),
    "needs": PaperQuestion("I need help with", lines=2),
    "arrives": PaperQuestion(
        "I arrive at", "For example 9.30am. Leave it empty if you are there from the start."
    ),
    "leaves": PaperQuestion("I leave at", "Leave it empty if you stay to the end."),
    "step_free": PaperQuestion("I need a table that can be reached without steps", lines=0),
    "quiet": PaperQuestion("I need a quiet table", lines=0),
    "access_needs": PaperQuestion(
        "What else I need in the hall",
        "For example a hearing loop, or an interpreter and for which language. You need not say why.",
        2,
    ),
    "diet": PaperQuestion(
        "What I eat, and allergies",
        "For example vegan, or no nuts. Leave it empty if you eat everything.",
        2,
    ),
    "trio": PaperQuestion(
        "I am happy to meet two people at once",
        "Where somebody would otherwise be left without a meeting.",
        0,
    ),
}
"""What is asked, by the names that the organiser's page has for the same; there it is said of them, here by them."""

NEEDS_CONSENT = (
    "What you write here of your needs and of what you eat is used only to make the day accessible and for the"
    " kitchen. By writing it you agree to that. You can take it out at any time: in your profile, or by writing to"
    " us."
)
_BEGINS = {"arrives": ("What makes meetings work for me", NEEDS_CONSENT)}
"""PaperQuestion → heading and words that stand before it."""


@dataclass(frozen=True)
class FormHead:
    """What a form says at its head: event, day and place, the notice by sentences, and whom to write to."""

    event: str
    where: str
    notice: tuple[str, ...]
    contact: str


def form_sheets(asked: Sequence[str], head: FormHead, made_at: datetime) -> Sheets:
    """Make the form that asks these questions, by their names, in this order. Raises KeyError for an unknown one."""
    questions = [{**asdict(QUESTIONS[name]), "begins": _BEGINS.get(name, ("", ""))} for name in asked]
    return Sheets("paper_form", f"Form for {head.event}", made_at, {**asdict(head), "questions": questions})
