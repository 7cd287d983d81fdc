"""The version of the catalogue, which changes whenever an import or an organiser changes what is in it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.store.attendee_lists.imports import Import, ImportKind, ImportState
from matchmaker.store.catalogue.datasets import Dataset


def current(session: Session) -> str:
    """Return a text that changes whenever a catalogue is imported or datasets are merged. Two index look-ups.

    A dataset that somebody adds makes no new version: it is read with the profile that names it.
    """
    imported = select(func.max(Import.id)).where(
        Import.kind == ImportKind.CATALOGUE, Import.state == ImportState.CONFIRMED
    )
    merged = select(func.count()).where(Dataset.merged_into_id.is_not(None))
    return f"{session.scalar(imported) or 0}-{session.scalar(merged) or 0}"
