"""The rest of the day moves together: what has begun stays, and the order with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.services.event.shift_rounds import shift
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import Event
from matchmaker.store.session import Database

AT = datetime(2027, 3, 11, 10, 5, tzinfo=UTC)
"""During the first of three rounds, which begin at 10.00, 10.30 and 11.00."""


def starts(database: Database, event: Event) -> list[str]:
    with database.reading() as session:
        return [one.starts_at.strftime("%H.%M") for one in session.get_one(Event, event.id).rounds]


def test_rounds_that_have_not_begun_move_together_and_no_others(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(rounds=3), make.event(rounds=3)
    with database.writing() as session:
        assert shift(session, session.get_one(Event, event.id), 10, AT) == 2
    assert starts(database, event) == ["10.00", "10.40", "11.10"]
    assert starts(database, other) == ["10.00", "10.30", "11.00"]


@pytest.mark.parametrize(
    ("minutes", "at", "words"),
    [
        (10, AT + timedelta(hours=2), "All rounds have begun"),
        (-15, AT, "can move earlier by 10 minutes at most"),
        (14 * 60, AT, "past midnight"),
    ],
)
def test_what_cannot_be_is_refused_and_moves_nothing(
    database: Database, maker: Any, minutes: int, at: datetime, words: str
) -> None:
    event = maker(database).event(rounds=3)
    with database.writing() as session, pytest.raises(Refused, match=words):
        shift(session, session.get_one(Event, event.id), minutes, at)
    assert starts(database, event) == ["10.00", "10.30", "11.00"]
