"""A migration is drafted from the tables in the code, and makes them."""

import subprocess
import sys
from pathlib import Path

import pytest

from matchmaker.store.migration_draft import NothingChanged, draft

CHANGE = """
import sys
from pathlib import Path
from sqlalchemy import CheckConstraint, Column, Integer, inspect, text
from matchmaker.store import schema
from matchmaker.store.migration_draft import draft
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

Person.__table__.append_column(Column("visits", Integer, nullable=False, default=7))
Person.__table__.append_constraint(CheckConstraint("visits >= 0", name="visits_from_none"))
folder = Path(sys.argv[1])
database = Database(f"sqlite:///{folder}/there.db")
schema.upgrade(database)
with database.engine.execution_options(write=True).begin() as connection:
    connection.execute(text(
        "INSERT INTO person (public_id, name, organisation, job_title, show_name, open_to_thanks, is_owner,"
        " created_at) VALUES ('p', 'Ada', '', '', 1, 1, 0, '2027-01-01')"
    ))
path = draft("Visits of a person", folder)
print(path.name)
source = path.read_text()
assert "ck_person_visits_from_none" in source, source
config = schema.config_for(database)
config.set_main_option("path_separator", "os")
from alembic import command
from alembic.script import ScriptDirectory
config.set_main_option("version_locations", f"{folder}:{ScriptDirectory.from_config(config).versions}")
command.upgrade(config, "head")
with database.engine.connect() as connection:
    print(connection.execute(text("SELECT name, visits FROM person")).all())
print([check["name"] for check in inspect(database.engine).get_check_constraints("person")])
"""


def test_a_changed_table_gives_a_migration_with_its_checks_that_keeps_the_rows_there_are(
    tmp_path: Path,
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CHANGE, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    name, rows, checks = ran.stdout.splitlines()[-3:]
    assert name.endswith("_visits_of_a_person.py")
    assert rows == "[('Ada', 7)]"
    assert "ck_person_visits_from_none" in checks


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    with pytest.raises(NothingChanged):
        draft("nothing", tmp_path)
    assert list(tmp_path.iterdir()) == []
