"""Numbers of labels, kept: how many datasets of each publisher have a name, what an event and the public can read.

They are as good as new where there is no mark of them in `label_change` (`label_watch`). Where there is one, what was
counted of all datasets but those that it concerns still is, and so it is kept which datasets were counted, too.
Whoever counts puts the marks there are aside and leaves a turn of their own, keeps what was found only if their turn
is still the last, and then takes away what was put aside: whatever is changed meanwhile, by whomever, has left a mark
that stays.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base, Json, JsonObject
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.label_names import Unnamed
from matchmaker.store.credits.label_watch import Kind
from matchmaker.store.event.events import Event
from matchmaker.store.session import Session, plainly

NOT_KNOWN = 0
"""Stands for datasets of no known publisher."""
TURN, COUNTED = "turn", "counted"
"""The names under which the turn is kept, and that all publishers were counted once."""
ASIDE = -1
"""`by_transaction` of a mark that somebody has put aside while they count."""
MOST_MARKS, MOST_DATASETS = 300, 1000
"""Of more marks, or of more datasets, it is not told what each concerns."""

Parts = dict[str, list[int]]
"""By what is counted, the datasets that were: one is there as often as it counts."""


class LabelChange(Base):
    """A mark: something on which what is kept of this kind and key depends has changed.

    `by_transaction` is 0 on SQLite.
    """

    __tablename__ = "label_change"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by_transaction: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class LabelTally(Base):
    """What was counted for an event, or in all of them (`event_id` 0), under a name, and which datasets were."""

    __tablename__ = "label_tally"

    name: Mapped[str] = mapped_column(String(12), primary_key=True)
    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    found: Mapped[JsonObject] = mapped_column(Json)
    parts: Mapped[Parts] = mapped_column(Json, default=dict)


class PublisherTally(Base):
    """How many people want a dataset of a publisher that has no name; which of those are the first.

    `letter` is another wherever a letter about them would be.
    """

    __tablename__ = "publisher_tally"

    publisher_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wanted: Mapped[int] = mapped_column(default=0)
    letter: Mapped[str] = mapped_column(String(16), default="")
    unnamed: Mapped[list[list[Any]]] = mapped_column(Json, default=list)


@dataclass(frozen=True)
class Counted:
    """What is kept of a publisher."""

    id: int | None
    wanted: int
    letter: str
    unnamed: tuple[Unnamed, ...]


class PublisherKept(NamedTuple):
    """What is kept of a publisher, without its unnamed datasets."""

    wanted: int
    letter: str


def publishers(session: Session) -> dict[int | None, PublisherKept]:
    """Return what is kept of the publishers without a mark.

    One query, so that no count that ends meanwhile comes between.
    """
    rows = session.execute(
        select(PublisherTally.publisher_id, PublisherTally.wanted, PublisherTally.letter).where(_unmarked())
    )
    return {known(id_): PublisherKept(wanted, letter) for id_, wanted, letter in rows}


def unnamed(session: Session, publisher_ids: Collection[int | None]) -> dict[int | None, tuple[Unnamed, ...]]:
    """Return the first unnamed datasets of those of these publishers that have no mark: one query."""
    rows = session.execute(
        select(PublisherTally.publisher_id, PublisherTally.unnamed).where(
            among(PublisherTally.publisher_id, [one or NOT_KNOWN for one in publisher_ids]), _unmarked()
        )
    )
    return {known(id_): tuple(Unnamed(*one) for one in found) for id_, found in rows}


def _unmarked() -> ColumnElement[bool]:
    return PublisherTally.publisher_id.not_in(
        select(LabelChange.key).where(LabelChange.kind == Kind.PUBLISHER)
    )


def known(publisher_id: int) -> int | None:
    """Return a publisher as datasets name it: None for no known one."""
    return None if publisher_id == NOT_KNOWN else publisher_id


@dataclass(frozen=True)
class Tally:
    """What was counted, and which datasets were."""

    found: JsonObject
    parts: Parts = field(default_factory=dict)


@dataclass(frozen=True)
class LabelMarks:
    """What has changed since labels were counted: `everything`, or some datasets, with those of a series.

    And the `subjects` of datasets, all of some `events`, how many at some agreed to be named.
    """

    everything: bool = False
    datasets: frozenset[int] = frozenset()
    subjects: bool = False
    events: frozenset[int] = frozenset()
    agreed: frozenset[int] = frozenset()


def marks(session: Session) -> LabelMarks:
    """Return what has changed: one query or two. To be asked before what is kept is read."""
    rows = plainly(session, _marks(), {}).all()
    keys = {kind: {key for one, key in rows if one == kind} for kind in Kind}
    members: set[int] = set()
    if keys[Kind.DATASET]:
        of_series = select(Dataset.id).where(among(Dataset.series_id, keys[Kind.DATASET]))
        members = set(session.scalars(of_series.limit(MOST_DATASETS + 1)))
    return LabelMarks(
        len(rows) > MOST_MARKS or len(members) > MOST_DATASETS or bool(keys[Kind.LABELS]),
        frozenset(keys[Kind.DATASET] | members),
        bool(keys[Kind.SUBJECTS]),
        frozenset(keys[Kind.EVENT]),
        frozenset(keys[Kind.AGREED]),
    )


@cache
def _marks() -> Select[str, int]:
    of_labels = select(LabelChange.kind, LabelChange.key).where(LabelChange.kind != Kind.PUBLISHER)
    return of_labels.distinct().limit(MOST_MARKS + 1)


def of(session: Session, name: str, kinds: Collection[Kind], event_id: int = 0) -> JsonObject | None:
    """Return what is kept for an event, or in all, under a name; None where there is a mark of these kinds.

    A mark of the event or of all labels is one in any case. One query, so that no count that ends meanwhile comes
    between.
    """
    return session.scalar(_of(frozenset(kinds)), {"name": name, "event": event_id})


@cache
def _of(kinds: frozenset[Kind]) -> Select[JsonObject]:
    event_id = bindparam("event", type_=Integer)
    own = {Kind.EVENT} | ({Kind.AGREED} & kinds)
    of_it = and_(LabelChange.kind.in_(own), LabelChange.key == event_id)
    concerns = or_(LabelChange.kind.in_({Kind.LABELS, *kinds} - own), of_it)
    return select(LabelTally.found).where(
        LabelTally.name == bindparam("name"), LabelTally.event_id == event_id, ~exists().where(concerns)
    )


def whole(session: Session, name: str, event_id: int = 0) -> Tally | None:
    """Return what was kept for an event, or in all, under a name, whatever has changed since: one query."""
    row = plainly(session, _whole(), {"name": name, "event": event_id}).one_or_none()
    return Tally(*row) if row else None


@cache
def _whole() -> Select[JsonObject, Parts]:
    return select(LabelTally.found, LabelTally.parts).where(
        LabelTally.name == bindparam("name"), LabelTally.event_id == bindparam("event")
    )


@dataclass(frozen=True)
class Lacking:
    """What is to be counted: some publishers or all (None), what is said of no event, and some events."""

    publishers: Collection[int | None] | None
    in_all: bool
    events: Collection[int]

    def __bool__(self) -> bool:
        """Whether anything is."""
        return self.publishers is None or bool(self.publishers or self.in_all or self.events)


def lacking(session: Session, most_events: int) -> Lacking:
    """Return what is not kept now, for the events that are not erased, the latest first, at most so many."""
    there = set(session.scalars(select(LabelTally.event_id).where(LabelTally.name.not_in((TURN, COUNTED)))))
    marked = session.execute(select(LabelChange.kind, LabelChange.key).distinct()).all()
    kinds = {kind for kind, _ in marked}
    events = session.scalars(
        select(Event.id)
        .where(Event.erased_at.is_(None))
        .order_by(Event.held_on.desc(), Event.id)
        .limit(most_events)
    )
    own = {key for kind, key in marked if kind in (Kind.EVENT, Kind.AGREED)}
    of_all = bool(kinds & {Kind.LABELS, Kind.DATASET})
    stale = sorted({key for kind, key in marked if kind == Kind.PUBLISHER})
    return Lacking(
        [known(one) for one in stale] if session.get(LabelTally, (COUNTED, 0)) else None,
        of_all or Kind.SUBJECTS in kinds or 0 not in there,
        [one for one in events if of_all or one in own or one not in there],
    )


def is_stale(session: Session, most_events: int) -> bool:
    """Return whether there is a mark, or something is not kept."""
    marked = session.scalar(select(LabelChange.kind).limit(1)) is not None
    return marked or bool(lacking(session, most_events))


def begin(session: Session) -> str:
    """Put the marks aside, before anything is read; return the turn."""
    turn = secrets.token_urlsafe(12)
    # First, so that whoever begins or keeps at the same time waits.
    session.merge(LabelTally(name=TURN, event_id=0, found={"turn": turn}))
    session.flush()
    keys, aside = (LabelChange.kind, LabelChange.key), LabelChange.by_transaction == ASIDE
    there = {(kind, key) for kind, key in session.execute(select(*keys).where(aside))}
    # What is taken away is put aside, and nothing that comes between.
    fresh = session.execute(delete(LabelChange).where(~aside).returning(*keys))
    session.add_all(
        LabelChange(kind=kind, key=key, by_transaction=ASIDE)
        for kind, key in {(kind, key) for kind, key in fresh} - there
    )
    session.flush()
    return turn


def keep(
    session: Session,
    turn: str,
    asked: Lacking,
    publishers: Iterable[Counted],
    tallies: Mapping[tuple[str, int], Tally],
) -> bool:
    """Keep what was counted of what was lacking; False, and nothing is kept, if it is somebody else's turn by now."""
    row = session.get(LabelTally, (TURN, 0), with_for_update=True, populate_existing=True)
    if row is None or row.found != {"turn": turn}:
        return False
    some = (
        true()
        if asked.publishers is None
        else among(PublisherTally.publisher_id, [one or NOT_KNOWN for one in asked.publishers])
    )
    session.execute(delete(PublisherTally).where(some))
    session.add_all(
        PublisherTally(
            publisher_id=one.id or NOT_KNOWN,
            wanted=one.wanted,
            letter=one.letter,
            unnamed=[list(astuple(each)) for each in one.unnamed],
        )
        for one in publishers
    )
    session.merge(LabelTally(name=COUNTED, event_id=0, found={}))
    for (name, event_id), one in tallies.items():
        session.merge(LabelTally(name=name, event_id=event_id, found=one.found, parts=one.parts))
    session.execute(delete(LabelChange).where(LabelChange.by_transaction == ASIDE))
    session.flush()
    return True
