"""Let one person left over in a round join a pair, where all three agreed."""

from itertools import combinations

from matchmaker.scheduling.solver.model import Floats
from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.timetable import FREE, Timetable

CLOSE = 15
"""Partners of each person among whom trios are looked for."""

Worths = dict[int, int]
"""What a pair is worth, by key; pairs that may not meet are absent."""


def settle_trios(table: Timetable, partners: Partners, price: Floats) -> None:
    """Settle a good trio in each round that cannot seat everybody in pairs, before any pair is chosen.

    `price` (n,) is what a person's time is worth elsewhere. A trio's three pairs gain what they are worth, as far
    as their people could not have met anyway, and cost one meeting of each. People are in a second trio only where
    there is no other. O(people × CLOSE²).
    """
    free_in = table.open().sum(axis=1).tolist()
    without = set(range(table.model.rounds)) - _with_trio(table)
    waiting = [r for r in sorted(without) if free_in[r] > 2 * min(table.room[r], free_in[r] // 2)]
    found = _triangles(table, partners, price.tolist()) if waiting else []
    in_trio: set[int] = set()
    for again in (False, True):
        for _, trio in found:
            if not again and not in_trio.isdisjoint(trio):
                continue
            round_ = next((r for r in waiting if _fits(table, r, trio)), None)
            if round_ is not None and table.seat(round_, trio):
                table.settle(round_, trio, 0)
                in_trio.update(trio)
                waiting.remove(round_)


def _triangles(
    table: Timetable, partners: Partners, price: list[float]
) -> list[tuple[float, tuple[int, int, int]]]:
    """Return the gain of three people who may all meet, best first."""
    agreed = table.model.may_trio.tolist()
    near: list[dict[int, float]] = [{} for _ in agreed]
    for person in range(len(agreed)):
        if agreed[person]:
            gains = [
                (min(worth, price[person] + price[other]), other)
                for other, worth in partners.of(person)
                if agreed[other] and table.model.key(person, other) not in table.met
            ]
            gains.sort(key=lambda gain: (price[gain[1]] - gain[0], gain[1]))
            near[person] = {other: gain for gain, other in gains[:CLOSE]}
    found = []
    for a, others in enumerate(near):
        for b, c in combinations(sorted(others), 2):
            if c in near[b]:
                gain = others[b] + others[c] + near[b][c] - price[a] - price[b] - price[c]
                found.append((-gain, tuple(sorted((a, b, c)))))
    return [(-gain, (a, b, c)) for gain, (a, b, c) in sorted(set(found))]


def _fits(table: Timetable, round_: int, trio: tuple[int, int, int]) -> bool:
    free = table.room[round_] > 0 and all(table.at[round_][one] == FREE for one in trio)
    return free and not any(table.model.key(a, b) in table.met for a, b in combinations(trio, 2))


def _with_trio(table: Timetable) -> set[int]:
    """Return the rounds that have their trio."""
    return {round_ for round_, people, _ in table.settled if len(people) == 3}


def join(table: Timetable, worths: Worths, sat_out: list[int]) -> None:
    """Make at most one trio in each round for whoever is free there and has sat out most.

    Of the pairs they may join, none of whose members they meet elsewhere, takes the one that is worth most.
    """
    model = table.model
    for round_ in sorted(set(range(model.rounds)) - _with_trio(table)):
        row = table.at[round_]
        free = [one for one in range(model.people) if row[one] == FREE and model.may_trio[one]]
        for person in sorted(free, key=lambda one: -sat_out[one]):
            trio = _best(table, worths, round_, person)
            if trio is not None and table.seat(round_, trio):
                a, b, _ = trio
                table.remove(round_, a, b)
                table.settle(round_, trio, 0)
                sat_out[person] -= 1
                break


def _best(table: Timetable, worths: Worths, round_: int, person: int) -> tuple[int, int, int] | None:
    model, row, found = table.model, table.at[round_], []
    for a in range(model.people):
        b = row[a]
        if b <= a or not (model.may_trio[a] and model.may_trio[b]):
            continue
        keys = (model.key(person, a), model.key(person, b))
        if any(key in table.met or not allowed(table, worths, key) for key in keys):
            continue
        if table.table_for(round_, (a, b, person)) is not None:
            found.append((sum(worths.get(key, 0) for key in keys), a, b))
    if not found:
        return None
    _, a, b = max(found)
    return a, b, person


def allowed(table: Timetable, worths: Worths, key: int) -> bool:
    """Whether the rules let a pair meet at all."""
    return key in worths or table.model.fill and not table.model.is_banned(key)
