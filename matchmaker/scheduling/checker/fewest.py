"""Verify what a certificate says of the fewest meetings anybody has: the bound on it, and what limits it.

The people that the limit names, with the rounds, tables and partners the problem gives them, are counted anew.
"""

from collections.abc import Iterator

from matchmaker.scheduling.checker.lookup import Fault, Lookup
from matchmaker.scheduling.problem.plan import Plan

SOLVED = "Every other arrangement was tried."
"""The one reason that cannot be verified without solving."""


def fewest_faults(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield a bound on the fewest meetings that the plan itself exceeds, and a limit that does not hold."""
    bound, limit = plan.certificate.fewest_bound, plan.certificate.fewest_limit
    fewest = plan.certificate.fewest_meetings
    if bound is not None and fewest > bound:
        words = f"The fewest meetings anybody has is {fewest}, more than the bound of {bound}."
        yield Fault("fewest bound", words)
    if limit is None or limit.because == SOLVED:
        return
    # Whoever is never there, or asks for rests, is not among those of whom the fewest is counted.
    counted = {one for one in limit.people if hall.there.get(one) and one not in hall.rests}
    whole = limit.people and len(counted) == len(limit.people)
    true = dict(_limits(hall, limit.people)) if whole else {}
    if bound is None or true.get(limit.because, bound + 1) > bound:
        words = f"What is said to limit the fewest meetings to {bound} does not: {limit.because}"
        yield Fault("fewest limit", words)


def _limits(hall: Lookup, people: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield each thing that can be said to limit `people`, and to how many meetings for one of them."""
    tables = [_tables(hall, people, number) for number in range(1, len(hall.tables) + 1)]
    if len(people) == 1:
        yield from _limits_of_one(hall, people[0], tables)
    if hall.topics:
        places = _round_by_round(hall, people, tables)
        words = f"{len(people)} people have {places} places, each in one a round, at tables and topics."
        yield words, places // len(people)
    several = len({table for one in tables for table in one})
    seats = _seats(hall, people, tables)
    words = f"{len(people)} people can sit at {several} tables only, with {seats} places for them."
    yield from _with_topics(hall, people, words, seats)
    for name, helped in hall.helpers.items():
        if set(people) <= set(helped):
            seats = _seats(hall, people, [set(list(one)[:1]) for one in tables])
            # The second, as plans that were kept before say it.
            for limit in (f"come with {name}", f"need helper {name}"):
                words = f"{len(people)} people {limit}, who can give them {seats} places."
                yield from _with_topics(hall, people, words, seats)


def _limits_of_one(hall: Lookup, one: str, tables: list[set[int]]) -> Iterator[tuple[str, int]]:
    """Yield what can be said to limit one person, who may sit at these `tables` in each round."""
    there = sum(bool(tables[number - 1]) for number in hall.there[one])
    meetings = there
    if not hall.fill:
        others = _possible(hall, [pair for pair in hall.listed if one in pair])
        others += sum(one in {table.host, *table.people, *table.interested} for table in hall.host_tables)
        meetings = min(there, others)
    if not hall.topics:
        yield f"{one} can be at a table in {there} rounds.", there
        if not hall.fill:
            yield f"{one} may have {others} meetings with others.", others
        return
    usable = sum(bool(tables[number - 1] or hall.corners_in(number)) for number in hall.there[one])
    topics = _topics_of(hall, one)
    yield f"{one} can be at a table or a topic in {usable} rounds.", usable
    yield f"{one} can have {meetings} meetings at tables and be at {topics} topics.", meetings + topics


def _round_by_round(hall: Lookup, people: tuple[str, ...], tables: list[set[int]]) -> int:
    """Return how many places people have at `tables` and topics, of which nobody has two in a round.

    In a round there are no more topics than corners; at each no more of these people than want it, or host it.
    """
    trio = 1 if hall.trios else 0
    wanted = [
        min(topic.seats, len(set(people) & {*topic.hosts, *topic.stars})) for topic in hall.topics.values()
    ]
    wanted.sort(reverse=True)
    total = 0
    for number, some in enumerate(tables, start=1):
        corners = hall.corners_in(number)
        at_topics = min(sum(one.seats for one in corners), sum(wanted[: len(corners)]))
        hosted = sum(table.seats for table in hall.host_tables if table.round == number)
        there = sum(number in hall.there[person] for person in people)
        total += min(there, 2 * len(some) + trio + hosted + at_topics)
    return total


def _topics_of(hall: Lookup, one: str) -> int:
    """Return how often somebody can be at a topic, as a host or once as a guest."""
    with_corners = sum(bool(hall.corners_in(number)) for number in hall.there[one])
    hosted = sum(topic.times for topic in hall.topics.values() if one in topic.hosts)
    starred = sum(one in topic.stars and one not in topic.hosts for topic in hall.topics.values())
    return min(with_corners, hosted + starred)


def _with_topics(hall: Lookup, people: tuple[str, ...], words: str, seats: int) -> Iterator[tuple[str, int]]:
    """Yield what limits several people, their seats at topics counted where there are topics."""
    if not hall.topics:
        yield words, seats // len(people)
        return
    of_people = sum(_topics_of(hall, one) for one in people)
    in_corners = sum(one.seats for n in range(1, len(hall.tables) + 1) for one in hall.corners_in(n))
    at_topics = 0
    for topic in hall.topics.values():
        able = set(people) & {*topic.hosts, *topic.stars}
        at_topics += topic.times * min(topic.seats, len(able))
    more = min(of_people, in_corners, at_topics)
    yield f"{words[:-1]}, and {more} at topics.", (seats + more) // len(people)


def _possible(hall: Lookup, pairs: list[frozenset[str]]) -> int:
    """Return how many meetings these listed pairs can have: one each where they can sit together, or two in a row."""
    meetings = 0
    for pair in pairs:
        if hall.never(pair) or pair in hall.met:
            continue
        if pair in hall.double:
            meetings += 2
        else:
            common = frozenset.intersection(*(frozenset(hall.there[person]) for person in pair))
            by_hand = any(pair <= set(one.people) for one in hall.locked)
            meetings += by_hand or any(hall.could_sit(pair, number) for number in common)
    return meetings


def _tables(hall: Lookup, people: tuple[str, ...], number: int) -> set[int]:
    """Return the tables of a round at which any of `people`, all of whom are counted, may sit."""
    open_ = set(range(1, hall.tables[number - 1] + 1)) - hall.closed[number - 1]
    found: set[int] = set()
    for person in people:
        if person in hall.fixed or person in hall.allowed:
            some = {hall.fixed[person]} if person in hall.fixed else hall.allowed[person]
            found |= {table for table in some if table in open_ and hall.may_sit(person, table)}
        else:
            return open_
    return found


def _seats(hall: Lookup, people: tuple[str, ...], tables: list[set[int]]) -> int:
    """Return the most meetings and seats in groups that `people` can have together, if they use only `tables`."""
    group = set(people)
    trio = 0 if hall.trios is False or not hall.trios else 1
    never = hall.forbidden | hall.met
    if hall.fill:
        pairs = len(group) * (len(group) - 1) // 2 - sum(pair <= group for pair in never)
        pairs += sum(pair <= group for pair in hall.double)
    else:
        pairs = _possible(hall, [pair for pair in hall.listed if pair <= group])
    if hall.fill:
        closed = all(one in group for one, rounds in hall.there.items() if rounds)
    else:
        closed = not _possible(hall, [pair for pair in hall.listed if len(pair & group) == 1])
    by_round, most_meetings, hosted = 0, 0, 0
    for number, some in enumerate(tables, start=1):
        there = sum(number in hall.there[person] for person in people)
        beside = sum(table.seats for table in hall.host_tables if table.round == number)
        # Where all meet among themselves, and nobody can join two others, an odd one is left over.
        odd = there % 2 if closed and not trio + beside else 0
        by_round += min(there - odd, 2 * len(some) + trio + beside)
        most_meetings += min(len(some), there)
        hosted += trio + beside
    return min(by_round, most_meetings + min(most_meetings, pairs) + hosted)
