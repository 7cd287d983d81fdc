"""An event that runs in the hall: read-only on the website, run on a computer there, and brought back whole."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import delete, select

from matchmaker.commands.doctor import CHECKS
from matchmaker.commands.hall import hall as command
from matchmaker.jobs.queue import Queue
from matchmaker.recognition.states import EndorsementState
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import Settings, from_environment
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.event import hall_file
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer
from matchmaker.web.app import create_app
from tests.web.conftest import Browser
from tests.web.event.test_day import Presser

WORDS = "four plain words here"
THANKS = {
    "sentence": "You made the numbers add up for everyone who came after.",
    "relation": "user",
    "role": "curated",
    "step": "send",
}


class Place:
    """An installation: its application, its database, and browsers in it."""

    def __init__(self, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        queue = Queue(settings, database, immediate=True)
        for send in ("deliver_mail", "_deliver"):
            monkeypatch.setattr(queue, send, lambda: None)
        self.database = database
        self.app: Flask = create_app(settings, database, queue)
        self.app.testing = True
        self.app.config["PROPAGATE_EXCEPTIONS"] = True

    def browser(self, name: str) -> Browser:
        """Return a browser in which somebody is signed in."""
        client = self.app.test_client()
        with self.database.writing() as session:
            person = session.scalars(select(Person).where(Person.name == name)).one()
            token = stay_signed_in.begin(session, person, datetime.now(UTC))
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie.permanent = True
            cookie["_fresh"] = True
        return Browser(client)

    def one(self, kind: Any, *where: Any) -> Any:
        """Return the one row for which this holds."""
        with self.database.reading() as session:
            return session.scalars(select(kind).where(*where)).one()

    def all(self, kind: Any, *where: Any) -> list[Any]:
        """Return all rows for which this holds, in order."""
        with self.database.reading() as session:
            return list(session.scalars(select(kind).where(*where).order_by(kind.id)))


class Walk:
    """A website with the event and another, and the way to the hall and back by the commands."""

    def __init__(self, maker: Any, database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch
        self.environment = {
            "MATCHMAKER_INSTANCE": str(folder / "website"),
            "MATCHMAKER_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
            "MATCHMAKER_QUEUE_URL": f"sqlite:///{folder / 'queue.db'}",
        }
        self.website = Place(from_environment(self.environment), database, monkeypatch)
        make = maker(database)
        now = datetime.now(UTC).replace(microsecond=0)
        self.event: Event = make.event(
            "Data day", tables=8, held_on=now.date(), erase_on=now.date() + timedelta(days=90), zone="UTC"
        )
        for number, starts in ((1, now - timedelta(minutes=30)), (2, now + timedelta(minutes=5)),
                               (3, now + timedelta(minutes=8))):  # fmt: skip
            make.add(Round(event_id=self.event.id, number=number, starts_at=starts, minutes=2))
        rows = [make.registration(self.event, make.person(f"Guest {letter}")) for letter in "ABCDEF"]
        self.dataset = make.dataset("Rivers")
        make.contribution(rows[1].person, self.dataset)
        make.organiser(self.event, make.person("Olga"))
        plan = Plan(
            event_id=self.event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={}, published_at=now
        )  # fmt: skip
        make.add(plan)
        seats = [Seat(person_id=row.person_id, plan_id=plan.id, round_number=1) for row in rows[:2]]
        make.add(Meeting(plan_id=plan.id, round_number=1, table_number=1, why=[], seats=seats))
        noise = make.event("Noise day", rounds=1, tables=1)
        make.registration(noise, rows[0].person, bio="noise of A")
        make.registration(noise, make.person("Noise Nora"), bio="noise")
        make.organiser(noise, make.person("Noise Otto"))

    def run(self, *words: str, say: str = f"{WORDS}\n", code: int = 0) -> str:
        """Run `matchmaker hall` with these words."""
        with self.monkeypatch.context() as here:
            for name, value in self.environment.items():
                here.setenv(name, value)
            ran = CliRunner().invoke(command, words, input=say)
        assert ran.exit_code == code, ran.output
        return ran.output

    def take_out(self) -> None:
        """Take the event out."""
        self.run("take-out", "Data day", str(self.folder / "out.hall"), say=f"{WORDS}\n{WORDS}\n")

    def open(self, *more: str) -> Place:
        """Open the file on the computer in the hall."""
        place = str(self.folder / "hall")
        self.said = self.run(
            "open", str(self.folder / "out.hall"), "--folder", place, "--no-serve", "--address", "192.0.2.7", *more
        )  # fmt: skip
        lines = (self.folder / "hall/matchmaker.env").read_text().splitlines()
        said = dict(line.split("=", 1) for line in lines if "=" in line)
        settings = from_environment(said)
        self.hall = Place(settings, Database(settings.database_url), self.monkeypatch)
        return self.hall


@pytest.fixture
def walk(maker: Any, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    monkeypatch.setattr(hall_file, "WORK", 2)
    made = Walk(maker, database, tmp_path, monkeypatch)
    yield made
    if hasattr(made, "hall"):
        made.hall.database.dispose()


def test_a_whole_day_in_the_hall_is_there_afterwards_and_the_other_event_is_as_it_was(walk: Walk) -> None:
    website, page = walk.website, f"/organise/{walk.event.public_id}"
    noise = [(row.bio, row.state, row.presence) for row in website.all(Registration, Registration.bio != "")]
    walk.take_out()
    hall = walk.open()
    olga = hall.browser("Olga")
    for row in hall.all(Registration)[:4]:
        olga.post(f"{page}/desk/{row.public_id}", {"presence": "here"})
    Presser(olga, f"{page}/day").follow("Everybody not checked in is not here").press(
        "Mark 2 people as not here"
    )
    Presser(olga, f"{page}/day").follow("Walk-in").press(
        "Check in and give them meetings",
        name="Wanda Walk",
        email="",
        organisation="Street",
        works_on="rivers",
    ).press("Publish and print the changed slips")
    a, b = hall.browser("Guest A"), hall.one(Person, Person.name == "Guest B")
    a.post(f"/datasets/{walk.dataset.public_id}/thank/{b.public_id}", THANKS)
    a.post(f"/events/{walk.event.public_id}/met/{b.public_id}/took-place", {"took_place": "yes"})
    a.post(
        f"/events/{walk.event.public_id}/met/{b.public_id}",
        {"took_place": "yes", "useful": "very", "next_step": "Send the river table"},
    )
    walk.run("close", str(walk.folder / "back.hall"), "--folder", str(walk.folder / "hall"))
    told = walk.run("bring-back", str(walk.folder / "back.hall"))
    assert "Data day is back" in told
    assert "- " not in told
    kept = website.all(Registration, Registration.event_id == walk.event.id)
    assert [row.presence for row in kept] == [Presence.HERE] * 4 + [Presence.ABSENT] * 2 + [Presence.HERE]
    wanda = website.one(Person, Person.name == "Wanda Walk")
    assert kept[6].person_id == wanda.id
    assert kept[6].state is RegistrationState.CONFIRMED
    plans = website.all(Plan)
    assert [(plan.version, plan.state) for plan in plans] == [
        (1, PlanState.SUPERSEDED), (2, PlanState.PUBLISHED)
    ]  # fmt: skip
    with website.database.reading() as session:
        assert session.scalars(select(Seat).where(Seat.person_id == wanda.id)).all()
    assert website.one(Endorsement).sentence == THANKS["sentence"]
    assert website.one(Encounter).next_step == "Send the river table"
    assert [
        (row.bio, row.state, row.presence)
        for row in website.all(Registration, Registration.bio.like("noise%"))
    ] == noise
    shown = website.browser("Olga").get(f"{page}/plans/{plans[1].public_id}")
    assert "Wanda Walk" in shown.text
    assert "runs in the hall" not in shown.text


def test_a_calendar_follows_the_plan_from_the_website_and_is_downloaded_in_the_hall(walk: Walk) -> None:
    page = f"/events/{walk.event.public_id}/day"
    followed = walk.website.browser("Guest A").get(page)
    assert "webcal://" in followed.html
    walk.take_out()
    inside = walk.open().browser("Guest A").get(page)
    assert "webcal://" not in inside.html
    assert "Get another address" not in inside.text
    assert "if the plan changes, download them again" in inside.text
    assert f'href="{page}.ics"' in inside.html


def test_on_the_website_the_event_is_read_and_what_is_sent_is_kept_for_who_sent_it(walk: Walk) -> None:
    walk.take_out()
    a = walk.website.browser("Guest A")
    path = f"/events/{walk.event.public_id}"
    assert "Data day runs in the hall since" in a.get(f"{path}/profile").text
    refused = a.post(
        f"{path}/profile", {"offers": "three hours of typing", "csrf_token": token(a, path)}, status=409
    )
    assert refused.heading == "This is changed in the hall now"
    assert "three hours of typing" in a.get("/unsent").text
    olga = walk.website.browser("Olga")
    page = f"/organise/{walk.event.public_id}"
    row = walk.website.all(Registration, Registration.event_id == walk.event.id)[0]
    for address in (f"{page}/desk/{row.public_id}", f"{page}/plans", f"{page}/day/shift", f"{page}/setup"):
        assert (
            olga.post(address, {"presence": "here"}, status=409).heading == "This is changed in the hall now"
        )
    b = walk.website.one(Person, Person.name == "Guest B")
    thanked = a.post(f"/datasets/{walk.dataset.public_id}/thank/{b.public_id}", THANKS, status=409)
    assert thanked.heading == "This is changed in the hall now"
    assert walk.website.all(Endorsement) == []
    noise = walk.website.one(Event, Event.name == "Noise day")
    fine, said = CHECKS["Hall"](walk.website.app.config["SETTINGS"])
    assert fine
    assert said.startswith("Data day: read-only here until it is back; run `matchmaker hall bring-back FILE`")
    otto = walk.website.browser("Noise Otto")
    nora = walk.website.one(Registration, Registration.bio == "noise")
    otto.post(f"/organise/{noise.public_id}/desk/{nora.public_id}", {"presence": "here"})


def token(one: Browser, path: str) -> str:
    """Return the token of a page of this person's own session."""
    html = one.client.get(f"{path}/profile").get_data(as_text=True)
    return html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


@pytest.mark.parametrize("made", ["leave", "object", "delete"])
def test_leaving_objecting_and_deleting_oneself_are_always_taken(walk: Walk, made: str) -> None:
    walk.take_out()
    walk.open()
    c = walk.website.browser("Guest C")
    path = f"/events/{walk.event.public_id}"
    if made == "leave":
        c.post(f"{path}/choices/leave")
    elif made == "object":
        c.post(f"{path}/choices/suggestions", {"suggestible": "no"})
    else:
        c.post("/mine/delete")
    row = walk.hall.all(Registration)[2]
    olga = walk.hall.browser("Olga")
    olga.post(f"/organise/{walk.event.public_id}/desk/{row.public_id}", {"presence": "here"})
    walk.run("close", str(walk.folder / "back.hall"), "--folder", str(walk.folder / "hall"))
    walk.run("bring-back", str(walk.folder / "back.hall"))
    people = [one.name for one in walk.website.all(Person)]
    assert ("Guest C" in people) is (made != "delete")
    if made == "leave":
        assert walk.website.all(Registration)[2].state is RegistrationState.CANCELLED
    if made == "object":
        assert walk.website.all(Registration)[2].suggestible is False
        assert walk.website.all(Registration)[2].presence is Presence.HERE


def test_every_choice_about_oneself_is_taken_on_the_website_and_holds_when_the_event_is_back(
    walk: Walk,
) -> None:
    with walk.website.database.writing() as session:
        guests = [session.merge(one) for one in walk.website.all(Registration)[:3]]
        guests[0].access_needs, guests[0].state = "a hearing loop", RegistrationState.INVITED
        guests[1].access_needs = "a wide door"
        b, c = guests[1].person_id, guests[2].person_id
        for one in (b, c):
            session.add(
                Answer(event_id=walk.event.id, person_id=guests[0].person_id, about_id=one, kind="block")
            )
        credit = session.scalars(select(Contribution).where(Contribution.person_id == b)).one()
        thanks = Endorsement(
            event_id=walk.event.id, giver_id=c, contribution_id=credit.id, receiver_id=b,
            dataset_id=credit.dataset_id, role=credit.role, sentence=THANKS["sentence"], relation="user",
        )  # fmt: skip
        session.add(thanks)
        blocked = session.get_one(Person, b).public_id
    walk.take_out()
    hall = walk.open()
    a, b_here = walk.website.browser("Guest A"), walk.website.browser("Guest B")
    path = f"/events/{walk.event.public_id}"
    a.post(f"{path}/choices/needs")
    a.post(f"{path}/choices/unblock/{blocked}")
    before = re.findall(r"webcal://[^\"]+", b_here.get(f"{path}/day").html)
    b_here.post(f"{path}/day/calendar")
    after = re.findall(r"webcal://[^\"]+", b_here.get(f"{path}/day").html)
    assert before != after
    b_here.post("/thanks/choice", {"open": "no"})
    hall.browser("Olga").post(
        f"/organise/{walk.event.public_id}/desk/{hall.all(Registration)[1].public_id}", {"presence": "here"}
    )
    walk.run("close", str(walk.folder / "back.hall"), "--folder", str(walk.folder / "hall"))
    assert "- " not in walk.run("bring-back", str(walk.folder / "back.hall"))
    rows = walk.website.all(Registration, Registration.event_id == walk.event.id)
    assert [row.access_needs for row in rows[:2]] == ["", "a wide door"]
    assert rows[1].presence is Presence.HERE
    assert [one.about_id for one in walk.website.all(Answer)] == [c]
    assert walk.website.one(Endorsement).state is EndorsementState.DECLINED
    assert walk.website.one(Person, Person.name == "Guest B").open_to_thanks is False
    assert re.findall(r"webcal://[^\"]+", b_here.get(f"{path}/day").html) == after


def test_whoever_deletes_themself_in_the_hall_reads_when_the_website_erases_them(walk: Walk) -> None:
    words = "The website erases you once the event is brought back there."
    assert words not in walk.website.browser("Guest C").get("/mine/delete").text
    walk.take_out()
    c = walk.open().browser("Guest C")
    assert words in c.get("/mine/delete").text
    told = c.follow("/mine/delete").text
    assert "You are deleted. Nothing about you is kept on this computer any more" in told


def test_in_the_hall_what_concerns_the_whole_website_waits_and_after_closing_all_does(walk: Walk) -> None:
    walk.take_out()
    hall = walk.open()
    olga, page = hall.browser("Olga"), f"/organise/{walk.event.public_id}"
    assert "This waits for the website , as it concerns" in olga.get(f"{page}/imports/catalogue").text
    assert "This waits for the website" not in olga.get(f"{page}/imports/attendees").text
    waits = olga.post(f"{page}/imports/catalogue", status=409)
    assert waits.heading == "This waits for the website"
    assert "No email leaves this hall" in hall.browser("Olga").get("/sign-in").text
    poster = olga.client.get(f"{page}/poster").get_data(as_text=True)
    assert "https://192.0.2.7:5443" in poster
    fingerprint = walk.said.partition("certificate is\n")[2].splitlines()[0]
    assert fingerprint.replace(":", " ")[:23] in poster
    walk.run("close", str(walk.folder / "back.hall"), "--folder", str(walk.folder / "hall"))
    row = hall.all(Registration)[0]
    closed = olga.post(f"{page}/desk/{row.public_id}", {"presence": "here"}, status=409)
    assert closed.heading == "This copy is closed"
    assert "Data day was closed here" in olga.get(f"{page}/day").text
    assert hall.browser("Guest A").post("/mine/delete", status=409).heading == "This copy is closed"


def test_nobody_is_taken_off_the_list_in_the_hall_where_it_is_not_known_who_is_at_another_event(
    walk: Walk,
) -> None:
    walk.take_out()
    hall = walk.open()
    olga, several = hall.browser("Olga"), f"/organise/{walk.event.public_id}/people/several"
    with hall.database.writing() as session:
        guest = session.scalars(select(Registration).join(Person).where(Person.name == "Guest A")).one()
        guest.state = RegistrationState.INVITED
        session.execute(delete(Seat).where(Seat.person_id == guest.person_id))
    for act, waits in (("remove", True), ("not-coming", False)):
        chosen = {"act": act, "who": guest.public_id}
        asked = olga.get(several, query_string=chosen)
        assert ("This waits for the website" in asked.text) is waits
        whom = re.findall(r'name="whom"[^>]* value="([^"]*)"', asked.html)[0]
        sent = {**chosen, "count": "1", "whom": whom}
        assert olga.post(several, sent, status=409 if waits else 303).status
    walk.run("close", str(walk.folder / "back.hall"), "--folder", str(walk.folder / "hall"))
    walk.run("bring-back", str(walk.folder / "back.hall"))
    found = walk.website.all(Registration, Registration.person_id == guest.person_id)
    assert [(one.state, one.bio) for one in found] == [
        (RegistrationState.DECLINED, ""), (RegistrationState.CONFIRMED, "noise of A")
    ]  # fmt: skip


def test_the_folder_in_the_hall_is_its_owners_alone_and_opening_again_goes_on(walk: Walk) -> None:
    walk.take_out()
    walk.open()
    folder = walk.folder / "hall"
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()}
    assert {"matchmaker.db", "matchmaker.env", "certificate.key", "taken-out.hall"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    said, certificate = (folder / "matchmaker.env").read_text(), (folder / "certificate.pem").read_bytes()
    words = ("open", str(walk.folder / "out.hall"), "--folder", str(folder), "--no-serve")
    walk.run(*words, "--address", "192.0.2.7", say="")
    assert (folder / "matchmaker.env").read_text() == said
    assert (folder / "certificate.pem").read_bytes() == certificate
    plain = walk.run(*words, "--address", "192.0.2.7", "--http")
    assert "This is http: whoever is in the same network can read" in plain
    assert "MATCHMAKER_PUBLIC_URL=http://192.0.2.7:5443" in (folder / "matchmaker.env").read_text()


def test_only_the_named_http_mode_has_cookies_that_travel_open(walk: Walk) -> None:
    walk.take_out()
    assert walk.open().app.config["SESSION_COOKIE_SECURE"] is True
    assert walk.open("--http").app.config["SESSION_COOKIE_SECURE"] is False


def test_what_is_wrong_with_a_file_is_said_in_a_sentence(walk: Walk) -> None:
    walk.take_out()
    out = walk.folder / "out.hall"
    opening = ("open", "--folder", str(walk.folder / "hall"), "--no-serve")
    assert "The passphrase is not the one" in walk.run(
        *opening, str(out), say="another set of words\n", code=1
    )
    damaged = walk.folder / "damaged.hall"
    damaged.write_bytes(out.read_bytes()[:-9] + b"123456789")
    assert "is damaged: it is not as it was written" in walk.run(*opening, str(damaged), code=1)
    damaged.write_bytes(out.read_bytes()[:-100])
    assert "is damaged: it is not as it was written" in walk.run(*opening, str(damaged), code=1)
    damaged.write_bytes(b"something else")
    assert "is not a file of `matchmaker hall`" in walk.run(*opening, str(damaged), code=1)
    assert "leads to the hall and not from there" in walk.run("bring-back", str(out), code=1)
    assert not (walk.folder / "hall").exists()
    again = walk.run("take-out", "Data day", str(walk.folder / "two.hall"), say=f"{WORDS}\n{WORDS}\n", code=1)
    assert "Data day has been in the hall since" in again
    assert not (walk.folder / "two.hall").exists()
    assert "can be changed here again" in walk.run("cancel", walk.event.public_id, say="y\n")
    short = walk.run(
        "take-out", "Data day", str(walk.folder / "two.hall"), say=f"abc\nabc\n{WORDS}\n{WORDS}\n"
    )
    assert "That has 3 signs. Use at least 12." in short
