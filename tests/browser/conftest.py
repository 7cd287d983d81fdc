"""A real browser on a real server: every console message, page error or request to elsewhere fails the test."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from matchmaker.commands.demo import make_demo, personas
from matchmaker.commands.worker import start_embedded
from matchmaker.jobs.queue import Queue
from matchmaker.scheduling.solver import improve, place
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import Settings, from_environment
from matchmaker.store import schema
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.web.app import create_app
from tests.browser.accessible import Accessible
from tests.conftest import made_once
from tests.databases import of_the_run

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine is found; what is asked of others complains on the console.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # The last of such flags counts, so what Playwright switches off is in it, where it could matter here. To make the
    # frame anew for each page that is opened, RenderDocument, takes a fifth of all that opening one takes.
    "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,"
    "RenderDocument,ThirdPartyStoragePartitioning",
    # No script runs long enough to be worth compiling well: that took a quarter of the work, on threads beside it.
    "--js-flags=--no-opt --no-maglev",
]


PATIENCE = 20_000
"""Milliseconds that anything in a browser may take: a machine that does other work besides is slow, not wrong."""


logging.getLogger("werkzeug").setLevel(logging.WARNING)
expect.set_options(timeout=PATIENCE)


class Site:
    """The application on a server of its own, with a worker behind it."""

    def __init__(self, settings: Settings, certificate: tuple[str, str] | None = None) -> None:
        self.database = of_the_run(Database(settings.database_url))
        self.server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, ssl_context=certificate)
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.server.server_port}"
        self.settings = replace(settings, public_url=self.url)
        self.queue = Queue(self.settings, self.database)
        self.app: Flask = create_app(self.settings, self.database, self.queue)
        self.app.config["DEMO_PERSONAS"] = personas()
        self.server.app = self.app
        self.worker = start_embedded(self.queue)
        # Asked twenty times a second whether to end, as each test waits for that.
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def sign_in(self, page: Page, person: Person) -> None:
        """Let a browser be signed in as somebody."""
        with self.database.writing() as session:
            token = stay_signed_in.begin(session, person, datetime.now(UTC))
        signer = self.app.session_interface.get_signing_serializer(self.app)
        cookie = signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True})
        page.context.add_cookies(
            [{"name": self.app.config["SESSION_COOKIE_NAME"], "value": cookie, "url": self.url}]
        )

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        # What nobody waits for any more need not be done.
        self.queue.huey.flush()
        self.queue.post.flush()
        self.worker.stop(graceful=True)
        self.queue.close()
        self.database.dispose()


def _built() -> None:
    manifest, axe = ROOT / "static/vendor/manifest.json", ROOT / "node_modules/axe-core/axe.min.js"
    if not manifest.is_file() or not axe.is_file():
        pytest.fail(
            "The front-end files are missing. Run `make test`, or `npm ci && matchmaker assets build`."
        )


@contextmanager
def without_many_tries() -> Iterator[None]:
    """Plan without many tries at something better: how good a plan is, other tests say; it took half of planning."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, "WORK", 1)
        patch.setattr(improve, "MOST", 0)
        yield


@pytest.fixture(scope="module", autouse=True)
def planned_without_many_tries() -> Iterator[None]:
    """Let no walk wait for many tries, and no other test of the run do without them."""
    with without_many_tries():
        yield


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo event once for the run."""
    settings = from_environment(
        {"MATCHMAKER_INSTANCE": str(tmp_path_factory.mktemp("demo")), "MATCHMAKER_DEMO": "yes"}
    )

    def fill(database: Database) -> None:
        schema.upgrade(database)
        with without_many_tries():
            make_demo(database, settings)
            # What each site would begin with: some seconds of work for each of a dozen files.
            Queue(settings, database, immediate=True).upkeep()

    return made_once(tmp_path_factory, "demo.db", fill)


def serve(folder: Path, database: Path) -> Iterator[Site]:
    _built()
    target = folder / "site.db"
    shutil.copy(database, target)
    settings = from_environment(
        {
            "MATCHMAKER_INSTANCE": str(folder),
            "MATCHMAKER_DATABASE_URL": f"sqlite:///{target}",
            "MATCHMAKER_DEMO": "yes",
        }
    )
    site = Site(settings)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def demo_site(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demo event to the tests of one file."""
    yield from serve(tmp_path_factory.mktemp("site"), demo_database)


@pytest.fixture
def empty_site(empty_sqlite: Path, tmp_path: Path) -> Iterator[Site]:
    """Serve an installation in which nobody has done anything yet."""
    yield from serve(tmp_path, empty_sqlite)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium, kept from calling home."""
    # The one without windows first: the same browser at two thirds of the work.
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("There is no Chromium. Run `make test`, which installs it or says how.")
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_FLAGS}


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """Return a function that opens a watched page in a new window, `width` wide, with or without scripts.

    Nothing moves in it.
    """
    contexts, complaints = [], []

    def open_one(width: int = 1280, *, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _complain(message.text, page.url, complaints))
        page.on("pageerror", lambda error: complaints.append(f"error: {error} at {page.url}"))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def _complain(words: str, url: str, complaints: list[str]) -> None:
    """Keep what a browser says on its console, except that a form is shown again with its errors."""
    if "responded with a status of 422" not in words:
        complaints.append(f"console: {words} at {url}")


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Return a function that fails on any accessibility violation that axe finds on a page."""
    return Accessible()
