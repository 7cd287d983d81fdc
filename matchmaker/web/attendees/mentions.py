"""The datasets that somebody's words seem to name: shown on their profile, to be taken back with one press."""

from dataclasses import dataclass
from itertools import groupby

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.suggestions import suggest_people
from matchmaker.store.suggestions import mentions
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import session

MOST_TITLES = 3
"""So many titles are told of datasets that are called alike."""


@dataclass(frozen=True)
class WordsRead:
    """Words of a profile and the datasets they are read as; `more` are not told by title."""

    words: str
    titles: tuple[str, ...]
    more: int
    ids: tuple[str, ...]
    meant: bool


def named_in_words() -> list[WordsRead]:
    """Return what the reader's words are read as, by the words."""
    rows = mentions.of_person(session(), event().id, me().id)
    found = []
    for (meant, words), some in groupby(
        sorted(rows, key=lambda row: (row.not_meant, row.words)),
        key=lambda row: (not row.not_meant, row.words),
    ):
        same = [row.dataset for row in some]
        titles = tuple(one.title for one in same[:MOST_TITLES])
        ids = tuple(one.public_id for one in same)
        found.append(WordsRead(words, titles, len(same) - len(titles), ids, meant))
    return found


@attendees.post("/profile/mentions")
def mean() -> Response:
    """Keep whether the reader means these datasets with the words that seem to name them."""
    meant, ids = request.form.get("meant", ""), request.form.getlist("dataset")
    if meant not in ("yes", "no") or not ids:
        abort(400)
    suggest_people.say_meant(session(), registration(), ids, meant=meant == "yes")
    work_out_again()
    flash("Your suggestions are worked out again", "success")
    return redirect(url_for("attendees.profile_seen", _anchor="named"))
