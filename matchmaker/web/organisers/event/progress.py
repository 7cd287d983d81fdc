"""How the event is going: answers by day, who wants to meet and met whom, and what nobody there can help with."""

from datetime import UTC, datetime

from flask import render_template

from matchmaker.documents.plans.network import picture
from matchmaker.documents.plans.report import FEWEST, TOOK_PLACE
from matchmaker.services.event import follow_event
from matchmaker.store.event.event_roles import EventRole
from matchmaker.web.access import also_for, event
from matchmaker.web.event_time import time_of
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


@organisers.get("/progress")
@also_for(EventRole.READER)
def progress() -> str:
    """Show how answers come in, which organisations want to meet and met, and what nobody there can help with."""
    found, over = follow_event.progress(session(), event(), datetime.now(UTC)), time_of(event()).over
    return render_template(
        "organisers/event/progress.html",
        event=event(),
        grown=found.grown,
        unmet=found.unmet,
        needed=found.needed,
        fewest_need=follow_event.FEWEST_NEED,
        fewest=FEWEST,
        took_place=TOOK_PLACE,
        networks=(
            (
                "Who wanted to meet whom" if over else "Who wants to meet whom",
                follow_event.WANTED[over],
                found.wishes,
                picture(found.wishes),
            ),
            (
                "Who met whom",
                "Meetings that took place",
                found.held,
                picture(found.held),
            ),
        ),
    )
