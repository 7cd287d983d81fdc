"""Pages for the organisers of an event: people, imports, set-up, plans, printing and the desk."""

from flask import Blueprint

from matchmaker.web.access import for_organisers

organisers = Blueprint("organisers", __name__, url_prefix="/organise/<event>")
for_organisers(organisers)

from matchmaker.web.organisers import files, jobs  # noqa: E402, F401 - adds its routes
from matchmaker.web.organisers.attendee_lists import imports  # noqa: E402, F401 - adds its routes
from matchmaker.web.organisers.catalogue import catalogue, dataset, datasets  # noqa: E402, F401 - adds its routes
from matchmaker.web.organisers.credits import (  # noqa: E402, F401 - adds its routes
    figures,
    label_sheets,
    labels,
    letters,
    lost_labels,
    moderation,
    unclaimed,
    wall,
)
from matchmaker.web.organisers.event import (  # noqa: E402, F401 - adds its routes
    day,
    home,
    places,
    poster,
    programme,
    progress,
    report,
    rounds,
    setup,
    tables,
    who_organises,
)
from matchmaker.web.organisers.people import (  # noqa: E402, F401 - adds its routes
    attendance,
    desk,
    exclusions,
    invitations,
    merge,
    needs,
    organisations,
    paper,
    people,
    person,
    several,
)
from matchmaker.web.organisers.plans import edit, plan, plans, print_sheets, publish, topics  # noqa: E402, F401 - adds its routes
