"""When people said that they come and told of themselves: by the quarter of an hour, as both databases write time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from matchmaker.store.people import answered
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.session import Database

QUARTER = datetime(2027, 3, 28, 10, 15, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)


def test_what_happens_at_the_first_moment_of_a_quarter_is_in_it_and_the_moment_before_is_not(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    quarters = [QUARTER + timedelta(minutes=15 * at) for at in range(8)]
    for began in quarters:
        make.registration(event, created_at=began, profile_saved_at=began + timedelta(minutes=15) - MOMENT)
    make.registration(event, state=RegistrationState.DECLINED, created_at=QUARTER, profile_saved_at=QUARTER)
    make.registration(make.event(), created_at=QUARTER, profile_saved_at=QUARTER)
    with database.reading() as session:
        said, saved = answered.yes_and_profiles(session, event.id)
    assert sorted(said) == sorted(saved) == [(began, 1) for began in quarters]


def test_a_yes_that_an_organiser_noted_stays_on_its_day_when_the_notice_is_read_later(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    noted, listed, told = (
        make.registration(event, created_at=QUARTER - timedelta(days=9 + number)) for number in range(3)
    )
    for row, kind, days in (
        (noted, BasisKind.ORGANISER, 3), (noted, BasisKind.NOTICE, 1), (told, BasisKind.NOTICE, 2),
        (told, BasisKind.OBJECTION, 5),
    ):  # fmt: skip
        at = QUARTER - timedelta(days=days)
        make.add(BasisRecord(registration_id=row.id, kind=kind, wording="Words.", at=at))
    with database.reading() as session:
        said, _ = answered.yes_and_profiles(session, event.id)
    assert listed.created_at == QUARTER - timedelta(days=10)
    assert sorted(said) == [(QUARTER - timedelta(days=days), 1) for days in (10, 3, 2)]
