"""Erase a person who asks, at once; and everybody at an event whose erase date has passed."""

from datetime import datetime

from matchmaker.documents.mail import Sender
from matchmaker.documents.plans import plan_mail
from matchmaker.services.credits import lost_labels
from matchmaker.store import files, jobs
from matchmaker.store import mail as mails
from matchmaker.store.base import JsonObject
from matchmaker.store.event import event_roles, events
from matchmaker.store.event.events import Event
from matchmaker.store.mail import SUBJECT_LONGEST
from matchmaker.store.people import erasure, people, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.plans import meetings_off, plan_reviews, plans, topic_orders
from matchmaker.store.session import Session


class OnlyOrganiser(Exception):  # noqa: N818 - it is an answer, not a fault
    """The person is the only organiser of these events, which would be left to nobody."""

    def __init__(self, names: list[str]) -> None:
        """Name the events."""
        super().__init__(", ".join(names))
        self.names = names


def erase_person(session: Session, person: Person, *, keep_thanks: bool) -> list[int]:
    """Erase a person and everything that belongs to them; return the ids of the events that lose an attendee.

    The thanks they gave stay without a name if `keep_thanks`; the thanks they received go. Their seats are
    taken out of every plan, so that no page shows their name, and the files and proposals made for their events go,
    as they may hold it. Raises OnlyOrganiser.
    """
    alone = event_roles.organised_alone(session, person.id)
    if alone:
        raise OnlyOrganiser([event.name for event in alone])
    attended = sorted(one.event_id for one in registrations.events_of(session, person.id))
    for event_id in attended:
        # Lists that name them are not changed by others while they go.
        events.lock(session, event_id)
    files.remove_all(session, attended)
    files.remove_labels(session)
    jobs.forget_at(session, lost_labels.KIND, attended)
    plan_reviews.forget(session, attended)
    topic_orders.forget_topics_of(session, person.id)
    _unname(session, person, attended)
    erasure.remove_named_by_address(session, person.id)
    erasure.remove_people(session, [person.id], keep_thanks=keep_thanks)
    return attended


def _unname(session: Session, person: Person, event_ids: list[int]) -> None:
    """Take somebody out of letters about a plan that have not left yet: these then only lead to the page."""
    for mail in mails.unsent(session, event_ids, "plan"):
        reader = people.by_id(session, mail.person_id) if mail.person_id else None
        event = events.by_id(session, mail.event_id) if mail.event_id else None
        if reader is None or event is None or person.name not in " ".join(mail.body.split()):
            continue
        link = next((line for line in mail.body.splitlines() if line.startswith("http")), "")
        sender = Sender(f"the organisers of {event.name}", event.contact_email)
        letter = plan_mail.plan_to_look_up(reader.name, event.name, link, sender)
        mail.subject, mail.body = letter.subject[:SUBJECT_LONGEST], letter.body
    session.flush()


def _counts(session: Session, event: Event, at: datetime) -> JsonObject:
    """Return the counts that stay of an event; of one that is erased again, after a later date, none is lost."""
    plan = plans.published(session, event.id)
    held = len(meetings_off.took_place(session, event, plan.id, at)) if plan else 0
    now = {**erasure.counts(session, event.id), "held": held}
    return {name: max(count, event.counts.get(name, 0)) for name, count in now.items()}


def erase_past_events(session: Session, at: datetime) -> int:
    """Erase the personal data of every event whose erase date has passed; return how many events.

    Counts, and the name, day and programme of the event, are all that is left of it. People whom only this
    event knew go, with the credits they claimed or were given. Only where it made its labels public, those stay
    who agreed that this outlives it: with their name, what they accepted, and thanks between two such people.
    Whom nothing keeps but that a colleague has credited them has name, organisation, address and credits left. With
    the event go those, too, whom nothing knows any more.
    """
    past = events.past_erase_date(session, at.date())
    for event in past:
        event.counts = _counts(session, event, at)
        event.erased_at = at
        event.wall_key = None
        session.flush()
        gone, credited = erasure.nowhere_else(session, event.id), erasure.only_credited(session, event.id)
        staying = erasure.named_in_public(session) if event.labels_public else set()
        erasure.remove_details(session, event.id, staying)
        erasure.remove_people(session, gone - staying, keep_thanks=False)
        erasure.strip_to_credits(session, gone & staying)
        erasure.strip_to_name(session, credited)
    if past:
        erasure.remove_people(session, erasure.tied_to_nothing(session), keep_thanks=True)
    return len(past)
