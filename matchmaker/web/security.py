"""What every answer tells the browser about trust: content policy, framing, referrers, caching."""

import logging

from flask import Flask, Response, current_app, g, request

from matchmaker.settings import PROXIES
from matchmaker.web.templating import csp_nonce

_log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Add the headers to every answer of `app`."""
    app.after_request(_add_headers)
    app.before_request(_notice_proxy)


def _notice_proxy() -> None:
    """Say once in the log that a proxy stands in front of which nobody told us."""
    settings, known = current_app.config["SETTINGS"], current_app.extensions
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if forwarded and not settings.trusted_proxies and "matchmaker.proxy_noticed" not in known:
        known["matchmaker.proxy_noticed"] = True
        _log.warning("A request came through a proxy that is not trusted. %s", PROXIES)


def _add_headers(response: Response) -> Response:
    nonce = f"'nonce-{csp_nonce()}'"
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src 'self' {nonce}; style-src 'self' {nonce}; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    camera = "(self)" if g.get("scans_badges") else "()"
    response.headers["Permissions-Policy"] = f"camera={camera}, geolocation=(), microphone=()"
    # The addresses of pages about people are unguessable; they must not travel to other sites.
    response.headers["Referrer-Policy"] = "no-referrer" if g.get("no_referrer") else "same-origin"
    if request.endpoint != "static":
        kept = g.get("cached_for")
        response.headers["Cache-Control"] = f"public, max-age={kept}" if kept else "no-store"
        if not g.get("to_be_found"):
            response.headers["X-Robots-Tag"] = "noindex"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
