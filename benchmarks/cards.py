"""Cards of the demo drawn at random, as a reader sees them, to be judged by somebody who did not write the code.

    python -m benchmarks.cards [--cards 40] [--seed 1] [--profiles] [--planted]

Makes the demo event in a database of its own, or with --planted an invented event, works out everybody's suggestions,
and prints so many cards: the reasons as the page tells them and the question to begin with; with --profiles both
people's profiles before each. Last come the number of people by the length of their list, and of all cards
together.
"""

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory

from benchmarks.planted import planted_event
from matchmaker.commands.demo_event import load
from matchmaker.documents.people.names import first_name
from matchmaker.documents.suggestions.reasons import why
from matchmaker.matching.profile import Profile
from matchmaker.matching.suggest import Suggestion, suggest
from matchmaker.services.suggestions import refresh_lists, suggest_people
from matchmaker.store import schema
from matchmaker.store.people import registrations
from matchmaker.store.session import Database


def described(person: Profile) -> str:
    """Return a profile in a few lines."""
    lines = [
        f"    works on: {person.bio}" * bool(person.bio),
        f"    topics: {', '.join(person.topics)}" * bool(person.topics),
        *(f"    {one.title}: {one.role or one.use or one.said}" for one in person.datasets),
        f"    offers: {person.offers}" * bool(person.offers),
        f"    needs: {person.needs}" * bool(person.needs),
    ]
    return "\n".join(filter(None, lines))


def demo() -> tuple[Sequence[Profile], Mapping[str, Sequence[Suggestion]], dict[str, str]]:
    """Return the demo's people, everybody's list, and names by id."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/demo.db")
        schema.upgrade(database)
        with database.writing() as session:
            event_id = load.load(session).id
            material = suggest_people.load(session, event_id)
            names = {str(one.person_id): one.person.name for one in registrations.at_event(session, event_id)}
        database.dispose()
    found = suggest_people.compute(refresh_lists.read(material, None).vectors, material.each)
    return material.profiles, found, names


def invented() -> tuple[Sequence[Profile], Mapping[str, Sequence[Suggestion]], dict[str, str]]:
    """Return likewise an event in which needs and offers are planted among talk."""
    event, _pairs = planted_event(200, 100)
    found = suggest(event.profiles, catalogue=event.catalogue)
    return event.profiles, found, {one.id: f"Person {one.id}" for one in event.profiles}


def main() -> None:
    """Print the cards."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--cards", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--profiles", action="store_true", help="Print both profiles before each card.")
    options.add_argument("--planted", action="store_true", help="Of an invented event instead of the demo.")
    chosen = options.parse_args()
    everybody, found, names = invented() if chosen.planted else demo()
    profiles = {one.id: one for one in everybody}
    cards = [(reader, one) for reader, some in found.items() for one in some]
    for number, (reader, one) in enumerate(
        random.Random(chosen.seed).sample(cards, min(chosen.cards, len(cards))), 1
    ):
        print(f"{number}. {names[reader]} reads of {names[one.id]}{' (someone different)' * one.bridge}")
        if chosen.profiles:
            for who in (reader, one.id):
                print(f"   {names[who]}\n{described(profiles[who])}")
        for sentence in why([vars_of(reason) for reason in one.reasons], first_name(names[one.id])):
            print(f"   - {sentence}")
        print(f"   ? {one.opening}\n")
    print(
        len(cards),
        "cards; people by length of list:",
        dict(sorted(Counter(map(len, found.values())).items())),
    )


def vars_of(reason: object) -> dict[str, object]:
    """Return a reason as it is kept."""
    return {
        name: getattr(reason, name) for name in ("kind", "what", "share", "mine", "theirs", "people", "asker")
    }


if __name__ == "__main__":
    main()
