"""Keep what still holds of an earlier plan.

Every earlier meeting that the rules still allow is settled before anything else is planned, at its table if
that is still there. Only what no plan could keep is dropped: meetings that break a rule by themselves, and as
many more as a round is short of tables, or as somebody has over what their rests allow. So the change is the least
there can be. Meetings of still older versions come back where they are free. O(earlier meetings).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from matchmaker.scheduling.problem.parts import LockedMeeting
from matchmaker.scheduling.problem.plan import Changes, Meeting, Plan
from matchmaker.scheduling.solver.double import keep_doubles
from matchmaker.scheduling.solver.give_up import given_up
from matchmaker.scheduling.solver.model import Model, places_of
from matchmaker.scheduling.solver.timetable import FREE, Timetable


@dataclass
class KeptCounts:
    """How many meetings of an earlier plan stay, move to another table, or go.

    `before` is that plan where meetings of it made room for others; `least` of its meetings no plan could keep.
    """

    earlier: set[tuple[int, int, tuple[str, ...]]] = field(default_factory=set)
    moved: int = 0
    dropped: int = 0
    before: Plan | None = None
    least: int = 0

    def stays(self, meeting: Meeting) -> None:
        """Take note of an earlier meeting that stays as it was."""
        self.earlier.add((meeting.round, meeting.table, tuple(sorted(meeting.people))))

    def made_room(self, before: Plan) -> "KeptCounts":
        """Return these counts of the plan `before`, of which meetings have been given up that could have stayed."""
        return replace(self, before=before, least=self.moved + self.dropped)

    def changes(self, meetings: tuple[Meeting, ...]) -> Changes:
        """Return the difference between the earlier plan and `meetings`."""
        if self.before is not None:
            return _changes_of(self.before, meetings, self.least)
        kept = sum((one.round, one.table, tuple(sorted(one.people))) in self.earlier for one in meetings)
        added = len(meetings) - kept - self.moved
        return Changes(kept, self.moved, self.dropped, added, least=self.moved + self.dropped)


def _changes_of(earlier: Plan, meetings: tuple[Meeting, ...], least: int) -> Changes:
    """Return how `meetings` differ from `earlier`, of which no plan could keep `least` as they are."""
    were = {(one.round, tuple(sorted(one.people))): one.table for one in earlier.meetings}
    are = {(one.round, tuple(sorted(one.people))): one.table for one in meetings}
    kept = sum(are.get(key) == table for key, table in were.items())
    moved = len(were.keys() & are.keys()) - kept
    return Changes(kept, moved, len(were) - kept - moved, len(are) - kept - moved, least)


def settle_locked(table: Timetable, meetings: tuple[LockedMeeting, ...]) -> None:
    """Settle the meetings that are locked; the problem has made sure that the rules allow them together."""
    number = {person: i for i, person in enumerate(table.model.ids)}
    for meeting in meetings:
        table.settle(meeting.round - 1, tuple(number[one] for one in meeting.people), meeting.table)


def keep_meetings(table: Timetable, earlier: Plan) -> KeptCounts:
    """Settle in `table` all meetings of `earlier` that are still allowed beside those settled already."""
    model = table.model
    number = {person: i for i, person in enumerate(model.ids)}
    keep_doubles(table, earlier)
    listed = _listed(model, number, earlier)
    kept = KeptCounts()
    trios = {round_ for round_, people, _ in table.settled if len(people) == 3}
    fitting: list[tuple[Meeting, tuple[int, ...]]] = []
    for meeting, people in _beside_settled(table, number, earlier, kept):
        if _allowed(table, meeting.round - 1, people, listed, trios):
            fitting.append((meeting, people))
        else:
            kept.dropped += 1
    gone = given_up(table, [(meeting.round - 1, people) for meeting, people in fitting])
    elsewhere: list[tuple[int, tuple[int, ...]]] = []
    for meeting, people in fitting:
        round_ = meeting.round - 1
        if (round_, people) in gone or not _allowed(table, round_, people, listed, trios):
            kept.dropped += 1
            continue
        if len(people) == 3:
            trios.add(round_)
        if table.holds(round_, meeting.table, people):
            table.settle(round_, people, meeting.table)
            kept.stays(meeting)
        else:
            elsewhere.append((round_, people))
    _move(table, elsewhere, listed, kept)
    return kept


def _move(
    table: Timetable, elsewhere: list[tuple[int, tuple[int, ...]]], listed: set[int], kept: KeptCounts
) -> None:
    """Settle meetings whose table is lost at another, as far as there is one."""
    for round_, people in elsewhere:
        allowed = table.room[round_] > 0 and _allowed(table, round_, people, listed, set())
        if allowed and table.seat(round_, people):
            table.settle(round_, people, 0)
            kept.moved += 1
        else:
            kept.dropped += 1


def _beside_settled(
    table: Timetable, number: dict[str, int], earlier: Plan, kept: KeptCounts
) -> Iterator[tuple[Meeting, tuple[int, ...]]]:
    """Yield the earlier meetings of known people in known rounds, having taken note in `kept` of those that are
    settled already, and of those that are not yielded.
    """
    settled = {(round_, tuple(sorted(people))): at for round_, people, at in table.settled}
    for meeting in sorted(earlier.meetings, key=lambda one: (one.round, one.table, one.people)):
        people = tuple(sorted(number[one] for one in meeting.people if one in number))
        round_ = meeting.round - 1
        whole = len(people) == len(meeting.people) and 0 <= round_ < table.model.rounds
        if whole and (round_, people) in settled:
            if settled.pop((round_, people)) == meeting.table:
                kept.stays(meeting)
            else:
                kept.moved += 1
        elif whole:
            yield meeting, people
        else:
            kept.dropped += 1


def lock(table: Timetable, rounds: frozenset[int]) -> None:
    """Let nobody who is free in a locked round, numbered from 1, be given anything there."""
    for number in rounds:
        table.close(number - 1)


def _listed(model: Model, number: dict[str, int], earlier: Plan) -> set[int]:
    """Return the keys of the pairs of `earlier` that are listed."""
    meetings = [[number[one] for one in meeting.people if one in number] for meeting in earlier.meetings]
    keys = [model.key(a, b) for people in meetings for a, b in combinations(people, 2)]
    return set(model.keys[places_of(model.keys, np.array(keys, dtype=np.int64))].tolist())


def _allowed(
    table: Timetable, round_: int, people: tuple[int, ...], listed: set[int], trios: set[int]
) -> bool:
    """Whether the rules, tables aside, allow a meeting beside what is settled; `trios` are the rounds that
    have one.
    """
    model: Model = table.model
    row = table.at[round_]
    if not table.allows(round_, people):
        return False
    if (
        len(set(people)) != len(people)
        or len(people) not in (2, 3)
        or any(row[one] != FREE for one in people)
    ):
        return False
    if len(people) == 3 and (round_ in trios or not all(model.may_trio[one] for one in people)):
        return False
    for a, b in combinations(people, 2):
        key = model.key(a, b)
        if key in table.met or key not in listed and (not model.fill or model.is_banned(key)):
            return False
    return True
