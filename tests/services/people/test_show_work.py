"""What others read of somebody's work: what they wrote for an event of both, and nothing of any other."""

from typing import Any

from matchmaker.services.people.show_work import WorkSeen, of_registration, seen_by
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database


def test_it_is_what_one_wrote_and_uses(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    row = make.registration(
        event,
        bio="Rain.",
        offers="Gauges",
        needs="Soil",
        step_free=True,
        topics=[Topic(name="Floods", key="floods")],
    )
    rivers, peat = make.dataset("River Levels"), make.dataset("Peat Depth")
    make.add(Use(person_id=row.person_id, dataset_id=rivers.id, kind=UseKind.STUCK))
    make.add(Use(person_id=make.registration(event).person_id, dataset_id=peat.id, kind=UseKind.USES))
    empty = make.registration(event)
    with database.reading() as session:
        work = of_registration(session, session.get_one(Registration, row.id))
        nothing = of_registration(session, session.get_one(Registration, empty.id))
    assert work == WorkSeen(
        "Rain.", ("Floods",), "Gauges", "Soil", (("River Levels", rivers.public_id, "Is stuck on it"),)
    )
    assert (bool(work), bool(nothing)) == (True, False)


def test_only_who_said_yes_to_an_event_of_both_is_read_there(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other, third = make.event(), make.event(), make.event()
    viewer = make.registration(event).person
    make.registration(third, viewer, state=RegistrationState.CANCELLED)
    people = {
        name: make.registration(where, make.person(name), bio=f"{name} here", state=state).person
        for name, where, state in (
            ("comes", event, RegistrationState.CONFIRMED),
            ("left", event, RegistrationState.CANCELLED),
            ("elsewhere", other, RegistrationState.CONFIRMED),
            ("where the viewer left", third, RegistrationState.CONFIRMED),
        )
    }
    make.registration(other, people["comes"], bio="comes elsewhere")
    with database.reading() as session:
        reader = session.get_one(Person, viewer.id)
        found = {
            name: seen_by(session, reader, session.get_one(Person, one.id)) for name, one in people.items()
        }
    assert {name: work and work.bio for name, work in found.items()} == {
        "comes": "comes here", "left": None, "elsewhere": None, "where the viewer left": None,
    }  # fmt: skip
