"""What the planner is asked: who is there when, who may meet whom, and which rules hold.

A problem is checked as it is made, so that every later step may rely on it: every name in it is known, every
number is in range, and no pair is given two scores.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matchmaker.scheduling.problem.lock_refusals import check_locked_meetings
from matchmaker.scheduling.problem.parts import (
    Corner,
    HostTable,
    Kin,
    LockedMeeting,
    Meet,
    Mixing,
    Person,
    ProblemError,
    Rest,
    Round,
    TableTopic,
)
from matchmaker.scheduling.problem.refusals import (
    check_helpers,
    check_kin,
    check_known,
    check_pair,
    check_people,
    check_rests,
    check_round,
    check_rounds,
    check_scores,
    check_tables,
    check_topics,
    check_whole,
)

__all__ = [
    "Corner",
    "HostTable",
    "Kin",
    "LockedMeeting",
    "Meet",
    "Mixing",
    "Person",
    "Problem",
    "ProblemError",
    "Rest",
    "Round",
    "TableTopic",
]

LISTS = ("people", "rounds", "pairs", "locked_meetings", "host_tables", "kin", "corners", "topics")
PAIRS = ("forbidden", "wanted", "met", "met_before", "apart", "double")


@dataclass(frozen=True)
class Problem:
    """Everything a plan depends on.

    `pairs` lists who could meet and how good that would be, from 0 to 1. Pairs in `forbidden` never meet; pairs
    in `wanted` meet if at all possible, whether or not `pairs` lists them. `fixed_table` seats a person at one
    table always, `allowed_tables` only at some (step-free, quiet). `trios` is True, or the ids of those who
    agreed, where one person left over in a round may join a pair. With `fill`, two people who are not listed may
    meet too, at score 0. In `locked` rounds nothing is planned beyond what stays of an earlier plan and
    `locked_meetings`, which are in every plan exactly as given. Pairs in `met` have met today and never meet
    again; those in `met_before`, at an earlier event, and those to be kept `apart` rather meet others. Pairs in
    `double` meet for two rounds in a row, at one table and with no break between, or not at all. `rests` limits
    the meetings of a person; people who need the same one of `helpers` meet in different rounds, or at one table.
    `host_tables` are small groups. With `mixing`, everybody rather meets so many people of another pool. `kin`
    are groups whose pairs are as if each were in `forbidden`, or in `apart`. With `gentle`, rounds that are alike
    come in a gentle order. Raises ProblemError, naming the field, for anything that contradicts itself.
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
    locked_meetings: tuple[LockedMeeting, ...] = ()
    met: tuple[tuple[str, str], ...] = ()
    met_before: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    double: tuple[tuple[str, str], ...] = ()
    rests: Mapping[str, Rest] = field(default_factory=dict)
    helpers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    host_tables: tuple[HostTable, ...] = ()
    mixing: Mixing | None = None
    gentle: bool = False
    kin: tuple[Kin, ...] = ()
    corners: tuple[Corner, ...] = ()
    topics: tuple[TableTopic, ...] = ()

    def __post_init__(self) -> None:
        """Freeze what was given, then refuse what cannot be planned."""
        for name in LISTS:
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in PAIRS:
            # A set has no order of its own; sorting gives one problem one form in every process.
            given = getattr(self, name)
            object.__setattr__(
                self, name, tuple(sorted(given) if isinstance(given, (set, frozenset)) else given)
            )
        object.__setattr__(self, "locked", frozenset(self.locked))
        if not isinstance(self.trios, bool):
            # Nobody agreed is the same as no trios.
            object.__setattr__(self, "trios", frozenset(self.trios) or False)
        self._check()

    def _check(self) -> None:
        check_rounds(self.rounds)
        known = check_people(self.people, len(self.rounds))
        check_scores(self.pairs, known)
        for name in PAIRS:
            for number, pair in enumerate(getattr(self, name)):
                check_pair(f"{name}[{number}]", pair, known)
        check_tables(self.fixed_table, self.allowed_tables, known)
        for person in sorted(self.trios) if isinstance(self.trios, frozenset) else ():
            check_known("trios", person, known)
        for number in sorted(self.locked):
            check_round("locked", number, len(self.rounds))
        check_rests(self.rests, known)
        check_helpers(self.helpers, known)
        check_kin(self.kin, known)
        check_topics(self.corners, self.topics, known, len(self.rounds))
        if self.mixing is not None:
            check_whole("mixing.least", self.mixing.least, least=1)
        check_locked_meetings(self, known)

    @cached_property
    def _kin_of(self) -> dict[str, dict[Meet, set[int]]]:
        """The groups of each person who is in any, by what the group means."""
        found: dict[str, dict[Meet, set[int]]] = {}
        for which, group in enumerate(self.kin):
            for person in group.people:
                found.setdefault(person, {}).setdefault(group.meet, set()).add(which)
        return found

    @cached_property
    def _asked(self) -> frozenset[frozenset[str]]:
        return frozenset(map(frozenset, self.wanted))

    def kin_meet(self, a: str, b: str) -> Meet | None:
        """Return whether two people of one group may meet, as the strictest group says; None if they may."""
        one, other = self._kin_of.get(a, {}), self._kin_of.get(b, {})
        for meet in Meet:
            together = not one.get(meet, set()).isdisjoint(other.get(meet, set()))
            if together and (meet is Meet.NEVER or frozenset((a, b)) not in self._asked):
                return Meet.RATHER_NOT if meet is Meet.RATHER_NOT else Meet.NEVER
        return None
