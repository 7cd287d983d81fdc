"""`matchmaker doctor`: say what this installation is, and what would stop it from working."""

import platform
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import metadata
from zoneinfo import ZoneInfo

import click

from matchmaker.commands.hall import OPEN_HTTP
from matchmaker.documents.fonts import MORE_SCRIPTS, more_scripts_installed, unprintable
from matchmaker.documents.pdf import LayoutError
from matchmaker.documents.plans.master_list import list_pdf
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.jobs.post import MailServerAway, Postman
from matchmaker.jobs.queue import Queue
from matchmaker.matching.meaning import NoModelError, is_installed, load
from matchmaker.settings import PROXIES, Settings, SettingsError, from_environment
from matchmaker.store import schema
from matchmaker.store.event import hall_copies
from matchmaker.store.people import people
from matchmaker.store.private_files import open_to_others
from matchmaker.store.session import Database
from matchmaker.web.app import static_folder

SHOWN = 5
"""Names that are given of those that cannot be printed."""
NOT_LOOKED_AT = "not looked at until the lines above are mended"


@click.command()
def doctor() -> None:
    """Say what this installation is, and what would stop it from working."""
    try:
        settings = from_environment()
    except SettingsError as error:
        for words in str(error).splitlines():
            click.echo(f"FIX  Settings: {words}")
        click.echo("`matchmaker setup` asks for these and writes them to a file.")
        raise SystemExit(1) from error
    click.echo(f"matchmaker {metadata.version('matchmaker')}, Python {platform.python_version()}")
    failed = 0
    for name, check in CHECKS.items():
        fine, words = _looked_at(check, settings)
        failed += not fine
        click.echo(f"{'ok  ' if fine else 'FIX '} {name}: {words}")
    if failed:
        raise SystemExit(1)


def _looked_at(check: Callable[[Settings], tuple[bool, str]], settings: Settings) -> tuple[bool, str]:
    """Ask one check; what it falls over is a line like any other, and the rest is looked at all the same."""
    try:
        return check(settings)
    except Exception as error:  # noqa: BLE001 - no fault of one part may hide what is wrong with the others
        return False, f"cannot be looked at ({type(error).__name__}), which is a mistake of ours: tell us"


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.dispose()


def _database(settings: Settings) -> tuple[bool, str]:
    try:
        with _opened(settings) as database, database.engine.connect() as connection:
            current, lost = schema.is_current(database), schema.letters_missing(connection)
    except Exception as error:  # noqa: BLE001 - whatever the driver says is what the operator needs to read
        return False, f"does not answer ({type(error).__name__}); start it, or set MATCHMAKER_DATABASE_URL"
    if lost:
        return False, lost
    kind = "embedded (SQLite)" if database.is_sqlite else "PostgreSQL"
    return current, f"{kind}, up to date" if current else f"{kind}; run `matchmaker upgrade`"


def _front_end(_settings: Settings) -> tuple[bool, str]:
    built = (static_folder() / "vendor" / "manifest.json").is_file()
    return built, "built" if built else "missing; run `npm ci` and `matchmaker assets build`"


def _pdf(_settings: Settings) -> tuple[bool, str]:
    try:
        list_pdf([], [], Stamp("Test", 1, datetime.now(UTC), ZoneInfo("UTC")))
    except (FileNotFoundError, LayoutError) as reason:
        return False, str(reason)
    return True, "can be made"


def _names(settings: Settings) -> tuple[bool, str]:
    """Say which names have signs that no font here has; a box would stand for them on paper."""
    try:
        with _opened(settings) as database, database.reading() as session:
            lost = sorted({name for name, _signs in unprintable(people.names(session))})
    except Exception:  # noqa: BLE001 - without fonts or tables, the lines above say what to do
        return True, NOT_LOOKED_AT
    if not lost:
        return True, "every name here can be printed"
    more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
    words = f"no font here has all signs of {', '.join(lost[:SHOWN])}{more}"
    return (True, words) if more_scripts_installed() else (False, f"{words}; run `{MORE_SCRIPTS}`")


def _model(settings: Settings) -> tuple[bool, str]:
    if not is_installed(settings.model_folder):
        return True, "not installed; suggestions compare words and spellings"
    try:
        load(settings.model_folder)
    except NoModelError as refusal:
        return False, str(refusal)
    return True, "active, and its files have the sums they should have"


def _proxies(settings: Settings) -> tuple[bool, str]:
    if settings.proxy_forgotten:
        return False, f"people come by https, and none is trusted. {PROXIES}"
    return True, f"{settings.trusted_proxies} in front may say who is asking"


def _address(settings: Settings) -> tuple[bool, str]:
    alone = ", which leads to this computer alone: nobody else can open it" if settings.alone else ""
    return True, f"{settings.public_url}{alone}"


def _hall(settings: Settings) -> tuple[bool, str]:
    """Say which events are in the hall, with what brings them back; in the hall, how it is reached."""
    if settings.in_hall:
        safe = settings.public_url.startswith("https:")
        return True, f"this is the hall, at {settings.public_url}{'' if safe else f'. {OPEN_HTTP}'}"
    try:
        with _opened(settings) as database, database.reading() as session:
            out = [event.name for event, _copy in hall_copies.all_out(session)]
    except Exception:  # noqa: BLE001 - the line about the database says what to do
        return True, NOT_LOOKED_AT
    if not out:
        return True, "every event is changed here"
    ways = "run `matchmaker hall bring-back FILE`, or `matchmaker hall cancel` to give the copy up"
    return True, f"{', '.join(out)}: read-only here until it is back; {ways}"


def _files(settings: Settings) -> tuple[bool, str]:
    if (settings.production or settings.in_hall) and open_to_others(settings.instance):
        return False, f"others on this machine can look into {settings.instance}; run `chmod 700` on it"
    return True, "the databases are their owner's alone"


def _queue(settings: Settings) -> tuple[bool, str]:
    try:
        with _opened(settings) as database, closing(Queue(settings, database)) as queue:
            queue.ask()
    except Exception as error:  # noqa: BLE001 - each kind of queue has faults of its own
        return False, f"does not answer ({type(error).__name__}); start it, or set MATCHMAKER_QUEUE_URL"
    if settings.embedded_worker:
        return True, "answers; `matchmaker serve` does the work behind the pages"
    return True, "answers; `matchmaker worker` must run to do the work behind the pages"


def _mail(settings: Settings) -> tuple[bool, str]:
    if settings.posts_nothing:
        return True, "none leaves this computer; letters are shown in the window of `matchmaker serve`"
    scheme = settings.mail_url.partition(":")[0]
    try:
        with Postman(settings) as postman:
            postman.connect()
    except MailServerAway as away:
        reason = type(away.__cause__).__name__
        return False, f"the server does not answer or does not let us in ({reason}); see MATCHMAKER_MAIL_URL"
    return True, f"goes out by {scheme}"


CHECKS: dict[str, Callable[[Settings], tuple[bool, str]]] = {
    "Database": _database,
    "Queue": _queue,
    "Front-end files": _front_end,
    "PDFs": _pdf,
    "Names on paper": _names,
    "Sentence model": _model,
    "Hall": _hall,
    "Files": _files,
    "Mail": _mail,
    "Address": _address,
    "Proxies": _proxies,
}
