"""The application factory: settings in, a Flask application out."""

import logging
from datetime import timedelta
from importlib import resources
from pathlib import Path

from flask import Flask, abort, render_template, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker.jobs.queue import Queue
from matchmaker.settings import ROOT, Settings
from matchmaker.store.session import Database
from matchmaker.web import account, drafts, lost_forms, navigation, security, templating, transaction
from matchmaker.web.attendees import attendees
from matchmaker.web.organisers import organisers
from matchmaker.web.people import people
from matchmaker.web.public import public

_log = logging.getLogger(__name__)

UPLOAD_LIMIT = 25 * 1024 * 1024
HELPFUL = frozenset({400, 403, 404, 405, 410, 413, 422, 429})
"""Errors that have a page of their own."""


def create_app(settings: Settings, database: Database, queue: Queue) -> Flask:
    """Return the application for these settings, on this database and queue."""
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
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        SESSION_COOKIE_NAME="matchmaker",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        SETTINGS=settings,
    )
    app.url_map.strict_slashes = False
    CSRFProtect(app)
    transaction.init_app(app, database, queue)
    templating.init_app(app)
    account.init_app(app)
    lost_forms.init_app(app)
    drafts.init_app(app)
    security.init_app(app)
    navigation.init_app(app)
    for blueprint in (public, people, attendees, organisers):
        app.register_blueprint(blueprint)
    app.before_request(_refuse_null)
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(Exception, _apologise)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.get_send_file_max_age = _max_age  # type: ignore[assignment,method-assign]
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


def _max_age(_filename: str | None) -> int:
    """Let a browser keep a file for a year where its address carries the hash of its content."""
    return 31_536_000 if request.args.get("v") else 3600


def _explain(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code not in HELPFUL:
        return error
    return render_template(f"errors/{error.code}.html"), error.code


def _apologise(error: Exception) -> tuple[str, int]:
    """Answer an unforeseen error without asking the database, which may be what failed."""
    _log.exception("The page failed: %s %s", request.method, request.path, exc_info=error)
    return render_template("errors/500.html"), 500
