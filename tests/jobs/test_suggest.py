"""The job that works out suggestions, through the queue as a request asks for it."""

import pickle
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from matchmaker.jobs import kept_vectors
from matchmaker.jobs.kept_vectors import KeptVectors
from matchmaker.jobs.meaning import model_in_use
from matchmaker.jobs.queue import Queue
from matchmaker.jobs.refresh import refresh
from matchmaker.jobs.suggest import suggest
from matchmaker.jobs.upkeep import put_back_and_tidy
from matchmaker.jobs.work import Work
from matchmaker.services.suggestions import refresh_lists, suggest_people
from matchmaker.settings import from_environment
from matchmaker.store import jobs
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
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
    Queue(from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)}), sqlite, immediate=True).announce(1)
    with sqlite.reading() as session:
        job = jobs.by_id(session, job_id)
        assert job is not None
        assert (job.state, job.result) == (JobState.DONE, {"people": 3, "suggestions": 6})
        counted = Counter(person_id for person_id, *_ in suggestions.standing(session, event.id))
        assert counted == {row.person_id: 2 for row in rows}
        assert suggestions.standing(session, noise.id) == []


def test_a_refresh_reads_only_who_changed_and_no_word_of_an_erased_person_is_kept(
    sqlite: Database, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event("The day")
    rows = [
        make.registration(event, make.person(f"P{number}"), bio=f"I study peat and thing{number}")
        for number in range(6)
    ]
    settings = from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)})
    work = Work(sqlite, settings, 0, event.id, None, {"people": [rows[0].person_id]})
    suggest(work)
    read: list[int] = []
    load = suggest_people.load
    monkeypatch.setattr(suggest_people, "load", lambda *asked: read.append(1) or load(*asked))
    with sqlite.writing() as session:
        session.get_one(Registration, rows[1].id).bio = "Kites and balloons"
    refresh(work)
    assert read == []
    kept = kept_vectors.load(work, version_of(sqlite, event.id))
    assert kept is not None
    assert "thing5" in str(kept.ready.vectors.texts)
    with sqlite.writing() as session:
        session.execute(delete(Person).where(Person.id == rows[5].person_id))
    refresh(work)
    kept = kept_vectors.load(work, version_of(sqlite, event.id))
    assert read == [1]
    assert kept is not None
    assert "thing5" not in str(kept.ready.vectors.texts)


def test_a_process_lets_go_of_what_it_has_not_used_for_a_while(
    sqlite: Database, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event("The day")
    for number in range(3):
        make.registration(event, make.person(f"P{number}"), bio="I study peat")
    work = Work(
        sqlite, from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)}), 0, event.id, None, {"people": []}
    )
    suggest(work)
    held = kept_vectors.load(work, version_of(sqlite, event.id))
    assert kept_vectors.load(work, version_of(sqlite, event.id)) is held
    monkeypatch.setattr(kept_vectors, "HELD_FOR", 0.0)
    kept_vectors.hold(held, held)
    (end,) = kept_vectors._end
    end.join()
    assert kept_vectors.load(work, version_of(sqlite, event.id)) is not held


def version_of(database: Database, event_id: int) -> str:
    with database.reading() as session:
        return refresh_lists.version(session, event_id, model_in_use(from_environment({})))


def test_numbers_that_somebody_else_wrote_or_of_another_catalogue_are_not_used(
    sqlite: Database, make: Any, tmp_path: Path
) -> None:
    event = make.event("The day")
    for number in range(3):
        make.registration(event, make.person(f"P{number}"), bio="I study peat")
    settings = from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)})
    work = Work(sqlite, settings, 0, event.id, None, {"people": []})
    suggest(work)
    version = version_of(sqlite, event.id)
    assert kept_vectors.load(work, version) is not None
    assert kept_vectors.load(work, f"{version}, another") is None
    other = from_environment({"MATCHMAKER_INSTANCE": str(tmp_path), "MATCHMAKER_SECRET_KEY": "x" * 40})
    assert kept_vectors.load(Work(sqlite, other, 0, event.id, None, {}), version) is None
    (file,) = (tmp_path / "vectors").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert kept_vectors.load(work, version) is None
    kept_vectors.forget_old(settings, sqlite, lambda _event: False, datetime.now(UTC))
    assert not list((tmp_path / "vectors").iterdir())


def test_what_was_read_is_held_with_what_changed_since_until_somebody_writes_the_file(
    sqlite: Database, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event("The day")
    rows = [make.registration(event, make.person(f"P{number}"), bio="I study peat") for number in range(3)]
    settings = from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)})
    work = Work(sqlite, settings, 0, event.id, None, {"people": [rows[0].person_id]})
    suggest(work)
    read: list[int] = []
    loads = pickle.loads
    monkeypatch.setattr(pickle, "loads", lambda *asked, **numbers: read.append(1) or loads(*asked, **numbers))
    version = version_of(sqlite, event.id)

    def say(bio: str) -> KeptVectors:
        with sqlite.writing() as session:
            one = session.get_one(Registration, rows[1].id)
            one.bio, one.profile_saved_at = bio, datetime.now(UTC)
        refresh(work)
        kept = kept_vectors.load(work, version)
        assert kept is not None
        return kept

    assert ("Kites" in say("Kites").ready.vectors.texts, read) == (True, [1])
    assert ("Balloons" in say("Balloons").ready.vectors.texts, read) == (True, [1])
    (file,) = (tmp_path / "vectors").iterdir()
    file.write_bytes(file.read_bytes())
    before = kept_vectors.load(work, version)
    assert before is not None
    assert "Kites" not in before.ready.vectors.texts
    assert read == [1, 1]
    monkeypatch.setattr("matchmaker.jobs.refresh.MANY", 3)
    assert (say("Larks").since, read) == (2, [1, 1])
    assert (say("Swifts").since, read) == (
        0,
        [1, 1, 1],
    )  # four are more than the next process should make again
    monkeypatch.setattr(kept_vectors, "MOST_HELD", 0)
    file.write_bytes(file.read_bytes())
    assert ("Swifts" in say("Swifts").ready.vectors.texts, len(read)) == (True, 5)


def test_events_catch_up_with_a_new_catalogue_one_after_the_other_the_soonest_first(
    database: Database, maker: Any
) -> None:
    make, at = maker(database), datetime.now(UTC)
    day = at.date()
    later, sooner, past, never = (
        make.event(name, held_on=day + timedelta(days=days), erase_on=day + timedelta(days=90))
        for name, days in (("Later", 20), ("Sooner", 10), ("Past", -1), ("Never asked", 5))
    )
    before = at - timedelta(hours=2)
    for event in (later, sooner, past):
        make.add(
            Job(kind="suggest", event_id=event.id, state=JobState.DONE, asked_at=before, ended_at=before)
        )
    put_back_and_tidy(database, at)
    assert waiting(database) == []
    imported = {"kind": "import-catalogue", "event_id": never.id, "state": JobState.DONE}
    make.add(Job(**imported, asked_at=before, ended_at=at - timedelta(hours=1)))
    for expected in (sooner, later):
        put_back_and_tidy(database, at)
        put_back_and_tidy(database, at)
        assert waiting(database) == [expected.id]
        with database.writing() as session:
            session.execute(update(Job).values(state=JobState.DONE, ended_at=at))
            session.execute(
                update(Job).where(Job.kind == "import-catalogue").values(ended_at=at - timedelta(hours=1))
            )
    put_back_and_tidy(database, at)
    assert waiting(database) == []


def waiting(database: Database) -> list[int | None]:
    with database.reading() as session:
        return list(
            session.scalars(
                select(Job.event_id)
                .where(Job.state == JobState.QUEUED, Job.kind == "suggest")
                .order_by(Job.id)
            )
        )
