"""A label as files to take away: the same for signed-in readers and for the public, each with what they may see."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, current_app, url_for

from matchmaker.documents.credits import label_data, label_files
from matchmaker.documents.credits.label_files import Labelled
from matchmaker.store.catalogue.datasets import Dataset


@dataclass(frozen=True)
class FileKind:
    """One kind of file: what it is called at the end of an address, its media type, and what it is for."""

    name: str
    media_type: str
    words: str
    make: Callable[[Labelled], str | bytes]


def _readme(one: Labelled) -> str:
    return label_files.readme(one, f"{one.public_page}/badge.svg" if one.public_page else "")


KINDS = {
    kind.name: kind
    for kind in (
        FileKind("credits.txt", "text/plain", "Credits in plain words", label_files.credits_text),
        FileKind("README.md", "text/markdown", "A snippet for a README", _readme),
        FileKind("badge.svg", "image/svg+xml", "A badge", lambda one: label_files.badge(one.label)),
        FileKind("credits.csv", "text/csv", "A table for a spreadsheet", lambda one: label_files.labels_csv([one])),
        FileKind("dcat.jsonld", "application/ld+json", "DCAT, for a catalogue", label_data.dcat),
        FileKind("datacite.json", "application/json", "DataCite, for citations", label_data.datacite),
    )
}  # fmt: skip
"""Every file a label comes as, by the last part of its address."""


def labels_at() -> str:
    """Return the whole address that those of public labels begin with."""
    base: str = current_app.config["SETTINGS"].public_url
    return f"{base}{url_for('public.labels')}/"


def public_address(dataset: Dataset) -> str:
    """Return the whole address of a dataset's public label, whether or not it is public now."""
    base: str = current_app.config["SETTINGS"].public_url
    return base + url_for("public.label", dataset=dataset.public_id)


def answer(kind: FileKind, one: Labelled) -> Response:
    """Give a file of this kind; a badge is shown, everything else is a download."""
    response = Response(kind.make(one), mimetype=kind.media_type)
    if kind.name != "badge.svg":
        response.headers["Content-Disposition"] = f"attachment; filename={kind.name}"
    return response
