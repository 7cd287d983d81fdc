"""Give people who are left over in a round somebody to meet, one round after another."""

from matchmaker.scheduling.model import Model
from matchmaker.scheduling.timetable import FREE, Timetable

Neighbours = list[list[tuple[int, float]]]
"""For each person, those they may meet with the score, best first."""


def neighbours(model: Model) -> Neighbours:
    """Return everybody's possible partners, best first; O(pairs × log)."""
    lists: Neighbours = [[] for _ in range(model.people)]
    for a, b, score in zip(model.first.tolist(), model.second.tolist(), model.score.tolist(), strict=True):
        lists[a].append((b, score))
        lists[b].append((a, score))
    for one in lists:
        one.sort(key=lambda entry: -entry[1])
    return lists


def fill(table: Timetable, near: Neighbours, sat_out: list[int]) -> None:
    """Pair people who are free in the same round, those who sit out most first, best partner first."""
    model = table.model
    for round_ in range(model.rounds):
        row = table.at[round_]
        free = [person for person in range(model.people) if row[person] == FREE]
        free.sort(key=lambda person: -sat_out[person])
        for person in free:
            if row[person] != FREE or table.room[round_] <= 0:
                continue
            partner = _partner(table, near, round_, person, free)
            if partner is not None:
                table.add(round_, person, partner)
                sat_out[person] -= 1
                sat_out[partner] -= 1


def _partner(table: Timetable, near: Neighbours, round_: int, person: int, free: list[int]) -> int | None:
    """Return the best free partner whom `person` may meet, having kept them a table."""
    row, met, model = table.at[round_], table.met, table.model
    for other, _ in near[person]:
        if row[other] == FREE and model.key(person, other) not in met and table.seat(round_, (person, other)):
            return other
    for other in free if model.fill else ():
        key = model.key(person, other)
        allowed = other != person and key not in met and key not in model.banned
        if allowed and row[other] == FREE and table.seat(round_, (person, other)):
            return other
    return None
