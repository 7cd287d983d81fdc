"""Needs that are met wholly in other words: how often the one who can help is found, and what decoys do.

    python -m benchmarks.other_words [--semantic]

Thirty needs, each with an offer that meets it and shares no stem with it, and two decoys that share a word with it
and do not (`other_words.json`, written before anything was tried on it). Everybody says one of these, at the demo
event, whose people and catalogue are the noise. It tells the mean reciprocal rank of the helper among all who are
there and how often the helper is among the first 3 and 10, and of the cards that convince, how many are of helpers
and how many of anybody else.
"""

import argparse
import json
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np

from matchmaker.matching.explain import Explanations
from matchmaker.matching.meaning import load
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.scores import Weights, score_parts
from matchmaker.matching.vectors import vectorise

HERE = Path(__file__).parent
DEMO = HERE.parent / "matchmaker" / "commands" / "demo_event"


class Need(NamedTuple):
    """What somebody needs, the offer that meets it in other words, and offers that share a word and do not."""

    need: str
    offer: str
    decoys: tuple[str, ...]


def needs() -> list[Need]:
    """Return the thirty."""
    read = json.loads((HERE / "other_words.json").read_text(encoding="utf-8"))
    return [Need(one["need"], one["offer"], tuple(one["decoys"])) for one in read]


def catalogue() -> list[DatasetLink]:
    """Return the demo's catalogue."""
    read = json.loads((DEMO / "datasets.json").read_text(encoding="utf-8"))
    return [DatasetLink(one["id"], one["title"], one["description"], tuple(one["tags"])) for one in read]


def bystanders() -> list[Profile]:
    """Return the demo's people with their words, without what they did with datasets."""
    read = json.loads((DEMO / "people.json").read_text(encoding="utf-8"))
    return [
        Profile(
            f"demo{number}",
            bio=one.get("bio", ""),
            topics=tuple(one.get("topics", ())),
            offers=one.get("offers", ""),
            needs=one.get("needs", ""),
        )
        for number, one in enumerate(read)
    ]


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument(
        "--semantic", action="store_true", help="With the sentence model, which must be installed."
    )
    options.add_argument("--cards", action="store_true", help="Print which needs convince whom.")
    chosen = options.parse_args()
    every = needs()
    askers = [Profile(f"asks{number}", needs=one.need) for number, one in enumerate(every)]
    givers = [Profile(f"offers{number}", offers=one.offer) for number, one in enumerate(every)]
    decoys = [
        Profile(f"decoy{number}.{place}", offers=text)
        for number, one in enumerate(every)
        for place, text in enumerate(one.decoys)
    ]
    people = [*askers, *givers, *decoys, *bystanders()]
    vectors = vectorise(people, catalogue(), load() if chosen.semantic else None)
    who = np.repeat(np.arange(len(askers)), len(people))
    other = np.tile(np.arange(len(people)), len(askers))
    scores = score_parts(vectors, who, other).scores(Weights()).reshape(len(askers), len(people))
    ranks = []
    for number, row in enumerate(scores):
        row[number] = -1
        mine = row[len(askers) + number]
        ranks.append(1 + int((row > mine).sum()) + int((row == mine).sum() - 1) / 2)
    print(
        f"mean reciprocal rank {mean(1 / one for one in ranks):.3f}, in first 3"
        f" {mean(one <= 3 for one in ranks):.3f}, in first 10 {mean(one <= 10 for one in ranks):.3f}"
    )
    pairs = [(a, b) for a in range(len(askers)) for b in range(len(askers), len(people))]
    found = Explanations(vectors).convincing(pairs)
    right = sum(b == a + len(askers) for a, b in found)
    print(f"cards that convince: {right} of helpers, {len(found) - right} of anybody else")
    if chosen.cards:
        for a, b in found:
            print(f"  {people[a].needs}: {people[b].offers}")


if __name__ == "__main__":
    main()
