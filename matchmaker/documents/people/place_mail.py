"""Mails about places: an invitation, one that is offered, or none for somebody who asked."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.directions import isolated
from matchmaker.documents.mail import Letter, Link, Sender, lay_out


@dataclass(frozen=True)
class Invitation:
    """An invitation. `basis` completes "You get this mail because"; `data_link` is to see or erase data.

    `begins` is when the first round does, once there are rounds.
    """

    name: str
    event: str
    on: datetime
    zone: ZoneInfo
    place: str
    invited_by: str
    basis: str
    link: str
    data_link: str
    sender: Sender
    begins: datetime | None = None


@dataclass(frozen=True)
class PlaceOffer:
    """The offer of a place; `until` is the last day on which it can be answered.

    `begins` is when the first round does, in `zone`, once there are rounds.
    """

    name: str
    event: str
    on: date
    begins: datetime | None
    zone: ZoneInfo
    place: str
    until: date
    link: str
    sender: Sender


def invitation(mail: Invitation) -> Letter:
    """Invite somebody to an event, and say how to see or erase what is kept about them."""
    day = clock.day(mail.on, mail.zone)
    begins = f" from {clock.clock(mail.begins, mail.zone)}" if mail.begins else ""
    invites = f"{isolated(mail.invited_by)} invites you to {isolated(mail.event)} on {day}"
    return lay_out(
        invites,
        f"Hello {mail.name},",
        f"{invites}{begins} at {isolated(mail.place)}.",
        "On the day you meet people who work with the same open data as you, two at a table, in short "
        "rounds. Tell us which datasets you work with, and we suggest whom to meet and why. Here you say whether "
        "you come, cannot, or would like to be asked for another day:",
        Link(mail.link),
        f"You get this mail because {mail.basis.rstrip('. ')}.",
        "To see what we keep about you, or to have it erased:",
        Link(mail.data_link),
        sender=mail.sender,
    )


def place_offered(mail: PlaceOffer) -> Letter:
    """Offer somebody a place, and say until when they must answer."""
    begins = f", from {clock.clock(mail.begins, mail.zone)}" if mail.begins else ""
    return lay_out(
        f"There is a place for you at {mail.event}",
        f"Hello {mail.name},",
        f"You asked for a place at {mail.event}, on {_day(mail.on)}{begins}"
        f"{f', {mail.place}' if mail.place else ''}. "
        "There is one for you.",
        f"Say yes or no by the end of {_day(mail.until)}. After that it is offered to the next person:",
        Link(mail.link),
        f"You get this mail because you are on the waiting list of {mail.event}.",
        sender=mail.sender,
    )


def code_to_ask(code: str, minutes: int, event: str, sender: Sender) -> Letter:
    """Send the code by which somebody shows that an address is theirs. The subject does not hold it."""
    return lay_out(
        f"Your code to ask for a place at {event}",
        f"Your code to ask for a place at {event} is:",
        code,
        f"It is valid for {minutes} minutes. Type it on the page where you asked for it.",
        "You get this mail because somebody entered this address there. If it was not you, ignore it.",
        sender=sender,
    )


def no_place(name: str, event: str, sender: Sender) -> Letter:
    """Tell somebody who asked for a place that they get none."""
    return lay_out(
        f"No place at {event}",
        f"Hello {name},",
        f"You asked for a place at {event}. The organisers cannot give you one.",
        "If you have questions, write to them.",
        f"You get this mail because you asked for a place at {event}.",
        sender=sender,
    )


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
