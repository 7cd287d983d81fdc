"""Who should meet whom: how well the model finds the pairs planted in invented events.

    python -m benchmarks.quality [--people 300] [--events 5] [--seed 100] [--plot docs/images/matching-quality.svg]
    python -m benchmarks.quality --planted

Compares the model with chance, with plain TF-IDF over each person's words joined, and with LSA of 30 components and
Euclidean distance. For planted pairs it tells the mean reciprocal rank and the share of people who find theirs
among the first 3 and 10; for the lists that are shown, how often the helper is among the first 3, how many lists a
person is on at most, over the median, and the most near-copies in one list.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean, median

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import euclidean_distances

from benchmarks.bars import bars
from benchmarks.events import Event, made_up_event
from benchmarks.planted import ALL_KINDS, planted_event
from matchmaker.matching.profile import Profile
from matchmaker.matching.scores import Weights, score_parts
from matchmaker.matching.suggest import suggest
from matchmaker.matching.vectors import vectorise

Scores = NDArray[np.float64]


def joined(person: Profile) -> str:
    """Everything a person says, as one text."""
    datasets = " ".join(link.text for link in person.datasets)
    return " ".join((person.bio, *person.topics, person.offers, person.needs, datasets))


def by_chance(event: Event) -> Scores:
    """Random scores."""
    return np.random.default_rng(0).random((len(event.profiles),) * 2)


def by_plain_tfidf(event: Event) -> Scores:
    """Cosine of TF-IDF over the joined words."""
    rows = TfidfVectorizer(stop_words="english").fit_transform(map(joined, event.profiles))
    return np.asarray((rows @ rows.T).toarray())


def by_lsa(event: Event) -> Scores:
    """Nearness in 30 latent dimensions."""
    rows = TfidfVectorizer(stop_words="english").fit_transform(map(joined, event.profiles))
    return np.asarray(-euclidean_distances(TruncatedSVD(30, random_state=0).fit_transform(rows)))


def by_model(event: Event, weights: Weights | None = None) -> Scores:
    """The model's scores."""
    vectors = vectorise(event.profiles, event.catalogue)
    people = len(event.profiles)
    a, b = np.triu_indices(people, 1)
    table = np.zeros((people, people))
    table[a, b] = table[b, a] = score_parts(vectors, a, b).scores(weights or Weights())
    return table


def ranks(scores: Scores, pairs: tuple[tuple[int, int], ...], event: Event) -> Iterator[int]:
    """Yield, for both people of each pair, the rank of the other; ties count half, copies of the other not at all."""
    twins = {who: set(group) for group in event.copies for who in group}
    empty = {place for place, person in enumerate(event.profiles) if person.is_sparse}
    for pair in pairs:
        if empty.intersection(pair):
            continue
        for who, other in (pair, pair[::-1]):
            row = np.delete(scores[who], [who, *(twins.get(other, set()) - {other, who})])
            yield 1 + int((row > scores[who, other]).sum()) + int((row == scores[who, other]).sum() - 1) // 2


def figures(found: list[int]) -> str:
    """Mean reciprocal rank, share in the first 3, share in the first 10."""
    return "  ".join(
        f"{value:.3f}"
        for value in (
            mean(1 / one for one in found),
            mean(one <= 3 for one in found),
            mean(one <= 10 for one in found),
        )
    )


def shown(event: Event) -> tuple[float, float, int]:
    """Return the share of helped people with their helper in the first 3 of the list, exposure, most copies."""
    lists = {
        who: [one.id for one in some]
        for who, some in suggest(event.profiles, catalogue=event.catalogue).items()
    }
    ids = [person.id for person in event.profiles]
    pairs = [pair for pair in event.helpers if not any(event.profiles[who].is_sparse for who in pair)]
    hits = [ids[two] in lists[ids[one]][:3] for a, b in pairs for one, two in ((a, b), (b, a))]
    counts = Counter(one for some in lists.values() for one in some)
    groups = [{ids[who] for who in group if not event.profiles[who].is_sparse} for group in event.copies]
    copies = max(len(group & set(some)) for group in groups for some in lists.values())
    return mean(hits), max(counts.values()) / median(counts[who] for who in ids), copies


def planted(sizes: Sequence[int], seeds: Sequence[int]) -> None:
    """Print how well the model finds needs and offers in other words, among talk (`planted`), beside plain TF-IDF."""
    print(f"needs and offers among talk, events of {', '.join(map(str, sizes))} people")
    events = [planted_event(people, seed) for people in sizes for seed in seeds]
    for name, model in (("plain TF-IDF", by_plain_tfidf), ("matchmaker", by_model)):
        tables = [model(event) for event, _ in events]
        for kind in ALL_KINDS:
            found = [
                rank
                for (event, kinds), table in zip(events, tables, strict=True)
                for rank in ranks(table, kinds[kind], event)
            ]
            print(f"{name:20}{kind:18}{figures(found)}", flush=True)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--events", type=int, default=5)
    options.add_argument("--seed", type=int, default=100)
    options.add_argument(
        "--planted", action="store_true", help="Only needs and offers among talk, in more sizes."
    )
    options.add_argument("--plot", type=Path, help="Draw the shares in the first 3 as an SVG.")
    chosen = options.parse_args()
    if chosen.planted:
        planted((200, 350, 500), range(chosen.seed, chosen.seed + 3))
        return
    events = [made_up_event(chosen.people, chosen.seed + number) for number in range(chosen.events)]
    models: dict[str, Callable[[Event], Scores]] = {
        "chance": by_chance,
        "plain TF-IDF": by_plain_tfidf,
        "LSA-30, Euclidean": by_lsa,
        "matchmaker": by_model,
    }
    print(f"{chosen.events} events of {chosen.people} people: mean reciprocal rank, in first 3, in first 10")
    first: dict[str, list[float]] = {}
    for name, model in models.items():
        tables = [model(event) for event in events]
        for kind in ("mates", "helpers", "stuck"):
            found = [
                rank
                for event, table in zip(events, tables, strict=True)
                for rank in ranks(table, getattr(event, kind), event)
            ]
            print(f"{name:20}{kind:10}{figures(found)}")
            first.setdefault(name, []).append(mean(one <= 3 for one in found))
    if chosen.plot:
        title = "How often the planted partner is among the first 3"
        chosen.plot.write_text(bars(title, ("mates", "helpers", "stuck"), first), encoding="utf-8")
    hits, exposure, copies = zip(*map(shown, events), strict=True)
    print(
        f"lists: helper in first 3 {mean(hits):.3f}, exposure {max(exposure):.2f} × median, copies {max(copies)}"
    )


if __name__ == "__main__":
    main()
