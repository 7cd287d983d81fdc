"""What is found of a version is small, says what the review says, and can be kept as JSON."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.services.plans import plan_findings
from matchmaker.services.plans.plan_findings import PlanFindings, listed
from matchmaker.services.plans.plan_warnings import plan_warnings
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store.event import events
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting
from matchmaker.store.session import Database, Session
from tests.services.conftest import MORNING, Day


@pytest.fixture
def day(make: Any, sqlite: Database) -> Day:
    made = Day(make, sqlite)
    made.publish(made.plan())
    made.change(made.people[0], state=RegistrationState.CANCELLED)
    made.plan()
    return made


def seen(session: Session, day: Day, place: int) -> Review:
    event = events.by_id(session, day.event.id)
    assert event is not None
    return review(session, event, plans.versions(session, day.event.id)[place])


def test_findings_come_back_from_json_as_they_were(day: Day) -> None:
    with day.database.reading() as session:
        for place in (0, 1):
            found = plan_findings.find(session, seen(session, day, place), MORNING)
            kept = json.loads(json.dumps(plan_findings.as_json(found)))
            again = plan_findings.from_json(kept)
            assert json.loads(json.dumps(plan_findings.as_json(again))) == kept
            assert (again.tables, again.off, again.left_out) == (found.tables, found.off, found.left_out)


def test_they_say_of_a_published_version_what_no_longer_takes_place(day: Day) -> None:
    with day.database.reading() as session:
        published = seen(session, day, 1)
        found = plan_findings.find(session, published, MORNING)
        warnings = plan_warnings(published)
        assert found.warnings == {"first": warnings, "count": len(warnings)}
        assert len(found.off) == sum(day.people[0].person_id in one.people for one in published.sat)
        assert found.news is None
        assert found.left_out == ()


def test_they_say_of_a_draft_whom_it_is_news_to(day: Day) -> None:
    with day.database.reading() as session:
        found = plan_findings.find(session, seen(session, day, 0), MORNING)
        assert found.changes is not None
        assert found.changes["version"] == 1
        assert found.news is not None
        assert found.news["told"]["count"] + found.news["unreached"]["count"] == found.changes["people"]


def test_of_a_version_that_fails_its_check_they_have_its_faults_alone(day: Day) -> None:
    with day.database.writing() as session:
        plan = plans.versions(session, day.event.id)[0]
        session.execute(
            update(Meeting).where(Meeting.plan_id == plan.id).values(table_number=99 + Meeting.table_number)
        )
        found = plan_findings.find(session, seen(session, day, 0), MORNING)
        assert found.faults
        assert found == PlanFindings(faults=found.faults)


def test_of_a_long_list_there_are_the_first_and_their_number() -> None:
    assert listed(range(250)) == {"first": list(range(100)), "count": 250}
    assert listed([], 3) == {"first": [], "count": 0}
