"""Suggesting table topics: those closest to what somebody says of themselves come first, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matchmaker.matching.profile import Profile
from matchmaker.store.people import profiles
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Session

if TYPE_CHECKING:
    from matchmaker.matching.reasons import Reason


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
    import numpy as np  # noqa: PLC0415 - heavy, as are the next

    from matchmaker.matching.explain import explain  # noqa: PLC0415 - heavy: loads scipy
    from matchmaker.matching.scores import Weights  # noqa: PLC0415
    from matchmaker.matching.vectors import vectorise  # noqa: PLC0415 - heavy: loads scikit-learn

    vectors = vectorise([mine[0], *map(_as_profile, topics)])
    here = np.zeros(len(topics), dtype=np.intp)
    found = explain(vectors, here, np.arange(1, len(topics) + 1, dtype=np.intp), Weights())
    ranked = sorted(zip(found, topics, strict=True), key=lambda both: -both[0].score)
    return [
        SuggestedTopic(topic, next(filter(None, map(_words, pair.reasons)), "")) for pair, topic in ranked
    ]


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
