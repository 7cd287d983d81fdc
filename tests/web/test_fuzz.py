"""Odd requests to every route by every role: no fault of ours, and no private word where its reader may not know it.

A small run belongs to the suite. A large one: `python -m tests.web.test_fuzz 10000`, which prints its counts.
"""

import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matchmaker.jobs.queue import Queue
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import Settings, from_environment
from matchmaker.store import schema
from matchmaker.store.credits.moderation import Report
from matchmaker.store.people import people
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.web.app import create_app
from tests.conftest import Make
from tests.web.conftest import Browser, World
from tests.web.test_missing_fields import every_form

ROLES = ("visitor", "stranger", "attendee", "organiser", "organiser elsewhere")
SMALL = 60
SIGNED_IN, FRESH = 50, 500
"""Requests after which somebody signs in again, and after which a large run begins with a new event."""
ODD = (
    "", " ", "x", "0", "-1", "1e9", "99999999999999999999", "\x00", "é\u0301\u202e", "' OR 1=1 --", "{{7*7}}",
    "<script>alert(1)</script>", "../../etc/passwd", "\ud7ff", "a" * 5000, "2027-02-30", "25:61", "[]", "null",
    "%s%n", "a@b", "ada@inside.example", "https://[", "javascript:alert(1)", "\r\nSet-Cookie: x=1", "on", "yes", "no",
)  # fmt: skip
"""What nobody types."""


class Fuzz:
    """An event with a canary in every private field, and requests to it."""

    def __init__(self, database: Database, settings: Settings, seed: int = 7) -> None:
        make = Make(database)
        self.database, self.random = database, random.Random(seed)
        self.app: Flask = create_app(settings, database, Queue(settings, database, immediate=True))
        self.world = World(make, self.app)
        self.secrets = self._canaries(make)
        self.app.config["SERVER_NAME"] = None
        self.faults: Counter[str] = Counter()
        self.leaks: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()

    def _canaries(self, make: Make) -> dict[str, set[str]]:
        """Write a canary into each private field; return each with the roles that may read it."""
        here, ben = self.world.event, self.world.registration.person
        cy = make.person("Canary-name-hidden", email="canary-mail@far.example", show_name=False)
        self._register(make, here, cy)
        dora = make.person("Dora", email="canary-second-mail@far.example")
        self._register(make, here, dora)
        make.answer(here, cy, ben, AnswerKind.BLOCK)
        make.answer(here, dora, ben, AnswerKind.BLOCK)
        low, high = sorted((cy.id, dora.id))
        make.add(
            Report(
                event_id=here.id, reporter_id=cy.id, endorsement_id=self.world.endorsement.id,
                reason="canary-reason-reported",
            )
        )  # fmt: skip
        make.add(Exclusion(event_id=here.id, a_id=low, b_id=high, reason="canary-reason-apart"))
        organiser = {"organiser"}
        return {
            "canary-mail@far.example": organiser,
            "canary-second-mail@far.example": organiser,
            "canary-reason-apart": organiser,
            "canary-reason-reported": organiser,
            "canary-bio": organiser,
            "canary-needs": organiser,
        }

    def _register(self, make: Make, here: Any, person: Any) -> None:
        make.registration(
            here,
            person,
            suggestible=False,
            bio="canary-bio of one who objected",
            needs="canary-needs of theirs",
        )

    def client(self, role: str) -> FlaskClient:
        """Return a browser in which somebody of this role is signed in, if they have not erased themselves."""
        client = self.app.test_client()
        person: Any = self.world.people[role]
        with self.database.writing() as session:
            there = people.by_id(session, person.id) if person is not None else None
            token = stay_signed_in.begin(session, there, datetime.now(UTC)) if there else ""
        if token:
            with client.session_transaction() as cookie:
                cookie["_user_id"] = token
                cookie.permanent = True
        return client

    def run(self, role: str, count: int) -> None:
        """Send so many requests as somebody of this role, half of them forms; read every answer."""
        forms = list(every_form(self.app, Browser(self.client(role)), self.world).values())
        getters = [self.world.address(rule) for rule, _ in self.world.routes("GET")]
        for _ in range(-(-count // SIGNED_IN)):
            browser = Browser(self.client(role))
            token = browser.token()
            cookie = browser.client.get_cookie("matchmaker")
            assert cookie is not None
            for _ in range(min(count, SIGNED_IN)):
                browser.client.set_cookie("matchmaker", cookie.value)
                if self.random.random() < 0.5:
                    where = self._odd_address(self.random.choice(getters))
                    self._read(role, f"GET {where}", partial(browser.client.get, where))
                    continue
                where, fields = self.random.choice(forms)
                sent = self._odd_fields(fields, token)
                self._read(role, f"POST {where} {sent}", partial(browser.client.post, where, data=sent))

    def _odd_address(self, where: str) -> str:
        chance = self.random.random()
        if chance < 0.3:
            parts = where.split("/")
            parts[self.random.randrange(len(parts))] = (
                self.random.choice(ODD)[:200].replace("?", "").replace("#", "")
            )
            where = "/" + "/".join(parts).lstrip("/")
        if chance > 0.6:
            names = (
                "q",
                "page",
                "next",
                "publisher",
                "subject",
                "plan",
                "email",
                "code",
                "proof",
                "title",
                "a",
                "b",
            )
            where += f"?{self.random.choice(names)}={self.random.choice(ODD)[:300].replace('#', '')}"
        return where.replace("\r", "%0d").replace("\n", "%0a").replace("\x00", "%00")

    def _odd_fields(self, fields: dict[str, str], token: str) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        for name, value in fields.items():
            chance = self.random.random()
            if chance < 0.15:
                continue
            sent[name] = self.random.choice(ODD) if chance < 0.6 else value or "Rivers of the north"
            if name == "file" and chance > 0.3:
                sent[name] = (BytesIO(self.random.choice(ODD).encode() * 3 + b"Name,Email\nZoe,\n"), "a.csv")
        return {**sent, "csrf_token": token}

    def _read(self, role: str, what: str, send: Callable[[], Any]) -> None:
        try:
            answer = send()
        except Exception:  # noqa: BLE001 - whatever it is, it is a fault
            self.faults[f"{role}: {what[:300]}\n{traceback.format_exc(limit=-3)}"] += 1
            return
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.faults[f"{role}: {what[:300]}: {answer.status_code}"] += 1
        body = answer.get_data()
        if answer.mimetype == "application/pdf":
            body += _words(body)
        for canary, readers in self.secrets.items():
            if role not in readers and canary.encode() in body and canary not in what:
                self.leaks[f"{role}: {what[:300]}: {canary}"] += 1


def _words(pdf: bytes) -> bytes:
    import pypdf  # noqa: PLC0415 - only where a page is a PDF

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).encode()


@pytest.mark.parametrize("role", ROLES)
def test_odd_requests_meet_no_fault_of_ours_and_find_no_private_word(
    role: str, sqlite: Database, settings: Settings
) -> None:
    fuzz = Fuzz(sqlite, settings)
    fuzz.run(role, SMALL)
    assert dict(fuzz.faults) == {}
    assert dict(fuzz.leaks) == {}


def main(count: int, url: str) -> None:
    """Send `count` requests a role, to a new event each few hundred, and print what came of them."""
    for role in ROLES:
        faults, leaks, statuses = Counter[str](), Counter[str](), Counter[int]()
        for part in range(-(-count // FRESH)):
            with tempfile.TemporaryDirectory() as folder:
                database = Database(url or f"sqlite:///{Path(folder) / 'fuzz.db'}")
                if url:
                    schema.downgrade(database, "base")
                schema.upgrade(database)
                fuzz = Fuzz(database, from_environment({"MATCHMAKER_INSTANCE": folder}), seed=part)
                fuzz.run(role, min(count, FRESH))
                database.dispose()
            faults, leaks, statuses = faults + fuzz.faults, leaks + fuzz.leaks, statuses + fuzz.statuses
        said = ", ".join(f"{status} × {times}" for status, times in sorted(statuses.items()))
        print(f"{role}: {faults.total()} faults, {leaks.total()} leaks; {said}", flush=True)
        for words in (*faults, *leaks):
            print("   ", words, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
