"""Weighing meetings made by hand: what each is worth and why the two should meet, as the planner would have it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from matchmaker.services.plans.hall import Pair, ordered
from matchmaker.store.base import JsonObject
from matchmaker.store.people import profiles
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Weighed:
    """Scores of pairs, from 0 to 1, and the reasons of meetings by the people in them."""

    scores: Mapping[Pair, float] = field(default_factory=dict)
    why: Mapping[frozenset[int], list[JsonObject]] = field(default_factory=dict)


def weigh(
    session: Session, event_id: int, meetings: Sequence[tuple[int, ...]], scored: Collection[Pair]
) -> Weighed:
    """Weigh meetings, leaving aside pairs that are `scored`; by words alone, without the sentence model.

    Two queries for all, none for no meeting. Whoever has no profile scores 0 and has no reason.
    """
    if not meetings:
        return Weighed()
    from matchmaker.matching.candidates import score_pairs  # noqa: PLC0415 - heavy: loads scipy
    from matchmaker.services.plans.solve_plan import reasons  # noqa: PLC0415

    known, catalogue = profiles.at_event(session, event_id), profiles.catalogue(session)
    profiled = {int(one.id) for one in known}
    pairs = sorted({ordered(a, b) for one in meetings for a, b in combinations(one, 2)} - set(scored))
    pairs = [pair for pair in pairs if profiled.issuperset(pair)]
    scores = score_pairs(known, [(str(a), str(b)) for a, b in pairs], catalogue) if pairs else []
    why = reasons(known, catalogue, [tuple(map(str, one)) for one in meetings])
    return Weighed(
        dict(zip(pairs, scores, strict=True)),
        {frozenset(one): found for one, found in zip(meetings, why, strict=True)},
    )
