"""What two people who meet anyway have in common, where nothing is a reason to meet.

A card has to convince. A planned meeting only needs somewhere to begin: that both work on water, as many here do,
is more than nothing.
"""

from collections.abc import Iterable

from matchmaker.matching.quotes import Quotes
from matchmaker.matching.reasons import SAID, Reason
from matchmaker.matching.row_products import IdLists

MOST_TOPICS = 2


def is_told(reasons: Iterable[Reason]) -> bool:
    """Whether anything of these reasons can be said: people both know are not named, nor is the rest of a score."""
    return any(
        one.kind != "other" and one.kind not in SAID and not (one.kind == "acquaintance" and one.people)
        for one in reasons
    )


def common_ground(quotes: Quotes, a: int, b: int) -> tuple[Reason, ...]:
    """Return the dataset that two people both have and fewest here have to do with, or else such topics.

    `a` and `b` are positions in the vectors; each reason has a share and a strength of 0, and reads as `a` reads it.
    Empty if they have nothing in common. O(items of both).
    """
    vectors = quotes.vectors
    datasets = sorted(_both(vectors.datasets, a, b), key=lambda one: (int(vectors.dataset_people[one]), one))
    for dataset in datasets[:1]:
        what, mine, theirs = quotes.shared_dataset(a, b, dataset)
        return (Reason("dataset", what, 0.0, mine, theirs, int(vectors.dataset_people[dataset])),)
    topics = sorted(_both(vectors.topics, a, b), key=lambda one: (int(vectors.topic_people[one]), one))
    return tuple(_topic(quotes, a, b, one) for one in topics[:MOST_TOPICS])


def _both(lists: IdLists, a: int, b: int) -> set[int]:
    mine, theirs = (set(lists.items[lists.start[one] : lists.start[one + 1]].tolist()) for one in (a, b))
    return mine & theirs


def _topic(quotes: Quotes, a: int, b: int, topic: int) -> Reason:
    mine, theirs = quotes.topic(a, topic), quotes.topic(b, topic)
    people = int(quotes.vectors.topic_people[topic])
    return Reason("topic", quotes.phrases.in_sentence(mine), 0.0, mine, theirs, people)
