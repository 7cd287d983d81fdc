"""Every route × role: what each gate lets through, and that what it refuses looks as if it did not exist.

The rule is the blueprint's. A new route is tested as soon as it exists; one with a new kind of object in its
address fails until `World` says what such an object is.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from matchmaker.services.credits import claim_credits
from matchmaker.settings import from_environment
from matchmaker.store import schema
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.files import File
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Database

ROLES = ("visitor", "stranger", "attendee", "organiser", "attendee elsewhere", "organiser elsewhere")

ALLOWED = {
    "public": set(ROLES),
    "people": set(ROLES) - {"visitor"},
    "attendees": {"attendee"},
    "organisers": {"organiser"},
}
"""Blueprint → roles that may open its pages for the first event."""


class World:
    """Two events with people in every role, and one object of every kind that an address can name."""

    def __init__(self, make: Any) -> None:
        self.event = make.event("The event", rounds=2, tables=4, wall_key="hall-screen")
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
        pair = sorted((amara.id, ben.id))
        self.exclusion = Exclusion(event_id=self.event.id, a_id=pair[0], b_id=pair[1])
        self.mail = Mail(kind="test", to=ben.email, subject="Hello", body="Hello")
        secret = from_environment({}).secret_key
        self.unclaimed = UnclaimedCredit(
            event_id=self.event.id, dataset_id=self.dataset.id, role="built", name="Una", code_hash="x",
        )  # fmt: skip
        self.topic = Topic(name="Rivers", key="rivers")
        make.add(self.file, self.job, self.plan, self.exclusion, self.mail, self.topic, self.unclaimed)
        self.import_ = Import(
            event_id=self.event.id, kind=ImportKind.ATTENDEES, file_name="a.csv", file_id=self.file.id
        )
        make.add(self.import_)
        self.names: dict[str, str] = {
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
            "upload": self.import_.public_id,
            "mail": self.mail.public_id,
            "unclaimed": self.unclaimed.public_id,
            "proof": claim_credits.proof(secret, self.unclaimed.public_id, claim_credits.BY_MAIL),
            "topic": str(self.topic.id),
            "wall": "hall-screen",
            "publisher": str(self.lost.publisher_id),
            "round": "1",
            "table": "1",
        }


@pytest.fixture
def world(make: Any) -> World:
    return World(make)


def routes(app: Flask, method: str) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and method in (rule.methods or ()):
            yield rule, rule.endpoint.partition(".")[0]


def address(app: Flask, rule: Rule, world: World) -> str:
    unknown = rule.arguments - world.names.keys() - LITERAL.keys()
    assert not unknown, f"{rule} names {unknown}: tell World what it is"
    values = {name: world.names.get(name) or LITERAL[name] for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, force_external=False)


LITERAL: dict[str, str] = {"key": "attendee", "kind": "credits.csv", "paper": "tags", "sheet": "slips"}
"""Parts of addresses that name no object."""


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }


@pytest.mark.parametrize("role", ROLES)
def test_a_gate_lets_in_whom_it_should_and_hides_the_rest(
    role: str, app: Flask, world: World, browser: Callable[..., Any], sqlite: Database
) -> None:
    person, before = world.people[role], everything(sqlite)
    one = browser(person)
    for rule, blueprint in routes(app, "GET"):
        where = address(app, rule, world)
        answer = one.client.get(where)
        if role in ALLOWED[blueprint]:
            assert answer.status_code in {200, 302, 303, 404, 410}, f"{role} {where}: {answer.status_code}"
            assert "/sign-in?next" not in answer.headers.get("Location", ""), f"{role} {where}"
            if blueprint in {"attendees", "organisers"}:
                assert answer.status_code != 404, f"{role} {where} should be there"
        elif role == "visitor":
            assert "/sign-in" in answer.headers.get("Location", ""), f"{role} {where}: {answer.status_code}"
        else:
            assert answer.status_code == 404, f"{role} {where}: {answer.status_code}"
    assert everything(sqlite) == before, "opening a page changed something"


@pytest.mark.parametrize("role", ROLES)
def test_a_refused_form_changes_nothing(
    role: str, app: Flask, world: World, browser: Callable[..., Any], sqlite: Database
) -> None:
    one = browser(world.people[role])
    token, before = one.token(), everything(sqlite)
    for rule, blueprint in routes(app, "POST"):
        if role in ALLOWED[blueprint]:
            continue
        where = address(app, rule, world)
        answer = one.client.post(where, data={"csrf_token": token})
        if role == "visitor":
            assert "/sign-in" in answer.headers.get("Location", ""), f"{role} {where}: {answer.status_code}"
        else:
            assert answer.status_code == 404, f"{role} {where}: {answer.status_code}"
    assert everything(sqlite) == before


@pytest.mark.parametrize("role", ["visitor", "attendee", "organiser"])
def test_a_form_without_its_token_is_refused_and_changes_nothing(
    role: str, app: Flask, world: World, browser: Callable[..., Any], sqlite: Database
) -> None:
    one, before = browser(world.people[role]), everything(sqlite)
    for rule, _blueprint in routes(app, "POST"):
        where = address(app, rule, world)
        assert one.client.post(where).status_code in {302, 400, 404}, where
    assert everything(sqlite) == before


def test_an_event_that_does_not_exist_looks_like_one_that_is_not_yours(
    app: Flask, world: World, browser: Callable[..., Any]
) -> None:
    one = browser(world.people["stranger"])
    refused = one.client.get(f"/events/{world.event.public_id}/suggestions").get_data(as_text=True)
    unknown = one.client.get("/events/no-such-event/suggestions").get_data(as_text=True)
    without_nonces = [page.split("<main")[1] for page in (refused, unknown)]
    assert without_nonces[0] == without_nonces[1]
