"""Over https a browser sends other headers than over http: whoever comes so must be able to sign in, and more."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from matchmaker.commands import hall_certificate
from matchmaker.settings import from_environment
from matchmaker.store.mail import Mail
from tests.browser.conftest import PATIENCE, Site


@pytest.fixture
def site(empty_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Serve an empty installation by https, with the certificate of a computer in a hall, and leave letters lying."""
    target = tmp_path / "site.db"
    shutil.copy(empty_sqlite, target)
    settings = from_environment(
        {
            "MATCHMAKER_INSTANCE": str(tmp_path),
            "MATCHMAKER_DATABASE_URL": f"sqlite:///{target}",
            "MATCHMAKER_MAIL_URL": "smtp://127.0.0.1:9",
        }
    )
    certificate, key = hall_certificate.make(tmp_path, "127.0.0.1")
    site = Site(settings, (str(certificate), str(key)))
    yield site
    site.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a window that has been told to trust the certificate, as somebody in the hall tells theirs."""
    context = browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_somebody_signs_in_and_makes_an_event_over_https(site: Site, page: Page, maker: Any) -> None:
    make = maker(site.database)
    organiser = make.organiser(make.event("Data day"), make.person("Ada"))
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Email address").fill(organiser.email)
    page.get_by_role("button", name="Get a code").click()
    expect(page.get_by_label("code")).to_be_visible()
    with site.database.reading() as session:
        letter = session.scalars(select(Mail).where(Mail.to == organiser.email)).one()
        code = re.search(r"code is (\d{3} ?\d{3})", letter.body)
    assert code
    page.get_by_label("code").fill(code.group(1))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="Data day")).to_be_visible()
    page.goto(f"{site.url}/new-event")
    page.get_by_label("Name of the event").fill("Spring day")
    for name, number in zip(("Day", "Month", "Year"), (1, 4, date.today().year + 1), strict=True):
        page.get_by_label(name, exact=True).fill(str(number))
    page.get_by_role("button", name="Make the event").click()
    expect(page.get_by_role("heading", level=1, name="Spring day")).to_be_visible()
