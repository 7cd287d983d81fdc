"""Settle meetings that take two rounds in a row at one table, before any other pair is chosen.

Which are worth their two rounds is read off the prices of people's time at the optimum of all other meetings;
those that both sides asked for come first, whatever they cost. O(pairs of two rounds' length × rounds × tables).
"""

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.solver.left_to_choose import left_to_choose
from matchmaker.scheduling.solver.prices import priced
from matchmaker.scheduling.solver.stakes import APART, Stakes
from matchmaker.scheduling.solver.timetable import FREE, Timetable


def settle_doubles(table: Timetable, weights: Stakes) -> None:
    """Settle the double meetings that were wished for, then those that gain more than two rounds of others do."""
    model = table.model
    waiting = {key: double for key, double in model.doubles.items() if key not in table.met}
    if not waiting:
        return
    price = priced(left_to_choose(table, weights)[0]).price
    gains = []
    for key, double in waiting.items():
        a, b = divmod(key, model.people)
        gain = (double.score - APART * double.reluctant) * weights.scale
        if price is not None:
            gain -= 2 * (price.person[a] + price.person[b])
        if double.wished or gain >= 0:
            gains.append((not double.wished, -gain, key))
    for _, _, key in sorted(gains):
        a, b = divmod(key, model.people)
        for round_ in sorted(range(model.rounds - 1), key=lambda r: -min(table.room[r : r + 2])):
            if _settle(table, round_, (a, b), 0):
                break


def keep_doubles(table: Timetable, earlier: Plan) -> None:
    """Settle the double meetings of `earlier` that are still allowed, at their table if that is still there."""
    model = table.model
    number = {person: i for i, person in enumerate(model.ids)}
    seen: dict[int, list[tuple[int, int]]] = {}
    for meeting in earlier.meetings if model.doubles else ():
        people = [number[one] for one in meeting.people if one in number]
        if len(people) == len(meeting.people) == 2 and model.key(*people) in model.doubles:
            seen.setdefault(model.key(*people), []).append((meeting.round - 1, meeting.table))
    for key, places in sorted(seen.items()):
        round_, at = min(places)
        pair = divmod(key, model.people)
        # One of no second round, or a second that is elsewhere, is no double meeting any more.
        if key not in table.met and sorted(places) == [(round_, at), (round_ + 1, at)]:
            _settle(table, round_, pair, at) or _settle(table, round_, pair, 0)


def _settle(table: Timetable, round_: int, pair: tuple[int, int], at: int) -> bool:
    """Settle a pair in a round and the next, at one table (any if `at` is 0); False if the rules forbid it."""
    model = table.model
    both = (round_, round_ + 1)
    if not any(set(both) <= set(stretch) for stretch in model.limits.stretches):
        return False
    if any(table.at[r][one] != FREE for r in both for one in pair) or min(table.room[r] for r in both) <= 0:
        return False
    if not table.allows(round_, pair) or not _allows_next(table, round_, pair):
        return False
    tables = [at] if at else range(1, min(map(model.last_table, both)) + 1)
    usable = (number for number in tables if all(_is_open(table, r, number, pair) for r in both))
    wanted = frozenset[int]().union(*model.tied.values())
    chosen = min(usable, key=lambda number: number in wanted, default=0)
    for r in both if chosen else ():
        table.settle(r, pair, chosen)
    return chosen > 0


def _allows_next(table: Timetable, round_: int, pair: tuple[int, int]) -> bool:
    """Whether the limits of a pair who meet in a round allow them to meet in the next too."""
    added = {(round_, one) for one in pair} - table.busy
    table.busy |= added
    allowed = table.allows(round_ + 1, pair)
    table.busy -= added
    return allowed


def _is_open(table: Timetable, round_: int, number: int, pair: tuple[int, int]) -> bool:
    """Whether a table is free for a pair in a round."""
    model = table.model
    suits = all(number in model.tied.get(one, (number,)) for one in pair)
    others = {held for person, held in table.held[round_].items() if person not in pair}
    return (
        suits
        and model.has_table(round_, number)
        and number not in table.taken[round_]
        and number not in others
    )
