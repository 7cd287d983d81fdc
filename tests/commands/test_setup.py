"""Five answers make a file that the installation starts with; one that cannot work is asked for again at once."""

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
    assert "`matchmaker organiser add` the first event and its organiser" in said
    assert "Codes to sign in appear in the window of `matchmaker serve`; nobody else gets mail." in said
    found = from_environment()
    assert (found.production, found.public_url, found.mail_url, len(found.secret_key)) == (
        False, "http://127.0.0.1:5000", "console:", 64,
    )  # fmt: skip


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(*ANSWERS)
    monkeypatch.setenv("MATCHMAKER_MAIL_FROM", "other@example.gov.uk")
    assert from_environment().mail_from == "other@example.gov.uk"


def test_each_answer_that_cannot_work_is_asked_for_again_at_once() -> None:
    said = answered(
        *("meet.example.gov.uk", "http://meet.example", "https://ex ample.org", "https://x.org/path", "HTTPS://X.ORG/"),
        *("nonsense", "console:", "smtp://h:99999", "smtp://127.0.0.1:25"),
        *("redis://h", "not an address", "  ", "Data day <meet@x.org>"),
        *("mysql://h/x", "postgresql://u:p/w@h/x", ""),
        *("-1", "one", "2"),
    )  # fmt: skip
    assert [said.count(f"{number}. ") for number in range(1, 6)] == [5, 4, 4, 3, 3]
    assert said.count("Error: That cannot work. Type ") == 14
    found = from_environment()
    assert (found.public_url, found.mail_url, found.mail_from, found.trusted_proxies) == (
        "https://x.org", "smtp://127.0.0.1:25", "Data day <meet@x.org>", 2,
    )  # fmt: skip


def test_answers_that_end_too_early_write_nothing() -> None:
    assert "Aborted" in answered("https://meet.example", "nonsense")
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


def test_a_file_is_read_as_editors_save_it_and_what_cannot_be_read_of_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("matchmaker.env").write_bytes("\ufeffMATCHMAKER_MAIL_FROM=Windows <w@x.org>\n".encode())
    assert from_environment().mail_from == "Windows <w@x.org>"
    Path("matchmaker.env").write_bytes("MATCHMAKER_MAIL_FROM=Jörg <j@x.org>\n".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"matchmaker\.env is not saved as UTF-8"):
        from_environment()
    Path("matchmaker.env").write_text("# note\n\nMATCHMAKER_MAIL_FROM = a@b.example\nnonsense\n", "utf-8")
    with pytest.raises(SettingsError, match=r"Line 4 of matchmaker\.env is no setting"):
        from_environment()
    monkeypatch.setenv("MATCHMAKER_SETTINGS", "elsewhere.env")
    with pytest.raises(SettingsError, match=r"There is no settings file elsewhere\.env"):
        from_environment()
