"""Table topics on pages: pitched, starred, accepted, and in everybody's day."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.people import erase_people
from matchmaker.services.plans.mail_plan import audience
from matchmaker.services.plans.review_plan import review
from matchmaker.store.event import events
from matchmaker.store.event.events import RoundFor, TopicsFrom
from matchmaker.store.event.hall import round_numbered
from matchmaker.store.people.people import Person
from matchmaker.store.plans import planned_people, plans, table_topics, talks
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.plans.table_topics import TableTopic, TopicStar, TopicState
from matchmaker.store.plans.talks import NewTalk

PITCH = {"title": "Who owns the rivers list?", "about": "Bring your example.", "seats": "6", "times": "2"}


class Unconference:
    """An event of eight people with table topics, an organiser and two attendees at browsers."""

    def __init__(self, make: Any, browser: Callable[..., Any], database: Any) -> None:
        self.make, self.database = make, database
        self.event = make.event(rounds=3, tables=4, topics_from=TopicsFrom.EVERYBODY)
        names = ["Amara", "Ben", "Carys", "Dev", "Elin", "Farah", "Gwil", "Hana"]
        self.rows = [make.registration(self.event, make.person(name)) for name in names]
        self.people = [one.person for one in self.rows]
        self.organiser = browser(make.organiser(self.event, make.person("Olga")))
        self.amara, self.ben = (browser(one) for one in self.people[:2])
        other = make.event(rounds=1, tables=1, topics_from=TopicsFrom.EVERYBODY)
        stranger = make.registration(other, make.person("Nobody here")).person
        make.add(
            TableTopic(event_id=other.id, host_id=stranger.id, title="Elsewhere", state=TopicState.ACCEPTED)
        )
        self.at, self.organise = f"/events/{self.event.public_id}", f"/organise/{self.event.public_id}"

    def topics(self) -> list[TableTopic]:
        with self.database.reading() as session:
            return table_topics.at_event(session, self.event.id, [*TopicState])

    def accepted(self, title: str, host: int) -> TableTopic:
        row = TableTopic(
            event_id=self.event.id, host_id=self.people[host].id, title=title, about="Bring your example.",
            state=TopicState.ACCEPTED,
        )  # fmt: skip
        self.make.add(row)
        return row

    def starred(self, topic: TableTopic, *people: int) -> None:
        self.make.add(*(TopicStar(topic_id=topic.id, person_id=self.people[one].id) for one in people))


@pytest.fixture
def hall(make: Any, browser: Any, sqlite: Any) -> Unconference:
    return Unconference(make, browser, sqlite)


def test_a_topic_is_pitched_accepted_starred_planned_and_read_in_ones_day(hall: Unconference) -> None:
    page = hall.amara.follow(f"{hall.at}/topics/pitch", PITCH)
    assert "Your topic is with the organisers" in page.text
    assert "Who owns the rivers list?" not in hall.ben.get(f"{hall.at}/topics").text
    (topic,) = hall.topics()
    page = hall.organiser.get(f"{hall.organise}/topics")
    assert "Waits for you. Amara hosts it, 0 stars, 6 people at once, up to 2 times." in page.text
    page = hall.organiser.follow(f"{hall.organise}/topics/{topic.public_id}/decide", {"accept": "yes"})
    assert "“Who owns the rivers list?” is accepted" in page.text
    page = hall.ben.follow(f"{hall.at}/topics/{topic.public_id}/star", {"star": "yes"})
    assert "You have given 1 of 6 stars." in page.text
    tables = {"first": "9", "last": "9", "seats": "6", "for_topics": "y"}
    page = hall.organiser.follow(f"{hall.organise}/tables", tables)
    assert "8 people, 4 tables: everybody can sit in every round." in page.text
    job = hall.organiser.post(f"{hall.organise}/plans")
    plan = hall.organiser.get(hall.organiser.get(job.location, status=302).location)
    assert "1 person is at a topic they gave a star to. No plan has more." in plan.text
    assert " and 1 table topic," in plan.text
    with hall.database.reading() as session:
        made = plans.latest(session, hall.event.id)
        assert made is not None
        (talk,) = talks.of_plan(session, made.id)
        number = talk.round_number
    assert f"Round {number} at table 9 with 2 people" in plan.text
    publish = f"{hall.organise}/plans/{made.public_id}/publish"
    hall.organiser.follow(publish, {"instead_of": "", "revision": "1"})
    day = hall.ben.get(f"{hall.at}/day").text
    assert "Table topic Who owns the rivers list?" in day
    assert "Bring your example. Amara hosts it, and you gave it a star." in day
    assert "You host it." in hall.amara.get(f"{hall.at}/day").text


def test_a_talk_whose_host_is_erased_is_off_and_a_new_version_tells_whoever_had_a_seat(
    hall: Unconference,
) -> None:
    topic = hall.accepted("Soil at scale", 0)
    people = [{"id": str(one.id)} for one in hall.people[1:]]
    first = Plan(
        event_id=hall.event.id, version=1, state=PlanState.PUBLISHED, problem={"people": people}, certificate={},
        rounds=[1, 2, 3], tables=[1, 2, 3, 4], published_at=datetime(2027, 1, 5, tzinfo=UTC),
    )  # fmt: skip
    second = Plan(
        event_id=hall.event.id, version=2, problem={"people": people}, certificate={}, rounds=[1, 2, 3]
    )
    hall.make.add(first, second)
    with hall.database.writing() as session:
        plan = session.merge(first)
        for one in (plan, session.merge(second)):
            planned_people.note(session, one)
        there = tuple(one.id for one in hall.people[:3])
        talks.keep(session, plan, [NewTalk(topic.id, 2, 4, there)])
    assert "Soil at scale" in hall.ben.get(f"{hall.at}/day").text
    with hall.database.writing() as session:
        erase_people.erase_person(session, session.get_one(Person, hall.people[0].id), keep_thanks=False)
    page = hall.ben.get(f"{hall.at}/day").text
    assert "Soil at scale" not in page
    assert "This meeting will not take place. We are looking for somebody else for this time" in page
    with hall.database.reading() as session:
        event = events.by_id(session, hall.event.id)
        assert event is not None
        now, before = (review(session, event, session.merge(one, load=False)) for one in (second, first))
        told = audience(now, before, datetime(2027, 1, 6, tzinfo=UTC))
    assert [(one.person.name, one.rounds) for one in told] == [("Ben", {2}), ("Carys", {2})]


def test_stars_are_ones_own_business(hall: Unconference, browser: Any) -> None:
    topic = hall.accepted("Soil at scale", 0)
    hall.starred(topic, 1, 2)
    for page in (hall.amara.get(f"{hall.at}/topics"), hall.organiser.get(f"{hall.organise}/topics")):
        assert "Ben" not in page.text
        assert "Carys" not in page.text
    assert "2 stars" not in browser(hall.people[3]).get(f"{hall.at}/topics").text
    assert "Amara hosts it, 2 stars" in hall.organiser.get(f"{hall.organise}/topics").text
    hall.ben.follow(f"{hall.at}/choices/leave", {})
    assert "Amara hosts it, 1 star," in hall.organiser.get(f"{hall.organise}/topics").text


def test_a_seventh_star_is_refused_in_words(hall: Unconference) -> None:
    topics = [hall.accepted(f"Topic {number}", 0) for number in range(7)]
    for topic in topics[:6]:
        hall.starred(topic, 1)
    page = hall.ben.follow(f"{hall.at}/topics/{topics[6].public_id}/star", {"star": "yes"})
    assert "You have given 6 stars. Take one back first" in page.text
    page = hall.ben.follow(f"{hall.at}/topics/{topics[0].public_id}/star", {"star": "no"})
    assert "You have given 5 of 6 stars." in page.text


def test_a_star_for_ones_own_topic_or_one_that_waits_is_not_there_to_give(hall: Unconference) -> None:
    own = hall.accepted("Soil at scale", 1)
    waits = TableTopic(event_id=hall.event.id, host_id=hall.people[0].id, title="Waits")
    hall.make.add(waits)
    for topic in (own, waits):
        hall.ben.post(f"{hall.at}/topics/{topic.public_id}/star", {"star": "yes"}, status=404)


def test_a_host_changes_a_topic_until_it_is_accepted_and_takes_it_back_at_any_time(
    hall: Unconference,
) -> None:
    hall.amara.follow(f"{hall.at}/topics/pitch", PITCH)
    (topic,) = hall.topics()
    where = f"{hall.at}/topics/{topic.public_id}"
    hall.ben.get(where, status=404)
    hall.amara.follow(where, {**PITCH, "title": "Who keeps the rivers list?"})
    assert [one.title for one in hall.topics()] == ["Who keeps the rivers list?"]
    hall.organiser.follow(f"{hall.organise}/topics/{topic.public_id}/decide", {"accept": "yes"})
    assert "it stays as it is" in hall.amara.get(where).text
    hall.amara.follow(f"{where}/withdraw", {})
    assert [one.state for one in hall.topics()] == [TopicState.WITHDRAWN]
    hall.amara.get(where, status=404)


def test_an_organiser_pitches_for_somebody_and_changes_what_others_read(hall: Unconference) -> None:
    page = hall.organiser.follow(f"{hall.organise}/topics/add", {**PITCH, "host": hall.rows[4].public_id})
    assert "“Who owns the rivers list?” is added" in page.text
    (topic,) = hall.topics()
    assert (topic.host_id, topic.state) == (hall.people[4].id, TopicState.ACCEPTED)
    where = f"{hall.organise}/topics/{topic.public_id}"
    hall.organiser.follow(where, {**PITCH, "seats": "12"})
    assert [one.seats for one in hall.topics()] == [12]


def test_an_event_without_topics_says_so_and_has_none_in_its_menu(hall: Unconference) -> None:
    hall.accepted("Soil at scale", 0)
    assert "Table topics" in hall.ben.get(f"{hall.at}/day").html
    hall.organiser.follow(f"{hall.organise}/topics", {"topics_from": "nobody"})
    page = hall.ben.get(f"{hall.at}/topics")
    assert "This event has no table topics" in page.text
    assert "star" not in page.text
    assert "Soil at scale" not in page.text
    assert "Table topics" not in hall.ben.get(f"{hall.at}/day").html
    assert hall.ben.get(f"{hall.at}/topics/pitch", status=302).location.endswith("/topics")


def test_a_round_can_be_for_topics_alone(hall: Unconference) -> None:
    where = f"{hall.organise}/rounds/2"
    hall.organiser.follow(where, {"starts": "10:30", "minutes": "20", "is_for": "topics"})
    with hall.database.reading() as session:
        found = round_numbered(session, hall.event.id, 2)
        assert found is not None
        assert found.is_for is RoundFor.TOPICS
    assert "Table topics alone" in hall.organiser.get(f"{hall.organise}/rounds").text


def test_nothing_is_kept_of_a_topic_without_its_words(hall: Unconference) -> None:
    page = hall.amara.post(f"{hall.at}/topics/pitch", {**PITCH, "title": "", "seats": "1"}, status=422)
    assert "Enter what the topic is called" in page.text
    assert "must be a whole number from 2 to 50" in page.text
    with hall.database.reading() as session:
        here = TableTopic.event_id == hall.event.id
        assert session.scalars(select(TableTopic).where(here)).all() == []


def test_once_a_plan_is_published_a_star_is_said_to_count_in_the_next_one_alone(hall: Unconference) -> None:
    hall.accepted("Soil at scale", 0)
    plain, anew = (
        "When the day is planned, as many stars as possible",
        "a star counts only if it is planned anew",
    )
    first = hall.ben.get(f"{hall.at}/topics").text
    assert (plain in first, anew in first) == (True, False)
    hall.make.add(
        Plan(
            event_id=hall.event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={},
            published_at=datetime(2027, 1, 5, tzinfo=UTC),
        )
    )  # fmt: skip
    planned = hall.ben.get(f"{hall.at}/topics").text
    assert (plain in planned, anew in planned) == (False, True)
    assert "only if the organisers plan it anew" in hall.ben.get(f"{hall.at}/topics/pitch").text
    assert "stars given now, count in the next one" in hall.organiser.get(f"{hall.organise}/topics").text


def test_after_the_event_pages_do_not_speak_of_giving_stars_and_what_an_old_page_sends_changes_nothing(
    hall: Unconference,
) -> None:
    soil, own = hall.accepted("Soil at scale", 0), hall.accepted("Rivers", 1)
    hall.make.add(TableTopic(event_id=hall.event.id, host_id=hall.people[1].id, title="Never looked at"))
    with hall.database.writing() as session:
        event = events.by_id(session, hall.event.id)
        assert event is not None
        event.held_on = date(2020, 1, 2)
        for number, one in enumerate(event.rounds):
            one.starts_at = datetime(2020, 1, 2, 10 + number, tzinfo=UTC)
    page = hall.ben.get(f"{hall.at}/topics")
    assert "Soil at scale" in page.text
    assert "star" not in words_of(page.text)
    assert "stars" not in words_of(page.text)
    assert "Take back" not in page.text
    assert "Not decided about" in page.text
    assert "it stays as it is" in hall.ben.get(f"{hall.at}/topics/{own.public_id}").text
    ended = "The event is over, so this is not done any more. Nothing is changed"
    for path, sent in (
        (f"{soil.public_id}/star", {"star": "yes"}),
        (f"{own.public_id}/withdraw", {}),
        ("pitch", PITCH),
    ):
        assert ended in hall.ben.follow(f"{hall.at}/topics/{path}", sent).text, path
    declined = hall.organiser.follow(f"{hall.organise}/topics/{own.public_id}/decide", {"accept": "no"})
    assert ended in declined.text
    assert "Not decided about." in hall.organiser.get(f"{hall.organise}/topics").text
    with hall.database.reading() as session:
        assert session.query(TopicStar).count() == 0
    states = [one.state for one in hall.topics()]
    assert states == [TopicState.ACCEPTED, TopicState.ACCEPTED, TopicState.PITCHED]


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
