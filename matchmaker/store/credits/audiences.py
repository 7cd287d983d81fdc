"""Questions about what may be shown more widely: who agreed to it, and which datasets that is about."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import Select, func, select

from matchmaker.recognition.audience import Audience
from matchmaker.store.among import among_those
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.credits.unclaimed import on_label as unclaimed_on_label
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.session import Session, plainly


def public_audience(session: Session, ids: Collection[int]) -> Audience:
    """Return whom of these people public labels may tell of, and name: nobody while no event makes its labels public.

    Of those without an account, by their negative ids, it is those whom an organiser of such an event let be shown.
    """
    public = _public()
    if session.scalar(public.limit(1)) is None:
        return Audience(frozenset(), frozenset())
    people, names = [one for one in ids if one > 0], [-one for one in ids if one < 0]
    named = frozenset(plainly(session, _agreed(), {"people": people}).scalars())
    if names:
        named |= {-one for one in plainly(session, _let_be_shown(), {"names": names}).scalars()}
    return Audience(
        named | frozenset(plainly(session, _at_public_events(), {"people": people}).scalars()), named
    )


@cache
def _public() -> Select[int]:
    """Return the events that make their labels public: put together once, as are the questions below."""
    return select(Event.id).where(Event.labels_public)


@cache
def _agreed() -> Select[int]:
    return select(Person.id).where(Person.public_since.is_not(None), among_those(Person.id, "people"))


@cache
def _at_public_events() -> Select[int]:
    return select(Registration.person_id).where(
        Registration.event_id.in_(_public()),
        Registration.state.in_(COMING),
        among_those(Registration.person_id, "people"),
    )


@cache
def _let_be_shown() -> Select[int]:
    return select(UnclaimedCredit.id).where(
        UnclaimedCredit.event_id.in_(_public()),
        unclaimed_on_label(),
        among_those(UnclaimedCredit.id, "names"),
    )


def count_public(session: Session, event_id: int) -> int:
    """Return how many of those coming to the event agreed to be named on public labels."""
    query = (
        select(func.count())
        .select_from(Registration)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.event_id == event_id,
            Registration.state.in_(COMING),
            Person.public_since.is_not(None),
        )
    )
    return session.scalar(query) or 0


def count_on_screen(session: Session, event_id: int) -> int:
    """Return how many come to the event and agreed to be shown on the screen in the hall."""
    query = select(func.count()).where(
        Registration.event_id == event_id, Registration.on_screen, Registration.state.in_(COMING)
    )
    return session.scalar(query) or 0
