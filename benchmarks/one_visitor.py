"""A browser without a screen: one signed-in visitor who reads pages, fills in their forms and sends them.

It keeps its cookie, follows where an answer leads, and notes how long each request took.
"""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

HOST = "meet.crowd.example"
"""The name under which people know the site; a proxy would say so."""
PATIENCE = 120.0


@dataclass
class SentForm:
    """A form of a page: where it goes, and what a browser would send if nobody changed anything."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, **said: str) -> list[tuple[str, str]]:
        """Return what is sent with these fields in place of what the page has."""
        kept = [(name, value) for name, value in self.fields if name not in said]
        return [*kept, *said.items()]


@dataclass
class Seen:
    """An answer: its status, its address after every redirect, and the page."""

    status: int
    path: str
    html: str

    def form(self, ending: str = "", *, having: str = "") -> SentForm:
        """Return the first form whose address ends so and that has this field. Raises LookupError without one."""
        for one in forms(self.html, self.path):
            if one.action.endswith(ending) and (not having or having in dict(one.fields)):
                return one
        raise LookupError(f"{self.path} has no form for {ending!r}")


class Visitor:
    """One person with a cookie; `took` are seconds, by what was done."""

    def __init__(self, port: int, cookie: str) -> None:
        """Come with the cookie of somebody who is signed in."""
        self.port, self.jar = port, SimpleCookie(cookie)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.broken: list[str] = []

    def read(self, path: str, what: str = "reading") -> Seen:
        """Open a page."""
        return self._ask("GET", path, None, what)

    def send(self, form: SentForm, what: str, **said: str) -> Seen:
        """Send a form, with these fields said."""
        return self._ask("POST", form.action, urlencode(form.filled(**said)), what)

    def _ask(self, method: str, path: str, body: str | None, what: str) -> Seen:
        begun, came_from = time.monotonic(), path
        for _ in range(6):
            status, location, html = self._once(method, path, body, came_from)
            if status not in (302, 303):
                break
            came_from, path = path, urlsplit(urljoin(f"https://{HOST}{path}", location))._replace(
                scheme="", netloc="", fragment="").geturl()  # fmt: skip
            method, body = "GET", None
        self.took[what].append(time.monotonic() - begun)
        if status >= 500:
            self.broken.append(f"{status} at {path}")
        return Seen(status, path, html)

    def _once(self, method: str, path: str, body: str | None, came_from: str) -> tuple[int, str, str]:
        headers = {
            "Host": HOST, "Referer": f"https://{HOST}{came_from}", "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1", "Cookie": "; ".join(f"{k}={v.value}" for k, v in self.jar.items()),
        }  # fmt: skip
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                self.jar.load(cookie)
            text = answer.read().decode("utf-8", "replace")
            return answer.status, answer.headers.get("Location", ""), text
        finally:
            link.close()


def forms(html: str, path: str) -> list[SentForm]:
    """Return the forms of a page that are sent with POST, as they stand."""
    reader = _Forms(path)
    reader.feed(html)
    return reader.found


def _is_sent(had: dict[str, str]) -> bool:
    kind = had.get("type", "text")
    chosen = kind not in ("radio", "checkbox") or "checked" in had
    return bool(kind not in ("submit", "button", "file") and chosen and had.get("name"))


class _Forms(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found = path, list[SentForm]()
        self.form: SentForm | None = None
        self.text: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = SentForm(urljoin(self.path, had.get("action", "")))
            if had.get("method", "").lower() == "post":
                self.found.append(self.form)
        elif self.form is None:
            return
        elif tag == "input" and _is_sent(had):
            self.form.fields.append((had["name"], had.get("value", "")))
        elif tag == "textarea":
            self.text = ""
            self.form.fields.append((had.get("name", ""), ""))
        elif tag == "select":
            self.select = had.get("name", "")
        elif tag == "option" and self.select and "selected" in had:
            self.form.fields.append((self.select, had.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.text is not None and self.form:
            name, value = self.form.fields[-1]
            self.form.fields[-1] = (name, value + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.text = None
            if self.form:  # A browser leaves the line break after the tag out.
                name, value = self.form.fields[-1]
                self.form.fields[-1] = (name, value.removeprefix("\n"))
        elif tag == "select":
            self.select = None
