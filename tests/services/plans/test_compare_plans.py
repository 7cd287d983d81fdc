"""From one plan to the next: whose slips change, which meetings end, and which could not have stayed."""

from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest

from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

AFTER_ROUND_1 = datetime(2027, 3, 11, 10, 25, tzinfo=UTC)


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    return new_day(make, sqlite, people=6, rounds=2, tables=3)


def test_the_same_plan_again_changes_nobodys_slip(day: Any) -> None:
    before = day.publish(day.plan())
    found = day.difference(day.plan(), before)
    assert (found.before_version, found.slots, found.lost, found.kept, found.people) == (1, (), (), 6, 6)
    assert (found.changed, found.least) == ((), 0)


def test_whoever_leaves_ends_their_meetings_and_only_slips_of_those_who_come_change(day: Any) -> None:
    before = day.publish(day.plan())
    gone = day.people[0]
    partners = {one for _, _, people in day.seats(before) if gone.person_id in people for one in people}
    day.change(gone, state=RegistrationState.CANCELLED)
    found = day.difference(day.plan(), before)
    assert (len(found.lost), found.least, found.kept) == (2, 2, 4)
    assert all(f"{gone.person.name} no longer comes" in one.because for one in found.lost)
    assert gone.person_id not in {one.id for one in found.changed}
    assert {one.id for one in found.changed} >= partners - {gone.person_id}
    assert found.people == 5


def test_who_is_absent_gets_no_slip(day: Any) -> None:
    before = day.publish(day.plan())
    day.change(day.people[0], presence=Presence.ABSENT)
    found = day.difference(day.plan(), before)
    assert day.people[0].person_id not in {one.id for one in found.changed}
    assert found.people == 5


def test_rounds_that_have_begun_are_left_out(day: Any) -> None:
    before = day.publish(day.plan())
    day.change(day.people[0], state=RegistrationState.CANCELLED)
    after = day.plan(PlanningWay.LEAST, AFTER_ROUND_1)
    found = day.difference(after, before, AFTER_ROUND_1)
    assert {slot.round_number for slot in found.slots} == {2}
    assert [one.round_number for one in found.lost] == [2]
    assert found.kept == 2


def test_a_newcomer_has_a_slip_where_there_was_none(day: Any) -> None:
    before = day.publish(day.plan())
    day.change(day.people[0], state=RegistrationState.CANCELLED)
    late = day.make.registration(day.event, day.make.person("Late"))
    found = day.difference(day.plan(), before)
    mine = [slot for slot in found.slots if slot.person.id == late.person_id]
    assert mine != []
    assert all(slot.before is None and slot.after is not None and slot.there for slot in mine)


def test_meetings_that_end_for_somebody_late_say_for_whom(day: Any) -> None:
    before = day.publish(day.plan())
    late = day.make.registration(day.event, day.make.person("Late"))
    found = day.difference(day.plan(), before)
    mine = [slot for slot in found.slots if slot.person.id == late.person_id]
    # As fair as can be with seven: a second meeting would leave somebody else with one.
    assert [slot.before for slot in mine] == [None]
    assert found.least == 0
    assert [(one.round_number, one.because, one.made_room) for one in found.lost] == [
        (mine[0].round_number, "", "made room for Late, who came after version 1.")
    ]


def test_a_meeting_that_ends_for_two_who_both_asked_says_so(day: Any) -> None:
    before = day.publish(day.plan())
    met = {frozenset(people) for _, _, people in day.seats(before)}
    one, other = next((a, b) for a, b in combinations(day.people, 2) if {a.person_id, b.person_id} not in met)
    day.make.answer(day.event, one.person, other.person, AnswerKind.MEET)
    day.make.answer(day.event, other.person, one.person, AnswerKind.MEET)
    found = day.difference(day.plan(), before)
    names = " and ".join(sorted((one.person.name, other.person.name)))
    assert [lost.made_room for lost in found.lost] == [
        f"made room for {names}, who have both asked to meet."
    ] * 2
