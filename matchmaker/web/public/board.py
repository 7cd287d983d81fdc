"""The board in the hall: which round is on, how much time is left, and what is next; at the screen's address."""

from datetime import UTC, datetime, timedelta

from flask import abort, g, render_template

from matchmaker.documents.plans.programme import Slot, standing
from matchmaker.services.plans.talks_on import held_talks
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.plans import plans
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
    stands = standing(programme, now)
    current = stands.on or stands.following
    return render_template(
        "public/board.html",
        event=event,
        wall=wall,
        programme=programme,
        standing=stands,
        current=current.number if current else 0,
        topics=_topics(event),
        now=now,
        a_day=timedelta(days=1),
    )


def _topics(event: Event) -> dict[int, list[tuple[int, str]]]:
    """Return by round the tables and titles of the topics that are held; who is there is nobody's business here."""
    plan_id = plans.published_id(session(), event.id)
    found: dict[int, list[tuple[int, str]]] = {}
    for talk, _ in held_talks(session(), event.id, plan_id).on() if plan_id else ():
        found.setdefault(talk.round_number, []).append((talk.table_number, talk.topic.title))
    return found
