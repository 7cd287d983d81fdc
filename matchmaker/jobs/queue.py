"""The queue: huey on SQLite, Redis or PostgreSQL. It says that there is work; the job rows are the truth."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer

from matchmaker.jobs import kept_vectors
from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.meetings_off import tell_of_meetings_off
from matchmaker.jobs.offers import pass_offers_on
from matchmaker.jobs.outbox import deliver_due
from matchmaker.jobs.solved import ask_if_it_is_solved
from matchmaker.jobs.upkeep import put_back_and_tidy
from matchmaker.jobs.urgency import long_at_once
from matchmaker.jobs.work import run_next
from matchmaker.settings import Settings
from matchmaker.store import jobs as job_rows
from matchmaker.store.event import events
from matchmaker.store.private_files import keep_private
from matchmaker.store.session import Database


class Queue:
    """What a request puts work on and a worker takes it from."""

    def __init__(
        self, settings: Settings, database: Database, *, immediate: bool = False, name: str = "matchmaker"
    ) -> None:
        """Open the storage that `settings.queue_url` names; `immediate` runs everything in the caller."""
        self.settings = settings
        self.database = database
        self.workers = 1
        self.huey = _storage(settings, name, immediate)
        # Letters go a way of their own, so that a code waits for no job.
        self.post = _storage(settings, f"{name}-post", immediate)
        self._run: Any = _task(self.huey, self._run_next, "run_next")
        self._deliver = _task(self.post, lambda: deliver_due(database, settings), "deliver_mail")
        self.huey.periodic_task(crontab(minute="*"), name="upkeep")(self.upkeep)

    def announce(self, jobs: int) -> None:
        """Tell the workers that so many jobs wait: for each, one of them does the job whose turn it is then."""
        for _ in range(jobs):
            self._run()

    def deliver_mail(self) -> None:
        """Have a worker send what lies in the outbox."""
        self._deliver()

    def upkeep(self) -> None:
        """Do what time asks for: put back, tell of meetings that fell away, pass offers on, mail, erase, ask."""
        put_back_and_tidy(self.database, datetime.now(UTC))
        tell_of_meetings_off(self.database, self.settings, datetime.now(UTC))
        pass_offers_on(self.database, self.settings, datetime.now(UTC))
        self.deliver_mail()
        with self.database.reading() as session:
            waiting = job_rows.number_queued(session)
            kept_vectors.forget_old(
                self.settings,
                self.database,
                lambda event_id: events.keeps_people(session, event_id),
                datetime.now(UTC),
            )
        self.announce(waiting)
        if ask_if_it_is_solved(self.database, self.settings, datetime.now(UTC)):
            self.deliver_mail()

    def ask(self) -> int:
        """Return how many messages wait; raises what the storage raises where it does not answer."""
        return int(self.huey.pending_count())

    def close(self) -> None:
        """Close the storage; what is queued stays there. It is opened again where it is asked for more."""
        for one in (self.huey, self.post):
            one.storage.close()

    def _run_next(self) -> None:
        follows = run_next(self.database, self.settings, HANDLERS, long_at_once(self.workers))
        if follows.again_in is not None:
            self._run.schedule(delay=follows.again_in)
        self.announce(follows.others)
        # A job may have written letters.
        self._deliver()


def _task(huey: Huey, function: Callable[..., Any], name: str) -> Callable[..., Any]:
    task: Callable[..., Any] = huey.task(name=name, expires=timedelta(days=1))(function)
    return task


def _storage(settings: Settings, name: str, immediate: bool) -> Huey:
    options: dict[str, Any] = {
        # Messages are pickled: only our own, signed ones are opened.
        "serializer": SignedSerializer(settings.secret_key),
        "results": False,
    }
    url = settings.queue_url
    if immediate:
        return MemoryHuey(name, immediate=True, **options)
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        keep_private(path)
        return SqliteHuey(name, filename=str(path), fsync=True, **options)
    if url.startswith(("redis://", "rediss://")):
        return RedisHuey(name, url=url, **options)
    return PostgresHuey(name, dsn=url, **options)
