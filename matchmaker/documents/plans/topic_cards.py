"""Topic cards: what is talked about in a corner of the hall, who hosts it, and when it is there.

One A4 sheet a topic, folded once to an A5 card that stands and shows the same on both sides, like a table's card. Who
gave a star, or is planned there, is on no card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.pdf import Sheets
from matchmaker.documents.plans.stamp import Stamp


@dataclass(frozen=True)
class TopicTime:
    """A round in which a topic is talked about, and the number of its table; times carry a zone."""

    starts: datetime
    ends: datetime
    table: int


@dataclass(frozen=True)
class CornerCard:
    """A topic in its host's words, the name of the host, and when and where it is held, in order."""

    title: str
    about: str
    host: str
    times: tuple[TopicTime, ...]


def topic_sheets(cards: Sequence[CornerCard], stamp: Stamp) -> Sheets:
    """Make the cards, in the order of tables and times. Raises ValueError for no cards."""
    if not cards:
        raise ValueError("There is nothing to print.")
    values = {
        "event": stamp.event,
        "stamp": stamp.full,
        "cards": [_card(card, stamp) for card in sorted(cards, key=_place)],
    }
    return Sheets("topic_cards", f"Topic cards for {stamp.event}", stamp.made_at, values)


def _place(card: CornerCard) -> tuple[int, datetime, str]:
    return card.times[0].table, card.times[0].starts, card.title


def _card(card: CornerCard, stamp: Stamp) -> dict[str, object]:
    return {
        "title": card.title,
        "about": card.about,
        "host": card.host,
        "times": [
            f"{stamp.clock(one.starts)} to {stamp.clock(one.ends)}, table {one.table}" for one in card.times
        ],
    }
