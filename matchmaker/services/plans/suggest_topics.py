"""Suggesting table topics: those closest to what somebody says of themselves come first, each with its reason.

To find that takes as long as a page, so a job does it and keeps it, with a digest of all that it was found from. A
page that finds another digest there, or none, finds it itself: nobody reads words that are not said any more. Topics
are read once for all of their readers, each of whom is looked at as if read with them alone.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from matchmaker.matching.profile import Profile
from matchmaker.services.ask_for_work import ask
from matchmaker.services.plans import pitch_topics
from matchmaker.store import jobs
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import profiles, registrations, suggestible
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import table_topics, topic_orders
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.plans.topic_orders import Ranked
from matchmaker.store.session import Session

if TYPE_CHECKING:
    from matchmaker.matching.read_once import ReadOnce
    from matchmaker.matching.reasons import Reason

MOST_KEPT = 300
"""The order of topics is kept for so many readers in a process, some kilobytes for each."""

EXACT = 12
"""So many digits of a score tell: topics that are as close as each other stand as they were pitched."""

WAY = 2
"""By which way orders are found: those that were kept when it was another are found anew."""

MOST_SETS = 4
"""So many sets of topics are kept read in a process, for those who looked last: hosts do not have their own."""

KIND = "rank-topics"
"""The kind of job that does this for everybody at an event; its details say of which topics."""


@dataclass(frozen=True)
class SuggestedTopic:
    """A topic, and why it may be for the reader, in a sentence; "" where nothing says so."""

    topic: TableTopic
    because: str


def suggest_topics(
    session: Session, registration: Registration, topics: Sequence[TableTopic]
) -> list[SuggestedTopic]:
    """Return these topics for a reader, the closest first, by the likeness that also suggests people.

    Whoever objects to suggestions has them in the order in which they were pitched.
    """
    if not topics or not registration.suggestible:
        return [SuggestedTopic(one, "") for one in topics]
    asked = ReaderOfTopics.by(session, registration, topics)
    found = topic_orders.found_from(session, registration.event_id, registration.person_id, asked.digest)
    return [SuggestedTopic(topics[place], because) for place, because in found or _kept.ranked(asked)]


@dataclass(frozen=True)
class ReaderOfTopics:
    """What an order is found from: all that a reader says of themselves, and the topics open to them."""

    reader: Profile
    topics: tuple[Profile, ...]
    digest: str

    @classmethod
    def by(
        cls, session: Session, registration: Registration, topics: Sequence[TableTopic]
    ) -> "ReaderOfTopics":
        """Read what one reader says. Four queries."""
        return cls.of(profiles.of_reader(session, registration), tuple(map(_as_profile, topics)))

    @classmethod
    def of(cls, reader: Profile, topics: tuple[Profile, ...]) -> "ReaderOfTopics":
        """Put both together with a digest of all that is said, what stands in sets in one order."""
        said = (getattr(reader, one.name) for one in fields(reader))
        ordered = [sorted(one) if isinstance(one, frozenset) else one for one in said]
        digest = sha256(repr((WAY, ordered, topics)).encode(errors="surrogatepass")).hexdigest()
        return cls(reader, topics, digest)

    def ranked(self) -> Ranked:
        """Return the places of the topics, the closest to the reader first, and why each is."""
        return _ranked(self.reader, self.topics)


def unranked(session: Session, event: Event, person_ids: Collection[int]) -> dict[int, ReaderOfTopics]:
    """Return what those of these people ask for whose topics were not ranked as things stand now, by person."""
    marks = topic_orders.marks(session, event.id, person_ids)
    found = {}
    for person_id in person_ids:
        registration = registrations.of_person(session, event.id, person_id)
        there = pitch_topics.open_to(session, event, person_id) if registration else []
        if registration is not None and registration.suggestible and there:
            asked = ReaderOfTopics.by(session, registration, there)
            if marks.get(person_id) != asked.digest:
                found[person_id] = asked
    return found


def keep(session: Session, event_id: int, found: Mapping[int, tuple[str, Ranked]]) -> None:
    """Keep what was found for those of these people who are still suggested here."""
    events.lock(session, event_id)
    there = suggestible.among_these(session, event_id, found)
    topic_orders.keep(session, event_id, {one: order for one, order in found.items() if one in there})


def ask_where_behind(session: Session, today: date) -> None:
    """Have topics ranked at each event to come whose topics are others than those that the last job was asked for."""
    for event_id, topics in table_topics.accepted_to_come(session, today).items():
        mark = sha256(repr((WAY, topics)).encode(errors="surrogatepass")).hexdigest()
        last = jobs.latest(session, event_id, KIND)
        if last is None or last.details.get("topics") != mark:
            ask(session, KIND, event_id, None, {"topics": mark, "after": 0})


class KeptOrders:
    """What was last found, by what it was found from: somebody who gives their stars sees the same order each time.

    The words of nobody are kept but of topics and, in the reasons, the reader's own; it goes with the process.
    """

    def __init__(self, most: int) -> None:
        """Keep those of so many readers, who looked last."""
        self.most = most
        self._found: OrderedDict[str, Ranked] = OrderedDict()
        self._changing = Lock()

    def ranked(self, asked: ReaderOfTopics) -> Ranked:
        """Return the places of the topics, the closest to the reader first, and why each is."""
        found = self._found.get(asked.digest) or asked.ranked()
        with self._changing:
            self._found[asked.digest] = found
            self._found.move_to_end(asked.digest)
            while len(self._found) > self.most:
                self._found.popitem(last=False)
        return found

    def has(self, asked: ReaderOfTopics) -> bool:
        """Whether this is kept."""
        return asked.digest in self._found


_kept = KeptOrders(MOST_KEPT)


def _ranked(reader: Profile, topics: tuple[Profile, ...]) -> Ranked:
    import numpy as np  # noqa: PLC0415 - heavy, as are the next

    from matchmaker.matching.explain import explain  # noqa: PLC0415 - heavy: loads scipy
    from matchmaker.matching.scores import Weights  # noqa: PLC0415

    vectors = _read_once(topics).with_one(reader)
    here = np.full(len(topics), len(topics), dtype=np.intp)
    found = [*explain(vectors, here, np.arange(len(topics), dtype=np.intp), Weights())]
    ranked = sorted(range(len(topics)), key=lambda place: -round(found[place].score, EXACT))
    return tuple((place, next(filter(None, map(_words, found[place].reasons)), "")) for place in ranked)


@lru_cache(maxsize=MOST_SETS)
def _read_once(topics: tuple[Profile, ...]) -> "ReadOnce":
    from matchmaker.matching.read_once import ReadOnce  # noqa: PLC0415 - heavy: loads scikit-learn

    return ReadOnce(topics)


def _as_profile(topic: TableTopic) -> Profile:
    """Return a topic as if it were somebody who offers to talk about it."""
    words = f"{topic.title}. {topic.about}"
    return Profile(id=f"topic {topic.id}", bio=words, offers=words)


def _words(reason: "Reason") -> str:
    if reason.kind == "dataset":
        return f"It names {reason.what}, which is on your list."
    if reason.asker == "mine" and reason.mine:
        return f"You asked for help with “{reason.mine}”."
    if reason.kind in ("topic", "words") and reason.what:
        return f"You wrote of {reason.what}, too."
    return ""
