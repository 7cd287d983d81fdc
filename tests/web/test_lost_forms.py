"""A form that meets a lost session: who gets it back, for how long, and what is never kept."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.jobs import upkeep
from matchmaker.services.people import erase_people, merge_people
from matchmaker.store.base import now
from matchmaker.store.people import sign_ins
from matchmaker.store.people.kept_forms import KeptForm
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database

WORDS = "Peat and people"


class Hall:
    """Amara with a profile open in her browser, and Ben."""

    def __init__(self, make: Any, browser: Any, database: Database, become: Any) -> None:
        self.database, self._become = database, become
        self.event = make.event()
        self.amara, self.ben = make.person("Amara"), make.person("Ben")
        self.registration = make.registration(self.event, self.amara, bio="Peat")
        make.registration(self.event, self.ben, bio="Noise")
        self.one = browser(self.amara)
        self.profile = f"/events/{self.event.public_id}/profile/about"
        self.shown = {"csrf_token": self.one.token(), "do": "save", "bio": WORDS}

    def become(self, person: Person | None) -> None:
        """Let the browser be of another session, or of none."""
        self._become(self.one.client.application, self.one.client, person)

    def bio(self) -> str:
        with self.database.reading() as session:
            row = session.get(Registration, self.registration.id)
            assert row is not None
            return row.bio

    def kept(self) -> list[KeptForm]:
        with self.database.reading() as session:
            return list(session.query(KeptForm))


@pytest.fixture
def hall(make: Any, browser: Any, sqlite: Database, become: Any) -> Hall:
    return Hall(make, browser, sqlite, become)


def test_it_is_put_back_for_its_sender_who_saves_it(hall: Hall) -> None:
    hall.become(None)
    page = hall.one.follow(hall.profile, hall.shown)
    assert "It is kept for an hour" in page.text
    assert (hall.bio(), len(hall.kept())) == ("Peat", 1)
    hall.become(hall.amara)
    home = hall.one.get(f"/events/{hall.event.public_id}/")
    assert "Something you sent is not saved" in home.text
    page = hall.one.get(hall.profile)
    assert WORDS in page.text
    assert "What you typed is back in the page" in page.text
    hall.one.post(hall.profile, {"do": "save", "bio": WORDS})
    assert (hall.bio(), hall.kept()) == (WORDS, [])
    assert "back in the page" not in hall.one.get(hall.profile).text


def test_somebody_who_has_signed_in_again_meanwhile_is_led_to_the_page_with_their_words(hall: Hall) -> None:
    hall.become(hall.amara)
    page = hall.one.follow(hall.profile, hall.shown)
    assert WORDS in page.text
    assert hall.bio() == "Peat"


def test_a_form_of_another_persons_session_is_never_saved_and_never_shown_to_the_other(hall: Hall) -> None:
    hall.become(hall.ben)
    page = hall.one.post(hall.profile, hall.shown, status=400)
    assert page.heading == "Somebody else is signed in now"
    for address in (hall.profile, "/unsent", f"/events/{hall.event.public_id}/"):
        assert WORDS not in hall.one.get(address).html
    assert hall.bio() == "Peat"
    hall.become(hall.amara)
    assert WORDS in hall.one.get(hall.profile).text


def test_another_browser_of_the_same_person_does_not_find_it(hall: Hall, browser: Any) -> None:
    hall.become(None)
    hall.one.post(hall.profile, hall.shown)
    other = browser(hall.amara)
    assert WORDS not in other.get(hall.profile).text
    other.client.set_cookie("matchmaker-kept", "guessed")
    assert WORDS not in other.get(hall.profile).text


def test_after_an_hour_it_is_gone(hall: Hall) -> None:
    hall.become(None)
    hall.one.post(hall.profile, hall.shown)
    with hall.database.writing() as session:
        session.execute(update(KeptForm).values(purge_at=now() - timedelta(seconds=1)))
    hall.become(hall.amara)
    assert WORDS not in hall.one.get(hall.profile).text
    upkeep.put_back_and_tidy(hall.database, now())
    assert hall.kept() == []


@pytest.mark.parametrize("token", ["", "forged", None])
def test_what_names_no_session_of_ours_is_not_kept(hall: Hall, token: str | None) -> None:
    hall.become(None)
    sent = {"bio": WORDS} | ({} if token is None else {"csrf_token": token})
    assert hall.one.client.post(hall.profile, data=sent).status_code == 400
    assert hall.kept() == []


def test_a_visitors_form_belongs_to_nobody_and_is_not_kept(hall: Hall, browser: Any) -> None:
    visitor = browser()
    sent = {"csrf_token": visitor.token(), "bio": WORDS}
    assert visitor.client.post(hall.profile, data=sent).headers["Location"] == "/sign-in"
    assert hall.kept() == []


@pytest.mark.parametrize("gone", ["merged", "deleted", "too long to keep"])
def test_what_cannot_be_kept_for_its_sender_is_there_to_copy(hall: Hall, make: Any, gone: str) -> None:
    words = WORDS if gone != "too long to keep" else WORDS * 70_000
    stays = make.person("Amara O.")
    with hall.database.writing() as session:
        amara = session.get_one(Person, hall.amara.id)
        if gone == "merged":
            merge_people.join(session, session.get_one(Person, stays.id), amara)
        elif gone == "deleted":
            erase_people.erase_person(session, amara, keep_thanks=False)
        else:
            sign_ins.end_all(session, [amara.id])
    page = hall.one.post(hall.profile, {**hall.shown, "bio": words, "code": "SECRET"}, status=400)
    assert page.heading == "You were signed out before this was saved"
    assert f"Copy what you still need: Bio {WORDS}" in page.text
    assert "SECRET" not in page.html
    assert hall.kept() == []


def test_neither_files_nor_codes_are_kept_and_the_newest_stands_for_an_address(hall: Hall) -> None:
    hall.become(None)
    file = {"code": "SECRET", "list": (BytesIO(b"Name"), "list.csv")}
    hall.one.client.post(hall.profile, data=hall.shown | file)
    hall.one.client.post(hall.profile, data=hall.shown | {"bio": "Newest"})
    assert len(hall.kept()) == 1
    hall.become(hall.amara)
    page = hall.one.get("/unsent").text
    assert [words in page for words in ("Newest", "SECRET", "list.csv", WORDS)] == [True, False, False, False]


def test_where_a_file_was_sent_every_page_says_that_it_is_to_be_chosen_once_more(
    hall: Hall, make: Any, browser: Any
) -> None:
    desk = browser(olga := make.organiser(hall.event))
    upload = f"/organise/{hall.event.public_id}/imports/attendees"
    sent = {"csrf_token": desk.token(), "file": (BytesIO(b"Name,Email\nAda,a@inside.example\n"), "list.csv")}
    hall._become(desk.client.application, desk.client, None)
    assert (
        "Files are not kept: choose them once more then"
        in desk.get(desk.client.post(upload, data=sent).location).text
    )
    hall._become(desk.client.application, desk.client, olga)
    assert (
        "look at it, choose list.csv once more, as files are not kept, then save it" in desk.get(upload).text
    )
    listed = desk.get("/unsent").text
    assert "Files are not kept: open its page, and choose list.csv once more." in listed
    assert "Save it now" not in listed


@pytest.mark.parametrize(
    ("says", "shown"),
    [({"Sec-Fetch-Site": "same-origin"}, True), ({"Origin": "http://localhost"}, True),
     ({"Origin": "http://elsewhere.example", "Sec-Fetch-Site": "cross-site"}, False), ({}, False)],
)  # fmt: skip
def test_what_a_visitor_typed_before_signing_in_elsewhere_is_there_to_copy_but_never_the_words_of_another_site(
    hall: Hall, make: Any, browser: Any, says: dict[str, str], shown: bool
) -> None:
    visitor = browser()
    sent = {"csrf_token": visitor.token(), "name": WORDS, "code": "123456"}
    ask = f"/events/{make.event(open_registration=True).public_id}/ask"
    hall._become(visitor.client.application, visitor.client, hall.ben)
    visitor.get("/mine")
    answer = visitor.client.post(ask, data=sent, headers=says)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, WORDS in html, "123456" in html) == (400, shown, False)


def test_what_has_no_page_of_its_own_leads_to_the_list_of_what_is_not_saved(
    hall: Hall, make: Any, browser: Any
) -> None:
    desk = browser(make.organiser(hall.event))
    sent = {"csrf_token": desk.token(), "keep": "1", "name": WORDS}
    hall._become(desk.client.application, desk.client, None)
    names = f"/organise/{hall.event.public_id}/datasets/publishers"
    assert desk.client.post(names, data=sent).location.endswith("next=/unsent")


def test_it_can_be_saved_or_thrown_away_from_the_list_of_what_is_not_saved(hall: Hall) -> None:
    hall.become(None)
    hall.one.client.post(hall.profile, data=hall.shown)
    hall.become(hall.amara)
    page = hall.one.follow("/unsent/forget", {"address": hall.profile})
    assert "Everything you sent is saved" in page.text
    assert (hall.bio(), hall.kept()) == ("Peat", [])


def test_where_htmx_sent_the_form_the_whole_page_is_led_to_sign_in(hall: Hall) -> None:
    hall.become(None)
    answer = hall.one.client.post(hall.profile, data=hall.shown, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=")
    assert len(hall.kept()) == 1


def test_a_form_of_a_session_that_ended_elsewhere_is_kept_as_well(hall: Hall) -> None:
    """The browser still has its cookie, and with it the right token; it opens nothing any more."""
    with hall.one.client.session_transaction() as cookie:
        cookie["_user_id"] = "ended.elsewhere"
    assert "It is kept for an hour" in hall.one.follow(hall.profile, hall.shown).text
    assert hall.bio() == "Peat"
