"""Asking people once, some weeks after an event, whether what they were stuck on is solved; and their answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matchmaker.documents.mail import Sender
from matchmaker.documents.people import contact_mail as letters
from matchmaker.services.credits import state_contributions
from matchmaker.services.outbox import post
from matchmaker.services.people import remember_meetings
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions, outcomes
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.credits.outcomes import SolvedAnswer, StuckOutcome
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import people
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

AFTER = timedelta(weeks=6)
BEFORE_ERASING = timedelta(weeks=1)
"""People are asked so long before their data goes, where that is sooner than `AFTER`."""
AT_MOST = timedelta(weeks=12)
"""Nobody is asked about an event that is longer ago."""
KIND = "is it solved"
"""Kind of letter."""


@dataclass(frozen=True)
class Stuck:
    """A dataset that somebody was or is stuck on, and what they said of it, if anything."""

    dataset: Dataset
    said: SolvedAnswer | None
    helper: Person | None


def waiting(session: Session, today: date) -> list[int]:
    """Return the ids of the events whose people are to be asked now."""
    return outcomes.to_be_asked(session, today - AFTER, today + BEFORE_ERASING, today - AT_MOST)


def ask(session: Session, event_id: int, link: Callable[[Event], str], at: datetime) -> int:
    """Write to everybody who came and is stuck on something, once for each event; return how many letters.

    Of two workers who do this at a time, one alone writes.
    """
    events.lock(session, event_id)
    event = events.by_id(session, event_id)
    if event is None:
        return 0
    session.refresh(event, ["asked_if_solved_at"])
    if event.asked_if_solved_at is not None:
        return 0
    event.asked_if_solved_at = at
    stuck = outcomes.stuck_at(session, event_id)
    known = people.by_ids(session, set(stuck))
    sender = Sender(f"the organisers of {event.name}", event.contact_email or event.contact_name)
    weeks = (at.astimezone(event.tz).date() - event.held_on).days // 7
    written = 0
    for person_id, titles in stuck.items():
        person = known[person_id]
        mail = letters.StuckThen(person.name, event.name, tuple(titles), weeks, link(event), sender)
        sent = post(
            session,
            letters.is_it_solved(mail),
            person,
            KIND,
            event_id=event_id,
            reply_to=event.contact_email,
        )
        written += sent is not None
    session.flush()
    return written


def stuck(session: Session, event: Event, person: Person) -> list[Stuck]:
    """Return what somebody is stuck on, or has said of since the event that it was, by title. Three queries."""
    said = {one.dataset_id: one for one in outcomes.of_person(session, event.id, person.id)}
    still = outcomes.stuck(session, person.id)
    there = {one.id: one for one in [*still, *(one.dataset for one in said.values())]}
    found = []
    for dataset in sorted(there.values(), key=lambda one: (one.title_key, one.id)):
        outcome = said.get(dataset.id)
        found.append(Stuck(dataset, outcome.said if outcome else None, outcome.helper if outcome else None))
    return found


def answer(
    session: Session,
    event: Event,
    person: Person,
    dataset: Dataset,
    said: SolvedAnswer,
    helper: str,
    at: datetime,
) -> StuckOutcome:
    """Keep what became of a dataset that somebody was stuck on; one that is solved is one they use.

    `helper` is the public id of somebody they met who helped, or ""; nobody else is kept, and nobody is told.
    """
    met = remember_meetings.met(session, event, person, at) if helper and said is SolvedAnswer.YES else []
    helped = next((one.person for one in met if one.person.public_id == helper), None)
    mine = outcomes.of_person(session, event.id, person.id)
    row = next((one for one in mine if one.dataset_id == dataset.id), None)
    if row is None:
        row = StuckOutcome(event_id=event.id, person_id=person.id, dataset_id=dataset.id)
    row.said, row.at, row.helper_id = said, at, helped.id if helped else None
    session.add(row)
    session.flush()
    use = contributions.use_of(session, person.id, dataset.id)
    if use is not None and use.kind is not UseKind.WANTS:
        kind = UseKind.USES if said is SolvedAnswer.YES else UseKind.STUCK
        state_contributions.mark_use(session, person, dataset, kind)
    return row
