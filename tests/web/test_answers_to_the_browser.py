"""What every answer tells the browser, and what becomes of requests that are wrong."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from matchmaker.jobs.queue import Queue
from matchmaker.services.people import stay_signed_in
from matchmaker.settings import SettingsError, from_environment
from matchmaker.store.session import Database
from matchmaker.web.app import UPLOAD_LIMIT, create_app

Open = Callable[..., Any]


def test_pages_allow_only_our_own_files_and_no_inline_code(browser: Open) -> None:
    policy = browser().get("/").response.headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'self'"
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert rules["script-src"].startswith("'self' 'nonce-")
    assert "unsafe" not in policy


def test_a_nonce_is_never_used_twice(browser: Open) -> None:
    policies = {browser().get("/").response.headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_pages_are_not_kept_and_do_not_tell_where_one_came_from(browser: Open) -> None:
    headers = browser().get("/sign-in/code").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_every_file_a_page_names_is_kept_for_a_year_and_so_is_what_those_name(app: Flask) -> None:
    client = app.test_client()
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").get_data(as_text=True))
    sheet = next(one for one in named if one.startswith("/static/fonts.css"))
    fonts = re.findall(r'url\("([^"]+)"\)', client.get(sheet).get_data(as_text=True))
    script = next(one for one in named if one.startswith("/static/app.js"))
    modules = re.findall(r'"\./([^"]+\.js[^"]*)"', client.get(script).get_data(as_text=True))
    assert len(fonts) == 4
    assert len(modules) == 2
    for one in [*named, *(f"/static/{inside}" for inside in fonts + modules)]:
        kept = client.get(one).headers["Cache-Control"]
        assert kept == "public, max-age=31536000, immutable", one
    for other in ("/static/app.css", "/static/app.css?v=0123456789ab"):
        assert client.get(other).headers["Cache-Control"] == "public, max-age=3600"
    assert client.get("/static/../pyproject.toml").status_code == 404


def test_answers_are_packed_for_a_browser_that_takes_it_and_their_length_tells_little(app: Flask) -> None:
    client = app.test_client()
    plain = client.get("/accessibility")
    packed = [client.get("/accessibility", headers={"Accept-Encoding": "gzip"}) for _ in range(12)]
    assert "Content-Encoding" not in plain.headers
    assert {one.headers["Content-Encoding"] for one in packed} == {"gzip"}
    assert all("Accept-Encoding" in one.headers["Vary"] for one in [plain, *packed])
    nonces = re.compile(r'nonce[-="]+[^"\' >]+|inlineS[^}]+')
    words = {nonces.sub("", gzip.decompress(one.data).decode()) for one in packed}
    assert words == {nonces.sub("", plain.get_data(as_text=True))}
    assert len({len(one.data) for one in packed}) > 3
    assert all(len(one.data) < len(plain.data) / 2 for one in packed)
    refusing = client.get("/accessibility", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refusing.headers


def test_the_first_load_is_at_most_90_kilobytes_on_the_wire(app: Flask) -> None:
    """The page, what it names, the modules of its script and the two faces of the font that English needs."""
    client = app.test_client()

    def got(address: str) -> Any:
        return client.get(address, headers={"Accept-Encoding": "gzip"})

    page = got("/")
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page.data).decode()))
    latin = [f"/static/vendor/source-sans-3/source-sans-3-latin-{one}-normal.woff2" for one in (400, 700)]
    module = "/static/vendor/govuk-frontend/govuk-frontend.min.js"
    assert len(page.data) + sum(len(got(one).data) for one in [*named, *latin, module]) <= 90_000
    assert len(page.data) <= 12_000


@pytest.mark.parametrize(
    ("address", "method", "status", "words"),
    [
        ("/no-such-page", "get", 404, "Page not found"),
        ("/sign-out", "get", 405, ""),
        ("/sign-in", "post", 400, ""),
    ],
)
def test_a_wrong_request_gets_a_page_that_helps(
    browser: Open, address: str, method: str, status: int, words: str
) -> None:
    page = getattr(browser().client, method)(address)
    assert page.status_code == status
    assert words in page.get_data(as_text=True)
    assert "What to do" in page.get_data(as_text=True)


def test_a_body_over_the_limit_is_refused_with_a_page(browser: Open) -> None:
    answer = browser().client.post("/sign-in", data=b"x" * (UPLOAD_LIMIT + 1), content_type="text/plain")
    assert answer.status_code == 413


def test_a_fault_of_ours_tells_the_reader_nothing_of_it(
    app: Flask, browser: Open, caplog: pytest.LogCaptureFixture
) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail() -> str:
        raise RuntimeError("secret detail")

    app.view_functions["public.sign_in"] = fail
    page = browser().client.get("/sign-in")
    assert page.status_code == 500
    assert "Something went wrong" in page.get_data(as_text=True)
    assert "secret detail" not in page.get_data(as_text=True)
    assert "secret detail" in caplog.text


def production(**changes: str) -> dict[str, str]:
    return {
        "MATCHMAKER_ENV": "production",
        "MATCHMAKER_SECRET_KEY": "k" * 64,
        "MATCHMAKER_MAIL_URL": "smtp://127.0.0.1",
        "MATCHMAKER_PUBLIC_URL": "https://meet.example",
        "MATCHMAKER_TRUSTED_PROXIES": "1",
        **changes,
    }


def test_production_starts_with_everything_set_and_guards_its_cookie(sqlite: Database, tmp_path: Any) -> None:
    settings = replace(from_environment(production()), instance=tmp_path)
    app = create_app(settings, sqlite, Queue(settings, sqlite, immediate=True))
    assert app.config["SESSION_COOKIE_SECURE"]
    kept = app.test_client().get("/sign-in", base_url="https://meet.example").headers["Set-Cookie"]
    name, *rules = kept.split("; ")
    assert name.startswith("__Host-matchmaker=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(rules)
    assert "Domain" not in kept
    assert app.config["SECRET_KEY"] == "k" * 64
    assert app.test_client().get("/", base_url="https://meet.example").headers["Strict-Transport-Security"]
    notice = app.test_client().get("/privacy", base_url="https://meet.example").get_data(as_text=True)
    assert f"There is one cookie, called {name.partition('=')[0]}. " in notice
    assert "A second one, __Host-matchmaker-kept, " in notice


def test_a_form_that_comes_by_https_and_does_not_say_from_which_page_is_taken(
    sqlite: Database, tmp_path: Any
) -> None:
    settings = replace(from_environment(production()), instance=tmp_path)
    client = create_app(settings, sqlite, Queue(settings, sqlite, immediate=True)).test_client()
    page = client.get("/sign-in", base_url="https://meet.example")
    # Which is why the browser sends no Referer with the form of that page, and an Origin that says nothing.
    assert page.headers["Referrer-Policy"] == "no-referrer"
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.get_data(as_text=True))
    assert token
    form = {"csrf_token": token.group(1), "email": "nobody@example.org"}
    for sent, status in ((form, 303), ({**form, "csrf_token": "another"}, 400)):
        answer = client.post(
            "/sign-in", data=sent, base_url="https://meet.example", headers={"Origin": "null"}
        )
        assert answer.status_code == status, sent


def test_whoever_asks_for_the_head_of_a_page_with_a_form_sends_no_form(browser: Open, make: Any) -> None:
    event, here = make.event(), make.person("Amara")
    make.registration(event, here)
    for step in ("profile", "profile/datasets", "profile/about"):
        assert browser(here).client.head(f"/events/{event.public_id}/{step}").status_code == 200


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"MATCHMAKER_SECRET_KEY": ""}, "MATCHMAKER_SECRET_KEY"),
        ({"MATCHMAKER_SECRET_KEY": "short"}, "MATCHMAKER_SECRET_KEY"),
        ({"MATCHMAKER_MAIL_URL": ""}, "MATCHMAKER_MAIL_URL"),
        ({"MATCHMAKER_PUBLIC_URL": "http://meet.example"}, "MATCHMAKER_PUBLIC_URL"),
        ({"MATCHMAKER_DEMO": "yes"}, "MATCHMAKER_DEMO"),
        ({"MATCHMAKER_TRUSTED_PROXIES": ""}, "MATCHMAKER_TRUSTED_PROXIES to the number"),
        ({"MATCHMAKER_TRUSTED_PROXIES": "one"}, "MATCHMAKER_TRUSTED_PROXIES to a whole number"),
    ],
)
def test_production_refuses_an_unsafe_default_and_names_the_variable(
    changes: dict[str, str], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        from_environment(production(**changes))


def test_a_proxy_that_nobody_told_of_is_said_once_in_the_log_and_believed_in_nothing(
    app: Flask, browser: Open, caplog: pytest.LogCaptureFixture
) -> None:
    one = browser()
    for number in range(3):
        one.get("/sign-in", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert caplog.text.count("MATCHMAKER_TRUSTED_PROXIES") == 1
    assert "203.0.113" not in caplog.text


def test_a_hosts_own_database_address_is_understood() -> None:
    settings = from_environment({"DATABASE_URL": "postgres://u:p@h/db"})
    assert settings.database_url == "postgresql+psycopg://u:p@h/db"


def test_no_text_with_a_null_in_it_reaches_a_database_that_stumbles_over_it(
    settings: Any, postgres: Database, maker: Any
) -> None:
    make = maker(postgres)
    event = make.event("Noise")
    olga = make.organiser(event, make.person("Olga"))
    app = create_app(settings, postgres, Queue(settings, postgres, immediate=True))
    app.config["WTF_CSRF_ENABLED"] = False
    one = app.test_client()
    for address in ("/wall/a%00", "/labels/a%00", "/claim/a%00/b", "/events/a%00/privacy"):
        assert one.get(address).status_code == 404, address
    with postgres.writing() as session:
        token = stay_signed_in.begin(session, olga, datetime.now(UTC))
    with one.session_transaction() as cookie:
        cookie["_user_id"] = token
    where = f"/organise/{event.public_id}"
    for address in ("/people/a%00", "/datasets/a%00", f"{where}/plans/a%00", f"{where}/print?plan=a%00"):
        assert one.get(address).status_code == 404, address
    assert one.post(f"{where}/people/add", data={"name": "Da\x00n"}).status_code == 303
    assert one.post(f"{where}/people/add", data={"name": "\x00"}).status_code == 422
    # A hidden field and an address are no text field, and reach the database all the same.
    hidden = {"email": "ada\x00@x.example", "code": "123456"}
    assert one.post("/sign-in/code", data=hidden).status_code == 422
    assert one.get("/datasets?q=a%00&subject=%00").status_code == 200
