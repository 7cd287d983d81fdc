import dataclasses
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.cells import Cells
from matchmaker.matching.conviction import ENOUGH, Promising
from matchmaker.matching.explain import Explanations, explain
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.reasons import conviction
from matchmaker.matching.scores import Parts, Weights, compared, score_parts
from matchmaker.matching.vectors import vectorise
from tests.tries import tries

THINGS = ["peat cores", "river gauges", "bee counts", "soil maps", "old woods", "coast surveys"]


def test_pairs_without_anything_to_tell_are_explained_as_if_it_had_been_looked_for(vectors):
    more = [Profile("x", bio="Kelp forests of Skye"), Profile("y", bio="We dive in kelp forests")]
    vectors = vectorise([*vectors.profiles, *more])
    pairs = [*combinations(range(len(vectors.profiles)), 2)]
    a, b = np.asarray(pairs, dtype=np.intp).T
    found = [*explain(vectors, a, b, Weights())]
    assert found == [*Explanations(vectors).of(pairs).values()]
    assert min(len(one.reasons) for one in found) < 2 < max(len(one.reasons) for one in found)
    assert [one.kind for one in found[-1].reasons] == ["words", "other"]


@pytest.fixture(scope="module")
def vectors():
    """Give thirty people some of whom have something in common, little or much."""
    people = [
        Profile(
            f"p{n}",
            organisation=f"org{n % 7}",
            bio=f"I study {THINGS[n % 6]} and {THINGS[n * n % 5]}",
            topics=(THINGS[n % 4], f"{THINGS[n % 5]} in winter"),
            needs=f"Somebody who knows {THINGS[n % 5]}" if n % 3 else "",
            offers=f"Ask me about {THINGS[n % 4]} in joins" if n % 2 else "",
            datasets=(
                DatasetLink(
                    f"d{n % 9}", f"Atlas of {THINGS[n % 6]} {n % 9}", role="curated" if n % 4 else ""
                ),
                DatasetLink(
                    f"e{n % 11}", f"Chart of {THINGS[n % 5]} {n % 11}", use="stuck" if n % 5 else "uses"
                ),
            ),
        )
        for n in range(30)
    ]
    people[3] = dataclasses.replace(people[3], datasets=())
    return vectorise(people)


def test_who_convinces_is_the_same_whether_all_is_put_into_words_or_only_what_could_be_enough(vectors):
    pairs = list(combinations(range(30), 2))
    told = Explanations(vectors).of(pairs)
    convincing = {pair: one for pair, one in told.items() if one.convinces}
    assert 0 < len(convincing) < len(pairs)
    assert Explanations(vectors).convincing(pairs) == convincing


def test_of_one_person_the_same_convince_where_only_what_they_have_is_looked_at(vectors):
    some = 0
    for who in range(30):
        pairs = [pair for pair in combinations(range(30), 2) if who in pair]
        convincing = Explanations(vectors).convincing(pairs)
        assert Explanations(vectors, whose=who).convincing(pairs) == convincing
        a, b = np.asarray(pairs).T
        for met in (np.zeros(29), np.full(29, 0.5)):
            could = Promising(vectors).could(a, b, met)
            assert Promising(vectors, who).could(a, b, met).tolist() == could.tolist()
            some += could.sum()
    assert 0 < some < 2 * 30 * 29


def test_no_pair_convinces_of_which_it_was_quick_to_know_that_it_could_not(vectors):
    pairs = list(combinations(range(30), 2))
    a, b = np.asarray(pairs).T
    for who in (None, *range(0, 30, 7)):
        explanations = Explanations(vectors, whose=who)
        most = explanations.most(a, b, compared(vectors, a, b))
        told = explanations.of(pairs)
        mine = [place for place, pair in enumerate(pairs) if who is None or who in pair]
        strength = np.asarray([conviction(told[pair].reasons) for pair in pairs])
        assert who is not None or 0 < (most < ENOUGH).sum() < len(pairs)
        assert not ((most < ENOUGH) & (strength >= ENOUGH))[mine].any()
        weak = [pairs[place] for place in mine if most[place] < ENOUGH]
        assert explanations.convincing(weak) == {}


def two_with(noise=(), **both):
    shared = DatasetLink("atlas", "Atlas of old orchards", "Perry pears beside bramley rows", role="built")
    two = [Profile(one, organisation="org", datasets=(shared,), **both) for one in ("ann", "ben")]
    return vectorise([*two, *noise, *(Profile(f"x{n}", bio=f"{THINGS[n % 6]} {n}") for n in range(20))])


def test_words_that_two_share_only_because_of_a_dataset_they_both_have_are_not_looked_for(monkeypatch):
    explanations = Explanations(two_with())
    assert explanations.of([(0, 1)])[0, 1].reasons[0].kind == "dataset"
    monkeypatch.setattr("matchmaker.matching.quotes.Quotes.in_common", None)
    assert Explanations(two_with()).convincing([(0, 1)]) == {}


@pytest.mark.parametrize("others", [0, 2, 12])
@pytest.mark.parametrize("bio", ["Bees on thatched barns", "Thatched barns", "Barns"])
def test_words_beside_a_dataset_are_looked_for_wherever_they_could_be_enough(others, bio):
    noise = [Profile(f"y{n}", bio=bio) for n in range(others)]
    pairs = list(combinations(range(4 + others), 2))
    vectors = two_with(noise, bio=bio, topics=("Listed farms",))
    told = Explanations(vectors).of(pairs)
    convincing = {pair: one for pair, one in told.items() if one.convinces}
    assert ((0, 1) in convincing) == (others < 2 and bio != "Barns")
    assert Explanations(vectors).convincing(pairs) == convincing


WORDS = [
    "peat",
    "moss",
    "records",
    "data",
    "of",
    "the,",
    "kept.",
    "tern™",
    "Café",
    "sampled",
    "C#",
    "sea-wall",
]
SAYS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=12).map(" ".join)


@tries(30)
@given(said=st.lists(st.tuples(SAYS, SAYS, SAYS), min_size=2, max_size=4))
def test_words_are_left_alone_only_where_none_would_be_named(said):
    people = [
        Profile(f"p{n}", bio=bio, offers=offers, datasets=(DatasetLink(f"d{n}", title, bio),))
        for n, (bio, offers, title) in enumerate(said)
    ]
    vectors, pairs = vectorise(people), list(combinations(range(len(people)), 2))
    told, likely = Explanations(vectors).of(pairs), Explanations(vectors).convincing(pairs)
    with pytest.MonkeyPatch.context() as patched:
        for one in ("_is_said", "_could_carry_enough"):
            patched.setattr(f"matchmaker.matching.shared_words.SharedWords.{one}", lambda *_: True)
        assert Explanations(vectors).of(pairs) == told
    assert likely == {pair: one for pair, one in told.items() if one.convinces}


def test_a_phrase_is_named_of_which_only_two_words_that_neither_begin_nor_end_one_are_rare():
    said = {"peat kept moss": 2, "peat kept daily": 4, "moss grows": 4}
    people = [Profile(f"{bio}{n}", bio=bio) for bio, count in said.items() for n in range(count)]
    reasons = Explanations(vectorise(people)).of([(0, 1)])[0, 1].reasons
    assert [(one.kind, one.what) for one in reasons[:-1]] == [("words", "peat kept moss")]


def test_two_phrases_that_few_use_are_enough_beside_a_dataset_that_colleagues_made():
    vectors = two_with(bio="Thatched barns. Dovecote lofts")
    told = Explanations(vectors).of([(0, 1)])
    assert told[0, 1].convinces
    assert Explanations(vectors).convincing([(0, 1)]) == told


def test_what_is_compared_already_is_not_compared_again_and_explains_the_same(vectors, monkeypatch):
    pairs = list(combinations(range(30), 2))
    a, b = np.asarray(pairs).T
    known, wanted = compared(vectors, a, b), Explanations(vectors).convincing(pairs[100:])
    monkeypatch.setattr("matchmaker.matching.explain.compared", None)
    explanations = Explanations(vectors)
    some = np.arange(100, len(pairs))
    assert explanations.convincing(pairs[100:], known, some) == wanted
    everybody = np.arange(len(pairs))
    both = explanations.convincing(pairs, known, everybody)
    assert {pair: one for pair, one in both.items() if pair in pairs[100:]} == wanted


def test_pairs_explained_some_at_a_time_are_explained_the_same(vectors, monkeypatch):
    pairs = list(combinations(range(30), 2))
    a, b = np.asarray(pairs).T
    known, wanted = compared(vectors, a, b), Explanations(vectors).convincing(pairs)
    told = [*explain(vectors, a, b, Weights())]
    monkeypatch.setattr("matchmaker.matching.explain.EXPLAINED_AT_ONCE", 7)
    monkeypatch.setattr("matchmaker.matching.explain.COMPARED_AT_ONCE", 40)
    assert Explanations(vectors).convincing(pairs[::-1], known, np.arange(len(pairs))[::-1]) == wanted
    assert [*explain(vectors, a, b, Weights())] == told


def test_the_parts_of_a_pair_are_the_same_with_their_cells_and_the_other_way_round(vectors):
    a, b = np.triu_indices(30, 1)
    parts, turned = compared(vectors, a, b).parts, compared(vectors, b, a).parts
    plain = score_parts(vectors, a, b)
    for one in dataclasses.fields(Parts):
        there = {"a_gets": "b_gets", "b_gets": "a_gets"}.get(one.name, one.name)
        assert getattr(parts, one.name).tolist() == getattr(plain, one.name).tolist()
        assert getattr(parts, one.name).tolist() == getattr(turned, there).tolist()


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 3), st.integers(-2, 5))),
    st.integers(1, 3),
)
def test_the_best_cells_of_a_pair_are_its_highest_and_of_equals_the_first(rows, count):
    pair, left, right, value = np.asarray(rows, dtype=np.intp).reshape(-1, 4).T
    best = Cells(pair, left, right, value / 4).best(count)
    wanted = [
        row
        for one in range(5)
        for row in sorted(
            (row for row in rows if row[0] == one and row[3] > 0), key=lambda row: (-row[3], row)
        )[:count]
    ]
    found = zip(
        best.pair.tolist(), best.left.tolist(), best.right.tolist(), (best.value * 4).tolist(), strict=True
    )
    assert [tuple(map(int, row)) for row in found] == wanted
