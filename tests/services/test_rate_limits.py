"""The rate limit: every try is a line of the ledger, for one kind and one person, within a window that moves on."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from matchmaker.services.rate_limits import Limit, count_up, keyed
from matchmaker.store.people.sign_in_codes import Attempt
from matchmaker.store.session import Database

KEY = "k" * 32
NOON = datetime(2027, 3, 11, 12, tzinfo=UTC)
TWICE = Limit(2, timedelta(minutes=10))


def tries(database: Database, *lines: tuple[str, str, float]) -> list[bool]:
    """Write lines of (kind, whom, minutes after noon); say of each whether it was within the limit."""
    with database.writing() as session:
        return [
            count_up(session, KEY, kind, whom, TWICE, NOON + timedelta(minutes=minutes))
            for kind, whom, minutes in lines
        ]


def test_past_the_limit_every_try_is_refused_and_still_counts(database: Database) -> None:
    assert tries(database, *(("typed", "ada", minute) for minute in range(4))) == [True, True, False, False]
    with database.reading() as session:
        assert len(list(session.scalars(select(Attempt)))) == 4


def test_the_window_moves_on(database: Database) -> None:
    assert tries(
        database,
        ("typed", "ada", 0),
        ("typed", "ada", 9),
        ("typed", "ada", 10),
        ("typed", "ada", 18),
        ("typed", "ada", 30),
    ) == [True, True, False, False, True]


def test_each_kind_and_each_person_has_a_limit_of_their_own(sqlite: Database) -> None:
    assert tries(
        sqlite,
        *[("typed", "ada", 0)] * 2,
        ("typed", "ben", 0),
        ("asked", "ada", 0),
        ("typed", "ada", 0),
        ("typed", "ben", 1),
    ) == [True, True, True, True, False, True]


def test_the_ledger_holds_nothing_that_can_be_read(sqlite: Database) -> None:
    tries(sqlite, ("typed", "ada@inside.example", 0))
    with sqlite.reading() as session:
        (line,) = session.scalars(select(Attempt))
        assert line.key == keyed(KEY, "typed", "ada@inside.example")
        assert "inside" not in line.key


def test_a_hash_is_of_one_key_and_one_purpose() -> None:
    same = keyed(KEY, "typed", "ada")
    assert len(same) == 64
    assert (
        len({same, keyed("x" * 32, "typed", "ada"), keyed(KEY, "asked", "ada"), keyed(KEY, "typed", "b")})
        == 4
    )
