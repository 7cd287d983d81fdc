"""What cannot work is refused by the same rules at each start, by the doctor in a line each, and in words alone."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matchmaker.commands import doctor
from matchmaker.commands.main import main
from matchmaker.setting_rules import RULES
from matchmaker.settings import Settings, SettingsError, from_environment

FINE = {
    "PUBLIC_URL": (
        "https://meet.example.org/", "HTTPS://Meet.Example.org", "http://127.0.0.1:5000", "https://[::1]:8000",
        "https://münchen.example",
    ),
    "MAIL_URL": (
        "console:", "smtp://h", "smtps://u%40x:p%2Fw@mail.example.org", "smtp+starttls://u@x.org:p@10.0.0.1:587",
    ),
    "MAIL_FROM": (
        "meet@example.org", "matchmaker <matchmaker@localhost>", '"Data, day" <d@example.org>',
        "Tag für Daten <d@example.org>",
    ),
    "DATABASE_URL": (
        "sqlite:////srv/a b/m.db", "postgres://u:p@h/db", "postgresql://u:p@h:5432/db?sslmode=require",
        "postgresql:///db?host=/var/run", "postgresql+psycopg://u@h/db",
    ),
    "QUEUE_URL": ("sqlite:///q.db", "redis://h", "rediss://:p@h:6379/0", "postgresql://u:p@h/db"),
    "TRUSTED_PROXIES": ("0", "2"),
    "ENV": ("development",),
    "DEMO": ("no", "YES", "off", "1"),
}  # fmt: skip
WRONG = {
    "PUBLIC_URL": (
        "meet.example.org", "ftp://meet.example.org", "https://ex ample.org", "https://x.org/path", "https://x.org?a",
        "https://u:p@x.org", "https://x.org:99999", "https://x.org:0", "https://x.org:abc", "https://x..org",
        "https://-x.org", "https://999.1.1.1", "https://[::1", "https://",
    ),
    "MAIL_URL": (
        "nonsense", "console", "mail.example.org:25", "smtp://", "imap://h", "smtp://h:99999", "smtp://u:p/w@h",
        "smtp://h x", "smtp://h?x", f"smtp://{'a' * 64}.org",
    ),
    "MAIL_FROM": (
        "not an address", "redis://h", "a@", "@b.org", "a@b.org, c@d.org", "Data, day <d@b.org>", "a@b..org", "<",
        "a@b c.org",
    ),
    "DATABASE_URL": (
        "mysql://h/x", "sqlite://m.db", "sqlite:///", "sqlite:///:memory:", "sqlite:///folder/",
        "postgresql://u:p@h:99999/db", "postgresql://u:p/w@h/db", "postgresql+asyncpg://h/db",
    ),
    "QUEUE_URL": (
        "amqp://h", "redis://", "redis://h:99999", "redis://h/abc", "postgresql+psycopg://h/db", "sqlite:///",
    ),
    "TRUSTED_PROXIES": ("-1", "one", "²"),
    "ENV": ("prod", "Production"),
    "DEMO": ("ja", "y e s"),
}  # fmt: skip


def asked(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, said: dict[str, str]) -> Result:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(main, [command], env={"MATCHMAKER_INSTANCE": str(folder), **said})


@pytest.mark.parametrize(("name", "value"), [(name, one) for name, all_ in FINE.items() for one in all_])
def test_what_can_work_is_taken(name: str, value: str) -> None:
    assert isinstance(from_environment({f"MATCHMAKER_{name}": value}), Settings)


@pytest.mark.parametrize(("name", "value"), [(name, one) for name, all_ in WRONG.items() for one in all_])
def test_what_cannot_work_is_refused_in_one_sentence_that_says_what_to_set(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        from_environment({f"MATCHMAKER_{name}": value})
    assert str(refusal.value).startswith(f"Set MATCHMAKER_{name} to ")
    assert str(refusal.value).count("Set MATCHMAKER_") == 1
    assert "p/w" not in str(refusal.value)


def test_an_address_is_kept_as_links_begin_with_it() -> None:
    assert from_environment({"MATCHMAKER_PUBLIC_URL": "HTTPS://Meet.Example.org:444/"}).public_url == (
        "https://meet.example.org:444"
    )


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "instance").touch()
    with pytest.raises(SettingsError, match="Set MATCHMAKER_INSTANCE to a folder; a file has that name"):
        from_environment({"MATCHMAKER_INSTANCE": str(tmp_path / "instance")})


def test_what_is_not_installed_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchmaker.setting_rules.find_spec", lambda _name: None)
    assert "run `pip install 'matchmaker[postgres]'`" in RULES["DATABASE_URL"]("postgresql://h/x", False)
    assert "run `pip install 'matchmaker[redis]'`" in RULES["QUEUE_URL"]("redis://h", False)


def test_every_wrong_setting_is_a_line_of_the_doctor_and_every_command_says_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {f"MATCHMAKER_{name}": values[0] for name, values in WRONG.items()}
    told = asked(tmp_path, monkeypatch, "doctor", said)
    assert told.exit_code == 1
    lines = [line for line in told.output.splitlines() if line.startswith("FIX")]
    assert {line.split()[3].removeprefix("MATCHMAKER_") for line in lines} == set(WRONG)
    for command in ("serve", "worker", "upgrade", "demo"):
        told = asked(tmp_path, monkeypatch, command, said)
        assert (told.exit_code, told.output.count("Set MATCHMAKER_")) == (1, len(WRONG)), command
        assert "on our side" not in told.output
    assert list(tmp_path.iterdir()) == []


def test_a_check_that_falls_over_is_a_line_of_the_doctor_and_the_rest_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls_over(_settings: Settings) -> tuple[bool, str]:
        raise ValueError("ada@example.org")

    monkeypatch.setitem(doctor.CHECKS, "Mail", falls_over)
    told = asked(tmp_path, monkeypatch, "doctor", {})
    assert "FIX  Mail: cannot be looked at (ValueError)" in told.output
    assert "ok   Address: http://127.0.0.1:5000" in told.output
    assert "ada@" not in told.output
