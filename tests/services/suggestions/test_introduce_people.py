"""Two people who both want to meet are told once each, and of their own event alone."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.suggestions import give_answers, introduce_people
from matchmaker.store.base import now
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.introduction_notes import IntroductionNote


def test_two_yeses_at_the_same_moment_are_one_letter_to_each(database: Database, maker: Any) -> None:
    make = maker(database)
    event, pairs = make.event(), []
    for _ in range(5):
        pair = make.person(), make.person()
        for one in pair:
            make.registration(event, one)
        pairs.append(pair)
    found: list[bool] = []

    def say(one_id: int, other_id: int, barrier: threading.Barrier) -> None:
        barrier.wait()
        with database.writing() as session:
            introduce_people.hold(session, event.id, one_id, other_id)
            give_answers.answer(session, event.id, one_id, other_id, AnswerKind.MEET, now())
            one, other = session.get_one(Person, one_id), session.get_one(Person, other_id)
            here = session.get_one(Event, event.id)
            found.append(
                introduce_people.tell_both(session, here, one, other, ("https://x/", "https://y/"), now())
            )

    for a, b in pairs:
        barrier = threading.Barrier(2)
        threads = [threading.Thread(target=say, args=(x.id, y.id, barrier)) for x, y in ((a, b), (b, a))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(found) == [False] * 5 + [True] * 5
    with database.reading() as session:
        told = sorted(one.person_id or 0 for one in session.scalars(select(Mail)))
    assert told == sorted(one.id for pair in pairs for one in pair)


class Introduced:
    """Ada and Ben, who both want to meet, at this event and at another."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.here, self.there = make.event(rounds=2, tables=2), make.event(rounds=2, tables=2)
        self.ada, self.ben = make.person("Ada"), make.person("Ben")
        for event in (self.here, self.there):
            for one, about in ((self.ada, self.ben), (self.ben, self.ada)):
                make.registration(event, one)
                make.answer(event, one, about, AnswerKind.MEET)

    def find(self, event: Event, at: datetime | None = None) -> introduce_people.Introduction:
        """What Ada is told of Ben."""
        with self.database.reading() as session:
            here, ada = session.get_one(Event, event.id), session.get_one(Person, self.ada.id)
            found = introduce_people.find(session, here, ada, self.ben.public_id, at or now())
        assert found is not None
        return found


@pytest.fixture
def introduced(make: Any) -> Introduced:
    return Introduced(make)


def test_a_note_is_read_at_the_event_it_was_written_at(introduced: Introduced) -> None:
    for words, writer, reader in (
        ("Tea?", introduced.ben, introduced.ada),
        ("Gladly", introduced.ada, introduced.ben),
    ):
        introduced.make.add(
            IntroductionNote(
                event_id=introduced.there.id, writer_id=writer.id, reader_id=reader.id, words=words
            )
        )
    here, there = introduced.find(introduced.here), introduced.find(introduced.there)
    assert (here.received, here.written) == (None, None)
    assert there.received is not None
    assert there.written is not None
    assert (there.received.words, there.written.words) == ("Tea?", "Gladly")


def test_a_note_that_organisers_hide_is_not_read(introduced: Introduced) -> None:
    note = IntroductionNote(
        event_id=introduced.here.id,
        writer_id=introduced.ben.id,
        reader_id=introduced.ada.id,
        words="Buy my book",
        moderated=True,
    )
    introduced.make.add(note)
    assert introduced.find(introduced.here).received is None


def test_nobody_is_told_of_one_introduction_twice(introduced: Introduced) -> None:
    for _ in range(2):
        with introduced.database.writing() as session:
            here = session.get_one(Event, introduced.here.id)
            ada, ben = (session.get_one(Person, one.id) for one in (introduced.ada, introduced.ben))
            assert introduce_people.tell_both(session, here, ada, ben, ("https://x/", "https://y/"), now())
    with introduced.database.reading() as session:
        told = sorted(one.person_id or 0 for one in session.scalars(select(Mail)))
    assert told == sorted([introduced.ada.id, introduced.ben.id])


def test_where_they_meet_is_told_while_the_meeting_can_take_place(introduced: Introduced) -> None:
    make, ada, ben = introduced.make, introduced.ada, introduced.ben
    cat = make.registration(introduced.here)
    assert introduced.find(introduced.here).meeting == "The organisers place you together if they can."
    for event, number, people in (
        (introduced.here, 2, (ada, ben, cat.person)),
        (introduced.there, 1, (ada, ben)),
    ):
        columns = {"event_id": event.id, "version": 1, "state": PlanState.PUBLISHED, "published_at": now()}
        plan = Plan(**columns, problem={}, certificate={})
        make.add(plan)
        seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in people]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=number, seats=seats, why=[]))
    assert introduced.find(introduced.here).meeting == "You meet at 10.30am at table 2."
    over = introduced.find(introduced.here, now() + timedelta(days=3000))
    assert over.meeting == "Your meeting was at 10.30am at table 2."
    with introduced.database.writing() as session:
        session.get_one(Registration, cat.id).presence = Presence.ABSENT
    assert introduced.find(introduced.here).meeting.startswith("The plan has no meeting for the two of you.")
    assert introduced.find(introduced.there).meeting == "You meet at 10am at table 1."
