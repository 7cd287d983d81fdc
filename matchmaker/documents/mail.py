"""The mails people get: plain sentences, one thing to do, who sends it and why it came.

Lines are at most 72 characters; a link has a line of its own and is never broken. Opening a link changes
nothing.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.counts import plural
from matchmaker.documents.people.codes import spaced
from matchmaker.documents.plans.schedules import SlipRow, described
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.matching.titles import named

COLUMNS = 72
FREE_ROUND = "No meeting in this round. On the day, take a break or ask at the desk whom you could join."
"""A letter may be read months before."""


@dataclass(frozen=True)
class Letter:
    """A mail to send: the subject is one line, the body ends with a line feed."""

    subject: str
    body: str


@dataclass(frozen=True)
class Sender:
    """Who stands behind a mail: `name`, as in `the organisers of Data Together`, and where to ask.

    The name is empty where nobody but the installation itself does, as for a code to sign in.
    """

    name: str
    contact: str


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
class PlanNews:
    """One person's meetings: all of them when a plan is published, the rounds that differ when it changes.

    `elsewhere` says in sentences where, on which day or how much later a changed plan is now, if that is another, and
    `all_differ` that no round that is still to come stays as it was.
    """

    name: str
    place: str
    rows: tuple[SlipRow, ...]
    stamp: Stamp
    link: str
    sender: Sender
    elsewhere: str = ""
    all_differ: bool = False

    @property
    def on_day(self) -> str:
        """Words such as ` on 12 June 2026`: the day of the event, which is not that of the letter."""
        return f" on {clock.day(self.rows[0].starts, self.stamp.zone)}" if self.rows else ""

    @property
    def when_and_where(self) -> str:
        """Words such as ` on 12 June 2026, at Room 5`."""
        return self.on_day + (f", at {self.place}" if self.place else "")


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


def invitation(mail: Invitation) -> Letter:
    """Invite somebody to an event, and say how to see or erase what is kept about them."""
    day = clock.day(mail.on, mail.zone)
    begins = f" from {clock.clock(mail.begins, mail.zone)}" if mail.begins else ""
    return lay_out(
        f"{mail.invited_by} invites you to {mail.event} on {day}",
        f"Hello {mail.name},",
        f"{mail.invited_by} invites you to {mail.event} on {day}{begins} at {mail.place}.",
        "On the day you meet people who work with the same open data as you, two at a table, in short "
        "rounds. Tell us which datasets you work with, and we suggest whom to meet and why. Here you say whether "
        "you come, cannot, or would like to be asked for another day:",
        Link(mail.link),
        f"You get this mail because {mail.basis.rstrip('. ')}.",
        "To see what we keep about you, or to have it erased:",
        Link(mail.data_link),
        sender=mail.sender,
    )


def thanks_awaiting(mail: ThanksAwaiting) -> Letter:
    """Tell somebody that a colleague thanks them, and that it stays unseen until they say yes."""
    return lay_out(
        f"{mail.thanked_by} thanks you for {named(mail.dataset)}",
        f"Hello {mail.name},",
        f"{mail.thanked_by} thanks you because you {mail.did} {named(mail.dataset)}:",
        f"“{mail.sentence}”",
        "Nobody else sees this until you say yes. Decide here; you can also say no, and nobody is told:",
        Link(mail.link),
        f"You get this mail because {mail.thanked_by} named you for this dataset.",
        sender=mail.sender,
    )


def credit_awaiting(mail: CreditAwaiting) -> Letter:
    """Ask somebody whether they want to be named for what a colleague says they did."""
    return lay_out(
        f"{mail.named_by} says you {mail.did} {named(mail.dataset)}",
        f"Hello {mail.name},",
        f"{mail.named_by} says you {mail.did} {named(mail.dataset)}, and would like the dataset to carry your name.",
        "Nobody else sees this until you say yes. Decide here; you can also say no, and nobody is told:",
        Link(mail.link),
        f"You get this mail because {mail.named_by} named you for this dataset.",
        sender=mail.sender,
    )


def plan_published(mail: PlanNews) -> Letter:
    """Send somebody their meetings when a plan is published."""
    event = mail.stamp.event
    if any(row.partners or row.topic for row in mail.rows):
        news = f"The plan for {event} is ready. Your meetings{mail.when_and_where}:"
    else:
        news = f"The plan for {event} is ready. It has no meeting for you yet. Ask at the desk on the day."
    return lay_out(
        f"Your meetings at {event}",
        f"Hello {mail.name},",
        news,
        *_rounds(mail),
        "See your day, with the reasons for each meeting:",
        Link(mail.link),
        f"You get this mail because you are registered for {mail.stamp.event}. It shows {mail.stamp.full}.",
        sender=mail.sender,
    )


def plan_joined(mail: PlanNews) -> Letter:
    """Send their meetings to somebody who had none before the plan was changed."""
    event = mail.stamp.event
    return lay_out(
        f"Your meetings at {event}",
        f"Hello {mail.name},",
        f"There are meetings for you at {event} now,{mail.when_and_where}:",
        *_rounds(mail),
        "See your day, with the reasons for each meeting:",
        Link(mail.link),
        f"You get this mail because you are registered for {event}. It shows {mail.stamp.full}.",
        sender=mail.sender,
    )


def plan_changed(mail: PlanNews) -> Letter:
    """Send somebody the rounds that are different from the plan they had; all others stay as they were."""
    return lay_out(
        f"Your meetings at {mail.stamp.event} have changed",
        f"Hello {mail.name},",
        *([mail.elsewhere] if mail.elsewhere else []),
        f"Your meetings{mail.on_day} have changed. "
        + (
            "These are your meetings now:"
            if mail.all_differ
            else "These rounds are different, all others stay as they were:"
        ),
        *_rounds(mail),
        "See your whole day. A printed slip from before is out of date:",
        Link(mail.link),
        f"You get this mail because you are registered for {mail.stamp.event}. It shows {mail.stamp.full}.",
        sender=mail.sender,
    )


def plan_to_look_up(name: str, event: str, link: str, sender: Sender) -> Letter:
    """Send somebody to their page instead of naming their meetings, where somebody named has left since."""
    return lay_out(
        f"Your meetings at {event}",
        f"Hello {name},",
        f"There is news of your meetings at {event}. See your day as it stands now:",
        Link(link),
        f"You get this mail because you are registered for {event}.",
        sender=sender,
    )


class Link(str):
    """An address: a line of its own, as long as it is."""


def _rounds(mail: PlanNews) -> list[str]:
    """Write one paragraph a round: time, table and people or topic, or what to do in a free round."""
    paragraphs = []
    for row in mail.rows:
        who = " and ".join(
            f"{partner.name} ({described(partner)})" if described(partner) else partner.name
            for partner in row.partners
        )
        topic = " ".join(filter(None, (f"Table topic: {row.topic}.", row.why))) if row.topic else ""
        table = f", table {row.table}" if row.table is not None and (who or topic) else ""
        what = who or topic or row.why or FREE_ROUND
        paragraphs.append(f"{mail.stamp.clock(row.starts)}{table}: {what}")
    return paragraphs


def lay_out(subject: str, *paragraphs: str, sender: Sender) -> Letter:
    """Return a letter of these paragraphs, signed by who stands behind it."""
    behind = f"{sender.name} with matchmaker" if sender.name else "matchmaker"
    signed = f"Sent by {behind}. Questions: {sender.contact}"
    body = "\n\n".join(_wrapped(paragraph) for paragraph in (*paragraphs, signed))
    return Letter(_one_line(subject), body + "\n")


def joined(letters: Sequence[Letter]) -> Letter:
    """Return several letters to one reader as one: one greeting and signature, each with its subject over it."""
    if len(letters) == 1:
        return letters[0]
    parts = [one.body.strip("\n").split("\n\n") for one in letters]
    greeting = [one for one in parts[0][:1] if one.startswith("Hello ")]
    signature = parts[0][-1]
    paragraphs = [*greeting, "There is more than one thing to tell you, so it comes in one letter."]
    for number, (letter, part) in enumerate(zip(letters, parts, strict=True), start=1):
        own = [one for one in part if one not in (*greeting, signature)]
        paragraphs += [_wrapped(f"{number}. {letter.subject}"), *own]
    others = plural(len(letters) - 1, "more thing")
    return Letter(f"{letters[0].subject}, and {others}", "\n\n".join([*paragraphs, signature]) + "\n")


def as_html(subject: str, body: str) -> str:
    """Return the body of a letter as simple HTML: its paragraphs, its links, no images and nothing from elsewhere."""
    paragraphs = (" ".join(one.split()) for one in body.split("\n\n"))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(subject)}</title></head>\n'
        # An address is longer than a phone is wide: in one piece, it would make the whole letter tiny.
        '<body style="max-width: 40em; font: 17px/1.5 sans-serif; color: #0b0c0c; overflow-wrap: anywhere; '
        'word-break: break-word">\n'
        + "\n".join(f"<p>{_linked(one)}</p>" for one in paragraphs if one)
        + "\n</body></html>\n"
    )


def _linked(paragraph: str) -> str:
    safe = escape(paragraph)
    is_link = paragraph.startswith(("https://", "http://")) and " " not in paragraph
    return f'<a href="{safe}" style="color: #0b5d3f">{safe}</a>' if is_link else safe


def stop_line(link: str) -> str:
    """Return what a letter that can be done without ends with; `link` stops letters like it with one press."""
    return f"\n{_wrapped('To get only letters that you cannot do without:')}\n\n{link}\n"


def _wrapped(paragraph: str) -> str:
    """Fold a paragraph at spaces only, so that a link or an address in it stays in one piece."""
    if isinstance(paragraph, Link):
        return _one_line(paragraph)
    return textwrap.fill(_one_line(paragraph), COLUMNS, break_long_words=False, break_on_hyphens=False)


def _one_line(text: str) -> str:
    """Join lines: a line feed in somebody's name must not start a header or a paragraph."""
    return " ".join(text.split())
