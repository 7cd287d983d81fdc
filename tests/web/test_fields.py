"""Fields: what they read, what they refuse and how they look."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.fields import FieldList, HiddenField
from wtforms.fields.core import UnboundField
from wtforms.validators import Optional

from matchmaker.settings import ROOT
from matchmaker.web import app as _every_form  # noqa: F401 - importing it imports all of them
from matchmaker.web import templating, widgets
from matchmaker.web.fields import (
    Between,
    CheckboxesField,
    CheckboxField,
    DateField,
    EmailField,
    FileField,
    Length,
    LongTextField,
    RadioField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
    TimeField,
    WholeNumberField,
    needed,
)
from matchmaker.web.form import PageForm

CHOICES = [SelectChoice("a", "First"), SelectChoice("b", "Second", render_kw={"hint": "Seldom"})]


class EveryForm(FlaskForm):
    name = TextField("Name", validators=[needed("Enter your name.")])
    email = EmailField("Email address")
    sentence = LongTextField("What for?", validators=[Length(max=300)])
    dataset = SelectField("Dataset", choices=[SelectChoice("", "Choose a dataset"), *CHOICES])
    relation = RadioField("How do you know?", choices=CHOICES, validators=[needed("Say how you know.")])
    times = CheckboxesField("When?", choices=CHOICES)
    agree = CheckboxField("Show my address", description="After you both said yes")
    file = FileField("List")
    day = DateField("Date", validators=[needed("Enter the date.")])
    start = TimeField("Start")
    rounds = WholeNumberField("Rounds")
    seats = WholeNumberField("Seats (optional)", validators=[Optional(), Between(2, 50)])
    submit = SubmitField("Save")


@pytest.fixture(autouse=True)
def app() -> Iterator[Flask]:
    app = Flask("fields", template_folder=str(ROOT / "templates"))
    app.config.update(SECRET_KEY="only for this test", WTF_CSRF_ENABLED=False)
    templating.init_app(app)
    with app.test_request_context("/", method="POST"):
        yield app


def posted(**values: Any) -> EveryForm:
    return EveryForm(formdata=MultiDict(values))


def test_what_a_list_offers_is_written_as_text() -> None:
    field = EveryForm(dataset='"<b>"').dataset
    field.choices = [SelectChoice('"<b>"', "Peat & <i>bogs</i>"), SelectChoice("", "None of them")]
    assert re.findall("<option.*>", field()) == [
        '<option value="&#34;&lt;b&gt;&#34;" selected>Peat &amp; &lt;i&gt;bogs&lt;/i&gt;</option>',
        '<option value="">None of them</option>',
    ]


def test_text_loses_the_space_at_its_ends() -> None:
    assert posted(name="  Priya Shah ").name.data == "Priya Shah"


def test_a_date_comes_in_three_parts() -> None:
    assert posted(day=["24", "11", "2026"]).day.data == date(2026, 11, 24)


@pytest.mark.parametrize("month", ["11", "nov", "November", " Nov "])
def test_the_month_of_a_date_may_be_a_word(month: str) -> None:
    assert posted(day=["24", month, "2026"]).day.data == date(2026, 11, 24)


@pytest.mark.parametrize(
    "parts",
    [
        ["31", "2", "2026"],
        ["31", "feb", "2026"],
        ["24", "", "2026"],
        ["24", "nov", "26"],
        ["x", "y", "z"],
        ["2026-11-24"],
    ],
)
def test_a_date_that_is_none_is_refused_and_shown_again(parts: list[str]) -> None:
    form = posted(day=parts)
    form.validate()
    assert form.day.errors == ["“Date” must be a real date, for example 24 11 2027"]
    assert f'value="{parts[0]}"' in form.day()


@pytest.mark.parametrize("values", [{}, {"day": ["", "", ""]}])
def test_a_date_left_empty_is_missing_and_not_wrong(values: dict[str, Any]) -> None:
    form = posted(**values)
    form.validate()
    assert form.day.errors == ["Enter the date."]
    assert 'id="day"' in form.day()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9.30am", time(9, 30)),
        (" 2 PM ", time(14)),
        ("14:05", time(14, 5)),
        ("12am", time(0)),
        ("12.15pm", time(12, 15)),
        ("midday", time(12)),
        ("10", time(10)),
        ("9", time(9)),
        ("2", time(14)),
        ("1000", time(10)),
        ("930", time(9, 30)),
        ("10.00", time(10)),
        ("02:15", time(2, 15)),
        ("Half past ten", time(10, 30)),
        ("quarter to 3", time(14, 45)),
        ("10 o’clock", time(10)),
        ("10 A.M.", time(10)),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, read: time | None) -> None:
    form = posted(start=typed)
    form.validate()
    assert (form.start.data, list(form.start.errors)) == (read, [])


@pytest.mark.parametrize("typed", ["25:00", "2575", "9.75am", "half past", "soon", "all day"])
def test_a_time_that_is_none_is_refused_and_shown_again(typed: str) -> None:
    form = posted(start=typed)
    form.validate()
    assert form.start.errors == ["“Start” must be a time, for example 9.30am or 14:00"]
    assert f'value="{typed}"' in form.start()


@pytest.mark.parametrize("typed", ["-1", "1.5", "twelve", "9999999999", "٣"])
def test_a_number_that_is_not_whole_is_refused(typed: str) -> None:
    form = posted(rounds=typed)
    form.validate()
    assert form.rounds.errors == ["“Rounds” must be a whole number, for example 12"]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"seats": "51"}, {"seats": "“Seats” must be a whole number from 2 to 50"}),
        ({"seats": "lots"}, {"seats": "“Seats” must be a whole number from 2 to 50"}),
        ({"sentence": "x" * 301}, {"sentence": "“What for?” must be 300 characters or fewer"}),
        ({"dataset": "gone", "relation": "b"}, {"dataset": "Choose again under “Dataset”"}),
        ({"relation": "gone", "times": ["a", "gone"]}, dict.fromkeys(("relation", "times"), "")),
    ],
)
def test_a_message_names_its_field(values: dict[str, Any], errors: dict[str, str]) -> None:
    form = posted(**({"name": "Priya", "dataset": "a", "relation": "a", "day": ["1", "2", "2026"]} | values))
    form.validate()
    errors = {
        name: words or f"Choose again under “{form[name].label.text}”" for name, words in errors.items()
    }
    assert form.errors == {name: [words] for name, words in errors.items()}


def _forms(kind: type[FlaskForm] = PageForm) -> list[type[FlaskForm]]:
    return [kind, *(one for child in kind.__subclasses__() for one in _forms(child))]


def test_no_form_says_what_the_library_says() -> None:
    fields = [
        (f"{form.__name__}.{name}", made)
        for form in _forms()
        for name in dir(form)
        if isinstance(made := getattr(form, name), UnboundField)
    ]
    assert len(fields) > 150
    own = [
        name
        for name, made in fields
        if made.field_class.__module__.startswith("wtforms")
        and made.field_class not in (FieldList, HiddenField)
    ]
    wordless = [
        name
        for name, made in fields
        for one in made.kwargs.get("validators", ())
        if not isinstance(one, Between | Length | Optional) and getattr(one, "message", "") is None
    ]
    assert (own, wordless) == ([], [])


def test_a_whole_number_is_read() -> None:
    assert posted(rounds=" 12 ").rounds.data == 12


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\x0b", "\x85", "\u2028", "  ", "\t"])
def test_a_field_of_one_line_keeps_one_line_whoever_sends_more(sign: str) -> None:
    sent = f" EA{sign}Jane Smith: Collected it\x07\r\n"
    form = posted(name=sent, email=sent, sentence=sent)
    assert (form.name.data, form.email.data) == ("EA Jane Smith: Collected it",) * 2
    assert form.sentence.data == sent.strip()


def test_every_error_leads_to_an_element_of_the_page() -> None:
    form = posted(day=["", "", ""], dataset="a")
    form.validate()
    page = "".join(field() for field in form)
    assert set(form.errors) == {"name", "relation", "day"}
    for name in form.errors:
        assert page.count(f'id="{name}"') == 1


def test_a_hint_belongs_to_its_own_choice_and_an_empty_one_is_left_out() -> None:
    form = EveryForm()
    assert form.relation().count("govuk-hint") == 1
    assert "Seldom" in form.relation()
    assert 'id="times-hint"' not in form.times()
    assert "After you both said yes" in form.agree()


def test_a_long_text_counts_what_is_left() -> None:
    assert 'data-maxlength="300"' in EveryForm().sentence()


def test_the_browser_is_not_asked_to_refuse_an_empty_answer() -> None:
    assert "required" not in "".join(field() for field in EveryForm())


WORDS = ("", "Peat", "Soil & <b>bogs</b> “\"'”\n second line", "what-is-in-the-field", "a")


@pytest.mark.parametrize(
    "name", [name for name, one in vars(EveryForm).items() if isinstance(one, UnboundField)]
)
def test_a_field_is_drawn_alike_whatever_was_drawn_before(name: str) -> None:
    widgets._kept.clear()
    first, again = [], []
    for drawn, forget in ((again, False), (again, False), (first, True)):
        drawn.clear()
        for words in WORDS:
            field = EveryForm()[name]
            if isinstance(field, TextField):
                field.data = words
            elif isinstance(field, SelectField | RadioField):
                field.process(None, words)
            for label in ("Name", "what-is-in-the-field", "<i>Name</i>"):
                field.label.text = label
                if forget:
                    widgets._kept.clear()
                drawn.append(field())
    assert again == first
    assert len(set(first)) >= 2


def test_what_somebody_typed_is_kept_with_no_field() -> None:
    widgets._kept.clear()
    form = posted(
        name="Peat", email="ada@example.org", sentence="Soil", seats="99999", start="25:99", rounds="12"
    )
    form.validate()
    page = "".join(field() for field in form)
    for words in ("Peat", "ada@example.org", "Soil", "99999", "25:99", "12"):
        assert words in page
        assert not any(
            f'"{words}"' in part or f">{words}<" in part for kept in widgets._kept.values() for part in kept
        )
    assert widgets._kept


def test_no_more_fields_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widgets, "MOST_KEPT", 3)
    for number in range(10):
        field = EveryForm().name
        field.label.text = f"Name {number}"
        assert f"Name {number}" in field()
        assert len(widgets._kept) <= 3
