"""What an overview says of an event beside its people and plans, in numbers that are asked for at once."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, select

from matchmaker.store import mail
from matchmaker.store.credits import endorsements, moderation, unclaimed
from matchmaker.store.session import Session, plainly


class InNumbers(NamedTuple):
    """Letters that were refused, thanks that others may read, and reports and unclaimed credits that wait."""

    refused_mail: int
    thanks: int
    reports: int
    unclaimed: int


def in_numbers(session: Session, event_id: int) -> InNumbers:
    """Return these numbers of an event. One query."""
    return InNumbers(*plainly(session, _in_numbers(), {"event": event_id}).one())


@cache
def _in_numbers() -> Select[int, int, int, int]:
    asked = (
        mail.counting_refused(),
        endorsements.counting_accepted(),
        moderation.counting_open(),
        unclaimed.counting_waiting(),
    )
    one, two, three, four = (question.scalar_subquery() for question in asked)
    return select(one, two, three, four)
