"""Numbers by day: each day has what had happened by its end; the table beside has few rows and the last day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.documents.plans.over_time import MOST_ROWS, Growth, over_time

MARCH = date(2027, 3, 1)


def test_a_day_has_all_that_happened_until_its_end_and_nothing_later_counts() -> None:
    days = {MARCH: 2, MARCH + timedelta(2): 1, MARCH + timedelta(9): 1}
    found = over_time((("Yes", days), ("Profiles", {MARCH + timedelta(1): 1})), MARCH + timedelta(3))
    assert found is not None
    assert found.first == MARCH
    assert found.growths == (Growth("Yes", (2, 2, 3, 3)), Growth("Profiles", (0, 1, 1, 1)))
    assert found.top == 3
    assert found.points(found.growths[0]) == "44.0,83.3 277.3,83.3 510.7,12.0 744.0,12.0"


@pytest.mark.parametrize("days", [{}, {MARCH + timedelta(1): 1}])
def test_before_anything_happened_there_is_no_picture(days: dict[date, int]) -> None:
    assert over_time((("Yes", days),), MARCH) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=30), st.integers(0, 500))
def test_the_table_is_short_ends_with_the_last_day_and_says_what_the_picture_says(
    after: list[int], until: int
) -> None:
    days = Counter(MARCH + timedelta(one) for one in after)
    found = over_time((("Yes", days),), MARCH + timedelta(until))
    if found is None:
        assert until < min(after)
        return
    rows = found.rows()
    assert len(rows) <= MOST_ROWS
    assert rows[-1][0] == MARCH + timedelta(until)
    assert all(counts == [sum(one <= (at - MARCH).days for one in after)] for at, counts in rows)
