"""Settle in rounds what a joint choice says of trios, and of those who share tables or a helper.

All else is easily put into rounds around these few. Which round each is in is a small constraint program (`exact`):
as many as can be find one, and in as few rounds as can be somebody of all the others is left over.
"""

from collections.abc import Sequence

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.choice import Network
from matchmaker.scheduling.solver.joint import JointChoice, choose_jointly
from matchmaker.scheduling.solver.joint_rows import HallShape
from matchmaker.scheduling.solver.kinds import TableUse, kinds_of
from matchmaker.scheduling.solver.model import Bools
from matchmaker.scheduling.solver.shared_limits import sharing
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import FREE, Timetable


def joint_choice(table: Timetable, problem: Problem, network: Network) -> tuple[JointChoice, Bools] | None:
    """Return the best joint choice and who shares something (n,), where there is anything that only it knows."""
    groups = sharing(table, problem)
    if not groups and not network.trios:
        return None
    shape = HallShape(table.model.may_trio, table.open(), groups)
    choice = choose_jointly(network, shape)
    return None if choice is None else (choice, shape.shared)


def settle_jointly(
    table: Timetable, problem: Problem, network: Network, choice: JointChoice, shared: Bools,
    weights: Stakes, seed: int,
) -> None:  # fmt: skip
    """Settle the trios of a choice, and its pairs of whom one is among those who share something (n,)."""
    from matchmaker.scheduling.solver.exact import MOST_ENTRIES, Program  # noqa: PLC0415 - heavy: CP-SAT

    touch = choice.pairs & (shared[network.first] | shared[network.second])
    pairs = zip(network.first[touch].tolist(), network.second[touch].tolist(), strict=True)
    entries = list(_entries(table, [*choice.trios, *pairs]))
    if entries and len(entries) <= MOST_ENTRIES:
        others = (~shared).nonzero()[0].tolist()
        _settle(table, Program(table, problem, weights, entries).place(others, seed))


def _entries(table: Timetable, meetings: Sequence[tuple[int, ...]]) -> list[TableUse]:
    """Return every way in which these people can have their meeting."""
    found = []
    for round_, row in enumerate(table.at):
        kinds = kinds_of(table, round_, [one for one in table.model.tied if row[one] == FREE])
        for people in meetings:
            if all(row[one] == FREE for one in people):
                tied = [one for one in people if one in table.model.tied]
                fitting = [kind for kind in kinds if kind.issuperset(tied)] if tied else [None]
                found += [TableUse(round_, tuple(sorted(people)), kind, 0.0) for kind in fitting]
    return found


def _settle(table: Timetable, entries: Sequence[TableUse]) -> None:
    """Settle meetings at tables of their kinds."""
    for round_, row in enumerate(table.at):
        kinds = kinds_of(table, round_, [one for one in table.model.tied if row[one] == FREE])
        for entry in entries:
            if entry.round == round_:
                table.settle(round_, entry.people, kinds[entry.kind].pop() if entry.kind is not None else 0)
