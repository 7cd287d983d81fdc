"""The job "import-catalogue": keep the datasets of a catalogue that an organiser has said yes to."""

from matchmaker.intake.catalogue import CatalogueFile
from matchmaker.intake.problems import IntakeError
from matchmaker.jobs.read_upload import GONE
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.attendee_lists import link_titles
from matchmaker.services.attendee_lists.uploads import FileGone, NotRead
from matchmaker.services.catalogue import import_datasets
from matchmaker.services.catalogue.import_datasets import Yes
from matchmaker.services.suggestions import suggest_people
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import Import, ImportState
from matchmaker.store.base import JsonObject
from matchmaker.store.session import Session, hold


def import_catalogue(work: Work) -> JsonObject:
    """Return the public id of the import. One transaction: all records that can be kept, or none of them."""
    assert work.event_id is not None
    work.progress(0, 1, "Reading the catalogue and keeping its datasets")
    with work.reading() as session:
        row = imports.by_public_id(session, work.event_id, work.details["import"])
        assert row is not None
        listed = _listed(session, row)
    with work.writing() as session:
        row = imports.by_public_id(session, work.event_id, work.details["import"])
        assert row is not None
        hold(session, row)
        if row.state is not ImportState.WAITING:
            return {"import": work.details["import"]}
        done = import_datasets.carry_out(session, row, listed, _yes(work.details))
        row.summary = {**done, "linked": link_titles.link(session)}
        # Other events follow one after the other: see upkeep.
        work.asked.append(suggest_people.ask_anew(session, work.event_id, work.asked_by_id).id)
        work.finish(session, {"import": work.details["import"]})
    return {"import": work.details["import"]}


def _yes(details: JsonObject) -> Yes:
    return Yes(
        frozenset(details.get("private", ())), frozenset(details.get("over", ())), bool(details.get("unsure"))
    )


def _listed(session: Session, row: Import) -> CatalogueFile:
    try:
        return import_datasets.listed(session, row)
    except IntakeError as unreadable:
        raise JobRefused(str(unreadable)) from None
    except (FileGone, NotRead):
        raise JobRefused(GONE) from None
