"""Everything that the labels of some datasets are put together from, in letters, to see whether any of it is another.

Putting some hundred labels together takes a hundred times as long as reading what they are made of. More is read than
is on a label: what is not shown, and who may be told of, decide what is. The database writes it down itself.
"""

import hashlib
import json
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, FromClause, Select, Text, outerjoin, select, union
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from matchmaker.store.among import among_those
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits import audiences
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people import people
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

SOME = "some"
"""The name by which datasets are given to a question."""


def mark(session: Session, dataset_ids: Collection[int]) -> str:
    """Return letters that differ wherever a label of these datasets does, inside or in public: eight to ten queries.

    To be asked before the labels are read: what changes in between is then on them without being in the letters.
    """
    series = datasets.series_of(session, dataset_ids)
    given = {SOME: sorted({*dataset_ids, *series.values()})}
    written = [session.scalar(asked, given) or "[]" for asked in _asked()]
    *_, unclaimed, named = written
    ids = {id_ for id_, *_ in json.loads(named)} | {-id_ for id_, *_ in json.loads(unclaimed)}
    told = audiences.public_audience(session, ids)
    everything = (sorted(series.items()), sorted(told.told), sorted(told.named), people.unnamed(session))
    return hashlib.sha256("\n".join([*written, repr(everything)]).encode()).hexdigest()[:16]


@cache
def _asked() -> tuple[Select[str], ...]:
    """Return what is read: datasets, credits, thanks, who has no account, the people of credits and thanks."""
    credit, thanks, other = Contribution, Endorsement, UnclaimedCredit
    concerned: CompoundSelect[int | None] = union(
        select(credit.person_id).where(among_those(credit.dataset_id, SOME)),
        select(thanks.giver_id).where(among_those(thanks.dataset_id, SOME)),
    )
    return (
        _written(
            (
                *(Dataset.id, Dataset.public_id, Dataset.source_id, Dataset.title, Dataset.title_key),
                *(Dataset.url, Publisher.name),
            ),
            among_those(Dataset.id, SOME),
            outerjoin(Dataset, Publisher, Publisher.id == Dataset.publisher_id),
        ),
        _written(
            (
                *(credit.id, credit.dataset_id, credit.person_id, credit.declared_by_id, credit.role),
                *(credit.role_text, credit.state, credit.moderated, credit.sealed_by_id),
            ),
            among_those(credit.dataset_id, SOME),
        ),
        _written(
            (
                *(thanks.id, thanks.contribution_id, thanks.giver_id, thanks.role, thanks.sentence),
                *(thanks.relation, thanks.evidence_url, thanks.state, thanks.moderated, thanks.sealed),
            ),
            among_those(thanks.dataset_id, SOME),
        ),
        _written(
            (
                *(other.id, other.dataset_id, other.name, other.organisation, other.is_team, other.role),
                *(other.role_text, other.state, other.moderated),
            ),
            among_those(other.dataset_id, SOME),
        ),
        _written((Person.id, Person.name, Person.organisation, Person.show_name), Person.id.in_(concerned)),
    )


class _Written(FunctionElement[str]):
    """All rows of some columns as one text, in an array of arrays."""

    inherit_cache = True
    type = Text()


@compiles(_Written, "sqlite")
def _written_on_sqlite(element: _Written, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **options)}))"


@compiles(_Written, "postgresql")
def _written_on_postgresql(element: _Written, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(json_agg(json_build_array({compiler.process(element.clauses, **options)})) AS TEXT)"


def _written(
    columns: Collection[InstrumentedAttribute[Any]], some: ColumnElement[bool], of: FromClause | None = None
) -> Select[str]:
    """Return the question for these columns of some rows as one text, by the first of them."""
    first, *_ = columns
    rows = select(*(column.label(f"c{at}") for at, column in enumerate(columns))).where(some).order_by(first)
    in_order = (rows.select_from(of) if of is not None else rows).subquery()
    return select(_Written(*in_order.c))
