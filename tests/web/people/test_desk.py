"""The desk: one tap, by any part of a name, and a personal code."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import Any

import pytest

from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event, Round
from matchmaker.store.jobs import Job
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.people.sign_in_codes import PersonalCode
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database

Open = Callable[..., Any]


@pytest.fixture
def event(make: Any) -> Event:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    made: Event = make.event("The day", held_on=tomorrow, erase_on=tomorrow + timedelta(days=30))
    make.registration(make.event("Another day"), make.person("Noise Nora"))
    return made


@pytest.fixture
def olga(event: Event, make: Any) -> Person:
    person: Person = make.organiser(event, make.person("Olga Organiser"))
    return person


@pytest.fixture
def organiser(olga: Person, browser: Open) -> Any:
    return browser(olga)


def desk(event: Event, *parts: str) -> str:
    return "/".join([f"/organise/{event.public_id}/desk", *parts])


def row(sqlite: Database, one: Registration) -> Registration:
    with sqlite.reading() as session:
        found = registrations.by_public_id(session, one.event_id, one.public_id)
        assert found is not None
        return found


def names(page: Any) -> list[str]:
    return re.findall(r'mm-needs__title" dir="auto"[^>]*>([^<]+)<', page.html)


def next_page(page: Any) -> str:
    found = re.search(r'href="([^"]+)" rel="next"', page.html)
    assert found
    return unescape(found[1])


def plan(make: Any, event: Event, seats: list[tuple[int, int, list[Person]]], hours: int) -> None:
    """Keep a published plan whose round 1 is over and round 2 lies `hours` ahead."""
    now = datetime.now(UTC)
    make.add(
        Round(event_id=event.id, number=1, starts_at=now - timedelta(hours=1), minutes=20),
        Round(event_id=event.id, number=2, starts_at=now + timedelta(hours=hours), minutes=20),
    )
    kept = Plan(
        event_id=event.id,
        version=1,
        state=PlanState.PUBLISHED,
        published_at=now,
        problem={"people": []},
        certificate={},
    )
    make.add(kept)
    for number, table, people in seats:
        meeting = Meeting(plan_id=kept.id, round_number=number, table_number=table)
        make.add(meeting)
        make.add(
            *[
                Seat(meeting_id=meeting.id, plan_id=kept.id, round_number=number, person_id=one.id)
                for one in people
            ]
        )


def test_the_desk_shows_who_is_expected_and_what_the_hall_must_know(
    organiser: Any, event: Event, make: Any
) -> None:
    make.registration(event, make.person("Amara", organisation="Defra"), step_free=True, fixed_table=7)
    make.registration(event, make.person("Ben"), state=RegistrationState.CANCELLED)
    page = organiser.get(desk(event))
    assert names(page) == ["Amara"]
    assert "Amara Defra Needs a step-free table Always at table 7" in page.text
    assert "0 of 1 person is here" in page.text


def test_the_next_table_of_the_published_plan_is_shown(organiser: Any, event: Event, make: Any) -> None:
    amara, ben = make.registration(event, make.person("Amara")), make.registration(event, make.person("Ben"))
    plan(make, event, [(1, 5, [amara.person, ben.person]), (2, 6, [amara.person, ben.person])], hours=1)
    words = organiser.get(desk(event)).text
    assert "Table 6 at" in words
    assert "Table 5" not in words


def test_who_comes_late_is_shown_with_the_time_until_they_are_here(
    organiser: Any, event: Event, make: Any
) -> None:
    late = make.registration(event, make.person("Late Lou"), arrives=time(10, 45))
    make.registration(event, make.person("Early Eve"))
    page = organiser.get(desk(event))
    assert page.text.count("Comes at") == 1
    assert "Comes at 10.45am Here : Late Lou" in page.text
    organiser.post(desk(event, late.public_id), {"presence": "here"})
    assert "Comes at" not in organiser.get(desk(event)).text


def test_namesakes_are_told_apart_and_accents_do_not_matter(organiser: Any, event: Event, make: Any) -> None:
    for organisation in ("Defra", "Forestry Commission"):
        make.registration(event, make.person("Renée Ó Súilleabháin", organisation=organisation))
    make.registration(event, make.person("Somebody Else"))
    page = organiser.get(desk(event), query_string={"q": "suill renee"})
    assert names(page) == ["Renée Ó Súilleabháin"] * 2
    assert "Defra" in page.text
    assert "Forestry Commission" in page.text
    assert names(organiser.get(desk(event), query_string={"q": "suill forest"})) == ["Renée Ó Súilleabháin"]


def test_one_tap_says_here_and_a_second_changes_nothing(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one, bystander = make.registration(event, make.person("Amara")), make.registration(event)
    page = organiser.follow(desk(event, one.public_id), {"presence": "here", "q": "ama"})
    assert names(page) == ["Amara"], "the search stays"
    assert "Here since" in page.text
    first = row(sqlite, one).presence_at
    organiser.post(desk(event, one.public_id), {"presence": "here"})
    assert (row(sqlite, one).presence, row(sqlite, one).presence_at) == (Presence.HERE, first)
    assert row(sqlite, bystander).presence is Presence.EXPECTED
    organiser.follow(desk(event, one.public_id), {"presence": "expected"})
    assert (row(sqlite, one).presence, row(sqlite, one).presence_at) == (Presence.EXPECTED, None)
    organiser.follow(desk(event, one.public_id), {"presence": "absent"})
    assert row(sqlite, one).presence is Presence.ABSENT


def test_whom_the_desk_waits_for_come_before_those_who_are_here(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    people = [make.registration(event, make.person(f"Ann A{n:02}")) for n in range(52)]
    first = organiser.get(desk(event))
    assert names(first) == [f"Ann A{n:02}" for n in range(50)]
    onward = next_page(first)
    organiser.post(desk(event, people[0].public_id), {"presence": "here"})
    absent = organiser.follow(desk(event, people[3].public_id), {"presence": "absent"})
    assert "Just now Ann A03" in absent.text
    # Nobody is passed over on the pages of a list that was shown before.
    assert names(organiser.get(onward)) == ["Ann A50", "Ann A51"]
    later = organiser.get(desk(event))
    assert names(later) == [f"Ann A{n:02}" for n in range(52) if n not in (0, 3)]
    assert names(organiser.get(next_page(later))) == ["Ann A00", "Ann A03"]
    assert names(organiser.get(f"{desk(event)}?q=a0"))[:2] == ["Ann A00", "Ann A01"]
    assert names(organiser.get(f"{desk(event)}?since=never")) == names(later)


def test_a_scanned_badge_checks_in_and_again_changes_nothing(
    organiser: Any, event: Event, make: Any, sqlite: Database, browser: Open
) -> None:
    one = make.registration(event, make.person("Amara"), step_free=True)
    bystander = make.registration(event, make.person("Ben"))
    page = organiser.follow(desk(event), {"q": one.badge_code})
    assert "Amara is checked in" in page.text
    assert "Just now Amara" in page.text
    assert names(page) == ["Amara", "Ben"], "each stands there once"
    first = row(sqlite, one).presence_at
    other_desk = browser(make.organiser(event))
    typed = one.badge_code[:3].lower() + "-" + one.badge_code[3:]
    page = other_desk.follow(desk(event), {"q": f" {typed} "})
    assert "Amara was checked in already" in page.text
    assert (row(sqlite, one).presence, row(sqlite, one).presence_at) == (Presence.HERE, first)
    assert row(sqlite, bystander).presence is Presence.EXPECTED


def test_a_badge_that_was_printed_before_a_merge_checks_in_who_they_are_now(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    keep, gone = (make.registration(event, make.person(name)) for name in ("Amara", "A. Okafor"))
    merge = f"/organise/{event.public_id}/people/{keep.public_id}/merge"
    organiser.post(merge, {"other": gone.person.public_id, "keep": "this"})
    page = organiser.follow(desk(event), {"q": gone.badge_code})
    assert "Amara is checked in" in page.text
    assert row(sqlite, keep).presence is Presence.HERE


def test_a_badge_of_another_event_checks_nobody_in(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    elsewhere = make.registration(make.event(), make.registration(event, make.person("Amara")).person)
    page = organiser.follow(desk(event), {"q": elsewhere.badge_code})
    assert f"No badge of this event has the code {elsewhere.badge_code}" in page.text
    assert row(sqlite, elsewhere).presence is Presence.EXPECTED


def test_what_is_no_code_is_looked_for_as_a_name(organiser: Any, event: Event, make: Any) -> None:
    make.registration(event, make.person("Amara Okafor"))
    make.registration(event, make.person("Ben"))
    assert organiser.post(desk(event), {"q": "okafor"}).location == f"{desk(event)}?q=okafor"
    assert names(organiser.follow(desk(event), {"q": " okafor "})) == ["Amara Okafor"]
    assert names(organiser.follow(desk(event), {"q": ""})) == ["Ben", "Amara Okafor"]


def test_who_had_said_no_and_is_scanned_is_let_in(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one = make.registration(event, make.person("Cerys"), state=RegistrationState.CANCELLED)
    organiser.follow(desk(event), {"q": one.badge_code})
    found = row(sqlite, one)
    assert (found.state, found.presence) == (RegistrationState.CONFIRMED, Presence.HERE)


def test_a_tap_with_htmx_gives_the_row_alone(organiser: Any, event: Event, make: Any) -> None:
    one = make.registration(event, make.person("Amara"))
    answer = organiser.client.post(
        desk(event, one.public_id),
        data={"csrf_token": organiser.token(), "presence": "here"},
        headers={"HX-Request": "true"},
    )
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert html.strip().startswith(f'<li class="mm-needs__item" id="row-{one.public_id}">')
    assert "Here</strong> since" in html
    assert "<html" not in html
    assert "1 of 1 person is here" in html


@pytest.mark.parametrize(
    "typed",
    ["O'Doherty", "O’Doherty", "O`DOHERTY", "O´Doherty", "odoherty", "O’Doherty, Odhrán", "Lee-O'Doh"],
)
@pytest.mark.parametrize("page", ["desk", "people", "attendance"])
def test_a_name_is_found_whatever_apostrophe_or_comma_is_typed(
    organiser: Any, event: Event, make: Any, page: str, typed: str
) -> None:
    for name in ("Odhrán Lee-O'Doherty", "Odhrán Lee O’Doherty", "Odhrán Doherty"):
        make.registration(event, make.person(name))
    found = organiser.get(f"/organise/{event.public_id}/{page}", query_string={"q": typed}).text
    assert "Odhrán Lee-O'Doherty" in found
    assert "Odhrán Lee O’Doherty" in found
    assert "Odhrán Doherty" not in found


def test_who_had_said_no_is_found_by_name_and_let_in(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one = make.registration(event, make.person("Ben"), state=RegistrationState.CANCELLED)
    assert "Here all the same" in organiser.get(desk(event), query_string={"q": "ben"}).text
    organiser.follow(desk(event, one.public_id), {"presence": "here"})
    assert (row(sqlite, one).state, row(sqlite, one).presence) == (RegistrationState.CONFIRMED, Presence.HERE)


def test_who_left_after_they_were_checked_in_is_here_on_no_page_and_can_be_let_in_again(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    at = datetime(2027, 3, 11, 9, 5, tzinfo=UTC)
    left, stays = (
        make.registration(event, make.person(name), presence=Presence.HERE, presence_at=at, state=state)
        for name, state in (("Ben", RegistrationState.CANCELLED), ("Bea", RegistrationState.CONFIRMED))
    )
    found = organiser.get(desk(event), query_string={"q": "ben"}).text
    assert "Left or has no place checked in at 9.05am Here all the same : Ben" in found
    assert "Here since" not in found
    assert "Undo" not in found
    assert "Here since 9.05am" in organiser.get(desk(event), query_string={"q": "bea"}).text
    on_the_day = f"/organise/{event.public_id}/day"
    asked = organiser.get(on_the_day, query_string={"q": "ben"}).text
    assert "Left or has no place Here all the same : Ben" in asked
    assert "Late until" not in asked
    assert "Late until" in organiser.get(on_the_day, query_string={"q": "bea"}).text
    listed = organiser.get(f"/organise/{event.public_id}/people?show=all").text
    assert "Was here" in listed
    assert listed.count("Was here") == 1
    person = organiser.get(f"/organise/{event.public_id}/people/{left.public_id}").text
    assert "Was here, checked in on 11 March 2027 at 9.05am" in person
    organiser.follow(desk(event, left.public_id), {"presence": "here", "was": "here"})
    assert row(sqlite, left).state is RegistrationState.CONFIRMED
    assert "Here since 9.05am" in organiser.get(desk(event), query_string={"q": "ben"}).text
    assert row(sqlite, stays).presence is Presence.HERE


def test_the_desk_refuses_what_it_does_not_know(organiser: Any, event: Event, make: Any) -> None:
    one, elsewhere = make.registration(event), make.registration(make.event())
    organiser.post(desk(event, one.public_id), {"presence": "asleep"}, status=400)
    organiser.post(desk(event, elsewhere.public_id), {"presence": "here"}, status=404)
    organiser.post(desk(event, elsewhere.public_id, "code"), {}, status=404)


def test_a_personal_code_is_shown_once_and_signs_in(
    organiser: Any, event: Event, make: Any, browser: Open
) -> None:
    one = make.registration(event, make.person("Amara", email=""))

    def code(ends: str = "") -> tuple[str, str]:
        page = organiser.follow(desk(event, one.public_id, "code"), {"ends": ends})
        again = organiser.get(desk(event, one.public_id, "code"))
        assert "Amara has a code, made on" in again.text
        assert "mm-code" not in again.html
        (made,) = re.findall(r'name="ends" value="([^"]+)"', again.html)
        return re.findall(r'mm-code">([A-Z0-9]{5}-[A-Z0-9]{5})<', page.html)[0], made

    organiser.get(organiser.get(desk(event, one.public_id, "code"), status=302).location)
    first, made = code()
    assert "Amara has a code, made on" in organiser.follow(desk(event, one.public_id, "code"), {}).text
    second, _ = code(made)
    assert first not in organiser.get(desk(event)).html
    amara = browser(None)
    amara.post("/sign-in/personal", {"code": first}, status=422)
    amara.post("/sign-in/personal", {"code": second})
    assert "Amara" in amara.get(f"/events/{event.public_id}/").html


def test_no_code_is_made_for_somebody_who_could_do_more_than_this_organiser(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    boss, owner = make.person("Boss"), make.person("Owner", is_owner=True)
    make.organiser(make.event("A secret event"), boss)
    for person in (boss, owner):
        one = make.registration(event, person)
        page = organiser.follow(desk(event, one.public_id, "code"), {})
        assert "They sign in with a code from their email" in page.text
    with sqlite.reading() as session:
        assert session.query(PersonalCode).count() == 0


def test_the_desk_asks_the_database_as_often_for_three_people_as_for_one(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    from sqlalchemy import event as sql  # noqa: PLC0415 - the name is taken by the fixture

    seen: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            seen.append(statement)

    counts = []
    for more in (1, 2):
        for _ in range(more):
            make.registration(event, make.person())
        sql.listen(sqlite.engine, "before_cursor_execute", note)
        organiser.get(desk(event))
        sql.remove(sqlite.engine, "before_cursor_execute", note)
        counts.append(len(seen))
        seen.clear()
    assert counts[0] == counts[1] <= 10


def test_an_event_that_is_over_still_has_its_desk(make: Any, browser: Open) -> None:
    event = make.event(held_on=date(2020, 1, 1), erase_on=date(2020, 2, 1), rounds=1)
    make.registration(event, make.person("Amara"))
    assert names(browser(make.organiser(event)).get(desk(event))) == ["Amara"]


def test_an_organiser_makes_no_code_for_somebody_who_also_attends_an_event_of_others(
    browser: Any, make: Any, sqlite: Any
) -> None:
    mine, foreign = make.event(), make.event()
    organiser, person = make.organiser(mine), make.person()
    make.registration(foreign, person=person)
    registration = make.registration(mine, person=person)
    one = browser(organiser)
    token = one.token()
    one.client.post(
        f"/organise/{mine.public_id}/desk/{registration.public_id}/code", data={"csrf_token": token}
    )
    with sqlite.reading() as session:
        assert session.get(PersonalCode, registration.id) is None


@pytest.fixture
def helper(event: Event, make: Any, browser: Open) -> Any:
    return browser(make.organiser(event, make.person("Hela Helper"), role=EventRole.HELPER))


def test_a_helper_checks_in_says_who_is_late_and_gives_a_code(
    helper: Any, event: Event, make: Any, sqlite: Database
) -> None:
    amara, ben = make.registration(event, make.person("Amara")), make.registration(event, make.person("Ben"))
    helper.follow(desk(event, amara.public_id), {"presence": "here"})
    helper.follow(f"/organise/{event.public_id}/day/{ben.public_id}/late", {"until": "10:45"})
    shown = helper.get(helper.post(desk(event, amara.public_id, "code")).location)
    assert re.search(r"mm-code\">[A-Z2-9]{5}-[A-Z2-9]{5}<", shown.html)
    assert row(sqlite, amara).presence is Presence.HERE
    assert row(sqlite, ben).arrives == time(10, 45)


def test_a_helper_gets_no_code_of_an_organiser_or_of_another_helper(
    helper: Any, event: Event, olga: Person, make: Any, sqlite: Database
) -> None:
    for person in (olga, make.organiser(event, role=EventRole.HELPER)):
        one = make.registration(event, person)
        page = helper.follow(desk(event, one.public_id, "code"))
        assert "would open more than you may see" in page.html
    with sqlite.reading() as session:
        assert session.query(PersonalCode).count() == 0


def test_a_walk_in_whom_a_helper_lets_in_changes_no_plan(
    helper: Any, event: Event, make: Any, sqlite: Database
) -> None:
    plan(make, event, [(1, 1, [one.person for one in make.registrations(event, 2)])], 1)
    page = helper.get(f"/organise/{event.public_id}/day/walk-in")
    assert "They get meetings once an organiser plans again" in page.text
    page = helper.follow(f"/organise/{event.public_id}/day/walk-in", {"name": "Wanda", "works_on": "Fish"})
    assert "Wanda is on the list and checked in. Ask an organiser to plan again" in page.html
    with sqlite.reading() as session:
        assert [one.kind for one in session.query(Job)] == ["refresh"]
        assert session.query(Plan).count() == 1
