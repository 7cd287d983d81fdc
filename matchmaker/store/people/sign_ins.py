"""Who is signed in where: one row for each browser. Without its row a cookie, or a copy of it, opens nothing."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, Select, String, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from matchmaker.store.among import among
from matchmaker.store.base import Base, UtcDateTime, new_public_id, now
from matchmaker.store.people.people import Person


class SignIn(Base):
    """That a browser is signed in as somebody until `ends_at`; `token_hash` is of what its cookie holds.

    `browser` is what its owner calls it, "" where that is not known. `used_at` is when it last sent something, give
    or take an hour; reading a page keeps nothing.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    browser: Mapped[str] = mapped_column(String(60), default="", server_default="")
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


def by_token_hash(session: Session, token_hash: str, at: datetime) -> SignIn | None:
    """Return the sign-in a cookie stands for, with its person, if it has not ended by `at`."""
    return session.scalar(_by_token_hash(), {"token_hash": token_hash, "at": at})


@cache
def _by_token_hash() -> Select[SignIn]:
    """Return the question of `by_token_hash`, which every page asks and which is put together once."""
    return (
        select(SignIn)
        .where(SignIn.token_hash == bindparam("token_hash"), SignIn.ends_at > bindparam("at"))
        .options(joinedload(SignIn.person))
    )


def of_person(session: Session, person_id: int, at: datetime) -> list[SignIn]:
    """Return where somebody is signed in at `at`, the newest first."""
    return list(session.scalars(_of_person(), {"person": person_id, "at": at}))


@cache
def _of_person() -> Select[SignIn]:
    return (
        select(SignIn)
        .where(SignIn.person_id == bindparam("person"), SignIn.ends_at > bindparam("at"))
        .order_by(SignIn.began_at.desc(), SignIn.id.desc())
    )


def note_use(session: Session, sign_in_id: int, at: datetime) -> None:
    """Keep when a browser last sent something; where its sign-in has ended nothing happens."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(used_at=at))


def end(session: Session, person_id: int, public_id: str) -> None:
    """End one sign-in of a person."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id, SignIn.public_id == public_id))


def end_by_token_hash(session: Session, token_hash: str) -> None:
    """End the sign-in a cookie stands for."""
    session.execute(delete(SignIn).where(SignIn.token_hash == token_hash))


def end_all(session: Session, person_ids: Collection[int]) -> None:
    """Sign these people out everywhere."""
    session.execute(delete(SignIn).where(among(SignIn.person_id, person_ids)))


def purge(session: Session, at: datetime) -> None:
    """Remove the sign-ins that have ended by `at`."""
    session.execute(delete(SignIn).where(SignIn.ends_at <= at))
