"""Saying where so many are of one team or organisation that some sit out, for organisers: tables would not help."""

from collections.abc import Iterator

from matchmaker.documents.counts import plural
from matchmaker.scheduling.problem.parts import Kin, Meet
from matchmaker.services.plans.hall import Hall, ordered


def sit_out(hall: Hall, number: int) -> tuple[int, Kin | None]:
    """Return how many have no meeting at least in a round, as too many there are of one group, and that group.

    Whoever is of it meets the others, or somebody of it whom they and who asked for them may meet. Where topics are
    talked about nothing is known, as people of one group may be at one table there. O(people of groups).
    """
    if hall.places.topics:
        return 0, None
    there = {one for one, rounds in hall.there.items() if number in rounds}
    most, largest = 0, None
    for group in hall.groups:
        members = there.intersection(map(int, group.people))
        if group.meet is Meet.RATHER_NOT or 2 * len(members) <= len(there):
            continue
        asked = sum(
            ordered(*pair) not in hall.forbidden and members.issuperset(pair) for pair in hall.introduced
        )
        out = 2 * len(members) - len(there) - 2 * asked
        if out > most:
            most, largest = out, group
    return most, largest


def too_alike(hall: Hall) -> Iterator[str]:
    """Yield a sentence for each group that is too large for all of it to meet others, and its rounds."""
    found: dict[tuple[int, int, int, Meet], list[int]] = {}
    for number in hall.rounds if hall.tables else ():
        out, group = sit_out(hall, number)
        there = sum(number in rounds for rounds in hall.there.values())
        # Of an odd number one sits out anyway.
        if group is not None and out > there % 2:
            members = sum(number in hall.there.get(int(one), ()) for one in group.people)
            found.setdefault((members, there, out, group.meet), []).append(number)
    for (members, there, out, meet), numbers in found.items():
        when = "each round" if len(numbers) == len(hall.rounds) else f"{plural(len(numbers), 'round')}"
        apart = (
            "one team, whose people are never paired"
            if meet is Meet.NEVER
            else ("one organisation, whose people meet each other only if both asked")
        )
        advice = (
            "Check whether all of them are of that team."
            if meet is Meet.NEVER
            else "Under “Set-up” you can let people of one organisation be seated together."
        )
        yield (
            f"{members} of the {there} people who are planned for are of {apart}: at least "
            f"{plural(out, 'sits', 'sit')} out in {when}, however many tables there are. {advice}"
        )
