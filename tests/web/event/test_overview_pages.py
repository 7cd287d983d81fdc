"""The organiser's overview: what waits, each with its way there; and merging from the page of a person."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from matchmaker.store.event.events import Event, HallTable
from matchmaker.store.people import people, registrations
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.people.sign_in_codes import PersonalCode
from matchmaker.store.plans import planned_people
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

Open = Callable[..., Any]
THEN = datetime(2027, 1, 1, tzinfo=UTC)
LONG = "I look after the archive of river levels, and I would like it to be used more widely."


def home(event: Event) -> str:
    return f"/organise/{event.public_id}/"


def needs(page: Any) -> list[str]:
    return re.findall(r'mm-needs__title">([^<]+)<', page.html)


def organised(event: Event, make: Any, browser: Open) -> Any:
    return browser(make.organiser(event, make.person("Olga Organiser")))


def plan_of(
    make: Any,
    event: Event,
    here: list[Person],
    introduced: list[tuple[int, int]] | None = None,
    **columns: Any,
) -> None:
    plan = Plan(
        **{
            "event_id": event.id,
            "version": 1,
            "state": PlanState.PUBLISHED,
            "published_at": THEN,
            "problem": {"people": [{"id": str(one.id)} for one in here]},
            "certificate": {},
            "rounds": [1, 2],
            "tables": [1],
            **columns,
        }
    )
    make.add(plan)
    with make.database.writing() as session:
        planned_people.note(session, session.merge(plan), introduced or [])


def test_an_empty_event_says_what_to_do_first(make: Any, browser: Open) -> None:
    make.registration(make.event("Another", rounds=2, tables=3))
    event = make.event(place="")
    page = organised(event, make, browser).get(home(event))
    assert needs(page) == [
        "The set-up is not complete",
        "There are no datasets yet",
        "Nobody is on the list yet",
        "There are no rounds yet",
        "There are no tables yet",
    ]
    for way in ("setup", "imports/catalogue", "imports/attendees", "rounds", "tables"):
        assert f'href="/organise/{event.public_id}/{way}"' in page.html


@pytest.mark.parametrize("places", [0, 2])
@pytest.mark.parametrize(
    "state",
    [
        RegistrationState.PENDING,
        RegistrationState.WAITING,
        RegistrationState.OFFERED,
        RegistrationState.DECLINED,
    ],
)
def test_an_event_for_which_people_ask_or_wait_is_not_said_to_have_nobody(
    make: Any, browser: Open, state: RegistrationState, places: int
) -> None:
    event = make.event(open_registration=True, places=places)
    make.registration(event, state=state)
    said = needs(organised(event, make, browser).get(home(event)))
    assert ("Nobody is on the list yet" in said) == (state is RegistrationState.DECLINED)


def test_people_who_wait_for_something_are_counted(make: Any, browser: Open) -> None:
    event = make.event(rounds=2, tables=2)
    invited = RegistrationState.INVITED
    make.registration(event, bio=LONG, step_free=True)
    make.registration(event, bio=LONG)
    make.registration(event, bio=LONG, state=invited, invited_at=THEN)
    make.registration(event, state=invited)
    make.registration(event, state=RegistrationState.CANCELLED, quiet=True)
    make.dataset("River levels")
    page = organised(event, make, browser).get(home(event))
    assert needs(page) == [
        "1 person needs a step-free table, and none is marked so",
        "1 person has not been invited",
        "1 person has not answered their invitation",
        "1 profile is nearly empty",
        "There is no plan yet",
    ]
    assert "4 people are on the list" in page.text


def on_day(make: Any, days: int) -> Event:
    """Keep an event so many days from today, with a free place, and people who wait, ask and have not answered."""
    day = datetime.now(ZoneInfo("Europe/London")).date() + timedelta(days=days)
    event: Event = make.event(held_on=day, erase_on=day + timedelta(days=30), places=9, tables=1)
    make.registration(event, make.person("Amara"), bio=LONG, presence=Presence.HERE)
    for state in (RegistrationState.WAITING, RegistrationState.PENDING, RegistrationState.INVITED):
        make.registration(event, state=state, bio=LONG, asked_at=THEN, invited_at=THEN)
    return event


@pytest.mark.parametrize(("days", "free"), [(1, True), (0, False)])
def test_a_place_is_free_for_who_waits_until_the_day(make: Any, browser: Open, days: int, free: bool) -> None:
    event = on_day(make, days)
    organiser = organised(event, make, browser)
    page = organiser.get(home(event))
    assert ("1 place is free for people who wait" in needs(page)) is free
    assert "1 person asks for a place" in needs(page)
    assert ("Places are not offered any more" in page.text) is not free
    shown, offer = (
        organiser.get(f"{home(event)}places").text,
        organiser.get(f"{home(event)}places/offer").text,
    )
    assert ("Offer 1 free place" in shown, "Offer 1 place now" in offer) == (free, free)
    said = "The day of the event has come"
    assert (said in shown, said in offer) == (not free, not free)


def test_after_the_event_nothing_of_before_it_waits_and_the_numbers_are_of_the_past(
    make: Any, browser: Open
) -> None:
    event = on_day(make, -1)
    plan_of(make, event, [make.person("Gone")], state=PlanState.DRAFT, published_at=None)
    page = organised(event, make, browser).get(home(event))
    assert needs(page) == []
    assert "It is over" in page.text
    assert "1 of 1 person came" in page.text, "who never answered is not counted, as in the report"
    assert "places are free" not in page.text
    assert "1 person was planned for" in page.text
    assert "to print" not in page.text


@pytest.mark.parametrize("days", [0, -1])
def test_who_waits_or_asks_is_promised_no_mail_any_more(make: Any, browser: Open, days: int) -> None:
    event = on_day(make, days)
    for state in (RegistrationState.WAITING, RegistrationState.PENDING):
        mine = make.registration(event, state=state, asked_at=THEN)
        page = browser(mine.person).get(f"/events/{event.public_id}/").text
        assert "you get an email" not in page
        assert ("Ask at the desk whether there is room." in page, "The event is over." in page) == (
            not days,
            bool(days),
        )


def test_a_plan_says_what_changed_since_it_was_made(make: Any, browser: Open) -> None:
    event = make.event(rounds=2, tables=1)
    amara, ben, cleo, gone, new = (make.person(name) for name in ("Amara", "Ben", "Cleo", "Gone", "New"))
    for one in (amara, ben, cleo, new):
        make.registration(event, one, bio=LONG)
    make.registration(event, gone, bio=LONG, presence=Presence.ABSENT, presence_at=THEN)
    plan_of(make, event, [amara, ben, cleo, gone])
    make.answer(event, amara, ben)
    make.answer(event, ben, amara)
    organiser = organised(event, make, browser)
    page = organiser.get(home(event))
    assert needs(page) == ["Plan 1 is older than what it was made from"]
    assert "Since then 1 person left, 1 person joined and 1 pair agreed to meet." in page.text
    make.add(HallTable(event_id=event.id, number=2))
    assert "and the rounds or tables changed" in organiser.get(home(event)).text


def test_a_pair_that_cannot_be_paired_is_no_news(make: Any, browser: Open) -> None:
    event = make.event(rounds=2, tables=1)
    amara, ben = make.person("Amara"), make.person("Ben")
    for one in (amara, ben):
        make.registration(event, one, bio=LONG)
    make.answer(event, amara, ben)
    make.answer(event, ben, amara)
    make.answer(make.event(), ben, amara, AnswerKind.BLOCK)
    plan_of(make, event, [amara, ben])
    page = organised(event, make, browser).get(home(event))
    assert needs(page) == []
    assert "Nothing waits for you" in page.text


def test_a_draft_waits_to_be_published(make: Any, browser: Open) -> None:
    event = make.event(rounds=2, tables=1)
    here = [make.registration(event, bio=LONG).person for _ in range(2)]
    plan_of(make, event, here, state=PlanState.DRAFT, published_at=None)
    assert needs(organised(event, make, browser).get(home(event))) == ["Plan 1 is a draft"]


def test_two_entries_are_merged_after_a_preview(make: Any, browser: Open, sqlite: Database) -> None:
    event = make.event()
    organiser = organised(event, make, browser)
    keep = make.registration(event, make.person("Amara Okafor", "amara@inside.example"))
    gone = make.registration(event, make.person("A. Okafor", "okafor@old.example"))
    make.contribution(gone.person, make.dataset())
    where = f"/organise/{event.public_id}/people/{keep.public_id}/merge"
    assert "Choose the other entry" in organiser.get(f"{where}?other=&keep=this", status=422).text
    page = organiser.get(f"{where}?other={gone.person.public_id}&keep=this")
    assert page.heading == "Merge into Amara Okafor ?"
    assert "This entry goes: A. Okafor" in page.text
    assert "Email addresses that move okafor@old.example" in page.text
    assert "Contributions to datasets 1" in page.text
    with sqlite.reading() as session:
        assert people.by_id(session, gone.person_id) is not None, "a preview changes nothing"
    yes = {"other": gone.person.public_id, "keep": "this"}
    assert "The entry A. Okafor is now part of Amara Okafor" in organiser.follow(where, yes).text
    with sqlite.reading() as session:
        found = people.by_email(session, "okafor@old.example")
        assert found is not None
        assert found.id == keep.person_id
        assert [one.id for one in registrations.at_event(session, event.id)] == [keep.id]
    organiser.post(where, yes, status=404)


@pytest.mark.parametrize("who", ["both", "the one who goes", "the other, elsewhere"])
def test_the_page_that_asks_says_whose_personal_code_ends_and_only_if_both_have_one(
    who: str, make: Any, browser: Open
) -> None:
    event, another = make.event(), make.event("Another")
    olga = make.organiser(event)
    make.organiser(another, olga)
    organiser = browser(olga)
    keep, gone = (make.registration(event, make.person(name)) for name in ("Amara", "A. Okafor"))
    elsewhere = make.registration(another, keep.person)
    with_code = {"both": [keep, gone], "the one who goes": [gone], "the other, elsewhere": [elsewhere, gone]}[
        who
    ]
    ends = datetime.now(UTC) + timedelta(days=3)
    make.add(
        *[PersonalCode(registration_id=one.id, code_hash=str(one.id), expires_at=ends) for one in with_code]
    )
    where = (
        f"/organise/{event.public_id}/people/{keep.public_id}/merge?other={gone.person.public_id}&keep=this"
    )
    said = "The personal code of the entry that goes opens nothing any more"
    assert (said in organiser.get(where).text) == (who == "both")


def test_the_page_that_asks_says_whether_the_two_are_kept_apart_at_this_event(
    make: Any, browser: Open
) -> None:
    event, another = make.event(), make.event("Another")
    organiser = organised(event, make, browser)
    keep, gone = (make.registration(event, make.person(name)) for name in ("Amara", "A. Okafor"))
    a, b = sorted((keep.person_id, gone.person_id))
    where = (
        f"/organise/{event.public_id}/people/{keep.public_id}/merge?other={gone.person.public_id}&keep=this"
    )
    for one, said in ((another, False), (event, True)):
        make.add(Exclusion(event_id=one.id, a_id=a, b_id=b))
        assert ("The two are on the list of who must not meet" in organiser.get(where).text) is said


def test_the_page_that_asks_says_which_places_of_the_plan_pass_and_which_are_lost(
    make: Any, browser: Open
) -> None:
    event = make.event(rounds=1, tables=2)
    organiser = organised(event, make, browser)
    one, two = (make.registration(event, make.person(name)) for name in ("Amara", "Ben"))
    plans = f"/organise/{event.public_id}/plans"
    made = organiser.get(organiser.post(plans).location, status=302).location
    organiser.post(f"{made}/publish", {"instead_of": "", "revision": "1"})
    late = make.registration(event, make.person("B. Ng"))
    where = f"/organise/{event.public_id}/people/{{}}/merge?other={two.person.public_id}&keep=this"
    passes = organiser.get(where.format(late.public_id)).text
    assert "1 place of the entry that goes becomes a place of the entry that stays" in passes
    assert "taken out of the plan" not in passes
    lost = organiser.get(where.format(one.public_id)).text
    assert "1 place of the entry that goes is taken out of the plan , because" in lost
    assert "becomes a place" not in lost


def test_the_other_entry_can_be_the_one_that_stays(make: Any, browser: Open, sqlite: Database) -> None:
    event = make.event()
    organiser = organised(event, make, browser)
    gone, keep = (make.registration(event, make.person(name)) for name in ("Goes", "Stays"))
    where = f"/organise/{event.public_id}/people/{gone.public_id}/merge"
    assert "Merge into Stays" in organiser.get(f"{where}?other={keep.person.public_id}&keep=other").heading
    organiser.follow(where, {"other": keep.person.public_id, "keep": "other"})
    with sqlite.reading() as session:
        assert [one.person.name for one in registrations.at_event(session, event.id)] == ["Stays"]


@pytest.mark.parametrize("whose", ["elsewhere", "nobody"])
def test_somebody_this_event_does_not_know_cannot_be_merged(
    whose: str, make: Any, browser: Open, sqlite: Database
) -> None:
    event = make.event()
    organiser = organised(event, make, browser)
    here, elsewhere = make.registration(event), make.registration(make.event())
    other = elsewhere.person.public_id if whose == "elsewhere" else "no-such-person"
    where = f"/organise/{event.public_id}/people/{here.public_id}/merge"
    organiser.get(f"{where}?other={other}&keep=this", status=422)
    organiser.post(where, {"other": other, "keep": "this"}, status=404)
    organiser.post(
        where.replace(here.public_id, elsewhere.public_id), {"other": "x", "keep": "this"}, status=404
    )
    with sqlite.reading() as session:
        assert people.by_id(session, elsewhere.person_id) is not None
