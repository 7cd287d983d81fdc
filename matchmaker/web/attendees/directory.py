"""The directory: who agreed to be found by others who come, and the same answer as on a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.recognition.name_order import folded
from matchmaker.services.people import list_in_directory
from matchmaker.store.people import directory as listed
from matchmaker.store.people.directory import Sought
from matchmaker.store.people.registrations import Registration
from matchmaker.store.suggestions import answers
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.person_links import SEARCHED
from matchmaker.web.paging import page_asked, page_links, pages_of
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import whole

PAGE_SIZE = 20
WORDS_LONGEST = 100
MOST_LINKS = 12
"""How many organisations and topics are offered as ways to narrow the list."""
MOST_DATASETS = 3


@dataclass(frozen=True)
class DirectoryRow:
    """Somebody as the directory shows them; `answer` is the reader's own, "" for none."""

    row: Registration
    datasets: tuple[Any, ...]
    answer: str


@attendees.get("/directory")
def directory() -> str:
    """Show who agreed to be found, twenty a page, by words, organisation or topic."""
    words = " ".join(request.args.get("words", "").split())[:WORDS_LONGEST]
    sought = _sought(words)
    count = listed.count(session(), event().id, me().id, sought)
    pages = pages_of(count, PAGE_SIZE)
    page = min(page_asked(), pages)
    rows = listed.search(session(), event().id, me().id, sought, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    organisations = listed.organisations(session(), event().id, me().id, MOST_LINKS)
    topics = listed.topics(session(), event().id, me().id, MOST_LINKS)
    return render_template(
        "attendees/directory.html",
        event=event(),
        words=words,
        sought=sought,
        narrowed=bool(sought.words or sought.organisation or sought.topic_id),
        topic=next((one.name for one, _ in topics if one.id == sought.topic_id), ""),
        count=count,
        rows=_shown(rows),
        organisations=[
            (name, url_for("attendees.directory", organisation=name), number)
            for name, number in organisations
        ],
        topics=[(one.name, url_for("attendees.directory", topic=one.id), number) for one, number in topics],
        in_it=registration().in_directory,
        here={name: request.args[name] for name in SEARCHED if request.args.get(name)},
        page_links=page_links("attendees.directory", _narrowing(words, sought), page, pages, "people"),
    )


@attendees.post("/directory")
def choose_directory() -> Response:
    """Agree to be found in the directory, or take that back."""
    said = request.form.get("agrees")
    if said not in ("yes", "no"):
        abort(400)
    list_in_directory.choose(session(), registration(), said == "yes", datetime.now(UTC))
    flash(
        "Others who come can find you" if said == "yes" else "Nobody finds you in the directory any more",
        "success",
    )
    return redirect(url_for("attendees.choices", _anchor="directory"))


def _sought(words: str) -> Sought:
    args = request.args
    return Sought(folded(words), args.get("organisation", "")[:200], args.get("topic", None, type=whole))


def _narrowing(words: str, sought: Sought) -> dict[str, Any]:
    """Return a search as parameters of an address; None for what is not asked."""
    return {
        "words": words or None,
        "organisation": sought.organisation or None,
        "topic": sought.topic_id,
    }


def _shown(rows: list[Registration]) -> list[DirectoryRow]:
    ids = [row.person_id for row in rows]
    datasets = listed.datasets_of(session(), [row.person_id for row in rows if row.person.show_name])
    said: Mapping[int, str] = {
        person.id: kind.value for kind, person in answers.given(session(), event().id, me().id)
    }
    return [
        DirectoryRow(row, tuple(datasets.get(person_id, [])[:MOST_DATASETS]), said.get(person_id, ""))
        for person_id, row in zip(ids, rows, strict=True)
    ]
