"""Two mails after the day: that two people keep in touch, and whether what somebody was stuck on is solved."""

from dataclasses import dataclass

from matchmaker.documents.mail import Letter, Link, Sender, lay_out

MOST_TITLES = 5


@dataclass(frozen=True)
class KeepInTouch:
    """That a reader and somebody else both gave the other something; `link` leads to what there is."""

    name: str
    event: str
    other: str
    link: str
    sender: Sender


@dataclass(frozen=True)
class StuckThen:
    """What somebody was stuck on at an event, at least one title; `weeks` have passed since."""

    name: str
    event: str
    titles: tuple[str, ...]
    weeks: int
    link: str
    sender: Sender


def keep_in_touch(mail: KeepInTouch) -> Letter:
    """Tell somebody that what two people chose to give each other is there now. It is not in the letter."""
    return lay_out(
        f"You and {mail.other} keep in touch",
        f"Hello {mail.name},",
        f"You and {mail.other} met at {mail.event}, and you both want to keep in touch. What {mail.other} chose to "
        "give you is here, with a card for your address book:",
        Link(mail.link),
        f"You get this mail because you and {mail.other} both said so.",
        sender=mail.sender,
    )


def is_it_solved(mail: StuckThen) -> Letter:
    """Ask somebody, once, whether what they were stuck on is solved."""
    first, more = mail.titles[:MOST_TITLES], len(mail.titles) - MOST_TITLES
    what = first[0] if len(mail.titles) == 1 else "these datasets"
    listed = [f"* {title}" for title in first] if len(mail.titles) > 1 else []
    rest = [f"* and {more} more"] if more > 0 else []
    return lay_out(
        f"You were stuck on {what}: is it solved?",
        f"Hello {mail.name},",
        f"{mail.weeks} weeks ago, at {mail.event}, you were stuck on {what}{':' if listed else '.'}",
        *listed,
        *rest,
        "Is it solved? Say yes, no or not now, and who helped if you like:",
        Link(mail.link),
        f"You get this mail because you were at {mail.event}. We ask once.",
        sender=mail.sender,
    )
