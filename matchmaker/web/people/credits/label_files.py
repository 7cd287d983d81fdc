"""The label of a dataset as files: for a catalogue, a citation, a spreadsheet, a web page."""

from flask import Response, abort

from matchmaker.services.credits import show_labels
from matchmaker.web.label_files import KINDS, answer, public_pages
from matchmaker.web.people import people
from matchmaker.web.people.catalogue.dataset import find_dataset
from matchmaker.web.transaction import session


@people.get("/datasets/<dataset>/label/<kind>")
def label_file(dataset: str, kind: str) -> Response:
    """Give a dataset's label as a file; there is none while nobody is named."""
    found = find_dataset(dataset)
    labels = show_labels.inside(session(), [found.id])
    if kind not in KINDS or not labels[found.id].lines:
        abort(404)
    (one,) = show_labels.labelled([found], labels, public_pages([found]))
    return answer(KINDS[kind], one)
