"""The roll-call: everybody by surname with a box to tick, a hundred on a sheet; for the door and a fire alarm."""

from collections.abc import Sequence

from matchmaker.documents.counts import plural
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.people import names
from matchmaker.documents.plans.stamp import Stamp

NAMES_A_SHEET = 100


def roll_call_sheets(people: Sequence[tuple[str, str]], stamp: Stamp) -> Sheets:
    """Make the roll-call of people, each a name and an organisation. Raises ValueError for nobody."""
    if not people:
        raise ValueError("There is nothing to print.")
    ordered = sorted(people, key=lambda one: (names.surname_key(one[0]), names.sort_key(one[1])))
    parts = [(names.in_two(name), organisation) for name, organisation in ordered]
    values = {
        "stamp": stamp.full,
        "key": f"{plural(len(people), 'person', 'people')}, by the word in bold.",
        "people": [
            {"before": name.before, "surname": name.surname, "organisation": organisation}
            for name, organisation in parts
        ],
    }
    return Sheets("roll_call", f"Roll-call for {stamp.event}", stamp.made_at, values)
