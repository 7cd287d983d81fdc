"""The job "read-upload": read what somebody uploaded, in a process that cannot take more than its share."""

import logging
import os
import subprocess
import sys

import msgspec

from matchmaker.intake.apart import TOO_MUCH, Order, Reading, decoded
from matchmaker.intake.day_times import BY_DAY
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.attendee_lists import keep_readings, uploads
from matchmaker.store.attendee_lists import imports
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events

_log = logging.getLogger(__name__)

GONE = "The file is no longer kept. Upload it again."


def read_upload(work: Work) -> JsonObject:
    """Return the public id of the import. No transaction is open while the file is read."""
    assert work.event_id is not None
    with work.reading() as session:
        row = imports.by_public_id(session, work.event_id, work.details["import"])
        if row is None or row.file is None:
            raise JobRefused(GONE)
        event = events.by_id(session, work.event_id)
        order = keep_readings.order(
            row, work.details["said"], uploads.decisions(row), event.hours if event else BY_DAY
        )
        data = row.file.content
    work.progress(0, 1, "Reading the file")
    reading = apart(order, data)
    with work.writing() as session:
        row = imports.by_public_id(session, work.event_id, work.details["import"])
        if row is None or row.file is None:
            raise JobRefused(GONE)
        uploads.take_in(session, row, reading)
    return {"import": work.details["import"]}


def apart(order: Order, data: bytes) -> Reading:
    """Read a file in a process of its own, which knows nothing of this installation's settings."""
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "matchmaker.intake.apart"],
            input=msgspec.json.encode(order) + b"\n" + data,
            stdout=subprocess.PIPE,
            # What goes wrong while reading may quote the file, which is personal data.
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=2 * order.seconds,
        )
    except subprocess.TimeoutExpired:
        return Reading(problem=TOO_MUCH)
    reading = decoded(done.stdout) if done.returncode == 0 else None
    if reading is None:
        _log.warning("Reading an upload ended with code %s", done.returncode)
        return Reading(problem=TOO_MUCH)
    return reading
