"""Setting up a day: rounds follow the clock until a plan names them, tables stay under those who sit there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from matchmaker.services.event import set_up_event
from matchmaker.services.event.set_up_event import Details, RoundSlot, places, slots
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import Event, HallTable, SameOrganisation
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from matchmaker.store.plans.concerned import Concerned
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.talks import Talk, TalkSeat
from matchmaker.store.session import Database

TODAY = date(2027, 3, 1)
DETAILS = Details(
    name="Data Together",
    host="Defra",
    about="A day",
    held_on=date(2027, 3, 11),
    place="Leeds",
    zone="Europe/London",
    contact_name="Kit",
    contact_email="kit@defra.example",
    purpose="to meet",
    erase_on=date(2027, 6, 11),
    inside_domains=["inside.example"],
    same_organisation=SameOrganisation.ALLOWED,
    mixing_least=3,
    thanks_each=5,
    suggestions_each=6,
    count_acquaintances=False,
)


class Set:
    """An event being set up, and another that must stay as it is."""

    def __init__(self, make: Any, **columns: Any) -> None:
        self.make, self.database = make, make.database
        self.event = make.event(**{"rounds": 2, "tables": 3, **columns})
        self.other = make.event(rounds=2, tables=3)

    def act(self, deed: Any, *said: Any, **more: Any) -> Any:
        with self.database.writing() as session:
            return deed(session, session.get_one(Event, self.event.id), *said, **more)

    def rounds(self, event: Any = None) -> list[tuple[int, str, int]]:
        with self.database.reading() as session:
            there = session.get_one(Event, (event or self.event).id)
            return [(one.number, f"{one.starts_at:%H:%M}", one.minutes) for one in there.rounds]

    def tables(self, event: Any = None) -> list[int]:
        with self.database.reading() as session:
            return [one.number for one in session.get_one(Event, (event or self.event).id).tables]

    def plan(self, event: Any, state: PlanState = PlanState.DRAFT) -> Plan:
        at = None if state is PlanState.DRAFT else datetime(2027, 3, 1, tzinfo=UTC)
        plan = Plan(event_id=event.id, version=1, problem={}, certificate={}, state=state, published_at=at)
        self.make.add(plan)
        return plan


@pytest.fixture
def hall(make: Any) -> Set:
    return Set(make)


def slot(clock: str, minutes: int = 20) -> RoundSlot:
    return RoundSlot(datetime.fromisoformat(f"2027-03-11T{clock}+00:00"), minutes)


def test_everything_said_of_an_event_is_kept_and_pools_follow_the_domains(
    database: Database, maker: Any
) -> None:
    hall = Set(maker(database), inside_domains=["elsewhere.example"])
    for event in (hall.event, hall.other):
        hall.make.registration(event, pool=Pool.OUTSIDE)
    assert hall.act(set_up_event.describe, DETAILS, TODAY) == 1
    assert hall.act(set_up_event.describe, DETAILS, TODAY) == 0
    with database.reading() as session:
        kept = session.get_one(Event, hall.event.id)
        assert {name: getattr(kept, name) for name in vars(DETAILS)} == vars(DETAILS)
        pools = {one.event_id: one.pool for one in session.query(Registration)}
    assert pools == {hall.event.id: Pool.INSIDE, hall.other.id: Pool.OUTSIDE}


def test_rounds_keep_their_clock_on_another_day_in_another_zone(hall: Set) -> None:
    hall.act(set_up_event.describe, replace(DETAILS, held_on=date(2027, 6, 1), zone="Europe/Paris"), TODAY)
    with hall.database.reading() as session:
        there = [one.starts_at for one in session.get_one(Event, hall.event.id).rounds]
    assert there == [datetime(2027, 6, 1, 8, tzinfo=UTC), datetime(2027, 6, 1, 8, 30, tzinfo=UTC)]
    assert hall.rounds(hall.other) == [(1, "10:00", 20), (2, "10:30", 20)]


def test_an_erase_date_that_has_passed_is_refused_unless_it_was_that_already(hall: Set) -> None:
    late = date(2027, 7, 1)
    with pytest.raises(Refused, match="^The erase date must be today or later"):
        hall.act(set_up_event.describe, replace(DETAILS, erase_on=date(2027, 6, 30)), late)
    hall.act(set_up_event.describe, DETAILS, late)
    hall.act(set_up_event.describe, replace(DETAILS, erase_on=late), late)


@pytest.mark.parametrize(("erase_on", "again"), [(date(2027, 6, 12), False), (date(2027, 6, 13), True)])
def test_an_erased_event_that_is_kept_longer_is_erased_again(make: Any, erase_on: date, again: bool) -> None:
    hall = Set(make, erased_at=datetime(2027, 6, 12, tzinfo=UTC))
    hall.act(set_up_event.describe, replace(DETAILS, erase_on=erase_on), date(2027, 6, 12))
    with hall.database.reading() as session:
        assert (session.get_one(Event, hall.event.id).erased_at is None) is again


def test_slots_follow_each_other_with_gaps_and_one_break() -> None:
    event = Event(held_on=date(2027, 3, 11), zone="Europe/Paris")
    found = slots(event, time(9), 4, 20, 10, break_minutes=60, break_after=2)
    assert [f"{one.starts_at:%H:%M}–{one.ends_at:%H:%M}" for one in found] == [
        "08:00–08:20", "08:30–08:50", "09:50–10:10", "10:20–10:40",
    ]  # fmt: skip


def test_a_round_at_a_time_that_the_clocks_skip_is_refused_and_says_what_to_enter() -> None:
    forward = Event(held_on=date(2027, 3, 28), zone="Europe/London")
    words = (
        r"There is no 1\.15am on 28 March 2027, as the clocks go forward and skip it\. "
        r"Enter a time before 1am, or 2am or later"
    )
    with pytest.raises(Refused, match=words):
        slots(forward, time(1, 15), 2, 20, 5)
    (before, after), (at_two,) = slots(forward, time(0, 45), 2, 20, 0), slots(forward, time(2), 1, 20, 0)
    assert (before.starts_at.hour, after.starts_at.hour, after.starts_at.minute) == (0, 1, 5)
    assert at_two.starts_at == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_an_event_is_not_moved_to_a_day_whose_clocks_skip_the_time_of_a_round(hall: Any) -> None:
    hall.act(set_up_event.describe, replace(DETAILS, held_on=date(2027, 3, 27)), TODAY)
    with hall.database.writing() as session:
        event = session.get_one(Event, hall.event.id)
        set_up_event.change_round(session, event, event.rounds[0], slots(event, time(1, 15), 1, 20, 0)[0])
    with pytest.raises(Refused) as refused:
        hall.act(set_up_event.describe, replace(DETAILS, held_on=date(2027, 3, 28)), TODAY)
    (problem,) = refused.value.problems
    assert (problem.field, problem.message) == (
        "held_on",
        "There is no 1.15am on 28 March 2027, as the clocks go forward and skip it, and round 1 begins then. "
        "Choose another day, or change the round first",
    )


def test_slots_take_their_minutes_also_when_the_clocks_change() -> None:
    event = Event(held_on=date(2027, 3, 28), zone="Europe/London")
    found = slots(event, time(0, 30), 3, 20, 10)
    shown = [f"{one.starts_at.astimezone(event.tz):%H:%M}" for one in found]
    assert shown == ["00:30", "02:00", "02:30"]


def test_rounds_are_numbered_by_the_clock_until_a_plan_names_them(database: Database, maker: Any) -> None:
    hall = Set(maker(database))
    hall.plan(hall.other)
    hall.act(set_up_event.add_rounds, [slot("09:00"), slot("10:50")])
    assert hall.rounds() == [(1, "09:00", 20), (2, "10:00", 20), (3, "10:30", 20), (4, "10:50", 20)]
    with database.writing() as session:
        event = session.get_one(Event, hall.event.id)
        set_up_event.change_round(session, event, event.rounds[0], slot("10:20", 10))
    assert hall.rounds() == [(1, "10:00", 20), (2, "10:20", 10), (3, "10:30", 20), (4, "10:50", 20)]
    with database.writing() as session:
        event = session.get_one(Event, hall.event.id)
        set_up_event.remove_round(session, event, event.rounds[0])
    assert hall.rounds() == [(1, "10:20", 10), (2, "10:30", 20), (3, "10:50", 20)]
    assert hall.rounds(hall.other) == [(1, "10:00", 20), (2, "10:30", 20)]


def test_once_there_is_a_plan_numbers_stand_still(database: Database, maker: Any) -> None:
    hall = Set(maker(database))
    hall.plan(hall.event)
    with pytest.raises(Refused, match=r"Start it at 10\.50am or later$"):
        hall.act(set_up_event.add_rounds, [slot("09:00")])
    hall.act(set_up_event.add_rounds, [slot("10:50")])
    for clock, refused in (("11:30", True), ("10:05", False)):
        with database.writing() as session:
            event = session.get_one(Event, hall.event.id)
            if refused:
                with pytest.raises(Refused, match="their order must stay"):
                    set_up_event.change_round(session, event, event.rounds[0], slot(clock))
            else:
                set_up_event.change_round(session, event, event.rounds[0], slot(clock))
    with database.writing() as session:
        event = session.get_one(Event, hall.event.id)
        set_up_event.remove_round(session, event, event.rounds[1])
    assert hall.rounds() == [(1, "10:05", 20), (3, "10:50", 20)]


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ([slot("10:19")], r"^The round at 10\.19am begins before the round at 10am is over, at 10\.20am"),
        ([slot("23:50")], "^The last round would run past midnight"),
        ([slot("11:00", 10)] * 2, "begins before the round at 11am is over"),
        ([slot(f"{12 + n // 6}:{n % 6}0", 1) for n in range(49)], "^An event can have 50 rounds"),
    ],
)
def test_rounds_that_cannot_be_are_refused_and_none_is_kept(
    hall: Set, new: list[RoundSlot], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        hall.act(set_up_event.add_rounds, new)
    assert hall.rounds() == [(1, "10:00", 20), (2, "10:30", 20)]


def test_a_round_may_begin_when_the_last_is_over_and_end_at_midnight(hall: Set) -> None:
    hall.act(set_up_event.add_rounds, [slot("10:20", 10), slot("23:40")])
    assert [clock for _, clock, _ in hall.rounds()] == ["10:00", "10:20", "10:30", "23:40"]


def test_tables_are_added_in_a_row_and_never_twice(database: Database, maker: Any) -> None:
    hall = Set(maker(database))
    assert hall.act(set_up_event.add_tables, 4, 6, 3, step_free=True, quiet=False) == 3
    for first, last, words in (
        (6, 7, "^Table 6 is already there"),
        (2, 4, "^Tables 2, 3, 4 are already there"),
        (9, 8, "^The last table's number must not be lower"),
        (7, 1001, "^An event can have 1000 tables"),
    ):
        with pytest.raises(Refused, match=words):
            hall.act(set_up_event.add_tables, first, last, 2, step_free=False, quiet=False)
    assert (hall.tables(), hall.tables(hall.other)) == ([1, 2, 3, 4, 5, 6], [1, 2, 3])
    with database.writing() as session:
        table = session.get_one(Event, hall.event.id).tables[-1]
        assert (table.seats, table.step_free, table.quiet) == (3, True, False)
        set_up_event.change_tables(session, [table], 2, step_free=False, quiet=True)
    with database.reading() as session:
        table = session.query(HallTable).filter_by(event_id=hall.event.id, number=6).one()
        assert (table.seats, table.step_free, table.quiet) == (2, False, True)


def test_a_table_where_somebody_always_sits_stays(database: Database, maker: Any) -> None:
    hall = Set(maker(database))
    hall.make.registration(hall.event, hall.make.person("Ada"), fixed_table=2)
    hall.make.registration(hall.event, fixed_table=3, state=RegistrationState.CANCELLED)
    hall.make.registration(hall.other, fixed_table=1)
    with pytest.raises(Refused, match=r"^Give these people another table first, .*: Ada \(table 2\)$"):
        hall.act(set_up_event.remove_tables, {1, 2})
    assert hall.act(set_up_event.remove_tables, {1, 3, 9}) == 2
    assert (hall.tables(), hall.tables(hall.other)) == ([2], [1, 2, 3])


def test_whom_a_change_affects_is_read_from_the_published_plan_alone(
    database: Database, maker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Set(maker(database))
    people = [hall.make.person(name) for name in ("Ada", "ben", "Cy", "Dee")]

    def seat(plan: Plan, places: list[tuple[int, int, int]]) -> None:
        for number, table, first in places:
            seats = [Seat(person_id=one.id) for one in people[first : first + 2]]
            hall.make.add(Meeting(plan_id=plan.id, round_number=number, table_number=table, seats=seats))

    seat(hall.plan(hall.event), [(1, 1, 0), (1, 2, 2)])
    seat(hall.plan(hall.other, PlanState.PUBLISHED), [(1, 1, 2)])
    assert hall.act(set_up_event.affected_by_round, 1) == Concerned(0, [])
    assert hall.act(set_up_event.affected_by_tables, [1, 2]) == Concerned(0, [])
    published = Plan(
        event_id=hall.event.id, version=2, problem={}, certificate={}, state=PlanState.PUBLISHED,
        published_at=datetime(2027, 3, 1, tzinfo=UTC), rounds=[1, 2],
    )  # fmt: skip
    hall.make.add(published)
    seat(published, [(1, 1, 0), (2, 2, 1), (2, 3, 3)])
    talk = Talk(plan_id=published.id, round_number=2, table_number=4)
    hall.make.add(talk)
    hall.make.add(TalkSeat(talk_id=talk.id, plan_id=published.id, round_number=2, person_id=people[0].id))

    def names(affected: Callable[..., Concerned], said: Any) -> list[str]:
        found = hall.act(affected, said)
        assert found.count == len(found.first)
        return [name for name, _ in found.first]

    assert names(set_up_event.affected_by_round, 1) == ["Ada", "ben"]
    assert names(set_up_event.affected_by_round, 2) == ["Ada", "ben", "Cy", "Dee"]
    assert names(set_up_event.affected_by_tables, [2]) == ["ben", "Cy"]
    assert names(set_up_event.affected_by_tables, [4]) == ["Ada"]
    assert names(set_up_event.affected_by_tables, [1, 3]) == ["Ada", "ben", "Dee"]
    assert names(set_up_event.affected_by_tables, [7]) == []
    monkeypatch.setattr(set_up_event, "MOST_NAMED", 2)
    assert hall.act(set_up_event.affected_by_tables, [1, 3]) == Concerned(
        3, [("Ada", "Office 3"), ("ben", "Office 4")]
    )


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ((0, 3, 0), "There are no tables yet. 0 people are coming so far: who said yes counts."),
        ((1, 1, 1), "1 table: 2 people can sit in each round. 1 person is coming so far: who said yes counts."),
        ((4, 3, 2), "4 people, 2 tables: everybody can sit in every round."),
        ((4, 4, 2), "4 people, 2 tables: everybody can sit in every round. There are more rounds (4) than anybody"
                    " has others to meet (3)."),
        ((5, 4, 2), "5 people, 2 tables: the number is odd, so each round one person sits out or three meet."),
        ((7, 2, 2), "7 people, 2 tables: 3 people sit out each round. Add 1 table, and all but one can sit."),
        ((1200, 6, 500), "1,200 people, 500 tables: 200 people sit out each round. Add 100 tables, and everybody"
                         " can sit."),
    ],
)  # fmt: skip
def test_whether_everybody_can_sit_is_said_with_what_would_help(
    there: tuple[int, int, int], words: str
) -> None:
    assert places(*there) == words
