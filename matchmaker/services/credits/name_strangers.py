"""Name somebody who never signed up, or a team whose members have left; and what organisers decide about it.

Nothing of it is seen by others, and nobody is written to, before an organiser has looked: a site that mails
whatever name to whatever address would be a gift to spammers. Whoever gave the name is never told what became of it.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from matchmaker.documents.credits import credit_mail as letters
from matchmaker.documents.credits.credit_mail import UnclaimedNotice
from matchmaker.documents.mail import Sender
from matchmaker.recognition.rules import (
    Claim,
    Refusal,
    Stranger,
    contribution_problems,
    stranger_problems,
    tidy,
)
from matchmaker.recognition.states import Party, UnclaimedState, may_move
from matchmaker.services.credits.build_labels import did
from matchmaker.services.credits.claim_credits import MAIL_KIND, code_hash, empty
from matchmaker.services.credits.moderate_credits import log
from matchmaker.services.credits.state_contributions import NAMED_A_DAY, name_colleague, role_text
from matchmaker.services.outbox import post_to
from matchmaker.services.rate_limits import Limit, count_up, keyed
from matchmaker.services.refused import Refused
from matchmaker.store.base import new_public_id, normalised
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import unclaimed
from matchmaker.store.credits.moderation import ActKind
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.people import people, together
from matchmaker.store.people.people import Person
from matchmaker.store.session import IntegrityError, Session, hold
from matchmaker.store.suggestions import answers

NAMED = "name-without-account"
NAMINGS = Limit(NAMED_A_DAY, timedelta(days=1))
"""Forms that name somebody by name or address, whatever became of each: what counts must not tell who has a block."""
HOW_SHORTEST, HOW_LONGEST = 10, 300
"""Characters of the words in which an organiser records how somebody agreed."""


@dataclass(frozen=True)
class Post:
    """What a letter to somebody unknown needs: the key its link is made with, and where links begin."""

    secret_key: str
    thanks_url: str


def name_stranger(
    session: Session,
    namer: Person,
    dataset: Dataset,
    said: Claim,
    who: Stranger,
    outbox: Post,
    at: datetime,
) -> None:
    """Keep a credit for somebody who is not on the list, or for a team, until it is claimed or agreed to.

    Somebody whose address is known here is asked as `name_colleague` does. The same person named again for the
    same is one credit. Nothing is kept of whoever said no before. Raises Refused.
    """
    event = together.newest_event_of(session, namer.id)
    if event is None:
        raise Refused(Refusal("name", "Only people who come to an event can name others. Ask the organiser"))
    problems = (*stranger_problems(who), *contribution_problems(said, this_year=at.year))
    if problems:
        raise Refused(*problems)
    if not count_up(session, outbox.secret_key, NAMED, str(namer.id), NAMINGS, at):
        raise Refused(Refusal("name", f"You have named {NAMED_A_DAY} people today. Try again tomorrow"))
    email = "" if who.is_team else who.email.strip().lower()
    known = people.by_email(session, email) if email else None
    if known is not None:
        _name_known(session, namer, known, dataset, said, outbox.thanks_url, at)
        if together.newest_common_event(session, namer.id, known.id) is not None:
            return
        if not known.open_to_thanks or known.id in answers.blocked_with(session, namer.id):
            return
    hashed = keyed(outbox.secret_key, "unclaimed address", email) if email else ""
    if hashed and unclaimed.removed_address(session, hashed):
        return
    _keep(session, namer, event, dataset, said, who, email, hashed, outbox.secret_key)


def _name_known(
    session: Session,
    namer: Person,
    known: Person,
    dataset: Dataset,
    said: Claim,
    thanks_url: str,
    at: datetime,
) -> None:
    """Ask somebody who is at an event with the namer; the answer is the same if a block stands between."""
    if known.id == namer.id:
        raise Refused(Refusal("email", "This is your own address. To name yourself, use “I worked on it”"))
    shared = together.newest_common_event(session, namer.id, known.id) is not None
    if shared and known.id not in answers.blocked_with(session, namer.id):
        # A limit that only some can reach would tell who has a block: past it, nothing happens.
        with suppress(Refused):
            name_colleague(session, namer, known, dataset, said, thanks_url, at)


def _keep(
    session: Session,
    namer: Person,
    event: Event,
    dataset: Dataset,
    said: Claim,
    who: Stranger,
    email: str,
    hashed: str,
    secret_key: str,
) -> None:
    public_id = new_public_id()
    row = UnclaimedCredit(
        public_id=public_id,
        event_id=event.id,
        dataset_id=dataset.id,
        role=said.role,
        role_text=role_text(said),
        is_team=who.is_team,
        name=who.tidy_name,
        organisation=who.tidy_organisation,
        name_key=normalised(f"{who.tidy_name} | {who.tidy_organisation}"),
        email=email,
        address_hash=hashed,
        code_hash=code_hash(secret_key, public_id),
        named_by_id=namer.id,
    )
    key = (event.id, dataset.id, row.role, row.role_text, row.name_key)
    before = unclaimed.live_one(session, *key)
    if before is None:
        try:
            with session.begin_nested():
                session.add(row)
            return
        except IntegrityError:
            before = unclaimed.live_one(session, *key)
    if before is not None and not before.email and not before.is_team:
        before.email, before.address_hash = email, hashed
        session.flush()


def set_address(session: Session, row: UnclaimedCredit, email: str, secret_key: str) -> None:
    """Keep where somebody with a claim slip wants their link sent. Raises Refused where another is known."""
    email = email.strip().lower()
    hold(session, row)
    if row.is_team or (row.email and row.email != email):
        raise Refused("We cannot write there. Ask the organisers, or sign in if you have an account")
    hashed = keyed(secret_key, "unclaimed address", email)
    if unclaimed.removed_address(session, hashed):
        raise Refused("We cannot write there. Ask the organisers, or sign in if you have an account")
    row.email, row.address_hash = email, hashed
    session.flush()


def invite(
    session: Session, event: Event, row: UnclaimedCredit, link: str, notice_url: str, at: datetime
) -> None:
    """Write to the person: once, and once more as a reminder. `link` is theirs alone. Raises Refused."""
    hold(session, row)
    if row.state is not UnclaimedState.WAITING or not row.email:
        raise Refused("There is no address to write to. Print a claim slip, or record that they agreed")
    if row.reminded_at is not None:
        raise Refused("They have been written to twice. Nobody is written to more often")
    letter = letters.unclaimed_credit(
        UnclaimedNotice(
            name=row.name,
            named_by=row.named_by.name if row.named_by else "A colleague",
            did=did(row.role),
            dataset=row.dataset.title,
            event=event.name,
            erase_on=event.erase_on,
            again=row.invited_at is not None,
            link=link,
            notice_link=notice_url,
            sender=Sender(f"the organisers of {event.name}", event.contact_email or event.contact_name),
        )
    )
    post_to(session, letter, row.email, MAIL_KIND, event=event, about=row.named_by)
    if row.invited_at is None:
        row.invited_at = at
    else:
        row.reminded_at = at
    session.flush()


def record_yes(
    session: Session, event: Event, row: UnclaimedCredit, organiser: Person, how: str, at: datetime
) -> None:
    """Record that the person agreed to be named, or approve a team; it is on the label from now on.

    A team that the organiser named themselves is for another organiser to approve. Raises Refused.
    """
    how = tidy(how)
    if not HOW_SHORTEST <= len(how) <= HOW_LONGEST:
        raise Refused(f"Say how you know, in {HOW_SHORTEST} to {HOW_LONGEST} characters")
    if row.is_team and row.named_by_id == organiser.id:
        raise Refused("You named this team, so another organiser must approve it")
    _move(session, row, UnclaimedState.SHOWN, agreed_at=at, agreed_how=how, agreed_by_id=organiser.id)
    log(session, event, organiser, ActKind.AGREED, row, how, at)


def take_off(session: Session, event: Event, row: UnclaimedCredit, organiser: Person, at: datetime) -> None:
    """Take the name off the label again; it waits as before. Raises Refused."""
    _move(session, row, UnclaimedState.WAITING, agreed_at=None, agreed_how="", agreed_by_id=None)
    log(session, event, organiser, ActKind.TAKEN_OFF, row, "", at)


def remove(session: Session, event: Event, row: UnclaimedCredit, organiser: Person, at: datetime) -> None:
    """Remove the name for good. Raises Refused."""
    _move(session, row, UnclaimedState.REMOVED)
    # The organiser tidies up; it is not the person who said no, so their address may be named again.
    empty(session, row, UnclaimedState.REMOVED, forget_address=True)
    log(session, event, organiser, ActKind.REMOVED, row, "", at)


def _move(session: Session, row: UnclaimedCredit, state: UnclaimedState, **columns: object) -> None:
    hold(session, row)
    if not may_move(row.state, state, Party.ORGANISER):
        raise Refused("It has been answered in the meantime. Open the list again")
    if state is not UnclaimedState.REMOVED:
        row.state = state
    for name, value in columns.items():
        setattr(row, name, value)
    session.flush()
