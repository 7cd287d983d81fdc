"""The profile in three steps: lists grow without JavaScript, nothing typed is lost, each step is kept by itself."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState
from matchmaker.services.people import fill_profile
from matchmaker.services.suggestions import refresh_lists
from matchmaker.store import jobs
from matchmaker.store.base import now
from matchmaker.store.catalogue import topics
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions import suggestions


@pytest.fixture
def hall(make: Any) -> Any:
    event = make.event(rounds=2)
    amara, ben = make.person("Amara Okafor"), make.person("Ben Reed")
    row = make.registration(event, amara)
    make.registration(event, ben, bio="Ben knows peat", offers="peat depth maps")
    peat, soil = make.dataset("Peat Depth", "Natural England"), make.dataset("Soil Map")
    make.contribution(ben, soil, "maintained")
    return SimpleNamespace(
        event=event, amara=amara, ben=ben, row=row, peat=peat, soil=soil,
        path=f"/events/{event.public_id}/profile",
        datasets=f"/events/{event.public_id}/profile/datasets",
        about=f"/events/{event.public_id}/profile/about",
        seen=f"/events/{event.public_id}/profile/seen",
    )  # fmt: skip


def line(number: int, dataset: Any, standing: str) -> dict[str, str]:
    return {
        f"links-{number}-dataset": dataset.public_id,
        f"links-{number}-title": dataset.title,
        f"links-{number}-standing": standing,
    }


def links(database: Database, person: Any) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(one.title, one.standing) for one in fill_profile.links(session, person.id)]


def test_everything_told_is_kept_and_shown_as_others_see_it(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    first = {
        "offers": "reading consents",
        "needs": "somebody with sewer maps",
        "topics-0": "Rivers",
        "new_topic": "  Water   quality ",
    }
    second = {**line(0, hall.peat, "stuck"), **line(1, hall.soil, "curated")}
    third = {
        "pronouns": "she/her",
        "job_title": "Data officer",
        "organisation": "Environment Agency",
        "team": "Water",
        "bio": "  I look after the register of rivers. ",
        "arrives": "9.30am",
        "leaves": "15:00",
        "step_free": "y",
        "large_print": "y",
        "trio_ok": "y",
    }
    assert amara.post(hall.path, {**first, "do": "save"}).location == hall.datasets
    assert amara.post(hall.datasets, {**second, "do": "save"}).location == hall.about
    page = amara.follow(hall.about, {**third, "do": "finish"})
    assert page.heading == "How others see you"
    assert "Your profile is saved" in page.text
    seen = page.text[page.text.index("This is what you have saved") :]
    assert (
        "Amara Okafor (she/her) Data officer, Environment Agency I look after the register of rivers." in seen
    )
    assert "Topics Rivers, Water quality" in seen
    assert "Works with Peat Depth : is stuck on it" in seen
    with sqlite.reading() as session:
        row = session.get_one(Registration, hall.row.id)
        assert (row.person.job_title, row.team, row.bio) == (
            "Data officer", "Water", "I look after the register of rivers.",
        )  # fmt: skip
        assert (str(row.arrives), str(row.leaves)) == ("09:30:00", "15:00:00")
        assert (row.step_free, row.quiet, row.large_print, row.trio_ok) == (True, False, True, True)
        assert [topic.name for topic in row.topics] == ["Rivers", "Water quality"]
        assert row.profile_saved_at is not None
        claim = contributions.of_person(session, hall.amara.id)
        assert [(one.role, one.state, one.declared_by_id) for one in claim] == [
            ("curated", ContributionState.CLAIMED, hall.amara.id)
        ]
        assert len(contributions.of_person(session, hall.ben.id)) == 1


def test_everything_is_optional_what_one_does_with_a_dataset_too(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    assert "everything is optional" in amara.get(hall.path).text
    for step in (hall.path, hall.datasets, hall.about):
        amara.post(step, {"do": "save"})
    amara.post(hall.datasets, {**line(0, hall.peat, ""), **line(1, hall.peat, ""), "do": "save"})
    assert links(sqlite, hall.amara) == [("Peat Depth", "uses")]
    # Another line that says more is enough.
    amara.post(hall.datasets, {**line(0, hall.peat, ""), **line(1, hall.peat, "curated"), "do": "save"})
    assert links(sqlite, hall.amara) == [("Peat Depth", "curated")]


def test_saving_works_out_suggestions_again(browser: Callable[..., Any], hall: Any, sqlite: Database) -> None:
    browser(hall.amara).post(hall.path, {"needs": "peat depth maps", "do": "save"})
    with sqlite.reading() as session:
        job = jobs.latest(session, hall.event.id, "refresh")
        assert job is not None
        assert job.state == "done"
        found = suggestions.for_person(session, hall.event.id, hall.amara.id)
        assert [one.other_id for one in found] == [hall.ben.id]


def test_a_topic_is_kept_once_it_is_added_with_what_is_typed_beside_it(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara, typed = browser(hall.amara), {"needs": "Peat depth"}

    def press(button: str, **fields: str) -> list[str]:
        page = amara.post(hall.path, {**typed, **fields, "do": button})
        assert page.location == f"{hall.path}#new_topic"
        with sqlite.reading() as session:
            assert session.get_one(Registration, hall.row.id).needs == "Peat depth"
        return re.findall(r'name="topics-\d+" type="hidden" value="([^"]+)"', amara.get(hall.path).html)

    assert press("add-topic", new_topic="Rivers") == ["Rivers"]
    kept = {"topics-0": "Rivers"}
    assert press("enter", **kept, new_topic="Soil") == ["Rivers", "Soil"]
    kept |= {"topics-1": "Soil"}
    assert press("add-topic", **kept, new_topic=" rivers") == ["Rivers", "Soil"]
    assert press("remove-topic:Rivers", **kept) == ["Soil"]


def test_topics_of_others_at_the_event_are_offered_and_none_of_another_event(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    elsewhere = make.registration(make.event())
    with sqlite.writing() as session:
        ben = session.scalars(select(Registration).where(Registration.person_id == hall.ben.id)).one()
        for row, name in ((ben, "Peat"), (session.get_one(Registration, elsewhere.id), "Otters")):
            row.topics.append(topics.find_or_add(session, name))
    page = browser(hall.amara).get(hall.path)
    assert re.findall(r'<option value="(\w+)">', page.html) == ["Peat"]


def test_a_dataset_is_found_added_and_given_a_role(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    found = amara.post(hall.datasets, {"words": "natural peat", "do": "search"}, status=200)
    assert "Peat Depth Natural England" in found.text
    assert "Soil Map" not in found.text
    button = f"add-dataset:{hall.peat.public_id}"
    assert f'value="{button}"' in found.html
    added = amara.post(hall.datasets, {**line(0, hall.soil, "stuck"), "words": "peat", "do": button})
    assert added.location == f"{hall.datasets}#links-0-standing"
    assert sorted(links(sqlite, hall.amara)) == [("Peat Depth", "uses"), ("Soil Map", "stuck")]
    refused = amara.post(hall.datasets, {**line(0, hall.peat, "owns"), "do": "save"}, status=422)
    assert "Choose what you have to do with Peat Depth" in refused.text
    assert 'href="#links-0-standing"' in refused.html
    gone = amara.post(
        hall.datasets,
        {
            **line(0, hall.soil, "stuck"),
            **line(1, hall.peat, ""),
            "words": "bog",
            "do": "remove-dataset:0",
        },
    )
    assert gone.location == f"{hall.datasets}?words=bog#words"
    assert links(sqlite, hall.amara) == [("Peat Depth", "uses")]


@pytest.mark.parametrize("button", ["save", "finish"])
def test_a_dataset_that_was_typed_and_not_added_is_not_lost_without_a_word(
    browser: Callable[..., Any], hall: Any, sqlite: Database, button: str
) -> None:
    sent = {**line(0, hall.soil, "uses"), "words": "Peat", "do": button}
    page = browser(hall.amara).post(hall.datasets, sent, status=422)
    assert "“Peat” is not in your list yet. Add what fits of those found" in page.text
    assert f'value="add-dataset:{hall.peat.public_id}"' in page.html
    assert links(sqlite, hall.amara) == []


def test_datasets_are_found_while_one_types_and_nothing_is_kept(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    page = amara.get(f"{hall.datasets}?words=natural  PEAT")
    assert "Peat Depth Natural England" in page.text
    assert "Soil Map" not in page.text
    assert f'value="add-dataset:{hall.peat.public_id}"' in page.html
    assert f'data-hx-get="{hall.datasets}"' in page.html
    assert "No dataset is listed with these words" in amara.get(f"{hall.datasets}?words=zeppelin").text
    for blank in (hall.datasets, f"{hall.datasets}?words=+"):
        assert '<div id="found">' in amara.get(blank).html
    assert links(sqlite, hall.amara) == []


def test_a_dataset_no_catalogue_lists_is_added_by_its_title_once(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    nothing = amara.post(hall.datasets, {"words": "Bog Diaries", "do": "search"}, status=200)
    assert "No dataset is listed with these words" in nothing.text
    asked = amara.post(hall.datasets, {"words": "Bog  Diaries", "do": "ask-new"}, status=200)
    assert "of no publisher, will be listed for everybody." in asked.text
    assert 'name="links-0-title"' not in asked.html
    made = amara.post(hall.datasets, {"words": "Bog  Diaries", "do": "add-new"})
    assert made.location == f"{hall.datasets}#links-0-standing"
    assert links(sqlite, hall.amara) == [("Bog Diaries", "uses")]
    new = {"links-0-dataset": "", "links-0-title": "Bog Diaries", "links-0-standing": "collected"}
    for person in (hall.amara, hall.ben):
        browser(person).post(hall.datasets, {**new, "do": "save"})
    with sqlite.reading() as session:
        made = session.scalars(select(Dataset).where(Dataset.title_key == "bog diaries")).one()
        assert (made.source, made.added_by_id) == ("people", hall.amara.id)
        assert len(contributions.of_datasets(session, [made.id])) == 2


def test_what_is_taken_off_the_list_goes_and_what_was_thanked_for_is_hidden(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    claimed = make.contribution(hall.amara, hall.soil, "checked", state=ContributionState.CLAIMED)
    thanked = make.contribution(hall.amara, hall.peat, "curated", state=ContributionState.CLAIMED)
    make.endorsement(hall.event, hall.ben, thanked)
    other = make.contribution(hall.amara, hall.soil, "other", role_text="drew it")
    make.add(
        Use(person_id=hall.amara.id, dataset_id=hall.soil.id, kind=UseKind.USES),
        Use(person_id=hall.ben.id, dataset_id=hall.soil.id, kind=UseKind.USES),
    )
    amara = browser(hall.amara)
    amara.post(hall.datasets, {**line(0, hall.soil, "stuck"), "do": "save"})
    with sqlite.reading() as session:
        left = {one.id: one.state for one in contributions.of_person(session, hall.amara.id)}
        assert left == {thanked.id: ContributionState.HIDDEN, other.id: ContributionState.ACCEPTED}
        uses = contributions.uses_of_people(session, [hall.amara.id, hall.ben.id])
        assert [(one.person_id, one.kind) for one in uses] == [
            (hall.amara.id, UseKind.STUCK),
            (hall.ben.id, UseKind.USES),
        ]
    amara.post(hall.datasets, {**line(0, hall.peat, "curated"), "do": "save"})
    with sqlite.reading() as session:
        again = contributions.by_public_id(session, thanked.public_id)
        assert again is not None
        assert again.state is ContributionState.ACCEPTED
    assert claimed.id != thanked.id


@pytest.mark.parametrize(
    ("step", "data", "message"),
    [
        ("about", {"arrives": "soon"}, "Enter the time you arrive, for example 9.30am or 14:00"),
        (
            "about",
            {"arrives": "2pm", "leaves": "1pm"},
            "The time you leave must be after the time you arrive",
        ),
        (
            "about",
            {"leaves": "10am"},
            "The first round begins at 10am. Enter a later time, or leave it empty",
        ),
        (
            "about",
            {"arrives": "10.50am"},
            "The last round ends at 10.50am. Enter an earlier time, or leave it",
        ),
        ("about", {"bio": "x" * 2001}, "What you work on must be 2,000 characters or fewer"),
        (
            "datasets",
            {"links-0-dataset": "", "links-0-standing": "uses"},
            "Remove this line and add the dataset again",
        ),
        ("path", {"needs": "x" * 501}, "What you need help with must be 500 characters or fewer"),
        ("path", {"new_topic": "x" * 101}, "A topic must be 100 characters or fewer"),
        ("path", {f"topics-{n}": f"Topic {n}" for n in range(21)}, "Keep at most 20 topics"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(
    browser: Callable[..., Any], hall: Any, sqlite: Database, step: str, data: dict[str, str], message: str
) -> None:
    beside, words = {
        "about": ("team", "Bogs"),
        "datasets": ("links-1-title", "Bogs"),
        "path": ("offers", "Bogs"),
    }[step]
    page = browser(hall.amara).post(getattr(hall, step), {beside: words, **data, "do": "finish"}, status=422)
    assert message in page.text
    assert "There is a problem" in page.text
    assert words in page.html
    assert all(value in page.html for value in data.values())
    with sqlite.reading() as session:
        row = registrations.of_person(session, hall.event.id, hall.amara.id)
        assert row is not None
        assert (row.team, row.offers, row.profile_saved_at) == ("", "", None)


def test_two_uses_of_one_dataset_are_one_too_many(browser: Callable[..., Any], hall: Any) -> None:
    both = {**line(0, hall.peat, "uses"), **line(1, hall.peat, "stuck")}
    page = browser(hall.amara).post(hall.datasets, {**both, "do": "save"}, status=422)
    assert "Choose one: you use Peat Depth, want to use it, or are stuck on it" in page.text
    fine = {**line(0, hall.peat, "maintained"), **line(1, hall.peat, "stuck"), **line(2, hall.peat, "stuck")}
    browser(hall.amara).post(hall.datasets, {**fine, "do": "save"})


@pytest.mark.parametrize(
    ("step", "typed", "status", "expected"),
    [
        ("datasets", {"words": "peat"}, 200, "Add what fits"),
        ("datasets", {}, 303, ""),
        ("path", {"new_topic": "Soil"}, 303, ""),
        ("path", {"needs": "Peat"}, 303, ""),
        ("about", {"bio": "Peat"}, 303, ""),
    ],
)
def test_the_enter_key_does_what_the_field_is_for(
    browser: Callable[..., Any], hall: Any, step: str, typed: dict[str, str], status: int, expected: str
) -> None:
    page = browser(hall.amara).post(getattr(hall, step), {**typed, "do": "enter"}, status=status)
    assert expected in page.text


def test_saving_one_step_never_touches_what_the_others_hold(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    everything = {
        "path": {"needs": "Sewer maps", "topics-0": "Rivers"},
        "datasets": line(0, hall.peat, "stuck"),
        "about": {"bio": "I look after rivers.", "team": "Water", "arrives": "9.30am", "quiet": "y"},
    }
    for step, said in everything.items():
        amara.post(getattr(hall, step), {**said, "do": "save"})
    # A step that is sent with fields of the others, or with nothing at all, changes its own alone.
    foreign = {
        "needs": "",
        "topics-0": "Other",
        "bio": "",
        "team": "",
        "arrives": "",
        **line(0, hall.soil, "uses"),
    }
    own = {
        "path": ("needs", "topics-0"),
        "datasets": tuple(line(0, hall.soil, "")),
        "about": ("bio", "team", "arrives"),
    }
    for step, said in everything.items():
        others = {name: value for name, value in foreign.items() if name not in own[step]}
        amara.post(getattr(hall, step), {**others, **said, "do": "save"})
    assert links(sqlite, hall.amara) == [("Peat Depth", "stuck")]
    with sqlite.reading() as session:
        row = session.get_one(Registration, hall.row.id)
        assert [topic.name for topic in row.topics] == ["Rivers"]
        assert (row.needs, row.bio, row.team, str(row.arrives), row.quiet) == (
            "Sewer maps", "I look after rivers.", "Water", "09:30:00", True,
        )  # fmt: skip


def test_each_step_is_reached_from_each_and_says_what_is_done(browser: Callable[..., Any], hall: Any) -> None:
    amara = browser(hall.amara)
    # What a list of attendees brings is nothing that the attendee has done.
    amara.post(hall.about, {"organisation": "Environment Agency", "team": "Water", "do": "save"})
    amara.post(hall.datasets, {**line(0, hall.peat, ""), "do": "save"})
    for page in (hall.path, hall.datasets, hall.about, hall.seen):
        shown = amara.get(page)
        for key, step in (("help", hall.path), ("datasets", hall.datasets), ("about", hall.about)):
            # A page with a form leads on by buttons of the form, which keep what is typed in it.
            led = f'href="{step}"' if page == hall.seen else f'value="go:{key}"'
            assert page == step or led in shown.html
        assert page == hall.seen or 'value="go:seen"' in shown.html
        assert shown.html.count('aria-current="step"') == (page != hall.seen)
        plain = shown.text.replace("Save and go to ", "")
        assert "Help Datasets (done) About me" in plain


def test_each_step_leads_to_the_next_or_to_the_end(browser: Callable[..., Any], hall: Any) -> None:
    amara = browser(hall.amara)
    assert [amara.post(one, {"do": "save"}).location for one in (hall.path, hall.datasets, hall.about)] == [
        hall.datasets, hall.about, hall.seen,
    ]  # fmt: skip
    for one in (hall.path, hall.datasets, hall.about):
        assert amara.post(one, {"do": "finish"}).location == hall.seen


def test_after_a_step_it_says_whom_the_profile_has_found_and_why(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    noise = make.registration(make.event())
    make.contribution(noise.person, hall.peat, "built")
    amara = browser(hall.amara)
    assert "already found you" not in amara.get(hall.about).text
    page = amara.follow(hall.datasets, {**line(0, hall.soil, "stuck"), "do": "save"})
    said = "What is in your profile has already found you Ben Reed . Ben keeps the Soil Map up to date."
    assert said in page.text
    assert f'href="/people/{hall.ben.public_id}"' in page.html
    assert "already found you Ben Reed . " in amara.get(hall.seen).text
    # What was worked out before the profile was last saved may tell of something that is no longer in it.
    with sqlite.writing() as session:
        row = session.get_one(Registration, hall.row.id)
        row.profile_saved_at = now() + timedelta(seconds=1)
    assert "already found you" not in amara.get(hall.about).text


def test_while_suggestions_are_worked_out_it_says_only_that(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    with sqlite.writing() as session:
        session.get_one(Registration, hall.row.id).profile_saved_at = now()
        refresh_lists.ask_for(session, hall.event.id, [hall.amara.id], None)
    amara = browser(hall.amara)
    assert "We are looking for people you should meet" in amara.get(hall.about).text
    with sqlite.writing() as session:
        session.get_one(Registration, hall.row.id).suggestible = False
    assert "We are looking for people" not in amara.get(hall.about).text


def test_the_preview_is_what_others_read_on_the_page_word_for_word(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    amara = browser(hall.amara)
    first = {"offers": "Reading consents", "needs": "Sewer maps", "topics-0": "Rivers"}
    amara.post(hall.path, {**first, "do": "save"})
    amara.post(hall.datasets, {**line(0, hall.peat, "stuck"), "do": "save"})
    third = {"bio": "I look after rivers.", "team": "Water", "step_free": "y"}
    amara.post(hall.about, {**third, "do": "save"})
    preview = _block(amara.get(hall.seen).html)
    for words in ("I look after rivers.", "Reading consents", "Sewer maps", "Rivers", "Peat Depth"):
        assert words in preview
    address = f"/people/{hall.amara.public_id}"
    assert _block(amara.get(address).html) == preview
    reader = browser(make.registration(hall.event).person)
    assert _block(reader.get(address).html).replace("They have", "You have") == preview
    assert "Water" not in reader.get(address).text.replace("Water quality", "")
    organiser = browser(make.organiser(hall.event))
    assert _block(organiser.get(address).html) == preview
    # Who was only invited has not read who sees it, so their page shows nothing of their work.
    invited = make.registration(hall.event, state=RegistrationState.INVITED, bio="Said by a list")
    assert "Said by a list" not in reader.get(f"/people/{invited.person.public_id}").text
    # Somebody from another event alone reads nothing of it, and neither does anybody once they have left.
    stranger = browser(make.registration(make.event()).person)
    stranger.get(address, status=404)


def _block(html: str) -> str:
    found = re.search(r'<p class="govuk-body mm-bio mm-lines">.*?</dl>', html, re.S)
    assert found is not None
    return " ".join(found.group(0).split())
