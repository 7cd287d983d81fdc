"""What jobs that make files share: reading the plan they are for, laying out, and keeping the file for download."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TypeVar

from matchmaker.jobs.work import CHANGED, JobRefused, Work
from matchmaker.services.plans import plan_sheets, sheet_values
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store import files
from matchmaker.store.event import events
from matchmaker.store.files import File
from matchmaker.store.plans import plans
from matchmaker.store.session import Session

Ready = TypeVar("Ready")


def plan_of(work: Work, session: Session) -> Review:
    """Return the plan that a job's details name. Raises JobRefused if it is gone or no longer passes its check."""
    assert work.event_id is not None
    event = events.by_id(session, work.event_id)
    plan = plans.by_public_id(session, work.event_id, work.details["plan"])
    if event is None or plan is None:
        raise JobRefused("This plan is no longer there. Choose another version.")
    seen = review(session, event, plan)
    if seen.faults:
        raise JobRefused("This plan no longer passes its check, so it cannot be used. Make the plan again.")
    return seen


def note_printed(work: Work, keys: Collection[str], at: datetime) -> None:
    """Keep that sheets of these kinds were made of the plan that a job's details name: people will hold them."""
    assert work.event_id is not None
    with work.writing() as session:
        plan = plans.by_public_id(session, work.event_id, work.details["plan"])
        if plan is not None:
            plan_sheets.note_printed(session, plan, keys, at)


def laid_out(work: Work, pdf: Callable[[], bytes], nothing: str) -> bytes:
    """Return the PDF. Raises JobRefused: `nothing` are the words if no sheet is in it."""
    work.progress(0, 1, "Laying out the sheets")
    try:
        return pdf()
    except ValueError:
        raise JobRefused(nothing) from None


def kept(
    work: Work, ready: Callable[[Session], tuple[Ready, str]], make: Callable[[Ready], bytes], at: datetime
) -> File:
    """Return the file that `make` writes of what is `ready`; one of the same content, by its name, is used again.

    `ready` reads what goes into the file, and its name, which is another for other content. Raises JobRefused if that
    has changed meanwhile: whoever was erased while the file was made must not be left in it.
    """
    assert work.event_id is not None
    with work.reading() as session:
        read, name = ready(session)
        made = files.by_name(session, work.event_id, name)
    if made is not None:
        return made
    content = make(read)
    with work.writing() as session:
        events.lock(session, work.event_id)
        if ready(session)[1] != name:
            raise JobRefused(CHANGED)
        return sheet_values.keep(session, work.event_id, name, content, at)
