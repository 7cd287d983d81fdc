"""Titles named before there was a catalogue: kept, and linked once to the dataset that comes."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.intake import apart
from matchmaker.recognition.states import ContributionState
from matchmaker.services.attendee_lists import import_people, keep_readings, link_titles, uploads
from matchmaker.services.catalogue import merge_datasets, tidy_catalogue
from matchmaker.services.credits import state_contributions
from matchmaker.services.people import merge_people
from matchmaker.store.attendee_lists import waiting_titles
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.attendee_lists.waiting_titles import NamedAs, WaitingTitle
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event import event_roles
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database

NAMED = ("Ada", "A. Bell", "Noise Nora")
HEAD = "Name,Email,Datasets used,Datasets made,Datasets stuck on"


def imported(database: Database, event: Event, *rows: str) -> dict[str, Any]:
    data = "\n".join([HEAD, *rows, ""]).encode()
    with database.writing() as session:
        row = uploads.keep(session, event.id, ImportKind.ATTENDEES, "list.csv", data, None)
        keep_readings.keep(session, row, apart.read(keep_readings.order(row, {}), data))
    with database.writing() as session:
        there = session.get_one(Import, row.id)
        at = session.get_one(Event, event.id)
        return import_people.carry_out(session, at, there, uploads.listed(session, there))


def waiting(database: Database) -> list[tuple[str, NamedAs]]:
    with database.reading() as session:
        return [
            (one.title, one.kind) for one in session.scalars(select(WaitingTitle).order_by(WaitingTitle.id))
        ]


def linked(database: Database) -> int:
    with database.writing() as session:
        return link_titles.link(session)


def said(database: Database, person_id: int) -> tuple[list[tuple[str, str]], list[tuple[str, UseKind]]]:
    """What somebody made and uses."""
    with database.reading() as session:
        made = [(one.dataset.title, one.role) for one in contributions.of_people(session, [person_id])]
        uses = [(one.dataset.title, one.kind) for one in contributions.uses_of_people(session, [person_id])]
        return made, uses


@pytest.fixture
def event(make: Any) -> Event:
    event: Event = make.event()
    make.organiser(event)
    return event


def test_what_people_name_before_the_catalogue_comes_is_linked_once_it_is_there(
    sqlite: Database, make: Any, event: Event
) -> None:
    ada = make.registration(event, make.person("Ada", "ada@inside.example"))
    row = "Ada,ada@inside.example,Rivers; Moon maps,Rivers,rivers"
    assert imported(sqlite, event, row)["changed"] == 1
    assert waiting(sqlite) == [
        ("Rivers", NamedAs.MADE), ("Rivers", NamedAs.USES), ("Moon maps", NamedAs.USES), ("rivers", NamedAs.STUCK),
    ]  # fmt: skip
    assert linked(sqlite) == 0
    assert said(sqlite, ada.person_id) == ([], [])
    make.dataset("RIVERS")
    assert linked(sqlite) == 3
    assert said(sqlite, ada.person_id) == ([("RIVERS", "maintained")], [("RIVERS", UseKind.STUCK)])
    assert waiting(sqlite) == [("Moon maps", NamedAs.USES)]
    with sqlite.reading() as session:
        (credit,) = contributions.of_people(session, [ada.person_id])
        assert (credit.state, credit.declared_by_id) == (ContributionState.CLAIMED, ada.person_id)


def test_the_same_list_again_changes_nothing(sqlite: Database, make: Any, event: Event) -> None:
    imported(sqlite, event, "Ada,ada@inside.example,Rivers,,")
    again = imported(sqlite, event, "Ada,ada@inside.example,Rivers,,")
    assert (again["changed"], again["unchanged"]) == (0, 1)
    assert waiting(sqlite) == [("Rivers", NamedAs.USES)]


def test_of_a_title_that_two_datasets_have_none_is_chosen(sqlite: Database, make: Any, event: Event) -> None:
    imported(sqlite, event, "Ada,ada@inside.example,Rivers,,")
    for publisher in ("One", "Another"):
        make.dataset("Rivers", publisher)
    assert linked(sqlite) == 0
    assert waiting(sqlite) == [("Rivers", NamedAs.USES)]


def test_what_somebody_said_of_the_dataset_meanwhile_stays(sqlite: Database, make: Any, event: Event) -> None:
    ada = make.registration(event, make.person("Ada", "ada@inside.example"))
    imported(sqlite, event, "Ada,ada@inside.example,,,Rivers")
    rivers = make.dataset("Rivers")
    make.add(Use(person_id=ada.person_id, dataset_id=rivers.id, kind=UseKind.WANTS))
    assert linked(sqlite) == 1
    assert said(sqlite, ada.person_id) == ([], [("Rivers", UseKind.WANTS)])


def test_a_dataset_that_somebody_adds_is_linked_at_once(sqlite: Database, make: Any, event: Event) -> None:
    imported(sqlite, event, "Ada,ada@inside.example,Moon maps,,")
    ben = make.person("Ben")
    with sqlite.writing() as session:
        state_contributions.add_dataset(session, session.get_one(Person, ben.id), "Moon Maps", "Space Office")
        ada = session.scalars(select(Registration.person_id)).one()
    assert said(sqlite, ada) == ([], [("Moon Maps", UseKind.USES)])


def test_another_name_of_a_dataset_is_linked_at_once(sqlite: Database, make: Any, event: Event) -> None:
    ada = make.registration(event, make.person("Ada", "ada@inside.example")).person_id
    imported(sqlite, event, "Ada,ada@inside.example,Moon maps,,")
    atlas = make.dataset("Atlas of the Moon")
    make.dataset("Moon mapping")
    with sqlite.writing() as session:
        tidy_catalogue.add_alias(session, session.get_one(Dataset, atlas.id), "MOON  MAPS")
    assert said(sqlite, ada) == ([], [("Atlas of the Moon", UseKind.USES)])


def test_once_two_datasets_of_a_title_are_one_it_is_linked(sqlite: Database, make: Any, event: Event) -> None:
    ada = make.registration(event, make.person("Ada", "ada@inside.example")).person_id
    imported(sqlite, event, "Ada,ada@inside.example,Rivers,,")
    pair = [make.dataset("Rivers", publisher).id for publisher in ("One", "Another")]
    assert linked(sqlite) == 0
    with sqlite.writing() as session:
        merge_datasets.merge(session, *(session.get_one(Dataset, one) for one in pair))
    assert said(sqlite, ada) == ([], [("Rivers", UseKind.USES)])
    assert waiting(sqlite) == []


def test_it_follows_a_merge_and_goes_with_the_registration(sqlite: Database, make: Any, event: Event) -> None:
    imported(
        sqlite, event, "Ada,ada@inside.example,Rivers; Moon maps,,", "A. Bell,bell@inside.example,rivers,Peat,",
        "Noise Nora,nora@inside.example,Rivers,,",
    )  # fmt: skip
    with sqlite.writing() as session:
        keep, gone, noise = session.scalars(
            select(Person).where(Person.name.in_(NAMED)).order_by(Person.id)
        ).all()
        merge_people.merge(session, keep, gone, event_roles.organisers(session, event.id)[0])
        mine = registrations.of_person(session, event.id, keep.id)
        assert mine is not None
        found = waiting_titles.of_registrations(session, [mine.id])
        assert [(one.title, one.kind) for one in found] == [
            ("Rivers", NamedAs.USES), ("Moon maps", NamedAs.USES), ("Peat", NamedAs.MADE),
        ]  # fmt: skip
        session.delete(mine)
        session.flush()
        assert [
            one.registration.person_id
            for one in session.scalars(select(WaitingTitle).order_by(WaitingTitle.id))
        ] == [noise.id]


def test_a_title_that_a_list_parted_at_its_commas_is_whole_once_a_dataset_has_it(
    sqlite: Database, make: Any
) -> None:
    event = make.event()
    other = make.registration(make.event())
    with sqlite.writing() as session:
        link_titles.wait_for(session, other.id, "Celtic Sea", "celtic sea", NamedAs.USES)
    imported(
        sqlite,
        event,
        'Ada,ada@example.org,"Rain, Fish, Celtic Sea, 1990, Peat","Fish, Celtic Sea, 1990",',
        'Ben,ben@example.org,"Fish, 1990, Celtic Sea",,',
        'Cy,cy@example.org,"Fish, Celtic Sea, 1990, Fish, Celtic Sea, 1991",,',
    )
    for year in (1990, 1991):
        make.dataset(f"Fish, Celtic Sea, {year}")
    make.dataset("Rain")
    make.dataset("Rain, Peat")
    assert linked(sqlite) == 5
    with sqlite.reading() as session:
        there = {one.name: one.id for one in session.scalars(select(Person))}
    assert said(sqlite, there["Ada"]) == (
        [("Fish, Celtic Sea, 1990", "maintained")],
        [("Rain", UseKind.USES), ("Fish, Celtic Sea, 1990", UseKind.USES)],
    )
    assert said(sqlite, there["Ben"]) == ([], [])
    assert said(sqlite, there["Cy"]) == (
        [],
        [("Fish, Celtic Sea, 1990", UseKind.USES), ("Fish, Celtic Sea, 1991", UseKind.USES)],
    )
    assert waiting(sqlite)[-4:] == [
        ("Peat", NamedAs.USES),
        ("Fish", NamedAs.USES),
        ("1990", NamedAs.USES),
        ("Celtic Sea", NamedAs.USES),
    ]


def test_parts_of_a_title_that_is_waited_for_whole_already_go(sqlite: Database, make: Any) -> None:
    registration = make.registration(make.event())
    with sqlite.writing() as session:
        for title in ("Fish", "Celtic Sea", "Fish, Celtic Sea"):
            link_titles.wait_for(session, registration.id, title, title.casefold(), NamedAs.WANTS)
    make.dataset("Fish, Celtic Sea")
    assert linked(sqlite) == 1
    assert waiting(sqlite) == []
