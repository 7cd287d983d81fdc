"""A mutual yes is a moment: a page and one letter to both; then one note from each, which can be reported."""

import re
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.store.mail import Mail
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.introduction_notes import IntroductionNote
from matchmaker.store.suggestions.suggestions import Suggestion

REASON = {
    "kind": "dataset", "what": "Peat Depth", "share": 0.5, "people": 2, "asker": "",
    "mine": "is stuck on it", "theirs": "maintains it",
}  # fmt: skip


@pytest.fixture
def hall(make: Any) -> Any:
    """Give Amara and Ben each other as suggestions; Cat is suggested to Amara and says nothing."""
    event, other = make.event("The event"), make.event("Another")
    people = {
        name.split()[0].lower(): make.person(name, job_title="Officer", organisation="Defra")
        for name in ("Amara Okafor", "Ben Reed", "Cat Moss")
    }
    rows = {key: make.registration(event, one) for key, one in people.items()}
    amara, ben, cat = people.values()
    for one, other_one in ((amara, ben), (ben, amara), (amara, cat), (cat, amara)):
        make.add(
            Suggestion(
                event_id=event.id, person_id=one.id, other_id=other_one.id, position=other_one.id, score=0.5,
                reasons=[REASON], opening="What gets in the way?",
            )
        )  # fmt: skip
        make.registration(other, one) if one is not amara else None
    path = f"/events/{event.public_id}"
    return SimpleNamespace(
        event=event, rows=rows, path=path, **people,
        answer=lambda person: f"{path}/suggestions/{person.public_id}",
        page=lambda person: f"{path}/introductions/{person.public_id}",
    )  # fmt: skip


@pytest.fixture
def introduced(hall: Any, make: Any) -> Any:
    """Let Amara and Ben have said that they want to meet."""
    for one, about in ((hall.amara, hall.ben), (hall.ben, hall.amara)):
        make.answer(hall.event, one, about)
    return hall


def letters(database: Database, kind: str) -> dict[str, Mail]:
    with database.reading() as session:
        found = list(session.scalars(select(Mail).where(Mail.kind == kind)))
    assert len({one.to for one in found}) == len(found), "nobody gets two"
    return {one.to: one for one in found}


def test_a_mutual_yes_leads_to_a_page_and_writes_one_letter_to_both(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara, ben = browser(hall.amara), browser(hall.ben)
    assert amara.post(hall.answer(hall.ben), {"answer": "meet"}).location.startswith(
        f"{hall.path}/suggestions"
    )
    assert letters(sqlite, "introduction") == {}
    page = ben.follow(hall.answer(hall.amara), {"answer": "meet"})
    assert page.heading == "You and Amara Okafor both want to meet"
    for part in ("Officer, Defra", "The organisers place you together if they can.", "Why you two",
                 "Amara keeps Peat Depth up to date. You are stuck on it.", "What gets in the way?"):  # fmt: skip
        assert part in page.text
    told = letters(sqlite, "introduction")
    assert told.keys() == {hall.amara.email, hall.ben.email}
    letter = told[hall.amara.email]
    assert letter.subject == "You and Ben Reed both want to meet"
    assert letter.about_id == hall.ben.id
    words = " ".join(letter.body.split())
    for part in (
        "You and Ben Reed (Officer, Defra) both want to meet at The event.",
        "Ben keeps Peat Depth up to date. You are stuck on it.",
        "A question to begin with: What gets in the way?",
        "The organisers place you together if they can.",
        f"http://127.0.0.1:5000{hall.page(hall.ben)}",
        "No other guest is told.",
    ):
        assert part in words
    for _ in range(2):
        ben.post(hall.answer(hall.amara), {"answer": ""})
        ben.post(hall.answer(hall.amara), {"answer": "meet"})
    assert letters(sqlite, "introduction").keys() == told.keys()
    assert amara.get(hall.page(hall.ben)).heading == "You and Ben Reed both want to meet"
    assert f'href="{hall.page(hall.ben)}"' in amara.get(f"{hall.path}/").html
    assert f'href="{hall.page(hall.ben)}"' in amara.get(f"{hall.path}/suggestions?show=answered").html


def test_htmx_is_led_to_the_same_page(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    make.answer(hall.event, hall.ben, hall.amara)
    one = browser(hall.amara)
    answer = one.client.post(
        hall.answer(hall.ben),
        data={"csrf_token": one.token(), "answer": "meet"},
        headers={"HX-Request": "true"},
    )
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, hall.page(hall.ben))


def test_no_other_guest_is_told_of_an_introduction(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    for one, about in ((hall.amara, hall.ben), (hall.ben, hall.amara)):
        browser(one).post(hall.answer(about), {"answer": "meet"})
    with sqlite.reading() as session:
        assert {one.person_id for one in session.scalars(select(Mail))} == {hall.amara.id, hall.ben.id}
    cat = browser(hall.cat)
    for address in (hall.page(hall.amara), hall.page(hall.ben), hall.page(hall.cat)):
        cat.get(address, status=404)
    assert "You both want to meet" not in cat.get(f"{hall.path}/").text


def _left(session: Any, hall: Any) -> None:
    session.get_one(Registration, hall.rows["ben"].id).state = RegistrationState.CANCELLED


def _absent(session: Any, hall: Any) -> None:
    session.get_one(Registration, hall.rows["ben"].id).presence = Presence.ABSENT


def _kept_apart(session: Any, hall: Any) -> None:
    a, b = sorted((hall.amara.id, hall.ben.id))
    session.add(Exclusion(event_id=hall.event.id, a_id=a, b_id=b))


@pytest.mark.parametrize("stands_in_the_way", [_left, _absent, _kept_apart])
def test_whatever_stands_in_the_way_there_is_no_introduction_and_no_letter(
    stands_in_the_way: Callable[[Any, Any], None],
    browser: Callable[..., Any],
    hall: Any,
    make: Any,
    sqlite: Database,
) -> None:
    make.answer(hall.event, hall.ben, hall.amara)
    make.answer(hall.event, hall.amara, hall.ben, AnswerKind.KNOW)
    with sqlite.writing() as session:
        stands_in_the_way(session, hall)
    amara = browser(hall.amara)
    assert "introductions" not in amara.post(hall.answer(hall.ben), {"answer": "meet"}).location
    assert letters(sqlite, "introduction") == {}
    amara.get(hall.page(hall.ben), status=404)
    amara.post(hall.page(hall.ben), {"words": "Hello"}, status=404)


def test_a_note_is_not_said_to_be_sent_where_no_letter_leaves(
    browser: Callable[..., Any], introduced: Any, no_mail_server: None
) -> None:
    page = browser(introduced.amara).follow(introduced.page(introduced.ben), {"words": "Tea at ten?"})
    assert (
        "Your note is kept for Ben Reed. No email leaves this computer, as no mail server is set: "
        "tell them that it is here"
    ) in page.text


def test_each_writes_one_note_and_no_more(
    browser: Callable[..., Any], introduced: Any, sqlite: Database
) -> None:
    hall, amara, ben = introduced, browser(introduced.amara), browser(introduced.ben)
    too_long = amara.post(hall.page(hall.ben), {"words": "x" * 501}, status=422)
    assert "Your note must be 500 characters or fewer. It has 501" in too_long.text
    assert "x" * 501 in too_long.html
    assert "Write a few words first" in amara.post(hall.page(hall.ben), {"words": "  "}, status=422).text
    page = amara.follow(hall.page(hall.ben), {"words": "<b>Tea</b> at ten? " + "y" * 480})
    assert "Your note is sent to Ben Reed" in page.text
    assert "You wrote to Ben Reed" in page.text
    assert "<textarea" not in page.html
    twice = amara.follow(hall.page(hall.ben), {"words": " <b>Tea</b> at ten? " + "y" * 480})
    assert "Your note is sent to Ben Reed" in twice.text
    again = amara.post(hall.page(hall.ben), {"words": "And another"}, status=422)
    assert "You have written to Ben Reed already." in again.text
    theirs = ben.get(hall.page(hall.amara))
    assert "Amara Okafor wrote to you: <b>Tea</b> at ten?" in theirs.text
    ben.post(hall.page(hall.amara), {"words": "Gladly"})
    told = letters(sqlite, "note")
    assert told.keys() == {hall.ben.email, hall.amara.email}
    assert "“<b>Tea</b> at ten?" in told[hall.ben.email].body
    assert hall.amara.email not in told[hall.ben.email].body
    with sqlite.reading() as session:
        assert [one.words for one in session.scalars(select(IntroductionNote))][1:] == ["Gladly"]


def test_a_note_keeps_its_lines_and_is_named_on_the_home_page_of_its_reader_alone(
    browser: Callable[..., Any], introduced: Any, sqlite: Database
) -> None:
    hall, amara, ben = introduced, browser(introduced.amara), browser(introduced.ben)
    assert "Read the note" not in ben.get(f"{hall.path}/").text
    amara.post(hall.page(hall.ben), {"words": "Tea  at ten?\r\n\r\nI bring the maps. "})
    assert "Tea at ten?\nI bring the maps.</p>" in ben.get(hall.page(hall.amara)).html
    assert "“Tea at ten?\n\n“I bring the maps.”" in letters(sqlite, "note")[hall.ben.email].body
    assert "Read the note that Amara Okafor wrote to you" in ben.get(f"{hall.path}/").text
    assert "Read the note" not in amara.get(f"{hall.path}/").text
    with sqlite.writing() as session:
        session.scalars(select(IntroductionNote)).one().moderated = True
    assert "Read the note" not in ben.get(f"{hall.path}/").text


def test_who_gets_few_letters_is_promised_none_about_an_answer(
    app: Flask, browser: Callable[..., Any], introduced: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], demo=True))
    hall, amara = introduced, browser(introduced.amara)
    assert "unless they stopped such letters" in amara.get(hall.page(hall.ben)).text
    page = amara.follow(hall.page(hall.ben), {"words": "Tea at ten?"})
    assert "If so, it is here, and you get it by email." in page.text
    amara.post(f"{hall.path}/choices/letters", {"few": "yes"})
    assert "If so, it is here." in amara.get(hall.page(hall.ben)).text


def test_a_note_is_gone_with_the_introduction_and_with_its_writer(
    browser: Callable[..., Any], introduced: Any, sqlite: Database
) -> None:
    hall = introduced
    browser(hall.ben).post(hall.page(hall.amara), {"words": "Hello Amara"})
    browser(hall.ben).post(hall.answer(hall.amara), {"answer": ""})
    browser(hall.amara).get(hall.page(hall.ben), status=404)
    browser(hall.ben).post("/mine/delete")
    with sqlite.reading() as session:
        assert list(session.scalars(select(IntroductionNote))) == []
        assert list(session.scalars(select(Mail).where(Mail.kind == "note"))) == []


def test_a_reported_note_is_decided_by_an_organiser_and_tells_nobody_else(
    browser: Callable[..., Any], introduced: Any, make: Any
) -> None:
    hall, amara, ben = introduced, browser(introduced.amara), browser(introduced.ben)
    olga = browser(make.organiser(hall.event))
    report = f"{hall.page(hall.ben)}/report"
    amara.get(report, status=404)
    ben.post(hall.page(hall.amara), {"words": "Rude words"})
    assert "Rude words" in amara.get(report).text
    ben.get(f"{hall.page(hall.amara)}/report", status=404)
    assert "Say what is wrong" in amara.post(report, {"reason": "bad"}, status=422).text
    page = amara.follow(report, {"reason": "These words are an insult."})
    assert "Nobody else learns that you reported it" in page.text
    moderation = f"/organise/{hall.event.public_id}/moderation"
    shown = olga.get(moderation)
    for part in (
        "Note of Ben Reed to Amara Okafor",
        "Rude words",
        "Amara Okafor: These words are an insult.",
    ):
        assert part in shown.text
    # Only its reader can report a note, so its writer, who organises, too, must not read that it is.
    make.organiser(hall.event, hall.ben)
    own = ben.get(moderation).text
    assert "1 report is about something that you wrote, gave, received or stated yourself" in own
    assert not [part for part in ("Rude words", "Amara", "insult", "Note of") if part in own]
    key = re.search(r'name="case" value="([^"]+)"', shown.html)
    assert key is not None
    olga.post(moderation, {"case": key.group(1), "answer": "hide", "reason": "An insult, as reported"})
    assert "Rude words" not in amara.get(hall.page(hall.ben)).text
    assert "hid – a note" in olga.get(moderation).text
    assert "Rude words" not in ben.get(moderation).text
    olga.post(moderation, {"case": key.group(1), "answer": "restore"})
    assert "Rude words" in amara.get(hall.page(hall.ben)).text
    assert "report" not in ben.get(hall.page(hall.amara)).text.lower()
