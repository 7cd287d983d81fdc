"""Mails that bring somebody their meetings: all when a plan is published, what differs when it changes."""

from dataclasses import dataclass

from matchmaker.documents import clock
from matchmaker.documents.directions import isolated
from matchmaker.documents.mail import Letter, Link, Sender, lay_out
from matchmaker.documents.plans.schedules import Partner, SlipRow, described
from matchmaker.documents.plans.stamp import Stamp

FREE_ROUND = "No meeting in this round. On the day, take a break or ask at the desk whom you could join."
"""A letter may be read months before."""


@dataclass(frozen=True)
class PlanNews:
    """One person's meetings: all of them when a plan is published, the rounds that differ when it changes.

    `elsewhere` says in sentences where, on which day or how much later a changed plan is now, if that is another, and
    `all_differ` that no round that is still to come stays as it was. `notice` leads whoever has not been told yet
    to what is kept about them.
    """

    name: str
    place: str
    rows: tuple[SlipRow, ...]
    stamp: Stamp
    link: str
    sender: Sender
    elsewhere: str = ""
    all_differ: bool = False
    notice: str = ""

    @property
    def on_day(self) -> str:
        """Words such as ` on 12 June 2026`: the day of the event, which is not that of the letter."""
        return f" on {clock.day(self.rows[0].starts, self.stamp.zone)}" if self.rows else ""

    @property
    def when_and_where(self) -> str:
        """Words such as ` on 12 June 2026, at Room 5`."""
        return self.on_day + (f", at {self.place}" if self.place else "")


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
        *_notice(mail),
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
        *_notice(mail),
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
        *_notice(mail),
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


def _notice(mail: PlanNews) -> list[str | Link]:
    """Lead whoever gets this as their first letter to the privacy notice, as an invitation does."""
    if not mail.notice:
        return []
    return ["What is kept about you, why, and how you can object or have it erased:", Link(mail.notice)]


def _rounds(mail: PlanNews) -> list[str]:
    """Write one paragraph a round: time, table and people or topic, or what to do in a free round."""
    paragraphs = []
    for row in mail.rows:
        who = " and ".join(map(_with_place, row.partners))
        topic = ""
        if row.topic:
            topic = " ".join(filter(None, (f"Table topic: {isolated(row.topic)}.", row.why)))
        table = f", table {row.table}" if row.table is not None and (who or topic) else ""
        what = who or topic or row.why or FREE_ROUND
        paragraphs.append(f"{mail.stamp.clock(row.starts)}{table}: {what}")
    return paragraphs


def _with_place(partner: Partner) -> str:
    place = isolated(described(partner))
    return f"{isolated(partner.name)} ({place})" if place else isolated(partner.name)
