"""Suggesting table topics: the closest to what somebody says of themselves first, with the reason in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matchmaker.jobs import rank_topics as ranking
from matchmaker.jobs.queue import Queue
from matchmaker.jobs.rank_topics import rank_for
from matchmaker.jobs.upkeep import put_back_and_tidy
from matchmaker.jobs.work import Work
from matchmaker.matching.profile import Profile
from matchmaker.services.people import coming, erase_people
from matchmaker.services.plans import pitch_topics
from matchmaker.services.plans import suggest_topics as suggesting
from matchmaker.services.plans.suggest_topics import (
    KeptOrders,
    ReaderOfTopics,
    ask_where_behind,
    keep,
    suggest_topics,
)
from matchmaker.settings import from_environment
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Event, TopicsFrom
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import table_topics, topic_orders
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.topic_orders import TopicOrder
from matchmaker.store.session import Session

TODAY = date(2027, 3, 11)
ABOUT = {
    "Peat": "Mapping peat depth across upland bogs with volunteers",
    "Rivers": "Who keeps the tide gauge calibration of the river level archive up to date?",
    "Birds": "Counting garden birds at the weekend",
}


def kept_at(session: Session, event: Event) -> dict[int, str]:
    """Return what all orders that are kept at an event were found from, by person."""
    rows = session.query(TopicOrder).filter(TopicOrder.event_id == event.id)
    return {one.person_id: one.made_from for one in rows}


def topics_of(make: Any, event: Any) -> list[TableTopic]:
    host = make.registration(event).person
    rows = [
        TableTopic(event_id=event.id, host_id=host.id, title=t, about=words) for t, words in ABOUT.items()
    ]
    make.add(*rows)
    return rows


def test_the_topic_that_answers_what_somebody_needs_comes_first_and_says_so(make: Any, sqlite: Any) -> None:
    event = make.event()
    topics = topics_of(make, event)
    reader = make.registration(event, needs="Help with tide gauge calibration")
    with sqlite.reading() as session:
        found = suggest_topics(session, session.get_one(Registration, reader.id), topics)
    assert found[0].topic.title == "Rivers"
    assert found[0].because == "You asked for help with “Help with tide gauge calibration”."
    assert {one.topic.title for one in found} == set(ABOUT)
    assert [one.because for one in found[1:]] == ["", ""]


def test_who_objects_to_suggestions_has_topics_as_they_were_pitched(make: Any, sqlite: Any) -> None:
    event = make.event()
    topics = topics_of(make, event)
    reader = make.registration(event, needs="Help with tide gauge calibration", suggestible=False)
    with sqlite.reading() as session:
        found = suggest_topics(session, reader, topics)
    assert [(one.topic.title, one.because) for one in found] == [(title, "") for title in ABOUT]


def test_no_topics_are_no_suggestions(make: Any, sqlite: Any) -> None:
    reader = make.registration(make.event())
    with sqlite.reading() as session:
        assert suggest_topics(session, reader, []) == []


def test_a_changed_profile_or_topic_changes_the_order_that_was_kept(make: Any, sqlite: Any) -> None:
    event = make.event()
    topics = topics_of(make, event)
    reader, other = (
        make.registration(event, needs="Help with tide gauge calibration"),
        make.registration(event),
    )

    def first(person: Any) -> list[str]:
        with sqlite.reading() as session:
            row = session.get_one(Registration, person.id)
            pitched = table_topics.at_event(session, event.id, [*TopicState])
            return [one.topic.title for one in suggest_topics(session, row, pitched)][:1]

    assert first(reader) == first(reader) == ["Rivers"]
    assert first(other) == ["Peat"]
    with sqlite.writing() as session:
        session.get_one(Registration, reader.id).needs = "Whoever is counting garden birds"
    assert first(reader) == ["Birds"]
    with sqlite.writing() as session:
        row = session.get_one(TableTopic, topics[0].id)
        row.about, session.get_one(TableTopic, topics[2].id).about = ABOUT["Birds"], row.about
    assert first(reader) == ["Peat"]


def test_the_orders_of_so_many_readers_are_kept_the_last_that_looked() -> None:
    kept = KeptOrders(2)
    topics = (Profile("peat", bio="Peat depth"), Profile("birds", bio="Garden birds"))
    asked = [ReaderOfTopics.of(Profile(one, bio="Birds of gardens"), topics) for one in ("ann", "ben", "cat")]
    assert [kept.ranked(one)[0][0] for one in (*asked[:2], asked[0], asked[2])] == [1] * 4
    assert [kept.has(one) for one in asked] == [True, False, True]


def lists(*numbers: int) -> tuple[Profile, ...]:
    words = "Who looks after list {}? What would have to change so that somebody does. Bring an example."
    return tuple(Profile(f"topic {one}", bio=words.format(one), offers=words.format(one)) for one in numbers)


@pytest.mark.parametrize(
    ("bio", "expected"),
    [("An example of a list", [*range(20)]), ("Lists change", [0, 1, 10, 11, *range(2, 10)])],
)
def test_topics_that_are_as_close_as_each_other_stand_as_they_were_pitched(
    bio: str, expected: list[int]
) -> None:
    topics = lists(*range(10, 10 + len(expected)))
    assert [place for place, _ in ReaderOfTopics.of(Profile("1", bio=bio), topics).ranked()] == expected


def test_an_order_is_the_same_whoever_was_looked_at_before_and_beside() -> None:
    readers = [Profile(str(at), bio=f"List {at}", needs=words) for at, words in enumerate(ABOUT.values())]
    sets = [lists(*range(10, end)) for end in (11, 13, 15, 17, 19, 21)]
    asked = [ReaderOfTopics.of(reader, some) for some in sets for reader in readers] * 3
    alone = []
    for one in asked:
        suggesting._read_once.cache_clear()
        alone.append(one.ranked())
    with ThreadPoolExecutor(4) as threads:
        assert [*threads.map(ReaderOfTopics.ranked, asked)] == alone
    assert [one.ranked() for one in reversed(asked)] == alone[::-1]


def test_so_many_sets_of_topics_are_kept_read() -> None:
    for number in range(suggesting.MOST_SETS + 2):
        ReaderOfTopics.of(Profile("1", bio="Lists"), lists(number)).ranked()
    assert suggesting._read_once.cache_info().currsize == suggesting.MOST_SETS


def test_orders_that_were_found_another_way_are_found_anew(
    make: Any, sqlite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event(topics_from=TopicsFrom.EVERYBODY, held_on=TODAY)
    for one in topics_of(make, event):
        with sqlite.writing() as session:
            session.get_one(TableTopic, one.id).state = TopicState.ACCEPTED
    reader = make.registration(event, needs="Peat depth")

    def asked() -> int:
        with sqlite.writing() as session:
            ask_where_behind(session, TODAY)
            return session.query(Job).filter(Job.kind == "rank-topics").count()

    assert ranked_for(sqlite, event, reader.person_id) == 1
    assert (asked(), asked()) == (1, 1)
    monkeypatch.setattr(suggesting, "WAY", "another")
    assert ranked_for(sqlite, event, reader.person_id) == 1
    assert asked() == 2


def ranked_for(database: Any, event: Any, *people: int) -> int:
    """Do as the job does for these people, and return for how many there was something to do."""
    work = Work(database, from_environment({}), 0, event.id, None, {})
    return rank_for(work, event.id, people)


def shown(database: Any, reader: Registration) -> list[tuple[str, str]]:
    with database.reading() as session:
        row = session.get_one(Registration, reader.id)
        there = pitch_topics.open_to(session, session.get_one(Event, row.event_id), row.person_id)
        return [(one.topic.title, one.because) for one in suggest_topics(session, row, there)]


def test_what_a_job_has_found_is_shown_while_nothing_it_comes_from_changes(
    maker: Any, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = maker(database)
    event = make.event(topics_from=TopicsFrom.EVERYBODY)
    topics = [*topics_of(make, event), *topics_of(make, make.event(topics_from=TopicsFrom.EVERYBODY))]
    with database.writing() as session:
        for one in topics:
            session.get_one(TableTopic, one.id).state = TopicState.ACCEPTED
    dataset = make.dataset("Garden bird counts")
    reader = make.registration(event, needs="Help with tide gauge calibration")
    before = shown(database, reader)
    assert before[0] == ("Rivers", "You asked for help with “Help with tide gauge calibration”.")
    assert ranked_for(database, event, reader.person_id) == 1
    assert ranked_for(database, event, reader.person_id) == 0
    with monkeypatch.context() as patched:
        patched.setattr(suggesting, "_kept", None)  # whatever is found anew asks it
        assert shown(database, reader) == before
    changes: tuple[tuple[type[Any], int, dict[str, Any]], ...] = (
        (Registration, reader.id, {"needs": "Whoever is counting garden birds"}),
        (TableTopic, topics[2].id, {"about": "Peat"}),
        (TableTopic, topics[1].id, {"state": TopicState.WITHDRAWN}),
    )
    for kind, number, changed in changes:
        with database.writing() as session:
            for name, value in changed.items():
                setattr(session.get_one(kind, number), name, value)
        now = shown(database, reader)
        assert now != before
        assert ranked_for(database, event, reader.person_id) == 1
        assert shown(database, reader) == now
        before = now
    make.add(Use(person_id=reader.person_id, dataset_id=dataset.id, kind=UseKind.USES))
    assert ranked_for(database, event, reader.person_id) == 1


def test_nothing_is_kept_of_who_objects_or_has_left_and_it_goes_with_the_person(
    make: Any, sqlite: Any
) -> None:
    event = make.event(topics_from=TopicsFrom.EVERYBODY)
    for one in topics_of(make, event):
        with sqlite.writing() as session:
            session.get_one(TableTopic, one.id).state = TopicState.ACCEPTED
    objects = make.registration(event, needs="Peat", suggestible=False)
    reader, other, stays = (make.registration(event, needs="Peat depth") for _ in range(3))
    everybody = [one.person_id for one in (objects, reader, other, stays)]
    assert ranked_for(sqlite, event, *everybody) == 3
    with sqlite.writing() as session:
        erase_people.erase_person(session, session.get_one(Person, other.person_id), keep_thanks=False)
        both = kept_at(session, event)
        assert set(both) == {reader.person_id, stays.person_id}
        mine = topic_orders.marks(session, event.id, [reader.person_id, objects.person_id])
        assert mine == {reader.person_id: both[reader.person_id]}
        there = session.get_one(Registration, reader.id)
        coming.object_to_suggestions(session, there, datetime(2027, 3, 1, tzinfo=UTC))
        assert set(kept_at(session, event)) == {stays.person_id}
        keep(session, event.id, {reader.person_id: ("x", ()), other.person_id: ("x", ())})
        assert set(kept_at(session, event)) == {stays.person_id}
        assert erase_people.erase_past_events(session, datetime(2199, 1, 1, tzinfo=UTC)) == 1
        assert kept_at(session, event) == {}


def test_with_whoever_hosts_a_topic_goes_what_orders_quote_of_it(make: Any, sqlite: Any) -> None:
    event, elsewhere = (make.event(topics_from=TopicsFrom.EVERYBODY) for _ in range(2))
    topics = [*topics_of(make, event), *topics_of(make, elsewhere)]
    with sqlite.writing() as session:
        for one in topics:
            session.get_one(TableTopic, one.id).state = TopicState.ACCEPTED
    readers = [make.registration(one, needs="Peat depth") for one in (event, elsewhere)]
    for there, one in zip((event, elsewhere), readers, strict=True):
        assert ranked_for(sqlite, there, one.person_id) == 1
    with sqlite.writing() as session:
        host = session.get_one(Person, topics[0].host_id)
        erase_people.erase_person(session, host, keep_thanks=False)
        assert kept_at(session, event) == {}
        assert set(kept_at(session, elsewhere)) == {readers[1].person_id}


def test_topics_are_ranked_anew_for_everybody_once_they_are_others(
    make: Any, sqlite: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "MOST_AT_ONCE", 2)
    event, past = (
        make.event(topics_from=TopicsFrom.EVERYBODY, held_on=day)
        for day in (TODAY, TODAY - timedelta(days=1))
    )
    rows = [*topics_of(make, event), *topics_of(make, past)]
    readers = [make.registration(event, needs="Peat depth").person_id for _ in range(5)]
    queue = Queue(from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)}), sqlite, immediate=True)

    def asked() -> list[tuple[int, str, int]]:
        with sqlite.writing() as session:
            ask_where_behind(session, TODAY)
            ask_where_behind(session, TODAY)
            waiting = session.query(Job).filter(Job.state == JobState.QUEUED).all()
            found = [(one.event_id, one.kind, one.details["after"]) for one in waiting]
        queue.announce(1)
        return found

    assert asked() == []
    with sqlite.writing() as session:
        for one in rows:
            session.get_one(TableTopic, one.id).state = TopicState.ACCEPTED
    assert asked() == [(event.id, "rank-topics", 0)]
    with sqlite.reading() as session:
        first = kept_at(session, event)
        assert set(readers) <= set(first)
        assert kept_at(session, past) == {}
    assert asked() == []
    with sqlite.writing() as session:
        session.get_one(TableTopic, rows[0].id).title = "Bogs"
    assert asked() == [(event.id, "rank-topics", 0)]
    with sqlite.reading() as session:
        assert all(kept_at(session, event)[one] != first[one] for one in readers)


def test_a_job_does_not_go_on_once_topics_are_others(
    make: Any, sqlite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "MOST_AT_ONCE", 1)
    event = make.event(topics_from=TopicsFrom.EVERYBODY)
    for _ in range(3):
        make.registration(event)
    for newest, goes_on in (("old", True), ("new", False)):
        make.add(Job(event_id=event.id, kind="rank-topics", state=JobState.DONE, details={"topics": newest}))
        details = {"topics": "old", "after": 0}
        work = Work(sqlite, from_environment({}), 0, event.id, None, details)
        ranking.rank_topics(work)
        assert bool(work.asked) is goes_on


def test_jobs_that_ranked_topics_are_forgotten_and_asked_for_again_after_a_time(
    make: Any, sqlite: Any, tmp_path: Path
) -> None:
    event = make.event(topics_from=TopicsFrom.EVERYBODY)
    for one in topics_of(make, event):
        with sqlite.writing() as session:
            session.get_one(TableTopic, one.id).state = TopicState.ACCEPTED
    queue = Queue(from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)}), sqlite, immediate=True)
    morning = datetime(2027, 3, 1, 9, 1, tzinfo=UTC)
    put_back_and_tidy(sqlite, morning)
    queue.announce(5)
    with sqlite.writing() as session:
        (job,) = session.query(Job).filter(Job.kind == "rank-topics").all()
        assert job.state is JobState.DONE
        job.ended_at = morning
    put_back_and_tidy(sqlite, morning + timedelta(minutes=1))
    with sqlite.reading() as session:
        assert [one.state for one in session.query(Job).filter(Job.kind == "rank-topics")] == [JobState.DONE]
    put_back_and_tidy(sqlite, morning + timedelta(days=3))
    with sqlite.reading() as session:
        assert [one.state for one in session.query(Job).filter(Job.kind == "rank-topics")] == [
            JobState.QUEUED
        ]
