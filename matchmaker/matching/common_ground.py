"""What two people who meet anyway have in common, where nothing is a reason to meet.

A card has to convince. A planned meeting only needs somewhere to begin: that both work on water, as many here do,
is more than nothing.
"""

from collections.abc import Iterable

from matchmaker.matching.capitals import in_sentence
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.reasons import SAID, Reason
from matchmaker.matching.row_products import Ints

MOST_TOPICS = 2


def is_told(reasons: Iterable[Reason]) -> bool:
    """Whether anything of these reasons can be said: people both know are not named, nor is the rest of a score."""
    return any(
        one.kind != "other" and one.kind not in SAID and not (one.kind == "acquaintance" and one.people)
        for one in reasons
    )


def common_ground(quotes: Quotes, a: Ints, b: Ints) -> list[list[Reason]]:
    """Return for each pair `a[i]`, `b[i]` the dataset that both have and fewest here have to do with, or else topics.

    Each reason has a share and a strength of 0, and reads as `a[i]` reads it. Empty for those who have nothing in
    common. O(all items + those of the pairs).
    """
    vectors = quotes.vectors
    found: list[list[Reason]] = [[] for _ in a]
    pairs = [*zip(a.tolist(), b.tolist(), strict=True)]
    for pair, dataset in _rarest_first(vectors.datasets.shared(a, b), vectors.dataset_people):
        if not found[pair]:
            what, mine, theirs = quotes.shared_dataset(*pairs[pair], dataset)
            found[pair] = [Reason("dataset", what, 0.0, mine, theirs, int(vectors.dataset_people[dataset]))]
    for pair, topic in _rarest_first(vectors.topics.shared(a, b), vectors.topic_people):
        if all(one.kind == "topic" for one in found[pair]) and len(found[pair]) < MOST_TOPICS:
            mine, theirs = (quotes.topic(who, topic) for who in pairs[pair])
            what, people = in_sentence(mine, vectors.spellings), int(vectors.topic_people[topic])
            found[pair].append(Reason("topic", what, 0.0, mine, theirs, people))
    return found


def _rarest_first(shared: tuple[Ints, Ints], people: Ints) -> list[tuple[int, int]]:
    """Return what each pair has in common, each thing once, by how few have it."""
    every = {*zip(shared[0].tolist(), shared[1].tolist(), strict=True)}
    return sorted(every, key=lambda one: (int(people[one[1]]), one))
