"""Telling people of their meetings by mail: everybody at first, later whoever's meetings changed."""

from matchmaker.documents import mail as letters
from matchmaker.documents.mail import PlanNews, Sender
from matchmaker.documents.stamp import Stamp
from matchmaker.services.mailing import post
from matchmaker.services.printing import slip_rows
from matchmaker.services.reviewing import Place, Review
from matchmaker.store.session import Session


def tell(session: Session, now: Review, before: Review | None, stamp: Stamp, link: str) -> int:
    """Write a mail to whoever the published plan is news to; return how many.

    At first that is everybody in it; in place of a plan `before`, those whose rounds differ, and their mail
    has only these.
    """
    people = {**(before.people if before else {}), **now.people}
    written = 0
    event = now.event
    sender = Sender(f"the organisers of {event.name}", event.contact_email)
    for person in people.values():
        registration = now.registration(person.id)
        if registration is None:
            continue
        rows = tuple(slip_rows(now, person))
        if before is not None:
            changed = _changed(before.day(person.id), now.day(person.id))
            rows = tuple(row for row in rows if row.round in changed)
            if not rows:
                continue
        news = PlanNews(person.name, event.place, rows, stamp, link, sender)
        letter = letters.plan_changed(news) if before else letters.plan_published(news)
        sent = post(session, letter, person, "plan", event_id=event.id, reply_to=event.contact_email)
        written += sent is not None
    return written


def _changed(before: list[Place], now: list[Place]) -> set[int]:
    """Return the rounds in which somebody sits elsewhere, or with others, than before."""
    were, are = ({place.round_number: _where(place) for place in day} for day in (before, now))
    return {number for number in were.keys() | are.keys() if were.get(number) != are.get(number)}


def _where(place: Place) -> tuple[int, frozenset[int]] | None:
    if place.table is None:
        return None
    return place.table, frozenset(one.id for one in place.partners)
