"""A whole installation of a given size, put into a database in bulk: people, datasets, credits, answers, a plan.

Everything goes through the store's own tables, so that the database holds every rule. What people write is invented
(`events`); the meetings of the plan are dealt out and appraised, so that it passes the checker like any other.
"""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from benchmarks.events import FIELDS, made_up_event
from benchmarks.made import BEGINS, HELD_ON, Made, put
from benchmarks.made_credits import give_credits
from benchmarks.made_plan import ROUNDS, publish_plan
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.recognition.name_order import folded
from matchmaker.store.attendee_lists.imports import Import, ImportKind, ImportState
from matchmaker.store.base import new_public_id, normalised
from matchmaker.store.catalogue.datasets import Dataset, DatasetSubject
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.event.event_roles import Organiser
from matchmaker.store.event.events import Event, HallTable, Round, TopicsFrom
from matchmaker.store.files import File
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Registration, RegistrationState, RegistrationTopic
from matchmaker.store.plans.table_topics import TableTopic, TopicStar, TopicState
from matchmaker.store.session import Database, Session


def fill(database: Database, people: int, datasets: int, seed: int = 1, *, with_plan: bool = True) -> Made:
    """Put an event of so many people, over a catalogue of so many datasets, into a database with a schema."""
    chance = random.Random(seed)
    invented = made_up_event(people, seed)
    with database.writing() as session:
        catalogue = _catalogue(session, invented.profiles, invented.catalogue, datasets, chance)
        made = _event(session, invented.profiles, catalogue)
        give_credits(session, made, invented.profiles, catalogue, chance)
        _papers(session, made)
        _table_topics(session, made, chance)
    if with_plan:
        with database.writing() as session:
            publish_plan(session, made, chance)
    with database.writing() as session:
        session.execute(text("ANALYZE"))
    return made


def add_event(database: Database, people: int, catalogue: Mapping[str, int], seed: int) -> Made:
    """Put one more event of so many people into an installation whose catalogue is there."""
    chance = random.Random(seed)
    invented = made_up_event(people, seed)
    known = {one: id_ for one, id_ in catalogue.items()}
    with database.writing() as session:
        made = _event(session, invented.profiles, known, name=f"Event {seed}")
        give_credits(session, made, invented.profiles, known, chance)
    return made


def _catalogue(
    session: Session,
    profiles: tuple[Profile, ...],
    listed: tuple[DatasetLink, ...],
    size: int,
    chance: random.Random,
) -> dict[str, int]:
    """Return the id of each dataset by its invented name; datasets that nobody has fill it up to its size."""
    links = {one.id: one for one in listed}
    links |= {one.id: one for person in profiles for one in person.datasets}
    for number in range(max(0, size - len(links))):
        field = chance.choice(list(FIELDS))
        words = chance.sample(FIELDS[field].split(), 5)
        title = f"{words[0]} {words[1]} statistics {number}".capitalize()
        about = f"Records of {words[2]} and {words[3]} by {words[4]}, area {number % 400}"
        links[f"more-{number}"] = DatasetLink(f"more-{number}", title, about, (field,))
    names = [f"{field.capitalize()} Office {number}" for field in FIELDS for number in range(5)]
    offices = put(session, Publisher, ({"name": one, "key": normalised(one)} for one in names))
    ids = put(
        session,
        Dataset,
        (
            {
                "source": "invented",
                "source_id": one.id,
                "title": one.title,
                "title_key": normalised(one.title),
                "search_key": normalised(f"{one.title} {' '.join(one.tags)}"),
                "description": one.description,
                "tags": list(one.tags),
                "publisher_id": offices[place % len(offices)],
            }
            for place, one in enumerate(links.values())
        ),
    )
    put(
        session,
        DatasetSubject,
        (
            {"dataset_id": id_, "key": normalised(tag), "name": tag}
            for id_, one in zip(ids, links.values(), strict=True)
            for tag in one.tags
        ),
    )
    return dict(zip(links, ids, strict=True))


def _table_topics(session: Session, made: Made, chance: random.Random) -> None:
    """Put thirty-six table topics or so, which is many for a day, with six stars of everybody."""
    step = max(1, len(made.people) // 36)
    topics = put(
        session,
        TableTopic,
        (
            {
                "event_id": made.event_id,
                "host_id": host,
                "title": f"Who looks after list {number}?",
                "about": "What would have to change so that somebody does. Bring an example.",
                "state": TopicState.ACCEPTED,
            }
            for number, host in enumerate(made.people[::step], start=1)
        ),
    )
    stars = (
        {"topic_id": topic, "person_id": person}
        for person in made.people
        for topic in chance.sample(topics, min(6, len(topics)))
    )
    put(session, TopicStar, stars)


def _event(
    session: Session, profiles: tuple[Profile, ...], catalogue: Mapping[str, int], name: str = "The large day"
) -> Made:
    host = {"name": "Host", "organisation": "Host Office"}
    (organiser,) = put(session, Person, [host])
    # The planner may be asked to keep one organisation apart, so each event has at least ten of them.
    organisations = max(10, 2 * (len(profiles) // 40))
    event = Event(
        name=name,
        held_on=HELD_ON,
        erase_on=HELD_ON + timedelta(days=60),
        zone="UTC",
        contact_email="contact@example.org",
        inside_domains=["example.org"],
        labels_public=True,
        open_registration=True,
        wall_key=new_public_id(),
        topics_from=TopicsFrom.EVERYBODY,
    )
    session.add(event)
    session.flush()
    put(session, Address, [{"person_id": organiser, "email": f"host-{event.id}@example.org"}])
    put(session, Organiser, [{"event_id": event.id, "person_id": organiser}])
    slots = range(ROUNDS)
    put(
        session,
        Round,
        (
            {
                "event_id": event.id,
                "number": one + 1,
                "starts_at": BEGINS + timedelta(minutes=25 * one),
                "minutes": 20,
            }
            for one in slots
        ),
    )
    tables = len(profiles) // 2 + 1
    put(session, HallTable, ({"event_id": event.id, "number": one + 1} for one in range(tables)))
    ids = put(
        session,
        Person,
        (
            {
                # One in fifty has the name of another.
                "name": f"Person {place - (place % 50 == 21):05} of {event.id}",
                "organisation": f"Organisation {place % organisations}",
                "job_title": "Analyst",
                "public_since": BEGINS - timedelta(days=40) if place % 10 == 0 else None,
                "show_name": place % 20 != 7,
            }
            for place in range(len(profiles))
        ),
    )
    put(
        session,
        Address,
        ({"person_id": one, "email": f"p{one}@example.org"} for one in ids),
    )
    registered = put(
        session, Registration, (_registered(event.id, *one) for one in zip(ids, profiles, strict=True))
    )
    read = {"kind": BasisKind.NOTICE, "wording": "The notice.", "at": BEGINS - timedelta(days=29)}
    put(session, BasisRecord, ({"registration_id": one, **read} for one in registered))
    _topics(session, registered, profiles)
    return Made(event.id, organiser, tuple(ids), tuple(catalogue.values()))


def _registered(event_id: int, person_id: int, person: Profile) -> dict[str, Any]:
    place = int(person.id.removeprefix("p"))
    state = {18: RegistrationState.INVITED, 19: RegistrationState.DECLINED, 39: RegistrationState.WAITING}
    return {
        "event_id": event_id,
        "person_id": person_id,
        "state": state.get(place % 40) or state.get(place % 20) or RegistrationState.CONFIRMED,
        "pool": "inside" if place % 2 else "outside",
        "team": f"Team {place // 60}" if place % 3 else "",
        "bio": person.bio,
        "offers": person.offers,
        "needs": person.needs,
        "diet": "Vegetarian" if place % 9 == 0 else "",
        "access_needs": "Hearing loop" if place % 60 == 7 else "",
        "on_screen": place % 4 == 0,
        "in_directory": place % 5 < 3,
        "directory_key": folded(f"{person.offers} {person.bio}") if place % 5 < 3 else "",
        "invited_at": BEGINS - timedelta(days=30) if place % 7 else None,
        "profile_saved_at": BEGINS - timedelta(days=20),
    }


def _topics(session: Session, registered: list[int], profiles: tuple[Profile, ...]) -> None:
    names = {normalised(one): one for person in profiles for one in person.topics}
    there = {key: id_ for key, id_ in session.query(Topic.key, Topic.id).all()}
    new = [{"name": name, "key": key} for key, name in names.items() if key not in there]
    there |= dict(zip((row["key"] for row in new), put(session, Topic, new), strict=True))
    put(
        session,
        RegistrationTopic,
        (
            {"registration_id": id_, "topic_id": topic}
            for id_, person in zip(registered, profiles, strict=True)
            for topic in sorted({there[normalised(one)] for one in person.topics})
        ),
    )


def _papers(session: Session, made: Made) -> None:
    """Put one of each thing that an address can name: a file, an import, a job, a letter, pairs to keep apart."""
    content = b"name,email\nUna,una@example.org\n"
    later = BEGINS + timedelta(days=7)
    (file_,) = put(
        session,
        File,
        [
            {
                "event_id": made.event_id,
                "name": "list.csv",
                "media_type": "text/csv",
                "content": content,
                "purge_at": later,
            }
        ],
    )
    waiting = {"kind": ImportKind.ATTENDEES, "state": ImportState.WAITING, "file_name": "list.csv"}
    put(session, Import, [{"event_id": made.event_id, "file_id": file_, **waiting}])
    put(
        session,
        Job,
        [{"event_id": made.event_id, "kind": "plan", "state": JobState.FAILED, "problem": "Add."}],
    )
    letter = {"event_id": made.event_id, "kind": "test", "to": "p@example.org", "subject": "A", "body": "B"}
    put(session, Mail, [{**letter, "sent_at": BEGINS - timedelta(days=31)}])
    put(
        session,
        Exclusion,
        (
            {"event_id": made.event_id, "a_id": made.people[place], "b_id": made.people[place + 1]}
            for place in range(0, len(made.people) - 1, max(2, len(made.people) // 100))
        ),
    )
