"""Presses that are no forms of what is kept: whoever presses on an old page is told, and nothing is changed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.store import mail
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event, TopicsFrom
from matchmaker.store.people import sign_in_codes
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.session import Database

Open = Callable[..., Any]
S = RegistrationState
DAY = datetime.now(UTC).date() + timedelta(days=30)


@pytest.fixture
def event(make: Any) -> Event:
    made: Event = make.event(
        held_on=DAY, erase_on=DAY + timedelta(days=30), topics_from=TopicsFrom.EVERYBODY, places=1
    )
    make.registration(make.event("Another"), make.person("Noise"), state=S.WAITING)
    return made


@pytest.fixture
def olga(event: Event, make: Any, browser: Open) -> Any:
    return browser(make.organiser(event))


@pytest.fixture
def oskar(event: Event, make: Any, browser: Open) -> Any:
    return browser(make.organiser(event))


def hidden(page: Any, name: str) -> str:
    (value,) = set(re.findall(rf'name="{name}"[^>]* value="([^"]*)"', page.html))
    return str(value)


def piece(browser: Any, address: str, sent: dict[str, str]) -> str:
    """Send a form as htmx does, and return the piece of a page that comes back."""
    data = {"csrf_token": browser.token(), **sent}
    answer: str = browser.client.post(address, data=data, headers={"HX-Request": "true"}).get_data(
        as_text=True
    )
    return answer


def kept(database: Database, row: Any) -> Any:
    with database.reading() as session:
        return session.get_one(type(row), row.id)


@pytest.mark.parametrize("by_htmx", [True, False])
def test_a_desk_whose_page_is_old_undoes_no_check_in_of_another(
    event: Event, olga: Any, make: Any, browser: Open, sqlite: Database, by_htmx: bool
) -> None:
    amara, ben = make.registration(event, make.person("Amara")), make.registration(event, make.person("Ben"))
    helper = browser(make.organiser(event, role=EventRole.HELPER))
    desk = f"/organise/{event.public_id}/desk"
    assert hidden(helper.get(desk, query_string={"q": "Amara"}), "was") == "expected"
    olga.post(f"{desk}/{amara.public_id}", {"presence": "here", "was": "expected"})
    stale = {"presence": "absent", "was": "expected"}
    if by_htmx:
        told = piece(helper, f"{desk}/{amara.public_id}", stale)
    else:
        told = helper.follow(f"{desk}/{amara.public_id}", stale).text
    assert re.search(r"Another desk noted at \S+ that Amara is here. Nothing is changed", told)
    assert kept(sqlite, amara).presence is Presence.HERE
    assert (
        "Another desk"
        not in helper.follow(f"{desk}/{amara.public_id}", {"presence": "here", "was": "expected"}).text
    )
    helper.post(f"{desk}/{amara.public_id}", {"presence": "absent", "was": "here"})
    assert (kept(sqlite, amara).presence, kept(sqlite, ben).presence) == (Presence.ABSENT, Presence.EXPECTED)


def test_the_second_who_shifts_the_rest_is_told_of_the_first(
    event: Event, olga: Any, oskar: Any, make: Any, sqlite: Database
) -> None:
    rounds = f"/organise/{event.public_id}/rounds"
    olga.post(rounds, {"first": "10am", "count": "2", "minutes": "20", "gap": "10"})
    day = f"/organise/{event.public_id}/day"
    shown = [hidden(one.get(day), "last_begins") for one in (olga, oskar)]
    olga.post(f"{day}/shift", {"minutes": "10", "last_begins": shown[0]})
    told = oskar.post(f"{day}/shift", {"minutes": "10", "last_begins": shown[1]}, status=422)
    assert "Somebody has moved the rounds since you opened the page" in told.text
    with sqlite.reading() as session:
        starts = [one.starts_at.astimezone(event.tz) for one in session.get_one(Event, event.id).rounds]
    assert [f"{one:%H:%M}" for one in starts] == ["10:10", "10:40"]
    oskar.post(f"{day}/shift", {"minutes": "10", "last_begins": hidden(told, "last_begins")})


def test_as_many_other_people_are_not_those_whom_the_page_named(
    event: Event, olga: Any, oskar: Any, make: Any, sqlite: Database
) -> None:
    first = make.registration(event, make.person("First"), state=S.INVITED, invited_at=datetime.now(UTC))
    second = make.registration(event, make.person("Second"), state=S.CONFIRMED)
    several = f"/organise/{event.public_id}/people/several"
    chosen = {"act": "not-coming", "show": "no-answer", "q": "", "all": "y"}
    page = olga.get(several, query_string=chosen)
    with sqlite.writing() as session:
        session.get_one(Registration, first.id).state = S.CONFIRMED
        row = session.get_one(Registration, second.id)
        row.state, row.invited_at = S.INVITED, datetime.now(UTC)
    sent = chosen | {"count": "1", "whom": hidden(page, "whom")}
    told = olga.post(several, sent, status=422)
    assert "The list has changed since you opened the page. Nothing has been done." in told.text
    assert [kept(sqlite, one).state for one in (first, second)] == [S.CONFIRMED, S.INVITED]
    olga.post(several, sent | {"whom": hidden(told, "whom")})
    assert [kept(sqlite, one).state for one in (first, second)] == [S.CONFIRMED, S.DECLINED]


@pytest.mark.parametrize("way", ["invitations", "people/several"])
def test_nobody_is_reminded_twice_by_two_who_press_at_once(
    way: str, event: Event, olga: Any, oskar: Any, make: Any, sqlite: Database
) -> None:
    then = datetime.now(UTC) - timedelta(days=9)
    make.registration(event, make.person("Asked Alex"), state=S.INVITED, invited_at=then)
    chosen = {"invitations": {"who": "no-answer", "how": "mail"}}.get(
        way, {"act": "invite", "show": "no-answer", "q": "", "all": "y"}
    )
    where = f"/organise/{event.public_id}/{way}"
    ask = f"{where}/confirm" if way == "invitations" else where
    pages = [one.get(ask, query_string=chosen) for one in (olga, oskar)]
    sent = [chosen | {"count": "1", "whom": hidden(page, "whom")} for page in pages]
    olga.post(where, sent[0])
    told = oskar.post(where, sent[1], status=422)
    assert "The list has changed since you opened the page. Nothing has been done." in told.text
    olga.post(where, sent[0], status=422)
    with sqlite.reading() as session:
        assert [letter.kind for letter in mail.latest(session)] == ["invitation"]
    oskar.post(where, sent[1] | {"whom": hidden(told, "whom")})
    with sqlite.reading() as session:
        assert len(mail.latest(session)) == 2


def test_codes_made_by_one_are_not_ended_by_another_who_did_not_see_them(
    event: Event, olga: Any, oskar: Any, make: Any, sqlite: Database
) -> None:
    amara = make.registration(event, make.person("Amara"))
    where, chosen = f"/organise/{event.public_id}/invitations", {"who": "everybody", "how": "print"}
    whom = [hidden(one.get(f"{where}/confirm", query_string=chosen), "whom") for one in (olga, oskar)]
    olga.post(where, chosen | {"count": "1", "whom": whom[0]})
    with sqlite.reading() as session:
        made = sign_in_codes.personal_codes(session, [amara.id])[amara.id].code_hash
    told = oskar.post(where, chosen | {"count": "1", "whom": whom[1]}, status=422)
    assert "1 code that was made before ends" in told.text
    at_the_desk = oskar.follow(f"/organise/{event.public_id}/desk/{amara.public_id}/code", {})
    assert "Amara has a code, made on" in at_the_desk.text
    with sqlite.reading() as session:
        assert sign_in_codes.personal_codes(session, [amara.id])[amara.id].code_hash == made
    ends = hidden(at_the_desk, "ends")
    oskar.post(f"/organise/{event.public_id}/desk/{amara.public_id}/code", {"ends": ends})
    with sqlite.reading() as session:
        assert sign_in_codes.personal_codes(session, [amara.id])[amara.id].code_hash != made


def test_the_address_of_the_screen_is_not_ended_by_another_who_did_not_see_it(
    event: Event, olga: Any, oskar: Any, sqlite: Database
) -> None:
    where = f"/organise/{event.public_id}/labels/wall"
    was = [set(re.findall(r'name="was" value="([^"]*)"', one.get(where).html)) for one in (olga, oskar)]
    assert was == [{""}, {""}]
    olga.post(where, {"wall": "open", "was": ""})
    made = kept(sqlite, event).wall_key
    assert made
    for wanted in ("open", "close"):
        told = oskar.follow(where, {"wall": wanted, "was": ""})
        assert "Another organiser has changed the address of the screen." in told.text
    assert kept(sqlite, event).wall_key == made
    oskar.post(where, {"wall": "open", "was": hidden(told, "was")})
    assert kept(sqlite, event).wall_key not in (None, made)


def test_a_place_goes_to_nobody_whom_the_page_did_not_name(
    event: Event, olga: Any, make: Any, sqlite: Database
) -> None:
    then = datetime.now(UTC) - timedelta(days=9)
    late = make.registration(event, make.person("Late Lou"), state=S.WAITING, asked_at=then)
    offer = f"/organise/{event.public_id}/places/offer"
    whom = hidden(olga.get(offer), "whom")
    early = make.registration(
        event, make.person("Early Eve"), state=S.WAITING, asked_at=then - timedelta(days=1)
    )
    told = olga.post(offer, {"count": "1", "whom": whom}, status=422)
    assert "Others are next on the waiting list than the page said" in told.text
    olga.post(offer, {"count": "1", "whom": hidden(told, "whom")})
    assert [kept(sqlite, one).state for one in (early, late)] == [S.OFFERED, S.WAITING]


def test_the_second_who_decides_about_a_topic_is_told_of_the_first(
    event: Event, olga: Any, oskar: Any, make: Any, sqlite: Database
) -> None:
    topic = TableTopic(event_id=event.id, host_id=make.registration(event).person_id, title="Soil")
    make.add(topic)
    topics = f"/organise/{event.public_id}/topics"
    assert hidden(oskar.get(topics), "was") == "pitched"
    olga.post(f"{topics}/{topic.public_id}/decide", {"accept": "yes", "was": "pitched"})
    told = oskar.follow(f"{topics}/{topic.public_id}/decide", {"accept": "no", "was": "pitched"}).text
    assert "“Soil” was decided about meanwhile: accepted. Nothing is changed" in told
    assert kept(sqlite, topic).state is TopicState.ACCEPTED


def test_a_round_that_got_the_number_of_another_is_neither_removed_nor_changed_for_it(
    event: Event, olga: Any, oskar: Any, sqlite: Database
) -> None:
    rounds = f"/organise/{event.public_id}/rounds"
    olga.post(rounds, {"first": "10am", "count": "3", "minutes": "20", "gap": "10"})
    forms = {way: hidden(oskar.get(f"{rounds}/2{way}"), "row") for way in ("/remove", "")}
    olga.post(f"{rounds}/2/remove", {"row": hidden(olga.get(f"{rounds}/2/remove"), "row")})
    for way, row in forms.items():
        told = oskar.follow(f"{rounds}/2{way}", {"row": row, "starts": "3pm", "minutes": "5"}).text
        assert "Somebody has changed the rounds since you opened the page. Nothing is changed" in told
    with sqlite.reading() as session:
        found = [
            (one.number, one.starts_at.astimezone(event.tz))
            for one in session.get_one(Event, event.id).rounds
        ]
    assert [(number, f"{at:%H:%M}") for number, at in found] == [(1, "10:00"), (2, "11:00")]


@pytest.mark.parametrize("way", ["rounds/1/remove", "tables/remove?first=1&last=1"])
def test_what_concerns_other_people_than_the_page_said_is_not_removed(
    event: Event, olga: Any, make: Any, sqlite: Database, way: str
) -> None:
    here = f"/organise/{event.public_id}"
    olga.post(f"{here}/rounds", {"first": "10am", "count": "1", "minutes": "20", "gap": "10"})
    olga.post(f"{here}/tables", {"first": "1", "last": "1", "seats": "2"})
    assert hidden(olga.get(f"{here}/{way}"), "concerns") == "0"
    people = [make.registration(event).person_id for _ in range(2)]
    plan = Plan(
        event_id=event.id,
        version=1,
        problem={},
        certificate={},
        rounds=[1],
        tables=[1],
        state=PlanState.PUBLISHED,
        published_at=datetime.now(UTC),
    )
    make.add(plan)
    seats = [Seat(person_id=one, plan_id=plan.id, round_number=1) for one in people]
    make.add(Meeting(plan_id=plan.id, round_number=1, table_number=1, seats=seats))
    told = olga.post(f"{here}/{way}", {"concerns": "0"}, status=422).text
    assert "Other people have meetings there now than when you opened the page. Nothing is changed" in told
    with sqlite.reading() as session:
        found = session.get_one(Event, event.id)
        assert (len(found.rounds), len(found.tables)) == (1, 1)
    olga.post(f"{here}/{way}", {"concerns": "2"})
