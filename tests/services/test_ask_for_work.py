"""Asking for work: one job for the same thing while it waits, another once a worker has it."""

from typing import Any

import pytest

from matchmaker.services.ask_for_work import ask
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.session import Database
from tests.services.two_at_once import two_at_once


def ask_for(database: Database, event_id: int, kind: str = "suggest", **details: Any) -> int:
    with database.writing() as session:
        return ask(session, kind, event_id, None, details or None, "Starting").id


def test_the_same_is_asked_for_once_while_it_waits(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    first = ask_for(database, event.id, people=[1])
    assert ask_for(database, event.id, people=[1]) == first
    others = {
        ask_for(database, other.id, people=[1]),
        ask_for(database, event.id, kind="plan", people=[1]),
        ask_for(database, event.id, people=[2]),
    }
    assert len(others - {first}) == 3


def test_the_same_is_asked_for_once_whatever_else_waits(database: Database, maker: Any) -> None:
    event = maker(database).event()
    first, second = (ask_for(database, event.id, kind="print", sheet=sheet) for sheet in ("cards", "doors"))
    assert ask_for(database, event.id, kind="print", sheet="doors") == second
    assert ask_for(database, event.id, kind="print", sheet="cards") == first


@pytest.mark.parametrize(("kind", "details"), [("plan", {"way": "least"}), ("print", {"sheet": "cards"})])
def test_of_two_who_ask_for_the_same_at_the_same_moment_the_second_is_led_to_the_job_of_the_first(
    kind: str, details: dict[str, Any], database: Database, maker: Any
) -> None:
    event = maker(database).event()
    first, second = two_at_once(
        database, lambda session: ask(session, kind, event.id, None, dict(details)).public_id
    )
    assert second == first
    with database.reading() as session:
        assert [job.public_id for job in session.query(Job)] == [first]


def test_what_a_worker_has_begun_is_asked_for_again(database: Database, maker: Any) -> None:
    event = maker(database).event()
    for state in (JobState.RUNNING, JobState.DONE, JobState.FAILED):
        before = ask_for(database, event.id)
        with database.writing() as session:
            session.get_one(Job, before).state = state
        assert ask_for(database, event.id) != before


def test_a_job_remembers_who_asked_for_what(sqlite: Database, make: Any) -> None:
    event, kit = make.event(), make.person()
    with sqlite.writing() as session:
        ask(session, "plan", event.id, kit.id, {"way": "least"}, "Starting")
    with sqlite.reading() as session:
        (job,) = session.query(Job)
        assert (job.kind, job.event_id, job.asked_by_id) == ("plan", event.id, kit.id)
        assert (job.details, job.saying, job.state) == ({"way": "least"}, "Starting", JobState.QUEUED)
