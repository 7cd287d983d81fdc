"""What people can bear in a day, and helpers who cannot be at two tables at once."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest

from matchmaker.scheduling.problem.parts import Rest
from matchmaker.services.plans import rest_limits
from matchmaker.services.plans.hall import Hall
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people.registrations import Registration

ADA, BEN, CY = 1, 2, 3
NAMES = {ADA: "Ada", BEN: "Ben", CY: "Cy"}


class Met(NamedTuple):
    """A meeting as the module asks for it."""

    round: int
    table: int
    people: tuple[int, ...]


def hall(**said: Any) -> Hall:
    """Five rounds with a break before the fourth, three tables, Ada, Ben and Cy there all day."""
    empty: dict[str, Any] = dict.fromkeys(("excluded", "declined", "kin", "trios"), frozenset())
    every = frozenset(range(1, 6))
    return Hall(
        rounds=(1, 2, 3, 4, 5), tables=(1, 2, 3), there=dict.fromkeys(NAMES, every), fixed={}, allowed={},
        introduced=(), breaks=frozenset({4}), **{**empty, **said},
    )  # fmt: skip


def test_only_who_has_a_limit_rests_and_only_a_shared_helper_counts() -> None:
    people = [
        Registration(person_id=ADA, most_meetings=3, helper="Sam Sign"),
        Registration(person_id=BEN, meetings_in_a_row=2, helper=" sam  SIGN "),
        Registration(person_id=CY, helper="Alex"),
    ]
    assert rest_limits.rests(people) == {ADA: Rest(3, None), BEN: Rest(None, 2)}
    assert list(rest_limits.helpers(people).values()) == [frozenset({ADA, BEN})]
    assert [rest_limits.limits(row) for row in people] == [
        ["at most 3 meetings in the day", "you come with Sam Sign"],
        ["at most 2 meetings in a row", "you come with  sam  SIGN "],
        ["you come with Alex"],
    ]


@pytest.mark.parametrize(("gap", "rests"), [(14, False), (15, True)])
def test_a_pause_of_a_quarter_of_an_hour_is_a_break(gap: int, rests: bool) -> None:
    event = Event(held_on=date(2027, 3, 11))
    event.rounds = [
        Round(number=2, starts_at=datetime(2027, 3, 11, 10, 20 + gap, tzinfo=UTC), minutes=20),
        Round(number=1, starts_at=datetime(2027, 3, 11, 10, tzinfo=UTC), minutes=20),
    ]
    assert rest_limits.breaks(event) == (frozenset({2}) if rests else frozenset())


@pytest.mark.parametrize(
    ("rounds", "longest"),
    [((), 0), ((1, 3, 5), 1), ((1, 2, 3), 3), ((3, 4), 1), ((2, 3, 4, 5), 2), ((4, 5), 2)],
)
def test_a_row_ends_at_a_free_round_and_at_a_break(rounds: tuple[int, ...], longest: int) -> None:
    assert rest_limits.longest_row(hall(), rounds) == longest


def test_nobody_is_held_to_less_than_they_have_had() -> None:
    there = hall(rests={ADA: Rest(1, 1), BEN: Rest(None, 2), CY: Rest(4, None)})
    past = {ADA: {1: 1, 2: 1}, BEN: {1: 1}}
    assert rest_limits.raised(there, past) == {ADA: Rest(2, 2), BEN: Rest(None, 2), CY: Rest(4, None)}
    assert rest_limits.limited(hall(rests={ADA: Rest(1, None)}, helpers={"sam": frozenset({BEN, CY})})) == {
        1,
        2,
        3,
    }


def test_each_limit_that_is_broken_is_said_of_those_asked_for() -> None:
    there = hall(rests={ADA: Rest(2, 1), BEN: Rest(2, None)}, helpers={"sam": frozenset({ADA, CY})})
    at = rest_limits.seats(
        [Met(1, 1, (ADA, BEN)), Met(2, 1, (ADA, BEN)), Met(4, 2, (ADA, BEN)), Met(4, 3, (CY, 9))]
    )
    assert list(rest_limits.broken(there, at, NAMES)) == [
        "Ada asks for at most 2 meetings, and has 3.",
        "Ada asks for at most 1 meeting in a row, and has 2.",
        "Ben asks for at most 2 meetings, and has 3.",
        "Round 4: Ada and Cy come with the same supporter, and are at different tables.",
    ]
    assert list(rest_limits.broken(there, at, NAMES, among={BEN})) == [
        "Ben asks for at most 2 meetings, and has 3."
    ]
    together = rest_limits.seats([Met(4, 2, (ADA, CY))])
    assert list(rest_limits.broken(there, together, NAMES)) == []
