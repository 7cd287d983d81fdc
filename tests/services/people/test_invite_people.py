"""Inviting: who is reached which way, what they are told, and whose codes an organiser may not make."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.mail import Sender
from matchmaker.services import sign_in_by_code
from matchmaker.services.people import invite_people
from matchmaker.services.people.invite_people import Addresses, InvitationWay, Invitees
from matchmaker.services.sign_in_by_code import SignInContext
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people import guest_list
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database

NOW, BEFORE = datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
LINKS = Addresses("https://matchmaker.example/sign-in", "https://matchmaker.example/you", "secret")
DESK = SignInContext(
    "k" * 32, "https://matchmaker.example/sign-in", Sender("the organisers", ""), "192.0.2.7"
)
S = RegistrationState


class Guests:
    """People in every state at an event, and one who is new at another."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event = make.event("Data Together", erase_on=date(2027, 6, 11))
        self.kit = make.organiser(self.event)
        self.add("New", state=S.INVITED)
        self.add("New on paper", "", state=S.INVITED)
        self.add("Asked", state=S.INVITED, invited_at=BEFORE)
        self.add("Said yes", state=S.CONFIRMED, invited_at=BEFORE)
        self.add("Said no", state=S.DECLINED, invited_at=BEFORE)
        self.add("Left on paper", "", state=S.CANCELLED)
        make.registration(make.event(), make.person("Elsewhere"), state=S.INVITED)

    def add(self, name: str, email: str | None = None, **columns: Any) -> Registration:
        row: Registration = self.make.registration(self.event, self.make.person(name, email), **columns)
        return row

    def batch(self, session: Any, audience: Invitees, way: InvitationWay) -> invite_people.Batch:
        event, kit = session.get_one(Event, self.event.id), session.get_one(Person, self.kit.id)
        return invite_people.batch(session, event, audience, way, kit)

    def reached(self, audience: Invitees, way: InvitationWay) -> tuple[list[str], list[str]]:
        with self.database.reading() as session:
            found = self.batch(session, audience, way)
            return [name for name, *_ in found.reached.first], [name for name, *_ in found.left_out.first]


@pytest.fixture
def guests(make: Any) -> Guests:
    return Guests(make)


@pytest.mark.parametrize(
    ("audience", "by_mail", "printed"),
    [
        (Invitees.NOT_INVITED, (["New"], ["New on paper"]), ["New", "New on paper"]),
        (Invitees.NO_ANSWER, (["Asked"], []), ["Asked"]),
        (Invitees.NO_ADDRESS, ([], []), ["New on paper"]),
        (Invitees.EVERYBODY, ([], []), ["Asked", "New", "New on paper", "Said yes"]),
    ],
)
def test_nobody_who_said_no_is_asked_again_and_nobody_who_said_yes_by_mail(
    guests: Guests, audience: Invitees, by_mail: tuple[list[str], list[str]], printed: list[str]
) -> None:
    assert guests.reached(audience, InvitationWay.MAIL) == by_mail
    assert guests.reached(audience, InvitationWay.PRINT) == (printed, [])
    assert guests.reached(audience, InvitationWay.FILE) == (printed, [])


def test_no_code_is_made_for_somebody_whom_another_events_organisers_look_after(guests: Guests) -> None:
    foreign = guests.make.event()
    both = guests.add("Both", state=S.INVITED)
    guests.make.registration(foreign, both.person)
    owner = guests.make.person("Owner", is_owner=True)
    guests.make.registration(guests.event, owner, state=S.INVITED)
    assert guests.reached(Invitees.NOT_INVITED, InvitationWay.PRINT) == (
        ["New", "New on paper"],
        ["Both", "Owner"],
    )
    # A letter gives nobody else a way in.
    assert guests.reached(Invitees.NOT_INVITED, InvitationWay.MAIL)[0] == ["Both", "New", "Owner"]


def test_a_letter_goes_to_each_once_and_counts_as_the_invitation(database: Database, maker: Any) -> None:
    guests = Guests(maker(database))
    with database.writing() as session:
        batch = guests.batch(session, Invitees.NOT_INVITED, InvitationWay.MAIL)
        event, rows = (
            session.get_one(Event, guests.event.id),
            guest_list.everybody(session, guests.event.id, batch.whom),
        )
        assert invite_people.by_mail(session, event, rows, LINKS, NOW) == 1
    with database.reading() as session:
        (letter,) = session.scalars(select(Mail))
        invited = session.scalars(
            select(Person.name).join(Registration).where(Registration.invited_at == NOW)
        )
        assert list(invited) == ["New"]
        new = session.scalars(select(Person).where(Person.name == "New")).one()
        assert (letter.to, letter.person_id, letter.event_id) == (new.email, new.id, guests.event.id)
    assert guests.reached(Invitees.NOT_INVITED, InvitationWay.MAIL)[0] == []
    assert guests.reached(Invitees.NO_ANSWER, InvitationWay.MAIL)[0] == ["Asked", "New"]


def test_an_invitation_says_who_asks_why_and_until_when_it_is_kept(guests: Guests) -> None:
    told = invite_people.invitation(guests.event, guests.kit, LINKS)
    assert (told.name, told.event, told.on.date()) == (guests.kit.name, "Data Together", date(2027, 3, 11))
    assert told.basis == (
        "the organisers of Data Together put you on the list of people to invite. "
        "Department of Examples keeps your name and address for this event only, until 11 June 2027"
    )
    bare = guests.make.event(host="", contact_name="", contact_email="", place="")
    told = invite_people.invitation(bare, guests.kit, LINKS)
    assert told.invited_by == f"the organisers of {bare.name}"
    assert told.place == "a place that is still to be named"


def test_codes_open_and_count_as_invitations_and_end_earlier_ones(database: Database, maker: Any) -> None:
    guests = Guests(maker(database))
    codes = []
    for at in (NOW, datetime(2027, 3, 2, tzinfo=UTC)):
        with database.writing() as session:
            event = session.get_one(Event, guests.event.id)
            batch = guests.batch(session, Invitees.NO_ADDRESS, InvitationWay.PRINT)
            assert len(batch.earlier_codes) == len(codes)
            (made,) = invite_people.with_codes(session, DESK, event, batch, at)
            codes.append(made.code)
    with database.writing() as session:
        opened = [sign_in_by_code.by_personal_code(session, DESK, code, NOW) for code in codes]
        assert opened[0] is None
        assert opened[1] is not None
        assert (opened[1].person.name, opened[1].invited_at) == ("New on paper", NOW)


def test_refused_letters_go_to_the_address_somebody_has_now(database: Database, maker: Any) -> None:
    guests = Guests(maker(database))
    make = guests.make
    foreign = make.event()
    plain, both = guests.add("Plain", "plain@inside.example"), guests.add("Both", "both@inside.example")
    make.registration(foreign, both.person)
    for event, person, problem, sent in (
        (guests.event, plain, "no such mailbox", None),
        (guests.event, both, "no such mailbox", None),
        (guests.event, plain, "", None),
        (guests.event, plain, "busy", NOW),
        (foreign, both, "no such mailbox", None),
    ):
        make.add(
            Mail(
                event_id=event.id,
                person_id=person.person_id,
                kind="plan",
                to="old@inside.example",
                subject="",
                body="",
                problem=problem,
                attempts=8,
                sent_at=sent,
                due_at=BEFORE,
            )  # fmt: skip
        )
    with database.writing() as session:
        kit, event = session.get_one(Person, guests.kit.id), session.get_one(Event, guests.event.id)
        assert invite_people.send_again(session, event, kit, NOW) == 2
    with database.reading() as session:
        rows = session.execute(select(Mail.to, Mail.attempts, Mail.problem, Mail.due_at).order_by(Mail.id))
        assert [tuple(row) for row in rows] == [
            ("plain@inside.example", 0, "", NOW),
            ("old@inside.example", 0, "", NOW),
            ("old@inside.example", 8, "", BEFORE),
            ("old@inside.example", 8, "busy", BEFORE),
            ("old@inside.example", 8, "no such mailbox", BEFORE),
        ]
        assert session.scalars(select(Address.email).where(Address.email == "old@inside.example")).all() == []
