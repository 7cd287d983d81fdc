"""Somebody who is on no list walks in: on the list, coming, and here."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from matchmaker.services.people.let_in import WalkIn, let_in
from matchmaker.services.people.register_people import AlreadyThere
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Pool, Presence, Registration, RegistrationState
from matchmaker.store.session import Database

AT = datetime(2027, 3, 11, 9, 50, tzinfo=UTC)


@pytest.mark.parametrize(("email", "pool"), [("una@inside.example", Pool.INSIDE), ("", Pool.OUTSIDE)])
def test_whoever_walks_in_is_coming_and_here_with_or_without_an_address(
    database: Database, maker: Any, email: str, pool: Pool
) -> None:
    event = maker(database).event()
    with database.writing() as session:
        who = WalkIn("Una New", email, "Kew", "ferns", step_free=True, access_needs="A hearing loop")
        row = let_in(session, session.get_one(Event, event.id), who, AT)
        assert (row.step_free, row.quiet, row.large_print) == (True, False, False)
        assert row.access_needs == "A hearing loop"
        assert (row.state, row.presence, row.presence_at) == (RegistrationState.CONFIRMED, Presence.HERE, AT)
        assert (row.person.organisation, row.bio, row.pool) == ("Kew", "ferns", pool)


def test_somebody_who_is_on_the_list_is_not_put_there_twice(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    make.registration(event, make.person("Ada", "ada@inside.example"))
    with database.writing() as session, pytest.raises(AlreadyThere):
        let_in(session, session.get_one(Event, event.id), WalkIn("Ada", "ada@inside.example"), AT)
    with database.reading() as session:
        assert session.scalar(select(func.count(Registration.id))) == 1
