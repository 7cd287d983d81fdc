"""Rounds and tables to look at: for readers, who change neither."""

from collections import defaultdict

from flask import render_template

from matchmaker.documents.plans.day_papers import spans
from matchmaker.store.event.events import EventRole, TopicsFrom
from matchmaker.web.access import also_for, event
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.event.rounds import WHAT_FOR


@organisers.get("/programme")
@also_for(EventRole.READER)
def programme() -> str:
    """Show when each round is and what tables there are, those alike together, and change nothing."""
    alike: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one in event().tables:
        suits = (("Step-free", one.step_free), ("Quiet", one.quiet), ("For topics", one.for_topics))
        alike[one.seats, ", ".join(word for word, so in suits if so)].append(one.number)
    topics = event().topics_from is not TopicsFrom.NOBODY
    return render_template(
        "organisers/event/programme.html",
        event=event(),
        what_for={kind.value: words for kind, words in WHAT_FOR.items()} if topics else {},
        tables=[
            (spans(numbers), seats, suits)
            for (seats, suits), numbers in sorted(alike.items(), key=lambda kind: kind[1])
        ],
    )
