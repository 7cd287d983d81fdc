"""What a page tells the script that keeps drafts: whose they are, and which form has been saved."""

import hmac
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask import session as cookie

from matchmaker.web.account import signed_in

_SAVED = "saved"


def init_app(app: Flask) -> None:
    """Tell every page of `app`."""
    app.context_processor(_around_the_page)
    app.after_request(_note_saved)


def _around_the_page() -> dict[str, Any]:
    person = signed_in()
    secret = current_app.config["SETTINGS"].secret_key.encode()
    key = (
        hmac.digest(secret, b"drafts of " + person.public_id.encode(), "sha256").hex()[:24] if person else ""
    )
    return {"drafts_of": key, "saved_form": lambda: cookie.pop(_SAVED, "")}


def _note_saved(response: Response) -> Response:
    """Note which form was saved, for the page that the browser is led to."""
    leads_on = request.method == "POST" and response.status_code in (302, 303) and not g.get("kept", False)
    if leads_on and signed_in() is not None:
        cookie[_SAVED] = request.path
    return response
