"""Pages for anyone signed in: datasets, people, contributions and thanks."""

from flask import Blueprint

from matchmaker.web.access import for_people

people = Blueprint("people", __name__)
for_people(people)

from matchmaker.web.people import mine, new_event, person, signed_in, unsent  # noqa: E402, F401 - adds its routes
from matchmaker.web.people.catalogue import dataset, datasets  # noqa: E402, F401 - adds its routes
from matchmaker.web.people.credits import (  # noqa: E402, F401 - adds its routes
    contributions,
    label_files,
    missing_labels,
    notes,
    report,
    strangers,
    thank,
    thank_several,
    thanks,
)
