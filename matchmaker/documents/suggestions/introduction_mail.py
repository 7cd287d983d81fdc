"""Two mails between people who both want to meet: that they do, and that one wrote the other a note."""

from dataclasses import dataclass

from matchmaker.documents.directions import isolated
from matchmaker.documents.mail import Letter, Link, Sender, lay_out


@dataclass(frozen=True)
class IntroductionNews:
    """That two people both want to meet, for one of them.

    `other` is the other's name, `place` their job and organisation, or empty; `reasons` are sentences, `question`
    is one to begin with, or empty; `meeting` says when they meet, or what there is instead.
    """

    name: str
    event: str
    other: str
    place: str
    reasons: tuple[str, ...]
    question: str
    meeting: str
    link: str
    sender: Sender


@dataclass(frozen=True)
class NoteNews:
    """A note from somebody who wants to meet the reader too."""

    name: str
    event: str
    writer: str
    words: str
    link: str
    sender: Sender


def introduced(mail: IntroductionNews) -> Letter:
    """Tell somebody that somebody else wants to meet them too: who, why, what to ask first, and when."""
    other = isolated(mail.other)
    who = f"{other} ({isolated(mail.place)})" if mail.place else other
    question = [f"A question to begin with: {mail.question}"] if mail.question else []
    return lay_out(
        f"You and {other} both want to meet",
        f"Hello {mail.name},",
        f"You and {who} both want to meet at {mail.event}.",
        *mail.reasons,
        *question,
        mail.meeting,
        "You can write each other one short note:",
        Link(mail.link),
        f"You get this mail because you and {other} both said so. No other guest is told.",
        sender=mail.sender,
    )


def note_written(mail: NoteNews) -> Letter:
    """Send somebody the note that was written to them."""
    writer = isolated(mail.writer)
    return lay_out(
        f"A note from {writer}",
        f"Hello {mail.name},",
        f"{writer} and you both want to meet at {mail.event}. {writer} writes:",
        *_quoted(mail.words),
        "Read it beside why you two should meet, and write back once if you like:",
        Link(mail.link),
        f"You get this mail because you and {writer} both said that you want to meet.",
        sender=mail.sender,
    )


def _quoted(words: str) -> list[str]:
    """Return each line of somebody's words as a paragraph, in the quotation marks of one speech."""
    *lines, last = words.splitlines() or [""]
    return [*(f"“{line}" for line in lines), f"“{last}”"]
