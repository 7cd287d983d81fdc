"""Putting the demo event into an empty database, the same every time: the same rows, ids and addresses."""

import base64
import hashlib
import json
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from typing import Any

from matchmaker.commands.demo_event.series import load_series
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.people import list_in_directory
from matchmaker.store.catalogue import datasets, publishers, topics
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.event.events import Event, HallTable, Organiser, Round
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
STRENGTH = list(UseKind).index
"""Who uses a dataset and is stuck on it is stuck on it."""
Credits = dict[tuple[int, int, str], Contribution]
"""Contributions by person, dataset and role."""
NOTICE = "Told what is kept, why, and until when, on the first visit."


def read(name: str) -> Any:
    """Return the content of one of the demo's files: event, people, datasets, endorsements, answers."""
    folder = resources.files("matchmaker.commands.demo_event")
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def stable_id(kind: str, key: str) -> str:
    """Return a public id that is the same in every demo; guessable, and so for the demo only.

    >>> stable_id("person", "amara-okafor") == stable_id("person", "amara-okafor")
    True
    """
    return base64.urlsafe_b64encode(hashlib.sha256(f"{kind} {key}".encode()).digest())[:16].decode()


def load(session: Session) -> Event:
    """Write the demo event, its people, catalogue, contributions, thanks and answers; return the event."""
    event = _event(session)
    people = _people(session, event)
    catalogue = _catalogue(session)
    load_series(
        session, catalogue, people, (stable_id("dataset", "series"), stable_id("contribution", "series"))
    )
    credits = _work(session, people, catalogue)
    _thanks(session, event, people, catalogue, credits)
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


def moment(of: Event, number: int, days: int = 30) -> datetime:
    """Return a moment so many days before the event, later for a higher number, so that everything has its order.

    Whoever makes the demo long before the event finds nothing that is still to come: it is then a fortnight ago.
    """
    day = min(of.held_on - timedelta(days=days), datetime.now(UTC).date() - timedelta(days=14))
    return datetime.combine(day, time(9), UTC) + timedelta(minutes=number)


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
        event.rounds.append(Round(number=one["number"], starts_at=starts, minutes=one["minutes"]))
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


def _work(session: Session, people: dict[str, Person], catalogue: dict[str, Dataset]) -> Credits:
    """Write what people did for datasets and what they do with them; return the credits."""
    credits: Credits = {}
    for one in read("people"):
        person = people[one["key"]]
        uses: dict[int, UseKind] = {}
        for link in one["datasets"]:
            dataset = catalogue[link["dataset"]]
            if "use" in link:
                uses[dataset.id] = max(uses.get(dataset.id, UseKind.USES), UseKind(link["use"]), key=STRENGTH)
                continue
            credits[person.id, dataset.id, link["role"]] = _contribution(
                person,
                dataset,
                link["role"],
                ContributionState.CLAIMED,
                declared_by_id=person.id,
                note=link.get("note", ""),
                first_year=link.get("first_year"),
                last_year=link.get("last_year"),
            )
        session.add_all(
            Use(person_id=person.id, dataset_id=dataset_id, kind=kind) for dataset_id, kind in uses.items()
        )
    session.add_all(credits.values())
    session.flush()
    return credits


def _contribution(
    person: Person, dataset: Dataset, role: str, state: ContributionState, **columns: Any
) -> Contribution:
    key = f"{person.public_id} {dataset.source_id} {role}"
    return Contribution(
        public_id=stable_id("contribution", key),
        person_id=person.id,
        dataset_id=dataset.id,
        role=role,
        state=state,
        **columns,
    )


def _thanks(
    session: Session,
    event: Event,
    people: dict[str, Person],
    catalogue: dict[str, Dataset],
    credits: Credits,
) -> None:
    """Write the thanks; an accepted one means that the receiver agreed to the credit as well."""
    for number, one in enumerate(read("endorsements")):
        giver, receiver = people[one["giver"]], people[one["receiver"]]
        dataset, state = catalogue[one["dataset"]], EndorsementState(one["state"])
        accepted = state is EndorsementState.ACCEPTED
        key = (receiver.id, dataset.id, one["role"])
        if key not in credits:
            contribution = _contribution(
                receiver, dataset, one["role"], ContributionState.AWAITING, declared_by_id=giver.id
            )
            session.add(contribution)
            session.flush()
            credits[key] = contribution
        if accepted:
            credits[key].state = ContributionState.ACCEPTED
            session.flush()
        session.add(
            Endorsement(
                public_id=stable_id("endorsement", str(number)),
                event_id=event.id,
                giver_id=giver.id,
                contribution_id=credits[key].id,
                receiver_id=receiver.id,
                dataset_id=dataset.id,
                role=one["role"],
                sentence=one["sentence"],
                relation=one["relation"],
                evidence_url=one.get("evidence_url", ""),
                state=state,
                created_at=moment(event, number),
                changed_at=moment(event, number),
            )
        )
    session.flush()


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
