"""Which datasets have a name, and where names are missing: one notion of "named" for pages, counts and letters.

A dataset is named once its label names somebody, for it or for the series it belongs to: a person who agreed and
for whom a colleague spoke, or somebody unclaimed whom an organiser let be shown. What people only say of themselves
is shown beside the label, and does not count.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from matchmaker.store.among import among, among_those
from matchmaker.store.catalogue.datasets import Dataset, DatasetSubject
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits import contributions, unclaimed
from matchmaker.store.credits.contributions import Contribution, Use
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people.people import Person

Publishers = Collection[int | None] | None
"""Some publishers, None among them for datasets of no known one; or every one there is."""
OfNone = bool | None
"""What a question about publishers depends on: whether datasets of no known one are asked for; None for every one."""


@dataclass(frozen=True)
class Gap:
    """How many of some datasets have a name. `id` and `name` say which: a publisher's or a subject's."""

    id: int | str | None
    name: str
    datasets: int
    named: int


@dataclass(frozen=True)
class NameCounts:
    """How many people a dataset's label names, and how many more say of themselves that they worked on it."""

    on_label: int = 0
    claiming: int = 0


@dataclass(frozen=True)
class Nameable:
    """How many people and names without an account there are that a label may tell of, each up to the newest."""

    newest_person: int
    people: int
    newest_unclaimed: int
    unclaimed: int


@dataclass(frozen=True)
class Unnamed:
    """A dataset nobody is named for, or a series with `datasets` such members; `wanted` by so many people."""

    public_id: str
    title: str
    publisher_id: int | None
    datasets: int
    wanted: int
    is_series: bool


def is_named(of_none: OfNone = None, *, part: bool = False) -> ColumnElement[bool]:
    """Return the condition that a dataset of the query has a name.

    The named ones are gathered once: asked anew for each dataset, PostgreSQL took four times as long. Of a query for
    datasets of some publishers (`_publisher_in`), or `part`, for some datasets, which are given by the name `some`
    when it is asked, only what concerns those is gathered.
    """
    credited = select(Contribution.dataset_id).where(contributions.on_label())
    shown = select(UnclaimedCredit.dataset_id).where(unclaimed.on_label())
    some = [_publisher_in(of_none)] if of_none is not None else []
    some += [among_those(Dataset.id, "some")] if part else []
    if some:
        theirs = and_series(*some)
        credited = credited.where(Contribution.dataset_id.in_(theirs))
        shown = shown.where(UnclaimedCredit.dataset_id.in_(theirs))
    named = union_all(credited, shown)
    # Of a dataset without a series, the series' names are never gathered.
    by_series = and_(Dataset.series_id.is_not(None), Dataset.series_id.in_(named))
    return or_(Dataset.id.in_(named), by_series)


def and_series(*conditions: ColumnElement[bool]) -> CompoundSelect[int | None]:
    """Return the question for the datasets that meet the conditions, and for the series that they belong to."""
    members = select(Dataset.series_id).where(*conditions, Dataset.series_id.is_not(None))
    return union_all(select(Dataset.id).where(*conditions), members)


def is_listed() -> ColumnElement[bool]:
    """Return the condition that a dataset of the query counts: a series does not, its members do.

    Written so that no index serves it: nearly all are not merged, and SQLite went through all of them by that index
    to find those of one publisher.
    """
    return and_((Dataset.merged_into_id + 0).is_(None), Dataset.is_series.is_(False))


def _is_for_it(dataset_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that a column names the dataset of the query, or its series."""
    return or_(dataset_id == Dataset.id, dataset_id == Dataset.series_id)


def in_all(session: Session) -> Gap:
    """Return how many datasets there are, and how many have a name."""
    datasets, named = session.execute(select(func.count(), _named_count()).where(is_listed())).one()
    return Gap(None, "", datasets, named or 0)


def hidden(session: Session, some: Collection[int] | None = None, *, series: bool = False) -> list[int]:
    """Return the datasets that have a name by `is_named` and show none, as everybody on their label hides theirs.

    Of all or of some, with `series` also the series that have a label. One query, about those of people who hide
    theirs.
    """
    given = {} if some is None else {"some": list(some)}
    return list(session.scalars(_hidden(part=some is not None, series=series), given))


@cache
def _hidden(*, part: bool, series: bool) -> Select[int]:
    hide = select(Person.id).where(~Person.show_name)
    theirs = select(Contribution.dataset_id).where(contributions.on_label(), Contribution.person_id.in_(hide))
    members = select(Dataset.id).where(Dataset.series_id.in_(theirs))
    # Each by itself: with "or" between the two SQLite takes half as long again.
    nobody = [
        ~exists().where(of, *shown)
        for own in (Dataset.id, Dataset.series_id)
        for of, *shown in (
            (Contribution.dataset_id == own, contributions.on_label(), Contribution.person_id.not_in(hide)),
            (UnclaimedCredit.dataset_id == own, unclaimed.on_label()),
        )
    ]
    asked = select(Dataset.id).where(
        Dataset.merged_into_id.is_(None) if series else is_listed(),
        Dataset.id.in_(union_all(theirs, members)),
        *nobody,
    )
    return asked.where(among_those(Dataset.id, "some")) if part else asked


def _named_count() -> ColumnElement[int]:
    return func.sum(case((is_named(), 1), else_=0))


def by_publisher(session: Session) -> list[Gap]:
    """Return the count of every publisher with datasets, by name; id None is for no known publisher."""
    rows = session.execute(
        select(Publisher.id, Publisher.name, func.count(Dataset.id), _named_count())
        .select_from(Dataset)
        .outerjoin(Publisher, Publisher.id == Dataset.publisher_id)
        .where(is_listed())
        .group_by(Publisher.id, Publisher.name)
    )
    found = [Gap(id_, name or "", datasets, named) for id_, name, datasets, named in rows]
    return sorted(found, key=lambda one: (one.id is None, one.name.casefold()))


def listed(
    session: Session, dataset_ids: Collection[int] | None = None
) -> list[tuple[int, int | None, bool]]:
    """Return (dataset, publisher, whether it has a name) for each dataset that counts, or for each of these."""
    if dataset_ids is None:
        rows = session.execute(_listed(part=False))
    else:
        rows = session.execute(_listed(part=True), {"some": list(dataset_ids)})
    return [(id_, publisher_id, bool(has_name)) for id_, publisher_id, has_name in rows]


@cache
def _listed(*, part: bool) -> Select[int, int | None, int]:
    asked = select(Dataset.id, Dataset.publisher_id, case((is_named(part=part), 1), else_=0)).where(
        is_listed()
    )
    return asked.where(among_those(Dataset.id, "some")) if part else asked


def by_subject(session: Session, most: int) -> list[Gap]:
    """Return the counts of the `most` frequent subjects of two datasets or more, by name; `id` is its key."""
    rows = session.execute(
        select(DatasetSubject.key, func.min(DatasetSubject.name), func.count(Dataset.id), _named_count())
        .select_from(DatasetSubject)
        .join(Dataset, Dataset.id == DatasetSubject.dataset_id)
        .where(is_listed())
        .group_by(DatasetSubject.key)
        .having(func.count(Dataset.id) > 1)
        .order_by(func.count(Dataset.id).desc(), DatasetSubject.key)
        .limit(most)
    )
    return sorted((Gap(*row) for row in rows), key=lambda one: str(one.id))


def named_by_subject(
    session: Session, keys: Collection[str], dataset_ids: Collection[int] | None = None
) -> list[tuple[str, int]]:
    """Return (subject, dataset) for each dataset of these subjects that has a name, or of these datasets."""
    part = dataset_ids is not None
    asked = (
        select(DatasetSubject.key, Dataset.id)
        .join(Dataset, Dataset.id == DatasetSubject.dataset_id)
        .where(is_listed(), is_named(part=part), among(DatasetSubject.key, keys))
    )
    if dataset_ids is None:
        rows = session.execute(asked)
    else:
        rows = session.execute(asked.where(among_those(Dataset.id, "some")), {"some": list(dataset_ids)})
    return [(key, dataset_id) for key, dataset_id in rows]


def of(session: Session, dataset_ids: Collection[int]) -> dict[int, NameCounts]:
    """Return who is named for each of these datasets, in numbers; one with nobody is left out. Two queries."""
    said = (
        select(
            Dataset.id,
            Contribution.person_id,
            func.max(case((contributions.on_label(), 1), else_=0)).label("agreed"),
        )
        .join(Contribution, _is_for_it(Contribution.dataset_id))
        .where(among(Dataset.id, dataset_ids), contributions.seen())
        .group_by(Dataset.id, Contribution.person_id)
        .subquery()
    )
    people = session.execute(select(said.c.id, func.sum(said.c.agreed), func.count()).group_by(said.c.id))
    others = session.execute(
        select(Dataset.id, func.count(UnclaimedCredit.name_key.distinct()))
        .join(UnclaimedCredit, _is_for_it(UnclaimedCredit.dataset_id))
        .where(among(Dataset.id, dataset_ids), unclaimed.on_label())
        .group_by(Dataset.id)
    )
    found = {id_: NameCounts(named, both - named) for id_, named, both in people}
    for id_, count in others:
        names = found.get(id_, NameCounts())
        found[id_] = NameCounts(names.on_label + count, names.claiming)
    return found


def nameable(session: Session, until: Nameable | None = None) -> Nameable:
    """Count who may be on a label; with `until`, who is left of those who were there then."""
    person = until.newest_person if until else session.scalar(select(func.max(Person.id))) or 0
    name = until.newest_unclaimed if until else session.scalar(select(func.max(UnclaimedCredit.id))) or 0
    people = session.scalar(select(func.count()).where(Person.id <= person)) or 0
    names = select(func.count()).where(UnclaimedCredit.id <= name, UnclaimedCredit.name != "")
    return Nameable(person, people, name, session.scalar(names) or 0)


def wanted_by_publisher(session: Session, publisher_ids: Publishers = None) -> dict[int | None, int]:
    """Return how many people use, want or are stuck on an unnamed dataset of each publisher, or of each of these."""
    rows = session.execute(_wanted_by_publisher(_of_none(publisher_ids)), _given(publisher_ids))
    return {publisher: people for publisher, people in rows}


@cache
def _wanted_by_publisher(of_none: OfNone) -> Select[int | None, int]:
    """Return the question of `wanted_by_publisher`, which is put together once, as is the next."""
    return (
        select(Dataset.publisher_id, func.count(Use.person_id.distinct()))
        .join(Use, _is_for_it(Use.dataset_id))
        .where(is_listed(), ~is_named(of_none), _publisher_in(of_none))
        .group_by(Dataset.publisher_id)
    )


def missing(session: Session, publisher_ids: Publishers, each: int) -> list[Unnamed]:
    """Return, for each of these publishers or for every one, `each` unnamed datasets: the most wanted, then by title.

    Members of one series are one line: a name for the series is a name for all of them.
    """
    rows = session.execute(_missing(_of_none(publisher_ids)), {**_given(publisher_ids), "each": each})
    return [Unnamed(*row[:6]) for row in rows]


@cache
def _missing(of_none: OfNone) -> Select[*tuple[Any, ...]]:
    target = func.coalesce(Dataset.series_id, Dataset.id)
    counted = (
        select(
            target.label("target"),
            Dataset.publisher_id.label("publisher_id"),
            func.count(Dataset.id.distinct()).label("datasets"),
            func.count(Use.person_id.distinct()).label("wanted"),
        )
        .outerjoin(Use, _is_for_it(Use.dataset_id))
        .where(is_listed(), ~is_named(of_none), _publisher_in(of_none))
        .group_by(target, Dataset.publisher_id)
        .subquery()
    )
    place = (
        func.row_number()
        .over(
            partition_by=counted.c.publisher_id,
            order_by=(counted.c.wanted.desc(), Dataset.title_key, Dataset.id),
        )
        .label("place")
    )
    ranked = (
        select(
            Dataset.public_id, Dataset.title, counted.c.publisher_id, counted.c.datasets, counted.c.wanted,
            Dataset.is_series, place,
        )
        .join(counted, counted.c.target == Dataset.id)
        .subquery()
    )  # fmt: skip
    return select(ranked).where(ranked.c.place <= bindparam("each")).order_by(ranked.c.place)


def most_wanted(session: Session, limit: int) -> list[Unnamed]:
    """Return the unnamed datasets that most people use, want or are stuck on, members of one series as one line.

    Nor does anybody say of themselves that they worked on them: whoever reads that knows who it was. Only those that
    somebody has to do with: it reads as many datasets as there are uses.
    """
    target = func.coalesce(Dataset.series_id, Dataset.id)
    said = select(Contribution.dataset_id).where(contributions.seen())
    counted = (
        select(
            target.label("target"),
            func.count(Dataset.id.distinct()).label("datasets"),
            func.count(Use.person_id.distinct()).label("wanted"),
        )
        .join(Use, _is_for_it(Use.dataset_id))
        .where(is_listed(), ~is_named(), Dataset.id.not_in(said), target.not_in(said))
        .group_by(target)
        .subquery()
    )
    rows = session.execute(
        select(
            Dataset.public_id, Dataset.title, Dataset.publisher_id, counted.c.datasets, counted.c.wanted,
            Dataset.is_series,
        )
        .join(counted, counted.c.target == Dataset.id)
        .order_by(counted.c.wanted.desc(), Dataset.title_key, Dataset.id)
        .limit(limit)
    )  # fmt: skip
    return [Unnamed(*row) for row in rows]


def _of_none(ids: Publishers) -> OfNone:
    return None if ids is None else None in ids


def _given(ids: Publishers) -> dict[str, list[int]]:
    return {} if ids is None else {"publishers": [one for one in ids if one is not None]}


def _publisher_in(of_none: OfNone) -> ColumnElement[bool]:
    """Return the condition that a dataset is of one of some publishers, which are given by the name `publishers`."""
    if of_none is None:
        return true()
    known = among_those(Dataset.publisher_id, "publishers")
    return or_(known, Dataset.publisher_id.is_(None)) if of_none else known
