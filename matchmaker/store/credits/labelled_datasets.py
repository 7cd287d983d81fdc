"""Which datasets have a label to show, counted, added up and paged by the database: no label is built for a number.

The labels of an event are those of datasets for which somebody coming to it is named, or was thanked at it; public
labels those for which somebody is named whom the public may be told of.
"""

from collections.abc import Collection, Sequence
from functools import cache
from math import isqrt
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    or_,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from matchmaker.store.among import among, among_those
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits import contributions, endorsements, unclaimed
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.label_names import and_series, is_named
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration

Some = Collection[int] | None
"""Some datasets, or all there are. A query for some reads no more than what concerns those."""
_EVENT = bindparam("event", type_=Integer)
EventId = int | BindParameter[int]
Asked = TypeVar("Asked", bound=Select[*tuple[Any, ...]])


def of_event(event_id: EventId, *, part: bool = False) -> ColumnElement[bool]:
    """Return the condition that a dataset of the query has a label and is one of an event.

    `part`: only of some datasets, which are given by the name `some` when it is asked.
    """
    return and_(_concerns(event_id, part=part), is_named(part=part))


def _concerns(event_id: EventId, *, part: bool) -> ColumnElement[bool]:
    """Return the condition that a dataset of the query is one of an event, if it has a label at all.

    Where the query joins somebody who is on its label, it has one: asking for that again takes longer than the rest.
    """
    credited = select(Contribution.dataset_id).where(
        _comes(Contribution.person_id, Registration.event_id == event_id), contributions.on_label()
    )
    thanked = select(Endorsement.dataset_id).where(Endorsement.event_id == event_id, endorsements.shown())
    others = select(UnclaimedCredit.dataset_id).where(
        UnclaimedCredit.event_id == event_id, unclaimed.on_label()
    )
    concerned = union(
        _of(credited, Contribution.dataset_id, part=part),
        _of(thanked, Endorsement.dataset_id, part=part),
        _of(others, UnclaimedCredit.dataset_id, part=part),
    )
    return and_(Dataset.id.in_(concerned), Dataset.merged_into_id.is_(None))


def _comes(person: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that somebody comes to an event that meets the conditions."""
    there = select(Registration.person_id).where(
        Registration.person_id == person, Registration.state.in_(COMING)
    )
    return there.where(*conditions).exists()


def _of(asked: Asked, dataset: InstrumentedAttribute[int], *, part: bool) -> Asked:
    return asked.where(among_those(dataset, "some")) if part else asked


def _given(event_id: int | None, some: Some) -> dict[str, Any]:
    """Return what a question is asked with."""
    return {"event": event_id} | ({} if some is None else {"some": list(some)})


def in_public(*, part: bool = False) -> ColumnElement[bool]:
    """Return the condition that a dataset of the query has a public label.

    While no event makes its labels public nobody is told of. `part`: only of some datasets, as in `of_event`.
    """
    public = select(Event.id).where(Event.labels_public)
    agreed = select(Person.id).where(Person.id == Contribution.person_id, Person.public_since.is_not(None))
    credited = select(Contribution.dataset_id).where(
        public.exists(),
        or_(_comes(Contribution.person_id, Registration.event_id.in_(public)), agreed.exists()),
        contributions.on_label(),
    )
    others = select(UnclaimedCredit.dataset_id).where(
        UnclaimedCredit.event_id.in_(public), unclaimed.on_label()
    )
    concerned = union(
        _of(credited, Contribution.dataset_id, part=part), _of(others, UnclaimedCredit.dataset_id, part=part)
    )
    return and_(Dataset.id.in_(concerned), Dataset.merged_into_id.is_(None))


def with_label(session: Session, event_id: int, some: Some = None) -> list[int]:
    """Return the datasets of an event that have a label, in any order."""
    return list(session.scalars(_with_label(part=some is not None), _given(event_id, some)))


@cache
def _with_label(*, part: bool) -> Select[int]:
    return select(Dataset.id).where(of_event(_EVENT, part=part))


def with_public_label(session: Session, some: Some = None, event_id: int | None = None) -> list[int]:
    """Return the datasets that have a public label, or those of an event that have one as well, in any order."""
    asked = _with_public_label(part=some is not None, of_one=event_id is not None)
    return list(session.scalars(asked, _given(event_id, some)))


@cache
def _with_public_label(*, part: bool, of_one: bool) -> Select[int]:
    asked = select(Dataset.id).where(in_public(part=part))
    return asked.where(of_event(_EVENT, part=part)) if of_one else asked


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


def placed(session: Session, there: Sequence[int], new: Collection[int]) -> list[int]:
    """Return datasets that stand by publisher and title already with new ones in their places.

    Two queries of some hundred, however many are there: where the new ones stand among every so many, and then among
    those between two of these.
    """
    if not new:
        return list(there)
    step = max(1, isqrt(len(there)))
    posts = {one: at for at, one in enumerate(there[::step])}
    after: dict[int, list[int]] = {}
    last = -1
    for one in ids(session, among(Dataset.id, [*posts, *new]), by_publisher=True):
        last = posts.get(one, last)
        if one not in posts:
            after.setdefault(last, []).append(one)
    stretches = {at: [*there[at * step : (at + 1) * step]] if at >= 0 else [] for at in range(-1, len(posts))}
    asked = [one for at, some in after.items() for one in (*stretches[at], *some)]
    place = {one: at for at, one in enumerate(ids(session, among(Dataset.id, asked), by_publisher=True))}
    for at, some in after.items():
        stretches[at] = sorted(place.keys() & {*stretches[at], *some}, key=place.__getitem__)
    return [one for stretch in stretches.values() for one in stretch]


def named(session: Session, event_id: int, some: Some = None) -> list[tuple[int, str, str]]:
    """Return (dataset, role, organisation) of everybody on the labels of an event, each once."""
    rows = session.execute(_named(part=some is not None), _given(event_id, some))
    return [(dataset_id, role, organisation) for dataset_id, role, organisation in rows]


@cache
def _named(*, part: bool) -> Select[int, str, str]:
    """Return dataset, role and organisation of everybody on the labels of an event, for it or for its series."""
    people = (
        select(Dataset.id.label("dataset_id"), Contribution.role, Person.organisation)
        .join(
            Contribution,
            or_(Contribution.dataset_id == Dataset.id, Contribution.dataset_id == Dataset.series_id),
        )
        .join(Person, Person.id == Contribution.person_id)
        .where(_concerns(_EVENT, part=part), contributions.on_label())
    )
    others = (
        select(Dataset.id, UnclaimedCredit.role, UnclaimedCredit.organisation)
        .join(
            UnclaimedCredit,
            or_(UnclaimedCredit.dataset_id == Dataset.id, UnclaimedCredit.dataset_id == Dataset.series_id),
        )
        .where(_concerns(_EVENT, part=part), unclaimed.on_label())
    )
    both = union(_of(people, Dataset.id, part=part), _of(others, Dataset.id, part=part)).subquery()
    return select(both.c.dataset_id, both.c.role, both.c.organisation)


def thanked(session: Session, event_id: int, some: Some = None) -> list[int]:
    """Return the datasets of an event that carry a thanks of that event that others may read."""
    return list(session.scalars(_thanked(part=some is not None), _given(event_id, some)))


@cache
def _thanked(*, part: bool) -> Select[int]:
    given = (
        select(Endorsement.dataset_id)
        .join(Contribution, Contribution.id == Endorsement.contribution_id)
        .where(Endorsement.event_id == _EVENT, endorsements.shown(), contributions.on_label())
    )
    if part:
        given = given.where(Endorsement.dataset_id.in_(and_series(among_those(Dataset.id, "some"))))
    here = select(Dataset.id).where(
        _concerns(_EVENT, part=part), or_(Dataset.id.in_(given), Dataset.series_id.in_(given))
    )
    return _of(here, Dataset.id, part=part)


def _on_screen(event_id: EventId) -> list[ColumnElement[bool]]:
    """Return the conditions that a thanks may be shown in the hall: giver and receiver come and agreed to that."""
    agreed = (Registration.event_id == event_id, Registration.on_screen.is_(True))
    credit = select(Contribution.id).where(
        Contribution.id == Endorsement.contribution_id, contributions.on_label()
    )
    return [
        Endorsement.event_id == event_id,
        endorsements.shown(),
        credit.exists(),
        _comes(Endorsement.giver_id, *agreed),
        _comes(Endorsement.receiver_id, *agreed),
    ]


def shown_on_screen(session: Session, event_id: int, some: Some = None) -> list[tuple[int, int]]:
    """Return the thanks that may be shown in the hall, each with its dataset."""
    rows = session.execute(_shown_on_screen(part=some is not None), _given(event_id, some))
    return [(id_, dataset_id) for id_, dataset_id in rows]


@cache
def _shown_on_screen(*, part: bool) -> Select[int, int]:
    asked = select(Endorsement.id, Endorsement.dataset_id).where(*_on_screen(_EVENT))
    return _of(asked, Endorsement.dataset_id, part=part)
