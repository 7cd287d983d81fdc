"""Mails about credits: to somebody thanked or named, with an account or without, and on what an organiser decided."""

from dataclasses import dataclass
from datetime import date

from matchmaker.documents.directions import isolated
from matchmaker.documents.mail import Letter, Link, Sender, lay_out
from matchmaker.matching.titles import named


@dataclass(frozen=True)
class ThanksAwaiting:
    """Thanks that only the person thanked has seen so far; `did` is a role in words, as in `curated`."""

    name: str
    thanked_by: str
    did: str
    dataset: str
    sentence: str
    link: str
    sender: Sender


@dataclass(frozen=True)
class CreditAwaiting:
    """A credit that a colleague stated and nobody else sees yet; `did` is a role in words, as in `curated`."""

    name: str
    named_by: str
    did: str
    dataset: str
    link: str
    sender: Sender


@dataclass(frozen=True)
class UnclaimedNotice:
    """To somebody without an account whom a colleague named; `again` marks the one reminder.

    `link` leads to their credit, `notice_link` to the privacy notice of the event.
    """

    name: str
    named_by: str
    did: str
    dataset: str
    event: str
    erase_on: date
    again: bool
    link: str
    notice_link: str
    sender: Sender


@dataclass(frozen=True)
class ModerationNotice:
    """What an organiser decided, in words that name nobody; `what` begins the sentence, as in `Your credit`."""

    name: str
    what: str
    dataset: str
    event: str
    shown: bool
    sender: Sender


def unclaimed_credit(mail: UnclaimedNotice) -> Letter:
    """Tell somebody unknown that they were named: by whom, what is kept, and how to take it away at once."""
    until = f"{mail.erase_on.day} {mail.erase_on:%B %Y}"
    by, dataset = isolated(mail.named_by), isolated(named(mail.dataset))
    again = ["We wrote to you about this once before. We do not write again."] if mail.again else []
    return lay_out(
        f"{by} says you {mail.did} {dataset}",
        f"Hello {mail.name},",
        f"{by} says you {mail.did} {dataset}, and would like the dataset to carry your name. "
        f"It is part of {mail.event}, where people thank those who make open data.",
        "Nobody but the organisers sees your name until you say yes. Say yes, or have your name taken away; for "
        "that you need not sign in:",
        Link(mail.link),
        *again,
        f"What is kept until you answer: your name, your organisation, this address, what you did for which "
        f"dataset, and that {by} said so. If you do nothing it is erased after {until}. If you have it "
        "taken away, only a scrambled form of your address is kept until that day, so that nobody writes to you "
        "again.",
        "Who is responsible, and your rights:",
        Link(mail.notice_link),
        f"You get this mail because {by} gave us your address for this.",
        sender=mail.sender,
    )


def moderated(mail: ModerationNotice) -> Letter:
    """Tell somebody that an organiser hides, or shows again, what they gave or received."""
    title = isolated(named(mail.dataset))
    now = "is shown again as before" if mail.shown else "is not shown for now"
    return lay_out(
        f"{mail.what} for {title} {now}",
        f"Hello {mail.name},",
        f"{mail.what} for {title} {now}. An organiser of {mail.event} has looked at it. That says nothing about "
        "you: it can have many reasons.",
        "Nothing is needed from you. If you have a question, or see it differently, answer this mail.",
        sender=mail.sender,
    )


def thanks_awaiting(mail: ThanksAwaiting) -> Letter:
    """Tell somebody that a colleague thanks them, and that it stays unseen until they say yes."""
    by, dataset = isolated(mail.thanked_by), isolated(named(mail.dataset))
    return lay_out(
        f"{by} thanks you for {dataset}",
        f"Hello {mail.name},",
        f"{by} thanks you because you {mail.did} {dataset}:",
        f"“{mail.sentence}”",
        "Nobody else sees this until you say yes. Decide here; you can also say no, and nobody is told:",
        Link(mail.link),
        f"You get this mail because {by} named you for this dataset.",
        sender=mail.sender,
    )


def credit_awaiting(mail: CreditAwaiting) -> Letter:
    """Ask somebody whether they want to be named for what a colleague says they did."""
    by, dataset = isolated(mail.named_by), isolated(named(mail.dataset))
    return lay_out(
        f"{by} says you {mail.did} {dataset}",
        f"Hello {mail.name},",
        f"{by} says you {mail.did} {dataset}, and would like the dataset to carry your name.",
        "Nobody else sees this until you say yes. Decide here; you can also say no, and nobody is told:",
        Link(mail.link),
        f"You get this mail because {by} named you for this dataset.",
        sender=mail.sender,
    )
