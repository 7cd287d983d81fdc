"""Faults to break the product with, by subject."""

from benchmarks.faults import (
    attendee_lists,
    catalogue,
    credits,
    event,
    matching,
    people,
    planning_again,
    plans,
    scheduling,
    suggestions,
)

FAULTS = (
    *attendee_lists.FAULTS,
    *catalogue.FAULTS,
    *credits.FAULTS,
    *event.FAULTS,
    *matching.FAULTS,
    *people.FAULTS,
    *planning_again.FAULTS,
    *plans.FAULTS,
    *scheduling.FAULTS,
    *suggestions.FAULTS,
)
"""All of them."""
