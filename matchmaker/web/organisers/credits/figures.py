"""The event's labels in figures: datasets, roles, publishers and organisations; never people."""

from flask import render_template

from matchmaker.recognition.roles import OTHER, ROLES
from matchmaker.store.credits import endorsements, label_names, labelled_datasets
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


@organisers.get("/labels/figures")
def figures() -> str:
    """Show on one page what the event gave back: datasets with a name, by role, publisher and organisation."""
    roles = labelled_datasets.by_role(session(), event().id)
    places = labelled_datasets.by_organisation(session(), event().id)
    return render_template(
        "organisers/credits/figures.html",
        event=event(),
        total=label_names.in_all(session()),
        thanks=endorsements.count_accepted(session(), event().id),
        thanked=labelled_datasets.count_thanked(session(), event().id),
        roles=[
            ("Something else" if role.id == OTHER else role.label, roles[role.id])
            for role in ROLES.values()
            if role.id in roles
        ],
        places=sorted(places, key=lambda one: one[0].casefold()),
        publishers=[one for one in label_names.by_publisher(session()) if one.named],
    )
