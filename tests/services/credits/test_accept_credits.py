"""The receiver's answer: what waits for it, what it changes, and what a block or an edit makes of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.credits import accept_credits
from matchmaker.services.credits.accept_credits import StandsOtherwise
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

NOW, READ = datetime(2027, 3, 2, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)
C, E = ContributionState, EndorsementState


class Hall:
    """Ada, whom Ben thanked for rivers (awaiting), whom Cy named for peat; and a dataset she claims herself."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event(), make.event()
        self.ada, self.ben, self.cy = (
            make.registration(self.event, make.person(name)).person for name in ("Ada", "Ben", "Cy")
        )
        self.rivers = self.credit("Rivers", self.ben)
        self.thanks = make.endorsement(self.event, self.ben, self.rivers, state=E.AWAITING, changed_at=READ)
        self.peat = self.credit("Peat", self.cy)
        own = make.contribution(self.ben, make.dataset("Bogs"), state=C.AWAITING, declared_by_id=self.ada.id)
        make.endorsement(self.event, self.ada, own, state=E.AWAITING)

    def credit(self, title: str, by: Person, **columns: Any) -> Contribution:
        columns = {"state": C.AWAITING, "declared_by_id": by.id, **columns}
        row: Contribution = self.make.contribution(self.ada, self.make.dataset(title), **columns)
        return row

    def waiting(self) -> tuple[set[int], set[int]]:
        with self.database.reading() as session:
            found = accept_credits.waiting_for(session, session.get_one(Person, self.ada.id))
            assert len(found) == len(found.thanks) + len(found.credits)
            return {one.id for one in found.thanks}, {one.id for one in found.credits}

    def decide(self, state: E, thanks: Endorsement | None = None, read: datetime | None = None) -> bool:
        with self.database.writing() as session:
            row = session.get_one(Endorsement, (thanks or self.thanks).id)
            return accept_credits.decide(session, row, state, NOW, read)

    def states(self, credit: Contribution | None = None, thanks: Endorsement | None = None) -> tuple[E, C]:
        with self.database.reading() as session:
            return (
                session.get_one(Endorsement, (thanks or self.thanks).id).state,
                session.get_one(Contribution, (credit or self.rivers).id).state,
            )


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


def test_what_waits_is_the_thanks_and_the_credits_that_no_thanks_is_about(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    assert hall.waiting() == ({hall.thanks.id}, {hall.peat.id})
    hall.make.answer(hall.other, hall.cy, hall.ada, AnswerKind.BLOCK)
    assert hall.waiting() == ({hall.thanks.id}, set())
    hall.make.answer(hall.other, hall.ada, hall.ben, AnswerKind.BLOCK)
    assert hall.waiting() == (set(), set())


@pytest.mark.parametrize(
    ("asked", "credit", "no"),
    [(E.ACCEPTED, C.ACCEPTED, False), (E.HIDDEN, C.HIDDEN, True), (E.DECLINED, C.DECLINED, True)],
)
def test_the_answer_to_a_thanks_is_the_answer_to_its_credit(
    database: Database, maker: Any, asked: E, credit: C, no: bool
) -> None:
    hall = Hall(maker(database))
    assert hall.decide(asked)
    assert hall.states() == (asked, credit)
    with database.reading() as session:
        row = session.get_one(Endorsement, hall.thanks.id)
        assert (row.answered_no, row.changed_at) == (no, NOW)
        assert session.get_one(Contribution, hall.peat.id).state is C.AWAITING


@pytest.mark.parametrize(
    ("before", "asked", "after"),
    [
        (C.CLAIMED, E.ACCEPTED, C.ACCEPTED),
        (C.CLAIMED, E.HIDDEN, C.CLAIMED),
        (C.CLAIMED, E.DECLINED, C.CLAIMED),
        (C.ACCEPTED, E.DECLINED, C.ACCEPTED),
        (C.HIDDEN, E.ACCEPTED, C.HIDDEN),
    ],
)
def test_a_yes_puts_a_claim_on_the_label_and_a_no_to_words_takes_nothing_off(
    hall: Hall, before: C, asked: E, after: C
) -> None:
    credit = hall.credit("Wells", hall.ada, state=before)
    thanks = hall.make.endorsement(hall.event, hall.cy, credit, state=E.AWAITING)
    assert hall.decide(asked, thanks)
    assert hall.states(credit, thanks) == (asked, after)


def test_words_that_changed_since_they_were_read_are_not_agreed_to(hall: Hall) -> None:
    with pytest.raises(StandsOtherwise):
        hall.decide(E.ACCEPTED, read=NOW)
    assert hall.states() == (E.AWAITING, C.AWAITING)
    assert hall.decide(E.ACCEPTED, read=READ)


def test_a_block_of_any_event_makes_a_waiting_thanks_as_good_as_withdrawn(hall: Hall) -> None:
    accepted = hall.make.endorsement(hall.event, hall.ben, hall.credit("Wells", hall.ben, state=C.ACCEPTED))
    hall.make.answer(hall.other, hall.ben, hall.ada, AnswerKind.BLOCK)
    assert not hall.decide(E.ACCEPTED)
    assert hall.states() == (E.AWAITING, C.AWAITING)
    assert hall.decide(E.HIDDEN, accepted)


def test_what_was_withdrawn_cannot_be_accepted(hall: Hall) -> None:
    thanks = hall.make.endorsement(hall.event, hall.cy, hall.peat, state=E.WITHDRAWN)
    assert not hall.decide(E.ACCEPTED, thanks)
    assert hall.states(hall.peat, thanks) == (E.WITHDRAWN, C.AWAITING)


def test_a_yes_to_sealed_words_is_sealed_until_one_to_open_words(hall: Hall) -> None:
    with hall.database.writing() as session:
        session.get_one(Endorsement, hall.thanks.id).sealed = True
    hall.decide(E.ACCEPTED)
    open_one = hall.make.endorsement(hall.event, hall.cy, hall.rivers, state=E.AWAITING)
    seals = []
    for _ in range(2):
        with hall.database.reading() as session:
            seals.append(session.get_one(Contribution, hall.rivers.id).sealed_by_id)
        hall.decide(E.ACCEPTED, open_one)
    assert seals == [hall.event.id, None]


def test_taking_no_thanks_declines_what_waits_and_leaves_what_was_accepted(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    accepted = hall.make.endorsement(hall.event, hall.ben, hall.credit("Wells", hall.ben, state=C.ACCEPTED))
    with database.writing() as session:
        accept_credits.choose(session, session.get_one(Person, hall.ada.id), open_to_thanks=False)
    assert hall.waiting() == (set(), set())
    with database.reading() as session:
        given = {one.id: (one.state, one.answered_no) for one in session.query(Endorsement)}
        assert given[hall.thanks.id] == (E.DECLINED, True)
        assert given[accepted.id][0] is E.ACCEPTED
        states = {one.id: one.state for one in session.query(Contribution)}
        assert (states[hall.peat.id], states[accepted.contribution_id]) == (C.DECLINED, C.ACCEPTED)
        assert [one.state for one in session.query(Endorsement).filter_by(receiver_id=hall.ben.id)] == [
            E.AWAITING
        ]
    with database.writing() as session:
        accept_credits.choose(session, session.get_one(Person, hall.ada.id), open_to_thanks=True)
    assert hall.states() == (E.DECLINED, C.DECLINED)
