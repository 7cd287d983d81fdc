"""What somebody did leaves the reasons kept with lists and plans as soon as nobody may read it."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState
from matchmaker.services.credits import moderate_credits, state_contributions
from matchmaker.services.people import fill_profile
from matchmaker.services.suggestions import forget_work
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.moderation import ActKind
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.suggestions import Suggestion

WORK = {
    "kind": "dataset",
    "what": "Soil Atlas",
    "mine": "uses it",
    "theirs": "curated it and uses it",
    "people": 3,
}
NEED = {"kind": "need", "what": "Soil Atlas", "mine": "Soil Atlas: is stuck on it",
        "theirs": "Soil Atlas: curated it", "asker": "mine", "people": 1}  # fmt: skip
TOPIC = {"kind": "topic", "what": "peat", "mine": "peat", "theirs": "Peat", "people": 9}
LEFT = {**WORK, "theirs": "uses it"}


def turned(reason: dict[str, Any]) -> dict[str, Any]:
    return {**reason, "mine": reason["theirs"], "theirs": reason["mine"]}


@pytest.fixture
def hall(maker: Any, database: Database) -> Any:
    make = maker(database)
    event = make.event("The event")
    ada, tom, ben = (make.person(name) for name in ("Ada Reed", "Tom Price", "Ben Okafor"))
    for one in (ada, tom, ben):
        make.registration(event, one)
    soils = make.dataset("Soil Atlas")
    credit = make.contribution(tom, soils, state=ContributionState.CLAIMED)
    make.contribution(tom, make.dataset("Roads"), "checked")
    asked = "What would you change about the Soil Atlas?"
    lists = [
        (ada, tom, [WORK, NEED, TOPIC]),
        (tom, ada, [turned(WORK), turned(NEED), TOPIC]),
        (ben, ada, [WORK]),
    ]
    for one, other, why in lists:
        make.add(Suggestion(event_id=event.id, person_id=one.id, other_id=other.id, position=1, score=0.5,
                            reasons=why, opening=asked))  # fmt: skip
    plan = Plan(event_id=event.id, version=1, problem={}, certificate={}, rounds=[1, 2], tables=[1])
    make.add(plan)
    for number, (one, other) in enumerate([(ada, tom), (ben, ada)], start=1):
        why = [{"reader": one.id, "other": other.id, **reason} for reason in (WORK, TOPIC)]
        seats = [Seat(plan_id=plan.id, round_number=number, person_id=who.id) for who in (one, other)]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=1, why=why, seats=seats))
    return SimpleNamespace(make=make, event=event, ada=ada, tom=tom, ben=ben, credit=credit, asked=asked)


def lists(database: Database) -> list[tuple[list[dict[str, Any]], str]]:
    with database.reading() as session:
        return [(one.reasons, one.opening) for one in session.query(Suggestion).order_by(Suggestion.id)]


def meetings(database: Database) -> list[list[str]]:
    with database.reading() as session:
        rows = session.query(Meeting).order_by(Meeting.round_number)
        return [[reason["theirs"] for reason in one.why] for one in rows]


def test_a_hidden_name_leaves_lists_and_plans_and_nobody_elses_does(database: Database, hall: Any) -> None:
    with database.writing() as session:
        fill_profile.show_name(session, session.get_one(Person, hall.tom.id), shown=False)
    assert lists(database) == [
        ([LEFT, TOPIC], ""),
        ([turned(LEFT), TOPIC], ""),
        ([WORK], hall.asked),
    ]
    assert meetings(database) == [["uses it", "Peat"], ["curated it and uses it", "Peat"]]


def test_showing_ones_name_again_changes_nothing_that_is_kept(database: Database, hall: Any) -> None:
    before = lists(database), meetings(database)
    with database.writing() as session:
        fill_profile.show_name(session, session.get_one(Person, hall.tom.id), shown=True)
    assert (lists(database), meetings(database)) == before


@pytest.mark.parametrize("how", ["hide", "take back", "moderate"])
def test_a_credit_that_nobody_may_read_leaves_them_too(database: Database, hall: Any, how: str) -> None:
    organiser = hall.make.organiser(hall.event)
    with database.writing() as session:
        row = session.get_one(Contribution, hall.credit.id)
        if how == "hide":
            assert state_contributions.decide(session, row, ContributionState.HIDDEN)
        elif how == "take back":
            assert state_contributions.take_back(session, row)
        else:
            event, by = session.get_one(Event, hall.event.id), session.get_one(Person, organiser.id)
            at = datetime(2027, 3, 1, tzinfo=UTC)
            moderate_credits.decide(session, event, by, row, ActKind.HIDDEN, "It is not true at all", at)
    assert [why for why, _ in lists(database)] == [[LEFT, TOPIC], [turned(LEFT), TOPIC], [WORK]]
    assert meetings(database)[0] == ["uses it", "Peat"]


def test_of_a_credit_for_another_dataset_nothing_goes(database: Database, hall: Any) -> None:
    before = lists(database)
    with database.writing() as session:
        forget_work.forget_one(session, hall.tom.id, "Roads", "checked")
        forget_work.forget_one(session, hall.tom.id, "Soil Atlas", "maintained")
    assert lists(database) == before


def test_what_is_left_of_a_meeting_is_without_either_of_two_hidden_names() -> None:
    why = [{"reader": 1, "other": 2, **reason} for reason in (WORK, NEED, TOPIC)]
    assert forget_work.left_of(why, {3}) == why
    assert [one["theirs"] for one in forget_work.left_of(why, {2})] == ["uses it", "Peat"]
    assert forget_work.left_of([{**why[0], "mine": "checked it"}], {1, 2}) == []
