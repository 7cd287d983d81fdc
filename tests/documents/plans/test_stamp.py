from datetime import datetime

import pytest

from matchmaker.documents.plans.stamp import Stamp


def test_a_stamp_says_plan_and_time_in_the_events_zone(stamp):
    assert (stamp.short, stamp.full) == ("plan 3, 9.42am", "plan 3, 9.42am on 12 November 2026")


def test_a_time_without_a_zone_is_refused(stamp):
    with pytest.raises(ValueError, match=r"^This time has no zone\."):
        Stamp("Data Together", 1, datetime(2026, 11, 12), stamp.zone)
