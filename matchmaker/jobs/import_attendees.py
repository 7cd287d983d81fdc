"""The job "import-attendees": keep the people of a list that an organiser has said yes to."""

from matchmaker.intake.attendees import AttendeeFile
from matchmaker.intake.problems import IntakeError
from matchmaker.jobs.read_upload import GONE, read_upload
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.attendee_lists import import_people, uploads
from matchmaker.services.suggestions import suggest_people
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import Import, ImportState
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.session import Session, hold


def import_attendees(work: Work) -> JsonObject:
    """Return the public id of the import. One transaction: all rows that can be kept, or none of them."""
    assert work.event_id is not None
    if "said" in work.details:
        read_upload(work)  # decisions came with the yes, and the list is read with them first
    work.progress(0, 1, "Reading the list and keeping its people")
    with work.reading() as session:
        row = imports.by_public_id(session, work.event_id, work.details["import"])
        assert row is not None
        listed = _listed(session, row)
    with work.writing() as session:
        event = events.by_id(session, work.event_id)
        row = imports.by_public_id(session, work.event_id, work.details["import"])
        assert event is not None
        assert row is not None
        hold(session, row)
        if row.state is not ImportState.WAITING:
            return {"import": work.details["import"]}
        import_people.carry_out(session, event, row, listed)
        work.asked.append(suggest_people.ask_anew(session, event.id, work.asked_by_id).id)
        work.finish(session, {"import": work.details["import"]})
    return {"import": work.details["import"]}


def _listed(session: Session, row: Import) -> AttendeeFile:
    try:
        return uploads.listed(session, row)
    except IntakeError as unreadable:
        raise JobRefused(str(unreadable)) from None
    except (uploads.FileGone, uploads.NotRead):
        raise JobRefused(GONE) from None
