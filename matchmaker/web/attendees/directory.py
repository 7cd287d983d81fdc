"""The directory: who agreed to be found by others who come, and the same answer as on a card."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.recognition.name_order import sought
from matchmaker.services.people import list_in_directory
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.people import directory as listed
from matchmaker.store.people.directory import PersonInDirectory, Sought
from matchmaker.store.suggestions import answers
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.day import introduced, met_by_now
from matchmaker.web.attendees.person_links import SEARCHED
from matchmaker.web.event_time import directory_name
from matchmaker.web.paging import page_asked, page_links, pages_of
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import whole

PAGE_SIZE = 10
WORDS_LONGEST = 100
MOST_LINKS = 50
"""How many organisations, and how many topics, are offered as ways to narrow the list."""
MOST_DATASETS = 3


@dataclass(frozen=True)
class DirectoryRow:
    """Somebody as the directory shows them, with titles of datasets; `answer` is the reader's own, "" for none.

    `mutual`: both want to meet; `met`: the two have met.
    """

    person: PersonInDirectory
    datasets: list[str]
    answer: str
    mutual: bool
    met: bool


@attendees.get("/directory")
def directory() -> str:
    """Show who agreed to be found, ten a page, by words, organisation or topic."""
    words = " ".join(request.args.get("words", "").split())[:WORDS_LONGEST]
    sought = _sought(words)
    count = listed.count(session(), event().id, me().id, sought)
    pages = pages_of(count, PAGE_SIZE)
    page = min(page_asked(), pages)
    found = listed.search(session(), event().id, me().id, sought, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "attendees/directory.html",
        event=event(),
        name=directory_name(event()),
        words=words,
        sought=sought,
        narrowed=bool(sought.words or sought.organisation or sought.topic_id),
        topic=_topic_name(sought) if count else "",
        count=count,
        rows=_shown(found),
        in_it=registration().in_directory,
        here={name: request.args[name] for name in SEARCHED if request.args.get(name)},
        page_links=page_links("attendees.directory", _narrowing(words, sought), page, pages, "people"),
    )


@attendees.get("/directory/ways")
def directory_ways() -> str:
    """List the organisations and the topics of those in the directory, most people first, as ways to narrow it."""
    here, reader = event().id, me().id
    organisations = listed.organisations(session(), here, reader, MOST_LINKS)
    topics = listed.topics(session(), here, reader, MOST_LINKS)
    # Made once: to make each of a hundred addresses takes as long as half an empty page.
    whole_list = url_for("attendees.directory")
    return render_template(
        "attendees/directory_ways.html",
        event=event(),
        name=directory_name(event()),
        organisations=[
            (name, f"{whole_list}?{urlencode({'organisation': name})}", number)
            for name, number in organisations
        ],
        topics=[(name, f"{whole_list}?topic={topic}", number) for topic, name, number in topics],
        most=MOST_LINKS,
    )


def _topic_name(sought: Sought) -> str:
    """Return the name of the topic that is sought, of which the reader has found somebody."""
    topic = session().get(Topic, sought.topic_id) if sought.topic_id is not None else None
    return topic.name if topic else ""


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
    return Sought(
        " ".join(sought(words)), args.get("organisation", "")[:200], args.get("topic", None, type=whole)
    )


def _narrowing(words: str, sought: Sought) -> dict[str, Any]:
    """Return a search as parameters of an address; None for what is not asked."""
    return {
        "words": words or None,
        "organisation": sought.organisation or None,
        "topic": sought.topic_id,
    }


def _shown(people: list[PersonInDirectory]) -> list[DirectoryRow]:
    datasets = listed.datasets_of(session(), [one.person_id for one in people if one.show_name])
    said = answers.of_person(session(), event().id, me().id)
    wanted = any(said.get(one.person_id) is AnswerKind.MEET for one in people)
    mutual = {one.id for one in introduced()} if wanted else set()
    return [
        DirectoryRow(
            one,
            datasets.get(one.person_id, [])[:MOST_DATASETS],
            said[one.person_id].value if one.person_id in said else "",
            one.person_id in mutual,
            one.person_id in met_by_now(),
        )
        for one in people
    ]
