"""Claim a credit: somebody named without an account says "this is me", or "take my name away", from a mail or a slip.

The link in the email and the code on the slip are worked out from the installation's key, so that they can be
printed again and none is kept. Opening a link changes nothing, and neither needs an account to remove a name.
"""

import hmac
from datetime import datetime, timedelta

from matchmaker.recognition.states import ContributionState, Party, UnclaimedState, may_move
from matchmaker.services.rate_limits import Limit, TooMany, count_up, keyed
from matchmaker.services.sign_in_by_code import PERSONAL_ALPHABET, PERSONAL_LENGTH
from matchmaker.store import files, mail
from matchmaker.store.credits import contributions, unclaimed
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people import people
from matchmaker.store.people.people import Address, Person
from matchmaker.store.session import IntegrityError, Session, hold

MAIL_KIND = "unclaimed credit"
BY_MAIL, BY_SLIP = "mail", "slip"
"""How whoever claims came by the link: a mailed one shows that they read that mailbox."""
TYPED = "claim-code-typed"
TYPE_FROM_PLACE = Limit(60, timedelta(hours=1))
PROOF_LENGTH = 32


def proof(secret_key: str, public_id: str, way: str) -> str:
    """Return the part of a link that shows how somebody came by it: 128 bits."""
    return keyed(secret_key, f"claim by {way}", public_id)[:PROOF_LENGTH]


def way_of(secret_key: str, public_id: str, given: str) -> str | None:
    """Return how somebody came by this proof, or None for a wrong one."""
    for way in (BY_MAIL, BY_SLIP):
        if hmac.compare_digest(proof(secret_key, public_id, way).encode(), given.encode()):
            return way
    return None


def slip_code(secret_key: str, public_id: str) -> str:
    """Return the code of a claim slip in two groups: 49 bits, no letters that look like digits."""
    number = int(keyed(secret_key, "claim slip", public_id), 16)
    letters = []
    for _ in range(PERSONAL_LENGTH):
        number, index = divmod(number, len(PERSONAL_ALPHABET))
        letters.append(PERSONAL_ALPHABET[index])
    code = "".join(letters)
    return f"{code[:5]}-{code[5:]}"


def code_hash(secret_key: str, public_id: str) -> str:
    """Return what is kept of a slip's code."""
    return _hashed(secret_key, slip_code(secret_key, public_id))


def find_by_code(
    session: Session, secret_key: str, typed: str, place: str, at: datetime
) -> UnclaimedCredit | None:
    """Return the credit whose code was typed, in any case and spacing; None for a wrong or answered one.

    Raises TooMany when wrong ones were typed too often from this place, which never stops the right one: nobody can
    guess it. The caller commits the ledger either way.
    """
    within = count_up(session, secret_key, TYPED, place, TYPE_FROM_PLACE, at)
    row = unclaimed.by_hash(session, _hashed(secret_key, typed))
    if row is None and not within:
        raise TooMany
    return row if row is not None and may_move(row.state, UnclaimedState.CLAIMED, Party.RECEIVER) else None


def _hashed(secret_key: str, code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return keyed(secret_key, "claim code", plain)


def claim(session: Session, row: UnclaimedCredit, person: Person) -> Contribution | None:
    """Give the credit to the person who says it is theirs; None if somebody has answered already.

    It awaits their yes like any other, unless an organiser has recorded that yes. Whoever takes what they stated
    themselves has only their own word, so that nobody gets onto a label with it. What the person has for the same
    dataset and role stays as it is. Teams are not claimed.
    """
    hold(session, row)
    if row.is_team or not may_move(row.state, UnclaimedState.CLAIMED, Party.RECEIVER):
        return None
    known = contributions.one(session, person.id, row.dataset_id, row.role, row.role_text)
    if known is None:
        agreed = row.state is UnclaimedState.SHOWN and not row.moderated
        state = ContributionState.ACCEPTED if agreed else ContributionState.AWAITING
        known = Contribution(
            person_id=person.id,
            dataset_id=row.dataset_id,
            role=row.role,
            role_text=row.role_text,
            state=ContributionState.CLAIMED if row.named_by_id == person.id else state,
            declared_by_id=row.named_by_id,
            moderated=row.moderated,
        )
        session.add(known)
    row.claimed_by_id = person.id
    empty(session, row, UnclaimedState.CLAIMED)
    return known


def refuse(session: Session, row: UnclaimedCredit) -> bool:
    """Take the name away because the person says so; nobody is told. Say whether it was still there."""
    hold(session, row)
    if not may_move(row.state, UnclaimedState.REMOVED, Party.RECEIVER):
        return False
    empty(session, row, UnclaimedState.REMOVED)
    return True


def empty(
    session: Session, row: UnclaimedCredit, state: UnclaimedState, *, forget_address: bool = False
) -> None:
    """End a credit and remove everything personal from it. Letters and finished sheets about it are deleted, too.

    The hash of the address stays after the person's own no, so that it is not written to again.
    """
    email, row.state = row.email, state
    row.name = row.organisation = row.name_key = row.email = row.agreed_how = ""
    if forget_address:
        row.address_hash = ""
    session.flush()
    files.remove_labels(session)
    if email:
        mail.forget_letters(session, row.event_id, email, MAIL_KIND)


def account_for(session: Session, row: UnclaimedCredit) -> Person:
    """Return the person whose address the mail went to, made now if nobody has it.

    The row points to them, so that they are erased with the event even if they never finish. They still have to
    sign in with a code, because a mail may have been passed on.
    """
    person = people.by_email(session, row.email)
    if person is None:
        person = Person(name=row.name, organisation=row.organisation, addresses=[Address(email=row.email)])
        try:
            with session.begin_nested():
                session.add(person)
        except IntegrityError:
            person = people.by_email(session, row.email)
            assert person is not None
        row.claimed_by_id = person.id
        session.flush()
    return person
