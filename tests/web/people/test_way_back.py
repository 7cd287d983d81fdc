"""A person's page leads back to where its reader came from, and to nothing of an event that is not theirs."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.store.event.events import Event
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.suggestions.suggestions import Suggestion

BACK = re.compile(r'class="govuk-back-link" href="([^"]+)">([^<]+)<')


@pytest.fixture
def hall(make: Any) -> Any:
    class Hall:
        event = make.event("The event", rounds=1, tables=3)
        ada, ben, cat = (make.person(name) for name in ("Ada Reed", "Ben Moss", "Cat Hall"))
        path = f"/events/{event.public_id}"

    for one in (Hall.ada, Hall.ben, Hall.cat):
        make.registration(Hall.event, one, in_directory=True, topics=[])
    plan = Plan(event_id=Hall.event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={},
                published_at=datetime(2027, 3, 1, tzinfo=UTC))  # fmt: skip
    make.add(plan)
    seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=1) for one in (Hall.ada, Hall.ben)]
    make.add(Meeting(plan_id=plan.id, round_number=1, table_number=3, seats=seats))
    make.add(
        Suggestion(event_id=Hall.event.id, person_id=Hall.ada.id, other_id=Hall.cat.id, position=1, score=0.5)
    )
    return Hall


def link_to(page: Any, person: Any) -> str:
    found = re.search(rf'href="(/people/{person.public_id}[^"]*)"', page.html)
    assert found, page.text
    return found.group(1).replace("&amp;", "&")


@pytest.mark.parametrize(
    ("page", "whom", "back", "name"),
    [
        ("suggestions", "cat", "suggestions?person={cat}", "Suggestions"),
        ("day", "ben", "day", "My day"),
        ("directory?page=1", "cat", "directory?page=1#person-{cat}", "Who comes"),
    ],
)
def test_the_page_of_a_person_leads_back_to_where_one_came_from(
    browser: Callable[..., Any], hall: Any, page: str, whom: str, back: str, name: str
) -> None:
    ada = browser(hall.ada)
    person = getattr(hall, whom)
    shown = ada.get(link_to(ada.get(f"{hall.path}/{page}"), person))
    assert shown.heading == person.name
    wanted = f"{hall.path}/{back.format(cat=hall.cat.public_id)}"
    assert BACK.findall(shown.html) == [(wanted, name)]
    ada.get(wanted.partition("#")[0])


def test_without_a_way_or_with_somebody_elses_there_is_none(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    other, ada = make.event("Not hers"), browser(hall.ada)
    for asked in (
        "",
        "?back=day",
        f"?back=day&at={other.public_id}",
        f"?back=x&at={hall.event.public_id}",
        "?at=x&back=day",
    ):
        assert BACK.findall(ada.get(f"/people/{hall.ben.public_id}{asked}").html) == []
    met = ada.get(f"/people/{hall.ben.public_id}?back=met&at={hall.event.public_id}").html
    assert BACK.findall(met) == [(f"{hall.path}/met", "People I met")]
    wrong = ada.get(
        f"/people/{hall.ben.public_id}?back=day&at={hall.event.public_id}&words=https://x.example"
    ).html
    assert BACK.findall(wrong) == [(f"{hall.path}/day", "My day")]


def test_the_day_is_told_with_its_first_round(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    ada = browser(hall.ada)
    for page in ("", "/day"):
        assert "Thursday 11 March 2027, from 10am, A hall in Birmingham" in ada.get(f"{hall.path}{page}").text
    without = make.registration(make.event())
    page = browser(without.person).get(f"/events/{_event(make, without)}/").text
    assert "Thursday 11 March 2027, A hall in Birmingham" in page


def _event(make: Any, row: Any) -> str:
    with make.database.reading() as session:
        return str(session.get_one(Event, row.event_id).public_id)
