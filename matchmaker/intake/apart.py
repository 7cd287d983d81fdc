"""Reading one file in a process of its own, which ends at a limit of seconds and of memory.

A file from outside can be made to take hours or all memory. Whatever it does, it does it here: this process knows
no secret, holds no lock, and is done away with when its time is over. Run as `python -m matchmaker.intake.apart`
it takes an `Order` as one line of JSON and then the file on standard input, and writes a `Reading` as JSON.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from matchmaker.intake.attendees import AttendeeFile, Sheet, headers, read_attendees
from matchmaker.intake.catalogue import CatalogueFile, read_catalogue
from matchmaker.intake.day_times import BY_DAY, Day
from matchmaker.intake.problems import Decisions, IntakeError

try:
    import resource
except ImportError:  # Windows: there the parent's clock is the only limit
    resource = None  # type: ignore[assignment]

SECONDS = 45
"""Of work; the parent waits twice as long, as others may be at work too."""
MEMORY = 1024**3
"""Bytes: several times what the largest file within the limits of size needs."""
TOO_MUCH = (
    "This file takes too long to read, or too much memory. "
    "Keep only the sheet and the columns that are needed, save it as CSV, and choose that file."
)


@dataclass(frozen=True)
class Order:
    """What to read: "attendees" or "catalogue", under which name, and what was said of its columns and lines.

    `day` is from when to when the event is, for times that do not say which half of a day they mean.
    `seconds` of work and `memory` in bytes are the most that reading it may take.
    """

    kind: str
    name: str
    said: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)
    day: Day = BY_DAY
    seconds: int = SECONDS
    memory: int = MEMORY


@dataclass(frozen=True)
class Reading:
    """What was read of a file: the columns and people of a list, or a catalogue; or in words why it was not.

    A list whose columns need explaining has a `sheet`, a `problem` and no `people` yet. `said` is what its columns
    were said to mean when it was read.
    """

    sheet: Sheet | None = None
    people: AttendeeFile | None = None
    catalogue: CatalogueFile | None = None
    problem: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


def read(order: Order, data: bytes) -> Reading:
    """Read the file `data` in this process; what is wrong with it is in the answer."""
    sheet = None
    try:
        if order.kind == "catalogue":
            return Reading(catalogue=read_catalogue(data, order.name))
        sheet = headers(data, order.name)
        people = read_attendees(data, order.name, order.said, order.decisions, order.day)
        return Reading(sheet, people, said=order.said)
    except IntakeError as unreadable:
        return Reading(sheet, problem=str(unreadable), said=order.said)
    except (MemoryError, RecursionError):
        return Reading(sheet, problem=TOO_MUCH, said=order.said)


def encoded(reading: Reading) -> bytes:
    """Return a reading as JSON, in which it is kept."""
    return msgspec.json.encode(reading)


def decoded(kept: bytes) -> Reading | None:
    """Return a kept reading, or None where another version of matchmaker kept it differently."""
    try:
        return msgspec.json.decode(kept, type=Reading)
    except msgspec.DecodeError:
        return None


def main() -> None:
    """Read what standard input holds, within the limits."""
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (order.seconds, order.seconds))
        resource.setrlimit(resource.RLIMIT_AS, (order.memory, order.memory))
    sys.stdout.buffer.write(encoded(read(order, sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
