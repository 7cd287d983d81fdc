"""What people need and eat: kept from their profile, counted before there is a plan, and read by organisers alone."""

from collections.abc import Callable
from typing import Any

from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database


def test_what_somebody_says_in_their_profile_is_counted_and_read_by_organisers(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event, other = make.event(), make.event()
    amara = make.registration(event, make.person("Amara"))
    about = f"/events/{event.public_id}/profile/about"
    said = {"access_needs": "Hearing loop", "diet": "Vegetarian, no egg", "large_print": "y", "do": "save"}
    browser(amara.person).post(about, said)
    make.registration(event, make.person("Ben Abel"), diet="Vegan", access_needs="BSL interpreter",
        state=RegistrationState.INVITED)  # fmt: skip
    make.registration(event, make.person("Cy"), diet="vegan please")
    make.registration(event, make.person("Dee"), diet="Halal", quiet=True, state=RegistrationState.DECLINED)
    make.registration(other, make.person("Eve"), diet="Kosher", quiet=True)
    with sqlite.reading() as session:
        kept = session.get_one(Registration, amara.id)
        assert (kept.access_needs, kept.diet) == ("Hearing loop", "Vegetarian, no egg")
    page = browser(make.organiser(event)).get(f"/organise/{event.public_id}/people/needs")
    assert (
        "Ben Abel BSL interpreter (no answer yet) Amara large print; Hearing loop What people eat"
        in page.text
    )
    assert "These are the 2 people who said yes or are here." in page.text
    assert "Vegan 1 Vegetarian, see the list of allergies 1" in page.text
    assert "Allergies and diets, by name Amara Vegetarian, no egg Both lists can be printed once" in page.text
    for name in ("Dee", "Eve", "Kosher", "Halal"):
        assert name not in page.text
    for role in (EventRole.HELPER, EventRole.READER):
        reader = browser(make.organiser(event, role=role))
        reader.get(f"/organise/{event.public_id}/people/needs", status=404)


def test_where_nobody_needs_anything_the_page_says_so(browser: Callable[..., Any], make: Any) -> None:
    event = make.event()
    make.registration(event)
    page = browser(make.organiser(event)).get(f"/organise/{event.public_id}/people/needs").text
    assert "Nobody has said that they need anything" in page
    assert "Nobody has asked for a diet." in page


def test_a_paper_form_keeps_needs_and_a_diet_as_they_are_written(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event = make.event()
    one, other = make.registration(event, make.person("Amara")), make.registration(event, make.person("Ben"))
    organiser = browser(make.organiser(event))
    form = f"/organise/{event.public_id}/people/{one.public_id}/paper"
    organiser.post(form, {"access_needs": "A quiet room near the lift", "diet": "No nuts"})
    with sqlite.reading() as session:
        kept, untouched = (session.get_one(Registration, row.id) for row in (one, other))
        assert (kept.access_needs, kept.diet, kept.quiet) == ("A quiet room near the lift", "No nuts", False)
        assert (untouched.access_needs, untouched.diet) == ("", "")


def test_needs_and_diets_are_searched_and_come_fifty_a_page(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event = make.event()
    for number in range(52):
        make.registration(event, make.person(f"Guest {number:02}"), access_needs="A loop", diet="No nuts")
    where = f"/organise/{event.public_id}/people/needs"
    organiser = browser(make.organiser(event))
    first, second = organiser.get(where).text, organiser.get(f"{where}?page=2&diets=2").text
    assert (first.count("A loop"), first.count("No nuts")) == (50, 50)
    assert (second.count("A loop"), second.count("No nuts")) == (2, 2)
    found = organiser.get(f"{where}?q=guest+07").text
    assert "Guest 07 A loop What people eat These are the 52 people" in found
    assert "Allergies and diets, by name Guest 07 No nuts" in found
    assert "Nobody with “zz” in their name needs anything." in organiser.get(f"{where}?q=zz").text
