"""Plan talks: which topics in which rounds and corners, and who is there, before any pair is chosen."""

from itertools import combinations

from matchmaker.scheduling.problem.plan import Plan, Talk
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.talk_seats import seats_of_talks
from matchmaker.scheduling.solver.talk_timetable import Hosting, TalkSlot, timetable
from matchmaker.scheduling.solver.timetable import Timetable


def plan_talks(problem: Problem, seed: int, keep: Plan | None = None) -> tuple[Talk, ...]:
    """Return the talks of a plan; those of an earlier plan that can still be held stay, with who is there."""
    if not problem.topics or not problem.corners:
        return ()
    hosting = Hosting(problem)
    kept = _kept(hosting, keep) if keep is not None else []
    sessions = timetable(hosting, kept, seed)
    return seats_of_talks(hosting, _in_corners(hosting, sessions, kept), keep)


def _kept(hosting: Hosting, earlier: Plan) -> list[TalkSlot]:
    """Return the talks of an earlier plan that can still be held where and when they were."""
    by_id = {topic.id: i for i, topic in enumerate(hosting.topics)}
    kept: list[TalkSlot] = []
    times = [0] * len(hosting.topics)
    busy: set[tuple[int, int]] = set()
    for talk in earlier.talks:
        topic, round_ = by_id.get(talk.topic), talk.round - 1
        if topic is None or not 0 <= round_ < hosting.rounds or times[topic] >= hosting.topics[topic].times:
            continue
        places = {corner.id for corner in hosting.corners[round_]} - {
            one.corner for one in kept if one.round == round_
        }
        hosts = {(round_, host) for host in hosting.hosts[topic]}
        if talk.corner in places and hosting.can_host(topic, round_) and busy.isdisjoint(hosts):
            kept.append(TalkSlot(topic, round_, talk.corner))
            busy |= hosts
            times[topic] += 1
    return kept


def _in_corners(hosting: Hosting, sessions: dict[int, list[int]], kept: list[TalkSlot]) -> list[TalkSlot]:
    """Return the sessions with their corners: what is kept where it was, if the others can be beside it."""
    placed: list[TalkSlot] = []
    for round_, topics in sessions.items():
        was = {one.topic: one for one in kept if one.round == round_}
        where = {corner.id: corner for corner in hosting.corners[round_]}
        stays = {topic: where[one.corner] for topic, one in was.items()}
        order = [*was, *(topic for topic in topics if topic not in was)]
        corners = sorted(hosting.corners[round_], key=lambda corner: (-corner.seats, corner.id))
        seated = next(hosting.seatings(order, corners, stays), None) if was else hosting.seat(round_, topics)
        placed += [TalkSlot(topic, round_, corner.id) for topic, corner in (seated or stays).items()]
    return sorted(placed, key=lambda one: (one.round, one.corner))


def pairs_at_talks(problem: Problem, talks: tuple[Talk, ...]) -> set[tuple[str, str]]:
    """Return the pairs who sit at a topic together, and so need no meeting unless they asked for one."""
    asked = {(min(pair), max(pair)) for pair in problem.wanted}
    locked = {pair for one in problem.locked_meetings for pair in combinations(sorted(one.people), 2)}
    return {pair for talk in talks for pair in combinations(talk.people, 2)} - asked - locked


def attend(table: Timetable, talks: tuple[Talk, ...]) -> None:
    """Send the people of talks there, before any pair is chosen."""
    number = {person: i for i, person in enumerate(table.model.ids)}
    for talk in talks:
        table.attend(talk.round - 1, tuple(number[one] for one in talk.people))
