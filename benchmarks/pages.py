"""How long each page takes at an event of many people: `python -m benchmarks.pages [people]`.

An invented event on SQLite, everybody with a biography, datasets, thanks and suggestions. Every route that can be
opened is opened by somebody who may, and then once more, which counts: in seconds of work of the processor.
"""

import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from benchmarks.events import FIELDS, SKILLS, THINGS
from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.queue import Queue
from matchmaker.jobs.work import run
from matchmaker.services.people import stay_signed_in
from matchmaker.services.suggestions import suggest_people
from matchmaker.settings import from_environment
from matchmaker.store import schema
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.session import Database
from matchmaker.web.app import create_app
from tests.conftest import Make
from tests.web.conftest import World


def fill(database: Database, app: Flask, count: int) -> World:
    """Write the event; people work on three to eight of 1,500 datasets, most of which nobody is named for."""
    seeded, make = random.Random(7), Make(database)
    world = World(make, app)
    fields = list(FIELDS.values())
    datasets = [
        make.dataset(
            f"{' '.join(seeded.sample(seeded.choice(fields).split(), 3))} survey {number}".capitalize(),
            f"Office {number % 60}",
            description=" ".join(seeded.choices(seeded.choice(fields).split(), k=60)),
        )
        for number in range(1500)
    ]
    people = []
    for number in range(count):
        words = seeded.choice(fields).split()
        registration = make.registration(
            world.event,
            make.person(f"Person {number}", organisation=f"Office {number % 60}"),
            bio=" ".join(seeded.choices(words, k=40)),
            offers=seeded.choice(SKILLS),
            needs=f"{seeded.choice(SKILLS)} and {seeded.choice(THINGS)}",
        )
        people.append(registration.person)
    with database.writing() as session:
        for person in people:
            for dataset in seeded.sample(datasets[:700], seeded.randint(3, 8)):
                kind = seeded.choice(list(UseKind))
                session.add(Use(person_id=person.id, dataset_id=dataset.id, kind=kind))
    for person in people:
        credit = make.contribution(person, seeded.choice(datasets[700:900]))
        giver = seeded.choice(people)
        if giver is not person:
            make.endorsement(world.event, giver, credit)
    with database.writing() as session:
        job = suggest_people.ask_anew(session, world.event.id, None)
    run(database, from_environment({}), HANDLERS, job.id)
    return world


def main() -> None:
    """Print every page that takes more than a fifth of a second, the slowest first."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment({"MATCHMAKER_INSTANCE": folder})
        database = Database(f"sqlite:///{Path(folder) / 'pages.db'}")
        schema.upgrade(database)
        app = create_app(settings, database, Queue(settings, database, immediate=True))
        world = fill(database, app, count)
        took: dict[str, float] = {}
        for role in ("organiser", "attendee"):
            client = app.test_client()
            person: Any = world.people[role]
            with database.writing() as session:
                token = stay_signed_in.begin(session, person, datetime.now(UTC))
            with client.session_transaction() as cookie:
                cookie["_user_id"] = token
            for rule, _blueprint in world.routes("GET"):
                where = world.address(rule)
                if client.get(where).status_code == 200:
                    took[f"{rule.rule} ({role})"] = _seconds(client, where)
        database.dispose()
    print(f"{len(took)} pages at {count} people; more than 0.2 s:")
    for name, seconds in sorted(took.items(), key=lambda one: -one[1]):
        if seconds > 0.2:
            print(f"{seconds:6.2f} s  {name}")


def _seconds(client: Any, where: str) -> float:
    began = time.process_time()
    client.get(where)
    return time.process_time() - began


if __name__ == "__main__":
    main()
