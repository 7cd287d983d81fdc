"""What each of several processes does at once in `test_session`; it loads nothing but what that needs."""

from matchmaker.store import schema  # noqa: F401 - every table, since a person's rows lead to others
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database


def count_up(url: str, times: int) -> None:
    """Add one to a number `times` times, each as its own read-then-write transaction."""
    database = Database(url)
    for _ in range(times):
        with database.writing() as session:
            person = session.get_one(Person, 1, with_for_update=True)
            person.name = str(int(person.name) + 1)
    database.dispose()
