"""Rounds and tables as a reader looks at them, who changes nothing, and where an organiser adds more."""

from collections.abc import Callable
from typing import Any

from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import HallTable, TopicsFrom


def test_a_reader_sees_rounds_and_tables_and_changes_neither(make: Any, browser: Callable[..., Any]) -> None:
    make.event(rounds=5, tables=9)
    event = make.event(rounds=2, tables=3, topics_from=TopicsFrom.EVERYBODY)
    make.add(HallTable(event_id=event.id, number=8, seats=2))
    make.add(HallTable(event_id=event.id, number=9, seats=6, quiet=True, step_free=True, for_topics=True))
    make.add(
        HallTable(event_id=event.id, number=11, seats=2), HallTable(event_id=event.id, number=10, seats=5)
    )
    make.add(HallTable(event_id=event.id, number=4, seats=8))
    reader = browser(make.organiser(event, role=EventRole.READER))
    here = f"/organise/{event.public_id}"
    page = reader.get(f"{here}/programme")
    assert (
        "1 10am to 10.20am Meetings and table topics 2 10.30am to 10.50am Meetings and table topics"
        in page.text
    )
    assert "1 to 3, 8, 11 2 4 8 9 6 Step-free, Quiet, For topics 10 5" in page.text
    assert "Change" not in page.text
    assert f'href="{here}/programme"' in reader.get(f"{here}/").html
    for way in ("rounds", "tables", "setup"):
        reader.get(f"{here}/{way}", status=404)


def test_an_event_without_rounds_and_tables_says_so(make: Any, browser: Callable[..., Any]) -> None:
    event = make.event()
    page = (
        browser(make.organiser(event, role=EventRole.READER))
        .get(f"/organise/{event.public_id}/programme")
        .text
    )
    assert "There are no rounds yet." in page
    assert "There are no tables yet." in page


def test_the_form_for_more_rounds_is_folded_away_once_there_are_some(
    make: Any, browser: Callable[..., Any]
) -> None:
    event = make.event()
    organiser, rounds = browser(make.organiser(event)), f"/organise/{event.public_id}/rounds"
    assert "<details" not in organiser.get(rounds).html
    organiser.follow(rounds, {"first": "10am", "count": "2", "minutes": "20", "gap": "10"})
    assert '<details class="govuk-details">' in organiser.get(rounds).html
    wrong = organiser.post(rounds, {"first": "later", "count": "2", "minutes": "20", "gap": "10"}, status=422)
    assert '<details class="govuk-details" open>' in wrong.html
