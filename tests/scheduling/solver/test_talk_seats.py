"""Who is at which talk: as many stars as seats allow, nobody in two places, and a round left for wishes."""

from dataclasses import replace

from matchmaker.scheduling.problem.parts import Kin
from matchmaker.scheduling.problem.plan import Certificate, Meeting, Plan, Talk
from matchmaker.scheduling.problem.problem import Corner, Person, Problem, Round, TableTopic
from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot
from matchmaker.scheduling.solver.talk_seats import seats_of_talks

EVENT = Problem(
    people=(*map(Person, "abcdef"), Person("g", frozenset({2}))),
    rounds=(Round(2), Round(2)),
    corners=(Corner("north", 3), Corner("south", 6)),
    topics=(
        TableTopic("rivers", ("a",), 6, ("b", "c", "d", "g")),
        TableTopic("soil", ("b",), 6, ("c", "d", "e")),
    ),
)
AT_ONCE = [TalkSlot(0, 0, "north"), TalkSlot(1, 0, "south")]
IN_TURN = [TalkSlot(0, 0, "south"), TalkSlot(1, 1, "south")]
NOTHING = Certificate(0.0, 0.0, 0.0, 1.0, 0, 0)


def seats(problem: Problem, sessions: list[TalkSlot], earlier: Plan | None = None) -> list[str]:
    """The people of each talk."""
    hosting = Hosting(problem)
    if earlier is not None:
        hosting.keep_meetings(earlier)
    talks = seats_of_talks(hosting, sessions, earlier).talks
    assert [(talk.round, talk.corner, talk.topic) for talk in talks] == [
        (one.round + 1, one.corner, problem.topics[one.topic].id) for one in sessions
    ]
    return ["".join(talk.people) for talk in talks]


def test_all_who_gave_a_star_and_are_there_have_a_seat_where_there_are_enough() -> None:
    assert seats(EVENT, IN_TURN) == ["abcd", "bcde"]


def test_nobody_is_at_two_talks_at_once_and_hosts_are_at_their_own() -> None:
    first, second = seats(EVENT, AT_ONCE)
    assert set(first).isdisjoint(second)
    assert (first[0], second[0]) == ("a", "b")
    assert sorted(first + second) == list("abcde")


def test_no_more_people_than_the_topic_or_the_corner_has_seats() -> None:
    small = replace(EVENT, corners=(Corner("north", 2), Corner("south", 6)))
    assert [len(people) for people in seats(small, [TalkSlot(0, 0, "north")])] == [2]
    few = replace(EVENT, topics=(replace(EVENT.topics[0], seats=3), EVENT.topics[1]))
    assert [len(people) for people in seats(few, IN_TURN)] == [3, 4]


def test_nobody_has_two_seats_at_one_topic() -> None:
    twice = [TalkSlot(0, 0, "south"), TalkSlot(0, 1, "south")]
    first, second = seats(EVENT, twice)
    assert set(first) & set(second) == {"a"}
    assert "g" in second


def test_two_who_must_never_meet_are_at_no_talk_together() -> None:
    for people in seats(replace(EVENT, forbidden=(("c", "d"),)), IN_TURN):
        assert not {"c", "d"} <= set(people)
    assert seats(replace(EVENT, forbidden=(("a", "c"),)), IN_TURN) == ["abd", "bcde"]


def test_two_of_one_group_may_be_at_a_talk_together() -> None:
    assert seats(replace(EVENT, kin=(Kin(("c", "d")),)), IN_TURN) == ["abcd", "bcde"]


def test_two_who_both_asked_keep_a_round_for_it() -> None:
    asked = replace(EVENT, wanted=(("c", "d"),))
    talks = seats(asked, IN_TURN)
    assert any({"c", "d"}.isdisjoint(people) for people in talks)
    without_tables = replace(asked, rounds=(Round(0), Round(0)))
    assert seats(without_tables, IN_TURN) == ["abcd", "bcde"]


def test_who_was_at_a_talk_stays_though_others_want_the_seat() -> None:
    small = replace(EVENT, corners=(Corner("north", 2), Corner("south", 6)))
    for guest in "bcd":
        earlier = Plan((), NOTHING, (), (Talk(1, "north", "rivers", ("a", guest, "zed")),))
        assert seats(small, [TalkSlot(0, 0, "north")], earlier) == [f"a{guest}"]


def test_nobody_leaves_an_earlier_meeting_for_a_talk_and_a_pair_who_met_does_not_sit_together() -> None:
    earlier = Plan((Meeting(1, 1, ("c", "e"), 0.5),), NOTHING)
    first, second = seats(EVENT, IN_TURN, earlier)
    assert (first, len(set("ce") & set(second))) == ("abd", 1)


def test_a_meeting_of_somebody_who_is_gone_holds_nobody() -> None:
    earlier = Plan((Meeting(1, 1, ("c", "zed"), 0.5), Meeting(1, 2, ("d", "g"), 0.5)), NOTHING)
    assert seats(EVENT, IN_TURN, earlier)[0] == "abcd"


def test_a_talk_to_which_nobody_comes_is_not_held() -> None:
    alone = replace(EVENT, topics=(TableTopic("rivers", ("a",), 6), EVENT.topics[1]))
    talks = seats_of_talks(Hosting(alone), IN_TURN, None).talks
    assert [(talk.topic, "".join(talk.people)) for talk in talks] == [("soil", "bcde")]
    assert seats(EVENT, []) == []
