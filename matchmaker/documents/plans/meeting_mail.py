"""Two mails about single meetings of a published plan: that some fall away, and that they take place after all.

They name nobody and no cause, so that a block, leaving and deleting oneself read the same.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.mail import Letter, Link, Sender, lay_out


@dataclass(frozen=True)
class MeetingNews:
    """Meetings of one person, at least one: when each begins and at which table, in order."""

    name: str
    event: str
    zone: ZoneInfo
    places: tuple[tuple[datetime, int], ...]
    link: str
    sender: Sender


def meetings_off(mail: MeetingNews) -> Letter:
    """Tell somebody that meetings of theirs fall away, in the same words whatever the cause."""
    one = len(mail.places) == 1
    these = "This meeting" if one else "These meetings"
    times = "this time" if one else "these times"
    return lay_out(
        f"{'A meeting' if one else 'Some meetings'} of yours at {mail.event} will not take place",
        f"Hello {mail.name},",
        f"{these} on {clock.day(mail.places[0][0], mail.zone)} will not take place:",
        *_places(mail),
        f"We are looking for somebody else for {times}. If we find somebody, we write to you again.",
        "See your day as it stands now:",
        Link(mail.link),
        f"You get this mail because you are registered for {mail.event}.",
        sender=mail.sender,
    )


def meetings_on_again(mail: MeetingNews) -> Letter:
    """Tell somebody whom we wrote that meetings fall away that these take place after all."""
    one = len(mail.places) == 1
    these = "this meeting" if one else "these meetings"
    return lay_out(
        f"{'A meeting' if one else 'Some meetings'} of yours at {mail.event} will take place after all",
        f"Hello {mail.name},",
        f"We wrote that {these} on {clock.day(mail.places[0][0], mail.zone)} would not take place. "
        f"{'It does' if one else 'They do'}, as planned at first:",
        *_places(mail),
        "See your day as it stands now:",
        Link(mail.link),
        f"You get this mail because you are registered for {mail.event}.",
        sender=mail.sender,
    )


def _places(mail: MeetingNews) -> list[str]:
    return [f"{clock.clock(at, mail.zone)}, table {table}" for at, table in mail.places]
