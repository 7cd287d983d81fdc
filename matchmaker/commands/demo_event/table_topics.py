"""The demo's table topics: what some want to talk about with several, and who would like to be there."""

from matchmaker.commands.demo_event.content import moment, read, stable_id
from matchmaker.store.event.events import Event, TopicsFrom
from matchmaker.store.people import people
from matchmaker.store.people.people import Person
from matchmaker.store.plans import table_topics
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.session import Session


def load_table_topics(session: Session, event: Event) -> None:
    """Write the topics as their hosts pitched them and organisers decided, and the stars that each was given."""
    event.topics_from = TopicsFrom.EVERYBODY
    for number, one in enumerate(read("table_topics")):
        topic = TableTopic(
            public_id=stable_id("table topic", one["key"]),
            event_id=event.id,
            host_id=_known(session, one["host"]).id,
            title=one["title"],
            about=one["about"],
            seats=one["seats"],
            times=one["times"],
            state=TopicState(one["state"]),
            pitched_at=moment(event, number, days=20),
        )
        session.add(topic)
        session.flush()
        for key in one["stars"]:
            table_topics.give_star(session, topic, _known(session, key).id)


def _known(session: Session, key: str) -> Person:
    person = people.by_public_id(session, stable_id("person", key))
    assert person is not None
    return person
