"""The question to begin with: one, plain, about the strongest reason, said to the other."""

import pytest

from matchmaker.matching.openings import NOTHING_KNOWN, opening_question
from matchmaker.matching.reasons import Reason

ARCHIVE = "Water Quality Archive"


def need(what, mine, theirs, asker="mine"):
    return Reason("need", what, 0.9, mine, theirs, asker=asker)


@pytest.mark.parametrize(
    ("reason", "question"),
    [
        (
            need(ARCHIVE, f"{ARCHIVE}: is stuck on it", f"{ARCHIVE}: maintains it"),
            "I am stuck on the Water Quality Archive. Where would you look first?",
        ),
        (
            need(ARCHIVE, f"{ARCHIVE}: wants to use it", f"{ARCHIVE}: uses it"),
            "What should I know before I use the Water Quality Archive?",
        ),
        (
            need(ARCHIVE, f"{ARCHIVE}: maintains it", f"{ARCHIVE}: is stuck on it", "theirs"),
            "Where did you get stuck with the Water Quality Archive?",
        ),
        (
            need(ARCHIVE, f"{ARCHIVE}: maintains it", f"{ARCHIVE}: wants to use it", "theirs"),
            "What would you like to do with the Water Quality Archive?",
        ),
        (need("pond records", "Pond records", "Ponds"), "Where would you start with pond records?"),
        (need("lidar", "a lidar person", "lidar"), "If you were in my place, where would you start?"),
        (need("a vet", "a vet", "vets"), "If you were in my place, where would you start?"),
        (need("lidar", "lidar!", "a lidar person", "theirs"), "What have you tried so far?"),
        (need("land grade", "…", "land grade?", "theirs"), "What would help you most with land grade?"),
        (
            Reason("dataset", ARCHIVE, 0.9, "uses it", "is stuck on it"),
            "Where did you get stuck with the Water Quality Archive?",
        ),
        (
            Reason("dataset", ARCHIVE, 0.9, "curated it", "checked it"),
            "What would you change about the Water Quality Archive if you could start again?",
        ),
        (
            Reason("dataset", ARCHIVE, 0.9, "uses it", "maintains it"),
            "What do you wish people knew before they use the Water Quality Archive?",
        ),
        (
            Reason("dataset", ARCHIVE, 0.9, "maintains it", "uses it"),
            "What would make the Water Quality Archive more useful to you?",
        ),
        (
            Reason("dataset", ARCHIVE, 0.9, "uses it", "wants to use it"),
            "What would you like to do with the Water Quality Archive?",
        ),
        (
            Reason("dataset", ARCHIVE, 0.9, "uses it", "uses it"),
            "What do you use the Water Quality Archive for?",
        ),
        (
            Reason("topic", "eel passes", 0.9, "Eel passes", "eel passes"),
            "What is the most surprising thing you have learned about eel passes?",
        ),
        (Reason("topic", "peat and bogs", 0.9, "peat", "bogs"), "Where do peat and bogs meet in your work?"),
        (Reason("words", "sea walls, groynes", 0.9), "Where does “sea walls” come into your work?"),
        (Reason("semantic", "", 0.9), "We seem to do similar work. What do you call it where you are?"),
        (Reason("acquaintance", "people you both know", 0.9, people=2), "Who do you think we both know?"),
        (Reason("acquaintance", "Soil Atlas", 0.9), "What was your part in the Soil Atlas series?"),
        (Reason("other", "", 1.0), NOTHING_KNOWN),
    ],
)
def test_each_reason_has_a_question_of_its_own(reason, question):
    assert opening_question([reason]) == question


def test_the_first_reason_that_can_be_asked_about_is_and_topics_get_different_questions():
    other = Reason("other", "", 0.1)
    names = ("peat", "rivers", "bees")
    asked = [opening_question([other, Reason("topic", name, 0.9, name, name)]) for name in names]
    assert all(name in question for name, question in zip(names, asked, strict=True))
    assert len({question.replace(name, "") for name, question in zip(names, asked, strict=True)}) > 1


def test_whoever_nothing_is_known_of_is_asked_something_friendly():
    assert opening_question([]) == NOTHING_KNOWN
