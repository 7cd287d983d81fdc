"""Two people whom the organisers keep apart: one line a pair, at one event, off each other's lists at once."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.people.exclude_pairs import allow, exclude
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import Event
from matchmaker.store.people import exclusions
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.suggestions import Suggestion
from tests.services.two_at_once import two_at_once


class Two:
    """Ada and Ben at two events, each on the other's list at both, and Cy on Ada's."""

    def __init__(self, make: Any) -> None:
        self.event, self.other = make.event(), make.event()
        self.ada, self.ben, self.cy = (make.person(name) for name in ("Ada", "Ben", "Cy"))
        for event in (self.event, self.other):
            for one, whom in ((self.ada, self.ben), (self.ben, self.ada), (self.ada, self.cy)):
                make.add(
                    Suggestion(
                        event_id=event.id,
                        person_id=one.id,
                        other_id=whom.id,
                        position=1,
                        score=0.5,
                        reasons=[],
                    )
                )


def keep_apart(database: Database, event: Event, one: Person, other: Person, reason: str) -> int:
    with database.writing() as session:
        people = (session.get_one(Person, who.id) for who in (one, other))
        return exclude(session, session.get_one(Event, event.id), *people, reason).id


def kept(database: Database) -> list[tuple[int, int, int, str]]:
    with database.reading() as session:
        rows = session.execute(
            select(Exclusion.event_id, Exclusion.a_id, Exclusion.b_id, Exclusion.reason).order_by(
                Exclusion.event_id
            )
        )
        return [tuple(row) for row in rows]


def test_a_pair_is_one_line_however_often_and_in_whichever_order(database: Database, maker: Any) -> None:
    two = Two(maker(database))
    first = keep_apart(database, two.event, two.ben, two.ada, "a dispute")
    assert keep_apart(database, two.event, two.ada, two.ben, "one manages the other") == first
    keep_apart(database, two.other, two.ada, two.ben, "elsewhere")
    assert kept(database) == [
        (two.event.id, two.ada.id, two.ben.id, "one manages the other"),
        (two.other.id, two.ada.id, two.ben.id, "elsewhere"),
    ]


def test_the_two_leave_each_others_lists_at_this_event_alone(database: Database, maker: Any) -> None:
    two = Two(maker(database))
    keep_apart(database, two.event, two.ada, two.ben, "")
    with database.reading() as session:
        left = set(
            map(
                tuple, session.execute(select(Suggestion.event_id, Suggestion.person_id, Suggestion.other_id))
            )
        )
    ada, ben, cy = two.ada.id, two.ben.id, two.cy.id
    assert left == {
        (two.event.id, ada, cy),
        *((two.other.id, *pair) for pair in ((ada, ben), (ben, ada), (ada, cy))),
    }


def test_nobody_is_kept_apart_from_themselves(database: Database, maker: Any) -> None:
    two = Two(maker(database))
    with pytest.raises(Refused, match="^Choose two different people$"):
        keep_apart(database, two.event, two.ada, two.ada, "")
    assert kept(database) == []


def test_two_may_be_paired_again_at_one_event(database: Database, maker: Any) -> None:
    two = Two(maker(database))
    for event in (two.event, two.other):
        keep_apart(database, event, two.ada, two.ben, "")
    with database.writing() as session:
        there = exclusions.between(session, two.event.id, two.ben.id, two.ada.id)
        assert there is not None
        allow(session, there)
    assert kept(database) == [(two.other.id, two.ada.id, two.ben.id, "")]


def test_a_pair_is_let_meet_once_by_two_presses_at_the_same_moment(database: Database, maker: Any) -> None:
    two = Two(maker(database))
    kept = keep_apart(database, two.event, two.ada, two.ben, "")

    def press(session: Session) -> bool:
        found = session.get(Exclusion, kept)
        return found is not None and allow(session, found)

    assert two_at_once(database, press) == (True, False)
