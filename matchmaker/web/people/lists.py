"""Having somebody's suggestions worked out again after they said something new of their work."""

from datetime import UTC, datetime

from matchmaker.services import refreshing
from matchmaker.web.account import me
from matchmaker.web.transaction import session, start


def work_out_again() -> None:
    """Have the signed-in person's suggestions, and their place on others', refreshed at every event to come."""
    for job in refreshing.ask_everywhere(session(), me().id, datetime.now(UTC).date(), me().id):
        start(job)
