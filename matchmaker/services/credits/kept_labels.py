"""Numbers of labels, read as they are kept while they are true, and else counted as before.

A page never shows numbers of how things were: the database marks every change on which they depend
(`store.credits.label_watch`), and a page that finds a mark counts for itself; of publishers, only those
that are marked. A job keeps them anew once the clock finds a mark.
"""

import hashlib
import sys
from collections.abc import Callable, Collection

from matchmaker.services import ask_for_work
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.credits import audiences, endorsements, label_names, label_tallies, labelled_datasets
from matchmaker.store.credits.label_names import Gap, Unnamed
from matchmaker.store.credits.label_tallies import Counted, Lacking
from matchmaker.store.session import Session

KIND = "count-labels"
MOST_EVENTS = 30
"""The numbers of so many events are kept, the latest first; those of others are counted when they are looked at."""
MOST_SUBJECTS = 200
FIRST = 5
"""So many unnamed datasets of a publisher are kept."""


def publishers(session: Session) -> list[Counted]:
    """Return the numbers of every publisher with datasets, by name, those of no known one last."""
    kept = label_tallies.publishers(session)
    found = _publishers(session, None) if kept is None else kept[0]
    if kept is not None and kept[1]:
        found = {one: counted for one, counted in found.items() if one not in kept[1]}
        found |= _publishers(session, kept[1])
    return sorted(found.values(), key=lambda one: (one.gap.id is None, one.gap.name.casefold()))


def gaps(session: Session) -> list[Gap]:
    """Return how many datasets every publisher has, and how many of them have a name, by name."""
    return [one.gap for one in publishers(session)]


def in_all(session: Session) -> Gap:
    """Return how many datasets there are, and how many have a name."""
    return total(gaps(session))


def total(every: Collection[Gap]) -> Gap:
    """Return the numbers of publishers together."""
    return Gap(None, "", sum(one.datasets for one in every), sum(one.named for one in every))


def unnamed(session: Session, some: Collection[Counted]) -> dict[int | str | None, tuple[Unnamed, ...]]:
    """Return, for each of these publishers, the first unnamed datasets that most people want."""
    kept = label_tallies.unnamed(session, [_id(one) for one in some if one.unnamed is None])
    return {one.gap.id: kept.get(_id(one), ()) if one.unnamed is None else one.unnamed for one in some}


def _publishers(session: Session, some: Collection[int | None] | None) -> dict[int | None, Counted]:
    """Count for every publisher, or for some."""
    wanted = label_names.wanted_by_publisher(session, some)
    missing: dict[int | None, list[Unnamed]] = {}
    for one in label_names.missing(session, some, sys.maxsize):
        missing.setdefault(one.publisher_id, []).append(one)
    return {
        id_: Counted(
            gap, wanted.get(id_, 0), _letter(missing.get(id_, [])), tuple(missing.get(id_, [])[:FIRST])
        )
        for gap in label_names.by_publisher(session, some)
        for id_ in [gap.id if isinstance(gap.id, int) else None]
    }


def _id(one: Counted) -> int | None:
    return one.gap.id if isinstance(one.gap.id, int) else None


def _letter(missing: list[Unnamed]) -> str:
    """Return letters that differ where what a letter says of unnamed datasets does."""
    said = [(one.title, one.datasets, one.wanted) for one in missing]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def of_event(session: Session, event_id: int) -> JsonObject:
    """Return how many datasets of an event have a label, as `tags` and `public`, and how many people `agreed`."""
    return _read(session, "event", event_id)


def figures(session: Session, event_id: int) -> JsonObject:
    """Return for how many datasets of an event somebody is named by `roles` and `places`, and the `thanks` for them.

    `thanked` is how many datasets carry one.
    """
    return _read(session, "figures", event_id)


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


def _of_event(session: Session, event_id: int) -> JsonObject:
    here = labelled_datasets.of_event(event_id)
    return {
        "tags": labelled_datasets.count(session, here),
        "public": labelled_datasets.count(session, here, labelled_datasets.in_public()),
        "agreed": audiences.count_public(session, event_id),
    }


def _figures(session: Session, event_id: int) -> JsonObject:
    return {
        "roles": labelled_datasets.by_role(session, event_id),
        "places": [list(one) for one in labelled_datasets.by_organisation(session, event_id)],
        "thanked": labelled_datasets.count_thanked(session, event_id),
        "thanks": endorsements.count_accepted(session, event_id),
    }


def _wall(session: Session, event_id: int) -> JsonObject:
    return {"ids": labelled_datasets.shown_on_screen(session, event_id)}


def _public(session: Session, _event_id: int) -> JsonObject:
    there = labelled_datasets.in_public()
    return {"ids": labelled_datasets.ids(session, there, by_publisher=True)}


def _subjects(session: Session, _event_id: int) -> JsonObject:
    found = label_names.by_subject(session, MOST_SUBJECTS)
    return {"gaps": [[one.id, one.name, one.datasets, one.named] for one in found]}


Count = Callable[[Session, int], JsonObject]
EVENT: dict[str, Count] = {"event": _of_event, "figures": _figures, "wall": _wall}
IN_ALL: dict[str, Count] = {"public": _public, "subjects": _subjects}


def _read(session: Session, name: str, event_id: int = 0) -> JsonObject:
    """Return what is kept under a name, or count it now."""
    kept = label_tallies.of(session, name, event_id)
    return kept if kept is not None else {**EVENT, **IN_ALL}[name](session, event_id)


def count(session: Session, asked: Lacking) -> tuple[list[Counted], dict[tuple[str, int], JsonObject]]:
    """Count what is lacking: of publishers, and by name and event (0 for none)."""
    some = list(_publishers(session, asked.publishers).values()) if asked.publishers != [] else []
    found = {(name, 0): work(session, 0) for name, work in IN_ALL.items() if asked.in_all}
    found |= {(name, one): work(session, one) for name, work in EVENT.items() for one in asked.events}
    return some, found


def ask_if_stale(session: Session) -> bool:
    """Ask for the numbers to be counted anew if they are not what they should be; return whether that was asked."""
    if jobs.any_open(session, None, [KIND]) or not label_tallies.is_stale(session, MOST_EVENTS):
        return False
    ask_for_work.ask(session, KIND, None, None)
    return True
