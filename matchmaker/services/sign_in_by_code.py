"""Signing in: a mailed six-digit code, or a longer personal code from the desk or a letter.

Codes are kept as keyed hashes. Every try is a line in the ledger, whether the address is known or not, so that
limits and answers are the same for both; the caller commits the ledger also when it refuses.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from matchmaker.documents.mail import Sender
from matchmaker.documents.people import sign_in_mail
from matchmaker.documents.people.sign_in_mail import CodeUsed, SignInCode
from matchmaker.services.outbox import post
from matchmaker.services.people.sealed_addresses import with_address
from matchmaker.services.rate_limits import Limit, TooMany, count_up, keyed
from matchmaker.store.event.events import Event
from matchmaker.store.people import people, registrations, sign_in_codes
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.people.sign_in_codes import MailedCode, PersonalCode
from matchmaker.store.session import Session

CODE_MINUTES = 10
GUESSES = 5
PERSONAL_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
PERSONAL_LENGTH = 10
"""49 bits: too many to guess at the rate the ledger allows; no letters that look like digits."""

ASKED, TYPED = "code-asked", "code-typed"


ASK_FOR_ADDRESS = Limit(5, timedelta(minutes=10))
MAILS_TO_ADDRESS = Limit(6, timedelta(minutes=10))
ASK_FROM_PLACE = Limit(300, timedelta(hours=1))
FIRST_FEW = 3
TYPE_FOR_ADDRESS = Limit(20, timedelta(hours=1))
TYPE_FROM_PLACE = Limit(300, timedelta(hours=1))
"""A whole hall may sit behind one address of the venue's network.

Nobody can use up what somebody else may do. What is limited for an address is so from each place by itself; past so
many mails from everywhere no new one goes out, and the newest code stays good. What is limited from a place never
stops the first few codes for an address in an hour, the link in a mail, or the right personal code: no guesses.
"""
PROOF_LENGTH = 32
"""Hexadecimal digits by which the link in a mail shows that it was not guessed."""


@dataclass(frozen=True)
class SignInContext:
    """What signing in needs to know of the installation and of the one request."""

    secret_key: str
    sign_in_url: str
    sender: Sender
    place: str
    """The network address the request comes from."""


def mail_code(session: Session, desk: SignInContext, email: str, at: datetime) -> None:
    """Mail a new code to `email` if it is somebody's; the answer is the same if it is not.

    Raises TooMany when codes were asked for too often from this place, for this address or for many.
    """
    email = email.strip().lower()
    asked = sign_in_codes.count_attempts(
        session, ASKED, keyed(desk.secret_key, ASKED, email), at - ASK_FROM_PLACE.within
    )
    if not _within(session, desk, ASKED, email, ASK_FOR_ADDRESS, ASK_FROM_PLACE, at) and asked >= FIRST_FEW:
        raise TooMany
    mailed_often = not count_up(session, desk.secret_key, ASKED, email, MAILS_TO_ADDRESS, at)
    person = people.by_email(session, email)
    if person is None or mailed_often:
        return
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = sign_in_codes.mailed_code(session, email)
    if row is None:
        row = MailedCode(email=email)
        session.add(row)
    row.person_id = person.id
    row.code_hash = _hash(desk, "mailed", f"{email}:{code}")
    row.attempts = 0
    row.expires_at = at + timedelta(minutes=CODE_MINUTES)
    proof = _proof(desk, email, row.code_hash)
    filled = f"{desk.sign_in_url}?{urlencode({'code': code, 'proof': proof})}"
    link = with_address(filled, desk.secret_key, email)
    letter = sign_in_mail.sign_in_code(SignInCode(code, CODE_MINUTES, link, desk.sender))
    mail = post(session, letter, person, "sign-in code")
    # Somebody with two addresses gets the code where they asked for it.
    if mail is not None:
        mail.to = email


def by_mailed_code(
    session: Session, desk: SignInContext, email: str, code: str, at: datetime, proof: str = ""
) -> Person | None:
    """Return whose code this is and use it up, or None for a wrong, old or used one.

    `proof` is what the link in the mail holds besides; a code that comes with it was not guessed. Raises TooMany
    when others were typed too often from this place, for this address or for many.
    """
    email = email.strip().lower()
    row = sign_in_codes.mailed_code(session, email)
    code_hash = _hash(desk, "mailed", f"{email}:{''.join(code.split())}")
    from_mail = hmac.compare_digest(proof.encode(), _proof(desk, email, code_hash).encode())
    if not _within(session, desk, TYPED, email, TYPE_FOR_ADDRESS, TYPE_FROM_PLACE, at) and not from_mail:
        raise TooMany
    if row is None or row.expires_at < at:
        return None
    if not from_mail and not sign_in_codes.count_guess(session, email, GUESSES):
        return None
    if not hmac.compare_digest(row.code_hash, code_hash):
        return None
    if not sign_in_codes.spend_mailed_code(session, email, code_hash):
        return None
    return people.by_id(session, row.person_id)


def new_code_for(session: Session, desk: SignInContext, email: str, at: datetime) -> tuple[str, str]:
    """Return a new code for an address that need not be anybody's here, and the seal by which it is known again.

    The seal says nothing of the code to whoever has not the installation's key. The limits are those of `mail_code`;
    raises TooMany past them.
    """
    email = email.strip().lower()
    within = _within(session, desk, ASKED, email, ASK_FOR_ADDRESS, ASK_FROM_PLACE, at)
    if not count_up(session, desk.secret_key, ASKED, email, MAILS_TO_ADDRESS, at) or not within:
        raise TooMany
    code = f"{secrets.randbelow(1_000_000):06d}"
    return code, _seal(desk, email, code, at)


def is_code_for(
    session: Session, desk: SignInContext, email: str, code: str, seal: str, at: datetime
) -> bool:
    """Return whether a code was made for this address with this seal, is still valid, and is used for the first time.

    Raises TooMany when too many were typed from this place, or for this address.
    """
    email, code = email.strip().lower(), "".join(code.split())
    if not _within(session, desk, TYPED, email, TYPE_FOR_ADDRESS, TYPE_FROM_PLACE, at):
        raise TooMany
    guesses = Limit(GUESSES, timedelta(minutes=CODE_MINUTES))
    if not count_up(session, desk.secret_key, TYPED, f"guess of {seal}", guesses, at):
        return False
    made = datetime.fromtimestamp(int(seal.partition(".")[0]), at.tzinfo)
    if made + timedelta(minutes=CODE_MINUTES) < at or not hmac.compare_digest(
        seal, _seal(desk, email, code, made)
    ):
        return False
    return count_up(session, desk.secret_key, TYPED, f"use of {seal}", Limit(1, timedelta(days=1)), at)


def make_personal_code(
    session: Session, desk: SignInContext, event: Event, registration: Registration, at: datetime
) -> str:
    """Make a person's code for the desk, ending any earlier one; it opens until the day after the event.

    Only this return value holds the code; it is kept as a hash.
    """
    (code,) = make_personal_codes(session, desk, event, [registration], at)
    return code


def make_personal_codes(
    session: Session, desk: SignInContext, event: Event, rows: Sequence[Registration], at: datetime
) -> list[str]:
    """Make a code for each of these registrations, as `make_personal_code` does; a fixed number of questions."""
    registrations.hold(session, event.id, *(row.person_id for row in rows))
    kept = sign_in_codes.personal_codes(session, [row.id for row in rows])
    made = []
    for registration in rows:
        code = "".join(secrets.choice(PERSONAL_ALPHABET) for _ in range(PERSONAL_LENGTH))
        row = kept.get(registration.id) or PersonalCode(registration_id=registration.id)
        row.code_hash = _hash(desk, "personal", code)
        row.made_at = at
        row.expires_at = personal_code_ends(event, at)
        session.add(row)
        made.append(f"{code[:5]}-{code[5:]}")
    session.flush()
    return made


def standing_code(session: Session, registration: Registration, at: datetime) -> datetime | None:
    """Return when the personal code was made that opens for somebody at `at`; None if they have none."""
    row = sign_in_codes.personal_codes(session, [registration.id]).get(registration.id)
    return row.made_at if row is not None and row.expires_at > at else None


def personal_code_ends(event: Event, at: datetime) -> datetime:
    """Return until when a personal code made at `at` opens: the day after the event, or a day from now."""
    end_of_event = datetime.combine(event.held_on + timedelta(days=2), datetime.min.time(), event.tz)
    return max(end_of_event, at + timedelta(days=1))


def by_personal_code(session: Session, desk: SignInContext, typed: str, at: datetime) -> Registration | None:
    """Return the registration a personal code is for, however it was spaced or cased; None for no such code.

    It opens also for somebody who left: their choices and deletion stay theirs, and no other page of the event.
    Whoever made the code could use it, so its person is told by mail, if they have an address.
    Raises TooMany when codes were typed too often from this place.
    """
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    within = _within(session, desk, TYPED, code, TYPE_FOR_ADDRESS, TYPE_FROM_PLACE, at)
    row = sign_in_codes.personal_code(session, _hash(desk, "personal", code))
    if row is None or row.expires_at < at:
        if not within:
            raise TooMany
        return None
    registration = session.get_one(Registration, row.registration_id)
    _tell_of_use(session, registration, at)
    return registration


def _tell_of_use(session: Session, registration: Registration, at: datetime) -> None:
    event = session.get_one(Event, registration.event_id)
    organisers = f"the organisers of {event.name}"
    sender = Sender(organisers, event.contact_email or event.contact_name or organisers)
    letter = sign_in_mail.personal_code_used(CodeUsed(event.name, at, event.tz, sender))
    post(
        session,
        letter,
        registration.person,
        "personal code used",
        event_id=event.id,
        reply_to=event.contact_email,
    )


def _within(
    session: Session,
    desk: SignInContext,
    kind: str,
    whom: str,
    for_whom: Limit,
    from_place: Limit,
    at: datetime,
) -> bool:
    """Write two lines in the ledger, of whom from where and from where alone; say whether both are within limits."""
    within = [
        count_up(session, desk.secret_key, f"{kind} for", f"{whom} from {desk.place}", for_whom, at),
        count_up(session, desk.secret_key, f"{kind} from", desk.place, from_place, at),
    ]
    return all(within)


def _seal(desk: SignInContext, email: str, code: str, at: datetime) -> str:
    seconds = int(at.timestamp())
    return f"{seconds}.{_hash(desk, 'code for anybody', f'{email}:{code}:{seconds}')}"


def _proof(desk: SignInContext, email: str, code_hash: str) -> str:
    return _hash(desk, "mailed link", f"{email}:{code_hash}")[:PROOF_LENGTH]


def _hash(desk: SignInContext, purpose: str, text: str) -> str:
    return keyed(desk.secret_key, purpose, text)
