"""What a page was for is gone: the reader is told, led back, and keeps what they had typed."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.services.event import organisers
from matchmaker.store.event.event_roles import EventRole, Organiser
from matchmaker.store.event.events import Event, TopicsFrom
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.suggestions.answers import AnswerKind

Open = Callable[..., Any]

GONE = {
    "rounds/9": "There is no round 9 any more: somebody has removed it, or it had another number.",
    "rounds/9/remove": "There is no round 9 any more: somebody has removed it, or it had another number.",
    "tables/77": "There is no table 77 any more: somebody has removed it.",
    "plans/{other_plan}": "This version of the plan is not here any more.",
    "plans/{other_plan}/publish": "This version of the plan is not here any more.",
    "people/{other_person}": "This person is not on the list any more: somebody has removed or merged the entry, "
    "or they have deleted it themselves.",
    "people/{other_person}/attendance": "This person is not on the list any more: somebody has removed or merged "
    "the entry, or they have deleted it themselves.",
    "topics/gone": "This topic is not here any more. Whoever hosted it may have left.",
    "datasets/gone": "This dataset is not in the catalogue any more.",
    "imports/gone": "This upload is not kept any more.",
    "files/gone": "This file is not kept any more, or another has taken its place. Make it again where you made it.",
    "jobs/gone": "What was worked on here is too long ago to be looked at.",
    "letters/99999": "There is no letter to write to this publisher any more: each of its datasets has a name, or "
    "it has become part of another.",
    "people/several/gone": "What was done here is too long ago to be looked at or undone.",
}
PRESSED = {
    "day/{other_person}/here": {},
    "people/{other_person}/state": {"state": "declined"},
    "people/several/gone/undo": {},
    "exclusions/gone/remove": {},
    "organisers/{nobody}/remove": {},
    "plans/{other_plan}/what-if": {},
    "plans/{other_plan}/print/slips": {},
    "plans/{other_plan}/print-everything": {},
    "topics/gone/decide": {"accept": "yes", "was": "pitched"},
    "unclaimed/gone/remove": {},
    "moderation": {"answer": "keep", "case": "Endorsement-gone"},
    "imports/gone/confirm": {},
}


@pytest.fixture
def names(make: Any) -> dict[str, str]:
    """Return an organiser's event, and things that are another event's, which read as if they were gone."""
    event, other = make.event("The day", topics_from=TopicsFrom.EVERYBODY), make.event("Another day")
    guest = make.registration(other, make.person("Hidden Guest"))
    plan = Plan(event_id=other.id, version=1, state=PlanState.DRAFT, problem={}, certificate={})
    make.add(plan)
    return {
        "event": event.public_id,
        "other_person": guest.public_id,
        "other_plan": plan.public_id,
        "nobody": guest.person.public_id,
        "organiser": make.organiser(event),
    }


def test_an_organiser_reads_what_is_gone_and_is_led_back_and_strangers_meet_no_page(
    browser: Open, names: dict[str, Any]
) -> None:
    organiser, stranger = browser(names["organiser"]), browser(None)
    for where, words in GONE.items():
        address = f"/organise/{names['event']}/{where.format(**names)}"
        page = organiser.get(address, status=404)
        assert page.heading == "This is not here any more", where
        assert words in page.text, where
        assert "Nothing is changed" not in page.text
        assert "Hidden" not in page.html
        assert stranger.client.get(address).status_code == 302
    for where, data in PRESSED.items():
        address = f"/organise/{names['event']}/{where.format(**names)}"
        page = organiser.post(address, data, status=404)
        assert page.heading == "This is not here any more", where
        assert ". Nothing is changed. What to do " in page.text, where
        back = (
            page.html.split('<h2 class="govuk-heading-m">What to do</h2>')[1].split('href="')[1].split('"')[0]
        )
        organiser.get(back)


def test_what_was_typed_for_a_round_that_is_gone_is_there_to_copy(
    browser: Open, names: dict[str, Any]
) -> None:
    typed = {"starts": "10:40", "minutes": "25", "shown_from": "signs", "row": "5", "submit": "Save"}
    page = browser(names["organiser"]).post(f"/organise/{names['event']}/rounds/9", typed, status=404)
    assert "Nothing is changed. What to do See the rounds as they are now" in page.text
    assert "Copy what you still need: Starts 10:40 Minutes 25 Go to the first page" in page.text


def test_an_attendee_learns_of_what_is_gone_and_not_why(browser: Open, make: Any) -> None:
    event, other = make.event("The day"), make.event("Another day")
    amara, bo = (make.registration(event, make.person(name)).person for name in ("Amara", "Bo Blocks"))
    reader = browser(amara)
    make.answer(event, bo, amara, AnswerKind.BLOCK)
    stranger = make.registration(other, make.person("Somebody Elsewhere")).person
    texts = set()
    for person in (stranger.public_id, bo.public_id, "gone"):
        page = reader.post(f"/events/{event.public_id}/suggestions/{person}", {"answer": "meet"}, status=404)
        texts.add(page.text)
    assert len(texts) == 1
    assert (
        "This person is not suggested here any more. People leave, and change what they said" in texts.pop()
    )
    page = reader.get(f"/people/{stranger.public_id}", status=404)
    assert page.text == reader.get("/people/gone", status=404).text
    assert "There is nobody here whom you can see. People leave, and choose who sees them." in page.text


def test_htmx_is_led_back_with_the_words(browser: Open, make: Any) -> None:
    event = make.event()
    reader = browser(make.registration(event).person)
    where = f"/events/{event.public_id}/suggestions"
    page = reader.post(f"{where}/gone", {"answer": "meet"}, status=204, headers={"HX-Request": "true"})
    assert page.response.headers["HX-Redirect"] == where
    assert "People leave, and change what they said. Nothing is changed" in reader.get(where).text


FORMS = {
    "people/add": {"name": "Nora New", "email": "nora@new.example", "submit": "y"},
    "setup": {"about": "Words about the day", "submit": "y"},
    "organisers": {"name": "Paul Part", "email": "paul@part.example", "role": "helper", "submit": "y"},
}


@pytest.mark.parametrize("left", [EventRole.READER, EventRole.HELPER, None])
def test_whoever_lost_their_part_while_a_form_was_open_reads_that_it_is_not_saved_and_can_copy_their_words(
    browser: Open, make: Any, left: EventRole | None
) -> None:
    event, organiser = make.event("The day"), make.person("Olga Once")
    make.organiser(event)
    make.organiser(event, organiser)
    reader = browser(organiser)
    with make.database.writing() as session:
        found = session.get_one(Event, event.id)
        if left is None:
            organisers.dismiss(session, found, session.get_one(Person, organiser.id))
        else:
            session.execute(update(Organiser).where(Organiser.person_id == organiser.id).values(role=left))
    for where, data in FORMS.items():
        page = reader.post(f"/organise/{event.public_id}/{where}", data, status=404)
        assert page.heading == "This was not saved", where
        assert "that you may not change any more. Nothing is changed." in page.text
        assert all(value in page.text for name, value in data.items() if name != "submit"), where
    unknown = reader.post("/organise/unknown/setup", FORMS["setup"], status=404)
    assert unknown.heading == "This was not saved", "an event that they have no part in reads as none"


def test_what_an_attendee_typed_who_was_taken_off_the_list_meanwhile_is_there_to_copy(
    browser: Open, make: Any
) -> None:
    event = make.event("The day")
    row = make.registration(event)
    make.registration(make.event("Another day"), row.person)
    reader = browser(row.person)
    with make.database.writing() as session:
        session.delete(session.get_one(Registration, row.id))
    where = f"/events/{event.public_id}/profile/about"
    page = reader.post(where, {"bio": "I measure peat", "shown_from": "signs", "do": "finish"}, status=404)
    assert "Copy what you still need: Bio I measure peat" in page.text
    assert reader.get(where, status=404).heading == "Page not found"
