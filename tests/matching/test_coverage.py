"""A need is met by what an offer names of it, not by the talk around it."""

import pytest

from matchmaker.matching.candidates import score_pairs
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.stems import stem
from matchmaker.matching.suggest import suggest
from matchmaker.matching.vectors import vectorise

TALK = "I would value half an hour over coffee. The deadline is close and the budget is nearly spent."
THINGS = ["peat moss", "gulls eels", "ozone lime", "clay hops", "barley larch", "kelp cod"]
NOISE = [
    Profile(f"n{place}", needs=f"Help with {both}. {TALK}", offers=f"{TALK} Can advise on {both.split()[1]}.")
    for place, both in enumerate(THINGS)
]
ASKER = Profile("asker", needs=f"{TALK} How do others calibrate turbidity sensors in an estuary?")


def test_who_names_the_matter_in_other_words_comes_before_who_talks_the_same() -> None:
    helper = Profile(
        "helper", offers="Estuaries are my home, turbidity most of all, and I never stop talking of it"
    )
    found = suggest([ASKER, *NOISE, helper], top=5)
    assert found["asker"][0].id == "helper"
    assert found["helper"][0].id == "asker"


def test_a_need_in_the_very_words_of_a_dataset_one_wants_is_still_two_things() -> None:
    wanted = DatasetLink("d", "", description="Turbidity", use="wants")
    vectors = vectorise([Profile("empty"), Profile("asker", needs="Turbidity", datasets=(wanted,))])
    assert vectors.centres.shape[0] == 2
    assert vectors.asks.of.start.tolist() == [0, 0, 2]


def test_two_words_of_the_matter_are_more_than_one() -> None:
    one, two = Profile("one", offers="Estuary walks"), Profile("two", offers="Calibration of sensors")
    less, more = score_pairs([ASKER, *NOISE, one, two], [("asker", "one"), ("asker", "two")])
    assert 0 < less < more <= 1


def test_who_offers_everything_meets_a_need_less_well_than_who_offers_that() -> None:
    every = " ".join(f"skill{number}" for number in range(400))
    much = Profile("much", offers=f"turbidity {every} estuary")
    that = Profile("that", offers="turbidity of the estuary")
    less, more = score_pairs([ASKER, *NOISE, much, that], [("asker", "much"), ("asker", "that")])
    assert less < more


@pytest.mark.parametrize(
    ("need", "offer", "convinces"),
    [
        ("turning scans of typed ledgers into rows", "brain scans: how to read one", False),
        ("mice in grain stores", "grain of old film, restored", False),
        ("help with scans", "scans of any kind", True),
    ],
)
def test_words_that_nobody_else_here_says_are_left_unmet_in_a_large_event_too(
    need: str, offer: str, convinces: bool
) -> None:
    many = [Profile(f"n{number}", bio=f"Timber and tables, chair {number % 9}") for number in range(200)]
    others = [Profile("o1", bio="Old scans, some brain"), Profile("o2", bio="Grain and film")]
    found = suggest([Profile("asker", needs=need), Profile("giver", offers=offer), *others, *many])
    assert ("giver" in {one.id for one in found["asker"]}) is convinces


def test_a_word_between_two_does_not_take_them_apart() -> None:
    vectors = vectorise(
        [Profile("ann", needs="tests of raw river water"), Profile("ben", offers="raw water")]
    )
    raw, water = (vectors.language.stems[stem(word)] for word in ("raw", "water"))
    assert (raw, water) in vectors.covering.rows_of("tests of raw river water")
    assert vectors.covering.rows_of("raw water") == {(raw, water)}
