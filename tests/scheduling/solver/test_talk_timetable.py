"""Topics are put into rounds so that people reach their stars, hosts are free, and loud ones are apart."""

from dataclasses import replace

from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot
from matchmaker.scheduling.solver.talk_timetable import LOOKS, refined, timetable
from tests.scheduling.solver.test_hosting import BIRDS, EVENT, RIVERS, SOIL


def test_every_topic_is_on_once_before_any_is_on_again() -> None:
    found = timetable(Hosting(EVENT), [], seed=0)
    on = [topic for topics in found.values() for topic in topics]
    assert {RIVERS, SOIL, BIRDS} <= set(on)
    assert (on.count(RIVERS), on.count(SOIL)) == (1, 1)
    assert on.count(BIRDS) <= 2


def test_topics_are_moved_until_every_star_is_reached() -> None:
    once = Hosting(replace(EVENT, topics=tuple(replace(topic, times=1) for topic in EVENT.topics)))
    assert {once.reached(timetable(once, [], seed)) for seed in range(3)} == {7.0}


def test_what_is_kept_stays_in_its_round() -> None:
    kept = [TalkSlot(RIVERS, 0, "big")]
    for seed in range(3):
        found = timetable(Hosting(EVENT), kept, seed)
        assert RIVERS in found[0]
        assert sum(topics.count(RIVERS) for topics in found.values()) == 1


def test_no_round_breaks_a_rule_whatever_the_seed() -> None:
    loud = tuple(replace(topic, loud=True, times=3) for topic in EVENT.topics)
    hosting = Hosting(replace(EVENT, topics=loud))
    for seed in range(5):
        for round_, topics in timetable(hosting, [], seed).items():
            assert len(topics) <= len(hosting.corners[round_])
            hosts = [host for topic in topics for host in hosting.hosts[topic]]
            assert len(hosts) == len(set(hosts))
            assert hosting.seat(round_, topics) is not None


def test_moves_are_kept_that_are_worth_more_with_their_seats_and_no_others() -> None:
    hosting, looked = Hosting(EVENT), list[float]()
    start = {0: [SOIL], 1: [RIVERS], 2: []}

    def worth_of(sessions: dict[int, list[int]]) -> float:
        looked.append(float(SOIL in sessions[1]) + (RIVERS in sessions[2]))
        assert hosting.reached(sessions) >= hosting.reached(start) - 2
        return looked[-1]

    found = refined(hosting, start, 0, worth_of)
    assert (SOIL in found[1], RIVERS in found[2], max(looked)) == (True, True, 2)
    assert len(looked) == LOOKS + 1
    assert start == {0: [SOIL], 1: [RIVERS], 2: []}


def test_no_move_is_kept_that_is_worth_less() -> None:
    start = {0: [SOIL], 1: [RIVERS], 2: []}
    found = refined(Hosting(EVENT), start, 1, lambda sessions: float(sessions == start))
    assert found == start
