"""Keep a table in each round for people who must sit at one, or only at some.

Two people who need the same table cannot both meet others in one round. Which of them may is settled here,
before any pair is chosen; then every meeting that is planned afterwards has a table. Who got
none in a round may still be given one at the end, if it is left over.
"""

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.fewest import Fewest
from matchmaker.scheduling.solver.share import Shared
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import AWAY, FREE, Timetable


def settle_wishes(table: Timetable) -> None:
    """Settle wished meetings of two people who both need the same thing in one round: a table, or a helper."""
    model = table.model
    for e in model.wished.nonzero()[0].tolist():
        a, b = int(model.first[e]), int(model.second[e])
        together = a in model.tied and b in model.tied or a in model.limits.sharing.get(b, ())
        if not together or model.key(a, b) in table.met:
            continue
        for round_ in sorted(range(model.rounds), key=lambda r: len(table.held[r])):
            row = table.at[round_]
            if row[a] == row[b] == FREE and table.room[round_] > 0 and table.seat(round_, (a, b)):
                table.settle(round_, (a, b), table.held[round_].get(a, table.held[round_].get(b, 0)))
                break


def reserve(
    table: Timetable, problem: Problem, weights: Stakes, fewest: Fewest, seed: int, *, sure: bool
) -> tuple[list[tuple[int, int]], Fewest]:
    """Keep a table in each round for everybody who is tied to some, or share tables out where there are too few.

    Those left without one are marked as away. Returns them as (round, person), for `unblock`, and the bound on the
    fewest meetings: lowered if nothing but rules was settled before (`sure`) and sharing
    out was proven to give no more. Bipartite matching by augmenting paths: O(tied × tables) for each round and
    person.
    """
    held = [_all_seated(table, round_) for round_ in range(table.model.rounds)]
    if None not in held:
        for round_, holder in enumerate(held):
            table.held[round_].update({person: number for number, person in (holder or {}).items()})
        return [], fewest
    bare = table.copy()
    shared, blocked = Shared(table, weights), list[tuple[int, int]]()
    for round_ in range(table.model.rounds):
        blocked += [(round_, person) for person in shared.share(round_, shared.waiting(round_))]
    if shared.fewest() < fewest.floor:
        again = Shared(bare, weights)
        solved = again.solve(problem, seed)
        unwished = not any(entry.wished for entry in again.all_entries())
        if sure and solved is not None and solved.proven and again.whole and unwished:
            tied = tuple(sorted(table.model.ids[one] for one in table.model.tied if one in fewest.able))
            fewest = fewest.solved(solved.fewest, tied)
        if solved is not None and solved.fewest > shared.fewest():
            blocked = again.take(solved.entries)
            table.held, table.settled, table.taken = bare.held, bare.settled, bare.taken
            table.at, table.room, table.met, table.busy = bare.at, bare.room, bare.met, bare.busy
    for round_, person in blocked:
        table.at[round_][person] = AWAY
    return blocked, fewest


def _all_seated(table: Timetable, round_: int) -> dict[int, int] | None:
    """Return who could have which table in a round, each one alone; None if there are too few."""
    waiting = [person for person in table.model.tied if table.at[round_][person] == FREE]
    taken = set(table.held[round_].values()) | table.taken[round_]
    holder: dict[int, int] = {}
    seated = all(_seat(table, round_, person, holder, taken, set()) for person in waiting)
    return holder if seated else None


def _seat(
    table: Timetable, round_: int, person: int, holder: dict[int, int], taken: set[int], tried: set[int]
) -> bool:
    """Give `person` a table, moving others who already have one to another of theirs if need be."""
    for number in sorted(table.model.tied[person]):
        if not table.model.has_table(round_, number) or number in taken or number in tried:
            continue
        tried.add(number)
        if number not in holder or _seat(table, round_, holder[number], holder, taken, tried):
            holder[number] = person
            return True
    return False


def unblock(table: Timetable, blocked: list[tuple[int, int]]) -> None:
    """Undo the marks that `reserve` left, and give up tables that were kept for nothing."""
    for round_, person in blocked:
        table.at[round_][person] = FREE
    table.release()


def seat_tied(table: Timetable) -> list[tuple[int, int]]:
    """Agree on one table where two tied people meet; takes out, and returns, the meetings for which there is
    none.
    """
    out: list[tuple[int, int]] = []
    tied = table.model.tied
    for round_, row in enumerate(table.at):
        for a in tied:
            b = row[a]
            if b in tied and a < b and not table.seat(round_, (a, b)):
                table.remove(round_, a, b)
                out.append((a, b))
    return out
