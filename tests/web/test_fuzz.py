"""Odd requests to every route by every role: no fault of ours, and no private word where its reader may not know it.

A small run belongs to the suite. A large one: `python -m tests.web.test_fuzz 10000`, which prints its counts.
"""

import random
import sys
import tempfile
import traceback
import zipfile
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
from matchmaker.store.base import Base
from matchmaker.store.event.events import Event
from matchmaker.store.people import people
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.web.app import create_app
from tests.canaries import NOT_ABOUT_PEOPLE
from tests.conftest import Make
from tests.web.conftest import Browser, world_in
from tests.web.private_words import WITHOUT_WORDS, WORD, PrivateWords, of_hidden, of_partner, readers, texts
from tests.web.test_missing_fields import every_form

ROLES = ("visitor", "stranger", "attendee", "helper", "reader", "organiser", "organiser elsewhere")
SMALL = 60
FRESH = 500
"""Requests after which a large run begins with a new event."""
ERASES = "/mine/delete"
"""Where somebody is erased; sent seldom, as it ends a run."""
FOUND: dict[str, set[str]] = {
    "visitor": set(),
    "stranger": set(),
    "attendee": {"the partner's person.name"},
    "helper": set(),
    "reader": set(),
    "organiser": {"the hidden's person.name"},
    "organiser elsewhere": set(),
}
"""Some of what a small run finds of the words, by who may read them."""
MOST_STEPS = 4
"""So many times an answer that leads on is followed: to the progress of a job, to its result, to the file."""
ODD = (
    "", " ", "x", "0", "-1", "1e9", "99999999999999999999", "\x00", "é\u0301\u202e", "' OR 1=1 --", "{{7*7}}",
    "<script>alert(1)</script>", "../../etc/passwd", "\ud7ff", "a" * 5000, "2027-02-30", "25:61", "[]", "null",
    "%s%n", "a@b", "ada@inside.example", "https://[", "javascript:alert(1)", "\r\nSet-Cookie: x=1", "on", "yes", "no",
)  # fmt: skip
"""What nobody types."""


class Fuzz:
    """An event with a word to look for in every private text, and requests to it."""

    def __init__(self, database: Database, settings: Settings, seed: int = 7) -> None:
        make, queue = Make(database), Queue(settings, database, immediate=True)
        queue.deliver_mail = queue._deliver = lambda: None  # type: ignore[method-assign]
        self.database, self.random = database, random.Random(seed)
        self.app: Flask = create_app(settings, database, queue)
        self.world, self.words = world_in(make, self.app), PrivateWords()
        self.app.config["SERVER_NAME"] = None
        self._people_with_words(make)
        self.faults: Counter[str] = Counter()
        self.leaks: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.read: set[str] = set()
        """What the answers held of the words, as `PrivateWords` names them."""

    def _people_with_words(self, make: Make) -> None:
        """Keep two people whose every text is looked for, and publish a plan in which they meet."""
        here = self.world.event
        hidden = of_hidden(self.words, make, self.world)
        make.answer(here, hidden, self.world.people["attendee"], AnswerKind.BLOCK)
        of_partner(self.words, make, self.world)
        organiser, plans = Browser(self.client("organiser")), f"/organise/{here.public_id}/plans"
        made = organiser.get(organiser.post(plans).location, status=302).location.rpartition("/")[2]
        organiser.post(f"{plans}/{made}/publish", {"instead_of": "", "revision": "1"})
        self.world.names["plan"] = made

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

    def run(self, role: str, count: int) -> int:
        """Send so many requests as somebody of this role, half of them forms; return how many were sent.

        Every answer is read, and what it leads to. Somebody who was signed out signs in again; it ends early once
        they have erased themselves.
        """
        forms = list(every_form(self.app, Browser(self.client(role)), self.world).values())
        pages = [self.world.address(rule) for rule, _ in self.world.routes("GET")]
        sent, browser = 0, Browser(self.client(role))
        while sent < count and self._is_known(role):
            token = browser.token()
            cookie = browser.client.get_cookie("matchmaker")
            assert cookie is not None
            signed_in = True
            while sent < count and signed_in:
                browser.client.set_cookie("matchmaker", cookie.value)
                signed_in = self._send(role, browser.client, token, forms, pages)
                sent += 1
            browser = Browser(self.client(role))
        return sent

    def _is_known(self, role: str) -> bool:
        person: Any = self.world.people[role]
        with self.database.reading() as session:
            return person is None or people.by_id(session, person.id) is not None

    def _send(
        self,
        role: str,
        client: FlaskClient,
        token: str,
        forms: list[tuple[str, dict[str, str]]],
        pages: list[str],
    ) -> bool:
        """Send one request and read what comes of it; return whether its sender is still signed in."""
        if self.random.random() < 0.5:
            where = self._odd_address(self.random.choice(pages))
            led_to = self._read(role, f"GET {where}", partial(client.get, where))
        else:
            where, fields = self.random.choice(forms)
            if where.endswith(ERASES) and self.random.random() < 0.9:
                return True
            sent = self._odd_fields(fields, token)
            led_to = self._read(role, f"POST {where} {sent}", partial(client.post, where, data=sent))
        for _ in range(MOST_STEPS):
            if not led_to.startswith("/") or led_to.startswith("/sign-in"):
                break
            led_to = self._read(role, f"GET {led_to}, after {where}", partial(client.get, led_to))
        return role == "visitor" or not led_to.startswith("/sign-in")

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

    def _read(self, role: str, what: str, send: Callable[[], Any]) -> str:
        """Read an answer and note what must not be; return where it leads, or ""."""
        try:
            answer = send()
        except Exception:  # noqa: BLE001 - whatever it is, it is a fault
            self.faults[f"{role}: {what[:300]}\n{traceback.format_exc(limit=-3)}"] += 1
            return ""
        with answer:
            led_to = self._note(role, what, answer)
        if held := self.database.engine.pool.checkedout():  # type: ignore[attr-defined]
            self.faults[f"{role}: {what[:300]}: {held} connections held"] += 1
        return led_to

    def _note(self, role: str, what: str, answer: Any) -> str:
        """Note of an answer what must not be; return where it leads, or ""."""
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.faults[f"{role}: {what[:300]}: {answer.status_code}"] += 1
        for word in set(WORD.findall(str(answer.headers).encode() + words_of(answer.get_data()))):
            where = self.words.of[word.decode()]
            self.read.add(where)
            if role not in readers(where) and word.decode() not in what and not self._is_open(where):
                self.leaks[f"{role}: {what[:300]}: {where}"] += 1
        return str(answer.headers.get("Location", ""))

    def _is_open(self, where: str) -> bool:
        """Whether these are the words of the sealed thanks, and its organisers have opened them meanwhile."""
        if not where.endswith("endorsement.sentence"):
            return False
        with self.database.reading() as session:
            return session.get_one(Event, self.world.event.id).opened_at is not None


def words_of(body: bytes) -> bytes:
    """Return what somebody can read in a file of whatever kind: also its titles, and the names of files in it."""
    if body.startswith(b"%PDF"):
        import pypdf  # noqa: PLC0415 - only where a page is a PDF

        pdf = pypdf.PdfReader(BytesIO(body))
        about = pdf.trailer["/Root"].get("/Metadata")
        said = [*(page.extract_text() for page in pdf.pages), str(pdf.metadata), str(pdf.outline)]
        return "\n".join(said).encode() + (about.get_object().get_data() if about else b"")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as packed:
            return b"\n".join(name.encode() + words_of(packed.read(name)) for name in packed.namelist())
    return body


def test_every_text_about_people_has_its_word(sqlite: Database, settings: Settings) -> None:
    kept = {where.split("'s ")[1] for where in Fuzz(sqlite, settings).words.of.values()}
    forgotten = {
        f"{name}.{column.key}"
        for name, table in Base.metadata.tables.items()
        if name not in NOT_ABOUT_PEOPLE | WITHOUT_WORDS
        for column in texts(table)
    } - kept
    assert forgotten == set(), "make a row of this table in tests/web/private_words.py"


@pytest.mark.parametrize("role", ROLES)
def test_odd_requests_meet_no_fault_of_ours_and_find_no_private_word(
    role: str, sqlite: Database, settings: Settings
) -> None:
    fuzz = Fuzz(sqlite, settings)
    fuzz.run(role, SMALL)
    assert dict(fuzz.faults) == {}
    assert dict(fuzz.leaks) == {}
    assert FOUND[role] <= fuzz.read, "what this role may read is there to be found"


def main(count: int, url: str) -> None:
    """Send `count` requests a role, to a new event each few hundred, and print what came of them."""
    for role in ROLES:
        faults, leaks, statuses = Counter[str](), Counter[str](), Counter[int]()
        part = sent = 0
        while sent < count:
            part += 1
            with tempfile.TemporaryDirectory() as folder:
                database = Database(url or f"sqlite:///{Path(folder) / 'fuzz.db'}")
                if url:
                    schema.downgrade(database, "base")
                schema.upgrade(database)
                fuzz = Fuzz(database, from_environment({"MATCHMAKER_INSTANCE": folder}), seed=part)
                sent += fuzz.run(role, min(count - sent, FRESH))
                database.dispose()
            faults, leaks, statuses = faults + fuzz.faults, leaks + fuzz.leaks, statuses + fuzz.statuses
        said = ", ".join(f"{status} × {times}" for status, times in sorted(statuses.items()))
        print(f"{role}: {faults.total()} faults, {leaks.total()} leaks; {said}", flush=True)
        for words in (*faults, *leaks):
            print("   ", words, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
