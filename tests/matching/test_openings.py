"""The question to begin with: one, plain, about the strongest reason, said to the other; none where none fits."""

import pytest

from matchmaker.matching import openings
from matchmaker.matching.openings import opening_question
from matchmaker.matching.reasons import Reason

ARCHIVE = "Water Quality Archive"


def need(what, mine, theirs, asker="mine"):
    return Reason("need", what, 0.9, mine, theirs, asker=asker, strength=1.0)


@pytest.mark.parametrize(
    ("reason", "questions"),
    [
        (need(ARCHIVE, f"{ARCHIVE}: is stuck on it", f"{ARCHIVE}: maintains it"), openings.I_AM_STUCK),
        (need(ARCHIVE, f"{ARCHIVE}: wants to use it", f"{ARCHIVE}: uses it"), openings.I_WANT_IT),
        (need(ARCHIVE, f"{ARCHIVE}: asks about it", f"{ARCHIVE}: maintains it"), openings.I_ASK_ABOUT_IT),
        (
            need(ARCHIVE, f"{ARCHIVE}: built it", f"{ARCHIVE}: asks about it", "theirs"),
            openings.YOU_ASK_ABOUT_IT,
        ),
        (
            need(ARCHIVE, f"{ARCHIVE}: maintains it", f"{ARCHIVE}: is stuck on it", "theirs"),
            openings.YOU_ARE_STUCK,
        ),
        (
            need(ARCHIVE, f"{ARCHIVE}: maintains it", f"{ARCHIVE}: wants to use it", "theirs"),
            openings.YOU_WANT_IT,
        ),
        (need("pond records", "Ponds", "Ponds"), openings.I_ASK_FOR),
        (need("pond records", "Pond records of a council", "Ponds"), openings.I_ASK_FOR_IT),
        (need("pond records", "How to read pond records", "Ponds"), openings.I_ASK),
        (need("pond records", "ponds", "Pond records of a council", "theirs"), openings.YOU_ASK_FOR_IT),
        (need("pond records", "ponds", "Digging ponds for newts", "theirs"), openings.YOU_ASK_FOR),
        (need("a vet", "vets", "whoever counts vets in towns", "theirs"), openings.YOU_ASK),
        (need("a vet", "vets", "somebody who knows a vet", "theirs"), openings.YOU_ASK),
        (need("pond records", "Pond records", f"{ARCHIVE}: collected it and uses it"), openings.I_ASK_OF_IT),
        (need("vets", "vets", "Who knows a vet?", "theirs"), openings.YOU_ASK),
        (Reason("dataset", ARCHIVE, 0.9, "uses it", "is stuck on it"), openings.YOU_ARE_STUCK),
        (Reason("dataset", ARCHIVE, 0.9, "curated it", "checked it"), openings.THEIR_PART["checked it"]),
        (Reason("dataset", ARCHIVE, 0.9, "uses it", "published it and maintains it"), openings.OWNER),
        (Reason("dataset", ARCHIVE, 0.9, "uses it", "curated it", people=3), openings.OWNER),
        (Reason("dataset", ARCHIVE, 0.9, "uses it", "curated it", people=4), openings.OWNER_OF_MANY),
        (Reason("dataset", ARCHIVE, 0.9, "checked it", "curated it", people=4), openings.BOTH_OWN),
        (
            Reason("dataset", ARCHIVE, 0.9, "built it", "backed it and uses it"),
            openings.THEIR_PART["backed it"],
        ),
        (Reason("dataset", ARCHIVE, 0.9, "maintains it", "uses it"), openings.I_MADE),
        (Reason("dataset", ARCHIVE, 0.9, "uses it", "wants to use it"), openings.YOU_WANT_IT),
        (Reason("dataset", ARCHIVE, 0.9, "uses it", "mentions it"), openings.BOTH_USE),
        (Reason("topic", "eel passes", 0.9, "Eel passes", "eel passes"), openings.TOPIC),
        (Reason("topic", "peat and bogs", 0.9, "peat", "bogs"), openings.TOPICS),
        (Reason("words", "sea walls, groynes", 0.9), openings.WORDS),
        (Reason("semantic", "", 0.9), openings.MEANING),
        (Reason("acquaintance", "people you both know", 0.9, people=2), ()),
        (Reason("acquaintance", "Soil Atlas", 0.9), openings.SERIES),
    ],
)
def test_each_reason_has_questions_of_its_own_which_are_whole_sentences(reason, questions):
    about = {"topic": reason.what, "words": "sea walls", "acquaintance": reason.what}
    named = "“pond records”" if reason.what == "pond records" and questions in openings.NAMED.values() else ""
    fitting = {question.format(named or about.get(reason.kind, f"the “{ARCHIVE}”")) for question in questions}
    found = []
    while said := opening_question([reason], found):
        found.append(said)
    assert set(found) == fitting
    assert all(one[0].isupper() and one.endswith("?") for one in found)


def test_the_strongest_reason_is_asked_about_first_and_the_next_once_its_questions_are_used_up():
    weak = Reason("topic", "peat", 0.9, "peat", "peat", strength=0.2)
    strong = Reason("dataset", ARCHIVE, 0.1, "uses it", "uses it", strength=1.0)
    used = [question.format(f"the “{ARCHIVE}”") for question in openings.BOTH_USE]
    assert opening_question([weak, strong]) in used
    assert "peat" in opening_question([weak, strong], used)


def test_a_need_in_somebodys_words_never_puts_loose_words_into_a_question():
    for asker in ("mine", "theirs"):
        said = opening_question(
            [need("national park", "a national park ranger", "a national park ranger", asker)]
        )
        assert "national park" not in said


def test_a_dataset_is_called_by_no_name_that_fits_another_of_the_two():
    plots = ["Plot data from the Survey, 2020", "Plot data from the Survey of Wales, 2021"]
    used = Reason("dataset", plots[0], 0.9, "uses it", "uses it")
    assert {opening_question([used], (), titles) for titles in (plots[:1], plots)} == {
        "What do you work around in “Plot data from the Survey”?",
        "What do you work around in “Plot data from the Survey, 2020”?",
    }


def test_who_says_what_is_missing_is_not_asked_what_would_make_it_more_useful():
    used = Reason("dataset", ARCHIVE, 0.9, "maintains it", "uses it", strength=1.0)
    says = Reason("asks", ARCHIVE, 0.0, theirs="water quality by the hour")
    for reasons, questions in (([used], openings.I_MADE), ([used, says], openings.I_MADE[:2])):
        asked = []
        while said := opening_question(reasons, asked):
            asked.append(said)
        assert set(asked) == {question.format(f"the “{ARCHIVE}”") for question in questions}


@pytest.mark.parametrize(
    ("title", "spoken"),
    [
        ("Flow and depth of the Tamar and Lynher, 2017-2019", "“Flow and depth of the Tamar and Lynher”"),
        (
            "CP09: Regional values of baseline averages - Annual averages - Growing season length (days)",
            "“CP09: Regional values of baseline averages - Annual averages - Growing season length”",
        ),
        (
            "Outputs of an index and extent of plumes in England and Wales between 1997 and 2022 "
            "and the Atlantic of 1997 to 2018",
            "“Outputs of an index and extent of plumes in England and Wales…”",
        ),
        ("GEOS Cheshire - Borehole Pack", "“GEOS Cheshire - Borehole Pack”"),
    ],
)
def test_a_title_in_a_question_says_which_dataset_and_shows_where_it_is_cut(title, spoken):
    used = Reason("dataset", title, 0.9, "uses it", "uses it")
    assert spoken in opening_question([used])


def test_no_question_says_this_of_what_only_the_reason_names():
    every = [
        question
        for some in vars(openings).values()
        for question in (some if isinstance(some, tuple) else ())
        if isinstance(question, str) and question.endswith("?")
    ]
    assert len(every) > 40
    assert not [one for one in every if " this" in one]


def test_where_nothing_is_known_nothing_is_asked():
    assert opening_question([]) == ""
    assert opening_question([Reason("other", "", 1.0)]) == ""
