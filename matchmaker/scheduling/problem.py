"""What the planner is asked: who is there when, who may meet whom, and which rules hold.

A problem is checked as it is made, so that every later step may rely on it: every name in it is known, every
number is in range, and no pair is given two scores.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST_PAIRS_OF_ONE_PERSON = 100_000
"""More pairs than this for one person is a mistake in the list, not an event."""
MOST_TABLES, MOST_ROUNDS = 100_000, 1000
"""More tables in a round, or more rounds, than this is a slip of the keyboard."""


class ProblemError(ValueError):
    """A problem that cannot be planned as it stands; `field` names the part to put right."""

    def __init__(self, field: str, words: str) -> None:
        """Say what is wrong with `field`."""
        super().__init__(f"{field}: {words}")
        self.field = field


@dataclass(frozen=True)
class Person:
    """Somebody to plan for. `rounds` are those they are there for, numbered from 1; None means all."""

    id: str
    rounds: frozenset[int] | None = None


@dataclass(frozen=True)
class Round:
    """A time slot with tables numbered from 1 to `tables`."""

    tables: int


@dataclass(frozen=True)
class Problem:
    """Everything a plan depends on.

    `pairs` lists who could meet and how good that would be, from 0 to 1. Pairs in `forbidden` never meet;
    pairs in `wanted` meet if at all possible, whether or not `pairs` lists them. `fixed_table` seats a person
    at one table always, `allowed_tables` only at some (step-free, quiet). `trios` is True, or the ids of
    those who agreed, where one person left over in a round may join a pair. With `fill`, two people who are
    not listed may meet too, at score 0. In `locked` rounds nothing is planned beyond what stays of an earlier
    plan. Raises ProblemError, naming the field, for anything that contradicts itself.
    """

    people: tuple[Person, ...]
    rounds: tuple[Round, ...]
    pairs: tuple[tuple[str, str, float], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    wanted: tuple[tuple[str, str], ...] = ()
    fixed_table: Mapping[str, int] = field(default_factory=dict)
    allowed_tables: Mapping[str, frozenset[int]] = field(default_factory=dict)
    trios: bool | frozenset[str] = False
    fill: bool = False
    locked: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Freeze what was given, then refuse what cannot be planned."""
        for name in ("people", "rounds", "pairs"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in ("forbidden", "wanted"):
            # A set has no order of its own; sorting gives one problem one form in every process.
            given = getattr(self, name)
            object.__setattr__(
                self, name, tuple(sorted(given) if isinstance(given, (set, frozenset)) else given)
            )
        object.__setattr__(self, "locked", frozenset(self.locked))
        if not isinstance(self.trios, bool):
            # Nobody agreed is the same as no trios.
            object.__setattr__(self, "trios", frozenset(self.trios) or False)
        _check_rounds(self.rounds)
        known = _check_people(self.people, len(self.rounds))
        _check_scores(self.pairs, known)
        for name in ("forbidden", "wanted"):
            for number, pair in enumerate(getattr(self, name)):
                _check_pair(f"{name}[{number}]", pair, known)
        _check_tables(self, known)
        for number in sorted(self.locked):
            _check_whole("locked", number, least=1, most=len(self.rounds))


def _check_people(people: Iterable[Person], rounds: int) -> set[str]:
    """Return all ids, having refused repeated ids and rounds that do not exist."""
    known: set[str] = set()
    for number, person in enumerate(people):
        if not isinstance(person.id, str) or not person.id:
            raise ProblemError(f"people[{number}].id", "must be a text that is not empty.")
        if person.id in known:
            raise ProblemError(f"people[{number}].id", f"{person.id} is listed twice.")
        known.add(person.id)
        for there in () if person.rounds is None else sorted(person.rounds):
            _check_whole(f"people[{number}].rounds", there, least=1, most=rounds)
    return known


def _check_rounds(rounds: tuple[Round, ...]) -> None:
    if len(rounds) > MOST_ROUNDS:
        raise ProblemError("rounds", f"there are {len(rounds):,}; plan at most {MOST_ROUNDS:,} at once.")
    for number, round_ in enumerate(rounds):
        _check_whole(f"rounds[{number}].tables", round_.tables, least=0)
        if round_.tables > MOST_TABLES:
            raise ProblemError(f"rounds[{number}].tables", f"must be {MOST_TABLES:,} or fewer.")


def _check_scores(pairs: Iterable[tuple[str, str, float]], known: set[str]) -> None:
    seen: set[tuple[str, str]] = set()
    for number, (a, b, score) in enumerate(pairs):
        if a not in known or b not in known or a == b:
            _check_pair(f"pairs[{number}]", (a, b), known)
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


def _check_pair(where: str, pair: tuple[str, ...], known: set[str]) -> None:
    if len(pair) != 2:
        raise ProblemError(where, f"must name two people; it names {len(pair)}.")
    for person in pair:
        if person not in known:
            raise ProblemError(where, f"nobody is called {person!r}; add them to people.")
    if pair[0] == pair[1]:
        raise ProblemError(where, f"pairs {pair[0]} with themselves; name two people.")


def _check_tables(problem: Problem, known: set[str]) -> None:
    for person, table in problem.fixed_table.items():
        if person not in known:
            raise ProblemError("fixed_table", f"nobody is called {person!r}; add them to people.")
        _check_whole(f"fixed_table.{person}", table, least=1)
    for person, tables in problem.allowed_tables.items():
        if person not in known:
            raise ProblemError("allowed_tables", f"nobody is called {person!r}; add them to people.")
        for table in sorted(tables):
            _check_whole(f"allowed_tables.{person}", table, least=1)
    for person in sorted(problem.trios) if isinstance(problem.trios, frozenset) else ():
        if person not in known:
            raise ProblemError("trios", f"nobody is called {person!r}; add them to people.")


def _check_whole(where: str, number: object, least: int, most: int | None = None) -> None:
    """Refuse what is not a whole number from `least` to `most`."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise ProblemError(where, f"must be a whole number; it is {number!r}.")
    if number < least:
        raise ProblemError(where, f"must be {least} or more; it is {number}.")
    if most is not None and number > most:
        raise ProblemError(where, f"there is no round {number}; the last round is {most}.")
