"""The profile page: lists grow and shrink without JavaScript, nothing typed is lost, and one button keeps it."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState
from matchmaker.services.people import fill_profile
from matchmaker.store import jobs
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions import suggestions


@pytest.fixture
def hall(make: Any) -> Any:
    event = make.event()
    amara, ben = make.person("Amara Okafor"), make.person("Ben Reed")
    row = make.registration(event, amara)
    make.registration(event, ben, bio="Ben knows peat", offers="peat depth maps")
    peat, soil = make.dataset("Peat Depth", "Natural England"), make.dataset("Soil Map")
    make.contribution(ben, soil, "built")
    return SimpleNamespace(
        event=event, amara=amara, ben=ben, row=row, peat=peat, soil=soil,
        path=f"/events/{event.public_id}/profile",
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
    page = amara.follow(
        hall.path,
        {
            "pronouns": "she/her",
            "job_title": "Data officer",
            "organisation": "Environment Agency",
            "team": "Water",
            "bio": "  I look after the register of rivers. ",
            "offers": "reading consents",
            "needs": "somebody with sewer maps",
            "topics-0": "Rivers",
            "new_topic": "  Water   quality ",
            **line(0, hall.peat, "stuck"),
            **line(1, hall.soil, "curated"),
            "arrives": "9.30am",
            "leaves": "15:00",
            "step_free": "y",
            "large_print": "y",
            "trio_ok": "y",
            "do": "save",
        },
    )
    assert "Your profile is saved" in page.text
    seen = page.text[page.text.index("How others see you") :]
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
    assert "Everything" in amara.get(hall.path).text or "everything" in amara.get(hall.path).text
    amara.post(hall.path, {"do": "save"})
    amara.post(hall.path, {**line(0, hall.peat, ""), **line(1, hall.peat, ""), "do": "save"})
    assert links(sqlite, hall.amara) == [("Peat Depth", "uses")]
    # Another line that says more is enough.
    amara.post(hall.path, {**line(0, hall.peat, ""), **line(1, hall.peat, "curated"), "do": "save"})
    assert links(sqlite, hall.amara) == [("Peat Depth", "curated")]


def test_saving_works_out_suggestions_again(browser: Callable[..., Any], hall: Any, sqlite: Database) -> None:
    browser(hall.amara).post(hall.path, {"bio": "peat", "needs": "peat depth maps", "do": "save"})
    with sqlite.reading() as session:
        job = jobs.latest(session, hall.event.id, "refresh")
        assert job is not None
        assert job.state == "done"
        found = suggestions.for_person(session, hall.event.id, hall.amara.id)
        assert [one.other_id for one in found] == [hall.ben.id]


def test_a_topic_is_added_and_removed_on_the_page_and_kept_only_when_saved(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    typed = {"bio": "typed but not saved", "topics-0": "Rivers"}
    added = amara.post(hall.path, {**typed, "new_topic": "Soil", "do": "add-topic"}, status=200)
    assert 'name="topics-1"' in added.html
    assert 'value="Soil"' in added.html
    assert "typed but not saved" in added.html
    same = amara.post(hall.path, {**typed, "new_topic": " rivers", "do": "add-topic"}, status=200)
    assert 'name="topics-1"' not in same.html
    removed = amara.post(hall.path, {**typed, "topics-1": "Soil", "do": "remove-topic:Rivers"}, status=200)
    assert 'value="Soil"' in removed.html
    assert 'value="Rivers"' not in removed.html
    assert 'name="topics-1"' not in removed.html
    with sqlite.reading() as session:
        assert session.get_one(Registration, hall.row.id).bio == ""


def test_a_dataset_is_found_added_and_given_a_role(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    found = amara.post(hall.path, {"words": "natural peat", "do": "search"}, status=200)
    assert "Peat Depth Natural England" in found.text
    assert "Soil Map" not in found.text
    button = f"add-dataset:{hall.peat.public_id}"
    assert f'value="{button}"' in found.html
    added = amara.post(hall.path, {**line(0, hall.soil, "uses"), "words": "peat", "do": button}, status=200)
    assert f'name="links-1-dataset" type="hidden" value="{hall.peat.public_id}"' in added.html
    refused = amara.post(hall.path, {**line(0, hall.peat, "owns"), "do": "save"}, status=422)
    assert "Choose what you have to do with Peat Depth" in refused.text
    assert 'href="#links-0-standing"' in refused.html
    assert links(sqlite, hall.amara) == []
    gone = amara.post(
        hall.path,
        {**line(0, hall.soil, "uses"), **line(1, hall.peat, ""), "do": "remove-dataset:0"},
        status=200,
    )
    assert f'name="links-0-dataset" type="hidden" value="{hall.peat.public_id}"' in gone.html


def test_datasets_are_found_while_one_types_and_nothing_is_kept(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    page = amara.get(f"{hall.path}?words=natural  PEAT")
    assert "Peat Depth Natural England" in page.text
    assert "Soil Map" not in page.text
    assert f'value="add-dataset:{hall.peat.public_id}"' in page.html
    assert f'data-hx-get="{hall.path}"' in page.html
    assert "No dataset is listed with these words" in amara.get(f"{hall.path}?words=zeppelin").text
    for blank in (hall.path, f"{hall.path}?words=+"):
        assert '<div id="found">' in amara.get(blank).html
    assert links(sqlite, hall.amara) == []


def test_a_dataset_no_catalogue_lists_is_added_by_its_title_once(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    nothing = amara.post(hall.path, {"words": "Bog Diaries", "do": "search"}, status=200)
    assert "No dataset is listed with these words" in nothing.text
    asked = amara.post(hall.path, {"words": "Bog  Diaries", "do": "ask-new"}, status=200)
    assert "of no publisher, will be listed for everybody once you save" in asked.text
    assert 'name="links-0-title"' not in asked.html
    added = amara.post(hall.path, {"words": "Bog  Diaries", "do": "add-new"}, status=200)
    assert 'value="Bog Diaries"' in added.html
    new = {"links-0-dataset": "", "links-0-title": "Bog Diaries", "links-0-standing": "collected"}
    for person in (hall.amara, hall.ben):
        browser(person).post(hall.path, {**new, "do": "save"})
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
    amara.post(hall.path, {**line(0, hall.soil, "stuck"), "do": "save"})
    with sqlite.reading() as session:
        left = {one.id: one.state for one in contributions.of_person(session, hall.amara.id)}
        assert left == {thanked.id: ContributionState.HIDDEN, other.id: ContributionState.ACCEPTED}
        uses = contributions.uses_of_people(session, [hall.amara.id, hall.ben.id])
        assert [(one.person_id, one.kind) for one in uses] == [
            (hall.amara.id, UseKind.STUCK),
            (hall.ben.id, UseKind.USES),
        ]
    amara.post(hall.path, {**line(0, hall.peat, "curated"), "do": "save"})
    with sqlite.reading() as session:
        again = contributions.by_public_id(session, thanked.public_id)
        assert again is not None
        assert again.state is ContributionState.ACCEPTED
    assert claimed.id != thanked.id


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"arrives": "soon"}, "Enter the time you arrive, for example 9.30am or 14:00"),
        ({"arrives": "2pm", "leaves": "1pm"}, "The time you leave must be after the time you arrive"),
        ({"links-0-dataset": "", "links-0-standing": "uses"}, "Remove this line and add the dataset again"),
        ({"bio": "x" * 2001}, "What you work on must be 2,000 characters or fewer"),
        ({"new_topic": "x" * 101}, "A topic must be 100 characters or fewer"),
        ({f"topics-{n}": f"Topic {n}" for n in range(21)}, "Keep at most 20 topics"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(
    browser: Callable[..., Any], hall: Any, sqlite: Database, data: dict[str, str], message: str
) -> None:
    page = browser(hall.amara).post(hall.path, {"team": "Bogs", **data, "do": "save"}, status=422)
    assert message in page.text
    assert "There is a problem" in page.text
    assert 'value="Bogs"' in page.html
    assert all(value in page.html for value in data.values())
    with sqlite.reading() as session:
        row = registrations.of_person(session, hall.event.id, hall.amara.id)
        assert row is not None
        assert row.team == ""


def test_two_uses_of_one_dataset_are_one_too_many(browser: Callable[..., Any], hall: Any) -> None:
    both = {**line(0, hall.peat, "uses"), **line(1, hall.peat, "stuck")}
    page = browser(hall.amara).post(hall.path, {**both, "do": "save"}, status=422)
    assert "Choose one: you use Peat Depth, want to use it, or are stuck on it" in page.text
    fine = {**line(0, hall.peat, "maintained"), **line(1, hall.peat, "stuck"), **line(2, hall.peat, "stuck")}
    browser(hall.amara).post(hall.path, {**fine, "do": "save"})


@pytest.mark.parametrize(
    ("typed", "status", "expected"),
    [
        ({"words": "peat"}, 200, "Add what fits"),
        ({"new_topic": "Soil"}, 200, "Remove Soil"),
        ({"bio": "Peat"}, 303, ""),
    ],
)
def test_the_enter_key_does_what_the_field_is_for(
    browser: Callable[..., Any], hall: Any, typed: dict[str, str], status: int, expected: str
) -> None:
    page = browser(hall.amara).post(hall.path, {**typed, "do": "enter"}, status=status)
    assert expected in page.text


def test_the_preview_is_what_others_read_on_the_page_word_for_word(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    amara = browser(hall.amara)
    amara.post(
        hall.path,
        {
            "bio": "I look after rivers.", "offers": "Reading consents", "needs": "Sewer maps", "topics-0": "Rivers",
            "team": "Water", "step_free": "y", **line(0, hall.peat, "stuck"), "do": "save",
        },
    )  # fmt: skip
    preview = _block(amara.get(hall.path).html)
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
    found = re.search(r'<p class="govuk-body mm-bio">.*?</dl>', html, re.S)
    assert found is not None
    return " ".join(found.group(0).split())
