"""The job "import-attendees": keep the people of a list that an organiser has said yes to."""

from matchmaker.intake.problems import IntakeError
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.attendee_lists import import_people
from matchmaker.services.suggestions import suggest_people
from matchmaker.store.attendee_lists import imports
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events


def import_attendees(work: Work) -> JsonObject:
    """Return the public id of the import. One transaction: all rows that can be kept, or none of them."""
    assert work.event_id is not None
    work.progress(0, 1, "Reading the list and keeping its people")
    try:
        with work.writing() as session:
            event = events.by_id(session, work.event_id)
            row = imports.by_public_id(session, work.event_id, work.details["import"])
            assert event is not None
            assert row is not None
            import_people.carry_out(session, event, row)
            work.asked.append(suggest_people.ask_anew(session, event.id, work.asked_by_id).id)
    except IntakeError as unreadable:
        raise JobRefused(str(unreadable)) from None
    except import_people.FileGone:
        raise JobRefused("The file is no longer kept. Upload it again.") from None
    return {"import": work.details["import"]}
