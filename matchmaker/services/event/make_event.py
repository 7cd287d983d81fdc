"""Make an event in the browser: an empty one, or one that takes over the set-up of an earlier event."""

from datetime import date

from matchmaker.recognition.rules import Refusal
from matchmaker.services.event.organisers import KEPT_AFTER
from matchmaker.services.event.set_up_event import on_another_day
from matchmaker.services.refused import Refused
from matchmaker.store.event import event_roles
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event, HallTable, Round
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session, hold

CARRIED = (
    "host", "about", "place", "zone", "contact_name", "contact_email", "purpose", "inside_domains",
    "same_organisation", "mixing_least", "thanks_each", "suggestions_each", "count_acquaintances", "sealed",
    "places", "places_inside", "places_outside", "offer_days", "topics_from",
)  # fmt: skip
"""What an event made like another takes over, besides its rounds and tables; never guests, plans or thanks."""


def may_make(session: Session, person: Person) -> bool:
    """Say whether somebody may make events: an owner of the installation, or who organises one already."""
    return person.is_owner or bool(event_roles.organised_by(session, person.id))


def make(
    session: Session,
    organiser: Person,
    name: str,
    held_on: date,
    today: date,
    like: Event | None = None,
    *,
    with_roles: bool = False,
) -> Event:
    """Make an event and its first organiser; `like` gives its set-up, rounds at the same times of day, and tables.

    With `with_roles`, whoever organises, helps at or reads `like` does so here, too; nobody is told. Raises Refused
    for a day that has passed, and for an event that they organise by this name on this day: pressed twice, it is one.
    """
    if held_on < today:
        raise Refused(Refusal("held_on", "The date must be today or later"))
    hold(session, organiser)
    if any(
        (one.name, one.held_on) == (name, held_on) for one in event_roles.organised_by(session, organiser.id)
    ):
        words = f"You organise “{name}” on that day already. To make another event, give it another name"
        raise Refused(Refusal("name", words))
    event = Event(name=name, held_on=held_on, erase_on=held_on + KEPT_AFTER)
    event.contact_name, event.contact_email = organiser.name, organiser.email
    if like is not None:
        for field in CARRIED:
            setattr(event, field, getattr(like, field))
    session.add(event)
    session.flush()
    if like is not None:
        event.rounds = [_moved(one, like, event) for one in like.rounds]
        event.tables = [
            HallTable(
                number=one.number,
                seats=one.seats,
                step_free=one.step_free,
                quiet=one.quiet,
                for_topics=one.for_topics,
            )
            for one in like.tables
        ]
        for person, role in event_roles.with_roles(session, like.id) if with_roles else ():
            event_roles.put_role(session, event.id, person.id, role)
    event_roles.put_role(session, event.id, organiser.id, EventRole.ORGANISER)
    return event


def _moved(one: Round, like: Event, event: Event) -> Round:
    """Return a round at the same time of the new event's day; across a change of the clocks, too."""
    starts = on_another_day(one, like.tz, event.held_on, event.tz)
    return Round(number=one.number, starts_at=starts, minutes=one.minutes, is_for=one.is_for)
