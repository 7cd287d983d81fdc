"""Rules against abuse under simultaneous requests, on a real file and a real server: counts and uniqueness hold."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from matchmaker.recognition.states import LIVE, ContributionState, EndorsementState
from matchmaker.services.credits import (
    accept_credits,
    endorse_colleagues,
    moderate_credits,
    several_thanks,
)
from matchmaker.services.credits.endorse_colleagues import Wish
from matchmaker.services.credits.several_thanks import Addressee
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.refused import Refused
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.moderation import ActKind, ModerationAct
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database, Session

NOW = datetime(2027, 3, 1, tzinfo=UTC)
WISH = Wish("curated", "Your gauges told us about the flood first.", "user")
LINK = "https://matchmaker.example/thanks"


class Hall:
    """Ada, Ben and Cy at an event with a dataset; and noise between two others."""

    def __init__(self, database: Database, maker: Any, **event: Any) -> None:
        self.database, make = database, maker(database)
        self.event = make.event(**event)
        self.ada, self.ben, self.cy, one, two = (make.registration(self.event).person for _ in range(5))
        self.olga = make.organiser(self.event)
        self.dataset = make.dataset("River levels")
        self.make = make
        make.endorsement(self.event, one, make.contribution(two, self.dataset, "built"))

    def at_once(self, *acts: Callable[[Session], object]) -> list[str]:
        """Run each act in a transaction of its own, all beginning together; return how each ended."""
        start, ends = threading.Barrier(len(acts)), [""] * len(acts)

        def run(number: int) -> None:
            start.wait()
            try:
                with self.database.writing() as session:
                    ends[number] = str(acts[number](session))
            except (Refused, TooMany) as refused:
                ends[number] = type(refused).__name__

        threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(ends), ends
        return ends

    def thank(self, role: str, receiver: Person | None = None) -> Callable[[Session], object]:
        wish = Wish(role, WISH.sentence, WISH.relation)
        return lambda session: endorse_colleagues.endorse(
            session, self.ada, receiver or self.ben, self.dataset, wish, LINK, NOW
        )

    def given(self) -> int:
        with self.database.reading() as session:
            query = select(func.count()).where(
                Endorsement.giver_id == self.ada.id, Endorsement.state.in_(LIVE)
            )
            return session.scalar(query) or 0


def test_rule_4_the_same_thanks_twice_at_once_is_one(database: Database, maker: Any) -> None:
    hall = Hall(database, maker)
    hall.at_once(hall.thank("curated"), hall.thank("curated"))
    assert hall.given() == 1


def test_rule_5_one_person_gets_three_at_most_from_requests_at_once(database: Database, maker: Any) -> None:
    hall = Hall(database, maker)
    roles = ("collected", "curated", "checked", "published")
    assert hall.at_once(*map(hall.thank, roles)).count("Refused") == 1
    assert hall.given() == 3


def test_rule_2_and_5_several_at_once_stay_within_the_allowance_all_or_none(
    database: Database, maker: Any
) -> None:
    hall = Hall(database, maker, thanks_each=3)

    def both(session: Session) -> object:
        whom = [Addressee(hall.ben, "curated"), Addressee(hall.cy, "curated")]
        return several_thanks.endorse_several(session, hall.ada, whom, hall.dataset, WISH, LINK, NOW)

    def others(session: Session) -> object:
        whom = [Addressee(hall.ben, "checked"), Addressee(hall.cy, "checked")]
        return several_thanks.endorse_several(session, hall.ada, whom, hall.dataset, WISH, LINK, NOW)

    assert sorted(hall.at_once(both, others)) == ["None", "Refused"]
    assert hall.given() == 2


def test_rule_6_a_thanks_given_while_the_round_is_opened_is_not_left_sealed(
    database: Database, maker: Any
) -> None:
    hall = Hall(database, maker, sealed=True)

    def open_it(session: Session) -> object:
        event, olga = session.get_one(Event, hall.event.id), session.get_one(Person, hall.olga.id)
        return moderate_credits.open_round(session, event, olga, NOW)

    hall.at_once(hall.thank("curated"), open_it)
    with database.reading() as session:
        left = session.scalars(select(Endorsement.sealed).where(Endorsement.giver_id == hall.ada.id)).all()
    assert left == [False]


@pytest.mark.parametrize("other", [EndorsementState.ACCEPTED, EndorsementState.DECLINED])
def test_rule_10_two_answers_at_once_are_one_after_the_other(
    database: Database, maker: Any, other: EndorsementState
) -> None:
    hall = Hall(database, maker)
    credit = hall.make.contribution(hall.ben, hall.dataset, state=ContributionState.AWAITING)
    given = hall.make.endorsement(hall.event, hall.ada, credit, state=EndorsementState.AWAITING)

    def answer(state: EndorsementState) -> Callable[[Session], object]:
        return lambda session: accept_credits.decide(
            session, session.get_one(Endorsement, given.id), state, NOW
        )

    ends = hall.at_once(answer(EndorsementState.ACCEPTED), answer(other))
    assert ends.count("True") == (1 if other is EndorsementState.ACCEPTED else ends.count("True"))
    with database.reading() as session:
        thanks, kept = session.get_one(Endorsement, given.id), session.get_one(Contribution, credit.id)
        assert thanks.state in (EndorsementState.ACCEPTED, other)
        assert kept.state.value in ("accepted", other.value)


def test_rule_10_a_yes_and_an_edit_at_once_never_show_words_that_nobody_agreed_to(
    database: Database, maker: Any
) -> None:
    hall = Hall(database, maker)
    credit = hall.make.contribution(hall.ben, hall.dataset)
    given = hall.make.endorsement(hall.event, hall.ada, credit, state=EndorsementState.AWAITING)

    def yes(session: Session) -> object:
        row = session.get_one(Endorsement, given.id)
        try:
            return accept_credits.decide(session, row, EndorsementState.ACCEPTED, NOW, given.changed_at)
        except accept_credits.StandsOtherwise:
            return "changed"

    def edit(session: Session) -> object:
        row, ada = session.get_one(Endorsement, given.id), session.get_one(Person, hall.ada.id)
        return endorse_colleagues.edit(session, row, ada, WISH, LINK, NOW)

    hall.at_once(yes, edit)
    with database.reading() as session:
        row = session.get_one(Endorsement, given.id)
        assert (row.sentence, row.state) == (WISH.sentence, EndorsementState.AWAITING)


def test_rule_13_two_organisers_who_hide_at_once_are_one_line_of_the_log(
    database: Database, maker: Any
) -> None:
    hall = Hall(database, maker)
    given = hall.make.endorsement(hall.event, hall.ada, hall.make.contribution(hall.ben, hall.dataset))
    oskar = hall.make.organiser(hall.event)

    def hide(organiser: Person) -> Callable[[Session], object]:
        def act(session: Session) -> object:
            event, row = session.get_one(Event, hall.event.id), session.get_one(Endorsement, given.id)
            who = session.get_one(Person, organiser.id)
            return moderate_credits.decide(session, event, who, row, ActKind.HIDDEN, "It is not true.", NOW)

        return act

    assert sorted(hall.at_once(hide(hall.olga), hide(oskar))) == ["False", "True"]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ModerationAct)) == 1
