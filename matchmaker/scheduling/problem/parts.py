"""What a problem is made of: people, rounds, and meetings that are settled before anything is planned."""

import enum
from dataclasses import dataclass


class ProblemError(ValueError):
    """A problem that cannot be planned as it stands; `field` names the part to put right."""

    def __init__(self, field: str, words: str) -> None:
        """Say what is wrong with `field`."""
        super().__init__(f"{field}: {words}")
        self.field = field


@dataclass(frozen=True)
class Person:
    """Somebody to plan for. `rounds` are those they are there for, numbered from 1; None means all.

    `pool` is where they come from, such as inside or outside, if that is known.
    """

    id: str
    rounds: frozenset[int] | None = None
    pool: str | None = None


@dataclass(frozen=True)
class Round:
    """A time slot with tables numbered from 1 to `tables`, of which those in `closed` cannot be used.

    With `after_break`, there is a break between the round before and this one.
    """

    tables: int
    closed: frozenset[int] = frozenset()
    after_break: bool = False

    def has(self, table: int) -> bool:
        """Whether there is a table of that number that can be used."""
        return 1 <= table <= self.tables and table not in self.closed


@dataclass(frozen=True)
class LockedMeeting:
    """A meeting that must be in every plan exactly as it is: two people, or three who agreed to trios."""

    round: int
    table: int
    people: tuple[str, ...]


@dataclass(frozen=True)
class Rest:
    """What somebody asks for who cannot meet people all day; None means no limit.

    `most` is the most meetings in all, `in_a_row` the most with neither a free round nor a break between.
    """

    most: int | None = None
    in_a_row: int | None = None


@dataclass(frozen=True)
class Mixing:
    """What mixing is aimed at: everybody meets `least` people of another pool, where there are as many."""

    least: int


class Meet(enum.StrEnum):
    """Whether two people of one group meet: never, only if both asked, or rather not unless both asked."""

    NEVER = "never"
    IF_WANTED = "if_wanted"
    RATHER_NOT = "rather_not"


@dataclass(frozen=True)
class Kin:
    """People of one team or organisation, and whether two of them meet; stands for all pairs among them."""

    people: tuple[str, ...]
    meet: Meet = Meet.NEVER


@dataclass(frozen=True)
class HostTable:
    """A small group at a topic table in one round: the `host` and `people` surely, then of those `interested`.

    `seats` is the most people at the table, the host included.
    """

    table: int
    round: int
    host: str
    seats: int
    people: tuple[str, ...] = ()
    interested: tuple[str, ...] = ()

    @property
    def sure(self) -> tuple[str, ...]:
        """Return those who are at the table in every plan."""
        return (self.host, *self.people)


@dataclass(frozen=True)
class Corner:
    """A place for a topic with several people, beside the tables; None for `rounds` means all.

    `beside` are the corners so near that two loud topics would drown each other out. It does not suit those in
    `not_for`, who are never sent there.
    """

    id: str
    seats: int
    rounds: frozenset[int] | None = None
    beside: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableTopic:
    """Something that `hosts` want to talk about with whoever gave it a star, up to so many `times`.

    `seats` is the most people at once, hosts included.
    """

    id: str
    hosts: tuple[str, ...]
    seats: int
    stars: tuple[str, ...] = ()
    times: int = 1
    loud: bool = False
