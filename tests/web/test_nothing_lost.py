"""No form loses a word, whichever it is: the tests find every form from the app's own addresses.

* A form that shows what is kept says what it was shown from; two who save it at once lose nothing.
* A form that meets a lost session comes back to its sender, and to nobody else.
* A form that changes something leads on, so that Back shows a page.
"""

import copy
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask_wtf import FlaskForm

from matchmaker.store.people.kept_forms import KeptForm
from matchmaker.store.session import Database
from matchmaker.web.form import PageForm
from tests.web.conftest import World, world_in
from tests.web.typed_forms import Form, Said, Typed, forms_of

ROLES = ("attendee", "organiser")
"""Whose pages hold every form: an attendee's own and everybody's, then the organisers'."""

NOT_EDITED = {
    "organisers.rounds": "adds rounds; the lengths it begins with are a proposal",
    "organisers.tables": "adds tables; the numbers it begins with are a proposal",
    "organisers.plans": "asks for a plan",
    "attendees.pitch_topic": "pitches a topic; how many people and how often are proposals",
    "organisers.add_topic": "adds a topic; how many people and how often are proposals",
    "organisers.shift": "moves rounds; the minutes are a proposal",
    "organisers.join_publishers": "gives a publisher another name; begins with the first of all publishers",
    "people.name_stranger": "names somebody; begins with one of two kinds",
    "organisers.change_meeting": "one act upon one meeting, which is checked as it is done",
    "organisers.change_round": "one act upon one round, which is checked as it is done",
}
"""Endpoint of a form that begins with something that is not kept → why."""


def again(one: Any, form: Form) -> Form:
    """Open a form's page once more."""
    html = one.client.get(form.page).get_data(as_text=True)
    return next(x for x in forms_of(form.page, html) if x.action == form.action)


class Kept:
    """A world made once for the tests of this file: each has the same rows, and each role's forms are found once."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.world: World | None = None
        self.forms: dict[str, list[Form]] = {}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("world") / "world.db")


@pytest.fixture
def world(kept: Kept, make: Any, app: Flask, browser: Callable[..., Any], sqlite: Database) -> World:
    here = sqlite.engine.url.database or ""
    if kept.world is None:
        kept.world = world_in(make, app)
        kept.forms = {role: every_form(kept.world, browser, role) for role in ROLES}
        overwrite(kept.file, here)
    else:
        overwrite(here, kept.file)
    mine = copy.copy(kept.world)
    mine.app = app
    return mine


def overwrite(one: Path | str, other: Path | str) -> None:
    """Let one database be as another is."""
    with closing(sqlite3.connect(other)) as rows, closing(sqlite3.connect(one)) as target:
        rows.backup(target)


def every_form(world: World, browser: Callable[..., Any], role: str) -> list[Form]:
    """Return one form an address of all pages that this role can open, but those to sign in and out."""
    one, found = browser(world.people[role]), {}
    for rule, _blueprint in world.routes("GET"):
        where = world.address(rule) + ASKED.get(rule.endpoint, "")
        answer = one.client.get(where)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            for form in forms_of(where, answer.get_data(as_text=True)):
                found.setdefault(form.action, form)
    return [
        form for _action, form in sorted(found.items()) if not endpoint(world, form).startswith("public.")
    ]


def edited(forms: list[Form]) -> list[Form]:
    return [form for form in forms if "shown_from" in form.sent()]


def endpoint(world: Any, form: Form) -> str:
    with world.app.test_request_context():
        found: str = world.app.url_map.bind("localhost").match(form.action.partition("?")[0], method="POST")[
            0
        ]
    return found


ASKED = {
    "people.claim": "?role=checked",
    "people.thank": "?role=curated",
    "organisers.confirm_invitations": "?who=everybody&how=file",
}
"""Endpoint → what its address asks for, so that the form shows something that is kept, or does most."""

PRESSED = {
    "attendees.profile": {"do": ["save"]},
    "attendees.profile_about": {"do": ["save"]},
    "attendees.profile_datasets": {"do": ["save"]},
    "people.thank": {"step": ["send"]},
    "people.edit_thanks": {"step": ["send"]},
}
"""Endpoint → the button that saves."""

OTHER_WORDS: Said = {
    "arrives": ["10:05", "10:10"],
    "leaves": ["10:45", "10:40"],
    "starts": ["10:02", "10:03"],
    "contact_email": ["a@inside.example", "b@inside.example"],
    "emails": ["a@inside.example", "b@inside.example"],
    "inside_domains": ["a.example", "b.example"],
    "evidence_url": ["https://example.org/a", "https://example.org/b"],
    "erase_on": ["13 06 2027", "14 06 2027"],
    "held_on": ["12 03 2027", "13 03 2027"],
    "first": ["2", "2"],
    "last": ["2", "2"],
    "first_year": ["2015", "2016"],
    "last_year": ["2019", "2018"],
}
"""Field → two values that are right where no words would be."""

TOGETHER = {
    "pool_reason": "pool",
    "leaves": "arrives",
    "erase_on": "held_on",
    "last_year": "first_year",
    "last": "first",
}
"""Field → another that must fit it, so that nobody changes the one without the other."""

SMALL = {"new_topic", "words", "role", "role_text"}
"""Fields that are not kept under their own name: they add to a list, or choose what is edited."""

FOR_ONCE = {("organisers.table", "until")}
"""Fields that say how far a change reaches, and are not kept."""


def change(one: Typed, place: int) -> list[str]:
    """Return one of two other values of a field, by its place, as the browser sends them; [] for an empty box."""
    if one.name in OTHER_WORDS:
        return OTHER_WORDS[one.name][place].split()
    if one.kind == "checkbox":
        return [] if one.value else [one.offered[0]]
    if one.kind in ("radio", "select"):
        others = [value for value in one.offered if value and value != one.value]
        # A list is taken from its end: the first few ways to stand to a dataset exclude each other.
        others = others[::-1] if one.kind == "select" else others
        return [others[min(place, len(others) - 1)]] if others else [one.value]
    if one.kind == "number":
        return [str(int(one.value or 1) + place + 1)]
    return [f"{one.value} Words of tab {place}".strip()]


def changes(form: Form, tab: int) -> Said:
    """Return what one of two tabs changes: every other field, so that both together change all."""
    groups = list(
        dict.fromkeys(TOGETHER.get(one.name, one.name) for one in form.typed if one.name not in SMALL)
    )
    mine = set(groups[tab::2])
    return {one.name: change(one, tab) for one in form.typed if TOGETHER.get(one.name, one.name) in mine}


@pytest.mark.usefixtures("app")
def test_every_form_is_one_that_takes_back_what_a_lost_session_kept() -> None:
    ours = [one for one in FlaskForm.__subclasses__() if one.__module__.startswith("matchmaker.")]
    assert ours == [PageForm]


@pytest.mark.parametrize("role", ROLES)
def test_a_form_that_shows_what_is_kept_says_what_it_was_shown_from(
    role: str, world: Any, kept: Kept
) -> None:
    filled = {
        endpoint(world, form)
        for form in kept.forms[role]
        if any(one.value for one in form.typed) and "shown_from" not in form.sent()
    }
    assert filled <= NOT_EDITED.keys()


@pytest.mark.parametrize("role", ROLES)
def test_two_tabs_that_change_different_fields_lose_nothing(
    role: str, world: Any, browser: Callable[..., Any], kept: Kept
) -> None:
    one, tried = browser(world.people[role]), set()
    for stale in edited(kept.forms[role]):
        form, at = again(one, stale), endpoint(world, stale)
        tabs = [changes(form, tab) for tab in (0, 1)]
        for said in tabs:
            page = one.post(form.action, form.sent(said | PRESSED.get(at, {})))
            assert "/sign-in" not in page.location, at
        stored = again(one, form)
        for name, values in (tabs[0] | tabs[1]).items():
            if (at, name) in FOR_ONCE:
                continue
            if name.startswith("links-"):
                # Lines stand in the order of what they say, so one that was changed may have another number.
                lines = [shown.value for shown in stored.fields if shown.name.endswith("-standing")]
                assert values[0] in lines, f"{at} {name}"
                continue
            now = [shown.value for shown in stored.fields if shown.name == name and shown.value]
            assert [" ".join(x.split()) for x in now] == values, f"{at} {name}"
        tried.add(at)
    assert tried >= EDITS[role]


@pytest.mark.parametrize("role", ROLES)
def test_two_tabs_that_change_the_same_field_show_both_and_ask(
    role: str, world: Any, browser: Callable[..., Any], kept: Kept
) -> None:
    one, tried = browser(world.people[role]), set()
    for stale in edited(kept.forms[role]):
        form, at = again(one, stale), endpoint(world, stale)
        pressed = PRESSED.get(at, {})
        field = next((x for x in form.typed if x.name not in SMALL and change(x, 0) != change(x, 1)), None)
        if field is None or field.name.startswith("links-"):
            continue
        first, second = ({field.name: change(field, place)} for place in (0, 1))
        one.post(form.action, form.sent(first | pressed))
        asked = one.post(form.action, form.sent(second | pressed), status=422)
        assert "Changed since you opened this page" in asked.text, at
        clash = next(x for x in forms_of(form.page, asked.html) if x.action == form.action)
        question = next(x for x in clash.typed if x.name == f"keep-{field.name}")
        assert [x.value for x in clash.fields if x.name == field.name and x.value] == second[field.name], at
        assert shown(one, form, field) == first[field.name], at
        mine = {f"keep-{field.name}": [question.offered[0]]}
        one.post(form.action, clash.sent(pressed), status=422)
        one.post(form.action, clash.sent(mine | pressed))
        assert shown(one, form, field) == second[field.name], at
        theirs = {**first, f"keep-{field.name}": ["theirs"]}
        one.post(form.action, form.sent(theirs | pressed))
        assert shown(one, form, field) == second[field.name], at
        tried.add(at)
    assert tried >= EDITS[role] - {"organisers.person_attendance", "attendees.profile_datasets"}


def shown(one: Any, form: Form, field: Typed) -> list[str]:
    return [" ".join(x.value.split()) for x in again(one, form).fields if x.name == field.name and x.value]


EDITS = {
    "attendee": {
        "attendees.profile", "attendees.profile_about", "attendees.profile_datasets", "people.claim",
        "people.edit_thanks", "people.thank", "people.use_dataset",
    },
    "organiser": {
        "organisers.person", "organisers.person_attendance", "organisers.round", "organisers.setup",
        "organisers.table",
    },
}  # fmt: skip
"""What must be among the forms that are found, or the finding is broken."""


@pytest.mark.parametrize("role", ROLES)
def test_a_form_that_meets_a_lost_session_comes_back_to_its_sender_and_to_nobody_else(
    role: str,
    world: Any,
    browser: Callable[..., Any],
    kept: Kept,
    become: Callable[..., None],
    sqlite: Database,
) -> None:
    me, other = world.people[role], world.people["stranger"]
    for number, form in enumerate(kept.forms[role]):
        words = f"Unsaid{number}"
        one = browser(me)
        fresh = again(one, form)
        typed = [x for x in fresh.typed if x.kind in ("text", "textarea") and x.name != "code"]
        said = {x.name: [words] for x in typed[:1]}
        one.client.delete_cookie(world.app.config["SESSION_COOKIE_NAME"])
        kept = one.client.post(form.action, data=fresh.sent(said | fresh.token))
        assert kept.status_code == 303, form.action
        assert "/sign-in" in kept.headers["Location"], form.action
        where = parse_qs(urlsplit(kept.headers["Location"]).query)["next"][0]
        # Whoever typed nothing has nothing that could come back.
        for person in (other, me) if said else ():
            become(world.app, one.client, person)
            html = one.client.get(where).get_data(as_text=True) + one.client.get("/unsent").get_data(
                as_text=True
            )
            assert (words in html) == (person is me), (form.action, person.name)
    with sqlite.reading() as session:
        assert all(b"Unsaid" not in row.content for row in session.query(KeptForm))


@pytest.mark.parametrize("role", ROLES)
def test_a_form_that_changes_something_leads_on(
    role: str,
    world: Any,
    browser: Callable[..., Any],
    kept: Kept,
    sqlite: Database,
    tmp_path: Path,
) -> None:
    one, forms = browser(world.people[role]), kept.forms[role]
    one.token()
    cookie = one.client.get_cookie(world.app.config["SESSION_COOKIE_NAME"])
    with closing(sqlite3.connect(sqlite.engine.url.database or "")) as watch:
        unchanged = as_it_was(watch, tmp_path / "as-it-was.db")
        for form in forms:
            # A form that signs out, such as the one that deletes oneself, must not end the tries of the others.
            one.client.set_cookie(cookie.key, cookie.value)
            at, fresh = endpoint(world, form), again(one, form)
            answer = one.client.post(form.action, data=fresh.sent(PRESSED.get(at, {}) | fresh.token))
            assert unchanged() or answer.status_code == 303, f"{at}: {answer.status_code}"


def as_it_was(watch: sqlite3.Connection, copy: Path) -> Callable[[], bool]:
    """Return a function that says whether a database is as it is now, and makes it so again."""
    with closing(sqlite3.connect(copy)) as kept:
        watch.backup(kept)
        before = list(kept.iterdump())

    def version() -> int:
        """Return what is another number once somebody else has written."""
        number: int = watch.execute("PRAGMA data_version").fetchone()[0]
        return number

    looked_at = version()

    def look() -> bool:
        nonlocal looked_at
        if version() == looked_at:
            return True
        same = list(watch.iterdump()) == before
        if not same:
            with closing(sqlite3.connect(copy)) as kept:
                kept.backup(watch)
        looked_at = version()
        return same

    return look
