"""Whether a page of one event costs the same when the installation holds many events: rows that the database reads.

Run `python -m benchmarks.many_events --events 1000 --people 500 --datasets 300` with PostgreSQL at the address in
MATCHMAKER_TEST_POSTGRES_URL; a database is made there and removed. One event is made and every page of
docs/pages.md opened as its role; then the event is copied by bulk statements, with its people, credits and
catalogue, until there are so many, and the same pages are opened again. Each question that a page asks is run once
more under EXPLAIN (ANALYZE): rows read are what every scan gave and threw away, whatever else the machine does.
Processor time is that of the page's own thread, and execution time what the database says of itself.

It prints the pages that read most more than alone, and the ten most frequent questions with their indexes.
"""

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import event

from benchmarks.installation import fill
from benchmarks.multiply import multiply
from benchmarks.page_rows import ROWS, World, addresses, world
from benchmarks.pages import keep_what_is_kept
from benchmarks.serving import temporary_database
from matchmaker.commands.installation import Installation, open_installation
from matchmaker.settings import from_environment
from matchmaker.store.session import Database
from matchmaker.web.app import create_app

TIMES = 2
NAMED = 10
Asked = tuple[str, Any]
"""A question, and what it was asked with."""


@dataclass
class Cost:
    """What a page or question cost: rows that scans read, milliseconds of the database, and of the page's thread."""

    rows: int = 0
    executed: float = 0.0
    used: float = 0.0
    indexes: Counter[str] = field(default_factory=Counter)
    scanned: Counter[str] = field(default_factory=Counter)


def scans(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give every part of a plan that reads a table."""
    if "Relation Name" in plan or "Index Name" in plan:
        yield plan
    for part in plan.get("Plans", []):
        yield from scans(part)


def explained(database: Database, asked: Asked) -> Cost:
    """Ask once more, and return what the database says of it."""
    statement, given = asked
    with database.reading() as session:
        said = session.connection().exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", given)
        told = said.scalar_one()
    (found,) = json.loads(told) if isinstance(told, str) else told
    cost = Cost(executed=found["Execution Time"])
    for one in scans(found["Plan"]):
        gone = one.get("Rows Removed by Filter", 0) + one.get("Rows Removed by Index Recheck", 0)
        cost.rows += round((one["Actual Rows"] + gone) * one["Actual Loops"])
        if "Index Name" in one:
            cost.indexes[one["Index Name"]] += 1
        elif one["Node Type"].endswith("Seq Scan"):
            cost.scanned[one["Relation Name"]] += 1
    return cost


class Pages:
    """The pages of one event, opened in this process while every question is written down."""

    def __init__(self, installation: Installation, there: World) -> None:
        """Listen to the database."""
        self.database, self.there = installation.database, there
        self.app: Flask = create_app(installation.settings, installation.database, installation.queue)
        self.asked: list[Asked] = []
        self.often: Counter[str] = Counter()
        self.example: dict[str, Asked] = {}

        def hear(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
            if statement.startswith(("SELECT", "WITH")):
                self.asked.append((statement, given))

        event.listen(self.database.engine, "before_cursor_execute", hear)

    def opened(self, only: str) -> dict[str, Cost]:
        """Open every page some times and return what it cost, added up."""
        return {
            name: self._page(name, addresses(self.app, name, row, self.there))
            for name, row in ROWS.items()
            if only in name
        }

    def _page(self, name: str, places: list[tuple[str, str]]) -> Cost:
        cost = Cost()
        for where, signed in islice(places, TIMES):
            self.asked.clear()
            client = self.app.test_client(use_cookies=False)
            began = time.thread_time()
            client.get(where, headers={"Cookie": signed} if signed else {}).get_data()
            cost.used += 1e3 * (time.thread_time() - began)
            for one in list(self.asked):
                shape = re.sub(r"%\(\w+\)s", "?", one[0])
                self.often[shape] += 1
                self.example.setdefault(shape, one)
                told = explained(self.database, one)
                cost.rows += told.rows
                cost.executed += told.executed
                cost.scanned += told.scanned
        return cost


def say_pages(alone: dict[str, Cost], among: dict[str, Cost]) -> None:
    """Print the pages that read most more than alone, and how many read the same."""
    grown = sorted(alone, key=lambda one: -among[one].rows / max(alone[one].rows, 1))
    same = [one for one in alone if among[one].rows <= 1.1 * alone[one].rows + 10]
    used = sum(one.used for one in among.values()) / (sum(one.used for one in alone.values()) or 1)
    print(
        f"{len(same)} of {len(alone)} pages read no more rows than alone; processor time of all: {used:.2f} times"
    )
    print("page | rows alone | rows among many | database alone, ms | among many, ms | scanned whole")
    for one in grown[:25]:
        a, b = alone[one], among[one]
        print(
            f"{one} | {a.rows:,} | {b.rows:,} | {a.executed:.1f} | {b.executed:.1f}"
            f" | {', '.join(sorted(b.scanned)) or '-'}"
        )


def say_questions(pages: Pages) -> None:
    """Print the questions that were asked most often, with what EXPLAIN says of each."""
    print("times | rows | by which index | question")
    for shape, times in pages.often.most_common(NAMED):
        told = explained(pages.database, pages.example[shape])
        how = ", ".join([*sorted(told.indexes), *(f"all of {one}" for one in sorted(told.scanned))])
        words = re.sub(r"\s+", " ", shape)
        after = words[words.find("FROM ") :][:160]
        print(f"{times} | {told.rows:,} | {how or '-'} | {after}")


def main() -> None:
    """Make one event, open its pages, make it one of many, and open them again."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, default=200)
    asked.add_argument("--people", type=int, default=500)
    asked.add_argument("--datasets", type=int, default=300)
    asked.add_argument("--only", default="", help="a part of a page's name")
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, temporary_database(True, folder) as url:
        settings = from_environment(
            {"MATCHMAKER_DATABASE_URL": url, "MATCHMAKER_INSTANCE": folder, "MATCHMAKER_DEMO": "yes"}
        )
        made = fill(Database(url), wanted.people, wanted.datasets)
        installation = open_installation(settings)
        with installation.database.writing() as session:
            there = world(session, made, settings.secret_key)
        keep_what_is_kept(installation)
        pages = Pages(installation, there)
        alone = pages.opened(wanted.only)
        began = time.perf_counter()
        rows = multiply(installation.database, wanted.events - 1)
        print(
            f"{wanted.events:,} events: {rows:,} rows copied in {time.perf_counter() - began:.0f} s",
            flush=True,
        )
        pages.often.clear()
        say_pages(alone, pages.opened(wanted.only))
        say_questions(pages)
        installation.database.dispose()


if __name__ == "__main__":
    main()
