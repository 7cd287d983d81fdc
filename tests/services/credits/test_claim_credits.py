"""Claiming: whoever holds the link or the slip may say "this is me" or "take my name away", once."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState, UnclaimedState
from matchmaker.services.credits import claim_credits
from matchmaker.services.rate_limits import TooMany
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
KEY = "k" * 32
C, U = ContributionState, UnclaimedState


class Hall:
    """A waiting credit of Will's, named by Ada; Eve has an account."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event = make.event()
        self.ada = make.registration(self.event, make.person("Ada")).person
        self.eve = make.person("Eve", "eve@home.example")
        self.rivers = make.dataset("River Levels")
        self.will = self.row("Will")
        self.noise = self.row("Noise", role="checked")

    def row(self, name: str, **columns: Any) -> UnclaimedCredit:
        row = UnclaimedCredit(
            **{
                "public_id": f"public-{name}", "event_id": self.event.id, "dataset_id": self.rivers.id,
                "role": "collected", "name": name, "name_key": name.casefold(), "organisation": "Water Office",
                "email": f"{name}@home.example".lower(), "address_hash": f"hash of {name}",
                "code_hash": claim_credits.code_hash(KEY, f"public-{name}"), "named_by_id": self.ada.id, **columns,
            }
        )  # fmt: skip
        self.make.add(row)
        return row

    def find(self, typed: str) -> str | None:
        with self.database.writing() as session:
            found = claim_credits.find_by_code(session, KEY, typed, "192.0.2.7", NOW)
            return found.name if found else None

    def claim(self, person: Person, row: UnclaimedCredit | None = None) -> bool:
        with self.database.writing() as session:
            kept = session.get_one(UnclaimedCredit, (row or self.will).id)
            return claim_credits.claim(session, kept, session.get_one(Person, person.id)) is not None

    def refuse(self) -> bool:
        with self.database.writing() as session:
            return claim_credits.refuse(session, session.get_one(UnclaimedCredit, self.will.id))

    def kept(self, row: UnclaimedCredit | None = None) -> UnclaimedCredit:
        with self.database.reading() as session:
            return session.get_one(UnclaimedCredit, (row or self.will).id)

    def credits(self) -> list[tuple[int, C, int | None]]:
        with self.database.reading() as session:
            rows = session.execute(
                select(Contribution.person_id, Contribution.state, Contribution.declared_by_id)
            )
            return [tuple(row) for row in rows]


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


def test_a_proof_is_of_one_key_one_credit_and_one_way() -> None:
    proofs = {(key, of, way): claim_credits.proof(key, of, way) for key in ("a", "b") for of in ("x", "y")
              for way in (claim_credits.BY_MAIL, claim_credits.BY_SLIP)}  # fmt: skip
    assert len(set(proofs.values())) == 8
    for (key, of, way), proof in proofs.items():
        assert claim_credits.way_of(key, of, proof) == way
        assert claim_credits.way_of(key, "z", proof) is None
    assert claim_credits.way_of("a", "x", "") is None
    assert claim_credits.way_of("a", "x", "é" * 32) is None


def test_a_slip_is_found_however_it_is_typed_until_it_is_answered(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    code = claim_credits.slip_code(KEY, "public-Will")
    assert code == claim_credits.slip_code(KEY, "public-Will")
    assert len(code) == 11
    assert [hall.find(one) for one in (code, code.lower().replace("-", " "), code[:-1], "")] == [
        "Will", "Will", None, None,
    ]  # fmt: skip
    assert hall.refuse()
    assert hall.find(code) is None


def test_wrong_codes_from_one_place_are_limited(hall: Hall) -> None:
    for _ in range(60):
        assert hall.find("wrong") is None
    with pytest.raises(TooMany):
        hall.find("wrong")


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({}, C.AWAITING),
        ({"state": U.SHOWN, "agreed_at": NOW}, C.ACCEPTED),
        ({"state": U.SHOWN, "agreed_at": NOW, "moderated": True}, C.AWAITING),
    ],
)
def test_a_claimed_credit_awaits_a_yes_unless_it_is_on_record(
    hall: Hall, columns: dict[str, Any], state: C
) -> None:
    row = hall.row("Jo", role="cleared", **columns)
    assert hall.claim(hall.eve, row)
    assert hall.credits() == [(hall.eve.id, state, hall.ada.id)]
    kept = hall.kept(row)
    assert (kept.state, kept.name, kept.email, kept.claimed_by_id) == (U.CLAIMED, "", "", hall.eve.id)


def test_who_named_themselves_has_only_their_own_word(hall: Hall) -> None:
    row = hall.row("Jo", role="cleared", state=U.SHOWN, agreed_at=NOW)
    assert hall.claim(hall.ada, row)
    assert hall.credits() == [(hall.ada.id, C.CLAIMED, hall.ada.id)]


def test_what_the_person_has_already_stays_as_it_is(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.make.contribution(hall.eve, hall.rivers, "collected", state=C.HIDDEN)
    assert hall.claim(hall.eve)
    assert hall.credits() == [(hall.eve.id, C.HIDDEN, hall.eve.id)]
    assert hall.kept().state is U.CLAIMED


def test_the_first_answer_holds_and_teams_are_not_claimed(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    team = hall.row("Team", role="built", is_team=True, email="")
    assert not hall.claim(hall.eve, team)
    assert hall.claim(hall.eve)
    assert not hall.claim(hall.ada)
    assert not hall.refuse()
    assert len(hall.credits()) == 1


def test_a_no_empties_the_name_and_takes_its_letters_but_remembers_the_address(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    for to, kind in (("will@home.example", claim_credits.MAIL_KIND), ("noise@home.example", claim_credits.MAIL_KIND),
                     ("will@home.example", "plan")):  # fmt: skip
        hall.make.add(Mail(event_id=hall.event.id, kind=kind, to=to, subject="", body=""))
    assert hall.refuse()
    assert not hall.refuse()
    kept, noise = hall.kept(), hall.kept(hall.noise)
    assert (kept.state, kept.name, kept.organisation, kept.email, kept.name_key) == (
        U.REMOVED,
        "",
        "",
        "",
        "",
    )
    assert kept.address_hash == "hash of Will"
    assert (noise.state, noise.name) == (U.WAITING, "Noise")
    with database.reading() as session:
        left = session.execute(select(Mail.to, Mail.kind)).all()
    assert sorted(map(tuple, left)) == [
        ("noise@home.example", claim_credits.MAIL_KIND),
        ("will@home.example", "plan"),
    ]


def test_the_mailed_link_finds_an_account_or_makes_one_that_goes_with_the_event(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    known = hall.row("Eve", role="cleared")
    with database.writing() as session:
        found = [
            claim_credits.account_for(session, session.get_one(UnclaimedCredit, row.id))
            for row in (known, hall.will)
        ]
        assert found[0].id == hall.eve.id
        assert (found[1].name, found[1].organisation, found[1].email) == (
            "Will",
            "Water Office",
            "will@home.example",
        )
        again = claim_credits.account_for(session, session.get_one(UnclaimedCredit, hall.will.id))
        assert again.id == found[1].id
    assert (hall.kept(known).claimed_by_id, hall.kept().claimed_by_id) == (None, again.id)
