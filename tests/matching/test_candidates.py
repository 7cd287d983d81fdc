import dataclasses
from collections import Counter

import numpy as np
import pytest

from matchmaker.matching import candidates
from matchmaker.matching.affinity import Affinity
from matchmaker.matching.candidates import candidate_pairs, compared_pairs, score_pairs, scored_pairs
from matchmaker.matching.cells import Cells
from matchmaker.matching.conviction import Promising
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.rules import Rules
from matchmaker.matching.scores import Parts, compared
from matchmaker.matching.vectors import vectorise

GAUGES = DatasetLink("gauges", "River Gauges", role="maintained")


def people_of(count, start=0):
    words = ["peat", "rivers", "bees", "soil", "woods", "coast", "air", "noise"]
    return [
        Profile(f"p{n}", bio=f"I study {words[n % 8]} and {words[n // 8 % 8]}", topics=(f"t{n % 13}",))
        for n in range(start, start + count)
    ]


def partners(pairs):
    return Counter(one for a, b, _ in pairs for one in (a, b))


def test_a_pair_is_there_if_it_is_among_the_best_of_either():
    people = people_of(40)
    pairs = {(a, b): score for a, b, score in candidate_pairs(people, per_person=5)}
    everything = {
        (a.id, b.id): score_pairs(people, [(a.id, b.id)])[0]
        for place, a in enumerate(people[:6])
        for b in people[place + 1 :]
    }
    mine = sorted((score for (a, _), score in everything.items() if a == "p0"), reverse=True)[:5]
    kept = sorted((score for (a, _), score in pairs.items() if a == "p0"), reverse=True)[:5]
    assert kept == pytest.approx(mine)
    assert min(partners((a, b, 0) for a, b in pairs).values()) >= 5


def test_pairs_stand_in_the_order_of_the_profiles_and_once():
    people = people_of(20)[::-1]
    place = {person.id: number for number, person in enumerate(people)}
    pairs = [(place[a], place[b]) for a, b, _ in candidate_pairs(people, per_person=6)]
    assert all(a < b for a, b in pairs)
    assert pairs == sorted(set(pairs))


def test_bans_are_taken_out_before_the_cut_and_touch_that_pair_alone():
    people = people_of(6)
    free = candidate_pairs(people, per_person=5)
    people[0] = dataclasses.replace(people[0], not_with=frozenset({"p1"}))
    banned = candidate_pairs(people, per_person=5)
    assert {pair[:2] for pair in free} - {pair[:2] for pair in banned} == {("p0", "p1")}


def test_a_team_is_left_out_and_people_who_know_each_other_are_not():
    people = [
        Profile("a", team="T", bio="peat"),
        Profile("b", team="T", bio="peat"),
        Profile("c", bio="peat", knows=frozenset({"a"})),
    ]
    assert [pair[:2] for pair in candidate_pairs(people, per_person=2)] == [("a", "c"), ("b", "c")]


def test_whoever_says_nothing_gets_partners_spread_evenly():
    people = [*people_of(40), *(Profile(f"q{number}") for number in range(60))]
    pairs = candidate_pairs(people, per_person=12)
    degrees = partners(pairs)
    assert min(degrees.values()) >= 12
    assert max(degrees[f"q{number}"] for number in range(60)) <= 18
    zero = partners(pair for pair in pairs if pair[2] == 0)
    assert max(zero[f"p{number}"] for number in range(40)) <= 12


def test_where_the_rules_leave_fewer_everybody_allowed_is_there():
    people = [Profile("a", team="T"), Profile("b", team="T"), Profile("c"), Profile("d")]
    found = {pair[:2] for pair in candidate_pairs(people, per_person=10)}
    assert found == {("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")}


def test_scores_are_symmetric_to_the_bit_unfiltered_and_one_with_oneself():
    people = [
        Profile("a", team="T", bio="peat bogs", needs="River Gauges", datasets=(GAUGES,)),
        Profile("b", team="T", bio="peat", datasets=(dataclasses.replace(GAUGES, role="", use="stuck"),)),
        Profile("c", not_with=frozenset({"c"})),
    ]
    ab, ba, aa, ac, cc = score_pairs(people, [("a", "b"), ("b", "a"), ("a", "a"), ("a", "c"), ("c", "c")])
    assert ab == ba > 0
    assert (aa, ac, cc) == (1.0, 0.0, 1.0)


def test_an_unknown_id_is_named():
    with pytest.raises(KeyError, match="nobody"):
        score_pairs(people_of(2), [("p0", "nobody")])


def test_one_direction_of_need_raises_the_score():
    offer = Profile("giver", offers="I can explain the river gauge archive")
    asks = Profile("asker", needs="Someone to explain the river gauge archive")
    same = Profile("same", offers="I can explain the river gauge archive")
    one_way, no_need = score_pairs([offer, asks, same], [("giver", "asker"), ("giver", "same")])
    assert one_way > no_need


def test_a_large_event_keeps_the_best_of_every_pair_scored(monkeypatch):
    people = [
        *people_of(300),
        Profile("stuck", datasets=(dataclasses.replace(GAUGES, role="", use="stuck"),)),
    ]
    people.append(Profile("keeper", datasets=(GAUGES,), team="T"))
    exact = {pair[:2]: pair[2] for pair in candidate_pairs(people, per_person=10)}
    monkeypatch.setattr(candidates, "EVERYBODY", 50)
    large = {pair[:2]: pair[2] for pair in candidate_pairs(people, per_person=10)}
    assert large["stuck", "keeper"] == pytest.approx(exact["stuck", "keeper"])
    lost = sum(score for pair, score in exact.items() if pair not in large)
    assert lost < 0.05 * sum(exact.values())


def test_a_huge_team_of_a_large_event_still_finds_others(monkeypatch):
    monkeypatch.setattr(candidates, "EVERYBODY", 50)
    team = [Profile(f"t{number}", team="T", bio=f"peat bogs number{number}") for number in range(150)]
    rest = [Profile(f"r{number}", bio=f"peat and number{number}") for number in range(30)]
    pairs = candidate_pairs([*team, *rest], per_person=5)
    scored = partners(pair for pair in pairs if pair[2] > 0)
    assert min(scored[person.id] for person in team) >= 5


def test_nobody_and_no_pairs_give_nothing():
    assert candidate_pairs([], per_person=3) == []
    assert score_pairs([], []) == []


def test_fewer_than_one_partner_makes_no_sense():
    with pytest.raises(ValueError, match="per_person"):
        candidate_pairs([], per_person=0)


@pytest.mark.parametrize("everybody", [10, 1200], ids=["the likely pairs", "every pair"])
def test_pairs_come_with_how_the_lists_of_the_promising_compare_however_many_are_looked_at_at_once(
    everybody, monkeypatch
):
    monkeypatch.setattr(candidates, "EVERYBODY", everybody)
    monkeypatch.setattr(candidates, "PAIRS_AT_ONCE", 7)
    people = [dataclasses.replace(one, datasets=(GAUGES,)) for one in people_of(3)] + people_of(40, 3)
    vectors = vectorise(people)
    rules = Rules.of(vectors, strangers_only=True)
    pairs, likely, known = compared_pairs(vectors, rules, 5, Promising(vectors))
    monkeypatch.setattr(candidates, "PAIRS_AT_ONCE", 10**6)
    plain = scored_pairs(vectors, rules, 5)
    assert likely.tolist() == np.flatnonzero(Promising(vectors).could(plain.a, plain.b, plain.met)).tolist()
    assert 0 < len(likely) < len(pairs.a)
    again = compared(vectors, plain.a[likely], plain.b[likely])
    for one in dataclasses.fields(plain):
        assert getattr(pairs, one.name).tolist() == getattr(plain, one.name).tolist()
    for part in ("datasets", "topics", "a_asks", "b_asks"):
        for one in dataclasses.fields(Cells):
            told, wanted = (getattr(getattr(some, part), one.name) for some in (known, again))
            assert told.tolist() == wanted.tolist()
    for one in dataclasses.fields(Parts):
        assert getattr(known.parts, one.name).tolist() == getattr(again.parts, one.name).tolist()


def test_scores_are_the_same_where_needs_and_offers_that_are_alike_are_found_once_for_everybody(monkeypatch):
    monkeypatch.setattr("matchmaker.matching.vectors.SMALL_TABLE", 1)
    people = [
        dataclasses.replace(
            one, needs=people_of(1, place + 9)[0].bio, offers="Help with peat and soil surveys"
        )
        for place, one in enumerate(people_of(40))
    ]
    by_pair, once = vectorise(people), vectorise(people)
    pairs = scored_pairs(once, Rules.of(once, strangers_only=False), 5)
    parts = compared(by_pair, pairs.a, pairs.b).parts
    assert (
        0 < np.count_nonzero(once.need_cosines(once.asks.texts, once.asks.texts[::-1])) < len(once.asks.texts)
    )
    assert pairs.met.tolist() == np.maximum(parts.a_gets, parts.b_gets).tolist()
    assert len({*pairs.met.tolist()}) > 5


def test_the_best_of_each_are_the_same_however_many_people_are_looked_at_at_once(monkeypatch):
    vectors = vectorise(people_of(40, 3))
    pairs = scored_pairs(vectors, Rules.of(vectors, strangers_only=True), 5)
    either = list(zip(pairs.a.tolist(), pairs.b.tolist(), pairs.scores.tolist(), strict=True))
    wanted = set()
    for who in range(40):
        mine = sorted((-score, a + b - who, (a, b)) for a, b, score in either if who in (a, b))
        wanted |= {pair for _, _, pair in mine[:2]}
    for at_once in (7, 1000):
        monkeypatch.setattr(candidates, "PEOPLE_AT_ONCE", at_once)
        best = pairs.best_of_each(40, 2)
        assert list(zip(best.a.tolist(), best.b.tolist(), strict=True)) == sorted(wanted)


def test_needs_are_gathered_the_same_however_many_people_are_looked_at_at_once(monkeypatch):
    gathered = []

    class Watched(Affinity):
        def fit(self, X, y=None):  # noqa: N803 - scikit-learn's name
            gathered.append(X.toarray().tolist())
            return super().fit(X, y)

    monkeypatch.setattr(candidates, "EVERYBODY", 10)
    monkeypatch.setattr(candidates, "Affinity", Watched)
    people = [
        dataclasses.replace(one, offers=f"{one.bio} maps", needs=f"somebody for soil{place % 25} maps")
        for place, one in enumerate(people_of(40, 3))
    ]
    vectors = vectorise(people)
    for at_once in (1000, 7):
        monkeypatch.setattr(candidates, "PEOPLE_AT_ONCE", at_once)
        scored_pairs(vectors, Rules.of(vectors, strangers_only=True), 5)
    assert gathered[0] == gathered[1]
