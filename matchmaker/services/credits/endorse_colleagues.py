"""Thanking a colleague for what they did for a dataset: giving a thanks, changing it, taking it back.

The receiver's side is `accept_credits`: until they accept it, only they and the giver know of a thanks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matchmaker.documents.credits.credit_mail import ThanksAwaiting, thanks_awaiting
from matchmaker.documents.mail import Sender
from matchmaker.recognition.rules import ALLOWANCE, Claim, Offer, Refusal, endorsement_problems, tidy
from matchmaker.recognition.states import (
    LIVE,
    ContributionState,
    EndorsementState,
    Party,
    may_move,
    state_after_edit,
)
from matchmaker.services import sight
from matchmaker.services.credits.build_labels import did
from matchmaker.services.credits.state_contributions import find_or_ask
from matchmaker.services.outbox import post
from matchmaker.services.rate_limits import Limit, TooMany, count_up
from matchmaker.services.refused import Refused
from matchmaker.store import mail
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions, endorsements
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations, together
from matchmaker.store.people.people import Person
from matchmaker.store.session import IntegrityError, Session

SENT = "thanks-sent"
SENDS = Limit(40, timedelta(minutes=10))
"""Forms of thanks one person may send; nobody writes so many sentences, but a program does."""
TOLD_A_DAY = 5
"""Letters one person may cause another to get in a day."""
SENT_TWICE = "You have just sent this thanks from another window. To change it, open your thanks"


@dataclass(frozen=True)
class Wish:
    """A thanks as somebody wants to give it, before it is known at which event and whether it may be given."""

    role: str
    sentence: str
    relation: str
    role_text: str = ""
    evidence_url: str = ""

    @property
    def claim(self) -> Claim:
        """The credit that the thanks is about."""
        return Claim(self.role, self.role_text)


@dataclass(frozen=True)
class WishFound:
    """To which event a thanks would belong, if any, and the live one for the same credit that it would change."""

    event: Event | None
    before: Endorsement | None


def look_up(session: Session, giver: Person, receiver: Person, dataset: Dataset, wish: Wish) -> WishFound:
    """Return what a wish finds as things stand."""
    event = together.newest_common_event(session, giver.id, receiver.id)
    return WishFound(event, given_already(session, event, receiver, dataset, giver, wish))


def refusals(
    session: Session, giver: Person, receiver: Person, wish: Wish, found: WishFound
) -> tuple[Refusal, ...]:
    """Return every reason why `giver` cannot give this thanks now; empty if `endorse` would take it."""
    return _problems(session, found.event, giver, receiver, wish, editing=found.before is not None)


def endorse(
    session: Session,
    giver: Person,
    receiver: Person,
    dataset: Dataset,
    wish: Wish,
    thanks_url: str,
    at: datetime,
) -> Endorsement:
    """Give a thanks, or change the one already given for this; the receiver gets a mail for a new one.

    It belongs to the newest event that both come to. A credit nobody stated yet is stated with it, and awaits
    the same yes. To somebody who takes no thanks it is declined from the start. Raises Refused with
    what the rules say, and where the same thanks arrives twice at once.
    """
    event = together.newest_common_event(session, giver.id, receiver.id)
    if event is not None:
        # The allowance is counted and used up by one request at a time.
        registrations.hold(session, event.id, giver.id)
    before = given_already(session, event, receiver, dataset, giver, wish)
    _refuse(_problems(session, event, giver, receiver, wish, editing=before is not None))
    assert event is not None
    if before is not None:
        _rewrite(session, before, event, giver, receiver, wish, thanks_url, at)
        return before
    contribution, _ = find_or_ask(session, giver, receiver, dataset, wish.claim)
    row = _new(event, giver, contribution, wish, at)
    row.sealed = events.is_sealed(session, event.id)
    earlier = endorsements.withdrawn_one(session, event.id, giver.id, contribution.id)
    # To withdraw and to give again brings back nothing that an organiser hides,
    row.moderated = earlier is not None and earlier.moderated
    # and asks nobody a second time who has answered no.
    if not receiver.open_to_thanks or (earlier is not None and earlier.answered_no):
        row.state, row.answered_no = EndorsementState.DECLINED, True
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Refused(Refusal("", SENT_TWICE)) from None
    # Somebody who declined the credit itself is not asked again by mail.
    asks = contribution.state is not ContributionState.DECLINED and receiver.open_to_thanks
    if asks and earlier is None:
        _tell(session, event, giver, receiver, dataset, row, thanks_url)
    return row


def count_try(session: Session, secret_key: str, giver: Person, at: datetime) -> None:
    """Write in the ledger that somebody sends thanks; raises TooMany past the rate. The caller commits it."""
    if not count_up(session, secret_key, SENT, str(giver.id), SENDS, at):
        raise TooMany


def edit_refusals(
    session: Session, endorsement: Endorsement, giver: Person, wish: Wish
) -> tuple[Refusal, ...]:
    """Return every reason why a thanks cannot be changed to this wish; empty if `edit` would take it."""
    event = events.by_id(session, endorsement.event_id)
    return _problems(session, event, giver, endorsement.contribution.person, wish, editing=True)


def edit(
    session: Session,
    endorsement: Endorsement,
    giver: Person,
    wish: Wish,
    thanks_url: str,
    at: datetime,
) -> None:
    """Change the words of a thanks that is given; its role stays. Raises Refused with what the rules say.

    An accepted one goes back to its receiver, who gets a mail; others stay as the receiver left them.
    """
    event = events.by_id(session, endorsement.event_id)
    receiver = endorsement.contribution.person
    assert event is not None
    endorsements.hold(session, endorsement)
    if endorsement.state not in LIVE:
        return
    _refuse(_problems(session, event, giver, receiver, wish, editing=True))
    _rewrite(session, endorsement, event, giver, receiver, wish, thanks_url, at)


def given_already(
    session: Session, event: Event | None, receiver: Person, dataset: Dataset, giver: Person, wish: Wish
) -> Endorsement | None:
    """Return the live thanks at this event that the wish would change."""
    contribution = contributions.one(session, receiver.id, dataset.id, wish.role, tidy(wish.role_text))
    if event is None or contribution is None:
        return None
    return endorsements.live_one(session, event.id, giver.id, contribution.id)


def withdraw(session: Session, endorsement: Endorsement, at: datetime) -> bool:
    """Let the giver take a thanks back: who and when stay, the words go. Say whether that was possible."""
    endorsements.hold(session, endorsement)
    if not may_move(endorsement.state, EndorsementState.WITHDRAWN, Party.GIVER):
        return False
    endorsement.state = EndorsementState.WITHDRAWN
    endorsement.sentence = ""
    endorsement.evidence_url = ""
    endorsement.changed_at = at
    session.flush()
    return True


def _problems(
    session: Session, event: Event | None, giver: Person, receiver: Person, wish: Wish, *, editing: bool
) -> tuple[Refusal, ...]:
    in_all, to_one = endorsements.live_counts(session, event.id, giver.id, receiver.id) if event else (0, 0)
    offer = Offer(
        giver=giver.id,
        receiver=receiver.id,
        role=wish.role,
        sentence=wish.sentence,
        relation=wish.relation,
        role_text=wish.role_text,
        evidence_url=wish.evidence_url,
        giver_registered=event is not None,
        given_by_giver=in_all - editing,
        given_to_receiver=to_one - editing,
    )
    return endorsement_problems(offer, allowance=event.thanks_each if event else ALLOWANCE)


def _rewrite(
    session: Session,
    row: Endorsement,
    event: Event,
    giver: Person,
    receiver: Person,
    wish: Wish,
    thanks_url: str,
    at: datetime,
) -> None:
    words = (tidy(wish.sentence), wish.relation, wish.evidence_url.strip())
    if words == (row.sentence, row.relation, row.evidence_url):
        return
    row.sentence, row.relation, row.evidence_url = words
    before, row.state = row.state, state_after_edit(row.state)
    row.changed_at = at
    session.flush()
    if row.state is not before and sight.may_see(session, receiver, giver):
        _tell(session, event, giver, receiver, row.contribution.dataset, row, thanks_url)


def _new(event: Event, giver: Person, contribution: Contribution, wish: Wish, at: datetime) -> Endorsement:
    return Endorsement(
        event_id=event.id,
        giver_id=giver.id,
        contribution_id=contribution.id,
        receiver_id=contribution.person_id,
        dataset_id=contribution.dataset_id,
        role=contribution.role,
        sentence=tidy(wish.sentence),
        relation=wish.relation,
        evidence_url=wish.evidence_url.strip(),
        created_at=at,
        changed_at=at,
    )


def _tell(
    session: Session,
    event: Event,
    giver: Person,
    receiver: Person,
    dataset: Dataset,
    row: Endorsement,
    thanks_url: str,
) -> None:
    """Write to the receiver, unless this giver has had them written to often enough today: it waits on their page."""
    if mail.count_about(session, receiver.id, giver.id, row.changed_at - timedelta(days=1)) >= TOLD_A_DAY:
        return
    letter = thanks_awaiting(
        ThanksAwaiting(
            name=receiver.name,
            thanked_by=giver.name,
            did=did(row.role),
            dataset=dataset.title,
            sentence=row.sentence,
            link=thanks_url,
            sender=Sender(f"the organisers of {event.name}", event.contact_email),
        )
    )
    post(
        session,
        letter,
        receiver,
        "thanks awaiting",
        event_id=event.id,
        reply_to=event.contact_email,
        about=giver,
    )


def _refuse(problems: tuple[Refusal, ...]) -> None:
    if problems:
        raise Refused(*problems)
