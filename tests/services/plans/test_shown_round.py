"""What a page showed of a round is known again when its form comes back."""

import pytest

from matchmaker.services.plans import shown_round
from matchmaker.services.plans.change_meetings import Sitting

PAIR = Sitting(1, 4, (7, 9))
SHOWN = shown_round.read(1, shown_round.write([PAIR, Sitting(1, 6, (2, 3), locked=True)], [4, 8], [5, 70]))


@pytest.mark.parametrize(
    ("table", "now", "same"),
    [
        (4, PAIR, True),
        (4, Sitting(1, 4, (7, 9), locked=True), False),
        (4, Sitting(1, 4, (7, 10)), False),
        (4, None, False),
        (6, Sitting(1, 6, (2, 3), locked=True), True),
        (8, None, True),
        (8, Sitting(1, 8, (10, 11)), False),
        # Of table 12 nothing was shown.
        (12, None, True),
        (12, Sitting(1, 12, (10, 11)), True),
        (12, Sitting(1, 12, (10, 9)), False),
        (12, Sitting(1, 12, (10, 3)), False),
        (12, Sitting(1, 12, (10, 5)), False),
        (12, Sitting(1, 12, (10, 0)), True),
    ],
)
def test_a_table_has_what_was_shown_until_somebody_changes_it(
    table: int, now: Sitting | None, same: bool
) -> None:
    assert SHOWN.has(table, now) is same


def test_of_a_page_that_showed_nothing_everything_may_have_changed() -> None:
    shown = shown_round.read(3, shown_round.write([], []))
    assert (shown.number, shown.has(4, PAIR), shown.has(4, None)) == (3, True, True)
