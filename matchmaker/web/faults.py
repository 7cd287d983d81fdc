"""What a reader sees when a page cannot be shown: what happened, what to do, and for our own faults a reference.

The pages for our own faults ask nothing of the database, which may be what failed, and keep what was sent.
"""

import logging
import secrets

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask import session as cookie
from werkzeug.exceptions import HTTPException

from matchmaker.store.session import lost_race, met_another, unavailable
from matchmaker.web.second_try import READING, ask_again

_log = logging.getLogger(__name__)

HELPFUL = frozenset({400, 403, 404, 405, 410, 413, 422, 429})
"""Errors that have a page of their own."""


def init_app(app: Flask) -> None:
    """Give `app` its pages for everything that can go wrong."""
    # What went wrong is written once, by `apologise`; Flask would quote the address, which may hold a token.
    app.log_exception = _say_nothing  # type: ignore[method-assign]
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(Exception, apologise)


def _say_nothing(exc_info: object) -> None:
    pass


def _explain(error: HTTPException) -> Response | tuple[str, int] | HTTPException:
    code = error.code or 500
    if code >= 500:
        return apologise(getattr(error, "original_exception", None) or error)
    if code < 400 or error.response is not None:
        return error
    return render_template(f"errors/{code if code in HELPFUL else 400}.html"), code


def apologise(error: BaseException) -> Response:
    """Return the page for an unforeseen error, or for a database that is busy; nothing of the request is kept."""
    g.keep = False
    if (lost_race(error) or met_another(error)) and ask_again():
        return make_response("", 503)
    _forget_what_was_said()
    busy = unavailable(error)
    reference = secrets.token_hex(4)
    if busy:
        # A crowd is no fault: one line is enough.
        _log.warning(
            "Busy (%s): %s %s, %s", reference, request.method, request.endpoint, type(error).__name__
        )
    else:
        _log.error("The page failed (%s): %s %s", reference, request.method, request.endpoint, exc_info=error)
    template = current_app.jinja_env.get_template("errors/503.html" if busy else "errors/500.html")
    # Not `render_template`, which would ask the database for the menu.
    page = template.render(
        reference=reference,
        address=request.full_path.rstrip("?"),
        sent=None if request.method in READING else _sent(),
        files=_files(),
    )
    answer = make_response(page, 503 if busy else 500)
    if busy:
        answer.headers["Retry-After"] = "5"
    return answer


def _forget_what_was_said() -> None:
    """Take back what the failed request put into its cookie: who signed in, "it is saved"."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    found = app.session_interface.open_session(app, request)
    cookie.clear()
    cookie.update(found or {})


def _sent() -> list[tuple[str, str]]:
    """Return the fields of the form that was sent, so that it can be sent again as it was."""
    try:
        return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    except (HTTPException, OSError):
        return []


def _files() -> bool:
    try:
        return any(file.filename for file in request.files.values())
    except (HTTPException, OSError):
        return False
