"""Suggesting table topics: the closest to what somebody says of themselves first, with the reason in a sentence."""

from typing import Any

from matchmaker.matching.profile import Profile
from matchmaker.services.plans.suggest_topics import KeptOrders, suggest_topics
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import table_topics
from matchmaker.store.plans.table_topics import TableTopic

ABOUT = {
    "Peat": "Mapping peat depth across upland bogs with volunteers",
    "Rivers": "Who keeps the tide gauge calibration of the river level archive up to date?",
    "Birds": "Counting garden birds at the weekend",
}


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
        found = suggest_topics(session, reader, topics)
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
            pitched = table_topics.at_event(session, event.id)
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
    readers = [Profile(one, bio="Birds of gardens") for one in ("ann", "ben", "cat")]
    assert [kept.ranked(one, topics)[0][0] for one in (*readers[:2], readers[0], readers[2])] == [1] * 4
    assert [kept.has(one, topics) for one in readers] == [True, False, True]
