"""A sealed round: while it lasts new thanks are for giver and receiver alone; an organiser opens it for everybody.

So nobody thanks back out of politeness. It is off unless an organiser wants it.
"""

from datetime import datetime

from matchmaker.services.credits.moderate_credits import log
from matchmaker.store.credits import endorsements
from matchmaker.store.credits.moderation import ActKind
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session


def seal(session: Session, event: Event) -> None:
    """Seal what is given from now on; what others can read already stays readable."""
    events.lock(session, event.id)
    event.sealed = True
    session.flush()


def open_round(session: Session, event: Event, organiser: Person, at: datetime) -> int:
    """Open every sealed thanks and end the round; return how many were opened. It cannot be undone."""
    events.lock(session, event.id)
    event.sealed, event.opened_at = False, at
    opened = endorsements.unseal(session, event.id)
    session.flush()
    session.expire_all()
    log(session, event, organiser, ActKind.OPENED, None, "", at)
    return opened
