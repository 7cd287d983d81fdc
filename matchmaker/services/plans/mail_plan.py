"""Email people their meetings: everybody the first time, after that only those whose slip has changed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matchmaker.documents import clock
from matchmaker.documents.counts import plural
from matchmaker.documents.mail import Sender
from matchmaker.documents.plans import plan_mail
from matchmaker.documents.plans.plan_mail import PlanNews
from matchmaker.documents.plans.schedules import SlipRow
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.services.outbox import post
from matchmaker.services.plans.compare_plans import compare
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.plan_sheets import CANCELLED, TOPIC_CANCELLED, slip_rows
from matchmaker.services.plans.review_plan import Review
from matchmaker.store.people import people
from matchmaker.store.people.comers import NamedPerson
from matchmaker.store.people.registrations import Presence
from matchmaker.store.people.untold import untold
from matchmaker.store.session import Session

AWAY = "No meeting: you are not here in this round."
OFF = "This meeting will not take place. We are looking for somebody else for this time."


@dataclass(frozen=True)
class ToTell:
    """Somebody to whom a published plan is news, and the rounds that are."""

    person: NamedPerson
    rounds: frozenset[int]


def audience(now: Review, before: Review | None, at: datetime) -> list[ToTell]:
    """Return to whom a plan is news, by name, with an address or without.

    At first that is everybody in it who is coming; in place of a plan `before`, those whose slips differ from its.
    """
    if before is not None:
        difference = compare(now, before, at)
        rounds: dict[int, set[int]] = defaultdict(set)
        for slot in difference.slots:
            rounds[slot.person.id].add(slot.round_number)
        return [ToTell(one, frozenset(rounds[one.id])) for one in difference.changed]
    return [ToTell(one, frozenset(now.plan.rounds)) for one in now.people.values() if _comes(now, one)]


def tell(session: Session, now: Review, before: Review | None, stamp: Stamp, link: str, notice: str) -> int:
    """Write a mail to whoever the published plan is news to; return how many.

    `link` leads to their day; `notice` to the privacy notice, for whoever was neither invited nor shown it.
    """
    event = now.event
    sender = Sender(f"the organisers of {event.name}", event.contact_email)
    had = _seated(before) if before else set()
    ahead = frozenset(now.plan.rounds) & now.times.rounds.keys() - begun(event, stamp.made_at)
    written, elsewhere = 0, _elsewhere(now, before, ahead) if before else ""
    news = audience(now, before, stamp.made_at)
    not_told = untold(session, event.id)
    receivers = people.with_addresses(session, [told.person.id for told in news])
    for told in news:
        write = plan_mail.plan_published if before is None else plan_mail.plan_changed
        if before is not None and told.person.id not in had:
            # Whoever had no meeting has nothing that could have changed.
            write = plan_mail.plan_joined
        rows = tuple(_rows(now, told, told_all=before is None))
        all_differ = ahead & frozenset(now.planned.get(told.person.id, ())) <= told.rounds
        first = notice if told.person.id in not_told else ""
        letter = write(
            PlanNews(
                told.person.own_name, event.place, rows, stamp, link, sender, elsewhere, all_differ, first
            )
        )
        sent = post(
            session,
            letter,
            receivers[told.person.id],
            "plan",
            event_id=event.id,
            reply_to=event.contact_email,
        )
        written += sent is not None
    return written


def _seated(seen: Review) -> set[int]:
    """Return everybody who was planned in a meeting or at a topic, also at one whose host is gone."""
    at_topics = {seat.person_id for talk in seen.planned_talks for seat in talk.seats}
    lost = {person for person, _, _ in seen.lost_at_talks}
    return {x for one in seen.sat for x in one.people} | at_topics | lost


def _elsewhere(now: Review, before: Review, ahead: frozenset[int]) -> str:
    """Return a sentence for each of place and day that is another now, and for a day that all moves, or ""."""
    event = now.event
    moved = before.times.moved_to(now.times, now.plan)
    words = [
        _later(now, before, ahead & moved.rounds) if ahead <= moved.rounds and not moved.day else "",
        f"The place is now {event.place}." if moved.place and event.place else "",
        f"The day is now {clock.in_words(event.held_on)}." if moved.day else "",
    ]
    return " ".join(word for word in words if word)


def _later(now: Review, before: Review, ahead: frozenset[int]) -> str:
    """Return a sentence if all of these rounds are by the same time later or earlier than they were, or ""."""
    by = {now.times.rounds[one].starts_at - before.times.rounds[one].starts_at for one in ahead}
    if len(by) != 1 or not (minutes := by.pop() // timedelta(minutes=1)):
        return ""
    first = min((now.times.rounds[one] for one in ahead), key=lambda one: one.starts_at)
    way = "later" if minutes > 0 else "earlier"
    count = plural(abs(minutes), "minute")
    return (
        f"The rounds to come begin {count} {way}: round {first.number} at "
        f"{clock.clock(first.starts_at, now.event.tz)}."
    )


def _comes(now: Review, person: NamedPerson) -> bool:
    comer = now.comer(person.id)
    return comer is not None and comer.presence is not Presence.ABSENT


def _rows(now: Review, told: ToTell, *, told_all: bool) -> Iterator[SlipRow]:
    """Yield the rounds of a letter; a round that somebody is no longer there for is told if it had a meeting."""
    rows = {row.round: row for row in slip_rows(now, told.person)}
    for round_ in now.event.rounds:
        if round_.number not in told.rounds:
            continue
        if round_.number in rows:
            row = rows[round_.number]
            # A letter comes long before there is a desk to ask at.
            yield replace(row, why=OFF) if row.why in (CANCELLED, TOPIC_CANCELLED) else row
        elif not told_all:
            yield SlipRow(round_.number, round_.starts_at, round_.ends_at, None, (), AWAY)
