"""Mails about signing in: the code somebody asked for, and that a personal code was used."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.mail import Letter, Link, Sender, lay_out
from matchmaker.documents.people.codes import spaced


@dataclass(frozen=True)
class SignInCode:
    """A code somebody asked for; the link opens the sign-in page with it filled in, and does no more."""

    code: str
    minutes: int
    link: str
    sender: Sender


@dataclass(frozen=True)
class CodeUsed:
    """That the personal code for an event opened somebody's account."""

    event: str
    at: datetime
    zone: ZoneInfo
    sender: Sender


def sign_in_code(mail: SignInCode) -> Letter:
    """Send the code. The subject does not hold it, because a locked phone shows subjects."""
    return lay_out(
        "Your code to sign in to matchmaker",
        f"Your code is {spaced(mail.code)}. It is valid for {mail.minutes} minutes.",
        "Type it on the page where you asked for it. Or open this page, where it is filled in, and select "
        "the button to sign in:",
        Link(mail.link),
        "You get this mail because somebody asked to sign in with your address. If it was not you, do "
        "nothing: nobody can sign in without the code.",
        sender=mail.sender,
    )


def personal_code_used(mail: CodeUsed) -> Letter:
    """Tell somebody that their account was opened with a code that others made and may have seen."""
    when = f"{clock.clock(mail.at, mail.zone)} on {clock.day(mail.at, mail.zone)}"
    return lay_out(
        f"Your personal code for {mail.event} was used",
        f"Somebody signed in with the personal code for {mail.event} that was made for you, at {when}.",
        "If it was you, there is nothing to do. If it was not, ask for a new code: it ends the old one.",
        "You get this mail because a code on paper can be read by others.",
        sender=mail.sender,
    )
