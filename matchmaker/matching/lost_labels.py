"""Who is likeliest to know whom a dataset is from: three people for each of the most wanted without a name.

People remember what lies near their own work: a dataset like those they made, by the same publisher, on their
subjects, from the years in which they were at it. Whoever asks for the dataset is no help in finding its makers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

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
    # Only datasets and topics are compared; reading what else people wrote would take most of the time.
    plain = [replace(one.profile, bio="", offers="", needs="") for one in people]
    room = _Room(vectorise(plain, [one.link for one in ordered]), people)
    used: set[str] = set()
    found: list[LabelTable] = []
    for one in ordered:
        near = room.look_at(one)
        guesses = [
            guess
            for place, person in enumerate(people)
            if person.profile.id not in used and (guess := _guess(near, one, person, place)) is not None
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


def _guess(near: "_Near", one: UnnamedDataset, person: Knower, place: int) -> LikelyKnower | None:
    """Return how likely somebody knows, and why; None if hardly, or if they are among those who ask."""
    own = [link for link in person.profile.datasets if link.id == one.link.id]
    if any(link.role for link in own):
        return LikelyKnower(person.profile.id, CERTAIN, (("own", one.link.title),))
    if own:
        return None
    why: list[tuple[str, str]] = []
    likeness, title = near.most_alike(person, place)
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
    nearness, topic = near.nearest_topic(place)
    score += TOPIC * nearness
    if nearness >= ALIKE:
        why.append(("topic", topic))
    if one.year and any(first - NEAR_YEARS <= one.year <= last + NEAR_YEARS for first, last in person.years):
        score += YEARS
        why.append(("years", str(one.year)))
    known = [kind for kind, _ in why if kind != "years"]
    return LikelyKnower(person.profile.id, score, tuple(why)) if known and score >= ENOUGH else None


class _Room:
    """What everybody works on, in one array: a dataset is compared with all of it at once.

    `starts[p]` to `starts[p + 1]` are person p's places in `texts`; `strengths` say how much each counts.
    """

    def __init__(self, vectors: Vectors, people: Sequence[Knower]) -> None:
        self.vectors = vectors
        self.number = {id_: place for place, id_ in enumerate(vectors.dataset_ids)}
        links = [person.profile.datasets for person in people]
        self.ids = np.array([self.number[one.id] for own in links for one in own], dtype=np.intp)
        self.strengths = np.array(
            [max(MADE.get(one.role, 0.0), FELLOW_USER if one.use else 0.0) for own in links for one in own]
        )
        self.starts = np.cumsum([0, *map(len, links)])

    def look_at(self, one: UnnamedDataset) -> "_Near":
        """Compare a dataset with everything that everybody works on, itself left out, and with their topics."""
        number, vectors = self.number[one.link.id], self.vectors
        mine = vectors.dataset_texts[number]
        texts = vectors.dataset_texts[self.ids]
        worth = vectors.cosines(np.full(len(texts), mine), texts) * self.strengths
        topics = vectors.topic_texts[vectors.topics.items]
        near = vectors.cosines(np.full(len(topics), mine), topics)
        return _Near(self, np.where(self.ids == number, -1.0, worth), near)


@dataclass(frozen=True)
class _Near:
    """How near a dataset is to each thing that everybody works on, and to each of their topics."""

    room: _Room
    worth: NDArray[np.float64]
    topics: NDArray[np.float64]

    def most_alike(self, person: Knower, place: int) -> tuple[float, str]:
        """Return how like the dataset the likest of a person's own is, and its title; 0 if they have no other."""
        own = self.worth[self.room.starts[place] : self.room.starts[place + 1]]
        best = int(np.argmax(own)) if len(own) else -1
        return (
            (float(own[best]), person.profile.datasets[best].title)
            if best >= 0 and own[best] >= 0
            else (0.0, "")
        )

    def nearest_topic(self, place: int) -> tuple[float, str]:
        """Return how near the nearest topic of a person is, and its words; 0 if they have none."""
        vectors = self.room.vectors
        start, end = vectors.topics.start[place], vectors.topics.start[place + 1]
        if start == end:
            return 0.0, ""
        best = int(start) + int(np.argmax(self.topics[start:end]))
        text = vectors.topic_texts[vectors.topics.items[best]]
        return float(self.topics[best]), vectors.texts[int(text)]
