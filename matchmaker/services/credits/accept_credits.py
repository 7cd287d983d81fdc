"""Answering thanks and credits: accept, keep hidden or decline; and what still waits for somebody's yes.

Before a yes nobody but giver and receiver knows of a thanks, and hiding or declining tells the giver nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.recognition.states import ContributionState, EndorsementState, Party, may_move
from matchmaker.services.credits import state_contributions
from matchmaker.store.credits import contributions, endorsements
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers


class StandsOtherwise(Exception):  # noqa: N818 - it is an answer, not a fault
    """The giver has changed the words since the receiver read them, or the receiver has answered in another tab."""


@dataclass(frozen=True)
class Waiting:
    """What waits for a person's yes: thanks, newest first, and credits that no waiting thanks is about."""

    thanks: tuple[Endorsement, ...]
    credits: tuple[Contribution, ...]

    def __len__(self) -> int:
        """Return how many answers are asked for."""
        return len(self.thanks) + len(self.credits)


@dataclass(frozen=True)
class WaitingCount:
    """How many thanks wait for a person's yes, and how many credits that no waiting thanks is about."""

    thanks: int
    credits: int


def waiting_for(session: Session, person: Person) -> Waiting:
    """Return what waits for this person's yes, without what comes from somebody they have a block with."""
    thanks, credits = _waiting(session, person)
    given = endorsements.by_ids(session, thanks) if thanks else []
    rows = contributions.of_person(session, person.id) if credits else []
    return Waiting(
        tuple(sorted(given, key=lambda row: -row.id)), tuple(row for row in rows if row.id in credits)
    )


def count_waiting(session: Session, person: Person) -> WaitingCount:
    """Count what waits for this person's yes: four queries, without loading any of it."""
    thanks, credits = _waiting(session, person)
    return WaitingCount(len(thanks), len(credits))


def _waiting(session: Session, person: Person) -> tuple[set[int], set[int]]:
    """Return the ids of the thanks and of the credits that wait."""
    given = endorsements.awaiting(session, person.id)
    rows = contributions.awaiting(session, person.id)
    if not given and not rows:
        return set(), set()
    blocked = answers.blocked_with(session, person.id)
    thanks = {one.id: one.contribution_id for one in given if one.giver_id not in blocked}
    unseen = state_contributions.unseen(session, person.id, rows, blocked)
    return set(thanks), {row.id for row in rows if row.id not in unseen and row.id not in thanks.values()}


def choose(session: Session, person: Person, *, open_to_thanks: bool) -> None:
    """Keep whether colleagues can thank and name somebody at all; a no declines whatever waits. Nobody is told.

    What was accepted stays as it is, and can be hidden one by one.
    """
    person.open_to_thanks = open_to_thanks
    if not open_to_thanks:
        for thanks in endorsements.received_by(session, person.id):
            if thanks.state is EndorsementState.AWAITING:
                thanks.state, thanks.answered_no = EndorsementState.DECLINED, True
        for row in contributions.of_person(session, person.id):
            if row.state is ContributionState.AWAITING:
                row.state = ContributionState.DECLINED
    session.flush()


def decide(
    session: Session,
    endorsement: Endorsement,
    state: EndorsementState,
    at: datetime,
    read_at: datetime | None = None,
) -> bool:
    """Let the receiver accept, hide or decline a thanks; say whether that was possible.

    The same answer goes for a credit that awaits one, and a yes also puts on the label what the receiver
    had only said of themselves. `read_at` is when what they read was written or answered: raises StandsOtherwise
    if that has been done anew since.
    """
    endorsements.hold(session, endorsement)
    # What a block hides must look as if it had been withdrawn, also to a page that was open before.
    if endorsement.state is EndorsementState.AWAITING and _blocked(session, endorsement):
        return False
    # Before the words are compared: what was withdrawn, or answered the same in another tab, is told no otherwise.
    if not may_move(endorsement.state, state, Party.RECEIVER):
        return False
    if read_at is not None and endorsement.changed_at != read_at:
        raise StandsOtherwise
    endorsement.state = state
    endorsement.answered_no = state is not EndorsementState.ACCEPTED
    endorsement.changed_at = at
    credit = endorsement.contribution
    said_of_oneself = credit.state is ContributionState.CLAIMED and state is EndorsementState.ACCEPTED
    if credit.state is ContributionState.AWAITING or said_of_oneself:
        credit.state = ContributionState(state.value)
        if credit.state is ContributionState.ACCEPTED and endorsement.sealed:
            credit.sealed_by_id = endorsement.event_id
    if state is EndorsementState.ACCEPTED and not endorsement.sealed:
        credit.sealed_by_id = None
    session.flush()
    return True


def _blocked(session: Session, endorsement: Endorsement) -> bool:
    return endorsement.giver_id in answers.blocked_with(session, endorsement.receiver_id)
