"""Without JavaScript nothing typed is lost by looking elsewhere: ways on and searches are part of the form."""

from collections.abc import Callable
from typing import Any

import html5lib
import pytest

from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database
from matchmaker.web.paging import MOST_CHOICES

Open = Callable[..., Any]


def test_a_step_of_the_profile_keeps_what_is_typed_when_another_is_opened(
    browser: Open, make: Any, sqlite: Database
) -> None:
    row = make.registration(make.event())
    one, profile = browser(row.person), f"/events/{row.event_id and _event(sqlite, row).public_id}/profile"
    page = one.get(profile)
    assert [f'value="go:{key}"' in page.html for key in ("help", "datasets", "about", "seen")] == [
        False,
        True,
        True,
        True,
    ]
    steps = {"datasets": "/datasets", "about": "/about", "seen": "/seen", "nowhere": "/seen"}
    for key, there in steps.items():
        said = f"Sewer maps, {key}"
        answer = one.post(profile, {"needs": said, "new_topic": "peat", "do": f"go:{key}"})
        assert answer.location == f"{profile}{there}"
        assert _kept(sqlite, row) == (said, ["peat"])
    assert "Your profile is saved" in one.get(answer.location).text


def test_only_looking_at_another_step_saves_nothing(browser: Open, make: Any, sqlite: Database) -> None:
    row = make.registration(make.event(), needs="Sewer maps")
    one, profile = browser(row.person), f"/events/{_event(sqlite, row).public_id}/profile"
    answer = one.post(profile, {"needs": "Sewer maps", "do": "go:about"})
    assert answer.location == f"{profile}/about"
    assert "saved" not in one.get(answer.location).text
    with sqlite.reading() as session:
        assert session.get_one(Registration, row.id).profile_saved_at is None


def test_what_cannot_be_kept_is_said_before_another_step_is_opened(
    browser: Open, make: Any, sqlite: Database
) -> None:
    row = make.registration(make.event())
    one, profile = browser(row.person), f"/events/{_event(sqlite, row).public_id}/profile"
    page = one.post(profile, {"needs": "x" * 501, "do": "go:about"}, status=422)
    assert "What you need help with must be 500 characters or fewer" in page.text
    page = one.post(f"{profile}/datasets", {"words": "Soil", "do": "go:about"}, status=422)
    assert "“Soil” is not in your list yet" in page.text


def test_the_ways_on_from_set_up_save_what_is_typed_there(browser: Open, make: Any, sqlite: Database) -> None:
    event = make.event("Field Notes", zone="Europe/London")
    organiser, setup = browser(make.organiser(event)), f"/organise/{event.public_id}/setup"
    page = organiser.get(setup)
    typed = _typed(page.html)
    for place in ("rounds", "tables", "topics", "exclusions", "places", "organisers", "sealed"):
        go = "event_organisers" if place == "organisers" else place
        assert f'name="go" value="{go}"' in page.html
        answer = organiser.post(setup, {**typed, "go": go})
        assert answer.location == f"/organise/{event.public_id}/{place}"
        assert "is saved" not in organiser.get(answer.location).text
    answer = organiser.post(setup, {**typed, "name": "Field Notes 2027", "go": "rounds"})
    assert answer.location == f"/organise/{event.public_id}/rounds"
    assert "The set-up is saved" in organiser.get(answer.location).text
    with sqlite.reading() as session:
        assert session.get_one(Event, event.id).name == "Field Notes 2027"
    assert organiser.post(setup, {**typed, "name": "", "go": "rounds"}, status=422).heading == "Set-up"
    another = organiser.post(setup, {**typed, "name": "Field Notes 2027", "go": "another"})
    assert another.location == f"/new-event?like={event.public_id}"
    assert organiser.post(setup, {**typed, "name": "Field Notes 2027", "go": "//x.example"}).location == setup


@pytest.fixture
def crowd(make: Any) -> Any:
    event = make.event()
    for number in range(MOST_CHOICES):
        make.registration(event, make.person(f"Noise {number:03}"))
    make.registration(event, make.person("Ada Reed"))
    return event


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("exclusions", {"reason": "Line manager"}),
        ("topics/add", {"title": "Peat", "about": "How deep it is."}),
    ],
)
def test_finding_people_leaves_what_is_typed_beside_the_search(
    browser: Open, make: Any, crowd: Any, page: str, typed: dict[str, str]
) -> None:
    organiser, address = browser(make.organiser(crowd)), f"/organise/{crowd.public_id}/{page}"
    for pressed in ({"do": "find"}, {"do": "enter", "found": ""}):
        found = organiser.post(address, {**typed, "find": "ada", **pressed}, status=200)
        assert "Ada Reed" in found.text
        assert all(words in found.html for words in typed.values())
        assert "There is a problem" not in found.text
    refused = organiser.post(address, {**typed, "find": "ada", "found": "ada", "do": "enter"}, status=422)
    assert "There is a problem" in refused.text
    assert "Ada Reed" in refused.text


def test_finding_a_colleague_leaves_what_they_did(browser: Open, make: Any, crowd: Any) -> None:
    dataset = make.dataset()
    one = browser(make.registration(crowd).person)
    address = f"/datasets/{dataset.public_id}/name"
    nobody = one.post(
        address, {"role": "other", "role_text": "drew its map", "find": "zzz", "do": "find"}, status=200
    )
    assert "Nobody at your events is found by “zzz”" in nobody.text
    assert 'value="drew its map"' in nobody.html
    found = one.post(
        address, {"role": "other", "role_text": "drew its map", "find": "ada", "do": "find"}, status=200
    )
    assert "Ada Reed" in found.text
    assert 'value="drew its map"' in found.html
    assert 'value="other" checked' in found.html
    assert "Ada Reed" in one.get(f"{address}?find=ada").text


def _event(database: Database, row: Registration) -> Event:
    with database.reading() as session:
        return session.get_one(Event, row.event_id)


def _kept(database: Database, row: Registration) -> tuple[str, list[str]]:
    with database.reading() as session:
        kept = session.get_one(Registration, row.id)
        return kept.needs, [topic.name for topic in kept.topics]


def _typed(html: str) -> dict[str, Any]:
    """Return what a browser would send of the form of set-up as it is shown."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    form = tree.find(".//form[@id='setup']")
    assert form is not None
    sent: dict[str, list[str]] = {}
    for field in form.iter():
        name, kind = field.get("name"), field.get("type")
        if (
            not name
            or field.tag == "button"
            or (kind in ("radio", "checkbox") and field.get("checked") is None)
        ):
            continue
        if field.tag == "select":
            chosen = [one.get("value") for one in field.iter("option") if one.get("selected") is not None]
            sent.setdefault(name, []).append(chosen[0] if chosen else "")
        elif field.tag == "textarea":
            sent.setdefault(name, []).append(field.text or "")
        elif field.tag == "input" and name != "csrf_token":
            sent.setdefault(name, []).append(field.get("value") or "")
    return sent
