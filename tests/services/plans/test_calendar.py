"""A calendar on a phone: private by its proof, and told only what takes place."""

from typing import Any

import pytest

from matchmaker.services.plans import calendar
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from tests.services.conftest import MORNING

KEY = "k" * 32


def test_a_proof_is_of_one_registration_until_it_is_renewed(database: Database, maker: Any) -> None:
    make = maker(database)
    row, other = make.registration(make.event()), make.registration(make.event())
    before = calendar.proof(KEY, row)
    assert len(before) == 32
    assert calendar.is_proof(KEY, row, before)
    wrong = (
        "",
        before[:-1],
        before.upper() if before.upper() != before else "",
        "é" * 32,
        calendar.proof(KEY, other),
    )
    assert not any(calendar.is_proof(KEY, row, one) for one in wrong)
    assert not calendar.is_proof("x" * 32, row, before)
    with database.writing() as session:
        mine = session.get_one(Registration, row.id)
        calendar.renew(session, mine)
        assert not calendar.is_proof(KEY, mine, before)
        assert calendar.is_proof(KEY, mine, calendar.proof(KEY, mine))
        assert calendar.proof(KEY, session.get_one(Registration, other.id)) == calendar.proof(KEY, other)


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    """Four people in two rounds; a plan that is not published yet."""
    return new_day(make, sqlite, people=4, rounds=2, tables=2)


def told(day: Any, place: int = 0) -> tuple[int, int, int]:
    """Return how many entries somebody's calendar has, how many name a table, and how many are cancelled."""
    with day.database.reading() as session:
        row, event = session.get_one(Registration, day.people[place].id), session.get_one(Event, day.event.id)
        text = calendar.calendar(session, event, row, "https://m.example/day", MORNING).decode()
    return text.count("BEGIN:VEVENT"), text.count("SUMMARY:Table "), text.count("STATUS:CANCELLED")


def test_a_draft_is_in_no_calendar_and_a_published_plan_is(day: Any) -> None:
    plan = day.plan()
    assert told(day) == (0, 0, 0)
    day.publish(plan)
    assert told(day) == (2, 2, 0)


@pytest.mark.parametrize("why", ["absent", "left", "block", "not for me"])
def test_a_meeting_that_cannot_take_place_is_cancelled_whatever_the_reason(day: Any, why: str) -> None:
    plan = day.publish(day.plan())
    mine = day.people[0].person_id
    partner = next(
        row for row in day.people[1:]
        if any(number == 1 and {mine, row.person_id} <= seats for number, _, seats in day.seats(plan))
    )  # fmt: skip
    if why == "absent":
        day.change(partner, presence=Presence.ABSENT)
    elif why == "left":
        day.change(partner, state=RegistrationState.CANCELLED)
    else:
        kind = AnswerKind.BLOCK if why == "block" else AnswerKind.NOT_FOR_ME
        day.make.answer(day.event, partner.person, day.people[0].person, kind)
    assert told(day) == (2, 1, 1)


def test_a_round_that_an_earlier_version_had_is_cancelled_in_the_next(day: Any) -> None:
    day.publish(day.plan())
    for row in day.people[2:]:
        day.change(row, state=RegistrationState.CANCELLED)
    day.publish(day.plan())
    entries, tables, cancelled = told(day)
    assert (entries, tables + cancelled, cancelled) == (2, 2, 1)
