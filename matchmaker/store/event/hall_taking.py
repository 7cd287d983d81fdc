"""Taking an event out: what it needs as one zip, read at one moment, and ids that nobody else will give meanwhile."""

from datetime import datetime

from sqlalchemy import func, select

from matchmaker.store import schema
from matchmaker.store.event.events import Event
from matchmaker.store.event.hall_copies import HallCopy, HallCopyState
from matchmaker.store.event.hall_file import HallFileError, packed
from matchmaker.store.event.hall_installation import counts
from matchmaker.store.event.hall_rows import selected
from matchmaker.store.jobs import OPEN, Job
from matchmaker.store.session import Session

FIRST, SPAN, LAST = 1_000_000_000, 2_000_000, 2_147_483_647
"""Ids of the hall begin here at the earliest; so many are each copy's; there is none above the last."""


def one_moment(session: Session) -> None:
    """Let all that this transaction reads be of one moment; the first thing it does."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def busy(session: Session, event_id: int) -> bool:
    """Return whether work on an event is asked for and not done yet."""
    found = select(Job.id).where(Job.event_id == event_id, Job.state.in_(OPEN))
    return session.scalar(found.limit(1)) is not None


def same_version(session: Session, revision: str) -> None:
    """Raise HallFileError where a file is of other tables than those here."""
    here = schema.revision(session.connection())
    if here != revision:
        raise HallFileError(
            f"The file is of schema {revision}, and this installation of {here}. Nothing was changed. "
            "Run the same version of matchmaker on both sides, then try again."
        )


def take(session: Session, event: Event, at: datetime) -> bytes:
    """Return everything the event needs as one zip, and keep that its copy is out."""
    first_id = _free_ids(session)
    copy = HallCopy(event_id=event.id, first_id=first_id, rows_sum="", taken_out_at=at)
    session.add(copy)
    session.flush()
    connection = session.connection()
    about = {
        "direction": "out",
        "copy": copy.public_id,
        "event": event.public_id,
        "revision": schema.revision(connection),
        "first_id": first_id,
        "taken_out_at": at.isoformat(),
    }
    plain, copy.rows_sum = packed(
        about, ((table.name, rows) for table, rows in selected(connection, event.id))
    )
    event.in_hall_since = at
    session.flush()
    return plain


def _free_ids(session: Session) -> int:
    """Return a number above all ids that are given here, with room for all that will be while the copy is out."""
    highest = [
        session.scalar(select(func.max(table.primary_key.columns.values()[0]))) or 0
        for table in schema.metadata.sorted_tables
        if counts(table)
    ]
    others = select(func.max(HallCopy.first_id)).where(HallCopy.state == HallCopyState.OUT)
    above = max(*highest, (session.scalar(others) or 0) + SPAN)
    first = FIRST if above < FIRST else above + SPAN
    if first + SPAN > LAST:
        raise HallFileError(
            "This database has no numbers left for the hall. Make a backup and ask whoever looks after the program."
        )
    return first
