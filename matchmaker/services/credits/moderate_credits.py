"""Reports of thanks, credits and notes: anybody signed in may make one, an organiser decides, and all is logged.

A sealed round keeps new thanks between giver and receiver until an organiser opens it. Nobody decides about what they
gave, received or stated themselves. Giver and receiver get a neutral notice that names nobody. Who reported
it, and why, is for organisers alone who have no part in it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matchmaker.documents.credits import credit_mail as letters
from matchmaker.documents.credits.credit_mail import ModerationNotice
from matchmaker.documents.mail import Sender
from matchmaker.recognition.rules import Refusal, tidy
from matchmaker.services.credits import state_contributions
from matchmaker.services.outbox import post
from matchmaker.services.rate_limits import Limit, TooMany, count_up
from matchmaker.services.refused import Refused
from matchmaker.store.credits import endorsements, moderation
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.moderation import REASON_LONGEST, ActKind, ModerationAct, Report
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event import event_roles, events
from matchmaker.store.event.events import Event
from matchmaker.store.people import together
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session, hold
from matchmaker.store.suggestions.introduction_notes import IntroductionNote

Subject = Endorsement | Contribution | UnclaimedCredit | IntroductionNote
REASON_SHORTEST = 10
REPORTED = "reported"
REPORTS = Limit(20, timedelta(days=1))
"""Reports of one person in a day."""


@dataclass(frozen=True)
class Case:
    """Something reported or hidden: what it is, why it was reported, and whether this organiser is involved.

    Whoever is may not decide, and has no reports.
    """

    subject: Subject
    reports: tuple[Report, ...]
    involved: bool


def report(
    session: Session, secret_key: str, reporter: Person, subject: Subject, reason: str, at: datetime
) -> Report:
    """Report something to the organisers; reporting it again replaces the reason that was given.

    The caller has made sure that the reporter can see it, and commits the ledger even if this raises Refused, or
    TooMany after too many reports in a day.
    """
    if not count_up(session, secret_key, REPORTED, str(reporter.id), REPORTS, at):
        raise TooMany
    reason = tidy(reason)
    if not REASON_SHORTEST <= len(reason) <= REASON_LONGEST:
        words = f"Say what is wrong with it, in {REASON_SHORTEST} to {REASON_LONGEST} characters"
        raise Refused(Refusal("reason", words))
    event_id = _event_for(session, reporter, subject)
    if event_id is None:
        raise Refused(Refusal("", "No organiser is known who could decide. Write to whoever invited you"))
    # Of two presses at once the second sees what the first has kept.
    hold(session, reporter)
    row = moderation.open_report(session, reporter.id, subject)
    if row is None:
        row = Report(event_id=event_id, reporter_id=reporter.id, created_at=at)
        moderation.point_at(row, subject)
        session.add(row)
    row.reason = reason
    session.flush()
    return row


def _event_for(session: Session, reporter: Person, subject: Subject) -> int | None:
    """Return the event whose organisers decide: that of a thanks; else one at which both are."""
    if not isinstance(subject, Contribution):
        return subject.event_id
    event = (
        together.newest_common_event(session, reporter.id, subject.person_id)
        or together.newest_event_of(session, subject.person_id)
        or together.newest_event_of(session, reporter.id)
    )
    return event.id if event else None


def cases(session: Session, event: Event, organiser: Person) -> list[Case]:
    """Return what is reported at an event and not yet decided, the oldest report first.

    Whoever is involved learns that it is reported, but neither by whom nor why: that tells who it was.
    """
    found: dict[tuple[str, int], list[Report]] = {}
    for row in moderation.open_reports(session, event.id):
        subject = moderation.subject_of(row)
        found.setdefault((type(subject).__name__, subject.id), []).append(row)
    return [_case(organiser, moderation.subject_of(rows[0]), tuple(rows)) for rows in found.values()]


def _case(organiser: Person, subject: Subject, reports: tuple[Report, ...]) -> Case:
    part = involved(organiser, subject)
    return Case(subject, () if part else reports, part)


def hidden(session: Session, event: Event, organiser: Person) -> list[Case]:
    """Return what organisers of this event hide now."""
    return [
        Case(subject, (), involved(organiser, subject)) for subject in moderation.hidden_at(session, event.id)
    ]


def involved(person: Person, subject: Subject) -> bool:
    """Say whether a person gave, received or stated this, and so must not decide about it."""
    match subject:
        case Endorsement():
            return person.id in (subject.giver_id, subject.receiver_id)
        case Contribution():
            return person.id in (subject.person_id, subject.declared_by_id)
        case UnclaimedCredit():
            return person.id in (subject.named_by_id, subject.claimed_by_id)
        case IntroductionNote():
            return person.id in (subject.writer_id, subject.reader_id)


def only_organiser(session: Session, event: Event) -> bool:
    """Say whether nobody else could decide."""
    return len(event_roles.organisers(session, event.id)) < 2


def decide(
    session: Session,
    event: Event,
    organiser: Person,
    subject: Subject,
    kind: ActKind,
    reason: str,
    at: datetime,
) -> bool:
    """Hide something, restore it, or keep it as it is; closes the reports of it. Say whether that was news.

    Hiding needs a reason. Raises Refused without one, and for whoever is involved.
    """
    if involved(organiser, subject):
        raise Refused("You wrote, gave, received or stated this yourself, so another organiser must decide")
    reason = tidy(reason)[:REASON_LONGEST]
    if kind is ActKind.HIDDEN and len(reason) < REASON_SHORTEST:
        raise Refused(f"Write a reason of at least {REASON_SHORTEST} characters. It goes into the log")
    moderation.hold(session, subject)
    hide = kind is ActKind.HIDDEN
    closed = moderation.close_reports(session, subject, at)
    # What nobody reports any more was decided by another organiser, perhaps the other way.
    if not closed if kind is ActKind.KEPT else subject.moderated is hide:
        return False
    if kind is not ActKind.KEPT:
        subject.moderated = hide
        if hide and isinstance(subject, Contribution):
            state_contributions.forget(session, subject)
        _tell(session, event, subject, shown=not hide)
    log(session, event, organiser, kind, subject, reason, at)
    return True


def log(
    session: Session,
    event: Event,
    by: Person,
    kind: ActKind,
    subject: Subject | None,
    reason: str,
    at: datetime,
) -> None:
    """Add a line to the log, which is only ever added to."""
    act = ModerationAct(event_id=event.id, by_id=by.id, kind=kind, reason=reason, at=at)
    if subject is not None:
        moderation.point_at(act, subject)
    session.add(act)
    session.flush()


def _tell(session: Session, event: Event, subject: Subject, *, shown: bool) -> None:
    """Write to whoever it concerns, in words that name nobody and give nothing away."""
    match subject:
        case Endorsement():
            whom = [
                (subject.giver, "The thanks you gave"),
                (subject.contribution.person, "A thanks you received"),
            ]
            dataset = subject.contribution.dataset
        case Contribution():
            whom, dataset = [(subject.person, "Your credit")], subject.dataset
        case UnclaimedCredit() | IntroductionNote():
            return
    sender = Sender(f"the organisers of {event.name}", event.contact_email or event.contact_name)
    for person, what in whom:
        if person is not None:
            notice = ModerationNotice(person.name, what, dataset.title, event.name, shown, sender)
            post(session, letters.moderated(notice), person, "moderation", event_id=event.id)


def seal(session: Session, event: Event) -> None:
    """Begin a sealed round: new thanks are for giver and receiver alone, so nobody thanks back out of politeness.

    What others can read already stays readable.
    """
    events.lock(session, event.id)
    event.sealed = True
    session.flush()


def open_round(session: Session, event: Event, organiser: Person, at: datetime) -> int:
    """Open every sealed thanks and end the round; return how many were opened. It cannot be undone."""
    events.lock(session, event.id)
    event.sealed, event.opened_at = False, at
    opened = endorsements.unseal(session, event.id)
    session.flush()
    session.expire_all()
    log(session, event, organiser, ActKind.OPENED, None, "", at)
    return opened
