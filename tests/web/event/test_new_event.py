"""Making events in the browser, and who organises them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from matchmaker.store.event import event_roles
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database

TODAY = datetime.now(UTC).date()


def typed(day: Any, **more: str) -> dict[str, Any]:
    return {
        "name": "Data day two",
        "held_on": [str(day.day), str(day.month), str(day.year)],
        "like": "",
    } | more


def made(database: Database, name: str = "Data day two") -> Event | None:
    with database.reading() as session:
        return session.scalar(select(Event).where(Event.name == name))


def test_an_organiser_makes_an_event_like_another_without_its_people(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    like = make.event("Data day one", rounds=3, tables=4, host="Defra", thanks_each=7, zone="Europe/London")
    olga = make.organiser(like)
    make.registration(like)
    page = browser(olga).follow("/new-event", typed(TODAY + timedelta(days=200), like=like.public_id))
    assert "The event is made. Bring in the datasets first, then its people" in page.text
    event = made(sqlite)
    assert event is not None
    with sqlite.reading() as session:
        event = session.get_one(Event, event.id)
        assert (event.host, event.thanks_each, len(event.tables)) == ("Defra", 7, 4)
        clocks = [one.starts_at.astimezone(event.tz).strftime("%H.%M") for one in event.rounds]
        assert clocks == ["10.00", "10.30", "11.00"]
        assert {one.starts_at.astimezone(event.tz).date() for one in event.rounds} == {event.held_on}
        assert [one.id for one in event_roles.organisers(session, event.id)] == [olga.id]
        assert session.scalars(select(Registration).where(Registration.event_id == event.id)).all() == []


def test_where_the_datasets_are_there_the_people_come_next(browser: Callable[..., Any], make: Any) -> None:
    make.dataset()
    olga = make.organiser(make.event("Data day one"))
    page = browser(olga).follow("/new-event", typed(TODAY + timedelta(days=200)))
    assert "The event is made. Bring in its people next" in page.text


def test_organisers_come_along_if_the_box_is_ticked(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    like = make.event("Data day one")
    olga, ann = make.organiser(like), make.organiser(like)
    browser(olga).follow(
        "/new-event", typed(TODAY + timedelta(days=200), like=like.public_id, with_roles="y")
    )
    event = made(sqlite)
    assert event is not None
    with sqlite.reading() as session:
        assert {one.id for one in event_roles.organisers(session, event.id)} == {olga.id, ann.id}
        assert session.scalars(select(Mail)).all() == []


def test_an_owner_makes_an_empty_event_and_nobody_else_finds_the_page(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    owner, stranger = make.person(is_owner=True), make.person()
    attendee = make.registration(make.event()).person
    for one in (stranger, attendee):
        browser(one).post("/new-event", typed(TODAY), status=404)
    assert made(sqlite) is None
    browser(owner).follow("/new-event", typed(TODAY))
    event = made(sqlite)
    assert event is not None
    assert event.contact_name == owner.name


def test_a_day_that_has_passed_is_refused_and_nothing_typed_is_lost(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    olga = make.organiser(make.event())
    page = browser(olga).post("/new-event", typed(TODAY - timedelta(days=2)), status=422)
    assert "The date must be today or later" in page.text
    assert 'value="Data day two"' in page.html
    assert made(sqlite) is None


def test_an_event_one_does_not_organise_cannot_be_copied(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    other = make.event("Somebody else's", tables=9)
    make.organiser(other)
    olga = make.organiser(make.event())
    browser(olga).post("/new-event", typed(TODAY, like=other.public_id), status=422)
    assert made(sqlite) is None


ORGANISER = {"role": "organiser"}


def test_a_second_organiser_is_added_once_and_their_old_ways_in_end(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event = make.event()
    olga, ben = make.organiser(event), make.person("Ben Reed", "ben@inside.example")
    phone = browser(ben)
    one, path = browser(olga), f"/organise/{event.public_id}/organisers"
    page = one.follow(path, {**ORGANISER, "name": "Somebody", "email": "BEN@inside.example"})
    assert "Ben Reed now organises the event" in page.text
    again = one.follow(path, {**ORGANISER, "name": "B", "email": "ben@inside.example"})
    assert "Ben Reed organises it already" in again.text
    one.follow(path, {**ORGANISER, "name": "New Person", "email": "new@inside.example"})
    one.post(path, {**ORGANISER, "name": "Bad", "email": "no address"}, status=422)
    one.post(path, {"name": "No role", "email": "no.role@inside.example"}, status=422)
    with sqlite.reading() as session:
        names = [person.name for person in event_roles.organisers(session, event.id)]
        assert names == sorted(["Ben Reed", "New Person", olga.name])
    assert phone.client.get("/datasets").status_code == 302, "signed out everywhere"


def test_an_organiser_can_go_and_the_last_one_stays(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event, other = make.event(), make.event()
    olga, ben = make.organiser(event), make.organiser(event)
    make.organiser(other, olga)
    one, path = browser(ben), f"/organise/{event.public_id}/organisers"
    one.post(f"{path}/{olga.public_id}/remove", {})
    one.post(f"{path}/{olga.public_id}/remove", {}, status=404)
    assert "An event needs an organiser" in one.follow(f"{path}/{ben.public_id}/remove", {}).text
    with sqlite.reading() as session:
        assert [person.id for person in event_roles.organisers(session, event.id)] == [ben.id]
        assert [person.id for person in event_roles.organisers(session, other.id)][-1:] == [olga.id]


def test_a_helper_becomes_one_and_is_removed_again(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event = make.event("Data day")
    olga, hela = make.organiser(event), make.person("Hela Reed", "hela@inside.example")
    one, path = browser(olga), f"/organise/{event.public_id}/organisers"
    page = one.follow(path, {"role": "helper", "name": "H", "email": "hela@inside.example"})
    assert "Hela Reed is now a helper at the desk" in page.text
    assert "Helpers at the desk Hela Reed, hela@inside.example" in page.text
    assert browser(hela).get("/", status=302).location == f"/organise/{event.public_id}/day"
    assert "1 organiser, 1 helper and 0 readers" in one.get(f"/organise/{event.public_id}/setup").text
    page = one.follow(path, {"role": "reader", "name": "H", "email": "hela@inside.example"})
    assert "Hela Reed is now a reader" in page.text
    assert browser(hela).get("/", status=302).location == f"/organise/{event.public_id}/"
    one.follow(f"{path}/{hela.public_id}/remove", {})
    with sqlite.reading() as session:
        assert [person.name for person, _ in event_roles.with_roles(session, event.id)] == [olga.name]


def test_somebody_who_makes_themselves_a_helper_is_led_to_what_they_still_may_open(
    browser: Callable[..., Any], make: Any
) -> None:
    event = make.event()
    olga = make.organiser(event, make.person("Olga", "olga@inside.example"))
    make.organiser(event)
    page = browser(olga).follow(
        f"/organise/{event.public_id}/organisers",
        {"role": "helper", "name": "Olga", "email": "olga@inside.example"},
    )
    assert page.heading == "The day"
