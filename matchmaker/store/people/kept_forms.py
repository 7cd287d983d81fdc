"""Forms that could not be saved because their session had ended: kept, encrypted, for an hour."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.base import Base, UtcDateTime


class KeptForm(Base):
    """What a person sent to `path` from one browser; the newest takes the place of an earlier one.

    `browser` is a hash of the random id in that browser's cookie, which is part of the key of `content`.
    """

    __tablename__ = "kept_form"
    __table_args__ = (UniqueConstraint("person_id", "browser", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    browser: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(String(1000))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    purge_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def of_browser(session: Session, person_id: int, browser: str, at: datetime) -> list[KeptForm]:
    """Return what is kept of this person from this browser, the newest first."""
    return list(
        session.scalars(
            select(KeptForm)
            .where(KeptForm.person_id == person_id, KeptForm.browser == browser, KeptForm.purge_at > at)
            .order_by(KeptForm.id.desc())
        )
    )


def remove(session: Session, person_id: int, browser: str, path: str) -> None:
    """Remove what is kept of this person from this browser for one address."""
    session.execute(
        delete(KeptForm).where(
            KeptForm.person_id == person_id, KeptForm.browser == browser, KeptForm.path == path
        )
    )


def keep_newest(session: Session, person_id: int, most: int) -> None:
    """Remove all but the newest of a person's forms, from whatever browser."""
    newest = (
        select(KeptForm.id).where(KeptForm.person_id == person_id).order_by(KeptForm.id.desc()).limit(most)
    )
    session.execute(
        delete(KeptForm).where(KeptForm.person_id == person_id, KeptForm.id.not_in(newest.scalar_subquery()))
    )


def purge(session: Session, at: datetime) -> None:
    """Remove what was kept for long enough by `at`."""
    session.execute(delete(KeptForm).where(KeptForm.purge_at <= at))
