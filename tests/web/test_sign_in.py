"""Signing in by a mailed code or a personal code."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from matchmaker.store.mail import Mail
from matchmaker.store.session import Database


def mailed(database: Database) -> list[Mail]:
    with database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def code_in(mail: Mail) -> str:
    found = re.search(r"\b\d{3} ?\d{3}\b", mail.body)
    assert found
    return found.group(0).replace(" ", "")


def ask(browser: Any, database: Database, email: str) -> str:
    browser.post("/sign-in", {"email": email})
    with database.reading() as session:
        link = session.scalars(select(Mail.body).order_by(Mail.id.desc())).first() or ""
    found = re.search(r"code=(\d{6})", link)
    return found.group(1) if found else ""


def test_known_and_unknown_addresses_get_the_same_answer(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    make.person("Ada", "ada@inside.example")
    known = browser().follow("/sign-in", {"email": "ada@inside.example"}).text
    unknown = browser().follow("/sign-in", {"email": "bob@inside.example"}).text
    assert known == unknown.replace("bob@", "ada@")
    assert [mail.to for mail in mailed(sqlite)] == ["ada@inside.example"]


def test_opening_the_link_signs_nobody_in_and_the_button_does(
    browser: Callable[..., Any], make: Any, sqlite: Database, app: Any
) -> None:
    make.person("Ada", "ada@inside.example")
    visitor = browser()
    visitor.post("/sign-in", {"email": "ada@inside.example"})
    with sqlite.reading() as session:
        assert session.scalars(select(Mail.kind)).all() == ["sign-in code"]
    for _ in range(10):
        visitor.get("/sign-in/code?email=ada@inside.example&code=123456")
    visitor.get("/datasets", status=302)
