"""Attending: for which rounds somebody is there, as an organiser hears it on the day."""

from matchmaker.store.event.events import Event, Round
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session


class NoRound(Exception):  # noqa: N818 - it is an answer, not a fault
    """The last round comes before the first."""


def attend(session: Session, event: Event, registration: Registration, first: int, last: int) -> None:
    """Record that somebody is there from round `first` to round `last`, by number.

    Kept as hours of the day: none for the first or last round of all, so that rounds added later count too. Raises
    NoRound if `last` comes before `first`, KeyError for a round that is not in the programme.
    """
    rounds = {one.number: one for one in event.rounds}
    begins, ends = rounds[first], rounds[last]
    if ends.starts_at < begins.starts_at:
        raise NoRound
    order = event.rounds
    registration.arrives = None if begins is order[0] else begins.starts_at.astimezone(event.tz).time()
    registration.leaves = None if ends is order[-1] else ends.ends_at.astimezone(event.tz).time()
    session.flush()


def span(rounds: list[Round], there: frozenset[int]) -> tuple[int, int] | None:
    """Return the first and the last round somebody is there for; None for no round at all."""
    mine = [one.number for one in rounds if one.number in there]
    return (mine[0], mine[-1]) if mine else None
