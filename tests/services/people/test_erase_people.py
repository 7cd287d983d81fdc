"""Erasing: what goes, what is left, table by table."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.jobs.upkeep import put_back_and_tidy
from matchmaker.recognition.states import ContributionState
from matchmaker.services.event import organisers
from matchmaker.services.people import erase_people
from matchmaker.store import schema
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.credits import endorsements
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event import event_roles
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.people import people
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Presence
from matchmaker.store.people.sign_in_codes import MailedCode
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

AFTER = datetime(2027, 6, 12, tzinfo=UTC)
MARKS = {"plan_change", "label_change", "profile_change"}
"""The tables of marks that something has changed: any change leaves some, and they say nothing of anybody."""


def fill(make: Any, event: Any, amara: Any, ben: Any) -> None:
    """Give two people of an event one row of everything that can name them."""
    for one, other in ((amara, ben), (ben, amara)):
        row = make.registration(event, one, presence=Presence.HERE)
        make.add(
            BasisRecord(registration_id=row.id, kind=BasisKind.NOTICE, wording="Words"),
            Suggestion(event_id=event.id, person_id=one.id, other_id=other.id, position=1, score=0.5),
            Mail(event_id=event.id, person_id=one.id, kind="x", to="a@b.example", subject="s", body=one.name),
        )
        make.answer(event, one, other, AnswerKind.MEET)
    plan = Plan(
        event_id=event.id,
        version=1,
        state=PlanState.PUBLISHED,
        problem={},
        certificate={},
        published_at=AFTER,
    )
    make.add(plan)
    why = [{"reader": amara.id, "other": ben.id, "kind": "words", "what": "peat", "mine": "Her own words"}]
    seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=1) for one in (amara, ben)]
    make.add(
        Meeting(plan_id=plan.id, round_number=1, table_number=1, why=why, seats=seats),
        Exclusion(event_id=event.id, a_id=min(amara.id, ben.id), b_id=max(amara.id, ben.id)),
        Job(event_id=event.id, kind="x", details={"name": amara.name}, asked_by_id=amara.id),
        File(event_id=event.id, name="a.pdf", media_type="a/b", content=b"Amara", purge_at=AFTER),
        Import(event_id=event.id, kind=ImportKind.ATTENDEES, file_name="a.csv", made_by_id=amara.id),
    )


@pytest.fixture
def hall(database: Database, maker: Any) -> Any:
    make = maker(database)
    event, other = (
        make.event("The event", rounds=1, tables=1),
        make.event("Another", erase_on=date(2027, 9, 1)),
    )
    amara, ben, cat, dan = (make.person(f"{name} Erasable") for name in ("Amara", "Ben", "Cat", "Dan"))
    fill(make, event, amara, ben)
    fill(make, other, cat, dan)
    peat = make.dataset("Peat Depth", added_by_id=amara.id)
    make.add(Use(person_id=amara.id, dataset_id=peat.id, kind=UseKind.STUCK))
    make.add(Use(person_id=dan.id, dataset_id=peat.id, kind=UseKind.USES))
    credits = {one.id: make.contribution(one, peat) for one in (amara, ben, cat)}
    return SimpleNamespace(
        make=make, event=event, other=other, amara=amara, ben=ben, cat=cat, dan=dan, peat=peat,
        credits=credits,
    )  # fmt: skip


def count(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            table.name: len(connection.execute(select(table)).all())
            for table in schema.metadata.sorted_tables
            if table.name not in MARKS
        }


def words(database: Database) -> str:
    """Return everything that is kept, as one text."""
    with database.engine.connect() as connection:
        return " ".join(
            str(tuple(row))
            for table in schema.metadata.sorted_tables
            for row in connection.execute(select(table))
        )


def erase(database: Database, person: Any, *, keep_thanks: bool = False) -> list[int]:
    with database.writing() as session:
        return erase_people.erase_person(session, session.get_one(Person, person.id), keep_thanks=keep_thanks)


def test_a_person_who_asks_leaves_nothing_but_an_empty_seat(database: Database, hall: Any) -> None:
    hall.make.add(
        MailedCode(email=hall.amara.email, person_id=hall.amara.id, code_hash="x", expires_at=AFTER),
        Mail(
            event_id=hall.event.id, person_id=hall.ben.id, about_id=hall.amara.id, kind="thanks awaiting",
            to=hall.ben.email, subject="Amara Erasable thanks you", body="-",
        ),
    )  # fmt: skip
    before = count(database)
    assert erase(database, hall.amara) == [hall.event.id]
    after = count(database)
    lost = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert lost == {
        "person": 1, "address": 1, "registration": 1, "basis_record": 1, "suggestion": 2, "answer": 2,
        "exclusion": 1, "seat": 1, "mail": 2, "mailed_code": 1, "contribution": 1, "dataset_use": 1, "file": 1,
    }  # fmt: skip
    kept = words(database)
    assert "Her own words" in kept, "another event's words stay"
    with database.reading() as session:
        plan = plans.published(session, hall.event.id)
        assert plan is not None
        assert [(one.why, [seat.person_id for seat in one.seats]) for one in plan.meetings] == [
            ([], [hall.ben.id])
        ]
    assert hall.amara.email not in kept
    assert "Amara Erasable" not in kept.replace("'name': 'Amara Erasable'", "")


def test_thanks_received_go_and_thanks_given_stay_or_go_as_chosen(database: Database, hall: Any) -> None:
    given = hall.make.endorsement(hall.event, hall.amara, hall.credits[hall.ben.id])
    hall.make.endorsement(hall.event, hall.ben, hall.credits[hall.amara.id])
    other = hall.make.endorsement(hall.other, hall.dan, hall.credits[hall.cat.id])
    gone = hall.make.endorsement(hall.other, hall.cat, hall.credits[hall.ben.id])
    erase(database, hall.amara, keep_thanks=True)
    erase(database, hall.cat, keep_thanks=False)
    with database.reading() as session:
        left = {one.id: one.giver_id for one in session.scalars(select(Endorsement))}
        assert left == {given.id: None}
        assert endorsements.by_public_id(session, given.public_id) is not None
    assert other.id not in left
    assert gone.id not in left


def test_the_only_organiser_of_a_living_event_is_not_erased(database: Database, hall: Any) -> None:
    hall.make.organiser(hall.event, hall.amara)
    with pytest.raises(erase_people.OnlyOrganiser) as refusal:
        erase(database, hall.amara)
    assert refusal.value.names == ["The event"]
    hall.make.organiser(hall.event)
    erase(database, hall.amara)


def test_after_its_date_an_event_keeps_its_name_its_programme_and_counts_alone(
    database: Database, hall: Any
) -> None:
    hall.make.endorsement(hall.event, hall.amara, hall.credits[hall.ben.id])
    with database.writing() as session:
        assert erase_people.erase_past_events(session, AFTER) == 1
    with database.reading() as session:
        event = session.get_one(Event, hall.event.id)
        assert (event.name, event.erased_at, len(event.rounds), len(event.tables)) == (
            "The event",
            AFTER,
            1,
            1,
        )
        assert event.counts == {
            "invited": 2, "coming": 2, "here": 2, "suggestions": 2, "introductions": 1, "meetings": 1,
            "met": 0, "solved": 0, "thanks": 1, "held": 1,
        }  # fmt: skip
        assert {one.id for one in session.scalars(select(Person))} == {hall.cat.id, hall.dan.id}
        for table in schema.metadata.sorted_tables:
            if "event_id" in table.c and table.name not in {"round", "hall_table", *MARKS}:
                left = set(session.scalars(select(table.c.event_id)))
                assert left <= {hall.other.id, None}, table.name
        assert [one.person_id for one in session.scalars(select(Contribution))] == [hall.cat.id]
    assert not {"Amara Erasable", "Ben Erasable"} & {*words(database).split("'")}


def test_an_event_is_erased_once_and_not_before_the_day_after_its_date(database: Database, hall: Any) -> None:
    with database.writing() as session:
        assert erase_people.erase_past_events(session, AFTER - timedelta(days=1)) == 0
        assert erase_people.erase_past_events(session, AFTER) == 1
        assert erase_people.erase_past_events(session, AFTER + timedelta(days=1)) == 0


def test_an_event_that_is_erased_again_after_a_later_date_loses_no_count(
    database: Database, hall: Any
) -> None:
    with database.writing() as session:
        erase_people.erase_past_events(session, AFTER)
        before = dict(session.get_one(Event, hall.event.id).counts)
        session.get_one(Event, hall.event.id).erased_at = None
        assert erase_people.erase_past_events(session, AFTER + timedelta(days=30)) == 1
        assert session.get_one(Event, hall.event.id).counts == before
        assert before["coming"] == 2


def test_people_whom_something_else_knows_outlive_the_event(database: Database, hall: Any) -> None:
    make = hall.make
    elsewhere = make.registration(hall.event).person
    make.registration(hall.other, elsewhere)
    organiser, owner = make.registration(hall.event).person, make.person(is_owner=True)
    make.registration(hall.event, owner)
    make.organiser(hall.other, organiser)
    named_by_one_who_goes, named_by_one_who_stays = make.person(email=""), make.person(email="")
    for person, by in ((named_by_one_who_goes, hall.amara), (named_by_one_who_stays, hall.cat)):
        credit = make.contribution(person, hall.peat, state=ContributionState.AWAITING)
        with database.writing() as session:
            session.get_one(Contribution, credit.id).declared_by_id = by.id
    thanked_elsewhere = make.registration(hall.event).person
    make.endorsement(hall.other, hall.cat, make.contribution(thanked_elsewhere, hall.peat))
    with database.writing() as session:
        erase_people.erase_past_events(session, AFTER)
    with database.reading() as session:
        left = {one.id for one in session.scalars(select(Person))}
        addresses = {one.person_id for one in session.scalars(select(Address))}
    stay = {
        elsewhere.id,
        organiser.id,
        owner.id,
        thanked_elsewhere.id,
        hall.cat.id,
        hall.dan.id,
    }
    assert left == stay | {named_by_one_who_stays.id}
    assert addresses == stay


def test_of_who_is_kept_as_a_colleague_who_stays_has_credited_them_there_is_no_more_than_the_notice_says(
    database: Database, hall: Any
) -> None:
    make = hall.make
    told = {"phone": "0117 496", "link": "https://a.example", "pronouns": "they/them", "job_title": "Gauger"}
    credited = make.registration(hall.event, make.person("Finn", "finn@inside.example", **told)).person
    elsewhere = make.registration(hall.event, make.person("Gil", **told)).person
    make.registration(hall.other, elsewhere)
    for person in (credited, elsewhere):
        make.add(Use(person_id=person.id, dataset_id=hall.peat.id, kind=UseKind.STUCK))
        make.contribution(person, hall.peat, "built", declared_by_id=hall.cat.id)
    with database.writing() as session:
        erase_people.erase_past_events(session, AFTER)
    with database.reading() as session:
        finn, gil = session.get_one(Person, credited.id), session.get_one(Person, elsewhere.id)
        assert (finn.name, finn.email, finn.organisation) == (
            "Finn",
            "finn@inside.example",
            credited.organisation,
        )
        assert {name: getattr(finn, name) for name in told} == dict.fromkeys(told, "")
        assert {name: getattr(gil, name) for name in told} == told
        assert set(session.scalars(select(Use.person_id))) == {hall.dan.id, gil.id}
        built = select(Contribution.person_id).where(Contribution.role == "built")
        assert set(session.scalars(built)) >= {finn.id, gil.id}


def test_whose_part_was_taken_away_and_who_is_tied_to_nothing_goes_with_the_next_event_that_is_erased(
    database: Database, hall: Any
) -> None:
    make = hall.make
    helper = make.organiser(hall.event, role=EventRole.HELPER)
    owner, public = make.person(is_owner=True), make.person(public_since=AFTER)
    with database.writing() as session:
        organisers.dismiss(session, session.get_one(Event, hall.event.id), session.get_one(Person, helper.id))
        erase_people.erase_past_events(session, AFTER - timedelta(days=1))
        assert people.by_id(session, helper.id) is not None
        erase_people.erase_past_events(session, AFTER)
        there = people.by_ids(session, [helper.id, owner.id, public.id])
        assert there.keys() == {owner.id, public.id}


def test_a_helper_goes_with_the_last_event_they_have_a_role_at(database: Database, maker: Any) -> None:
    make = maker(database)
    event, later = make.event(), make.event(erase_on=date(2028, 1, 1))
    helper, organiser = make.organiser(event, role=EventRole.HELPER), make.organiser(event)
    reader = make.organiser(event, role=EventRole.READER)
    make.organiser(later, reader, role=EventRole.HELPER)
    with database.writing() as session:
        erase_people.erase_past_events(session, AFTER)
    with database.reading() as session:
        assert people.by_ids(session, [helper.id, organiser.id, reader.id]).keys() == {
            organiser.id,
            reader.id,
        }
        assert [one.id for one, _ in event_roles.with_roles(session, event.id)] == [organiser.id]
        assert [one.id for one, _ in event_roles.with_roles(session, later.id)] == [reader.id]


def test_erasing_is_part_of_the_upkeep(database: Database, hall: Any) -> None:
    put_back_and_tidy(database, AFTER)
    with database.reading() as session:
        assert people.by_id(session, hall.amara.id) is None
        assert people.by_id(session, hall.cat.id) is not None


def test_a_plan_letter_that_has_not_left_yet_names_nobody_who_was_erased(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event("Field Day")
    amara, ben, cai = (
        make.registration(event, make.person(name)).person for name in ("Amara Okafor", "Ben", "Cai")
    )
    link = "https://matchmaker.example/events/x/day"
    about = {"event_id": event.id, "kind": "plan", "subject": "Your meetings", "to": "a@b.example"}
    make.add(
        Mail(**about, person_id=ben.id, body=f"10am, table 4: Amara\nOkafor (Analyst)\n\n{link}\n"),
        Mail(**about, person_id=cai.id, body=f"10am, table 5: Dev Shah\n\n{link}\n"),
    )
    with database.writing() as session:
        erase_people.erase_person(session, session.get_one(Person, amara.id), keep_thanks=False)
    with database.reading() as session:
        first, second = (one.body for one in session.scalars(select(Mail).order_by(Mail.id)))
    assert "Okafor" not in first
    assert f"\n{link}\n" in first
    assert "Dev Shah" in second


def test_an_erased_person_is_named_nowhere_by_their_address(database: Database, hall: Any) -> None:
    for email, name in ((hall.amara.email, "Amara E."), ("noise@b.example", "Noise Person")):
        hall.make.add(
            UnclaimedCredit(
                event_id=hall.other.id, dataset_id=hall.peat.id, role="built", name=name, name_key=name,
                email=email, code_hash=name,
            ),
            Mail(event_id=hall.other.id, kind="unclaimed credit", to=email, subject="s", body=f"Dear {name}"),
        )  # fmt: skip
    erase(database, hall.amara)
    kept = words(database)
    assert "Amara E." not in kept
    assert hall.amara.email not in kept
    assert kept.count("Noise Person") == 4


def test_column_headings_go_with_their_event_as_a_list_without_headings_has_people_there(
    database: Database, hall: Any
) -> None:
    with database.writing() as session:
        for event in (hall.event, hall.other):
            imports.remember(session, event.id, f"someone@{event.id}.example", "email")
        erase_people.erase_past_events(session, AFTER)
    assert f"someone@{hall.event.id}.example" not in words(database)
    assert f"someone@{hall.other.id}.example" in words(database)
