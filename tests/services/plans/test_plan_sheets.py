"""Sheets that are laid out while somebody is erased: nothing of them may lie ready afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.suggestions.reasons import HOW_TO_BEGIN
from matchmaker.jobs.print_labels import print_labels
from matchmaker.jobs.print_sheets import print_sheets
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.people import erase_people
from matchmaker.services.plans import plan_sheets
from matchmaker.services.plans.review_plan import review
from matchmaker.settings import from_environment
from matchmaker.store.base import now
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Database


def erase(database: Database, person: Person) -> None:
    with database.writing() as session:
        erase_people.erase_person(session, session.get_one(Person, person.id), keep_thanks=False)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(File.name).order_by(File.id)))


class ErasingWork(Work):
    """Work during whose first step something happens."""

    def then(self, what: Callable[[], None]) -> "ErasingWork":
        object.__setattr__(self, "what", what)
        return self

    def progress(self, done: int, total: int, saying: str = "") -> None:
        if what := self.__dict__.pop("what", None):
            what()


@pytest.fixture
def work(sqlite: Database) -> Callable[..., ErasingWork]:
    return lambda event, **details: ErasingWork(sqlite, from_environment({}), 1, event.id, None, details)


def test_label_sheets_of_somebody_erased_meanwhile_are_not_kept(
    sqlite: Database, make: Any, work: Callable[..., ErasingWork]
) -> None:
    event, dataset = make.event(), make.dataset("River levels")
    ada, ben = (make.registration(event, make.person(name)).person for name in ("Ada", "Ben"))
    for person in (ada, ben):
        make.contribution(person, dataset)
    one = work(event, sheet="tags", labels_at="https://matchmaker.example/labels/")
    with pytest.raises(JobRefused, match="changed while they were laid out"):
        print_labels(one.then(lambda: erase(sqlite, ada)))
    assert names(sqlite) == []
    print_labels(one)
    assert len(names(sqlite)) == 1


def test_plan_sheets_of_somebody_erased_meanwhile_are_not_kept(
    sqlite: Database, make: Any, new_day: Any, work: Callable[..., ErasingWork]
) -> None:
    day = new_day(make, sqlite, people=4)
    one, ada = work(day.event, plan=day.plan().public_id, sheet="list"), day.people[0].person
    with pytest.raises(JobRefused, match="changed while they were laid out"):
        print_sheets(one.then(lambda: erase(sqlite, ada)))
    assert names(sqlite) == []


def test_label_sheets_of_other_events_that_name_somebody_go_with_them(sqlite: Database, make: Any) -> None:
    there, elsewhere = make.event(), make.event()
    ada = make.registration(there).person
    for name in ("label-tags-abc.pdf", "master-list-plan-1-abc.pdf"):
        make.add(
            File(
                event_id=elsewhere.id, name=name, media_type="application/pdf", content=b"x",
                purge_at=now() + timedelta(days=1),
            )
        )  # fmt: skip
    erase(sqlite, ada)
    assert names(sqlite) == ["master-list-plan-1-abc.pdf"]


def test_a_slip_says_of_a_meeting_without_a_reason_that_there_is_none_and_what_to_begin_with(
    sqlite: Database, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=3)
    plan = day.publish(day.plan())
    with sqlite.reading() as session:
        event, kept = (session.get_one(kind, one.id) for kind, one in ((Event, day.event), (Plan, plan)))
        seen = review(session, event, kept)
        rows = [row for one in seen.people.values() for row in plan_sheets.slip(seen, one).rows]
    met, free = ([row for row in rows if bool(row.partners) is met] for met in (True, False))
    assert {(row.why, row.brief) for row in met} == {(HOW_TO_BEGIN, HOW_TO_BEGIN)}
    assert {(row.why, row.brief) for row in free} == {("", "")}
