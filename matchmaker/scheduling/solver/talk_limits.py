"""Let talks leave everybody the rests they ask for, and let people who share a helper be at one place at a time."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot
from matchmaker.scheduling.solver.limits import Limits, limits_of, windows

Rule = tuple[tuple[object, ...], int, int]
"""What a rule is about, a column it counts, and how many of its columns may be chosen."""


def bearable(hosting: Hosting, sessions: Sequence[TalkSlot]) -> list[TalkSlot]:
    """Return the sessions that leave their hosts their rests and helpers, in order."""
    limits = limits_of(hosting.problem, hosting.number)
    if not limits.limited:
        return list(sessions)
    stays: list[TalkSlot] = []
    for one in sessions:
        if all(_can_host(hosting, limits, [*stays, one], host, one) for host in hosting.hosts[one.topic]):
            stays.append(one)
    return stays


def _can_host(hosting: Hosting, limits: Limits, sessions: list[TalkSlot], host: int, new: TalkSlot) -> bool:
    busy = _busy(hosting, sessions, host)
    if any(room < 0 for _, room in _rests(limits, host, busy)):
        return False
    beside = {one.topic for one in sessions if one.round == new.round} - {new.topic}
    others = {other for topic in beside for other in hosting.hosts[topic]} - set(hosting.hosts[new.topic])
    kept = {other for other in limits.sharing.get(host, ()) if _meets(hosting, other, new.round)}
    return not limits.sharing.get(host, frozenset()) & (others | kept)


def rules(
    hosting: Hosting,
    sessions: Sequence[TalkSlot],
    columns: Sequence[tuple[int, int]],
    in_round: Mapping[tuple[int, int], list[int]],
) -> Iterator[Rule]:
    """Yield the rules for the guests of these sessions.

    `columns` are (person, session), and `in_round` has by (person, round) all columns in which they are busy then.
    """
    limits = limits_of(hosting.problem, hosting.number)
    for person in sorted(limits.resting):
        for rounds, room in _rests(limits, person, _busy(hosting, sessions, person)):
            for round_ in rounds:
                for column in in_round.get((person, round_), ()):
                    yield ("rest", person, tuple(rounds)), column, room
    at: dict[tuple[int, int], dict[int, int]] = {}
    for column, (person, i) in enumerate(columns):
        if person in limits.sharing:
            at.setdefault((sessions[i].round, person), {})[i] = column
    for (round_, person), mine in at.items():
        yield from _helped(hosting, limits, sessions, at, round_, person, mine)


def _helped(
    hosting: Hosting, limits: Limits, sessions: Sequence[TalkSlot],
    at: Mapping[tuple[int, int], dict[int, int]], round_: int, person: int, mine: Mapping[int, int],
) -> Iterator[Rule]:  # fmt: skip
    """Yield that somebody is where the others who need their helper are, or nowhere."""
    for other in sorted(limits.sharing[person]):
        hosts_at = [
            i for i, one in enumerate(sessions) if one.round == round_ and other in hosting.hosts[one.topic]
        ]
        for i, column in mine.items():
            if _meets(hosting, other, round_) or any(i != there for there in hosts_at):
                yield ("shut", person, i), column, 0
        for i, j in permutations(sorted({*mine, *at.get((round_, other), ())}), 2):
            theirs = at.get((round_, other), {})
            if person < other and i in mine and j in theirs:
                yield ("helper", person, other, i, j), mine[i], 1
                yield ("helper", person, other, i, j), theirs[j], 1


def _rests(limits: Limits, person: int, busy: set[int]) -> Iterator[tuple[range, int]]:
    """Yield rounds with how many more of them somebody can be busy in."""
    every = range(max((one.stop for one in limits.stretches), default=0))
    if person in limits.most:
        yield every, limits.most[person] - len(busy)
    if person in limits.in_a_row:
        most = limits.in_a_row[person]
        for window in windows(limits.stretches, most + 1):
            yield window, most - len(busy & set(window))


def _busy(hosting: Hosting, sessions: Sequence[TalkSlot], person: int) -> set[int]:
    """Return the rounds in which somebody hosts, or has a meeting to keep."""
    hosted = {one.round for one in sessions if person in hosting.hosts[one.topic]}
    return hosted | {round_ for round_ in range(hosting.rounds) if _meets(hosting, person, round_)}


def _meets(hosting: Hosting, person: int, round_: int) -> bool:
    """Whether somebody has a meeting to keep in a round, or one that is settled."""
    kept = hosting.there[person] & ~hosting.free[person]
    return bool((hosting.settled[person] | kept) >> round_ & 1)
