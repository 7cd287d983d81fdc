"""Reasons in sentences, in the voice of the pages."""

from typing import Any

import pytest

from matchmaker.documents.suggestions.reasons import NO_REASON, quoted, reason_sentence, why, why_meet
from matchmaker.matching.quotes import ROLE_WORDS, USE_WORDS
from matchmaker.matching.titles import named

ARCHIVE = {"kind": "dataset", "what": "Water Quality Archive"}


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            {**ARCHIVE, "mine": "is stuck on it", "theirs": "maintains it"},
            "Priya keeps the Water Quality Archive up to date. You are stuck on it.",
        ),
        (
            {**ARCHIVE, "mine": "curated it and uses it", "theirs": "published it and is stuck on it"},
            "Priya published the Water Quality Archive and is stuck on it. You curated and use it.",
        ),
        (
            {**ARCHIVE, "mine": "uses it", "theirs": "uses it"},
            "You and Priya both use the Water Quality Archive.",
        ),
        (
            {**ARCHIVE, "theirs": "maintains it"},
            "You and Priya both work with the Water Quality Archive; Priya keeps it up to date.",
        ),
        (
            {**ARCHIVE, "mine": "wants to use it"},
            "You and Priya both work with the Water Quality Archive; you want to use it.",
        ),
        (ARCHIVE, "You and Priya both work with the Water Quality Archive."),
        (
            {**ARCHIVE, "mine": "built it and uses it", "theirs": "built it"},
            "Priya built something with the Water Quality Archive. You built something with it and use it.",
        ),
        (
            {**ARCHIVE, "mine": "is stuck on it and checked it", "theirs": "maintains it and curated it"},
            "Priya curated the Water Quality Archive and keeps it up to date. You checked it and are stuck on it.",
        ),
        (
            {**ARCHIVE, "mine": "uses it", "theirs": "curated it and built it"},
            "Priya curated the Water Quality Archive and built something with it. You use it.",
        ),
        (
            {
                "kind": "need",
                "what": "Water Quality Archive",
                "mine": "Water Quality Archive: is stuck on it",
                "theirs": "Water Quality Archive: maintains it",
                "asker": "mine",
            },
            "You are stuck on the Water Quality Archive. Priya keeps it up to date.",
        ),
        (
            {
                "kind": "need",
                "what": "Water Quality Archive",
                "mine": "Water Quality Archive: cleared it for release",
                "theirs": "Water Quality Archive: wants to use it",
                "asker": "theirs",
            },
            "Priya wants to use the Water Quality Archive. You cleared it for release.",
        ),
        (
            {
                "kind": "need",
                "what": "river names",
                "mine": "Help with joining river names.",
                "theirs": "Ten years of matching rivers",
                "asker": "mine",
            },
            "You ask for “Help with joining river names”. Priya offers “Ten years of matching rivers”.",
        ),
        (
            {"kind": "need", "what": "maps", "mine": "Drawing maps", "theirs": "maps", "asker": "theirs"},
            "Priya asks for “maps”. You offer “Drawing maps”.",
        ),
        (
            {
                "kind": "need",
                "what": "maps",
                "mine": "whether maps lie",
                "theirs": "old maps",
                "asker": "mine",
            },
            "You ask “whether maps lie”. Priya offers “old maps”.",
        ),
        (
            {
                "kind": "need",
                "what": "maps",
                "mine": "old maps",
                "theirs": "to read a map",
                "asker": "theirs",
            },
            "Priya wants “to read a map”. You offer “old maps”.",
        ),
        ({"kind": "topic", "what": "soil carbon", "people": 5}, "You and Priya both work on soil carbon."),
        (
            {"kind": "topic", "what": "eel passes", "people": 2},
            "You and Priya are the only two here who work on eel passes.",
        ),
        (
            {"kind": "topic", "what": "peat and bogs", "mine": "peat", "theirs": "bogs"},
            "You work on peat, Priya on bogs.",
        ),
        (
            {"kind": "words", "what": "lapwing, meadow, ringing", "theirs": "Lapwings."},
            "You and Priya both mention “lapwing”, “meadow” and “ringing”. In Priya’s words: “Lapwings”.",
        ),
        (
            {"kind": "words", "what": "hawk moths", "mine": "Moths!", "theirs": "Moth: Traps: uses it"},
            "Priya uses Moth: Traps. In your words: “Moths!”.",
        ),
        (
            {
                "kind": "words",
                "what": "hawk moths",
                "mine": "Moth Archive: checked it",
                "theirs": "Traps: uses it",
            },
            "Priya uses Traps. You checked the Moth Archive, described in some of the same words.",
        ),
        (
            {**ARCHIVE, "mine": "uses it", "theirs": "uses it", "people": 2},
            "You and Priya are the only two here who use the Water Quality Archive.",
        ),
        (
            {"kind": "semantic", "what": "", "theirs": "Spates on moors."},
            "You and Priya describe your work in much the same way. In Priya’s words: “Spates on moors”.",
        ),
        ({"kind": "words", "what": "lapwing"}, "You and Priya both mention “lapwing”."),
        ({"kind": "acquaintance", "what": "people you both know", "people": 1}, ""),
        (
            {"kind": "acquaintance", "what": "Countryside Survey", "people": 0},
            "You and Priya both worked on the Countryside Survey series.",
        ),
        ({"kind": "semantic", "what": ""}, "You and Priya describe your work in much the same way."),
        ({"kind": "other", "what": ""}, ""),
    ],
)
def test_a_reason_reads_as_one_person_would_say_it_to_another(reason: dict[str, Any], sentence: str) -> None:
    assert reason_sentence(reason, "Priya") == sentence


@pytest.mark.parametrize("standing", [*ROLE_WORDS.values(), *USE_WORDS.values(), "works with it"])
def test_every_way_to_stand_to_a_dataset_is_understood_as_one(standing: str) -> None:
    title = "Bathing Water Quality"
    need = {
        "kind": "need",
        "what": title,
        "mine": f"{title}: {standing}",
        "theirs": f"{title}: {standing}",
        "asker": "theirs",
    }
    about_other, about_me = reason_sentence(need, "Priya").split(". ")
    assert about_other.startswith("Priya ")
    assert title in about_other
    assert about_me.split()[1] not in {"uses", "wants", "is", "keeps", "maintains", "works"}
    assert "“" not in about_other + about_me


def test_an_organiser_reads_of_two_people() -> None:
    reasons = [
        {**ARCHIVE, "mine": "is stuck on it", "theirs": "maintains it"},
        {"kind": "topic", "what": "eel passes", "people": 2},
    ]
    assert why(reasons, "Priya", "Tom") == [
        "Priya keeps the Water Quality Archive up to date. Tom is stuck on it.",
        "Priya and Tom are the only two here who work on eel passes.",
    ]


def test_at_most_three_sentences_are_told_and_a_shorter_reason_takes_the_room_left() -> None:
    two = {**ARCHIVE, "mine": "is stuck on it", "theirs": "maintains it"}
    one = {"kind": "topic", "what": "eel passes"}
    other = {"kind": "other", "what": ""}
    assert why([two, two, one, other], "Priya") == [
        "Priya keeps the Water Quality Archive up to date. You are stuck on it.",
        "You and Priya both work on eel passes.",
    ]
    rare = {**one, "people": 2}
    assert (
        why([rare, rare, rare, rare], "Priya")
        == ["You and Priya are the only two here who work on eel passes."] * 3
    )
    assert why([other], "Priya") == []


def test_that_each_can_help_the_other_is_worth_a_fourth_sentence() -> None:
    mine = {"kind": "need", "what": "maps", "mine": "maps", "theirs": "old maps", "asker": "mine"}
    theirs = {"kind": "need", "what": "eels", "mine": "eels", "theirs": "an eel", "asker": "theirs"}
    assert why([mine, theirs, mine], "Priya") == [
        "You ask for “maps”. Priya offers “old maps”.",
        "Priya asks for “an eel”. You offer “eels”.",
    ]


def test_a_need_that_a_dataset_meets_is_said_alone_where_the_dataset_is_told() -> None:
    shared = {**ARCHIVE, "mine": "curated it", "theirs": "uses it"}
    title = "Water Quality Archive"
    asked = {"kind": "need", "what": "water quality", "mine": "who reads it", "theirs": f"{title}: uses it"}
    assert why([shared, {**asked, "asker": "mine"}], "Priya") == [
        "Priya uses the Water Quality Archive. You curated it.",
        "You ask “who reads it”.",
    ]
    same = {
        "kind": "need",
        "what": title,
        "mine": f"{title}: curated it",
        "theirs": f"{title}: is stuck on it",
    }
    assert len(why([shared, {**same, "asker": "theirs"}], "Priya")) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            {"kind": "asks", "mine": "wet maps"},
            ["You ask for “wet maps”.", "You and Priya both work on eels."],
        ),
        ({"kind": "offers", "mine": "ice"}, ["You and Priya both work on eels."]),
        ({"kind": "offers", "theirs": "ice"}, ["Priya offers “ice”.", "You and Priya both work on eels."]),
    ],
)
def test_what_the_reader_offers_is_not_said_and_what_either_needs_comes_before_topics_of_many(
    said: dict[str, Any], told: list[str]
) -> None:
    need = {"kind": "topic", "what": "eels"}
    shared = {"kind": "topic", "what": "peat", "people": 2}
    reasons = [shared, {"what": "Soil Atlas", **said}, need]
    assert why(reasons, "Priya")[1:] == told


def test_the_readers_own_words_give_way_to_the_others() -> None:
    shared = {**ARCHIVE, "mine": "uses it", "theirs": "curated it"}
    said = [
        {"kind": "asks", "what": "Water Quality Archive", "mine": "wet maps"},
        {"kind": "offers", "what": "Water Quality Archive", "theirs": "ice"},
    ]
    assert why([shared, *said], "Priya")[1:] == ["Priya offers “ice”."]


def test_two_who_use_a_dataset_and_both_look_for_something_about_it_are_told_of_both() -> None:
    shared = {**ARCHIVE, "mine": "uses it", "theirs": "uses it"}
    mine = {"kind": "asks", "what": "Water Quality Archive", "mine": "wet maps"}
    theirs = {"kind": "asks", "what": "Water Quality Archive", "theirs": "old maps"}
    assert why([shared, mine, theirs], "Priya")[1:] == [
        "You ask for “wet maps”.",
        "Priya asks for “old maps”.",
    ]
    offered = {**theirs, "kind": "offers"}
    assert why([shared, mine, offered], "Priya")[1:] == ["Priya offers “old maps”."]
    made = {**shared, "theirs": "curated it"}
    assert why([made, mine, theirs], "Priya")[1:] == ["Priya asks for “old maps”."]


def test_what_the_reader_asks_for_is_not_said_beside_who_asks_about_the_dataset_too() -> None:
    title = "Water Quality Archive"
    wanted = {
        "kind": "need",
        "what": title,
        "mine": f"{title}: uses it",
        "theirs": f"{title}: wants to use it",
    }
    mine = {"kind": "asks", "what": title, "mine": "wet maps"}
    assert len(why([{**wanted, "asker": "theirs"}, mine], "Priya")) == 1
    assert why([{**wanted, "asker": "mine"}, mine], "Priya")[1:] == ["You ask for “wet maps”."]
    elsewhere = {**mine, "what": "Soil Atlas"}
    assert why([{**wanted, "asker": "theirs"}, elsewhere], "Priya")[1:] == ["You ask for “wet maps”."]


def test_that_nobody_else_has_to_do_with_a_dataset_is_said_where_nothing_else_is_but_topics_of_many() -> None:
    shared = {**ARCHIVE, "mine": "uses it", "theirs": "curated it"}
    alone = "Nobody else here works with it."
    assert why([{**shared, "people": 2}], "Priya")[1:] == [alone]
    assert why([{**shared, "people": 3}], "Priya")[1:] == []
    assert why([{**shared, "people": 2, "mine": ""}], "Priya")[1:] == []
    assert why([{**shared, "people": 2}, {"kind": "topic", "what": "eels"}], "Priya")[1:] == [alone]
    assert why([{**shared, "people": 2}, {"kind": "topic", "what": "eels", "people": 3}], "Priya")[1:] == [
        "Only three people here work on eels, you and Priya among them."
    ]


def test_topics_that_many_share_are_one_sentence() -> None:
    topics = [
        {"kind": "topic", "what": what, "mine": what, "theirs": what.upper(), "people": people}
        for what, people in (
            ("rivers", 9),
            ("eels", 3),
            ("water quality", 7),
            ("bees and wasps", 8),
            ("soils", 9),
        )
    ]
    assert why(topics, "Priya") == [
        "You and Priya both work on rivers, water quality, and bees and wasps.",
        "Only three people here work on eels, you and Priya among them.",
    ]


def test_a_title_takes_an_article_only_where_one_is_usual() -> None:
    assert [
        named(title)
        for title in (
            "Flood Map for Planning",
            "The Countryside Survey",
            "Priority Habitat Inventory (England)",
            "Index of Multiple Deprivation",
            "Bathing Water Quality",
            "",
        )
    ] == [
        "the Flood Map for Planning",
        "The Countryside Survey",
        "the Priority Habitat Inventory (England)",
        "the Index of Multiple Deprivation",
        "Bathing Water Quality",
        "",
    ]


def test_a_title_is_never_taken_for_a_verb_or_a_placeholder() -> None:
    reason = {"kind": "dataset", "what": "What it uses and is", "mine": "uses it", "theirs": "uses it"}
    assert reason_sentence(reason, "Priya") == "You and Priya both use What it uses and is."


def test_a_quotation_ends_without_its_own_full_stop() -> None:
    assert quoted(" I count lapwings. ") == "“I count lapwings”"


def test_a_standing_to_a_dataset_is_never_quoted_as_somebodys_words():
    reason = {
        "kind": "need",
        "what": "flow",
        "share": 0.5,
        "asker": "theirs",
        "mine": "Consented Discharges: maintains it",
        "theirs": "Flow velocity: 2017 to 2019: wants to use it",
    }
    assert reason_sentence(reason, "Priya") == (
        "Priya wants to use Flow velocity: 2017 to 2019. You keep Consented Discharges up to date."
    )
    own = {**reason, "theirs": "someone who knows weirs"}
    assert reason_sentence(own, "Priya") == (
        "Priya asks for “someone who knows weirs”. You keep Consented Discharges up to date."
    )


@pytest.mark.parametrize("people", [1, 2, 7])
def test_people_in_common_are_neither_named_nor_counted(people: int) -> None:
    reason = {"kind": "acquaintance", "what": "Ines", "people": people, "mine": "Ines", "theirs": "Ines"}
    assert why([reason], "Priya") == []


def test_a_meeting_without_a_reason_says_so_and_one_of_three_only_if_nobody_has_one() -> None:
    shared = [{"kind": "topic", "what": "peat", "people": 9}]
    assert why_meet([([], "Priya")]) == NO_REASON
    assert why_meet([([], "Priya"), (shared, "Ben")]) == "You and Ben both work on peat."
    assert why_meet([([], "Priya"), ([], "Ben")]) == NO_REASON
