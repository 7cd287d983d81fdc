"""What stands against a plan: said by name, with what to do; why two cannot meet is masked."""

from datetime import time
from typing import Any

import pytest

from matchmaker.services.plans.hall import coming, gather
from matchmaker.services.plans.plan_warnings import hall_warnings, plan_warnings, spoilt, unbearable
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store.event.events import Event, SameOrganisation
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from tests.whole_plans import whole


class Spoilt:
    """Four people in two rounds at two tables; Ada and Ben are whoever meets in round 1 at table 1."""

    def __init__(self, day: Any) -> None:
        self.day, self.plan = day, day.plan()
        pair = next(people for number, table, people in day.seats(self.plan) if (number, table) == (1, 1))
        self.ada, self.ben = sorted(
            (row for row in day.people if row.person_id in pair), key=lambda row: row.person_id
        )
        with day.database.writing() as session:
            for row, name in ((self.ada, "Ada"), (self.ben, "Ben")):
                session.get_one(Person, row.person_id).name = name

    def seen(self) -> Review:
        with self.day.database.reading() as session:
            kept = plans.by_public_id(session, self.day.event.id, self.plan.public_id)
            assert kept is not None
            return whole(review(session, session.get_one(Event, self.day.event.id), kept))

    def first(self) -> str:
        now = self.seen()
        return spoilt(now, now.sat[0])


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    return new_day(make, sqlite, people=4, rounds=2, tables=2)


def test_a_plan_as_made_has_no_warnings(day: Any) -> None:
    there = Spoilt(day)
    assert (there.first(), plan_warnings(there.seen())) == ("", [])


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"presence": Presence.ABSENT}, "Ada is marked as not here, so Ben has a free place."),
        ({"state": RegistrationState.CANCELLED}, "Ada no longer comes, so Ben has a free place."),
        ({"arrives": time(10, 10)}, "Ada is not here for this round any more, so Ben has a free place."),
    ],
)
def test_who_is_away_leaves_a_free_place(day: Any, columns: dict[str, Any], words: str) -> None:
    there = Spoilt(day)
    day.change(there.ada, **columns)
    assert there.first() == words
    assert f"Round 1, table 1: {words}" in plan_warnings(there.seen())


@pytest.mark.parametrize("kind", [AnswerKind.BLOCK, AnswerKind.NOT_FOR_ME])
def test_a_block_and_a_no_are_the_same_words(day: Any, kind: AnswerKind) -> None:
    there = Spoilt(day)
    day.make.answer(day.event, there.ben.person, there.ada.person, kind)
    assert there.first() == "Ada and Ben cannot meet."


def test_an_exclusion_of_this_event_is_said_and_of_another_is_not(day: Any) -> None:
    there = Spoilt(day)
    for event, words in (
        (day.make.event(), ""),
        (day.event, "Ada and Ben must not be paired, as you have said since."),
    ):
        day.make.add(Exclusion(event_id=event.id, a_id=there.ada.person_id, b_id=there.ben.person_id))
        assert there.first() == words


def test_a_shared_organisation_an_erased_person_and_a_lost_table_are_said(day: Any) -> None:
    there = Spoilt(day)
    with day.database.writing() as session:
        for row in (there.ada, there.ben):
            session.get_one(Person, row.person_id).organisation = "Defra"
    assert there.first() == "Ada and Ben are now of one team or organisation."
    with day.database.writing() as session:
        event = session.get_one(Event, day.event.id)
        event.tables.remove(event.tables[0])
        session.get_one(Person, there.ada.person_id).organisation = "Ofgem"
    assert there.first() == "this table is no longer in the hall."
    with day.database.writing() as session:
        session.delete(session.get_one(Person, there.ada.person_id))
    assert there.first() == "somebody is no longer on the list, so Ben has nobody to meet."


def test_a_limit_that_is_newer_than_the_plan_is_said_of_those_asked_for(day: Any) -> None:
    there = Spoilt(day)
    day.change(there.ada, most_meetings=1)
    words = "Ada asks for at most 1 meeting, and has 2."
    assert unbearable(there.seen(), [there.ada.person_id]) == words
    assert unbearable(there.seen(), [there.ben.person_id]) == ""
    assert f"{words} Make the plan again." in plan_warnings(there.seen())


def test_whoever_joined_since_has_no_meeting_and_an_absent_one_is_not_missed(day: Any) -> None:
    there = Spoilt(day)
    day.make.registration(day.event, day.make.person("Late"))
    day.make.registration(day.event, day.make.person("Away"), presence=Presence.ABSENT)
    day.make.registration(day.make.event(), day.make.person("Elsewhere"))
    first, *others = plan_warnings(there.seen())
    assert first == "Late has no meeting: they joined after this plan was made. Make the plan again."
    assert not any(" has no meeting" in one for one in others)


def test_many_without_a_meeting_for_one_reason_are_said_in_one_sentence(day: Any) -> None:
    there = Spoilt(day)
    for name in ("Amy", "Bea", "Cai"):
        day.make.registration(day.event, day.make.person(name))
    why = "they joined after this plan was made. Make the plan again."
    assert sum(one.endswith(f" has no meeting: {why}") for one in plan_warnings(there.seen())) == 3
    day.make.registration(day.event, day.make.person("Dee"))
    said = [one for one in plan_warnings(there.seen()) if " no meeting: " in one]
    assert said == [f"4 people have no meeting: {why} They are Amy, Bea, Cai and Dee."]


def test_where_tables_stay_free_whoever_meets_nobody_is_not_told_of_too_few(
    sqlite: Database, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=10, rounds=1, tables=3, same_organisation=SameOrganisation.NEVER)
    with sqlite.writing() as session:
        for row in day.people[2:]:
            session.get_one(Person, row.person_id).organisation = "Office"
    plan = day.plan()
    assert len(day.seats(plan)) == 2
    with sqlite.reading() as session:
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert kept is not None
        said = plan_warnings(whole(review(session, session.get_one(Event, day.event.id), kept)))
    assert any(
        "6 people have no meeting: 7 of the 9 others are of their own team or organisation, or kept apart from them, "
        "and the rest meet others. More tables would not help." in one
        for one in said
    )
    assert any(
        "8 of the 10 people" in one and "at least 6 sit out in each round, however many" in one
        for one in said
    )
    assert not any("too few" in one or "Add " in one for one in said)


def test_tables_that_somebody_needs_and_nobody_has_are_said_before_there_is_a_plan(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(rounds=1, tables=2), make.event(rounds=1, tables=2)
    make.registration(event, make.person("Ada"), fixed_table=7)
    make.registration(event, make.person("Ben"), step_free=True, quiet=True)
    make.registration(event, make.person("Cy"), quiet=True, presence=Presence.ABSENT)
    make.registration(other, make.person("Dee"), quiet=True)
    with database.reading() as session:
        rows = coming(session, event.id)
        found = hall_warnings(gather(session, event.id, rows), rows)
    assert found[:2] == [
        "Ada always sits at table 7, which is not in the hall, and so meets nobody."
        " Change their table, or add table 7.",
        "Ben needs a step-free and quiet table, no table is both, and so they meet nobody. Mark a table on the page"
        " “Tables”, and make the plan again.",
    ]
    assert not any("Cy" in one or "Dee" in one for one in found)
