"""Every form without each of its fields: found from the application's own routes, so that none is forgotten."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.web.conftest import World


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo each request instead of committing it, so that every one finds the same rows."""

    def undo(session: Session) -> None:
        session.flush()
        session.rollback()

    monkeypatch.setattr(Session, "commit", undo)


def forms(html: str, page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield where each form of a page that changes something is sent, and its fields as they stand."""
    for tag, inside in re.findall(r"(<form[^>]*>)(.*?)</form>", html, re.S):
        if 'method="post"' not in tag:
            continue
        fields = {}
        for field in re.findall(r"<(?:input|button|textarea|select)[^>]*>", inside):
            name, value = (re.search(rf' {what}="([^"]*)"', field) for what in ("name", "value"))
            if name:
                fields.setdefault(unescape(name.group(1)), unescape(value.group(1)) if value else "")
        action = re.search(r' action="([^"]*)"', tag)
        yield unescape(action.group(1)) if action and action.group(1) else page, fields


def likely(name: str) -> str:
    """Return what somebody may type into an empty field, so that only what is missing is wrong."""
    if "email" in name:
        return "zoe@elsewhere.example"
    if name.endswith(("-day", "-month")) or name in {"seats", "count", "number"}:
        return "2"
    return "Rivers and lakes of the north"


Forms = dict[tuple[str, frozenset[str]], tuple[str, dict[str, str]]]
"""Endpoint and names of fields → where such a form is sent, and its fields as they stand."""


def every_form(app: Flask, one: Any, world: World) -> Forms:
    """Return every form on every page that this browser can open, and an empty one for every route."""
    found: Forms = {}
    for rule, _blueprint in world.routes("GET"):
        where = world.address(rule)
        # What is sent piece by piece holds its transaction until it is read or closed.
        with one.client.get(where) as answer:
            assert answer.status_code < 500, where
            html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        for action, fields in forms(html, where):
            path = action.partition("?")[0]
            endpoint = app.url_map.bind("localhost").match(path, "POST")[0]
            found.setdefault((endpoint, frozenset(fields)), (action, fields))
    for rule, _blueprint in world.routes("POST"):
        found.setdefault((rule.endpoint, frozenset()), (world.address(rule), {}))
    return found


@pytest.mark.parametrize("role", ["visitor", "attendee", "organiser"])
def test_a_form_without_any_one_of_its_fields_is_answered_with_a_page(
    role: str, app: Flask, world: World, browser: Callable[..., Any], nothing_kept: None
) -> None:
    one = browser(world.people[role])
    found = every_form(app, one, world)
    token, failed, reached = one.token(), [], set()
    kept = one.client.get_cookie("matchmaker")
    assert kept is not None
    tried = defaultdict[str, list[frozenset[str]]](list)
    for (endpoint, names), (action, fields) in sorted(found.items(), key=lambda one: -len(one[0][1])):
        # The same form on another page has nothing that was not tried, unless it has a field besides.
        again = any(names <= other for other in tried[endpoint])
        tried[endpoint].append(names)
        for missing in [None] if again else [None, *fields]:
            sent = {name: value or likely(name) for name, value in fields.items() if name != missing}
            sent = {**sent, "csrf_token": token} if missing != "csrf_token" else sent
            one.client.set_cookie("matchmaker", kept.value)
            status = one.client.post(action, data=sent).status_code
            if missing is None and status != 400:
                reached.add(action)
            if status >= 500:
                failed.append(f"{action} without {missing}: {status}")
    assert failed == []
    assert len(reached) > {"visitor": 5, "attendee": 20, "organiser": 50}[role]
