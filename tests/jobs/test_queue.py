"""The queue works the same on its three storages, and opens only messages of our own."""

import pickle
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matchmaker.jobs import handlers
from matchmaker.jobs.queue import Queue
from matchmaker.settings import Settings, from_environment
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.session import Database
from tests.queues import forget


@pytest.fixture(params=["sqlite", "redis", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    plain = from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)})
    if request.param == "redis":
        return replace(plain, queue_url=request.getfixturevalue("redis_server"))
    if request.param == "postgresql":
        database: Database = request.getfixturevalue("postgres")
        url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return replace(plain, queue_url=url)
    return plain


@pytest.fixture
def queue(settings: Settings, sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    monkeypatch.setitem(handlers.HANDLERS, "double", lambda work: {"twice": 2 * work.details["n"]})
    queue = Queue(settings, sqlite, name=f"test-{uuid.uuid4().hex}")
    yield queue
    forget(queue)


def test_a_job_put_on_the_queue_is_done_by_whoever_takes_it_off(
    queue: Queue, sqlite: Database, make: Any
) -> None:
    make.add(Job(kind="double", details={"n": 21}))
    queue.announce(1)
    task = queue.huey.dequeue()
    queue.huey.execute(task)
    with sqlite.reading() as session:
        ended = session.get_one(Job, 1)
        assert (ended.state, ended.result) == (JobState.DONE, {"twice": 42})


def test_a_message_that_we_did_not_sign_is_not_opened(queue: Queue) -> None:
    queue.huey.storage.enqueue(b"0" * 40 + b":" + pickle.dumps("anything"))
    with pytest.raises(ValueError, match="ignature"):
        queue.huey.dequeue()
