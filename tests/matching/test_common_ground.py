"""What two who meet anyway have in common, where nothing is a reason to meet."""

import numpy as np
import pytest

from matchmaker.matching.common_ground import common_ground, is_told
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.reasons import Reason
from matchmaker.matching.vectors import vectorise

FLOOD = DatasetLink("flood-map", "Flood Map for Planning", use="uses")
LIDAR = DatasetLink("lidar", "LIDAR Composite DTM", use="uses")


def shared(ann: Profile, ben: Profile, *others: Profile) -> list[tuple[str, str, str, str, int]]:
    quotes = Quotes(vectorise([Profile("first", topics=("Rivers",)), ann, ben, *others]))
    of_first, found = common_ground(quotes, np.array([0, 1]), np.array([2, 2]))
    assert [one.what for one in of_first] == ["Rivers"] * ("Rivers" in ben.topics)
    assert {(one.share, one.strength) for one in found} <= {(0.0, 0.0)}
    return [(one.kind, one.what, one.mine, one.theirs, one.people) for one in found]


def test_the_rarest_two_topics_of_both_are_told_each_as_its_reader_spelt_it() -> None:
    ann = Profile("ann", topics=("Soil health", "Air Quality", "Water quality", "Peat"))
    ben = Profile("ben", topics=("Water quality", "air quality", "Soil health", "Trees"))
    others = [Profile(f"u{number}", topics=("Soil health", "Peat", "Trees")) for number in range(6)]
    assert shared(ann, ben, *others, Profile("w", topics=("Water quality",))) == [
        ("topic", "air quality", "Air Quality", "air quality", 2),
        ("topic", "water quality", "Water quality", "Water quality", 3),
    ]


def test_a_dataset_of_both_is_told_before_their_topics_and_the_one_that_fewest_have() -> None:
    ann = Profile("ann", topics=("Rivers",), datasets=(FLOOD, LIDAR))
    ben = Profile("ben", topics=("Rivers",), datasets=(LIDAR, FLOOD))
    others = [Profile(f"u{number}", datasets=(FLOOD,)) for number in range(4)]
    assert shared(ann, ben, *others) == [("dataset", "LIDAR Composite DTM", "uses it", "uses it", 2)]


def test_those_with_nothing_in_common_are_told_nothing() -> None:
    ann = Profile("ann", topics=("Rivers",), datasets=(FLOOD,))
    assert shared(ann, Profile("ben", topics=("Trees",), datasets=(LIDAR,))) == []


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason("topic", "peat", 0.2), True),
        (Reason("acquaintance", "Priority Habitats", 0.2), True),
        (Reason("acquaintance", "people you both know", 0.2, people=2), False),
        (Reason("asks", "Flood Map for Planning", 0.0), False),
        (Reason("other", "", 0.9), False),
    ],
)
def test_people_both_know_and_what_is_said_of_one_alone_tell_nothing(reason: Reason, told: bool) -> None:
    assert is_told([reason]) is told
