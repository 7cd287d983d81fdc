"""How an event is going: numbers by day, who wants to meet across organisations, and what nobody can help with."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.documents.plans.over_time import Growth
from matchmaker.documents.plans.report import OTHERS
from matchmaker.services.event import follow_event
from matchmaker.services.event.follow_event import Progress
from matchmaker.services.people import coming
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind

FIRST = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)


def progress(database: Database, event: Event, at: datetime) -> Progress:
    with database.reading() as session:
        return follow_event.progress(session, session.get_one(Event, event.id), at)


def test_before_anybody_answered_there_is_nothing(sqlite: Database, make: Any) -> None:
    event = make.event()
    make.registration(event, state=RegistrationState.INVITED)
    make.registration(make.event(), created_at=FIRST)
    found = progress(sqlite, event, FIRST)
    assert (found.grown, found.wishes.names, found.held.names, found.unmet) == (None, (), (), [])
    assert not found.needed


def test_answers_are_counted_on_the_day_they_were_given(sqlite: Database, make: Any) -> None:
    event = make.event()
    invited = make.registration(event, state=RegistrationState.INVITED, created_at=FIRST - timedelta(30))
    listed = make.registration(event, created_at=FIRST, profile_saved_at=FIRST + timedelta(2))
    make.registration(event, state=RegistrationState.DECLINED, created_at=FIRST, profile_saved_at=FIRST)
    with sqlite.writing() as session:
        coming.say_yes(session, event, session.get_one(Registration, invited.id), FIRST + timedelta(1))
        for one, other, days in ((invited, listed, 1), (listed, invited, 3)):
            session.add(
                Answer(
                    event_id=event.id,
                    person_id=one.person_id,
                    about_id=other.person_id,
                    kind=AnswerKind.MEET,
                    at=FIRST + timedelta(days),
                )  # fmt: skip
            )
    grown = progress(sqlite, event, FIRST + timedelta(3)).grown
    assert grown is not None
    assert grown.growths == (
        Growth("People who said yes", (1, 2, 2, 2)),
        Growth("Profiles saved", (0, 0, 1, 1)),
        Growth("Pairs who both want to meet", (0, 0, 0, 1)),
    )


def test_wishes_are_counted_between_organisations_and_small_ones_put_together(
    sqlite: Database, make: Any
) -> None:
    event = make.event()
    peat = [make.registration(event, make.person(f"P{at}", organisation="Peat")) for at in range(5)]
    few = [make.registration(event, make.person(f"F{at}", organisation=f"Few {at % 2}")) for at in range(5)]
    with sqlite.writing() as session:
        for at, one in enumerate(peat):
            for a, b in ((one, few[at]), (few[at], one)):
                session.add(
                    Answer(
                        event_id=event.id, person_id=a.person_id, about_id=b.person_id, kind=AnswerKind.MEET
                    )
                )
        session.add(
            Answer(
                event_id=event.id,
                person_id=peat[0].person_id,
                about_id=peat[1].person_id,
                kind=AnswerKind.MEET,
            )
        )
    found = progress(sqlite, event, FIRST).wishes
    assert (found.names, found.cells) == (("Peat", OTHERS), ((0, 5), (5, 0)))


@pytest.mark.parametrize("helped", ["nobody", "maker", "user", "stranger"])
def test_a_dataset_that_three_need_is_told_of_unless_somebody_there_made_or_uses_it(
    sqlite: Database, make: Any, helped: str
) -> None:
    event, elsewhere = make.event(), make.event()
    needed, little = make.dataset("River levels"), make.dataset("Moon maps")
    for at in range(3):
        one = make.registration(event).person
        make.add(Use(person_id=one.id, dataset_id=needed.id, kind=UseKind.STUCK if at else UseKind.WANTS))
        if at:
            make.add(Use(person_id=one.id, dataset_id=little.id, kind=UseKind.WANTS))
        far = make.registration(elsewhere).person
        make.add(Use(person_id=far.id, dataset_id=little.id, kind=UseKind.WANTS))
    other = make.registration(elsewhere if helped == "stranger" else event).person
    if helped in ("maker", "stranger"):
        make.contribution(other, needed)
    if helped == "user":
        make.add(Use(person_id=other.id, dataset_id=needed.id, kind=UseKind.USES))
    found = [(one.title, one.people) for one in progress(sqlite, event, FIRST).unmet]
    assert found == ([("River levels", 3)] if helped in ("nobody", "stranger") else [])


def test_answers_that_came_after_a_day_that_was_moved_into_the_past_are_still_shown(
    sqlite: Database, make: Any
) -> None:
    event = make.event(held_on=FIRST.date() - timedelta(9), erase_on=FIRST.date() + timedelta(90))
    make.registration(event, created_at=FIRST, profile_saved_at=FIRST)
    grown = progress(sqlite, event, FIRST + timedelta(1)).grown
    assert grown is not None
    assert [one.counts for one in grown.growths[:2]] == [(1,), (1,)]
    make.registration(event, created_at=FIRST - timedelta(20), profile_saved_at=FIRST - timedelta(20))
    grown = progress(sqlite, event, FIRST + timedelta(1)).grown
    assert grown is not None
    assert [one.counts[-1] for one in grown.growths[:2]] == [1, 1], "else the numbers end with the day"
