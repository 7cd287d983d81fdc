"""My day in a calendar: stable, cancelled when a meeting falls away, private, and renewed when asked."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from matchmaker.services.people import erase_people
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind


@pytest.fixture
def hall(make: Any) -> Any:
    """Give an event in summer time: Amara met Cat in round 1 of plan 1, and meets Ben in round 2 of plan 2."""
    event = make.event("The event", rounds=3, tables=4)
    amara, ben, cat = (make.person(name) for name in ("Amara Okafor", "Ben Reed", "Cat Moss"))
    rows = {one.name: make.registration(event, one) for one in (amara, ben, cat)}
    for version, state, number, pair in (
        (1, PlanState.SUPERSEDED, 1, (amara, cat)),
        (2, PlanState.PUBLISHED, 2, (amara, ben)),
        (3, PlanState.DRAFT, 3, (amara, cat)),
    ):
        published = None if state is PlanState.DRAFT else datetime(2027, 3, version, 9, 40, tzinfo=UTC)
        plan = Plan(
            event_id=event.id,
            version=version,
            state=state,
            problem={},
            certificate={},
            published_at=published,
        )
        make.add(plan)
        seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in pair]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=4, seats=seats))
    return SimpleNamespace(event=event, amara=amara, ben=ben, row=rows["Amara Okafor"], rows=rows)


def entries(content: bytes) -> dict[str, tuple[str, str, int]]:
    """Return what a calendar says, by UID: title, state and sequence."""
    return {
        str(one["UID"]): (str(one["SUMMARY"]), str(one["STATUS"]), int(one["SEQUENCE"]))
        for one in Calendar.from_ical(content).walk("VEVENT")
    }


def feed(page: Any) -> str:
    """Return the private address that a page of one's day offers, as a path."""
    return str(page.html.split("webcal://127.0.0.1:5000")[1].split('"')[0])


def test_a_calendar_has_the_meetings_of_the_published_plan_and_cancels_what_an_earlier_one_had(
    browser: Callable[..., Any], hall: Any
) -> None:
    one = browser(hall.amara)
    answer = one.client.get(f"/events/{hall.event.public_id}/day.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    uid = f"{hall.row.public_id}-{{}}@matchmaker"
    assert entries(answer.data) == {
        uid.format(1): ("No meeting in this round", "CANCELLED", 2),
        uid.format(2): ("Table 4: Ben Reed", "CONFIRMED", 2),
    }
    text = answer.get_data(as_text=True)
    assert "TZID:Europe/London" in text
    assert "DTSTART;TZID=Europe/London:20270311T103000" in text
    assert "inside.example" not in text


def test_the_address_for_subscribing_shows_the_same_to_whoever_holds_it_until_it_is_renewed(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    one, nobody = browser(hall.amara), browser(None)
    day = f"/events/{hall.event.public_id}/day"
    address = feed(one.get(day))
    assert nobody.client.get(address).data == one.client.get(f"{day}.ics").data
    assert (
        nobody.client.get(address.replace(hall.row.public_id, hall.rows["Ben Reed"].public_id)).status_code
        == 404
    )
    assert nobody.client.get(address.replace(hall.event.public_id, make.event().public_id)).status_code == 404
    page = one.follow(f"{day}/calendar", {})
    assert "Your calendar has a new address" in page.text
    assert feed(page) != address
    assert nobody.client.get(address).status_code == 404
    assert nobody.client.get(feed(page)).status_code == 200


def test_a_partner_who_leaves_and_one_who_blocks_look_the_same_in_the_calendar(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    one, address = browser(hall.amara), f"/events/{hall.event.public_id}/day.ics"
    make.answer(hall.event, hall.ben, hall.amara, AnswerKind.BLOCK)
    blocked = one.client.get(address).data
    with sqlite.writing() as session:
        session.get_one(Registration, hall.rows["Ben Reed"].id).state = RegistrationState.CANCELLED
    assert one.client.get(address).data == blocked
    assert {state for _title, state, _sequence in entries(blocked).values()} == {"CANCELLED"}


def test_a_calendar_is_empty_before_a_plan_is_published_and_gone_once_its_person_is(
    browser: Callable[..., Any], make: Any, hall: Any, sqlite: Database
) -> None:
    early = make.event("Not planned yet", rounds=2)
    make.registration(early, hall.amara)
    one = browser(hall.amara)
    assert entries(one.client.get(f"/events/{early.public_id}/day.ics").data) == {}
    address = feed(one.get(f"/events/{hall.event.public_id}/day"))
    with sqlite.writing() as session:
        person = session.scalars(select(Person).where(Person.id == hall.amara.id)).one()
        erase_people.erase_person(session, person, keep_thanks=False)
    assert browser(None).client.get(address).status_code == 404
