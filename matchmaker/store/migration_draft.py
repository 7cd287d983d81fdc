"""Writing a new migration from the tables in the code.

Alembic finds the difference; this adds what it passes over: CHECKs, and what a new column holds in existing rows.
"""

import os
import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, ColumnDefault, Connection, DefaultClause, inspect

from matchmaker.store import schema
from matchmaker.store.session import Database


class NothingChanged(Exception):  # noqa: N818 - it is an answer, not a fault
    """The migrations already make the tables that the code describes."""


def draft(name: str, folder: Path | None = None) -> Path:
    """Write the next migration, called after `name`, and return its file. Raises NothingChanged if none is needed.

    The difference is that between the code's tables and a fresh SQLite database brought up by the migrations there
    are, so no installation is touched. `folder` is where it is written, beside the others unless said otherwise.
    """
    words = "_".join(re.findall(r"[a-z0-9]+", name.lower()))
    with TemporaryDirectory() as scratch:
        database = Database(f"sqlite:///{scratch}/draft.db")
        schema.upgrade(database)
        config = schema.config_for(database)
        config.attributes["completed_by"] = _complete
        if folder is not None:
            config.set_main_option(
                "version_locations", f"{folder}{os.pathsep}{ScriptDirectory.from_config(config).versions}"
            )
            config.set_main_option("path_separator", "os")
        number = f"{len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1:04}"
        try:
            written = command.revision(
                config,
                message=words.replace("_", " ").capitalize(),
                autogenerate=True,
                rev_id=number,
                version_path=str(folder) if folder else None,
            )
        finally:
            database.dispose()
    if written is None or isinstance(written, list):
        raise NothingChanged
    path = Path(written.path)
    return path.rename(path.with_name(f"{number}_{words}.py"))


def _complete(context: MigrationContext, _revision: object, directives: list[ops.MigrationScript]) -> None:
    """Add the CHECKs of tables that exist already, and leave out a migration that would do nothing."""
    assert context.connection is not None
    script = directives[0]
    assert script.upgrade_ops is not None
    assert script.downgrade_ops is not None
    for table, check in _missing(context.connection):
        name, condition = str(check.name), str(check.sqltext)
        create = ops.CreateCheckConstraintOp(name, table, condition)
        drop = ops.DropConstraintOp(name, table, type_="check")
        script.upgrade_ops.ops.append(ops.ModifyTableOps(table, [create]))
        script.downgrade_ops.ops.insert(0, ops.ModifyTableOps(table, [drop]))
    for change in script.upgrade_ops.ops:
        for step in change.ops if isinstance(change, ops.ModifyTableOps) else ():
            if isinstance(step, ops.AddColumnOp):
                _fill(step.column)
    if script.upgrade_ops.is_empty():
        directives.clear()


def _fill(column: Column[Any]) -> None:
    """Give a new column that must hold something its default of the code, for the rows that are there already."""
    if column.nullable or column.server_default is not None or not isinstance(column.default, ColumnDefault):
        return
    value = column.default.arg
    if isinstance(value, bool):
        column.server_default = DefaultClause(sa.true() if value else sa.false())
    elif isinstance(value, str | int):
        column.server_default = DefaultClause(str(value.value if isinstance(value, Enum) else value))


def _missing(connection: Connection) -> Iterable[tuple[str, CheckConstraint]]:
    """Yield each CHECK that a table of the database lacks; a table that is new brings its own."""
    inspector = inspect(connection)
    there = set(inspector.get_table_names())
    for table in schema.metadata.sorted_tables:
        if table.name not in there:
            continue
        kept = {check["name"] for check in inspector.get_check_constraints(table.name)}
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint) and str(constraint.name) not in kept:
                yield table.name, constraint
