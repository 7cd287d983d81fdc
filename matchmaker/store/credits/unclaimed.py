"""Unclaimed credits: somebody named for a dataset who never signed up, or a team whose makers have left."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from matchmaker.recognition.states import UNCLAIMED_LIVE, UnclaimedState
from matchmaker.store.among import among_those
from matchmaker.store.base import Base, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.people.people import Person

_LIVE_SQL = (
    "state IN (" + ", ".join(f"'{state.value}'" for state in UnclaimedState if state in UNCLAIMED_LIVE) + ")"
)


class UnclaimedCredit(Base):
    """A name, or a team's, for a dataset and a role. It goes with its event at the latest.

    `code_hash` finds the row from the code on a printed slip. Once the person
    has answered, name, organisation, address and the words of the agreement are emptied; `address_hash`
    stays, so that nobody writes to that address again. `agreed_…` is what an organiser recorded.
    `claimed_by_id` is who took it.
    """

    __tablename__ = "unclaimed_credit"
    __table_args__ = (
        one_of("state", UnclaimedState),
        CheckConstraint(f"({_LIVE_SQL}) = (name <> '')", name="name_while_live"),
        CheckConstraint("state <> 'shown' OR agreed_at IS NOT NULL", name="shown_by_word"),
        CheckConstraint("NOT is_team OR email = ''", name="teams_get_no_mail"),
        CheckConstraint("reminded_at IS NULL OR invited_at IS NOT NULL", name="reminded_after_invited"),
        Index(
            "uq_unclaimed_credit_live",
            "event_id",
            "dataset_id",
            "role",
            "role_text",
            "name_key",
            unique=True,
            sqlite_where=text(_LIVE_SQL),
            postgresql_where=text(_LIVE_SQL),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(24))
    role_text: Mapped[str] = mapped_column(String(60), default="")
    is_team: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    name_key: Mapped[str] = mapped_column(String(420), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    address_hash: Mapped[str] = mapped_column(String(64), default="", index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[UnclaimedState] = mapped_column(choice(UnclaimedState), default=UnclaimedState.WAITING)
    moderated: Mapped[bool] = mapped_column(default=False)
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_how: Mapped[str] = mapped_column(String(300), default="")
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)

    dataset: Mapped[Dataset] = relationship()
    named_by: Mapped[Person | None] = relationship(foreign_keys=[named_by_id])


_WHOLE = (
    joinedload(UnclaimedCredit.named_by),
    joinedload(UnclaimedCredit.dataset).joinedload(Dataset.publisher),
)


def by_public_id(session: Session, public_id: str) -> UnclaimedCredit | None:
    """Return the unclaimed credit an address in the browser names."""
    return session.scalar(
        select(UnclaimedCredit).where(UnclaimedCredit.public_id == public_id).options(*_WHOLE)
    )


def by_hash(session: Session, code_hash: str) -> UnclaimedCredit | None:
    """Return the credit whose slip has this hash, in any state."""
    return session.scalar(
        select(UnclaimedCredit).where(UnclaimedCredit.code_hash == code_hash).options(*_WHOLE)
    )


class ListedName(NamedTuple):
    """An unclaimed credit as a list shows it: `dataset` is the public id, `named_by` "" for somebody who has left."""

    public_id: str
    role: str
    role_text: str
    is_team: bool
    name: str
    organisation: str
    email: str
    state: UnclaimedState
    named_by_id: int | None
    named_by: str
    created_at: datetime
    invited_at: datetime | None
    reminded_at: datetime | None
    agreed_at: datetime | None
    agreed_how: str
    dataset: str
    title: str


def a_page(session: Session, event_id: int, start: int, most: int) -> list[ListedName]:
    """Return some of an event's that nobody has answered: those that wait first, then those on the label.

    Within each by name of the dataset and of the person; `start` counts from 0. One query.
    """
    rows = session.execute(_a_page(), {"event": event_id, "start": start, "most": most})
    return list(map(ListedName._make, rows))


@cache
def _a_page() -> Select[*tuple[Any, ...]]:
    """Return the question of `a_page`, which is put together once, of the values that its rows show."""
    one, named_by = UnclaimedCredit, func.coalesce(Person.name, "")
    waits_first = case((one.state == UnclaimedState.WAITING, 0), else_=1)
    return (
        select(
            one.public_id, one.role, one.role_text, one.is_team, one.name, one.organisation, one.email,
            one.state, one.named_by_id, named_by, one.created_at, one.invited_at, one.reminded_at,
            one.agreed_at, one.agreed_how, Dataset.public_id, Dataset.title,
        )
        .join(one.dataset)
        .join(one.named_by, isouter=True)
        .where(one.event_id == bindparam("event"), one.state.in_(UNCLAIMED_LIVE))
        .order_by(waits_first, Dataset.title_key, one.name_key, one.id)
        .offset(bindparam("start"))
        .limit(bindparam("most"))
    )  # fmt: skip


def for_slips(session: Session, event_id: int) -> list[UnclaimedCredit]:
    """Return the people of an event, not the teams, who have not answered, by names of dataset and person."""
    return list(
        session.scalars(
            select(UnclaimedCredit)
            .join(UnclaimedCredit.dataset)
            .where(
                UnclaimedCredit.event_id == event_id,
                UnclaimedCredit.state == UnclaimedState.WAITING,
                UnclaimedCredit.is_team.is_(False),
            )
            .options(*_WHOLE)
            .order_by(Dataset.title_key, UnclaimedCredit.name_key, UnclaimedCredit.id)
        )
    )


def count_live(session: Session, event_id: int) -> tuple[int, int]:
    """Return how many of an event nobody has answered, and how many of these are people who get a slip."""
    live, slips = session.execute(_count_live(), {"event": event_id}).one()
    return live, slips


@cache
def _count_live() -> Select[int, int]:
    gets_slip = and_(UnclaimedCredit.state == UnclaimedState.WAITING, UnclaimedCredit.is_team.is_(False))
    return select(func.count(), func.count().filter(gets_slip)).where(
        UnclaimedCredit.event_id == bindparam("event"), UnclaimedCredit.state.in_(UNCLAIMED_LIVE)
    )


@cache
def counting_waiting() -> Select[int]:
    """Return the question for how many of an `event` nobody has answered and no organiser has agreed to."""
    return select(func.count()).where(
        UnclaimedCredit.event_id == bindparam("event"), UnclaimedCredit.state == UnclaimedState.WAITING
    )


def on_label() -> ColumnElement[bool]:
    """Return the condition that an unclaimed credit is on the label: an organiser let it be, and nobody hid it."""
    return and_(UnclaimedCredit.state == UnclaimedState.SHOWN, UnclaimedCredit.moderated.is_(False))


def shown(session: Session, dataset_ids: Collection[int]) -> list[UnclaimedCredit]:
    """Return those on the labels of these datasets, oldest first: what may be seen, and may leave."""
    return list(session.scalars(_shown(), {"datasets": [*dataset_ids]}))


@cache
def _shown() -> Select[UnclaimedCredit]:
    """Return the question of `shown`, which is put together once."""
    here = among_those(UnclaimedCredit.dataset_id, "datasets")
    return select(UnclaimedCredit).where(here, on_label()).order_by(UnclaimedCredit.id)


def live_one(
    session: Session, event_id: int, dataset_id: int, role: str, role_text: str, name_key: str
) -> UnclaimedCredit | None:
    """Return the unanswered credit of this event that says the same."""
    return session.scalar(
        select(UnclaimedCredit).where(
            UnclaimedCredit.event_id == event_id,
            UnclaimedCredit.dataset_id == dataset_id,
            UnclaimedCredit.role == role,
            UnclaimedCredit.role_text == role_text,
            UnclaimedCredit.name_key == name_key,
            UnclaimedCredit.state.in_(UNCLAIMED_LIVE),
        )
    )


def removed_address(session: Session, address_hash: str) -> bool:
    """Return whether somebody at this address has said that they do not want to be named."""
    return (
        session.scalar(
            select(UnclaimedCredit.id)
            .where(
                UnclaimedCredit.address_hash == address_hash, UnclaimedCredit.state == UnclaimedState.REMOVED
            )
            .limit(1)
        )
        is not None
    )
