"""How long every page takes at a given size, through gunicorn, as a ratio to the empty page of the same run.

Run `python -m benchmarks.pages --people 500 --datasets 3000`, on SQLite, or with `--postgres` on a database that is
made and removed at the address in MATCHMAKER_TEST_POSTGRES_URL. Every GET page of docs/pages.md is opened as its
role, several times over several people and datasets; `/accessibility` in between, signed in, is what it is compared
with. Wall time is what a reader waits; processor time is what the page's own thread used, and says
the same on a busy machine. Bytes are those on the wire.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from flask import Flask, Response, g
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import create_engine, event, select, text

from benchmarks.installation import Made, fill
from matchmaker.commands.installation import Installation, open_installation
from matchmaker.commands.serve import settle
from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.work import run
from matchmaker.recognition.states import ContributionState
from matchmaker.services.credits import claim_credits, kept_labels
from matchmaker.services.people import stay_signed_in
from matchmaker.services.plans import calendar as calendars
from matchmaker.services.plans import kept_reviews
from matchmaker.settings import from_environment
from matchmaker.store import schema
from matchmaker.store.attendee_lists.imports import Import
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Database, Session
from matchmaker.web.app import create_app

POSTGRES = os.environ.get(
    "MATCHMAKER_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
EMPTY = "/accessibility"
SECONDS_EACH = 4.0
"""A page that is slow is opened less often."""
A_MINUTE = 20
"""So many people change something in a minute of a busy day."""


@dataclass(frozen=True)
class Row:
    """How a page is opened: as whom, and with which words after its address.

    `many`: an organiser's list or an export, which may take twice as long as another page.
    """

    role: str
    query: str = ""
    many: bool = False


@dataclass
class Found:
    """What was measured of a page: seconds waited and used, bytes and questions, one for each time."""

    wall: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    status: set[int] = field(default_factory=set)


_A, _O, _V = Row("attendee"), Row("organiser"), Row("visitor")
_LIST = Row("organiser", many=True)
ROWS: dict[str, Row] = {
    "public.home": _A,
    "public.accessibility": _V,
    "public.claim_slip": _V,
    "public.claim": _V,
    "public.demo_mail": _V,
    "public.demo_letter": _V,
    "public.event_privacy": _V,
    "public.how_suggestions_are_made": _V,
    "public.labels": _V,
    "public.label": _V,
    "public.public_label_file": _V,
    "public.letters": _V,
    "public.privacy": _A,
    "public.sign_in": _V,
    "public.sign_in_code": _V,
    "public.sign_in_personal": _V,
    "public.wall": _V,
    "public.board": _V,
    "public.calendar": _V,
    "attendees.calendar": _A,
    "attendees.directory": _A,
    "attendees.directory_ways": _A,
    "people.datasets": Row("attendee", "?q=river"),
    "people.dataset": _A,
    "people.claim": _A,
    "people.label_file": _A,
    "people.name_colleague": _A,
    "people.name_stranger": _A,
    "people.report": _A,
    "people.thank_several": _A,
    "people.thank": _A,
    "people.add_dataset": _A,
    "people.dataset_publishers": _A,
    "people.dataset_subjects": _A,
    "people.missing_labels": _A,
    "people.person": _A,
    "people.note": _A,
    "people.thanks": _A,
    "people.unsent": _A,
    "people.edit_thanks": _A,
    "attendees.home": _A,
    "attendees.choices": _A,
    "attendees.introduction": _A,
    "attendees.report_note": _A,
    "attendees.met": _A,
    "attendees.met_cards": _A,
    "attendees.met_person": _A,
    "attendees.met_card": _A,
    "attendees.solved": _A,
    "attendees.day_changes": _A,
    "attendees.day_worker": _A,
    "people.mine": _A,
    "people.signed_in": _A,
    "people.copy_mine": Row("attendee", many=True),
    "people.delete_me": _A,
    "attendees.leave": _A,
    "attendees.day": _A,
    "attendees.profile": _A,
    "attendees.profile_datasets": Row("attendee", "?words=river"),
    "attendees.profile_about": _A,
    "attendees.profile_seen": _A,
    "attendees.suggestions": _A,
    "attendees.topics": _A,
    "attendees.pitch_topic": _A,
    "attendees.change_topic": _A,
    "organisers.home": _O,
    "organisers.attendance": _LIST,
    "organisers.datasets": _LIST,
    "organisers.dataset": _O,
    "organisers.merge_dataset": _O,
    "organisers.series": _O,
    "public.ask_for_a_place": _V,
    "public.confirm_address": _V,
    "organisers.confirm_several": Row("organiser", "?act=not-coming&show=all&all=y"),
    "organisers.several_done": _O,
    "organisers.places": _O,
    "organisers.place_numbers": _O,
    "organisers.confirm_offers": _O,
    "organisers.day": _O,
    "organisers.mark_everybody_missing": _O,
    "organisers.walk_in": _O,
    "organisers.desk": _LIST,
    "organisers.show_code": _O,
    "organisers.exclusions": _LIST,
    "organisers.file": _O,
    "organisers.imports": _O,
    "organisers.upload": _O,
    "organisers.import_columns": _O,
    "organisers.import_attendees": _O,
    "organisers.import_catalogue": _O,
    "organisers.invitations": _LIST,
    "organisers.codes_ready": _O,
    "organisers.codes_file": _O,
    "organisers.confirm_invitations": Row("organiser", "?who=everybody&how=print", many=True),
    "organisers.job": _O,
    "organisers.labels": _O,
    "organisers.figures": _LIST,
    "organisers.wall": _O,
    "organisers.letters": _LIST,
    "organisers.letter": _O,
    "organisers.print_letter": _LIST,
    "organisers.lost_labels": _LIST,
    "organisers.print_lost_labels": _LIST,
    "organisers.moderation": _O,
    "organisers.people": _LIST,
    "organisers.person": _O,
    "organisers.person_attendance": _O,
    "organisers.merge_person": _O,
    "organisers.add_person": _O,
    "organisers.progress": _LIST,
    "organisers.report": _LIST,
    "organisers.report_pdf": _LIST,
    "organisers.print_paper": _O,
    "organisers.report_table": _LIST,
    "organisers.needs": _LIST,
    "organisers.organisations": _LIST,
    "organisers.programme": _O,
    "organisers.find_for_paper": _O,
    "organisers.enter_paper": _O,
    "organisers.plans": _O,
    "organisers.plan": _LIST,
    "organisers.edit_plan": _LIST,
    "organisers.confirm_publishing": _LIST,
    "organisers.edit_meeting": _LIST,
    "organisers.poster": _O,
    "organisers.printing": _O,
    "organisers.rounds": _O,
    "organisers.round": _O,
    "organisers.remove_round": _O,
    "organisers.sealed": _O,
    "organisers.setup": _O,
    "organisers.tables": _LIST,
    "organisers.table": _O,
    "organisers.topics": _LIST,
    "organisers.add_topic": _O,
    "organisers.topic": _O,
    "organisers.remove_tables": Row("organiser", "?first=1&last=2"),
    "organisers.unclaimed": _LIST,
    "organisers.attendees_csv": _LIST,
    "organisers.event_organisers": _O,
    "people.new_event": _A,
}
"""Every page there is. A test compares this with the addresses of the application."""

LITERAL = {"kind": "credits.csv", "paper": "tags", "sheet": "slips"}


def application() -> Flask:
    """Return the application with two more headers: how many questions a page asked, and its thread's time."""
    installation = open_installation()
    app = create_app(installation.settings, installation.database, installation.queue)

    def count(*_: Any) -> None:
        if g:
            g.questions = g.get("questions", 0) + 1

    event.listen(installation.database.engine, "before_cursor_execute", count)

    @app.before_request
    def begin() -> None:
        g.began = time.thread_time()

    def end(response: Response) -> Response:
        response.headers["X-Questions"] = str(g.get("questions", 0))
        response.headers["X-Used"] = f"{time.thread_time() - g.get('began', time.thread_time()):.6f}"
        return response

    # First in the list is last to be called, so that compressing counts, too.
    app.after_request_funcs.setdefault(None, []).insert(0, end)
    assert app.before_request_funcs[None]
    app.before_request_funcs[None].insert(0, app.before_request_funcs[None].pop())
    settle()
    return app


@contextmanager
def temporary_database(postgres: bool, folder: str) -> Iterator[str]:
    """Give the address of a database that goes with the block; its schema is there."""
    if not postgres:
        url = f"sqlite:///{Path(folder) / 'matchmaker.db'}"
        _bring_up(url)
        yield url
        return
    name = f"matchmaker_bench_{os.getpid()}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = POSTGRES.rsplit("/", 1)[0] + "/" + name
    try:
        _bring_up(url)
        yield url
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def _bring_up(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    database.dispose()


@contextmanager
def served(environment: Mapping[str, str], processes: int = 1) -> Iterator[int]:
    """Serve the application of an environment with gunicorn; give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "2", "-w", str(processes), "-b",
            f"127.0.0.1:{port}", "--timeout", "300", "--log-level", "warning", "benchmarks.pages:application()",
        ],
        env={**os.environ, **environment},
    )  # fmt: skip
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{EMPTY}").read()
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def cookie(session: Session, secret: str, person: Person) -> str:
    """Return the cookie of somebody who is signed in."""
    app = Flask("signing")
    app.secret_key = secret
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    token = stay_signed_in.begin(session, person, datetime.now(UTC))
    signed = serializer.dumps({"_user_id": token, "_fresh": True})
    return f"matchmaker={signed}"


@dataclass(frozen=True)
class World:
    """What addresses are made of: for each kind of thing some that are there, and a cookie for each role."""

    names: dict[str, list[str]]
    cookies: dict[str, list[str]]
    mine: list[dict[str, str]]
    """For each attendee, things that only they may open."""


def world(session: Session, made: Made, secret: str, several: int = 12) -> World:
    """Choose what is opened, spread over the event."""
    step = max(1, len(made.people) // several)
    ids = [made.people[place] for place in range(0, len(made.people), step)][:several]
    confirmed = select(Registration).where(
        Registration.event_id == made.event_id,
        Registration.person_id.in_(ids),
        Registration.state == "confirmed",
    )
    registered = list(session.scalars(confirmed))
    people = [session.get_one(Person, one.person_id) for one in registered]
    credits = [
        session.scalars(
            select(Contribution)
            .where(Contribution.person_id == one.id, Contribution.state == "accepted")
            .limit(1)
        ).one()
        for one in people
    ]
    datasets = [session.get_one(Dataset, one.dataset_id) for one in credits]
    host = session.get_one(Person, made.organiser_id)
    here = session.get_one(Event, made.event_id)

    def one_of(table: Any, *where: Any) -> str:
        return str(session.scalars(select(table.public_id).where(*where).order_by(table.id).limit(1)).one())

    unclaimed = one_of(UnclaimedCredit, UnclaimedCredit.event_id == made.event_id)
    plan = session.scalars(
        select(Plan).where(Plan.event_id == made.event_id, Plan.state == PlanState.DRAFT)
    ).one()
    meeting = session.scalars(select(Meeting).where(Meeting.plan_id == plan.id).limit(1)).one()
    thanks = [
        session.scalars(select(Endorsement.public_id).where(Endorsement.giver_id == one.id).limit(1)).first()
        for one in people
    ]
    topics = [
        session.scalars(select(TableTopic.public_id).where(TableTopic.host_id == one.id).limit(1)).first()
        for one in people
    ]
    return World(
        {
            "calendar": [calendars.proof(secret, one) for one in registered],
            "event": [here.public_id],
            "dataset": [one.public_id for one in datasets],
            "person": [one.public_id for one in people],
            "registration": [one.public_id for one in registered],
            "plan": [plan.public_id],
            "round": [str(meeting.round_number)],
            "table": [str(meeting.table_number)],
            "file": [one_of(File, File.event_id == made.event_id)],
            "upload": [one_of(Import, Import.event_id == made.event_id)],
            "job": [one_of(Job, Job.event_id == made.event_id)],
            "mail": [one_of(Mail)],
            "unclaimed": [unclaimed],
            "proof": [claim_credits.proof(secret, unclaimed, claim_credits.BY_MAIL)],
            "publisher": [str(one) for one in session.scalars(select(Publisher.id).limit(5))],
            "wall": [here.wall_key or ""],
            "pitched": [one_of(TableTopic, TableTopic.event_id == made.event_id)],
        },
        {
            "visitor": [""],
            "organiser": [cookie(session, secret, host)],
            "attendee": [cookie(session, secret, one) for one in people],
        },
        [
            {"person": one.public_id, "endorsement": given or "", "pitched": topic or ""}
            for one, given, topic in zip(people, thanks, topics, strict=True)
        ],
    )


def addresses(app: Flask, endpoint: str, row: Row, there: World) -> list[tuple[str, str]]:
    """Return addresses of one page, each with the cookie it is opened with."""
    rule = next(one for one in app.url_map.iter_rules(endpoint) if "GET" in (one.methods or ()))
    cookies = there.cookies[row.role]
    found = []
    for place in range(max(len(there.mine), 1)):
        values: dict[str, Any] = {name: LITERAL[name] for name in rule.arguments & LITERAL.keys()}
        for name in rule.arguments - LITERAL.keys():
            own = there.mine[place].get(name) if endpoint in OWN else None
            values[name] = own or islice(cycle(there.names.get(name, [""])), place, None).__next__()
        if endpoint == "people.thank":
            values["dataset"], values["person"] = (
                there.names["dataset"][place - 1],
                there.names["person"][place - 1],
            )
        if endpoint == "public.calendar":
            values["proof"] = there.names["calendar"][place % len(there.names["calendar"])]
        where = app.url_map.bind("localhost").build(endpoint, values)
        found.append((where + row.query, cookies[place % len(cookies)]))
    return found


OWN = {"people.note", "people.edit_thanks", "attendees.change_topic"}
"""Pages about the reader's own things."""


def measure(
    port: int, app: Flask, there: World, times: int, only: str = "", change: Callable[[], None] = lambda: None
) -> dict[str, Found]:
    """Open every page so many times, the empty one in between; the two empty ones come first.

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
        places = addresses(app, endpoint, row, there)
        _open(connection, *places[0], Found())
        began = time.perf_counter()
        for where, signed in islice(cycle(places), times):
            change()
            _open(connection, where, signed, page)
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


def report(found: dict[str, Found], say: Callable[[str], None] = print) -> None:
    """Print a line a page, the slowest first, and how many keep what they should."""
    inside, outside = found.pop("empty, signed in"), found.pop("empty, signed out")
    for name, one in (("signed in", inside), ("signed out", outside)):
        say(
            f"empty page {name}: {1e3 * median(one.wall):.2f} ms waited, {1e3 * median(one.used):.2f} ms used,"
            f" {one.size[-1]:,} bytes, {one.queries[-1]} queries"
        )
    say("page | status | median | p95 | p95 ratio waited | p95 ratio used | bytes | queries | within")
    kept, lines = 0, []
    for name, one in found.items():
        most = 6 if ROWS[name].many else 3
        waited = _late(one.wall) / median(inside.wall)
        used = _late(one.used) / median(inside.used)
        fine = min(waited, used) <= most and max(one.size) <= 150_000
        kept += fine
        lines.append(
            (
                -used,
                f"{name} | {','.join(map(str, sorted(one.status)))} | {1e3 * median(one.wall):.1f} ms"
                f" | {1e3 * _late(one.wall):.1f} ms | {waited:.1f} | {used:.1f} | {max(one.size):,}"
                f" | {max(one.queries)} | {'yes' if fine else 'NO'} ({most} x)",
            )
        )
    for _, line in sorted(lines):
        say(line)
    say(f"{kept} of {len(found)} pages are within their ratio and 150 kB")


def main() -> None:
    """Make an event, serve it, open every page and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=500)
    asked.add_argument("--datasets", type=int, default=3000)
    asked.add_argument("--times", type=int, default=24)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--only", default="", help="a part of a page's name")
    asked.add_argument("--keep", help="a folder in which the SQLite event is made once and used again")
    asked.add_argument(
        "--changing", action="store_true", help="change somebody and a label before each opening of a page"
    )
    wanted = asked.parse_args()
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
    """Have reviews of plans and numbers of labels kept, as a worker does within a minute of a change."""
    with installation.database.writing() as session:
        kept_reviews.ask_where_stale(session, datetime.now(UTC))
        kept_labels.ask_if_stale(session)
        queued = select(Job.id, Job.kind).where(Job.state == JobState.QUEUED).order_by(Job.id)
        waiting = session.execute(queued).all()
    for job_id, kind in waiting:
        began = time.process_time()
        run(installation.database, installation.settings, HANDLERS, job_id)
        print(f"{kind} took {time.process_time() - began:.1f} s of processor time")


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
