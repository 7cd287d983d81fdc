"""The list of datasets and the page of one: search, pages, label, claims, naming, uses."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion
from tests.whole_words import says


@pytest.fixture
def hall(make: Any) -> Any:
    """An event with Ada and Ben, and noise: another event, another dataset with its own credits."""

    class Hall:
        event = make.event("Data Together")
        ada = make.registration(event, make.person("Ada", organisation="Water Office")).person
        ben = make.registration(event, make.person("Ben", organisation="Soil Office")).person
        dataset = make.dataset("River levels", "Water Office", url="https://data.example/rivers")

    elsewhere = make.event("Elsewhere")
    noise = make.registration(elsewhere, make.person("Noise")).person
    make.contribution(noise, make.dataset("Noise levels", "Noise Office"), "checked")
    return Hall


def path(dataset: Dataset, rest: str = "") -> str:
    return f"/datasets/{dataset.public_id}{rest}"


def rows(database: Database, kind: Any) -> list[Any]:
    with database.reading() as session:
        return list(session.scalars(select(kind).order_by(kind.id)))


# The list


def test_who_may_bring_in_a_catalogue_is_led_to_it_from_the_empty_list(
    browser: Callable[..., Any], make: Any
) -> None:
    event, elsewhere = make.event(), make.event()
    make.registration(elsewhere, ada := make.person("Ada"))
    helper = make.organiser(event, make.person("Helper"), role=EventRole.HELPER)
    way = f'href="/organise/{event.public_id}/imports/catalogue"'
    assert way in browser(make.organiser(event)).get("/datasets").html
    for one in (ada, helper):
        page = browser(one).get("/datasets")
        assert "The organiser has not brought in a catalogue yet" in page.text
        assert "imports/catalogue" not in page.html


def test_where_there_are_datasets_and_no_two_share_a_subject_the_page_of_subjects_says_so(
    browser: Callable[..., Any], make: Any
) -> None:
    make.registration(make.event(), ada := make.person("Ada"))
    reader = browser(ada)
    for page in ("subjects", "publishers"):
        assert "has not brought in a catalogue yet" in reader.get(f"/datasets/{page}").text
    make.dataset("Peat depth")
    assert "No two datasets share a subject yet." in reader.get("/datasets/subjects").text
    assert "has not brought in a catalogue yet" not in reader.get("/datasets/publishers").text


def test_the_page_opens_on_ones_own_datasets_whom_to_thank_and_what_is_most_wanted(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    one = browser(hall.ada)
    empty = one.get("/datasets")
    assert "Datasets you make, use or are stuck on will be here" in empty.text
    assert "See all 2 datasets" in empty.text
    assert "People you could thank" not in empty.text
    make.contribution(hall.ada, make.dataset("Tides"), "checked")
    make.add(Use(person_id=hall.ada.id, dataset_id=hall.dataset.id, kind=UseKind.STUCK))
    make.contribution(hall.ben, hall.dataset, "cleared")
    lost = make.dataset("Lost maps")
    make.add(Use(person_id=hall.ben.id, dataset_id=lost.id, kind=UseKind.WANTS))
    page = one.get("/datasets")
    assert page.headings == [
        "Datasets", "Your datasets", "People you could thank", "Most wanted without a name",
    ]  # fmt: skip
    assert "River levels You are stuck on it Tides Checked its quality" in page.text
    assert "Thank Ben for River levels Ben cleared River levels for release" in page.text
    assert "Lost maps 1 person has something to do with it." in page.text
    assert "Noise levels" not in page.text
    assert "Noise levels" in one.get("/datasets?page=1").text


def test_the_list_says_who_is_named_or_asks(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    make.contribution(hall.ben, hall.dataset, "curated")
    make.contribution(hall.ben, hall.dataset, "checked", state=ContributionState.CLAIMED)
    make.contribution(hall.ada, hall.dataset, "published", state=ContributionState.CLAIMED)
    make.contribution(make.person(), hall.dataset, "built", state=ContributionState.AWAITING)
    make.contribution(make.person(), hall.dataset, "built", state=ContributionState.HIDDEN)
    make.contribution(make.person(), hall.dataset, "built", state=ContributionState.DECLINED)
    make.contribution(hall.ada, make.dataset("Own words"), "built", state=ContributionState.CLAIMED)
    make.dataset("Empty shelf", in_last_import=False)
    page = browser(hall.ada).get("/datasets?page=1")
    assert "River levels Water Office 1 person named" in page.text
    assert "Own words Publisher not known 1 person says they worked on it. Thank them" in page.text
    assert "Noise levels Noise Office 1 person named" in page.text
    gone = "Empty shelf Publisher not known. Not in the last import Nobody is named yet. Do you know who?"
    assert gone in page.text
    assert "4 datasets" in page.text


@pytest.mark.parametrize("words", ["river", "LEVELS  water", "water office"])
def test_what_has_every_word_of_a_search_comes_first(
    browser: Callable[..., Any], hall: Any, words: str
) -> None:
    page = browser(hall.ada).get(f"/datasets?q={words}")
    assert "River levels" in page.text
    assert "River levels" in page.text.split("Noise levels")[0]


def test_a_search_without_result_offers_to_add_the_dataset(browser: Callable[..., Any], hall: Any) -> None:
    page = browser(hall.ada).get("/datasets?q=100%25")
    assert "0 datasets with “100%”" in page.text
    assert "/datasets/add?title=100%25" in page.html
    near = browser(hall.ada).get("/datasets?q=river+noise")
    assert "2 datasets that come near “river noise”; none fits all these words" in near.text


def test_the_list_is_browsed_by_publisher_and_subject_with_the_gap(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    make.dataset("Rain gauges", "Water Office", tags=["Rain", "Alone"])
    make.dataset("Rain in Wales", "Met Office", tags=["rain"])
    ada = browser(hall.ada)
    page = ada.get("/datasets/publishers")
    assert "Noise Office It has a name Water Office 0 of 2 have a name" in page.text
    listed = ada.get(re.findall(r'href="(/datasets\?publisher=\d+)"', page.html)[2])
    assert listed.heading == "Datasets of Water Office"
    assert "2 datasets Rain gauges Water Office Nobody" in listed.text
    assert "Noise" not in listed.text
    subjects = ada.get("/datasets/subjects")
    assert "Rain 0 of 2 have a name" in subjects.text
    assert "Alone" not in subjects.text
    assert "2 datasets Rain gauges" in ada.get("/datasets?subject=rain").text
    assert "There are none" in ada.get("/datasets?subject=snow&publisher=999").text


def test_the_board_of_missing_labels_says_how_far_it_is_and_what_is_wanted(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    series = make.dataset("Rain", "Water Office", is_series=True)
    for number in range(7):
        make.dataset(f"Rain {number}", "Water Office", series_id=series.id)
    for number in range(6):
        make.dataset(f"Snow {number}", "Snow Office")
    make.add(Use(person_id=hall.ben.id, dataset_id=hall.dataset.id, kind=UseKind.STUCK))
    page = browser(hall.ada).get("/datasets/without-a-name")
    assert "1 of 15 datasets has a name" in page.text
    wanted = "Water Office 0 of 8 datasets have a name River levels 1 person uses it or wants it I know who"
    assert wanted in page.text
    assert "Rain A series of which 7 datasets have no name I know who worked on Rain Snow Office" in page.text
    assert "Snow 4 I know who worked on Snow 4 See all 6 datasets of Snow Office without a name" in page.text
    assert "Noise" not in page.text
    assert f"/datasets/{series.public_id}/name" in page.html
    rest = browser(hall.ada).get(
        re.findall(r'href="(/datasets\?publisher=\d+&amp;unnamed=yes)"', page.html)[0].replace("&amp;", "&")
    )
    assert rest.heading == "Datasets without a name of Snow Office"
    assert "6 datasets" in rest.text


def test_the_page_of_a_series_lists_its_datasets_which_lead_back(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    series = make.dataset("Rain", "Water Office", is_series=True)
    member = make.dataset("Rain 2020", "Water Office", series_id=series.id)
    credit = make.contribution(hall.ben, series, "collected")
    ada = browser(hall.ada)
    assert "1 dataset in this series" in ada.get(path(series)).text
    page = ada.get(path(member))
    assert "Collected or measured it Ben , Soil Office For the whole series" in page.text
    assert "It is part of the series Rain" in page.text
    assert f"{path(series)}/thank/{hall.ben.public_id}?credit={credit.public_id}" in page.html


def test_a_merged_dataset_is_not_listed_and_leads_to_the_other(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    old = make.dataset("Older levels", merged_into_id=hall.dataset.id)
    oldest = make.dataset("Oldest levels", merged_into_id=old.id)
    reader = browser(hall.ada)
    assert "Older levels" not in reader.get("/datasets?page=1").text
    assert reader.get(path(oldest), status=302).location == path(hall.dataset)


def test_the_list_has_twenty_a_page(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    for number in range(43):
        make.dataset(f"Survey {number:02}")
    reader = browser(hall.ada)
    first = reader.get("/datasets?q=survey")
    assert first.html.count("mm-list__title") == 20
    assert "43 datasets" in first.text
    assert 'href="/datasets?q=survey&amp;page=2"' in first.html
    last = reader.get("/datasets?q=survey&page=3")
    assert last.html.count("mm-list__title") == 3
    for odd in ("99", "x", "-1", "0"):
        reader.get(f"/datasets?q=survey&page={odd}")


def test_the_list_takes_the_same_queries_for_one_dataset_as_for_three(
    browser: Callable[..., Any], hall: Any, make: Any, statements: list[str]
) -> None:
    reader = browser(hall.ada)
    counts = []
    for number in (1, 3):
        for one in range(number):
            dataset = make.dataset(f"Survey {number} {one}", f"Office {number} {one}")
            make.contribution(hall.ben, dataset, "curated")
            make.contribution(make.person(), dataset, "checked")
        statements.clear()
        reader.get(f"/datasets?q=survey {number}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


# The page of one dataset


def test_the_label_names_who_agreed_and_asks_for_the_rest(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    contribution = make.contribution(hall.ben, hall.dataset, "curated")
    make.endorsement(hall.event, hall.ada, contribution, sentence="The rivers finally agree with the maps.")
    page = browser(hall.ada).get(path(hall.dataset))
    assert (
        "Cleaned and structured it Ben , Soil Office Thanked by 1 colleague from 1 organisation" in page.text
    )
    assert "The rivers finally agree with the maps." in page.text
    assert "Who checked it? Do you know?" in page.text
    assert "Who cleaned and structured it?" not in page.text
    assert f'href="/people/{hall.ben.public_id}"' in page.html
    assert "Noise" not in page.text


@pytest.mark.parametrize(
    "state", [ContributionState.AWAITING, ContributionState.HIDDEN, ContributionState.DECLINED]
)
def test_a_credit_without_a_yes_is_on_no_page(
    browser: Callable[..., Any], hall: Any, make: Any, state: ContributionState
) -> None:
    make.contribution(hall.ben, hall.dataset, "curated", state=state)
    organiser = make.organiser(hall.event)
    for reader in (hall.ada, organiser):
        page = browser(reader).get(path(hall.dataset))
        assert "Ben" not in page.text
        assert "Who cleaned and structured it? Do you know?" in page.text
        assert "Nobody is named yet" in browser(reader).get("/datasets?q=river").text
        person = browser(reader).get(f"/people/{hall.ben.public_id}")
        assert "River levels" not in person.text


def test_a_claim_is_shown_as_the_persons_own_words(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    make.contribution(
        hall.ben,
        hall.dataset,
        "checked",
        state=ContributionState.CLAIMED,
        note="every gauge, twice",
        first_year=2019,
    )
    page = browser(hall.ada).get(path(hall.dataset))
    assert "In their own words" in page.text
    assert "Ben Soil Office Checked its quality, since 2019 every gauge, twice" in page.text
    assert (
        "No colleague has named anybody yet. Who says themselves that they worked on it stands below."
        in page.text
    )
    assert "Who checked it?" not in page.text


def test_somebody_who_hides_their_name_is_someone_at_their_organisation(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    shy = make.registration(hall.event, make.person("Shy", organisation="Air Office", show_name=False)).person
    contribution = make.contribution(shy, hall.dataset, "curated")
    make.contribution(shy, hall.dataset, "checked", state=ContributionState.CLAIMED, note="telling note")
    make.endorsement(hall.event, hall.ben, contribution)
    page = browser(hall.ada).get(path(hall.dataset))
    assert "someone at Air Office" in page.text
    for trace in ("Shy", shy.public_id, "telling note"):
        assert not says(page.html, trace)
    assert "No dataset names them for their work." in browser(hall.ada).get(f"/people/{shy.public_id}").text


def test_a_name_is_a_link_only_for_those_who_may_see_the_person(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    make.contribution(hall.ben, hall.dataset, "curated")
    make.answer(hall.event, hall.ben, hall.ada, AnswerKind.BLOCK)
    stranger = make.person("Stranger")
    pages = [browser(reader).get(path(hall.dataset)) for reader in (hall.ada, stranger)]
    for page in pages:
        assert "Ben , Soil Office" in page.text
        assert hall.ben.public_id not in page.html


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (
            "https://data.example/rivers",
            'href="https://data.example/rivers" rel="noopener noreferrer external"',
        ),
        ("javascript:alert(1)", "No web address is known"),
        ("https://good.example@evil.example/", "No web address is known"),
        ("", "No web address is known"),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(
    browser: Callable[..., Any], hall: Any, make: Any, url: str, link: str
) -> None:
    page = browser(hall.ada).get(path(make.dataset("Linked", url=url)))
    assert link in page.html
    assert "javascript" not in page.html


def test_the_page_takes_the_same_queries_for_one_credit_as_for_three(
    browser: Callable[..., Any], hall: Any, make: Any, statements: list[str]
) -> None:
    reader = browser(hall.ada)
    counts = []
    for number in (1, 3):
        dataset = make.dataset(f"Survey {number}", "Office")
        for _ in range(number):
            person = make.registration(hall.event).person
            contribution = make.contribution(person, dataset, "curated")
            make.contribution(person, dataset, "checked", state=ContributionState.CLAIMED)
            make.endorsement(hall.event, hall.ben, contribution)
            make.endorsement(hall.event, make.person(), contribution)
        statements.clear()
        reader.get(path(dataset))
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_an_unknown_dataset_is_not_there(browser: Callable[..., Any], hall: Any) -> None:
    for rest in ("", "/claim", "/name", f"/thank/{hall.ben.public_id}"):
        browser(hall.ada).get(f"/datasets/unknown{rest}", status=404)


def test_a_visitor_is_asked_to_sign_in(browser: Callable[..., Any], hall: Any) -> None:
    for address in ("/datasets", "/datasets/add", path(hall.dataset), path(hall.dataset, "/claim")):
        assert browser().get(address, status=302).location.startswith("/sign-in")


# Claims


def test_what_it_means_stands_under_each_role_wherever_one_is_chosen(
    browser: Callable[..., Any], hall: Any
) -> None:
    for rest in ("/claim", "/name?find=ben", f"/thank/{hall.ben.public_id}"):
        page = browser(hall.ada).get(path(hall.dataset, rest))
        assert "Published it Put it in the catalogue and online" in page.text
        assert "Cleared it for release Licence, privacy, rights, approvals" in page.text
        assert "Other (say what) Something else" not in page.text


def test_a_claim_is_kept_and_saying_it_again_changes_it(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    me = browser(hall.ada)
    me.post(path(hall.dataset, "/claim"), {"role": "curated", "note": " by  hand ", "first_year": "2019"})
    page = me.get(path(hall.dataset, "/claim"))
    assert 'value="2019"' in page.html
    hidden = dict(re.findall(r'name="(about|shown_from)" type="hidden" value="([^"]+)"', page.html))
    again = {"role": "curated", "first_year": "", "last_year": "2021", "note": "by machine"}
    assert "had been changed" not in me.follow(path(hall.dataset, "/claim"), hidden | again).text
    noise, row = rows(sqlite, Contribution)
    assert (row.person_id, row.dataset_id, row.role, row.note, row.first_year, row.last_year, row.state) == (
        hall.ada.id,
        hall.dataset.id,
        "curated",
        "by machine",
        None,
        2021,
        ContributionState.CLAIMED,
    )
    assert noise.role == "checked"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Select what you did"),
        ({"role": "other"}, "Say in a few words what it was"),
        ({"role": "other", "role_text": "x" * 61}, "It must be 60 characters or fewer"),
        ({"role": "curated", "note": "x" * 301}, "Your note must be 300 characters or fewer"),
        ({"role": "curated", "first_year": "soon"}, "Enter a year as four digits"),
        ({"role": "curated", "first_year": "1066"}, "Enter a year between 1900 and"),
        (
            {"role": "curated", "first_year": "2020", "last_year": "2019"},
            "The last year must be the same as or after the first year",
        ),
    ],
)
def test_a_claim_that_cannot_be_kept_is_shown_again_with_the_reason(
    browser: Callable[..., Any], hall: Any, sqlite: Database, data: dict[str, str], words: str
) -> None:
    page = browser(hall.ada).post(path(hall.dataset, "/claim"), data, status=422)
    assert "There is a problem" in page.text
    assert words in page.text
    for value in data.values():
        assert value in page.html
    assert len(rows(sqlite, Contribution)) == 1


@pytest.mark.parametrize(
    "before", [ContributionState.AWAITING, ContributionState.HIDDEN, ContributionState.DECLINED]
)
def test_claiming_what_one_was_named_for_is_a_yes(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, before: ContributionState
) -> None:
    make.contribution(hall.ada, hall.dataset, "curated", state=before, declared_by_id=hall.ben.id)
    browser(hall.ada).follow(path(hall.dataset, "/claim"), {"role": "curated"})
    assert [row.state for row in rows(sqlite, Contribution)[1:]] == [ContributionState.ACCEPTED]


@pytest.mark.parametrize("answers", [["accept"], ["hide", "accept"], ["hide", "decline", "accept"]])
def test_nobodys_own_word_puts_them_on_the_label(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, answers: list[str]
) -> None:
    claim = make.contribution(hall.ada, hall.dataset, "curated", state=ContributionState.CLAIMED)
    ada = browser(hall.ada)
    for answer in answers:
        ada.post(f"/contributions/{claim.public_id}/decide", {"answer": answer})
    ada.post(path(hall.dataset, "/claim"), {"role": "curated"})
    with sqlite.reading() as session:
        assert session.get_one(Contribution, claim.id).state is ContributionState.CLAIMED


# Naming a colleague


def test_a_colleague_who_is_named_gets_a_mail_and_nobody_else_sees_it(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    page = browser(hall.ada).follow(
        path(hall.dataset, "/name"), {"person": hall.ben.public_id, "role": "checked"}
    )
    assert "Ben decides whether to be named" in page.text
    (mail,) = rows(sqlite, Mail)
    assert (mail.to, mail.kind, mail.event_id) == (hall.ben.email, "credit awaiting", hall.event.id)
    assert "Ada" in mail.subject + mail.body
    assert "River levels" in mail.subject + mail.body
    row = rows(sqlite, Contribution)[-1]
    assert (row.state, row.declared_by_id) == (ContributionState.AWAITING, hall.ada.id)
    assert "Ben" not in browser(hall.ada).get(path(hall.dataset)).text
    assert "Ada named you" in browser(hall.ben).get("/thanks").text


@pytest.mark.parametrize("state", ContributionState)
def test_naming_somebody_who_is_known_already_tells_nothing(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, state: ContributionState
) -> None:
    data = {"person": hall.ben.public_id, "role": "checked"}
    fresh = make.dataset("River levels too")
    new = browser(hall.ada).follow(path(fresh, "/name"), data)
    make.contribution(hall.ben, hall.dataset, "checked", state=state)
    known = browser(hall.ada).follow(path(hall.dataset, "/name"), data)
    assert new.text.replace("River levels too", "River levels") == known.text
    assert len(rows(sqlite, Mail)) == 1
    assert rows(sqlite, Contribution)[-1].state is state


def test_only_people_of_the_same_event_can_be_named(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    cy = make.registration(hall.event, make.person("Cyril of the lakes")).person
    make.answer(hall.event, cy, hall.ada, AnswerKind.BLOCK)
    assert not says(browser(hall.ada).get(path(hall.dataset, "/name")).html, "Ben")
    assert "Ben, Soil Office" in browser(hall.ada).get(path(hall.dataset, "/name?find=ben")).html
    shown = browser(hall.ada).get(path(hall.dataset, "/name?find=cyril"))
    assert "Nobody at your events is found by “cyril”" in shown.text
    assert "Cyril of" not in shown.html
    assert "Noise" not in shown.text
    before = len(rows(sqlite, Contribution))
    for stranger in (cy, make.person(), hall.ada):
        data = {"person": stranger.public_id, "role": "checked"}
        browser(hall.ada).post(path(hall.dataset, "/name"), data, status=422)
    assert len(rows(sqlite, Contribution)) == before


def test_a_day_has_a_limit_to_naming_one_person(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    me = browser(hall.ada)
    for role in ("collected", "curated", "checked", "documented", "cleared"):
        me.post(path(hall.dataset, "/name"), {"person": hall.ben.public_id, "role": role})
    page = me.post(
        path(hall.dataset, "/name"), {"person": hall.ben.public_id, "role": "published"}, status=422
    )
    assert "You have named this person 5 times today" in page.text
    assert len(rows(sqlite, Mail)) == 5


def test_somebody_without_an_event_can_name_nobody(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    page = browser(make.person()).get(path(hall.dataset, "/name"))
    assert "Nobody to choose from yet" in page.text


# Uses, and datasets that are missing


def test_a_use_is_kept_changed_and_taken_back(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    make.add(Use(person_id=hall.ben.id, dataset_id=hall.dataset.id, kind="wants"))
    me = browser(hall.ada)
    for kind in ("uses", "stuck"):
        page = me.follow(path(hall.dataset, "/use"), {"kind": kind})
        assert f'value="{kind}" checked' in page.html
    assert [(row.person_id, row.kind.value) for row in rows(sqlite, Use)] == [
        (hall.ben.id, "wants"),
        (hall.ada.id, "stuck"),
    ]
    me.follow(path(hall.dataset, "/use"), {"kind": "none"})
    assert [row.person_id for row in rows(sqlite, Use)] == [hall.ben.id]
    me.post(path(hall.dataset, "/use"), {"kind": "hates"}, status=400)


def test_a_missing_dataset_is_added_and_found(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    me = browser(hall.ada)
    page = me.follow("/datasets/add", {"title": " Tide  gauges ", "publisher": "water office"})
    assert page.heading == "Tide gauges"
    assert "Tide gauges" in me.get("/datasets?q=water tide").text
    added = rows(sqlite, Dataset)[-1]
    assert (added.source, added.added_by_id, added.publisher_id) == (
        "people",
        hall.ada.id,
        hall.dataset.publisher_id,
    )


def test_who_does_not_know_the_publisher_says_so(browser: Callable[..., Any], hall: Any) -> None:
    me = browser(hall.ada)
    page = me.post("/datasets/add", {"title": "Tides", "publisher": ""}, status=422)
    assert "Enter who publishes the dataset, or say that you do not know" in page.text
    both = {"title": "Tides", "publisher": "Sea Office", "unknown": "y"}
    assert "not both" in me.post("/datasets/add", both, status=422).text
    page = me.follow("/datasets/add", {"title": "Tides", "publisher": "", "unknown": "y"})
    assert "Publisher not known" in page.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"publisher": "Water Office"}, "Enter the title of the dataset"),
        ({"title": "Tides"}, "Enter who publishes the dataset"),
        ({"title": "x" * 301, "publisher": "Y"}, "The title must be 300 characters or fewer"),
        ({"title": "RIVER  levels", "publisher": "water OFFICE"}, "This dataset is listed already"),
    ],
)
def test_a_dataset_that_cannot_be_added_is_shown_again_with_the_reason(
    browser: Callable[..., Any], hall: Any, sqlite: Database, data: dict[str, str], words: str
) -> None:
    page = browser(hall.ada).post("/datasets/add", data, status=422)
    assert words in page.text
    assert len(rows(sqlite, Dataset)) == 2


def test_a_near_double_is_added_only_once_one_has_said_that_it_is_another(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    me, there = browser(hall.ada), f'href="{path(hall.dataset)}"'
    said = {"title": "Rivers level", "publisher": "Another Office"}
    page = me.post("/datasets/add", said, status=200)
    assert "Is it one of these?" in page.text
    assert there in page.html
    assert 'value="Rivers level"' in page.html
    assert len(rows(sqlite, Dataset)) == 2
    me.post("/datasets/add", said | {"asked": "Another title", "title": "River levels"}, status=200)
    same = {"title": "River levels", "publisher": "Water Office", "asked": "River levels"}
    assert there in me.post("/datasets/add", same, status=422).html
    me.post("/datasets/add", said | {"asked": "Rivers level"})
    assert len(rows(sqlite, Dataset)) == 3


def test_what_somebody_says_of_a_dataset_counts_for_suggestions_at_once(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    past = make.event("Over", held_on=date(2020, 1, 1))
    make.registration(past, hall.ada)
    cy = make.registration(hall.event).person
    make.contribution(cy, hall.dataset, "maintained")
    browser(hall.ada).follow(path(hall.dataset, "/use"), {"kind": "stuck"})
    assert [(job.kind, job.event_id) for job in rows(sqlite, Job)] == [("refresh", hall.event.id)]
    found = [row for row in rows(sqlite, Suggestion) if row.person_id == hall.ada.id]
    assert {row.other_id for row in found} >= {cy.id}
    assert any("River levels" in str(row.reasons) for row in found)
