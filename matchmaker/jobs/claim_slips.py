"""The job "claim-slips": lay out slips for people who are named and have no account, as a PDF to download."""

from datetime import UTC, datetime

from matchmaker.documents.credits.claim_slips import claim_slips_pdf
from matchmaker.jobs.lay_out import kept, laid_out
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.credits import slips_to_claim
from matchmaker.services.credits.slips_to_claim import Slips
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.session import Session


def print_claim_slips(work: Work) -> JsonObject:
    """Return the public id of the file; a file with the same slips is used again.

    `details` are the address at which codes are typed.
    """
    at = datetime.now(UTC)

    def ready(session: Session) -> tuple[Slips, str]:
        event = events.by_id(session, work.event_id) if work.event_id else None
        if event is None:
            raise JobRefused("This event is no longer there.")
        slips = slips_to_claim.of_event(
            session, event, work.settings.secret_key, work.details["claim_at"], at
        )
        return slips, slips_to_claim.file_name(slips)

    def pdf(slips: Slips) -> bytes:
        nothing = "There is nobody to print a slip for: everybody who is named has answered."
        return laid_out(work, lambda: claim_slips_pdf(slips.slips, slips.sheet), nothing)

    file = kept(work, ready, pdf, at)
    with work.writing() as session:
        if (event := events.by_id(session, file.event_id)) is not None:
            slips_to_claim.let_codes_in(session, event, work.settings.secret_key)
    return {"file": file.public_id}
