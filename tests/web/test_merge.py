"""Merging a form with what is stored by now: a rule for each field, whatever its kind."""

import json
from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from wtforms import Form
from wtforms.fields import FieldList, FormField, HiddenField

from matchmaker.web import field_values
from matchmaker.web.fields import (
    CheckboxesField,
    CheckboxField,
    DateField,
    LinesField,
    SelectChoice,
    SelectField,
    TextField,
    TimeField,
    WholeNumberField,
)
from matchmaker.web.form import EditForm
from tests.tries import tries

KINDS = [SelectChoice(value, value.upper()) for value in "abc"]


class LineForm(Form):
    """One line of a list."""

    key = HiddenField()
    kind = SelectField("Kind", choices=KINDS)


class EveryForm(EditForm):
    """A field of every kind."""

    text = TextField("Text")
    number = WholeNumberField("Number")
    on = DateField("On")
    at = TimeField("At")
    yes = CheckboxField("Yes")
    one = SelectField("One", choices=KINDS)
    some = CheckboxesField("Some", choices=KINDS)
    lines = LinesField("Lines")
    names = FieldList(HiddenField())
    links = FieldList(FormField(LineForm))


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(["", "Peat", "Soil and water"]),
    "number": st.sampled_from([None, 0, 7]),
    "on": st.sampled_from([date(2027, 3, 1), date(2027, 11, 12)]),
    "at": st.sampled_from([None, time(9, 30), time(14)]),
    "yes": st.booleans(),
    "one": st.sampled_from("abc"),
    "some": st.lists(st.sampled_from("abc"), unique=True).map(sorted),
    "lines": st.sampled_from(["", "x", "x\ny", "y\nz"]),
    "names": st.lists(st.sampled_from(["Air", "Soil", "Water"]), unique=True),
    "links": st.lists(
        st.fixed_dictionaries({"key": st.sampled_from("pq"), "kind": st.sampled_from("ab")}),
        unique_by=lambda one: (one["key"], one["kind"]),
    ),
}
STATE = st.fixed_dictionaries(VALUES)


@pytest.fixture
def pages(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def shown(app: Flask, stored: dict[str, Any]) -> dict[str, list[str]]:
    """Return what a browser would send of the form as it is shown."""
    with app.test_request_context():
        form = EveryForm(lambda: stored, of=())
        sent: dict[str, list[str]] = {}
        for field in form:
            for name, value in field_values.version(field).pairs:
                sent.setdefault(name, []).append(value)
        return sent


def submit(
    app: Flask, sent: dict[str, list[str]], stored: dict[str, Any]
) -> tuple[dict[str, Any], EveryForm]:
    with app.test_request_context(method="POST", data=sent):
        form = EveryForm(lambda: stored, of=())
        form.validate()
        return {name: form[name].data for name in VALUES}, form


def alike(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return sorted(json.dumps(one, sort_keys=True) for one in value)
    return value or ("" if name in ("text", "lines") else value)


@tries(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(base=STATE, theirs=STATE, mine=STATE)
def test_a_field_that_one_side_changed_is_as_that_side_left_it_and_the_other_side_is_never_overwritten(
    pages: Flask, base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    sent = shown(pages, mine) | {"shown_from": shown(pages, base)["shown_from"]}
    merged, form = submit(pages, sent, theirs)
    asked = {field.short_name.removeprefix("keep-") for field in form.clashes}
    for name in VALUES:
        was, there, here, now = (alike(name, one[name]) for one in (base, theirs, mine, merged))
        if here == was or there == here:
            assert now == there, name
        elif there == was:
            assert now == here, name
        elif name in ("some", "names", "links"):
            assert now == sorted((set(here) - (set(was) - set(there))) | (set(there) - set(was))), name
        elif name != "lines":
            assert name in asked, name
        assert (name in asked) <= (here not in (was, there) and there != was), name


def test_a_choice_counts_for_the_version_that_was_seen_and_for_no_later_one(pages: Flask) -> None:
    stored: dict[str, Any] = {"text": "Peat", "names": []}
    sent = {"shown_from": shown(pages, stored)["shown_from"], "text": ["Mine"]}
    _, asked = submit(pages, sent, {"text": "Theirs", "names": []})
    mine = asked.clashes[0].choices[0].value
    merged, form = submit(pages, sent | {"keep-text": [mine]}, {"text": "Theirs", "names": []})
    assert (merged["text"], form.clashes) == ("Mine", ())
    _, later = submit(pages, sent | {"keep-text": [mine]}, {"text": "Later", "names": []})
    assert later.errors["keep-text"] == ["Choose which to keep under “Text”"]


def test_lines_are_merged_and_asked_about_only_where_both_changed_their_order(pages: Flask) -> None:
    base = {"lines": "a\nb"}
    token = shown(pages, base)["shown_from"]
    merged, form = submit(pages, {"shown_from": token, "lines": ["a\nb\nmine"]}, {"lines": "a\nb\ntheirs"})
    assert (merged["lines"].splitlines(), form.clashes) == (["a", "b", "mine", "theirs"], ())
    _, form = submit(pages, {"shown_from": token, "lines": ["b\na"]}, {"lines": "a\nb\nc"})
    assert len(form.clashes) == 1


def test_what_a_form_was_shown_from_cannot_be_forged_or_taken_from_another(pages: Flask) -> None:
    stored = {"text": "Peat"}
    for token in ("forged", ""):
        _, form = submit(pages, {"shown_from": [token], "text": ["Mine"]}, stored)
        assert [field.short_name for field in form.clashes] == ["keep-text"]
