"""What a page was for is gone: say what has happened, that nothing is changed, and lead back.

Only for whoever has passed the gate of the page, and in the same words whether a thing was removed, belongs to
somebody else or never was there, so that nobody learns of what they may not see. Strangers meet the gate's own 404.
"""

from collections.abc import Sequence
from typing import NoReturn

from flask import Flask, flash, make_response, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from matchmaker.web.second_try import READING
from matchmaker.web.transaction import undo

SIGNS = frozenset(
    {"csrf_token", "shown_from", "submit", "row", "revision", "shown", "case", "answer", "read", "do", "step"}
)
"""Fields that a page sends along by itself."""
TYPED_INTO = frozenset({"shown_from", "submit", "reason", "how"})
"""Fields by which a form that somebody typed into differs from one press on a button."""
OF_SIGNED_IN = frozenset({"people", "attendees", "organisers"})
"""Blueprints whose forms come from a page that their sender could open once: no address of them was mistyped."""


class Gone(NotFound):
    """What an address names is not there; `what` says so, and `back` leads to where the rest is."""

    def __init__(self, what: str, back: str, back_words: str) -> None:
        """Keep what the page says: a sentence without its full stop, and a link with its words."""
        super().__init__()
        self.what, self.back, self.back_words = what, back, back_words


def say_gone(what: str, back: str, back_words: str) -> NoReturn:
    """Answer with a page that says what is gone, and leads back."""
    raise Gone(what, back, back_words)


def init_app(app: Flask) -> None:
    """Let `app` say of what is gone that it is, and of a form that meets a shut gate that it was not saved."""
    app.register_error_handler(Gone, _explain)
    app.register_error_handler(NotFound, _not_found)


def _explain(error: Gone) -> Response:
    undo()
    if request.headers.get("HX-Request") == "true":
        # htmx puts no error into a page; it opens the one that the link would have led to.
        flash(f"{error.what}. Nothing is changed", "important")
        answer = make_response("", 204)
        answer.headers["HX-Redirect"] = error.back
        return answer
    sent = request.method not in READING
    page = render_template("errors/gone.html", gone=error, sent=sent, typed=_typed() if sent else ())
    return make_response(page, 404)


def _not_found(error: NotFound) -> Response | NotFound:
    """Answer a gate's refusal: in the same words whether there is such an event or not."""
    if error.response is not None:
        return error
    if request.method in READING or request.blueprint not in OF_SIGNED_IN:
        return make_response(render_template("errors/404.html"), 404)
    return make_response(render_template("errors/not_yours.html", typed=_typed()), 404)


def _typed() -> Sequence[tuple[str, str]]:
    """Return what somebody had typed, for them to copy; nothing where they pressed a button."""
    if not TYPED_INTO & request.form.keys():
        return ()
    return [(name, value) for name, value in request.form.items(multi=True) if value and name not in SIGNS]
