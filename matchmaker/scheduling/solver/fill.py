"""Give people who are left over in a round somebody to meet, one round after another."""

from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.timetable import FREE, Timetable


def fill(table: Timetable, partners: Partners, sat_out: list[int]) -> None:
    """Pair people who are free in the same round, those who sit out most first, best partner first."""
    model = table.model
    for round_ in range(model.rounds):
        row = table.at[round_]
        free = [person for person in range(model.people) if row[person] == FREE]
        free.sort(key=lambda person: -sat_out[person])
        for person in free:
            if row[person] != FREE or table.room[round_] <= 0:
                continue
            partner = _partner(table, partners, round_, person, free)
            if partner is not None:
                table.add(round_, person, partner)
                sat_out[person] -= 1
                sat_out[partner] -= 1


def _partner(table: Timetable, partners: Partners, round_: int, person: int, free: list[int]) -> int | None:
    """Return the best free partner whom `person` may meet, having kept them a table."""
    row, met, model = table.at[round_], table.met, table.model
    for other, _ in partners.of(person):
        if row[other] == FREE and model.key(person, other) not in met and table.seat(round_, (person, other)):
            return other
    # The sort is stable: who is to be kept apart comes last.
    for other in sorted(free, key=lambda one: model.key(person, one) in model.apart) if model.fill else ():
        key = model.key(person, other)
        allowed = other != person and key not in met and key not in model.banned
        if allowed and row[other] == FREE and table.seat(round_, (person, other)):
            return other
    return None
