"""Know that a plan has passed its check without checking it again on every page.

Whoever checks a plan and keeps it writes beside it a mark of what was checked. A page works out the mark of what it
has read: if the two are the same, nothing that the check looks at has changed since, and if not, it checks again.
"""

import hashlib
import json
from collections.abc import Collection, Iterable

from matchmaker.store.plans.new_meetings import NewMeeting
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.sittings import Sat
from matchmaker.store.plans.talks import NewTalk, Talk

Checked = tuple[int, int, float, tuple[int, ...]]
"""A meeting as the check sees it: the event's numbers of its round and table, its score, and its people."""

Talked = tuple[int, int, int, list[int]]
"""A talk as the check sees it: the event's numbers of its round and table, its topic, and its people."""


def note_passed(plan: Plan, meetings: Iterable[NewMeeting], talks: Iterable[NewTalk] = ()) -> None:
    """Write beside a plan that these meetings and talks, under its problem and with its certificate, have passed.

    To be called last, as a plan that gets another problem, certificate, rounds or tables loses the mark.
    """
    sat = ((one.round_number, one.table_number, one.score, one.people) for one in meetings)
    held = [(one.round_number, one.table_number, one.topic_id, sorted(one.people)) for one in talks]
    plan.passed = _mark(plan, sat, held, ())


def has_passed(plan: Plan, sat: Iterable[Sat], erased: Collection[int], talks: Iterable[Talk] = ()) -> bool:
    """Tell whether a plan with these meetings and talks is what has passed the check.

    `erased` are people in it who are gone. O(meetings), some thousand in a few milliseconds.
    """
    if not plan.passed:
        return False
    meetings = ((one.round_number, one.table_number, one.score, one.people) for one in sat)
    held = [
        (one.round_number, one.table_number, one.topic.id, sorted(seat.person_id for seat in one.seats))
        for one in talks
    ]
    return plan.passed == _mark(plan, meetings, held, erased)


def _mark(plan: Plan, meetings: Iterable[Checked], talks: list[Talked], erased: Collection[int]) -> str:
    everything: list[object] = [
        plan.rounds,
        plan.tables,
        sorted((number, table, float(score), sorted(people)) for number, table, score, people in meetings),
        sorted(erased),
    ]
    if talks:
        everything.append(sorted(talks))
    return hashlib.sha256(json.dumps(everything).encode()).hexdigest()
