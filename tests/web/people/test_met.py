"""After a meeting: one press on My day, a short card, keeping in touch, and the people one met to take along."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, update

from matchmaker.store.event.events import Event, Round
from matchmaker.store.mail import Mail
from matchmaker.store.people.encounters import Encounter, Useful
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind


@pytest.fixture
def day(make: Any) -> Any:
    """Round 1 has begun, round 2 has not: Amara meets Ben in the first and Cat in the second; Eve is at the event."""
    now = datetime.now(UTC)
    event = make.event("The event", held_on=now.date(), erase_on=now.date() + timedelta(days=90))
    for number, starts in ((1, now - timedelta(minutes=5)), (2, now + timedelta(hours=1))):
        make.add(Round(event_id=event.id, number=number, starts_at=starts, minutes=20))
    people = {name.lower(): make.person(f"{name} Reed") for name in ("Amara", "Ben", "Cat", "Eve")}
    for one in people.values():
        make.registration(event, one)
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={}, published_at=now
    )
    make.add(plan)
    for number, other in ((1, people["ben"]), (2, people["cat"])):
        seats = [
            Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in (people["amara"], other)
        ]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=3, why=[], seats=seats))
    path = f"/events/{event.public_id}"
    return SimpleNamespace(event=event, path=path, card=lambda one: f"{path}/met/{one.public_id}", **people)


def kept(database: Database) -> list[Encounter]:
    with database.reading() as session:
        return list(session.scalars(select(Encounter).order_by(Encounter.id)))


def test_my_day_asks_with_one_press_and_only_of_meetings_that_have_begun(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    page = amara.get(f"{day.path}/day")
    assert page.text.count("Did you meet?") == 1
    assert f'action="{day.card(day.ben)}/took-place"' in page.html
    card = amara.follow(f"{day.card(day.ben)}/took-place", {"took_place": "yes"})
    assert card.heading == "How was it?"
    assert "You met Ben Reed. That is saved" in card.text
    assert [(one.person_id, one.other_id, one.took_place) for one in kept(sqlite)] == [
        (day.amara.id, day.ben.id, True)
    ]
    again = amara.get(f"{day.path}/day")
    assert "You met." in again.text
    assert "Did you meet?" not in again.text
    assert "How was it with" not in amara.get(f"{day.path}/").text


def test_a_meeting_that_one_said_took_place_stays_on_ones_day_though_the_desk_marks_the_two_as_not_here(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara, ben = browser(day.amara), browser(day.ben)
    amara.post(f"{day.card(day.ben)}/took-place", {"took_place": "yes"})
    with sqlite.writing() as session:
        session.execute(
            update(Registration)
            .where(Registration.event_id == day.event.id, Registration.person_id == day.ben.id)
            .values(presence=Presence.ABSENT)
        )
    mine = amara.get(f"{day.path}/day").text
    assert "You met. Your card" in mine
    assert "Ben Reed" in amara.get(f"{day.path}/met").text
    amara.get(day.card(day.ben))
    for one, on in ((amara, True), (ben, False)):
        assert (b"Ben Reed" in one.client.get(f"{day.path}/day.ics").data) is on
    # Ben has said nothing, and reads nothing of what Amara said.
    assert "You met" not in ben.get(f"{day.path}/day").text
    assert "Amara Reed" not in ben.get(f"{day.path}/met").text


def test_a_card_leads_on_to_whoever_nothing_is_said_of_yet(
    browser: Callable[..., Any], day: Any, make: Any
) -> None:
    for one, other in ((day.amara, day.eve), (day.eve, day.amara)):
        make.answer(day.event, one, other)
    amara = browser(day.amara)
    onward = f'href="{day.card(day.eve)}">Next: how was it with Eve Reed?</a>'
    assert onward in amara.get(day.card(day.ben)).html
    amara.post(f"{day.card(day.eve)}/took-place", {"took_place": "yes"})
    assert "Next: how was it" not in amara.get(day.card(day.ben)).text


def test_a_no_is_kept_for_oneself_alone(browser: Callable[..., Any], day: Any, sqlite: Database) -> None:
    ben = browser(day.ben)

    def seen() -> list[str]:
        # A minute may pass in between, which his day tells.
        pages = (ben.get(f"{day.path}/{one}").text for one in ("day", "met"))
        return [re.sub(r"as it was at [\d.]+[ap]m", "", one) for one in pages]

    before = seen()
    amara = browser(day.amara)
    page = amara.follow(f"{day.card(day.ben)}/took-place", {"took_place": "no"})
    assert "You did not meet Ben Reed. That is kept for you alone" in page.text
    assert "You said of everybody that you did not meet." in amara.get(f"{day.path}/met").text
    assert seen() == before
    with sqlite.reading() as session:
        assert list(session.scalars(select(Mail))) == []


def test_the_card_is_for_oneself_and_nothing_of_it_is_needed(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    said = {"took_place": "yes", "knew_before": "no", "useful": "very", "next_step": "Send Ben the map"}
    page = amara.follow(day.card(day.ben), said)
    assert "Your answers about Ben Reed are saved. You give Ben Reed nothing to reach you by" in page.text
    # The list says of whom there is more to say; the card of whom all is said asks no more.
    assert page.heading == "People I met"
    assert "What next Send Ben the map Change your card : Ben Reed" in page.text
    assert amara.get(day.card(day.ben)).heading == "You and Ben Reed"
    ben = browser(day.ben)
    for address in (f"{day.path}/met", day.card(day.amara), f"{day.path}/day"):
        assert "Send Ben the map" not in ben.get(address).html
    other = browser(day.cat)
    other.get(day.card(day.amara), status=302)
    amara.post(day.card(day.ben), {"next_step": "", "phone": "", "link": "", "took_place": "no"})
    (row,) = kept(sqlite)
    assert (row.took_place, row.knew_before, row.useful, row.next_step) == (False, False, Useful.VERY, "")


def test_nothing_is_given_before_both_gave_something(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara, ben = browser(day.amara), browser(day.ben)
    untouched = ben.get(day.card(day.amara)).text, ben.get(f"{day.path}/met").text
    page = amara.follow(
        day.card(day.ben), {"shares": ["email", "phone"], "phone": "020 7946 0000", "link": ""}
    )
    given = "You give Ben Reed: your email address and your telephone number"
    assert f"{given}. They get it once they choose to give you something, too" in page.text
    assert (ben.get(day.card(day.amara)).text, ben.get(f"{day.path}/met").text) == untouched
    assert "You keep in touch" not in amara.get(day.card(day.ben)).text
    assert day.amara.email not in ben.client.get(f"{day.card(day.amara)}/contact.vcf").get_data(as_text=True)
    page = ben.follow(day.card(day.amara), {"shares": ["link"], "link": "example.org/ben", "phone": ""})
    assert "You keep in touch" in page.text
    assert "You give Amara Reed: your link You and Amara Reed" in page.text
    assert f"{day.amara.email} 020 7946 0000" in page.text
    hers = amara.get(f"{day.path}/met").text
    assert "https://example.org/ben" in hers
    assert day.ben.email not in amara.get(day.card(day.ben)).html
    vcard = ben.client.get(f"{day.card(day.amara)}/contact.vcf")
    assert vcard.mimetype == "text/vcard"
    words = vcard.get_data(as_text=True)
    for line in ("FN:Amara Reed", f"EMAIL:{day.amara.email}", "TEL:020 7946 0000", "NOTE:Met at The event"):
        assert f"\r\n{line}\r\n" in words
    mine = amara.client.get(f"{day.path}/met/contacts.vcf").get_data(as_text=True)
    assert mine.count("BEGIN:VCARD") == 1
    assert "URL:https://example.org/ben" in mine
    with sqlite.reading() as session:
        letters = {one.to: one.body for one in session.scalars(select(Mail))}
    assert letters.keys() == {day.amara.email, day.ben.email}
    assert f"http://127.0.0.1:5000{day.card(day.amara)}" in letters[day.ben.email]


def test_what_was_given_is_gone_with_a_block_or_a_change_of_mind(
    browser: Callable[..., Any], make: Any, day: Any
) -> None:
    amara, ben = browser(day.amara), browser(day.ben)
    for one, other in ((amara, day.ben), (ben, day.amara)):
        one.post(day.card(other), {"shares": ["email"]})
    assert day.ben.email in amara.get(f"{day.path}/met").html
    ben.post(day.card(day.amara), {})
    assert day.ben.email not in amara.get(f"{day.path}/met").html
    ben.post(day.card(day.amara), {"shares": ["email"]})
    make.answer(day.event, day.ben, day.amara, AnswerKind.BLOCK)
    assert "Ben" not in amara.get(f"{day.path}/met").text
    amara.get(day.card(day.ben), status=404)
    amara.get(f"{day.card(day.ben)}/contact.vcf", status=404)


def test_a_number_that_is_none_is_refused_at_its_field_and_nothing_is_kept(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    page = amara.post(
        day.card(day.ben), {"shares": ["phone"], "phone": "soon", "next_step": "Kept on the page"}, status=422
    )
    assert "Enter a telephone number, for example 020 7946 0000" in page.text
    assert "Kept on the page" in page.html
    page = amara.post(day.card(day.ben), {"next_step": "x" * 501}, status=422)
    assert "Your note must be 500 characters or fewer" in page.text
    assert kept(sqlite) == []


def test_whom_one_meets_later_leads_to_my_day_and_whom_one_never_meets_is_not_there(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    for address in (day.card(day.cat), f"{day.card(day.cat)}/contact.vcf"):
        assert amara.get(address, status=302).location == f"{day.path}/day"
    for address in (day.card(day.eve), f"{day.card(day.eve)}/contact.vcf"):
        amara.get(address, status=404)
    amara.post(f"{day.card(day.eve)}/took-place", {"took_place": "yes"}, status=404)
    amara.post(f"{day.card(day.cat)}/took-place", {"took_place": "yes"}, status=400)
    amara.post(f"{day.card(day.ben)}/took-place", {"took_place": "perhaps"}, status=400)
    assert kept(sqlite) == []


def test_thanking_is_one_step_away_for_what_everybody_may_see(
    browser: Callable[..., Any], make: Any, day: Any, sqlite: Database
) -> None:
    peat = make.dataset("Peat Depth")
    make.contribution(day.ben, peat)
    make.contribution(day.ben, make.dataset("Hidden One"), moderated=True)
    make.contribution(day.cat, make.dataset("Of Cat"))
    amara = browser(day.amara)
    address = f"/datasets/{peat.public_id}/thank/{day.ben.public_id}?role=curated"
    for page in (amara.get(f"{day.path}/met"), amara.get(day.card(day.ben))):
        assert f'href="{address}"' in page.html
        assert "Hidden One" not in page.text
        assert "Of Cat" not in page.text
    amara.get(address)
    with sqlite.writing() as session:
        session.get_one(Person, day.ben.id).show_name = False
    assert "Peat Depth" not in amara.get(f"{day.path}/met").text


def test_before_the_first_round_the_page_says_what_will_be_there(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    with sqlite.writing() as session:
        event = session.get_one(Event, day.event.id)
        for one in event.rounds:
            one.starts_at += timedelta(days=1)
    page = browser(day.amara).get(f"{day.path}/met")
    assert "Whom you met will be here" in page.text
    assert "People I met" not in browser(day.amara).get(f"{day.path}/day").text
