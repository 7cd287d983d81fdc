"""Every table has its place on the way to the hall, so that a new one cannot be forgotten."""

from matchmaker.store import schema
from matchmaker.store.event import hall_rows
from matchmaker.store.session import Database

NAMES = {table.name for table in schema.metadata.sorted_tables}


def test_each_list_names_tables_that_there_are() -> None:
    for listed in (hall_rows.STAY, hall_rows.WORKED_OUT, hall_rows.SHARED):
        assert listed <= NAMES


def test_the_rows_of_each_table_that_travels_are_asked_for(sqlite: Database) -> None:
    with sqlite.engine.connect() as connection:
        found = {table.name: list(rows) for table, rows in hall_rows.selected(connection, 1)}
    assert found == {name: [] for name in NAMES - hall_rows.STAY}


def test_nothing_that_travels_points_to_what_stays() -> None:
    pointing = {
        (table.name, column.name)
        for table in hall_rows.taken()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in hall_rows.STAY
    }
    assert pointing == set()
