"""How long a list of people and a catalogue take to be read, previewed and imported, and how much memory that needs.

    python -m benchmarks.imports [PEOPLE] [DATASETS] [--postgres URL]

Makes up a list (CSV and .xlsx) and a CKAN answer, each also at half its size. Prints for each step the seconds that
passed, those in which it computed, and the latter for 1,000 rows, on a new SQLite database and, unless
`--postgres ""`, on a new one on that server. Each step runs in a process of its own, whose most memory is printed.
"""

import argparse
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from matchmaker.intake.attendees import read_attendees
from matchmaker.intake.catalogue import read_catalogue
from matchmaker.jobs.read_upload import apart
from matchmaker.services.attendee_lists import import_people, keep_readings, uploads
from matchmaker.services.catalogue import import_datasets
from matchmaker.services.catalogue.import_datasets import Yes
from matchmaker.store import schema
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.event.events import Event
from matchmaker.store.session import Database

WORDS = (
    *("river", "soil", "flood", "tide", "wind", "rain", "peat", "air", "noise"),
    *("land", "water", "farm", "forest", "fish", "coast", "map", "survey", "archive"),
)


def people_table(count: int) -> list[list[str]]:
    """Return a header and so many made-up people, with the dirt that lists have."""
    chance = random.Random(7)
    table = [
        [
            "First name",
            "Last name",
            "Email",
            "Organisation",
            "Status",
            "About you",
            "Topics",
            "Datasets used",
            "Access needs",
        ]
    ]
    for number in range(count):
        pick = [chance.choice(WORDS) for _ in range(40)]
        table.append(
            [
                f"{pick[0].title()}é",
                f"{pick[1].title()}-{number}",
                f"person.{number}@example.org",
                f"Body {number % 40}",
                chance.choice(["Confirmed", "Confirmed", "Pending", "Cancelled"]),
                " ".join(pick),
                "; ".join(pick[:4]),
                f"Dataset {number % 500} {pick[5]}",
                chance.choice(["", "", "No stairs please", "None", "BSL"]),
            ]
        )
    return table


def as_csv(table: list[list[str]]) -> bytes:
    """Return the table as CSV."""
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in table).encode()


def as_workbook(table: list[list[str]]) -> bytes:
    """Return the table as .xlsx."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for row in table:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def catalogue(count: int) -> bytes:
    """Return a search answer with so many made-up packages."""
    chance = random.Random(7)
    packages = []
    for number in range(count):
        pick = [chance.choice(WORDS) for _ in range(80)]
        packages.append(
            {
                "id": f"id-{number}",
                "name": f"dataset-{number}",
                "title": f"Dataset {number} {pick[0]} {pick[1]}",
                "notes": " ".join(pick),
                "tags": [{"name": word} for word in pick[:4]],
                "organization": {"title": f"Body {number % 40}"},
                "resources": [{"url": "https://example.org/a.csv"}],
            }
        )
    answer = {"success": True, "result": {"count": count, "results": packages}}
    return json.dumps(answer).encode()


def step(url: str, what: str, file: str) -> None:
    """Do one step on one file, and print the seconds it took and the most memory of one process, in MB."""
    data = Path(file).read_bytes()
    database = Database(url)
    begin, busy = time.perf_counter(), _computed()
    _STEPS[what](database, data)
    seconds, busy = time.perf_counter() - begin, _computed() - busy
    database.dispose()
    status = Path(
        "/proc/self/status"
    ).read_text()  # Linux alone tells it of this process without its parent's
    own = int(status.partition("VmHWM:")[2].split()[0])
    most = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(json.dumps([seconds, busy, most / 1024]))


def _computed() -> float:
    """Return the seconds of processor time that this process and those it waited for have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _keep(database: Database, kind: ImportKind, data: bytes) -> None:
    """Keep an upload and read it, as the page and its first job do."""
    with database.writing() as session:
        event = Event(name="Benchmark", held_on=date.today(), erase_on=date.today())
        session.add(event)
        session.flush()
        row = uploads.keep(session, event.id, kind, "file", data, None, source="benchmark")
        order = keep_readings.order(row, {}, uploads.decisions(row))
    reading = apart(order, data)
    with database.writing() as session:
        uploads.take_in(session, session.query(Import).one(), reading)


def _people(database: Database, data: bytes) -> None:
    _keep(database, ImportKind.ATTENDEES, data)
    with database.reading() as session:
        import_people.preview(session, session.query(Event).one(), session.query(Import).one())
    with database.writing() as session:
        row = session.query(Import).one()
        import_people.carry_out(session, session.query(Event).one(), row, uploads.listed(session, row))


def _datasets(database: Database, data: bytes) -> None:
    _keep(database, ImportKind.CATALOGUE, data)
    with database.reading() as session:
        row = session.query(Import).one()
        import_datasets.preview(session, row, import_datasets.listed(session, row))
    with database.writing() as session:
        row = session.query(Import).one()
        import_datasets.carry_out(session, row, import_datasets.listed(session, row), Yes())


_STEPS: dict[str, Callable[[Database, bytes], object]] = {
    "read": lambda _, data: read_attendees(data, "file"),
    "read catalogue": lambda _, data: read_catalogue(data, "file"),
    "read, preview and import": _people,
    "read, preview and import catalogue": _datasets,
}


def _measure(url: str, what: str, file: Path, rows: int) -> str:
    database = Database(url)
    schema.upgrade(database)
    database.dispose()
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.imports", "--step", url, what, str(file)],
        check=True,
        stdout=subprocess.PIPE,
    )
    seconds, busy, memory = json.loads(ran.stdout)
    each = busy / rows * 1000
    return (
        f"{what} | {file.name} | {rows:,} | {seconds:.1f} s | {busy:.1f} s | {each:.2f} s | {memory:.0f} MB"
    )


def main(people: int, datasets: int, postgres: str) -> None:
    """Print a line for each step, size and database."""
    from benchmarks.search import new_database  # noqa: PLC0415 - brings the site, whose memory is not meant here

    with tempfile.TemporaryDirectory() as folder:
        files = []
        for share in (2, 1):
            table = people_table(people // share)
            for name, content in ((f"{share}.csv", as_csv(table)), (f"{share}.xlsx", as_workbook(table))):
                path = Path(folder) / name
                path.write_bytes(content)
                files.append((path, people // share, ("read", "read, preview and import")))
            path = Path(folder) / f"{share}.json"
            path.write_bytes(catalogue(datasets // share))
            files.append((path, datasets // share, ("read catalogue", "read, preview and import catalogue")))
        print("database | step | file | rows | time | computing | for 1,000 rows | most memory")
        for path, rows, steps in files:
            for what in steps:
                print(
                    "SQLite |",
                    _measure(f"sqlite:///{Path(folder) / f'{path.name}-{len(what)}.db'}", what, path, rows),
                    flush=True,
                )
                if postgres and "import" in what:
                    with new_database(postgres) as url:
                        print("PostgreSQL |", _measure(url, what, path, rows), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="?", type=int, default=5000)
    parser.add_argument("datasets", nargs="?", type=int, default=20_000)
    parser.add_argument("--postgres", default="postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
    parser.add_argument("--step", nargs=3, metavar=("URL", "WHAT", "FILE"))
    asked = parser.parse_args()
    if asked.step:
        step(*asked.step)
    else:
        main(asked.people, asked.datasets, asked.postgres)
