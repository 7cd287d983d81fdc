"""Count what is said of labels in numbers: from nothing, or from what was counted before only some datasets changed.

Of everything that is counted the datasets are known, so that those that have changed can be taken out, and put in
again as they are now. Both ways come to the same.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from typing import ClassVar

from matchmaker.store.base import JsonObject
from matchmaker.store.catalogue import publishers
from matchmaker.store.credits import audiences, endorsements, label_names, labelled_datasets
from matchmaker.store.credits.label_tallies import NOT_KNOWN, LabelMarks, Parts, Tally, known
from matchmaker.store.credits.label_watch import Kind
from matchmaker.store.credits.labelled_datasets import Some
from matchmaker.store.session import Session

MOST_SUBJECTS = 200


class Count(ABC):
    """One thing that is counted, for an event or for all (`event_id` 0)."""

    kinds: ClassVar[Collection[Kind]] = (Kind.DATASET,)
    """Which marks concern it, beside those of the whole event and of all labels."""

    def is_other(self, marks: LabelMarks, event_id: int) -> bool:
        """Whether more has changed than some datasets."""
        return marks.everything or event_id in marks.events

    @abstractmethod
    def from_nothing(self, session: Session, event_id: int) -> Tally:
        """Count all."""

    @abstractmethod
    def bring_forward(self, session: Session, event_id: int, was: Tally, changed: Collection[int]) -> Tally:
        """Count again of the changed datasets alone, from what was known before they changed."""


class Parted(Count):
    """What is counted of each dataset by itself."""

    def from_nothing(self, session: Session, event_id: int) -> Tally:
        """Count all."""
        return self._tally(self.parts(session, event_id, None))

    def bring_forward(self, session: Session, event_id: int, was: Tally, changed: Collection[int]) -> Tally:
        """Count again of the changed datasets alone."""
        if not changed:
            return was
        return self._tally(_without(was.parts, changed), self.parts(session, event_id, changed))

    def _tally(self, *both: Parts) -> Tally:
        parts = _together(*both)
        return Tally(self.told(parts), parts)

    @abstractmethod
    def parts(self, session: Session, event_id: int, some: Some) -> Parts:
        """Return which datasets are counted, of some or of all."""

    @abstractmethod
    def told(self, parts: Parts) -> JsonObject:
        """Return what is said of that."""


def _without(parts: Parts, changed: Collection[int]) -> Parts:
    gone = frozenset(changed)
    return {key: [one for one in some if one not in gone] for key, some in parts.items()}


def _together(*several: Parts) -> Parts:
    """Return all in one; what no dataset is counted for is not there."""
    found: Parts = {}
    for parts in several:
        for key, some in parts.items():
            if some:
                found.setdefault(key, []).extend(some)
    return found


def _grouped(pairs: Iterable[tuple[object, int]]) -> Parts:
    found: Parts = {}
    for key, dataset_id in pairs:
        found.setdefault(str(key), []).append(dataset_id)
    return found


class Labels(Parted):
    """How many datasets of an event have a label, a public one, and one on which everybody hides their name."""

    def parts(self, session: Session, event_id: int, some: Some) -> Parts:
        """Return which do."""
        tags = labelled_datasets.with_label(session, event_id, some)
        hidden = frozenset(label_names.hidden(session, some, series=True))
        return {
            "tags": tags,
            "public": labelled_datasets.with_public_label(session, some, event_id),
            "hidden": [one for one in tags if one in hidden],
        }

    def told(self, parts: Parts) -> JsonObject:
        """Return how many do."""
        return {name: len(parts.get(name, ())) for name in ("tags", "public", "hidden")}


class Hidden(Parted):
    """On how many datasets everybody who is named hides their name."""

    def parts(self, session: Session, event_id: int, some: Some) -> Parts:
        """Return on which."""
        return {"hidden": label_names.hidden(session, some)}

    def told(self, parts: Parts) -> JsonObject:
        """Return on how many."""
        return {"hidden": len(parts.get("hidden", ()))}


class Figures(Parted):
    """For how many datasets of an event somebody is named, by role and by organisation."""

    def parts(self, session: Session, event_id: int, some: Some) -> Parts:
        """Return for which."""
        named = labelled_datasets.named(session, event_id, some)
        return {
            **_grouped({(f"role {role}", one) for one, role, _ in named}),
            **_grouped({(f"place {place}", one) for one, _, place in named if place}),
        }

    def told(self, parts: Parts) -> JsonObject:
        """Return for how many."""

        def numbers(what: str) -> list[tuple[str, int]]:
            return sorted(
                (key.removeprefix(what), len(some)) for key, some in parts.items() if key.startswith(what)
            )

        return {
            "roles": dict(numbers("role ")),
            "places": [list(one) for one in numbers("place ")],
        }


class Given(Parted):
    """How many thanks of an event others may read, and how many of its datasets carry one."""

    def parts(self, session: Session, event_id: int, some: Some) -> Parts:
        """Return for which datasets they are."""
        return {
            "thanks": endorsements.datasets_thanked(session, event_id, some),
            "thanked": labelled_datasets.thanked(session, event_id, some),
        }

    def told(self, parts: Parts) -> JsonObject:
        """Return how many they are."""
        return {name: len(parts.get(name, ())) for name in ("thanks", "thanked")}


class HungThanks(Parted):
    """Which thanks may be shown in the hall of an event, the newest first."""

    def parts(self, session: Session, event_id: int, some: Some) -> Parts:
        """Return for which dataset each is."""
        return _grouped(labelled_datasets.shown_on_screen(session, event_id, some))

    def told(self, parts: Parts) -> JsonObject:
        """Return which they are."""
        return {"ids": sorted(map(int, parts), reverse=True)}


class Agreed(Count):
    """How many of those coming to an event agreed to be named on public labels."""

    kinds = (Kind.AGREED,)

    def is_other(self, marks: LabelMarks, event_id: int) -> bool:
        """Whether anybody of the event has changed."""
        return super().is_other(marks, event_id) or event_id in marks.agreed

    def from_nothing(self, session: Session, event_id: int) -> Tally:
        """Count them."""
        return Tally({"agreed": audiences.count_public(session, event_id)})

    def bring_forward(self, session: Session, event_id: int, was: Tally, changed: Collection[int]) -> Tally:
        """Return what is known, as no dataset concerns it."""
        return was


class Public(Count):
    """Which datasets have a public label, by publisher and title."""

    def from_nothing(self, session: Session, event_id: int) -> Tally:
        """Count all."""
        return Tally(
            {"ids": labelled_datasets.ids(session, labelled_datasets.in_public(), by_publisher=True)}
        )

    def bring_forward(self, session: Session, event_id: int, was: Tally, changed: Collection[int]) -> Tally:
        """Put those of the changed datasets that have one where they belong now."""
        if not changed:
            return was
        gone = frozenset(changed)
        there = [one for one in was.found["ids"] if one not in gone]
        new = labelled_datasets.with_public_label(session, changed)
        return Tally({"ids": labelled_datasets.placed(session, there, new)})


class Subjects(Count):
    """How many datasets the most frequent subjects have, and how many of them have a name, by subject."""

    kinds = (Kind.DATASET, Kind.SUBJECTS)

    def is_other(self, marks: LabelMarks, event_id: int) -> bool:
        """Whether datasets have other subjects, or there are others."""
        return super().is_other(marks, event_id) or marks.subjects

    def from_nothing(self, session: Session, event_id: int) -> Tally:
        """Count all."""
        found = label_names.by_subject(session, MOST_SUBJECTS)
        parts = _grouped(label_names.named_by_subject(session, [str(one.id) for one in found]))
        return Tally({"gaps": [[one.id, one.name, one.datasets, one.named] for one in found]}, parts)

    def bring_forward(self, session: Session, event_id: int, was: Tally, changed: Collection[int]) -> Tally:
        """Count again which of the changed datasets have a name."""
        if not changed:
            return was
        gaps = was.found["gaps"]
        now = _grouped(label_names.named_by_subject(session, [key for key, *_ in gaps], changed))
        parts = _together(_without(was.parts, changed), now)
        told = [[key, name, datasets, len(parts.get(key, ()))] for key, name, datasets, _ in gaps]
        return Tally({"gaps": told}, parts)


class Gaps(Count):
    """How many datasets each publisher has, and how many of them have a name, by the publisher's name."""

    def from_nothing(self, session: Session, event_id: int) -> Tally:
        """Count all."""
        return self._tally(session, self._parts(session, None))

    def bring_forward(self, session: Session, event_id: int, was: Tally, changed: Collection[int]) -> Tally:
        """Count again of the changed datasets alone."""
        if not changed:
            return was
        return self._tally(session, _together(_without(was.parts, changed), self._parts(session, changed)))

    def _parts(self, session: Session, some: Some) -> Parts:
        """Return which datasets there are of each publisher, and which of them have a name."""
        found = label_names.listed(session, some)
        there = _grouped((publisher_id or NOT_KNOWN, one) for one, publisher_id, _ in found)
        named = _grouped(
            (f"named {publisher_id or NOT_KNOWN}", one) for one, publisher_id, has_name in found if has_name
        )
        return {**there, **named}

    def _tally(self, session: Session, parts: Parts) -> Tally:
        ids = [int(key) for key in parts if key.isdecimal()]
        names = publishers.names(session, ids)
        told = [
            [known(one), names.get(one, ""), len(parts[str(one)]), len(parts.get(f"named {one}", ()))]
            for one in ids
        ]
        return Tally({"gaps": sorted(told, key=lambda one: (one[0] is None, one[1].casefold()))}, parts)


EVENT: dict[str, Count] = {
    "event": Labels(), "agreed": Agreed(), "figures": Figures(), "thanks": Given(), "wall": HungThanks()
}  # fmt: skip
IN_ALL: dict[str, Count] = {"gaps": Gaps(), "hidden": Hidden(), "public": Public(), "subjects": Subjects()}
