"""A form that is sent twice at the same moment, on PostgreSQL, where both look before either writes.

Nothing is doubled, and the second reads what the first has done. On SQLite the second begins again by itself, as
`test_busy.py` shows.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text

from matchmaker.jobs.queue import Queue
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import Settings
from matchmaker.store.event.event_roles import Organiser
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Address
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database
from matchmaker.store.suggestions.introduction_notes import IntroductionNote
from matchmaker.web.app import create_app
from tests.services.two_at_once import WAITS
from tests.web.conftest import Browser, Page, world_in


@pytest.fixture
def site(postgres: Database, settings: Settings) -> Flask:
    """The application on PostgreSQL, with faults shown as a reader meets them."""
    return create_app(settings, postgres, Queue(settings, postgres, immediate=True))


@contextmanager
def both_have_looked(database: Database, statement: str) -> Iterator[None]:
    """Let two who press go on with this statement, the first time each comes to it, only once both have.

    Or once the second waits for what the first holds: it then comes when the first is done.
    """
    both, came = threading.Event(), set[int | None]()

    def wait(_connection: Any, _cursor: Any, sent: str, *_: Any) -> None:
        here = threading.current_thread()
        if not sent.startswith(statement) or here is threading.main_thread() or here.ident in came:
            return
        came.add(here.ident)
        if len(came) > 1:
            both.set()
        with database.reading() as other:
            while not both.wait(0.01) and not other.scalar(text(WAITS)):
                other.rollback()

    event.listen(database.engine, "before_cursor_execute", wait)
    yield
    event.remove(database.engine, "before_cursor_execute", wait)
    assert len(came) >= 2


def signed_in(site: Flask, database: Database, person: Any, count: int) -> list[Browser]:
    """Return so many browsers that share one session of somebody."""
    with database.writing() as session:
        token = stay_signed_in.begin(session, person, datetime.now(UTC))
    browsers = [Browser(site.test_client()) for _ in range(count)]
    for one in browsers:
        with one.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["csrf_token"] = token, "of-one-session"
    return browsers


def told(site: Flask, answer: Page) -> str:
    """Return what the next page tells whoever got this answer."""
    kept = answer.response.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    flashes: list[tuple[str, str]] = site.session_interface.get_signing_serializer(site).loads(kept)[
        "_flashes"
    ]
    return flashes[-1][1]


def pressed_twice(
    site: Flask, database: Database, person: Any, where: str, sent: dict[str, Any]
) -> list[Page]:
    """Send a form twice at once, from one session; return both answers, the one that was kept first."""
    browsers = signed_in(site, database, person, 2)
    answers: list[Page] = []

    def press(one: Browser) -> None:
        answers.append(Page(one.client.post(where, data={"csrf_token": one.token(), **sent})))

    threads = [threading.Thread(target=press, args=(one,)) for one in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers, key=lambda page: page.status)


def test_an_organiser_whom_two_add_at_once_is_one_and_the_second_reads_that_they_are_there(
    site: Flask, postgres: Database, maker: Any
) -> None:
    world = world_in(maker(postgres), site)
    where = f"/organise/{world.event.public_id}/organisers"
    sent = {"name": "Zoe", "email": "zoe@inside.example", "role": "organiser"}
    with both_have_looked(postgres, "INSERT INTO person"):
        answers = pressed_twice(site, postgres, world.people["organiser"], where, sent)
    assert [one.status for one in answers] == [303, 303]
    with postgres.reading() as session:
        (person,) = session.scalars(select(Address.person_id).where(Address.email == "zoe@inside.example"))
        assert session.scalar(select(func.count()).where(Organiser.person_id == person)) == 1


def test_a_paper_form_that_is_typed_in_twice_at_once_is_kept_once_and_no_answer_is_a_fault(
    site: Flask, postgres: Database, maker: Any
) -> None:
    world = world_in(maker(postgres), site)
    where = f"/organise/{world.event.public_id}/people/{world.other_registration.public_id}/paper"
    sent = {"topics": "Soils of the north", "bio": "x", "datasets": "Peat depths", "help": "yes"}
    with both_have_looked(postgres, "INSERT INTO"):
        answers = pressed_twice(site, postgres, world.people["organiser"], where, sent)
    assert [one.status for one in answers] == [303, 303]
    with postgres.reading() as session:
        kept = session.get_one(Registration, world.other_registration.id)
        assert [topic.name for topic in kept.topics] == ["Soils of the north"]
        assert kept.bio == "x"


def test_a_round_that_is_removed_twice_at_once_is_gone_and_the_second_reads_so(
    site: Flask, postgres: Database, maker: Any
) -> None:
    world = world_in(maker(postgres), site)
    where = f"/organise/{world.event.public_id}/rounds/2"
    with both_have_looked(postgres, "SELECT event.id"):
        answers = pressed_twice(site, postgres, world.people["organiser"], f"{where}/remove", {})
    assert [one.status for one in answers] == [303, 404]
    assert "There is no round 2 any more" in answers[1].text
    with postgres.reading() as session:
        assert [one.number for one in session.get_one(Event, world.event.id).rounds] == [1]


def test_a_note_that_is_sent_twice_at_once_is_one_note_and_one_letter(
    site: Flask, postgres: Database, maker: Any
) -> None:
    world = world_in(maker(postgres), site)
    where = f"/events/{world.event.public_id}/introductions/{world.names['person']}"
    with both_have_looked(postgres, "INSERT INTO introduction_note"):
        answers = pressed_twice(site, postgres, world.people["attendee"], where, {"words": "Tea at ten?"})
    assert [one.status for one in answers] == [303, 303]
    with postgres.reading() as session:
        notes = select(func.count()).where(IntroductionNote.words == "Tea at ten?")
        assert session.scalar(notes) == 1
        assert session.scalar(select(func.count()).where(Mail.kind == "note")) == 1


def test_a_plan_that_is_published_twice_at_once_is_said_to_be_published_by_both(
    site: Flask, postgres: Database, maker: Any
) -> None:
    world = world_in(maker(postgres), site)
    organiser = world.people["organiser"]
    (one,) = signed_in(site, postgres, organiser, 1)
    plans = f"/organise/{world.event.public_id}/plans"
    made = one.get(one.post(plans).location, status=302).location
    sent = {"instead_of": "", "revision": "1"}
    with both_have_looked(postgres, "SELECT event.id"):
        answers = pressed_twice(site, postgres, organiser, f"{made}/publish", sent)
    assert [one.status for one in answers] == [303, 303]
    assert sorted(told(site, one) for one in answers) == [
        "Version 2 is published already",
        "Version 2 is published. Attendees can see their meetings now, and 2 emails are on the way.",
    ]


def test_an_event_that_is_made_twice_at_once_is_one_and_the_second_reads_so(
    site: Flask, postgres: Database, maker: Any
) -> None:
    world = world_in(maker(postgres), site)
    sent = {"name": "Next year", "held_on": ["3", "3", "2999"], "like": world.event.public_id}
    with both_have_looked(postgres, "SELECT event."):
        answers = pressed_twice(site, postgres, world.people["organiser"], "/new-event", sent)
    assert [one.status for one in answers] == [303, 422]
    assert "You organise “Next year” on that day already" in answers[1].text
    with postgres.reading() as session:
        assert session.scalar(select(func.count()).where(Event.name == "Next year")) == 1


def test_a_plan_that_is_taken_up_twice_at_once_to_be_changed_is_one_draft_until_it_is_changed(
    site: Flask, postgres: Database, maker: Any
) -> None:
    world = world_in(maker(postgres), site)
    organiser = world.people["organiser"]
    (one,) = signed_in(site, postgres, organiser, 1)
    plans = f"/organise/{world.event.public_id}/plans"
    made = one.get(one.post(plans).location, status=302).location
    one.post(f"{made}/publish", {"instead_of": "", "revision": "1"})
    with both_have_looked(postgres, "SELECT event.id"):
        answers = pressed_twice(site, postgres, organiser, f"{made}/edit", {})
    assert {told(site, one) for one in answers} == {
        "Version 3 is a draft of your own to change. Nobody sees it until you publish it"
    }
    assert answers[0].location == answers[1].location
    one.post(f"{answers[0].location.removesuffix('/edit')}/rounds/1/fix")
    assert one.post(f"{made}/edit").location != answers[0].location
