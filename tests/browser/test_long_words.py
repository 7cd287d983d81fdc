"""Every page of an event whose people write words of 120 letters wherever they may: none scrolls sideways.

A German authority, a Welsh village, an address in place of a name: such words come from lists, and a page that they
push sideways hides its buttons on a phone.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select, update

from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Database
from matchmaker.store.suggestions.introduction_notes import IntroductionNote
from tests.browser.conftest import serve
from tests.browser.test_every_page import (
    PERSONAS,
    is_paper,
    look_around_as,
    names_in_addresses,
    page_at,
    pages,
)

WIDTHS = (320, 700)
"""A phone, and where tables have columns and least room for them."""


def long(word: str) -> str:
    return (word * 120)[:120]


@pytest.fixture(scope="module")
def long_site(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    for site in serve(tmp_path_factory.mktemp("long"), demo_database):
        names = names_in_addresses(site.database)
        lengthen(site.database)
        yield site, names


def lengthen(database: Database) -> None:
    """Put a word of 120 letters into each field that people fill in words of their own."""
    with database.writing() as session:
        for person in session.scalars(select(Person)):
            person.name = f"{long('Wolfeschlegel')} {long(person.name.split()[0])}"
            person.organisation, person.job_title = long("Llanfairpwllgwyngyll"), long("Datenverwalterin")
            person.pronouns = long("they")[:40]
        for dataset in session.scalars(select(Dataset)):
            dataset.title = f"{long('Pegelmessung')}{dataset.id}"
            dataset.description = long("Beschreibung")
        for publisher in session.scalars(select(Publisher)):
            publisher.name = f"{long('Umweltbundesamt')}{publisher.id}"
        for topic in session.scalars(select(Topic)):
            topic.name = f"{long('Grundwasserstand')}{topic.id}"
        told = {
            name: long(name) for name in ("team", "bio", "offers", "needs", "helper", "access_needs", "diet")
        }
        session.execute(update(Registration).values(**told))
        session.execute(
            update(Event).values(name=long("Datentag"), place=long("Victoriahalle"), host=long("Amt"))
        )
        session.execute(update(TableTopic).values(title=long("Grundverordnung"), about=long("Worueber")))
        session.execute(update(IntroductionNote).values(words=long("Hallo")))
        session.execute(update(Endorsement).values(sentence=long("Danke")))


@pytest.mark.parametrize("persona", list(PERSONAS.values()))
def test_no_page_scrolls_sideways_from_a_long_word(
    persona: str, long_site: Any, opened: Callable[..., Page]
) -> None:
    site, names = long_site
    page = opened(WIDTHS[0], javascript=False)
    look_around_as(page, site.url, persona)
    wide = []
    for _name, address, _persona in (one for one in pages(site.app, names) if one[2] == persona):
        answer = page_at(page, site.url + address)
        if answer is None or is_paper(page):
            continue
        assert answer.status == 200, f"{address}: {answer.status}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if over > 0:
                wide.append(f"{address} by {over} px at {width} px")
    assert not wide, "\n".join(wide)
