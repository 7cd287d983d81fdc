"""What each setting may be: one set of rules, which `setup` asks of each answer, and `doctor` and every start of all.

A rule says of a value that cannot work what to set instead, as the end of a sentence that begins “Set … to”; "" where
nothing stands against it. It never quotes a password, asks no other machine, and reads no file of people.
"""

import re
from collections.abc import Callable
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from importlib.util import find_spec
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

MAIL_SCHEMES = ("smtp", "smtp+starttls", "smtps")
POSTGRES = ("postgres://", "postgresql://", "postgresql+psycopg://")
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
KINDS = ("development", "production", "hall")

A_DATABASE = "postgresql://user:password@host/name, or nothing for a file here"
A_MAIL_SERVER = "your mail server, for example smtp+starttls://user:password@host:587"
A_SENDER = "the one address letters come from, such as meet@example.gov.uk or Data day <meet@example.gov.uk>"
AN_ADDRESS = "the https address that people type, such as https://meet.example.gov.uk"
_CODED = "with what is special in user or password written as %40 for @, %2F for /, %3A for :, %23 for #"


def public_url(raw: str, production: bool) -> str:
    """Ask of an address that people type that it is one of a whole site, in production one by https."""
    scheme = raw.partition("://")[0].lower()
    if scheme != "https" and (production or scheme != "http"):
        return AN_ADDRESS if production else f"{AN_ADDRESS} or http://127.0.0.1:5000"
    parts = _parts(raw)
    if parts is None:
        return f"{AN_ADDRESS}, with no space in it and with a port from 1 to 65535, if any"
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        return "the address of the whole site, without anything behind it: pages are served at no other path"
    return "" if _is_host(parts.hostname) else f"{AN_ADDRESS}; what stands there now is no name of a computer"


def mail_url(raw: str, production: bool) -> str:
    """Ask of a mail server that its scheme is one we speak, and that it names a computer and a port that can be."""
    if raw == "console:":
        return A_MAIL_SERVER if production else ""
    parts = _parts(raw)
    if parts is None:
        return f"{A_MAIL_SERVER}, with a port from 1 to 65535, if any, and {_CODED}"
    if parts.scheme not in MAIL_SCHEMES or not _is_host(parts.hostname):
        return f"{A_MAIL_SERVER}; it begins with {', '.join(f'{one}://' for one in MAIL_SCHEMES)}"
    return f"{A_MAIL_SERVER}, {_CODED}" if parts.path.strip("/") or parts.query or parts.fragment else ""


def mail_from(raw: str, _production: bool) -> str:
    """Ask of a sender that it is one address, with or without a name before it."""
    try:
        made = EmailMessage()
        made["From"] = raw
    except (ValueError, LookupError, MessageError):  # a line break, or what Python's reader falls over
        return A_SENDER
    found: tuple[Address, ...] = made["From"].addresses
    fine = not made["From"].defects and len(found) == 1 and found[0].username and _is_host(found[0].domain)
    return "" if fine and not re.search(r"\s", found[0].addr_spec) else A_SENDER


def database_url(raw: str, _production: bool) -> str:
    """Ask of a database that it is a file here, or a PostgreSQL server to which what is installed can speak."""
    if raw.startswith("sqlite:///"):
        return "" if _is_file_name(raw) else "sqlite:///FILE, with the name of a file"
    if not raw.startswith(POSTGRES):
        return A_DATABASE
    return _postgres(raw) and f"{A_DATABASE}{_postgres(raw)}"


def queue_url(raw: str, _production: bool) -> str:
    """Ask of a queue that it is a file here, or a Redis or PostgreSQL server to which what is installed can speak."""
    kinds = "redis://host or postgresql://user:password@host/name, or nothing for a file here"
    if raw.startswith("sqlite:///"):
        return "" if _is_file_name(raw) else "sqlite:///FILE, with the name of a file"
    if raw.startswith(("redis://", "rediss://")):
        parts = _parts(raw)
        if find_spec("redis") is None:
            return f"{kinds}; for Redis, run `pip install 'matchmaker[redis]'`"
        fine = parts is not None and _is_host(parts.hostname) and re.fullmatch(r"/?\d*", parts.path)
        return "" if fine else f"{kinds}, with a port from 1 to 65535, if any, and {_CODED}"
    # huey hands the address on as it stands, and no driver belongs into it then.
    if not raw.startswith(("postgres://", "postgresql://")):
        return kinds
    return _postgres(raw) and f"{kinds}{_postgres(raw)}"


def trusted_proxies(raw: str, _production: bool) -> str:
    """Ask of the number of proxies that it is one."""
    return "" if re.fullmatch(r"[0-9]{1,3}", raw) else "a whole number: how many proxies stand in front"


def environment(raw: str, _production: bool) -> str:
    """Ask of the kind of installation that there is such a kind: “prod” would start with every unsafe default."""
    return "" if raw in KINDS else f"one of {', '.join(KINDS)}"


def yes_or_no(raw: str, _production: bool) -> str:
    """Ask of a choice that it is yes or no."""
    return "" if raw.lower() in YES | NO else "yes or no"


def folder(raw: str, _production: bool) -> str:
    """Ask of a folder that nothing else has its name."""
    return "a folder; a file has that name" if Path(raw).exists() and not Path(raw).is_dir() else ""


RULES: dict[str, Callable[[str, bool], str]] = {
    "ENV": environment,
    "MAIL_URL": mail_url,
    "MAIL_FROM": mail_from,
    "PUBLIC_URL": public_url,
    "DATABASE_URL": database_url,
    "QUEUE_URL": queue_url,
    "TRUSTED_PROXIES": trusted_proxies,
    "INSTANCE": folder,
    "DEMO": yes_or_no,
    "EMBEDDED_WORKER": yes_or_no,
}
"""Which rule is asked of which setting, by its name without MATCHMAKER_."""


def _parts(raw: str) -> SplitResult | None:
    """Return the parts of an address of a server; None if it has a space or a port that cannot be."""
    try:
        parts = urlsplit(raw)
        port = parts.port
    except ValueError:
        return None
    return None if re.search(r"[\s\x00-\x1f]", raw) or port == 0 else parts


def _postgres(raw: str) -> str:
    """Return what is to be minded in the address of a PostgreSQL server; without a host it is reached by a socket."""
    if find_spec("psycopg") is None:
        return "; for PostgreSQL, run `pip install 'matchmaker[postgres]'`"
    parts = _parts(raw)
    if parts is None:
        return f", with a port from 1 to 65535, if any, and {_CODED}"
    if (parts.hostname and not _is_host(parts.hostname)) or parts.fragment or "/" in parts.path[1:]:
        return f", {_CODED}"
    return ""


def _is_host(name: str | None) -> bool:
    """Whether a computer can be called so: a name of labels, or its number."""
    if not name or len(name) > 253:
        return False
    if ":" in name or name.startswith("["):
        return _is_number(IPv6Address, name.strip("[]").partition("%")[0])
    labels = name.split(".")
    if labels[-1].isdecimal():
        return _is_number(IPv4Address, name)
    return all(re.fullmatch(r"\w(?:[\w-]{0,61}\w)?", label) for label in labels)


def _is_number(kind: type[IPv4Address] | type[IPv6Address], text: str) -> bool:
    try:
        kind(text)
    except AddressValueError:
        return False
    return True


def _is_file_name(raw: str) -> bool:
    """Whether an address of SQLite names a file; each process would have another one in memory."""
    name = raw.removeprefix("sqlite:///").partition("?")[0]
    return bool(name) and name != ":memory:" and not name.endswith("/")
