"""Which datasets have a label to show, counted, added up and paged by the database: no label is built for a number.

The labels of an event are those of datasets for which somebody coming to it is named, or was thanked at it; public
labels those for which somebody is named whom the public may be told of.
"""

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union, union_all
from sqlalchemy.orm import Session

from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits import contributions, endorsements, unclaimed
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.label_names import is_named
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration


def of_event(event_id: int) -> ColumnElement[bool]:
    """Return the condition that a dataset of the query has a label and is one of an event."""
    return and_(_concerns(event_id), is_named())


def _concerns(event_id: int) -> ColumnElement[bool]:
    """Return the condition that a dataset of the query is one of an event, if it has a label at all.

    Where the query joins somebody who is on its label, it has one: asking for that again takes longer than the rest.
    """
    coming = select(Registration.person_id).where(
        Registration.event_id == event_id, Registration.state.in_(COMING)
    )
    concerned = union(
        select(Contribution.dataset_id).where(Contribution.person_id.in_(coming), contributions.on_label()),
        select(Endorsement.dataset_id).where(Endorsement.event_id == event_id, endorsements.shown()),
        select(UnclaimedCredit.dataset_id).where(UnclaimedCredit.event_id == event_id, unclaimed.on_label()),
    )
    return and_(Dataset.id.in_(concerned), Dataset.merged_into_id.is_(None))


def in_public() -> ColumnElement[bool]:
    """Return the condition that a dataset of the query has a public label.

    While no event makes its labels public nobody is told of.
    """
    public = select(Event.id).where(Event.labels_public)
    there = select(Registration.person_id).where(
        Registration.event_id.in_(public), Registration.state.in_(COMING)
    )
    agreed = select(Person.id).where(Person.public_since.is_not(None), public.exists())
    concerned = union(
        select(Contribution.dataset_id).where(Contribution.person_id.in_(there), contributions.on_label()),
        select(Contribution.dataset_id).where(Contribution.person_id.in_(agreed), contributions.on_label()),
        select(UnclaimedCredit.dataset_id).where(UnclaimedCredit.event_id.in_(public), unclaimed.on_label()),
    )
    return and_(Dataset.id.in_(concerned), Dataset.merged_into_id.is_(None))


def count(session: Session, *conditions: ColumnElement[bool]) -> int:
    """Return how many datasets meet the conditions."""
    return session.scalar(select(func.count(Dataset.id)).where(*conditions)) or 0


def ids(
    session: Session,
    condition: ColumnElement[bool],
    limit: int | None = None,
    offset: int = 0,
    *,
    by_publisher: bool = False,
) -> list[int]:
    """Return datasets that meet a condition, by title, or before that by publisher, unknown ones last."""
    publisher = (Publisher.key.is_(None), Publisher.key) if by_publisher else ()
    return list(
        session.scalars(
            select(Dataset.id)
            .outerjoin(Publisher, Publisher.id == Dataset.publisher_id)
            .where(condition)
            .order_by(*publisher, Dataset.title_key, Dataset.id)
            .limit(limit)
            .offset(offset)
        )
    )


def by_role(session: Session, event_id: int) -> dict[str, int]:
    """Return for how many datasets of an event somebody is named in each role."""
    named = _named(event_id).subquery()
    rows = session.execute(
        select(named.c.role, func.count(named.c.dataset_id.distinct())).group_by(named.c.role)
    )
    return {role: number for role, number in rows}


def by_organisation(session: Session, event_id: int) -> list[tuple[str, int]]:
    """Return for how many datasets of an event somebody of each organisation is named."""
    named = _named(event_id).subquery()
    rows = session.execute(
        select(named.c.organisation, func.count(named.c.dataset_id.distinct()))
        .where(named.c.organisation != "")
        .group_by(named.c.organisation)
    )
    return [(organisation, number) for organisation, number in rows]


def _named(event_id: int) -> Select[int, str, str]:
    """Return dataset, role and organisation of everybody on the labels of an event, for it or for its series."""
    people = (
        select(Dataset.id.label("dataset_id"), Contribution.role, Person.organisation)
        .join(
            Contribution,
            or_(Contribution.dataset_id == Dataset.id, Contribution.dataset_id == Dataset.series_id),
        )
        .join(Person, Person.id == Contribution.person_id)
        .where(_concerns(event_id), contributions.on_label())
    )
    others = (
        select(Dataset.id, UnclaimedCredit.role, UnclaimedCredit.organisation)
        .join(
            UnclaimedCredit,
            or_(UnclaimedCredit.dataset_id == Dataset.id, UnclaimedCredit.dataset_id == Dataset.series_id),
        )
        .where(_concerns(event_id), unclaimed.on_label())
    )
    both = union_all(people, others).subquery()
    return select(both.c.dataset_id, both.c.role, both.c.organisation)


def count_thanked(session: Session, event_id: int) -> int:
    """Return how many datasets of an event carry a thanks that others may read."""
    thanked = (
        select(Endorsement.dataset_id)
        .join(Contribution, Contribution.id == Endorsement.contribution_id)
        .where(endorsements.shown(), contributions.on_label())
    )
    return count(session, _concerns(event_id), or_(Dataset.id.in_(thanked), Dataset.series_id.in_(thanked)))


def on_screen(event_id: int) -> list[ColumnElement[bool]]:
    """Return the conditions that a thanks may be shown in the hall: giver and receiver come and agreed to that."""
    agreed = select(Registration.person_id).where(
        Registration.event_id == event_id, Registration.on_screen, Registration.state.in_(COMING)
    )
    return [
        Endorsement.event_id == event_id,
        endorsements.shown(),
        Endorsement.contribution_id.in_(select(Contribution.id).where(contributions.on_label())),
        Endorsement.giver_id.in_(agreed),
        Endorsement.receiver_id.in_(agreed),
    ]


def shown_on_screen(session: Session, event_id: int) -> list[int]:
    """Return the ids of the thanks that may be shown in the hall, the newest first."""
    return list(
        session.scalars(select(Endorsement.id).where(*on_screen(event_id)).order_by(Endorsement.id.desc()))
    )
