"""What every template can count on."""

import hashlib
import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask, flash, g, render_template, render_template_string
from flask_wtf import FlaskForm
from jinja2 import Environment, PackageLoader, Undefined, UndefinedError

from matchmaker.settings import ROOT
from matchmaker.web import templating
from matchmaker.web.fields import SubmitField, TextField, needed

PAGE = (
    '{% extends "layout.html" %}{% block title %}Your day{% endblock %}'
    "{% block main %}<h1>Hello</h1>{% endblock %}"
)


class NameForm(FlaskForm):
    name = TextField("Name", validators=[needed("Enter your name.")])
    submit = SubmitField("Save")


def make_app(tmp_path: Path) -> Flask:
    static = tmp_path / "static"
    (static / "vendor").mkdir(parents=True)
    (static / "vendor" / "manifest.json").write_text("{}")
    app = Flask("pages", template_folder=str(ROOT / "templates"), static_folder=str(static))
    app.config.update(SECRET_KEY="only for this test", WTF_CSRF_ENABLED=False)
    templating.init_app(app)
    return app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An app with a request going on, so that a test can render at once."""
    app = make_app(tmp_path)
    with app.test_request_context("/"):
        yield app


def test_a_name_that_does_not_exist_is_an_error_in_our_templates(app: Flask) -> None:
    with pytest.raises(UndefinedError):
        render_template_string("{{ persn.name }}")
    with pytest.raises(UndefinedError):
        render_template_string("{% if not_passed %}x{% endif %}")


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        ' data-x="1"',
        {},
        {"data-a": '<"1">', "open": True, "shut": False, "none": None, "size": 3},
        {
            "a": {"value": "<b>"},
            "c": {"value": True, "optional": True},
            "d": {"value": False, "optional": True},
        },
        {"e": {"value": None, "optional": True}, "f": {"value": "g", "optional": True}},
        {"h": {"value": Undefined(), "optional": True}, "i": {"value": Undefined()}},
    ],
)
def test_attributes_are_written_as_the_macro_of_govuk_frontend_does(given: Any) -> None:
    package = Environment(loader=PackageLoader("govuk_frontend_jinja"), autoescape=True)  # noqa: S701
    macro = package.get_template("macros/attributes.html").module.govukAttributes  # type: ignore[attr-defined]
    assert templating.govuk_attributes(given).split() == macro(given).split()


def test_the_govuk_macros_still_work_with_few_parameters(app: Flask) -> None:
    page = render_template_string(
        '{% from "govuk_frontend_jinja/components/button/macro.html" import govukButton %}'
        '{{ govukButton({"text": "Go"}) }}'
    )
    assert "govuk-button" in page


def test_a_page_carries_our_name_and_nothing_of_govuk(app: Flask) -> None:
    page = render_template_string(PAGE)
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<title>Your day – matchmaker</title>" in page
    for identity in ("GOV.UK", "Crown", "crest", "govuk-header"):
        assert identity not in page


def test_a_failing_form_says_so_in_the_title_and_above_the_page(app: Flask) -> None:
    form = NameForm(data={"name": ""})
    form.validate()
    page = render_template_string(PAGE, form=form)
    assert "<title>Error: Your day – matchmaker</title>" in page
    assert '<a href="#name">Enter your name.</a>' in page


def test_a_form_without_errors_leaves_the_title_alone(app: Flask) -> None:
    assert "<title>Your day – matchmaker</title>" in render_template_string(PAGE, form=NameForm())


def test_flashed_messages_are_statuses_and_only_success_is_green(app: Flask) -> None:
    flash("Saved.", "success")
    flash("The plan has changed.", "warning")
    page = render_template_string(PAGE)
    assert page.count('role="status"') == 2
    assert page.count("govuk-notification-banner--success") == 1


def test_a_visitor_is_offered_to_sign_in_and_somebody_signed_in_to_sign_out(app: Flask) -> None:
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    account = {"name": "", "sign_in": "/sign-in", "sign_out": "/sign-out"}
    assert 'href="/sign-in"' in render_template_string(PAGE, account=account)
    signed_in = render_template_string(PAGE, account={**account, "name": "Priya Shah"})
    assert "Priya Shah" in signed_in
    assert 'method="post" action="/sign-out"' in signed_in


def test_the_nonce_is_one_a_request(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    app.add_url_rule("/", view_func=lambda: {"page": render_template_string(PAGE), "nonce": g.csp_nonce})
    first, second = (app.test_client().get("/").get_json() for _ in range(2))
    assert f'<script nonce="{first["nonce"]}">' in first["page"]
    assert first["nonce"] != second["nonce"]


def test_htmx_swaps_a_form_with_errors_but_no_error_page(app: Flask) -> None:
    config = json.loads(unescape(str(templating.htmx_config())))
    assert config["allowEval"] is False
    assert config["selfRequestsOnly"] is True
    assert config["includeIndicatorStyles"] is False
    assert config["inlineScriptNonce"] == g.csp_nonce
    assert config["responseHandling"] == [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ]


def test_the_address_of_a_static_file_changes_with_its_content(app: Flask) -> None:
    path = Path(str(app.static_folder)) / "app.css"
    addresses = []
    for content in (b"one", b"two and more"):
        path.write_bytes(content)
        addresses.append(render_template_string("{{ asset('app.css') }}"))
        assert addresses[-1] == f"/static/app.css?v={hashlib.sha256(content).hexdigest()[:12]}"
    assert addresses[0] != addresses[1]


def test_a_static_file_that_is_missing_still_has_an_address(app: Flask) -> None:
    assert render_template_string("{{ asset('gone.css') }}") == "/static/gone.css"


def test_missing_front_end_files_are_warned_about_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    templating.init_app(Flask("bare", static_folder=str(tmp_path)))
    assert [record.message for record in caplog.records] == [
        "The front-end files are missing, so pages will look bare. "
        "Run `npm ci && matchmaker assets build` once."
    ]


@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 413, 422, 429, 500])
def test_every_error_page_says_what_happened_and_what_to_do(app: Flask, code: int) -> None:
    page = render_template(
        f"errors/{code}.html", reference="ab12cd", sent=None, files=False, address="/", kept=False
    )
    assert page.count("<h1") == 1
    assert "What to do" in page


def test_the_page_for_our_own_faults_says_its_reference(app: Flask) -> None:
    page = render_template("errors/500.html", reference="ab12cd", sent=None, files=False, address="/")
    assert "<strong>ab12cd</strong>" in page


@pytest.mark.parametrize(
    "name", ["components/post_button.html", "govuk_frontend_jinja/components/hint/macro.html"]
)
def test_macros_are_made_ready_once_whoever_imports_them(tmp_path: Path, name: str) -> None:
    environment = make_app(tmp_path).jinja_env
    asked = f'{{% import "{name}" as macros %}}{{{{ macros is sameas ready }}}}'
    ready = environment.get_template(name).module
    assert environment.from_string(asked, {"something_more": 1}).render(ready=ready) == "True"


def test_what_somebody_typed_in_several_lines_stays_as_it_is_within_other_macros(app: Flask) -> None:
    page = render_template_string(
        '{% from "govuk_frontend_jinja/components/fieldset/macro.html" import govukFieldset %}'
        '{% from "govuk_frontend_jinja/components/textarea/macro.html" import govukTextarea %}'
        '{% from "govuk_frontend_jinja/components/radios/macro.html" import govukRadios %}'
        '{% set text = govukTextarea({"name": "why", "label": {"text": "Why"}, "value": "Peat\\n  bogs\\nsoil"}) %}'
        '{{ govukRadios({"name": "which", "fieldset": {"legend": {"text": "Which"}}, '
        '"items": [{"value": "a", "text": "A", "conditional": {"html": text}}]}) }}'
    )
    assert ">Peat\n  bogs\nsoil</textarea>" in page


def test_an_address_in_a_row_is_the_one_that_flask_makes(app: Flask) -> None:
    app.add_url_rule("/rows/<row>/edit", "edit")
    app.add_url_rule("/others/<row>", "other")
    for value in ("abc-_1", "a b?c#d", "what-the-row-has", "Llŷn", "abc-_1"):
        for page in ("edit", "other"):
            said = render_template_string(
                "{{ row_address(page, row=value) }} {{ url_for(page, row=value) }}", page=page, value=value
            )
            mine, flasks = said.split()
            assert mine == flasks


def test_an_address_in_a_row_may_take_several_values_of_which_some_are_numbers(app: Flask) -> None:
    app.add_url_rule("/97531/plans/<plan>/rounds/<int(max=99999):round>", "meeting")
    app.add_url_rule("/tables", "tables")
    asked = (
        "{{ row_address('meeting', plan=plan, round=number) }} {{ url_for('meeting', plan=plan, round=number) }} "
        "{{ row_address('tables', first=number, name=plan) }} {{ url_for('tables', first=number, name=plan) }}"
    )
    said = render_template_string(
        "{% for plan, number in rows %}" + asked + " {% endfor %}",
        rows=[("abc-_1", 3), ("97532", 97531), ("%s%%", 40)],
    ).split()
    assert said[::2] == said[1::2]
    assert said[4:8:2] == ["/97531/plans/97532/rounds/97531", "/tables?first=97531&amp;name=97532"]


def test_a_piece_of_a_row_is_what_its_macro_draws_for_that_row_and_its_kind(app: Flask) -> None:
    app.add_url_rule("/rows/<row>/edit", "edit")
    asked = (
        "{% macro piece(kind, row, name) %}{{ kind }} 100% "
        "<a href=\"{{ row_address('edit', row=row) }}\">{{ name }}</a> {{ name }}{% endmacro %}"
        "{% for kind, row, name in rows %}{{ row_piece(piece, (kind,), row=row, name=name) }}\n"
        "{{ piece(kind, row, name) }}\n{% endfor %}"
    )
    rows = [("a", "abc-_1", "Zoë & <b>"), ("b", "x", "%s %(row)s"), ("a", "y-_2", "Ann"), ("a<", "z", "a")]
    said = render_template_string(asked, rows=rows).splitlines()
    assert said[::2] == said[1::2]
    assert said[0] == 'a 100% <a href="/rows/abc-_1/edit">Zoë &amp; &lt;b&gt;</a> Zoë &amp; &lt;b&gt;'
