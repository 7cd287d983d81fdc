"""The label of a dataset as files: for a catalogue, a citation, a spreadsheet, a web page."""

from flask import Response, abort

from matchmaker.services.credits import show_labels
from matchmaker.web.label_files import KINDS, answer, public_address
from matchmaker.web.people import people
from matchmaker.web.people.catalogue.dataset import find_dataset
from matchmaker.web.transaction import session


@people.get("/datasets/<dataset>/label/<kind>")
def label_file(dataset: str, kind: str) -> Response:
    """Give a dataset's label as a file; there is none while nobody is named."""
    found = find_dataset(dataset)
    labels, public = show_labels.inside_and_public(session(), [found.id])
    if kind not in KINDS or not labels[found.id].lines:
        abort(404)
    addresses = {found.id: public_address(found)} if found.id in public else {}
    (one,) = show_labels.labelled([found], labels, addresses)
    return answer(KINDS[kind], one)
