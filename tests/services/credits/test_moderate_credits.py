"""Reports and decisions: who may decide, what is logged, whom it is told, and the seal of a round."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from matchmaker.recognition.states import EndorsementState
from matchmaker.services.credits import moderate_credits
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.refused import Refused
from matchmaker.store.credits import moderation
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.moderation import ActKind, Report
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
KEY = "k" * 32
REASON = "It names a colleague's illness."


class Hall:
    """Ada thanked Ben at an event that Kit organises, and at another that Lou does; Cy looks on."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event("Data Together"), make.event()
        self.kit, self.lou = make.organiser(self.event), make.organiser(self.other)
        self.ada, self.ben, self.cy = (
            make.registration(self.event, make.person(name)).person for name in ("Ada", "Ben", "Cy")
        )
        credit = make.contribution(self.ben, make.dataset("River Levels"))
        self.thanks = make.endorsement(self.event, self.ada, credit)
        self.elsewhere = make.endorsement(
            self.other, self.cy, make.contribution(self.ben, make.dataset("Peat Depth"))
        )

    def report(self, reason: str = REASON, thanks: Endorsement | None = None, at: datetime = NOW) -> None:
        with self.database.writing() as session:
            subject = session.get_one(Endorsement, (thanks or self.thanks).id)
            cy = session.get_one(Person, self.cy.id)
            moderate_credits.report(session, KEY, cy, subject, reason, at)

    def decide(self, kind: ActKind, reason: str = "", by: Person | None = None) -> bool:
        with self.database.writing() as session:
            organiser, event = (
                session.get_one(Person, (by or self.kit).id),
                session.get_one(Event, self.event.id),
            )
            subject = session.get_one(Endorsement, self.thanks.id)
            return moderate_credits.decide(session, event, organiser, subject, kind, reason, NOW)

    def cases(
        self, event: Event | None = None, by: Person | None = None
    ) -> list[tuple[int, list[str], bool]]:
        with self.database.reading() as session:
            there, organiser = (
                session.get_one(Event, (event or self.event).id),
                session.get_one(Person, (by or self.kit).id),
            )
            return [
                (case.subject.id, [one.reason for one in case.reports], case.involved)
                for case in moderate_credits.cases(session, there, organiser)
            ]

    def hidden(self, event: Event | None = None) -> list[int]:
        with self.database.reading() as session:
            there = session.get_one(Event, (event or self.event).id)
            found = moderate_credits.hidden(session, there, session.get_one(Person, self.kit.id))
            return [case.subject.id for case in found]

    def acts(self, event: Event | None = None) -> list[tuple[ActKind, str, int | None]]:
        with self.database.reading() as session:
            found = moderation.acts(session, (event or self.event).id)
            return [(one.kind, one.reason, one.by_id) for one in found]

    def told(self) -> list[int | None]:
        with self.database.reading() as session:
            return sorted(session.scalars(select(Mail.person_id)))


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


def test_a_report_is_before_the_organisers_of_the_thanks_event_once_a_reporter(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    hall.report("It is not true at all.")
    hall.report()
    hall.report(thanks=hall.elsewhere)
    assert hall.cases() == [(hall.thanks.id, [REASON], False)]
    assert hall.cases(hall.other) == [(hall.elsewhere.id, [REASON], False)]
    assert hall.cases(by=hall.ben) == [(hall.thanks.id, [], True)], (
        "who is involved learns neither why nor by whom"
    )
    assert hall.told() == []


@pytest.mark.parametrize(("length", "fine"), [(9, False), (10, True), (500, True), (501, False)])
def test_a_report_says_what_is_wrong(hall: Hall, length: int, fine: bool) -> None:
    if fine:
        hall.report("x" * length)
    else:
        with pytest.raises(Refused) as refused:
            hall.report("x" * length)
        assert [one.field for one in refused.value.problems] == ["reason"]
    assert len(hall.cases()) == fine


def test_twenty_reports_a_day_are_enough(hall: Hall) -> None:
    for _ in range(20):
        hall.report()
    with pytest.raises(TooMany):
        hall.report()
    hall.report(at=NOW + timedelta(days=1, seconds=1))


def test_hiding_needs_a_reason_closes_the_reports_and_tells_both(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.report()
    hall.report(thanks=hall.elsewhere)
    with pytest.raises(Refused, match="^Write a reason of at least 10 characters"):
        hall.decide(ActKind.HIDDEN, "no")
    assert hall.decide(ActKind.HIDDEN, REASON)
    assert not hall.decide(ActKind.HIDDEN, REASON)
    assert (hall.cases(), hall.hidden(), hall.hidden(hall.other)) == ([], [hall.thanks.id], [])
    assert len(hall.cases(hall.other)) == 1
    assert hall.acts() == [(ActKind.HIDDEN, REASON, hall.kit.id)]
    assert hall.acts(hall.other) == []
    assert hall.told() == sorted((hall.ada.id, hall.ben.id))
    assert hall.decide(ActKind.RESTORED)
    assert hall.hidden() == []
    assert sorted(kind for kind, _, _ in hall.acts()) == sorted((ActKind.HIDDEN, ActKind.RESTORED))
    assert len(hall.told()) == 4


def test_keeping_it_closes_the_reports_and_tells_nobody(hall: Hall) -> None:
    hall.report()
    assert hall.decide(ActKind.KEPT)
    assert (hall.cases(), hall.hidden(), hall.told()) == ([], [], [])
    assert hall.acts() == [(ActKind.KEPT, "", hall.kit.id)]


def test_leaving_as_it_is_what_another_organiser_has_hidden_meanwhile_is_no_decision(
    database: Database, maker: Any
) -> None:
    hall = Hall(maker(database))
    hall.report()
    hall.report(thanks=hall.elsewhere)
    assert hall.decide(ActKind.HIDDEN, REASON)
    assert not hall.decide(ActKind.KEPT, by=hall.lou)
    assert (hall.hidden(), hall.acts()) == ([hall.thanks.id], [(ActKind.HIDDEN, REASON, hall.kit.id)])
    assert len(hall.cases(hall.other)) == 1


def test_nobody_decides_about_what_they_gave_or_received(hall: Hall) -> None:
    for person in (hall.ada, hall.ben):
        with pytest.raises(Refused, match="so another organiser must decide$"):
            hall.decide(ActKind.HIDDEN, REASON, by=person)
    assert (hall.hidden(), hall.acts()) == ([], [])


def test_nobody_else_could_decide_where_one_organises_alone(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.make.organiser(hall.other)

    def alone(event: Event) -> bool:
        with database.reading() as session:
            return moderate_credits.only_organiser(session, session.get_one(Event, event.id))

    assert (alone(hall.event), alone(hall.other)) == (True, False)


def test_opening_a_round_opens_its_own_thanks_and_cannot_be_undone(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    with database.writing() as session:
        for event in (hall.event, hall.other):
            moderate_credits.seal(session, session.get_one(Event, event.id))
        for thanks in (hall.thanks, hall.elsewhere):
            row = session.get_one(Endorsement, thanks.id)
            row.sealed = True
            row.contribution.sealed_by_id = row.event_id
        withdrawn = session.get_one(Endorsement, hall.thanks.id).contribution
        assert withdrawn.sealed_by_id == hall.event.id
    with database.writing() as session:
        kit, event = session.get_one(Person, hall.kit.id), session.get_one(Event, hall.event.id)
        assert moderate_credits.open_round(session, event, kit, NOW) == 1
    with database.reading() as session:
        sealed = {
            one.id: (one.sealed, one.contribution.sealed_by_id)
            for one in session.scalars(select(Endorsement))
        }
        assert sealed == {hall.thanks.id: (False, None), hall.elsewhere.id: (True, hall.other.id)}
        events = [session.get_one(Event, one.id) for one in (hall.event, hall.other)]
        assert [(one.sealed, one.opened_at) for one in events] == [(False, NOW), (True, None)]
    assert hall.acts() == [(ActKind.OPENED, "", hall.kit.id)]


def test_what_was_hidden_and_then_withdrawn_is_nothing_to_restore(hall: Hall) -> None:
    hall.decide(ActKind.HIDDEN, REASON)
    with hall.database.writing() as session:
        session.get_one(Endorsement, hall.thanks.id).state = EndorsementState.WITHDRAWN
    assert hall.hidden() == []


WAITS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def test_a_report_that_is_sent_twice_at_the_same_moment_is_one_with_the_later_reason(
    postgres: Database, maker: Any
) -> None:
    hall = Hall(maker(postgres))
    second = threading.Thread(target=hall.report, args=("It is not true, I was there.",))
    with postgres.writing() as session:
        thanks, cy = session.get_one(Endorsement, hall.thanks.id), session.get_one(Person, hall.cy.id)
        moderate_credits.report(session, KEY, cy, thanks, REASON, NOW)
        second.start()
        # Until the second has come as far as it can while the first is not kept.
        with postgres.reading() as other:
            while second.is_alive() and not other.scalar(text(WAITS)):
                other.rollback()
                second.join(0.01)
    second.join()
    with postgres.reading() as session:
        assert session.scalars(select(Report.reason)).all() == ["It is not true, I was there."]
