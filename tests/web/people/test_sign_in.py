"""Signing in by a mailed code or a personal code: what opens, what does not, and what it costs to guess."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from matchmaker.documents.mail import Sender
from matchmaker.services import sign_in_by_code
from matchmaker.services.event import organisers
from matchmaker.services.sign_in_by_code import SignInContext
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.people.sign_in_codes import Attempt, MailedCode
from matchmaker.store.session import Database

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
    assert all("ada" not in key for key in keys)
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


def test_a_changed_key_signs_a_person_out_everywhere(browser: Open, ada: Any, sqlite: Database) -> None:
    one = browser(ada)
    assert is_signed_in(one)
    with sqlite.writing() as session:
        session.merge(ada).sign_in_key = "another"
    assert not is_signed_in(one)


def test_signing_out_ends_the_session(browser: Open, ada: Any) -> None:
    one = browser(ada)
    one.post("/sign-out")
    assert not is_signed_in(one)


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
