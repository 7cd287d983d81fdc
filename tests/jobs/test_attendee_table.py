"""The list of people is written behind the page and kept for two days, never with somebody who left meanwhile."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.jobs.attendee_table import write_attendee_table
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.people import erase_people
from matchmaker.settings import from_environment
from matchmaker.store.base import now
from matchmaker.store.files import File
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database, Session


class MeanwhileWork(Work):
    """Work before whose keeping something happens."""

    def then(self, what: Callable[[], None]) -> "MeanwhileWork":
        object.__setattr__(self, "what", what)
        return self

    def writing(self) -> AbstractContextManager[Session]:
        if what := self.__dict__.pop("what", None):
            what()
        return super().writing()


@pytest.fixture
def event(make: Any) -> Any:
    here, other = make.event(), make.event()
    make.registration(other, make.person("Somebody else"))
    return here


@pytest.fixture
def work(sqlite: Database, event: Any) -> MeanwhileWork:
    return MeanwhileWork(sqlite, from_environment({}), 1, event.id, None, {})


def kept(database: Database) -> list[File]:
    with database.reading() as session:
        found = list(session.scalars(select(File).order_by(File.id)))
        assert all(one.content for one in found)
        return found


def names(content: bytes) -> list[str]:
    return [line.partition(",")[0] for line in content.decode("utf-8-sig").splitlines()[1:]]


def test_a_table_takes_the_place_of_the_one_before_and_is_kept_for_two_days(
    sqlite: Database, make: Any, event: Any, work: MeanwhileWork
) -> None:
    uploads = [
        File(
            event_id=one.id,
            name=name,
            media_type="text/csv",
            content=b"x",
            purge_at=now() + timedelta(days=7),
        )
        for one, name in ((event, "attendees-20270311.csv"), (make.event(), "attendee-table-12345678.csv"))
    ]
    make.add(*uploads)
    make.registration(event, make.person("Ada"))
    first = write_attendee_table(work)["file"]
    make.registration(event, make.person("Ben"))

    second = write_attendee_table(work)["file"]

    *others, file = kept(sqlite)
    assert [one.id for one in others] == [one.id for one in uploads]
    assert (file.public_id, file.event_id, file.media_type) == (second, event.id, "text/csv")
    assert first != second
    assert file.name.startswith("attendee-table-")
    assert names(file.content) == ["Ada", "Ben"]
    assert file.purge_at - file.made_at == pytest.approx(timedelta(days=2), abs=timedelta(minutes=1))


def test_a_table_of_somebody_who_is_erased_or_leaves_while_it_is_written_is_not_kept(
    sqlite: Database, make: Any, event: Any, work: MeanwhileWork
) -> None:
    ada, ben, _cy = (make.registration(event, make.person(name)) for name in ("Ada", "Ben", "Cy"))

    def erase() -> None:
        with sqlite.writing() as session:
            erase_people.erase_person(session, session.get_one(Person, ada.person_id), keep_thanks=False)

    def leave() -> None:
        with sqlite.writing() as session:
            session.get_one(Registration, ben.id).state = RegistrationState.CANCELLED

    for what in (erase, leave):
        with pytest.raises(JobRefused, match="Somebody left the list while it was written"):
            write_attendee_table(work.then(what))
        assert kept(sqlite) == []

    write_attendee_table(work.then(lambda: make.registration(event, make.person("Dee"))))
    (file,) = kept(sqlite)
    assert names(file.content) == ["Cy"]
