"""Who may name a dataset: whoever names one is found, and few others are."""

import random

import pytest

from benchmarks.named import catalogue, said
from benchmarks.short_forms import FRESH, TRIED
from matchmaker.matching.dataset_names import Names
from matchmaker.matching.likely_names import LikelyNames
from matchmaker.matching.profile import DatasetLink, Profile


def likely(names, text):
    """Whether somebody who says this may name a dataset, as one of two."""
    profiles = [Profile("noise", bio="An evening of songs"), Profile("1", offers=text)]
    return LikelyNames(profiles).of(names) == [1]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Hedgerows", "hedgerows"),
        ("Gravel", "the garvel layer"),
        ("Source Protection Zones (SPZ)", "both SPZs"),
        ("Source Protection Zones (SPZ)", "the SpZ"),
        ("Seashells and shells", "sea shlels data"),
        ("Survey alcw00795", "ALCW00795"),
        ("Grow With Wyre Woods", "Grow With Wyre"),
        ("Orthophotographs and photographs", "ortho photogrpahs data"),
        ("Bathymetry, north and east", "bathymetry, NE data"),
        ("Moorland Salinity Bathymetry", "salin bathymetry data"),
    ],
)
def test_whoever_names_a_dataset_is_found_in_whatever_way(title, text):
    names = Names([DatasetLink("e", title)])
    assert names.find(text)
    assert likely(names, text)


@pytest.mark.parametrize("text", ["an estuary", "photographs", "bathymetry", "in 2007"])
def test_a_single_word_of_a_longer_name_is_not_enough(text):
    assert not likely(Names([DatasetLink("e", "Photographs and Bathymetry of the Estuary 2007")]), text)


def changed(text: str, chance: random.Random) -> str:
    """Return a text with a word mistyped, joined to the next, cut short or shouted."""
    words = text.split()
    at = chance.randrange(len(words))
    word, inside = words[at], chance.randrange(1, max(2, len(words[at]) - 1))
    words[at : at + 2] = chance.choice(
        (
            [word[:inside] + word[inside + 1 :], *words[at + 1 : at + 2]],
            [word[:inside] + word[inside + 1 : inside + 2] + word[inside : inside + 1] + word[inside + 2 :]],
            ["".join(words[at : at + 2])],
            [word[: max(4, inside)], *words[at + 1 : at + 2]],
            [word.upper(), *words[at + 1 : at + 2]],
        )
    )
    return " ".join(words)


def test_nobody_is_left_out_who_names_a_dataset_however_it_is_said_or_mistyped():
    chance = random.Random(7)
    links = catalogue()[::3]
    texts = [text for text, _ in (*TRIED, *FRESH)] + [
        text for link in links for text, _ in said(link, chance)
    ]
    texts += [changed(text, chance) for text in texts]
    texts = [text.replace(".", "").replace(";", "") for text in texts]  # so that each is one sentence
    once = LikelyNames([Profile(str(at), bio=text) for at, text in enumerate(texts)])
    count = found = 0
    for link in links:
        names = Names([link])
        those = once.of(names)
        named = {at for at, text in enumerate(texts) if names.find(text)}
        assert named <= {*those}
        count, found = count + len(those), found + len(named)
    assert found > 40
    assert count < len(texts) * len(links) / 20
