"""Public labels: who a dataset is from, for anybody, once an event has said so."""

from typing import Any

from flask import Response, abort, g, render_template

from matchmaker.documents.credits.label_data import schema_org
from matchmaker.documents.credits.label_files import Labelled, from_whom
from matchmaker.services.credits import kept_labels, show_labels
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.web.account import signed_in
from matchmaker.web.label_files import KINDS, answer, public_address
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.public import public
from matchmaker.web.transaction import session

CACHED_FOR = 300
"""Seconds that a copy may be kept on the way: a name that is taken back is gone soon."""


@public.get("/labels")
def labels() -> str:
    """List public labels by publisher, fifty a page; there is no such page while no event makes its labels public."""
    there = kept_labels.public(session())
    pages = pages_of(len(there))
    page = min(page_asked(), pages)
    ids = there[(page - 1) * A_PAGE : page * A_PAGE]
    shown = show_labels.makers_in_public(session(), ids)
    if not shown:
        abort(404)
    found = datasets.titled(session(), ids)
    _let_be_found()
    publishers: dict[str, list[dict[str, Any]]] = {}
    for one in ids:
        if one in found and one in shown:
            name = found[one].publisher or "Publisher not known"
            publishers.setdefault(name, []).append({"dataset": found[one], "from": from_whom(shown[one])})
    return render_template(
        "public/labels.html",
        publishers=publishers.items(),
        page_links=page_links("public.labels", {}, page, pages, "labels"),
    )


@public.get("/labels/<dataset>")
def label(dataset: str) -> str:
    """Show one dataset's public label."""
    found, one = _find(dataset)
    _let_be_found()
    return render_template(
        "public/label.html",
        dataset=found,
        label=one.label,
        about=from_whom(one.label.makers),
        markup=schema_org(one),
        address=one.public_page,
        kinds=KINDS.values(),
    )


@public.get("/labels/<dataset>/<kind>")
def public_label_file(dataset: str, kind: str) -> Response:
    """Give a public label as a file, such as the badge for a README."""
    _, one = _find(dataset)
    if kind not in KINDS:
        abort(404)
    g.cached_for = CACHED_FOR
    return answer(KINDS[kind], one)


def _find(public_id: str) -> tuple[Dataset, Labelled]:
    """Return a dataset, or what it was merged into, with its public label; none looks as if it did not exist."""
    dataset = datasets.by_public_id(session(), public_id)
    if dataset is None:
        abort(404)
    found = datasets.after_merges(session(), dataset)
    labels = show_labels.in_public(session(), [found.id])
    if not labels:
        abort(404)
    return found, show_labels.labelled([found], labels, {found.id: public_address(found)})[0]


def _let_be_found() -> None:
    """Let search engines list the page, and let it be kept for a while unless it shows who is signed in."""
    g.to_be_found = True
    if signed_in() is None:
        g.cached_for = CACHED_FOR
