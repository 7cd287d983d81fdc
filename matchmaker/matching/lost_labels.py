"""Who is likeliest to know whom a dataset is from: three people for each of the most wanted without a name.

People remember what lies near their own work: a dataset like those they made, by the same publisher, on their
subjects, from the years in which they were at it. Whoever asks for the dataset is no help in finding its makers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchmaker.matching.needs import FELLOW_USER, MADE
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.vectors import Vectors, vectorise

SEATS = 3
ENOUGH = 0.2
"""Below this nobody is worth a seat: a likeness of a few words."""
PUBLISHER, OWN_PUBLISHER, TOPIC, YEARS = 0.35, 0.25, 0.5, 0.1
"""What counts beside likeness (0 to 1): working at the publisher, having made something of it, subject, years."""
CERTAIN = 3.0
"""More than everything else together: they say that they worked on it themselves, and no colleague has yet."""
NEAR_YEARS = 2
ALIKE = 0.15


@dataclass(frozen=True, slots=True)
class UnnamedDataset:
    """A dataset nobody is named for; `year` is when it last changed, `wanted` by so many people."""

    link: DatasetLink
    publisher: str = ""
    year: int | None = None
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody who may know: their profile, whose datasets they made, and when."""

    profile: Profile
    publishers: frozenset[str] = frozenset()
    years: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LikelyKnower:
    """A person for a table; `why` holds kinds (own, similar, publisher, topic, years) each with what it is about."""

    id: str
    score: float
    why: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LabelTable:
    """Three people to sit together over one dataset, the likeliest first."""

    lost: UnnamedDataset
    people: tuple[LikelyKnower, ...]


def tables(lost: Sequence[UnnamedDataset], people: Sequence[Knower], most: int) -> list[LabelTable]:
    """Return up to `most` tables, the most wanted dataset first; nobody sits at two, none with whom they must not.

    A dataset for which no three people can be found is left out. Deterministic; O(lost × people) besides
    reading the texts.
    """
    ordered = sorted(lost, key=lambda one: (-one.wanted, one.link.title.casefold(), one.link.id))
    if not ordered or len(people) < SEATS:
        return []
    vectors = vectorise([one.profile for one in people], [one.link for one in ordered])
    used: set[str] = set()
    found: list[LabelTable] = []
    for one in ordered:
        guesses = [
            guess
            for place, person in enumerate(people)
            if person.profile.id not in used and (guess := _guess(vectors, one, person, place)) is not None
        ]
        seated = _seat(sorted(guesses, key=lambda guess: (-guess.score, guess.id)), people)
        if len(seated) == SEATS and len(found) < most:
            used |= {guess.id for guess in seated}
            found.append(LabelTable(one, seated))
    return found


def _seat(guesses: Sequence[LikelyKnower], people: Sequence[Knower]) -> tuple[LikelyKnower, ...]:
    apart = {one.profile.id: one.profile.not_with for one in people}
    seated: list[LikelyKnower] = []
    for guess in guesses:
        clash = any(guess.id in apart[other.id] or other.id in apart[guess.id] for other in seated)
        if not clash and len(seated) < SEATS:
            seated.append(guess)
    return tuple(seated)


def _guess(vectors: Vectors, one: UnnamedDataset, person: Knower, place: int) -> LikelyKnower | None:
    """Return how likely somebody knows, and why; None if hardly, or if they are among those who ask."""
    own = [link for link in person.profile.datasets if link.id == one.link.id]
    if any(link.role for link in own):
        return LikelyKnower(person.profile.id, CERTAIN, (("own", one.link.title),))
    if own:
        return None
    why: list[tuple[str, str]] = []
    likeness, title = _most_alike(vectors, one, person)
    score = likeness
    if likeness >= ALIKE:
        why.append(("similar", title))
    publisher = one.publisher.casefold()
    if publisher and person.profile.organisation.casefold() == publisher:
        score += PUBLISHER
        why.append(("publisher", one.publisher))
    elif publisher and publisher in {name.casefold() for name in person.publishers}:
        score += OWN_PUBLISHER
        why.append(("publisher", one.publisher))
    near, topic = _nearest_topic(vectors, one, person, place)
    score += TOPIC * near
    if near >= ALIKE:
        why.append(("topic", topic))
    if one.year and any(first - NEAR_YEARS <= one.year <= last + NEAR_YEARS for first, last in person.years):
        score += YEARS
        why.append(("years", str(one.year)))
    known = [kind for kind, _ in why if kind != "years"]
    return LikelyKnower(person.profile.id, score, tuple(why)) if known and score >= ENOUGH else None


def _most_alike(vectors: Vectors, one: UnnamedDataset, person: Knower) -> tuple[float, str]:
    number = {id_: place for place, id_ in enumerate(vectors.dataset_ids)}
    links = [link for link in person.profile.datasets if link.id != one.link.id]
    if not links:
        return 0.0, ""
    theirs = vectors.dataset_texts[[number[link.id] for link in links]]
    mine = np.full(len(links), vectors.dataset_texts[number[one.link.id]])
    strength = np.array([max(MADE.get(link.role, 0.0), FELLOW_USER if link.use else 0.0) for link in links])
    worth = vectors.cosines(mine, theirs) * strength
    best = int(np.argmax(worth))
    return float(worth[best]), links[best].title


def _nearest_topic(vectors: Vectors, one: UnnamedDataset, person: Knower, place: int) -> tuple[float, str]:
    start = vectors.topics.start
    topics = vectors.topics.items[start[place] : start[place + 1]]
    if not len(topics):
        return 0.0, ""
    texts = vectors.topic_texts[topics]
    mine = vectors.dataset_texts[vectors.dataset_ids.index(one.link.id)]
    near = vectors.cosines(np.full(len(texts), mine), texts)
    best = int(np.argmax(near))
    return float(near[best]), vectors.texts[int(texts[best])]
