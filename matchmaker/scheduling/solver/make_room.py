"""Make room in an earlier plan for people who have both asked to meet since it was made.

A wish goes before few changes, up to a price: the places that change. Two people who are free in one round cost
nothing; each meeting that one of them gives up costs the place of whoever they leave, beside their own two. Meetings
that were wished for too, that are locked, or that are in a locked round are not given up. O(wishes × rounds).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from matchmaker.scheduling.problem.parts import Meet
from matchmaker.scheduling.problem.plan import Meeting, Plan
from matchmaker.scheduling.problem.problem import Problem


@dataclass(frozen=True)
class Price:
    """What it would cost to let two people meet in a round: the meetings given up, and the places that change."""

    people: tuple[str, str]
    round: int
    given_up: tuple[Meeting, ...]
    places: int


class Book:
    """An earlier plan as it is changed: who meets in which meeting of each round."""

    def __init__(self, problem: Problem, earlier: Plan) -> None:
        """Look up people, rules and meetings; O(size of the problem)."""
        self.problem = problem
        everywhere = frozenset(range(1, len(problem.rounds) + 1))
        self.there = {one.id: everywhere if one.rounds is None else one.rounds for one in problem.people}
        self.forbidden = {frozenset(pair) for pair in problem.forbidden + problem.met}
        self.wanted = {frozenset(pair) for pair in problem.wanted}
        self.locked = {(one.round, frozenset(one.people)) for one in problem.locked_meetings}
        self.hosted = {
            (one.round, person) for one in problem.host_tables for person in {*one.sure, *one.interested}
        }
        self.meetings = list(earlier.meetings)
        self.met = {
            frozenset((a, b)) for one in self.meetings for a in one.people for b in one.people if a != b
        }

    def unmet(self) -> list[frozenset[str]]:
        """Return the wishes that are not in the plan and no rule forbids, by name."""
        return sorted(
            (
                pair
                for pair in self.wanted - self.met - self.forbidden
                if self.problem.kin_meet(*sorted(pair)) is not Meet.NEVER and pair <= self.there.keys()
            ),
            key=sorted,
        )

    def prices(self, pair: frozenset[str]) -> Iterator[Price]:
        """Yield what it would cost to let a pair meet, for each round in which that is possible at all."""
        a, b = sorted(pair)
        for number in sorted(self.there[a] & self.there[b] - self.problem.locked):
            if {(number, a), (number, b)} & self.hosted:
                continue
            given_up = tuple(
                one for one in self.meetings if one.round == number and not pair.isdisjoint(one.people)
            )
            if all(self._may_go(one) for one in given_up):
                left = {person for one in given_up for person in one.people if len(one.people) == 2} - pair
                yield Price((a, b), number, given_up, 2 + len(left))

    def _may_go(self, meeting: Meeting) -> bool:
        pairs = [frozenset((a, b)) for a in meeting.people for b in meeting.people if a < b]
        locked = (meeting.round, frozenset(meeting.people)) in self.locked
        return not locked and self.wanted.isdisjoint(pairs)

    def take(self, price: Price) -> None:
        """Give up meetings for a pair, and take note that they meet."""
        self.meetings = [one for one in self.meetings if one not in price.given_up]
        self.meetings.append(Meeting(price.round, 0, price.people, 0.0))
        self.met.add(frozenset(price.people))


def with_room(problem: Problem, earlier: Plan, places: int) -> Plan:
    """Return `earlier` with a meeting for each wish that came after it and costs at most `places`.

    The cheapest comes first. The new meetings have no table yet, and move to one as they are kept.
    """
    if not places:
        return earlier
    book = Book(problem, earlier)
    before = len(book.met)
    for pair in book.unmet():
        price = min(book.prices(pair), key=lambda one: (one.places, one.round), default=None)
        if price is not None and price.places <= places:
            book.take(price)
    return earlier if len(book.met) == before else replace(earlier, meetings=tuple(book.meetings))


def wish_prices(problem: Problem, plan: Plan) -> dict[tuple[str, str], int | None]:
    """Return, for each wish that could be met and is not, the fewest places that would change; None if none will do.

    A place is one person's part in one round. Nobody's own wish, and nothing that is locked, is given up for it.
    """
    book = Book(problem, plan)
    found = {}
    for pair in book.unmet():
        a, b = sorted(pair)
        found[a, b] = min((price.places for price in book.prices(pair)), default=None)
    return found
