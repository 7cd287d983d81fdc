"""Taking an event to the hall and back, on both kinds of database, with another event beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.jobs.claim_slips import print_claim_slips
from matchmaker.jobs.work import Work
from matchmaker.services.credits import claim_credits
from matchmaker.services.event import run_in_hall
from matchmaker.services.event.run_in_hall import HallReport
from matchmaker.services.people import erase_people, let_in
from matchmaker.settings import Settings, from_environment
from matchmaker.store import schema
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event import hall_file, hall_installation
from matchmaker.store.event.events import Event, HallTable
from matchmaker.store.event.hall_copies import HallCopy, HallCopyState
from matchmaker.store.event.hall_file import HallFile, HallFileError
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people import exclusions
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.answers import AnswerKind

WORDS = "four plain words here"
MORNING = datetime(2027, 3, 11, 8, tzinfo=UTC)
EVENING = MORNING + timedelta(hours=10)
HALL_URL = "https://192.0.2.7:5443"


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows there are, without the marks that something has changed."""
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
            if table.name not in {"plan_change", "label_change", "profile_change"}
        }


@dataclass
class Hall:
    """An installation with two events, and the computer to which one of them is taken."""

    website: Database
    folder: Path
    settings: Settings
    made: Any
    hall: Database
    taken: HallFile | None = None

    def take_out(self, name: str = "Data day") -> HallFile:
        """Take an event out, and open it in the hall."""
        with self.website.writing() as session:
            _event, plain = run_in_hall.take_out(session, name, MORNING)
            hall_file.write(self.folder / "out.hall", plain, WORDS)
        self.taken = hall_file.read(self.folder / "out.hall", WORDS, "out")
        hall_installation.fill(self.hall, self.taken)
        return self.taken

    def close(self, name: str = "back.hall") -> HallFile:
        """Close the day in the hall."""
        assert self.taken is not None
        with self.hall.writing() as session:
            plain = run_in_hall.close(session, self.taken, HALL_URL, EVENING)
        hall_file.write(self.folder / name, plain, WORDS)
        return hall_file.read(self.folder / name, WORDS, "back")

    def bring_back(self, file: HallFile | None = None) -> HallReport:
        """Bring it back to the website."""
        with self.website.writing() as session:
            return run_in_hall.bring_back(session, file or self.close(), self.settings, EVENING)


@pytest.fixture
def day(database: Database, maker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """Data day with Amara, Ben and their organiser Olga, and another event with people and words of its own."""
    # Guessing a passphrase is made cheap here, so that the tests are not dear.
    monkeypatch.setattr(hall_file, "WORK", 2)
    make = maker(database)
    elsewhere = make.event("Noise day", rounds=1, tables=1)
    noise = make.registration(
        elsewhere, make.person("Noise Nora", "nora@noise.example"), bio="noise in a bio"
    )
    make.organiser(elsewhere, make.person("Noise Otto", "otto@noise.example"))
    make.contribution(
        noise.person, make.dataset("Noise of others", source="added", added_by_id=noise.person_id)
    )
    event = make.event("Data day", rounds=2, tables=2)
    amara = make.registration(event, make.person("Amara", "amara@inside.example"), bio="rivers")
    ben = make.registration(event, make.person("Ben", "ben@inside.example"))
    make.registration(elsewhere, ben.person, bio="noise of Ben")
    make.organiser(event, make.person("Olga", "olga@inside.example"))
    rivers = make.dataset("Rivers", "River Office")
    make.endorsement(event, amara.person, make.contribution(ben.person, rivers))
    hall = Database(f"sqlite:///{tmp_path / 'hall.db'}")
    settings = from_environment({
        "MATCHMAKER_INSTANCE": str(tmp_path), "MATCHMAKER_PUBLIC_URL": "https://example.org"
    })  # fmt: skip
    yield Hall(database, tmp_path, settings, make, hall)
    hall.dispose()


def one(database: Database, kind: Any, **where: Any) -> Any:
    """Return the one row with these values."""
    with database.reading() as session:
        return session.scalars(select(kind).filter_by(**where)).one()


def test_what_is_taken_out_is_the_event_and_nothing_of_others(day: Hall) -> None:
    taken = day.take_out()
    names = [row["name"] for row in taken.tables["person"]]
    assert sorted(names) == ["Amara", "Ben", "Olga"]
    assert [row["title"] for row in taken.tables["dataset"]] == ["Rivers"]
    assert [row["name"] for row in taken.tables["publisher"]] == ["River Office"]
    assert len(taken.tables["endorsement"]) == 1
    assert not re.search("noise", str(taken.tables), re.IGNORECASE)
    assert b"Amara" not in (day.folder / "out.hall").read_bytes()
    assert (day.folder / "out.hall").stat().st_mode & 0o777 == 0o600


def test_a_day_without_changes_comes_back_without_changes(day: Hall) -> None:
    before = everything(day.website)
    day.take_out()
    assert one(day.website, Event, name="Data day").in_hall_since == MORNING
    report = day.bring_back()
    assert (report.new, report.changed, report.gone, report.notes) == (0, 0, 0, [])
    after = everything(day.website)
    assert [row.state for row in day_copies(day)] == [HallCopyState.BACK]
    for ours in (before, after):
        del ours["hall_copy"], ours["job"]
    assert after == before


def published(session: Session, event: Event) -> Plan:
    """Keep a published plan of an event."""
    plan = Plan(event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={})
    plan.published_at = MORNING
    session.add(plan)
    session.flush()
    return plan


def off_the_list(day: Hall) -> int:
    """Keep somebody apart from Amara who is off this list, at another event, and blocks her; return their id."""
    make = day.made
    event, elsewhere = (one(day.website, Event, name=name) for name in ("Data day", "Noise day"))
    amara = one(day.website, Person, name="Amara")
    gone = make.person(
        "Gus Gone", "gus@gone.example", phone="0117 496", link="https://gus.example", job_title="Gauger"
    )
    make.registration(elsewhere, gone)
    make.contribution(gone, make.dataset("Gauges of Gus", source="added", added_by_id=gone.id))
    make.add(Exclusion(event_id=event.id, a_id=amara.id, b_id=gone.id, reason="Asked for"))
    make.answer(event, gone, amara, AnswerKind.BLOCK)
    return int(gone.id)


def test_of_who_is_off_the_list_and_still_kept_apart_the_hall_knows_the_name_and_no_address(
    day: Hall,
) -> None:
    off_the_list(day)
    before = everything(day.website)
    taken = day.take_out()
    assert len(taken.tables["exclusion"]) == 1
    told = str(taken.tables)
    assert "Gus Gone" in told
    assert [word for word in ("gus@", "gone.example", "0117", "gus.example", "Gauge") if word in told] == []
    with day.hall.reading() as session:
        gus = session.scalars(select(Person).where(Person.name == "Gus Gone")).one()
        assert gus.email == ""
    assert day.bring_back().notes == []
    after = everything(day.website)
    for table in ("person", "address", "exclusion", "answer", "contribution", "dataset"):
        assert after[table] == before[table], table


def test_who_is_let_in_in_the_hall_and_was_off_the_list_is_still_kept_apart_and_nothing_is_lost(
    day: Hall,
) -> None:
    gone = off_the_list(day)
    before = everything(day.website)
    day.take_out()
    with day.hall.writing() as session:
        event = session.scalars(select(Event)).one()
        walk_in = let_in.WalkIn("Gus G.", "Gus@Gone.example")
        row = let_in.let_in(session, event, walk_in, MORNING)
        assert (row.person_id, row.person.email) == (gone, "gus@gone.example")
        assert exclusions.pairs(session, event.id) == {(one(day.website, Person, name="Amara").id, gone)}
    assert day.bring_back().notes == []
    after = everything(day.website)
    for table in ("person", "address", "exclusion", "answer", "contribution", "dataset"):
        assert after[table] == before[table], table
    assert len(after["registration"]) == len(before["registration"]) + 1


def day_copies(day: Hall) -> list[HallCopy]:
    """Return what became of each copy."""
    with day.website.reading() as session:
        return list(session.scalars(select(HallCopy).order_by(HallCopy.id)))


def test_what_was_done_in_the_hall_is_there_afterwards_and_the_other_event_is_as_it_was(day: Hall) -> None:
    day.take_out()
    before = everything(day.website)
    with day.hall.writing() as session:
        amara = session.scalars(select(Registration).join(Person).where(Person.name == "Amara")).one()
        amara.presence, amara.presence_at = Presence.HERE, MORNING
        event = session.scalars(select(Event)).one()
        walk_in = Person(name="Walk In", addresses=[Address(email="walk@in.example")])
        session.add(walk_in)
        session.flush()
        walked = Registration(event_id=event.id, person_id=walk_in.id, state=RegistrationState.CONFIRMED)
        session.add(walked)
        walked.topics = [Topic(name="Floods", key="floods")]
        plan = published(session, event)
        meeting = Meeting(plan_id=plan.id, round_number=1, table_number=1, why=[{"reader": amara.person_id}])
        session.add(meeting)
        session.flush()
        for who in (amara.person_id, walk_in.id):
            session.add(Seat(meeting_id=meeting.id, person_id=who, plan_id=plan.id, round_number=1))
        session.add(
            Mail(kind="thanks awaiting", to="ben@inside.example", subject="Thanks", body=f"{HALL_URL}/thanks")
        )
        session.add(Mail(kind="plan", to="ben@inside.example", subject="Plan", body="of the morning"))
    report = day.bring_back()
    assert report.notes == []
    assert one(day.website, Registration, bio="rivers").presence is Presence.HERE
    made = one(day.website, Person, name="Walk In")
    assert made.id > 1_000_000_000
    with day.website.reading() as session:
        seats = session.scalars(select(Seat.person_id).order_by(Seat.person_id)).all()
        assert list(seats) == [one(day.website, Person, name="Amara").id, made.id]
        assert (
            session.get_one(Registration, one(day.website, Registration, person_id=made.id).id).topics[0].name
            == "Floods"
        )
        assert [(mail.subject, mail.body) for mail in session.scalars(select(Mail))] == [
            ("Thanks", "https://example.org/thanks")
        ]
    assert one(day.website, Event, name="Data day").in_hall_since is None
    after = everything(day.website)
    for table in ("contribution", "dataset", "organiser", "round", "hall_table"):
        assert after[table] == before[table], table
    assert set(before["registration"]) - set(after["registration"]) == {
        row for row in before["registration"] if "rivers" in row
    }


def test_both_sides_go_on_giving_ids_and_none_meets_another(day: Hall) -> None:
    day.take_out()
    new_here = day.made.person("New here")
    with day.hall.writing() as session:
        event = session.scalars(select(Event)).one()
        session.add(Registration(event_id=event.id, person=Person(name="New in the hall")))
    day.bring_back()
    later = day.made.person("Later")
    with day.website.reading() as session:
        names = {person.name for person in session.scalars(select(Person))}
    assert {"New here", "New in the hall", "Later"} <= names
    assert len({new_here.id, later.id, one(day.website, Person, name="New in the hall").id}) == 3


def test_bringing_back_twice_does_nothing_the_second_time(day: Hall) -> None:
    day.take_out()
    file = day.close()
    day.bring_back(file)
    before = everything(day.website)
    with pytest.raises(
        HallFileError, match="Data day was brought back on 11 March 2027 at 18:00. Nothing was changed"
    ):
        day.bring_back(file)
    assert everything(day.website) == before


def test_leaving_and_objecting_on_the_website_win_and_are_told(day: Hall) -> None:
    day.take_out()
    with day.website.writing() as session:
        amara = session.scalars(select(Registration).where(Registration.bio == "rivers")).one()
        amara.state, amara.suggestible = RegistrationState.CANCELLED, False
    with day.hall.writing() as session:
        amara = session.scalars(select(Registration).where(Registration.bio == "rivers")).one()
        amara.state, amara.bio = RegistrationState.DECLINED, "rivers and floods"
    report = day.bring_back()
    amara = one(day.website, Registration, bio="rivers and floods")
    assert (amara.state, amara.suggestible) == (RegistrationState.CANCELLED, False)
    assert report.notes == [
        "Amara, state: “cancelled” here, “declined” in the hall. What was said here holds."
    ]


def test_who_deleted_themself_on_the_website_stays_deleted_with_all_that_the_hall_said_of_them(
    day: Hall,
) -> None:
    day.take_out()
    with day.website.writing() as session:
        amara = session.scalars(select(Person).where(Person.name == "Amara")).one()
        erase_people.erase_person(session, amara, keep_thanks=False)
    with day.hall.writing() as session:
        event = session.scalars(select(Event)).one()
        people = {person.name: person.id for person in session.scalars(select(Person))}
        plan = published(session, event)
        why = [{"reader": people["Ben"], "other": people["Amara"]}, {"reader": people["Ben"]}]
        meeting = Meeting(plan_id=plan.id, round_number=1, table_number=1, why=why)
        session.add(meeting)
        session.flush()
        for name in ("Amara", "Ben"):
            session.add(Seat(meeting_id=meeting.id, person_id=people[name], plan_id=plan.id, round_number=1))
        session.scalars(
            select(Registration).where(Registration.bio == "rivers")
        ).one().presence = Presence.HERE
    report = day.bring_back()
    assert [row for row in everything(day.website)["person"] if "Amara" in row] == []
    with day.website.reading() as session:
        assert [seat.person_id for seat in session.scalars(select(Seat))] == [people["Ben"]]
        assert session.scalars(select(Meeting)).one().why == [{"reader": people["Ben"]}]
    assert report.notes == [
        "1 row from the hall was about people or things that are deleted here, and stay so."
    ]


def test_who_deleted_themself_in_the_hall_is_erased_at_every_event(day: Hall) -> None:
    day.take_out()
    with day.hall.writing() as session:
        ben = session.scalars(select(Person).where(Person.name == "Ben")).one()
        erase_people.erase_person(session, ben, keep_thanks=False)
    day.bring_back()
    with day.website.reading() as session:
        names = [person.name for person in session.scalars(select(Person).order_by(Person.id))]
        assert names == ["Noise Nora", "Noise Otto", "Amara", "Olga"]
        assert session.scalars(select(Endorsement)).all() == []
        assert [row.bio for row in session.scalars(select(Registration).order_by(Registration.id))] == [
            "noise in a bio", "rivers"
        ]  # fmt: skip


def test_a_walk_in_whose_address_is_known_here_becomes_one_person_with_them(day: Hall) -> None:
    day.take_out()
    with day.hall.writing() as session:
        event = session.scalars(select(Event)).one()
        nora = Person(name="Nora N.", addresses=[Address(email="nora@noise.example")])
        session.add(Registration(event_id=event.id, person=nora, presence=Presence.HERE))
    report = day.bring_back()
    assert report.notes == [
        "Nora N., typed in in the hall, is Noise Nora, who was known here: they are one person now."
    ]
    nora = one(day.website, Person, name="Noise Nora")
    with day.website.reading() as session:
        rows = session.scalars(select(Registration).where(Registration.person_id == nora.id)).all()
    assert {(row.bio, row.presence) for row in rows} == {
        ("noise in a bio", Presence.EXPECTED), ("", Presence.HERE)
    }  # fmt: skip


def test_nobody_gets_a_way_in_from_the_hall_whom_no_organiser_could_give_one_here(day: Hall) -> None:
    day.take_out()
    with day.hall.writing() as session:
        # Ben and Nora are at an event that Olga does not organise, and Amara is not.
        for name in ("Amara", "Ben"):
            person = session.scalars(select(Person).where(Person.name == name)).one()
            person.addresses[0].email = f"new-{name.lower()}@hall.example"
            person.addresses.append(Address(email=f"more-{name.lower()}@hall.example", position=1))
        event = session.scalars(select(Event)).one()
        typed_in = [Address(email="nora@noise.example"), Address(email="nora@hall.example", position=1)]
        session.add(Registration(event_id=event.id, person=Person(name="Nora N.", addresses=typed_in)))
    report = day.bring_back()
    assert report.notes == [
        "The email address of Ben was changed in the hall. It stays as it is here, as they are at another event, "
        "too, or have a role that your organisers do not give.",
        "Nora N., typed in in the hall, is Noise Nora, who was known here: they are one person now.",
    ]
    with day.website.reading() as session:
        found = session.execute(
            select(Person.name, Address.email).join(Address.person).order_by(Person.name, Address.position)
        )
        assert [tuple(row) for row in found if row[0] in ("Amara", "Ben", "Noise Nora")] == [
            ("Amara", "new-amara@hall.example"),
            ("Amara", "more-amara@hall.example"),
            ("Ben", "ben@inside.example"),
            ("Noise Nora", "nora@noise.example"),
        ]


def test_what_both_sides_added_alike_is_there_once(day: Hall) -> None:
    day.take_out()
    rivers, ben = (
        one(day.website, type(day.made.dataset("Lakes")), title="Rivers"),
        one(day.website, Person, name="Ben"),
    )
    for database in (day.website, day.hall):
        with database.writing() as session:
            said = Contribution(person_id=ben.id, dataset_id=rivers.id, role="built", declared_by_id=ben.id)
            session.add_all([said, Use(person_id=ben.id, dataset_id=rivers.id, kind=UseKind.STUCK)])
            session.add(Topic(name="Floods", key="floods"))
    with day.hall.writing() as session:
        said = session.scalars(select(Contribution).where(Contribution.role == "built")).one()
        event, amara = (
            session.scalars(select(Event)).one(),
            session.scalars(select(Person).where(Person.name == "Amara")).one(),
        )
        session.add(
            Endorsement(
                event_id=event.id, giver_id=amara.id, contribution_id=said.id, receiver_id=ben.id,
                dataset_id=rivers.id, role="built", sentence="You built it all by hand.", relation="user",
            )
        )  # fmt: skip
        amara_here = session.scalars(select(Registration).where(Registration.bio == "rivers")).one()
        amara_here.topics = list(session.scalars(select(Topic)))
    day.bring_back()
    built = one(day.website, Contribution, role="built")
    assert built.id < 1_000_000_000
    assert one(day.website, Endorsement, role="built").contribution_id == built.id
    with day.website.reading() as session:
        assert [topic.id for topic in session.scalars(select(Topic))] == [1]
        amara = session.scalars(select(Registration).where(Registration.bio == "rivers")).one()
        assert [topic.name for topic in amara.topics] == ["Floods"]


def test_tables_that_change_places_in_the_hall_change_places_here(day: Hall) -> None:
    day.take_out()
    with day.hall.writing() as session:
        tables = session.scalars(select(HallTable).order_by(HallTable.number)).all()
        ids = [table.id for table in tables]
        for number, table in ((50, tables[0]), (1, tables[1]), (2, tables[0])):
            table.number = number
            session.flush()
    day.bring_back()
    with day.website.reading() as session:
        assert [session.get_one(HallTable, one_id).number for one_id in ids] == [2, 1]


def test_names_given_in_the_hall_can_be_claimed_on_the_website(day: Hall) -> None:
    day.take_out()
    with day.hall.writing() as session:
        event = session.scalars(select(Event)).one()
        rivers = session.connection().scalar(select(schema.metadata.tables["dataset"].c.id))
        session.add(
            UnclaimedCredit(
                event_id=event.id, dataset_id=rivers, role="built", name="Una", email="una@x.example",
                address_hash="of the hall", code_hash="of the hall",
            )
        )  # fmt: skip
    day.bring_back()
    una = one(day.website, UnclaimedCredit, name="Una")
    assert una.code_hash != "of the hall"
    assert una.address_hash != "of the hall"


def test_a_slip_that_is_printed_in_the_hall_leads_to_its_name_there_and_that_of_the_website_does_here(
    day: Hall,
) -> None:
    here, there = "key of the website", "key of the hall"
    event = one(day.website, Event, name="Data day")
    day.made.add(
        UnclaimedCredit(
            public_id="Will", event_id=event.id, dataset_id=one(day.website, Dataset, title="Rivers").id,
            role="built", name="Will", code_hash=claim_credits.code_hash(here, "Will"),
        )
    )  # fmt: skip

    def found(database: Database, key: str) -> bool:
        with database.writing() as session:
            code = claim_credits.slip_code(key, "Will")
            return claim_credits.find_by_code(session, key, code, "a desk", MORNING) is not None

    day.take_out()
    settings = from_environment({"MATCHMAKER_SECRET_KEY": there})
    print_claim_slips(Work(day.hall, settings, 1, event.id, None, {"claim_at": f"{HALL_URL}/claim"}))
    assert found(day.hall, there)
    with day.website.writing() as session:
        run_in_hall.bring_back(session, day.close(), replace(day.settings, secret_key=here), EVENING)
    assert found(day.website, here)


def test_an_event_is_taken_out_once_at_a_time_and_given_up_by_hand(day: Hall) -> None:
    taken = day.take_out()
    with pytest.raises(
        HallFileError, match="has been in the hall since 11 March 2027 at 08:00. Bring it back with"
    ):
        day.take_out()
    file = day.close()
    with day.website.writing() as session:
        run_in_hall.cancel(session, "Data day", EVENING)
    with pytest.raises(HallFileError, match="This copy of Data day was given up on 11 March 2027 at 18:00"):
        day.bring_back(file)
    with day.website.writing() as session, pytest.raises(HallFileError, match="Data day is not in the hall"):
        run_in_hall.cancel(session, "Data day", EVENING)
    with day.website.writing() as session:
        again = run_in_hall.take_out(session, "Data day", EVENING)
        assert len(again[1]) > 0
    first = [copy.first_id for copy in day_copies(day)]
    assert first == [taken.about["first_id"], taken.about["first_id"]]


def test_it_is_refused_in_a_sentence(day: Hall) -> None:
    with day.website.writing() as session:
        event = session.scalars(select(Event).where(Event.name == "Data day")).one()
        session.add(Job(event_id=event.id, kind="plan", state=JobState.RUNNING))
    for name, words in {
        "No day": "There is no event called “No day” here",
        "Data day": "Work on Data day is not done yet",
    }.items():
        with pytest.raises(HallFileError, match=words):
            day.take_out(name)
    assert day_copies(day) == []


def test_a_file_of_another_installation_or_of_another_taking_out_is_refused(day: Hall) -> None:
    day.take_out()
    file = day.close()
    strange = HallFile({**file.about, "copy": "another"}, file.tables, "")
    other = HallFile({**file.about, "rows_sum": "0" * 64}, file.tables, "")
    newer = HallFile({**file.about, "revision": "9999"}, file.tables, "")
    for one_file, words in {
        strange.rows_sum + "a": (strange, "was not taken out of this installation"),
        "b": (other, "does not stand on what was taken out of Data day"),
        "c": (newer, "The file is of schema 9999"),
    }.values():
        with pytest.raises(HallFileError, match=words):
            day.bring_back(one_file)
    assert one(day.website, Event, name="Data day").in_hall_since == MORNING
