"""Events: a gathering with a date, a place, rounds, tables and an erase date."""

import enum
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    false,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from matchmaker.intake.day_times import BY_DAY, Day
from matchmaker.store.base import Base, Json, JsonObject, UtcDateTime, choice, new_public_id, now, one_of


class SameOrganisation(enum.StrEnum):
    """Whether the planner may seat two people of one organisation together; rarely: if nothing better is lost."""

    NEVER = "never"
    RARELY = "rarely"
    ALLOWED = "allowed"


class TopicsFrom(enum.StrEnum):
    """Who may pitch table topics at an event; nobody: it has none."""

    NOBODY = "nobody"
    ORGANISERS = "organisers"
    EVERYBODY = "everybody"


class RoundFor(enum.StrEnum):
    """What takes place in a round, where an event has table topics."""

    BOTH = "both"
    MEETINGS = "meetings"
    TOPICS = "topics"


class Event(Base):
    """A gathering; one installation holds many.

    `inside_domains` are the mail domains of the host department, lower case; after `erase_on` personal
    data goes and only `counts` stay; `purpose` and the contact stand on the privacy notice. While `sealed`,
    new thanks are for giver and receiver alone; `opened_at` is when an organiser last opened them.
    `count_acquaintances`: people and series that two have in common count when they are matched.
    `mixing_least`: how many people from the other side, inside or outside, everybody should meet; None for no aim.
    `labels_public`: anybody may read the labels of the datasets its people worked on. `wall_key` is the address
    of the hall's screen; None while there is no screen. `topics_from` says who pitches table topics. `missed_at` is
    when everybody who was not checked in was last marked as not here, None once that is undone.
    `asked_if_solved_at` is when its people were asked what became of what they were stuck on. `places` is for how
    many people there is room, `places_inside` and `places_outside` for how many of each side; None for no such limit.
    Whoever is offered a place has `offer_days` to answer. `open_registration`: anybody may ask for a place.
    `in_hall_since`, while the event is read-only: when it was taken out to run in the hall, or on the computer there,
    when it was closed.
    """

    __tablename__ = "event"
    __table_args__ = (
        one_of("same_organisation", SameOrganisation),
        one_of("topics_from", TopicsFrom),
        CheckConstraint("erase_on >= held_on", name="erase_after_event"),
        CheckConstraint("thanks_each BETWEEN 1 AND 200", name="thanks_each_sane"),
        CheckConstraint("mixing_least BETWEEN 1 AND 50", name="mixing_least_sane"),
        CheckConstraint("suggestions_each BETWEEN 1 AND 50", name="suggestions_each_sane"),
        CheckConstraint(
            "places BETWEEN 0 AND 100000 AND places_inside BETWEEN 0 AND 100000"
            " AND places_outside BETWEEN 0 AND 100000",
            name="places_sane",
        ),
        CheckConstraint("offer_days BETWEEN 1 AND 60", name="offer_days_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(String(200))
    host: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(300), default="")
    zone: Mapped[str] = mapped_column(String(64), default="Europe/London")
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    erase_on: Mapped[date]
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[JsonObject] = mapped_column(Json, default=dict)
    inside_domains: Mapped[list[str]] = mapped_column(Json, default=list)
    same_organisation: Mapped[SameOrganisation] = mapped_column(
        choice(SameOrganisation), default=SameOrganisation.NEVER
    )
    mixing_least: Mapped[int | None]
    thanks_each: Mapped[int] = mapped_column(default=15)
    suggestions_each: Mapped[int] = mapped_column(default=8)
    count_acquaintances: Mapped[bool] = mapped_column(default=True)
    sealed: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    labels_public: Mapped[bool] = mapped_column(default=False)
    wall_key: Mapped[str | None] = mapped_column(String(24), unique=True)
    topics_from: Mapped[TopicsFrom] = mapped_column(
        choice(TopicsFrom), default=TopicsFrom.NOBODY, server_default=TopicsFrom.NOBODY.value
    )
    missed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_if_solved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    places: Mapped[int | None]
    places_inside: Mapped[int | None]
    places_outside: Mapped[int | None]
    open_registration: Mapped[bool] = mapped_column(default=False, server_default=false())
    offer_days: Mapped[int] = mapped_column(default=7, server_default="7")
    in_hall_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    rounds: Mapped[list["Round"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Round.number"
    )
    tables: Mapped[list["HallTable"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="HallTable.number"
    )

    @property
    def meeting_tables(self) -> list["HallTable"]:
        """The tables at which people meet in twos, in order."""
        return [one for one in self.tables if not one.for_topics]

    @property
    def tz(self) -> ZoneInfo:
        """The zone every time of this event is shown in."""
        return ZoneInfo(self.zone)

    @property
    def begins(self) -> datetime | None:
        """When its first round does; None while there are no rounds."""
        return min((one.starts_at for one in self.rounds), default=None)

    @property
    def hours(self) -> Day:
        """From when to when its rounds are, where it is; without rounds, when most events are."""
        if not self.rounds:
            return BY_DAY
        ends = max(one.ends_at for one in self.rounds)
        begins = min(one.starts_at for one in self.rounds)
        return begins.astimezone(self.tz).time(), ends.astimezone(self.tz).time()

    def day_has_come(self, at: datetime) -> bool:
        """Whether it is the day of the event or later, where the event is."""
        return at.astimezone(self.tz).date() >= self.held_on

    def rounds_over(self, at: datetime) -> frozenset[int]:
        """Return the numbers of the rounds that are over: what was planned for them has taken place, if it could."""
        return frozenset(one.number for one in self.rounds if one.ends_at <= at)

    def day_is_past(self, at: datetime) -> bool:
        """Whether the day of the event is past, where the event is: no round can be added any more."""
        return at.astimezone(self.tz).date() > self.held_on

    def is_over(self, at: datetime) -> bool:
        """Whether the last round, or without rounds the day of the event, is over."""
        if not self.day_has_come(at):
            # Before the day, which most pages are opened on, nobody need read the rounds.
            return False
        ends = max((one.ends_at for one in self.rounds), default=None)
        return at >= ends if ends else self.day_is_past(at)


class Round(Base):
    """A time slot: it starts at `starts_at` and lasts `minutes`; what lies between two rounds is a gap."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        one_of("is_for", RoundFor),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    is_for: Mapped[RoundFor] = mapped_column(
        choice(RoundFor), default=RoundFor.BOTH, server_default=RoundFor.BOTH.value
    )

    @property
    def ends_at(self) -> datetime:
        """When the round is over, in UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)


class HallTable(Base):
    """A numbered place with seats; step-free and quiet ones serve the people who asked for them.

    At one `for_topics`, topics are talked about with several, and nobody meets in twos.
    """

    __tablename__ = "hall_table"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("seats BETWEEN 2 AND 50", name="seats_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    seats: Mapped[int] = mapped_column(default=2)
    step_free: Mapped[bool] = mapped_column(default=False)
    quiet: Mapped[bool] = mapped_column(default=False)
    for_topics: Mapped[bool] = mapped_column(default=False, server_default=false())


def by_id(session: Session, event_id: int) -> Event | None:
    """Return the event with this inside id."""
    return session.get(Event, event_id)


def keeps_people(session: Session, event_id: int) -> bool:
    """Return whether the event is there and its personal data is not erased."""
    return session.scalar(select(Event.id).where(Event.id == event_id, Event.erased_at.is_(None))) is not None


def lock(session: Session, event_id: int) -> None:
    """Let one transaction at a time pass here for this event; SQLite has one writer anyway.

    Others may still write rows that point to the event.
    """
    session.execute(select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))


def is_sealed(session: Session, event_id: int) -> bool:
    """Return whether new thanks of this event are sealed; it stays so until the transaction ends."""
    query = select(Event.sealed).where(Event.id == event_id).with_for_update(read=True)
    return bool(session.scalar(query))


def by_public_id(session: Session, public_id: str) -> Event | None:
    """Return the event an address in the browser names."""
    return session.scalar(_named(), {"public_id": public_id})


@cache
def _named() -> Select[Event]:
    return select(Event).where(Event.public_id == bindparam("public_id"))


def by_wall_key(session: Session, wall_key: str) -> Event | None:
    """Return the event whose hall has a screen at this address."""
    return session.scalar(select(Event).where(Event.wall_key == wall_key))


def all_events(session: Session) -> list[Event]:
    """Return every event, the latest first."""
    return list(session.scalars(select(Event).order_by(Event.held_on.desc(), Event.id.desc())))


def past_erase_date(session: Session, today: date) -> list[Event]:
    """Return the events whose erase date has passed and whose personal data is still here, oldest first."""
    return list(
        session.scalars(
            select(Event)
            .where(Event.erase_on < today, Event.erased_at.is_(None))
            .order_by(Event.erase_on, Event.id)
        )
    )
