"""Datasets that people at an event want or are stuck on, and nobody there made or uses."""

from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution, Use, UseKind, needed
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.session import Session, plainly

Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])


class NeededDataset(NamedTuple):
    """A dataset, and how many people need it."""

    public_id: str
    title: str
    people: int


def unmet(session: Session, event_id: int, fewest: int, limit: int) -> list[NeededDataset]:
    """Return what at least so many people need whom nobody at the event can help, most needed first.

    One query.
    """
    rows = plainly(session, _unmet(), {"event": event_id, "fewest": fewest, "most": limit})
    return [NeededDataset(*row) for row in rows]


@cache
def _unmet() -> Select[str, str, int]:
    several = _needed().subquery()
    made = _of_coming(select(Contribution.id), Contribution.person_id)
    used = _of_coming(select(Use.id), Use.person_id).where(Use.kind == UseKind.USES)
    # Looked for one by one: only a few are needed by so many. Most of these somebody uses, whom an index has.
    return (
        select(Dataset.public_id, Dataset.title, several.c.number)
        .join(several, several.c.dataset_id == Dataset.id)
        .where(
            Dataset.merged_into_id.is_(None),
            ~used.where(Use.dataset_id == Dataset.id).exists(),
            ~made.where(Contribution.dataset_id == Dataset.id).exists(),
        )
        .order_by(several.c.number.desc(), Dataset.title_key, Dataset.id)
        .limit(bindparam("most", type_=Integer))
    )


def any_needed(session: Session, event_id: int, fewest: int) -> bool:
    """Say whether at least so many people need one dataset, whoever can help."""
    # They are counted: a database that looks for the first goes through the uses of everybody at all events.
    return session.scalar(_count_needed(), {"event": event_id, "fewest": fewest}) != 0


@cache
def _count_needed() -> Select[int]:
    return select(func.count()).select_from(_needed().subquery())


@cache
def _needed() -> Select[int, int]:
    """Return the question for each dataset that at least so many people need, and how many."""
    return (
        _of_coming(select(Use.dataset_id, func.count().label("number")), Use.person_id)
        .where(needed())
        .group_by(Use.dataset_id)
        .having(func.count() >= bindparam("fewest"))
    )


def _of_coming(asked: Asked, person: InstrumentedAttribute[int]) -> Asked:
    """Return a question for what people say of datasets, for those alone who come to an event."""
    return asked.join(Registration, Registration.person_id == person).where(
        Registration.event_id == bindparam("event"), Registration.state.in_(COMING)
    )
