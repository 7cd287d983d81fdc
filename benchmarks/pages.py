"""How long every page takes at a given size, through gunicorn, as a ratio to the empty page of the same run.

Run `python -m benchmarks.pages --people 500 --datasets 3000`, on SQLite, or with `--postgres` on a database that is
made and removed at the address in MATCHMAKER_TEST_POSTGRES_URL. Every GET page of docs/pages.md is opened as its
role, for a dozen readers or things, three times each, and `/accessibility`, signed in, after each time. A page is
compared with the empty ones beside it, as other work makes a machine slower by and by. Wall time is what a
reader waits; processor time is what the page's own thread used. Of the three times that one reader's page is opened
the middle one counts: the 95th percentile is of what differs from reader to reader, and not of what else the machine
did meanwhile. Bytes are those on the wire.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import cycle, islice
from statistics import median, quantiles

from flask import Flask
from sqlalchemy import select, text

from benchmarks.installation import fill
from benchmarks.made import Made
from benchmarks.page_rows import ROWS, World, addresses, world
from benchmarks.serving import EMPTY, served, temporary_database
from matchmaker.commands.installation import Installation, open_installation
from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.work import run
from matchmaker.recognition.states import ContributionState
from matchmaker.services.credits import kept_labels
from matchmaker.services.plans import kept_reviews, suggest_topics
from matchmaker.settings import from_environment
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.event.events import Event
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database, Session
from matchmaker.web.app import create_app

SECONDS_EACH = 4.0
"""A page that is slow is opened less often."""
A_MINUTE = 20
"""So many people change something in a minute of a busy day."""


@dataclass
class Found:
    """What was measured of a page: seconds waited and used, bytes and questions, one for each time.

    `beside` are the seconds, waited and used, of the empty page that was opened after each time. `told_apart`
    are so many readers or things, whose pages are opened in turn, and then again.
    """

    wall: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    status: set[int] = field(default_factory=set)
    beside: "Found | None" = None
    told_apart: int = 1


def measure(
    port: int, app: Flask, there: World, times: int, only: str = "", change: Callable[[], None] = lambda: None
) -> dict[str, Found]:
    """Open every page so many times, the empty one after each; the two empty ones come first.

    `change` is done before each opening of a page.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    found = {"empty, signed in": Found(), "empty, signed out": Found()}

    def empty() -> None:
        _open(connection, EMPTY, there.cookies["attendee"][0], found["empty, signed in"])
        _open(connection, EMPTY, "", found["empty, signed out"])

    for _ in range(5):
        empty()
    for one in found.values():
        one.wall.clear()
        one.used.clear()
    for endpoint, row in ROWS.items():
        if only not in endpoint:
            continue
        page = found.setdefault(endpoint, Found())
        page.beside = Found()
        places = addresses(app, endpoint, row, there)
        page.told_apart = len(places)
        _open(connection, *places[0], Found())
        began = time.perf_counter()
        for where, signed in islice(cycle(places), times):
            change()
            _open(connection, where, signed, page)
            _open(connection, EMPTY, there.cookies["attendee"][0], page.beside)
            if time.perf_counter() - began > SECONDS_EACH:
                break
        empty()
    connection.close()
    return found


def _open(connection: HTTPConnection, where: str, signed: str, into: Found) -> None:
    headers = {"Accept-Encoding": "gzip"} | ({"Cookie": signed} if signed else {})
    began = time.perf_counter()
    connection.request("GET", where, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    into.wall.append(time.perf_counter() - began)
    into.used.append(float(answer.headers["X-Used"]))
    into.queries.append(int(answer.headers["X-Questions"]))
    into.size.append(len(body))
    into.status.add(answer.status)


def _late(values: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[18] if len(values) > 1 else values[0]


def _times(page: list[float], empty: list[float]) -> list[float]:
    """Return how many times the empty page each opening took, by those opened just before and after it.

    The machine is half as fast again for some seconds, and then not.
    """
    return [one / median(empty[max(0, place - 1) : place + 2]) for place, one in enumerate(page)]


def _each(values: list[float], told_apart: int) -> list[float]:
    """Return one for each that was opened: the middle one of those that it took, opened in turn with all others.

    >>> _each([1, 5, 2, 9, 3, 6], 2)
    [2, 6]
    """
    return [median(values[place::told_apart]) for place in range(min(told_apart, len(values)))]


def report(found: dict[str, Found], say: Callable[[str], None] = print) -> None:
    """Print a line a page, the slowest first, and how many keep what they should."""
    inside, outside = found.pop("empty, signed in"), found.pop("empty, signed out")
    for name, one in (("signed in", inside), ("signed out", outside)):
        say(
            f"empty page {name}: {1e3 * median(one.wall):.2f} ms waited, {1e3 * median(one.used):.2f} ms used,"
            f" {one.size[-1]:,} bytes, {one.queries[-1]} queries"
        )
    ratios = "p95 ratio waited | p95 ratio used | median ratio used"
    say(f"page | status | median | p95 | {ratios} | bytes | queries | within")
    lines = sorted((_line(name, one, one.beside or inside) for name, one in found.items()), reverse=True)
    for _, _, line in lines:
        say(line)
    say(f"{sum(fine for _, fine, _ in lines)} of {len(found)} pages are within their ratio and 150 kB")


def _line(name: str, one: Found, beside: Found) -> tuple[float, bool, str]:
    """Return how many times the empty page's processor time a page takes, whether it keeps to it, and its line."""
    most = 6 if ROWS[name].many else 3
    late, waited, used = (
        _late(_each(values, one.told_apart))
        for values in (one.wall, _times(one.wall, beside.wall), _times(one.used, beside.used))
    )
    usually = median(one.used) / median(beside.used)
    fine = min(waited, used) <= most and max(one.size) <= 150_000
    words = (
        f"{name} | {','.join(map(str, sorted(one.status)))} | {1e3 * median(one.wall):.1f} ms | {1e3 * late:.1f} ms"
        f" | {waited:.1f} | {used:.1f} | {usually:.1f} | {max(one.size):,} | {max(one.queries)}"
        f" | {'yes' if fine else 'NO'} ({most} x)"
    )
    return used, fine, words


def main() -> None:
    """Make an event, serve it, open every page and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=500)
    asked.add_argument("--datasets", type=int, default=3000)
    asked.add_argument("--times", type=int, default=36)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--only", default="", help="a part of a page's name")
    asked.add_argument("--keep", help="a folder in which the SQLite event is made once and used again")
    asked.add_argument(
        "--changing", action="store_true", help="change somebody and a label before each opening of a page"
    )
    wanted = asked.parse_args()
    if not any(wanted.only in endpoint for endpoint in ROWS):
        asked.error(f"no page has “{wanted.only}” in its name, such as organisers.progress")
    with tempfile.TemporaryDirectory() as folder:
        place = wanted.keep or folder
        with temporary_database(wanted.postgres, place) as url:
            environment = {
                "MATCHMAKER_DATABASE_URL": url,
                "MATCHMAKER_INSTANCE": place,
                "MATCHMAKER_DEMO": "yes",
                "MATCHMAKER_EMBEDDED_WORKER": "no",
            }
            settings = from_environment(environment)
            database = Database(url)
            began = time.perf_counter()
            with database.writing() as session:
                made = _there(session)
            made = made or fill(database, wanted.people, wanted.datasets)
            print(
                f"{wanted.people:,} people, {wanted.datasets:,} datasets, {database.engine.dialect.name},"
                f" made in {time.perf_counter() - began:.0f} s"
            )
            with database.writing() as session:
                there = world(session, made, settings.secret_key)
            database.dispose()
            installation = open_installation(settings)
            keep_what_is_kept(installation)
            app = create_app(settings, installation.database, installation.queue)
            with served(environment) as port:
                change = (changing(installation.database, made),) if wanted.changing else ()
                report(measure(port, app, there, wanted.times, wanted.only, *change))
            installation.database.dispose()


def keep_what_is_kept(installation: Installation) -> None:
    """Have reviews of plans, numbers of labels and orders of topics kept, as a worker does soon after a change.

    And have the database know how large its tables are, as it does by itself where an installation is used.
    """
    installation.database.learn_sizes()
    if not installation.database.is_sqlite:
        with installation.database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
    with installation.database.writing() as session:
        kept_reviews.ask_where_stale(session, datetime.now(UTC))
        kept_labels.ask_if_stale(session)
        suggest_topics.ask_where_behind(session, datetime.now(UTC).date())
    used: dict[str, float] = {}
    queued = select(Job.id, Job.kind).where(Job.state == JobState.QUEUED).order_by(Job.id).limit(1)
    while True:
        with installation.database.reading() as session:
            waiting = session.execute(queued).first()
        if waiting is None:
            break
        began = time.process_time()
        run(installation.database, installation.settings, HANDLERS, waiting.id)
        used[waiting.kind] = used.get(waiting.kind, 0.0) + time.process_time() - began
    for kind, seconds in used.items():
        print(f"{kind} took {seconds:.1f} s of processor time")


def changing(database: Database, made: Made) -> Callable[[], None]:
    """Return what changes the registration of somebody, as a saved profile does, and names or hides somebody.

    Another each time, of as many as change something within the minute in which a worker keeps numbers anew.
    """
    with database.reading() as session:
        named = session.scalars(
            select(Contribution.id)
            .where(Contribution.state == ContributionState.ACCEPTED)
            .order_by(Contribution.id.desc())
            .limit(A_MINUTE)
        ).all()
    people, credits = cycle(made.people[:A_MINUTE]), cycle(named)

    def change() -> None:
        with database.writing() as session:
            theirs = select(Registration).where(
                Registration.event_id == made.event_id, Registration.person_id == next(people)
            )
            row = session.scalars(theirs).one()
            row.trio_ok = not row.trio_ok
            credit = session.get_one(Contribution, next(credits))
            credit.moderated = not credit.moderated

    return change


def _there(session: Session) -> Made | None:
    """Return the event that an earlier run has made, if there is one."""
    first = session.scalars(select(Event).order_by(Event.id).limit(1)).first()
    if first is None:
        return None
    people = session.scalars(
        select(Registration.person_id).where(Registration.event_id == first.id).order_by(Registration.id)
    )
    host = session.scalars(select(Person.id).order_by(Person.id).limit(1)).one()
    return Made(
        first.id, host, tuple(people), tuple(session.scalars(select(Dataset.id).order_by(Dataset.id)))
    )


if __name__ == "__main__":
    main()
