"""Count whom of another pool everybody meets, and say who meets fewer than they should."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from matchmaker.scheduling.checker.hall import Lookup
from matchmaker.scheduling.problem.plan import Plan


def too_few(hall: Lookup, plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the people who meet too few of another pool, with the words for it.

    Those met today count, and nobody should meet more than they have meetings, or people they may meet.
    """
    if hall.mixing is None:
        return
    today = _strangers(hall, hall.met)
    held = {frozenset(pair) for meeting in plan.meetings for pair in combinations(meeting.people, 2)}
    planned = _strangers(hall, held - hall.met)
    never = _strangers(hall, hall.forbidden | hall.met)
    if hall.fill:
        pools = Counter(pool for pool in hall.pool.values() if pool is not None)
        all_ = sum(pools.values())
        possible = {
            one: all_ - pools[pool] - never[one] for one, pool in hall.pool.items() if pool is not None
        }
    else:
        possible = _strangers(hall, set(hall.listed) - hall.forbidden - hall.met)
    for one in sorted(one for one, pool in hall.pool.items() if pool is not None):
        target = min(hall.mixing.least, today[one] + min(hall.reach(one), possible[one]))
        if today[one] + planned[one] < target:
            yield one, f"{one} meets {today[one] + planned[one]} of {target} people of another pool."


def _strangers(hall: Lookup, pairs: Iterable[frozenset[str]]) -> Counter[str]:
    """Return how many of `pairs` bring each person together with somebody of another pool."""
    pools = ((pair, {hall.pool.get(one) for one in pair}) for pair in pairs)
    return Counter(one for pair, both in pools if len(both) == 2 and None not in both for one in pair)
