"""Pages that show how a plan for many stood a moment ago say so, and count what is off as things stand."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.plans import kept_reviews
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.plans.plans import Seat
from tests.web.plans.test_plans import Day, make_one

WORDS = "This page shows how things stood then. It is brought up to date in a minute or two."
OFF = "of the published plan will not take place"


@pytest.fixture
def many(make: Any, browser: Any, sqlite: Any, monkeypatch: pytest.MonkeyPatch) -> Day:
    """Give a day with a published plan and a draft, which are taken for those of many."""
    monkeypatch.setattr(kept_reviews, "FEW", 3)
    day = Day(make, browser, sqlite)
    first = make_one(day)
    day.one.follow(f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": "1"})
    make_one(day)
    return day


def pages(day: Day) -> list[str]:
    draft = f"{day.address}/{day.latest().public_id}"
    print_sheets = f"/organise/{day.event.public_id}/print"
    return [day.address, draft, f"{draft}/publish", print_sheets]


def leave(day: Day) -> None:
    """Let somebody leave who has meetings."""
    with day.database.writing() as session:
        sits = select(Seat.person_id)
        row = session.scalars(
            select(Registration).where(
                Registration.event_id == day.event.id, Registration.person_id.in_(sits)
            )
        ).first()
        assert row is not None
        row.state = RegistrationState.CANCELLED


def test_they_say_that_something_has_changed_once_it_has_and_not_before(many: Day) -> None:
    assert not [where for where in pages(many) if WORDS in many.one.get(where).text]
    leave(many)
    assert [where for where in pages(many) if WORDS in many.one.get(where).text] == pages(many)


def test_the_page_for_changing_a_round_by_hand_says_when_its_meetings_were_last_looked_at(many: Day) -> None:
    words = "Meetings that cannot take place since then are still shown."
    where = f"{many.address}/{many.latest().public_id}/edit?round=1"
    assert words not in many.one.get(where).text
    leave(many)
    assert words in many.one.get(where).text


def test_what_cannot_take_place_is_counted_as_things_stand(many: Day) -> None:
    assert OFF not in many.one.get(many.address).text
    leave(many)
    page = many.one.get(many.address)
    assert (WORDS in page.text, OFF in page.text) == (True, True)
    assert OFF in many.one.get(f"/organise/{many.event.public_id}/").text


def test_of_a_plan_for_few_they_show_how_things_stand(many: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_reviews, "FEW", 200)
    leave(many)
    assert not [where for where in pages(many) if WORDS in many.one.get(where).text]
