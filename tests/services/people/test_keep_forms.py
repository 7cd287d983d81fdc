"""What was sent after a session had ended: for its sender and their browser alone, and for an hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from matchmaker.services.people import keep_forms
from matchmaker.services.people.keep_forms import KEPT_FOR, LONGEST, MOST, Safe
from matchmaker.store.people.kept_forms import KeptForm
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
SAFE = Safe("k" * 32, keep_forms.new_browser())
SENT = [("bio", "Rain."), ("topic", "Floods"), ("topic", "Peat")]


def keep(
    database: Database,
    person: Person,
    path: str = "/profile",
    sent: Any = SENT,
    safe: Safe = SAFE,
    at: Any = NOW,
) -> bool:
    with database.writing() as session:
        return keep_forms.keep(session, safe, session.get_one(Person, person.id), path, sent, at)


def kept(database: Database, person: Person, safe: Safe = SAFE, at: Any = NOW) -> list[tuple[str, Any]]:
    with database.reading() as session:
        return list(keep_forms.kept(session, safe, session.get_one(Person, person.id), at).items())


def test_a_form_comes_back_as_it_was_the_last_of_each_address(database: Database, maker: Any) -> None:
    make = maker(database)
    ada, ben = make.person(), make.person()
    keep(database, ada, "/profile", [("bio", "Before")])
    keep(database, ada, "/thank", [])
    keep(database, ben, "/profile", [("bio", "Ben's")])
    assert keep(database, ada)
    assert kept(database, ada) == [("/profile", SENT), ("/thank", [])]
    assert kept(database, ben) == [("/profile", [("bio", "Ben's")])]
    with database.writing() as session:
        keep_forms.forget(session, SAFE, session.get_one(Person, ada.id), "/profile")
    assert kept(database, ada) == [("/thank", [])]
    assert kept(database, ben) == [("/profile", [("bio", "Ben's")])]


def test_another_browser_another_secret_and_the_database_read_nothing(database: Database, maker: Any) -> None:
    ada = maker(database).person()
    keep(database, ada)
    assert kept(database, ada, replace(SAFE, browser=keep_forms.new_browser())) == []
    assert kept(database, ada, replace(SAFE, secret_key="x" * 32)) == []
    with database.reading() as session:
        (row,) = session.scalars(select(KeptForm))
        assert b"Rain." not in row.content
        assert SAFE.browser not in row.browser


def test_it_is_kept_for_an_hour(sqlite: Database, make: Any) -> None:
    ada = make.person()
    keep(sqlite, ada)
    assert len(kept(sqlite, ada, at=NOW + KEPT_FOR - timedelta(seconds=1))) == 1
    assert kept(sqlite, ada, at=NOW + KEPT_FOR) == []


def test_the_newest_are_kept_and_nothing_that_nobody_typed(sqlite: Database, make: Any) -> None:
    ada, ben = make.person(), make.person()
    keep(sqlite, ben)
    for number in range(MOST + 2):
        keep(sqlite, ada, f"/{number}")
    assert [path for path, _ in kept(sqlite, ada)] == [f"/{number}" for number in range(MOST + 1, 1, -1)]
    assert not keep(sqlite, ada, "/long", [("bio", "x" * LONGEST)])
    assert not keep(sqlite, ada, "/" + "x" * 1000)
    assert (len(kept(sqlite, ada)), len(kept(sqlite, ben))) == (MOST, 1)
