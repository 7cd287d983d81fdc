"""What is looked up of topics: who hosts and is free when, which corners fit, and the stars that can be reached."""

from dataclasses import replace

import pytest

from matchmaker.scheduling.problem.problem import (
    Corner,
    HostTable,
    LockedMeeting,
    Person,
    Problem,
    Round,
    TableTopic,
)
from matchmaker.scheduling.solver.hosting import Hosting

EVENT = Problem(
    people=(*map(Person, "abcdef"), Person("g", frozenset({2}))),
    rounds=(Round(2), Round(0), Round(2)),
    corners=(Corner("big", 6, beside=("small",)), Corner("small", 2, frozenset({1, 2}))),
    topics=(
        TableTopic("rivers", ("a",), 5, ("a", "b", "c", "d", "g")),
        TableTopic("soil", ("b",), 5, ("c", "d")),
        TableTopic("birds", ("a", "c"), 5, ("e",), times=2),
    ),
)
RIVERS, SOIL, BIRDS = range(3)


def test_hosts_are_no_guests_of_their_own_topic() -> None:
    hosting = Hosting(EVENT)
    names = sorted(hosting.number, key=hosting.number.__getitem__)
    assert names == list("abcdefg")
    assert [[names[one] for one in guests] for guests in hosting.guests] == [list("bcdg"), list("cd"), ["e"]]
    assert hosting.stars == [[], [RIVERS], [RIVERS, SOIL], [RIVERS, SOIL], [BIRDS], [], [RIVERS]]


def test_who_is_settled_elsewhere_is_not_free_for_a_topic() -> None:
    busy = replace(
        EVENT,
        host_tables=(HostTable(1, 1, "a", 3, ("b",), ("d",)),),
        locked_meetings=(LockedMeeting(3, 1, ("c", "d")),),
    )
    there = Hosting(busy).there
    assert [format(int(mask), "03b")[::-1] for mask in there] == [
        "011",
        "011",
        "110",
        "110",
        "111",
        "111",
        "010",
    ]


def test_a_topic_needs_all_its_hosts() -> None:
    people = (Person("a", frozenset({1, 2})), Person("b"), Person("c", frozenset({2, 3})), *EVENT.people[3:])
    hosting = Hosting(replace(EVENT, people=people))
    assert [[hosting.can_host(topic, r) for r in range(3)] for topic in (RIVERS, SOIL, BIRDS)] == [
        [True, True, False],
        [True, True, True],
        [False, True, False],
    ]


def test_a_locked_round_has_its_corners_for_the_talks_that_stay() -> None:
    hosting = Hosting(replace(EVENT, locked=frozenset({1})))
    assert [[corner.id for corner in corners] for corners in hosting.corners] == [
        ["big", "small"],
        ["big", "small"],
        ["big"],
    ]


def test_those_asked_for_most_have_the_largest_corner() -> None:
    seated = Hosting(EVENT).seat(0, [SOIL, RIVERS])
    assert seated is not None
    assert {topic: corner.id for topic, corner in seated.items()} == {RIVERS: "big", SOIL: "small"}
    assert Hosting(EVENT).seat(2, [SOIL, RIVERS]) is None


def test_hosts_must_fit_into_the_corner_that_is_left() -> None:
    crowded = replace(EVENT.topics[SOIL], hosts=("b", "e", "f"))
    hosting = Hosting(replace(EVENT, topics=(EVENT.topics[RIVERS], crowded)))
    assert hosting.seat(0, [RIVERS, SOIL]) is None
    assert hosting.seat(0, [SOIL]) is not None


def test_two_loud_topics_are_never_beside_each_other() -> None:
    loud = tuple(replace(topic, loud=topic.id != "birds") for topic in EVENT.topics)
    hosting = Hosting(replace(EVENT, topics=loud))
    assert not hosting.fits({0: [RIVERS], 1: [], 2: []}, 0, SOIL, None)
    apart = replace(EVENT, topics=loud, corners=(*EVENT.corners, Corner("far", 4)))
    assert Hosting(apart).fits({0: [RIVERS], 1: [], 2: []}, 0, SOIL, None)


@pytest.mark.parametrize(
    ("there", "topic", "out", "fits"),
    [
        ([], RIVERS, None, True),
        ([RIVERS], RIVERS, None, False),
        ([RIVERS], BIRDS, None, False),
        ([RIVERS], BIRDS, RIVERS, True),
        ([RIVERS], SOIL, None, True),
        ([RIVERS, SOIL], BIRDS, None, False),
    ],
)
def test_a_topic_fits_beside_others_with_other_hosts_and_a_corner_left(
    there: list[int], topic: int, out: int | None, fits: bool
) -> None:
    assert Hosting(EVENT).fits({0: there, 1: [], 2: []}, 0, topic, out) is fits


def test_stars_are_reached_once_each_where_people_are_free() -> None:
    hosting = Hosting(EVENT)
    # In one round c and d can be at one of their two topics; in two rounds at both. g is there in the second only.
    assert hosting.reached({0: [RIVERS, SOIL], 1: [], 2: []}) < hosting.reached(
        {0: [RIVERS], 1: [], 2: [SOIL]}
    )
    assert hosting.reached({0: [], 1: [], 2: []}) == 0
    assert hosting.reached({0: [SOIL], 1: [RIVERS], 2: [BIRDS]}) == 4 + 2 + 1


@pytest.mark.parametrize(("wanted_by", "reached"), [(9, 9), (10, 9), (12, 9)])
def test_of_a_topic_no_more_are_reached_than_it_has_seats_however_few_lack_one(
    wanted_by: int, reached: int
) -> None:
    """Of ten who want it nine have a seat, and whoever has none reaches nothing instead."""
    people = [f"p{i}" for i in range(wanted_by)]
    hosting = Hosting(
        Problem(
            people=tuple(map(Person, ["host", *people])),
            rounds=(Round(0),),
            pairs=(),
            corners=(Corner("C", 10),),
            topics=(TableTopic("soil", ("host",), 10, tuple(people)),),
        )
    )
    assert hosting.reached({0: [0]}) == reached


def test_seats_that_somebody_else_could_fill_are_no_reason_to_count_a_star_twice() -> None:
    """Nine want the nine seats of one topic, and eight of them another at the same time: nine stars are reached."""
    people = [f"p{i}" for i in range(10)]
    hosting = Hosting(
        Problem(
            people=tuple(map(Person, ["host", "other", *people])),
            rounds=(Round(0),),
            pairs=(),
            corners=(Corner("C", 10), Corner("D", 10)),
            topics=(
                TableTopic("soil", ("host",), 9, tuple(people[:9])),
                TableTopic("rivers", ("other",), 10, tuple(people[:9])),
            ),
        )
    )
    assert hosting.reached({0: [0, 1]}) == 9
