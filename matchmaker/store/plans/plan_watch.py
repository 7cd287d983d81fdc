"""Marking, in the database itself, that something has changed on which the reviews of an event's plans depend.

A review is kept beside a plan (`plan_reviews`), and must never be shown once anything it was worked out from is
another. So each row of these tables that is written, by whatever statement, leaves a mark of its event: a trigger
sees what a list of places in the code would sooner or later miss. A mark is a row of `plan_change`; whoever works the
reviews out again takes the marks away first. Columns that no review reads leave none, so that somebody who writes
about their work costs nothing.

SQLite rebuilds a table by dropping it, with its triggers: `migrations.env` takes all away before a migration and puts
them back after it, for the columns that are there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from matchmaker.store.base import Base

PREFIX = "plan_watch_"


@dataclass(frozen=True)
class Watched:
    """A table: `events` gives in SQL the events that a row is of, and `unread` its columns that no review reads."""

    events: str
    unread: frozenset[str] = frozenset()


_OWN = "SELECT {row}.event_id AS event_id"
_OF_PLAN = "SELECT event_id FROM plan WHERE id = {row}.plan_id"


def _of_person(person: str) -> str:
    """Return the events that somebody is registered at, was planned for, or has pitched a topic for."""
    return (
        f"SELECT event_id FROM registration WHERE person_id = {person} UNION "  # noqa: S608
        "SELECT plan.event_id FROM planned_person JOIN plan ON plan.id = planned_person.plan_id "
        f"WHERE planned_person.person_id = {person} UNION "
        f"SELECT event_id FROM table_topic WHERE host_id = {person}"
    )


def _columns(words: str) -> frozenset[str]:
    return frozenset(words.split())


WATCHED: Mapping[str, Watched] = {
    # A block holds at every event.
    "answer": Watched(
        f"{_OWN} UNION SELECT event_id FROM registration "  # noqa: S608
        "WHERE person_id = {row}.person_id AND {row}.kind = 'block'",
        _columns("id at"),
    ),
    "address": Watched(_of_person("{row}.person_id")),
    "event": Watched(
        "SELECT {row}.id AS event_id", _columns("counts wall_key opened_at missed_at asked_if_solved_at")
    ),
    "exclusion": Watched(_OWN, _columns("id public_id reason created_at")),
    "hall_table": Watched(_OWN, _columns("id")),
    "meeting": Watched(_OF_PLAN, _columns("why")),
    "person": Watched(
        _of_person("{row}.id"),
        _columns(
            "public_id phone link show_name open_to_thanks few_letters public_since is_owner name_key "
            "organisation_key place_key surname_place created_at"
        ),
    ),
    "plan": Watched(_OWN, _columns("public_id problem made_by_id")),
    "planned_person": Watched(_OF_PLAN),
    "registration": Watched(
        _OWN,
        _columns(
            "id public_id badge_code pool_reason bio offers needs large_print access_needs diet suggestible "
            "on_screen presence_at invited_at profile_saved_at words in_directory directory_key calendar_turn "
            "created_at"
        ),
    ),
    "round": Watched(_OWN, _columns("id")),
    "seat": Watched(_OF_PLAN, _columns("stands_in off_since told_off_at")),
    "table_topic": Watched(_OWN, _columns("public_id about pitched_at")),
    "talk": Watched(_OF_PLAN),
    "talk_seat": Watched(_OF_PLAN, _columns("off_since told_off_at")),
}
"""By the name of a table."""


def read_columns(table: str) -> list[str]:
    """Return the columns of a table whose change makes reviews stale."""
    return [one.name for one in Base.metadata.tables[table].columns if one.name not in WATCHED[table].unread]


def install(connection: Connection) -> None:
    """Put a trigger on each table that is there, for the columns that are there; nothing before there are marks."""
    there = inspect(connection)
    names = set(there.get_table_names())
    if "plan_change" not in names:
        return
    write = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for table, watched in WATCHED.items():
        if table in names:
            columns = [one["name"] for one in there.get_columns(table) if one["name"] not in watched.unread]
            for statement in write(table, watched, columns):
                connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Take all triggers away, so that tables can be rebuilt, or filled with the rows of a backup."""
    if connection.dialect.name == "sqlite":
        for name in installed(connection):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        return
    for name in installed(connection):
        connection.exec_driver_sql(f'DROP FUNCTION "{name}" CASCADE')


def installed(connection: Connection) -> list[str]:
    """Return the names of the triggers, or of the functions that they call, that are there."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, :long) = :prefix ORDER BY name"
        if connection.dialect.name == "sqlite"
        else "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND left(proname, :long) = :prefix ORDER BY proname"
    )
    return list(connection.execute(text(query), {"prefix": PREFIX, "long": len(PREFIX)}).scalars())


_WHEN = {"insert": "AFTER INSERT", "update": "AFTER UPDATE", "delete": "BEFORE DELETE"}
_ROWS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def _sqlite(table: str, watched: Watched, columns: list[str]) -> Iterator[str]:
    """Yield the statements that make the triggers. One mark an event is enough, as there is one writer at a time."""
    for deed, when in _WHEN.items():
        differs = " OR ".join(f'OLD."{one}" IS NOT NEW."{one}"' for one in columns)
        marks = "".join(
            f"INSERT INTO plan_change (event_id, by_transaction) SELECT event_id, 0 FROM "  # noqa: S608
            f"({watched.events.format(row=row)}) AS of "
            "WHERE NOT EXISTS (SELECT 1 FROM plan_change AS mark WHERE mark.event_id = of.event_id); "
            for row in _ROWS[deed]
        )
        yield (
            f'CREATE TRIGGER "{PREFIX}{table}_{deed}" {when} ON "{table}" FOR EACH ROW '
            f"{f'WHEN {differs} ' if deed == 'update' else ''}BEGIN {marks}END"
        )


def _postgresql(table: str, watched: Watched, columns: list[str]) -> Iterator[str]:
    """Yield the statements that make the triggers.

    Each transaction leaves a mark of its own: nobody else sees it before the transaction ends, so one that another
    has left says nothing of what this one changes.
    """
    for deed, when in _WHEN.items():
        differs = " OR ".join(f'OLD."{one}" IS DISTINCT FROM NEW."{one}"' for one in columns)
        marks = "".join(
            "INSERT INTO plan_change (event_id, by_transaction) SELECT DISTINCT event_id, txid_current() FROM "  # noqa: S608
            f"({watched.events.format(row=row)}) AS found ON CONFLICT DO NOTHING; "
            for row in _ROWS[deed]
        )
        name = f"{PREFIX}{table}_{deed}"
        yield (
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS '
            f"$mark$ BEGIN {marks}RETURN COALESCE(NEW, OLD); END $mark$"
        )
        yield (
            f'CREATE TRIGGER "{name}" {when} ON "{table}" FOR EACH ROW '
            f'{f"WHEN ({differs}) " if deed == "update" else ""}EXECUTE FUNCTION "{name}"()'
        )
