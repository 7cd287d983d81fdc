"""The sentence model behind the jobs: each text of an event is read once, and goes when nobody has it any more."""

import hashlib
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from matchmaker.jobs.meaning import model_id
from matchmaker.jobs.plan import make_plan
from matchmaker.jobs.refresh import refresh
from matchmaker.jobs.suggest import suggest
from matchmaker.jobs.work import Work
from matchmaker.matching import meaning
from matchmaker.matching.meaning import load
from matchmaker.recognition.states import ContributionState
from matchmaker.services.people import erase_people
from matchmaker.settings import from_environment
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import plans
from matchmaker.store.session import Database
from matchmaker.store.suggestions import suggestions
from matchmaker.store.suggestions.meanings import TextMeaning

CATTLE = "Cattle vaccination against tuberculosis."
with_the_model = pytest.mark.usefixtures("sentence_model")


def work_of(database: Database, event_id: int, *people: int) -> Work:
    return Work(database, from_environment({}), 0, event_id, None, {"people": list(people)})


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def kept(database: Database, event_id: int) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(TextMeaning.digest).where(TextMeaning.event_id == event_id)))


@pytest.fixture
def hall(make: Any) -> Any:
    """Give an event of three people, two of whom say the same in other words, and a meaning of another event."""
    event, other = make.event(rounds=2, tables=2), make.event()
    bios = (CATTLE, "Immunising cows to stop TB.", "Keeping bees.")
    rows = [make.registration(event, bio=bio) for bio in bios]
    peat, _nobodys = make.dataset("Peat Depth"), make.dataset("Bog Diaries")
    make.contribution(rows[2].person, peat, "curated")
    make.add(TextMeaning(event_id=other.id, model="a" * 64, digest="b" * 64, numbers=b"kept"))
    return SimpleNamespace(
        event=event, other=other, rows=rows, bios=bios, texts={digest(one) for one in (*bios, "Peat Depth")}
    )


@with_the_model
def test_what_people_say_in_other_words_is_found_and_each_text_is_read_once(
    sqlite: Database, hall: Any, make: Any
) -> None:
    atlas = make.dataset("Atlas")  # likeness of meaning alone is no reason for a card
    make.add(Use(person_id=hall.rows[0].person_id, dataset_id=atlas.id, kind=UseKind.STUCK))
    for row in hall.rows[1:]:
        make.contribution(row.person, atlas, "maintained", state=ContributionState.CLAIMED)
    suggest(work_of(sqlite, hall.event.id))
    assert kept(sqlite, hall.event.id) == hall.texts | {digest("Atlas")}
    with sqlite.reading() as session:
        best = suggestions.for_person(session, hall.event.id, hall.rows[0].person_id)[0]
        assert best.other_id == hall.rows[1].person_id
        assert {one["kind"] for one in best.reasons} == {"dataset", "need", "semantic"}
    with sqlite.writing() as session:
        # A row that says what bees say is believed: so it is not made again.
        key = {"event_id": hall.event.id, "model": model_id()}
        cows = session.get_one(TextMeaning, {**key, "digest": digest(hall.bios[1])})
        cows.numbers = session.get_one(TextMeaning, {**key, "digest": digest("Keeping bees.")}).numbers
    suggest(work_of(sqlite, hall.event.id))
    with sqlite.reading() as session:
        mine = suggestions.for_person(session, hall.event.id, hall.rows[0].person_id)
        assert [[reason["kind"] for reason in one.reasons] for one in mine] == [
            ["need", "dataset"],
            ["need", "dataset"],
        ]


@with_the_model
def test_a_kept_meaning_is_the_models_to_within_16_bits(sqlite: Database, hall: Any) -> None:
    from matchmaker.matching.meaning import load  # noqa: PLC0415 - only where the model is

    suggest(work_of(sqlite, hall.event.id))
    with sqlite.reading() as session:
        row = session.get_one(
            TextMeaning,
            {"event_id": hall.event.id, "model": model_id(), "digest": digest("Keeping bees.")},
        )
        np.testing.assert_allclose(
            np.frombuffer(row.numbers, "<f2").astype(float), load()(["Keeping bees."])[0], atol=1e-3
        )


@with_the_model
def test_what_was_said_before_and_what_an_erased_person_said_is_forgotten(
    sqlite: Database, hall: Any
) -> None:
    suggest(work_of(sqlite, hall.event.id))
    with sqlite.writing() as session:
        session.get_one(Registration, hall.rows[0].id).bio = "Moths."
    refresh(work_of(sqlite, hall.event.id, hall.rows[0].person_id))
    assert kept(sqlite, hall.event.id) == hall.texts - {digest(CATTLE)} | {digest("Moths.")}
    with sqlite.writing() as session:
        erase_people.erase_person(session, session.get_one(Person, hall.rows[0].person_id), keep_thanks=False)
    refresh(work_of(sqlite, hall.event.id))
    assert kept(sqlite, hall.event.id) == hall.texts - {digest(CATTLE)}
    assert kept(sqlite, hall.other.id) == {"b" * 64}


@with_the_model
def test_a_plan_is_made_with_what_texts_mean(sqlite: Database, hall: Any) -> None:
    made = make_plan(work_of(sqlite, hall.event.id))
    assert kept(sqlite, hall.event.id) == hall.texts
    with sqlite.reading() as session:
        plan = plans.by_public_id(session, hall.event.id, made["plan"])
        assert plan is not None
        said = {reason["kind"] for meeting in plan.meetings for reason in meeting.why}
    assert "semantic" in said


def test_without_the_model_no_meaning_is_kept(sqlite: Database, make: Any, hall: Any) -> None:
    make.add(TextMeaning(event_id=hall.event.id, model=model_id(), digest="c" * 64, numbers=b"old"))
    suggest(work_of(sqlite, hall.event.id))
    assert kept(sqlite, hall.event.id) == set()
    assert kept(sqlite, hall.other.id) == {"b" * 64}


@with_the_model
def test_where_the_model_turns_out_not_to_run_the_lists_are_made_without_it(
    sqlite: Database, hall: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def cannot(_weights: Any) -> Any:
        raise RuntimeError("no such processor")

    load.cache_clear()
    monkeypatch.setattr(meaning, "compiled", cannot)
    found = suggest(work_of(sqlite, hall.event.id))
    assert found["people"] == 3
    assert kept(sqlite, hall.event.id) == set()
    assert "OpenVINO cannot run the sentence model on this machine: no such processor" in caplog.text
