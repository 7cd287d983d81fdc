"""What is pressed twice at the same moment, or by two at once, is done once, on both databases."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from matchmaker.intake import apart
from matchmaker.jobs import read_upload
from matchmaker.jobs.queue import Queue
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import Settings
from matchmaker.store.attendee_lists.imports import Import
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.web.app import create_app
from tests.services.two_at_once import WAITS
from tests.web.conftest import Browser, Page, world_in

PATIENCE = 3.0
"""Seconds that one waits at most for the other to come to its first write, where the other never does."""


class Form(NamedTuple):
    """Who sends what where."""

    who: Any
    where: str
    sent: dict[str, Any]


class Site:
    """The application with its world, on one of the two databases."""

    def __init__(self, database: Database, settings: Settings, make: Any) -> None:
        queue = Queue(settings, database, immediate=True)
        queue.deliver_mail = queue._deliver = lambda: None  # type: ignore[method-assign]
        self.database, self.make = database, make
        self.app: Flask = create_app(settings, database, queue)
        self.world = world_in(make, self.app)
        self.here = f"/organise/{self.world.event.public_id}"
        self.organiser = self.world.people["organiser"]
        self.ivy = make.registration(
            self.world.event, make.person("Ivy", "ivy@inside.example"), state=RegistrationState.INVITED
        )

    def browser(self, person: Any) -> Browser:
        """Return a browser of somebody, with a session of its own."""
        with self.database.writing() as session:
            token = stay_signed_in.begin(session, person, datetime.now(UTC))
        browser = Browser(self.app.test_client())
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["csrf_token"] = token, "of-one-session"
        return browser

    def rows(self, table: Any, /, **where: Any) -> list[Any]:
        """Return the rows with these values."""
        with self.database.reading() as session:
            return list(session.scalars(select(table).filter_by(**where)))

    def at_once(self, *forms: Form) -> list[Page]:
        """Send these forms at once, so that all have read before one writes; return the answers in this order."""
        browsers = [self.browser(one.who) for one in forms]
        answers: list[Page | None] = [None for _ in forms]

        def press(place: int) -> None:
            one = forms[place]
            sent = {name: value() if callable(value) else value for name, value in one.sent.items()}
            sent["csrf_token"] = browsers[place].token()
            answers[place] = Page(browsers[place].client.post(one.where, data=sent))

        threads = [threading.Thread(target=press, args=(place,)) for place in range(len(forms))]
        with self._all_have_read(len(forms)):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return [one for one in answers if one]

    @contextmanager
    def _all_have_read(self, count: int) -> Iterator[None]:
        everybody, came = threading.Event(), set[int | None]()

        def wait(_connection: Any, _cursor: Any, sent: str, *_: Any) -> None:
            here = threading.current_thread()
            writes = re.match(r"(INSERT|UPDATE|DELETE)", sent)
            if not writes or here is threading.main_thread() or here.ident in came:
                return
            came.add(here.ident)
            if len(came) == count:
                everybody.set()
            for _ in range(int(PATIENCE / 0.01)):
                if everybody.wait(0.01) or self._somebody_waits():
                    break

        event.listen(self.database.engine, "before_cursor_execute", wait)
        yield
        event.remove(self.database.engine, "before_cursor_execute", wait)
        assert came

    def _somebody_waits(self) -> bool:
        if self.database.is_sqlite:
            return False
        with self.database.reading() as other:
            return bool(other.scalar(text(WAITS)))


@pytest.fixture
def site(database: Database, settings: Settings, maker: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(read_upload, "apart", apart.read)
    return Site(database, settings, maker(database))


def hidden(page: Page) -> dict[str, str]:
    """Return the hidden fields of a page's form, but for its token."""
    found = dict(re.findall(r'type="hidden" [^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.html))
    found |= {
        name: value for name, value in re.findall(r'name="([^"]+)" type="hidden" value="([^"]*)"', page.html)
    }
    return {name: value for name, value in found.items() if name != "csrf_token"}


CHANGED = "The list has changed since you opened the page. Nothing has been done."


@pytest.mark.parametrize(
    ("act", "state"),
    [("invite", "invited"), ("coming", "confirmed"), ("not-coming", "declined"), ("remove", "")],
)
def test_what_is_done_to_several_is_done_once_and_the_second_reads_that_the_list_has_changed(
    site: Site, act: str, state: str
) -> None:
    where = f"{site.here}/people/several"
    chosen = {"act": act, "who": site.ivy.public_id}
    page = site.browser(site.organiser).get(where, query_string=chosen)
    sent = chosen | {"count": "1", "whom": hidden(page)["whom"], "word": "She wrote to us"}
    first, second = sorted(site.at_once(*[Form(site.organiser, where, sent)] * 2), key=lambda one: one.status)
    assert (first.status, second.status) == (303, 422)
    assert CHANGED in second.text
    assert len(site.rows(Job, kind="people-act")) == 2, "the world has one already"
    assert len(site.rows(Mail, kind="invitation")) == (act == "invite")
    assert [one.state.value for one in site.rows(Registration, id=site.ivy.id)] == [state] * (act != "remove")
    assert len(site.rows(Person, name="Ivy")) == (act != "remove")


@pytest.mark.parametrize("how", ["mail", "print"])
def test_invitations_that_two_organisers_send_at_once_are_sent_once(site: Site, how: str) -> None:
    other = site.make.organiser(site.world.event)
    where, chosen = f"{site.here}/invitations", {"who": "not-invited", "how": how}
    whom = hidden(site.browser(other).get(f"{where}/confirm", query_string=chosen))["whom"]
    sent = chosen | {"count": "1", "whom": whom}
    answers = site.at_once(Form(site.organiser, where, sent), Form(other, where, sent))
    first, second = sorted(answers, key=lambda one: one.status)
    assert (first.status, second.status) == (303, 422)
    assert CHANGED in second.text
    assert len(site.rows(Mail, kind="invitation")) == (how == "mail")


def test_of_two_desks_that_say_different_things_of_somebody_at_once_one_is_kept_and_the_other_told(
    site: Site,
) -> None:
    where = f"{site.here}/desk/{site.world.registration.public_id}"
    helper = site.world.people["helper"]
    same = {"presence": "here", "was": "expected"}
    assert [
        one.status for one in site.at_once(Form(helper, where, same), Form(site.organiser, where, same))
    ] == [303] * 2
    (row,) = site.rows(Registration, id=site.world.registration.id)
    assert row.presence is Presence.HERE
    here, not_here = {"presence": "expected", "was": "here"}, {"presence": "absent", "was": "here"}
    forms = [Form(helper, where, here), Form(site.organiser, where, not_here)]
    answers = site.at_once(*forms)
    (row,) = site.rows(Registration, id=site.world.registration.id)
    told = [flashed(site, one) for one in answers]
    assert row.presence is not Presence.HERE
    assert [bool(one) for one in told] == (
        [False, True] if row.presence is Presence.EXPECTED else [True, False]
    )


def flashed(site: Site, answer: Page) -> list[str]:
    """Return what the next page tells whoever got this answer."""
    kept = answer.response.headers.get("Set-Cookie", "").partition("=")[2].partition(";")[0]
    if not kept:
        return []
    said = site.app.session_interface.get_signing_serializer(site.app).loads(kept)  # type: ignore[attr-defined]
    return [words for _, words in said.get("_flashes", [])]


@pytest.mark.parametrize("other", ["meet", "block", ""])
def test_two_answers_about_somebody_at_once_are_one_answer(site: Site, other: str) -> None:
    person = site.make.registration(site.world.event, site.make.person("Cy")).person
    amara = site.world.people["attendee"]
    site.make.answer(site.world.event, amara, person, AnswerKind.NOT_FOR_ME)
    where = f"/events/{site.world.event.public_id}/suggestions/{person.public_id}"
    answers = site.at_once(Form(amara, where, {"answer": "meet"}), Form(amara, where, {"answer": other}))
    kept = [one.kind.value for one in site.rows(Answer, person_id=amara.id, about_id=person.id)]
    assert kept in ([["meet"], [other]] if other else [["meet"], []])
    # Whoever has taken back the only word about somebody who is not suggested has no card of them any more.
    gone = [one for one in answers if one.status == 404]
    assert [one.status for one in answers if one not in gone] == [303] * (2 - len(gone))
    assert not gone or (other, kept) == ("", [])


@pytest.mark.parametrize("email", ["", "una@far.example"])
def test_somebody_without_an_account_who_is_named_twice_at_once_is_one_name(site: Site, email: str) -> None:
    where = f"/datasets/{site.world.dataset.public_id}/name/new"
    sent = {"kind": "person", "name": "Uma", "organisation": "Far Office", "email": email, "role": "built"}
    answers = site.at_once(*[Form(site.world.people["attendee"], where, sent)] * 2)
    assert [one.status for one in answers] == [303, 303]
    assert len(site.rows(UnclaimedCredit, name="Uma")) == 1


@pytest.mark.parametrize("kind", ["attendees", "catalogue"])
def test_a_file_that_is_uploaded_twice_at_once_is_one_upload_and_both_are_led_to_it(
    site: Site, kind: str
) -> None:
    data = {"attendees": b"Name,Email\nZoe,zoe@far.example\n", "catalogue": b"id,title\n1,Rain\n"}[kind]
    sent = {"file": lambda: (BytesIO(data), "list.csv"), "source": "data.gov.uk"}
    answers = site.at_once(*[Form(site.organiser, f"{site.here}/imports/{kind}", sent)] * 2)
    assert [one.status for one in answers] == [303, 303]
    (kept,) = site.rows(Import, file_name="list.csv")
    shown = f"{site.here}/imports/{kept.public_id}"
    one = site.browser(site.organiser)
    for answer in answers:
        page = one.get(answer.location, status=302 if "/jobs/" in answer.location else 200)
        assert shown in (answer.location, page.location)


def test_a_thanks_that_is_sent_twice_at_once_is_one_with_one_letter_and_both_read_that_it_is_on_its_way(
    site: Site,
) -> None:
    ben, amara = site.world.other_registration.person, site.world.people["attendee"]
    where = f"/datasets/{site.world.lost.public_id}/thank/{ben.public_id}"
    sentence = "You found the list that all of us had given up for lost."
    sent = {"sentence": sentence, "role": "built", "relation": "user", "step": "send"}
    answers = site.at_once(*[Form(amara, where, sent)] * 2)
    assert [one.status for one in answers] == [303, 303]
    assert len(site.rows(Endorsement, sentence=sentence)) == 1
    assert len(site.rows(Mail, kind="thanks awaiting")) == 1


def test_somebody_who_is_removed_while_another_changes_them_is_either_gone_or_changed_and_no_page_is_a_fault(
    site: Site,
) -> None:
    several, page = f"{site.here}/people/several", f"{site.here}/people/{site.ivy.public_id}"
    one = site.browser(site.organiser)
    chosen = {"act": "remove", "who": site.ivy.public_id}
    whom = hidden(one.get(several, query_string=chosen))["whom"]
    shown = hidden(one.get(page))
    changed = shown | {"name": "Ivy Green", "organisation": "Office", "emails": "ivy@inside.example"}
    removal, change = site.at_once(
        Form(site.organiser, several, chosen | {"count": "1", "whom": whom}),
        Form(site.organiser, page, changed),
    )
    there = site.rows(Registration, id=site.ivy.id)
    assert removal.status in (303, 422)
    if removal.status == 303:
        assert there == []
        assert site.rows(Person, name="Ivy") + site.rows(Person, name="Ivy Green") == []
        assert change.status in (303, 404)
    else:
        assert CHANGED in removal.text
        assert change.status == 303
        assert len(there) == 1
