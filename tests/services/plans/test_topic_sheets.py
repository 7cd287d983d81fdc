"""Topic cards: one for each topic that is held, with its rounds, tables and host, and with nobody else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.services.plans import plan_sheets
from matchmaker.services.plans.review_plan import review
from matchmaker.services.plans.sheet_values import PlanSheet
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.plans import talks
from matchmaker.store.plans.planned_people import PlannedPerson
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.talks import NewTalk
from matchmaker.store.session import Database

AT = datetime(2027, 3, 11, 9, tzinfo=UTC)


class Corners:
    """Two versions of a plan with a topic held twice and one held once; the second moves the latter."""

    def __init__(self, make: Any, database: Database) -> None:
        self.make, self.database = make, database
        self.event = make.event(rounds=3, tables=3)
        self.rows = [
            make.registration(self.event, make.person(name)) for name in ("Ann Host", "Bob Host", "Cy Guest")
        ]
        self.ann, self.bob, self.cy = (one.person_id for one in self.rows)
        self.soil = self.topic("Soil at scale", self.ann, "Cores and maps")
        self.rivers = self.topic("Who owns the rivers?", self.bob, "")
        twice = [NewTalk(self.soil.id, number, 9, (self.ann, self.cy)) for number in (1, 3)]
        self.was = self.version(1, [*twice, NewTalk(self.rivers.id, 2, 9, (self.bob, self.cy))])
        self.now = self.version(2, [*twice, NewTalk(self.rivers.id, 2, 8, (self.bob, self.cy))])

    def topic(self, title: str, host: int, about: str) -> TableTopic:
        row = TableTopic(
            event_id=self.event.id, host_id=host, title=title, about=about, state=TopicState.ACCEPTED
        )
        self.make.add(row)
        return row

    def version(self, number: int, held: list[NewTalk]) -> Plan:
        plan = Plan(
            event_id=self.event.id, version=number, problem={}, certificate={}, rounds=[1, 2, 3], tables=[1, 2, 3],
            state=PlanState.DRAFT,
        )  # fmt: skip
        self.make.add(plan)
        self.make.add(
            *(PlannedPerson(plan_id=plan.id, person_id=one.person_id, last_round=3) for one in self.rows)
        )
        with self.database.writing() as session:
            talks.keep(session, session.merge(plan), held)
        return plan

    def change(self, row: Registration, **columns: Any) -> None:
        with self.database.writing() as session:
            for name, value in columns.items():
                setattr(session.get_one(Registration, row.id), name, value)

    def sheet(self, key: str) -> PlanSheet:
        with self.database.reading() as session:
            event = session.get_one(Event, self.event.id)
            now, was = (review(session, event, session.get_one(Plan, one.id)) for one in (self.now, self.was))
            made = plan_sheets.sheet(key, now, was, AT)
            return made


@pytest.fixture
def corners(make: Any, sqlite: Database) -> Corners:
    return Corners(make, sqlite)


def cards(sheet: PlanSheet) -> Any:
    return sheet.sheets().values["cards"]


def test_each_topic_that_is_held_has_a_card_with_its_times_and_names_its_host_alone(corners: Corners) -> None:
    made = corners.sheet("topic-cards")
    assert cards(made) == [
        {
            "title": "Who owns the rivers?", "about": "", "host": "Bob Host",
            "times": ["10.30am to 10.50am, table 8"],
        },
        {
            "title": "Soil at scale", "about": "Cores and maps", "host": "Ann Host",
            "times": ["10am to 10.20am, table 9", "11am to 11.20am, table 9"],
        },
    ]  # fmt: skip
    assert (made.count, made.pages) == (2, 2)


def test_a_card_that_says_the_same_as_before_is_not_among_the_changed_ones(corners: Corners) -> None:
    assert [one["title"] for one in cards(corners.sheet("changed-topic-cards"))] == ["Who owns the rivers?"]


def test_a_topic_whose_host_is_not_here_has_no_card(corners: Corners) -> None:
    before = corners.sheet("topic-cards").fingerprint
    corners.change(corners.rows[0], presence=Presence.ABSENT)
    made = corners.sheet("topic-cards")
    assert [one["title"] for one in cards(made)] == ["Who owns the rivers?"]
    assert made.fingerprint != before


def test_without_topics_there_is_nothing_to_print(corners: Corners) -> None:
    corners.now = corners.version(3, [])
    made = corners.sheet("topic-cards")
    assert (made.count, made.pages) == (0, 0)
