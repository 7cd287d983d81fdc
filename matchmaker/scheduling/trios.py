"""Let one person left over in a round join a pair, where all three agreed."""

from matchmaker.scheduling.timetable import FREE, Timetable

Scores = dict[int, float]
"""Score by pair key; pairs that may not meet are absent."""


def join(table: Timetable, scores: Scores, sat_out: list[int]) -> None:
    """Make at most one trio in each round for whoever is free there and has sat out most.

    Of the pairs they may join, none of whose members they meet elsewhere, takes the best by score.
    """
    model = table.model
    for round_ in range(model.rounds):
        if any(r == round_ and len(people) == 3 for r, people, _ in table.settled):
            continue
        row = table.at[round_]
        free = [one for one in range(model.people) if row[one] == FREE and model.may_trio[one]]
        for person in sorted(free, key=lambda one: -sat_out[one]):
            trio = _best(table, scores, round_, person)
            if trio is not None and table.seat(round_, trio):
                a, b, _ = trio
                table.remove(round_, a, b)
                table.settle(round_, trio, 0)
                sat_out[person] -= 1
                break


def _best(table: Timetable, scores: Scores, round_: int, person: int) -> tuple[int, int, int] | None:
    model, row, found = table.model, table.at[round_], []
    for a in range(model.people):
        b = row[a]
        if b <= a or not (model.may_trio[a] and model.may_trio[b]):
            continue
        keys = (model.key(person, a), model.key(person, b))
        if any(key in table.met or not allowed(table, scores, key) for key in keys):
            continue
        if table.table_for(round_, (a, b, person)) is not None:
            found.append((sum(scores.get(key, 0.0) for key in keys), a, b))
    if not found:
        return None
    _, a, b = max(found)
    return a, b, person


def allowed(table: Timetable, scores: Scores, key: int) -> bool:
    """Whether the rules let a pair meet at all."""
    return key in scores or table.model.fill and key not in table.model.banned
