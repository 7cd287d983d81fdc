"""Promises of pages and letters that no other test holds; docs/promises.md lists all of them with their tests."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.services import sign_in_by_code
from matchmaker.store import schema
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.suggestions import Suggestion
from matchmaker.web.public.sign_in import desk

SECRET = "canary"


def publish(make: Any, event: Any, *meetings: tuple[int, int, tuple[Any, Any]]) -> None:
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={},
        published_at=datetime(2027, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    make.add(plan)
    for number, table, people in meetings:
        seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in people]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=table, seats=seats))


def test_an_objection_tells_nobody(browser: Callable[..., Any], make: Any, sqlite: Database) -> None:
    event = make.event()
    amara, ben = make.registration(event).person, make.registration(event).person
    browser(amara).post(f"/events/{event.public_id}/choices/suggestions", {"suggestible": "no"})
    with sqlite.reading() as session:
        assert list(session.scalars(select(Mail))) == []
    page = browser(ben).get(f"/people/{amara.public_id}").text
    assert "object" not in page
    assert "suggest" not in page


def test_nobody_but_the_organisers_sees_the_team_and_the_part_on_the_day(
    browser: Callable[..., Any], app: Flask, make: Any
) -> None:
    event = make.event(rounds=2, tables=8)
    row = make.registration(
        event, make.person("Amara"), team=SECRET, helper=SECRET, access_needs=SECRET, diet=SECRET,
        step_free=True, quiet=True, fixed_table=8, most_meetings=1, meetings_in_a_row=1, large_print=True,
        bio="Rivers",
    )  # fmt: skip
    ben = make.registration(event).person
    make.add(Suggestion(event_id=event.id, person_id=ben.id, other_id=row.person_id, position=1, score=0.5))
    publish(make, event, (1, 2, (row.person, ben)))
    for one, about in ((ben, row.person), (row.person, ben)):
        make.answer(event, one, about)
    here, reader = f"/events/{event.public_id}", browser(ben)
    for page in ("/", "/suggestions", "/day", f"/introductions/{row.person.public_id}", "/choices"):
        shown = reader.get(here + page)
        assert SECRET not in shown.html, page
        assert "step-free" not in shown.text, page
    person = reader.get(f"/people/{row.person.public_id}")
    assert "Rivers" in person.text
    for words in (SECRET, "step-free", "quiet", "large print", "table 8"):
        assert words not in person.text
    organise = f"/organise/{event.public_id}"
    helper = browser(make.organiser(event, role=EventRole.HELPER)).get(f"{organise}/desk?q=Amara")
    assert "Needs a step-free table" in helper.text
    assert SECRET not in helper.html
    organiser = browser(make.organiser(event))
    for page in ("/people/needs", f"/people/{row.public_id}"):
        assert SECRET in organiser.get(organise + page).html


def test_whoever_would_meet_somebody_who_is_not_here_reads_so_at_once_and_nothing_else_changes(
    browser: Callable[..., Any], make: Any
) -> None:
    event = make.event(rounds=2, tables=2)
    rows = make.registrations(event, 3)
    amara, ben, cat = (one.person for one in rows)
    publish(make, event, (1, 1, (amara, ben)), (2, 2, (amara, cat)))
    reader, organiser = browser(amara), browser(make.organiser(event))
    day = f"/events/{event.public_id}/day"
    assert "will not take place" not in reader.get(day).text
    organiser.post(f"/organise/{event.public_id}/people/{rows[1].public_id}/attendance", {
        "presence": "no", "first": "1", "last": "2",
    })  # fmt: skip
    page = reader.get(day).text
    assert page.count("This meeting will not take place.") == 1
    assert cat.name in page
    assert ben.name not in page
    assert "Table 2" in page


def test_a_personal_code_opens_until_the_day_after_the_event_and_no_longer(
    app: Flask, make: Any, sqlite: Database
) -> None:
    event = make.event()
    row = make.registration(event)
    with app.test_request_context():
        context = desk()
    made = datetime(2027, 3, 1, tzinfo=UTC)
    with sqlite.writing() as session:
        kept = session.get_one(Registration, row.id)
        code = sign_in_by_code.make_personal_code(session, context, event, kept, made)
    ends = sign_in_by_code.personal_code_ends(event, made)
    assert ends == datetime(2027, 3, 13, tzinfo=UTC)
    for at, opens in (
        (made, True),
        (ends - timedelta(seconds=1), True),
        (ends + timedelta(seconds=1), False),
    ):
        with sqlite.writing() as session:
            found = sign_in_by_code.by_personal_code(session, context, code, at)
            assert (found is not None) is opens, at


def test_what_one_needs_on_the_day_can_be_taken_out_again(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event = make.event(rounds=1)
    row = make.registration(event)
    one, address = browser(row.person), f"/events/{event.public_id}/profile/about"
    for ticked in (True, False):
        needs = {"step_free": "y", "quiet": "y", "large_print": "y"} if ticked else {}
        one.post(address, {"bio": "Peat", **needs, "do": "save"})
        with sqlite.reading() as session:
            kept = session.get_one(Registration, row.id)
            assert (kept.step_free, kept.quiet, kept.large_print) == (ticked, ticked, ticked)
            assert kept.bio == "Peat"


@pytest.mark.parametrize("word", ["age", "birth", "sex", "gender", "health", "disab", "ethnic", "relig"])
def test_nothing_is_kept_of_reasons_age_sex_background_or_health(word: str) -> None:
    columns = [
        f"{table.name}.{column.name}" for table in schema.metadata.sorted_tables for column in table.columns
    ]
    kept = [one for one in columns if word in one.partition(".")[2].replace("_", " ").split() or (
        len(word) > 3 and word in one.partition(".")[2]
    )]  # fmt: skip
    assert kept == []
    of_needs = [one for one in columns if one.startswith("registration.") and "reason" in one]
    assert of_needs == ["registration.pool_reason"], (
        "no need has a reason, only the side somebody is counted on"
    )
