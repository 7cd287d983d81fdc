"""Reports of thanks and credits, and the log of what organisers did about them. The log is only ever added to."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.store.base import Base, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.contributions import Contribution
from matchmaker.store.endorsements import Endorsement
from matchmaker.store.people import Person
from matchmaker.store.unclaimed import UnclaimedCredit

REASON_LONGEST = 500


class ActKind(enum.StrEnum):
    """What an organiser did."""

    HIDDEN = "hidden"
    RESTORED = "restored"
    KEPT = "kept"
    """A report was read, and what it was about stays."""
    AGREED = "agreed"
    """It was recorded that somebody who never signed up agreed to be named, or a team was approved."""
    TAKEN_OFF = "taken-off"
    """That agreement does not hold any more."""
    REMOVED = "removed"
    """An unclaimed credit was removed."""
    OPENED = "opened"
    """The sealed round was opened."""


class Report(Base):
    """That somebody finds a thanks or a credit wrong; open until an organiser has decided."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN endorsement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN contribution_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN unclaimed_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="about_one_thing",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    endorsement_id: Mapped[int | None] = mapped_column(
        ForeignKey("endorsement.id", ondelete="CASCADE"), index=True
    )
    contribution_id: Mapped[int | None] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )
    unclaimed_id: Mapped[int | None] = mapped_column(
        ForeignKey("unclaimed_credit.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(REASON_LONGEST))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    endorsement: Mapped[Endorsement | None] = relationship()
    contribution: Mapped[Contribution | None] = relationship()
    unclaimed: Mapped[UnclaimedCredit | None] = relationship()
    reporter: Mapped[Person] = relationship()


class ModerationAct(Base):
    """One line of the log: who did what, when and why. Nothing here is ever changed by an organiser.

    It goes with what it is about, and `by_id` is emptied when that organiser is erased.
    """

    __tablename__ = "moderation_act"
    __table_args__ = (one_of("kind", ActKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ActKind] = mapped_column(choice(ActKind))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    endorsement_id: Mapped[int | None] = mapped_column(
        ForeignKey("endorsement.id", ondelete="CASCADE"), index=True
    )
    contribution_id: Mapped[int | None] = mapped_column(
        ForeignKey("contribution.id", ondelete="CASCADE"), index=True
    )
    unclaimed_id: Mapped[int | None] = mapped_column(
        ForeignKey("unclaimed_credit.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(REASON_LONGEST), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    by: Mapped[Person | None] = relationship()
