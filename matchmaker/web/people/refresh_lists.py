"""Have somebody's suggestions worked out again after they said something new about their work."""

from datetime import UTC, datetime

from matchmaker.services.suggestions import refresh_lists
from matchmaker.web.account import me
from matchmaker.web.transaction import session, start


def work_out_again(person_id: int | None = None) -> None:
    """Have a person's suggestions, and their place on others', refreshed at every event to come.

    Without an id it is the signed-in person.
    """
    today = datetime.now(UTC).date()
    for job in refresh_lists.ask_everywhere(session(), person_id or me().id, today, me().id):
        start(job)
