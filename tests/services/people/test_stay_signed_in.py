"""Staying signed in: a token stands for one browser of one person until it ends."""

from datetime import UTC, datetime
from typing import Any

from matchmaker.services.people import stay_signed_in
from matchmaker.store.people.sign_ins import SignIn
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def begin(database: Database, person: Any) -> str:
    with database.writing() as session:
        return stay_signed_in.begin(session, session.merge(person), NOW)


def whose(database: Database, token: str, at: datetime = NOW) -> int | None:
    with database.reading() as session:
        found = stay_signed_in.find(session, token, at)
        return found.person_id if found else None


def test_a_token_stands_for_its_person_and_no_other_token_does(database: Database, maker: Any) -> None:
    make = maker(database)
    ada, ben = make.person(), make.person()
    token, other = begin(database, ada), begin(database, ben)
    assert (whose(database, token), whose(database, other)) == (ada.id, ben.id)
    assert whose(database, "a guess") is None


def test_only_a_hash_of_the_token_is_kept(database: Database, maker: Any) -> None:
    token = begin(database, maker(database).person())
    with database.reading() as session:
        kept = session.query(SignIn).one()
        assert token not in kept.token_hash


def test_a_month_is_the_longest(database: Database, maker: Any) -> None:
    ada = maker(database).person()
    token = begin(database, ada)
    assert whose(database, token, NOW + stay_signed_in.LONGEST * 0.99) == ada.id
    assert whose(database, token, NOW + stay_signed_in.LONGEST) is None


def test_signing_out_ends_one_browser_and_leaves_the_others(database: Database, maker: Any) -> None:
    ada = maker(database).person()
    token, elsewhere = begin(database, ada), begin(database, ada)
    with database.writing() as session:
        stay_signed_in.end(session, token)
    assert whose(database, token) is None
    assert whose(database, elsewhere) == ada.id
