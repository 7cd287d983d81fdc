"""Endorsements: one person's signed thanks for another's contribution."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    CursorResult,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from matchmaker.recognition.rules import EVIDENCE_LONGEST, RELATIONS, SENTENCE_LONGEST
from matchmaker.recognition.states import LIVE, EndorsementState
from matchmaker.store.among import among, among_those
from matchmaker.store.base import Base, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session, plainly

_LIVE_SQL = "state IN (" + ", ".join(f"'{state.value}'" for state in EndorsementState if state in LIVE) + ")"
_RELATIONS_SQL = "relation IN (" + ", ".join(f"'{relation}'" for relation in RELATIONS) + ")"


class Endorsement(Base):
    """A thanks. Receiver, dataset and role repeat those of the contribution, held equal by a foreign key.

    `giver_id` is None once its giver was erased and chose that their thanks stay without a name.
    `answered_no` remembers over a withdrawal that the receiver hid or declined it. `moderated`: an organiser
    hides it. `sealed`: only giver and receiver see it until the organiser opens the round.
    """

    __tablename__ = "endorsement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["contribution_id", "receiver_id", "dataset_id", "role"],
            ["contribution.id", "contribution.person_id", "contribution.dataset_id", "contribution.role"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        one_of("state", EndorsementState),
        CheckConstraint("giver_id <> receiver_id", name="not_oneself"),
        CheckConstraint(_RELATIONS_SQL, name="relation_known"),
        CheckConstraint("state = 'withdrawn' OR length(sentence) >= 20", name="sentence_long_enough"),
        Index(
            "uq_endorsement_live",
            "event_id",
            "giver_id",
            "contribution_id",
            unique=True,
            sqlite_where=text(_LIVE_SQL),
            postgresql_where=text(_LIVE_SQL),
        ),
        Index("ix_endorsement_event_id", "event_id", "state", "moderated", "sealed"),
        Index("ix_endorsement_contribution", "contribution_id"),
        Index("ix_endorsement_receiver_id", "receiver_id"),
        Index("ix_endorsement_dataset_id", "dataset_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    giver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    contribution_id: Mapped[int]
    receiver_id: Mapped[int]
    dataset_id: Mapped[int]
    role: Mapped[str] = mapped_column(String(24))
    sentence: Mapped[str] = mapped_column(String(SENTENCE_LONGEST))
    relation: Mapped[str] = mapped_column(String(24))
    evidence_url: Mapped[str] = mapped_column(String(EVIDENCE_LONGEST), default="")
    state: Mapped[EndorsementState] = mapped_column(
        choice(EndorsementState), default=EndorsementState.AWAITING
    )
    answered_no: Mapped[bool] = mapped_column(default=False)
    moderated: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    giver: Mapped[Person | None] = relationship(foreign_keys=[giver_id])
    contribution: Mapped[Contribution] = relationship(viewonly=True)


def shown() -> ColumnElement[bool]:
    """Return the condition that others may read a thanks, if its credit is on the label: accepted, not hidden."""
    return and_(
        Endorsement.state == EndorsementState.ACCEPTED,
        Endorsement.moderated.is_(False),
        Endorsement.sealed.is_(False),
    )


_WHOLE = (
    joinedload(Endorsement.giver),
    joinedload(Endorsement.contribution).joinedload(Contribution.person),
    joinedload(Endorsement.contribution).joinedload(Contribution.dataset),
)


def by_public_id(session: Session, public_id: str) -> Endorsement | None:
    """Return the endorsement an address in the browser names, with its people and dataset."""
    return session.scalar(select(Endorsement).where(Endorsement.public_id == public_id).options(*_WHOLE))


def by_ids(session: Session, ids: Collection[int]) -> list[Endorsement]:
    """Return these endorsements with their people and datasets."""
    return list(session.scalars(select(Endorsement).where(among(Endorsement.id, ids)).options(*_WHOLE)))


def for_datasets(session: Session, dataset_ids: Collection[int]) -> list[Endorsement]:
    """Return all endorsements of the contributions to these datasets, in any state, oldest first."""
    return list(session.scalars(_for_datasets(), {"datasets": [*dataset_ids]}))


@cache
def _for_datasets() -> Select[Endorsement]:
    """Return the question of `for_datasets`, which is put together once, as are those below."""
    here = among_those(Endorsement.dataset_id, "datasets")
    return select(Endorsement).where(here).options(*_WHOLE).order_by(Endorsement.id)


def at_event(session: Session, event_id: int) -> list[Endorsement]:
    """Return the endorsements of an event that others may read, oldest first."""
    return list(
        session.scalars(
            select(Endorsement)
            .where(Endorsement.event_id == event_id, shown())
            .options(*_WHOLE)
            .order_by(Endorsement.id)
        )
    )


def received_by(session: Session, person_id: int) -> list[Endorsement]:
    """Return all endorsements given to a person, in any state, newest first."""
    return list(session.scalars(_received(), {"person": person_id}))


@cache
def _received() -> Select[Endorsement]:
    theirs = Endorsement.receiver_id == bindparam("person")
    return select(Endorsement).where(theirs).options(*_WHOLE).order_by(Endorsement.id.desc())


@dataclass(frozen=True)
class AwaitingThanks:
    """A thanks that waits for its receiver's yes, without its words."""

    id: int
    giver_id: int | None
    contribution_id: int


def awaiting(session: Session, person_id: int) -> list[AwaitingThanks]:
    """Return what waits for a person's yes: one query."""
    return [AwaitingThanks(*row) for row in plainly(session, _awaiting(), {"person": person_id})]


@cache
def _awaiting() -> Select[int, int | None, int]:
    return select(Endorsement.id, Endorsement.giver_id, Endorsement.contribution_id).where(
        Endorsement.receiver_id == bindparam("person"), Endorsement.state == EndorsementState.AWAITING
    )


def given_by(session: Session, person_id: int) -> list[Endorsement]:
    """Return all endorsements a person gave, in any state, newest first."""
    return list(session.scalars(_given(), {"person": person_id}))


@cache
def _given() -> Select[Endorsement]:
    theirs = Endorsement.giver_id == bindparam("person")
    return select(Endorsement).where(theirs).options(*_WHOLE).order_by(Endorsement.id.desc())


def live_counts(session: Session, event_id: int, giver_id: int, receiver_id: int) -> tuple[int, int]:
    """Return how many live thanks a giver has given at an event: in all, and to this receiver."""
    asked = {"event": event_id, "giver": giver_id, "receiver": receiver_id}
    in_all, to_one = session.execute(_live_counts(), asked).one()
    return in_all, to_one or 0


@cache
def _live_counts() -> Select[int, int | None]:
    to_one = func.sum(case((Endorsement.receiver_id == bindparam("receiver"), 1), else_=0))
    return select(func.count(), to_one).where(
        Endorsement.event_id == bindparam("event"),
        Endorsement.giver_id == bindparam("giver"),
        Endorsement.state.in_(LIVE),
    )


def live_one(session: Session, event_id: int, giver_id: int, contribution_id: int) -> Endorsement | None:
    """Return the live thanks this giver has already given for this contribution at this event."""
    asked = {"event": event_id, "giver": giver_id, "contribution": contribution_id}
    return session.scalar(_live_one(), asked)


@cache
def _live_one() -> Select[Endorsement]:
    return select(Endorsement).where(
        Endorsement.event_id == bindparam("event"),
        Endorsement.giver_id == bindparam("giver"),
        Endorsement.contribution_id == bindparam("contribution"),
        Endorsement.state.in_(LIVE),
    )


def hold(session: Session, endorsement: Endorsement) -> None:
    """Read the thanks again as it is now, and let nobody else change it until the transaction ends."""
    session.refresh(
        endorsement, ["state", "sentence", "relation", "evidence_url", "changed_at"], with_for_update=True
    )


def count_accepted(session: Session, event_id: int) -> int:
    """Return how many thanks of an event others may read."""
    return session.scalar(counting_accepted(), {"event": event_id}) or 0


@cache
def counting_accepted() -> Select[int]:
    """Return the question of `count_accepted`, for an `event`."""
    return select(func.count()).where(Endorsement.event_id == bindparam("event"), shown())


def datasets_thanked(
    session: Session, event_id: int, dataset_ids: Collection[int] | None = None
) -> list[int]:
    """Return the dataset of each thanks of an event that others may read, or of those for these datasets."""
    some = [] if dataset_ids is None else [among(Endorsement.dataset_id, dataset_ids)]
    asked = select(Endorsement.dataset_id).where(Endorsement.event_id == event_id, shown(), *some)
    return list(session.scalars(asked))


def withdrawn_one(session: Session, event_id: int, giver_id: int, contribution_id: int) -> Endorsement | None:
    """Return the thanks this giver last withdrew for this contribution at this event."""
    return session.scalar(
        select(Endorsement)
        .where(
            Endorsement.event_id == event_id,
            Endorsement.giver_id == giver_id,
            Endorsement.contribution_id == contribution_id,
            Endorsement.state == EndorsementState.WITHDRAWN,
        )
        .order_by(Endorsement.id.desc())
        .limit(1)
    )


def any_accepted(session: Session, contribution_id: int) -> bool:
    """Return whether the person has accepted a thanks for this contribution."""
    return (
        session.scalar(
            select(Endorsement.id)
            .where(
                Endorsement.contribution_id == contribution_id,
                Endorsement.state == EndorsementState.ACCEPTED,
            )
            .limit(1)
        )
        is not None
    )


def any_accepted_openly(session: Session, contribution_id: int) -> bool:
    """Return whether the person has accepted a thanks for this contribution that is not sealed."""
    query = select(Endorsement.id).where(
        Endorsement.contribution_id == contribution_id,
        Endorsement.state == EndorsementState.ACCEPTED,
        Endorsement.sealed.is_(False),
    )
    return session.scalar(query.limit(1)) is not None


def withdrawn_alone(session: Session, contribution_ids: Collection[int]) -> set[tuple[int, int | None]]:
    """Return (contribution, giver) of those of these for which the giver has withdrawn, and gives no thanks now."""
    rows = session.execute(
        select(Endorsement.contribution_id, Endorsement.giver_id, Endorsement.state).where(
            among(Endorsement.contribution_id, contribution_ids)
        )
    ).all()
    live = {(credit, giver) for credit, giver, state in rows if state in LIVE}
    return {(credit, giver) for credit, giver, state in rows if state not in LIVE} - live


def unseal(session: Session, event_id: int) -> int:
    """Open every sealed thanks of an event, and the credits accepted with them; return how many thanks."""
    opened = session.execute(
        update(Endorsement).where(Endorsement.event_id == event_id, Endorsement.sealed).values(sealed=False)
    )
    session.execute(
        update(Contribution).where(Contribution.sealed_by_id == event_id).values(sealed_by_id=None)
    )
    return cast(CursorResult[Any], opened).rowcount


def count_sealed(session: Session, event_id: int) -> int:
    """Return how many live thanks of an event are sealed."""
    return session.scalar(_sealed(), {"event": event_id}) or 0


@cache
def _sealed() -> Select[int]:
    """Return the question of `count_sealed`, by all columns of an index, so that no other thanks is looked at."""
    return select(func.count()).where(
        Endorsement.event_id == bindparam("event"),
        Endorsement.state.in_(LIVE),
        Endorsement.moderated.in_((False, True)),
        Endorsement.sealed,
    )


def any_live(session: Session, contribution_id: int) -> bool:
    """Return whether there is a live thanks for this contribution."""
    return (
        session.scalar(
            select(Endorsement.id)
            .where(Endorsement.contribution_id == contribution_id, Endorsement.state.in_(LIVE))
            .limit(1)
        )
        is not None
    )
