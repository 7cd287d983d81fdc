"""Rows kept past the mapper's unit of work, which takes four times as long for the few that a test begins with."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, inspect
from sqlalchemy.orm import RelationshipDirection, make_transient_to_detached

from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.session import Database

MANY = 3
"""More rows of a kind than these a session writes at once, which takes less than one by one."""


def keep(database: Database, *rows: Any) -> None:
    """Keep new rows, and those that they lead to, in one transaction; they are as after a session that is closed."""
    if len(rows) > MANY or any(not inspect(row).transient or _needs_a_session(row, set()) for row in rows):
        with database.writing() as session:
            session.add_all(rows)
        return
    with database._writing.begin() as connection:
        for row in rows:
            _keep(connection, row)


def _needs_a_session(row: Any, known: set[int]) -> bool:
    """Say whether a session does more for a row than to write it, as it does for words that are searched."""
    state = inspect(row)
    if id(row) in known:
        return False
    known.add(id(row))
    if not state.transient:
        return bool(state.modified)
    return (
        isinstance(row, Dataset)
        or any(
            relation.uselist and (relation.secondary is not None or len(state.dict[relation.key]) > MANY)
            for relation in state.mapper.relationships
            if relation.key in state.dict
        )
        or any(_needs_a_session(other, known) for _, other in _led_to(row))
    )


def _led_to(row: Any) -> list[tuple[Any, Any]]:
    """Return what a row leads to, with the relation of each."""
    state, found = inspect(row), []
    for relation in state.mapper.relationships:
        others = state.dict.get(relation.key) if not relation.viewonly else None
        found += [
            (relation, one) for one in (others if relation.uselist else [others]) or () if one is not None
        ]
    return found


def _keep(connection: Connection, row: Any) -> None:
    """Keep what a row points to, itself, and what points to it."""
    for relation, other in _led_to(row):
        if relation.direction is RelationshipDirection.MANYTOONE:
            _keep(connection, other)
            _point(row, other, relation.local_remote_pairs)
    if not inspect(row).transient:  # What it points to led to it, too.
        return
    _write(connection, row)
    for relation, other in _led_to(row):
        if relation.direction is RelationshipDirection.ONETOMANY:
            _point(other, row, [(there, here) for here, there in relation.local_remote_pairs])
            _keep(connection, other)


def _point(row: Any, other: Any, pairs: Iterable[tuple[Any, Any]]) -> None:
    """Let the columns of a row, the first of each pair, say what those of another do."""
    here, there = inspect(row), inspect(other)
    for mine, theirs in pairs:
        said = there.dict[there.mapper.get_property_by_column(theirs).key]
        here.dict[here.mapper.get_property_by_column(mine).key] = said


def _write(connection: Connection, row: Any) -> None:
    """Write a row, and give it what its columns have by themselves."""
    state = inspect(row)
    mapper = state.mapper
    mapper.dispatch.before_insert(mapper, connection, state)
    names = {one.columns[0].key: one.key for one in mapper.column_attrs}
    # What is None is left to the column, as the mapper does.
    values = {column: state.dict[name] for column, name in names.items() if state.dict.get(name) is not None}
    written = connection.execute(insert(mapper.local_table), values)
    made = dict(written.last_inserted_params())
    made |= zip((one.key for one in mapper.primary_key), written.inserted_primary_key or (), strict=True)
    state.dict.update((name, made.get(column)) for column, name in names.items())
    make_transient_to_detached(row)
