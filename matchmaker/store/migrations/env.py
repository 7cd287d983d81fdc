"""How Alembic runs a migration: on the engine it is given, batch mode on, foreign keys off on SQLite.

SQLite rebuilds a table by dropping it, and with foreign keys on the drop would cascade to child rows.
"""

from pathlib import Path
from typing import Literal

from alembic import context
from sqlalchemy import JSON, DefaultClause, Engine, create_engine, event, pool
from sqlalchemy.sql.elements import False_, True_

from matchmaker.store import schema
from matchmaker.store.base import Base, UtcDateTime
from matchmaker.store.private_files import keep_private


def run() -> None:
    """Run the migrations that are asked for, in one transaction."""
    engine: Engine = context.config.attributes["engine"]
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        if engine.url.database:
            keep_private(Path(engine.url.database))
        engine = create_engine(engine.url, poolclass=pool.NullPool, hide_parameters=True)
        event.listen(engine, "connect", _without_foreign_keys)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=_render,
            process_revision_directives=context.config.attributes.get("completed_by"),
        )
        with context.begin_transaction():
            # A trigger names tables that a migration may rebuild.
            for watch in schema.WATCHES:
                watch.remove(connection)
            context.run_migrations()
            for watch in schema.WATCHES:
                watch.install(connection)


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own types as the plain ones they are, and truth as each database writes it."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if kind == "server_default" and isinstance(item, DefaultClause) and isinstance(item.arg, True_ | False_):
        return "sa.true()" if isinstance(item.arg, True_) else "sa.false()"
    return False


def _without_foreign_keys(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.execute("PRAGMA busy_timeout = 20000")
    cursor.close()


run()
