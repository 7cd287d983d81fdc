"""When people said that they come and told of themselves: by the quarter of an hour, as both databases write time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from matchmaker.store.people import answered
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
