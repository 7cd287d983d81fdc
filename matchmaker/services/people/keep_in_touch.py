"""Keeping in touch: what two people who met chose to give each other, there for both once both have chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from matchmaker.documents.mail import Sender
from matchmaker.documents.people import contact_mail as letters
from matchmaker.documents.people.own_data import Acquaintance
from matchmaker.recognition.rules import Refusal, is_web_address
from matchmaker.services.outbox import post
from matchmaker.services.people.remember_meetings import Met
from matchmaker.services.refused import Refused
from matchmaker.store import mail
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import LINK_LONGEST, PHONE_LONGEST, Person
from matchmaker.store.session import Session

IN_TOUCH = "keep in touch"
"""Kind of letter."""
LEAST_DIGITS = 6


@dataclass(frozen=True)
class Contact:
    """Ways to reach somebody, "" for those they did not give."""

    email: str = ""
    phone: str = ""
    link: str = ""


def given(met: Met) -> Contact:
    """Return what the other gave the reader; nothing unless both gave each other something."""
    if not met.in_touch or met.theirs is None:
        return Contact()
    other = met.person
    return Contact(
        other.email if met.theirs.share_email else "",
        other.phone if met.theirs.share_phone else "",
        other.link if met.theirs.share_link else "",
    )


def acquaintance(met: Met, where: str) -> Acquaintance:
    """Return somebody for an address book, with what they gave."""
    contact = given(met)
    return Acquaintance(
        met.person.name,
        met.person.organisation,
        met.person.job_title,
        where,
        email=contact.email,
        phone=contact.phone,
        link=contact.link,
    )


def put_details(session: Session, person: Person, phone: str, link: str, shares: Iterable[str]) -> None:
    """Keep somebody's telephone number and link, which are given to nobody by that.

    Raises Refused, by field, for what cannot be one, and for what they want to give and did not enter.
    """
    phone, link = " ".join(phone.split()), link.strip()
    if "." in link and "://" not in link:
        link = f"https://{link}"
    wrong = []
    if phone and not _is_phone(phone):
        wrong.append(Refusal("phone", "Enter a telephone number, for example 020 7946 0000"))
    if link and not (is_web_address(link) and len(link) <= LINK_LONGEST):
        wrong.append(Refusal("link", "Enter a web address, for example https://example.org/me"))
    if "phone" in shares and not phone:
        wrong.append(Refusal("phone", "Enter your telephone number, or do not select it"))
    if "link" in shares and not link:
        wrong.append(Refusal("link", "Enter your link, or do not select it"))
    if wrong:
        raise Refused(*wrong)
    person.phone, person.link = phone, link
    session.flush()


def _is_phone(text: str) -> bool:
    digits = sum(one.isdigit() for one in text)
    return digits >= LEAST_DIGITS and len(text) <= PHONE_LONGEST and not set(text) - set("+0123456789 ()-.")


def tell_both(session: Session, event: Event, reader: Person, met: Met, links: tuple[str, str]) -> bool:
    """Write to two people that both gave the other something, once ever; say whether both did.

    `links` lead to the page of the other, for the reader and then for the other. The caller holds both
    registrations, so that of two who choose at the same moment the second sees the first.
    """
    if not met.in_touch:
        return False
    sender = Sender(f"the organisers of {event.name}", event.contact_email or event.contact_name)
    for person, about, link in ((reader, met.person, links[0]), (met.person, reader, links[1])):
        if mail.told(session, event.id, person.id, about.id, IN_TOUCH):
            continue
        letter = letters.keep_in_touch(letters.KeepInTouch(person.name, event.name, about.name, link, sender))
        post(session, letter, person, IN_TOUCH, event_id=event.id, reply_to=event.contact_email, about=about)
    return True
