"""Some weeks after an event its people are asked once what became of what they were stuck on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.people import ask_if_solved
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.credits.outcomes import SolvedAnswer, StuckOutcome
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.session import Database

SIX_WEEKS_ON = datetime(2027, 4, 22, 9, tzinfo=UTC)


def stuck_on(make: Any, person: Person, title: str, kind: UseKind = UseKind.STUCK) -> Any:
    dataset = make.dataset(title)
    make.add(Use(person_id=person.id, dataset_id=dataset.id, kind=kind))
    return dataset


def asked(database: Database, event: Event, at: datetime = SIX_WEEKS_ON) -> dict[str, str]:
    with database.writing() as session:
        ask_if_solved.ask(session, event.id, lambda one: f"https://m.example/{one.id}", at)
    with database.reading() as session:
        letters = list(session.scalars(select(Mail)))
    assert len({one.to for one in letters}) == len(letters), "nobody gets two"
    return {one.to: f"{one.subject}\n{' '.join(one.body.split())}" for one in letters}


def test_whoever_came_and_is_stuck_is_asked_once(sqlite: Database, make: Any, met: Any) -> None:
    for title in ("Peat Depth", "River Levels"):
        stuck_on(make, met.amara, title)
    stuck_on(make, met.ben, "Soil Map")
    stuck_on(make, met.cat, "Bats", UseKind.WANTS)
    stuck_on(make, met.dan, "Owls")
    with sqlite.writing() as session:
        session.get_one(Registration, met.rows["dan"].id).presence = Presence.ABSENT
    letters = asked(sqlite, met.event)
    assert letters.keys() == {met.amara.email, met.ben.email}
    hers = letters[met.amara.email]
    for part in (
        "You were stuck on these datasets: is it solved?",
        "6 weeks ago, at The event",
        "* Peat Depth",
        "* River Levels",
        "yes, no or not now",
        f"https://m.example/{met.event.id}",
        "We ask once.",
    ):
        assert part in hers
    assert letters[met.ben.email].startswith("You were stuck on Soil Map: is it solved?")
    assert asked(sqlite, met.event, SIX_WEEKS_ON + timedelta(days=1)) == letters


@pytest.mark.parametrize(
    ("today", "erase_on", "due"),
    [
        (date(2027, 4, 21), date(2027, 9, 1), False),
        (date(2027, 4, 22), date(2027, 9, 1), True),
        (date(2027, 6, 3), date(2027, 9, 1), True),
        (date(2027, 6, 4), date(2027, 9, 1), False),
        (date(2027, 3, 31), date(2027, 4, 8), False),
        (date(2027, 4, 1), date(2027, 4, 8), True),
        (date(2027, 3, 12), date(2027, 3, 13), False),
    ],
)
def test_it_is_six_weeks_later_or_a_week_before_the_data_goes(
    today: date, erase_on: date, due: bool, sqlite: Database, make: Any
) -> None:
    event = make.event(erase_on=erase_on)
    make.event(held_on=date(2028, 1, 1), erase_on=date(2028, 6, 1))
    make.event(erase_on=erase_on, erased_at=SIX_WEEKS_ON)
    make.event(erase_on=erase_on, asked_if_solved_at=SIX_WEEKS_ON)
    with sqlite.reading() as session:
        assert ask_if_solved.waiting(session, today) == ([event.id] if due else [])


def test_what_is_solved_is_used_and_who_helped_is_kept_only_if_they_met(
    sqlite: Database, make: Any, met: Any
) -> None:
    peat = stuck_on(make, met.amara, "Peat Depth")
    for said, helper, kept, kind in (
        (SolvedAnswer.YES, met.ben, met.ben.id, UseKind.USES),
        (SolvedAnswer.YES, met.eve, None, UseKind.USES),
        (SolvedAnswer.NO, met.ben, None, UseKind.STUCK),
        (SolvedAnswer.NOT_NOW, None, None, UseKind.STUCK),
    ):
        with sqlite.writing() as session:
            event, amara = session.get_one(Event, met.event.id), session.get_one(Person, met.amara.id)
            ask_if_solved.answer(
                session, event, amara, peat, said, helper.public_id if helper else "", SIX_WEEKS_ON
            )
        with sqlite.reading() as session:
            (row,) = session.scalars(select(StuckOutcome))
            use = contributions.use_of(session, met.amara.id, peat.id)
            assert use is not None
            assert (row.said, row.helper_id, use.kind) == (said, kept, kind)
            assert list(session.scalars(select(Mail))) == []
