"""Give each meeting a table: those tied to one first, and as many people as possible stay where they sat."""

from matchmaker.scheduling.timetable import Timetable

Group = tuple[int, ...]


def seat(
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
