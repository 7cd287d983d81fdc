"""Table topics as a plan needs them: which may be talked about, where, and what stays of an earlier version.

People, rounds and tables are the event's own; the planner's numbers come in `corners` and `planned_topics`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from matchmaker.scheduling.problem.parts import Corner
from matchmaker.scheduling.problem.parts import TableTopic as TopicToPlan
from matchmaker.scheduling.problem.plan import Talk as PlannedTalk
from matchmaker.store.event.events import Event, RoundFor
from matchmaker.store.plans import table_topics, talks
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.talks import NewTalk, Talk
from matchmaker.store.session import Session


@dataclass(frozen=True)
class TopicTable:
    """A table for topics: its seats, the rounds in which it can be used, and the kinds of table it is."""

    number: int
    seats: int
    rounds: frozenset[int]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OpenTopic:
    """A topic that may be talked about, up to so many `times`; `stars` are the people who would like to be there."""

    id: int
    host: int
    seats: int
    times: int = 1
    stars: frozenset[int] = frozenset()


@dataclass(frozen=True)
class HeldTalk:
    """A talk of an earlier version; `people` has the host, too."""

    topic: OpenTopic
    round: int
    table: int
    people: frozenset[int]


@dataclass(frozen=True)
class TopicsToPlace:
    """The topics of an event, the tables for them, and the rounds in which there is nothing else."""

    topics: tuple[OpenTopic, ...] = ()
    tables: tuple[TopicTable, ...] = ()
    only: frozenset[int] = frozenset()

    def having_held(self, past: Iterable[HeldTalk]) -> "TopicsToPlace":
        """Return these with what past talks need to be kept: their topic, table and people, as they were."""
        topics = {one.id: one for one in self.topics}
        tables = {one.number: one for one in self.tables}
        for talk in past:
            # Of a topic that is not open any more only this talk is kept.
            old = replace(talk.topic, times=0, stars=frozenset())
            topic = topics.get(talk.topic.id, old)
            held = topic.times + (talk.topic.id not in {one.id for one in self.topics})
            topics[topic.id] = replace(
                topic,
                times=held,
                stars=topic.stars | talk.people - {topic.host},
                seats=max(topic.seats, len(talk.people)),
            )
            table = tables.get(talk.table, TopicTable(talk.table, len(talk.people), frozenset()))
            tables[talk.table] = replace(
                table, rounds=table.rounds | {talk.round}, seats=max(table.seats, len(talk.people))
            )
        return replace(
            self,
            topics=tuple(topics[number] for number in sorted(topics)),
            tables=tuple(tables[number] for number in sorted(tables)),
        )

    def without(self, past: Iterable[HeldTalk], kept: Iterable[HeldTalk]) -> "TopicsToPlace":
        """Return these as they are after `past` talks of which only `kept` can be in another plan.

        Whoever was at one and is in none that is kept has heard it, and one that is not kept was held nevertheless.
        """
        topics = {one.id: one for one in self.topics}
        stays = {(one.round, one.table): one.people for one in kept}
        for talk in past:
            topic = topics[talk.topic.id]
            missing = talk.people - stays.get((talk.round, talk.table), frozenset())
            was_held = (talk.round, talk.table) not in stays
            topics[topic.id] = replace(topic, times=topic.times - was_held, stars=topic.stars - missing)
        return replace(self, topics=tuple(topics[one] for one in sorted(topics) if topics[one].times > 0))


def gather_topics(
    session: Session, event: Event, here: Collection[int], kinds: Mapping[str, frozenset[int]]
) -> TopicsToPlace:
    """Return the accepted topics whose hosts are among the people here; three queries at most.

    `kinds` has the numbers of the tables that are of each kind.
    """
    only = frozenset(one.number for one in event.rounds if one.is_for is RoundFor.TOPICS)
    accepted = [
        one for one in table_topics.at_event(session, event.id, [TopicState.ACCEPTED]) if one.host_id in here
    ]
    rounds = frozenset(one.number for one in event.rounds if one.is_for is not RoundFor.MEETINGS)
    return TopicsToPlace(
        topics=_with_stars(session, accepted, here),
        tables=tuple(
            TopicTable(
                one.number,
                one.seats,
                rounds,
                frozenset(kind for kind, numbers in kinds.items() if one.number in numbers),
            )
            for one in event.tables
            if one.for_topics
        ),
        only=only,
    )


def _with_stars(session: Session, topics: list[TableTopic], here: Collection[int]) -> tuple[OpenTopic, ...]:
    if not topics:
        return ()
    stars: dict[int, set[int]] = {one.id: set() for one in topics}
    for topic, person in table_topics.stars(session, [one.id for one in topics]):
        if person in here:
            stars[topic].add(person)
    return tuple(_open(one, frozenset(stars[one.id])) for one in topics)


def _open(topic: TableTopic, stars: frozenset[int]) -> OpenTopic:
    return OpenTopic(topic.id, topic.host_id, topic.seats, topic.times, stars)


def held(session: Session, plan_id: int) -> tuple[HeldTalk, ...]:
    """Return the talks of a version that has been kept."""
    return tuple(_held(one) for one in talks.of_plan(session, plan_id))


def _held(talk: Talk) -> HeldTalk:
    people = frozenset(one.person_id for one in talk.seats)
    return HeldTalk(_open(talk.topic, people), talk.round_number, talk.table_number, people)


def still_held(
    planned: Iterable[HeldTalk],
    places: TopicsToPlace,
    there: Mapping[int, Collection[int]],
    suits: Callable[[int, TopicTable], bool],
    apart: Collection[tuple[int, int]],
) -> tuple[HeldTalk, ...]:
    """Return the talks that have host and guest as things stand, each with those of its people who can be there.

    `there` has the rounds that people are there for, `apart` the pairs who never meet, the lower id first. Whoever
    must not meet the host stays away, and of two guests the one with the higher id.
    """
    topics = {one.id: one for one in places.topics}
    tables = {one.number: one for one in places.tables}
    found = []
    for talk in planned:
        topic, table = topics.get(talk.topic.id), tables.get(talk.table)
        if topic is None or table is None or talk.round not in table.rounds:
            continue
        here: list[int] = []
        wanted = talk.people & (topic.stars | {topic.host})
        for one in sorted(wanted, key=lambda person: (person != topic.host, person)):
            free = talk.round in there.get(one, ()) and suits(one, table)
            if free and all((min(one, other), max(one, other)) not in apart for other in here):
                here.append(one)
        if topic.host in here and len(here) > 1:
            people = frozenset(here[: min(topic.seats, table.seats)])
            found.append(replace(talk, topic=topic, people=people))
    return tuple(found)


def heard(past: Iterable[HeldTalk], there: Mapping[int, Collection[int]]) -> list[HeldTalk]:
    """Return the past talks that took place, with who was there.

    `there` has the rounds of those who come; who is not in it is not known to have missed anything.
    """
    found = []
    for talk in past:
        people = frozenset(one for one in talk.people if talk.round in there.get(one, (talk.round,)))
        if talk.topic.host in people:
            found.append(replace(talk, people=people))
    return found


def corners(
    places: TopicsToPlace,
    people: Iterable[int],
    suits: Callable[[int, TopicTable], bool],
    round_places: Callable[[Iterable[int]], frozenset[int]],
) -> tuple[Corner, ...]:
    """Return the tables for topics as the planner is told of them; none where no topic is to be placed."""
    if not places.topics:
        return ()
    everybody = sorted(people)
    return tuple(
        Corner(
            str(table.number),
            table.seats,
            round_places(table.rounds),
            not_for=tuple(str(one) for one in everybody if not suits(one, table)),
        )
        for table in places.tables
    )


def planned_topics(places: TopicsToPlace, known: Collection[int]) -> tuple[TopicToPlan, ...]:
    """Return the topics as the planner is told of them, of hosts and people who are known to the plan."""
    return tuple(
        TopicToPlan(
            str(one.id),
            (str(one.host),),
            one.seats,
            tuple(str(person) for person in sorted(one.stars) if person in known),
            one.times,
        )
        for one in places.topics
        if one.host in known
    )


def as_planned(held_talks: Iterable[HeldTalk], round_at: Mapping[int, int]) -> tuple[PlannedTalk, ...]:
    """Return talks as the planner knows them; `round_at` has its number of each round."""
    return tuple(
        PlannedTalk(
            round_at[one.round], str(one.table), str(one.topic.id), tuple(map(str, sorted(one.people)))
        )
        for one in held_talks
        if one.round in round_at
    )


def as_kept(planned: Iterable[PlannedTalk], rounds: tuple[int, ...]) -> list[NewTalk]:
    """Return the planner's talks as they are kept; `rounds` are the event's numbers in order."""
    return [
        NewTalk(int(one.topic), rounds[one.round - 1], int(one.corner), tuple(sorted(map(int, one.people))))
        for one in planned
    ]
