"""Registrations: a person at an event, what they offer, need and attend; and the record of the basis."""

import enum
from collections.abc import Collection, Mapping
from datetime import datetime, time
from functools import cache

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    cast,
    event,
    exists,
    literal,
    select,
    text,
    type_coerce,
)
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    Session,
    aliased,
    contains_eager,
    mapped_column,
    relationship,
    selectinload,
)

from matchmaker.store.among import among
from matchmaker.store.base import Base, Numbers, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.event.event_roles import EventRole, Organiser
from matchmaker.store.event.events import Event
from matchmaker.store.people.badge_codes import new_badge_code
from matchmaker.store.people.people import Person
from matchmaker.store.people.personal import Joined, personal


class RegistrationState(enum.StrEnum):
    """Where a registration stands; `REGISTRATION_MOVES` says what may follow what."""

    INVITED = "invited"
    PENDING = "pending"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    DECLINED = "declined"
    CANCELLED = "cancelled"


_S = RegistrationState
REGISTRATION_MOVES: dict[RegistrationState, frozenset[RegistrationState]] = {
    _S.INVITED: frozenset({_S.CONFIRMED, _S.WAITING, _S.DECLINED, _S.CANCELLED}),
    _S.PENDING: frozenset({_S.OFFERED, _S.CONFIRMED, _S.WAITING, _S.DECLINED, _S.CANCELLED}),
    _S.OFFERED: frozenset({_S.CONFIRMED, _S.WAITING, _S.DECLINED, _S.CANCELLED}),
    _S.WAITING: frozenset({_S.OFFERED, _S.CONFIRMED, _S.DECLINED, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.CANCELLED}),
    _S.DECLINED: frozenset({_S.INVITED, _S.PENDING, _S.CONFIRMED, _S.WAITING}),
    _S.CANCELLED: frozenset({_S.INVITED, _S.PENDING, _S.CONFIRMED, _S.WAITING}),
}
"""State → what it may become."""

COMING = (RegistrationState.INVITED, RegistrationState.CONFIRMED)
"""States in which a person is suggested: invited people stay in until they say no."""

PLANNED = (RegistrationState.CONFIRMED,)
"""States in which a person is planned unless the organisers plan for those who have not answered as well."""


class Pool(enum.StrEnum):
    """Whether a person counts as inside or outside the host department."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Presence(enum.StrEnum):
    """What the desk knows of a person on the day."""

    EXPECTED = "expected"
    HERE = "here"
    ABSENT = "absent"


_COUNTED = (
    "event_id", "state", "presence", "person_id", "invited_at", "profile_saved_at", "created_at", "words",
    "step_free", "quiet", "fixed_table", "in_directory", "pool", "ask_next_time",
)  # fmt: skip
"""What the people of an event are counted by: an index has it all, so that no row, which is long, is looked at."""


class Registration(Base):
    """A person at an event.

    `arrives` and `leaves` are local times of the event's day, None for all day; `away_rounds` the numbers of rounds
    that they said on My day they miss. `suggestible` false: objects to being suggested. `pool` is computed from the
    event's domains; `pool_reason` holds the words of an organiser who set it by hand. `large_print`: wants a printed
    schedule in large print. `access_needs` are what else they need in the hall, a hearing loop say, and `diet` what
    they eat and what they must not, both in their words.
    `trio_ok`: agreed to a meeting of three where an odd count asks for it. `on_screen`: agreed that thanks
    they gave and received are shown on the screen in the hall. `most_meetings` and `meetings_in_a_row`: what they can
    bear, None for no limit. `words`: how many they wrote of what they do, offer and need. `in_directory`: agreed to
    be in the directory of who comes, which finds them by the words of `directory_key`. `calendar_turn` counts the
    private addresses that their calendar has had. `badge_code` is in the code on their badge. `helper`: who comes
    with them, an interpreter say; people with the same one share them. `ask_next_time`: cannot come now, and would
    like to be asked the next time. `asked_at` is when they asked for a place, by which the waiting list is in order;
    `offered_until` until when they may answer the newest offer of one, also after that. `listed_as`: how lists
    without an address for them have named them, name and organisation, one a line, so that the next list finds them.
    """

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        Index("uq_registration_badge_code", "badge_code", unique=True),
        Index("ix_registration_standing", *_COUNTED),
        # The directory is counted and put in order by it alone, so it holds what all in it have in common, too.
        # SQLite would take one of everybody for other questions as well, as it is short, and then sort for longer.
        Index(
            "ix_registration_directory",
            "event_id",
            "state",
            "person_id",
            "in_directory",
            sqlite_where=text("in_directory IS 1"),
            postgresql_where=text("in_directory IS true"),
        ),
        one_of("state", RegistrationState),
        one_of("pool", Pool),
        one_of("presence", Presence),
        CheckConstraint(
            "arrives IS NULL OR leaves IS NULL OR arrives < leaves", name="arrives_before_leaves"
        ),
        CheckConstraint("fixed_table IS NULL OR fixed_table >= 1", name="fixed_table_from_one"),
        CheckConstraint("most_meetings IS NULL OR most_meetings >= 1", name="most_meetings_from_one"),
        CheckConstraint(
            "meetings_in_a_row IS NULL OR meetings_in_a_row >= 1", name="meetings_in_a_row_from_one"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    badge_code: Mapped[str] = mapped_column(
        String(12), default=new_badge_code, server_default="", info=personal(Joined.OWN)
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    state: Mapped[RegistrationState] = mapped_column(
        choice(RegistrationState), default=RegistrationState.INVITED, info=personal(Joined.OWN)
    )
    pool: Mapped[Pool] = mapped_column(choice(Pool), default=Pool.INSIDE, info=personal(Joined.OWN))
    pool_reason: Mapped[str] = mapped_column(String(200), default="", info=personal(Joined.OWN))
    team: Mapped[str] = mapped_column(String(200), default="", info=personal(Joined.FILLED))
    bio: Mapped[str] = mapped_column(Text, default="", info=personal(Joined.FILLED))
    offers: Mapped[str] = mapped_column(Text, default="", info=personal(Joined.FILLED))
    needs: Mapped[str] = mapped_column(Text, default="", info=personal(Joined.FILLED))
    arrives: Mapped[time | None] = mapped_column(info=personal(Joined.OWN))
    leaves: Mapped[time | None] = mapped_column(info=personal(Joined.OWN))
    away_rounds: Mapped[frozenset[int]] = mapped_column(
        Numbers(200), default=frozenset(), server_default="", info=personal(Joined.FILLED)
    )
    step_free: Mapped[bool] = mapped_column(default=False, info=personal(Joined.EITHER))
    quiet: Mapped[bool] = mapped_column(default=False, info=personal(Joined.EITHER))
    fixed_table: Mapped[int | None] = mapped_column(info=personal(Joined.FILLED))
    most_meetings: Mapped[int | None] = mapped_column(info=personal(Joined.LOWER))
    meetings_in_a_row: Mapped[int | None] = mapped_column(info=personal(Joined.LOWER))
    helper: Mapped[str] = mapped_column(String(200), default="", info=personal(Joined.FILLED))
    large_print: Mapped[bool] = mapped_column(default=False, info=personal(Joined.EITHER))
    access_needs: Mapped[str] = mapped_column(
        Text, default="", server_default="", info=personal(Joined.TOGETHER)
    )
    diet: Mapped[str] = mapped_column(Text, default="", server_default="", info=personal(Joined.TOGETHER))
    trio_ok: Mapped[bool] = mapped_column(default=False, info=personal(Joined.EITHER))
    suggestible: Mapped[bool] = mapped_column(default=True, info=personal(Joined.BOTH))
    on_screen: Mapped[bool] = mapped_column(default=False, info=personal(Joined.BOTH))
    presence: Mapped[Presence] = mapped_column(
        choice(Presence), default=Presence.EXPECTED, info=personal(Joined.OWN)
    )
    presence_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=personal(Joined.OWN))
    ask_next_time: Mapped[bool] = mapped_column(default=False, info=personal(Joined.EITHER))
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=personal(Joined.LOWER))
    profile_saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=personal(Joined.HIGHER))
    words: Mapped[int] = mapped_column(
        default=lambda row: _words(row.get_current_parameters()),
        server_default="0",
        info=personal(Joined.OWN),
    )
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=personal(Joined.LOWER))
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=personal(Joined.HIGHER))
    listed_as: Mapped[str] = mapped_column(
        Text, default="", server_default="", info=personal(Joined.TOGETHER)
    )
    in_directory: Mapped[bool] = mapped_column(default=False, info=personal(Joined.BOTH))
    directory_key: Mapped[str] = mapped_column(Text, default="", info=personal(Joined.OWN))
    calendar_turn: Mapped[int] = mapped_column(default=0, info=personal(Joined.OWN))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, info=personal(Joined.LOWER))

    person: Mapped[Person] = relationship()
    topics: Mapped[list[Topic]] = relationship(secondary="registration_topic", order_by=Topic.name)


def _words(row: Mapping[str, object]) -> int:
    """Return how many words a registration holds of what somebody does, offers and needs."""
    return len(" ".join(str(row.get(one) or "") for one in ("bio", "offers", "needs")).split())


@event.listens_for(Registration, "before_update")
def _keep_words(_mapper: object, _connection: object, row: Registration) -> None:
    """Count the words again if they have changed."""
    words = _words({"bio": row.bio, "offers": row.offers, "needs": row.needs})
    if words != row.words:
        row.words = words


class RegistrationTopic(Base):
    """That a registered person works on a topic."""

    __tablename__ = "registration_topic"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True
    )


def misses(number: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that somebody said they miss the round of this number."""
    return type_coerce(Registration.away_rounds, String).contains("," + cast(number, String) + ",")


def forget_away_round(session: Session, event_id: int, number: int) -> None:
    """Take a round that is no more out of what people said they miss."""
    missing = select(Registration).where(Registration.event_id == event_id, misses(literal(number)))
    for row in session.scalars(missing):
        row.away_rounds -= {number}
    session.flush()


def of_person(session: Session, event_id: int, person_id: int) -> Registration | None:
    """Return this person's registration at this event."""
    return session.scalar(_of_person(), {"event": event_id, "person": person_id})


@cache
def _of_person() -> Select[Registration]:
    return select(Registration).filter_by(event_id=bindparam("event"), person_id=bindparam("person"))


def event_with_registration(
    session: Session, public_id: str, person_id: int
) -> tuple[Event, Registration] | tuple[None, None]:
    """Return the event an address names with this person's registration there, if they have one: one query."""
    row = session.execute(_event_with_registration(), {"person": person_id, "public_id": public_id}).first()
    return (row[0], row[1]) if row else (None, None)


@cache
def _event_with_registration() -> Select[Event, Registration]:
    """Return the question of `event_with_registration`, which each page of an attendee begins with."""
    return (
        select(Event, Registration)
        .join(Registration, Registration.event_id == Event.id)
        .where(Event.public_id == bindparam("public_id"), Registration.person_id == bindparam("person"))
    )


def by_public_id(session: Session, event_id: int, public_id: str) -> Registration | None:
    """Return the registration an address in the browser names, if it belongs to this event."""
    return session.scalar(_named(), {"event": event_id, "public_id": public_id})


@cache
def _named() -> Select[Registration]:
    return select(Registration).filter_by(event_id=bindparam("event"), public_id=bindparam("public_id"))


def by_ids(session: Session, event_id: int, ids: Collection[int]) -> list[Registration]:
    """Return those of these registrations that belong to this event, by id: one query."""
    query = select(Registration).where(Registration.event_id == event_id, among(Registration.id, ids))
    return list(session.scalars(query.order_by(Registration.id)))


def events_of(session: Session, person_id: int) -> list[Registration]:
    """Return every registration of a person, the newest first."""
    return list(session.scalars(_events_of(), {"person": person_id}))


@cache
def _events_of() -> Select[Registration]:
    return select(Registration).filter_by(person_id=bindparam("person")).order_by(Registration.id.desc())


def with_events(session: Session, person_id: int) -> list[tuple[Registration, Event]]:
    """Return every registration of a person with its event, the latest event first.

    Two queries: the rounds of the events are there as well.
    """
    rows = session.execute(_with_events(), {"person": person_id})
    return [(registration, event) for registration, event in rows]


@cache
def _with_events() -> Select[Registration, Event]:
    return (
        select(Registration, Event)
        .join(Event, Event.id == Registration.event_id)
        .options(selectinload(Event.rounds))
        .where(Registration.person_id == bindparam("person"))
        .order_by(Event.held_on.desc(), Event.id.desc())
    )


def at_event(
    session: Session, event_id: int, states: tuple[RegistrationState, ...] | None = None
) -> list[Registration]:
    """Return the registrations of an event with their people, addresses and topics, by name.

    `states` keeps only registrations in one of them. Four queries, whatever the number.
    """
    query = (
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event_id)
        .options(
            selectinload(Registration.person).selectinload(Person.addresses),
            selectinload(Registration.topics),
        )
        .order_by(Person.name, Person.id)
    )
    if states is not None:
        query = query.where(Registration.state.in_(states))
    return list(session.scalars(query))


def of_people(session: Session, event_id: int, person_ids: Collection[int]) -> list[Registration]:
    """Return these people's registrations at this event, without their people, by id: one query."""
    return list(
        session.scalars(
            select(Registration)
            .where(Registration.event_id == event_id, among(Registration.person_id, person_ids))
            .order_by(Registration.id)
        )
    )


def of_people_with_topics(session: Session, event_id: int, person_ids: Collection[int]) -> list[Registration]:
    """Return these people's registrations at this event with their people and topics, by name: three queries."""
    return list(
        session.scalars(
            select(Registration)
            .join(Registration.person)
            .where(Registration.event_id == event_id, among(Registration.person_id, person_ids))
            .options(contains_eager(Registration.person), selectinload(Registration.topics))
            .order_by(Person.name, Person.id)
        )
    )


def known_elsewhere(session: Session, event_id: int, person_ids: Collection[int]) -> set[int]:
    """Return which of these people are registered at another event, or have a role at one."""
    registered = session.scalars(
        select(Registration.person_id).where(
            Registration.event_id != event_id, among(Registration.person_id, person_ids)
        )
    )
    organising = session.scalars(select(Organiser.person_id).where(among(Organiser.person_id, person_ids)))
    return set(registered) | set(organising)


def attends_elsewhere(organiser_id: int) -> ColumnElement[bool]:
    """Return the condition that a person is registered at an event which this one neither organises nor helps at."""
    own = select(Organiser.event_id).where(
        Organiser.person_id == organiser_id, Organiser.role.in_((EventRole.ORGANISER, EventRole.HELPER))
    )
    theirs = aliased(Registration)
    return exists().where(theirs.person_id == Person.id, theirs.event_id.not_in(own))


def hold(session: Session, event_id: int, *person_ids: int) -> None:
    """Let nobody else act for these registrations until the transaction ends; always in one order.

    A row lock on PostgreSQL; on SQLite a writing transaction is alone already.
    """
    session.execute(
        select(Registration.id)
        .where(Registration.event_id == event_id, among(Registration.person_id, person_ids))
        .order_by(Registration.id)
        .with_for_update()
    )
