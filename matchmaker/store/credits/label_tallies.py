"""Numbers of labels, kept: how many datasets of each publisher have a name, what an event and the public can read.

They are as good as new where there is no mark of them in `label_change` (`label_watch`). Whoever counts begins by
taking the marks and the numbers that they concern away and leaving a turn of their own, and keeps what was found only
if their turn is still the last, and only that of which there is no new mark: whatever is changed meanwhile, by
whomever, no number of before is kept.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    delete,
    exists,
    false,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base, Json, JsonObject
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits.label_names import Gap, Unnamed
from matchmaker.store.credits.label_watch import Kind
from matchmaker.store.event.events import Event

NOT_KNOWN = 0
"""Stands for datasets of no known publisher."""
TURN, COUNTED = "turn", "counted"
"""The names under which the turn is kept, and that all publishers were counted once."""
BEGUN = -1
"""Stands for no publisher: that all were counted once."""


class LabelChange(Base):
    """A mark: something on which what is kept of this kind and key depends has changed.

    `by_transaction` is 0 on SQLite.
    """

    __tablename__ = "label_change"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by_transaction: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class LabelTally(Base):
    """What was counted for an event, or in all of them (`event_id` 0), under a name."""

    __tablename__ = "label_tally"

    name: Mapped[str] = mapped_column(String(12), primary_key=True)
    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    found: Mapped[JsonObject] = mapped_column(Json)


class PublisherTally(Base):
    """How many datasets of a publisher there are and have a name, and how many people want one that has none.

    `unnamed` are the first of those, and `letter` is another wherever a letter about them would be. Not `fresh` while
    they are counted anew.
    """

    __tablename__ = "publisher_tally"

    publisher_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fresh: Mapped[bool] = mapped_column(default=False)
    datasets: Mapped[int] = mapped_column(default=0)
    named: Mapped[int] = mapped_column(default=0)
    wanted: Mapped[int] = mapped_column(default=0)
    letter: Mapped[str] = mapped_column(String(16), default="")
    unnamed: Mapped[list[list[Any]]] = mapped_column(Json, default=list)


@dataclass(frozen=True)
class Counted:
    """What is kept of a publisher; `unnamed` is None where it was not read."""

    gap: Gap
    wanted: int
    letter: str
    unnamed: tuple[Unnamed, ...] | None = None


def publishers(session: Session) -> tuple[dict[int | None, Counted], set[int | None]] | None:
    """Return what is kept of publishers, without the unnamed datasets, and those of which it is not known to be true.

    None before anything was kept. One query, so that no count that ends meanwhile comes between.
    """
    marks = select(LabelChange.key).where(LabelChange.kind == Kind.PUBLISHER)
    fresh = PublisherTally.fresh & PublisherTally.publisher_id.not_in(marks)
    numbers = (PublisherTally.datasets, PublisherTally.named, PublisherTally.wanted, PublisherTally.letter)
    tallies = select(PublisherTally.publisher_id, fresh.label("fresh"), Publisher.name, *numbers).outerjoin(
        Publisher, Publisher.id == PublisherTally.publisher_id
    )
    others = select(LabelChange.key, false(), null(), *(literal(0),) * 3, literal("")).where(
        LabelChange.kind == Kind.PUBLISHER, LabelChange.key.not_in(select(PublisherTally.publisher_id))
    )
    begun = select(literal(BEGUN), true(), null(), *(literal(0),) * 3, literal("")).where(_anything_kept())
    found: dict[int | None, Counted] = {}
    stale: set[int | None] = set()
    anything = False
    rows: Iterable[Any] = session.execute(union_all(tallies, others, begun))
    for id_, is_fresh, name, datasets, named, wanted, letter in rows:
        if id_ == BEGUN:
            anything = True
        elif not is_fresh:
            stale.add(known(id_))
        elif datasets:
            found[known(id_)] = Counted(Gap(known(id_), name or "", datasets, named), wanted, letter)
    return (found, stale) if anything else None


def unnamed(session: Session, publisher_ids: Collection[int | None]) -> dict[int | None, tuple[Unnamed, ...]]:
    """Return the first unnamed datasets of these publishers as they are kept: one query."""
    rows = session.execute(
        select(PublisherTally.publisher_id, PublisherTally.unnamed).where(
            among(PublisherTally.publisher_id, [one or NOT_KNOWN for one in publisher_ids])
        )
    )
    return {known(id_): tuple(Unnamed(*one) for one in found) for id_, found in rows}


def known(publisher_id: int) -> int | None:
    """Return a publisher as datasets name it: None for no known one."""
    return None if publisher_id == NOT_KNOWN else publisher_id


def _anything_kept() -> ColumnElement[bool]:
    return exists().where(LabelTally.name == COUNTED)


def of(session: Session, name: str, event_id: int = 0) -> JsonObject | None:
    """Return what is kept for an event, or in all, under a name; None if that is not known to be true: one query."""
    return session.scalar(
        select(LabelTally.found).where(
            LabelTally.name == name, LabelTally.event_id == event_id, ~exists().where(_concerns(event_id))
        )
    )


def _concerns(event_id: int) -> ColumnElement[bool]:
    """Return the condition that a mark concerns what is kept for an event, or in all of them."""
    if not event_id:
        return LabelChange.kind.in_((Kind.LABELS, Kind.PUBLIC))
    own = and_(LabelChange.kind == Kind.EVENT, LabelChange.key == event_id)
    return or_(LabelChange.kind.in_((Kind.LABELS, Kind.THANKS)), own)


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
    events = session.scalars(
        select(Event.id)
        .where(Event.erased_at.is_(None))
        .order_by(Event.held_on.desc(), Event.id)
        .limit(most_events)
    )
    stale = session.scalars(select(PublisherTally.publisher_id).where(~PublisherTally.fresh))
    return Lacking(
        [known(one) for one in stale] if session.get(LabelTally, (COUNTED, 0)) else None,
        0 not in there,
        [one for one in events if one not in there],
    )


def is_stale(session: Session, most_events: int) -> bool:
    """Return whether there is a mark, or something is not kept."""
    marked = session.scalar(select(LabelChange.kind).limit(1)) is not None
    return marked or bool(lacking(session, most_events))


def begin(session: Session) -> str:
    """Take the marks, and what is kept of what they concern, away, before anything is read; return the turn."""
    turn = secrets.token_urlsafe(12)
    # First, so that whoever begins or keeps at the same time waits.
    session.merge(LabelTally(name=TURN, event_id=0, found={"turn": turn}))
    session.flush()
    marks = session.execute(delete(LabelChange).returning(LabelChange.kind, LabelChange.key)).all()
    keys = {kind: {key for one, key in marks if one == kind} for kind in Kind}
    gone: ColumnElement[bool] = LabelTally.event_id.in_(keys[Kind.EVENT])
    if keys[Kind.PUBLIC]:
        gone |= LabelTally.event_id == 0
    if keys[Kind.THANKS]:
        gone |= LabelTally.event_id != 0
    if keys[Kind.LABELS]:
        gone = true()
    session.execute(delete(LabelTally).where(gone, LabelTally.name.not_in((TURN, COUNTED))))
    stale = keys[Kind.PUBLISHER]
    session.execute(
        update(PublisherTally).where(among(PublisherTally.publisher_id, stale)).values(fresh=False)
    )
    there = set(session.scalars(select(PublisherTally.publisher_id)))
    session.add_all(PublisherTally(publisher_id=one) for one in sorted(stale - there))
    session.flush()
    return turn


def keep(
    session: Session,
    turn: str,
    asked: Lacking,
    publishers: Iterable[Counted],
    tallies: Mapping[tuple[str, int], JsonObject],
) -> bool:
    """Keep what was counted of what was lacking; False, and nothing is kept, if it is somebody else's turn by now."""
    row = session.get(LabelTally, (TURN, 0), with_for_update=True, populate_existing=True)
    if row is None or row.found != {"turn": turn}:
        return False
    counted = {one.gap.id: one for one in publishers}
    some = (
        true()
        if asked.publishers is None
        else among(PublisherTally.publisher_id, [one or NOT_KNOWN for one in asked.publishers])
    )
    session.execute(delete(PublisherTally).where(some))
    session.add_all(
        PublisherTally(
            publisher_id=one.gap.id or NOT_KNOWN,
            fresh=True,
            datasets=one.gap.datasets,
            named=one.gap.named,
            wanted=one.wanted,
            letter=one.letter,
            unnamed=[list(astuple(each)) for each in one.unnamed or ()],
        )
        for one in counted.values()
    )
    session.merge(LabelTally(name=COUNTED, event_id=0, found={}))
    for (name, event_id), found in tallies.items():
        session.merge(LabelTally(name=name, event_id=event_id, found=found))
    session.flush()
    return True
