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

Checked = tuple[int, int, float, tuple[int, ...]]
"""A meeting as the check sees it: the event's numbers of its round and table, its score, and its people."""


def note_passed(plan: Plan, meetings: Iterable[NewMeeting]) -> None:
    """Write beside a plan that these meetings, under its problem and with its certificate, have passed the check.

    To be called last, as a plan that gets another problem, certificate, rounds or tables loses the mark.
    """
    sat = ((one.round_number, one.table_number, one.score, one.people) for one in meetings)
    plan.passed = _mark(plan, sat, ())


def has_passed(plan: Plan, sat: Iterable[Sat], erased: Collection[int]) -> bool:
    """Tell whether a plan with these meetings is what has passed the check; `erased` are people in it who are gone.

    O(meetings), some thousand in a few milliseconds.
    """
    if not plan.passed:
        return False
    meetings = ((one.round_number, one.table_number, one.score, one.people) for one in sat)
    return plan.passed == _mark(plan, meetings, erased)


def _mark(plan: Plan, meetings: Iterable[Checked], erased: Collection[int]) -> str:
    everything = [
        plan.rounds,
        plan.tables,
        sorted((number, table, float(score), sorted(people)) for number, table, score, people in meetings),
        sorted(erased),
    ]
    return hashlib.sha256(json.dumps(everything).encode()).hexdigest()
