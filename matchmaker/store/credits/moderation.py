"""Reports of thanks, credits and notes, and the log of what organisers did; the log is only ever added to."""

import enum
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CheckConstraint,
    CursorResult,
    ForeignKey,
    Integer,
    Select,
    String,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from matchmaker.recognition.states import LIVE, UNCLAIMED_LIVE
from matchmaker.store.base import Base, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people.people import Person
from matchmaker.store.suggestions.introduction_notes import IntroductionNote

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
    """That somebody finds a thanks, a credit or a note wrong; open until an organiser has decided."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN endorsement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN contribution_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN unclaimed_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN note_id IS NULL THEN 0 ELSE 1 END) = 1",
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
    note_id: Mapped[int | None] = mapped_column(
        ForeignKey("introduction_note.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(REASON_LONGEST))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    endorsement: Mapped[Endorsement | None] = relationship()
    contribution: Mapped[Contribution | None] = relationship()
    unclaimed: Mapped[UnclaimedCredit | None] = relationship()
    note: Mapped[IntroductionNote | None] = relationship()
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
    note_id: Mapped[int | None] = mapped_column(
        ForeignKey("introduction_note.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(REASON_LONGEST), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    by: Mapped[Person | None] = relationship()


Subject = Endorsement | Contribution | UnclaimedCredit | IntroductionNote


def _column(subject: Subject) -> str:
    match subject:
        case Endorsement():
            return "endorsement_id"
        case Contribution():
            return "contribution_id"
        case UnclaimedCredit():
            return "unclaimed_id"
        case IntroductionNote():
            return "note_id"


def point_at(row: Report | ModerationAct, subject: Subject) -> None:
    """Make a report or a line of the log be about this."""
    setattr(row, _column(subject), subject.id)


def subject_of(row: Report) -> Subject:
    """Return what a report is about."""
    found = row.endorsement or row.contribution or row.unclaimed or row.note
    assert found is not None
    return found


_THANKS = (
    joinedload(Endorsement.giver),
    joinedload(Endorsement.contribution).joinedload(Contribution.person),
    joinedload(Endorsement.contribution).joinedload(Contribution.dataset),
)
_NOTE = (joinedload(IntroductionNote.writer), joinedload(IntroductionNote.reader))
_CREDIT = (joinedload(Contribution.person), joinedload(Contribution.dataset))


def open_reports(session: Session, event_id: int) -> list[Report]:
    """Return the reports of an event that nobody has decided, oldest first, with what they are about."""
    return list(session.scalars(_open_reports(), {"event": event_id}))


@cache
def _open_reports() -> Select[Report]:
    return (
        select(Report)
        .where(Report.event_id == bindparam("event"), Report.closed_at.is_(None))
        .options(
            joinedload(Report.reporter),
            joinedload(Report.endorsement).options(*_THANKS),
            joinedload(Report.contribution).options(*_CREDIT),
            joinedload(Report.unclaimed).joinedload(UnclaimedCredit.dataset),
            joinedload(Report.note).options(*_NOTE),
        )
        .order_by(Report.id)
    )


def reported_by(session: Session, person_id: int) -> list[Report]:
    """Return what a person reported, oldest first, without what it is about."""
    return list(session.scalars(_reported_by(), {"person": person_id}))


@cache
def _reported_by() -> Select[Report]:
    return select(Report).where(Report.reporter_id == bindparam("person")).order_by(Report.id)


@cache
def counting_open() -> Select[int]:
    """Return the question for how many reports of an `event` nobody has decided."""
    return select(func.count()).where(Report.event_id == bindparam("event"), Report.closed_at.is_(None))


def open_report(session: Session, reporter_id: int, subject: Subject) -> Report | None:
    """Return the undecided report of this person about this."""
    return session.scalar(
        select(Report).where(
            Report.reporter_id == reporter_id,
            getattr(Report, _column(subject)) == subject.id,
            Report.closed_at.is_(None),
        )
    )


def close_reports(session: Session, subject: Subject, at: datetime) -> int:
    """Close every undecided report about this; return how many there were."""
    closed = session.execute(
        update(Report)
        .where(getattr(Report, _column(subject)) == subject.id, Report.closed_at.is_(None))
        .values(closed_at=at)
    )
    return cast(CursorResult[Any], closed).rowcount


def hold(session: Session, subject: Subject) -> None:
    """Read what is moderated again, and let nobody else change it until the transaction ends."""
    session.refresh(subject, ["moderated"], with_for_update=True)


def acts(session: Session, event_id: int) -> list[ModerationAct]:
    """Return the log of an event, newest first, with who acted."""
    return list(
        session.scalars(
            select(ModerationAct)
            .where(ModerationAct.event_id == event_id)
            .options(joinedload(ModerationAct.by))
            .order_by(ModerationAct.id.desc())
        )
    )


def hidden_at(session: Session, event_id: int) -> list[Subject]:
    """Return what organisers of an event hide now: thanks, credits, unclaimed ones, then notes, oldest first."""
    return [one for asked in _hidden() for one in session.scalars(asked, {"event": event_id})]


@cache
def _hidden() -> tuple[Select[Any], ...]:
    """Return the questions of `hidden_at`, one for each kind, which are put together once."""
    event_id = bindparam("event", type_=Integer)
    acted = select(ModerationAct).where(ModerationAct.event_id == event_id).subquery()
    # Found in an index first: SQLite expects many to be hidden, and would go through all thanks there are.
    hidden_thanks = select(Endorsement.id).where(
        Endorsement.event_id == event_id, Endorsement.moderated, Endorsement.state.in_(LIVE)
    )
    thanks = (
        select(Endorsement)
        .where(Endorsement.id.in_(hidden_thanks))
        .options(*_THANKS)
        .order_by(Endorsement.id)
    )
    credits = (
        select(Contribution)
        .where(Contribution.id.in_(select(acted.c.contribution_id)), Contribution.moderated)
        .options(*_CREDIT)
        .order_by(Contribution.id)
    )
    unclaimed = (
        select(UnclaimedCredit)
        .where(
            UnclaimedCredit.event_id == event_id,
            UnclaimedCredit.moderated,
            UnclaimedCredit.state.in_(UNCLAIMED_LIVE),
        )
        .options(joinedload(UnclaimedCredit.dataset))
        .order_by(UnclaimedCredit.id)
    )
    notes = (
        select(IntroductionNote)
        .where(IntroductionNote.event_id == event_id, IntroductionNote.moderated)
        .options(*_NOTE)
        .order_by(IntroductionNote.id)
    )
    return thanks, credits, unclaimed, notes
