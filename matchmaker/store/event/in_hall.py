"""The last guard over an event that runs in the hall: a form that would change rows of it here is refused whole.

Gates of pages refuse most of it before. This finds what comes another way, such as a thanks, which has the address of
a dataset and belongs to an event. It looks at sessions of forms only; jobs and commands know what they do.
"""

from typing import Any

from sqlalchemy import event as listening
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.store.event.events import Event
from matchmaker.store.event.hall_rows import WORKED_OUT, of_event

_GUARDED = "in hall: guarded"


class RunsInHall(Exception):  # noqa: N818 - it is an answer, not a fault
    """A row of an event that runs in the hall would have been changed here."""


def guard(session: Session) -> None:
    """Let nothing that is flushed from here on change an event that runs in the hall."""
    session.info[_GUARDED] = True


def allow(session: Session) -> None:
    """Let this session change such an event: it is somebody's own choice, or what brings the event back."""
    session.info.pop(_GUARDED, None)


def _look(session: Session, _context: object, _instances: object) -> None:
    if _GUARDED not in session.info:
        return
    touched = {_event_of(row) for row in (*session.new, *session.dirty, *session.deleted)} - {None}
    if touched:
        out = session.connection().scalars(select(Event.id).where(Event.in_hall_since.is_not(None)))
        if touched & set(out):
            raise RunsInHall


def _event_of(row: Any) -> int | None:
    """Return the event whose row this is; None for what is no event's, and for what is worked out again later."""
    table = row.__table__
    if not of_event(table) or table.name in WORKED_OUT:
        return None
    found: int | None = getattr(row, "event_id", None)
    return found


listening.listen(Session, "before_flush", _look)
