"""How many texts the sentence model reads a second, and how long 1,000 people with five datasets each take.

    OMP_NUM_THREADS=2 python -m benchmarks.meaning [--people 1000]

First texts of three lengths, already in memory, by processor time; then an event's texts, as a job reads and keeps
them in a database of its own: what each person says of themselves (forty words), and five datasets each, all
different, described in 100 words as a catalogue does, and then with an abstract of 220. It tells how far it is as a
job does. On a machine with other work the processor's seconds divided by the threads say what a quiet one takes. The
sentence model must be installed.
"""

import argparse
import json
import random
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from matchmaker.jobs.meaning import Remembered
from matchmaker.jobs.work import Work
from matchmaker.matching.meaning import load
from matchmaker.settings import from_environment
from matchmaker.store import schema
from matchmaker.store.event.events import Event
from matchmaker.store.session import Database

DEMO = Path(__file__).parent.parent / "matchmaker" / "commands" / "demo_event"
FIELDS = {"people.json": ("bio", "offers", "needs"), "datasets.json": ("title", "description")}
DATASETS = 5
LENGTHS = {"abstracts of 220 words": 220, "texts of 40 words": 40, "titles of 8 words": 8}
DESCRIBED = (100, 220)
"""So many words have the texts of the datasets: a catalogue's description, and an abstract."""

SECONDS = 3.0
"""Processor time spent on each length, at least."""


class Sayings:
    """Texts of a given length, made of what the demo's people and datasets say, drawn by a seed."""

    def __init__(self, seed: int = 1) -> None:
        """Read the demo's sentences."""
        self.chance = random.Random(seed)
        self.said = [
            one[field].split()
            for name, fields in FIELDS.items()
            for one in json.loads((DEMO / name).read_text(encoding="utf-8"))
            for field in fields
            if one.get(field)
        ]

    def text(self, words: int) -> str:
        """Return sentences one after another, cut after so many words."""
        found: list[str] = []
        while len(found) < words:
            found += self.chance.choice(self.said)
        return " ".join(found[:words])


class Told(Work):
    """A job without a row, which prints how far it is."""

    def progress(self, done: int, total: int, saying: str = "") -> None:
        """Print how far it is."""
        print(f"\r{saying}: {done:,} of {total:,}", end="", flush=True)


def speed(sayings: Sayings, words: int) -> float:
    """Return how many new texts of so many words are read in a second of processor time."""
    model, texts, taken = load(), 0, 0.0
    model([sayings.text(words) for _ in range(64)])  # the shapes are made ready
    while taken < SECONDS:
        some = [sayings.text(words) for _ in range(64)]
        start = time.process_time()
        model(some)
        taken += time.process_time() - start
        texts += len(some)
    return texts / taken


def event(sayings: Sayings, people: int, words: int) -> str:
    """Read and keep the texts of an event of so many people with five datasets each; return how long it took."""
    texts = [sayings.text(40) for _ in range(people)] + [
        sayings.text(words) for _ in range(people * DATASETS)
    ]
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'matchmaker.db'}")
        schema.upgrade(database)
        with database.writing() as session:
            row = Event(name="Readers", held_on=date(2027, 3, 11), erase_on=date(2027, 4, 11))
            session.add(row)
            session.flush()
            event_id = row.id
        model = Remembered(Told(database, from_environment({}), 0, event_id, None, {}), event_id, frozenset())
        begun, busy = time.perf_counter(), time.process_time()
        model(texts)
        took = time.perf_counter() - begun, time.process_time() - busy
        database.dispose()
    return (
        f"\n{len(texts):,} texts, datasets of {words} words: {took[0]:.0f} s, {took[1]:.0f} s of processors"
    )


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--people", type=int, default=1000)
    chosen = options.parse_args()
    sayings = Sayings()
    for name, words in LENGTHS.items():
        print(f"{name}: {speed(sayings, words):,.0f} a second of processor")
    for words in DESCRIBED:
        print(event(sayings, chosen.people, words))


if __name__ == "__main__":
    main()
