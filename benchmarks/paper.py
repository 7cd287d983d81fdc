"""What paper takes: processor time and memory of slips, cards and the list, as multiples of an empty list.

python -m benchmarks.paper [people]
"""

import random
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from matchmaker.documents.fonts import installed
from matchmaker.documents.plans.master_list import ListRound, ListRow, list_pdf
from matchmaker.documents.plans.schedules import Partner, Slip, SlipRow, slips_pdf
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.documents.plans.table_cards import CardRound, TableCard, cards_pdf

ROUNDS, SEED = 6, 20261112
BEGINS = datetime(2026, 11, 12, 10, tzinfo=UTC)
STAMP = Stamp("Data Together", 3, BEGINS, ZoneInfo("Europe/London"), 2)
FIRST = ("Priya", "Tom", "Aoife", "Llŷr", "Zażółć", "Nguyễn", "Maximiliana", "Ada", "Farah", "Elin")
LAST = ("Nair", "Price", "Okafor", "Gruffydd-Ŵyn", "Brzęczyszczykiewicz", "Adeyemi-Clarke", "Rees")
PLACES = (
    "Environment Agency",
    "Natural England",
    "Centre for Environment, Fisheries and Aquaculture Science",
)
TITLES = ("Water Quality Archive", "National Soil Inventory", "Peat Depth of Northern Moors", "Bathing Water")


def main() -> None:
    """Print a line for each kind of sheet."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    draw = random.Random(SEED)
    slips = [_slip(draw, number) for number in range(people)]
    rounds = [ListRound(row.round, row.starts, row.ends) for row in slips[0].rows]
    rows = [ListRow(slip.name, slip.organisation, (1, 2, None, 4, 5, 6)) for slip in slips]
    cards = [
        TableCard(
            number,
            tuple(CardRound(one.round, one.starts, one.ends, (_name(draw), _name(draw))) for one in rounds),
        )
        for number in range(1, people // 2 + 1)
    ]
    installed()
    least, _peak = _cost(lambda: list_pdf([], [], STAMP))
    for what, make in (
        (
            f"slips of {people} people",
            lambda: slips_pdf(slips, STAMP, "12 November 2026, Victoria Hall, Leeds"),
        ),
        (f"cards of {len(cards)} tables", lambda: cards_pdf(cards, STAMP)),
        (f"list of {people} people", lambda: list_pdf(rows, rounds, STAMP)),
    ):
        seconds, peak = _cost(make)
        print(f"{what}: {seconds:.2f} s of processor time, {seconds / least:.0f} × an empty list, {peak} MB")


def _slip(draw: random.Random, number: int) -> Slip:
    rows = tuple(
        SlipRow(
            round_,
            BEGINS + timedelta(minutes=20 * round_),
            BEGINS + timedelta(minutes=20 * round_ + 15),
            draw.randrange(1, 100),
            (Partner(_name(draw), draw.choice(PLACES), "Senior data manager"),),
            f"You are stuck on the {draw.choice(TITLES)}. {draw.choice(FIRST)} keeps it up to date since "
            f"{draw.randrange(1990, 2026)}.",
            f"You are stuck on the {draw.choice(TITLES)}.",
            _name(draw),
        )
        for round_ in range(1, ROUNDS + 1)
    )
    return Slip(f"{_name(draw)} {number}", draw.choice(PLACES), rows)


def _name(draw: random.Random) -> str:
    return f"{draw.choice(FIRST)} {draw.choice(LAST)} {draw.randrange(1000)}"


def _cost(make: Callable[[], bytes]) -> tuple[float, int]:
    """Return processor seconds, of this process and the one that sets the sheets, and the peak memory of that one."""
    before = _spent()
    make()
    return _spent() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def _spent() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
