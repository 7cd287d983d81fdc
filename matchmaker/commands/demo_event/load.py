"""Putting the demo event into an empty database, the same every time: the same rows, ids and addresses."""

from datetime import date, datetime, time
from typing import Any

from matchmaker.commands.demo_event.content import moment, read, stable_id
from matchmaker.commands.demo_event.credits import load_thanks, load_work
from matchmaker.commands.demo_event.series import load_series
from matchmaker.services.people import list_in_directory
from matchmaker.store.catalogue import datasets, publishers, topics
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.event.event_roles import Organiser
from matchmaker.store.event.events import Event, HallTable, Round, RoundFor
from matchmaker.store.people import registrations
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import (
    Pool,
    Registration,
    RegistrationState,
)
from matchmaker.store.session import Session
from matchmaker.store.suggestions.answers import Answer, AnswerKind

SOURCE = "data.gov.uk"
NOTICE = "Told what is kept, why, and until when, on the first visit."


def load(session: Session) -> Event:
    """Write the demo event, its people, catalogue, contributions, thanks and answers; return the event."""
    event = _event(session)
    people = _people(session, event)
    catalogue = _catalogue(session)
    load_series(session, catalogue, people)
    credits = load_work(session, people, catalogue)
    load_thanks(session, event, people, catalogue, credits)
    _answers(session, event, people)
    _directory(session, event, people)
    return event


def _directory(session: Session, event: Event, people: dict[str, Person]) -> None:
    """Put those into the directory who agreed to be found."""
    for number, one in enumerate(read("people")):
        if _agrees(one, 4):
            row = registrations.of_person(session, event.id, people[one["key"]].id)
            assert row is not None
            list_in_directory.choose(session, row, True, moment(event, number))


def _event(session: Session) -> Event:
    content = read("event")
    day = date.fromisoformat(content["date"])
    event = Event(
        public_id=stable_id("event", content["name"]),
        name=content["name"],
        host=content["host"],
        about=content["about"],
        held_on=day,
        place=content["address"],
        zone=content["zone"],
        contact_name=content["contact"]["name"],
        contact_email=content["contact"]["email"],
        purpose=content["purpose"],
        erase_on=date.fromisoformat(content["erase_on"]),
        inside_domains=content["inside_domains"],
        labels_public=True,
        open_registration=True,
        wall_key=stable_id("wall", content["name"]),
    )
    for one in content["rounds"]:
        starts = datetime.combine(day, time.fromisoformat(one["start"]), event.tz)
        is_for = RoundFor(one.get("is_for", RoundFor.BOTH))
        event.rounds.append(
            Round(number=one["number"], starts_at=starts, minutes=one["minutes"], is_for=is_for)
        )
    event.tables = [HallTable(**one) for one in content["tables"]]
    session.add(event)
    session.flush()
    organiser = content["personas"]["organiser"]
    person = _person("organiser", organiser["name"], organiser["email"], content["host"])
    session.add(person)
    session.flush()
    session.add(Organiser(event_id=event.id, person_id=person.id))
    for name in content["topics"]:
        topics.find_or_add(session, name)
    return event


def _person(key: str, name: str, email: str, organisation: str, **columns: Any) -> Person:
    return Person(
        public_id=stable_id("person", key),
        name=name,
        organisation=organisation,
        addresses=[Address(email=email)],
        **columns,
    )


def _people(session: Session, event: Event) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for number, one in enumerate(read("people")):
        person = _person(
            one["key"],
            one["name"],
            one["email"],
            one["organisation"],
            job_title=one["job_title"],
            show_name=one.get("show_name", True),
            public_since=moment(event, number) if _agrees(one, 3) else None,
        )
        session.add(person)
        session.flush()
        people[one["key"]] = person
        registration = _registration(event, person, one)
        registration.topics = [topics.find_or_add(session, name) for name in one["topics"]]
        if registration.state is RegistrationState.CONFIRMED:
            registration.profile_saved_at = moment(event, number)
        session.add(registration)
        session.flush()
        if registration.state is RegistrationState.CONFIRMED:
            at = moment(event, number)
            session.add(
                BasisRecord(registration_id=registration.id, kind=BasisKind.NOTICE, wording=NOTICE, at=at)
            )
    return people


def _agrees(one: dict[str, Any], all_but: int) -> bool:
    """Say whether one of the demo's people agreed to be seen further out: all but every so many who said yes."""
    return one["state"] == "confirmed" and len(one["name"]) % all_but != 0


def _registration(event: Event, person: Person, one: dict[str, Any]) -> Registration:
    inside = one["email"].partition("@")[2] in event.inside_domains
    return Registration(
        public_id=stable_id("registration", one["key"]),
        event_id=event.id,
        person_id=person.id,
        state=RegistrationState(one["state"]),
        pool=Pool.INSIDE if inside else Pool.OUTSIDE,
        team=one["team"],
        bio=one["bio"],
        offers=one["offers"],
        needs=one["needs"],
        arrives=time.fromisoformat(one["arrives"]) if one.get("arrives") else None,
        leaves=time.fromisoformat(one["leaves"]) if one.get("leaves") else None,
        step_free=one.get("step_free", False),
        quiet=one.get("quiet", False),
        fixed_table=one.get("fixed_table"),
        most_meetings=one.get("most_meetings"),
        helper=one.get("helper", ""),
        large_print=one.get("large_print", False),
        access_needs=one.get("access_needs", ""),
        diet=one.get("diet", ""),
        trio_ok=one.get("trio", False),
        on_screen=_agrees(one, 5),
        invited_at=moment(event, -100),
    )


def _catalogue(session: Session) -> dict[str, Dataset]:
    catalogue: dict[str, Dataset] = {}
    for one in read("datasets"):
        dataset = Dataset(
            public_id=stable_id("dataset", one["id"]),
            source=SOURCE,
            source_id=one["id"],
            title=one["title"],
            description=one["description"],
            tags=one["tags"],
            url=one["url"],
            publisher=publishers.find_or_add(session, one["publisher"]),
        )
        datasets.index(dataset)
        session.add(dataset)
        catalogue[one["id"]] = dataset
    session.flush()
    return catalogue


def _answers(session: Session, event: Event, people: dict[str, Person]) -> None:
    for number, one in enumerate(read("answers")):
        session.add(
            Answer(
                event_id=event.id,
                person_id=people[one["person"]].id,
                about_id=people[one["about"]].id,
                kind=AnswerKind(one["answer"].replace("_", "-")),
                at=moment(event, number),
            )
        )
    session.flush()
