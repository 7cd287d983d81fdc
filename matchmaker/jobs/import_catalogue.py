"""The job "import-catalogue": keep the datasets of a catalogue that an organiser has said yes to."""

from datetime import UTC, datetime

from matchmaker.intake.problems import IntakeError
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.attendee_lists import import_people
from matchmaker.services.catalogue import import_datasets
from matchmaker.services.catalogue.import_datasets import Yes
from matchmaker.services.suggestions import suggest_people
from matchmaker.store.attendee_lists import imports
from matchmaker.store.base import JsonObject


def import_catalogue(work: Work) -> JsonObject:
    """Return the public id of the import. One transaction: all records that can be kept, or none of them."""
    assert work.event_id is not None
    work.progress(0, 1, "Reading the catalogue and keeping its datasets")
    try:
        with work.writing() as session:
            row = imports.by_public_id(session, work.event_id, work.details["import"])
            assert row is not None
            import_datasets.carry_out(session, row, _yes(work.details))
            today = datetime.now(UTC).date()
            anew = suggest_people.ask_anew_everywhere(session, today, work.asked_by_id)
            work.asked.extend(job.id for job in anew)
    except IntakeError as unreadable:
        raise JobRefused(str(unreadable)) from None
    except import_people.FileGone:
        raise JobRefused("The file is no longer kept. Upload it again.") from None
    return {"import": work.details["import"]}


def _yes(details: JsonObject) -> Yes:
    return Yes(
        frozenset(details.get("private", ())), frozenset(details.get("over", ())), bool(details.get("unsure"))
    )
