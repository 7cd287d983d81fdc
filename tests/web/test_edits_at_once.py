"""Two people, or two tabs, that press Save at the same moment: both changes stand, or one of them is asked."""

import re
import threading
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matchmaker.jobs.queue import Queue
from matchmaker.services.plans.pitch_topics import MOST_STARS
from matchmaker.settings import Settings
from matchmaker.store.event.events import Event, TopicsFrom
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import table_topics
from matchmaker.store.plans.table_topics import TableTopic, TopicStar, TopicState
from matchmaker.store.session import Database
from matchmaker.web.app import create_app

TIMES = 6
"""So often is each race run: whoever is first differs."""


class Race:
    """An attendee and two organisers of an event, each at a browser of their own, on one database."""

    def __init__(self, app: Flask, database: Database, maker: Any, become: Any) -> None:
        self.app, self.database, self.become = app, database, become
        self.make = make = maker(database)
        self.event = make.event(rounds=2, tables=3)
        self.amara, self.olga, self.oskar = (make.person(name) for name in ("Amara", "Olga", "Oskar"))
        self.registration = make.registration(self.event, self.amara)
        make.registration(self.event, make.person("Noise"), bio="Noise", team="Noise")
        for one in (self.olga, self.oskar):
            make.organiser(self.event, one)
        self.dataset = make.dataset("River levels")
        organise = f"/organise/{self.event.public_id}"
        self.help = f"/events/{self.event.public_id}/profile"
        self.profile = f"{self.help}/about"
        self.person = f"{organise}/people/{self.registration.public_id}"
        self.setup, self.table, self.round = (f"{organise}/{x}" for x in ("setup", "tables/1", "rounds/1"))
        self.use = f"/datasets/{self.dataset.public_id}"

    def client(self, person: Person) -> FlaskClient:
        client = self.app.test_client()
        self.become(self.app, client, person)
        return client

    def at_once(self, *saves: tuple[Person, str, dict[str, str]]) -> list[int]:
        """Open each form, then send all of them at the same moment; return how each was answered, in order."""
        opened = [(self.client(who), where) for who, where, _typed in saves]
        forms = [_form(client.get(where).get_data(as_text=True), where) for client, where in opened]
        barrier, answers = threading.Barrier(len(saves)), [0] * len(saves)

        def send(number: int) -> None:
            client, (address, shown) = opened[number][0], forms[number]
            barrier.wait()
            answers[number] = client.post(address, data=shown | saves[number][2]).status_code

        threads = [threading.Thread(target=send, args=(number,)) for number in range(len(saves))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def stored(self, kind: type[Any], key: int) -> Any:
        with self.database.reading() as session:
            row = session.get(kind, key)
            assert row is not None
            if isinstance(row, Registration):
                assert row.topics is not None
            return row


def _form(html: str, where: str) -> tuple[str, dict[str, list[str]]]:
    """Return the address of a page's form that edits, and what it says as it was opened."""
    form = next(x for x in re.findall(r"<form.*?</form>", html, re.S) if "shown_from" in x)
    action = re.match(r'<form[^>]* action="([^"]+)"', form)
    said: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]+>", form):
        name, value = (re.search(f' {key}="([^"]*)"', tag) for key in ("name", "value"))
        plain = not re.search('type="(?:checkbox|radio|submit)"', tag) or " checked" in tag
        if name and plain:
            said.setdefault(name[1], []).append(unescape(value[1] if value else ""))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        said[name] = [unescape(text.removeprefix("\n"))]
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        said[name] = [unescape(chosen[1]) if chosen else ""]
    return unescape(action[1]) if action else where, said


@pytest.fixture
def race(
    database: Database, settings: Settings, maker: Any, become: Any, monkeypatch: pytest.MonkeyPatch
) -> Race:
    queue = Queue(settings, database, immediate=True)
    for name in ("deliver_mail", "_deliver", "announce"):
        monkeypatch.setattr(queue, name, lambda *_: None)
    return Race(create_app(settings, database, queue), database, maker, become)


def test_an_attendee_and_an_organiser_save_different_fields_and_both_stand(race: Race) -> None:
    for n in range(TIMES):
        ends = race.at_once(
            (race.amara, race.profile, {"bio": f"Peat {n}", "quiet": "y" if n % 2 else ""}),
            (race.olga, race.person, {"team": f"Team {n}", "job_title": f"Mapper {n}"}),
        )
        row = race.stored(Registration, race.registration.id)
        assert (ends, row.bio, row.team) == ([303, 303], f"Peat {n}", f"Team {n}")
        assert race.stored(Person, race.amara.id).job_title == f"Mapper {n}"


@pytest.mark.parametrize("where", ["setup", "person"])
def test_two_organisers_save_different_fields_and_both_stand(race: Race, where: str) -> None:
    kind, key = (Event, race.event.id) if where == "setup" else (Registration, race.registration.id)
    one, other = ("place", "about") if where == "setup" else ("team", "needs")
    for n in range(TIMES):
        ends = race.at_once(
            (race.olga, getattr(race, where), {one: f"One {n}"}),
            (race.oskar, getattr(race, where), {other: f"Other {n}"}),
        )
        row = race.stored(kind, key)
        assert (ends, getattr(row, one), getattr(row, other)) == ([303, 303], f"One {n}", f"Other {n}")


@pytest.mark.parametrize(
    ("who", "where", "field"),
    [
        (("amara", "olga"), ("profile", "person"), "bio"),
        (("olga", "oskar"), ("setup", "setup"), "place"),
        (("olga", "oskar"), ("table", "table"), "seats"),
        (("olga", "oskar"), ("round", "round"), "minutes"),
    ],
)
def test_of_two_who_change_the_same_field_one_is_kept_and_the_other_is_asked(
    race: Race, who: tuple[str, str], where: tuple[str, str], field: str
) -> None:
    for n in range(TIMES):
        said = [str(3 + 2 * n), str(4 + 2 * n)]
        ends = race.at_once(
            *(
                (getattr(race, w), getattr(race, x), {field: value})
                for w, x, value in zip(who, where, said, strict=True)
            )
        )
        assert sorted(ends) == [303, 422]
        html = race.client(getattr(race, who[0])).get(getattr(race, where[0])).get_data(as_text=True)
        assert _form(html, "")[1][field] == [said[ends.index(303)]]


def test_topics_and_datasets_added_in_two_tabs_at_once_are_all_kept(race: Race) -> None:
    for n in range(TIMES):
        ends = race.at_once(
            (race.amara, race.help, {"new_topic": f"Flood {n}"}),
            (race.amara, race.help, {"new_topic": f"Soil {n}"}),
            (race.amara, race.use, {"kind": ("uses", "wants")[n % 2]}),
        )
        assert ends == [303, 303, 303]
        names = [one.name for one in race.stored(Registration, race.registration.id).topics]
        assert names == sorted(f"{what} {k}" for what in ("Flood", "Soil") for k in range(n + 1))
        html = race.client(race.amara).get(race.use).get_data(as_text=True)
        assert _form(html, "")[1]["kind"] == [("uses", "wants")[n % 2]]


def test_a_star_given_twice_at_once_is_one_and_there_is_no_seventh(race: Race) -> None:
    host = race.make.registration(race.event, race.make.person("Host")).person
    topics = [
        TableTopic(
            event_id=race.event.id, host_id=host.id, title=f"Topic {number}", state=TopicState.ACCEPTED
        )
        for number in range(MOST_STARS + 1)
    ]
    race.make.add(*topics)
    with race.database.writing() as session:
        session.get_one(Event, race.event.id).topics_from = TopicsFrom.EVERYBODY
    race.make.add(*(TopicStar(topic_id=one.id, person_id=race.amara.id) for one in topics[: MOST_STARS - 2]))
    address = f"/events/{race.event.public_id}/topics"
    clients = [race.client(race.amara) for _ in range(4)]
    pages = [client.get(address).get_data(as_text=True) for client in clients]
    tokens = [re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[0] for page in pages]
    barrier, answers = threading.Barrier(len(clients)), [0] * len(clients)
    last = topics[MOST_STARS - 2 :]
    wanted = (last[0], *last)

    def press(number: int) -> None:
        said = {"csrf_token": tokens[number], "star": "yes"}
        barrier.wait()
        star = f"{address}/{wanted[number].public_id}/star"
        answers[number] = clients[number].post(star, data=said).status_code

    for _ in range(TIMES):
        threads = [threading.Thread(target=press, args=(number,)) for number in range(len(clients))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [303] * len(clients)
        with race.database.writing() as session:
            assert len(table_topics.starred_by(session, race.event.id, race.amara.id)) == MOST_STARS
            for one in last:
                table_topics.take_star(session, one, race.amara.id)
