"""Naming somebody without an account: nobody sees or hears of it before an organiser has looked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.rules import Claim, Stranger
from matchmaker.recognition.states import UnclaimedState
from matchmaker.services.credits import build_labels, claim_credits, name_strangers
from matchmaker.services.credits.name_strangers import Post
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import labelled_datasets, moderation
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.moderation import ActKind
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

NOW = datetime(2027, 3, 1, tzinfo=UTC)
OUTBOX = Post("k" * 32, "https://matchmaker.example/thanks")
SAID = Claim("collected")
WILL = Stranger("Will  Field", "Water Office", " Will@Home.example ")
TEAM = Stranger("Field Team North", "Water Office", is_team=True)
HOW = "He told me so by telephone."
U = UnclaimedState


class Hall:
    """Ada and Ben at an event that Kit organises; Cy at another; a dataset."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event("Data Together"), make.event()
        self.kit = make.organiser(self.event)
        self.ada, self.ben = (
            make.registration(self.event, make.person(name)).person for name in ("Ada", "Ben")
        )
        self.cy = make.registration(self.other, make.person("Cy")).person
        self.rivers = make.dataset("River Levels")

    def name(
        self, who: Stranger = WILL, by: Person | None = None, said: Claim = SAID, at: datetime = NOW
    ) -> None:
        with self.database.writing() as session:
            namer, dataset = (
                session.get_one(Person, (by or self.ada).id),
                session.get_one(Dataset, self.rivers.id),
            )
            name_strangers.name_stranger(session, namer, dataset, said, who, OUTBOX, at)

    def rows(self) -> list[UnclaimedCredit]:
        with self.database.reading() as session:
            return list(session.scalars(select(UnclaimedCredit).order_by(UnclaimedCredit.id)))

    def act(self, deed: Any, *said: Any, by: Person | None = None) -> None:
        with self.database.writing() as session:
            event, row = (
                session.get_one(Event, self.event.id),
                session.get_one(UnclaimedCredit, self.rows()[0].id),
            )
            deed(session, event, row, session.get_one(Person, (by or self.kit).id), *said, NOW)

    def invite(self, at: datetime = NOW) -> None:
        with self.database.writing() as session:
            event, row = (
                session.get_one(Event, self.event.id),
                session.get_one(UnclaimedCredit, self.rows()[0].id),
            )
            name_strangers.invite(
                session, event, row, "https://m.example/claim/x", "https://m.example/notice", at
            )

    def names_on_label(self) -> list[str]:
        with self.database.reading() as session:
            label = build_labels.of_dataset(session, self.rivers.id).label
        return [entry.shown for line in label.lines for entry in line.entries]

    def labels(self) -> int:
        """How many datasets of the event have a label."""
        with self.database.reading() as session:
            return len(labelled_datasets.with_label(session, self.event.id))

    def letters(self) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(select(Mail.to).order_by(Mail.id)))


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


def test_a_name_waits_unseen_and_unwritten_to(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.name()
    (row,) = hall.rows()
    assert (row.name, row.organisation, row.email, row.state) == (
        "Will Field", "Water Office", "will@home.example", U.WAITING,
    )  # fmt: skip
    assert (row.event_id, row.named_by_id) == (hall.event.id, hall.ada.id)
    assert (hall.names_on_label(), hall.letters()) == ([], [])


def test_the_same_person_for_the_same_is_one_line_and_an_address_is_added_once(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    for who in (
        Stranger("Will Field", "Water Office"),
        Stranger("will field", "water office", "first@home.example"),
        Stranger("WILL FIELD", "Water Office", "second@home.example"),
    ):
        hall.name(who, by=hall.ben)
    hall.name(Stranger("Will Field", "Met Office"))
    hall.name(said=Claim("checked"))
    assert [(one.email, one.organisation, one.role) for one in hall.rows()] == [
        ("first@home.example", "Water Office", "collected"),
        ("", "Met Office", "collected"),
        ("will@home.example", "Water Office", "checked"),
    ]


def test_only_somebody_who_comes_can_name_and_only_so_many_a_day(hall: Hall) -> None:
    with pytest.raises(Refused, match="^Only people who come to an event"):
        hall.name(by=hall.make.person())
    for number in range(20):
        hall.name(Stranger(f"Person {number}", "Water Office"))
    with pytest.raises(Refused, match="^You have named 20 people today"):
        hall.name()
    hall.name(at=NOW + timedelta(days=1, seconds=1))
    assert len(hall.rows()) == 21


def test_a_known_address_at_the_event_is_asked_like_a_colleague(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.name(Stranger("Ben", "Defra", hall.ben.email.upper()))
    assert hall.rows() == []
    assert hall.letters() == [hall.ben.email]
    with database.reading() as session:
        (credit,) = session.scalars(select(Contribution))
        assert (credit.person_id, credit.declared_by_id) == (hall.ben.id, hall.ada.id)
    with pytest.raises(Refused, match="^This is your own address"):
        hall.name(Stranger("Ada", "Defra", hall.ada.email))


@pytest.mark.parametrize("kept_apart", ["block here", "block elsewhere", "no thanks"])
def test_nothing_is_kept_or_said_of_somebody_who_does_not_want_it(hall: Hall, kept_apart: str) -> None:
    if kept_apart == "no thanks":
        with hall.database.writing() as session:
            session.get_one(Person, hall.cy.id).open_to_thanks = False
        whom = hall.cy
    else:
        whom = hall.ben if kept_apart == "block here" else hall.cy
        hall.make.answer(hall.event if whom is hall.ben else hall.other, whom, hall.ada, AnswerKind.BLOCK)
    hall.name(Stranger("Somebody", "Defra", whom.email))
    assert (hall.rows(), hall.letters()) == ([], [])
    with hall.database.reading() as session:
        assert list(session.scalars(select(Contribution))) == []


def test_somebody_known_only_at_another_event_waits_like_a_stranger(hall: Hall) -> None:
    hall.name(Stranger("Cy", "Ofgem", hall.cy.email))
    assert [one.email for one in hall.rows()] == [hall.cy.email]
    assert hall.letters() == []


def test_a_name_is_shown_and_counted_only_between_a_recorded_yes_and_its_end(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    hall.name()
    with pytest.raises(Refused, match="^Say how you know"):
        hall.act(name_strangers.record_yes, "yes")
    seen = [(hall.names_on_label(), hall.labels())]
    hall.act(name_strangers.record_yes, HOW)
    seen.append((hall.names_on_label(), hall.labels()))
    hall.act(name_strangers.take_off)
    seen.append((hall.names_on_label(), hall.labels()))
    hall.act(name_strangers.record_yes, HOW)
    hall.act(name_strangers.remove)
    seen.append((hall.names_on_label(), hall.labels()))
    assert seen == [([], 0), (["Will Field"], 1), ([], 0), ([], 0)]
    (row,) = hall.rows()
    assert (row.state, row.name, row.email, row.address_hash, row.agreed_how) == (U.REMOVED, "", "", "", "")
    with database.reading() as session:
        assert [one.kind for one in moderation.acts(session, hall.event.id)] == [
            ActKind.REMOVED, ActKind.AGREED, ActKind.TAKEN_OFF, ActKind.AGREED,
        ]  # fmt: skip
    with pytest.raises(Refused, match="^It has been answered in the meantime"):
        hall.act(name_strangers.record_yes, HOW)


def test_a_team_is_for_another_organiser_to_approve(hall: Hall) -> None:
    hall.make.registration(hall.event, hall.kit)
    hall.name(TEAM, by=hall.kit)
    with pytest.raises(Refused, match="another organiser must approve it$"):
        hall.act(name_strangers.record_yes, HOW)
    hall.act(name_strangers.record_yes, HOW, by=hall.make.organiser(hall.event))
    assert hall.names_on_label() == ["Field Team North"]


def test_nobody_is_written_to_more_than_twice_and_nobody_without_an_address(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    hall.name()
    for _ in range(2):
        hall.invite()
    with pytest.raises(Refused, match="^They have been written to twice"):
        hall.invite()
    assert hall.letters() == ["will@home.example"] * 2
    (row,) = hall.rows()
    assert (row.invited_at, row.reminded_at) == (NOW, NOW)


@pytest.mark.parametrize("who", [TEAM, Stranger("Will Field", "Water Office")])
def test_without_an_address_there_is_no_letter(hall: Hall, who: Stranger) -> None:
    hall.name(who)
    with pytest.raises(Refused, match="^There is no address to write to"):
        hall.invite()
    assert hall.letters() == []


def test_after_the_persons_own_no_their_address_is_not_named_again(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.name()
    hall.invite()
    with database.writing() as session:
        assert claim_credits.refuse(session, session.get_one(UnclaimedCredit, hall.rows()[0].id))
    hall.name(Stranger("William", "Elsewhere", WILL.email))
    assert [one.state for one in hall.rows()] == [U.REMOVED]
    assert hall.letters() == []


def test_an_address_is_set_once_from_a_slip(hall: Hall) -> None:
    hall.name(Stranger("Will Field", "Water Office"))

    def set_to(email: str) -> None:
        with hall.database.writing() as session:
            row = session.get_one(UnclaimedCredit, hall.rows()[0].id)
            name_strangers.set_address(session, row, email, OUTBOX.secret_key)

    set_to(" Will@Home.example")
    set_to("will@home.example")
    with pytest.raises(Refused, match="^We cannot write there"):
        set_to("other@home.example")
    assert [one.email for one in hall.rows()] == ["will@home.example"]
