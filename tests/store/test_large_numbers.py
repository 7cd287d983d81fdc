"""What must hold however large an event is: every reference has an index, and no statement grows with its values."""

from typing import Any

import pytest
from sqlalchemy import Column, Index, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from matchmaker.store import schema
from matchmaker.store.among import among
from matchmaker.store.people.people import Person
from matchmaker.store.plans.planned_people import PlannedPerson
from matchmaker.store.session import Database

TABLES = schema.metadata.sorted_tables


def finds_all(index: Index) -> bool:
    """Whether an index has every row that refers to another with its first column: none of others, at most."""
    where = index.dialect_options["sqlite"].get("where")
    return where is None or str(where) == f"{next(iter(index.columns)).name} IS NOT NULL"


def led_by(table: Table) -> set[str]:
    """Return the columns that an index over all rows with a value there, or a key, begins with."""
    whole = [one for one in table.indexes if finds_all(one)]
    keys = [
        one for one in table.constraints if type(one).__name__ in ("UniqueConstraint", "PrimaryKeyConstraint")
    ]
    first: list[Column[Any]] = [next(iter(one.columns)) for one in [*whole, *keys] if len(list(one.columns))]  # type: ignore[attr-defined]
    return {column.name for column in first} | {column.name for column in table.columns if column.unique}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_reference_is_found_by_an_index(table: Table) -> None:
    led = led_by(table)
    without = [
        [column.name for column in key.columns]
        for key in table.foreign_key_constraints
        if next(iter(key.columns)).name not in led
    ]
    assert without == [], "removing what it refers to would read the whole table"


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_a_condition_binds_one_value_however_many_it_names(dialect: Any) -> None:
    texts = set()
    for many in (0, 1, 70_000):
        compiled = select(Person.id).where(among(Person.id, range(many))).compile(dialect=dialect)
        texts.add(str(compiled))
        assert len(compiled.params) == 1
    assert len(texts) == 1


def test_more_values_are_named_than_a_statement_can_bind(database: Database, maker: Any) -> None:
    make = maker(database)
    ann, ben = make.person("Ann"), make.person("Ben")
    make.person("Cat")
    with database.reading() as session:
        wanted = [ann.id, ben.id, *range(1_000, 71_000)]
        found = session.scalars(select(Person.name).where(among(Person.id, wanted)).order_by(Person.id))
        assert list(found) == ["Ann", "Ben"]
        assert list(
            session.scalars(select(Person.name).where(among(Person.name, ["Ben", "it's", 'a"b', "Ŵ"])))
        ) == ["Ben"]
        assert session.scalars(select(Person.id).where(among(Person.id, []))).all() == []
        assert (
            session.scalars(
                select(PlannedPerson.last_round).where(among(PlannedPerson.last_round, [None, 1]))
            ).all()
            == []
        )
