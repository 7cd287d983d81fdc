"""Pages for anyone signed in: datasets, people, contributions and thanks."""

from flask import Blueprint

from matchmaker.web.access import for_people

people = Blueprint("people", __name__)
for_people(people)

from matchmaker.web.people import (  # noqa: E402, F401 - each module adds its routes
    contributions,
    dataset,
    datasets,
    label_files,
    missing_labels,
    notes,
    person,
    reporting,
    strangers,
    thanking,
    thanking_several,
    thanks,
)
