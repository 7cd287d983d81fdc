"""Contributions (who did what for a dataset) and uses (who uses it, wants it, is stuck on it)."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, joinedload, load_only, mapped_column, relationship

from matchmaker.recognition.states import ContributionState
from matchmaker.store.among import among, among_those
from matchmaker.store.base import Base, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session, plainly


class UseKind(enum.StrEnum):
    """What somebody has to do with a dataset that they did not make; the values are those of matching."""

    USES = "uses"
    WANTS = "wants"
    STUCK = "stuck"


SHOWN = (ContributionState.CLAIMED, ContributionState.ACCEPTED)
"""States in which signed-in people see a contribution: the person says so, or agreed to be named."""


class Contribution(Base):
    """Person × dataset × role. `declared_by_id` is the person, or the colleague who named them.

    `moderated`: an organiser hides it. `sealed_by_id`: it was accepted with a thanks of a sealed round at that
    event, so others must not see the yes before the round is opened.
    The UNIQUE over (id, person, dataset, role) lets an endorsement repeat them under one foreign key, so that
    the database can hold "nobody thanks themselves".
    """

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("person_id", "dataset_id", "role", "role_text"),
        UniqueConstraint("id", "person_id", "dataset_id", "role"),
        one_of("state", ContributionState),
        CheckConstraint(
            "first_year IS NULL OR last_year IS NULL OR first_year <= last_year", name="years_in_order"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(24))
    role_text: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    first_year: Mapped[int | None]
    last_year: Mapped[int | None]
    state: Mapped[ContributionState] = mapped_column(
        choice(ContributionState), default=ContributionState.CLAIMED
    )
    declared_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    moderated: Mapped[bool] = mapped_column(default=False)
    sealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    declared_by: Mapped[Person | None] = relationship(foreign_keys=[declared_by_id])
    dataset: Mapped[Dataset] = relationship()

    @property
    def state_for_others(self) -> ContributionState:
        """How far it has come as far as anybody but the person may know: see `on_label` and `seen`."""
        if self.moderated:
            return ContributionState.HIDDEN
        if self.sealed_by_id is not None and self.state is ContributionState.ACCEPTED:
            own_word = self.declared_by_id == self.person_id
            return ContributionState.CLAIMED if own_word else ContributionState.AWAITING
        return self.state


_NEEDED = "kind IN ('wants', 'stuck')"
"""As an index of what people need has it: a question that is to find it says the same with no value left open."""


class Use(Base):
    """Person × dataset: uses it, wants it, or is stuck on it."""

    __tablename__ = "dataset_use"
    __table_args__ = (
        UniqueConstraint("person_id", "dataset_id"),
        one_of("kind", UseKind),
        Index("ix_dataset_use_dataset_id", "dataset_id", "kind", "person_id"),
        Index(
            "ix_dataset_use_needed",
            "person_id",
            "dataset_id",
            sqlite_where=text(_NEEDED),
            postgresql_where=text(_NEEDED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"))
    kind: Mapped[UseKind] = mapped_column(choice(UseKind))

    dataset: Mapped[Dataset] = relationship()


def needed() -> ColumnElement[bool]:
    """Return the condition that somebody needs a dataset: wants it, or is stuck on it."""
    return Use.kind.in_([literal_column("'wants'"), literal_column("'stuck'")])


def on_label() -> ColumnElement[bool]:
    """Return the condition that a contribution is on the label for everybody: accepted, not hidden, not sealed."""
    return and_(
        Contribution.state == ContributionState.ACCEPTED,
        Contribution.moderated.is_(False),
        Contribution.sealed_by_id.is_(None),
    )


def seen() -> ColumnElement[bool]:
    """Return the condition that signed-in people see a contribution: on the label, or the person's own words."""
    own_word = and_(
        Contribution.moderated.is_(False),
        Contribution.state.in_(SHOWN),
        Contribution.declared_by_id == Contribution.person_id,
    )
    claimed = and_(Contribution.moderated.is_(False), Contribution.state == ContributionState.CLAIMED)
    return or_(on_label(), own_word, claimed)


def by_public_id(session: Session, public_id: str) -> Contribution | None:
    """Return the contribution an address in the browser names, with its person and dataset."""
    return session.scalar(
        select(Contribution)
        .where(Contribution.public_id == public_id)
        .options(joinedload(Contribution.person), joinedload(Contribution.dataset))
    )


def of_person(session: Session, person_id: int) -> list[Contribution]:
    """Return all contributions of a person, in any state, by dataset title and role."""
    return list(session.scalars(_of_person(), {"person": person_id}))


@cache
def _of_person() -> Select[Contribution]:
    """Return the question of `of_person`, which is put together once, as are those below."""
    return (
        select(Contribution)
        .join(Contribution.dataset)
        .where(Contribution.person_id == bindparam("person"))
        .options(
            joinedload(Contribution.dataset).joinedload(Dataset.publisher),
            joinedload(Contribution.declared_by),
        )
        .order_by(Dataset.title_key, Contribution.role, Contribution.id)
    )


@dataclass(frozen=True)
class Stated:
    """That somebody is named for something, who said so, and how far it has come."""

    id: int
    declared_by_id: int | None
    state: ContributionState


def awaiting(session: Session, person_id: int) -> list[Stated]:
    """Return the contributions of a person that wait for their yes, without their datasets: one query."""
    return [Stated(*row) for row in plainly(session, _awaiting(), {"person": person_id})]


@cache
def _awaiting() -> Select[int, int | None, ContributionState]:
    return select(Contribution.id, Contribution.declared_by_id, Contribution.state).where(
        Contribution.person_id == bindparam("person"), Contribution.state == ContributionState.AWAITING
    )


def of_people(session: Session, person_ids: Collection[int]) -> list[Contribution]:
    """Return the contributions of these people in any state, with datasets and publishers, by id."""
    return list(session.scalars(_of_people(), {"people": [*person_ids]}))


@cache
def _of_people() -> Select[Contribution]:
    return (
        select(Contribution)
        .where(among_those(Contribution.person_id, "people"))
        .options(joinedload(Contribution.dataset).joinedload(Dataset.publisher))
        .order_by(Contribution.id)
    )


def uses_of_people(session: Session, person_ids: Collection[int]) -> list[Use]:
    """Return what these people use, want and are stuck on, with datasets and publishers, by id."""
    return list(session.scalars(_uses_of_people(), {"people": [*person_ids]}))


@cache
def _uses_of_people() -> Select[Use]:
    return (
        select(Use)
        .where(among_those(Use.person_id, "people"))
        .options(joinedload(Use.dataset).joinedload(Dataset.publisher))
        .order_by(Use.id)
    )


def roles_seen(session: Session, person_ids: Collection[int]) -> list[tuple[int, int, str]]:
    """Return (person, dataset, role) for each contribution of these people that is `seen`, by id: one query."""
    rows = plainly(session, _roles_seen(), {"people": [*person_ids]})
    return [(person, dataset, role) for person, dataset, role in rows]


@cache
def _roles_seen() -> Select[int, int, str]:
    return (
        select(Contribution.person_id, Contribution.dataset_id, Contribution.role)
        .where(among_those(Contribution.person_id, "people"), seen())
        .order_by(Contribution.id)
    )


def kinds_of_use(session: Session, person_ids: Collection[int]) -> list[tuple[int, int, UseKind]]:
    """Return (person, dataset, kind) for everything these people use, want and are stuck on, by id: one query."""
    rows = plainly(session, _kinds_of_use(), {"people": [*person_ids]})
    return [(person, dataset, kind) for person, dataset, kind in rows]


@cache
def _kinds_of_use() -> Select[int, int, UseKind]:
    return (
        select(Use.person_id, Use.dataset_id, Use.kind)
        .where(among_those(Use.person_id, "people"))
        .order_by(Use.id)
    )


def titles_of_people(session: Session, person_ids: Collection[int]) -> list[tuple[int, str]]:
    """Return (person, title of the dataset) for each contribution of these people in any state: one query."""
    rows = session.execute(
        select(Contribution.person_id, Dataset.title)
        .join(Dataset, Dataset.id == Contribution.dataset_id)
        .where(among(Contribution.person_id, person_ids))
        .order_by(Contribution.id)
    )
    return [(person, title) for person, title in rows]


def used_by_people(session: Session, person_ids: Collection[int]) -> list[tuple[int, UseKind, str]]:
    """Return (person, kind, title of the dataset) for what these people use, want and are stuck on: one query."""
    rows = session.execute(
        select(Use.person_id, Use.kind, Dataset.title)
        .join(Dataset, Dataset.id == Use.dataset_id)
        .where(among(Use.person_id, person_ids))
        .order_by(Use.id)
    )
    return [(person, kind, title) for person, kind, title in rows]


def of_datasets(session: Session, dataset_ids: Collection[int]) -> list[Contribution]:
    """Return all contributions to these datasets, in any state, with their people, by id."""
    return list(session.scalars(_of_datasets(), {"datasets": [*dataset_ids]}))


@cache
def _of_datasets() -> Select[Contribution]:
    return (
        select(Contribution)
        .where(among_those(Contribution.dataset_id, "datasets"))
        .options(joinedload(Contribution.person))
        .order_by(Contribution.id)
    )


def in_short(session: Session, dataset_ids: Collection[int]) -> list[Contribution]:
    """Return what `of_datasets` does, of which nothing is read but what a credit tells: a third of its time."""
    return list(session.scalars(_in_short(), {"datasets": [*dataset_ids]}))


@cache
def _in_short() -> Select[Contribution]:
    told = (
        Contribution.dataset_id, Contribution.person_id, Contribution.role, Contribution.role_text,
        Contribution.state, Contribution.declared_by_id, Contribution.moderated, Contribution.sealed_by_id,
    )  # fmt: skip
    who = joinedload(Contribution.person).load_only(Person.name, Person.organisation, Person.show_name)
    return _of_datasets().options(load_only(*told, raiseload=True), who)


def one(
    session: Session, person_id: int, dataset_id: int, role: str, role_text: str = ""
) -> Contribution | None:
    """Return what this person did for this dataset in this role, in any state."""
    asked = {"person": person_id, "dataset": dataset_id, "role": role, "role_text": role_text}
    return session.scalar(_one(), asked)


@cache
def _one() -> Select[Contribution]:
    return (
        select(Contribution)
        .where(
            Contribution.person_id == bindparam("person"),
            Contribution.dataset_id == bindparam("dataset"),
            Contribution.role == bindparam("role"),
            Contribution.role_text == bindparam("role_text"),
        )
        .options(joinedload(Contribution.person))
    )


def named_by(session: Session, declared_by_id: int, since: datetime) -> list[int]:
    """Return the ids of the people whom this person has named since then, one for each naming."""
    return list(
        session.scalars(
            select(Contribution.person_id)
            .where(
                Contribution.declared_by_id == declared_by_id,
                Contribution.person_id != declared_by_id,
                Contribution.created_at >= since,
            )
            .order_by(Contribution.id)
        )
    )


def any_of_person(session: Session, person_id: int, without: str) -> bool:
    """Whether somebody uses a dataset, or is seen to have done anything for one but in this role: one query."""
    return bool(session.scalar(_any_of_person(), {"person": person_id, "without": without}))


@cache
def _any_of_person() -> Select[bool]:
    did = exists().where(
        Contribution.person_id == bindparam("person"),
        Contribution.state.in_(SHOWN),
        Contribution.role != bindparam("without"),
    )
    return select(or_(did, exists().where(Use.person_id == bindparam("person"))))


def use_of(session: Session, person_id: int, dataset_id: int) -> Use | None:
    """Return what this person has to do with a dataset as a user of it."""
    return session.scalar(_use_of(), {"person": person_id, "dataset": dataset_id})


@cache
def _use_of() -> Select[Use]:
    return select(Use).where(Use.person_id == bindparam("person"), Use.dataset_id == bindparam("dataset"))
