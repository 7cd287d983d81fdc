"""Suggesting table topics: those closest to what somebody says of themselves come first, each with its reason."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from matchmaker.matching.profile import Profile
from matchmaker.store.people import profiles
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Session

if TYPE_CHECKING:
    from matchmaker.matching.reasons import Reason

MOST_KEPT = 300
"""The order of topics is kept for so many readers in a process, some kilobytes for each."""


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
    person_id = registration.person_id
    mine = profiles.of_some(session, registration.event_id, [person_id], {person_id})
    if not topics or not mine or not registration.suggestible:
        return [SuggestedTopic(one, "") for one in topics]
    return [
        SuggestedTopic(topics[place], because)
        for place, because in _kept.ranked(mine[0], tuple(map(_as_profile, topics)))
    ]


class KeptOrders:
    """What was last found, by what it was found from: somebody who gives their stars sees the same order each time.

    The words of nobody are kept but the reader's own in the reasons; it goes with the process.
    """

    def __init__(self, most: int) -> None:
        """Keep those of so many readers, who looked last."""
        self.most = most
        self._found: OrderedDict[bytes, tuple[tuple[int, str], ...]] = OrderedDict()
        self._changing = Lock()

    def ranked(self, reader: Profile, topics: tuple[Profile, ...]) -> tuple[tuple[int, str], ...]:
        """Return the places of these topics, the closest to the reader first, and why each is."""
        key = _key(reader, topics)
        found = self._found.get(key) or _ranked(reader, topics)
        with self._changing:
            self._found[key] = found
            self._found.move_to_end(key)
            while len(self._found) > self.most:
                self._found.popitem(last=False)
        return found

    def has(self, reader: Profile, topics: tuple[Profile, ...]) -> bool:
        """Whether this reader's order of these topics is kept."""
        return _key(reader, topics) in self._found


_kept = KeptOrders(MOST_KEPT)


def _key(reader: Profile, topics: tuple[Profile, ...]) -> bytes:
    """Return a digest of all that is said, with what stands in sets in one order."""
    said = (getattr(reader, one.name) for one in fields(reader))
    ordered = [sorted(one) if isinstance(one, frozenset) else one for one in said]
    return sha256(repr((ordered, topics)).encode(errors="surrogatepass")).digest()


def _ranked(reader: Profile, topics: tuple[Profile, ...]) -> tuple[tuple[int, str], ...]:
    import numpy as np  # noqa: PLC0415 - heavy, as are the next

    from matchmaker.matching.explain import explain  # noqa: PLC0415 - heavy: loads scipy
    from matchmaker.matching.scores import Weights  # noqa: PLC0415
    from matchmaker.matching.vectors import vectorise  # noqa: PLC0415 - heavy: loads scikit-learn

    vectors = vectorise([reader, *topics])
    here = np.zeros(len(topics), dtype=np.intp)
    found = [*explain(vectors, here, np.arange(1, len(topics) + 1, dtype=np.intp), Weights())]
    ranked = sorted(range(len(topics)), key=lambda place: -found[place].score)
    return tuple((place, next(filter(None, map(_words, found[place].reasons)), "")) for place in ranked)


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
