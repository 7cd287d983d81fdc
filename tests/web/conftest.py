"""A browser for tests that proof-reads every page it opens, and an application on a database of the test's own."""

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask import session as flask_session
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from matchmaker.intake import apart
from matchmaker.jobs import read_upload
from matchmaker.jobs.queue import Queue
from matchmaker.services.credits import claim_credits
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import Settings, from_environment
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import TopicsFrom
from matchmaker.store.files import File
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people.apart_organisations import ApartOrganisations
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Database
from matchmaker.store.suggestions.introduction_notes import IntroductionNote
from matchmaker.web import account, lost_forms, transaction
from matchmaker.web.app import create_app
from tests.made_once import MadeOnce


class Page:
    """An answer: its status, its HTML as text, and where it leads."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        assert not _BRINGS_ADDRESS.search(self.location), (
            f"an address holds an email address: {self.location}"
        )
        if self.html and self.status not in (302, 303):
            proof_read(self.html, response.headers["Content-Security-Policy"])

    @property
    def text(self) -> str:
        """Return the words of the page's main part, spaces collapsed."""
        main = re.search(r"<main.*?</main>", self.html, re.S)
        plain = re.sub(
            r"<(script|style).*?</\1>|<[^>]+>", " ", main.group(0) if main else self.html, flags=re.S
        )
        for entity, character in (
            ("&amp;", "&"),
            ("&#39;", "'"),
            ("&#34;", '"'),
            ("&lt;", "<"),
            ("&gt;", ">"),
        ):
            plain = plain.replace(entity, character)
        return " ".join(plain.split())

    @property
    def heading(self) -> str:
        """Return the words of the page's one h1."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.S)
        assert found, "the page has no h1"
        return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split())

    @property
    def headings(self) -> list[str]:
        """Return the words of the h1 and of every h2 and h3 of the page's main part."""
        main = re.search(r"<main.*?</main>", self.html, re.S)
        found = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", main.group(0) if main else self.html, re.S)
        return [" ".join(re.sub(r"<[^>]+>", " ", words).split()) for words in found]


_SIGN = "&(?:amp|lt|gt|#3[49]);"
"""A sign as templates write it where it would be read as a tag or an end."""
_WORDS = re.compile(rf'(?<=>)(?:[^<&]++|{_SIGN})++|(?<==")(?:[^"<>&]++|{_SIGN})*+(?=")')
_BRINGS_ADDRESS = re.compile(r"^(?:/|\?|https?://[^/]*/)[^#]*[?&][^#]*(?:@|%40)")
"""An address of a page or a form that holds somebody's email address, which servers and browsers keep."""
PARSED: set[int] = set()
"""Pages that were parsed, by their tags: words and values between them change nothing about how a page parses."""


_ONE_OF_SEVERAL = re.compile(
    r"(?<!round )(?<!rounds )(?<!table )(?<!plan )(?<!version )(?<!person )(?<!event )(?<!office )(?<!page )"
    r"(?<![\d.,:/-])\b1 (?:people|datasets|meetings|rounds|tables|topics|events|rows|places|letters|emails|"
    r"organisations|colleagues|minutes|days|labels|invitations|credits|lines|files|others)\b",
    re.I,
)
"""A one that stands for itself, not as the number of a round or a plan, with a noun for several."""


def proof_read(html: str, policy: str) -> None:
    """Check what must be so on every page: it parses, has one h1, unique ids, guarded forms, no inline code."""
    skeleton = hash(_WORDS.sub("", html))
    if skeleton not in PARSED:
        html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        PARSED.add(skeleton)
    assert len(re.findall(r"<h1[ >]", html)) == 1, "a page has one h1"
    title = re.search(r"<title[^>]*>\s*(.*?)\s*</title>", html, re.S)
    assert title, "a page has a title"
    assert title.group(1).endswith("– matchmaker"), title.group(1)
    assert not title.group(1).startswith("–"), "a page's title says what it is"
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), f"ids twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    for form in re.findall(r"<form.*?</form>", html, re.S):
        if 'method="post"' in form:
            assert 'name="csrf_token"' in form, f"a form that posts has a token: {form[:200]}"
    for tag in re.findall(r"<(?:script|style)[^>]*>", html):
        nonce = re.search(r'nonce="([^"]+)"', tag)
        assert "src=" in tag or (nonce and f"'nonce-{nonce.group(1)}'" in policy), tag
    assert not re.search(r"<[^>]+\s(?:on[a-z]+|style)=", html), "no inline handler or style"
    for address in re.findall(r'\s(?:href|action|src|hx-\w+)="([^"]+)"', html):
        assert not _BRINGS_ADDRESS.search(address), f"an address holds an email address: {address}"
    assert not (several := _ONE_OF_SEVERAL.search(html)), f"one of something: {several.group()}"
    assert "GOV.UK" not in re.sub(r"<(script|style).*?</\1>", "", html, flags=re.S), "not a GOV.UK service"


class Browser:
    """A person at a browser: opens pages, which are proof-read, and sends forms with their token."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, status: int = 200, **options: Any) -> Page:
        """Open a page and expect `status`."""
        page = Page(self.client.get(address, **options))
        assert page.status == status, f"GET {address}: {page.status} {page.location} {page.text[:500]}"
        return page

    def post(
        self, address: str, data: dict[str, Any] | None = None, status: int = 303, **options: Any
    ) -> Page:
        """Send a form, with a token as the browser's pages hold it, and expect `status`."""
        page = Page(self.client.post(address, data={"csrf_token": self.token(), **(data or {})}, **options))
        assert page.status == status, f"POST {address}: {page.status} {page.location} {page.text[:800]}"
        return page

    def follow(self, address: str, data: dict[str, Any] | None = None, **options: Any) -> Page:
        """Send a form, expect to be sent on, and open where it leads."""
        return self.get(self.post(address, data, **options).location)

    def token(self) -> str:
        """Return the token that a page of this browser's session holds; the first page opened begins it."""
        while (raw := self._raw_token()) is None:
            self.client.get("/sign-in")
        secret = self.client.application.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))

    def _raw_token(self) -> str | None:
        with self.client.session_transaction() as cookie:
            raw: str | None = cookie.get("csrf_token")
        return raw


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a small, plain installation, with a mail server that no test writes to."""
    return from_environment(
        {"MATCHMAKER_INSTANCE": str(tmp_path), "MATCHMAKER_MAIL_URL": "smtp://127.0.0.1:9"}
    )


@pytest.fixture
def app(settings: Settings, sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Return the application on the test's database; jobs are done before the page is back.

    Letters stay in the outbox, where a test can read them: a letter that is sent loses its words.
    """
    queue = Queue(settings, sqlite, immediate=True)
    for send in ("deliver_mail", "_deliver"):
        monkeypatch.setattr(queue, send, lambda: None)
    # A process for each upload takes half a second; tests/jobs/test_read_upload.py runs real ones.
    monkeypatch.setattr(read_upload, "apart", apart.read)
    app = create_app(settings, sqlite, queue)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


@pytest.fixture
def no_mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the mail server away, as on a laptop: letters appear in the window of the server alone."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_url="console:"))


@pytest.fixture
def browser(app: Flask) -> Callable[[Person | None], Browser]:
    """Return a function that gives a browser in which `person` is signed in, or nobody."""

    def open_one(person: Person | None = None) -> Browser:
        client = app.test_client()
        if person is not None:
            with app.extensions["matchmaker.database"].writing() as session:
                token = stay_signed_in.begin(session, person, datetime.now(UTC))
            with client.session_transaction() as cookie:
                cookie["_user_id"] = token
                cookie.permanent = True
                cookie["_fresh"] = True
                # As the first page that is opened would, which need not be opened only for this.
                cookie[lost_forms.TOKEN] = f"{secrets.token_hex(20)}.{person.public_id}"
        return Browser(client)

    return open_one


@pytest.fixture
def become() -> Callable[[Flask, FlaskClient, Person | None], None]:
    """Return a function that lets a browser be in a new session of `person`, or of nobody."""

    def change(app: Flask, client: FlaskClient, person: Person | None) -> None:
        state: dict[str, Any] = {}
        if person is not None:
            with app.test_request_context("/sign-in", method="POST"):
                account.sign_in(person)
                transaction.session().commit()
                state = dict(flask_session)
        with client.session_transaction() as cookie:
            cookie.clear()
            cookie.update(state)

    return change


@pytest.fixture
def statements(sqlite: Database) -> Iterator[list[str]]:
    """Collect every SELECT sent to the test's database; a test empties the list where it begins to count."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(sqlite.engine, "before_cursor_execute", note)
    yield sent
    event.remove(sqlite.engine, "before_cursor_execute", note)


class World:
    """Two events with people in every role, and one object of every kind that an address can name."""

    def __init__(self, make: Any, app: Flask) -> None:
        self.app = app
        self.event = make.event(
            "The event",
            open_registration=True,
            rounds=2,
            tables=4,
            wall_key="hall-screen",
            topics_from=TopicsFrom.EVERYBODY,
        )
        elsewhere = make.event("Another event")
        amara, ben = make.person("Amara"), make.person("Ben")
        self.registration = make.registration(self.event, amara)
        self.other_registration = make.registration(self.event, ben)
        olga = make.organiser(self.event)
        self.people = {
            "visitor": None,
            "stranger": make.person("Stranger"),
            "attendee": amara,
            "organiser": olga,
            "helper": make.organiser(self.event, role=EventRole.HELPER),
            "reader": make.organiser(self.event, role=EventRole.READER),
            "attendee elsewhere": make.registration(elsewhere).person,
            "organiser elsewhere": make.organiser(elsewhere),
        }
        self.dataset = make.dataset("Rivers")
        self.lost = make.dataset("Lost", "Lost Office")
        self.contribution = make.contribution(ben, self.dataset)
        self.mine = make.contribution(amara, self.dataset, "checked")
        self.endorsement = make.endorsement(self.event, amara, self.contribution)
        later = datetime.now(UTC) + timedelta(days=1)
        self.file = File(
            event_id=self.event.id, name="plan.csv", media_type="text/csv", content=b"x", purge_at=later
        )
        self.job = Job(event_id=self.event.id, kind="plan", state=JobState.FAILED, problem="Add a table.")
        self.plan = Plan(
            event_id=self.event.id,
            version=1,
            problem={"people": [], "rounds": [{"tables": 4}, {"tables": 4}], "pairs": []},
            certificate={},
        )
        make.answer(self.event, amara, ben)
        make.answer(self.event, ben, amara)
        note = IntroductionNote(event_id=self.event.id, writer_id=ben.id, reader_id=amara.id, words="Hello")
        make.add(note)
        make.add(
            Use(person_id=amara.id, dataset_id=self.dataset.id, kind=UseKind.STUCK),
            Encounter(event_id=self.event.id, person_id=amara.id, other_id=ben.id, share_email=True),
            Encounter(event_id=self.event.id, person_id=ben.id, other_id=amara.id, share_email=True),
        )
        pair = sorted((ben.id, olga.id))
        self.exclusion = Exclusion(event_id=self.event.id, a_id=pair[0], b_id=pair[1])
        self.pair = ApartOrganisations(
            event_id=self.event.id, a="kew", b="qew", a_written="Kew", b_written="Qew"
        )
        self.mail = Mail(kind="test", to=ben.email, subject="Hello", body="Hello")
        secret = from_environment({}).secret_key
        self.unclaimed = UnclaimedCredit(
            event_id=self.event.id, dataset_id=self.dataset.id, role="built", name="Una", code_hash="x",
        )  # fmt: skip
        self.topic = Topic(name="Rivers", key="rivers")
        self.pitched = TableTopic(
            event_id=self.event.id,
            host_id=amara.id,
            title="Who owns the rivers list?",
            about="Three lists, and no owner.",
        )
        make.add(self.pitched)
        make.add(self.file, self.job, self.plan, self.exclusion, self.mail, self.topic, self.unclaimed)
        make.add(self.pair)
        self.import_ = Import(
            event_id=self.event.id, kind=ImportKind.ATTENDEES, file_name="a.csv", file_id=self.file.id
        )
        self.act = Job(
            event_id=self.event.id,
            kind="people-act",
            state=JobState.DONE,
            details={"act": "coming", "people": 1},
            result={"before": [[self.registration.id, "invited"]]},
        )
        make.add(self.import_, self.act)
        self.names: dict[str, str] = {
            "sign_in": "of-nobody",
            "event": self.event.public_id,
            "person": ben.public_id,
            "registration": self.other_registration.public_id,
            "dataset": self.dataset.public_id,
            "contribution": self.contribution.public_id,
            "endorsement": self.endorsement.public_id,
            "file": self.file.public_id,
            "job": self.job.public_id,
            "plan": self.plan.public_id,
            "exclusion": self.exclusion.public_id,
            "pair": self.pair.public_id,
            "upload": self.import_.public_id,
            "mail": self.mail.public_id,
            "unclaimed": self.unclaimed.public_id,
            "proof": claim_credits.proof(secret, self.unclaimed.public_id, claim_credits.BY_MAIL),
            "topic": str(self.topic.id),
            "wall": "hall-screen",
            "pitched": self.pitched.public_id,
            "publisher": str(self.lost.publisher_id),
            "done": self.act.public_id,
            "round": "1",
            "table": "1",
        }

    def routes(self, method: str) -> Iterator[tuple[Rule, str]]:
        """Return every address that takes this method, with the blueprint it belongs to."""
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint != "static" and method in (rule.methods or ()):
                yield rule, rule.endpoint.partition(".")[0]

    def address(self, rule: Rule) -> str:
        """Return the address of a rule with the objects of this world."""
        unknown = rule.arguments - self.names.keys() - LITERAL.keys()
        assert not unknown, f"{rule} names {unknown}: tell World what it is"
        values = {name: self.names.get(name) or LITERAL[name] for name in rule.arguments}
        return self.app.url_map.bind("localhost").build(rule.endpoint, values, force_external=False)


LITERAL: dict[str, str] = {
    "ending": "csv",
    "key": "attendee",
    "kind": "credits.csv",
    "paper": "tags",
    "sheet": "slips",
}
"""Parts of addresses that name no object."""


WORLDS = defaultdict[str, MadeOnce[World]](MadeOnce)


def world_in(make: Any, app: Flask) -> World:
    """Return the people and objects that every address needs, in the empty database of `make`."""
    mine = WORLDS[make.database.engine.dialect.name].give(make, lambda: World(make, app))
    mine.app, mine.names = app, dict(mine.names)
    return mine


@pytest.fixture
def world(make: Any, app: Flask) -> World:
    """Let the test have a world of its own."""
    return world_in(make, app)
