import dataclasses
import pickle
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.matching import refresh as refreshing
from matchmaker.matching.people import People
from matchmaker.matching.phrases import Phrases
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.rules import Rules
from matchmaker.matching.scores import Weights, score_parts
from matchmaker.matching.standing_lists import StandingLists
from matchmaker.matching.suggest import Suggestion, suggest
from matchmaker.matching.updating import with_profile
from matchmaker.matching.vectors import vectorise

GAUGES = DatasetLink("gauges", "River Gauges", "Levels of rivers")
GAUGED = Profile("gauged", "org6", knows=frozenset({"p2"}), datasets=(GAUGES,))
FIELDS = ("bio", "needs", "offers")
WORDS = ["peat", "rivers", "bees", "soil", "woods", "coast", "air", "noise"]


def people_of(count):
    return [
        Profile(
            f"p{n}",
            organisation=f"org{n % 5}",
            bio=f"I study {WORDS[n % 8]} and {WORDS[n // 8 % 8]}",
            topics=(WORDS[n % 7],),
            needs=f"somebody for {WORDS[n % 3]} maps" if n % 4 == 0 else "",
            offers=f"{WORDS[n % 3]} maps" if n % 4 == 1 else "",
            datasets=(
                DatasetLink(f"d{n % 10}", f"Atlas {n % 10}", role="curated" if n % 3 else "", use="uses"),
                *((dataclasses.replace(GAUGES, use="uses"),) if n % 6 == 0 else ()),
            ),
        )
        for n in range(count)
    ]


def refresh(vectors, who, lists, top):
    """What a refresh changes in lists such as `suggest` gives."""
    return refreshing.refresh(vectors, who, StandingLists.of_lists(vectors.position, lists), top=top)


def all_scores(vectors):
    a, b = np.triu_indices(len(vectors.profiles), 1)
    return score_parts(vectors, a, b).scores(Weights())


def applied(standing, who, change):
    """The lists after a refresh, as whoever keeps them would keep them."""
    lists = {one: list(mine) for one, mine in standing.items()}
    for one, gone in change.leaves:
        lists[one] = [entry for entry in lists[one] if entry.id != gone]
    for one, entry in change.joins.items():
        lists[one] = [*(old for old in lists[one] if old.id != who), entry]
    lists[who] = list(change.own)
    return lists


def test_the_same_profile_changes_no_score():
    people = people_of(30)
    vectors = vectorise(people)
    np.testing.assert_allclose(all_scores(with_profile(vectors, people[7])), all_scores(vectors), atol=1e-12)


def test_there_and_back_again_changes_no_score():
    people = people_of(30)
    vectors = vectorise(people)
    other = Profile(
        "p7", bio="woods", topics=("brand new",), needs="Gauges", datasets=(DatasetLink("new", "Moths"),)
    )
    changed = with_profile(vectors, other)
    assert changed.titles[-1] == "Moths"
    assert not np.allclose(all_scores(changed), all_scores(vectors))
    back = with_profile(changed, people[7])
    np.testing.assert_allclose(all_scores(back), all_scores(vectors), atol=1e-12)


def test_only_the_pairs_of_the_changed_person_change():
    people = people_of(30)
    vectors = vectorise(people)
    changed = with_profile(vectors, dataclasses.replace(people[7], bio="I study noise and coast"))
    a, b = np.triu_indices(30, 1)
    apart = (a != 7) & (b != 7)
    np.testing.assert_allclose(all_scores(changed)[apart], all_scores(vectors)[apart], atol=1e-12)


def test_whoever_becomes_stuck_is_told_of_the_maintainer_who_is_told_of_them():
    people = [
        *people_of(30),
        Profile("keeper", "far", datasets=(dataclasses.replace(GAUGES, role="maintained"),)),
    ]
    standing = suggest(people, top=5)
    stuck = dataclasses.replace(people[8], datasets=(dataclasses.replace(GAUGES, use="stuck"),))
    change = refresh(with_profile(vectorise(people), stuck), stuck.id, standing, top=5)
    assert change.own[0].id == "keeper"
    assert (change.own[0].reasons[0].kind, change.own[0].reasons[0].asker) == ("need", "mine")
    assert change.joins["keeper"].id == stuck.id
    assert change.joins["keeper"].reasons[0].asker == "theirs"
    assert change.joins["keeper"].score == change.own[0].score


def test_a_person_who_is_new_gets_a_list_and_a_place_on_others():
    people = people_of(30)
    standing = suggest(people, top=5)
    new = Profile("new", "org9", datasets=(DatasetLink("d3", "Atlas 3", role="checked"),))
    change = refresh(with_profile(vectorise(people), new), "new", standing, top=5)
    assert {one.id for one in change.own} == {"p13", "p23"} == set(change.joins)  # who curated it
    assert {entry.id for entry in change.joins.values()} == {"new"}


def test_who_must_not_be_met_leaves_both_lists():
    people = people_of(12)
    standing = suggest(people, top=11)
    assert "p9" in {one.id for one in standing["p0"]}
    changed = dataclasses.replace(people[0], not_with=frozenset({"p9"}))
    change = refresh(with_profile(vectorise(people), changed), "p0", standing, top=11)
    assert "p9" not in {one.id for one in change.own}
    assert ("p9", "p0") in change.leaves


@pytest.mark.parametrize("field", ["not_with", "knows", "endorsers"])
def test_whom_somebody_else_named_is_not_brought_to_them(field):
    people = people_of(12)
    standing = suggest(people, top=11)
    people[9] = dataclasses.replace(people[9], **{field: frozenset({"p1"})})  # which is not about p0
    assert "p9" in {one.id for one in refresh(vectorise(people), "p0", standing, top=11).own}
    people[9] = dataclasses.replace(people[9], **{field: frozenset({"p0"})})
    change = refresh(vectorise(people), "p0", standing, top=11)
    assert "p9" not in {one.id for one in change.own}
    assert ("p9", "p0") in change.leaves


def test_whom_there_is_no_reason_to_meet_any_more_leaves_both_lists():
    people = people_of(12)
    standing = suggest(people, top=11)
    change = refresh(with_profile(vectorise(people), Profile("p0", "org0")), "p0", standing, top=11)
    assert change.own == ()
    assert {one for one, mine in standing.items() if "p0" in {entry.id for entry in mine}} == {
        one for one, gone in change.leaves if gone == "p0"
    }


@settings(max_examples=25)
@given(
    st.integers(2, 25), st.integers(0, 24), st.integers(1, 6), st.sampled_from(["", *WORDS]), st.booleans()
)
def test_after_a_refresh_every_rule_of_a_list_still_holds(count, place, top, word, apart):
    people = people_of(count)
    who = people[place % count]
    standing = suggest(people, top=top)
    changed = dataclasses.replace(who, bio=word, topics=(), not_with=frozenset({"p1"} if apart else ()))
    change = refresh(with_profile(vectorise(people), changed), who.id, standing, top=top)
    lists = applied(standing, who.id, change)
    for one, mine in lists.items():
        listed = [entry.id for entry in mine]
        assert len(listed) == len(set(listed)) <= top
        assert one not in listed
        if apart and who.id != "p1":
            assert {one, *listed} & {who.id, "p1"} != {who.id, "p1"} or one not in (who.id, "p1")
    before = Counter(entry.id for mine in standing.values() for entry in mine)
    after = Counter(entry.id for mine in lists.values() for entry in mine)
    assert all(
        after[one] >= 1 for one in before if one not in (who.id, *(entry.id for entry in standing[who.id]))
    )


def test_a_large_event_gives_the_same_as_a_small_one(monkeypatch):
    people = people_of(40)
    vectors = vectorise(people)
    monkeypatch.setattr("matchmaker.matching.vectors.SMALL_TABLE", 1)
    monkeypatch.setattr("matchmaker.matching.row_products.SMALL_TABLE", 1)
    large = vectorise(people)
    assert all_scores(large) == pytest.approx(all_scores(vectors), abs=1e-12)


@settings(max_examples=25)
@given(
    st.integers(2, 25),
    st.integers(0, 24),
    st.integers(1, 6),
    st.sampled_from(["", *WORDS]),
    st.integers(0, 5),
)
def test_lists_filled_after_a_refresh_take_nobody_more_and_keep_every_rule(count, place, top, word, apart):
    people = people_of(count)
    who = people[place % count]
    not_with = frozenset(f"p{one}" for one in range(apart) if f"p{one}" != who.id)
    changed = dataclasses.replace(who, bio=word, topics=(), needs="", offers="", not_with=not_with)
    standing = suggest(people, top=top)
    vectors = with_profile(vectorise(people), changed)
    lists = applied(standing, who.id, refresh(vectors, who.id, standing, top=top))
    for one in [one for one in lists if len(lists[one]) < top]:
        lists[one] = list(refresh(vectors, one, lists, top=top).own)
    for one in [one for one in lists if len(lists[one]) < top]:
        assert len(refresh(vectors, one, lists, top=top).own) <= len(lists[one])
    for one, mine in lists.items():
        listed = {entry.id for entry in mine}
        assert one not in listed
        assert not (one == who.id and listed & not_with)
        assert not (one in not_with and who.id in listed)


def test_who_has_no_list_is_joined_as_who_has_an_empty_one():
    keeper = Profile("keeper", "far", datasets=(dataclasses.replace(GAUGES, role="maintained"),))
    people = [*people_of(30), keeper]
    stuck = dataclasses.replace(people[8], datasets=(dataclasses.replace(GAUGES, use="stuck"),))
    vectors = with_profile(vectorise(people), stuck)
    found = refresh(vectors, "p8", {one.id: () for one in people}, top=5)
    assert "keeper" in found.joins
    assert refresh(vectors, "p8", {}, top=5) == found


def test_lists_stand_in_columns_of_places_without_those_of_who_is_gone():
    here = {"ann": 0, "ben": 1, "cat": 2}
    on = {"ben": ["gone", "ann"], "gone": ["cat"], "cat": ["ben", "left", "gone"], "ann": ["cat"]}
    lists = {
        reader: [Suggestion(one, len(reader + one) / 10, (), bridge=one == "left") for one in mine]
        for reader, mine in on.items()
    }
    standing = StandingLists.of_lists(here, lists)
    ids = [*here, *standing.gone]
    assert sorted(standing.gone) == ["gone", "left"]
    for reader in here:
        entries = standing.entries_of(here[reader])
        assert [ids[one] for one in standing.listed[entries]] == on[reader]
        assert standing.score[entries].tolist() == [entry.score for entry in lists[reader]]
        assert standing.bridge[entries].tolist() == [entry.bridge for entry in lists[reader]]
    counts = dict(zip(ids, standing.load(len(here), but=here["ann"]), strict=True))
    assert counts == {"ann": 1, "ben": 1, "cat": 0, "gone": 2, "left": 1}
    assert standing.reader[standing.entries_with(here["cat"])].tolist() == [here["ann"]]
    assert StandingLists.of_lists(here, {}).load(len(here), but=0) == [0, 0, 0]


def test_who_is_gone_makes_room_on_a_list_as_anybody_does_and_their_own_list_counts_for_nothing():
    people = people_of(30)
    best = Suggestion("p1", 0.9, (), bridge=True)
    gone = Suggestion("gone", 0.01, ())
    new = Profile("new", "org9", datasets=(DatasetLink("d3", "Atlas 3", role="checked"),))
    vectors = with_profile(vectorise(people), new)
    change = refresh(vectors, "new", {"p13": [best, gone], "p14": [gone]}, top=2)
    assert change.joins["p13"].id == "new"
    assert change.leaves == {("p13", "gone")}
    alone = {"p13": [best, gone], "also gone": [gone]}
    assert "p13" not in refresh(vectors, "new", alone, top=2).joins  # who is on one list alone stays


def test_whom_one_person_may_meet_is_the_same_whether_their_rules_or_everybodys_are_read():
    people = people_of(9)
    named = {"knows": 3, "not_with": 4, "endorsers": 5}
    for field, place in named.items():
        people[place] = dataclasses.replace(people[place], **{field: frozenset({"p1", "p2", "gone"})})
    vectors = vectorise(
        [dataclasses.replace(one, team="t" if one.id in ("p6", "p7") else "") for one in people]
    )
    for strangers_only in (True, False):
        everybody = Rules.of(vectors, strangers_only=strangers_only)
        assert np.flatnonzero(~everybody.partners(1)).tolist() == ([1, 3, 4, 5] if strangers_only else [1, 4])
        for place in range(len(people)):
            own = Rules.of(vectors, strangers_only=strangers_only, whose=place)
            assert own.partners(place).tolist() == everybody.partners(place).tolist()


def test_what_is_held_of_one_person_is_what_everybody_says():
    people = people_of(30)
    changed = dataclasses.replace(people[7], bio="Otters and soil along rivers", needs="peat maps")
    vectors, anew = (with_profile(vectorise(people), changed) for _ in range(2))
    words, everything = vectors.words_said.toarray(), vectors.centres.toarray()
    everything[:, vectors.language.word_count :] = 0.0
    assert words.tolist() == everything.tolist()
    a, b = np.asarray([(min(7, one), max(7, one)) for one in range(30) if one != 7]).T
    plain = anew.alike(a, b).tolist()
    said = vectors.said_with(7)
    assert set(said.indices.tolist()) <= set(vectors.terms_said(7).tolist())
    assert vectors.alike(a, b).tolist() == plain
    others = np.asarray([(3, 4), (7, 9)]).T
    assert vectors.alike(*others).tolist() == anew.alike(*others).tolist()
    assert vectors.said_with(8).nnz != said.nnz
    assert vectors.alike(a, b).tolist() == plain


def test_what_is_read_of_texts_stays_until_what_many_say_word_for_word_is_another():
    said = "come and find me at lunch for this"
    people = [
        dataclasses.replace(one, **{field: said}) for one, field in zip(people_of(30), FIELDS, strict=False)
    ]
    vectors = vectorise([*people, *people_of(30)[len(people) :]])
    before = vectors.covering.stems_of(said)
    assert before
    other = with_profile(vectors, dataclasses.replace(vectors.profiles[9], bio="Peat and woods"))
    assert other.covering.stems_of(said) is before
    assert (
        with_profile(other, dataclasses.replace(other.profiles[8], needs=said)).covering.stems_of(said)
        == set()
    )
    assert other.covering.stems_of(said) is before


def test_texts_that_were_cut_up_are_not_cut_again_for_the_next_who_changes():
    people = people_of(30)
    vectors = vectorise(people)
    together = Phrases(vectors).together("Otter holts and sea walls")
    assert together == {"otter holts", "holts sea", "sea walls"}
    changed = with_profile(vectors, dataclasses.replace(people[7], bio="Otters and soil"))
    assert Phrases(changed).together("Otter holts and sea walls") is together


def test_what_texts_name_is_the_same_after_a_change_whether_it_was_kept_or_is_read_anew():
    said = "come and find me at lunch for this"
    people = [
        dataclasses.replace(one, **{field: said}) for one, field in zip(people_of(30), FIELDS, strict=False)
    ]
    vectors = vectorise([*people, *people_of(30)[len(people) :]])
    assert vectors.covering.refrains == frozenset()
    there = vectors.profiles[9]
    changed = with_profile(vectors, dataclasses.replace(there, bio=said, needs="somebody for peat and woods"))
    anew = dataclasses.replace(changed)
    vars(anew)["users"] = changed.users  # what is rare stays as it was learnt
    assert changed.covering_before is vectors.covering
    assert anew.covering_before is None
    assert changed.covering.refrains == anew.covering.refrains == {said}
    for table in ("asked", "given"):
        kept, read = getattr(changed.covering, table), getattr(anew.covering, table)
        assert kept.shape == read.shape
        assert (kept != read).nnz == 0
    assert changed.covering.mass.tolist() == anew.covering.mass.tolist()
    assert len(changed.covering.mass) > len(vectors.covering.mass)


def test_of_more_people_everything_is_counted_anew():
    vectors = vectorise(people_of(60))
    assert vectors.covering.people == 60
    changed = with_profile(vectors, Profile("new", bio="I study woods"))
    assert changed.covering.people == 61
    assert changed.covering.rare.tolist() != vectors.covering.rare.tolist()


@pytest.mark.parametrize(
    "said",
    [
        {"bio": "I study noise"},
        {"knows": frozenset({"p1", "p2"})},
        {"endorsers": frozenset({"p5"})},
        {"series": frozenset({"Rivers", "Soils"})},
        {"in_circles": False},
    ],
)
def test_whom_people_know_in_common_follows_a_profile_that_changes(said):
    people = people_of(9)
    for place in (2, 3, 4):
        people[place] = dataclasses.replace(
            people[place], knows=frozenset({"p1"}), series=frozenset({"Rivers"})
        )
    changed = dataclasses.replace(people[3], **said)
    vectors, anew = with_profile(vectorise(people), changed), vectorise([*people[:3], changed, *people[4:]])
    assert vectors.circles == anew.circles
    assert vectors.acquaintances.toarray().tolist() == anew.acquaintances.toarray().tolist()


def test_lists_are_the_same_where_texts_are_laid_out_by_column(monkeypatch):
    monkeypatch.setattr("matchmaker.matching.vectors.SMALL_TABLE", 0)
    keeper = Profile("keeper", "far", datasets=(dataclasses.replace(GAUGES, role="maintained"),))
    people = [*people_of(30), keeper]
    standing, vectors = suggest(people, top=5), vectorise(people)
    stuck = dataclasses.replace(GAUGES, use="stuck")
    changed = dataclasses.replace(people[8], datasets=(stuck,), topics=("soil", "otters"), needs="Fen maps")
    plain = refresh(with_profile(vectors, changed), "p8", standing, top=5)
    assert plain.own
    assert plain.joins
    assert vectors.by_column
    laid_out = with_profile(vectors, changed)
    texts = np.arange(len(laid_out.texts))
    last, each = np.tile(texts[-2:], len(texts)), np.repeat(texts, 2)
    alike = laid_out.beside(texts[-2:], texts)
    assert (
        np.minimum(alike, 1).ravel().tolist()
        == with_profile(vectorise(people), changed).cosines(last, each).tolist()
    )
    assert refresh(laid_out, "p8", standing, top=5) == plain


def test_profiles_come_back_from_a_file_as_they_were():
    people = [
        *people_of(7),
        Profile(
            "x", knows=frozenset({"p1"}), in_circles=False, datasets=(GAUGES,), not_meant=frozenset({"d"})
        ),
    ]
    kept = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(People(people)))))
    assert kept.each("organisation") == [one.organisation for one in people]
    made = [{link.id for link in one.datasets if link.role} for one in people]
    assert [kept.made(place) for place in range(len(people))] == made
    assert kept[2] == people[2]
    changed = [*people[:3], people[0], *people[4:], GAUGED]
    assert list(kept.with_one(3, people[0]).with_one(len(people), GAUGED)) == changed
    for field in ("id", "organisation", "knows"):
        assert kept.each(field) == [getattr(one, field) for one in people]
        after = kept.with_one(3, people[0]).with_one(len(people), GAUGED)
        assert after.each(field) == [getattr(one, field) for one in changed]
    assert list(kept) == people
    assert [kept.made(place) for place in range(len(people))] == made
