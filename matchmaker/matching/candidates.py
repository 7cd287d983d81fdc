"""From everybody to the pairs worth looking at: what a planner or a list of suggestions chooses from."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from scipy import sparse

from matchmaker.matching.affinity import Affinity
from matchmaker.matching.alike_datasets import hold_datasets
from matchmaker.matching.cells import rarity
from matchmaker.matching.conviction import Promising
from matchmaker.matching.needs import Needs
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.row_products import Floats, Ints
from matchmaker.matching.rules import Rules, Spread
from matchmaker.matching.scores import BEST, Compared, Parts, Weights, compared, score_parts
from matchmaker.matching.vectors import Meaning, Vectors, vectorise

EVERYBODY = 1200
"""Up to so many people every pair is scored; beyond, each person's most likely partners are."""

PAIRS_AT_ONCE = 150_000
"""Pairs whose lists are compared at a time: half a kilobyte is held of each."""

PEOPLE_AT_ONCE = 2000
"""People whose needs are looked at, or whose best pairs are looked for, at a time."""

COMMON = 0.1
"""Terms that more than this share of a large event uses do not help to find likely partners."""


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Allowed pairs with a score above 0: `a[i] < b[i]` are positions, in ascending order."""

    a: Ints
    b: Ints
    scores: Floats
    met: Floats
    """How well one of the two can give what the other asks for, in [0, 1]."""
    alike: Floats
    """Cosine over everything they say."""

    def take(self, kept: Ints) -> "ScoredPairs":
        """Keep the pairs at these places."""
        return ScoredPairs(self.a[kept], self.b[kept], self.scores[kept], self.met[kept], self.alike[kept])

    @classmethod
    def joined(cls, some: Sequence["ScoredPairs"]) -> "ScoredPairs":
        """Return the pairs of some, at least one, one after the other."""
        return cls(*(np.concatenate([getattr(one, part.name) for one in some]) for part in fields(cls)))

    def best_of_each(self, people: int, count: int) -> "ScoredPairs":
        """Keep the pairs that are among the best `count` of at least one of the two.

        O(pairs log pairs); some people at a time, so that the pairs themselves are the most that is held.
        """
        kept, by_b = np.zeros(len(self.a), dtype=np.bool_), np.argsort(self.b, kind="stable")
        edges = [*range(0, people, PEOPLE_AT_ONCE), people]
        firsts, seconds = np.searchsorted(self.a, edges), np.searchsorted(self.b[by_b], edges)
        for place in range(len(edges) - 1):
            first = np.arange(firsts[place], firsts[place + 1])
            second = by_b[seconds[place] : seconds[place + 1]]
            pair = np.concatenate([first, second])
            one = np.concatenate([self.a[first], self.b[second]])
            other = np.concatenate([self.b[first], self.a[second]])
            order = np.lexsort((other, -self.scores[pair], one))
            rank = np.arange(len(order)) - np.searchsorted(one[order], one[order])
            kept[pair[order[rank < count]]] = True
        return self.take(np.flatnonzero(kept))


def candidate_pairs(
    profiles: Sequence[Profile],
    *,
    per_person: int,
    catalogue: Sequence[DatasetLink] = (),
    meaning: Meaning | None = None,
) -> list[tuple[str, str, float]]:
    """Return the pairs a planner may choose from, as (id, id, score in [0, 1]), in the order of `profiles`.

    A pair is there if it is among the best `per_person` of either. Pairs named in `not_with` and pairs of one
    team are taken out before that cut. Whoever is left with fewer than `per_person` partners gets allowed
    ones with score 0, spread evenly, until there are `per_person` or nobody is left. Raises ValueError when
    two profiles have the same id or `per_person` is below 1.
    """
    if per_person < 1:
        raise ValueError("per_person must be at least 1")
    return candidates_from(vectorise(profiles, catalogue, meaning), per_person)


def candidates_from(vectors: Vectors, per_person: int) -> list[tuple[str, str, float]]:
    """Return what `candidate_pairs` does, from profiles that are read into numbers already."""
    rules = Rules.of(vectors, strangers_only=False)
    people = len(vectors.profiles)
    pairs = scored_pairs(vectors, rules, at_least=2 * per_person).best_of_each(people, per_person)
    more = [(min(pair), max(pair)) for pair in _filled(pairs, rules, people, per_person)]
    a, b = (
        np.concatenate([some, np.asarray([one[end] for one in more], dtype=np.intp)])
        for end, some in enumerate((pairs.a, pairs.b))
    )
    scores = np.concatenate([pairs.scores, np.zeros(len(more))])
    order = np.lexsort((b, a))
    ids = vectors.profiles.each("id")
    found: list[tuple[str, str, float]] = []
    for start in range(0, len(order), PAIRS_AT_ONCE):
        some = order[start : start + PAIRS_AT_ONCE]
        rows = zip(a[some].tolist(), b[some].tolist(), scores[some].tolist(), strict=True)
        found += [(ids[one], ids[other], score) for one, other, score in rows]
    return found


def score_pairs(
    profiles: Sequence[Profile],
    pairs: Sequence[tuple[str, str]],
    catalogue: Sequence[DatasetLink] = (),
    meaning: Meaning | None = None,
) -> list[float]:
    """Return the score in [0, 1] of each pair of ids, unfiltered by rules; 1 for a person with themselves.

    Raises KeyError, with the id, when a pair names somebody who is not in `profiles`.
    """
    vectors = vectorise(profiles, catalogue, meaning)
    places = [[vectors.position[one] for one in pair] for pair in pairs]
    a, b = np.asarray(places, dtype=np.intp).reshape(-1, 2).T
    scores = score_parts(vectors, a, b).scores(Weights())
    return [float(score) for score in np.where(a == b, 1.0, scores)]


def scored_pairs(vectors: Vectors, rules: Rules, at_least: int) -> ScoredPairs:
    """Return the allowed pairs with a score above 0: all of them, or in a large event the most likely ones.

    There each person has about max(64, `at_least`) likely partners where there are so many.
    """
    a, b = _pairs_to_score(vectors, rules, at_least)
    vectors.compare_many()
    hold_datasets(vectors, BEST, a, b)
    starts = range(0, max(len(a), 1), PAIRS_AT_ONCE)
    portions = ((a[start : start + PAIRS_AT_ONCE], b[start : start + PAIRS_AT_ONCE]) for start in starts)
    return ScoredPairs.joined([_scored(*some, score_parts(vectors, *some))[0] for some in portions])


def compared_pairs(
    vectors: Vectors, rules: Rules, at_least: int, promising: Promising
) -> tuple[ScoredPairs, Ints, Compared]:
    """Return the same pairs, the places of those that could convince, and how the lists of these compare.

    Some pairs at a time, so that the comparisons of all are never held at once.
    """
    a, b = _pairs_to_score(vectors, rules, at_least)
    vectors.compare_many()
    before = 0
    scored, likely, known = [], [], []
    for start in range(0, max(len(a), 1), PAIRS_AT_ONCE):
        some = slice(start, start + PAIRS_AT_ONCE)
        lists = compared(vectors, a[some], b[some])
        pairs, kept = _scored(a[some], b[some], lists.parts)
        places = np.flatnonzero(promising.could(pairs.a, pairs.b, pairs.met))
        scored.append(pairs)
        likely.append(places + before)
        known.append(lists.of_pairs(kept[places]))
        before += len(kept)
    return ScoredPairs.joined(scored), np.concatenate(likely), Compared.joined(known)


def _pairs_to_score(vectors: Vectors, rules: Rules, at_least: int) -> tuple[Ints, Ints]:
    people = len(vectors.profiles)
    if people <= EVERYBODY:
        a, b = np.triu_indices(people, 1)
    else:
        a, b = _likely_pairs(vectors, rules, max(64, at_least))
    kept = rules.allowed(a, b)
    return a[kept], b[kept]


def _scored(a: Ints, b: Ints, parts: Parts) -> tuple[ScoredPairs, Ints]:
    """Return the pairs with a score above 0, and their places."""
    scores = parts.scores(Weights())
    met = np.maximum(parts.a_gets, parts.b_gets)
    kept = np.flatnonzero(scores > 0)
    return ScoredPairs(a, b, scores, met, parts.words).take(kept), kept


def _likely_pairs(vectors: Vectors, rules: Rules, count: int) -> tuple[Ints, Ints]:
    """Find partners by one sparse product over everything a person says, has, asks for and gives."""
    best = _rough(vectors, count).tocoo()
    people = len(vectors.profiles)
    kept = rules.allowed(best.row, best.col)
    a, b = [best.row[kept].astype(np.intp)], [best.col[kept].astype(np.intp)]
    few = (np.bincount(a[0], minlength=people) < count // 4) & (np.diff(vectors.centres.indptr) > 0)
    for place in np.flatnonzero(
        few
    ).tolist():  # all that is rare about them is out of bounds, as in one huge team
        worth = (vectors.centres @ vectors.centres[[place]].T).toarray()[:, 0] * rules.partners(place)
        more = np.argsort(-worth, kind="stable")[:count]
        b.append(more[worth[more] > 0])
        a.append(np.full(len(b[-1]), place))
    one, other = np.concatenate(a), np.concatenate(b)
    codes = np.unique(np.minimum(one, other) * people + np.maximum(one, other))
    return codes // people, codes % people


def _rough(vectors: Vectors, count: int) -> sparse.csr_array:
    """Return who is likely to score with whom, and how much: block-wise products, the best `count` of each row."""
    people = len(vectors.profiles)
    centres = vectors.centres
    rare_terms = np.bincount(centres.indices, minlength=centres.shape[1]) <= COMMON * people
    words = centres[:, np.flatnonzero(rare_terms)]
    datasets = vectors.datasets.incidence(
        max(len(vectors.titles), 1), np.sqrt(rarity(vectors.dataset_people))[vectors.datasets.items]
    )
    topics = vectors.topics.incidence(
        max(len(vectors.topic_texts), 1), np.sqrt(rarity(vectors.topic_people))[vectors.topics.items]
    )
    asked, given = (_need_rows(vectors, needs) for needs in (vectors.asks, vectors.gives))
    sizes = [words.shape[1], datasets.shape[1], topics.shape[1], asked.shape[1], given.shape[1]]
    affinity = Affinity(top=count, sizes=sizes, weights=[0.3, 0.2, 0.1, 0.2, 0.2])
    # Of the two sides, each nearly all that is known of everybody, one is held at a time, and then nothing beside it.
    affinity.fit(sparse.hstack([words, datasets, topics, given, asked], format="csr"))
    left = sparse.hstack([words, datasets, topics, asked, given], format="csr")
    del words, datasets, topics, asked, given
    return affinity.transform(left)


def _need_rows(vectors: Vectors, needs: Needs) -> sparse.csr_array:
    """Return what each person asks for, or gives, as one row: the texts' terms, then the datasets.

    Some people at a time, as the rows of all their things are several times as long.
    """
    things = len(needs.texts)
    about = np.flatnonzero(needs.datasets >= 0)
    datasets = sparse.csr_array(
        (np.ones(len(about)), (about, needs.datasets[about])), shape=(things, max(len(vectors.titles), 1))
    )
    whose = needs.of.incidence(things, needs.weights[needs.of.items])
    portions: list[sparse.csr_array] = []
    used = np.zeros(vectors.rows.shape[1] + datasets.shape[1], dtype=np.intp)
    for start in range(0, max(whose.shape[0], 1), PEOPLE_AT_ONCE):
        some = whose[start : start + PEOPLE_AT_ONCE]
        here = np.unique(some.indices)
        rows = sparse.hstack([vectors.rows[needs.texts[here]], datasets[here]], format="csr")
        portions.append(some[:, here] @ rows)
        used += np.bincount(portions[-1].indices, minlength=len(used))
    rare = sparse.diags_array((used <= COMMON * len(vectors.profiles)).astype(np.float64))
    for place, spread in enumerate(portions):
        portions[place] = sparse.csr_array(spread @ rare)
    return sparse.csr_array(sparse.vstack(portions, format="csr"))


def _filled(pairs: ScoredPairs, rules: Rules, people: int, per_person: int) -> Iterator[tuple[int, int]]:
    """Yield further pairs for whoever has fewer than `per_person` partners, those with the fewest first."""
    one, other = np.concatenate([pairs.a, pairs.b]), np.concatenate([pairs.b, pairs.a])
    order = np.argsort(one, kind="stable")
    counts = np.bincount(one, minlength=people)
    ends, other = np.cumsum(counts), other[order]
    spread = Spread(rules, counts)
    more: dict[int, list[int]] = defaultdict(list)
    for place in np.argsort(counts, kind="stable").tolist():
        missing = per_person - int(counts[place]) - len(more[place])
        if missing <= 0:
            continue
        known = other[ends[place] - counts[place] : ends[place]]
        mine = np.concatenate([known, np.asarray(more[place], dtype=np.intp)])
        for there in spread.partners(place, missing, mine):
            more[place].append(there)
            more[there].append(place)
            spread.load[place] += 1
            yield place, there
