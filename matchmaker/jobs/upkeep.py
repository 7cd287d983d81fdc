"""What time asks for: dropped jobs, files, kept forms and codes past their time, events past their erase date."""

from datetime import datetime, timedelta

from matchmaker.services.credits import kept_labels
from matchmaker.services.people import erase_people
from matchmaker.services.plans import kept_reviews, suggest_topics
from matchmaker.services.suggestions import refresh_lists, suggest_people
from matchmaker.store import files, jobs
from matchmaker.store.people import kept_forms, sign_in_codes, sign_ins
from matchmaker.store.session import Database

SILENT = timedelta(minutes=2)
LEDGER = timedelta(days=1)


def put_back_and_tidy(database: Database, at: datetime) -> None:
    """Queue stale jobs again, remove what is past its time, erased events included, and ask for what fell behind.

    Every ten minutes the database learns how large its tables are, and what was erased leaves its file.
    """
    if at.minute % 10 == 0:
        database.learn_sizes()
        database.empty_journal()
    with database.writing() as session:
        jobs.put_back_stale(session, at - SILENT, jobs.MOST_ATTEMPTS)
        # There is one for every profile saved, and nobody looks at it again.
        jobs.forget(session, refresh_lists.KIND, at - LEDGER)
        jobs.forget(session, kept_labels.KIND, at - LEDGER)
        # And topics are looked through again, of which something else may have changed for some of their readers.
        jobs.forget(session, suggest_topics.KIND, at - LEDGER)
        files.purge(session, at)
        sign_ins.purge(session, at)
        kept_forms.purge(session, at)
        sign_in_codes.forget_attempts(session, at - LEDGER)
        erase_people.erase_past_events(session, at)
        suggest_people.ask_for_one_behind(session, at.date())
        suggest_topics.ask_where_behind(session, at.date())
        kept_reviews.ask_where_stale(session, at)
        kept_labels.ask_if_stale(session)
