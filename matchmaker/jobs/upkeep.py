"""What time asks for: dropped jobs, files, kept forms and codes past their time, events past their erase date."""

from datetime import datetime, timedelta

from matchmaker.services.people import erase_people
from matchmaker.services.suggestions import refresh_lists
from matchmaker.store import files, jobs
from matchmaker.store.people import kept_forms, sign_in_codes
from matchmaker.store.session import Database

SILENT = timedelta(minutes=2)
MOST_ATTEMPTS = 3
LEDGER = timedelta(days=1)


def put_back_and_tidy(database: Database, at: datetime) -> None:
    """Queue stale jobs again and remove what is past its time, erased events included."""
    with database.writing() as session:
        jobs.put_back_stale(session, at - SILENT, MOST_ATTEMPTS)
        # There is one for every profile saved, and nobody looks at it again.
        jobs.forget(session, refresh_lists.KIND, at - LEDGER)
        files.purge(session, at)
        kept_forms.purge(session, at)
        sign_in_codes.forget_attempts(session, at - LEDGER)
        erase_people.erase_past_events(session, at)
