"""The application factory: settings in, a Flask application out."""

from importlib import resources
from pathlib import Path

from flask import Flask, abort, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker.jobs.queue import Queue
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import ROOT, Settings
from matchmaker.store.session import Database
from matchmaker.web import (
    account,
    compression,
    drafts,
    faults,
    gone,
    in_hall,
    lost_forms,
    navigation,
    security,
    templating,
    transaction,
)
from matchmaker.web.attendees import attendees, person_links
from matchmaker.web.organisers import organisers
from matchmaker.web.people import people
from matchmaker.web.public import letters, public
from matchmaker.web.second_try import SecondTry
from matchmaker.web.sent import SentRequest

UPLOAD_LIMIT = 25 * 1024 * 1024


def create_app(settings: Settings, database: Database, queue: Queue) -> Flask:
    """Return the application for these settings, on this database and queue."""
    secure = settings.public_url.startswith("https://")
    app = Flask(
        "matchmaker",
        template_folder=str(_folder("templates")),
        static_folder=str(static_folder()),
        instance_path=str(settings.instance),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=10_000,
        PERMANENT_SESSION_LIFETIME=stay_signed_in.IDLE,
        # A browser takes a __Host- cookie only over https, from this host, for the whole of it.
        SESSION_COOKIE_NAME="__Host-matchmaker" if secure else "matchmaker",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        # Over https a Referer would be asked for besides the token, and pages whose address is a secret let browsers
        # send none. It would keep out a token that another host or plain http has planted; so does the name of
        # the session's cookie, which begins with __Host- wherever the public address is https.
        WTF_CSRF_SSL_STRICT=False,
        SETTINGS=settings,
    )
    app.request_class = SentRequest
    app.url_map.strict_slashes = False
    # A mail program that stops letters for its user has no page and no token; the address itself is the proof.
    CSRFProtect(app).exempt(letters.choose_letters)
    # First here is last to be called: what others add to an answer is packed with it.
    compression.init_app(app)
    transaction.init_app(app, database, queue)
    templating.init_app(app)
    account.init_app(app)
    drafts.init_app(app)
    security.init_app(app)
    navigation.init_app(app)
    person_links.init_app(app)
    for blueprint in (public, people, attendees, organisers):
        app.register_blueprint(blueprint)
    app.before_request(_refuse_null)
    faults.init_app(app)
    gone.init_app(app)
    in_hall.init_app(app)
    # What is registered last is called first: the commit comes before every header, so that its failure is a page,
    # and after what forgets a kept form in the same transaction.
    transaction.end_requests(app)
    lost_forms.init_app(app)
    app.wsgi_app = SecondTry(app.wsgi_app, UPLOAD_LIMIT)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def static_folder() -> Path:
    """Return where css, js, images and the built front-end files lie."""
    return _folder("static")


def _folder(name: str) -> Path:
    """Return the folder in the wheel if there is one, else the checkout's."""
    packaged = Path(str(resources.files("matchmaker") / name))
    return packaged if packaged.is_dir() else ROOT / name


def _refuse_null() -> None:
    """Show that there is no page whose address holds U+0000, at which PostgreSQL stumbles if it is asked."""
    if "\x00" in request.path:
        abort(404)
