"""What fields of forms and tables are called on pages, and their values in words, for who reads their own data."""

NAMES = {
    "access_needs": "What else I need in the hall",
    "arrives": "I arrive at",
    "ask_next_time": "Asked about the next event",
    "added_the_dataset": "You added the dataset",
    "bio": "What I work on",
    "counted_as": "Counted as from",
    "diet": "What I eat, and allergies",
    "fixed_table": "Always at table",
    "imported": "You imported",
    "in_directory": "In the directory of who comes",
    "kind": "What it was",
    "large_print": "I want my printed schedule in large print",
    "leaves": "I leave at",
    "made_plan": "You made plan",
    "meetings_in_a_row": "At most so many meetings in a row",
    "most_meetings": "At most so many meetings in the day",
    "named_somebody_for": "You named somebody for",
    "needs": "I need help with",
    "new_topic": "Add a topic",
    "next_step": "What next",
    "offers": "I can help with",
    "on_screen": "The screen in the hall may show me",
    "quiet": "I need a quiet table",
    "state": "How it stands",
    "step_free": "I need a table that can be reached without steps",
    "suggestible": "Suggested to others",
    "trio_ok": "I am happy to meet two people at once",
}
"""Name of a field → what its form calls it, where that is not the name itself."""

VALUES = {
    "state": {
        "accepted": "Accepted",
        "awaiting": "Waits for a yes",
        "cancelled": "Not coming any more",
        "claimed": "In your own words",
        "confirmed": "Coming",
        "declined": "Said no",
        "hidden": "Hidden",
        "invited": "Invited, not answered yet",
        "offered": "A place is offered",
        "pending": "Asked for a place",
        "pitched": "Pitched, not decided yet",
        "waiting": "On the waiting list",
        "withdrawn": "Taken back",
    },
    "counted_as": {"inside": "The host’s own organisation", "outside": "Another organisation"},
    "you_said": {
        "meet": "I’d like to meet",
        "not-for-me": "Not for me",
        "know": "We know each other",
        "block": "Blocked",
    },
    "kind": {
        "notice": "You were shown the privacy notice",
        "objection": "You objected",
        "consent": "You agreed",
        "withdrawal": "You took back what you had said",
        "organiser": "An organiser recorded whether you come",
    },
    "on_the_day": {"expected": "Expected", "here": "Here", "absent": "Not here"},
    "you_are": {
        "organiser": "You organise it",
        "helper": "You help at the desk",
        "reader": "You may look at its pages",
    },
    "decided": {
        "hidden": "You hid something",
        "restored": "You showed something again",
        "kept": "You left what was reported as it is",
        "agreed": "You noted a yes",
        "taken-off": "You took something off a label",
        "removed": "You removed something",
        "opened": "You opened the sealed thanks",
    },
    "useful": {"very": "Very", "somewhat": "Somewhat", "not": "Not really"},
    "you": {
        "uses": "You use it",
        "wants": "You want to use it",
        "stuck": "You are stuck on it",
        "host": "Its host",
    },
}
"""Name of a field → its values → what pages say for them."""


def name_in_words(field: str) -> str:
    """Return what a field is called.

    >>> [name_in_words(field) for field in ("bio", "job_title", "first_year")]
    ['What I work on', 'Job title', 'First year']
    """
    words = field.replace("_", " ")
    return NAMES.get(field, words[:1].upper() + words[1:])


def value_in_words(field: str, value: str) -> str:
    """Return a value of a field as pages say it; what has no words of its own stays as it is."""
    return VALUES.get(field, {}).get(value, value)
