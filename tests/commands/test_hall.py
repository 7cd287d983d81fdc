"""The computer in the hall answers by https with a certificate of its own, and its doctor says how it is reached."""

import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from matchmaker.commands import hall_certificate
from matchmaker.commands.hall import hall
from matchmaker.services.event import run_in_hall
from matchmaker.settings import certificate_fingerprint
from matchmaker.store.event import hall_file
from matchmaker.store.session import Database
from tests.commands.test_installation_commands import environment, told

WORDS = "four plain words here"


@pytest.fixture
def folder(make: Any, sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which an event was opened, and the file it came in."""
    monkeypatch.setattr(hall_file, "WORK", 2)
    event = make.event("Data day")
    make.organiser(event)
    with sqlite.writing() as session:
        _event, plain = run_in_hall.take_out(session, "Data day", event.created_at)
    hall_file.write(tmp_path / "out.hall", plain, WORDS)
    opened(tmp_path, "--no-serve")
    return tmp_path


def opened(folder: Path, *more: str) -> str:
    words = [
        "open",
        str(folder / "out.hall"),
        "--folder",
        str(folder / "hall"),
        "--address",
        "127.0.0.1",
        *more,
    ]
    ran = CliRunner().invoke(hall, words, input=f"{WORDS}\n")
    assert ran.exit_code == 0, ran.output
    return ran.output


def doctor(folder: Path) -> str:
    return told(folder, "doctor", MATCHMAKER_SETTINGS=str(folder / "hall/matchmaker.env"))


def test_the_computer_in_the_hall_answers_by_https_with_the_certificate_whose_fingerprint_it_told(
    folder: Path,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["hall", "open", "out.hall", "--address", "127.0.0.1", "--port", str(port)]
    # Another installation's settings lie around; they are not the hall's.
    noise = {"MATCHMAKER_DATABASE_URL": "sqlite:////nowhere/noise.db", "MATCHMAKER_SECRET_KEY": "noise"}
    process = subprocess.Popen(
        [sys.executable, "-m", "matchmaker.commands.main", *words], cwd=folder, env=environment(folder) | noise,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        page, cookie = answer(port, folder / "hall/certificate.pem")
        assert "No email leaves this hall" in page
        assert cookie.startswith("__Host-matchmaker=")
        assert "Secure" in cookie
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=60)
    assert certificate_fingerprint(folder / "hall") in said


def answer(port: int, certificate: Path) -> tuple[str, str]:
    """Return the sign-in page and its cookie, trusting this certificate alone."""
    trusted = ssl.create_default_context(cafile=str(certificate))
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(
                f"https://127.0.0.1:{port}/sign-in", context=trusted, timeout=10
            ) as found:
                return found.read().decode(), found.headers["Set-Cookie"]
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < end
            time.sleep(0.2)


def test_the_doctor_in_the_hall_says_how_it_is_reached_and_what_http_means(folder: Path) -> None:
    assert "Hall: this is the hall, at https://127.0.0.1:5443\n" in doctor(folder)
    opened(folder, "--no-serve", "--http")
    said = doctor(folder)
    assert (
        "Hall: this is the hall, at http://127.0.0.1:5443. This is http: whoever is in the same network"
        in said
    )


def test_a_certificate_is_made_anew_only_for_another_address(tmp_path: Path) -> None:
    first = hall_certificate.make(tmp_path, "192.0.2.7")[0].read_bytes()
    assert hall_certificate.make(tmp_path, "192.0.2.7")[0].read_bytes() == first
    assert hall_certificate.make(tmp_path, "192.0.2.8")[0].read_bytes() != first


def test_an_event_is_named_to_a_command_by_an_address_that_begins_with_a_sign(
    make: Any, sqlite: Database, tmp_path: Path
) -> None:
    event = make.event("Data day", public_id="-CqVn0yes_helpXw")
    with sqlite.writing() as session:
        run_in_hall.take_out(session, event.public_id, event.created_at)
    settings = {"MATCHMAKER_DATABASE_URL": sqlite.url, "MATCHMAKER_SECRET_KEY": "k" * 32}
    ran = CliRunner().invoke(hall, ["cancel", "--yes", event.public_id], env=settings)
    assert ran.output == "Data day can be changed here again.\n"
    words = ["take-out", event.public_id, str(tmp_path / "out.hall")]
    ran = CliRunner().invoke(hall, words, input=f"{WORDS}\n{WORDS}\n", env=settings)
    assert "holds Data day. It is read-only here" in ran.output
