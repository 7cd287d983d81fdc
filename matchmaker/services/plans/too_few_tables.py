"""Saying where tables are too few, for everybody or of a kind that people need, and what would do: for organisers."""

from collections.abc import Iterable, Iterator, Mapping

from matchmaker.documents.counts import plural
from matchmaker.scheduling.shortages import Shortage, shortages
from matchmaker.services.plans.hall import Hall
from matchmaker.services.plans.too_alike import sit_out


def too_few_tables(hall: Hall, names: Mapping[int, str]) -> Iterator[str]:
    """Yield a sentence for each kind of table, and rounds, of which there are too few; nothing is planned for it."""
    for short in shortages(hall.seating()) if hall.tables and hall.rounds else ():
        # Of somebody who has no table at all another warning says so, and of too many who may not meet each other.
        if short.open and (short.tables is not None or _more(hall, short) or not _alike(hall, short)):
            yield _words(hall, short, names)


def _alike(hall: Hall, short: Shortage) -> int:
    """Return how many sit out in the rounds of a shortage, at least, because too many are of one group."""
    return min(sit_out(hall, hall.rounds[place - 1])[0] for place in short.rounds)


def _more(hall: Hall, short: Shortage) -> int:
    """Return how many more tables could be used at once: for two who sit out each, as far as two may meet."""
    pairs = (short.there - _alike(hall, short)) // 2
    return min(short.sit_out // 2, max(pairs - short.open, 0))


def common_needs(hall: Hall, people: Iterable[int]) -> str:
    """Return the kind of table that all of these people need, such as "step-free", or ""."""
    several = [set(hall.needs.get(one, ())) for one in people]
    common = set.intersection(*several) if several else set()
    return " and ".join(kind for kind in hall.kinds if kind in common)


def _words(hall: Hall, short: Shortage, names: Mapping[int, str]) -> str:
    people = [int(one) for one in short.people]
    numbers = [hall.rounds[place - 1] for place in short.rounds]
    when = "in each round" if len(numbers) == len(hall.rounds) else f"in {rounds_in_words(numbers)}"
    own, shared = short.there - short.open, -(-short.there // 2) - short.open
    if short.tables is None:
        # Of an odd number one sits out whatever there is, as the page of tables says, too.
        more = _more(hall, short)
        left = short.sit_out - 2 * more
        rest = f"all but {left if left > 1 else 'one'} can sit" if left else "there is a table for everybody"
        advice = (
            f"Add {more} more, and {rest}" if more else "More tables would not help, as people meet in twos"
        )
        return (
            f"{short.there} people are planned for and {plural(short.open, 'table')} can be used {when}: at least "
            f"{plural(short.sit_out, 'sits', 'sit')} out. {advice}."
        )
    kind, out = common_needs(hall, people), f"at least {plural(short.sit_out, 'sits', 'sit')} out {when}"
    if kind:
        tables = plural(short.open, "table is", "tables are")
        return (
            f"{short.there} people need a {kind} table and {tables} {kind}: {out}. Mark {shared} more as {kind}, "
            f"and all of them can sit, two at a table; {own} more, and each can have one of their own."
        )
    table = hall.fixed.get(people[0])
    if table is not None and all(hall.fixed.get(one) == table for one in people):
        who = sorted(names[one] for one in people if one in names)
        return (
            f"{', '.join(who[:-1])} and {who[-1]} are all to sit at table {table}: {out}. "
            "Give some of them another table."
        )
    suit = plural(short.open, "table suits", "tables suit")
    return (
        f"{short.there} people can each sit at a few tables only, and {suit} them: {out}. "
        f"Mark {shared} more for what they need."
    )


def rounds_in_words(numbers: list[int]) -> str:
    """Return rounds in words; several in a row by the first and the last.

    >>> rounds_in_words([4]), rounds_in_words([1, 2]), rounds_in_words([2, 3, 4]), rounds_in_words([1, 3, 4])
    ('round 4', 'rounds 1 and 2', 'rounds 2 to 4', 'rounds 1, 3 and 4')
    """
    first, last = numbers[0], numbers[-1]
    if len(numbers) == 1:
        return f"round {first}"
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"rounds {first} to {last}"
    return f"rounds {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
