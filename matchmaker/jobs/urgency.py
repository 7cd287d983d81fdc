"""How urgent each kind of job is, and how much long work is done at once."""

from matchmaker.store.turns import Urgency

URGENCY = Urgency(
    awaited=frozenset(
        {
            "attendee-table",
            "claim-slips",
            "label-table",
            "lost-labels",
            "plan",
            "plan-table",
            "print",
            "print-everything",
            "print-labels",
            "read-upload",
            "what-if",
        }
    ),
    long=frozenset({"count-labels", "import-attendees", "import-catalogue", "rank-topics", "suggest"}),
)
"""Somebody sits at a page that waits for the first; the others take minutes where an event or catalogue is large."""


def long_at_once(workers: int) -> int:
    """Return how many long jobs so many workers do at once: of several, one is free for all others."""
    return max(1, workers - 1)
