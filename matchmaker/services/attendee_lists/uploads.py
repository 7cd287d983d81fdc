"""Uploads: a file kept until somebody says yes, what was read of it, and what is said of its columns and lines."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from matchmaker.intake.apart import Reading
from matchmaker.intake.attendees import FIELDS, AttendeeFile, Decisions
from matchmaker.intake.problems import IntakeError
from matchmaker.services.attendee_lists import keep_readings
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import Import, ImportKind, ImportState
from matchmaker.store.base import now
from matchmaker.store.event import events
from matchmaker.store.files import File
from matchmaker.store.session import Session, hold

KEPT_FOR = timedelta(days=7)


class FileGone(Exception):  # noqa: N818 - it is an answer, not a fault
    """The uploaded file is no longer kept, so it has to be uploaded again."""


class NotRead(Exception):  # noqa: N818 - it is an answer, not a fault
    """Nobody has read the uploaded file yet."""


def keep(
    session: Session,
    event_id: int,
    kind: ImportKind,
    name: str,
    data: bytes,
    by_id: int | None,
    source: str = "",
) -> Import:
    """Keep an uploaded file for a week, waiting for a yes; what was uploaded just so and waits already is kept once.

    So a button that is pressed twice, also at the same moment, leads to one upload, with what was said of its lines.
    """
    events.lock(session, event_id)
    before = imports.waiting_with(session, event_id, kind, name[:300], data, source)
    if before is not None:
        return before
    media_type = "application/json" if data.lstrip()[:1] in (b"{", b"[") else "application/octet-stream"
    file = File(
        event_id=event_id, name=name[:300], media_type=media_type, content=data, purge_at=now() + KEPT_FOR
    )
    session.add(file)
    session.flush()
    row = Import(
        event_id=event_id,
        kind=kind,
        file_name=name[:300],
        file_id=file.id,
        source=source,
        made_by_id=by_id,
    )
    session.add(row)
    session.flush()
    return row


def drop(session: Session, row: Import) -> None:
    """Forget an upload and its file; nothing of it was kept."""
    # Of two who drop it at once the second finds its file gone.
    hold(session, row)
    row.state = ImportState.DROPPED
    if row.file is not None:
        keep_readings.forget(session, row)
        session.delete(row.file)
        row.file_id = None
    session.flush()


def take_in(session: Session, row: Import, found: Reading) -> None:
    """Keep what was read from an upload; if it could not be read, keep only the words that say why."""
    if found.sheet is None and found.catalogue is None and row.state is ImportState.WAITING:
        drop(session, row)
        row.summary = {"problem": found.problem}
        return
    keep_readings.keep(session, row, found)


def reading(session: Session, row: Import) -> Reading:
    """Return what was read of an upload; raises FileGone once its week is over, and NotRead before that job."""
    if row.file is None:
        raise FileGone
    found = keep_readings.find(session, row)
    if found is None:
        raise NotRead
    return found


def listed(session: Session, row: Import) -> AttendeeFile:
    """Return the people of an upload. Raises IntakeError for a file that cannot be read, FileGone and NotRead."""
    found = reading(session, row)
    if found.people is None:
        raise IntakeError(found.problem)
    return found.people


def mapping(session: Session, row: Import) -> dict[str, str]:
    """Return what the columns of an upload mean: as said for it, else as said before at this event."""
    said = {**imports.meanings(session, row.event_id), **row.mapping}
    return {heading: field for heading, field in said.items() if field in FIELDS}


def say_columns(session: Session, row: Import, meanings: Mapping[str, str]) -> None:
    """Keep what the columns of an upload mean, for it and for later files of this event."""
    row.mapping = dict(meanings)
    for heading, field in meanings.items():
        imports.remember(session, row.event_id, heading, field)
    session.flush()


def decisions(row: Import) -> Decisions:
    """Return what was said of single lines of an upload."""
    said = row.decisions
    right = {
        int(line): {field: text for field, text in values.items() if field in FIELDS}
        for line, values in said.get("right", {}).items()
    }
    return Decisions(frozenset(said.get("keep", ())), frozenset(said.get("out", ())), right)


def decide(
    session: Session, row: Import, said: Decisions, *, come: bool = False, gone: Iterable[int] = ()
) -> None:
    """Keep what is said of single lines, beside what was said before; the later word on a line counts.

    `come`: an organiser says that whoever comes by the list has said yes. `gone` are lines whose people, who are here
    already, do not come after all.
    """
    before = decisions(row)
    right = {line: dict(values) for line, values in before.right.items()}
    for line, values in said.right.items():
        right.setdefault(line, {}).update(values)
    row.decisions = {
        "keep": sorted((before.keep | said.keep) - said.leave_out),
        "out": sorted((before.leave_out | said.leave_out) - said.keep),
        "right": {str(line): values for line, values in right.items()},
        **({"come": True} if come else {}),
        **({"gone": sorted(gone)} if gone else {}),
    }
    session.flush()


def undecide(session: Session, row: Import) -> None:
    """Forget what was said of single lines."""
    row.decisions = {}
    session.flush()
