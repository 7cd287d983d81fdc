"""Who may not be paired with whom, whatever the score."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.organisations import home
from matchmaker.matching.profile import folded
from matchmaker.matching.row_products import Floats, Ints
from matchmaker.matching.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Rules:
    """The pairs that are left out: people of one team, and pairs named by either of the two.

    Positions are those in `vectors.profiles`. A ban is symmetric and touches that pair alone.
    """

    teams: Ints
    """A number for the name of each person's team, -1 for none."""
    homes: Ints
    """A number for each person's organisation, -1 for none."""
    bans: frozenset[tuple[int, int]]
    """Named pairs, both ways round."""
    banned_by: tuple[tuple[int, ...], ...]
    """The same by person."""

    @classmethod
    def of(cls, vectors: Vectors, *, strangers_only: bool, whose: int | None = None) -> "Rules":
        """Read the rules off the profiles; `strangers_only` leaves out people who know each other, too.

        Whoever thanked somebody for their work knows them. With `whose` place only their named pairs are read.

        Ids of people who are not here are ignored: they cannot be paired anyway.
        """
        teams = _numbered(vectors.profiles.each("team"))
        homes = _numbered(vectors.profiles.each("organisation"), home)
        bans = set[tuple[int, int]]()
        kept_from = ("not_with", "knows", "endorsers") if strangers_only else ("not_with",)
        for place, other in _named(vectors, kept_from, whose):
            if (there := vectors.position.get(other, place)) != place:
                bans.add((place, there))
                bans.add((there, place))
        banned_by: list[list[int]] = [[] for _ in range(len(vectors.profiles))]
        for place, there in sorted(bans):
            banned_by[place].append(there)
        return cls(teams, homes, frozenset(bans), tuple(map(tuple, banned_by)))

    def _of_one_team(self, a: Ints | int, b: Ints) -> NDArray[np.bool_]:
        """Return for each pair what `profile.same_team` says of it."""
        homes, others = self.homes[a], self.homes[b]
        return np.asarray(
            (self.teams[a] == self.teams[b])
            & (self.teams[b] >= 0)
            & ((homes == others) | (homes < 0) | (others < 0))
        )

    def allowed(self, a: Ints, b: Ints) -> NDArray[np.bool_]:
        """Return for each pair `a[i]`, `b[i]` whether it is allowed; nobody is paired with themselves."""
        fine = (a != b) & ~self._of_one_team(a, b)
        if self.bans:
            people = len(self.teams)
            codes = np.sort(np.asarray([x * people + y for x, y in self.bans], dtype=np.intp))
            fine &= ~np.isin(np.multiply(a, people, dtype=np.intp) + b, codes)
        return np.asarray(fine)

    def partners(self, place: int) -> NDArray[np.bool_]:
        """Return for everybody whether the person at `place` may be paired with them."""
        fine = ~self._of_one_team(place, np.arange(len(self.teams)))
        fine[[place, *self.banned_by[place]]] = False
        return np.asarray(fine)


class Spread:
    """Finds partners for people of whom nothing is known, asking nobody for much more than others."""

    def __init__(self, rules: Rules, load: Ints) -> None:
        """Start from `load`: how often each person is already asked for."""
        self.rules = rules
        self.load: Floats = load.astype(np.float64)

    def partners(self, place: int, count: int, taken: Ints) -> list[int]:
        """Return up to `count` allowed partners outside `taken`, least asked for first, and count them.

        Among equals it goes round from `place`, so that two people in a row get different partners.
        """
        people = len(self.load)
        fine = self.rules.partners(place)
        fine[taken] = False
        choice = np.flatnonzero(fine)
        turn = (choice - place) % people
        found = choice[np.lexsort((turn, self.load[choice]))][:count]
        self.load[found] += 1
        return [int(there) for there in found]


def _named(vectors: Vectors, fields: Iterable[str], whose: int | None) -> Iterator[tuple[int, str]]:
    """Yield whom each person names in these fields; with `whose` place only who is named there, or names them."""
    for field in fields:
        named = vectors.profiles.each(field)
        if whose is None:
            yield from ((place, other) for place, others in enumerate(named) for other in others)
            continue
        mine = vectors.profiles[whose].id
        yield from ((whose, other) for other in named[whose])
        yield from [(place, mine) for place, others in enumerate(named) if mine in others]


def _numbered(names: Sequence[str], meant: Callable[[str], str] = str) -> Ints:
    """Return a number for each name as it is compared, -1 for none; each spelling is looked at once."""
    numbers: dict[str, int] = {"": -1}
    of = {name: numbers.setdefault(folded(meant(name)), len(numbers)) for name in dict.fromkeys(names)}
    return np.asarray([of[name] for name in names], dtype=np.intp)
