"""What the demo is made from: its files, ids that are the same every time, and moments before the event."""

import base64
import hashlib
import json
from datetime import UTC, datetime, time, timedelta
from importlib import resources
from typing import Any

from matchmaker.store.event.events import Event


def read(name: str) -> Any:
    """Return the content of one of the demo's files: event, people, datasets, endorsements, answers, table_topics."""
    folder = resources.files("matchmaker.commands.demo_event")
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def stable_id(kind: str, key: str) -> str:
    """Return a public id that is the same in every demo; guessable, and so for the demo only.

    >>> stable_id("person", "amara-okafor") == stable_id("person", "amara-okafor")
    True
    """
    return base64.urlsafe_b64encode(hashlib.sha256(f"{kind} {key}".encode()).digest())[:16].decode()


def moment(of: Event, number: int, days: int = 30) -> datetime:
    """Return a moment so many days before the event, later for a higher number, so that everything has its order.

    Whoever makes the demo long before the event finds nothing that is still to come: it is then a fortnight ago.
    """
    day = min(of.held_on - timedelta(days=days), datetime.now(UTC).date() - timedelta(days=14))
    return datetime.combine(day, time(9), UTC) + timedelta(minutes=number)
