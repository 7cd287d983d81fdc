"""Planning again: what stays of the day so far, who gets a place, and what is proven of the change."""

from datetime import UTC, datetime, time
from typing import Any

from matchmaker.services.plans import plan_versions, solve_plan
from matchmaker.services.plans.hall import Hall
from matchmaker.services.plans.keep_meetings import Before, Held, PlanningWay, keep
from matchmaker.store.event import events
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan, PlanState

MORNING = datetime(2027, 3, 11, 8, tzinfo=UTC)
"""Before the first round, which is at 10."""
ROUND_2 = datetime(2027, 3, 11, 10, 35, tzinfo=UTC)
Seats = set[tuple[int, int, frozenset[int]]]


def with_person(seats: Seats, registration: Registration) -> Seats:
    return {one for one in seats if registration.person_id in one[2]}


DAY = dict.fromkeys(range(1, 7), frozenset({1, 2, 3}))


def hall(there: dict[int, frozenset[int]] = DAY) -> Hall:
    """Six people in three rounds at three tables."""
    none: frozenset[Any] = frozenset()
    return Hall((1, 2, 3), (1, 2, 3), there, {}, {}, none, none, none, (), none)


def kept(before: Before, there: dict[int, frozenset[int]] = DAY) -> tuple[Held, ...]:
    return keep(hall(there), before, PlanningWay.LEAST).meetings


def test_nothing_comes_back_to_a_round_that_has_begun_or_is_settled() -> None:
    older = (Held(1, 1, (1, 2)), Held(2, 1, (3, 4)), Held(3, 1, (5, 6)))
    assert kept(Before(past=frozenset({1}), fixed=frozenset({2}), older=older)) == older[2:]


def test_two_who_were_parted_while_both_were_there_are_not_put_together_again() -> None:
    older = (Held(1, 1, (1, 2)), Held(2, 1, (1, 3)))
    assert kept(Before(planned={1: DAY[1], 2: DAY[2]}, older=older)) == older[1:]


def test_what_is_published_goes_before_what_was() -> None:
    now = Held(1, 1, (1, 2))
    assert kept(Before(published=(now,), planned={1: DAY[1], 2: DAY[2]}, older=(Held(1, 1, (1, 3)),))) == (
        now,
    )


def test_what_comes_back_takes_a_table_that_those_who_stay_leave_free() -> None:
    now = (Held(1, 2, (1, 2)), Held(1, 1, (3, 4)))
    back, apart = Held(1, 2, (5, 6)), Held(2, 2, (5, 4))
    before = Before(published=now, planned={1: DAY[1], 2: DAY[2], 3: DAY[3]}, older=(back, apart))
    assert kept(before) == (*now, Held(1, 3, (5, 6)), apart)


def test_two_who_have_met_get_no_second_meeting_back() -> None:
    now = Held(1, 1, (1, 2))
    only = frozenset({1})
    before = Before(only, published=(now,), planned={1: only, 2: only}, older=(Held(3, 1, (1, 2)),))
    assert kept(before) == (now,)


def test_a_past_meeting_that_somebody_came_too_late_for_has_not_taken_place() -> None:
    before = Before(frozenset({1}), published=(Held(1, 1, (1, 2)), Held(1, 2, (3, 4))), planned=DAY)
    assert kept(before, {**DAY, 1: frozenset({2, 3})}) == (Held(1, 2, (3, 4)),)


def test_a_locked_meeting_of_a_draft_does_not_change_what_has_been() -> None:
    locked = (Held(1, 2, (3, 4)), Held(2, 2, (3, 4)))
    before = Before(frozenset({1}), published=(Held(1, 1, (1, 2)),), planned=DAY, locked=locked)
    assert keep(hall(), before, PlanningWay.LEAST).locked == locked[1:]


def test_a_settled_round_that_is_no_longer_held_is_forgotten() -> None:
    assert keep(hall(), Before(fixed=frozenset({2, 9})), PlanningWay.LEAST).fixed == {2}


def test_when_somebody_is_absent_only_their_meetings_end_and_that_is_proven_the_least(
    database: Any, maker: Any, new_day: Any
) -> None:
    day = new_day(maker(database), database)
    first = day.publish(day.plan())
    day.change(day.people[3], presence=Presence.ABSENT)
    second = day.plan()
    before, after = day.seats(first), day.seats(second)
    assert before - after == with_person(before, day.people[3])
    assert len(before - after) == 4
    difference = day.difference(second, first)
    assert (difference.kept, len(difference.lost), difference.least) == (16, 4, 4)
    partners = {one for seat in before - after for one in seat[2]} - {day.people[3].person_id}
    assert {one.id for one in difference.changed} == partners
    assert len(difference.slots) == 4


def test_afresh_keeps_nothing_but_what_is_locked(sqlite: Any, make: Any, new_day: Any) -> None:
    day = new_day(make, sqlite, people=16, tables=8)
    first = day.publish(day.plan())
    locked = sorted(day.seats(first), key=lambda one: one[:2])[5]
    day.lock(first, locked)
    for one in day.people[:3]:
        day.change(one, team="Rivers")
    second = day.plan(PlanningWay.AFRESH)
    assert locked in day.seats(second)
    with sqlite.reading() as session:
        kept = plans.by_public_id(session, day.event.id, second.public_id)
        assert kept is not None
        assert [(one.round_number, one.table_number) for one in kept.meetings if one.locked] == [locked[:2]]
    third = day.plan(PlanningWay.AFRESH)
    assert locked in day.seats(third)


def test_rounds_that_have_begun_stay_as_they_are_whatever_happened_since(
    sqlite: Any, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite)
    first = day.publish(day.plan())
    before = day.seats(first)
    a, b = (sorted(before, key=lambda one: one[:2])[0])[2]
    make.add(Exclusion(event_id=day.event.id, a_id=min(a, b), b_id=max(a, b)))
    day.change(day.people[4], presence=Presence.ABSENT)
    new = make.registration(day.event)
    second = day.plan(PlanningWay.AFRESH, ROUND_2)
    after = day.seats(second)
    begun = {one for one in before if one[0] <= 2}
    assert begun == {one for one in after if one[0] <= 2}
    assert {one[0] for one in with_person(after, day.people[4])} == {1, 2}
    assert {one[0] for one in with_person(after, new)} == {3, 4}
    assert day.difference(second, first, ROUND_2).before_version == 1


def test_whoever_comes_back_gets_their_meetings_back_where_both_are_free(
    sqlite: Any, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=5, rounds=2)
    first = day.publish(day.plan())
    gone = next(one for one in day.people if len(with_person(day.seats(first), one)) == 2)
    day.change(gone, presence=Presence.ABSENT)
    second = day.publish(day.plan())
    day.change(gone, presence=Presence.HERE)
    third = day.plan()
    busy = {(one[0], person) for one in day.seats(second) for person in one[2]}
    free = {
        one
        for one in with_person(day.seats(first), gone)
        if not any((one[0], person) in busy for person in one[2])
    }
    # Somebody else sits out for them, once, as nobody sits out twice before everybody has once.
    (ended,) = day.seats(second) - day.seats(third)
    assert {one[0] for one in with_person(day.seats(third), gone)} == {ended[0]}
    assert free <= day.seats(third)


def test_somebody_new_is_placed_without_moving_anybody(sqlite: Any, make: Any, new_day: Any) -> None:
    day = new_day(make, sqlite, people=9)
    first = day.publish(day.plan())
    new = make.registration(day.event)
    second = day.plan()
    assert day.seats(first) < day.seats(second)
    assert len(with_person(day.seats(second), new)) == 4


def test_whoever_needs_rests_gives_up_as_few_meetings_as_they_must_and_none_that_took_place(
    sqlite: Any, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite)
    ada, bob = day.people[0], day.people[1]
    first = day.publish(day.plan())
    assert (len(with_person(day.seats(first), ada)), len(with_person(day.seats(first), bob))) == (4, 4)
    day.change(ada, most_meetings=1)
    day.change(bob, meetings_in_a_row=1)
    in_round_three = day.event.rounds[2].starts_at
    later = day.plan(at=in_round_three)
    had = {one for one in day.seats(first) if one[0] <= 3}
    assert had <= day.seats(later)
    assert {number for number, _, _ in with_person(day.seats(later), ada)} == {1, 2, 3}
    assert {number for number, _, _ in with_person(day.seats(later), bob)} == {1, 2, 3}
    afresh = day.seats(day.plan(PlanningWay.AFRESH, at=MORNING))
    assert len(with_person(afresh, ada)) == 1
    assert {number for number, _, _ in with_person(afresh, bob)} in ({1, 3}, {1, 4}, {2, 4})


def test_two_who_share_a_helper_are_never_at_two_tables_at_once(
    database: Any, maker: Any, new_day: Any
) -> None:
    day = new_day(maker(database), database)
    ada, bob, cleo = day.people[:3]
    first = day.publish(day.plan())
    for one, helper in ((ada, "Ira, interpreter"), (bob, "ira,  Interpreter"), (cleo, "Sam")):
        day.change(one, helper=helper)
    for way in (PlanningWay.LEAST, PlanningWay.AFRESH):
        seats = day.seats(day.plan(way))
        tables = {
            number: {
                table for at, table, who in seats if at == number and who & {ada.person_id, bob.person_id}
            }
            for number in range(1, 5)
        }
        assert all(len(one) == 1 for one in tables.values()), way
        # With nine people in a round somebody sits out; whose helper helps nobody else does so once at most.
        assert len(with_person(seats, cleo)) >= 3
    difference = day.difference(day.plan(), first)
    assert {one.given_up for one in difference.lost} == {True}
    assert difference.least == 0
    assert "come with the same supporter" in difference.lost[0].because


def test_whoever_is_free_is_noted_beside_the_seats_of_a_published_plan(
    sqlite: Any, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=9)
    plan = day.publish(day.plan())
    with sqlite.reading() as session:
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert kept is not None
        for number in range(1, 5):
            here = [seat for one in kept.meetings if one.round_number == number for seat in one.seats]
            (free,) = {one.person_id for one in day.people} - {seat.person_id for seat in here}
            assert len(here) == 8
            assert {tuple(seat.stands_in) for seat in here} <= {(), (free,)}
            assert any(seat.stands_in for seat in here)


def test_in_a_fixed_round_nothing_new_is_planned(sqlite: Any, make: Any, new_day: Any) -> None:
    day = new_day(make, sqlite, people=9)
    first = day.publish(day.plan())
    with sqlite.writing() as session:
        session.get_one(Plan, first.id).fixed_rounds = [3]
    new = make.registration(day.event)
    second = day.plan()
    assert {one[0] for one in with_person(day.seats(second), new)} == {1, 2, 4}
    assert second.fixed_rounds == [3]


def test_somebody_late_loses_only_the_rounds_they_miss(sqlite: Any, make: Any, new_day: Any) -> None:
    day = new_day(make, sqlite)
    first = day.publish(day.plan())
    day.change(day.people[0], arrives=time(11))
    second = day.plan()
    lost = day.seats(first) - day.seats(second)
    assert lost == {one for one in with_person(day.seats(first), day.people[0]) if one[0] <= 2}
    assert day.difference(second, first).least == 2


def test_a_meeting_at_a_lost_table_keeps_its_people_and_round(sqlite: Any, make: Any, new_day: Any) -> None:
    day = new_day(make, sqlite, people=6)
    first = day.publish(day.plan())
    with sqlite.writing() as session:
        event = events.by_id(session, day.event.id)
        assert event is not None
        session.delete(event.tables[0])
    second = day.plan()
    pairs = [{(one[0], one[2]) for one in day.seats(plan)} for plan in (first, second)]
    assert pairs[0] == pairs[1]
    difference = day.difference(second, first)
    assert difference.least == len(difference.lost) == sum(one[1] == 1 for one in day.seats(first))


def test_only_those_who_said_yes_or_are_here_are_planned_unless_the_organiser_asks(
    sqlite: Any, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=5)
    silent = make.registration(day.event, state=RegistrationState.INVITED)
    here = make.registration(day.event, state=RegistrationState.INVITED, presence=Presence.HERE)
    first = day.plan()
    assert not with_person(day.seats(first), silent)
    assert len(with_person(day.seats(first), here)) == 4
    everybody = day.plan(unanswered=True)
    assert with_person(day.seats(everybody), silent)
    assert everybody.unanswered


def test_two_organisers_who_plan_at_once_both_keep_their_versions(
    database: Any, maker: Any, new_day: Any
) -> None:
    day = new_day(maker(database), database)
    day.publish(day.plan())
    with database.reading() as session:
        inputs = [plan_versions.load(session, day.event.id, MORNING, way) for way in PlanningWay]
    solved = [solve_plan.solve(one) for one in inputs]
    with database.writing() as session:
        made = [plan_versions.save(session, day.event.id, one, None) for one in solved]
    assert [one.version for one in made] == [2, 3]
    assert {one.state for one in made} == {PlanState.DRAFT}
