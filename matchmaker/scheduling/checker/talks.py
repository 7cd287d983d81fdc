"""Check the talks: who is there, where, how often, and that nobody is planned to be in two places."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from matchmaker.scheduling.checker.lookup import Fault, Lookup
from matchmaker.scheduling.problem.parts import TableTopic
from matchmaker.scheduling.problem.plan import Plan, Talk


def talk_faults(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield what is wrong with the talks of a plan, one by one and beside each other."""
    for talk in plan.talks:
        yield from _one(hall, talk)
    times = Counter(talk.topic for talk in plan.talks)
    for name, count in sorted(times.items()):
        if name in hall.topics and count > hall.topics[name].times:
            yield Fault(
                "topic", f"{name} is talked about {count} times, and may be {hall.topics[name].times} times."
            )
    places = Counter((talk.round, talk.corner) for talk in plan.talks)
    for (number, corner), count in sorted(places.items()):
        if count > 1:
            yield Fault("corner", f"Round {number}: there are {count} talks in corner {corner}.")
    yield from _clashes(hall, plan)
    yield from _beside(hall, plan)
    yield from _twice(hall, plan)


def _one(hall: Lookup, talk: Talk) -> Iterator[Fault]:
    where = f"Round {talk.round}, corner {talk.corner}"
    topic, corner = hall.topics.get(talk.topic), hall.corners.get(talk.corner)
    if topic is None or corner is None or not 1 <= talk.round <= len(hall.tables):
        yield Fault("topic", f"{where}: there is no such topic, corner or round.")
        return
    if corner.rounds is not None and talk.round not in corner.rounds:
        yield Fault("corner", f"{where}: this corner cannot be used in that round.")
    if len(talk.people) > min(topic.seats, corner.seats):
        yield Fault(
            "corner",
            f"{where}: {len(talk.people)} people are there; {min(topic.seats, corner.seats)} may be.",
        )
    if len(set(talk.people)) < len(talk.people):
        yield Fault("topic", f"{where}: somebody is listed twice.")
    yield from _people(hall, where, talk, topic)
    for a, b in combinations(talk.people, 2):
        # Groups are about meetings in twos: two of one team may be at a topic together.
        if frozenset((a, b)) in hall.forbidden:
            yield Fault("forbidden", f"{where}: {a} and {b} must never meet.")


def _people(hall: Lookup, where: str, talk: Talk, topic: TableTopic) -> Iterator[Fault]:
    for host in topic.hosts:
        if host not in talk.people:
            yield Fault("topic host", f"{where}: {host}, who hosts {topic.id}, is not there.")
    for person in talk.people:
        if talk.round not in hall.there.get(person, ()):
            yield Fault("presence", f"{where}: {person} is not there in that round.")
        if person in hall.corners[talk.corner].not_for:
            yield Fault("corner", f"{where}: this corner does not suit {person}.")
        if person not in topic.hosts and person not in topic.stars:
            yield Fault("topic guest", f"{where}: {person} did not give {topic.id} a star.")


def _clashes(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield people who are at a talk and somewhere else in the same round."""
    seats = Counter((held.round, person) for held in plan.held for person in held.people)
    talks = Counter((talk.round, person) for talk in plan.talks for person in set(talk.people))
    for (number, person), count in sorted(talks.items()):
        if count > 1 or (number, person) in seats:
            yield Fault("one place at a time", f"Round {number}: {person} is at a talk and elsewhere too.")


def _beside(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield loud topics in corners beside each other."""
    loud = [talk for talk in plan.talks if talk.topic in hall.topics and hall.topics[talk.topic].loud]
    for one, other in combinations(loud, 2):
        near = (
            other.corner in hall.corners[one.corner].beside or one.corner in hall.corners[other.corner].beside
        )
        if one.round == other.round and near:
            words = f"Round {one.round}: {one.topic} and {other.topic} are both loud, in corners beside each other."
            yield Fault("loud", words)


def _twice(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield guests who are at one topic twice, and pairs who meet although they sit at a topic together."""
    together: set[frozenset[str]] = set()
    guests: Counter[tuple[str, str]] = Counter()
    for talk in plan.talks:
        together.update(map(frozenset, combinations(talk.people, 2)))
        hosts = hall.topics[talk.topic].hosts if talk.topic in hall.topics else ()
        guests.update((talk.topic, person) for person in talk.people if person not in hosts)
    for (name, person), count in sorted(guests.items()):
        if count > 1:
            yield Fault("topic guest", f"{person} is at {name} {count} times.")
    by_hand = {frozenset(pair) for one in hall.locked for pair in combinations(one.people, 2)}
    for meeting in plan.meetings if together else ():
        for pair in map(frozenset, combinations(meeting.people, 2)):
            if pair in together and pair not in hall.wanted and pair not in by_hand:
                names = " and ".join(sorted(pair))
                yield Fault(
                    "topic pair", f"Round {meeting.round}: {names} meet, and sit at a topic together anyway."
                )


def star_claims(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield false claims of how many stars are reached."""
    claimed = plan.certificate
    reached = sum(
        person in hall.topics[talk.topic].stars and person not in hall.topics[talk.topic].hosts
        for talk in plan.talks
        if talk.topic in hall.topics
        for person in talk.people
    )
    if claimed.stars is not None and claimed.stars != reached:
        yield Fault("stars", f"The stars reached number {reached}, not {claimed.stars}.")
    if claimed.stars_bound is not None and reached > claimed.stars_bound:
        yield Fault(
            "stars", f"The stars reached number {reached}, more than the bound of {claimed.stars_bound}."
        )
