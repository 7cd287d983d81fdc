"""Two say at the same moment that they want to meet: each of them is told once."""

import threading
from typing import Any

from sqlalchemy import select

from matchmaker.services.suggestions import give_answers, introduce_people
from matchmaker.store.base import now
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind


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
            found.append(introduce_people.tell_both(session, here, one, other, ("https://x/", "https://y/")))

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
