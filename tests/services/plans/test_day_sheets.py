"""Papers of the day: who is on them, and what they say, as values that have not been laid out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from matchmaker.services.plans import plan_sheets
from matchmaker.services.plans.review_plan import review
from matchmaker.services.plans.sheet_values import PlanSheet
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.session import Database

Sheet = Callable[[str], PlanSheet]


@pytest.fixture
def day(make: Any, sqlite: Database, new_day: Any) -> Any:
    """Nine people, so one is free in each round, and an hour between rounds 2 and 3."""
    day = new_day(make, sqlite, people=9)
    with sqlite.writing() as session:
        for one in session.get_one(Event, day.event.id).rounds[2:]:
            one.starts_at += timedelta(minutes=30)
    return day


@pytest.fixture
def sheet(day: Any, sqlite: Database) -> Sheet:
    plan = day.plan()

    def make_sheet(key: str) -> PlanSheet:
        with sqlite.reading() as session:
            event = events.by_id(session, day.event.id)
            kept = plans.by_public_id(session, day.event.id, plan.public_id)
            assert event is not None
            assert kept is not None
            return plan_sheets.sheet(key, review(session, event, kept), None, at_nine())

    return make_sheet


def at_nine() -> datetime:
    return datetime.fromisoformat("2027-03-11T09:00:00+00:00")


def values(sheet: PlanSheet) -> Any:
    return sheet.sheets().values


def test_everybody_who_comes_has_a_badge_planned_or_not_with_a_code_of_their_own(
    day: Any, make: Any, sheet: Sheet
) -> None:
    late = make.registration(day.event, make.person("Zoë Late"))
    make.registration(day.event, state=RegistrationState.CANCELLED)
    made = sheet("badges")
    found = {one["code"]: one for one in values(made)["badges"]}
    assert found.keys() == {one.badge_code for one in (*day.people, late)}
    assert (found[late.badge_code]["first"], found[late.badge_code]["rows"]) == ("Zoë", [])
    assert {len(found[one.badge_code]["rows"]) for one in day.people} == {4}
    assert (made.count, made.pages) == (10, 5)
    assert sheet("badge-labels").pages == 1


def test_the_host_sees_rounds_and_breaks_in_order_with_tables_and_who_is_free(sheet: Sheet) -> None:
    rows = values(sheet("run-sheet"))["rows"]
    assert [(time, what, tables) for time, what, tables, _ in rows] == [
        ("10am to 10.20am", "Round 1", "1 to 4"),
        ("10.30am to 10.50am", "Round 2", "1 to 4"),
        ("10.50am to 11.30am", "Break", "–"),
        ("11.30am to 11.50am", "Round 3", "1 to 4"),
        ("midday to 12.20pm", "Round 4", "1 to 4"),
    ]
    free = [row[3] for row in rows if row[1] != "Break"]
    assert len(set(free)) == 4
    assert all(one.startswith("Person ") and ";" not in one for one in free)


def test_the_caterer_counts_who_is_there_before_or_after_a_break_and_sees_no_name(
    day: Any, sheet: Sheet
) -> None:
    day.change(day.people[0], leaves=datetime.fromisoformat("2027-03-11T10:50").time())
    day.change(day.people[1], leaves=datetime.fromisoformat("2027-03-11T10:20").time())
    day.change(day.people[2], state=RegistrationState.CANCELLED)
    assert [row[1:] for row in values(sheet("caterer"))["rows"]] == [
        ["Round 1", "8"], ["Round 2", "8"], ["Break", "8"], ["Round 3", "8"], ["Round 4", "8"],
    ]  # fmt: skip


def test_the_hall_reads_every_need_and_nobody_without_one(day: Any, sheet: Sheet) -> None:
    day.change(day.people[3], step_free=True, large_print=True, helper="an interpreter")
    day.change(day.people[5], access_needs="BSL interpreter\nHearing loop", diet="Vegan")
    day.change(day.people[4], quiet=True, fixed_table=2, most_meetings=2, meetings_in_a_row=1)
    made = sheet("access")
    assert {row[0]: row[1] for row in values(made)["rows"]} == {
        day.people[3].person.name: "step-free table, large print, comes with an interpreter",
        day.people[
            4
        ].person.name: "quiet table, always at table 2, at most 2 meetings, at most 1 meeting in a row",
        day.people[5].person.name: "BSL interpreter; Hearing loop",
    }
    assert (made.count, made.pages) == (3, 1)


def test_the_caterer_counts_what_those_eat_who_come_and_reads_no_word_of_theirs(
    day: Any, make: Any, sheet: Sheet
) -> None:
    for number, diet in enumerate(
        ("Vegan", "vegetarian please", "Vegetarian", "None", "Halal; severe nut allergy")
    ):
        day.change(day.people[number], diet=diet, access_needs="A hearing loop")
    late = make.registration(day.event, make.person("Zoë Late"), diet="No peanuts")
    make.registration(day.event, diet="Vegan", state=RegistrationState.CANCELLED)
    make.registration(day.event, diet="Vegan", state=RegistrationState.INVITED)
    made = sheet("caterer")
    assert values(made)["below"][0]["rows"] == [
        ["Vegetarian", "2"], ["Halal, see the list of allergies", "1"],
        ["See the list of allergies", "1"], ["Vegan", "1"],
    ]  # fmt: skip
    assert values(made)["below"][0]["leads"] == ["Of 10 people, 5 have asked for a diet."]
    assert "nut" not in str(values(made))
    day.change(day.people[5], diet="vegan")
    assert sheet("caterer").fingerprint != made.fingerprint
    by_name = sheet("allergies")
    assert values(by_name)["rows"] == [
        [late.person.name, "No peanuts"], [day.people[4].person.name, "Halal; severe nut allergy"],
    ]  # fmt: skip
    assert (by_name.count, by_name.pages) == (2, 1)
    assert "hearing" not in str(values(by_name))


def test_the_roll_call_has_everybody_and_blank_slips_are_one_for_twenty(sheet: Sheet) -> None:
    assert sheet("roll-call").count == 9
    blank = sheet("blank-slips")
    assert (blank.count, blank.pages, values(blank)["rounds"]) == (
        4, 1, ["10am", "10.30am", "11.30am", "midday"],
    )  # fmt: skip


def test_one_sheet_of_backs_is_for_all_slips(day: Any, sheet: Sheet) -> None:
    backs = sheet("slip-backs")
    day.change(day.people[0], state=RegistrationState.CANCELLED)
    assert sheet("slip-backs").fingerprint == backs.fingerprint
    assert (backs.count, backs.pages, values(backs)["rounds"]) == (
        1, 1, ["10am", "10.30am", "11.30am", "midday"],
    )  # fmt: skip


def test_a_sheet_is_another_once_what_it_says_is(day: Any, sheet: Sheet) -> None:
    keys = ("badges", "roll-call", "caterer", "allergies", "access", "blank-slips")
    before = {key: sheet(key).fingerprint for key in keys}
    assert {key: sheet(key).fingerprint for key in keys} == before
    day.change(day.people[0], step_free=True)
    assert [key for key in keys if sheet(key).fingerprint != before[key]] == ["access"]
