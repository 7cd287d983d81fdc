"""What registrations that were merged into another had given out: badges and calendars lead to who they are now."""

from sqlalchemy import ForeignKey, String, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.base import Base
from matchmaker.store.people.registrations import Registration


class MergedRegistration(Base):
    """What is printed or subscribed to of a registration that is no more; `registration_id` is what it became."""

    __tablename__ = "merged_registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    badge_code: Mapped[str] = mapped_column(String(12), unique=True)
    calendar_turn: Mapped[int]


def lead_on(session: Session, gone: Registration, keep: Registration) -> None:
    """Let what `gone` gave out, and what came to it in earlier merges, lead to `keep`. Call it before `gone` goes."""
    session.execute(
        update(MergedRegistration)
        .where(MergedRegistration.registration_id == gone.id)
        .values(registration_id=keep.id)
        .execution_options(synchronize_session=False)
    )
    session.add(
        MergedRegistration(
            registration_id=keep.id,
            public_id=gone.public_id,
            badge_code=gone.badge_code,
            calendar_turn=gone.calendar_turn,
        )
    )
    session.flush()


def by_badge_code(session: Session, event_id: int, code: str) -> Registration | None:
    """Return whose badge of this event has this code, which may be of an entry that was merged into theirs."""
    merged = select(MergedRegistration.registration_id).where(MergedRegistration.badge_code == code)
    mine = or_(Registration.badge_code == code, Registration.id.in_(merged))
    return session.scalar(select(Registration).where(Registration.event_id == event_id, mine))


def by_public_id(session: Session, event_id: int, public_id: str) -> MergedRegistration | None:
    """Return what is known of an entry of this event that was merged into another, and had this public id."""
    there = select(MergedRegistration).join(
        Registration, Registration.id == MergedRegistration.registration_id
    )
    return session.scalar(
        there.where(Registration.event_id == event_id, MergedRegistration.public_id == public_id)
    )


def renew_calendars(session: Session, registration_id: int) -> None:
    """End the calendar addresses of all that was merged into a registration."""
    session.execute(
        update(MergedRegistration)
        .where(MergedRegistration.registration_id == registration_id)
        .values(calendar_turn=MergedRegistration.calendar_turn + 1)
        .execution_options(synchronize_session=False)
    )
