"""What is found for the plan that could be made next."""

from datetime import time
from typing import Any

import pytest

from matchmaker.services.plans import next_findings
from matchmaker.services.plans.solve_plan import NothingToPlan
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
    assert (found.people, found.rounds, found.tables, found.lacking) == (7, 4, 5, ())
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
    (lacking,) = found.lacking
    assert (lacking.of, lacking.title) == ("people", "Too few people have said that they come")
    assert (found.people, found.silent["count"], found.with_silent) == (0, 3, True)


def test_all_that_is_lacking_is_said_at_once_and_nothing_else(make: Any, sqlite: Database) -> None:
    def lacking(people: int, **event: int) -> list[tuple[str, str]]:
        one = make.event(**event)
        for _ in range(people):
            make.registration(one)
        with sqlite.reading() as session:
            found = next_findings.find(session, one.id)
        assert next_findings.from_json(next_findings.as_json(found)) == found
        return [(lack.of, lack.title) for lack in found.lacking]

    rounds, tables = ("rounds", "There are no rounds yet"), ("tables", "There are no tables yet")
    assert lacking(0) == [rounds, tables, ("people", "Nobody is coming yet")]
    assert lacking(2, rounds=1) == [tables]
    assert lacking(1, tables=1) == [rounds, ("people", "Only one person is coming so far")]
    assert lacking(2, rounds=1, tables=1) == []
    gone = Day(make, sqlite, people=2)
    gone.change(gone.people[0], leaves=time(10, 5))
    with sqlite.reading() as session:
        (found,) = next_findings.find(session, gone.event.id).lacking
    assert found.title == "Fewer than two people are here for a whole round"


def test_where_nobody_who_comes_is_here_it_does_not_say_that_nobody_comes(
    make: Any, sqlite: Database
) -> None:
    day = Day(make, sqlite, people=3)
    day.change(day.people[0], presence=Presence.ABSENT)
    with sqlite.reading() as session:
        assert next_findings.find(session, day.event.id).lacking == ()
    for one, title in ((day.people[1], "Only one person is here"), (day.people[2], "Nobody is here")):
        day.change(one, presence=Presence.ABSENT)
        with sqlite.reading() as session:
            (lacking,) = next_findings.find(session, day.event.id).lacking
        assert (lacking.of, lacking.title) == ("presence", title)
        with pytest.raises(
            NothingToPlan, match=f"^{title}. . people are marked as not here. Check in at the desk"
        ):
            day.plan()
