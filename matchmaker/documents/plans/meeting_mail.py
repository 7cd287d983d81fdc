"""Two mails about single meetings and talks of a published plan: that some fall away, and that they are on after all.

They name nobody and no cause, so that a block, leaving and deleting oneself read the same.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.mail import Letter, Link, Sender, lay_out


@dataclass(frozen=True)
class MeetingNews:
    """Meetings of one person, at least one: when each begins, at which table, and whether it is a topic, in order.

    Which topic is not said: where it is gone with its host nobody can say it, and that would tell the cause.
    """

    name: str
    event: str
    zone: ZoneInfo
    places: tuple[tuple[datetime, int, bool], ...]
    link: str
    sender: Sender


def meetings_off(mail: MeetingNews) -> Letter:
    """Tell somebody that meetings of theirs fall away, in the same words whatever the cause."""
    one, what = len(mail.places) == 1, _what(mail)
    times = "this time" if one else "these times"
    return lay_out(
        f"{'A' if one else 'Some'} {what} of yours at {mail.event} will not take place",
        f"Hello {mail.name},",
        f"{'This' if one else 'These'} {what} on {clock.day(mail.places[0][0], mail.zone)} will not take place:",
        *_places(mail),
        f"We are looking for somebody else for {times}. If we find somebody, we write to you again.",
        "See your day as it stands now:",
        Link(mail.link),
        f"You get this mail because you are registered for {mail.event}.",
        sender=mail.sender,
    )


def meetings_on_again(mail: MeetingNews) -> Letter:
    """Tell somebody whom we wrote that meetings fall away that these take place after all."""
    one, what = len(mail.places) == 1, _what(mail)
    these = f"{'this' if one else 'these'} {what}"
    return lay_out(
        f"{'A' if one else 'Some'} {what} of yours at {mail.event} will take place after all",
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
    return [
        f"{clock.clock(at, mail.zone)}, table {table}{', a table topic' if at_talk else ''}"
        for at, table, at_talk in mail.places
    ]


def _what(mail: MeetingNews) -> str:
    """Return what the places are, in one word or two."""
    kinds = {at_talk for _, _, at_talk in mail.places}
    one = len(mail.places) == 1
    names = [word for at_talk, word in ((False, "meeting"), (True, "table topic")) if at_talk in kinds]
    return " and ".join(name if one else f"{name}s" for name in names)
