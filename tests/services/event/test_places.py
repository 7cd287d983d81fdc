"""Places: who gets a free one, who waits and why, and what becomes of an offer that nobody answers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.jobs.offers import pass_offers_on
from matchmaker.services.event import places
from matchmaker.services.people import coming
from matchmaker.services.refused import Refused
from matchmaker.settings import from_environment
from matchmaker.store.event import in_hall
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from matchmaker.store.session import Database

S, INSIDE, OUTSIDE = RegistrationState, Pool.INSIDE, Pool.OUTSIDE
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


class Door:
    """An event on 11 March 2027, and another with people in every state, whom nothing here may count."""

    def __init__(self, make: Any, **limits: Any) -> None:
        self.make, self.database = make, make.database
        self.event = make.event("Data Together", **limits)
        other = make.event("Another", places=1)
        for state in S:
            make.registration(other, state=state, asked_at=NOW, pool=OUTSIDE)

    def add(
        self,
        state: RegistrationState,
        pool: Pool = INSIDE,
        days: int = 0,
        name: str | None = None,
        **columns: Any,
    ) -> Registration:
        """Register somebody who asked so many days after the first."""
        row: Registration = self.make.registration(
            self.event,
            self.make.person(name),
            state=state,
            pool=pool,
            asked_at=NOW - timedelta(days=20) + timedelta(days=days),
            **columns,
        )
        return row

    def state(self, row: Registration) -> RegistrationState:
        with self.database.reading() as session:
            return session.get_one(Registration, row.id).state

    def next(self) -> list[str]:
        with self.database.reading() as session:
            found = places.next_ones(session, session.get_one(Event, self.event.id), NOW)
            assert places.count_next(session, session.get_one(Event, self.event.id), NOW) == len(found)
            return [one.person.name for one in found]

    def offer(self, count: int, at: datetime = NOW) -> int:
        with self.database.writing() as session:
            event = session.get_one(Event, self.event.id)
            return places.offer(session, event, count, "https://m.example/x", at)

    def why(self, row: Registration, at: datetime = NOW) -> str:
        with self.database.reading() as session:
            event = session.get_one(Event, self.event.id)
            return places.why_none_yet(session, event, session.get_one(Registration, row.id), at)

    def letters(self) -> list[Mail]:
        with self.database.reading() as session:
            return list(session.query(Mail).order_by(Mail.id))


def test_places_are_counted_by_side_and_in_total(database: Database, maker: Any) -> None:
    door = Door(maker(database), places=5, places_outside=1)
    for state, pool in (
        (S.CONFIRMED, INSIDE), (S.CONFIRMED, OUTSIDE), (S.OFFERED, OUTSIDE), (S.WAITING, OUTSIDE),
        (S.PENDING, INSIDE), (S.INVITED, INSIDE), (S.DECLINED, INSIDE), (S.CANCELLED, OUTSIDE),
    ):  # fmt: skip
        door.add(state, pool)
    with database.reading() as session:
        found = places.count(session, session.get_one(Event, door.event.id))
    assert found.inside == places.SidePlaces(None, 1, 0, 0, 1)
    assert found.outside == places.SidePlaces(1, 1, 1, 1, 0)
    assert found.total == places.SidePlaces(5, 2, 1, 1, 1)
    assert [one.free for one in (found.inside, found.outside, found.total)] == [None, 0, 2]
    assert places.over(found) == "1 more than there are places for people from outside"


def test_free_places_go_in_the_order_of_asking_and_a_full_side_is_passed_over(
    database: Database, maker: Any
) -> None:
    door = Door(maker(database), places=4, places_outside=2)
    door.add(S.CONFIRMED, OUTSIDE)
    door.add(S.WAITING, OUTSIDE, 3, "Third")
    door.add(S.WAITING, OUTSIDE, 1, "First")
    door.add(S.WAITING, INSIDE, 4, "Fourth")
    door.add(S.WAITING, INSIDE, 5, "Fifth")
    door.add(S.WAITING, INSIDE, 6, "Sixth")
    door.add(S.WAITING, INSIDE, 0, "Let one pass", offered_until=NOW - timedelta(days=1))
    assert door.next() == ["First", "Fourth", "Fifth"]


def test_without_a_limit_there_is_a_place_for_everybody(database: Database, maker: Any) -> None:
    door = Door(maker(database))
    row = door.add(S.INVITED)
    with database.writing() as session:
        event = session.get_one(Event, door.event.id)
        coming.say_yes(session, event, session.get_one(Registration, row.id), NOW)
    assert door.state(row) is S.CONFIRMED


@pytest.mark.parametrize(
    ("limit", "waiting", "becomes"), [(1, 0, S.CONFIRMED), (0, 0, S.WAITING), (1, 1, S.WAITING)]
)
def test_who_says_yes_has_a_place_if_one_is_free_that_nobody_who_waits_comes_first_for(
    database: Database, maker: Any, limit: int, waiting: int, becomes: RegistrationState
) -> None:
    door = Door(maker(database), places_outside=limit)
    for _ in range(waiting):
        door.add(S.WAITING, OUTSIDE)
    row = door.make.registration(door.event, state=S.INVITED, pool=OUTSIDE)
    with database.writing() as session:
        event = session.get_one(Event, door.event.id)
        coming.say_yes(session, event, session.get_one(Registration, row.id), NOW)
    assert door.state(row) is becomes
    with database.reading() as session:
        assert session.get_one(Registration, row.id).asked_at == (NOW if becomes is S.WAITING else None)


def test_an_offer_holds_its_place_and_is_accepted_or_given_back(database: Database, maker: Any) -> None:
    door = Door(maker(database), places=2)
    first, second = door.add(S.WAITING, days=1), door.add(S.WAITING, days=2)
    third = door.add(S.WAITING, days=3, name="Third")
    assert door.offer(2) == 2
    assert door.next() == []
    with database.writing() as session:
        event = session.get_one(Event, door.event.id)
        coming.say_yes(session, event, session.get_one(Registration, first.id), NOW)
        coming.say_no(
            session, event, session.get_one(Registration, second.id), NOW, link="https://m.example/x"
        )
    assert [door.state(one) for one in (first, second, third)] == [S.CONFIRMED, S.DECLINED, S.OFFERED]
    assert [one.to for one in door.letters()][2:] == [third.person.email]


@pytest.mark.parametrize(
    ("at", "event", "next_one"),
    [
        (NOW, {}, {"offered_until": NOW - timedelta(days=1)}),
        (NOW, {"in_hall_since": NOW}, {}),
        (datetime(2027, 3, 11, 8, tzinfo=UTC), {}, {}),
        (NOW, {"places": 0}, {}),
    ],
    ids=["who had an offer", "in the hall", "on the day", "fewer places meanwhile"],
)
def test_a_place_that_is_declined_goes_by_itself_to_nobody_who_could_not_have_it(
    sqlite: Database, make: Any, at: datetime, event: dict[str, Any], next_one: dict[str, Any]
) -> None:
    door = Door(make, **{"places": 1, **event})
    row, other = door.add(S.OFFERED), door.add(S.WAITING, **next_one)
    with sqlite.writing() as session:
        held = session.get_one(Event, door.event.id)
        in_hall.allow(session)
        coming.say_no(session, held, session.get_one(Registration, row.id), at, link="https://m.example/x")
    assert [door.state(one) for one in (row, other)] == [S.DECLINED, S.WAITING]
    assert door.letters() == []


def test_who_says_no_while_their_offer_passes_to_the_next_gives_back_no_second_place(
    postgres: Database, maker: Any
) -> None:
    door = Door(maker(postgres), places=1)
    late = door.add(S.OFFERED, offered_until=NOW)
    waits, last = door.add(S.WAITING, days=1), door.add(S.WAITING, days=2)
    with postgres.writing() as session:
        event, mine = session.get_one(Event, door.event.id), session.get_one(Registration, late.id)
        assert mine.state is S.OFFERED
        assert pass_offers_on(postgres, from_environment({}), NOW + timedelta(hours=1)) == 1
        coming.say_no(session, event, mine, NOW + timedelta(hours=1), link="https://m.example/x")
    assert [door.state(one) for one in (late, waits, last)] == [S.DECLINED, S.OFFERED, S.WAITING]


def test_the_letter_says_until_when_to_answer(sqlite: Database, make: Any) -> None:
    door = Door(make, places=1, offer_days=3)
    row = door.add(S.WAITING, name="Amara")
    door.offer(1)
    (letter,) = door.letters()
    assert (letter.kind, letter.to, letter.subject) == (
        "place", row.person.email, "There is a place for you at Data Together",
    )  # fmt: skip
    body = " ".join(letter.body.split())
    assert (
        "You asked for a place at Data Together, on Thursday 11 March 2027, A hall in Birmingham. "
        "There is one for you. Say yes or no by the end of Thursday 4 March 2027." in body
    )
    assert "https://m.example/x" in body
    with sqlite.reading() as session:
        kept = session.get_one(Registration, row.id)
        assert kept.offered_until == datetime(2027, 3, 5, tzinfo=UTC)
        assert places.last_day(door.event, kept) == date(2027, 3, 4)


def test_the_letter_says_when_the_first_round_begins_where_the_event_is(sqlite: Database, make: Any) -> None:
    event = make.event("Summer data", rounds=2, places=1, zone="Europe/Paris")
    make.registration(event, state=S.WAITING, asked_at=NOW)
    with sqlite.writing() as session:
        places.offer(session, session.get_one(Event, event.id), 1, "https://m.example/x", NOW)
    with sqlite.reading() as session:
        body = " ".join(session.scalars(select(Mail.body)).one().split())
    assert "a place at Summer data, on Thursday 11 March 2027, from 11am, A hall in Birmingham." in body


def test_an_offer_ends_before_the_day_of_the_event_and_none_is_made_on_it(
    sqlite: Database, make: Any
) -> None:
    door = Door(make, places=1, offer_days=30)
    door.add(S.WAITING)
    assert places.answer_by(door.event, NOW) == date(2027, 3, 10)
    with pytest.raises(Refused, match="Let people in at the desk"):
        door.offer(1, datetime(2027, 3, 11, 8, tzinfo=UTC))
    assert door.letters() == []


def test_a_list_that_has_changed_is_looked_at_again_before_anything_is_offered(
    sqlite: Database, make: Any
) -> None:
    door = Door(make, places=1)
    row = door.add(S.WAITING)
    with pytest.raises(Refused, match="has changed since"):
        door.offer(2)
    assert door.state(row) is S.WAITING


def test_an_offer_that_ran_out_goes_to_the_next_once_and_by_the_clock(database: Database, maker: Any) -> None:
    door = Door(maker(database), places=1, offer_days=2)
    first, second = door.add(S.WAITING, days=1, name="First"), door.add(S.WAITING, days=2, name="Second")
    door.offer(1)
    settings = from_environment({})
    assert pass_offers_on(database, settings, NOW + timedelta(days=1)) == 0
    assert door.state(first) is S.OFFERED
    assert pass_offers_on(database, settings, NOW + timedelta(days=3)) == 1
    assert [door.state(one) for one in (first, second)] == [S.WAITING, S.OFFERED]
    assert [one.to for one in door.letters()] == [first.person.email, second.person.email]
    assert pass_offers_on(database, settings, NOW + timedelta(days=3)) == 0
    # Whoever let one pass is not written to again by itself: an organiser may offer them what stays free.
    assert pass_offers_on(database, settings, NOW + timedelta(days=6)) == 0
    assert [door.state(one) for one in (first, second)] == [S.WAITING, S.WAITING]
    assert door.next() == ["First"]


def test_who_says_yes_while_their_offer_passes_to_the_next_takes_no_place_twice(
    postgres: Database, maker: Any
) -> None:
    door = Door(maker(postgres), places=1)
    late = door.add(S.OFFERED, offered_until=NOW)
    waits = door.add(S.WAITING)
    with postgres.writing() as session:
        event, mine = session.get_one(Event, door.event.id), session.get_one(Registration, late.id)
        assert mine.state is S.OFFERED
        assert pass_offers_on(postgres, from_environment({}), NOW + timedelta(hours=1)) == 1
        coming.say_yes(session, event, mine, NOW + timedelta(hours=1))
    assert (door.state(late), door.state(waits)) == (S.WAITING, S.OFFERED)


def test_on_the_day_of_the_event_what_ran_out_goes_to_nobody(sqlite: Database, make: Any) -> None:
    door = Door(make, places=1)
    row = door.add(S.OFFERED, offered_until=datetime(2027, 3, 11, tzinfo=UTC))
    other = door.add(S.WAITING)
    assert pass_offers_on(sqlite, from_environment({}), datetime(2027, 3, 11, 8, tzinfo=UTC)) == 0
    assert [door.state(one) for one in (row, other)] == [S.WAITING, S.WAITING]


def test_why_there_is_no_offer_yet_is_true_and_names_nobody(database: Database, maker: Any) -> None:
    door = Door(maker(database), places=3, places_outside=1)
    door.add(S.CONFIRMED, OUTSIDE)
    door.add(S.WAITING, OUTSIDE, 1, "First")
    door.add(S.WAITING, INSIDE, 2)
    mine = door.add(S.WAITING, OUTSIDE, 3)
    assert door.why(mine) == "The 1 place for people from outside is taken; 1 person asked before you."
    insider = door.add(S.WAITING, INSIDE, 0)
    assert door.why(insider) == (
        "Free places are offered in the order of asking, and the organisers have not offered the next ones yet; "
        "nobody asked before you."
    )
    door.add(S.CONFIRMED, INSIDE)
    door.add(S.OFFERED, INSIDE)
    assert door.why(insider) == "All 3 places are taken or offered to somebody; nobody asked before you."


def test_who_asks_is_put_on_the_list_or_told_that_there_is_no_place(sqlite: Database, make: Any) -> None:
    door = Door(make)
    yes, no = door.add(S.PENDING, days=1), door.add(S.PENDING, days=2)
    with sqlite.writing() as session:
        event = session.get_one(Event, door.event.id)
        for row, said in ((yes, True), (no, False)):
            places.decide(session, event, session.get_one(Registration, row.id), yes=said)
    assert [door.state(one) for one in (yes, no)] == [S.WAITING, S.CANCELLED]
    assert [(one.to, one.subject) for one in door.letters()] == [
        (no.person.email, "No place at Data Together")
    ]
    with sqlite.writing() as session:
        row = session.get_one(Registration, yes.id)
        with pytest.raises(Refused, match="decided about"):
            places.decide(session, door.event, row, yes=False)


def test_from_the_day_on_no_place_is_free_for_who_waits_and_they_read_so(sqlite: Database, make: Any) -> None:
    door = Door(make, places=5)
    mine = door.add(S.WAITING, name="Amara")
    before, day = datetime(2027, 3, 10, 23, tzinfo=UTC), datetime(2027, 3, 11, 9, tzinfo=UTC)
    with sqlite.reading() as session:
        event = session.get_one(Event, door.event.id)
        for at, free in ((before, 1), (day, 0), (day + timedelta(days=9), 0)):
            assert (places.count_next(session, event, at), len(places.next_ones(session, event, at))) == (
                free,
                free,
            )
    assert door.why(mine, day) == (
        "It is the day of the event, so no more places are offered here. Ask at the desk whether there is room."
    )
    assert door.why(mine, day + timedelta(days=9)) == ""
