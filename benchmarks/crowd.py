"""The day with everybody at once: two organisers, three helpers at the desk and 200 attendees on one installation.

Run `python -m benchmarks.crowd` for SQLite and one process, or `python -m benchmarks.crowd --postgres --processes 3`
for PostgreSQL at the address in MATCHMAKER_TEST_POSTGRES_URL, with as many processes and a worker of its own. The
site is started by the commands that an operator uses, in production, behind a proxy's headers, on a database that is
made and removed.

All act at the same time: badges are scanned at two desks, walk-ins come in, rounds are shifted and people late while
two organisers plan again and publish, and attendees answer suggestions, keep cards on meetings and edit their
profile. Whatever the site said it kept must be there at the end, once; nothing may answer with an error of the
server. Where two changed the same, the second must have been told. It ends with 1 if any of that fails.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import func, select

from benchmarks.crowd_acts import Crowd, attends, helps, organises
from benchmarks.installation import fill
from benchmarks.made import Made
from benchmarks.one_visitor import HOST, Visitor
from benchmarks.page_rows import cookie
from benchmarks.serving import temporary_database
from matchmaker.scheduling.checker.check import check
from matchmaker.services.plans.kept_solution import kept_problem, kept_solution
from matchmaker.store.event.event_roles import EventRole, Organiser
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.plans.sittings import sittings
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.answers import Answer, AnswerKind

SECRET = "a key of the benchmark, which nobody else has"  # noqa: S105
HELPERS, ORGANISERS = 3, 2
LATE_EACH = 5


def losses(session: Session, made: Made, crowd: Crowd, ends_before: datetime) -> list[str]:
    """Return what the site said that it kept and has not, or has twice, and what else is not as it should be."""
    found = [f"lost or doubled: {one}" for one in crowd.kept if not _is_there(session, made, *one)]
    event = session.get_one(Event, made.event_id)
    moved = sum(int(value) for what, _whose, value in crowd.kept if what == "shift")
    if event.rounds[-1].starts_at != ends_before + timedelta(minutes=moved):
        found.append(f"the last round is not {moved} minutes later: {event.rounds[-1].starts_at}")
    return found + _plan_faults(session, made, crowd)


def _is_there(session: Session, made: Made, what: str, whose: str, value: str) -> bool:
    """Whether the database has, once, what the site said that it kept."""
    if what in ("shift", "plan"):  # They are counted together.
        return True
    people = select(Person).where(Person.name == whose if what == "walk-in" else Person.public_id == whose)
    found = list(session.scalars(people))
    if len(found) != 1:
        return False
    one = registrations.of_person(session, made.event_id, found[0].id)
    assert one is not None
    if what in ("card", "answer"):
        return _said(session, what, one.person_id, value)
    arrives = one.arrives.strftime("%H:%M") if one.arrives else ""
    return {"late": arrives == value, "profile": one.bio == value}.get(what, one.presence is Presence.HERE)


def _said(session: Session, what: str, person_id: int, other: str) -> bool:
    about = session.scalars(select(Person.id).where(Person.public_id == other)).one()
    if what == "answer":
        rows: list[str] = [
            one.kind for one in session.scalars(
                select(Answer).where(Answer.person_id == person_id, Answer.about_id == about))
        ]  # fmt: skip
        return rows == [AnswerKind.MEET]
    cards = select(Encounter).where(Encounter.person_id == person_id, Encounter.other_id == about)
    return [one.took_place for one in session.scalars(cards)] == [True]


def _plan_faults(session: Session, made: Made, crowd: Crowd) -> list[str]:
    ours = select(Plan).where(Plan.event_id == made.event_id)
    versions = [one.version for one in session.scalars(ours.order_by(Plan.version))]
    published = [one for one in session.scalars(ours) if one.state is PlanState.PUBLISHED]
    once = session.scalar(
        select(func.count()).select_from(ours.where(Plan.published_at.is_not(None)).subquery())
    )
    wanted = 1 + sum(what in ("shift", "plan") for what, _whose, _value in crowd.kept)
    found = [] if versions == sorted(set(versions)) else [f"versions {versions}"]
    found += [] if once == wanted else [f"{once} versions were published, not {wanted}"]
    if len(published) != 1:
        return [*found, f"{len(published)} plans are published at once"]
    plan = plans.published(session, made.event_id)
    assert plan is not None
    solution = kept_solution(plan, sittings(session, plan.id), ())
    return found + [str(one) for one in check(kept_problem(plan), solution)]


@contextmanager
def running(environment: dict[str, str], processes: int, *, worker: bool) -> Iterator[int]:
    """Start the site as an operator does; give its port once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = str(Path(sys.executable).parent / "matchmaker")
    serve = [command, "serve", "--bind", f"127.0.0.1:{port}", "--workers", str(processes), "--threads", "8"]
    started = [subprocess.Popen(one, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
               for one in ([serve, [command, "worker"]] if worker else [serve])]  # fmt: skip
    try:
        for _ in range(300):
            try:
                link = HTTPConnection("127.0.0.1", port, timeout=5)
                link.request("GET", "/privacy", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
                link.getresponse().read()
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(60)


def begin_the_day(session: Session, made: Made) -> datetime:
    """Let the event be today, with two rounds begun, and three helpers; return when the last round begins."""
    event = session.get_one(Event, made.event_id)
    first = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=40)
    event.zone = zone_in_its_morning(first)
    event.held_on = first.astimezone(event.tz).date()
    for one in event.rounds:
        one.starts_at = first + timedelta(minutes=25 * (one.number - 1))
    for number in range(HELPERS + ORGANISERS - 1):
        role = EventRole.HELPER if number < HELPERS else EventRole.ORGANISER
        person = Person(name=f"Staff {number}", organisation="Host Office")
        session.add(person)
        session.flush()
        session.add(Organiser(event_id=event.id, person_id=person.id, role=role))
    session.flush()
    return event.rounds[-1].starts_at


def zone_in_its_morning(at: datetime) -> str:
    """Return a zone in which it is nine then, so that no round is after midnight, where none may be shifted to."""
    ahead = (20 - at.astimezone(UTC).hour) % 24 - 11  # in hours, from -11 to 12
    return f"Etc/GMT{-ahead:+d}"  # whose sign is the other way round


def cast(session: Session, made: Made, crowd: Crowd) -> list[tuple[Visitor, partial[None]]]:
    """Return who acts, each with what they do."""

    def visitor(person: Person) -> Visitor:
        return Visitor(crowd.port, f"__Host-{cookie(session, SECRET, person)}")

    coming = select(Registration).where(
        Registration.event_id == made.event_id, Registration.state == RegistrationState.CONFIRMED
    )
    rows = list(session.scalars(coming.order_by(Registration.id)))
    late = [(one.person.public_id, one.person.name) for one in rows[-LATE_EACH * ORGANISERS :]]
    badges = [(one.person.public_id, one.badge_code) for one in rows[: -LATE_EACH * ORGANISERS]]
    staff = list(session.scalars(select(Organiser).where(Organiser.event_id == made.event_id)))
    helpers = [one for one in staff if one.role is EventRole.HELPER]
    organisers = [one for one in staff if one.role is EventRole.ORGANISER]
    acts: list[tuple[Visitor, partial[None]]] = []
    for number, one in enumerate(helpers):
        # Each badge is scanned at two desks.
        mine = [badge for place, badge in enumerate(badges) if place % HELPERS != number]
        acts.append((visitor(_person(session, one)), partial(helps, crowd, mine, number)))
    for number, one in enumerate(organisers):
        theirs = late[number * LATE_EACH :][:LATE_EACH]
        acts.append((visitor(_person(session, one)), partial(organises, crowd, theirs, number)))
    for row in rows:
        acts.append((visitor(row.person), partial(attends, crowd, row.person.public_id)))
    return acts


def _person(session: Session, one: Organiser) -> Person:
    return session.get_one(Person, one.person_id)


def let_all_act(crowd: Crowd, acts: list[tuple[Visitor, partial[None]]]) -> float:
    """Let all act at once; return the seconds until the last is done."""

    def one_acts(visitor: Visitor, act: partial[None]) -> None:
        try:
            act(visitor)
        except Exception as error:  # noqa: BLE001 - whoever cannot go on is part of what is found
            crowd.lost_way.append(f"{act.func.__name__}: {type(error).__name__}: {error}")

    begun = time.monotonic()
    threads = [threading.Thread(target=one_acts, args=one) for one in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return time.monotonic() - begun


def say(crowd: Crowd, visitors: list[Visitor], seconds: float) -> None:
    """Print how long each kind of request took, and what was kept and told."""
    took: dict[str, list[float]] = defaultdict(list)
    for one in visitors:
        for what, each in one.took.items():
            took[what] += each
    print(f"{len(visitors)} people, {sum(map(len, took.values()))} requests in {seconds:.0f} s")
    print(f"{'what':<22}{'times':>7}{'p50 s':>8}{'p95 s':>8}")
    for what, each in sorted(took.items()):
        print(f"{what:<22}{len(each):>7}{median(each):>8.2f}{quantiles([*each, each[0]], n=20)[-1]:>8.2f}")
    print("kept:", dict(Counter(what for what, _whose, _value in crowd.kept)))
    print("told that it had changed:", dict(crowd.told))


def main() -> None:
    """Make an installation, let the crowd in, and say what came of it."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--attendees", type=int, default=200)
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--postgres", action="store_true")
    said = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, temporary_database(said.postgres, folder) as url:
        environment = {
            "MATCHMAKER_ENV": "production", "MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_DATABASE_URL": url,
            "MATCHMAKER_PUBLIC_URL": f"https://{HOST}", "MATCHMAKER_INSTANCE": folder,
            "MATCHMAKER_MAIL_URL": "smtp://127.0.0.1:9", "MATCHMAKER_TRUSTED_PROXIES": "1",
            **({"MATCHMAKER_QUEUE_URL": url.replace("+psycopg", "")} if said.postgres else {}),
        }  # fmt: skip
        database = Database(url)
        made = fill(database, round(said.attendees / 0.9) + 1, 300)
        with running(environment, said.processes, worker=said.postgres) as port:
            with database.writing() as session:
                ends_before = begin_the_day(session, made)
                event = session.get_one(Event, made.event_id)
                crowd = Crowd(event.public_id, event.tz, port)
                acts = cast(session, made, crowd)
            seconds = let_all_act(crowd, acts)
        with database.reading() as session:
            found = [*losses(session, made, crowd, ends_before), *crowd.lost_way]
        database.dispose()
    visitors = [visitor for visitor, _act in acts]
    say(crowd, visitors, seconds)
    found += [broken for one in visitors for broken in one.broken]
    print("\n".join(found) if found else "Nothing was lost or doubled, and nothing broke.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
