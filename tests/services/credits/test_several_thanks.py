"""Thanking several at once: all of them or nobody, and each problem says whom it is about."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.roles import ROLES
from matchmaker.services.credits import several_thanks
from matchmaker.services.credits.endorse_colleagues import Wish
from matchmaker.services.credits.several_thanks import Addressee
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
WISH = Wish("", "Your gauges told us about the flood first.", "user")


class Hall:
    """Ada, Ben and Cy at an event; Dee at another."""

    def __init__(self, make: Any, **event: Any) -> None:
        self.database = make.database
        at = make.event(**event)
        self.ada, self.ben, self.cy = (
            make.registration(at, make.person(name)).person for name in ("Ada", "Ben", "Cy")
        )
        self.dee = make.registration(make.event(), make.person("Dee")).person
        self.dataset = make.dataset("River Levels")

    def whom(self, session: Any, *people: Person, role: str = "curated") -> list[Addressee]:
        return [Addressee(session.get_one(Person, one.id), role) for one in people]

    def thank(self, *people: Person, role: str = "curated", wish: Wish = WISH) -> None:
        with self.database.writing() as session:
            ada, dataset = session.get_one(Person, self.ada.id), session.get_one(Dataset, self.dataset.id)
            several_thanks.endorse_several(
                session,
                ada,
                self.whom(session, *people, role=role),
                dataset,
                wish,
                "https://m.example/you",
                NOW,
            )

    def counts(self) -> tuple[int, int, int]:
        with self.database.reading() as session:
            return tuple(
                len(list(session.scalars(select(kind.id)))) for kind in (Endorsement, Contribution, Mail)
            )


@pytest.fixture
def hall(database: Database, maker: Any) -> Hall:
    return Hall(maker(database))


def test_each_is_thanked_for_their_own_role_and_told(hall: Hall) -> None:
    with hall.database.writing() as session:
        ben, cy = hall.whom(session, hall.ben), hall.whom(session, hall.cy, role="checked")
        several_thanks.endorse_several(
            session,
            session.get_one(Person, hall.ada.id),
            [*ben, *cy],
            session.get_one(Dataset, hall.dataset.id),
            WISH,
            "https://m.example/you",
            NOW,
        )
    with hall.database.reading() as session:
        rows = session.execute(select(Endorsement.receiver_id, Endorsement.role, Endorsement.sentence))
        assert sorted(map(tuple, rows)) == [
            (hall.ben.id, "curated", WISH.sentence),
            (hall.cy.id, "checked", WISH.sentence),
        ]
        assert sorted(session.scalars(select(Mail.person_id))) == [hall.ben.id, hall.cy.id]


def test_if_one_cannot_be_thanked_nobody_is_and_the_problem_names_them(hall: Hall) -> None:
    with pytest.raises(Refused) as refused:
        hall.thank(hall.ben, hall.dee, hall.ada)
    assert [one.message.partition(":")[0] for one in refused.value.problems] == [
        f"{name}, {ROLES['curated'].label}" for name in ("Dee", "Ada")
    ]
    assert hall.counts() == (0, 0, 0)


def test_a_fault_of_the_sentence_is_said_once(hall: Hall) -> None:
    with pytest.raises(Refused) as refused:
        hall.thank(hall.ben, hall.cy, wish=Wish("", "Thanks", "user"))
    assert [one.field for one in refused.value.problems] == ["sentence"]
    assert hall.counts() == (0, 0, 0)


def test_the_allowance_counts_all_of_them_together(sqlite: Database, maker: Any) -> None:
    hall = Hall(maker(sqlite), thanks_each=1)
    with pytest.raises(Refused):
        hall.thank(hall.ben, hall.cy)
    assert hall.counts() == (0, 0, 0)
    hall.thank(hall.cy)
    assert hall.counts() == (1, 1, 1)


def test_looking_whether_it_would_go_keeps_nothing(hall: Hall) -> None:
    with hall.database.writing() as session:
        ada, dataset = session.get_one(Person, hall.ada.id), session.get_one(Dataset, hall.dataset.id)
        assert (
            several_thanks.several_refusals(session, ada, hall.whom(session, hall.ben), dataset, WISH) == ()
        )
        said = several_thanks.several_refusals(session, ada, hall.whom(session, hall.dee), dataset, WISH)
        assert len(said) == 1
    assert hall.counts() == (0, 0, 0)
