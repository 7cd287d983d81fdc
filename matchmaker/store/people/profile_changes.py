"""Whose profile has changed, for whoever holds an event's profiles as numbers and looks again later.

The database leaves a mark of a person with whatever their profile is made of (`profile_watch`). Marks stay, as
several processes hold numbers, each as of another moment: who looks remembers with `now` which marks come after, and
asks for those `since`.

On SQLite a mark has the next number. On PostgreSQL it has that of its transaction, and a lower one may come to be
seen after a higher one: so what is remembered is the lowest of all that had not ended, and marks from there on are
read once more.
"""

from sqlalchemy import BigInteger, Connection, delete, exists, func, insert, literal, select, tuple_
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from matchmaker.store.base import Base

LOST = 1_000_000
"""More marks than these are not lost where a backup takes the place of a database on SQLite."""

EVERYBODY = 0
"""In place of a person, of whom none has this id: nothing that was read before the mark is to be trusted."""


class ProfileChange(Base):
    """A mark: something that the profile of this person is made of has changed, at any event or at all of them.

    Of somebody who is gone it says just that, and so it is no reference.
    """

    __tablename__ = "profile_change"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by_transaction: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)


def now(session: Session) -> int:
    """Return the lowest number of a mark that is not seen yet. To be asked before profiles are read."""
    return _now(session.connection())


def since(session: Session, number: int) -> set[int] | None:
    """Return whose profiles have changed since `now` was `number`, by person id, and perhaps some that had before.

    None if everybody's may have, or it never was: the numbers are those of a database that a backup replaced.
    """
    if number > now(session):
        return None
    found = session.scalars(select(ProfileChange.person_id).where(ProfileChange.by_transaction >= number))
    marked = set(found)
    return None if EVERYBODY in marked else marked


def tidy(session: Session) -> None:
    """Take away the marks of whom there is a later one, which says the same. On SQLite there are none.

    What somebody else is taking away is left to them, so that neither waits for the other.
    """
    later, key = aliased(ProfileChange), (ProfileChange.person_id, ProfileChange.by_transaction)
    earlier = select(*key).where(
        exists().where(
            later.person_id == ProfileChange.person_id, later.by_transaction > ProfileChange.by_transaction
        )
    )
    session.execute(
        delete(ProfileChange).where(tuple_(*key).in_(earlier.with_for_update(skip_locked=True))),
        execution_options={"synchronize_session": False},
    )


def mark_all(connection: Connection) -> None:
    """Leave one mark of everybody in place of all others: the rows of a backup took the place of what was there.

    Numbers of before may hold people of whom the backup knows nothing, so nobody is named.
    """
    sqlite = connection.dialect.name == "sqlite"
    number = literal(_now(connection) + LOST) if sqlite else func.txid_current()
    connection.execute(delete(ProfileChange))
    connection.execute(
        insert(ProfileChange).from_select(["person_id", "by_transaction"], select(literal(EVERYBODY), number))
    )


def _now(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        highest = connection.scalar(select(func.max(ProfileChange.by_transaction)))
        return (highest or 0) + 1
    return int(connection.execute(select(func.txid_snapshot_xmin(func.txid_current_snapshot()))).scalar_one())
