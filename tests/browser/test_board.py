"""The board in the hall counts on by itself, and shows the topics of whichever round it stands at."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from matchmaker.store.event.events import Event
from matchmaker.store.plans import talks
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.talks import NewTalk


@pytest.fixture
def event(empty_site: Any, maker: Any) -> Event:
    """Give an event whose first round ends soon, with a topic in each of its two rounds."""
    make = maker(empty_site.database)
    now = datetime.now(UTC)
    made: Event = make.event("Data Together", rounds=2, held_on=now.date(), wall_key="hall")
    host, guest = (
        make.registration(made, make.person(name)).person_id for name in ("Amara Obi", "Ben Price")
    )
    titles = ("Who owns the rivers list?", "Soil at scale")
    topics = [
        TableTopic(event_id=made.id, host_id=host, title=one, state=TopicState.ACCEPTED) for one in titles
    ]
    plan = Plan(
        event_id=made.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={}, published_at=now
    )
    make.add(plan, *topics)
    with empty_site.database.writing() as session:
        for number, one in enumerate(session.get_one(Event, made.id).rounds):
            one.starts_at, one.minutes = now + timedelta(minutes=30 * number - 20, seconds=30), 20
        talks.keep(
            session,
            session.merge(plan),
            [NewTalk(one.id, number, 9, (host, guest)) for number, one in enumerate(topics, start=1)],
        )
    return made


@pytest.mark.parametrize("width", [390, 1280])
def test_when_a_round_ends_the_board_goes_on_to_the_topics_of_the_next(
    empty_site: Any, event: Event, opened: Any, axe: Any, width: int
) -> None:
    page = opened(width)
    page.clock.install()
    page.goto(f"{empty_site.url}/wall/hall/rounds")
    now, later = page.get_by_text("Who owns the rivers list?"), page.get_by_text("Soil at scale")
    expect(now).to_be_visible()
    expect(later).to_be_hidden()
    axe(page)
    page.clock.fast_forward(60_000)
    expect(later).to_be_visible()
    expect(now).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
