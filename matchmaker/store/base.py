"""What every table shares: named constraints, unguessable public ids, times in UTC, checked enums."""

import enum
import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, Enum, MetaData, String, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = JSON().with_variant(JSONB(), "postgresql")
"""A JSON column on both databases."""

JsonOrNull = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON column in which None is no value at all."""


class Base(DeclarativeBase):
    """The one metadata of the store."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite, which drops zones, is given and gives back UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC; refuse a naive one, which could mean any zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time back with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def written_numbers(numbers: frozenset[int]) -> str:
    """Return a few numbers as the database keeps them.

    >>> written_numbers(frozenset({5, 2})), written_numbers(frozenset())
    (',2,5,', '')
    """
    return "".join(f",{one}" for one in sorted(numbers)) + "," if numbers else ""


class Numbers(TypeDecorator[frozenset[int]]):
    """A few numbers, kept as ",2,5,", so that SQL can ask for rows with one of them; "" for none."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> str:
        """Write them in order."""
        return written_numbers(value or frozenset())

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[int]:
        """Read them."""
        return frozenset(int(one) for one in (value or "").split(",") if one)


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


def new_public_id() -> str:
    """Return 16 unguessable characters (almost 96 bits) for addresses, QR codes and commands.

    The first and the last are letters or digits: a command would take what begins with "-" for an option, people who
    read it aloud leave such a sign out, and a letter's reader may cut one off the end of an address.
    """
    while True:
        made = secrets.token_urlsafe(12)
        if made[0].isalnum() and made[-1].isalnum():
            return made


def choice(kind: type[enum.StrEnum]) -> Enum:
    """Return a column type for the values of `kind`, kept as text; `one_of` adds the database's check."""
    return Enum(
        kind,
        native_enum=False,
        length=24,
        create_constraint=False,
        values_callable=lambda e: [m.value for m in e],
    )


def one_of(column: str, kind: type[enum.StrEnum]) -> CheckConstraint:
    """Return the CHECK that `column` holds a value of `kind`."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def normalised(text: str) -> str:
    """Return `text` as it is compared: case folded, spaces collapsed."""
    return " ".join(text.casefold().split())


JsonObject = dict[str, Any]
