"""People: one row a human, whatever they are at an event; and the addresses they can be reached at."""

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, Text, bindparam, event, select, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from matchmaker.recognition.name_order import folded, sort_key, surname_key
from matchmaker.store.among import among
from matchmaker.store.base import Base, UtcDateTime, new_public_id, now
from matchmaker.store.people.personal import Joined, personal
from matchmaker.store.session import Session, plainly

PHONE_LONGEST, LINK_LONGEST = 40, 300


def _of(row: DefaultExecutionContext, column: str) -> str:
    """Return what a row that is being inserted has in another column."""
    values = row.get_current_parameters()  # type: ignore[no-untyped-call]
    return str(values.get(column) or "")


def place_of(name: str) -> str:
    """Return what puts a name in order as text: A to Z with accents folded, then those in other alphabets."""
    other, plain, _ = sort_key(name)
    return f"{int(other)}{plain}"


def surname_place_of(name: str) -> str:
    """Return what puts a name in order by its surname, as text."""
    other, plain, _ = surname_key(name)
    return f"{int(other)}{plain}"


class Person(Base):
    """A human; may be credited without ever signing in.

    `open_to_thanks` false means that nobody can thank or name them; whoever tries is not told.
    `pronouns` are as they wish to be spoken of, in their own words, "" where they did not say.
    `few_letters`: gets only letters that they cannot do without.
    `show_name` false means "someone at <organisation>" wherever others see a credit.
    `public_since` is when they agreed to be named on public labels, and that this outlives the event.
    `phone` and `link`, a page about them, are for whom they choose to give them to, and "" where they gave none.
    `is_owner` marks an owner of the installation, who may make events and organisers.
    `name_key` and `organisation_key` are what is searched, `place_key` is where the name stands in a list, and
    `surname_place` where it stands in a list by surname.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_name_key", "name_key"),
        Index(
            "ix_person_unnamed",
            "id",
            sqlite_where=text("show_name = 0"),
            postgresql_where=text("NOT show_name"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(String(200), info=personal(Joined.OWN, outlives=True))
    organisation: Mapped[str] = mapped_column(
        String(200), default="", info=personal(Joined.FILLED, outlives=True)
    )
    pronouns: Mapped[str] = mapped_column(String(40), default="", info=personal(Joined.FILLED))
    job_title: Mapped[str] = mapped_column(String(200), default="", info=personal(Joined.FILLED))
    phone: Mapped[str] = mapped_column(String(PHONE_LONGEST), default="", info=personal(Joined.FILLED))
    link: Mapped[str] = mapped_column(String(LINK_LONGEST), default="", info=personal(Joined.FILLED))
    show_name: Mapped[bool] = mapped_column(default=True, info=personal(Joined.BOTH, outlives=True))
    open_to_thanks: Mapped[bool] = mapped_column(default=True, info=personal(Joined.BOTH, outlives=True))
    few_letters: Mapped[bool] = mapped_column(default=False, info=personal(Joined.EITHER, outlives=True))
    public_since: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=personal(Joined.OWN, outlives=True)
    )
    is_owner: Mapped[bool] = mapped_column(default=False, info=personal(Joined.EITHER, outlives=True))
    name_key: Mapped[str] = mapped_column(
        Text,
        default=lambda row: folded(_of(row, "name")),
        server_default="",
        info=personal(Joined.OWN, outlives=True),
    )
    organisation_key: Mapped[str] = mapped_column(
        Text,
        default=lambda row: folded(_of(row, "organisation")),
        server_default="",
        info=personal(Joined.OWN, outlives=True),
    )
    place_key: Mapped[str] = mapped_column(
        Text,
        default=lambda row: place_of(_of(row, "name")),
        server_default="",
        info=personal(Joined.OWN, outlives=True),
    )
    surname_place: Mapped[str] = mapped_column(
        Text,
        default=lambda row: surname_place_of(_of(row, "name")),
        server_default="",
        info=personal(Joined.OWN, outlives=True),
    )
    created_at: Mapped[datetime] = mapped_column(
        UtcDateTime, default=now, info=personal(Joined.OWN, outlives=True)
    )

    addresses: Mapped[list["Address"]] = relationship(
        back_populates="person",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Address.position",
    )

    @property
    def email(self) -> str:
        """The address mail is sent to, or "" for a person known by name only."""
        return next((one.email for one in self.addresses if not one.is_mark), "")


@event.listens_for(Person, "before_update")
def _keep_keys(_mapper: object, _connection: object, person: Person) -> None:
    """Bring what is searched up to date with the name and the organisation."""
    name = person.name
    keys = (folded(name), folded(person.organisation), place_of(name), surname_place_of(name))
    if keys != (person.name_key, person.organisation_key, person.place_key, person.surname_place):
        person.name_key, person.organisation_key, person.place_key, person.surname_place = keys


class Address(Base):
    """An email address of a person, lower-case; the one with the lowest position gets the mail."""

    __tablename__ = "address"
    __table_args__ = (Index("uq_address_email", "email", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    position: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship(back_populates="addresses")

    @property
    def is_mark(self) -> bool:
        """Whether only the mark of the address is kept here, as `mark_of` makes it."""
        return self.email.endswith(_MARKED)


_MARKED = "@known-by-its-mark.invalid"


def mark_of(email: str) -> str:
    """Return what stands for an address in the hall where nobody needs to read it.

    Whoever types the address in finds whose it is, and whoever reads the mark does not find the address.
    """
    return hashlib.sha256(f"address: {email}".encode()).hexdigest() + _MARKED


def write_out(person: Person, email: str) -> None:
    """Put an address that somebody is known by in the place of its mark, if that is all that is kept of it here."""
    for one in person.addresses:
        if one.email == mark_of(email):
            one.email = email


def by_id(session: Session, person_id: int) -> Person | None:
    """Return the person with this inside id."""
    return session.get(Person, person_id)


def by_ids(session: Session, person_ids: Collection[int]) -> dict[int, Person]:
    """Return those of these people who are still known, by inside id."""
    return {row.id: row for row in session.scalars(select(Person).where(among(Person.id, person_ids)))}


def who_of(session: Session, person_ids: Collection[int], condition: ColumnElement[bool]) -> set[int]:
    """Return which of these people meet a condition, by inside id: one query."""
    return set(session.scalars(select(Person.id).where(among(Person.id, person_ids), condition)))


def with_addresses(session: Session, person_ids: Collection[int]) -> dict[int, Person]:
    """Return those of these people who are still known, with their addresses, by inside id: two queries."""
    query = select(Person).where(among(Person.id, person_ids)).options(selectinload(Person.addresses))
    return {row.id: row for row in session.scalars(query)}


def names(session: Session) -> Iterator[str]:
    """Yield everybody's name, in no order."""
    yield from session.scalars(select(Person.name).execution_options(yield_per=1000))


def unnamed(session: Session) -> list[tuple[str, str]]:
    """Return (name, organisation) of everybody who does not want their name shown: one query."""
    return [(name, organisation) for name, organisation in plainly(session, _unnamed(), {})]


@cache
def _unnamed() -> Select[str, str]:
    """Return the question of `unnamed`, which is put together once, as is the next."""
    return select(Person.name, Person.organisation).where(~Person.show_name)


def by_public_id(session: Session, public_id: str) -> Person | None:
    """Return the person an address in the browser names."""
    return session.scalar(_named(), {"public_id": public_id})


@cache
def _named() -> Select[Person]:
    return select(Person).where(Person.public_id == bindparam("public_id"))


def by_email(session: Session, email: str) -> Person | None:
    """Return whose address `email` is, in any case."""
    email = email.strip().lower()
    return session.scalar(
        select(Person)
        .join(Address)
        .where(Address.email.in_((email, mark_of(email))))
        .options(selectinload(Person.addresses))
    )


def by_emails(session: Session, emails: Collection[str]) -> dict[str, Person]:
    """Return whose addresses these lower-case ones are: address → person, with all their addresses."""
    called = {mark_of(email): email for email in emails} | {email: email for email in emails}
    rows = session.execute(
        select(Address.email, Person)
        .join(Person, Person.id == Address.person_id)
        .where(among(Address.email, called))
        .options(selectinload(Person.addresses))
    )
    return {called[email]: person for email, person in rows}
