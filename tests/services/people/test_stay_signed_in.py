"""Staying signed in: one row a browser, which ends by itself, or at once when somebody signs out there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from matchmaker.services.people import stay_signed_in
from matchmaker.services.people.stay_signed_in import LONGEST
from matchmaker.store.people.people import Person
from matchmaker.store.people.sign_ins import SignIn
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def begin(database: Database, person: Person, at: datetime = NOW) -> str:
    with database.writing() as session:
        return stay_signed_in.begin(session, session.get_one(Person, person.id), at)


def whose(database: Database, token: str, at: datetime = NOW) -> str | None:
    with database.reading() as session:
        found = stay_signed_in.find(session, token, at)
        return found.person.name if found else None


def test_a_token_is_for_one_person_in_one_browser_until_they_sign_out_there(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    ada, ben = make.person("Ada"), make.person("Ben")
    tokens = [begin(database, one) for one in (ada, ada, ben)]
    assert len(set(tokens)) == 3
    assert [whose(database, one) for one in (*tokens, "", tokens[0][:-1], "\udcff")] == [
        "Ada", "Ada", "Ben", None, None, None,
    ]  # fmt: skip
    with database.writing() as session:
        stay_signed_in.end(session, tokens[0])
    assert [whose(database, one) for one in tokens] == [None, "Ada", "Ben"]


def test_it_ends_after_a_month_whatever_happens(database: Database, maker: Any) -> None:
    token = begin(database, maker(database).person("Ada"))
    assert whose(database, token, NOW + LONGEST - timedelta(seconds=1)) == "Ada"
    assert whose(database, token, NOW + LONGEST) is None


def test_what_is_kept_opens_nothing(sqlite: Database, make: Any) -> None:
    token = begin(sqlite, make.person("Ada"))
    with sqlite.reading() as session:
        (kept,) = session.scalars(select(SignIn.token_hash))
    assert kept != token
    assert whose(sqlite, kept) is None
