"""A copy of everything that is kept about somebody and theirs to know: nothing that others said in private."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from matchmaker.documents.people.own_data import OwnData
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.people.copy_own_data import copy
from matchmaker.store.credits.outcomes import SolvedAnswer, StuckOutcome
from matchmaker.store.event.events import Round
from matchmaker.store.mail import Mail
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

NOW = datetime(2027, 3, 1, tzinfo=UTC)


class Hall:
    """Ada with something in many chapters, and Ben and Cy with as much of their own."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event = make.event("Data Together")
        self.ada, self.ben, self.cy = (
            make.registration(self.event, make.person(name)).person for name in ("Ada", "Ben", "Cy")
        )
        self.rivers = make.dataset("River Levels")
        self.credit = make.contribution(self.ada, self.rivers)
        make.contribution(self.ben, self.rivers, "checked")
        make.endorsement(self.event, self.ben, self.credit, sentence="Words of Ben's for Ada.")
        for person in (self.ada, self.ben):
            make.add(
                Mail(person_id=person.id, kind="plan", to=person.email, subject=f"For {person.name}", body="")
            )

    def copied(self) -> OwnData:
        with self.database.reading() as session:
            ada = session.get_one(Person, self.ada.id)
            return copy(
                session, ada, NOW, ZoneInfo("Europe/London"), lambda event: f"https://m.example/{event.id}"
            )

    def rows(self, key: str) -> list[dict[str, Any]]:
        (chapter,) = (one for one in self.copied().chapters if one.key == key)
        return [dict(row) for row in chapter.rows]


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


def test_it_has_ones_own_and_nobody_elses(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    assert [row["event"] for row in hall.rows("events")] == ["Data Together"]
    assert [(row["dataset"], row["you"]) for row in hall.rows("datasets")] == [
        ("River Levels", "Cleaned and structured it")
    ]
    assert [(row["from"], row["words"]) for row in hall.rows("thanks_received")] == [
        ("Ben", "Words of Ben's for Ada.")
    ]
    assert hall.rows("thanks_given") == []
    assert [row["subject"] for row in hall.rows("letters")] == ["For Ada"]
    assert hall.rows("you")[0]["email_addresses"] == [hall.ada.email]


def test_what_one_said_is_in_it_and_what_others_said_is_not(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.make.answer(hall.event, hall.ada, hall.ben)
    hall.make.answer(hall.event, hall.ada, hall.cy, AnswerKind.BLOCK)
    hall.make.answer(hall.event, hall.ben, hall.cy)
    hall.make.answer(hall.event, hall.cy, hall.ada)
    alone = [(row["name"], row["you_said"], row["both_said_so"]) for row in hall.rows("answers")]
    hall.make.answer(hall.event, hall.ben, hall.ada)
    both = [(row["name"], row["you_said"], row["both_said_so"]) for row in hall.rows("answers")]
    assert alone == [("Ben", "meet", None), ("Cy", "block", None)]
    assert both == [("Ben", "meet", True), ("Cy", "block", None)]


def test_what_one_said_of_people_met_is_in_it_and_what_others_gave_only_if_both_gave(
    hall: Hall,
) -> None:
    starts = datetime(2027, 2, 28, 10, tzinfo=UTC)
    plan = Plan(event_id=hall.event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={},
                published_at=starts)  # fmt: skip
    hall.make.add(Round(event_id=hall.event.id, number=1, starts_at=starts, minutes=20), plan)
    two = [Seat(person_id=one.id, plan_id=plan.id, round_number=1) for one in (hall.ada, hall.ben)]
    hall.make.add(Meeting(plan_id=plan.id, round_number=1, table_number=1, why=[], seats=two))
    pair = {"event_id": hall.event.id, "person_id": hall.ben.id, "other_id": hall.ada.id}
    hall.make.add(
        Encounter(**pair, next_step="Ben's own words", share_email=True),
        StuckOutcome(
            event_id=hall.event.id, person_id=hall.ben.id, dataset_id=hall.rivers.id, said=SolvedAnswer.NO
        ),
    )
    assert (hall.rows("people_met"), hall.rows("stuck")) == ([], [])
    assert [one.email for one in hall.copied().people] == [""]
    hall.make.add(
        Encounter(event_id=hall.event.id, person_id=hall.ada.id, other_id=hall.ben.id, took_place=True,
                  next_step="Write", share_link=True),
        StuckOutcome(event_id=hall.event.id, person_id=hall.ada.id, dataset_id=hall.rivers.id, said=SolvedAnswer.YES,
                helper_id=hall.ben.id),
    )  # fmt: skip
    (met,) = hall.rows("people_met")
    assert (met["name"], met["took_place"], met["what_next"], met["you_give"]) == (
        "Ben",
        True,
        "Write",
        ["link"],
    )
    assert [(row["solved"], row["who_helped"]) for row in hall.rows("stuck")] == [("yes", "Ben")]
    assert [one.email for one in hall.copied().people] == [hall.ben.email]


def test_a_giver_reads_of_their_thanks_only_what_they_may_know(hall: Hall) -> None:
    seen = []
    for place, state in enumerate(
        (EndorsementState.AWAITING, EndorsementState.HIDDEN, EndorsementState.DECLINED)
    ):
        credit = hall.make.contribution(hall.cy, hall.make.dataset(), state=ContributionState.ACCEPTED)
        hall.make.endorsement(hall.event, hall.ada, credit, state=state)
        seen.append(hall.rows("thanks_given")[place]["state"])
    assert len(set(seen)) == 1


def test_a_waiting_thanks_of_somebody_blocked_looks_withdrawn(hall: Hall) -> None:
    credit = hall.make.contribution(hall.ada, hall.make.dataset(), state=ContributionState.AWAITING,
                                    declared_by_id=hall.cy.id)  # fmt: skip
    hall.make.endorsement(
        hall.event,
        hall.cy,
        credit,
        state=EndorsementState.AWAITING,
        sentence="Words of Cy's that nobody reads.",
    )
    before = len(hall.rows("thanks_received")), len(hall.rows("datasets"))
    hall.make.answer(hall.make.event(), hall.cy, hall.ada, AnswerKind.BLOCK)
    assert (before, (len(hall.rows("thanks_received")), len(hall.rows("datasets")))) == ((2, 2), (1, 1))
