"""Why two people should meet: the score taken apart exactly, each part with both people's own words.

The harmonic mean of two sums splits exactly over the terms of both (Euler's theorem for a function of degree
1), so every reason carries a definite share and the shares add up to 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from math import floor
from operator import attrgetter
from typing import Literal

from matchmaker.matching.conviction import ALONE, ENOUGH, FEW, PHRASE, RARE_TOPIC, SOME_TOPIC
from matchmaker.matching.standings import EVERY_ROLE

Kind = Literal["dataset", "need", "topic", "words", "acquaintance", "semantic", "offers", "asks", "other"]
"""What a reason is; "offers" and "asks" carry nothing, but say more of somebody with whom a dataset is shared."""

SAID: frozenset[Kind] = frozenset({"offers", "asks"})

SMALLEST = 0.04
"""A reason with a smaller share is not worth a line."""

STRONG = 0.15
"""Reasons from this share on are told rarest first; the others follow by share."""

MOST = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a suggestion, as seen by the person who reads it.

    `what` is the thing shared: a dataset's title, a topic, a need, words both use. `share` is the part of the
    score it carries, in [0, 1]. `mine` and `theirs` are each person's own words, "" where there are none.
    `people` says how many people here share the thing (for a need about a dataset, how many here could help;
    0 where counting means nothing). `asker` says, for a need, who asks: "mine" if the reader does and the
    other can help, "theirs" the other way round. `strength` says how far it convinces: 1 is enough (`conviction`).
    """

    kind: Kind
    what: str
    share: float
    mine: str = ""
    theirs: str = ""
    people: int = 0
    asker: Literal["", "mine", "theirs"] = ""
    strength: float = 0.0

    def kept(self) -> dict[str, object]:
        """Return it as it is kept, by the names of its fields."""
        return dict(zip(_FIELDS, _values(self), strict=True))

    def with_share(self, share: float) -> "Reason":
        """Return the same reason with another share; half as long as to replace a field takes, of many pairs."""
        return Reason(
            self.kind, self.what, share, self.mine, self.theirs, self.people, self.asker, self.strength
        )

    def turned(self) -> "Reason":
        """Return the same reason as the other of the two reads it."""
        asker: Literal["", "mine", "theirs"] = (
            "" if not self.asker else "theirs" if self.asker == "mine" else "mine"
        )
        return replace(self, mine=self.theirs, theirs=self.mine, asker=asker)


_FIELDS = tuple(one.name for one in fields(Reason))
_values = attrgetter(*_FIELDS)


@dataclass(frozen=True, slots=True)
class Explained:
    """A pair's score and its reasons as the first of the two reads them; "other" is last."""

    score: float
    reasons: tuple[Reason, ...]

    def for_other(self) -> tuple[Reason, ...]:
        """Return the reasons as the second of the two reads them."""
        return tuple(reason.turned() for reason in self.reasons)

    @property
    def convinces(self) -> bool:
        """Whether the reasons are enough to walk across the hall for."""
        return conviction(self.reasons) >= ENOUGH


def conviction(reasons: Iterable[Reason]) -> float:
    """Return the strength of these reasons together; a dataset and a need that it meets count as the stronger.

    Of several datasets of which one is a maker or they differ otherwise, and none convinces, a card has room for one.
    """
    told = list(reasons)
    needs = [one for one in told if one.kind == "need"]
    weak = [one for one in told if one.kind == "dataset" and one.mine != one.theirs and one.strength < ENOUGH]
    untold = sorted(weak, key=lambda one: -one.strength)[1:]
    total = 1e-9
    for one in (one for one in told if not any(one is other for other in untold)):
        met = [need.strength for need in needs if _meets(need, one.what)] if one.kind == "dataset" else []
        total += max(0.0, one.strength - max(met, default=0.0))
    return total


def _meets(need: Reason, title: str) -> bool:
    """Whether a need is about a dataset, or what is told of it is what meets the need."""
    own = f"{title}: "
    return need.what == title or need.mine.startswith(own) or need.theirs.startswith(own)


def speaks_to_reader(reasons: Sequence[Reason]) -> bool:
    """Whether these reasons, as their reader reads them, say more of the other than that they have a dataset, too.

    Who made it and says something of it hears no more of each who merely uses it and says nothing, unless nobody
    else here has to do with it; the other way round it is worth a card. A topic of many is nothing more.
    """
    if any(one.kind in SAID and (one.theirs or one.kind == "asks") for one in reasons):
        return True
    shared = max(
        (one for one in reasons if one.kind == "dataset"), key=lambda one: one.strength, default=None
    )
    if shared is None or shared.people <= ALONE or not any(one.kind in SAID for one in reasons):
        return True
    topic = SOME_TOPIC if EVERY_ROLE.intersection(shared.theirs.split(" and ")) else RARE_TOPIC
    enough: dict[Kind, float] = {"words": PHRASE, "topic": topic}
    return any(one.strength >= enough.get(one.kind, SOME_TOPIC) for one in reasons if one.kind != "dataset")


def rests_on(reasons: Sequence[Reason]) -> str:
    """Return the need of the reader without which these reasons would not convince, "" if there is none."""
    rest = [one for one in reasons if one.asker != "mine"]
    needs = (one.mine for one in reasons if one.asker == "mine")
    return next(needs, "") if conviction(rest) < ENOUGH else ""


def ordered(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Put what leads first, then what convinces alone, then the rarest, and sum up the rest as "other".

    What somebody says of themselves comes before what many have in common.
    """
    said = [one for one in reasons if one.kind in SAID]
    named = sorted((one for one in reasons if one.share >= SMALLEST), key=lambda one: -one.share)[:MOST]
    named.sort(
        key=lambda one: (
            -max(one.strength, ENOUGH),
            one.strength < ENOUGH,
            one.share < STRONG,
            one.share >= STRONG and _commonness(one),
            -one.share,
        )
    )
    # Meanings that point apart take something away, so that the rest can be more than the whole.
    whole = max(1.0, sum(one.share for one in named))
    named = [one.with_share(floor(one.share / whole * 1e6 + 1e-6) / 1e6) for one in named]
    place = sum(one.strength >= ENOUGH or 0 < one.people <= FEW for one in named)
    total = 0.0  # summed from left to right, so that adding the last share gives 1 to the bit
    for reason in named:
        total += reason.share
    return (*named[:place], *said, *named[place:], Reason("other", "", max(0.0, 1.0 - total)))


def _commonness(reason: Reason) -> int:
    """How many people could be meant: a need in somebody's own words is theirs alone."""
    if reason.kind == "acquaintance":
        return 10**9
    return reason.people or (1 if reason.kind == "need" else 10**9)
