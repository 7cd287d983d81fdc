"""The event's labels in figures: datasets, roles, publishers and organisations; never people."""

from collections import defaultdict

from flask import render_template

from matchmaker.recognition.roles import OTHER, ROLES
from matchmaker.services.credits import show_labels
from matchmaker.store.credits import endorsements, label_names
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


@organisers.get("/labels/figures")
def figures() -> str:
    """Show on one page what the event gave back: datasets with a name, by role, publisher and organisation."""
    _, labels = show_labels.of_event(session(), event().id)
    roles: dict[str, int] = defaultdict(int)
    places: dict[str, set[int]] = defaultdict(set)
    for dataset_id, label in labels.items():
        for line in label.lines:
            roles[line.role.id] += 1
            for entry in line.entries:
                if entry.organisation:
                    places[entry.organisation].add(dataset_id)
    return render_template(
        "organisers/credits/figures.html",
        event=event(),
        total=label_names.in_all(session()),
        thanks=endorsements.count_accepted(session(), event().id),
        thanked=sum(1 for label in labels.values() if label.thanks),
        roles=[
            ("Something else" if role.id == OTHER else role.label, roles[role.id])
            for role in ROLES.values()
            if roles[role.id]
        ],
        places=sorted(((name, len(ids)) for name, ids in places.items()), key=lambda one: one[0].casefold()),
        publishers=[one for one in label_names.by_publisher(session()) if one.named],
    )
