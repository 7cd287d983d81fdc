"""Keeping what was read of an upload, so that a hostile or large file is read once, apart, and by no page."""

from matchmaker.intake.apart import Order, Reading, decoded, encoded
from matchmaker.intake.day_times import BY_DAY, Day
from matchmaker.intake.problems import Decisions
from matchmaker.services.ask_for_work import ask
from matchmaker.store import files, jobs
from matchmaker.store.attendee_lists.imports import Import
from matchmaker.store.files import File
from matchmaker.store.jobs import Job
from matchmaker.store.session import Session

KIND = "read-upload"
"""The job that reads an upload."""


def ask_to_read(
    session: Session, row: Import, said: dict[str, str], asked_by_id: int | None, then: str = ""
) -> Job:
    """Write the job that reads an upload, given what its columns mean; what was read of it before goes.

    `then` names the page to go on to, the preview if it is empty.
    """
    files.remove_named(session, row.event_id, _name(row))
    return ask(
        session, KIND, row.event_id, asked_by_id, {"import": row.public_id, "said": said, "then": then}
    )


def order(row: Import, said: dict[str, str], decisions: Decisions | None = None, day: Day = BY_DAY) -> Order:
    """Return what the process that reads an upload is told; `day` is from when to when the event is."""
    return Order(row.kind.value, row.file_name, said, decisions or Decisions(), day)


def keep(session: Session, row: Import, reading: Reading) -> None:
    """Keep what was read of an upload, for as long as the upload itself."""
    assert row.file is not None
    files.remove_named(session, row.event_id, _name(row))
    session.add(
        File(
            event_id=row.event_id,
            name=_name(row),
            media_type="application/json",
            content=encoded(reading),
            purge_at=row.file.purge_at,
        )
    )
    session.flush()


def find(session: Session, row: Import) -> Reading | None:
    """Return what was read of an upload, or None where nobody has read it yet."""
    kept = files.by_name(session, row.event_id, _name(row))
    return decoded(kept.content) if kept else None


def forget(session: Session, row: Import) -> None:
    """Remove what was read of an upload."""
    files.remove_named(session, row.event_id, _name(row))


def open_job(session: Session, row: Import, kind: str = KIND) -> Job | None:
    """Return the job of this kind, reading it if none is named, that is about to deal with an upload."""
    found = jobs.all_open(session, row.event_id, kind)
    return next((job for job in found if job.details.get("import") == row.public_id), None)


def _name(row: Import) -> str:
    return f"reading-{row.public_id}"
