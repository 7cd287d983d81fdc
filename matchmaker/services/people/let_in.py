"""Let in somebody who is not on the list: add them, check them in and plan for them, all in one go."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.services.people import record_presence, register_people
from matchmaker.services.people.register_people import Newcomer
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Session


@dataclass(frozen=True)
class WalkIn:
    """Who walks in; everything but the name may be empty. `works_on` is what they do, `access_needs` what else they
    need in the hall, in their words.
    """

    name: str
    email: str = ""
    organisation: str = ""
    works_on: str = ""
    step_free: bool = False
    quiet: bool = False
    large_print: bool = False
    access_needs: str = ""


def let_in(
    session: Session, event: Event, who: WalkIn, at: datetime, *, namesake_is_fine: bool = False
) -> Registration:
    """Put somebody on the list as coming, and record that they are here.

    Inside or outside follows from the address. Raises AlreadyThere or Refused like `register_people.add`.
    """
    new = Newcomer(who.name, who.email, who.organisation)
    registration = register_people.add(session, event, new, namesake_is_fine=namesake_is_fine)
    register_people.move(session, registration, RegistrationState.CONFIRMED)
    registration.bio = who.works_on
    registration.step_free, registration.quiet = who.step_free, who.quiet
    registration.large_print, registration.access_needs = who.large_print, who.access_needs
    record_presence.mark(session, registration, Presence.HERE, at)
    return registration
