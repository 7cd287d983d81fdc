"""A person's own certificate and thank-you note, to print."""

from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import abort, current_app, url_for

from matchmaker.documents.credits.thank_you_notes import note_html
from matchmaker.documents.paper import Asset
from matchmaker.services.credits import thank_you_note
from matchmaker.web.account import me
from matchmaker.web.filters import LONDON
from matchmaker.web.gone import say_gone
from matchmaker.web.people import people
from matchmaker.web.transaction import session


@people.get("/people/<person>/note")
def note(person: str) -> str:
    """Show the reader's own certificate and thank-you note as a page to print; nobody else's can be opened."""
    if person != me().public_id:
        abort(404)
    written = thank_you_note.note(session(), me(), datetime.now(UTC), ZoneInfo(LONDON))
    if not written.deeds:
        say_gone(
            "There is nothing to write into a note any more: you are named for no dataset",
            url_for("people.thanks"),
            "Thanks",
        )
    return note_html(written, cast(Asset, current_app.jinja_env.globals["asset"]))
