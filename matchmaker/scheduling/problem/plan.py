"""What the planner answers: who meets whom in which round at which table, and how good that provably is."""

from dataclasses import dataclass


class PlanError(ValueError):
    """A plan that cannot be read; `field` names the part to put right."""

    def __init__(self, field: str, words: str) -> None:
        """Say what is wrong with `field`."""
        super().__init__(f"{field}: {words}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people, or three in a trio, at a table in a round; rounds and tables are numbered from 1.

    `score` is the sum over the pairs in the meeting (one pair, or three in a trio).
    """

    round: int
    table: int
    people: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Group:
    """The people, host included, at a host table in a round; sitting there does not count as having met."""

    round: int
    table: int
    host: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Talk:
    """The people, hosts included, at a topic in a corner in a round; being there does not count as having met."""

    round: int
    corner: str
    topic: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Unmet:
    """A pair who both asked to meet and do not, with the reason in words that can be checked."""

    people: tuple[str, str]
    because: str


@dataclass(frozen=True)
class GaveWay:
    """A goal below fairness that gave way, and for whom, in words that can be checked."""

    people: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class FewestLimit:
    """What stops the fewest meetings of anybody from being more: the people it holds for, in words to check."""

    people: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class Changes:
    """How a plan differs from the one it was asked to keep, in meetings of that earlier plan.

    `kept` meetings have the same people in the same round at the same table, `moved` ones only another table,
    `dropped` ones are gone; `added` counts new meetings. `least` is the number of earlier meetings that break
    a rule as the problem now stands, so no plan could keep them: a plan is a least change when moved +
    dropped = least.
    """

    kept: int
    moved: int
    dropped: int
    added: int
    least: int


@dataclass(frozen=True)
class Certificate:
    """What is claimed of a plan; `checker.check` verifies all of it that can be verified without solving.

    `bound` is a proven upper bound on the total of any plan that keeps the rules; `fair_bound` on that of any
    plan that is also as fair and meets as many wishes; `ratio` is total / fair_bound (1 where both are 0).
    `fewest_meetings` is over people who are there at all and ask for no rests; `double_sit_outs` counts people
    who have two or more meetings fewer than the rounds they are there, or their rests, allow. `unmet` and
    `gave_way` list the wishes not met and the lesser goals that gave way. `changes` is there only if an earlier
    plan was to be kept. `fewest_bound` is a proven upper bound on `fewest_meetings` in any plan that keeps the rules,
    and `fewest_limit` says what makes it so; plans that were kept before these were worked out have neither.
    Where there are topics, `stars` counts the people at one they gave a star to; no plan has more than `stars_bound`.
    """

    total: float
    bound: float
    fair_bound: float
    ratio: float
    fewest_meetings: int
    double_sit_outs: int
    unmet: tuple[Unmet, ...] = ()
    gave_way: tuple[GaveWay, ...] = ()
    changes: Changes | None = None
    fewest_bound: int | None = None
    fewest_limit: FewestLimit | None = None
    stars: int | None = None
    stars_bound: int | None = None


@dataclass(frozen=True)
class Plan:
    """All meetings, in order of round and table, with their certificate, the groups at host tables, and talks."""

    meetings: tuple[Meeting, ...]
    certificate: Certificate
    groups: tuple[Group, ...] = ()
    talks: tuple[Talk, ...] = ()

    @property
    def held(self) -> tuple[Meeting | Group, ...]:
        """Return everything at which people sit: meetings and groups."""
        return (*self.meetings, *self.groups)
