"""The poster for the wall of the hall."""

from datetime import UTC, datetime
from typing import cast

from flask import current_app, url_for
from werkzeug.wrappers import Response

from matchmaker.documents import paper
from matchmaker.documents.event.poster import Poster
from matchmaker.settings import certificate_fingerprint
from matchmaker.web.access import event
from matchmaker.web.no_mail import no_mail
from matchmaker.web.organisers import organisers


@organisers.get("/poster")
def poster() -> Response | str:
    """Show a poster with a code that leads to the event, as a page that prints as it is."""
    settings = current_app.config["SETTINGS"]
    shown = Poster(
        event().name,
        settings.public_url + url_for("attendees.home"),
        settings.in_hall,
        settings.public_url.startswith("https:"),
        certificate_fingerprint(settings.instance) if settings.in_hall else "",
        settings.alone,
        no_mail(),
    )
    return paper.page(
        "poster.html",
        cast(paper.Asset, current_app.jinja_env.globals["asset"]),
        poster=shown,
        base=settings.public_url,
        made_at=datetime.now(UTC),
    )
