"""The tables in the code and the tables the migrations make are the same, on both databases."""

import re
import shutil
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from sqlalchemy import CheckConstraint, Connection, inspect, text

from matchmaker.store import schema
from matchmaker.store.session import Database
from tests.databases import of_the_run


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


class Ways(NamedTuple):
    """The schema of a database as the migrations make it, what their way back leaves, and as the code makes it."""

    migrated: dict[str, object]
    watched: list[str]
    left: set[str]
    coded: dict[str, object]
    coded_watched: list[str]
    names: list[str]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def ways(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ways]:
    """Go all the way down and up by the code, once for each kind of database: it is what takes long here."""
    if request.param == "postgres":
        emptied = request.getfixturevalue("emptied_postgres")
        found = seen(emptied.database)
        # Made anew before any test that has the database meets it.
        emptied.empty()
        yield found
        return
    file = tmp_path_factory.mktemp("schema") / "test.db"
    shutil.copy(request.getfixturevalue("empty_sqlite"), file)
    database = of_the_run(Database(f"sqlite:///{file}"))
    yield seen(database)
    database.dispose()


def seen(database: Database) -> Ways:
    """Look at a migrated database on both ways."""
    with database.engine.connect() as connection:
        watched = watch(connection)
    migrated = described(database)
    schema.downgrade(database, "base")
    left = set(inspect(database.engine).get_table_names())
    schema.metadata.create_all(database.engine.execution_options(write=True))
    with database.engine.connect() as connection:
        names = [name for one in schema.WATCHES for name in one.installed(connection)]
        return Ways(migrated, watched, left, described(database), watch(connection), names)


def test_the_migrated_schema_is_the_one_the_code_describes(ways: Ways) -> None:
    assert ways.coded == ways.migrated
    assert len(ways.migrated) == len(schema.metadata.tables)


def test_the_watch_over_plans_and_labels_is_there_however_the_tables_were_made(ways: Ways) -> None:
    assert ways.coded_watched == ways.watched
    assert len(ways.names) == 3 * sum(len(one.tables) for one in schema.WATCHES)
    assert {"plan_watch_registration_update", "label_watch_contribution_insert"} <= {*ways.names}


def test_going_down_leaves_nothing(ways: Ways) -> None:
    assert ways.left <= {"alembic_version"}


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


def test_names_kept_by_an_older_rule_are_found_and_stand_where_todays_puts_them(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    names = ("William (Bill) Reed", "Ian McKellen CH CBE", "Ann O’Hara", "Ana Lima")
    row = make.registration(make.event(), make.person(names[2], organisation="King’s"), directory_key="kings")
    for name in (names[0], names[1], names[3]):
        make.person(name)

    def kept() -> list[tuple[Any, ...]]:
        with database.reading() as session:
            asked = (
                "SELECT name, name_key, organisation_key, place_key, surname_place FROM person ORDER BY name"
            )
            found = [tuple(one) for one in session.execute(text(asked))]
            return [*found, tuple(session.execute(text("SELECT directory_key FROM registration")).one())]

    right = kept()
    assert row.directory_key == "kings"
    schema.downgrade(database, "0048")
    with database.writing() as session:
        for name, key, place in (
            (names[0], "william (bill) reed", "0bill reed william"),
            (names[1], "ian mckellen ch cbe", "0ch cbe  ian mckellen"),
            (names[2], "ann o’hara", "0o’hara  ann"),
        ):
            session.execute(
                text(
                    "UPDATE person SET name_key = :key, place_key = :place, surname_place = :place, "
                    "organisation_key = 'king’s' WHERE name = :name"
                ),
                {"key": key, "place": place, "name": name},
            )
        session.execute(text("UPDATE registration SET directory_key = 'king’s'"))
    schema.upgrade(database)
    assert kept() == right


def test_an_accent_for_an_apostrophe_is_found_and_stands_as_one(database: Database, maker: Any) -> None:
    make = maker(database)
    typed, other = make.person("Ann O´Hara", organisation="King´s"), make.person("Bo Lee", organisation="Kew")
    make.registration(make.event(), typed, directory_key="ann o hara king s studies peat")
    make.registration(make.event(), other, directory_key="bo lee kew")
    asked = text("SELECT name_key, organisation_key, place_key, surname_place FROM person ORDER BY id")
    listed = text("SELECT directory_key FROM registration ORDER BY id")
    with database.reading() as session:
        right = [tuple(one) for one in session.execute(asked)]
    assert right[0] == ("ann ohara", "kings", "0ann ohara", "0ohara  ann")
    schema.downgrade(database, "0048")
    with database.writing() as session:
        session.execute(
            text(
                "UPDATE person SET name_key = 'ann o hara', organisation_key = 'king s', "
                "place_key = '0ann o hara', surname_place = '0o hara  ann' WHERE id = :one"
            ),
            {"one": typed.id},
        )
    schema.upgrade(database)
    with database.reading() as session:
        assert [tuple(one) for one in session.execute(asked)] == right
        assert list(session.execute(listed).scalars()) == ["ann ohara kings studies peat", "bo lee kew"]
