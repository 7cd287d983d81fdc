"""Whom somebody met: by plan in rounds that have begun, by introduction besides, and nobody they could not meet."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.services.people import coming, remember_meetings
from matchmaker.services.people.remember_meetings import EncounterAnswers
from matchmaker.store.event import events
from matchmaker.store.people import encounters, together
from matchmaker.store.people.encounters import Encounter, Useful
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind


def seen(database: Database, hall: Any, reader: Person, at: datetime) -> list[tuple[str, int]]:
    with database.reading() as session:
        event = events.by_id(session, hall.event.id)
        assert event is not None
        return [(one.person.name, one.table) for one in remember_meetings.met(session, event, reader, at)]


def test_they_are_there_from_the_moment_their_round_begins(sqlite: Database, met: Any) -> None:
    assert seen(sqlite, met, met.amara, met.before) == []
    assert seen(sqlite, met, met.amara, met.in_round_one) == [("Ben Reed", 3), ("Dan Reed", 0)]
    after = [("Ben Reed", 3), ("Cat Reed", 1), ("Dan Reed", 0)]
    assert seen(sqlite, met, met.amara, met.afterwards) == after
    assert seen(sqlite, met, met.ben, met.afterwards) == [("Amara Reed", 3)]


@pytest.mark.parametrize("way", ["blocks", "left", "absent", "is blocked elsewhere"])
def test_whatever_stood_in_the_way_they_are_not_there(
    way: str, sqlite: Database, make: Any, met: Any
) -> None:
    if way == "blocks":
        make.answer(met.event, met.ben, met.amara, AnswerKind.BLOCK)
    elif way == "is blocked elsewhere":
        make.answer(met.elsewhere, met.amara, met.ben, AnswerKind.BLOCK)
    else:
        with sqlite.writing() as session:
            row = session.get_one(Registration, met.rows["ben"].id)
            row.state = RegistrationState.CANCELLED if way == "left" else row.state
            row.presence = Presence.ABSENT if way == "absent" else row.presence
    assert seen(sqlite, met, met.amara, met.in_round_one) == [("Dan Reed", 0)]


def say(database: Database, hall: Any, other: Person, *, took_place: bool) -> None:
    with database.writing() as session:
        event = events.by_id(session, hall.event.id)
        assert event is not None
        remember_meetings.say(session, event, hall.amara, other, took_place, hall.in_round_one)


@pytest.mark.parametrize("marked", ["amara", "ben"])
def test_whom_one_keeps_a_card_on_stays_though_one_of_the_two_is_marked_absent_later(
    marked: str, sqlite: Database, make: Any, met: Any
) -> None:
    # What others say, what one said of somebody else, and elsewhere, is no word of this meeting.
    make.add(Encounter(event_id=met.event.id, person_id=met.ben.id, other_id=met.amara.id, took_place=True))
    make.add(
        Encounter(event_id=met.elsewhere.id, person_id=met.amara.id, other_id=met.ben.id, took_place=True)
    )
    with sqlite.writing() as session:
        session.get_one(Registration, met.rows[marked].id).presence = Presence.ABSENT
    assert seen(sqlite, met, met.amara, met.in_round_one) == [("Dan Reed", 0)]
    say(sqlite, met, met.ben, took_place=False)
    assert seen(sqlite, met, met.amara, met.in_round_one) == [("Dan Reed", 0)]
    for kept in ({"took_place": True}, {"took_place": None, "next_step": "Send Ben the map"}):
        with sqlite.writing() as session:
            session.execute(update(Encounter).where(Encounter.person_id == met.amara.id).values(**kept))
        assert seen(sqlite, met, met.amara, met.in_round_one) == [("Ben Reed", 3), ("Dan Reed", 0)]


def test_a_card_from_an_introduction_makes_no_meeting_of_a_round_that_is_still_to_come(
    sqlite: Database, met: Any
) -> None:
    say(sqlite, met, met.cat, took_place=True)
    with sqlite.writing() as session:
        session.get_one(Registration, met.rows["cat"].id).presence = Presence.ABSENT
    with sqlite.reading() as session:
        event = events.by_id(session, met.event.id)
        assert event is not None
        assert not remember_meetings.will_meet(session, event, met.amara, met.cat.public_id)
        mine = plans.meetings_of(session, met.plan.id, met.amara.id)
        for begun, on in (((1,), [1]), ((1, 2), [1, 2])):
            there = coming.taking_place(session, event.id, mine, met.amara.id, begun)
            assert [one.round_number for one in mine if one.id in there] == on


def test_a_card_on_one_of_two_others_says_nothing_of_the_other(sqlite: Database, make: Any, met: Any) -> None:
    third = make.registration(met.event, make.person("Fay Reed"))
    with sqlite.writing() as session:
        meeting = next(iter(plans.meetings_of(session, met.plan.id, met.ben.id)))
        meeting.seats.append(Seat(person_id=third.person_id, plan_id=met.plan.id, round_number=1))
    say(sqlite, met, met.ben, took_place=True)
    with sqlite.writing() as session:
        session.get_one(Registration, third.id).presence = Presence.ABSENT
    assert seen(sqlite, met, met.amara, met.in_round_one) == [("Dan Reed", 0)]
    say(sqlite, met, third.person, took_place=True)
    both = [("Ben Reed", 3), ("Fay Reed", 3), ("Dan Reed", 0)]
    assert sorted(seen(sqlite, met, met.amara, met.in_round_one)) == sorted(both)


@pytest.mark.parametrize("way", ["blocks", "left"])
def test_whom_one_keeps_a_card_on_goes_with_a_block_and_whoever_leaves(
    way: str, sqlite: Database, make: Any, met: Any
) -> None:
    say(sqlite, met, met.ben, took_place=True)
    if way == "blocks":
        make.answer(met.event, met.ben, met.amara, AnswerKind.BLOCK)
    with sqlite.writing() as session:
        row = session.get_one(Registration, met.rows["ben"].id)
        row.presence = Presence.ABSENT
        row.state = RegistrationState.CANCELLED if way == "left" else row.state
    assert seen(sqlite, met, met.amara, met.in_round_one) == [("Dan Reed", 0)]


def test_an_address_names_whom_one_meets_later_and_nobody_else(sqlite: Database, met: Any) -> None:
    with sqlite.reading() as session:
        event = events.by_id(session, met.event.id)
        assert event is not None

        def later(one: Person) -> bool:
            return remember_meetings.will_meet(session, event, met.amara, one.public_id)

        assert [later(one) for one in (met.ben, met.cat, met.dan, met.eve, met.amara)] == [
            True, True, True, False, False,
        ]  # fmt: skip


def test_what_is_said_is_kept_once_and_a_no_gives_nothing_away(sqlite: Database, met: Any) -> None:
    said = EncounterAnswers(True, False, Useful.VERY, "Send the map", frozenset({"email", "link"}))
    with sqlite.writing() as session:
        for _ in range(2):
            remember_meetings.keep(session, met.event, met.amara, met.ben, said, met.afterwards)
    with sqlite.reading() as session:
        (row,) = encounters.of_person(session, met.event.id, met.amara.id)
        assert (row.took_place, row.knew_before, row.useful, row.next_step) == (
            True, False, Useful.VERY, "Send the map",
        )  # fmt: skip
        assert (row.share_email, row.share_phone, row.share_link) == (True, False, True)
        assert encounters.of_person(session, met.elsewhere.id, met.amara.id) == []
    with sqlite.writing() as session:
        kept = remember_meetings.say(session, met.event, met.amara, met.ben, False, met.afterwards)
        assert (kept.took_place, kept.next_step, kept.shares) == (False, "Send the map", ())
        again = remember_meetings.keep(
            session, met.event, met.amara, met.ben,
            EncounterAnswers(False, None, None, "", frozenset({"email"})), met.afterwards,
        )  # fmt: skip
        assert not again.shares


def test_it_takes_the_same_questions_however_many_one_met(
    sqlite: Database, make: Any, met: Any, queries: Any
) -> None:
    with sqlite.reading() as session, queries() as few:
        event = events.by_id(session, met.event.id)
        assert event is not None
        remember_meetings.met(session, event, met.amara, met.afterwards)
    for _ in range(8):
        other = make.registration(met.event).person
        make.answer(met.event, met.amara, other)
        make.answer(met.event, other, met.amara)
        make.add(Encounter(event_id=met.event.id, person_id=other.id, other_id=met.amara.id))
    with sqlite.reading() as session, queries() as many:
        event = events.by_id(session, met.event.id)
        assert event is not None
        assert len(remember_meetings.met(session, event, met.amara, met.afterwards)) == 11
    assert len(few) == len(many)


def test_organisers_count_what_people_said_of_one_event(sqlite: Database, make: Any, met: Any) -> None:
    row = {"event_id": met.event.id, "person_id": met.amara.id}
    make.add(
        Encounter(**row, other_id=met.ben.id, took_place=True, useful=Useful.VERY),
        Encounter(**row, other_id=met.cat.id, took_place=False),
        Encounter(**row, other_id=met.dan.id),
        Encounter(event_id=met.elsewhere.id, person_id=met.ben.id, other_id=met.cat.id, took_place=True),
    )
    with sqlite.reading() as session:
        told = encounters.told(session, met.event.id)
    assert (told.asked, told.took_place) == (2, 1)
    assert told.useful == {Useful.VERY: 1, Useful.SOMEWHAT: 0, Useful.NOT: 0}


def test_a_meeting_that_somebody_says_did_not_take_place_does_not_count_at_the_next_event(
    sqlite: Database, make: Any, met: Any
) -> None:
    later = make.event("The next", held_on=datetime(2028, 3, 11).date(), erase_on=datetime(2028, 6, 1).date())
    for one in (met.amara, met.ben, met.cat):
        make.registration(later, one)
    make.add(Encounter(event_id=met.event.id, person_id=met.cat.id, other_id=met.amara.id, took_place=False))
    make.add(Encounter(event_id=met.event.id, person_id=met.amara.id, other_id=met.ben.id, took_place=True))
    with sqlite.reading() as session:
        assert together.met_before(session, later.id) == {(met.amara.id, met.ben.id)}
    with sqlite.writing() as session:
        session.execute(update(Seat).where(Seat.person_id == met.amara.id).values(off_since=met.before))
    with sqlite.reading() as session:
        assert together.met_before(session, later.id) == set(), "it had fallen away"
