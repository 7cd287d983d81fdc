"""Pitching table topics: who may, what becomes of a topic, and the stars that say who would like to be there."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from matchmaker.services.refused import Refused
from matchmaker.store.base import normalised
from matchmaker.store.event.events import Event, TopicsFrom
from matchmaker.store.people import profiles, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.plans import table_topics
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.session import Session

MOST_STARS = 6
"""Topics that one person may give a star to."""
MOST_PITCHED = 5
"""Topics that one person may have pitched at an event and not taken back."""


@dataclass(frozen=True)
class TopicDetails:
    """What somebody says of a topic: `seats` is the most people at once, its host included."""

    title: str
    about: str
    seats: int
    times: int = 1


OPEN = (TopicState.PITCHED, TopicState.ACCEPTED)
"""States in which a topic is, or may come to be, talked about."""


def choose_who_pitches(session: Session, event: Event, topics_from: TopicsFrom) -> None:
    """Let nobody, organisers alone, or everybody who comes pitch topics. What was pitched stays."""
    event.topics_from = topics_from
    session.flush()


def pitch(
    session: Session, event: Event, host: Person, details: TopicDetails, *, by_organiser: bool = False
) -> TableTopic:
    """Pitch a topic; organisers look at it first, unless one of them pitches it for somebody.

    Raises Refused if this person has pitched enough, or one that is called the same, as who presses twice does.
    """
    registrations.hold(session, event.id, host.id)
    mine = [one for one in table_topics.at_event(session, event.id, OPEN) if one.host_id == host.id]
    who = f"{host.name} has" if by_organiser else "You have"
    if normalised(details.title) in {normalised(one.title) for one in mine}:
        raise Refused(
            f"{who} pitched “{details.title}” already, and it is kept. Give another topic another title"
        )
    if len(mine) >= MOST_PITCHED:
        raise Refused(f"{who} pitched {MOST_PITCHED} topics. Take one back first")
    topic = TableTopic(
        event_id=event.id,
        host_id=host.id,
        **asdict(details),
        state=TopicState.ACCEPTED if by_organiser else TopicState.PITCHED,
    )
    session.add(topic)
    session.flush()
    return topic


def change(session: Session, topic: TableTopic, details: TopicDetails) -> None:
    """Change what a topic is about and how many can come."""
    topic.title, topic.about = details.title, details.about
    topic.seats, topic.times = details.seats, details.times
    session.flush()


def decide(session: Session, topic: TableTopic, *, accept: bool) -> None:
    """Accept a topic, or decline it; raises Refused if its host took it back meanwhile."""
    if topic.state is TopicState.WITHDRAWN:
        raise Refused("Its host has taken this topic back")
    topic.state = TopicState.ACCEPTED if accept else TopicState.DECLINED
    session.flush()


def withdraw(session: Session, topic: TableTopic) -> None:
    """Take a topic back; a plan that has it leaves it out from now on."""
    topic.state = TopicState.WITHDRAWN
    session.flush()


def open_to(session: Session, event: Event, person_id: int) -> list[TableTopic]:
    """Return the accepted topics of others that somebody can give a star to, as they were pitched.

    Topics of people who are kept apart from them, whoever said so, are not there; nor is any at an event without.
    """
    if event.topics_from is TopicsFrom.NOBODY:
        return []
    topics = table_topics.at_event(session, event.id, [TopicState.ACCEPTED])
    hosts = {one.host_id for one in topics}
    apart = profiles.apart(session, event.id, hosts | {person_id})
    return [
        one
        for one in topics
        if one.host_id != person_id and profiles.pair(one.host_id, person_id) not in apart
    ]


def star(session: Session, event: Event, topic: TableTopic, person_id: int, *, given: bool) -> None:
    """Give a topic a star, or take it back. Raises Refused for one star too many."""
    if not given:
        table_topics.take_star(session, topic, person_id)
        return
    mine = starred(open_to(session, event, person_id), table_topics.starred_by(session, event.id, person_id))
    if topic not in mine and len(mine) >= MOST_STARS:
        raise Refused(f"You have given {MOST_STARS} stars. Take one back first")
    table_topics.give_star(session, topic, person_id)


def starred(topics: Iterable[TableTopic], stars: set[int]) -> list[TableTopic]:
    """Return the topics with a star; one given to a topic that is not open any more does not count."""
    return [one for one in topics if one.id in stars]
