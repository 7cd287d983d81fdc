"""Whom each person should meet, and why: the whole way from profiles to lists."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaker.matching.candidates import compared_pairs
from matchmaker.matching.choose import MOST_ON_A_NEED, Lists, choose, level, near_copies
from matchmaker.matching.explain import Explanations, Pair
from matchmaker.matching.openings import opening_question
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.reasons import Explained, Reason, rests_on, speaks_to_reader
from matchmaker.matching.row_products import Ints
from matchmaker.matching.rules import Rules
from matchmaker.matching.vectors import Meaning, Vectors, vectorise

__all__ = ["Reason", "Suggestion", "suggest"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed introduction: to whom, how good it is, why, and how to start.

    `score` is in [0, 1] and the same from both sides. `bridge` marks somebody from further away. `opening` is a
    question to start with, "" if none fits.
    """

    id: str
    score: float
    reasons: tuple[Reason, ...]
    bridge: bool = False
    opening: str = ""


def suggest(
    profiles: Sequence[Profile],
    *,
    catalogue: Sequence[DatasetLink] = (),
    top: int = 10,
    meaning: Meaning | None = None,
) -> dict[str, tuple[Suggestion, ...]]:
    """Return up to `top` suggestions for everybody, best first, by id, in the order of `profiles`.

    Left out, whichever of the two said so: `not_with`, `knows`, and people of one team; and whoever there is no
    reason to meet that would convince (`conviction`), so that lists may be short or empty. Nobody is on more than
    1.5 times as many lists as there are places in one. `catalogue` says what datasets are called in free text, and
    makes the model's sense of what is rare better; it adds no suggestion. `meaning` is a sentence model such as
    `meaning.load()` gives.

    Deterministic. O(n²) up to about a thousand people, beyond that about O(n × `top`) scores and one sparse
    product. Raises ValueError when two profiles have the same id or `top` is below 1.

    >>> flood = DatasetLink("flood-map", "Flood Map for Planning", use="stuck")
    >>> people = [
    ...     Profile("ann", datasets=(flood,)),
    ...     Profile("ben", datasets=(DatasetLink("flood-map", "Flood Map for Planning", role="maintained"),)),
    ...     Profile("cat", bio="Bees and hedgerows"),
    ... ]
    >>> best = suggest(people)["ann"][0]
    >>> best.id, best.reasons[0].kind, best.reasons[0].what
    ('ben', 'need', 'Flood Map for Planning')
    """
    if top < 1:
        raise ValueError("top must be at least 1")
    return suggest_from(vectorise(profiles, catalogue, meaning), top)


def suggest_from(vectors: Vectors, top: int) -> dict[str, tuple[Suggestion, ...]]:
    """Return what `suggest` does, from profiles that are read into numbers already."""
    rules = Rules.of(vectors, strangers_only=True)
    explanations = Explanations(vectors)
    lists = _convincing(vectors, rules, top, explanations)
    people = len(vectors.profiles)
    found: dict[str, tuple[Suggestion, ...]] = {}
    for who, person in enumerate(vectors.profiles):
        explained = explanations.of([(min(who, one), max(who, one)) for one in lists.chosen[who]])
        order = sorted(explained, key=lambda pair: (-explained[pair].score, (sum(pair) - 2 * who) % people))  # noqa: B023 - used at once
        asked: set[str] = set()
        mine = []
        for pair in order:
            there = pair[0] + pair[1] - who
            mine.append(suggestion(vectors, who, there, explained[pair], lists.bridges[who], asked))
            asked.add(mine[-1].opening)
        found[person.id] = tuple(mine)
    return found


PASSES = 6
"""Lists are made so often at most; each time without the pairs that were found not to convince."""


def _convincing(vectors: Vectors, rules: Rules, top: int, explanations: Explanations) -> Lists:
    """Choose lists of convincing pairs alone, at most two of which rest on one need of their reader."""
    pairs, likely, known = compared_pairs(vectors, rules, 5 * top, explanations.promising)
    copies = near_copies(len(vectors.profiles), pairs)
    pairs = pairs.take(likely)
    people = max(len(vectors.profiles), 1)
    codes = pairs.a * people + pairs.b
    never: set[tuple[int, int]] = set()
    most = 0
    for _ in range(PASSES + 1):
        lists = choose(vectors, pairs, copies, top, never, most)
        most = lists.most
        listed = sorted(
            {(min(who, one), max(who, one)) for who, mine in enumerate(lists.chosen) for one in mine}
        )
        places = np.searchsorted(codes, _codes(listed, people))
        explained = explanations.convincing(listed, known, places)
        weak = [pair for pair in listed if pair not in explained]
        again = [] if weak else list(_not_for_reader(lists, explained))
        if not weak and not again:
            break
        never.update(again)
        pairs = pairs.take(np.flatnonzero(~np.isin(pairs.a * people + pairs.b, _codes(weak, people))))
    lists.keep(set(explained))
    for who, there in _not_for_reader(lists, explained):
        lists.drop(who, there)
    level(lists, {pair: one.score for pair, one in explained.items()})
    return lists


def _codes(pairs: Iterable[Pair], people: int) -> Ints:
    """Return a number for each pair, in the order of the pairs."""
    return np.asarray([a * people + b for a, b in pairs], dtype=np.intp)


def _not_for_reader(lists: Lists, explained: Mapping[Pair, Explained]) -> Iterator[tuple[int, int]]:
    """Yield (who, there) of whom a list says nothing, and those beyond the best `MOST_ON_A_NEED` on one need."""
    for who, mine in enumerate(lists.chosen):
        told: Counter[str] = Counter()
        for there in sorted(mine, key=lambda one: -explained[min(who, one), max(who, one)].score):  # noqa: B023
            reasons = read_by(who, there, explained[min(who, there), max(who, there)])
            need = rests_on(reasons)
            told[need] += bool(need)
            if told[need] > MOST_ON_A_NEED or not speaks_to_reader(reasons):
                yield who, there


def read_by(who: int, there: int, pair: Explained) -> tuple[Reason, ...]:
    """Return the reasons as `who` reads them, from the pair explained to whoever stands first."""
    return pair.reasons if who < there else pair.for_other()


def suggestion(
    vectors: Vectors, who: int, there: int, pair: Explained, bridge: int, asked: Collection[str] = ()
) -> Suggestion:
    """Return the suggestion of `there` as `who` reads it, with a question that is not `asked` on the list already."""
    reasons = read_by(who, there, pair)
    titles = {link.title for one in (who, there) for link in vectors.profiles[one].datasets}
    opening = opening_question(reasons, asked, titles)
    return Suggestion(vectors.profiles[there].id, pair.score, reasons, there == bridge, opening)
