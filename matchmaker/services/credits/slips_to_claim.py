"""Claim slips: what is printed for whoever was named for a dataset, has no account and has not answered."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.credits.claim_slips import ClaimSlip, SlipSheet
from matchmaker.services.credits import build_labels, claim_credits
from matchmaker.services.credits.label_sheets import fingerprint
from matchmaker.store.credits import unclaimed
from matchmaker.store.event.events import Event
from matchmaker.store.files import LABELS
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Slips:
    """The slips of an event, with what they share and the letters that differ where they do."""

    slips: tuple[ClaimSlip, ...]
    sheet: SlipSheet
    fingerprint: str


def of_event(session: Session, event: Event, secret_key: str, claim_at: str, at: datetime) -> Slips:
    """Return a slip for everybody of an event who has not answered; `claim_at` is where its code is typed."""
    slips = tuple(
        ClaimSlip(
            row.name,
            row.organisation,
            row.dataset.title,
            build_labels.role_in_words(row.role, row.role_text),
            row.named_by.name if row.named_by else "A colleague",
            claim_credits.slip_code(secret_key, row.public_id),
        )
        for row in unclaimed.for_slips(session, event.id)
    )
    sheet = SlipSheet(event.name, claim_at, event.erase_on, at)
    return Slips(slips, sheet, fingerprint(event, (claim_at, event.erase_on, slips)))


def let_codes_in(session: Session, event: Event, secret_key: str) -> None:
    """Let the codes on the slips of an event lead to what they are for, which was kept under another key, perhaps.

    So it is in the hall, and where a backup was put into an installation with a key of its own.
    """
    for row in unclaimed.for_slips(session, event.id):
        row.code_hash = claim_credits.code_hash(secret_key, row.public_id)
    session.flush()


def file_name(slips: Slips) -> str:
    """Return what finished slips are called: the same for the same content."""
    return f"{LABELS}slips-{slips.fingerprint}.pdf"
