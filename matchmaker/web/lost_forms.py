"""A form sent after the session has ended: kept while its sender signs in, and then put back for them to save.

Every page's token names, signed, whose session it was made in. So a form can be kept for the person who filled it
in after their session is gone, and for nobody else: it is never saved by itself, and another person never sees it.
Only forms of pages for signed-in people are kept, and of those neither files nor codes.
"""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import (
    Flask,
    after_this_request,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as cookie
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from matchmaker.services.people import keep_forms
from matchmaker.services.people.keep_forms import KEPT_FOR, Pairs, Safe
from matchmaker.store.people import people
from matchmaker.store.people.people import Person
from matchmaker.web.account import signed_in
from matchmaker.web.gone import SIGNS
from matchmaker.web.transaction import keep_even_if_refused, session

KEPT_OF = frozenset({"people", "attendees", "organisers"})
NEVER_KEPT = frozenset({"csrf_token", "code"})
UNKEPT_FILES = "unkept_files"
"""The name under which the names of files are kept, which are to be chosen once more."""
TOKEN = "csrf_token"  # noqa: S105 - the name of a field
_LOST = (
    "You were signed out before this was saved. It is kept for an hour: sign in, and it is put back for you "
    "to save"
)
_NO_FILES = ". Files are not kept: choose them once more then"


def init_app(app: Flask) -> None:
    """Let `app` keep what meets a lost session. After the transaction, so that what is forgotten is committed."""
    app.before_request(_name_owner)
    app.after_request(_forget_saved)
    app.register_error_handler(CSRFError, _answer)
    app.context_processor(_around_the_page)


def ask_to_sign_in() -> Response:
    """Send a visitor to sign in; what they sent is kept if it was made in a session of somebody.

    Where it cannot be kept, as its sender's entry was merged with another or deleted meanwhile, it is there to copy.
    """
    if request.method == "GET":
        return redirect(url_for("public.sign_in", next=request.full_path.rstrip("?")))
    if keep_unsent() is not None:
        return _lead_to_sign_in()
    if not _named_owner():
        return _lead_to(url_for("public.sign_in"))
    return make_response(render_template("errors/signed_out.html", typed=_typed()), 400)


def sent() -> MultiDict[str, str] | None:
    """Return what this request sent, or what its sender could not save and finds put back."""
    return request.form if request.method == "POST" else put_back()


def put_back() -> MultiDict[str, str] | None:
    """Return what the reader could not save on the page that they open now, if anything is kept."""
    if request.method != "GET" or _cookie() not in request.cookies:
        return None
    pairs = unsent().get(request.path)
    g.put_back = pairs is not None
    g.unkept_files = unkept_files(pairs or ())
    return None if pairs is None else MultiDict(pairs)


def unkept_files(pairs: Pairs) -> list[str]:
    """Return the names of the files that were sent with a form that is kept."""
    return [value for name, value in pairs if name == UNKEPT_FILES]


def unsent() -> dict[str, Pairs]:
    """Return everything the reader sent from this browser that is kept, by address, the newest first."""
    person = signed_in()
    if person is None or _cookie() not in request.cookies:
        return {}
    if "unsent" not in g:
        g.unsent = keep_forms.kept(session(), _safe(), person, datetime.now(UTC))
    found: dict[str, Pairs] = g.unsent
    return found


def forget(address: str) -> None:
    """Keep what the reader sent to an address no longer."""
    person = signed_in()
    if person is not None and _cookie() in request.cookies:
        keep_forms.forget(session(), _safe(), person, address)


def has_page(address: str) -> bool:
    """Whether there is a page to open at an address that a form was sent to, and it is a page of the same thing."""
    pages = current_app.create_url_adapter(request)
    if pages is None or not pages.test(address, method="GET"):
        return False
    of_page, of_form = (pages.match(address, method=way)[1] for way in ("GET", "POST"))
    return of_page.keys() == of_form.keys()


def _name_owner() -> None:
    """Have the tokens of this session name whose it is."""
    if request.method == "GET" and request.endpoint != "static":
        person = signed_in()
        if person is not None and _owner_in(cookie.get(TOKEN, "")) != person.public_id:
            cookie[TOKEN] = f"{secrets.token_hex(20)}.{person.public_id}"


def _owner_in(raw: str) -> str:
    return raw.partition(".")[2]


def _owner() -> Person | None:
    """Return who was signed in when the form that was sent was shown."""
    named = _named_owner()
    return people.by_public_id(session(), named) if named else None


def _named_owner() -> str:
    """Return whom the token of the form that was sent names, whether there is such a person by now; "" for nobody."""
    signer = URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token")
    lasts = current_app.permanent_session_lifetime.total_seconds()
    try:
        raw = signer.loads(request.form.get(TOKEN, ""), max_age=int(lasts))
    except BadData:
        return ""
    return _owner_in(raw) if isinstance(raw, str) else ""


def keep_unsent() -> Person | None:
    """Keep what this request sent for whom it belongs to; return them, or None if it cannot be kept."""
    if request.blueprint not in KEPT_OF or (owner := _owner()) is None:
        return None
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    pairs.extend(_files())
    browser = request.cookies.get(_cookie()) or keep_forms.new_browser()
    safe = Safe(current_app.config["SETTINGS"].secret_key, browser)
    if not keep_forms.keep(session(), safe, owner, request.path, pairs, datetime.now(UTC)):
        return None
    g.kept = True

    @after_this_request
    def remember(response: Response) -> Response:
        response.set_cookie(
            _cookie(),
            browser,
            max_age=KEPT_FOR,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
        return response

    return owner


def _answer(_refused: CSRFError) -> Response | tuple[str, int]:
    """Answer a form whose token is not of this session, which may be over, or be another one by now."""
    owner, reader = keep_unsent(), signed_in()
    if owner is None:
        return render_template("errors/400.html", typed=_typed() if _from_our_page() else ()), 400
    if reader is None:
        return _lead_to_sign_in()
    if reader.id == owner.id:
        return _lead_to(_where_it_goes_on())
    keep_even_if_refused()
    return render_template("errors/other_session.html"), 400


def _lead_to_sign_in() -> Response:
    flash(f"{_LOST}{_NO_FILES if any(_files()) else ''}", "important")
    return _lead_to(url_for("public.sign_in", next=_where_it_goes_on()))


def _files() -> Iterator[tuple[str, str]]:
    """Yield the names of the files that were sent, as they are kept."""
    return ((UNKEPT_FILES, file.filename) for file in request.files.values() if file.filename)


def _where_it_goes_on() -> str:
    """Return the page that puts back what was sent: its own, if it can be opened, else the list of all."""
    return request.full_path.rstrip("?") if has_page(request.path) else url_for("people.unsent")


def _from_our_page() -> bool:
    """Whether the browser says that a page of this site sent it: another site's words are never shown here."""
    said = request.headers
    return said.get("Sec-Fetch-Site") == "same-origin" or said.get("Origin") == request.host_url.rstrip("/")


def _typed() -> Pairs:
    """Return what somebody had typed, for them to copy."""
    hidden = SIGNS | NEVER_KEPT | {"next", "proof"}
    return [(name, value) for name, value in request.form.items(multi=True) if value and name not in hidden]


def _lead_to(address: str) -> Response:
    """Lead the browser to another page, also where htmx would put that page into this one."""
    if request.headers.get("HX-Request") == "true":
        return make_response("", 204, {"HX-Redirect": address})
    return redirect(address)


def _forget_saved(response: Response) -> Response:
    """Forget what was kept once it has been saved, which is when its address answers a form by leading on."""
    if request.method == "POST" and response.status_code in (302, 303) and not g.get("kept", False):
        forget(request.path)
    return response


def _around_the_page() -> dict[str, Any]:
    """Tell every page whether it holds what was put back, and whether something else is kept."""
    return {"is_unsent": lambda: request.endpoint != "people.unsent" and bool(unsent())}


def _cookie() -> str:
    """Return the name of the cookie that stands for this browser; over https, one that no other site can set."""
    return f"{'__Host-' if current_app.config['SESSION_COOKIE_SECURE'] else ''}matchmaker-kept"


def _safe() -> Safe:
    return Safe(current_app.config["SETTINGS"].secret_key, request.cookies[_cookie()])
