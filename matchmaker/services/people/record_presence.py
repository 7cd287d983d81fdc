"""Record who is here, who is not, and for which rounds, as the desk and the organisers hear it on the day.

Recording the same thing again changes nothing, so the first time is the one that is kept.
"""

from datetime import datetime, time

from matchmaker.services.event import local_times
from matchmaker.services.people import register_people
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people import presence as presences
from matchmaker.store.people.registrations import COMING, Presence, Registration, RegistrationState
from matchmaker.store.session import Session


class NoRound(Exception):  # noqa: N818 - it is an answer, not a fault
    """The last round comes before the first."""


class NoTime(Exception):  # noqa: N818 - it is an answer, not a fault
    """Somebody would come after they leave."""


def mark(session: Session, registration: Registration, presence: Presence, at: datetime) -> bool:
    """Record that somebody is here, absent, or only expected (which undoes the others); return whether it changed.

    Somebody who had said no and is here all the same is confirmed. Raises Refused if that cannot be.
    """
    if presence is Presence.HERE and registration.state not in COMING:
        register_people.move(session, registration, RegistrationState.CONFIRMED)
    time_kept = None if presence is Presence.EXPECTED else at
    return presences.put(session, registration, presence, time_kept)


def attend(session: Session, event: Event, registration: Registration, first: int, last: int) -> None:
    """Record that somebody is there from round `first` to round `last`, by number.

    Kept as hours of the day: none for the first or last round of all, so that rounds added later count too. Whoever
    is here already misses what comes before their first round by number, and is here all the same. Raises NoRound if
    `last` comes before `first`, KeyError for a round that is not in the programme.
    """
    rounds = {one.number: one for one in event.rounds}
    begins, ends = rounds[first], rounds[last]
    if ends.starts_at < begins.starts_at:
        raise NoRound
    order = event.rounds
    registration.away_rounds = frozenset()
    registration.arrives = None
    if registration.presence is Presence.HERE:
        registration.away_rounds = frozenset(one.number for one in order if one.starts_at < begins.starts_at)
    elif begins is not order[0]:
        registration.arrives = begins.starts_at.astimezone(event.tz).time()
    registration.leaves = None if ends is order[-1] else ends.ends_at.astimezone(event.tz).time()
    session.flush()


def come_late(session: Session, event: Event, registration: Registration, until: time, at: datetime) -> None:
    """Record that somebody comes at this local time of the day; whoever was marked as not here is expected again.

    So is whoever was here and went off, if that time is ahead. Raises NoTime if they leave before it, and Refused for
    one that the clocks skip on that day.
    """
    comes = local_times.moment(event.held_on, until, event.tz)
    if registration.leaves is not None and until >= registration.leaves:
        raise NoTime
    registration.arrives = until
    if registration.presence is Presence.ABSENT or (registration.presence is Presence.HERE and comes > at):
        presences.put(session, registration, Presence.EXPECTED, None)
    session.flush()


def span(rounds: list[Round], there: frozenset[int]) -> tuple[int, int] | None:
    """Return the first and the last round somebody is there for; None for no round at all."""
    mine = [one.number for one in rounds if one.number in there]
    return (mine[0], mine[-1]) if mine else None
