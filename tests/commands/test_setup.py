"""Five answers make a file that the installation starts with; a wrong one makes none."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from matchmaker.commands.setup import setup
from matchmaker.settings import SettingsError, from_environment

ANSWERS = ["https://meet.example.gov.uk/", "smtp://mail.example.gov.uk:25", "meet@example.gov.uk", "", "1"]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "ENV",
        "SECRET_KEY",
        "PUBLIC_URL",
        "MAIL_URL",
        "TRUSTED_PROXIES",
        "SETTINGS",
        "DATABASE_URL",
    ):
        monkeypatch.delenv(f"MATCHMAKER_{name}", raising=False)


def answered(*answers: str) -> str:
    done = CliRunner().invoke(setup, input="\n".join(answers) + "\n")
    return done.output


def test_five_answers_make_a_private_file_that_production_starts_with() -> None:
    assert "Wrote matchmaker.env" in answered(*ANSWERS)
    assert stat.S_IMODE(Path("matchmaker.env").stat().st_mode) == 0o600
    found = from_environment()
    assert (found.production, found.public_url, found.mail_from, found.trusted_proxies) == (
        True, "https://meet.example.gov.uk", "meet@example.gov.uk", 1,
    )  # fmt: skip
    assert len(found.secret_key) == 64
    assert found.database_url.startswith("sqlite:///")


def test_no_address_is_a_laptop_with_a_key_of_its_own_and_asks_no_more() -> None:
    said = answered("")
    assert "2. Which server" not in said
    assert "Codes to sign in appear in its window" in said
    found = from_environment()
    assert (found.production, found.public_url, found.mail_url, len(found.secret_key)) == (
        False, "http://127.0.0.1:5000", "console:", 64,
    )  # fmt: skip


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(*ANSWERS)
    monkeypatch.setenv("MATCHMAKER_MAIL_FROM", "other@example.gov.uk")
    assert from_environment().mail_from == "other@example.gov.uk"


def test_an_answer_that_production_refuses_writes_nothing() -> None:
    assert "https address that people type. Nothing was written" in answered(
        "http://meet.example", *ANSWERS[1:]
    )
    assert not Path("matchmaker.env").exists()


def test_a_file_that_is_there_is_left_alone() -> None:
    Path("matchmaker.env").write_text("# mine\n", "utf-8")
    assert "is there already" in answered(*ANSWERS)
    assert Path("matchmaker.env").read_text("utf-8") == "# mine\n"


def test_a_file_of_another_user_says_whose_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(*ANSWERS)
    owner = Path("matchmaker.env").owner()

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(SettingsError, match=f"Run this as its owner: `sudo -u {owner} matchmaker"):
        from_environment()


def test_a_line_that_is_no_setting_and_a_file_that_is_not_there_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("matchmaker.env").write_text("# note\n\nMATCHMAKER_MAIL_FROM = a@b.example\nnonsense\n", "utf-8")
    with pytest.raises(SettingsError, match=r"Line 4 of matchmaker\.env is no setting"):
        from_environment()
    monkeypatch.setenv("MATCHMAKER_SETTINGS", "elsewhere.env")
    with pytest.raises(SettingsError, match=r"There is no settings file elsewhere\.env"):
        from_environment()
