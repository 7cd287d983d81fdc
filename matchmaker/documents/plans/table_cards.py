"""Table cards: a number to find across a hall, and under it who sits there in each round.

One A4 sheet a table, folded once to an A5 card that stands and shows the same on both sides. Figures are 50
mm tall: at 10 m that is 17 minutes of arc, three times what normal sight needs. The type shrinks to fit the rounds;
a very full day goes on a second card.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.fonts import Fonts
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.people import names
from matchmaker.documents.plans.stamp import Stamp

EMPTY_TABLE = "free"


@dataclass(frozen=True)
class CardRound:
    """Who sits at the table in one round, by full name, or which `topic` is talked about; neither is a free table.

    Times carry a zone. `whole` are names to be said in whole, since somebody else at the event has the same.
    """

    round: int
    starts: datetime
    ends: datetime
    names: tuple[str, ...]
    topic: str = ""
    whole: Set[str] = frozenset()


@dataclass(frozen=True)
class TableCard:
    """One table of the hall; `note` is a property worth reading, such as `step-free`, or empty."""

    number: int
    rounds: tuple[CardRound, ...]
    note: str = ""


def cards_pdf(cards: Sequence[TableCard], stamp: Stamp, fonts: Fonts | None = None) -> bytes:
    """Make the cards a PDF; see `cards_sheets`."""
    return cards_sheets(cards, stamp).pdf(fonts)


def cards_sheets(cards: Sequence[TableCard], stamp: Stamp) -> Sheets:
    """Make the cards, in the order of the table numbers. Raises ValueError for no cards."""
    if not cards:
        raise ValueError("There is nothing to print.")
    values = {
        "event": stamp.event,
        "stamp": stamp.full,
        "free": EMPTY_TABLE,
        "cards": [_card(card, stamp) for card in sorted(cards, key=lambda card: card.number)],
    }
    return Sheets("table_cards", f"Table cards for {stamp.event}", stamp.made_at, values)


def _card(card: TableCard, stamp: Stamp) -> dict[str, object]:
    return {
        "number": str(card.number),
        "note": card.note,
        "rounds": [
            {
                "starts": stamp.clock(one.starts),
                "names": [one.topic] if one.topic else names.at_one_table(one.names, one.whole),
            }
            for one in card.rounds
        ],
    }
