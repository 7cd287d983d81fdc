"""Whom a version of the plan seats in a round or at some tables: counted by the database, and the first by name."""

from collections.abc import Collection

from sqlalchemy import func, select, union

from matchmaker.store.among import among
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Meeting, Seat
from matchmaker.store.plans.talks import Talk, TalkSeat
from matchmaker.store.session import Session


class Concerned:
    """The people of a plan with a seat, in a meeting or at a talk, in a round or at one of these tables."""

    def __init__(self, plan_id: int, round_number: int | None, tables: Collection[int]) -> None:
        """Nothing is asked yet."""
        meetings = select(Seat.person_id).where(Seat.plan_id == plan_id)
        talks = select(TalkSeat.person_id).where(TalkSeat.plan_id == plan_id)
        # Asked one by one, as the database uses no index for either of two conditions.
        parts = [
            meetings.where(Seat.round_number == round_number),
            talks.where(TalkSeat.round_number == round_number),
        ]
        if tables:
            # By the plan of the meetings alone: by that of the seats as well, SQLite goes through everybody's.
            parts += [
                select(Seat.person_id)
                .join(Meeting, Meeting.id == Seat.meeting_id)
                .where(Meeting.plan_id == plan_id, among(Meeting.table_number, tables)),
                talks.join(Talk, Talk.id == TalkSeat.talk_id).where(among(Talk.table_number, tables)),
            ]
        self._ids = union(*parts).subquery()

    def count(self, session: Session) -> int:
        """Return how many they are: one query."""
        return session.scalar(select(func.count()).select_from(self._ids)) or 0

    def first(self, session: Session, limit: int) -> list[tuple[str, str]]:
        """Return name and organisation of the first by name: one query."""
        rows = session.execute(
            select(Person.name, Person.organisation)
            .join(self._ids, self._ids.c.person_id == Person.id)
            .order_by(Person.place_key, Person.id)
            .limit(limit)
        )
        return [(name, organisation) for name, organisation in rows]
