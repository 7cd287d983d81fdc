"""How long a saved profile takes to reach the lists, through the job, on SQLite; beside working out all lists.

Run `python -m benchmarks.refreshing`, or with numbers of people. Each event is invented (`events`), put into a new
database, and its lists are worked out once; then five people in turn say something new and are refreshed.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.events import made_up_event
from matchmaker.jobs.refresh import refresh
from matchmaker.jobs.suggest import suggest
from matchmaker.jobs.work import Work
from matchmaker.matching.profile import Profile
from matchmaker.settings import from_environment
from matchmaker.store import schema
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import topics
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database, Session


def main(sizes: list[int]) -> None:
    """Print a line for each number of people."""
    print("people | all lists | one refresh, median of five")
    for people in sizes:
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{Path(folder) / 'benchmark.db'}")
            schema.upgrade(database)
            whole, each = _timed(database, people)
            database.dispose()
        print(f"{people:,} | {whole:.1f} s | {median(each):.2f} s")


def _timed(database: Database, people: int) -> tuple[float, list[float]]:
    with database.writing() as session:
        event_id, ids = _put(session, people)
    settings = from_environment({})
    begin = time.perf_counter()
    suggest(Work(database, settings, 0, event_id, None, {}))
    whole = time.perf_counter() - begin
    each = []
    for place in range(5):
        with database.writing() as session:
            row = session.query(Registration).filter_by(person_id=ids[place * people // 5]).one()
            row.needs = f"{row.needs} Somebody who knows kites and wind turbines."
        begin = time.perf_counter()
        refresh(Work(database, settings, 0, event_id, None, {"people": [row.person_id]}))
        each.append(time.perf_counter() - begin)
    return whole, each


def _put(session: Session, people: int) -> tuple[int, list[int]]:
    """Keep an invented event; return its id and the ids of its people."""
    made = made_up_event(people, seed=7)
    event = Event(name="Benchmark", held_on=date.today(), erase_on=date.today())
    links = [*made.catalogue, *(link for one in made.profiles for link in one.datasets)]
    rows = {
        one.id: Dataset(
            source="benchmark", source_id=one.id, title=one.title, title_key=normalised(one.title),
            description=one.description, tags=list(one.tags), search_key=normalised(one.title),
        )
        for one in {link.id: link for link in links}.values()
    }  # fmt: skip
    session.add_all([event, *rows.values()])
    session.flush()
    return event.id, [_person(session, event.id, one, rows) for one in made.profiles]


def _person(session: Session, event_id: int, one: Profile, datasets: dict[str, Dataset]) -> int:
    person = Person(name=one.id, organisation=one.organisation)
    session.add(person)
    session.flush()
    registration = Registration(
        event_id=event_id, person_id=person.id, state=RegistrationState.CONFIRMED,
        team=one.team, bio=one.bio, offers=one.offers, needs=one.needs,
    )  # fmt: skip
    registration.topics = [topics.find_or_add(session, name) for name in dict.fromkeys(one.topics)]
    session.add(registration)
    for link in one.datasets:
        dataset = datasets[link.id]
        if link.role:
            session.add(Contribution(person_id=person.id, dataset_id=dataset.id, role=link.role))
        if link.use:
            session.add(Use(person_id=person.id, dataset_id=dataset.id, kind=UseKind(link.use)))
    return person.id


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [200, 2000])
