"""The board in the hall: which round is on, how much time is left, and what is next; at the screen's address."""

from datetime import UTC, datetime, timedelta

from flask import abort, g, render_template

from matchmaker.documents.plans.programme import Slot, standing
from matchmaker.store.event import events
from matchmaker.web.public import public
from matchmaker.web.transaction import session


@public.get("/wall/<wall>/rounds")
def board(wall: str) -> str:
    """Show where the day stands; the page counts on by itself, also when the network goes."""
    event = events.by_wall_key(session(), wall)
    if event is None:
        abort(404)
    # The address lets anybody look: it must not travel to other sites.
    g.no_referrer = True
    now = datetime.now(UTC)
    programme = [Slot(one.number, one.starts_at, one.ends_at) for one in event.rounds]
    return render_template(
        "public/board.html",
        event=event,
        wall=wall,
        programme=programme,
        standing=standing(programme, now),
        now=now,
        a_day=timedelta(days=1),
    )
