"""The log says where something went wrong and never what somebody wrote; the canaries would be heard."""

import logging
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from matchmaker.commands.log import FORMAT, DiscreetFormatter
from matchmaker.store.people.people import Address
from matchmaker.store.session import Database
from tests.canaries import Canaries

_log = logging.getLogger("matchmaker.test")


def test_an_error_of_the_database_tells_neither_what_it_was_given_nor_what_was_there(
    database: Database, maker: Any, canaries: Canaries
) -> None:
    ada = maker(database).person("Ada of the Canaries", "ada.canary@inside.example")
    with pytest.raises(DBAPIError) as raised:
        maker(database).add(Address(person_id=ada.id, email="ada.canary@inside.example"))
    assert "hidden" in str(raised.value)
    _log.error("It failed", exc_info=raised.value)
    [line] = canaries.lines
    assert "IntegrityError" in line
    assert "in add" in line
    assert canaries.sung() == []


def test_an_error_that_quotes_what_somebody_wrote_is_kept_without_its_words(
    maker: Any, sqlite: Database, canaries: Canaries
) -> None:
    words = maker(sqlite).person("Ada of the Canaries").name
    try:
        try:
            int(words)
        except ValueError as error:
            raise RuntimeError(f"{words} cannot be counted") from error
    except RuntimeError:
        _log.exception("It failed")
    [line] = canaries.lines
    assert line.count("test_log.py") == 2
    assert "builtins.RuntimeError\nwhile handling this:\n" in line
    assert canaries.sung() == []


def test_what_gunicorn_says_of_a_failed_request_does_not_hold_its_address() -> None:
    record = logging.LogRecord(
        "gunicorn.error", logging.ERROR, "x", 1, "Error handling request %s", ("/sign-in?code=123456",),
        (ValueError, ValueError("123456"), None),
    )  # fmt: skip
    assert "123456" not in DiscreetFormatter(FORMAT).format(record)


def test_a_canary_in_the_log_is_heard(maker: Any, sqlite: Database, canaries: Canaries) -> None:
    one = maker(sqlite).person("Ada of the Canaries")
    _log.warning("Hello %s", one.name)
    assert len(canaries.sung()) == 1
    canaries.lines.clear()
