"""Admitting what a plan could not do: wishes not met and what gave way, in sentences with names, for organisers.

People are by inside id, as a kept certificate names them; of those who no longer come nothing is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.store.base import JsonObject
from matchmaker.store.people.people import Person


@dataclass(frozen=True)
class UnmetWish:
    """Two people who both asked to meet and do not, why, and how many places would change if they did, if known."""

    names: tuple[str, str]
    because: str
    places: int | None = None


def unmet(
    certificate: JsonObject, people: Mapping[int, Person], prices: Mapping[tuple[str, str], int | None]
) -> list[UnmetWish]:
    """Return the wishes that could not be met, of these people, with the places that each would change."""
    found = []
    for entry in certificate["unmet"]:
        one, other = (people.get(int(person)) for person in entry["people"])
        if one is not None and other is not None:
            pair = tuple(sorted(entry["people"]))
            found.append(
                UnmetWish(
                    (one.name, other.name),
                    _named(entry, one.name, other.name),
                    prices.get((pair[0], pair[1])),
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


def gave_way(certificate: JsonObject, people: Mapping[int, Person]) -> list[str]:
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
