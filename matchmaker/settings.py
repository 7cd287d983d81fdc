"""Configuration: `MATCHMAKER_*` environment variables, or a file of them, read once into a frozen value.

The file is what MATCHMAKER_SETTINGS names, else `matchmaker.env` in the working folder; `matchmaker setup` writes it.
The environment goes before it.

A default must be safe in production and fit to be public. The few development defaults that are not
(a well-known secret key, mail to the console, a page of sent mail) refuse to start in production.
"""

import hashlib
import os
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from matchmaker.setting_rules import RULES, YES

DEVELOPMENT_SECRET = "development-only-not-a-secret"  # noqa: S105
DEFAULT_PUBLIC_URL = "http://127.0.0.1:5000"
PRINTED = "console:"
"""The address of mail where no mail server is set: letters are only shown."""
ROOT = Path(__file__).resolve().parent.parent
SETTINGS_FILE = "matchmaker.env"
"""What the file of settings is called where nothing names another."""


HALL_CERTIFICATE = "certificate.pem"
"""What the certificate is called that the computer in the hall made for itself, in its folder."""

PROXIES = (
    "Set MATCHMAKER_TRUSTED_PROXIES to the number of proxies between people and this server: 1 behind nginx, "
    "Caddy or a load balancer, 0 only where there is none. Otherwise all visitors seem to come from one address, "
    "and a few can use up the tries to sign in of all."
)


class SettingsError(Exception):
    """Settings are missing or unsafe; each line of the message says which variable to set, and to what."""


@dataclass(frozen=True)
class Settings:
    """Everything an installation can set.

    `database_url` is an SQLAlchemy address; `queue_url` is `sqlite:///…`, `redis://…` or `postgresql://…`;
    `mail_url` is `console:`, `smtp://user:password@host:port`, `smtps://…` or `smtp+starttls://…`;
    `public_url` is the address people type, without a final slash, and the base of every link in a mail.
    """

    environment: str
    secret_key: str
    database_url: str
    queue_url: str
    mail_url: str
    mail_from: str
    public_url: str
    instance: Path
    demo: bool
    embedded_worker: bool
    trusted_proxies: int
    model_folder: Path | None = None
    """Where the weights of the sentence model lie, if not in their package."""

    @property
    def proxy_forgotten(self) -> bool:
        """Whether people come by https, which `serve` does not speak, and yet no proxy is said to stand between."""
        return self.production and self.trusted_proxies == 0

    @property
    def posts_nothing(self) -> bool:
        """Whether letters are only shown in the window of the server, or on a page of the demo."""
        return self.mail_url == PRINTED

    @property
    def alone(self) -> bool:
        """Whether the address that people type leads to this computer alone, so that nobody else can open it."""
        return urlsplit(self.public_url).hostname in ("127.0.0.1", "localhost", "::1")

    @property
    def in_hall(self) -> bool:
        """Whether this is the computer in the hall: one event, no internet, no letter but codes on its screen."""
        return self.environment == "hall"

    @property
    def production(self) -> bool:
        """Whether real people use this installation, so that unsafe defaults are refused."""
        return self.environment == "production"


def _database_url(raw: str) -> str:
    """Name the driver in a PostgreSQL address the way hosts write it."""
    for prefix in ("postgres://", "postgresql://"):
        if raw.startswith(prefix):
            return "postgresql+psycopg://" + raw[len(prefix) :]
    return raw


def _flag(raw: str) -> bool:
    return raw.lower() in YES


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environ` (by default the process's own, over those of the settings file).

    Raises SettingsError when a value cannot work, production would run with a development default, or the file
    cannot be read.
    """
    env = _values() if environ is None else environ

    def get(name: str, default: str) -> str:
        plain = env.get("DATABASE_URL", "").strip() if name == "DATABASE_URL" else ""
        return env.get(f"MATCHMAKER_{name}", "").strip() or plain or default

    problems = list(_problems(get))
    if problems:
        raise SettingsError("\n".join(problems))
    instance = Path(get("INSTANCE", str(_default_instance()))).resolve()
    database = get("DATABASE_URL", f"sqlite:///{instance / 'matchmaker.db'}")
    queue_url = get("QUEUE_URL", f"sqlite:///{instance / 'queue.db'}")
    return Settings(
        environment=get("ENV", "development"),
        secret_key=get("SECRET_KEY", DEVELOPMENT_SECRET),
        database_url=_database_url(database),
        queue_url=queue_url,
        mail_url=get("MAIL_URL", PRINTED),
        mail_from=get("MAIL_FROM", "matchmaker <matchmaker@localhost>"),
        # A browser makes small letters of it, and what begins with HTTPS:// is no less safe.
        public_url=get("PUBLIC_URL", DEFAULT_PUBLIC_URL).rstrip("/").lower(),
        instance=instance,
        demo=_flag(get("DEMO", "no")),
        embedded_worker=_flag(get("EMBEDDED_WORKER", "yes" if queue_url.startswith("sqlite:") else "no")),
        trusted_proxies=int(get("TRUSTED_PROXIES", "0")),
        model_folder=model_folder(env),
    )


def model_folder(environ: Mapping[str, str] | None = None) -> Path | None:
    """Return the folder that is set for the weights of the sentence model, if any; for commands that need no more."""
    env = _values() if environ is None else environ
    named = env.get("MATCHMAKER_MODEL_DIR", "").strip()
    return Path(named).resolve() if named else None


def _values() -> dict[str, str]:
    """Return the process's own environment, over what the settings file says."""
    return _from_file(os.environ) | dict(os.environ)


def _from_file(env: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of the file: a line each, NAME=value; lines that begin with # are notes."""
    named = env.get("MATCHMAKER_SETTINGS", "")
    path = Path(named or SETTINGS_FILE)
    if not path.is_file():
        if named:
            raise SettingsError(
                f"There is no settings file {path}. Write it with `matchmaker setup --file {path}`."
            )
        return {}
    found = {}
    try:
        # Editors on Windows begin a file with a mark that would hide its first setting.
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not saved as UTF-8. Save it so in your editor.") from error
    except PermissionError as error:
        raise SettingsError(
            f"{path} belongs to somebody else. Run this as its owner: `sudo -u {path.owner()} matchmaker …`."
        ) from error
    for number, line in enumerate(lines, start=1):
        name, sign, value = line.strip().partition("=")
        if sign and not name.startswith("#"):
            found[name.strip()] = value.strip()
        elif name and not name.startswith("#"):
            raise SettingsError(f"Line {number} of {path} is no setting. Write NAME=value.")
    return found


def _default_instance() -> Path:
    """Use the checkout's `instance/`; a wheel, which has no checkout around it, uses the working folder."""
    return ROOT / "instance" if (ROOT / "pyproject.toml").exists() else Path.cwd() / "instance"


def certificate_fingerprint(folder: Path) -> str:
    """Return the SHA-256 fingerprint of the certificate in a folder, as browsers show it; "" where there is none."""
    path = folder / HALL_CERTIFICATE
    if not path.is_file():
        return ""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(path.read_text("ascii"))).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


def _problems(get: Callable[[str, str], str]) -> Iterator[str]:
    """Yield what this installation cannot, or must not, run with; each with what to set."""
    kind, key = get("ENV", "development"), get("SECRET_KEY", DEVELOPMENT_SECRET)
    production, weak = kind == "production", key == DEVELOPMENT_SECRET or len(key) < 32
    if production and weak:
        yield (
            "Set MATCHMAKER_SECRET_KEY to at least 32 random characters, for example the output of "
            "`python3 -c 'import secrets; print(secrets.token_hex(32))'`."
        )
    if kind == "hall" and weak:
        yield "The key of the hall is missing. Open the file again: `matchmaker hall open FILE`."
    defaults = {"MAIL_URL": PRINTED, "PUBLIC_URL": DEFAULT_PUBLIC_URL}
    for name, rule in RULES.items():
        value = get(name, defaults.get(name, ""))
        instead = rule(value, production) if value else ""
        if instead:
            yield f"Set MATCHMAKER_{name} to {instead}."
    if production and _flag(get("DEMO", "no")):
        yield "Unset MATCHMAKER_DEMO: the demo signs anybody in as anybody."
    if production and not get("TRUSTED_PROXIES", ""):
        yield PROXIES
