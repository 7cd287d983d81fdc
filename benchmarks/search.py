"""How long the search for datasets takes beside the same page with nothing found.

    python -m benchmarks.search [DATASETS] [--postgres postgresql+psycopg://postgres@127.0.0.1:5432/postgres]

Fills a new SQLite database and, unless `--postgres ""`, a new database on that server with 20,000 invented datasets
(unless told otherwise) of 400 publishers, a tenth of them in series, with 3,000 people and 3,000 names without an
account on their labels. Then asks the list of datasets through the application's test client, as the page does
while somebody types: words that few, many and all datasets hold, with publisher, and none. Prints the median in
milliseconds and its ratio to the same page for words that no dataset has; the medians alternate, so that a busy
machine slows both.
"""

import argparse
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import create_engine, insert, text, update

from benchmarks.events import FIELDS
from matchmaker.jobs.queue import Queue
from matchmaker.recognition.states import ContributionState, UnclaimedState
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import from_environment
from matchmaker.store import schema
from matchmaker.store.base import new_public_id, normalised, now
from matchmaker.store.catalogue import search_terms
from matchmaker.store.catalogue.datasets import Dataset, DatasetSubject
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database, Session
from matchmaker.web.app import create_app

REPEATS = 21
NOTHING = "/datasets?q=qqxzzy"
ASKED = {
    "one rare word": "/datasets?q=number 777 ",
    "one letter": "/datasets?q=e",
    "a slip": "/datasets?q=hydrolgy",
    "five vague words": "/datasets?q=where can I swim in rivers",
    "a frequent word": "/datasets?q=survey",
    "two words": "/datasets?q=water survey",
    "a publisher": "/datasets?q=office 77",
    "no words": "/datasets",
    "no words, last page": "/datasets?page=100000",
    "of one publisher": "/datasets?publisher=7&q=survey",
    "without a name": "/datasets?unnamed=yes&q=survey",
}


def fill(database: Database, datasets: int) -> Person:
    """Write the invented catalogue and return somebody who may sign in."""
    seeded = random.Random(7)
    words = [word for field in FIELDS.values() for word in field.split()]
    with database.writing() as session:
        people = [Person(name=f"Person {number}") for number in range(3000)]
        session.add_all(people)
        names = [f"Office {number} for {seeded.choice(words)}" for number in range(400)]
        session.execute(insert(Publisher), [{"name": name, "key": normalised(name)} for name in names])
        session.flush()
        rows, subjects, fields = [], [], {}
        for number in range(1, datasets + 1):
            title = f"{' '.join(seeded.sample(words, 6))} survey number {number}".capitalize()
            tags = seeded.sample(words, 4)
            publisher = seeded.randrange(400)
            description = " ".join(seeded.choices(words, k=200))
            fields[number] = (title, (), tags, description, (names[publisher],))
            rows.append(
                {
                    "public_id": new_public_id(),
                    "source": "invented",
                    "source_id": str(number),
                    "title": title,
                    "title_key": normalised(title),
                    "search_key": normalised(f"{title} {names[publisher]} {' '.join(tags)}"),
                    "description": description,
                    "publisher_id": publisher + 1,
                    "tags": tags,
                    "created_at": now(),
                }
            )
            subjects += [{"dataset_id": number, "key": tag, "name": tag} for tag in tags]
        session.execute(insert(Dataset), rows)
        session.execute(insert(DatasetSubject), subjects)
        search_terms.keep(session, fields)
        session.execute(
            insert(Contribution),
            [
                {"person_id": person.id, "dataset_id": seeded.randint(1, datasets), "role": "curated",
                 "state": ContributionState.ACCEPTED}
                for person in people
            ],
        )  # fmt: skip
        _name_without_accounts(session, seeded, datasets)
        _put_in_series(session, datasets)
        session.flush()
        return people[0]


def _name_without_accounts(session: Session, seeded: random.Random, datasets: int) -> None:
    """Let 3,000 names of people without an account stand on labels, as after an organiser's yes."""
    event = Event(name="Benchmark", held_on=date.today(), erase_on=date.today())
    session.add(event)
    session.flush()
    session.execute(
        insert(UnclaimedCredit),
        [
            {"event_id": event.id, "dataset_id": seeded.randint(1, datasets), "role": "curated", "agreed_at": now(),
             "name": f"Name {number}", "name_key": f"name {number}", "code_hash": f"{number:064}",
             "state": UnclaimedState.SHOWN}
            for number in range(3000)
        ],
    )  # fmt: skip


def _put_in_series(session: Session, datasets: int) -> None:
    """Make every hundredth dataset a series of the ten that follow it."""
    session.execute(update(Dataset).where(Dataset.id % 100 == 1).values(is_series=True))
    for whole in range(1, datasets + 1, 100):
        session.execute(
            update(Dataset).where(Dataset.id.between(whole + 1, whole + 10)).values(series_id=whole)
        )


def signed_in(database: Database, person: Person, folder: Path) -> FlaskClient:
    """Return a browser of this person at an application on this database."""
    settings = from_environment({"MATCHMAKER_INSTANCE": str(folder), "MATCHMAKER_SECRET_KEY": "x" * 40})
    app = create_app(settings, database, Queue(settings, database))
    client = app.test_client()
    with database.writing() as session:
        token = stay_signed_in.begin(session, person, datetime.now(UTC))
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def milliseconds(client: FlaskClient, address: str) -> float:
    """Return how long one page takes."""
    start = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, answer.status
    answer.get_data()
    return (time.perf_counter() - start) * 1000


def compare(client: FlaskClient) -> None:
    """Print the median of each search and its ratio to the search without result."""
    for name, address in ASKED.items():
        pairs = [(milliseconds(client, address), milliseconds(client, NOTHING)) for _ in range(REPEATS)][1:]
        found, nothing = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:24} {found:7.1f} ms  {nothing:7.1f} ms  ratio {found / nothing:.2f}")


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """Make a database of its own on a PostgreSQL server and drop it afterwards."""
    name = f"search_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield server.rsplit("/", 1)[0] + "/" + name
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()


def measure(url: str, datasets: int, folder: Path) -> None:
    """Fill one database and compare."""
    database = Database(url)
    schema.upgrade(database)
    person = fill(database, datasets)
    if not database.is_sqlite:
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("ANALYZE"))
    print(f"{database.engine.dialect.name}, {datasets:,} datasets: found, nothing found")
    compare(signed_in(database, person, folder))
    database.dispose()


def main() -> None:
    """Read the command line and measure both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", nargs="?", type=int, default=20_000)
    parser.add_argument("--postgres", default="postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(f"sqlite:///{folder}/search.db", asked.datasets, Path(folder))
        if asked.postgres:
            with new_database(asked.postgres) as url:
                measure(url, asked.datasets, Path(folder))


if __name__ == "__main__":
    main()
