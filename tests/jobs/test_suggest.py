"""The job that works out suggestions, through the queue as a request asks for it."""

from pathlib import Path
from typing import Any

from matchmaker.jobs.queue import Queue
from matchmaker.services.suggestions import suggest_people
from matchmaker.settings import from_environment
from matchmaker.store import jobs
from matchmaker.store.jobs import JobState
from matchmaker.store.session import Database
from matchmaker.store.suggestions import suggestions


def test_asking_gives_everybody_a_list_and_says_how_many(sqlite: Database, make: Any, tmp_path: Path) -> None:
    event, noise = make.event(), make.event()
    peat = {"needs": "Help with peat depth maps", "offers": "Peat depth maps"}
    rows = [make.registration(event, bio=f"Bee{number} and ant{number}", **peat) for number in range(3)]
    make.registration(noise)
    with sqlite.writing() as session:
        job_id = suggest_people.ask_anew(session, event.id, None).id
        assert suggest_people.ask_anew(session, event.id, None).id == job_id
    Queue(from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)}), sqlite, immediate=True).enqueue(job_id)
    with sqlite.reading() as session:
        job = jobs.by_id(session, job_id)
        assert job is not None
        assert (job.state, job.result) == (JobState.DONE, {"people": 3, "suggestions": 6})
        counted = suggestions.counts(session, event.id)
        assert counted == {row.person_id: 2 for row in rows}
        assert suggestions.counts(session, noise.id) == {}
