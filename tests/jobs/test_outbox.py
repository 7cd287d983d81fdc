"""Letters leave once, after the commit, by real SMTP; a refusal is tried again later."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, update

from matchmaker.jobs.outbox import deliver_due
from matchmaker.jobs.post import Postman
from matchmaker.services.people import stop_letters
from matchmaker.settings import Settings, from_environment
from matchmaker.store import mail
from matchmaker.store.mail import MOST_ATTEMPTS, Mail
from matchmaker.store.session import Database


@pytest.fixture
def settings(mail_server: Any) -> Settings:
    return replace(from_environment({}), mail_url=mail_server.url, mail_from="The day <day@inside.example>")


def letter(to: str, **columns: Any) -> Mail:
    return Mail(kind="test", to=to, subject="Ŵelcome", body="Dear Ada,\n\nCome in.\n", **columns)


def kept(database: Database, mail_id: int) -> Mail:
    with database.reading() as session:
        return session.get_one(Mail, mail_id)


def test_a_letter_goes_out_once_as_plain_text_with_simple_html_beside_it(
    database: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    maker(database).add(letter("ada@inside.example", reply_to="contact@inside.example"))
    assert deliver_due(database, settings) == 1
    assert deliver_due(database, settings) == 0
    [taken] = mail_server.taken
    assert (taken["To"], taken["From"], taken["Subject"], taken["Reply-To"]) == (
        "ada@inside.example", "The day <day@inside.example>", "Ŵelcome", "contact@inside.example",
    )  # fmt: skip
    assert taken.get_content_type() == "multipart/alternative"
    plain, html = (one.get_content().replace("\r\n", "\n") for one in taken.iter_parts())
    assert plain == "Dear Ada,\n\nCome in.\n"
    assert "<p>Dear Ada,</p>\n<p>Come in.</p>" in html
    assert "List-Unsubscribe" not in taken
    assert kept(database, 1).body == ""


@pytest.mark.parametrize(("kind", "can_stop"), [("note", True), ("plan", False), ("sign-in code", False)])
def test_a_letter_that_can_be_done_without_says_how_to_stop_it_in_both_forms_and_its_headers(
    kind: str, can_stop: bool, sqlite: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    person = maker(sqlite).person()
    note = Mail(kind=kind, to=person.email, person_id=person.id, subject="Hello", body="Hello\n")
    maker(sqlite).add(note)
    deliver_due(sqlite, settings)
    [taken] = mail_server.taken
    link = stop_letters.address(settings, note.public_id)
    assert (taken["List-Unsubscribe"], taken["List-Unsubscribe-Post"]) == (
        (f"<{link}>", "List-Unsubscribe=One-Click") if can_stop else (None, None)
    )
    plain, html = (one.get_content().replace("\r\n", "\n") for one in taken.iter_parts())
    assert (f"To get only letters that you cannot do without:\n\n{link}\n" in plain) is can_stop
    assert (f'<a href="{link}"' in html) is can_stop


def test_the_words_of_a_letter_do_not_stay_in_the_outbox_once_it_is_sent(
    sqlite: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    maker(sqlite).add(letter("ada@inside.example"))
    deliver_due(sqlite, settings)
    assert kept(sqlite, 1).body == ""
    assert len(mail_server.taken) == 1


def test_a_refused_letter_waits_longer_each_time_and_goes_in_the_end(
    sqlite: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    maker(sqlite).add(letter("ada@inside.example"))
    mail_server.refusing = True
    waits = []
    for _ in range(3):
        assert deliver_due(sqlite, settings) == 0
        waits.append(round((kept(sqlite, 1).due_at - datetime.now(UTC)) / timedelta(minutes=1)))
        assert deliver_due(sqlite, settings) == 0, "it is not due yet"
        make_due(sqlite)
    assert waits == [1, 2, 4]
    assert "451" in kept(sqlite, 1).problem
    mail_server.refusing = False
    assert deliver_due(sqlite, settings) == 1
    assert kept(sqlite, 1).problem == ""


def make_due(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Mail).values(due_at=datetime.now(UTC) - timedelta(seconds=1)))


def test_a_letter_claimed_by_a_worker_that_died_goes_after_its_claim_runs_out(
    sqlite: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    at = datetime.now(UTC)
    maker(sqlite).add(
        letter("old@inside.example", claimed_at=at - timedelta(minutes=6), attempts=1),
        letter("busy@inside.example", claimed_at=at - timedelta(minutes=1), attempts=1),
    )
    assert deliver_due(sqlite, settings) == 1
    assert [taken["To"] for taken in mail_server.taken] == ["old@inside.example"]


def test_of_two_workers_who_found_a_letter_due_one_gets_it(database: Database, maker: Any) -> None:
    at = datetime.now(UTC)
    due = letter("ada@inside.example")
    tried = letter("ben@inside.example", attempts=MOST_ATTEMPTS)
    sent = letter("cy@inside.example", sent_at=at)
    maker(database).add(due, tried, sent)
    taken = []
    for worker in range(2):
        for one in (due, tried, sent):
            with database.writing() as session:
                if mail.claim(session, one.id, at + timedelta(minutes=worker)) is not None:
                    taken.append((worker, one.id))
    assert taken == [(0, due.id)]
    assert kept(database, due.id).attempts == 1
    with database.writing() as session:
        again = mail.claim(session, due.id, at + timedelta(minutes=6))
        assert again is not None
        assert again.attempts == 2


def test_a_server_that_is_away_costs_no_letter_a_try_and_is_asked_once(
    database: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    maker(database).add(*(letter(f"{number}@inside.example") for number in range(60)))
    for _ in range(MOST_ATTEMPTS + 1):
        assert deliver_due(database, replace(settings, mail_url="smtp://127.0.0.1:1")) == 0
        waits = kept(database, 60)
        assert (waits.attempts, waits.claimed_at) == (0, None)
        assert "ConnectionRefusedError" in waits.problem
        make_due(database)
    assert deliver_due(database, settings) == 60


def test_while_the_server_is_away_letters_are_put_off_even_if_somebody_else_keeps_the_database_for_long(
    sqlite: Database, maker: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker(sqlite).add(letter("ada@inside.example"))
    sqlite.engine.dispose()
    monkeypatch.setattr("matchmaker.store.session.BUSY_MILLISECONDS", 1)
    refused = []
    with closing(sqlite3.connect(sqlite.engine.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        @event.listens_for(sqlite.engine, "handle_error")
        def let_go(context: Any) -> None:
            refused.append(str(context.original_exception))
            other.execute("COMMIT")

        away = replace(settings, mail_url="smtp://127.0.0.1:9")
        assert deliver_due(sqlite, away) == 0
    assert refused == ["database is locked"]
    assert kept(sqlite, 1).problem


def test_many_letters_go_over_one_connection_and_a_refused_one_does_not_end_it(
    database: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    maker(database).add(*(letter(f"{number}@inside.example") for number in range(120)))
    mail_server.refused = {"7@inside.example"}
    assert deliver_due(database, settings) == 119
    assert mail_server.connections == 1
    assert kept(database, 8).attempts == 1


def test_a_code_does_not_wait_behind_the_letters_of_an_event(
    database: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    make = maker(database)
    event = make.event("The day")
    make.add(*(letter(f"{number}@inside.example", event_id=event.id) for number in range(3)))
    make.add(letter("code@inside.example"))
    assert deliver_due(database, settings) == 4
    assert mail_server.taken[0]["To"] == "code@inside.example"


def test_a_letter_that_can_never_leave_does_not_keep_back_those_behind_it(
    sqlite: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    maker(sqlite).add(letter("ada@inside.example\u2028x"), letter("ben@inside.example"))
    assert deliver_due(sqlite, settings) == 1
    assert [one["To"] for one in mail_server.taken] == ["ben@inside.example"]
    assert "ValueError" in kept(sqlite, 1).problem


@pytest.mark.parametrize("refusing", [False, True])
def test_a_letter_that_is_erased_on_its_way_does_not_keep_back_those_behind_it(
    sqlite: Database, maker: Any, settings: Settings, mail_server: Any, refusing: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    maker(sqlite).add(letter("ada@inside.example"), letter("ben@inside.example"))

    send = Postman.send

    def erased_meanwhile(postman: Postman, letters: Sequence[Mail]) -> None:
        if letters[0].to.startswith("ada"):
            with sqlite.writing() as session:
                session.execute(delete(Mail).where(Mail.id == letters[0].id))
            mail_server.refusing = refusing
        try:
            send(postman, letters)
        finally:
            mail_server.refusing = False

    monkeypatch.setattr(Postman, "send", erased_meanwhile)
    assert deliver_due(sqlite, settings) == 2 - refusing
    assert mail_server.taken[-1]["To"] == "ben@inside.example"


def test_what_would_be_a_second_letter_in_a_day_waits_and_goes_in_one_with_the_next(
    database: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    make = maker(database)
    event = make.event("The day", held_on=datetime.now(UTC).date() + timedelta(days=30))
    person = make.person("Ada")

    def news(kind: str, subject: str) -> Mail:
        body = f"Hello Ada,\n\nWords on {subject}.\n\nSent by the organisers with matchmaker.\n"
        one = Mail(
            event_id=event.id, person_id=person.id, kind=kind, to=person.email, subject=subject, body=body
        )
        make.add(one)
        return one

    news("introduction", "Ben")
    assert deliver_due(database, settings) == 1
    second, third = news("introduction", "Cat"), news("plan", "Your meetings")
    assert deliver_due(database, settings) == 0
    waits = kept(database, second.id).due_at - datetime.now(UTC)
    assert timedelta(hours=23, minutes=58) < waits <= timedelta(days=1)
    assert (kept(database, second.id).attempts, kept(database, third.id).claimed_at) == (0, None)
    with database.writing() as session:
        yesterday = datetime.now(UTC) - timedelta(days=1)
        session.execute(update(Mail).values(due_at=yesterday))
        session.execute(update(Mail).where(Mail.sent_at.is_not(None)).values(sent_at=yesterday))
    assert deliver_due(database, settings) == 2
    assert [one["Subject"] for one in mail_server.taken] == ["Ben", "Cat, and 1 more thing"]
    plain = next(mail_server.taken[-1].iter_parts()).get_content().replace("\r\n", "\n")
    assert plain.startswith(
        "Hello Ada,\n\nThere is more than one thing to tell you, so it comes in one letter.\n\n"
        "1. Cat\n\nWords on Cat.\n\n2. Your meetings\n\nWords on Your meetings.\n\n"
        "Sent by the organisers with matchmaker.\n"
    )
    # One part of it can be done without, and the link is that letter's.
    assert stop_letters.address(settings, second.public_id) in plain
    assert {kept(database, one.id).body for one in (second, third)} == {""}
    assert deliver_due(database, settings) == 0


def test_letters_that_are_refused_together_are_tried_again_together(
    sqlite: Database, make: Any, settings: Settings, mail_server: Any
) -> None:
    event = make.event("The day", held_on=datetime.now(UTC).date() + timedelta(days=30))
    person = make.person("Ada")
    rows = [
        Mail(event_id=event.id, person_id=person.id, kind="plan", to=person.email, subject=one, body=one)
        for one in ("One", "Two")
    ]
    make.add(*rows)
    mail_server.refusing = True
    assert deliver_due(sqlite, settings) == 0
    assert [kept(sqlite, one.id).attempts for one in rows] == [1, 1]
    mail_server.refusing = False
    make_due(sqlite)
    assert deliver_due(sqlite, settings) == 2
    assert len(mail_server.taken) == 1


def test_letters_whose_worker_was_killed_over_them_go_again_together_so_that_nobody_reads_one_of_them_twice(
    database: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    make, died = maker(database), datetime.now(UTC) - timedelta(minutes=6)
    event = make.event("The day", held_on=datetime.now(UTC).date() + timedelta(days=30))
    person = make.person("Ada")
    rows = [
        Mail(
            event_id=event.id, person_id=person.id, kind="plan", to=person.email, subject=one, body=one,
            claimed_at=died, attempts=1,
        ) for one in ("One", "Two")
    ]  # fmt: skip
    make.add(*rows)
    assert deliver_due(database, settings) == 2
    [taken] = mail_server.taken
    assert taken["Message-ID"] == f"<{rows[0].public_id}@matchmaker.invalid>", "as the first time"
    assert deliver_due(database, settings) == 0


def test_a_letter_whose_worker_was_killed_waits_with_the_others_where_its_reader_had_one_today(
    database: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    make, at = maker(database), datetime.now(UTC)
    event = make.event("The day", held_on=at.date() + timedelta(days=30))
    person = make.person("Ada")
    killed_over, new = (
        Mail(event_id=event.id, person_id=person.id, kind="plan", to=person.email, subject="A", body="A", **columns)
        for columns in ({"claimed_at": at - timedelta(minutes=6), "attempts": 1}, {})
    )  # fmt: skip
    make.add(
        Mail(event_id=event.id, person_id=person.id, kind="plan", to=person.email, subject="B", body="",
             sent_at=at - timedelta(hours=1)),
        killed_over, new,
    )  # fmt: skip
    assert deliver_due(database, settings) == 0
    assert kept(database, killed_over.id).due_at == kept(database, new.id).due_at > at + timedelta(hours=22)
