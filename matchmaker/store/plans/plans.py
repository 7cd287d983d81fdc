"""Plans: versions of all meetings of an event, each kept with the problem it was made from and its proof."""

import enum
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.orm import (
    Mapped,
    aliased,
    contains_eager,
    mapped_column,
    relationship,
    validates,
)

from matchmaker.store.among import among
from matchmaker.store.base import (
    Base,
    Json,
    JsonObject,
    UtcDateTime,
    choice,
    new_public_id,
    now,
    one_of,
)
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session, plainly


class PlanState(enum.StrEnum):
    """A draft is seen by organisers, the published plan by attendees, a superseded one by nobody else."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class Plan(Base):
    """Version `version` of an event's meetings; not edited in place once published, but where two people become one.

    `problem` is what the planner was given and `certificate` what it proved, both in the form of the
    planner's own files, with people as their inside ids. The planner numbers rounds and tables from 1 without
    gaps; `rounds` and `tables` are the event's numbers for them, in that order. `fixed_rounds` are rounds an
    organiser has marked as settled: nothing new is planned in them. `unanswered`: invited people who have not said
    yes or no were planned too. Problem and certificate grow with the event, so they are read only where they are
    asked for; beside them stand `people`, how many it was made for, `wishes`, how many pairs it was to let meet, and
    `introduced`, the pairs who had both asked to meet. `when_and_where` is that of its meetings when it was
    published, {} before that (`services.plans.when_and_where`). `prices` say of each pair that was to meet and does
    not how many places would change if it did, None for no telling.
    `revision` counts the changes made by hand, so that two organisers see each other's.
    In SQLite the row has what is long at its end (migration 0033): a column that is added later comes after it.
    `passed` is the mark of what of it has passed the check (`services.plans.passed_check`), "" if nothing has.
    `printed` says by the kind of paper when it was last made of this version (`store.plans.printed`).
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("event_id", "version"),
        one_of("state", PlanState),
        CheckConstraint("version >= 1", name="version_from_one"),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_has_time"),
        Index(
            "uq_plan_published",
            "event_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    version: Mapped[int]
    state: Mapped[PlanState] = mapped_column(choice(PlanState), default=PlanState.DRAFT)
    problem: Mapped[JsonObject] = mapped_column(Json, deferred=True)
    certificate: Mapped[JsonObject] = mapped_column(Json, deferred=True)
    people: Mapped[int] = mapped_column(default=0, server_default="0")
    wishes: Mapped[int] = mapped_column(default=0, server_default="0")
    introduced: Mapped[list[list[int]]] = mapped_column(
        Json, default=list, server_default="[]", deferred=True
    )
    prices: Mapped[list[list[str | int | None]]] = mapped_column(
        Json, default=list, server_default="[]", deferred=True
    )
    rounds: Mapped[list[int]] = mapped_column(Json, default=list)
    tables: Mapped[list[int]] = mapped_column(Json, default=list, deferred=True, deferred_group="hall")
    fixed_rounds: Mapped[list[int]] = mapped_column(Json, default=list)
    unanswered: Mapped[bool] = mapped_column(default=False)
    when_and_where: Mapped[JsonObject] = mapped_column(
        Json, default=dict, deferred=True, deferred_group="hall"
    )
    revision: Mapped[int] = mapped_column(default=1)
    passed: Mapped[str] = mapped_column(String(64), default="", server_default="")
    printed: Mapped[JsonObject] = mapped_column(Json, default=dict, server_default="{}")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    meetings: Mapped[list["Meeting"]] = relationship(
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Meeting.round_number, Meeting.table_number",
    )

    @validates("problem", "certificate", "rounds", "tables")
    def _is_another(self, _key: str, value: object) -> object:
        """Take away the mark of a plan that changes in what no page compares."""
        self.passed = ""
        return value


class Meeting(Base):
    """Two people, or three who agreed, in a round at a table.

    `why` holds the reasons of every pair in it: a matching.Reason as an object, with `reader`, the id of the
    person whose words are `mine`, and `other`. A `locked` meeting stays as it is in every later run.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("plan_id", "round_number", "table_number"),
        UniqueConstraint("id", "plan_id", "round_number"),
        CheckConstraint("round_number >= 1", name="round_from_one"),
        CheckConstraint("table_number >= 1", name="table_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    round_number: Mapped[int]
    table_number: Mapped[int]
    score: Mapped[float] = mapped_column(default=0.0)
    why: Mapped[list[JsonObject]] = mapped_column(Json, default=list)
    locked: Mapped[bool] = mapped_column(default=False)

    seats: Mapped[list["Seat"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Seat.person_id"
    )

    def reasons(self, reader_id: int, other_id: int) -> list[JsonObject]:
        """Return why `reader` meets `other`, as the reader reads it."""
        return reasons_for(self.why, reader_id, other_id)


def reasons_for(why: Iterable[JsonObject], reader_id: int, other_id: int) -> list[JsonObject]:
    """Return what of the reasons of a meeting says why `reader` meets `other`, as the reader reads it."""
    found = []
    for reason in why:
        if (reason["reader"], reason["other"]) == (reader_id, other_id):
            found.append(reason)
        elif (reason["other"], reason["reader"]) == (reader_id, other_id):
            found.append(_turned(reason))
    return found


def _turned(reason: JsonObject) -> JsonObject:
    """Return a reason as the other of the two reads it."""
    asker = {"mine": "theirs", "theirs": "mine"}.get(reason["asker"], "")
    swapped = {"reader": reason["other"], "other": reason["reader"], "asker": asker}
    return {**reason, **swapped, "mine": reason["theirs"], "theirs": reason["mine"]}


class Seat(Base):
    """A person in a meeting; the database holds that nobody is in two places in one round.

    `stands_in` has the ids of people whom they may meet if nobody comes, best first, as it was when the plan was
    published; some of them may have gone since. `off_since` is when it was first seen that the meeting cannot take
    place, `told_off_at` when a letter said so to this person; both are empty while it can.
    """

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("plan_id", "round_number", "person_id"),
        ForeignKeyConstraint(
            ["meeting_id", "plan_id", "round_number"],
            ["meeting.id", "meeting.plan_id", "meeting.round_number"],
            ondelete="CASCADE",
        ),
    )

    meeting_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    plan_id: Mapped[int]
    round_number: Mapped[int]
    stands_in: Mapped[list[int]] = mapped_column(Json, default=list)
    off_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


def by_public_id(session: Session, event_id: int, public_id: str) -> Plan | None:
    """Return a plan of this event, as an address in the browser names it."""
    return session.scalar(_named(), {"event": event_id, "public_id": public_id})


@cache
def _named() -> Select[Plan]:
    return select(Plan).filter_by(event_id=bindparam("event"), public_id=bindparam("public_id"))


def published(session: Session, event_id: int) -> Plan | None:
    """Return the event's published plan."""
    return session.scalar(_published(), {"event": event_id})


@cache
def _published() -> Select[Plan]:
    # As text: told the state later, SQLite compiles the question anew each time, to see whether its index fits.
    published = Plan.state == literal_column(f"'{PlanState.PUBLISHED}'")
    return select(Plan).where(Plan.event_id == bindparam("event"), published)


def published_id(session: Session, event_id: int) -> int | None:
    """Return the id of the event's published plan, from its index: a plan's row is as long as the event is large."""
    return plainly(session, _published_id(), {"event": event_id}).scalar()


@cache
def _published_id() -> Select[int]:
    return _published().with_only_columns(Plan.id)


def versions(session: Session, event_id: int) -> list[Plan]:
    """Return every version of the event's plan, newest first."""
    return list(session.scalars(select(Plan).where(Plan.event_id == event_id).order_by(Plan.version.desc())))


def next_version(session: Session, event_id: int) -> int:
    """Return the number the event's next plan gets."""
    return (session.scalar(select(func.max(Plan.version)).where(Plan.event_id == event_id)) or 0) + 1


def meetings_of(session: Session, plan_id: int, person_id: int) -> list[Meeting]:
    """Return one person's meetings in a plan by round, with everybody in them: one query."""
    return list(session.scalars(_meetings_of(), {"plan": plan_id, "person": person_id}).unique())


@cache
def _meetings_of() -> Select[Meeting]:
    """Return the question of `meetings_of`, which most pages of one person ask: to put it together takes longer.

    Seats are joined by their meeting alone: by its plan and round as well, SQLite goes through the seats of everybody
    in each of the rounds, until it has learnt how many there are.
    """
    mine = aliased(Seat)
    return (
        select(Meeting)
        .join(mine, mine.meeting_id == Meeting.id)
        .join(Seat, Seat.meeting_id == Meeting.id)
        .join(Seat.person)
        .where(
            mine.plan_id == bindparam("plan", type_=Integer),
            mine.person_id == bindparam("person", type_=Integer),
        )
        .options(contains_eager(Meeting.seats).contains_eager(Seat.person))
        .order_by(Meeting.round_number, Meeting.id, Seat.person_id)
    )


def rounds_ever(session: Session, event_id: int, person_id: int) -> set[int]:
    """Return the rounds in which somebody had a meeting in any version of the event's plan that was published."""
    return set(plainly(session, _rounds_ever(), {"event": event_id, "person": person_id}).scalars())


@cache
def _rounds_ever() -> Select[int]:
    """Return the question of `rounds_ever`, which is put together once."""
    published = Plan.event_id == bindparam("event"), Plan.published_at.is_not(None)
    rounds = select(Seat.round_number).join(Plan, Plan.id == Seat.plan_id)
    return rounds.where(*published, Seat.person_id == bindparam("person"))


def latest(session: Session, event_id: int) -> Plan | None:
    """Return the event's newest plan, draft or published."""
    return session.scalar(_latest(), {"event": event_id})


@cache
def _latest() -> Select[Plan]:
    return select(Plan).where(Plan.event_id == bindparam("event")).order_by(Plan.version.desc()).limit(1)


def meeting_count(session: Session, plan_id: int) -> int:
    """Return how many meetings a plan has."""
    return plainly(session, _meeting_count(), {"plan": plan_id}).scalar_one()


@cache
def _meeting_count() -> Select[int]:
    return select(func.count()).where(Meeting.plan_id == bindparam("plan"))


def held(session: Session, plan_ids: Collection[int]) -> list[tuple[int, int, int, int, bool, int]]:
    """Return (plan id, meeting id, round number, table number, locked, person id) for every seat of these plans.

    By plan, round and table; one query, without people's names.
    """
    rows = session.execute(
        select(
            Meeting.plan_id,
            Meeting.id,
            Meeting.round_number,
            Meeting.table_number,
            Meeting.locked,
            Seat.person_id,
        )
        .join(Seat, Seat.meeting_id == Meeting.id)
        .where(among(Meeting.plan_id, plan_ids))
        .order_by(Meeting.plan_id, Meeting.round_number, Meeting.table_number, Seat.person_id)
    )
    return [
        (plan, meeting, number, table, locked, person)
        for plan, meeting, number, table, locked, person in rows
    ]


def replaced_by(session: Session, plan: Plan) -> Plan | None:
    """Return the version that `plan` replaced when it was published, or would replace now; without meetings."""
    if plan.state is PlanState.DRAFT:
        return published(session, plan.event_id)
    return session.scalar(
        select(Plan)
        .where(
            Plan.event_id == plan.event_id,
            Plan.published_at < plan.published_at,
        )
        .order_by(Plan.published_at.desc(), Plan.version.desc())
        .limit(1)
    )


def meetings_with(session: Session, person_id: int) -> list[Meeting]:
    """Return every meeting that somebody sits in, of any plan."""
    sat = select(Seat.meeting_id).where(Seat.person_id == person_id)
    return list(session.scalars(select(Meeting).where(Meeting.id.in_(sat)).order_by(Meeting.id)))


def forget_reasons(session: Session, person_ids: Collection[int]) -> None:
    """Take out of the meetings that these people sit in the reasons that quote them or are about them."""
    sat = select(Seat.meeting_id).where(among(Seat.person_id, person_ids))
    gone = {*person_ids}
    for meeting in session.scalars(select(Meeting).where(Meeting.id.in_(sat))):
        meeting.why = [one for one in meeting.why if not {one.get("reader"), one.get("other")} & gone]
    session.flush()
