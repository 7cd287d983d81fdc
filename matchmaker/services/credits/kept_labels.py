"""Numbers of labels, read as they are kept while they are true, and else brought forward or counted as before.

A page never shows numbers of how things were: the database marks every change on which they depend, and which dataset
or publisher it concerns (`store.credits.label_watch`). A page that finds marks counts again of those alone. A job
keeps them anew once the clock finds a mark.
"""

import hashlib
import sys
from collections.abc import Collection
from dataclasses import dataclass

from matchmaker.services import ask_for_work
from matchmaker.services.credits.tally_labels import EVENT, IN_ALL
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.credits import label_names, label_tallies
from matchmaker.store.credits.label_names import Gap, Unnamed
from matchmaker.store.credits.label_tallies import Counted, LabelMarks, Lacking, Tally
from matchmaker.store.session import Session

KIND = "count-labels"
MOST_EVENTS = 30
"""The numbers of so many events are kept, the latest first; those of others are counted when they are looked at."""
FIRST = 5
"""So many unnamed datasets of a publisher are kept."""


@dataclass(frozen=True)
class Wanting:
    """How many datasets of a publisher have a name, and how many people want one that has none."""

    gap: Gap
    wanted: int

    @property
    def id(self) -> int | None:
        """Which publisher it is; None for no known one."""
        return _id(self.gap)


def publishers(session: Session) -> list[Wanting]:
    """Return the numbers of every publisher with datasets, by name, those of no known one last."""
    every, kept = gaps(session), label_tallies.publishers(session)
    stale = [_id(one) for one in every if _id(one) not in kept]
    wanted = label_names.wanted_by_publisher(session, stale if kept else None) if stale else {}
    wanted |= {id_: one.wanted for id_, one in kept.items()}
    return [Wanting(one, wanted.get(_id(one), 0)) for one in every]


def gaps(session: Session) -> list[Gap]:
    """Return how many datasets every publisher has, and how many of them have a name, by name."""
    return [Gap(*one) for one in _read(session, "gaps")["gaps"]]


@dataclass(frozen=True)
class LabelTotal:
    """How many datasets there are, how many show a name, and on how many everybody there hides theirs.

    Of an event `datasets` are those that have a label.
    """

    datasets: int
    named: int
    hidden: int


def in_all(session: Session, every: Collection[Gap] | None = None) -> LabelTotal:
    """Return the numbers of all publishers together, which are counted unless they are given."""
    every, hidden = gaps(session) if every is None else every, int(_read(session, "hidden")["hidden"])
    return LabelTotal(sum(one.datasets for one in every), sum(one.named for one in every) - hidden, hidden)


def here(session: Session, event_id: int) -> LabelTotal:
    """Return the numbers of the labels of an event."""
    numbers = _read(session, "event", event_id)
    return LabelTotal(numbers["tags"], numbers["tags"] - numbers["hidden"], numbers["hidden"])


def unnamed(session: Session, some: Collection[Wanting]) -> dict[int | None, tuple[Unnamed, ...]]:
    """Return, for each of these publishers, the first unnamed datasets that most people want."""
    kept = label_tallies.unnamed(session, [one.id for one in some])
    found = kept | _missing(session, [one.id for one in some if one.id not in kept], FIRST)
    return {one.id: found.get(one.id, ()) for one in some}


def letters(session: Session, some: Collection[Gap]) -> dict[int | str | None, str]:
    """Return, for each of these publishers, letters that differ where what a letter to it says does."""
    kept = label_tallies.publishers(session)
    missing = _missing(session, [_id(one) for one in some if _id(one) not in kept], sys.maxsize)
    return {id_: kept[id_].letter if id_ in kept else _letter(missing.get(id_, ())) for id_ in map(_id, some)}


def _missing(
    session: Session, some: Collection[int | None] | None, each: int
) -> dict[int | None, tuple[Unnamed, ...]]:
    """Return the first unnamed datasets of some publishers, or of all."""
    found: dict[int | None, list[Unnamed]] = {}
    for one in label_names.missing(session, some, each) if some is None or some else ():
        found.setdefault(one.publisher_id, []).append(one)
    return {id_: tuple(ones) for id_, ones in found.items()}


def _publishers(session: Session, some: Collection[int | None] | None) -> list[Counted]:
    """Count for every publisher, or for some."""
    wanted = label_names.wanted_by_publisher(session, some)
    missing = _missing(session, some, sys.maxsize)
    ids = [_id(one) for one in gaps(session)]
    return [
        Counted(one, wanted.get(one, 0), _letter(missing.get(one, ())), missing.get(one, ())[:FIRST])
        for one in ids
        if some is None or one in some
    ]


def _id(one: Gap) -> int | None:
    return one.id if isinstance(one.id, int) else None


def _letter(missing: Collection[Unnamed]) -> str:
    """Return letters that differ where what a letter says of unnamed datasets does."""
    said = [(one.title, one.datasets, one.wanted) for one in missing]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def of_event(session: Session, event_id: int) -> JsonObject:
    """Return how many datasets of an event have a label, as `tags`, `public` and `hidden`, and how many `agreed`."""
    return {**_read(session, "event", event_id), **_read(session, "agreed", event_id)}


def with_label(session: Session, event_id: int) -> list[int]:
    """Return the datasets of an event that have a label, in any order."""
    return _now(session, "event", event_id, label_tallies.marks(session)).parts.get("tags", [])


def figures(session: Session, event_id: int) -> JsonObject:
    """Return for how many datasets of an event somebody is named by `roles` and `places`."""
    return _read(session, "figures", event_id)


def thanks(session: Session, event_id: int) -> JsonObject:
    """Return how many `thanks` of an event others may read, and how many of its datasets are `thanked`."""
    return _read(session, "thanks", event_id)


def hung(session: Session, event_id: int) -> list[int]:
    """Return the ids of the thanks that may be shown in the hall of an event, the newest first."""
    found: list[int] = _read(session, "wall", event_id)["ids"]
    return found


def public(session: Session) -> list[int]:
    """Return the datasets with a public label, by publisher and title."""
    found: list[int] = _read(session, "public")["ids"]
    return found


def subjects(session: Session) -> list[Gap]:
    """Return the numbers of the most frequent subjects, by name."""
    return [Gap(*one) for one in _read(session, "subjects")["gaps"]]


def _read(session: Session, name: str, event_id: int = 0) -> JsonObject:
    """Return what is kept under a name, or count it now."""
    kinds = {**EVENT, **IN_ALL}[name].kinds
    kept = label_tallies.of(session, name, kinds, event_id)
    return kept if kept is not None else _now(session, name, event_id, label_tallies.marks(session)).found


def _now(session: Session, name: str, event_id: int, marks: LabelMarks) -> Tally:
    """Return what was kept under a name, brought forward by the datasets that are marked, or counted from nothing."""
    count = {**EVENT, **IN_ALL}[name]
    known = None if count.is_other(marks, event_id) else label_tallies.whole(session, name, event_id)
    if known is None:
        return count.from_nothing(session, event_id)
    return count.bring_forward(session, event_id, known, marks.datasets)


def count(session: Session, asked: Lacking) -> tuple[list[Counted], dict[tuple[str, int], Tally]]:
    """Count what is lacking: of publishers, and by name and event (0 for none)."""
    marks = label_tallies.marks(session)
    some = _publishers(session, asked.publishers) if asked.publishers != [] else []
    found = {(name, 0): _now(session, name, 0, marks) for name in IN_ALL if asked.in_all}
    found |= {(name, one): _now(session, name, one, marks) for name in EVENT for one in asked.events}
    return some, found


def ask_if_stale(session: Session) -> bool:
    """Ask for the numbers to be counted anew if they are not what they should be; return whether that was asked."""
    if jobs.any_open(session, None, [KIND]) or not label_tallies.is_stale(session, MOST_EVENTS):
        return False
    ask_for_work.ask(session, KIND, None, None)
    return True
