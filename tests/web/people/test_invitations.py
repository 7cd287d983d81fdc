"""Invitations: nobody is written to before a page has said how many, and codes are shown once."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from matchmaker.services.people.sealed_addresses import opened
from matchmaker.settings import DEVELOPMENT_SECRET as SECRET
from matchmaker.store import mail
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.mail import Mail
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.session import Database
from matchmaker.web.file_names import named

Open = Callable[..., Any]
THEN = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def event(make: Any) -> Event:
    made: Event = make.event("Field Notes")
    make.registration(make.event("Another day"), make.person("Noise Nora"), state=RegistrationState.INVITED)
    return made


@pytest.fixture
def olga(event: Event, make: Any) -> Person:
    person: Person = make.organiser(event, make.person("Olga Organiser"))
    return person


@pytest.fixture
def organiser(olga: Person, browser: Open) -> Any:
    return browser(olga)


@pytest.fixture
def people(event: Event, make: Any) -> dict[str, Any]:
    """Five registrations: new, new without an address, invited, confirmed, cancelled."""
    invited = RegistrationState.INVITED
    return {
        "new": make.registration(event, make.person("New Nina", "nina@inside.example"), state=invited),
        "paper": make.registration(event, make.person("Paper Pat", email=""), state=invited),
        "asked": make.registration(event, make.person("Asked Alex"), state=invited, invited_at=THEN),
        "yes": make.registration(event, make.person("Yes Yusuf")),
        "no": make.registration(event, make.person("No Noor"), state=RegistrationState.CANCELLED),
    }


def at(event: Event, *parts: str) -> str:
    return "/".join([f"/organise/{event.public_id}/invitations", *parts])


def letters(sqlite: Database) -> list[Mail]:
    with sqlite.reading() as session:
        return mail.latest(session)


def invited(sqlite: Database, event: Event) -> dict[str, datetime | None]:
    with sqlite.reading() as session:
        return {one.person.name: one.invited_at for one in registrations.at_event(session, event.id)}


def test_the_page_counts_whom_it_could_invite(organiser: Any, event: Event, people: Any) -> None:
    words = organiser.get(at(event)).text
    assert "Everybody who has not been invited yet (2)" in words
    assert "Everybody who was invited and has not answered (1)" in words
    assert "Everybody without an email address (1)" in words
    assert "Everybody on the list (4)" in words


def test_the_page_says_that_letters_reach_nobody_where_no_mail_server_is_set(
    organiser: Any, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, words = f"/organise/{event.public_id}/invitations", "No mail server is set here"
    settings = organiser.client.application.config["SETTINGS"]
    assert words not in organiser.get(where).text
    nowhere = replace(settings, mail_url="console:")
    monkeypatch.setitem(organiser.client.application.config, "SETTINGS", nowhere)
    assert words in organiser.get(where).text
    assert "leads to this computer alone, so nobody can use a code" in organiser.get(where).text
    there = replace(settings, public_url="https://meet.example.org")
    monkeypatch.setitem(organiser.client.application.config, "SETTINGS", there)
    assert "leads to this computer alone" not in organiser.get(where).text


def test_where_no_letter_leaves_inviting_only_notes_it_and_says_so(
    organiser: Any, event: Event, people: Any, sqlite: Database, no_mail_server: None
) -> None:
    page = organiser.get(at(event))
    assert "Send an email" not in page.text
    assert page.text.index("Print personal codes") < page.text.index("Note them as invited")
    asked = organiser.get(at(event, "confirm") + "?who=not-invited&how=mail")
    assert asked.heading == "Note 1 person as invited?"
    assert "The letter says who invites" not in asked.text
    done = organiser.follow(at(event), {"who": "not-invited", "how": "mail", "count": "1"})
    assert (
        "1 person is noted as invited, but no email leaves this computer, as no mail server is set: "
        "make personal codes and hand them out instead"
    ) in done.text


def test_whoever_asked_to_be_asked_is_put_on_the_list_by_one_press(
    organiser: Any, olga: Person, event: Event, make: Any, sqlite: Database
) -> None:
    assert "They asked to be asked" not in organiser.get(at(event)).text
    earlier = make.event("Earlier", held_on=date(2026, 3, 1), erase_on=date(2027, 12, 1))
    make.organiser(earlier, olga)
    keen = make.person("Keen Kay")
    make.registration(earlier, keen, state=RegistrationState.DECLINED, ask_next_time=True)
    words = organiser.get(at(event)).text
    assert "1 person could not come to an earlier event of yours and would like" in words
    page = organiser.follow(at(event, "asked"), {})
    assert "1 person is on the list. Nobody is invited yet" in page.text
    assert "They asked to be asked" not in page.text
    assert invited(sqlite, event) == {"Keen Kay": None}
    assert letters(sqlite) == []
    organiser.post(at(event, "asked"), {})
    assert invited(sqlite, event) == {"Keen Kay": None}


def test_the_link_of_an_invitation_fills_in_the_address(
    organiser: Any, event: Event, people: Any, sqlite: Database, browser: Open
) -> None:
    organiser.post(at(event), {"who": "not-invited", "how": "mail", "count": "1"})
    (letter,) = letters(sqlite)
    link = re.search(r"http://127\.0\.0\.1:5000(/sign-in\?\S+)", letter.body)
    assert link
    page = browser().get(link.group(1))
    assert 'value="nina@inside.example"' in page.html
    assert f'value="/events/{event.public_id}/"' in page.html
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_nothing_is_sent_before_the_page_that_says_how_many(
    organiser: Any, event: Event, people: Any, sqlite: Database
) -> None:
    page = organiser.get(at(event, "confirm?who=not-invited&how=mail"))
    assert page.heading == "Send 1 invitation?"
    assert "1 person is left out, as they have no address" in page.text
    assert letters(sqlite) == []
    assert invited(sqlite, event)["New Nina"] is None


def test_an_invitation_says_who_invites_why_and_where_to_see_or_erase_data(
    organiser: Any, event: Event, people: Any, sqlite: Database
) -> None:
    page = organiser.follow(at(event), {"who": "not-invited", "how": "mail", "count": "1"})
    assert "1 invitation is on the way" in page.text
    (letter,) = letters(sqlite)
    assert (letter.to, letter.kind, letter.event_id) == ("nina@inside.example", "invitation", event.id)
    assert letter.reply_to == "contact@inside.example"
    assert letter.subject == "Department of Examples invites you to Field Notes on 11 March 2027"
    body = " ".join(letter.body.split())
    assert "Hello New Nina," in body
    assert "because the organisers of Field Notes put you on the list of people to invite" in body
    assert "keeps your name and address for this event only, until 11 June 2027" in body
    links = re.findall(r"http\S+", letter.body)
    addresses, sealed = zip(*(link.split("&to=") for link in links[:2]), strict=True)
    assert [one.partition("/sign-in")[2] for one in addresses] == [
        f"?next=/events/{event.public_id}/",
        f"?next=/events/{event.public_id}/choices%23held",
    ]
    assert [opened(SECRET, one) for one in sealed] == ["nina@inside.example"] * 2
    now = invited(sqlite, event)
    assert now["New Nina"] is not None
    assert (now["Paper Pat"], now["Asked Alex"], now["No Noor"]) == (None, THEN, None)


def test_sending_twice_sends_once(organiser: Any, event: Event, people: Any, sqlite: Database) -> None:
    yes = {"who": "not-invited", "how": "mail", "count": "1"}
    organiser.post(at(event), yes)
    page = organiser.post(at(event), yes, status=422)
    assert "Nothing has been done" in page.text
    assert len(letters(sqlite)) == 1


def test_a_list_that_has_grown_since_is_shown_again(
    organiser: Any, event: Event, people: Any, make: Any, sqlite: Database
) -> None:
    make.registration(event, state=RegistrationState.INVITED)
    page = organiser.post(at(event), {"who": "not-invited", "how": "mail", "count": "1"}, status=422)
    assert page.heading == "Send 2 invitations?"
    assert letters(sqlite) == []


def test_nobody_who_said_yes_is_asked_to_come(
    organiser: Any, event: Event, people: Any, sqlite: Database
) -> None:
    page = organiser.get(organiser.get(at(event, "confirm?who=everybody&how=mail"), status=302).location)
    assert "Only people who have not answered can be invited by email" in page.text
    organiser.post(at(event), {"who": "everybody", "how": "mail", "count": "4"}, status=422)
    assert letters(sqlite) == []


def download(organiser: Any, event: Event, yes: dict[str, str]) -> Any:
    """Have codes made, and return the file that the next page offers."""
    ready = organiser.follow(at(event), yes)
    assert ready.heading == "The codes are ready"
    assert f'href="{at(event, "codes/file")}"' in ready.html
    return organiser.client.get(at(event, "codes/file"))


def test_codes_can_be_downloaded_for_an_hour_in_the_browser_that_made_them(
    organiser: Any, event: Event, people: Any, make: Any, browser: Open, sqlite: Database
) -> None:
    first = download(organiser, event, {"who": "no-address", "how": "file", "count": "1"})
    assert organiser.client.get(at(event, "codes/file")).data == first.data
    with sqlite.reading() as session:
        (kept,) = session.query(File).all()
        assert b"Paper Pat" not in kept.content
    other_event, colleague = make.event(), make.organiser(event)
    for one, where in (
        (browser(colleague), at(event, "codes")),
        (browser(colleague), at(event, "codes/file")),
        (browser(None), at(event, "codes/file")),
    ):
        assert "personal-codes" not in one.get(where, status=302).location
    elsewhere = browser(make.organiser(other_event, make.organiser(event)))
    elsewhere.get(at(other_event, "codes/file"), status=302)
    listed = organiser.client.get(f"/organise/{event.public_id}/files/{kept.public_id}")
    assert b"Paper Pat" not in listed.data
    with sqlite.writing() as session:
        session.get_one(File, kept.id).purge_at = datetime.now(UTC)
    page = organiser.get(organiser.get(at(event, "codes/file"), status=302).location)
    assert "These codes can no longer be downloaded" in page.text


def test_codes_for_many_ask_the_database_no_more_than_codes_for_few(
    organiser: Any, event: Event, make: Any, statements: list[str]
) -> None:
    asked = []
    organiser.get(at(event))
    for more in (2, 6):
        for _ in range(more):
            make.registration(event)
        yes = {"who": "everybody", "how": "file", "count": str(2 if more == 2 else 8)}
        for _ in range(2):
            statements.clear()
            organiser.post(at(event), yes)
            asked.append(len(statements))
    assert len(set(asked)) == 1


def test_codes_are_printed_once_end_earlier_ones_and_sign_in(
    organiser: Any, event: Event, people: Any, browser: Open, sqlite: Database, legible: Any
) -> None:
    def printed(who: str, count: int) -> str:
        confirm = organiser.get(at(event, f"confirm?who={who}&how=print"))
        assert confirm.heading == f"Print {count} personal code{'s' if count > 1 else ''}?"
        answer = download(organiser, event, {"who": who, "how": "print", "count": str(count)})
        assert (
            answer.headers["Content-Disposition"]
            == f"attachment; filename={named(event, 'personal-codes.pdf')}"
        )
        return str(legible(answer.data))

    first = printed("no-address", 1)
    assert (
        "1 code that was made before ends"
        in organiser.get(at(event, "confirm?who=no-address&how=print")).text
    )
    second = printed("no-address", 1)
    codes = [re.findall(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page) for page in (first, second)]
    assert [len(found) for found in codes] == [1, 1]
    assert "Paper Pat" in second
    assert "New Nina" not in second
    assert invited(sqlite, event)["Paper Pat"] is not None
    pat = browser(None)
    pat.post("/sign-in/personal", {"code": codes[0][0]}, status=422)
    pat.post("/sign-in/personal", {"code": codes[1][0]})


def test_the_file_for_a_mail_merge_has_a_code_each_and_no_formula(
    organiser: Any, event: Event, make: Any, browser: Open
) -> None:
    one = make.registration(event, make.person('=HYPERLINK("http://x")', "eve@inside.example"))
    answer = download(organiser, event, {"who": "everybody", "how": "file", "count": "1"})
    assert (
        answer.headers["Content-Disposition"] == f"attachment; filename={named(event, 'personal-codes.csv')}"
    )
    (row,) = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert row["Name"].startswith("'=HYPERLINK")
    assert row["Email"] == "eve@inside.example"
    assert row["Address"].endswith("/sign-in/personal")
    browser(None).post("/sign-in/personal", {"code": row["Code"]})
    assert one.state is RegistrationState.CONFIRMED


def test_no_codes_for_people_who_may_do_more_than_this_organiser(
    organiser: Any, event: Event, make: Any
) -> None:
    boss = make.person("Boss")
    make.organiser(make.event("A secret event"), boss)
    make.registration(event, boss)
    page = organiser.get(at(event, "confirm?who=everybody&how=file"))
    assert page.heading == "Nobody would be reached"
    assert "1 person is left out, as they are at an event that you do not organise" in page.text


def test_letters_that_could_not_be_sent_are_named_with_the_way_to_the_address(
    organiser: Any, event: Event, people: Any, make: Any
) -> None:
    nina = people["new"]
    letter = {"person_id": nina.person_id, "kind": "invitation", "subject": "Come", "body": "x"}
    make.add(
        Mail(
            event_id=event.id,
            to="nina@slip.example",
            problem="550 unknown",
            **letter,
        ),
        Mail(
            event_id=event.id,
            to="sent@fine.example",
            problem="late",
            sent_at=THEN,
            **letter,
        ),
        Mail(event_id=event.id, to="waits@fine.example", **letter),
        Mail(event_id=None, to="else@slip.example", problem="550", **letter),
    )
    page = organiser.get(at(event))
    assert "nina@slip.example" in page.text
    assert "550 unknown" in page.text
    assert f"/people/{nina.public_id}" in page.html
    assert not any(word in page.text for word in ("sent@fine", "waits@fine", "else@slip"))
    assert "1 letter could not be sent" in organiser.get(f"/organise/{event.public_id}/").text


def test_of_letters_between_guests_that_could_not_be_sent_organisers_read_the_address_alone(
    organiser: Any, event: Event, people: Any, make: Any
) -> None:
    nina = people["new"].person
    for kind, subject in (
        ("endorsement", "Amara thanks you for Rivers"),
        ("introduction", "You and Ben both want to meet"),
        ("note", "A note from Cy"),
        ("credit", "Dora says you curated Soils"),
        ("invitation", "Come to Field Notes"),
    ):
        make.add(
            Mail(
                event_id=event.id, person_id=nina.id, kind=kind, to=nina.email, subject=subject, body="x",
                problem="550 unknown",
            )
        )  # fmt: skip
    page = organiser.get(at(event)).text
    assert page.count("nina@inside.example Letter from this website. Last answer: 550 unknown") == 4
    assert page.count("nina@inside.example Invitation. Last answer: 550 unknown") == 1
    for word in ("Amara", "Ben", "Cy", "Dora", "Rivers", "Soils"):
        assert word not in page


def test_letters_that_were_refused_are_tried_again_at_the_address_their_reader_has_now(
    organiser: Any, event: Event, people: Any, make: Any, sqlite: Database
) -> None:
    nina, elsewhere = people["new"], make.registration(event, make.person("Bo", "bo@new.example"))
    make.registration(make.event("Another"), elsewhere.person)
    words = {"kind": "invitation", "subject": "Come", "body": "x", "attempts": 8, "problem": "550 unknown"}
    make.add(
        Mail(event_id=event.id, person_id=nina.person_id, to="old@slip.example", **words),
        Mail(event_id=event.id, person_id=elsewhere.person_id, to="bo@old.example", **words),
        Mail(event_id=make.event("A third").id, person_id=nina.person_id, to="else@slip.example", **words),
    )
    page = organiser.follow(at(event, "again"))
    assert "2 letters are on the way again" in page.text
    assert "could not be sent" not in page.text
    with sqlite.reading() as session:
        now = [(one.to, one.attempts, one.problem) for one in session.query(Mail).order_by(Mail.id)]
    assert now == [
        (nina.person.email, 0, ""), ("bo@old.example", 0, ""), ("else@slip.example", 8, "550 unknown"),
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["who=x&how=mail", "who=everybody&how=pigeon"])
def test_an_invitation_nobody_offers_is_a_bad_request(query: str, organiser: Any, event: Event) -> None:
    organiser.get(at(event, f"confirm?{query}"), status=400)


def test_no_poster_is_offered_that_no_phone_could_follow_and_what_to_do_is_said(
    organiser: Any, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = organiser.client.application.config["SETTINGS"]
    for address, open_to_phones in (("http://127.0.0.1:5000", False), ("https://meet.example.org", True)):
        here = replace(settings, public_url=address)
        monkeypatch.setitem(organiser.client.application.config, "SETTINGS", here)
        for page in ("print", "day"):
            found = organiser.get(f"/organise/{event.public_id}/{page}")
            assert ("/poster" in found.html) == open_to_phones, page
            assert ("no phone can open" in found.text) != open_to_phones, page
            assert ("matchmaker hall take-out" in found.text) != open_to_phones, page
        poster = organiser.client.get(f"/organise/{event.public_id}/poster").get_data(as_text=True)
        assert ("do not hang this up. Open the event to phones" in poster) != open_to_phones
