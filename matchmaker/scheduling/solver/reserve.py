"""Keep a table in each round for people who must sit at one, or only at some.

Two people who need the same table cannot both meet others in one round. Which of them may is settled here,
before any pair is chosen, in fair turns; then every meeting that is planned afterwards has a table. Who got
none in a round may still be given one at the end, if it is left over.
"""

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


def reserve(table: Timetable) -> list[tuple[int, int]]:
    """Keep tables for as many tied people as there can be in each round, those with fewest turns so far
    first.

    Those left without one are marked as away; returns them as (round, person), for `unblock`. Bipartite
    matching by augmenting paths: O(tied × tables) for each round and person.
    """
    model = table.model
    turns = dict.fromkeys(model.tied, 0)
    blocked: list[tuple[int, int]] = []
    for round_ in range(model.rounds):
        taken = set(table.held[round_].values()) | table.taken[round_]
        holder: dict[int, int] = {}
        waiting = [person for person in model.tied if table.at[round_][person] == FREE]
        for person in sorted(waiting, key=lambda one: turns[one]):
            if _seat(table, round_, person, holder, taken, set()):
                turns[person] += 1
            else:
                table.at[round_][person] = AWAY
                blocked.append((round_, person))
        table.held[round_].update({person: number for number, person in holder.items()})
    return blocked


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
