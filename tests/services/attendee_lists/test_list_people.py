"""The list of an event reads back as what was put in: everybody who has not said no, and nobody else."""

import csv
import io
from datetime import time
from typing import Any

import pytest

from matchmaker.documents.people.attendee_list import attendee_list_csv
from matchmaker.intake.attendees import read_attendees
from matchmaker.recognition.states import ContributionState
from matchmaker.services.attendee_lists import list_people
from matchmaker.services.attendee_lists.judge_rows import RowOutcome, judge
from matchmaker.services.attendee_lists.list_people import rows_of
from matchmaker.services.attendee_lists.recall_people import know
from matchmaker.store.attendee_lists.waiting_titles import NamedAs, WaitingTitle
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Address
from matchmaker.store.people.registrations import Pool, RegistrationState
from matchmaker.store.session import Database


def test_everybody_who_has_not_said_no_is_a_row_by_name(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    for state in RegistrationState:
        make.registration(event, make.person(f"{state}"), state=state)
    make.registration(other, make.person("elsewhere"))
    with database.reading() as session:
        rows = list(rows_of(session, session.get_one(Event, event.id)))
    assert [(one.line, one.name) for one in rows] == [
        (2, "confirmed"), (3, "invited"), (4, "offered"), (5, "pending"), (6, "waiting"),
    ]  # fmt: skip


def test_a_row_has_all_that_a_list_can_bring(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    ada = make.person(
        "Ada", "ada@inside.example", organisation="Defra", job_title="Hydrologist", pronouns="she/her"
    )
    make.add(Address(person_id=ada.id, email="a.second@inside.example", position=1))
    ben, cy = make.person("Ben", ""), make.person("Cy", "cy@inside.example")
    make.registration(
        event, ada, team="Rivers", bio="Rain.", offers="Gauges", needs="Soil", arrives=time(9), leaves=time(12),
        step_free=True, quiet=True, access_needs="A hearing loop", diet="Vegan", fixed_table=3,
        trio_ok=True, pool=Pool.OUTSIDE, pool_reason="A contractor",
        topics=[Topic(name="Peat", key="peat"), Topic(name="Floods", key="floods")],
    )  # fmt: skip
    for one in (ben, cy):
        make.registration(event, one)
    for title, kind in (("Used", UseKind.USES), ("Wanted", UseKind.WANTS), ("Stuck", UseKind.STUCK)):
        make.add(Use(person_id=ada.id, dataset_id=make.dataset(title).id, kind=kind))
    made = make.dataset("Made")
    make.contribution(ada, made, state=ContributionState.CLAIMED)
    make.contribution(ada, made, "checked")
    for one in (ben, cy):
        make.add(Exclusion(event_id=event.id, a_id=ada.id, b_id=one.id))
    for one in (
        make.person("Off the list"),
        make.registration(event, make.person("Left"), state=RegistrationState.CANCELLED).person,
    ):
        make.add(Exclusion(event_id=event.id, a_id=ada.id, b_id=one.id))
    make.registration(other, ada, bio="Elsewhere")
    make.add(Exclusion(event_id=other.id, a_id=ada.id, b_id=make.person("Dee").id))
    with database.reading() as session:
        first, second, _ = rows_of(session, session.get_one(Event, event.id))
    assert vars(first) == {
        "line": 2, "name": "Ada", "email": "ada@inside.example", "organisation": "Defra", "job_title": "Hydrologist",
            "pronouns": "she/her",
        "team": "Rivers", "bio": "Rain.", "topics": ("Floods", "Peat"), "datasets": ("Used",),
        "datasets_made": ("Made",),
        "datasets_wanted": ("Wanted",), "datasets_stuck": ("Stuck",), "offers": "Gauges", "needs": "Soil",
        "arrives": time(9), "leaves": time(12), "step_free": True, "quiet": True, "fixed_table": 3,
        "access_needs": "A hearing loop", "diet": "Vegan",
        "not_with": ("cy@inside.example",), "inside": False, "trio": True, "says_coming": "",
    }  # fmt: skip
    assert (second.name, second.email, second.inside, second.not_with) == (
        "Ben",
        "",
        None,
        ("ada@inside.example",),
    )


def test_a_pair_of_which_one_has_no_address_is_read_again_also_where_that_one_has_a_namesake(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    addressed, without = make.person("Sam Lee", "sam@a.example"), make.person("Sam Lee", "")
    for one in (addressed, without, make.person("Noise")):
        make.registration(event, one)
    make.add(Exclusion(event_id=event.id, a_id=addressed.id, b_id=without.id))
    with database.reading() as session:
        rows = list(rows_of(session, session.get_one(Event, event.id)))
    said = {one.email: one.not_with for one in rows if one.name == "Sam Lee"}
    assert said == {"sam@a.example": (), "": ("sam@a.example",)}
    read = read_attendees(attendee_list_csv(rows), "list.csv")
    assert {one.email: one.not_with for one in read.rows if one.name == "Sam Lee"} == said


def test_datasets_that_no_catalogue_has_yet_are_given_out_and_read_again_as_nothing_new(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    ada, ben = make.person("Ada", "ada@inside.example"), make.person("Ben", "ben@inside.example")
    one, two = make.registration(event, ada), make.registration(event, ben)
    make.add(Use(person_id=ada.id, dataset_id=make.dataset("Peat").id, kind=UseKind.USES))
    for held, title, kind in (
        (one, "Rain by hour; draft", NamedAs.USES),
        (one, "Snow", NamedAs.MADE),
        (two, "Wind", NamedAs.WANTS),
        (two, "Hail", NamedAs.STUCK),
        (make.registration(other, ada), "Elsewhere", NamedAs.USES),
    ):
        make.add(WaitingTitle(registration_id=held.id, title=title, title_key=title.casefold(), kind=kind))
    with database.reading() as session:
        kept = session.get_one(Event, event.id)
        first, second = rows_of(session, kept)
        assert (first.datasets, first.datasets_made) == (("Peat", "Rain by hour; draft"), ("Snow",))
        assert (second.datasets_wanted, second.datasets_stuck) == (("Wind",), ("Hail",))
        read = read_attendees(attendee_list_csv([first, second]), "list.csv")
        assert [vars(row) for row in read.rows] == [vars(first), vars(second)]
        verdicts = judge(read.rows, know(session, kept, read.rows))
        assert [row.outcome for row in verdicts] == [RowOutcome.UNCHANGED] * 2


def test_a_list_that_is_read_in_parts_is_the_same_list(
    database: Database, maker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = maker(database)
    event = make.event()
    people = [make.registration(event, make.person(f"P{number}")).person for number in range(5)]
    peat = make.dataset("Peat")
    make.contribution(people[4], peat)
    make.add(Use(person_id=people[2].id, dataset_id=peat.id, kind=UseKind.WANTS))
    make.add(Exclusion(event_id=event.id, a_id=people[0].id, b_id=people[4].id))
    with database.reading() as session:
        whole = list(rows_of(session, session.get_one(Event, event.id)))
    for size in (2, 5):
        monkeypatch.setattr(list_people, "AT_ONCE", size)
        with database.reading() as session:
            assert list(rows_of(session, session.get_one(Event, event.id))) == whole
    assert [(one.line, one.name, one.datasets_made, one.datasets_wanted) for one in whole] == [
        (2, "P0", (), ()), (3, "P1", (), ()), (4, "P2", (), ("Peat",)), (5, "P3", (), ()), (6, "P4", ("Peat",), ()),
    ]  # fmt: skip
    assert whole[0].not_with != ()


def test_the_list_that_is_given_out_is_read_again_as_the_same_people_and_runs_no_formula(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    words = (
        "=HYPERLINK(1)", "+1 on Tuesdays", "-loop, near the stage", "@home; no nuts",
        'He said "no"\nand stayed', "Vegan",
    )  # fmt: skip
    people = []
    for number in range(len(words)):
        first, *rest = words[number:] + words[:number]
        line = " ".join(first.split())
        people.append(make.registration(
            event, make.person(f"Ada {number} Byrne", job_title=line, organisation=line), team=line, bio=rest[2],
            offers=rest[3], needs=rest[4], access_needs=rest[0], diet=rest[1], quiet=number % 2 == 0, trio_ok=True,
            leaves=time(15), fixed_table=number + 1,
        ))  # fmt: skip
    make.registration(event, make.person("Nameless Ned", ""), diet="=1+1", pool=Pool.OUTSIDE)
    make.add(
        Use(person_id=people[0].person_id, dataset_id=make.dataset("=SUM; or not").id, kind=UseKind.STUCK)
    )
    make.add(Exclusion(event_id=event.id, a_id=people[0].person_id, b_id=people[1].person_id))
    with database.reading() as session:
        kept = session.get_one(Event, event.id)
        given = attendee_list_csv(rows_of(session, kept))
        read = read_attendees(given, "people.csv")
        verdicts = judge(read.rows, know(session, kept, read.rows))
        assert [(one.outcome, one.changes, one.notes) for one in verdicts] == [
            (RowOutcome.UNCHANGED, (), ())
        ] * 7
        again = {one.name: (one.access_needs, one.diet) for one in read.rows}
        assert again == {one.name: (one.access_needs, one.diet) for one in rows_of(session, kept)}
    cells = [cell for row in csv.reader(io.StringIO(given.decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
