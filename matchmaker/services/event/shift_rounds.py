"""Shifting the rest of the day: all rounds that have not begun move together, so their order stays as it is."""

from datetime import datetime, timedelta

from matchmaker.documents import clock
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.session import Session


def shift(session: Session, event: Event, minutes: int, at: datetime) -> int:
    """Move every round that has not begun by `minutes`, to earlier if negative; return how many moved.

    Raises Refused, with what is possible, if none is left, one would begin too early or run past midnight.
    """
    events.lock(session, event.id)
    session.expire(event, ["rounds"])
    by_clock = sorted(event.rounds, key=lambda one: one.starts_at)
    ahead = [one for one in by_clock if one.starts_at > at]
    if not ahead:
        raise Refused("All rounds have begun, so there is none to move")
    by = timedelta(minutes=minutes)
    earliest = max([at, *(one.ends_at for one in by_clock if one.starts_at <= at)])
    if minutes < 0 and ahead[0].starts_at + by < earliest:
        most = (ahead[0].starts_at - earliest) // timedelta(minutes=1)
        how = f"by {most} minutes at most" if most > 0 else "not at all"
        raise Refused(
            f"Round {ahead[0].number} would begin at {clock.clock(ahead[0].starts_at + by, event.tz)}, which is "
            f"before it can. The rest can move earlier {how}"
        )
    last = (ahead[-1].ends_at + by - timedelta(seconds=1)).astimezone(event.tz)
    if last.date() != event.held_on:
        raise Refused("The last round would run past midnight. Move the rest by less, or remove a round")
    for one in ahead:
        one.starts_at += by
    session.flush()
    return len(ahead)
