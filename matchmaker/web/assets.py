"""Static files on the wire: compressed once, and under addresses that change with their content, kept for a year.

A style sheet names its fonts and a script its modules by relative addresses. On the way out these get the hash of
what they lead to, so that every file of a page has an address that can be kept for ever.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from werkzeug.security import safe_join

YEAR, HOUR = 31_536_000, 3600
_TEXT = (".css", ".js", ".svg", ".json", ".csv", ".txt", ".html")
_FONT = re.compile(rb'url\("([^":]+)"\)')
_MODULE = re.compile(rb'"(\./[^"]+\.js)"')


@dataclass(frozen=True)
class Asset:
    """A file as it leaves."""

    changed: int
    body: bytes
    is_text: bool
    version: str
    media_type: str

    @cached_property
    def packed(self) -> bytes | None:
        """Return the file packed, or None where that would not make it smaller; packed when first asked for."""
        packed = gzip.compress(self.body, 9, mtime=0) if self.is_text else self.body
        return packed if len(packed) < len(self.body) else None


class Assets:
    """The static files of a folder, read when a page first names them."""

    def __init__(self, folder: Path) -> None:
        """Serve the files below `folder`."""
        self.folder = folder
        self._known: dict[str, Asset] = {}

    def address(self, name: str) -> str:
        """Return the address of a static file, with the hash of its content."""
        try:
            return url_for("static", filename=name, v=self.find(name).version)
        except FileNotFoundError:
            # Without the built files pages still work; the warning at the start says what to run.
            return url_for("static", filename=name)

    def find(self, name: str) -> Asset:
        """Return a file; one that has changed since, in development, is read again. Raises FileNotFoundError."""
        path = safe_join(str(self.folder), name)
        if path is None or not Path(path).is_file():
            raise FileNotFoundError(name)
        changed = Path(path).stat().st_mtime_ns
        known = self._known.get(name)
        if known is None or known.changed != changed:
            known = self._known[name] = self._read(name, Path(path), changed)
        return known

    def _read(self, name: str, path: Path, changed: int) -> Asset:
        body = path.read_bytes()
        inside = {".css": _FONT, ".js": _MODULE}.get(path.suffix)
        if inside is not None and not name.startswith("vendor/"):
            body = inside.sub(lambda found: self._versioned(name, found), body)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Asset(
            changed,
            body,
            path.suffix in _TEXT,
            hashlib.sha256(body).hexdigest()[:12],
            "text/javascript" if path.suffix == ".js" else media_type,
        )

    def _versioned(self, name: str, found: re.Match[bytes]) -> bytes:
        """Return an address inside a file with the hash of what it leads to."""
        target = found[1].decode()
        try:
            version = self.find(str(Path(name).parent / target)).version
        except FileNotFoundError:
            return found[0]
        return found[0].replace(found[1], f"{target}?v={version}".encode())

    def serve(self, filename: str) -> Response:
        """Answer with a static file."""
        try:
            asset = self.find(filename)
        except FileNotFoundError:
            abort(404)
        answer = Response(asset.body, mimetype=asset.media_type)
        if asset.packed is not None:
            answer.vary.add("Accept-Encoding")
            if request.accept_encodings.quality("gzip") > 0:
                answer.set_data(asset.packed)
                answer.content_encoding = "gzip"
        kept = request.args.get("v") == asset.version
        answer.headers["Cache-Control"] = (
            f"public, max-age={YEAR}, immutable" if kept else f"public, max-age={HOUR}"
        )
        answer.set_etag(asset.version + ("-gzip" if answer.content_encoding else ""))
        answer.make_conditional(request)
        return answer


def init_app(app: Flask) -> Assets:
    """Serve the static files of `app`."""
    assets = Assets(Path(app.static_folder or "static"))
    app.view_functions["static"] = assets.serve
    return assets
