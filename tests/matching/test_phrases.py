"""Which words two people share are worth naming, and how they are spelt."""

import numpy as np
import pytest

from matchmaker.matching.capitals import in_sentence
from matchmaker.matching.explain import explain
from matchmaker.matching.phrases import Passage, Phrases
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.scores import Weights
from matchmaker.matching.suggest import suggest
from matchmaker.matching.vectors import vectorise


def named_between(one, other, *, asked=False, more=()):
    """The phrases named for two sentences, in an event of these people and some more."""
    people = [Profile("one", bio=one), Profile("other", bio=other), *more]
    quotes = Quotes(vectorise(people))
    numbers = {text: place for place, text in enumerate(quotes.vectors.texts)}
    return quotes.common(numbers[one], numbers[other], asked=asked).phrases


def reasons_between(people):
    """The reasons of the first two of these people, whether they convince or not."""
    (found,) = explain(vectorise(people), np.array([0]), np.array([1]), Weights())
    return found.reasons


NOISE = tuple(Profile(f"p{number}", bio=f"Writes reports on topic{number}") for number in range(40))


@pytest.mark.parametrize(
    ("one", "other", "phrases"),
    [
        ("We match outfalls to sewers.", "Outfalls, sewers.", ("outfalls", "sewers")),
        ("We count drained fens in Kent.", "A drained fen. Drained fens!", ("drained fens",)),
        ("It was kept for weeks in 2004.", "Kept for weeks, 2004", ()),
        ("Surveys and data, monthly.", "Monthly data of surveys", ()),
        ("Bird counts", "counts of birds; bird counts", ("bird counts",)),
        ("I look after LiDAR of the Severn", "lidar, severn", ("LiDAR of the Severn",)),
        ("Dŵr yn unig", "dwr", ("Dŵr",)),
        ("Sea, walls", "sea walls", ("sea", "walls")),
    ],
)
def test_only_what_says_something_is_named_as_its_person_spells_it(one, other, phrases):
    assert named_between(one, other, more=NOISE) == phrases


def test_what_somebody_asks_for_is_named_with_the_words_beside_it():
    asks, gives = "anyone who knows the old European waste codes", "waste returns"
    assert named_between(asks, gives, asked=True) == ("European waste codes",)
    assert named_between(asks, gives) == ("waste",)


def test_what_half_the_event_says_is_not_named():
    crowd = [Profile(f"p{number}", bio=f"Eels number{number}") for number in range(40)]
    assert named_between("eels and otters", "otters and eels", more=crowd) == ("otters",)


def test_a_capital_that_the_event_seldom_writes_is_taken_off_and_a_name_keeps_its_own():
    people = [
        Profile("a", bio="We value soils. And the soils of Wales", topics=("Soils", "Wales")),
        Profile("b", datasets=(DatasetLink("1", "Sites of Special Scientific Interest"),)),
    ]
    phrases = Phrases(vectorise(people))
    said = [
        in_sentence(one, phrases.vectors.spellings)
        for one in ("Soils", "Soils of Wales", "Scientific Interest", "GIS")
    ]
    assert said == ["soils", "Soils of Wales", "Scientific Interest", "GIS"]


def test_the_first_word_of_a_topic_is_small_unless_it_may_be_a_name():
    phrases = Phrases(vectorise([Profile("a", bio="We count moths in Wales"), *NOISE]))
    topics = ("Citizen science", "Geology", "Dartmoor", "Severn Estuary", "Wales and moths", "GIS")
    assert [in_sentence(one, phrases.vectors.spellings) for one in topics] == [
        "citizen science", "geology", "Dartmoor", "Severn Estuary", "Wales and moths", "GIS",
    ]  # fmt: skip


def test_a_quotation_is_somebodys_own_sentence_or_says_how_they_stand_to_a_dataset():
    moths = DatasetLink("m", "Moth Trap Archive", "Counts of hawk moths by night", use="uses")
    people = [
        Profile("ann", bio="I like tea. I count hawk moths."),
        Profile("ben", datasets=(moths,)),
        *NOISE,
    ]
    words = next(one for one in reasons_between(people) if one.kind == "words")
    assert words.what == "hawk moths"
    assert (words.mine, words.theirs) == ("I count hawk moths.", "Moth Trap Archive: uses it")


def test_a_pair_with_nothing_specific_in_common_has_no_reason_but_other():
    people = [
        Profile("ann", bio="It really needs better numbers, and was kept for years"),
        Profile("ben", bio="Better numbers were kept for years, really"),
        *NOISE,
    ]
    assert [(reason.kind, reason.share) for reason in reasons_between(people)] == [("other", 1.0)]
    assert suggest(people)["ann"] == ()


def test_two_topics_alike_only_by_a_common_word_are_no_reason():
    people = [
        Profile("ann", topics=("Water quality", "Peat bogs")),
        Profile("ben", topics=("Data quality", "Bogs of peat")),
        *NOISE,
    ]
    topics = [one.what for one in reasons_between(people) if one.kind == "topic"]
    assert topics == ["peat bogs and bogs of peat"]


def test_terms_that_carry_nothing_name_nothing():
    phrases = Phrases(vectorise([Profile("ann", bio="otters")]))
    nothing = phrases.shared(np.zeros(0, dtype=np.intp), np.zeros(0))
    empty = phrases.named([Passage("otters", "")], nothing)
    assert (empty.phrases, empty.what, empty.people) == ((), "", 0)
