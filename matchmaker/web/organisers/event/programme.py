"""Rounds and tables to look at: for readers, who change neither."""

from flask import render_template

from matchmaker.documents.plans.day_papers import spans
from matchmaker.store.event import hall
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import TopicsFrom
from matchmaker.store.event.hall import TableKind
from matchmaker.web.access import also_for, event
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.event.rounds import WHAT_FOR
from matchmaker.web.transaction import session


@organisers.get("/programme")
@also_for(EventRole.READER)
def programme() -> str:
    """Show when each round is and what tables there are, those alike together, and change nothing."""
    topics = event().topics_from is not TopicsFrom.NOBODY
    return render_template(
        "organisers/event/programme.html",
        event=event(),
        what_for={kind.value: words for kind, words in WHAT_FOR.items()} if topics else {},
        tables=[
            (spans(one.numbers), one.seats, _suits(one))
            for one in hall.kinds_of_tables(session(), event().id)
        ],
    )


def _suits(tables: TableKind) -> str:
    suits = (("Step-free", tables.step_free), ("Quiet", tables.quiet), ("For topics", tables.for_topics))
    return ", ".join(word for word, so in suits if so)
