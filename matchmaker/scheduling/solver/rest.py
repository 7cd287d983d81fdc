"""Take rounds out beforehand for those who need rests, or share a helper, so that no choice can break a limit.

Who is taken out of a round is marked as away and may still be given something there in the end, if what the
others do allows it.
"""

from matchmaker.scheduling.solver.timetable import AWAY, FREE, Timetable

CROWD = 1000
"""What one more rest weighs against everybody else's rests in that round."""


def take_rests(table: Timetable) -> list[tuple[int, int]]:
    """Take out as few rounds as can be of people who meet only so often in a row, each where fewest rest.

    Returns them as (round, person), for `unblock`. O(rounds × limit) for each person.
    """
    limits, resting = table.model.limits, [0] * table.model.rounds
    out: list[tuple[int, int]] = []
    for person, limit in limits.in_a_row.items():
        for stretch in limits.stretches:
            for round_ in _rests(table, person, limit, stretch, resting):
                table.at[round_][person] = AWAY
                resting[round_] += 1
                out.append((round_, person))
    return out


def _rests(table: Timetable, person: int, limit: int, stretch: range, resting: list[int]) -> list[int]:
    """Return the rounds of a stretch to take out: a shortest path over (round, meetings in a row so far)."""
    best: dict[int, tuple[int, list[int]]] = {0: (0, [])}
    for round_ in stretch:
        free = table.at[round_][person] == FREE
        if not free and (round_, person) not in table.busy:
            best = {0: min(best.values())}
            continue
        following = {row + 1: ways for row, ways in best.items() if row < limit}
        if free:
            cost, rests = min(best.values())
            following[0] = (cost + CROWD + resting[round_], [*rests, round_])
        best = following
    return min(best.values())[1]


def take_turns(table: Timetable) -> list[tuple[int, int]]:
    """Let one person, or two who may meet each other, of all who share a helper have a meeting in each round.

    Two who meet are settled at once, as that gives both a turn; otherwise those come first who have
    fewest meetings, talks and turns. The others are taken out of the round; returns them as (round, person), for
    `unblock`. O(rounds × people who share²).
    """
    model = table.model
    sharing, had = model.limits.sharing, table.had().tolist()
    turns = {person: had[person] for person in sharing}
    worth = _worths(table)
    out: list[tuple[int, int]] = []
    for round_ in range(model.rounds):
        row = table.at[round_]
        taken = {person for person in sharing if (round_, person) in table.busy}
        waiting = sorted((person for person in sharing if row[person] == FREE), key=turns.__getitem__)
        for person in waiting:
            if row[person] != FREE or not taken.isdisjoint(sharing[person]):
                continue
            free = [one for one in waiting if one not in taken and taken.isdisjoint(sharing[one])]
            other = _together(table, round_, person, free, worth)
            if other is not None:
                held = table.held[round_]
                table.settle(round_, (person, other), held.get(person, held.get(other, 0)))
                turns[other] += 1
                taken.add(other)
            turns[person] += 1
            taken.add(person)
        for person in waiting:
            if row[person] == FREE and person not in taken:
                row[person] = AWAY
                out.append((round_, person))
    return out


def _worths(table: Timetable) -> dict[tuple[int, int], tuple[bool, float]]:
    """Return what pairs who share a helper are worth to one another: a wish first, then the score."""
    model, sharing = table.model, table.model.limits.sharing
    found = {}
    if sharing:
        both = [
            one in sharing and other in sharing[one]
            for one, other in zip(model.first.tolist(), model.second.tolist(), strict=True)
        ]
        for e, chosen in enumerate(both):
            if chosen:
                pair = (int(model.first[e]), int(model.second[e]))
                found[pair] = found[pair[::-1]] = (bool(model.wished[e]), float(model.score[e]))
    return found


def _together(
    table: Timetable,
    round_: int,
    person: int,
    waiting: list[int],
    worth: dict[tuple[int, int], tuple[bool, float]],
) -> int | None:
    """Return the best of those `waiting` whom `person` may meet at one table, having kept them one."""
    model, row = table.model, table.at[round_]
    mates = [
        one
        for one in waiting
        if (person, one) in worth and row[one] == FREE and model.key(person, one) not in table.met
    ]
    for one in sorted(mates, key=lambda mate: worth[person, mate], reverse=True):
        if table.room[round_] > 0 and table.seat(round_, (person, one)):
            return one
    return None
