"""What pages say of letters: that they are on the way, or that none leaves where no mail server is set."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from matchmaker.web.no_mail import on_the_way

SMTP = "smtp://127.0.0.1:25"


@pytest.mark.parametrize(
    ("mail_url", "demo", "count", "words"),
    [
        (SMTP, False, 1, "1 email is on the way"),
        (SMTP, False, 6, "6 emails are on the way"),
        ("console:", True, 0, "0 emails are on the way"),
        ("console:", False, 6, "no email leaves this computer, as no mail server is set: tell them"),
    ],
)
def test_letters_are_on_the_way_only_where_they_can_leave(
    app: Flask, monkeypatch: pytest.MonkeyPatch, mail_url: str, demo: bool, count: int, words: str
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_url=mail_url, demo=demo))
    with app.app_context():
        assert on_the_way(count, "email", "emails", "tell them") == words


@pytest.mark.parametrize(
    ("mail_url", "there", "gone"),
    [
        (SMTP, "We send you a six-digit code.", "No email leaves this computer"),
        ("console:", "No email leaves this computer: a six-digit code appears in the window", "We send you"),
    ],
)
def test_the_page_to_sign_in_says_where_the_code_comes(
    app: Flask, browser: Any, monkeypatch: pytest.MonkeyPatch, mail_url: str, there: str, gone: str
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_url=mail_url))
    page = browser().get("/sign-in").text
    assert (there in page, gone in page) == (True, False)


def test_no_page_of_an_organiser_promises_a_letter_where_none_leaves(
    browser: Any, make: Any, no_mail_server: None
) -> None:
    event = make.event(rounds=1, tables=1)
    one, here = browser(make.organiser(event)), f"/organise/{event.public_id}"
    moderation = one.get(f"{here}/moderation").text
    assert "As no mail server is set, what you hide is told to nobody." in moderation
    assert "neutral email" not in moderation
    code = browser().get("/sign-in/code").text
    assert ("No code?" in code, "No email?" in code) == (True, False)
