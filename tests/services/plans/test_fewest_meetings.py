"""Who has the fewest meetings, and what stops them from having more."""

from datetime import time
from typing import Any

import pytest

from matchmaker.services.plans.fewest_meetings import FewestMeetings, fewest_meetings, kind_in_short_supply
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.plans import plans
from matchmaker.store.session import Database
from tests.whole_plans import whole

New = Any


def seen(day: Any) -> Review:
    plan = day.plan()
    with day.database.reading() as session:
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert kept is not None
        return whole(review(session, session.get_one(Event, day.event.id), kept))


@pytest.fixture
def new(sqlite: Database, make: Any, new_day: Any) -> New:
    """Give `new(people)`: a day of two rounds and enough tables, of people who are called A, B and so on."""

    def day(people: int, **event: Any) -> Any:
        made = new_day(make, sqlite, people=people, **{"rounds": 2, "tables": 3, **event})
        with sqlite.writing() as session:
            for place, row in enumerate(made.people):
                session.get_one(Person, row.person_id).name = chr(ord("A") + place)
        return made

    return day


def test_where_everybody_has_as_many_there_is_nothing_to_say(new: New) -> None:
    assert fewest_meetings(seen(new(4))) is None


def test_who_is_there_for_one_round_has_one_meeting_and_no_plan_could_give_more(new: New) -> None:
    day = new(6)
    for row in day.people[:2]:
        day.change(row, leaves=time(10, 20))
    found = fewest_meetings(seen(day))
    assert found is not None
    assert (found.meetings, found.names, found.others) == (1, ("A", "B"), 0)
    assert found.because.endswith("can be at a table in 1 round only. No plan could give everybody more.")


def test_who_can_be_at_no_table_is_said_to_have_no_round(new: New) -> None:
    day = new(4)
    day.change(day.people[0], step_free=True)
    found = fewest_meetings(seen(day))
    assert found is not None
    assert (found.meetings, found.names) == (0, ("A",))
    assert found.because == "A can be at a table in no round. No plan could give everybody more."


def test_who_asks_for_rest_is_not_among_them(new: New) -> None:
    day = new(6)
    for row in day.people[:2]:
        day.change(row, most_meetings=1)
    assert fewest_meetings(seen(day)) is None


def test_of_many_ten_are_named(new: New) -> None:
    day = new(26, tables=13)
    for row in day.people[:12]:
        day.change(row, leaves=time(10, 20))
    found = fewest_meetings(seen(day))
    assert found is not None
    assert (found.meetings, found.names, found.others) == (1, tuple("ABCDEFGHIJ"), 2)


@pytest.mark.parametrize(
    ("people", "tables", "because"),
    [
        (5, 3, "People meet in twos, and where their number is odd one of them sits out."),
        (5, 2, "People meet in twos, and where their number is odd one of them sits out."),
        (7, 2, "There are not enough tables."),
    ],
)
def test_tables_are_said_to_be_too_few_only_where_more_would_help(
    new: New, people: int, tables: int, because: str
) -> None:
    found = fewest_meetings(seen(new(people, tables=tables)))
    assert found is not None
    assert found.because == f"{because} No plan could give everybody more."


def test_a_kind_of_table_of_which_there_are_too_few_is_named_with_who_needs_it(new: New) -> None:
    day = new(6)
    with day.database.writing() as session:
        event = session.get_one(Event, day.event.id)
        event.tables[0].quiet = True
    for row in day.people[:3]:
        day.change(row, quiet=True)
    found, there = fewest_meetings(seen(day)), seen(day)
    assert isinstance(found, FewestMeetings)
    assert kind_in_short_supply(there) == ("quiet", frozenset(str(row.person_id) for row in day.people[:3]))
    assert kind_in_short_supply(seen(new(4))) == ("", frozenset())
