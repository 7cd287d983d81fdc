"""Signing in by a mailed code or a personal code: what opens, what does not, and what it costs to guess."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import itsdangerous
import pytest
from flask import Flask
from sqlalchemy import select, update

from matchmaker.documents.mail import Sender
from matchmaker.jobs.upkeep import put_back_and_tidy
from matchmaker.services import sign_in_by_code
from matchmaker.services.event import organisers
from matchmaker.services.people import sealed_addresses
from matchmaker.services.rate_limits import keyed
from matchmaker.services.sign_in_by_code import SignInContext
from matchmaker.settings import DEVELOPMENT_SECRET as SECRET
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.people.sign_in_codes import Attempt, MailedCode
from matchmaker.store.people.sign_ins import SignIn
from matchmaker.store.session import Database
from matchmaker.web.public.sign_in import place_of

Open = Callable[..., Any]
NOBODY = "/sign-in?next=/datasets"


def letters(database: Database) -> list[Mail]:
    with database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def ask(visitor: Any, database: Database, email: str) -> str:
    """Ask for a code as `email` and return the one in the mail's link."""
    visitor.post("/sign-in", {"email": email})
    found = re.search(r"code=(\d{6})", letters(database)[-1].body)
    assert found
    return found.group(1)


def is_signed_in(visitor: Any) -> bool:
    return visitor.client.get("/datasets").status_code == 200


@pytest.fixture
def ada(make: Any) -> Any:
    make.person("Ben", "ben@inside.example")
    return make.person("Ada", "ada@inside.example")


def test_the_code_from_the_mail_signs_in_once(browser: Open, ada: Any, sqlite: Database) -> None:
    visitor = browser()
    code = ask(visitor, sqlite, "Ada@Inside.example")
    visitor.post("/sign-in/code", {"email": "ada@inside.example", "code": f"{code[:3]} {code[3:]}"})
    assert is_signed_in(visitor)
    again = browser()
    again.post("/sign-in/code", {"email": "ada@inside.example", "code": code}, status=422)
    assert not is_signed_in(again)


def test_the_page_behind_the_link_of_the_mail_says_that_the_code_is_filled_in(browser: Open) -> None:
    typed = browser().get("/sign-in/code?email=ada@inside.example").text
    filled = browser().get("/sign-in/code?email=ada@inside.example&code=583120").text
    assert ["The code from your email is filled in" in one for one in (typed, filled)] == [False, True]
    assert ["No email?" in one for one in (typed, filled)] == [True, False]


def test_no_address_of_a_page_holds_an_email_address(
    browser: Open, ada: Any, sqlite: Database, make: Any
) -> None:
    visitor = browser()
    asked = visitor.post("/sign-in", {"email": "Ada@Inside.example", "next": "/datasets"})
    assert asked.location == "/sign-in/code?next=/datasets"
    assert "Ada@Inside.example" in visitor.get(asked.location).text
    assert 'value="Ada@Inside.example"' in visitor.get("/sign-in").html
    assert "Ada@" not in browser().get(asked.location).html
    (link,) = re.findall(r"/sign-in/code\S+", letters(sqlite)[-1].body)
    assert "inside" not in link.lower()
    page = browser().get(link)
    assert 'name="email" type="hidden" value="ada@inside.example"' in page.html
    visitor.follow("/sign-in/code", {"email": "ada@inside.example", "code": link.partition("code=")[2][:6]})
    with visitor.client.session_transaction() as cookie:
        assert "inside.example" not in str(dict(cookie))


def test_an_address_that_was_not_sealed_here_fills_in_nothing(browser: Open) -> None:
    for asked in (
        "",
        "x",
        "ada@inside.example",
        "é",
        sealed_addresses.sealed("another secret", "ada@inside.example"),
    ):
        page = browser().get("/sign-in", query_string={"to": asked})
        assert "inside.example" not in page.html
    page = browser().get(
        "/sign-in", query_string={"to": sealed_addresses.sealed(SECRET, "ada@inside.example")}
    )
    assert 'value="ada@inside.example"' in page.html


def test_a_letter_from_before_addresses_were_sealed_still_fills_it_in(browser: Open) -> None:
    assert 'value="ada@inside.example"' in browser().get("/sign-in?email=ada@inside.example").html


def test_known_and_unknown_addresses_get_the_same_answer(browser: Open, ada: Any, sqlite: Database) -> None:
    known = browser().follow("/sign-in", {"email": "ada@inside.example"}).text
    unknown = browser().follow("/sign-in", {"email": "eve@inside.example"}).text
    assert known == unknown.replace("eve@", "ada@")
    assert [letter.to for letter in letters(sqlite)] == ["ada@inside.example"]


def test_a_robot_that_opens_every_link_ten_times_changes_nothing(
    browser: Open, ada: Any, sqlite: Database
) -> None:
    visitor = browser()
    code = ask(visitor, sqlite, "ada@inside.example")
    [link] = re.findall(r"https?://\S+code=\d{6}\S*", letters(sqlite)[0].body)
    robot = browser()
    for _ in range(10):
        page = robot.get(link.partition("5000")[2])
        assert f'value="{code}"' in page.html
    assert not is_signed_in(robot)
    visitor.post("/sign-in/code", {"email": "ada@inside.example", "code": code})
    assert is_signed_in(visitor)


def test_a_new_code_ends_the_old_one(browser: Open, ada: Any, sqlite: Database) -> None:
    visitor = browser()
    old = ask(visitor, sqlite, "ada@inside.example")
    new = ask(visitor, sqlite, "ada@inside.example")
    if old != new:
        visitor.post("/sign-in/code", {"email": "ada@inside.example", "code": old}, status=422)
    visitor.post("/sign-in/code", {"email": "ada@inside.example", "code": new})
    assert is_signed_in(visitor)


def test_a_code_is_for_one_address_only(browser: Open, ada: Any, sqlite: Database) -> None:
    visitor = browser()
    code = ask(visitor, sqlite, "ada@inside.example")
    visitor.post("/sign-in/code", {"email": "ben@inside.example", "code": code}, status=422)
    assert not is_signed_in(visitor)


def test_after_five_guesses_even_the_right_code_is_refused(browser: Open, ada: Any, sqlite: Database) -> None:
    visitor = browser()
    code = ask(visitor, sqlite, "ada@inside.example")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        visitor.post("/sign-in/code", {"email": "ada@inside.example", "code": wrong}, status=422)
    visitor.post("/sign-in/code", {"email": "ada@inside.example", "code": code}, status=422)
    assert not is_signed_in(visitor)


def test_a_code_is_refused_after_ten_minutes(browser: Open, ada: Any, sqlite: Database) -> None:
    visitor = browser()
    code = ask(visitor, sqlite, "ada@inside.example")
    with sqlite.writing() as session:
        left = session.scalars(select(MailedCode.expires_at)).one() - datetime.now(UTC)
        assert timedelta(minutes=9) < left <= timedelta(minutes=10)
        session.execute(update(MailedCode).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    visitor.post("/sign-in/code", {"email": "ada@inside.example", "code": code}, status=422)


def test_the_sixth_request_for_a_code_in_ten_minutes_is_refused_for_anybody(browser: Open, ada: Any) -> None:
    for email in ("ada@inside.example", "nobody@inside.example"):
        visitor = browser()
        for _ in range(5):
            visitor.post("/sign-in", {"email": email})
        visitor.post("/sign-in", {"email": email}, status=429)


def from_place(app: Flask, browser: Open, place: str) -> Any:
    """Return a browser at another network address."""
    one = browser()
    one.client.environ_base["REMOTE_ADDR"] = place
    return one


def many(database: Database, *, kind: str, place: str) -> None:
    """Let somebody at this place have used up what may be done from it in an hour."""
    key = keyed(SECRET, kind, place)
    with database.writing() as session:
        session.add_all(Attempt(kind=kind, key=key, at=datetime.now(UTC)) for _ in range(400))


def test_others_who_ask_for_codes_all_day_keep_nobody_from_signing_in(
    app: Flask, browser: Open, ada: Any, sqlite: Database
) -> None:
    for number in range(1, 4):
        eve = from_place(app, browser, f"203.0.113.{number}")
        for _ in range(5):
            eve.post("/sign-in", {"email": "ada@inside.example"})
        eve.post("/sign-in", {"email": "ada@inside.example"}, status=429)
    assert len(letters(sqlite)) == 6, "her mailbox is not filled either"
    one = from_place(app, browser, "198.51.100.1")
    code = ask(one, sqlite, "ada@inside.example")
    one.post("/sign-in/code", {"email": "ada@inside.example", "code": code})
    assert is_signed_in(one)


def test_others_who_use_up_the_tries_of_a_place_keep_nobody_there_from_signing_in(
    app: Flask, browser: Open, ada: Any, sqlite: Database
) -> None:
    one = browser()
    for kind in ("code-asked from", "code-typed from"):
        many(sqlite, kind=kind, place="127.0.0.1")
    one.post("/sign-in", {"email": "ada@inside.example"})
    [letter] = letters(sqlite)
    [link] = re.findall(r"https?://\S+", letter.body)
    page = one.get(link.partition("5000")[2])
    form = dict(re.findall(r'name="(email|code|proof|next)"[^>]*value="([^"]*)"', page.html))
    form = {**form, "code": re.findall(r"code=(\d{6})", link)[0]}
    one.post("/sign-in/code", {**form, "proof": "0" * 32}, status=429)
    one.post("/sign-in/code", form)
    assert is_signed_in(one)
    # Whoever mistypes, or closes the page, asks again.
    for _ in range(2):
        one.post("/sign-in", {"email": "ada@inside.example"})
    assert len(letters(sqlite)) == 3
    told = one.post("/sign-in", {"email": "ada@inside.example"}, status=429)
    assert "Where many people share one network, such as that of a hall, it can take an hour." in told.text


def test_wrong_guesses_of_others_do_not_end_the_link_in_the_mail(
    app: Flask, browser: Open, ada: Any, sqlite: Database
) -> None:
    one = browser()
    code = ask(one, sqlite, "ada@inside.example")
    [proof] = re.findall(r"proof=([0-9a-f]+)", letters(sqlite)[-1].body)
    eve = from_place(app, browser, "203.0.113.1")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(7):
        eve.post("/sign-in/code", {"email": "ada@inside.example", "code": wrong, "proof": proof}, status=422)
    form = {"email": "ada@inside.example", "code": code}
    one.post("/sign-in/code", form, status=422)
    one.post("/sign-in/code", {**form, "proof": proof})
    assert is_signed_in(one)


def test_a_home_with_very_many_addresses_is_one_place() -> None:
    assert place_of("2001:db8:1:2::7") == place_of("2001:db8:1:2:ffff::1") != place_of("2001:db8:1:3::7")
    assert (place_of("192.0.2.7"), place_of("")) == ("192.0.2.7", "")


@pytest.mark.parametrize(
    "seen", ["::ffff:192.0.2.7", "192.0.2.7:5000", "192.0.2.7:5001", "[::ffff:192.0.2.7]:5000"]
)
def test_however_a_server_or_a_proxy_writes_an_address_it_is_the_same_place(seen: str) -> None:
    assert place_of(seen) == "192.0.2.7" != place_of("::ffff:192.0.2.8")
    assert place_of("[2001:db8::7]:443") == place_of("2001:db8::8")


def test_a_refused_try_still_counts(browser: Open, ada: Any, sqlite: Database) -> None:
    browser().post("/sign-in/code", {"email": "ada@inside.example", "code": "123456"}, status=422)
    with sqlite.reading() as session:
        kinds = session.scalars(select(Attempt.kind).order_by(Attempt.kind)).all()
    assert kinds == ["code-typed for", "code-typed from"]


def test_neither_code_nor_address_stands_in_the_ledger_or_beside_the_code(
    browser: Open, ada: Any, sqlite: Database
) -> None:
    code = ask(browser(), sqlite, "ada@inside.example")
    with sqlite.reading() as session:
        keys = session.scalars(select(Attempt.key)).all()
        kept = session.scalars(select(MailedCode.code_hash)).one()
    assert all("inside" not in key for key in keys)
    assert code not in kept


def test_signing_in_leads_back_to_the_page_asked_for_but_never_to_another_site(
    browser: Open, ada: Any, sqlite: Database
) -> None:
    for asked, led in (
        ("/datasets?q=river", "/datasets?q=river"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("//[evil", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ):
        visitor = browser()
        with sqlite.writing() as session:
            session.execute(Attempt.__table__.delete())
        code = ask(visitor, sqlite, "ada@inside.example")
        form = {"email": "ada@inside.example", "code": code, "next": asked}
        assert visitor.post("/sign-in/code", form).location == led


def copied(app: Flask, one: Any) -> Any:
    """Return a browser that holds a copy of what `one` holds."""
    client = app.test_client()
    with one.client.session_transaction() as cookie:
        held = dict(cookie)
    with client.session_transaction() as cookie:
        cookie.update(held)
    return type(one)(client)


def test_signing_out_ends_the_session_and_every_copy_of_its_cookie(
    app: Flask, browser: Open, ada: Any, make: Any
) -> None:
    one, noise = browser(ada), browser(make.person("Noise"))
    copy, phone = copied(app, one), browser(ada)
    assert is_signed_in(copy)
    one.post("/sign-out")
    with one.client.session_transaction() as cookie:
        assert set(cookie) <= {"_flashes", "_fresh", "csrf_token"}
        assert "." not in cookie.get("csrf_token", ""), "no token that names a person"
    assert [is_signed_in(other) for other in (one, copy, phone, noise)] == [False, False, True, True]


def test_signing_out_everywhere_ends_every_session_of_that_person_and_no_other(
    app: Flask, browser: Open, ada: Any, make: Any
) -> None:
    one, phone, noise = browser(ada), browser(ada), browser(make.person("Noise"))
    copy = copied(app, phone)
    one.post("/signed-in/end-all")
    assert [is_signed_in(other) for other in (one, copy, phone, noise)] == [False, False, False, True]


def test_one_sees_ones_browsers_and_can_end_each_of_them_but_nobody_elses(
    browser: Open, ada: Any, make: Any, sqlite: Database
) -> None:
    one, phone, noise = browser(ada), browser(ada), browser(make.person("Noise"))
    rows = all_sign_ins(sqlite)
    page = one.get("/signed-in")
    assert (page.text.count("This browser"), page.text.count("Another browser")) == (1, 1)
    noise.post(f"/signed-in/{rows[1].public_id}/end")
    assert is_signed_in(phone)
    one.post(f"/signed-in/{rows[1].public_id}/end")
    assert [is_signed_in(other) for other in (one, phone, noise)] == [True, False, True]
    assert "Sign out everywhere" not in one.get("/signed-in").text
    assert one.post(f"/signed-in/{rows[0].public_id}/end").location == "/"
    assert not is_signed_in(one)


def test_ones_browsers_have_the_names_their_owner_knows_and_say_when_they_last_sent_something(
    browser: Open, ada: Any, sqlite: Database
) -> None:
    phone = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
    for said in (
        phone,
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36",
    ):
        one = browser()
        one.client.environ_base["HTTP_USER_AGENT"] = said
        code = ask(one, sqlite, "ada@inside.example")
        one.post("/sign-in/code", {"email": "ada@inside.example", "code": code})
    text = one.get("/signed-in").text
    assert "Chrome on Windows , this browser: since" in text
    assert "Firefox on Android: since" in text
    assert "last sent something" not in text
    assert [row.browser for row in all_sign_ins(sqlite)] == ["Firefox on Android", "Chrome on Windows"]
    began = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with sqlite.writing() as session:
        session.execute(update(SignIn).values(began_at=began, used_at=began))
    for _ in range(2):
        one.get("/datasets")
    assert [row.used_at for row in all_sign_ins(sqlite)] == [began, began], "reading keeps nothing"
    one.post("/thanks/choice", {"open": "no"})
    now = [row.used_at for row in all_sign_ins(sqlite)]
    assert now[0] == began
    assert now[1]
    assert now[1] > datetime.now(UTC) - timedelta(minutes=5)
    assert "1 March 2026 at midday, last sent something on" in one.get("/signed-in").text


def test_a_form_that_is_refused_is_no_use_of_a_browser(browser: Open, ada: Any, sqlite: Database) -> None:
    one = browser(ada)
    with sqlite.writing() as session:
        session.execute(update(SignIn).values(used_at=None))
    one.post("/thanks/choice", {"open": "perhaps"}, status=400)
    assert [row.used_at for row in all_sign_ins(sqlite)] == [None]


def test_a_session_ends_a_month_after_it_began_however_much_it_is_used(
    browser: Open, ada: Any, sqlite: Database
) -> None:
    one = browser(ada)
    [row] = all_sign_ins(sqlite)
    assert row.ends_at - row.began_at == timedelta(days=30)
    for left, signed_in in ((timedelta(minutes=1), True), (timedelta(minutes=-1), False)):
        with sqlite.writing() as session:
            session.merge(row).ends_at = datetime.now(UTC) + left
        assert is_signed_in(one) == signed_in
    put_back_and_tidy(sqlite, datetime.now(UTC))
    assert all_sign_ins(sqlite) == []


def test_a_session_ends_after_a_week_in_which_it_was_not_used(
    app: Flask, browser: Open, ada: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = browser(ada)
    assert is_signed_in(one)
    now = time.time()
    signer = itsdangerous.TimestampSigner
    for days, signed_in in ((6, True), (12, True), (19.1, False)):
        monkeypatch.setattr(signer, "get_timestamp", lambda _self, days=days: int(now + days * 86_400))
        assert is_signed_in(one) == signed_in, days


def test_the_token_in_the_cookie_is_not_kept_and_a_new_sign_in_ends_the_old_one_of_that_browser(
    browser: Open, ada: Any, sqlite: Database
) -> None:
    one = browser(ada)
    with one.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    [row] = all_sign_ins(sqlite)
    assert token not in (row.token_hash, row.public_id)
    code = ask(one, sqlite, "ada@inside.example")
    one.post("/sign-in/code", {"email": "ada@inside.example", "code": code})
    [new] = all_sign_ins(sqlite)
    assert new.token_hash != row.token_hash


def all_sign_ins(database: Database) -> list[SignIn]:
    with database.reading() as session:
        return list(session.scalars(select(SignIn).order_by(SignIn.id)))


def test_the_cookie_is_for_this_site_and_not_for_scripts(browser: Open, ada: Any, sqlite: Database) -> None:
    visitor = browser()
    code = ask(visitor, sqlite, "ada@inside.example")
    page = visitor.post("/sign-in/code", {"email": "ada@inside.example", "code": code})
    cookie = page.response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.fixture
def desk() -> SignInContext:
    return SignInContext(
        "development-only-not-a-secret", "http://x/sign-in/code", Sender("x", "y"), "127.0.0.1"
    )


def make_personal(database: Database, desk: SignInContext, event: Event, registration: Registration) -> str:
    with database.writing() as session:
        return sign_in_by_code.make_personal_code(session, desk, event, registration, datetime.now(UTC))


def test_a_personal_code_opens_however_it_is_typed_and_a_new_one_ends_it(
    browser: Open, make: Any, sqlite: Database, desk: SignInContext
) -> None:
    event = make.event()
    registration = make.registration(event, make.person("Ada", email=""))
    make.registration(event)
    old = make_personal(sqlite, desk, event, registration)
    for typed in (old, old.lower().replace("-", " ")):
        visitor = browser()
        visitor.post("/sign-in/personal", {"code": typed})
        assert is_signed_in(visitor)
    new = make_personal(sqlite, desk, event, registration)
    browser().post("/sign-in/personal", {"code": old}, status=422)
    browser().post("/sign-in/personal", {"code": new})


def test_whoever_a_personal_code_is_for_is_told_each_time_it_is_used(
    make: Any, browser: Callable[..., Any], sqlite: Database, desk: SignInContext
) -> None:
    event = make.event("The event")
    registration = make.registration(event, make.person("Ada", "ada@inside.example"))
    silent = make.registration(event, make.person("Bo", email=""))
    for one in (registration, silent):
        browser().post("/sign-in/personal", {"code": make_personal(sqlite, desk, event, one)})
    browser().post("/sign-in/personal", {"code": "ABCDE-FGHJK"}, status=422)
    with sqlite.reading() as session:
        ((kind, to, subject),) = [(one.kind, one.to, one.subject) for one in session.query(Mail)]
    assert (kind, to) == ("personal code used", "ada@inside.example")
    assert subject == "Your personal code for The event was used"


def test_the_personal_code_of_somebody_who_cancelled_opens_their_choices_and_no_more(
    browser: Open, make: Any, sqlite: Database, desk: SignInContext
) -> None:
    event = make.event()
    registration = make.registration(event, state=RegistrationState.CANCELLED)
    code, one = make_personal(sqlite, desk, event, registration), browser()
    one.post("/sign-in/personal", {"code": code})
    here = f"/events/{event.public_id}"
    assert one.get(f"{here}/choices").heading == "Your choices"
    assert one.get(f"{here}/suggestions", status=302).location == f"{here}/"


def test_becoming_an_organiser_ends_codes_and_sessions_of_before(
    browser: Open, make: Any, sqlite: Database, desk: SignInContext
) -> None:
    event = make.event("Data day")
    registration = make.registration(event, make.person("Ada", "ada@inside.example"))
    code, before = make_personal(sqlite, desk, event, registration), browser(registration.person)
    for _ in range(2):
        with sqlite.writing() as session:
            organisers.add_organiser(session, "ada@inside.example", "Ada", "Data day")
    browser().post("/sign-in/personal", {"code": code}, status=422)
    assert not is_signed_in(before)


def test_a_code_is_signed_by_the_installation_and_not_for_itself(
    browser: Open, make: Any, sqlite: Database
) -> None:
    make.person("Ada", "ada@inside.example")
    browser().post("/sign-in", {"email": "ada@inside.example"})
    with sqlite.reading() as session:
        ((body,),) = session.execute(select(Mail.body)).all()
    words = " ".join(body.split())
    assert "Sent by matchmaker. Questions: " in words
    assert "for matchmaker" not in words
