"""Datasets that people at an event want or are stuck on, and nobody there made or uses."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.people.registrations import COMING, Registration


def unmet(session: Session, event_id: int, fewest: int, limit: int) -> list[tuple[Dataset, int]]:
    """Return what at least so many people need whom nobody at the event can help, and how many; most needed first.

    One query.
    """
    coming = select(Registration.person_id).where(
        Registration.event_id == event_id, Registration.state.in_(COMING)
    )
    made = select(Contribution.dataset_id).where(Contribution.person_id.in_(coming))
    used = select(Use.dataset_id).where(Use.person_id.in_(coming), Use.kind == UseKind.USES)
    number = func.count(Use.id)
    rows = session.execute(
        select(Dataset, number)
        .join(Use, Use.dataset_id == Dataset.id)
        .where(
            Use.person_id.in_(coming),
            Use.kind.in_((UseKind.WANTS, UseKind.STUCK)),
            Dataset.merged_into_id.is_(None),
            Dataset.id.not_in(made),
            Dataset.id.not_in(used),
        )
        .group_by(Dataset.id)
        .having(number >= fewest)
        .order_by(number.desc(), Dataset.title_key, Dataset.id)
        .limit(limit)
    )
    return [(dataset, count) for dataset, count in rows]
