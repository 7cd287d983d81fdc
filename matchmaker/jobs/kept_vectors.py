"""An event's people and catalogue as numbers, kept in a file between two jobs, so that one profile is read alone.

The file lies in the instance folder, for the workers of this machine; on another machine each makes its own. It is
safe to lose. What is in it counts only for the catalogue, the code and the model that it was made with, and it is
signed, as it is read back as Python objects. A file is personal data: it goes with its event, and after a day.

What a process read last it holds for some minutes, with what changed since, as long as the file is the same: to check
who wrote it and to read it again would take as long as a person's list.
"""

import hashlib
import hmac
import logging
import mmap
import os
import pickle
import struct
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from matchmaker.jobs.work import Work
from matchmaker.services.suggestions.refresh_lists import Ready
from matchmaker.settings import Settings
from matchmaker.store.session import Database

_log = logging.getLogger(__name__)

SIGNATURE = 32
ALIGNED = 64
"""Numbers begin at multiples of this, as the libraries that reckon with them like it."""

DAY = 86_400.0

LEARNT = ("centres", "bio_rows", "users", "spellings", "clauses", "covering")
"""What is worked out over everybody and stays, or changes in one row, when a profile does (`matching.updating`)."""


MOST_HELD = 250_000_000
"""A larger file is not held: a process would be as large for as long as it lives."""


@dataclass(frozen=True)
class KeptVectors:
    """Vectors, and which marks of changed profiles come after them (`profile_changes.now`)."""

    version: str
    seen: int
    ready: Ready
    since: int = 0
    """How many profiles have changed in them that are not so in the file."""


HELD_FOR = 600.0
"""Seconds after which a process lets go of what it has not used: it may be of somebody who was erased meanwhile."""

_held: dict[str, tuple[object, KeptVectors]] = {}
"""What this process holds, and of which file it is: one at most, by no name."""

_end: list[threading.Timer] = []
"""What ends that: one at most."""


def _hold(same: object, kept: KeptVectors) -> None:
    _held[""] = same, kept
    while _end:
        _end.pop().cancel()
    timer = threading.Timer(HELD_FOR, _held.clear)
    timer.daemon = True
    timer.start()
    _end.append(timer)


def load(work: Work, version: str) -> KeptVectors | None:
    """Return what is kept for the job's event, if it is whole and of this version.

    Its numbers stay in the file until they are looked at, and cannot be written to.
    """
    path = _path(work)
    try:
        with path.open("rb") as file:
            same = _identity(work, path, os.fstat(file.fileno()))
            held, kept = _held.get("", (None, None))
            if held != same or kept is None:
                written = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
                kept = _read(work, path, written)
                if kept is not None and written.nbytes <= MOST_HELD:
                    _hold(same, kept)
    except (OSError, ValueError):  # there is none, or it is empty
        _held.clear()
        return None
    return kept if kept is not None and kept.version == version + code() else None


def _read(work: Work, path: Path, written: memoryview) -> KeptVectors | None:
    if not hmac.compare_digest(written[:SIGNATURE], _signed(work, [written[SIGNATURE:]])):
        _log.warning("%s was not written by this installation, and is not used", path)
        return None
    try:
        packed, *numbers = _pieces(written[SIGNATURE:])
        kept = pickle.loads(packed, buffers=numbers)  # noqa: S301 - signed by this installation
    except Exception as unreadable:
        _log.warning("%s cannot be read, and is made anew: %s", path, type(unreadable).__name__)
        return None
    if not isinstance(kept, KeptVectors):
        return None
    _ = kept.ready.vectors.by_column  # laid out once for all who change
    return kept


def hold(before: KeptVectors, now: KeptVectors) -> None:
    """Hold, if `before` is held, what it has become."""
    same, kept = _held.get("", (None, None))
    if kept is before:
        _hold(same, now)


def _identity(work: Work, path: Path, seen: os.stat_result) -> object:
    """Return what is another when anybody has written the file, or it is another, or for another installation."""
    return work.settings.secret_key, path, seen.st_dev, seen.st_ino, seen.st_ctime_ns, seen.st_size


def store(work: Work, version: str, seen: int, ready: Ready) -> None:
    """Keep vectors for the next refresh; a full disk is no reason to fail."""
    _held.clear()
    vectors = replace(ready.vectors)
    vars(vectors).update({counted: getattr(ready.vectors, counted) for counted in LEARNT})
    # Not compressed: that would halve the file, and unpacking takes as long as all the rest of reading it.
    numbers: list[pickle.PickleBuffer] = []
    packed = pickle.dumps(
        KeptVectors(version + code(), seen, replace(ready, vectors=vectors)),
        protocol=5,
        buffer_callback=numbers.append,
    )
    written = _laid_out([memoryview(packed), *(one.raw() for one in numbers)])
    path = _path(work)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(_signed(work, written))
            file.writelines(written)
        os.replace(file.name, path)
    except OSError as full:
        _log.warning("%s could not be kept: %s", path, full)


def _laid_out(pieces: Sequence[memoryview]) -> list[bytes | memoryview]:
    """Return pieces to be written one after the other, each where numbers can be read in place.

    Before them stand how many they are and their lengths. Nothing is copied.
    """
    sizes = [len(pieces), *(one.nbytes for one in pieces)]
    head = struct.pack(f"<{len(sizes)}Q", *sizes)
    padded: list[bytes | memoryview] = [head, bytes(-(SIGNATURE + len(head)) % ALIGNED)]
    for one in pieces:
        padded += [one, bytes(-one.nbytes % ALIGNED)]
    return padded


def _pieces(joined: memoryview) -> Iterator[memoryview]:
    """Yield the pieces that `_laid_out` laid end to end."""
    (count,) = struct.unpack_from("<Q", joined)
    place = 8 + 8 * count
    for size in struct.unpack_from(f"<{count}Q", joined, 8):
        place += -(SIGNATURE + place) % ALIGNED
        yield joined[place : place + size]
        place += size


def forget_old(settings: Settings, database: Database, kept: Callable[[int], bool], at: datetime) -> None:
    """Remove the files that nobody has written for a day, and those of events of which nothing is `kept`."""
    for path in (settings.instance / "vectors").glob("*"):
        event = path.name.rpartition("-")[2]
        try:
            old = path.stat().st_mtime < at.timestamp() - DAY
            if old or (
                event.isdecimal() and path == _file(settings, database, int(event)) and not kept(int(event))
            ):
                path.unlink()
                _held.clear()
        except OSError:
            continue


@cache
def code() -> str:
    """Return what names the code that makes vectors: a hash of its source."""
    import matchmaker.matching  # noqa: PLC0415 - for its folder alone

    folder = Path(matchmaker.matching.__file__ or "").parent
    sources = b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
    return hashlib.sha256(sources).hexdigest()


def _path(work: Work) -> Path:
    assert work.event_id is not None
    return _file(work.settings, work.database, work.event_id)


def _file(settings: Settings, database: Database, event_id: int) -> Path:
    name = hashlib.sha256(database.url.encode()).hexdigest()[:12]
    return settings.instance / "vectors" / f"{name}-{event_id}"


def _signed(work: Work, pieces: Iterable[bytes | memoryview]) -> bytes:
    signature = hmac.new(work.settings.secret_key.encode(), digestmod="sha256")
    for one in pieces:
        signature.update(one)
    return signature.digest()
