"""Refuse a problem that contradicts itself, in words that name the field to put right.

Each check raises ProblemError at the first thing that is wrong, and is linear in what it looks at.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from matchmaker.scheduling.problem.parts import Corner, Kin, Person, ProblemError, Rest, Round, TableTopic

MOST_PAIRS_OF_ONE_PERSON = 100_000
"""More pairs than this for one person is a mistake in the list, not an event."""
MOST_TABLES, MOST_ROUNDS = 100_000, 1000
"""More tables in a round, or more rounds, than this is a slip of the keyboard."""


def check_rounds(rounds: tuple[Round, ...]) -> None:
    """Refuse more rounds or tables than there can be, and closed tables that do not exist."""
    if len(rounds) > MOST_ROUNDS:
        raise ProblemError("rounds", f"there are {len(rounds):,}; plan at most {MOST_ROUNDS:,} at once.")
    for number, round_ in enumerate(rounds):
        check_whole(f"rounds[{number}].tables", round_.tables, least=0)
        if round_.tables > MOST_TABLES:
            raise ProblemError(f"rounds[{number}].tables", f"must be {MOST_TABLES:,} or fewer.")
        for table in round_.closed:
            check_whole(f"rounds[{number}].closed", table, least=1)
            if table > round_.tables:
                words = f"there is no table {table}; the last table is {round_.tables}."
                raise ProblemError(f"rounds[{number}].closed", words)


def check_people(people: Iterable[Person], rounds: int) -> set[str]:
    """Return all ids, having refused repeated ids and rounds that do not exist."""
    known: set[str] = set()
    for number, person in enumerate(people):
        if not isinstance(person.id, str) or not person.id:
            raise ProblemError(f"people[{number}].id", "must be a text that is not empty.")
        if person.id in known:
            raise ProblemError(f"people[{number}].id", f"{person.id} is listed twice.")
        known.add(person.id)
        if person.pool is not None and (not isinstance(person.pool, str) or not person.pool):
            raise ProblemError(f"people[{number}].pool", "must be a text that is not empty; or leave it out.")
        for there in () if person.rounds is None else sorted(person.rounds):
            check_round(f"people[{number}].rounds", there, rounds)
    return known


def check_scores(pairs: Iterable[tuple[str, str, float]], known: set[str]) -> None:
    """Refuse scores that are not numbers from 0 to 1, repeated pairs, and far too many pairs of one person."""
    seen: set[tuple[str, str]] = set()
    for number, (a, b, score) in enumerate(pairs):
        if a not in known or b not in known or a == b:
            check_pair(f"pairs[{number}]", (a, b), known)
        if isinstance(score, bool) or not isinstance(score, (int, float)) or not 0 <= score <= 1:
            words = "not a number" if isinstance(score, float) and math.isnan(score) else repr(score)
            raise ProblemError(f"pairs[{number}]", f"the score must be a number from 0 to 1; it is {words}.")
        pair = (a, b) if a < b else (b, a)
        if pair in seen:
            raise ProblemError(f"pairs[{number}]", f"{a} and {b} are listed twice; list each pair once.")
        seen.add(pair)
    counts = (
        Counter(person for pair in seen for person in pair) if len(seen) > MOST_PAIRS_OF_ONE_PERSON else {}
    )
    for person, count in counts.items():
        if count > MOST_PAIRS_OF_ONE_PERSON:
            limit = f"{MOST_PAIRS_OF_ONE_PERSON:,}"
            raise ProblemError(
                "pairs", f"{person} is in {count:,} pairs; list at most {limit} for one person."
            )


def check_pair(where: str, pair: tuple[str, ...], known: set[str]) -> None:
    """Refuse what is not two different people who are known."""
    if len(pair) != 2:
        raise ProblemError(where, f"must name two people; it names {len(pair)}.")
    for person in pair:
        check_known(where, person, known)
    if pair[0] == pair[1]:
        raise ProblemError(where, f"pairs {pair[0]} with themselves; name two people.")


def check_tables(fixed: Mapping[str, int], allowed: Mapping[str, frozenset[int]], known: set[str]) -> None:
    """Refuse tables of unknown people, and numbers that no table can have."""
    for person, table in fixed.items():
        check_known("fixed_table", person, known)
        check_whole(f"fixed_table.{person}", table, least=1)
    for person, tables in allowed.items():
        check_known("allowed_tables", person, known)
        for table in sorted(tables):
            check_whole(f"allowed_tables.{person}", table, least=1)


def check_rests(rests: Mapping[str, Rest], known: set[str]) -> None:
    """Refuse rests of unknown people, and limits that are no limit or leave no meeting at all in a row."""
    for person, rest in rests.items():
        check_known("rests", person, known)
        if rest.most is None and rest.in_a_row is None:
            raise ProblemError(f"rests.{person}", "must say most, or in_a_row, or both.")
        if rest.most is not None:
            check_whole(f"rests.{person}.most", rest.most, least=0)
        if rest.in_a_row is not None:
            check_whole(f"rests.{person}.in_a_row", rest.in_a_row, least=1)


def check_helpers(helpers: Mapping[str, tuple[str, ...]], known: set[str]) -> None:
    """Refuse helpers of unknown people."""
    for name, people in helpers.items():
        for person in people:
            check_known(f"helpers.{name}", person, known)


def check_kin(kin: tuple[Kin, ...], known: set[str]) -> None:
    """Refuse groups of unknown people, and people listed twice in one group."""
    for number, group in enumerate(kin):
        for person in group.people:
            check_known(f"kin[{number}].people", person, known)
        if len(set(group.people)) < len(group.people):
            raise ProblemError(f"kin[{number}].people", "names somebody twice.")


def check_topics(
    corners: tuple[Corner, ...], topics: tuple[TableTopic, ...], known: set[str], rounds: int
) -> None:
    """Refuse corners and topics that share a name, name unknown people, or have too few seats for their hosts."""
    for kind, ids in (("corners", [one.id for one in corners]), ("topics", [one.id for one in topics])):
        for number, name in enumerate(ids):
            if not name or ids.count(name) > 1:
                raise ProblemError(
                    f"{kind}[{number}].id", "must be a text that is not empty and names one alone."
                )
    for number, corner in enumerate(corners):
        _check_corner(f"corners[{number}]", corner, {one.id for one in corners}, rounds)
        for person in corner.not_for:
            check_known(f"corners[{number}].not_for", person, known)
    for number, topic in enumerate(topics):
        _check_topic(f"topics[{number}]", topic, known)


def _check_corner(where: str, corner: Corner, names: set[str], rounds: int) -> None:
    check_whole(f"{where}.seats", corner.seats, least=1)
    for there in sorted(corner.rounds or ()):
        check_round(f"{where}.rounds", there, rounds)
    for other in corner.beside:
        if other not in names:
            raise ProblemError(f"{where}.beside", f"there is no corner {other!r}.")


def _check_topic(where: str, topic: TableTopic, known: set[str]) -> None:
    for name, people in (("hosts", topic.hosts), ("stars", topic.stars)):
        for person in people:
            check_known(f"{where}.{name}", person, known)
        if len(set(people)) < len(people):
            raise ProblemError(f"{where}.{name}", "names somebody twice.")
    if not topic.hosts:
        raise ProblemError(f"{where}.hosts", "must name somebody.")
    check_whole(f"{where}.seats", topic.seats, least=len(topic.hosts))
    check_whole(f"{where}.times", topic.times, least=1)


def check_known(where: str, person: str, known: set[str]) -> None:
    """Refuse somebody who is not among the people."""
    if person not in known:
        raise ProblemError(where, f"nobody is called {person!r}; add them to people.")


def check_round(where: str, number: object, rounds: int) -> None:
    """Refuse what is not the number of a round."""
    check_whole(where, number, least=1)
    if isinstance(number, int) and number > rounds:
        raise ProblemError(where, f"there is no round {number}; the last round is {rounds}.")


def check_whole(where: str, number: object, least: int) -> None:
    """Refuse what is not a whole number of at least `least`."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise ProblemError(where, f"must be a whole number; it is {number!r}.")
    if number < least:
        raise ProblemError(where, f"must be {least} or more; it is {number}.")
