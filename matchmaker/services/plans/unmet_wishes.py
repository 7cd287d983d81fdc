"""Admitting what a plan could not do: wishes not met and what gave way, in sentences with names, for organisers.

People are by inside id, as a kept certificate names them; of those who no longer come nothing is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matchmaker.scheduling.problem.plan import Plan as Solution
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.store.base import JsonObject
from matchmaker.store.people.comers import NamedPerson
from matchmaker.store.plans.plans import Plan


@dataclass(frozen=True)
class UnmetWish:
    """Two people who both asked to meet and do not, why, and how many places would change if they did, if known."""

    names: tuple[str, str]
    because: str
    places: int | None = None


def note_prices(plan: Plan, problem: Problem, solution: Solution) -> None:
    """Write beside a plan what meeting each of its unmet wishes would cost, so that no page works it out."""
    from matchmaker.scheduling.solver.make_room import wish_prices  # noqa: PLC0415 - a page loads no solver

    prices = wish_prices(problem, solution) if solution.certificate.unmet else {}
    plan.prices = [[a, b, places] for (a, b), places in prices.items()]


def unmet(
    certificate: JsonObject, people: Mapping[int, NamedPerson], prices: Iterable[list[str | int | None]]
) -> list[UnmetWish]:
    """Return the wishes that could not be met, of these people, with the places that each would change."""
    places = {frozenset(pair): cost for *pair, cost in prices}
    found = []
    for entry in certificate["unmet"]:
        one, other = (people.get(int(person)) for person in entry["people"])
        if one is not None and other is not None:
            cost = places.get(frozenset(entry["people"]))
            found.append(
                UnmetWish(
                    (one.name, other.name),
                    _named(entry, one.name, other.name),
                    cost if isinstance(cost, int) else None,
                )
            )
    return found


def _named(entry: JsonObject, one: str, other: str) -> str:
    """Return the reason of a wish not met, with names for ids: "a and b", or one "of" whom something is said.

    Other numbers in it count rounds.
    """
    a, b = entry["people"]
    words: str = entry["because"].replace(f"{a} and {b}", f"{one} and {other}")
    for id_, name in ((a, one), (b, other)):
        words = words.replace(f"asked for of {id_}.", f"asked for of {name}.")
    return words


def gave_way(certificate: JsonObject, people: Mapping[int, NamedPerson]) -> list[str]:
    """Return who meets although they should preferably meet others, and who meets too few from the other side."""
    found = []
    for entry in certificate.get("gave_way", ()):
        names = sorted(one.name for person in entry["people"] if (one := people.get(int(person))))
        if len(names) == len(entry["people"]):
            found.append(f"{' and '.join(names)} {_gave_way(entry)}")
    return sorted(found)


def _gave_way(entry: JsonObject) -> str:
    """Return what is said of the people of an entry, as it follows their names."""
    because: str = entry["because"]
    if len(entry["people"]) == 1:
        words = because.partition(" ")[2]
        return words.replace("people of another pool", "people from the other side, inside or outside")
    if "met at an earlier event" in because:
        return "met at an earlier event and meet again."
    return "are of one organisation and meet."
