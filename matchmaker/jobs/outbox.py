"""The outbox: letters written with a change are sent after its commit, each once, retried with back-off."""

import logging
import smtplib
from datetime import UTC, datetime, timedelta

from matchmaker.jobs.post import MailServerAway, Postman
from matchmaker.services import outbox
from matchmaker.settings import Settings
from matchmaker.store import mail
from matchmaker.store.session import Database, Session

_log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
AT_ONCE = 50
CODE = "sign-in code"


def deliver_due(database: Database, settings: Settings) -> int:
    """Send every letter that is due and return how many went.

    A letter is claimed in a transaction of its own before it is sent and marked after: a worker killed in
    between leaves a claim that runs out, and the letter goes again, which is better than never.
    """
    sent, tried = 0, set[int]()
    with Postman(settings) as postman:
        # A few at a time, so that a code that somebody waits for does not stand behind a thousand invitations.
        while ids := [one for one in _due(database, settings) if one not in tried]:
            tried.update(ids)
            try:
                # A server that does not answer is found out before a letter is claimed, so that none loses a try.
                postman.connect()
                sent += sum(_deliver(database, settings, postman, mail_id) for mail_id in ids)
            except MailServerAway as away:
                _log.warning("The mail server does not answer, so letters wait: %s", away)
                _put_off(database, away, datetime.now(UTC))
                break
    return sent


def _due(database: Database, settings: Settings) -> list[int]:
    """Return what is to leave now; of the computer in the hall only codes do, onto its screen."""
    kinds = (CODE,) if settings.in_hall else ()
    with database.reading() as session:
        return mail.due_ids(session, datetime.now(UTC), AT_ONCE, kinds)


def _deliver(database: Database, settings: Settings, postman: Postman, mail_id: int) -> int:
    """Send a letter, with those that go in one with it; return how many of them left."""
    letters = database.surely(lambda session: outbox.take(session, mail_id, datetime.now(UTC)))
    ids = [one.id for one in letters]
    if not letters:
        return 0
    try:
        postman.send(letters)
    except MailServerAway as away:
        _put_back(database, ids, away)
        raise
    # ValueError: an address or name that no header can hold; other letters must not wait behind it.
    except (OSError, smtplib.SMTPException, ValueError) as refusal:
        _log.warning("Letter %s was not taken: %s", mail_id, type(refusal).__name__)
        _put_back(database, ids, refusal)
        return 0
    # It has left: that it has must be kept, or it leaves once more.
    database.surely(lambda session: _mark(session, ids, keep_words=settings.demo))
    return len(ids)


def _mark(session: Session, ids: list[int], *, keep_words: bool) -> None:
    # One is not there if whom it was about was erased while it was on its way.
    for row in filter(None, (session.get(mail.Mail, one) for one in ids)):
        row.sent_at = datetime.now(UTC)
        row.problem = ""
        # A sent letter's words, codes and other people's names among them, are its reader's alone. The demo
        # shows its mail on a page.
        if not keep_words:
            row.body = ""


def _put_off(database: Database, away: MailServerAway, at: datetime) -> None:
    database.surely(lambda session: mail.put_off(session, at, at + FIRST_WAIT, str(away)))


def _put_back(database: Database, ids: list[int], refusal: Exception) -> None:
    def put_back(session: Session) -> None:
        for row in filter(None, (session.get(mail.Mail, one) for one in ids)):
            row.claimed_at = None
            row.due_at = datetime.now(UTC) + FIRST_WAIT * 2 ** (row.attempts - 1)
            row.problem = f"{type(refusal).__name__}: {refusal}"[:1000]

    # What is not put back waits until its claim runs out.
    database.surely(put_back)
