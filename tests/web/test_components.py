"""The pieces every screen is made of: what they say, and that they are whole HTML."""

from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from flask import Flask, render_template_string

from matchmaker.recognition.label import Credit, Label, LabelPerson, Thanks, make_label
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.settings import ROOT
from matchmaker.web import templating

COMPONENTS = sorted(path.name for path in (ROOT / "templates" / "components").glob("*.html"))

CARD = {
    "id": "a1",
    "name": "Priya Raman",
    "first_name": "Priya",
    "pronouns": "she/her",
    "role": "Data manager",
    "organisation": "Environment Agency",
    "href": "",
    "reasons": ["You and Priya both work on nitrate trends."],
    "without_reasons": "",
    "opening": "Which sampling points moved?",
    "bridge": False,
    "answer": "",
    "mutual": False,
    "met": False,
    "over": False,
    "meeting": "",
}


@pytest.fixture(autouse=True)
def app() -> Iterator[Flask]:
    app = Flask("components", template_folder=str(ROOT / "templates"))
    templating.init_app(app)
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    with app.test_request_context("/"):
        yield app


def drawn(file: str, call: str, **context: Any) -> str:
    """Draw one macro, and read it as strictly as a browser's validator would."""
    name = call.split("(")[0]
    html = render_template_string(
        f'{{% from "components/{file}.html" import {name} %}}{{{{ {call} }}}}', **context
    )
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return " ".join(html.split())


def label() -> Label:
    priya = LabelPerson(1, "Priya Raman", "Environment Agency")
    shy = LabelPerson(2, "Zofia Wójcik", "Natural England", shows_name=False)
    lin = LabelPerson(3, "Lin Okafor", "Canal & River Trust")
    accepted = ContributionState.ACCEPTED
    return make_label(
        [
            Credit(priya, "maintained", accepted),
            Credit(shy, "curated", accepted),
            Credit(priya, "other", accepted, "drew its map"),
        ],
        [Thanks(lin, priya, "maintained", "Answered <every> question.", EndorsementState.ACCEPTED)],
    )


@pytest.mark.parametrize("file", COMPONENTS)
def test_every_component_says_what_it_is_for(file: str) -> None:
    assert (ROOT / "templates" / "components" / file).read_text().startswith("{# ")


def test_a_suggestion_offers_two_answers_and_two_more_behind_a_word() -> None:
    card = drawn("suggestion_card", 'suggestion_card(card, "/answer")', card=CARD)
    values = [part.split('"')[0] for part in card.split('name="answer" value="')[1:]]
    assert values == ["meet", "not-for-me", "know", "block"]
    assert "You and Priya both work on nitrate trends." in card
    assert "Which sampling points moved?" in card
    assert "Someone different" not in card
    assert "data-hx" not in card
    assert 'value="token"' in card


def test_a_bridge_is_marked() -> None:
    card = drawn("suggestion_card", 'suggestion_card(card, "/answer")', card={**CARD, "bridge": True})
    assert "Someone different" in card


@pytest.mark.parametrize(
    ("answer", "mutual", "words"),
    [
        ("meet", False, "You would like to meet Priya. We tell nobody unless Priya says the same."),
        ("meet", True, "You would both like to meet. The next plan brings you together if it can."),
        ("not-for-me", False, "Not for you. We will not suggest Priya again, and Priya is not told."),
        ("know", False, "You know each other already, so we will not pair you."),
        ("block", False, "You have blocked Priya. You will not be paired, and Priya is not told."),
    ],
)
def test_an_answer_is_repeated_and_can_be_changed(answer: str, mutual: bool, words: str) -> None:
    card = drawn(
        "suggestion_card",
        'suggestion_card(card, "/answer", in_place=true)',
        card={**CARD, "reasons": [], "answer": answer, "mutual": mutual},
    )
    assert words in card
    assert "Change your answer" in card
    assert "data-focus" in card
    assert 'data-hx-target="#card-a1"' in card


def test_a_dataset_is_a_tag_that_says_whom_it_is_from_and_who_is_missing() -> None:
    tag = drawn(
        "dataset_tag",
        'dataset_tag("Water Quality Archive", "Environment Agency", label, {1: "/person/p1"}, "/name")',
        label=label(),
    )
    assert '<a class="govuk-link" href="/person/p1">Priya Raman</a>' in tag
    assert "someone at Natural England" in tag
    assert "Zofia" not in tag
    assert "(drew its map)" in tag
    assert "Thanked by 1 colleague from 1 organisation" in tag
    assert "Answered &lt;every&gt; question." in tag
    assert "Who checked it?" in tag
    assert 'href="/name?role=checked"' in tag
    assert "role=maintained" not in tag


def test_a_tag_that_names_nobody_says_so_and_asks_a_visitor_without_a_link() -> None:
    tag = drawn("dataset_tag", 'dataset_tag("Soil Map", "Defra", label)', label=make_label([]))
    assert "Nobody is named here yet." in tag
    assert "Who collected it?" in tag
    assert "<a " not in tag


def test_a_round_shows_its_table_large_and_a_free_one_says_what_to_do() -> None:
    row = {
        "starts": "10am",
        "ends": "10.20am",
        "table": 14,
        "partners": [{"name": "Tom", "role": "", "organisation": "Defra"}],
        "why": "",
        "reserve": "Ann Lee",
        "state": "next",
        "topic": "",
        "cards": [],
    }
    meeting = drawn("day_row", "day_row(row)", row=row)
    assert '<span class="mm-day__table-number">14</span>' in meeting
    assert "If they cannot come: Ann Lee" in meeting
    free = drawn("day_row", "day_row(row)", row={**row, "table": None, "partners": [], "state": ""})
    assert "No meeting in this round." in free
    assert "mm-day__table-number" not in free


def test_a_running_job_asks_again_and_a_finished_one_does_not() -> None:
    job = {"id": "j1", "what": "Planning", "done": 3, "total": 8, "left": "about a minute"}
    running = drawn("progress", 'progress(job, "/jobs/j1")', job=job)
    assert 'data-hx-get="/jobs/j1"' in running
    assert 'max="8" value="3"' in running
    assert "Step 3 of 8, about a minute left." in running
    finished = drawn("progress", 'progress_done(job, "The plan is ready.", "/plan", "See the plan")', job=job)
    assert "data-hx-get" not in finished
    assert "data-focus" in finished


@pytest.mark.parametrize(
    ("gap", "wishes_met", "words"),
    [
        (
            0.012,
            13,
            "As it was made, this plan keeps every rule. 120 people have 358 meetings, between 5 and 6 each. "
            "13 of 14 pairs who wished to meet each other by then do. "
            "The matches are at least 98% as good as in the best plan there could be.",
        ),
        (
            0.0,
            14,
            "As it was made, this plan keeps every rule. 120 people have 358 meetings, between 5 and 6 each. "
            "Everybody who wished to meet each other by then does. No plan could be better.",
        ),
        (
            None,
            14,
            "As it was made, this plan keeps every rule. 120 people have 358 meetings, between 5 and 6 each. "
            "Everybody who wished to meet each other by then does.",
        ),
    ],
)
def test_a_certificate_is_a_few_sentences(gap: float | None, wishes_met: int, words: str) -> None:
    plan = {"people": 120, "meetings": 358, "fewest": 5, "most": 6, "wishes": 14}
    plan |= {"wishes_met": wishes_met, "gap": gap, "kept": False}
    said = drawn("certificate_sentence", "certificate_sentence(plan)", plan=plan)
    assert said == f'<p class="govuk-body mm-certificate"> {words} </p>'


def test_a_certificate_counts_table_topics_beside_meetings() -> None:
    plan = {"people": 114, "meetings": 279, "talks": 14, "fewest": 3, "most": 6, "wishes": 0}
    plan |= {"wishes_met": 0, "gap": None, "kept": False}
    said = drawn("certificate_sentence", "certificate_sentence(plan)", plan=plan)
    assert "114 people have 279 meetings and 14 table topics, between 3 and 6 each." in said


def test_a_table_can_be_scrolled_by_keyboard_and_each_row_has_its_head() -> None:
    table = drawn("data_table", 'data_table("Plan 2", ["Table", "10am"], [["1", "Ann & Bo"]], numeric=(1,))')
    assert 'role="region" aria-label="Plan 2" tabindex="0"' in table
    assert '<th scope="row" class="govuk-table__header">1</th>' in table
    assert "Ann &amp; Bo" in table


def test_between_organisations_each_number_says_with_whom_and_a_phone_leaves_out_noughts() -> None:
    rows = [("EA", ["0", "6"]), ("NE", ["6", "0"])]
    table = drawn("organisation_matrix", 'organisation_matrix("Who met", rows)', rows=rows)
    assert table.count('mm-table__none" data-head="EA">0</td>') == 1
    assert table.count('mm-table__whole" data-head="NE">6</td>') == 1
    assert table.count("mm-table__none") == 2


def test_fairness_is_said_in_numbers_beside_the_bars() -> None:
    rows = [{"name": "Zofia", "meetings": 4, "possible": 5}]
    bars = drawn("fairness_bars", 'fairness_bars("Meetings a person", rows, 6)', rows=rows)
    assert "4 of 5" in bars
    assert 'aria-hidden="true"' in bars


@pytest.mark.parametrize(
    ("file", "call", "words"),
    [
        ("person_line", 'person_line({"name": "Tom", "role": "", "organisation": "Defra"})', "Defra"),
        ("stat", 'stat(118, "people have a full day")', "118"),
        ("needs_you", 'needs_you("Plan 2 is not published", "", "/plan", "Look at it")', "Look at it"),
        ("post_button", 'post_button("Publish", "/publish", {"plan": 2}, about="plan 2")', 'value="2"'),
        ("back_link", 'back_link("/")', "Back"),
    ],
)
def test_a_small_piece_is_drawn(file: str, call: str, words: str) -> None:
    assert words in drawn(file, call)


def test_a_card_says_the_pronouns_that_somebody_gave_and_nothing_for_none() -> None:
    said = drawn("suggestion_card", "suggestion_card(card, '/')", card=CARD)
    assert 'Priya Raman <span class="mm-card__pronouns">(she/her)</span>' in said
    silent = drawn("suggestion_card", "suggestion_card(card, '/')", card=CARD | {"pronouns": ""})
    assert "mm-card__pronouns" not in silent
