"""Saying who did what: of oneself, and of a colleague, who learns it first and whose no nobody can find out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.rules import Claim
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.credits import state_contributions
from matchmaker.services.credits.state_contributions import NAMED_A_DAY_TO_ONE
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.answers import AnswerKind
from tests.services.two_at_once import two_at_once

NOW = datetime(2027, 3, 1, tzinfo=UTC)
LINK = "https://matchmaker.example/thanks"
S, E = ContributionState, EndorsementState


class Hall:
    """Ada and Ben at an event, Cy at another, Dee left; two datasets."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event(), make.event()
        self.ada, self.ben = (
            make.registration(self.event, make.person(name)).person for name in ("Ada", "Ben")
        )
        self.cy = make.registration(self.other, make.person("Cy")).person
        left = {"state": RegistrationState.CANCELLED}
        self.dee = make.registration(self.event, make.person("Dee"), **left).person
        self.rivers, self.peat = make.dataset("River Levels", "Defra"), make.dataset("Peat Depth")

    def name(
        self, person: Person, by: Person | None = None, role: str = "curated", at: datetime = NOW
    ) -> None:
        with self.database.writing() as session:
            namer, whom = session.get_one(Person, (by or self.ada).id), session.get_one(Person, person.id)
            dataset = session.get_one(Dataset, self.rivers.id)
            state_contributions.name_colleague(session, namer, whom, dataset, Claim(role), LINK, at)

    def claim(self, person: Person, said: Claim) -> None:
        with self.database.writing() as session:
            whom, dataset = session.get_one(Person, person.id), session.get_one(Dataset, self.rivers.id)
            state_contributions.claim(session, whom, dataset, said, NOW)

    def decide(self, row: Contribution, state: S) -> bool:
        with self.database.writing() as session:
            return state_contributions.decide(session, session.get_one(Contribution, row.id), state)

    def take_back(self, row: Contribution) -> bool:
        with self.database.writing() as session:
            return state_contributions.take_back(session, session.get_one(Contribution, row.id))

    def credits(self) -> list[tuple[int, str, S, int | None]]:
        with self.database.reading() as session:
            rows = session.execute(
                select(
                    Contribution.person_id, Contribution.role, Contribution.state, Contribution.declared_by_id
                ).order_by(Contribution.id)
            )
            return [tuple(row) for row in rows]

    def letters(self) -> list[tuple[int | None, int | None, int | None]]:
        with self.database.reading() as session:
            rows = session.execute(select(Mail.person_id, Mail.about_id, Mail.event_id).order_by(Mail.id))
            return [tuple(row) for row in rows]


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


def test_saying_it_again_changes_the_note_and_the_years(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.make.contribution(hall.ben, hall.rivers, note="Ben's")
    hall.make.contribution(hall.ada, hall.peat, note="Peat")
    hall.claim(hall.ada, Claim("curated", note=" The first  one ", first_year=2019))
    hall.claim(hall.ada, Claim("curated", note="Both", first_year=2019, last_year=2021))
    with database.reading() as session:
        rows = session.execute(
            select(
                Contribution.note, Contribution.first_year, Contribution.last_year, Contribution.state
            ).order_by(Contribution.id)
        )
        assert [tuple(row) for row in rows] == [
            ("Ben's", None, None, S.ACCEPTED),
            ("Peat", None, None, S.ACCEPTED),
            ("Both", 2019, 2021, S.CLAIMED),
        ]
    assert hall.letters() == []


def test_a_claim_of_what_a_colleague_has_said_is_the_yes_to_it(hall: Hall) -> None:
    hall.name(hall.ben)
    hall.claim(hall.ben, Claim("curated"))
    assert hall.credits() == [(hall.ben.id, "curated", S.ACCEPTED, hall.ada.id)]


def test_ones_own_word_is_a_claim_unless_somebody_was_thanked_for_it(hall: Hall) -> None:
    own = hall.make.contribution(hall.ben, hall.rivers, state=S.HIDDEN)
    hall.claim(hall.ben, Claim("curated"))
    assert hall.credits()[0][2] is S.CLAIMED
    hall.make.endorsement(hall.event, hall.ada, own, state=E.ACCEPTED)
    hall.claim(hall.ben, Claim("curated"))
    assert hall.credits()[0][2] is S.ACCEPTED


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Claim("other"), "role_text"),
        (Claim("nothing"), "role"),
        (Claim("curated", first_year=2028), "first_year"),
    ],
)
def test_what_the_rules_refuse_is_not_kept(hall: Hall, said: Claim, field: str) -> None:
    with pytest.raises(Refused) as refused:
        hall.claim(hall.ada, said)
    assert [one.field for one in refused.value.problems] == [field]
    assert hall.credits() == []


def test_a_colleague_is_asked_once_whoever_names_them(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    eve = hall.make.registration(hall.event, hall.make.person("Eve")).person
    hall.name(hall.ben)
    hall.name(hall.ben)
    hall.name(hall.ben, by=eve)
    assert hall.credits() == [(hall.ben.id, "curated", S.AWAITING, hall.ada.id)]
    assert hall.letters() == [(hall.ben.id, hall.ada.id, hall.event.id)]


@pytest.mark.parametrize("state", [S.HIDDEN, S.DECLINED, S.ACCEPTED, S.CLAIMED])
def test_what_somebody_answered_stays_and_they_are_not_asked_again(hall: Hall, state: S) -> None:
    hall.make.contribution(hall.ben, hall.rivers, state=state)
    hall.name(hall.ben)
    assert hall.credits() == [(hall.ben.id, "curated", state, hall.ben.id)]
    assert hall.letters() == []


def test_only_somebody_else_who_comes_to_the_same_event_can_be_named(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    for person, words in (
        (hall.ada, "^Select a colleague. To name yourself"),
        (hall.cy, "^Select a colleague from the list$"),
        (hall.dee, "^Select a colleague from the list$"),
    ):
        with pytest.raises(Refused, match=words):
            hall.name(person)
    assert (hall.credits(), hall.letters()) == ([], [])


def test_who_takes_no_thanks_is_never_asked_and_the_namer_cannot_tell(hall: Hall) -> None:
    with hall.database.writing() as session:
        session.get_one(Person, hall.ben.id).open_to_thanks = False
    hall.name(hall.ben)
    assert hall.credits() == [(hall.ben.id, "curated", S.DECLINED, hall.ada.id)]
    assert hall.letters() == []


def test_a_credit_hidden_by_a_block_is_asked_anew_in_the_name_of_the_next(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    eve = hall.make.registration(hall.event, hall.make.person("Eve")).person
    hall.name(hall.ben)
    hall.make.answer(hall.other, hall.ben, hall.ada, AnswerKind.BLOCK)
    hall.make.answer(hall.other, hall.ben, hall.cy, AnswerKind.BLOCK)
    (row,) = [one for one in _rows(hall) if one.person_id == hall.ben.id]
    assert not hall.decide(row, S.ACCEPTED)
    hall.name(hall.ben, by=eve)
    assert hall.credits() == [(hall.ben.id, "curated", S.AWAITING, eve.id)]
    assert hall.letters()[-1] == (hall.ben.id, eve.id, hall.event.id)
    assert hall.decide(row, S.ACCEPTED)


def _rows(hall: Hall) -> list[Contribution]:
    with hall.database.reading() as session:
        return list(session.scalars(select(Contribution)))


def test_one_person_is_named_five_times_a_day_by_one_other(hall: Hall) -> None:
    roles = ("curated", "checked", "built", "cleared", "funded", "other")[:NAMED_A_DAY_TO_ONE]
    for role in roles:
        hall.make.contribution(hall.ben, hall.peat, role, declared_by_id=hall.ada.id, created_at=NOW)
    with pytest.raises(Refused, match="^You have named this person 5 times today"):
        hall.name(hall.ben)
    hall.name(hall.ben, at=NOW + timedelta(days=1, seconds=1))


@pytest.mark.parametrize(
    ("before", "asked", "after"),
    [
        (S.CLAIMED, S.HIDDEN, S.HIDDEN),
        (S.HIDDEN, S.ACCEPTED, S.CLAIMED),
        (S.CLAIMED, S.DECLINED, None),
        (S.CLAIMED, S.AWAITING, None),
    ],
)
def test_ones_own_word_goes_and_comes_back_as_a_claim(
    hall: Hall, before: S, asked: S, after: S | None
) -> None:
    row = hall.make.contribution(hall.ada, hall.rivers, state=before)
    hall.make.contribution(hall.ada, hall.peat)
    assert hall.decide(row, asked) is (after is not None)
    assert [state for _, _, state, _ in hall.credits()] == [after or before, S.ACCEPTED]


@pytest.mark.parametrize(
    ("columns", "thanked", "possible"),
    [
        ({"state": S.CLAIMED}, None, True),
        ({"state": S.HIDDEN}, None, False),
        ({"state": S.ACCEPTED}, None, False),
        ({"state": S.CLAIMED, "moderated": True}, None, False),
        ({"state": S.CLAIMED}, E.AWAITING, False),
        ({"state": S.CLAIMED}, E.DECLINED, False),
        ({"state": S.CLAIMED}, E.WITHDRAWN, True),
    ],
)
def test_only_what_nobody_else_had_a_part_in_is_deleted(
    hall: Hall, columns: dict[str, Any], thanked: E | None, possible: bool
) -> None:
    row = hall.make.contribution(hall.ada, hall.rivers, **columns)
    other = hall.make.contribution(hall.ben, hall.rivers, state=S.CLAIMED)
    hall.make.endorsement(hall.event, hall.ada, other)
    if thanked is not None:
        hall.make.endorsement(hall.event, hall.ben, row, state=thanked)
    assert hall.take_back(row) is possible
    assert len(hall.credits()) == (1 if possible else 2)


def test_an_open_yes_takes_a_sealed_credit_out_of_the_round_and_a_sealed_one_does_not(hall: Hall) -> None:
    row = hall.make.contribution(
        hall.ben, hall.rivers, state=S.HIDDEN, declared_by_id=hall.ada.id, sealed_by_id=hall.event.id
    )
    own = hall.make.contribution(hall.ada, hall.rivers, state=S.HIDDEN, sealed_by_id=hall.event.id)
    hall.make.endorsement(hall.event, hall.ben, own, sealed=True)
    for one in (row, own):
        assert hall.decide(one, S.ACCEPTED)
    assert {one.person_id: one.sealed_by_id for one in _rows(hall)} == {
        hall.ben.id: None,
        hall.ada.id: hall.event.id,
    }


def test_a_use_is_one_the_last_and_can_go(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    for person, dataset in ((hall.ben, hall.rivers), (hall.ada, hall.peat)):
        hall.make.add(Use(person_id=person.id, dataset_id=dataset.id, kind=UseKind.USES))
    seen = []
    for kind in (UseKind.WANTS, UseKind.STUCK, None, None):
        with database.writing() as session:
            ada, rivers = session.get_one(Person, hall.ada.id), session.get_one(Dataset, hall.rivers.id)
            state_contributions.mark_use(session, ada, rivers, kind)
        with database.reading() as session:
            rows = session.scalars(select(Use).where(Use.dataset_id == hall.rivers.id).order_by(Use.id))
            seen.append([one.kind for one in rows if one.person_id == hall.ada.id])
            assert len(list(session.scalars(select(Use)))) == 2 + len(seen[-1])
    assert seen == [[UseKind.WANTS], [UseKind.STUCK], [], []]


def test_a_dataset_is_added_unless_this_publisher_has_one_of_the_title(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    with database.writing() as session:
        ada = session.get_one(Person, hall.ada.id)
        with pytest.raises(Refused, match="^This dataset is listed already"):
            state_contributions.add_dataset(session, ada, " river  levels", "DEFRA")
        for title, publisher in (("River Levels", "Met Office"), ("River Levels", ""), ("Bogs", "Defra")):
            added = state_contributions.add_dataset(session, ada, title, publisher)
            name = added.publisher.name if added.publisher else ""
            assert (added.title, name, added.source, added.added_by_id) == (
                title,
                publisher,
                "people",
                ada.id,
            )


def test_what_goes_twice_at_the_same_moment_goes_once(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    kept = hall.make.contribution(hall.ada, hall.peat, state=S.CLAIMED)
    hall.make.add(Use(person_id=hall.ada.id, dataset_id=hall.peat.id, kind=UseKind.USES))

    def take_back(session: Session) -> bool:
        row = session.get(Contribution, kept.id)
        return row is None or state_contributions.take_back(session, row)

    def use_no_more(session: Session) -> None:
        ada, peat = session.get_one(Person, hall.ada.id), session.get_one(Dataset, hall.peat.id)
        state_contributions.mark_use(session, ada, peat, None)

    assert two_at_once(database, take_back) == (True, True)
    two_at_once(database, use_no_more)
    with database.reading() as session:
        assert list(session.scalars(select(Contribution.id))) == []
        assert list(session.scalars(select(Use.id))) == []
