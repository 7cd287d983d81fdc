"""Give each meeting a table: those tied to one first, and as many people as possible stay where they sat."""

from itertools import combinations

import numpy as np

from matchmaker.scheduling.model import Model
from matchmaker.scheduling.plan import Meeting
from matchmaker.scheduling.timetable import Timetable

Group = tuple[int, ...]


def meetings_of(table: Timetable) -> tuple[Meeting, ...]:
    """Seat a timetable and return its meetings, by round and table."""
    model = table.model
    groups: list[list[Group]] = [[] for _ in range(model.rounds)]
    for r, a, b in table.pairs():
        groups[r].append((a, b))
    given: list[dict[int, Group]] = [{} for _ in range(model.rounds)]
    for r, people, number in table.settled:
        if number:
            given[r][number] = people
        else:
            groups[r].append(people)
    seated = _seat(table, groups, given)
    scores = _scores(model, [people for tables in seated for _, people in tables])
    meetings = []
    for r, tables in enumerate(seated):
        for number, people in tables:
            names = tuple(sorted(model.ids[one] for one in people))
            meetings.append(Meeting(r + 1, number, names, scores[people]))
    return tuple(meetings)


def _scores(model: Model, groups: list[Group]) -> dict[Group, float]:
    """Return the score of each group: the sum over its pairs."""
    scores = dict.fromkeys(groups, 0.0)
    if not groups or not len(model.keys):
        return scores
    pairs = [(group, model.key(a, b)) for group in groups for a, b in combinations(group, 2)]
    wanted = np.array([key for _, key in pairs], dtype=np.int64)
    places = np.minimum(np.searchsorted(model.keys, wanted), len(model.keys) - 1)
    found = np.where(model.keys[places] == wanted, model.score[places], 0.0)
    for (group, _), score in zip(pairs, found.tolist(), strict=True):
        scores[group] += score
    return scores


def _seat(
    table: Timetable, groups: list[list[Group]], given: list[dict[int, Group]]
) -> list[list[tuple[int, Group]]]:
    """Return the meetings of each round as (table, people), in order of table.

    `groups` holds the meetings to seat in each round, `given` those whose table is settled, by table. Seating
    follows the tables of the round before: a meeting takes the old table of one of its people if it still
    can. O(seats).
    """
    model = table.model
    sat: dict[int, int] = {}
    seated: list[list[tuple[int, Group]]] = []
    for round_, meetings in enumerate(groups):
        used = set(given[round_])
        placed = list(given[round_].items())
        rest: list[Group] = []
        for people in meetings:
            kept = next((table.held[round_][one] for one in people if one in table.held[round_]), None)
            if kept is None:
                rest.append(people)
            else:
                used.add(kept)
                placed.append((kept, people))
        waiting: list[Group] = []
        for people in rest:
            old = next(
                (sat[one] for one in people if one in sat and _open(sat[one], used, model.tables[round_])),
                None,
            )
            if old is None:
                waiting.append(people)
            else:
                used.add(old)
                placed.append((old, people))
        numbers = (number for number in range(1, int(model.tables[round_]) + 1) if number not in used)
        placed += zip(numbers, waiting, strict=False)
        sat.update({one: number for number, people in placed for one in people})
        seated.append(sorted(placed))
    return seated


def _open(number: int, used: set[int], tables: int) -> bool:
    return number not in used and number <= tables
