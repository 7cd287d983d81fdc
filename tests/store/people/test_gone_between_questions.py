"""Lists that are read by two questions, while somebody on them is erased in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import delete, event

from matchmaker.store.people import directory
from matchmaker.store.people.directory import PersonInDirectory, Sought
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database, Session

Listed = Callable[[Session, int, int], list[PersonInDirectory]]


def in_the_directory(session: Session, event_id: int, reader_id: int) -> list[PersonInDirectory]:
    return directory.search(session, event_id, reader_id, Sought())


@contextmanager
def after_the_first_question(database: Database, act: Callable[[], None]) -> Iterator[None]:
    """Do something once, by another connection, as soon as one question has been answered."""
    left = [act]

    def answered(*_: Any) -> None:
        if left:
            left.pop()()

    event.listen(database.engine, "after_cursor_execute", answered)
    yield
    event.remove(database.engine, "after_cursor_execute", answered)


@pytest.mark.parametrize("listed", [in_the_directory])
def test_who_is_erased_while_a_list_is_read_is_not_on_it_and_the_others_are(
    postgres: Database, maker: Any, listed: Listed
) -> None:
    make = maker(postgres)
    here, reader = make.event(), make.person("Reader")
    make.registration(here, reader)
    gone, stays = (
        make.registration(here, make.person(name), in_directory=True) for name in ("Gone", "Stays")
    )

    def erase() -> None:
        with postgres.writing() as other:
            other.execute(delete(Person).where(Person.id == gone.person_id))

    with postgres.reading() as session:
        assert {gone.id, stays.id} <= {one.id for one in listed(session, here.id, reader.id)}
    with postgres.reading() as session, after_the_first_question(postgres, erase):
        found = {one.id for one in listed(session, here.id, reader.id)}
    assert (gone.id in found, stays.id in found) == (False, True)
