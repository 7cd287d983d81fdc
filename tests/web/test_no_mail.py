"""What pages say of letters: that they are on the way, or that none leaves where no mail server is set."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from matchmaker.services.credits import claim_credits
from matchmaker.settings import from_environment
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.plans.plans import Plan, PlanState
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
    make.registration(event, invited_at=None, state=RegistrationState.INVITED)
    overview = one.get(f"{here}/").text
    assert "1 person has not been invited With a printed code, or through your own mailer." in overview
    code = browser().get("/sign-in/code").text
    assert ("No code?" in code, "No email?" in code) == (True, False)


SAID: dict[str, tuple[str, str]] = {
    "my day": (
        "If a new version has meetings for you, you get an email, and they are here.",
        "If a new version has meetings for you, they are here: no email leaves this computer.",
    ),
    "marking the missing": (
        "whoever would have met this person is told by email that the meeting falls away.",
        "No email leaves this computer: tell whoever would have met this person, or plan again",
    ),
    "asking for a place": (
        "An email with a six-digit code is on its way to",
        "appears in the window of the computer that runs this site, as no email leaves it.",
    ),
    "a claim slip": (
        "We send you a link that makes one.",
        "No email leaves this computer, so tell an organiser that you agree.",
    ),
}
"""Page → what it says of letters where they leave, and where none does."""


def _opened(what: str, make: Any, browser: Callable[..., Any]) -> Any:
    day = datetime.now(UTC).date() + timedelta(days=30)
    event = make.event(rounds=1, open_registration=True, held_on=day, erase_on=day + timedelta(days=30))
    make.add(
        Plan(event_id=event.id, version=1, state=PlanState.PUBLISHED, published_at=datetime.now(UTC),
             problem={"people": [], "rounds": [{"tables": 1}], "pairs": []}, certificate={}, rounds=[1])
    )  # fmt: skip
    person = make.registration(event).person
    if what == "my day":
        return browser(person).get(f"/events/{event.public_id}/day")
    if what == "marking the missing":
        return browser(make.organiser(event)).get(f"/organise/{event.public_id}/day/missing")
    if what == "asking for a place":
        sent = {"name": "Nell", "email": "nell@far.example", "organisation": "Far Office"}
        return browser().follow(f"/events/{event.public_id}/ask", sent)
    row = UnclaimedCredit(
        event_id=event.id, dataset_id=make.dataset().id, role="built", name="Una", code_hash="x"
    )
    make.add(row)
    proof = claim_credits.proof(from_environment({}).secret_key, row.public_id, claim_credits.BY_SLIP)
    return browser().get(f"/claim/{row.public_id}/{proof}")


@pytest.mark.parametrize("mail_url", [SMTP, "console:"])
@pytest.mark.parametrize("what", SAID)
def test_no_page_promises_an_email_that_leaves_nowhere(
    app: Flask, browser: Any, make: Any, monkeypatch: pytest.MonkeyPatch, what: str, mail_url: str
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_url=mail_url))
    page = _opened(what, make, browser).text
    assert tuple(words in page for words in SAID[what]) == (mail_url == SMTP, mail_url != SMTP)


PROMISES = re.compile(
    r"\b(?:by (?:e?mail|post)|junk folder|(?:an|the|their|your|new|next) (?:letter|e?mail)s?\b(?! address| domain)|"
    r"(?<!of )all letters|gets? letters|we (?:send|sent|e?mail|write)|writes? to (?:you|them)|let you know|"
    r"on (?:its|the) way|"
    r"(?:is|are) told (?:that|on|by)|you were sent|send them|send an)\b",
    re.IGNORECASE,
)
"""Words that promise a letter, or that say how one comes."""
INSTEAD = re.compile(
    r"no email|none of which leaves|nobody gets|nobody writes|as no mail server|own mailer|mail merge|your own mail",
    re.IGNORECASE,
)
"""What a sentence says that promises none all the same."""


def promises(html: str) -> list[str]:
    """Return the sentences of a page that promise a letter."""
    words = " ".join(re.sub(r"<[^>]*>", " ", html.partition("<main")[2]).split())
    sentences = re.split(r"(?<=[.?!]) ", words)
    return [one for one in sentences if PROMISES.search(one) and not INSTEAD.search(one)]


def test_a_promise_of_a_letter_is_told_from_the_word_that_none_leaves() -> None:
    assert promises("<main><p>All is kept. We send you a link.</p></main>") == ["We send you a link."]
    assert promises("<main><p>No email leaves this computer, so nobody is told by email.</p></main>") == []
