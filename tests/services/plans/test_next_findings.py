"""What is found for the plan that could be made next."""

from typing import Any

from matchmaker.services.plans import next_findings
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.session import Database
from tests.services.conftest import Day


def test_whoever_has_not_answered_is_named_and_planned_for_only_if_the_newest_version_is(
    make: Any, sqlite: Database
) -> None:
    day = Day(make, sqlite, people=6)
    silent = make.registration(day.event, state=RegistrationState.INVITED)
    make.registration(day.event, state=RegistrationState.INVITED, presence=Presence.HERE)
    with sqlite.reading() as session:
        found = next_findings.find(session, day.event.id)
    assert found.silent["count"] == len(found.silent["first"]) == 1
    assert (found.people, found.rounds, found.tables, found.lacking) == (7, 4, 5, "")
    day.plan(unanswered=True)
    with sqlite.reading() as session:
        found = next_findings.find(session, day.event.id)
    assert (found.people, found.silent["count"]) == (8, 1)
    day.change(silent, state=RegistrationState.DECLINED)
    with sqlite.reading() as session:
        found = next_findings.find(session, day.event.id)
    assert (found.people, found.silent) == (7, {"first": [], "count": 0})
    assert next_findings.from_json(next_findings.as_json(found)) == found


def test_where_nobody_has_answered_it_says_what_a_plan_waits_for(make: Any, sqlite: Database) -> None:
    event = make.event(rounds=2, tables=2)
    for _ in range(3):
        make.registration(event, state=RegistrationState.INVITED)
    with sqlite.reading() as session:
        found = next_findings.find(session, event.id)
    assert found.lacking.startswith("Too few people have said that they come. Wait for their answers")
    assert (found.people, found.silent["count"], found.with_silent) == (0, 3, True)


def test_what_is_lacking_is_said_first(make: Any, sqlite: Database) -> None:
    event = make.event()
    with sqlite.reading() as session:
        found = next_findings.find(session, event.id)
    assert found.lacking == "There are no rounds yet. Add the rounds on the set-up page, then make the plan."
    assert found.people == 0
