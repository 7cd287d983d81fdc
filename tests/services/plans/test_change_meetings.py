"""One change of a day by hand: what it makes, why it is refused, and what follows from it."""

from typing import Any

import pytest

from matchmaker.scheduling.problem.parts import Rest
from matchmaker.services.plans import change_meetings
from matchmaker.services.plans.change_meetings import Act, Sitting, consequences, objection
from matchmaker.services.plans.hall import Hall
from matchmaker.services.refused import Refused

ADA, BEN, CY, DEE, EVE, FAY = range(1, 7)
NAMES = dict(zip(range(1, 7), ("Ada", "Ben", "Cy", "Dee", "Eve", "Fay"), strict=True))
FIRST, SECOND = Sitting(1, 1, (ADA, BEN)), Sitting(1, 2, (CY, DEE))
LOCKED, LATER = Sitting(1, 3, (EVE, FAY), locked=True), Sitting(2, 1, (ADA, CY))
DAY = (FIRST, SECOND, LOCKED, LATER)


def hall(**said: Any) -> Hall:
    """Three rounds, four tables, everybody there all day."""
    there = {**dict.fromkeys(NAMES, frozenset({1, 2, 3})), **said.pop("there", {})}
    empty: dict[str, Any] = dict.fromkeys(("excluded", "declined", "kin", "trios"), frozenset())
    return Hall(
        rounds=(1, 2, 3), tables=(1, 2, 3, 4), there=there,
        **{"fixed": {}, "allowed": {}, "introduced": (), **empty, **said},
    )  # fmt: skip


def places(day: tuple[Sitting, ...]) -> set[tuple[int, int, tuple[int, ...], bool]]:
    return {(one.round, one.table, one.people, one.locked) for one in day}


@pytest.mark.parametrize(
    ("act", "gone", "come"),
    [
        (change_meetings.move((1, 1), (1, 4)), {FIRST}, {Sitting(1, 4, (ADA, BEN))}),
        (change_meetings.move((1, 1), (3, 1)), {FIRST}, {Sitting(3, 1, (ADA, BEN))}),
        (change_meetings.move((1, 1), (1, 1)), set(), set()),
        (
            change_meetings.move((1, 1), (1, 2)),
            {FIRST, SECOND},
            {Sitting(1, 2, (ADA, BEN)), Sitting(1, 1, (CY, DEE))},
        ),
        (
            change_meetings.swap((1, 1), ADA, CY),
            {FIRST, SECOND},
            {Sitting(1, 1, (BEN, CY)), Sitting(1, 2, (ADA, DEE))},
        ),
        (change_meetings.swap((2, 1), CY, EVE), {LATER}, {Sitting(2, 1, (ADA, EVE))}),
        (change_meetings.add((3, 2), (DEE, ADA, DEE)), set(), {Sitting(3, 2, (ADA, DEE))}),
        (change_meetings.remove((1, 2)), {SECOND}, set()),
        (change_meetings.lock((1, 1), locked=True), {FIRST}, {Sitting(1, 1, (ADA, BEN), locked=True)}),
        (change_meetings.lock((1, 3), locked=False), {LOCKED}, {Sitting(1, 3, (EVE, FAY))}),
        (change_meetings.lock_round(2, locked=True), {LATER}, {Sitting(2, 1, (ADA, CY), locked=True)}),
    ],
)
def test_a_change_moves_these_and_leaves_the_rest(act: Act, gone: set[Sitting], come: set[Sitting]) -> None:
    assert places(act(DAY)) == places(tuple((set(DAY) - gone) | come))


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (change_meetings.move((2, 1), (1, 2)), "^Table 2 is taken in round 1"),
        (change_meetings.move((1, 1), (1, 3)), "^The meeting at table 3 in round 1 is locked"),
        (change_meetings.move((1, 3), (1, 4)), "^The meeting at table 3 in round 1 is locked"),
        (change_meetings.move((3, 3), (1, 4)), "^This meeting is no longer there"),
        (change_meetings.swap((1, 1), ADA, EVE), "^The meeting at table 3 in round 1 is locked"),
        (change_meetings.swap((1, 1), CY, DEE), "^This meeting has changed"),
        (change_meetings.swap((1, 1), ADA, BEN), "^This meeting has changed"),
        (change_meetings.add((1, 2), (EVE, ADA)), "^Table 2 is taken in round 1"),
        (change_meetings.remove((1, 3)), "^The meeting at table 3 in round 1 is locked"),
        (change_meetings.lock((3, 3), locked=True), "^This meeting is no longer there"),
    ],
)
def test_what_is_taken_locked_or_gone_is_refused(act: Act, words: str) -> None:
    with pytest.raises(Refused, match=words):
        act(DAY)


@pytest.mark.parametrize(
    ("one", "said", "words"),
    [
        (Sitting(3, 1, (BEN, CY)), {}, ""),
        (Sitting(3, 1, (BEN,)), {}, "A meeting needs two people, or three who agreed to that."),
        (Sitting(4, 1, (BEN, CY)), {}, "There is no round 4 in the programme."),
        (Sitting(3, 5, (BEN, CY)), {}, "There is no table 5 in the hall."),
        (Sitting(3, 1, (BEN, CY)), {"there": {CY: frozenset({1})}}, "Cy is not here in round 3."),
        (Sitting(2, 2, (BEN, CY)), {}, "Cy already sits at table 1 in round 2."),
        (
            Sitting(3, 1, (ADA, BEN, CY)),
            {"trios": frozenset({ADA, BEN})},
            "Cy has not agreed to a meeting of three.",
        ),
        (Sitting(3, 1, (ADA, BEN)), {}, "Ada and Ben already meet in round 1."),
        (
            Sitting(3, 1, (BEN, CY)),
            {"excluded": frozenset({(BEN, CY)}), "declined": frozenset({(BEN, CY)})},
            "Ben and Cy must not be paired, as an organiser has said or because they have met.",
        ),
        (Sitting(3, 1, (BEN, CY)), {"declined": frozenset({(BEN, CY)})}, "Ben and Cy cannot meet."),
        (
            Sitting(3, 1, (BEN, CY)),
            {"kin": frozenset({(BEN, CY)})},
            "Ben and Cy are of one team or organisation.",
        ),
        (
            Sitting(3, 1, (ADA, DEE)),
            {"rests": {ADA: Rest(2, None)}},
            "Ada asks for at most 2 meetings, and has 3.",
        ),
    ],
)
def test_why_a_meeting_cannot_be(one: Sitting, said: dict[str, Any], words: str) -> None:
    assert objection(hall(**said), (*DAY, one), one, NAMES) == words


@pytest.mark.parametrize("said", [{"fixed": {CY: 2}}, {"allowed": {CY: frozenset({2, 3})}}])
def test_a_table_that_does_not_suit_somebody_is_not_for_them(said: dict[str, Any]) -> None:
    bad, good = Sitting(3, 1, (BEN, CY)), Sitting(3, 2, (BEN, CY))
    assert "Cy" in objection(hall(**said), (*DAY, bad), bad, NAMES)
    assert objection(hall(**said), (*DAY, good), good, NAMES) == ""


def test_a_round_has_one_meeting_of_three() -> None:
    both = Sitting(3, 1, (ADA, BEN, DEE)), Sitting(3, 2, (CY, EVE, FAY))
    there = hall(trios=frozenset(NAMES))
    assert (
        objection(there, both, both[1], NAMES)
        == "Round 3 has a meeting of three already, and there can be only one."
    )
    apart = Sitting(2, 1, (ADA, BEN, DEE))
    assert objection(there, (apart, both[1]), both[1], NAMES) == ""


def test_who_loses_a_meeting_and_which_wish_ends_is_said() -> None:
    after = change_meetings.swap((1, 1), ADA, 9)(DAY)
    assert consequences(DAY, after, [(ADA, BEN), (CY, DEE)], NAMES) == [
        "Ada then has no meeting in round 1.",
        "Ada and Ben both asked to meet, and then do not.",
    ]
    assert consequences(DAY, change_meetings.move((1, 1), (1, 4))(DAY), [(ADA, BEN)], NAMES) == []
