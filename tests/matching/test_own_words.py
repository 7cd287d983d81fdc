"""Where a dataset is what joins two, a card says more of the other: what they offer or need, most about it."""

import dataclasses

import numpy as np
import pytest

from matchmaker.documents.suggestions.reasons import why
from matchmaker.matching.explain import explain
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.scores import Weights
from matchmaker.matching.suggest import suggest
from matchmaker.matching.vectors import vectorise

HIVES = ("hives", "Hive Inspections of Wales", "Visits to apiaries, and what ailed the bees")
NOISE = [Profile(f"n{number}", bio=f"Timber, tables and tin{number}") for number in range(60)]
ALONE = "Nobody else here works with it."
TALK = "Always happy to compare notes over coffee"


def has(role: str = "", use: str = "") -> tuple[DatasetLink, ...]:
    return (DatasetLink(*HIVES, role=role, use=use),)


def reads(ann: Profile, ben: Profile) -> list[str]:
    """Return what Ann's card of Ben says."""
    (found,) = explain(vectorise([ann, ben, *NOISE]), np.array([0]), np.array([1]), Weights())
    kept = [
        {name: getattr(one, name) for name in ("kind", "what", "mine", "theirs", "people", "asker")}
        for one in found.reasons
    ]
    assert abs(sum(one.share for one in found.reasons) - 1) < 1e-9
    return why(kept, "Ben")


@pytest.mark.parametrize(
    ("offers", "needs", "told"),
    [
        ("Honey. Bees that ail. Lantern slides", "", ["Ben offers “Bees that ail”."]),
        (
            "Lantern slides",
            "whether bees ail more in a wet year",
            ["Ben asks “whether bees ail more in a wet year”."],
        ),
        ("Lantern slides", "Ships", [ALONE]),
        ("", "Ships", [ALONE]),
        ("I no longer open hives", "", [ALONE]),
        ("Help, any day", "", [ALONE]),
        ("", "", [ALONE]),
    ],
)
def test_a_card_of_a_shared_dataset_says_what_the_other_offers_or_needs_that_is_most_about_it(
    offers: str, needs: str, told: list[str]
) -> None:
    ann = Profile("ann", bio="I open hives for bees", datasets=has("curated"))
    ben = Profile("ben", offers=offers, needs=needs, datasets=has(use="uses"))
    shared = "Ben uses Hive Inspections of Wales. You curated it."
    assert reads(ann, ben) == [shared, *told]


def test_what_is_about_the_matter_of_the_reader_is_said_too() -> None:
    ann = Profile("ann", bio="Bees", offers="Smoke for wasps", datasets=has("curated"))
    ben = Profile("ben", needs="Wasps in lofts, counted", datasets=has(use="uses"))
    assert reads(ann, ben) == [
        "Ben uses Hive Inspections of Wales. You curated it.",
        "Ben asks for “Wasps in lofts, counted”.",
    ]


@pytest.mark.parametrize(
    ("offers", "needs", "told"),
    [
        ("Opening hives in the rain", "", ALONE),
        ("", "hives that do not ail", "You ask for “hives that do not ail”."),
    ],
)
def test_where_the_other_says_nothing_of_it_the_card_says_what_the_reader_needs_but_not_what_they_offer(
    offers: str, needs: str, told: str
) -> None:
    ann = Profile("ann", offers=offers, needs=needs, datasets=has("curated"))
    ben = Profile("ben", bio="Bees", offers="Lantern slides", datasets=has(use="uses"))
    assert reads(ann, ben) == ["Ben uses Hive Inspections of Wales. You curated it.", told]


def test_words_of_one_stem_that_mean_something_else_are_not_about_it() -> None:
    shade = DatasetLink("shade", "Shade of Riverside Trees", "Where shade falls")
    ann = Profile("ann", bio="Rivers", datasets=(dataclasses.replace(shade, role="curated"),))
    ben = Profile("ben", offers="Shad", datasets=(dataclasses.replace(shade, use="uses"),))
    assert reads(ann, ben) == ["Ben uses Shade of Riverside Trees. You curated it.", ALONE]


def test_so_does_a_card_of_a_dataset_that_one_of_them_asks_about() -> None:
    ann = Profile("ann", bio="Ants", datasets=has(use="stuck"))
    ben = Profile("ben", offers="Opening hives in the rain", datasets=has("curated"))
    assert reads(ann, ben) == [
        "You are stuck on Hive Inspections of Wales. Ben curated it.",
        "Ben offers “Opening hives in the rain”.",
    ]


def test_what_is_told_already_is_not_said_twice_and_what_many_say_is_not_said() -> None:
    ann = Profile("ann", needs="how to smoke out wasps", datasets=has("curated"))
    ben = Profile("ben", offers="smoke for wasps", datasets=has(use="uses"))
    assert sum("smoke for wasps" in one for one in reads(ann, ben)) == 1
    crowd = [Profile(f"c{number}", bio=TALK, offers=f"{TALK}.", needs=TALK) for number in range(5)]
    cat = Profile("cat", bio="Bees that ail", offers=TALK, datasets=has(use="uses"))
    found = suggest([ann, cat, *crowd, *NOISE])["ann"]
    assert {one.id for one in found} == {"cat"}
    assert not any(reason.kind == "offers" for reason in found[0].reasons)


def test_what_somebody_offers_is_no_card_by_itself() -> None:
    assert why([{"kind": "offers", "what": "Hives", "mine": "", "theirs": "Honey"}], "Ben") == []
