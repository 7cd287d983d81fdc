"""Pages for the organisers of an event: people, imports, set-up, plans, printing and the desk."""

from flask import Blueprint

from matchmaker.web.access import for_organisers

organisers = Blueprint("organisers", __name__, url_prefix="/organise/<event>")
for_organisers(organisers)

from matchmaker.web.organisers import (  # noqa: E402, F401 - each module adds its routes
    attendance,
    catalogue,
    dataset,
    datasets,
    desk,
    editing,
    exclusions,
    figures,
    files,
    home,
    imports,
    invitations,
    jobs,
    label_sheets,
    labels,
    letters,
    lost_labels,
    merging,
    moderation,
    people,
    person,
    plan,
    plans,
    printing,
    publishing,
    rounds,
    setup,
    tables,
    unclaimed,
    wall,
)
