"""Whom each person should meet, and why: the whole way from profiles to lists."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchmaker.matching.candidates import scored_pairs
from matchmaker.matching.choose import choose
from matchmaker.matching.openings import opening_question
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.reasons import Explained, Reason, explain
from matchmaker.matching.rules import Rules
from matchmaker.matching.scores import Weights
from matchmaker.matching.vectors import Meaning, Vectors, vectorise

__all__ = ["Reason", "Suggestion", "suggest"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed introduction: to whom, how good it is, why, and how to start.

    `score` is in [0, 1] and the same from both sides; at 0 there are no reasons, and the suggestion only says
    that nobody should be left alone. `bridge` marks somebody from further away. `opening` is a question to
    start with.
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

    Left out, whichever of the two said so: `not_with`, `knows`, and people of one team. Nobody is on more
    than 1.5 times as many lists as there are places in one; everybody gets as many suggestions as the rules
    allow, also those of whom nothing is known. `catalogue` makes the model's sense of what is rare better; it
    adds no suggestion. `meaning` is a sentence model such as `meaning.load()` gives.

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
    vectors = vectorise(profiles, catalogue, meaning)
    rules = Rules.of(vectors, strangers_only=True)
    lists = choose(vectors, scored_pairs(vectors, rules, at_least=5 * top), rules, top)
    people = len(vectors.profiles)
    wanted = sorted({(min(who, one), max(who, one)) for who, mine in enumerate(lists.chosen) for one in mine})
    places = np.asarray(wanted, dtype=np.intp).reshape(-1, 2)
    explained = dict(zip(wanted, explain(vectors, places[:, 0], places[:, 1], Weights()), strict=True))
    found: dict[str, tuple[Suggestion, ...]] = {}
    for who, person in enumerate(vectors.profiles):
        mine = [
            (
                suggestion(
                    vectors, who, there, explained[min(who, there), max(who, there)], lists.bridges[who]
                ),
                there,
            )
            for there in lists.chosen[who]
        ]
        mine.sort(key=lambda one: (-one[0].score, (one[1] - who) % people))  # noqa: B023 - used at once
        found[person.id] = tuple(one for one, _ in mine)
    return found


def suggestion(vectors: Vectors, who: int, there: int, pair: Explained, bridge: int) -> Suggestion:
    """Return the suggestion of `there` as `who` reads it, from the pair explained to whoever stands first."""
    reasons = pair.reasons if who < there else pair.for_other()
    is_bridge = there == bridge and pair.score > 0
    return Suggestion(vectors.profiles[there].id, pair.score, reasons, is_bridge, opening_question(reasons))
