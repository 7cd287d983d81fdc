"""Verify what the certificate of a plan claims, as far as that can be done without solving."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from matchmaker.scheduling.checker.fewest import fewest_faults
from matchmaker.scheduling.checker.lookup import TOLERANCE, Fault, Lookup
from matchmaker.scheduling.checker.talks import star_claims
from matchmaker.scheduling.problem.plan import Plan, Unmet


def claims(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield the claims of the certificate that are not true."""
    claimed = plan.certificate
    total = math.fsum(meeting.score for meeting in plan.meetings)
    if not math.isclose(total, claimed.total, abs_tol=TOLERANCE):
        yield Fault("total", f"The scores add up to {total:g}, not {claimed.total:g}.")
    for name, words in (("bound", "any plan"), ("fair_bound", "any plan as fair")):
        bound = getattr(claimed, name)
        if not total <= bound + TOLERANCE:
            yield Fault(name, f"The total, {total:g}, is more than the bound on {words}, {bound:g}.")
    ratio = claimed.total / claimed.fair_bound if claimed.fair_bound else 1.0
    if not math.isclose(ratio, claimed.ratio, abs_tol=TOLERANCE):
        yield Fault(
            "ratio", f"The total is {ratio:g} of the bound on any plan as fair, not {claimed.ratio:g}."
        )
    yield from _fairness_claims(hall, plan)
    yield from star_claims(hall, plan)
    yield from fewest_faults(hall, plan)
    yield from _wish_claims(hall, plan)
    yield from _gave_way_claims(hall, plan)


def _fairness_claims(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    met = Counter(person for held in (*plan.held, *plan.talks) for person in held.people)
    there = [person for person, rounds in hall.there.items() if rounds]
    fewest = min((met[person] for person in there if person not in hall.rests), default=0)
    if fewest != plan.certificate.fewest_meetings:
        words = f"The fewest meetings anybody has is {fewest}, not {plan.certificate.fewest_meetings}."
        yield Fault("fewest meetings", words)
    twice = sum(hall.reach(person) - met[person] >= 2 for person in there)
    if twice != plan.certificate.double_sit_outs:
        words = (
            f"The people who sit out twice or more number {twice}, not {plan.certificate.double_sit_outs}."
        )
        yield Fault("double sit-outs", words)


def _wish_claims(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    met = {frozenset(pair) for meeting in plan.meetings for pair in combinations(meeting.people, 2)}
    listed = Counter(frozenset(unmet.people) for unmet in plan.certificate.unmet)
    for pair in sorted(hall.wanted - met - set(listed), key=sorted):
        yield Fault(
            "unmet", f"{' and '.join(sorted(pair))} both asked and do not meet; the certificate is silent."
        )
    for unmet in plan.certificate.unmet:
        pair = frozenset(unmet.people)
        names = " and ".join(unmet.people)
        if pair not in hall.wanted or listed[pair] > 1:
            yield Fault("unmet", f"The certificate lists {names}, who did not both ask, or lists them twice.")
        elif pair in met:
            yield Fault("unmet", f"The certificate says that {names} do not meet, but they do.")
        else:
            yield from _false_reason(hall, plan, unmet)


def _false_reason(hall: Lookup, plan: Plan, unmet: Unmet) -> Iterator[Fault]:
    """Yield a fault where a reason makes a claim that does not hold. "No place found" claims nothing."""
    pair, because = frozenset(unmet.people), unmet.because
    common = frozenset.intersection(*(frozenset(hall.there[person]) for person in unmet.people))
    if "must never meet" in because:
        true = hall.never(pair)
    elif "have met already" in because:
        true = pair in hall.met
    elif "never there together" in because:
        true = not common
    elif "no table" in because:
        true = not any(hall.could_sit(unmet.people, number) for number in common)
    elif "is full of meetings both asked for" in because:
        true = any(
            person in because and _full_of_wishes(hall, plan, person, common) for person in unmet.people
        )
    else:
        true = because.startswith("No place found")
    if not true:
        yield Fault(
            "reason", f"The reason why {' and '.join(unmet.people)} do not meet is not true: {because}"
        )


def _full_of_wishes(hall: Lookup, plan: Plan, person: str, rounds: frozenset[int]) -> bool:
    """Whether each of `rounds` holds a meeting of `person` that both sides asked for."""
    granted = {
        meeting.round
        for meeting in plan.meetings
        if person in meeting.people
        and any(frozenset(pair) in hall.wanted for pair in combinations(meeting.people, 2) if person in pair)
    }
    return rounds <= granted


def _gave_way_claims(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield what gave way and is not listed, and what is listed and did not."""
    claimed = Counter((tuple(sorted(one.people)), one.because) for one in plan.certificate.gave_way)
    true = set(_what_gave_way(hall, plan))
    for people, because in sorted(true - set(claimed)):
        yield Fault("gave way", f"The certificate is silent on {' and '.join(people)}: {because}")
    for (people, because), times in sorted(claimed.items()):
        if (people, because) not in true or times > 1:
            words = f"The certificate says of {' and '.join(people)} what is not true, or says it twice: {because}"
            yield Fault("gave way", words)


def _what_gave_way(hall: Lookup, plan: Plan) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the people for whom a goal below fairness gave way, in order of id, with the words for it."""
    for meeting in plan.meetings:
        for a, b in combinations(sorted(meeting.people), 2):
            if hall.rather_not(frozenset((a, b))):
                yield (a, b), f"{a} and {b} meet although they are to be kept apart."
            elif frozenset((a, b)) in hall.met_before:
                yield (a, b), f"{a} and {b} met at an earlier event and meet again."
    for one, words in _too_few(hall, plan):
        yield (one,), words


def _too_few(hall: Lookup, plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the people who meet too few of another pool, with the words for it.

    Those met today count, and nobody should meet more than they have meetings, or people they may meet.
    """
    if hall.mixing is None:
        return
    today = _strangers(hall, hall.met)
    held = {frozenset(pair) for meeting in plan.meetings for pair in combinations(meeting.people, 2)}
    planned = _strangers(hall, held - hall.met)
    never = _strangers(hall, hall.forbidden | hall.met | _kin(hall))
    if hall.fill:
        pools = Counter(pool for pool in hall.pool.values() if pool is not None)
        all_ = sum(pools.values())
        possible = {
            one: all_ - pools[pool] - never[one] for one, pool in hall.pool.items() if pool is not None
        }
    else:
        possible = _strangers(hall, {pair for pair in hall.listed if not hall.never(pair)} - hall.met)
    for one in sorted(one for one, pool in hall.pool.items() if pool is not None):
        target = min(hall.mixing.least, today[one] + min(hall.reach(one), possible[one]))
        if today[one] + planned[one] < target:
            yield one, f"{one} meets {today[one] + planned[one]} of {target} people of another pool."


def _kin(hall: Lookup) -> set[frozenset[str]]:
    """Return the pairs of two pools of whom no two meet, for the groups they are of."""
    pairs = {frozenset(pair) for group in hall.kin for pair in combinations(group.people, 2)}
    return {pair for pair in pairs if len({hall.pool.get(one) for one in pair}) == 2 and hall.never(pair)}


def _strangers(hall: Lookup, pairs: Iterable[frozenset[str]]) -> Counter[str]:
    """Return how many of `pairs` bring each person together with somebody of another pool."""
    pools = ((pair, {hall.pool.get(one) for one in pair}) for pair in pairs)
    return Counter(one for pair, both in pools if len(both) == 2 and None not in both for one in pair)
