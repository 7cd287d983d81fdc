"""Late, leaving, a break: from My day, shown first, kept with one press, and told to partners as any other cause."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.store.event.events import Round
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.talks import Talk, TalkSeat
from matchmaker.store.session import Database
from matchmaker.web.filters import clock


@pytest.fixture
def day(make: Any) -> Any:
    """A day whose two rounds are ahead, in which Amara meets Ben, then Cat."""
    now = datetime.now(UTC)
    event = make.event("The event", held_on=now.date(), erase_on=now.date() + timedelta(days=90), zone="UTC")
    for number in (1, 2):
        starts = now + timedelta(hours=number)
        make.add(Round(event_id=event.id, number=number, starts_at=starts, minutes=20))
    people = {name.lower(): make.person(f"{name} Reed") for name in ("Amara", "Ben", "Cat", "Dan")}
    rows = {key: make.registration(event, one) for key, one in people.items()}
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={}, published_at=now
    )
    make.add(plan)
    for number, other in ((1, people["ben"]), (2, people["cat"])):
        seats = [
            Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in (people["amara"], other)
        ]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=3, why=[], seats=seats))
    return SimpleNamespace(event=event, rows=rows, plan=plan, path=f"/events/{event.public_id}/day", **people)


def row(database: Database, day: Any, who: str = "amara") -> Registration:
    with database.reading() as session:
        return session.get_one(Registration, day.rows[who].id)


def test_what_falls_away_with_a_round_names_the_topic_and_says_what_a_host_ends(
    browser: Callable[..., Any], day: Any, make: Any
) -> None:
    own = TableTopic(
        event_id=day.event.id, host_id=day.cat.id, title="Soil at scale", state=TopicState.ACCEPTED
    )
    make.add(own)
    talk = Talk(plan_id=day.plan.id, topic_id=own.id, round_number=1, table_number=9)
    make.add(talk)
    place = {"talk_id": talk.id, "plan_id": day.plan.id, "round_number": 1}
    make.add(TalkSeat(person_id=day.cat.id, **place), TalkSeat(person_id=day.dan.id, **place))
    host = browser(day.cat).get(f"{day.path}/changes").text
    assert "You miss your topic “ Soil at scale ” at" in host
    assert "which is then off for everybody" in host
    guest = browser(day.dan).get(f"{day.path}/changes").text
    assert "You miss the topic “ Soil at scale ” at" in guest
    assert "for everybody" not in guest
    assert "Soil at scale" not in browser(day.amara).get(f"{day.path}/changes").text


def test_a_break_is_two_presses_from_my_day_and_the_other_reads_what_any_cause_says(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    assert f'href="{day.path}/changes"' in amara.get(day.path).html
    page = amara.get(f"{day.path}/changes")
    assert "I will be late" in page.text
    assert "You have ten minutes to change your mind. Then those you would have met are told" in page.text
    after = amara.follow(f"{day.path}/changes", {"way": "pause", "round": "1"})
    assert "You take a break at" in after.text
    assert "You said that you will not be there in this round." in after.text
    assert "Ben Reed" not in after.text
    assert "Cat Reed" in after.text
    theirs = browser(day.ben).get(day.path).text
    assert "This meeting will not take place. We are looking for somebody else for this time." in theirs
    assert "You said" not in theirs
    amara.follow(f"{day.path}/changes", {"way": "back"})
    assert row(sqlite, day).away_rounds == frozenset()
    assert "Ben Reed" in amara.get(day.path).text


def test_not_today_can_be_taken_back_with_one_press(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    page = amara.follow(f"{day.path}/changes", {"way": "not-today"})
    assert page.text.count("You are not expected") == 2, "once as what was done, once as how it stands"
    assert "This meeting will not take place" not in page.text
    assert "Ben Reed" not in page.text
    assert row(sqlite, day).presence is Presence.ABSENT
    assert "You are not expected" in amara.get(day.path.removesuffix("day")).text
    assert "I am there after all" in amara.get(f"{day.path}/changes").text
    page = amara.follow(f"{day.path}/changes", {"way": "back"})
    assert "You are not expected" not in page.text
    assert row(sqlite, day).presence is Presence.EXPECTED


def test_what_cannot_be_is_refused_and_opening_the_page_changes_nothing(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    for _ in range(10):
        amara.get(f"{day.path}/changes?way=not-today")
    page = amara.follow(f"{day.path}/changes", {"way": "pause", "round": "7"})
    assert "That round has begun. Choose again" in page.text
    amara.post(f"{day.path}/changes", {"way": "sleep"}, status=400)
    kept = row(sqlite, day)
    assert (kept.away_rounds, kept.presence) == (frozenset(), Presence.EXPECTED)
    with sqlite.writing() as session:
        event = session.get_one(type(day.event), day.event.id)
        for one in event.rounds:
            one.starts_at -= timedelta(hours=5)
    assert "There is no round ahead that you could miss" in amara.get(f"{day.path}/changes").text


def test_a_way_with_several_times_is_one_choice_and_asks_for_the_time(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    html = amara.get(f"{day.path}/changes").html
    main = html[html.index("<main") : html.index("</main>")]
    assert main.count("<button") <= 4, "a button for each way, and none for each round"
    for way, asked in (("late", "when you come"), ("leave", "when you leave"), ("pause", "which round")):
        page = amara.follow(f"{day.path}/changes", {"way": way})
        assert f"Choose {asked}" in page.text
        # With several times to choose from, what was asked for is open again.
        unfolded = re.findall(r'<details class="govuk-details mm-way" id="([^"]+)" open>', page.html)
        assert unfolded == (["pause"] if way == "pause" else [])
    assert row(sqlite, day).away_rounds == frozenset()


def test_the_page_says_what_is_so_before_the_day_on_it_and_after_it(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara, leave = browser(day.amara), f'href="{day.path.removesuffix("day")}choices/leave"'
    amara.post(f"{day.path}/changes", {"way": "pause", "round": "2"})
    today = amara.get(f"{day.path}/changes")
    starts = move(sqlite, day, timedelta())
    assert f"You are not expected at {starts}." in today.text
    assert "with their next letter" not in today.text
    assert leave not in today.html
    move(sqlite, day, timedelta(days=7))
    ahead = amara.get(f"{day.path}/changes")
    assert "not why; before the day, with their next letter." in ahead.text
    assert leave in ahead.html
    move(sqlite, day, timedelta(days=-14))
    after = amara.get(f"{day.path}/changes").text
    assert "There is no round ahead that you could miss" in after
    assert "after all" not in after


def test_the_page_promises_no_letter_where_none_leaves(
    browser: Callable[..., Any], day: Any, sqlite: Database, no_mail_server: None
) -> None:
    move(sqlite, day, timedelta(days=7))
    page = browser(day.amara).get(f"{day.path}/changes").text
    assert (
        "Then those you would have met read on “My day” that the meeting will not take place, but not why."
        in page
    )
    assert "letter" not in page


def move(database: Database, day: Any, by: timedelta) -> str:
    """Put the event on another day; say when its last round begins."""
    with database.writing() as session:
        event = session.get_one(type(day.event), day.event.id)
        event.held_on += by
        for one in event.rounds:
            one.starts_at += by
        return clock(event.rounds[-1].starts_at, event.zone)
