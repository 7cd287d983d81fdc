"""Whom a plan was made for: who still comes, some at a time as the plan's page lists them, and who has changed."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, Select, bindparam, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.recognition.name_order import sought
from matchmaker.store.among import among
from matchmaker.store.base import Base, JsonOrNull
from matchmaker.store.people import namesakes
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, PLANNED, Presence, Registration
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session, plainly


class PlannedPerson(Base):
    """That a plan was made for somebody, known by their inside id; it outlives them, as the problem does.

    `last_round` is the last round they were there for, in the event's numbers; None for somebody there for none.
    `rounds` are all of these, None for every round of the plan.
    """

    __tablename__ = "planned_person"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    last_round: Mapped[int | None]
    rounds: Mapped[list[int] | None] = mapped_column(JsonOrNull)


class Planned(NamedTuple):
    """Somebody whom a plan was made for, and the event's numbers of the rounds they were there for.

    The name is as it stands beside the organisation: of two with both the same it says the job title.
    """

    id: int
    name: str
    organisation: str
    rounds: frozenset[int]


def note(session: Session, plan: Plan, introduced: Iterable[tuple[int, int]] = ()) -> None:
    """Write beside a plan whom its problem is for, and who had both asked to meet, so that no page reads the problem.

    To be called whenever the problem has changed; the plan must have its id.
    """
    every = range(1, len(plan.rounds) + 1)
    rows = [
        {
            "plan_id": plan.id,
            "person_id": int(one["id"]),
            "last_round": max((plan.rounds[place - 1] for place in one.get("rounds", every)), default=None),
            "rounds": [plan.rounds[place - 1] for place in one["rounds"]] if "rounds" in one else None,
        }
        for one in plan.problem["people"]
    ]
    plan.people, plan.wishes = len(rows), len(plan.problem.get("wanted", ()))
    plan.introduced = [list(pair) for pair in introduced]
    session.flush()
    session.execute(delete(PlannedPerson).where(PlannedPerson.plan_id == plan.id))
    if rows:
        session.execute(insert(PlannedPerson), rows)


def rounds_planned(session: Session, plan: Plan) -> dict[int, frozenset[int]]:
    """Return everybody a plan was made for, with the event's numbers of the rounds they were there for: one query."""
    every = frozenset(plan.rounds)
    rows = session.execute(
        select(PlannedPerson.person_id, PlannedPerson.rounds)
        .where(PlannedPerson.plan_id == plan.id)
        .order_by(PlannedPerson.person_id)
    )
    return {person: every if rounds is None else frozenset(rounds) for person, rounds in rows}


def some(session: Session, plan: Plan, name: str, limit: int, offset: int) -> list[Planned]:
    """Return some of those whom a plan was made for and who still come, A to Z: two queries.

    With a `name`, only those in whose name each word of it is; case and accents do not count.
    """
    every = frozenset(plan.rounds)
    rows = session.execute(
        _query(plan, name).order_by(Person.place_key, Person.id).limit(limit).offset(offset)
    ).all()
    told = namesakes.told(session, plan.event_id, [row[0] for row in rows])
    return [
        Planned(
            person,
            told[person].beside if person in told else known_as,
            organisation,
            every if rounds is None else frozenset(rounds),
        )
        for person, known_as, organisation, rounds in rows
    ]


def count(session: Session, plan: Plan, name: str) -> int:
    """Return how many `some` finds."""
    return session.scalar(select(func.count()).select_from(_query(plan, name).subquery())) or 0


def _query(plan: Plan, name: str) -> Select[int, str, str, list[int] | None]:
    return (
        select(Person.id, Person.name, Person.organisation, PlannedPerson.rounds)
        .join(Registration, Registration.person_id == PlannedPerson.person_id)
        .join(Person, Person.id == PlannedPerson.person_id)
        .where(
            PlannedPerson.plan_id == plan.id,
            Registration.event_id == plan.event_id,
            Registration.state.in_(COMING),
            *(Person.name_key.contains(word, autoescape=True) for word in sought(name)),
        )
    )


def still_coming(session: Session, plan: Plan, people: Collection[int]) -> set[int]:
    """Return who of these people a plan was made for and still comes: one query."""
    asked = _query(plan, "").where(among(PlannedPerson.person_id, people)).with_only_columns(Person.id)
    return set(session.scalars(asked))


def is_made_for(session: Session, plan_id: int, person_id: int) -> bool:
    """Whether a plan was made for somebody: one who said yes later is in no round of it by rights."""
    return plainly(session, _is_made_for(), {"plan": plan_id, "person": person_id}).first() is not None


@cache
def _is_made_for() -> Select[int]:
    who = PlannedPerson.plan_id == bindparam("plan"), PlannedPerson.person_id == bindparam("person")
    return select(PlannedPerson.person_id).where(*who)


def changes(
    session: Session, plan: Plan, begun: Collection[int], people: Collection[int] | None = None
) -> tuple[set[int], set[int]]:
    """Return who of those a plan was made for has left since, and who has joined: two queries.

    Whoever was there for nothing but rounds that have `begun` has not left. With `people` only these are looked at.
    """
    asked: ColumnElement[bool] = (Registration.state.in_(PLANNED)) | (Registration.presence == Presence.HERE)
    if plan.unanswered:
        asked = Registration.state.in_(COMING)
    there = select(Registration.person_id).where(
        Registration.event_id == plan.event_id,
        Registration.state.in_(COMING),
        Registration.presence != Presence.ABSENT,
        asked,
    )
    still = PlannedPerson.last_round.is_(None) | (PlannedPerson.last_round > max(begun, default=0))
    mine = select(PlannedPerson.person_id).where(PlannedPerson.plan_id == plan.id, still)
    if people is not None:
        there = there.where(among(Registration.person_id, people))
        mine = mine.where(among(PlannedPerson.person_id, people))
    left = mine.where(PlannedPerson.person_id.not_in(there))
    joined = there.where(Registration.person_id.not_in(mine))
    return set(session.scalars(left)), set(session.scalars(joined))
