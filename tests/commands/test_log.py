"""The log says where something went wrong and never what somebody wrote; the canaries would be heard."""

import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import DBAPIError

from matchmaker.commands.archive import backup
from matchmaker.commands.in_words import NO_DATABASE
from matchmaker.commands.log import FORMAT, DiscreetFormatter, be_discreet
from matchmaker.commands.main import main
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


def test_what_gunicorn_says_of_a_request_that_is_none_does_not_hold_what_was_sent() -> None:
    record = logging.LogRecord(
        "gunicorn.error", logging.WARNING, "x", 1,
        "Invalid request from ip=192.0.2.7: Invalid HTTP Header: 'Cookie ada.canary@inside.example'", (), None,
    )  # fmt: skip
    written = DiscreetFormatter(FORMAT).format(record)
    assert written.endswith("gunicorn.error: A request was not as requests are, and was refused")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca (_ssl.c:1006)", False),
        ("[SSL: HTTP_REQUEST] http request (_ssl.c:1006)", False),
        ("Invalid HTTP request line: '[SSL'", True),
    ],
)
def test_a_browser_that_does_not_take_the_certificate_of_a_hall_leaves_no_line_among_the_codes(
    said: str, shown: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log, handler = logging.getLogger("gunicorn.error"), logging.StreamHandler(sys.stderr)
    for one, handlers in ((logging.getLogger(), []), (log, [handler])):
        monkeypatch.setattr(one, "handlers", handlers)
    be_discreet()
    log.warning(f"Invalid request from ip=192.0.2.9: {said}")
    assert bool(capsys.readouterr().err) is shown


def test_an_error_that_a_command_did_not_foresee_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> None:
        raise ValueError("Key (email)=(ada.canary@inside.example) already exists.")

    monkeypatch.setattr(backup, "callback", lambda file: fail())
    said = CliRunner().invoke(main, ["backup", "x.zip"])
    assert (said.exit_code, "canary" in said.output) == (1, False)
    assert "in fail\nbuiltins.ValueError\n" in said.output
    assert "Error: Something went wrong on our side." in said.output


@pytest.mark.parametrize("words", ["upgrade", "organiser list", "backup x.zip", "worker", "serve"])
@pytest.mark.parametrize("there", ["no server", "no database"])
def test_a_database_that_cannot_be_used_is_told_in_one_sentence(
    words: str, there: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no.db").write_text("This is no database, and long enough to be taken for a damaged one.")
    where = "postgresql://u@127.0.0.1:1/x" if there == "no server" else f"sqlite:///{tmp_path / 'no.db'}"
    env = {"MATCHMAKER_INSTANCE": str(tmp_path), "MATCHMAKER_DATABASE_URL": where}
    said = CliRunner().invoke(main, words.split(), env=env)
    assert (said.exit_code, said.output) == (1, f"Error: {NO_DATABASE}\n")


def test_the_doctor_finds_a_queue_that_does_not_answer_and_a_way_of_mail_that_is_none(tmp_path: Path) -> None:
    env = {"MATCHMAKER_INSTANCE": str(tmp_path), "MATCHMAKER_PUBLIC_URL": "http://127.0.0.1:5000"}
    away = {"MATCHMAKER_QUEUE_URL": "redis://127.0.0.1:1/0", "MATCHMAKER_MAIL_URL": "smtp://127.0.0.1:1"}
    said = CliRunner().invoke(main, ["doctor"], env=env | away).output
    assert "FIX  Queue: does not answer (ConnectionError); start it, or set MATCHMAKER_QUEUE_URL\n" in said
    assert "FIX  Mail: the server does not answer or does not let us in (ConnectionRefusedError)" in said
    wrong = {"MATCHMAKER_QUEUE_URL": "amqp://127.0.0.1", "MATCHMAKER_MAIL_URL": "ftp://127.0.0.1"}
    wrong |= {"MATCHMAKER_DATABASE_URL": "mysql://127.0.0.1/x"}
    said = CliRunner().invoke(main, ["doctor"], env=env | wrong).output
    assert [line.partition(" to ")[0] for line in said.splitlines() if line.startswith("FIX")] == [
        "FIX  Settings: Set MATCHMAKER_MAIL_URL",
        "FIX  Settings: Set MATCHMAKER_DATABASE_URL",
        "FIX  Settings: Set MATCHMAKER_QUEUE_URL",
    ]


def test_a_canary_in_the_log_is_heard(maker: Any, sqlite: Database, canaries: Canaries) -> None:
    one = maker(sqlite).person("Ada of the Canaries")
    _log.warning("Hello %s", one.name)
    assert len(canaries.sung()) == 1
    canaries.lines.clear()
