"""Check the groups at host tables: each exists once, has its host, and has nobody who may not be in it."""

from collections.abc import Iterator
from itertools import combinations

from matchmaker.scheduling.checker.lookup import Fault, Lookup, place_faults
from matchmaker.scheduling.problem.plan import Group, Plan


def group_faults(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield what is wrong with the groups of a plan, and the host tables that have none."""
    asked = {(one.round, one.table): one for one in hall.host_tables}
    held = {(group.round, group.table): group for group in plan.groups}
    for place in sorted(asked.keys() - held.keys()):
        yield Fault(
            "host table", f"Round {place[0]}, table {place[1]}: there is no group at this host table."
        )
    for group in plan.groups:
        where = f"Round {group.round}, table {group.table}"
        one = asked.get((group.round, group.table))
        if one is None:
            yield Fault("host table", f"{where}: this is no host table.")
            continue
        yield from place_faults(hall, where, group.round, group.table, group.people)
        if group.host != one.host or not set(group.people) >= {one.host, *one.people}:
            yield Fault("host table", f"{where}: the host, or somebody who is named, is not in the group.")
        yield from _guest_faults(hall, where, group, one.seats, {one.host, *one.people, *one.interested})


def _guest_faults(hall: Lookup, where: str, group: Group, seats: int, may: set[str]) -> Iterator[Fault]:
    if len(group.people) > seats or len(set(group.people)) < len(group.people):
        yield Fault(
            "host table", f"{where}: {len(group.people)} people are there, or one twice; {seats} may be."
        )
    for person in group.people:
        if person not in may:
            yield Fault("host table", f"{where}: {person} is not among those interested.")
    for a, b in combinations(group.people, 2):
        if hall.never(frozenset((a, b))):
            yield Fault("forbidden", f"{where}: {a} and {b} must never meet.")
