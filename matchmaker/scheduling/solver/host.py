"""Fill host tables: small groups that sit together at a topic table for a round, in the same plan as the meetings.

Who is named is there; guests are taken in fair turns from those who are interested, before any pair is chosen, so
that their pairs are planned around it. A seat at a host table counts as a meeting of that person for fairness and
rests, and of no pair. O(host tables × interested).
"""

from matchmaker.scheduling.problem.plan import Group, Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.timetable import FREE, Timetable


def settle_hosts(table: Timetable, problem: Problem) -> None:
    """Seat the hosts, and who is named beside them; the problem has made sure that the rules allow it."""
    number = {person: i for i, person in enumerate(table.model.ids)}
    for one in problem.host_tables:
        table.host(one.round - 1, tuple(number[person] for person in one.sure), one.table)


def seat_guests(table: Timetable, problem: Problem, earlier: Plan | None) -> None:
    """Give free seats at host tables to those interested, one each in turn to whoever has had fewest.

    With an `earlier` plan, only to those who had that seat there.
    """
    if not problem.host_tables:
        return
    model = table.model
    number = {person: i for i, person in enumerate(model.ids)}
    sat = {(group.round, group.table): group.people for group in earlier.groups} if earlier else {}
    forbidden = {model.key(number[a], number[b]) for a, b in problem.forbidden}
    turns = dict.fromkeys(range(table.model.people), 0)
    for _, people, _ in table.groups:
        for person in people:
            turns[person] += 1
    for which, one in enumerate(problem.host_tables):
        # A round that is locked only keeps what it had.
        open_ = earlier is not None or one.round not in problem.locked
        names = one.interested if earlier is None else sat.get((one.round, one.table), ())
        guests = [number[person] for person in names if person in one.interested and open_]
        for person in sorted(dict.fromkeys(guests), key=turns.__getitem__):
            if len(table.groups[which][1]) < one.seats and _suits(table, which, person, forbidden):
                table.join_group(which, person)
                turns[person] += 1


def _suits(table: Timetable, which: int, person: int, forbidden: set[int]) -> bool:
    """Whether the rules allow a person to join a group."""
    round_, people, number = table.groups[which]
    keys = [table.model.key(person, other) for other in people]
    return (
        table.at[round_][person] == FREE
        and number in table.model.tied.get(person, (number,))
        and forbidden.isdisjoint(keys)
        and not any(table.model.kin.forbids_one(*divmod(key, table.model.people), key) for key in keys)
        and table.allows(round_, (*people, person))
    )


def groups_of(table: Timetable, problem: Problem) -> tuple[Group, ...]:
    """Return the groups at host tables, by round and table."""
    ids = table.model.ids
    groups = [
        Group(one.round, one.table, one.host, tuple(sorted(ids[person] for person in people)))
        for one, (_, people, _) in zip(problem.host_tables, table.groups, strict=True)
    ]
    return tuple(sorted(groups, key=lambda group: (group.round, group.table)))
