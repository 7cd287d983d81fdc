"""The tables in the code and the tables the migrations make are the same, on both databases."""

import re
from typing import Any

from sqlalchemy import CheckConstraint, Connection, MetaData, inspect, text

from matchmaker.store import schema
from matchmaker.store.session import Database


def described(database: Database) -> dict[str, object]:
    """Return all that matters of a schema: columns, keys, indexes and CHECKs, by table."""
    inspector = inspect(database.engine)
    with database.engine.connect() as connection:
        return {
            table: {
                "columns": sorted(
                    (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)
                ),
                "primary": inspector.get_pk_constraint(table)["constrained_columns"],
                "foreign": sorted(
                    (
                        f["name"] or "",
                        f["constrained_columns"],
                        f["referred_table"],
                        sorted(f["options"].items()),
                    )
                    for f in inspector.get_foreign_keys(table)
                ),
                "unique": sorted(
                    (u["name"] or "", u["column_names"]) for u in inspector.get_unique_constraints(table)
                ),
                "checks": sorted(
                    (c["name"] or "", squeezed(c["sqltext"])) for c in inspector.get_check_constraints(table)
                ),
                "indexes": sorted(
                    (i["name"] or "", i["column_names"], bool(i["unique"]), predicate(connection, i["name"]))
                    for i in inspector.get_indexes(table)
                ),
            }
            for table in inspector.get_table_names()
            if table != "alembic_version"
        }


def squeezed(sql: str) -> str:
    """Return SQL without the spaces and brackets that the two databases print differently."""
    return re.sub(r"[\s()]", "", sql)


def predicate(connection: object, index: str | None) -> str:
    """Return the definition of an index as the database keeps it, its WHERE included."""
    dialect = connection.dialect.name  # type: ignore[attr-defined]
    query = (
        "SELECT sql FROM sqlite_master WHERE name = :name"
        if dialect == "sqlite"
        else "SELECT indexdef FROM pg_indexes WHERE indexname = :name"
    )
    found = connection.execute(text(query), {"name": index}).scalar()  # type: ignore[attr-defined]
    return re.sub(r"\s", "", found or "")


def test_the_migrated_schema_is_the_one_the_code_describes(database: Database) -> None:
    migrated = described(database)
    schema.downgrade(database, "base")
    schema.metadata.create_all(database.engine.execution_options(write=True))
    assert described(database) == migrated
    assert len(migrated) == len(schema.metadata.tables)


def test_every_check_in_the_code_has_a_name_and_stands_in_the_database(database: Database) -> None:
    written = {
        str(constraint.name)
        for table in schema.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    kept = {
        check["name"]
        for table in inspect(database.engine).get_table_names()
        for check in inspect(database.engine).get_check_constraints(table)
    }
    assert kept == written
    assert "ck_endorsement_not_oneself" in kept


def test_the_watch_over_plans_and_labels_is_there_however_the_tables_were_made(database: Database) -> None:
    with database.engine.connect() as connection:
        migrated = watch(connection)
    schema.downgrade(database, "base")
    schema.metadata.create_all(database.engine.execution_options(write=True))
    with database.engine.connect() as connection:
        assert watch(connection) == migrated
        names = [name for one in schema.WATCHES for name in one.installed(connection)]
    assert len(names) == 3 * sum(len(one.tables) for one in schema.WATCHES)
    assert {"plan_watch_registration_update", "label_watch_contribution_insert"} <= {*names}


def watch(connection: Connection) -> list[str]:
    """Return the triggers as the database keeps them: their words, as columns are in no order that matters."""
    query = (
        "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
        "UNION ALL SELECT prosrc FROM pg_proc WHERE proname LIKE '%_watch_%'"
    )
    return sorted(
        " ".join(sorted(re.findall(r"\w+", one))) for one in connection.execute(text(query)).scalars()
    )


def test_going_down_leaves_nothing_and_up_again_works(database: Database) -> None:
    schema.downgrade(database, "base")
    left = MetaData()
    left.reflect(database.engine)
    assert set(left.tables) <= {"alembic_version"}
    schema.upgrade(database)
    assert schema.is_current(database)


def test_names_kept_by_an_older_rule_stand_in_the_list_by_surname_where_todays_puts_them(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    names = {name: make.person(name) for name in ("William (Bill) Reed", "Peadar Ó Néill", "Ana Lima")}
    right = {name: one.surname_place for name, one in names.items()}
    schema.downgrade(database, "0046")
    with database.writing() as session:
        older = {"William (Bill) Reed": "0bill reed william", "Peadar Ó Néill": "0neill peadar o"}
        for name, place in older.items():
            session.execute(
                text("UPDATE person SET surname_place = :place WHERE name = :name"),
                {"place": place, "name": name},
            )
    schema.upgrade(database)
    with database.reading() as session:
        rows = session.execute(text("SELECT name, surname_place FROM person"))
        assert {name: place for name, place in rows} == right
