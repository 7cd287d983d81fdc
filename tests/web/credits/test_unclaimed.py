"""People named without an account: rule 12. Unseen until a yes, asked at most twice, gone on their word."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState, UnclaimedState
from matchmaker.services.credits import build_labels, claim_credits
from matchmaker.services.people import erase_people
from matchmaker.settings import from_environment
from matchmaker.store import schema
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.moderation import ActKind, ModerationAct
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

SECRET = from_environment({}).secret_key
UNA = {
    "kind": "person", "name": " Una  Unlisted ", "organisation": "Old Office", "email": "Una@old.example",
    "role": "collected",
}  # fmt: skip


@pytest.fixture
def hall(make: Any) -> Any:
    """Ada at an event with two organisers and a dataset; noise: another unclaimed credit of another event."""

    class Hall:
        event = make.event("Data Together")
        ada = make.registration(event, make.person("Ada")).person
        ben = make.registration(event, make.person("Ben")).person
        olga = make.organiser(event, make.person("Olga"))
        oskar = make.organiser(event, make.person("Oskar"))
        dataset = make.dataset("River levels", "Water Office")
        name = f"/datasets/{dataset.public_id}/name/new"
        page = f"/organise/{event.public_id}/unclaimed"

    other = make.event("Elsewhere")
    make.add(
        UnclaimedCredit(
            event_id=other.id, dataset_id=Hall.dataset.id, role="built", name="Noise Person", code_hash="n"
        )
    )
    return Hall


def rows(database: Database, hall: Any) -> list[UnclaimedCredit]:
    with database.reading() as session:
        return list(
            session.scalars(
                select(UnclaimedCredit)
                .where(UnclaimedCredit.event_id == hall.event.id)
                .order_by(UnclaimedCredit.id)
            )
        )


def mails(database: Database) -> list[Mail]:
    with database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def named(browser: Callable[..., Any], hall: Any, sqlite: Database, **changes: str) -> UnclaimedCredit:
    browser(hall.ada).post(hall.name, {**UNA, **changes})
    return rows(sqlite, hall)[-1]


def link(row: UnclaimedCredit, way: str = claim_credits.BY_MAIL) -> str:
    return f"/claim/{row.public_id}/{claim_credits.proof(SECRET, row.public_id, way)}"


def words(database: Database) -> str:
    with database.engine.connect() as connection:
        return " ".join(
            str(tuple(row))
            for table in schema.metadata.sorted_tables
            for row in connection.execute(select(table))
        )


def test_rule_12_a_name_without_an_account_is_seen_by_organisers_alone(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row = named(browser, hall, sqlite)
    assert (row.name, row.email, row.state) == ("Una Unlisted", "una@old.example", UnclaimedState.WAITING)
    assert mails(sqlite) == []
    for reader in (hall.ada, hall.ben, None):
        for path in ("/", "/datasets", "/datasets?q=una", f"/datasets/{hall.dataset.public_id}", "/thanks",
                     f"/people/{hall.ada.public_id}", hall.page):  # fmt: skip
            answer = browser(reader).client.get(path, follow_redirects=True).get_data(as_text=True)
            assert "Unlisted" not in answer, path
    page = browser(hall.olga).get(hall.page)
    assert (
        "Una Unlisted, Old Office River levels . What they did: Collected or measured it. Named by Ada"
        in page.text
    )
    assert "Noise Person" not in page.text
    browser(hall.olga).post(hall.page.replace("unclaimed", f"unclaimed/{'x' * 16}") + "/remove", status=404)


def test_a_long_list_comes_in_pages_those_who_wait_first_and_every_person_who_waits_has_a_slip(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    def credit(number: int, **columns: Any) -> UnclaimedCredit:
        name = f"Una {number:02}"
        return UnclaimedCredit(
            event_id=hall.event.id, dataset_id=hall.dataset.id, role="built", name=name, name_key=name.lower(),
            code_hash=name, **columns,
        )  # fmt: skip

    shown = credit(0, state=UnclaimedState.SHOWN, agreed_at=datetime(2027, 3, 1, tzinfo=UTC))
    make.add(shown, *(credit(n) for n in range(1, 51)), credit(51, is_team=True))
    organiser = browser(hall.olga)
    first, second = organiser.get(hall.page), organiser.get(f"{hall.page}?page=2")
    assert re.findall(r"Una \d\d(?=, )?", " ".join(first.headings)) == [f"Una {n:02}" for n in range(1, 51)]
    assert [re.search(r"Una \d\d|On the label", one)[0] for one in second.headings[1:]] == [  # type: ignore[index]
        "Una 51", "On the label", "Una 00",
    ]  # fmt: skip
    assert "Print 50 claim slips" in first.text
    assert "Print 50 claim slips" in second.text
    assert organiser.get(f"{hall.page}?page=99").headings == second.headings


def test_rule_12_one_invitation_and_one_reminder_at_most(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row = named(browser, hall, sqlite)
    olga = browser(hall.olga)
    for _ in range(4):
        olga.post(f"{hall.page}/{row.public_id}/invite")
    first, second = mails(sqlite)
    assert {first.to, second.to} == {"una@old.example"}
    assert "Ada says you collected River levels" in first.body
    assert link(row) in first.body
    assert "need not sign in" in " ".join(first.body.split())
    assert "We do not write again." in second.body
    assert "We do not write again." not in first.body
    assert "Nobody is written to more often" in olga.get(hall.page).text


def test_nobody_is_asked_by_email_where_none_leaves(
    browser: Callable[..., Any], hall: Any, sqlite: Database, no_mail_server: None
) -> None:
    row = named(browser, hall, sqlite)
    olga = browser(hall.olga)
    page = olga.get(hall.page)
    assert "Their address is una@old.example." in page.text
    assert "Ask them by email" not in page.text
    told = olga.follow(f"{hall.page}/{row.public_id}/invite")
    assert (
        f"{row.name} is not written to: no email leaves this computer, as no mail server is set: "
        "print a claim slip, or ask them yourself"
    ) in told.text
    assert mails(sqlite) == []


def test_opening_the_link_changes_nothing_and_a_wrong_one_is_not_there(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row = named(browser, hall, sqlite)
    before = words(sqlite)
    page = browser().get(link(row))
    assert page.heading == "Is this you?"
    assert "Who says so Ada" in page.text
    assert "erased after 11 June 2027" in page.text
    for _ in range(3):
        browser().get(link(row))
    other = claim_credits.proof(SECRET, "another", claim_credits.BY_MAIL)
    for bad in (f"/claim/{row.public_id}/x", f"/claim/{row.public_id}/{other}", f"/claim/another/{other}"):
        browser().get(bad, status=404)
        browser().post(f"{bad}/not-me", status=404)
        browser().post(bad, status=404)
    assert words(sqlite) == before


def test_rule_12_whoever_says_this_is_not_me_is_gone_and_never_written_to_again(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row = named(browser, hall, sqlite)
    browser(hall.olga).post(f"{hall.page}/{row.public_id}/invite")
    page = browser().follow(f"{link(row)}/not-me")
    assert page.heading == "This has been answered"
    assert "Unlisted" not in words(sqlite)
    assert "old.example" not in words(sqlite)
    assert [one.state for one in rows(sqlite, hall)] == [UnclaimedState.REMOVED]
    again = browser(hall.ben).follow(hall.name, {**UNA, "role": "checked"})
    assert "Thank you. The organisers see to it" in again.text
    assert len(rows(sqlite, hall)) == 1
    assert mails(sqlite) == []
    browser(hall.ada).post(link(row), status=200)
    assert [one.state for one in rows(sqlite, hall)] == [UnclaimedState.REMOVED]


def test_a_stranger_claims_by_the_mailed_link_and_a_typed_code_and_decides(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row = named(browser, hall, sqlite)
    una = browser()
    asked = una.post(link(row))
    assert asked.location == f"/sign-in/code?next={link(row)}"
    assert "una@old.example" in una.get(asked.location).html
    code = re.search(r"\d{3} \d{3}", mails(sqlite)[-1].body)
    assert code
    signed_in = una.follow(
        asked.location, {"email": "una@old.example", "code": code.group(0), "next": link(row)}
    )
    assert "You are signed in as Una Unlisted." in signed_in.text
    thanks = una.follow(link(row))
    assert "Ada named you For River levels" in thanks.text
    with sqlite.reading() as session:
        credit = session.scalars(select(Contribution)).one()
        assert (credit.state, credit.declared_by_id) == (ContributionState.AWAITING, hall.ada.id)
    assert "Una" not in browser(hall.ben).get(f"/datasets/{hall.dataset.public_id}").text
    una.post(f"/contributions/{credit.public_id}/decide", {"answer": "accept"})
    assert "Una Unlisted , Old Office" in browser(hall.ben).get(f"/datasets/{hall.dataset.public_id}").text
    assert [(one.state, one.name, one.email) for one in rows(sqlite, hall)] == [
        (UnclaimedState.CLAIMED, "", "")
    ]


def test_rule_12_a_used_link_opens_nothing_more(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row = named(browser, hall, sqlite)
    browser(hall.ben).post(link(row))
    page = browser(hall.ada).post(link(row), status=200)
    assert page.heading == "This has been answered"
    browser().post(f"{link(row)}/not-me")
    with sqlite.reading() as session:
        assert [one.person_id for one in session.scalars(select(Contribution))] == [hall.ben.id]


def test_rule_12_two_who_claim_at_once_are_one_claim(database: Database, maker: Any) -> None:
    make = maker(database)
    event, dataset, people = make.event(), make.dataset(), [make.person() for _ in range(3)]
    row = UnclaimedCredit(
        event_id=event.id, dataset_id=dataset.id, role="built", name="Una", code_hash="x",
        named_by_id=people[2].id,
    )  # fmt: skip
    make.add(row)
    won: list[int] = []
    start = threading.Barrier(2)

    def take(person: Person) -> None:
        start.wait()
        with database.writing() as session:
            mine = session.get_one(UnclaimedCredit, row.id)
            if claim_credits.claim(session, mine, session.get_one(Person, person.id)):
                won.append(person.id)

    threads = [threading.Thread(target=take, args=(one,)) for one in people[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert [one.person_id for one in session.scalars(select(Contribution))] == won
    assert len(won) == 1


def test_a_slip_is_typed_however_it_is_spaced_and_guessing_is_stopped(
    browser: Callable[..., Any], hall: Any, sqlite: Database, legible: Callable[[bytes], str]
) -> None:
    row = named(browser, hall, sqlite, email="")
    named(browser, hall, sqlite, email="", name="Vera")
    organiser = browser(hall.olga)
    made = organiser.get(organiser.post(f"{hall.page}/slips").location, status=302).location
    slips = legible(organiser.client.get(made).data)
    code = claim_credits.slip_code(SECRET, row.public_id)
    assert code in slips
    assert len(re.findall("[A-Z2-9]{5}-[A-Z2-9]{5}", slips)) == 2
    visitor = browser()
    assert "That code is not right" in visitor.post("/claim", {"code": "ABCDE-FGHJK"}, status=422).text
    page = visitor.follow("/claim", {"code": code.lower().replace("-", " ")})
    assert page.heading == "Is this you?"
    for _ in range(62):
        visitor.client.post("/claim", data={"csrf_token": visitor.token(), "code": "ABCDE-FGHJK"})
    visitor.post("/claim", {"code": "ABCDE-FGHJK"}, status=429)
    # Whoever guesses uses up nobody's own code.
    assert visitor.post("/claim", {"code": code}).status == 303


def test_somebody_with_a_slip_and_no_account_gets_the_link_by_mail(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row = named(browser, hall, sqlite, email="")
    slip = link(row, claim_credits.BY_SLIP)
    assert browser().post(slip).location.startswith("/sign-in?next=")
    browser().post(f"{slip}/mail", {"email": "una@new.example"})
    assert link(row) in mails(sqlite)[0].body
    page = browser().post(f"{slip}/mail", {"email": "evil@new.example"}, status=422)
    assert "We cannot write there" in page.text
    assert len(mails(sqlite)) == 1
    assert (
        browser().post(f"{link(row)}/mail", {"email": "evil@new.example"}, status=200).heading
        == "Is this you?"
    )


def test_rule_12_an_organiser_records_a_yes_with_a_word_and_it_is_logged(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row = named(browser, hall, sqlite)
    olga = browser(hall.olga)
    olga.post(f"{hall.page}/{row.public_id}/yes", {"how": "yes"})
    assert rows(sqlite, hall)[0].state is UnclaimedState.WAITING
    olga.post(f"{hall.page}/{row.public_id}/yes", {"how": "She told me at the desk."})
    assert "Una Unlisted , Old Office" in browser(hall.ben).get(f"/datasets/{hall.dataset.public_id}").text
    olga.post(f"{hall.page}/{row.public_id}/take-off")
    assert "Una" not in browser(hall.ben).get(f"/datasets/{hall.dataset.public_id}").text
    with sqlite.reading() as session:
        log = [(one.kind, one.by_id, one.reason) for one in session.scalars(select(ModerationAct))]
    assert log == [
        (ActKind.AGREED, hall.olga.id, "She told me at the desk."),
        (ActKind.TAKEN_OFF, hall.olga.id, ""),
    ]


def test_a_team_is_approved_by_an_organiser_who_did_not_name_it_and_is_claimed_by_nobody(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    make.registration(hall.event, hall.olga)
    team = {**UNA, "kind": "team", "name": "Field Team", "email": "x@y.example"}
    browser(hall.olga).post(hall.name, team)
    row = rows(sqlite, hall)[0]
    assert (row.is_team, row.email) == (True, "")
    assert "another organiser must approve it" in browser(hall.olga).get(hall.page).text
    how = {"how": "They have all left the office."}
    browser(hall.olga).post(f"{hall.page}/{row.public_id}/yes", how)
    assert rows(sqlite, hall)[0].state is UnclaimedState.WAITING
    browser(hall.oskar).post(f"{hall.page}/{row.public_id}/yes", how)
    assert "Field Team" in browser(hall.ben).get(f"/datasets/{hall.dataset.public_id}").text
    assert browser(hall.ben).post(link(row), status=200).heading == "Is this you?"
    with sqlite.reading() as session:
        assert session.scalars(select(Contribution)).all() == []
        entry = build_labels.of_dataset(session, hall.dataset.id).label.lines[0].entries[0]
    assert (entry.shown, entry.person_id, entry.is_team) == ("Field Team", None, True)


@pytest.mark.parametrize("why", ["block", "no thanks", "known", "unknown"])
def test_naming_by_address_answers_the_same_whoever_it_is(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, why: str
) -> None:
    person = make.person("Known Una", "una@old.example", open_to_thanks=why != "no thanks")
    if why != "unknown":
        make.registration(hall.event, person)
    if why == "block":
        make.answer(hall.event, person, hall.ada, AnswerKind.BLOCK)
    page = browser(hall.ada).follow(hall.name, UNA)
    assert "Thank you. The organisers see to it that they are asked." in page.text
    assert len(mails(sqlite)) == (1 if why == "known" else 0)
    assert len(rows(sqlite, hall)) == (1 if why == "unknown" else 0)


def test_the_same_name_twice_is_one_credit_and_a_day_has_its_limit(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    ada = browser(hall.ada)
    ada.post(hall.name, {**UNA, "email": ""})
    ada.post(hall.name, {**UNA, "name": "una unlisted"})
    assert [one.email for one in rows(sqlite, hall)] == ["una@old.example"]
    for number in range(18):
        ada.post(hall.name, {**UNA, "email": "", "name": f"Person {number}"})
    page = ada.post(hall.name, {**UNA, "email": "", "name": "One more"}, status=422)
    assert "You have named 20 people today" in page.text
    assert len(rows(sqlite, hall)) == 19


@pytest.mark.parametrize("why", ["known", "block", "no thanks", "unknown"])
def test_no_limit_of_a_day_tells_who_an_address_belongs_to(
    browser: Callable[..., Any], hall: Any, make: Any, why: str
) -> None:
    person = make.person("Known Una", "una@old.example", open_to_thanks=why != "no thanks")
    if why != "unknown":
        make.registration(hall.event, person)
    if why == "block":
        make.answer(hall.event, person, hall.ada, AnswerKind.BLOCK)
    ada = browser(hall.ada)
    for number in range(20):
        ada.post(hall.name, {**UNA, "role": "other", "role_text": f"did thing {number}"})
    assert "named 20 people" in ada.post(hall.name, {**UNA, "role": "built"}, status=422).text


def test_a_claim_of_what_one_has_already_changes_nothing_of_it(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    mine = make.contribution(hall.ben, hall.dataset, "collected", state=ContributionState.HIDDEN)
    row = named(browser, hall, sqlite)
    browser(hall.ben).post(link(row))
    with sqlite.reading() as session:
        assert [(one.id, one.state) for one in session.scalars(select(Contribution))] == [
            (mine.id, ContributionState.HIDDEN)
        ]


@pytest.mark.parametrize("noted", [False, True])
def test_whoever_claims_what_they_stated_themselves_is_not_on_the_label_with_it(
    browser: Callable[..., Any], hall: Any, sqlite: Database, noted: bool
) -> None:
    browser(hall.olga).post(hall.name, UNA)
    browser(hall.ben).post(hall.name, {**UNA, "role": "built", "name": "Noise"})
    row = rows(sqlite, hall)[0]
    if noted:
        browser(hall.olga).post(f"{hall.page}/{row.public_id}/yes", {"how": "She told me so herself"})
    page = browser(hall.olga).follow(link(row, claim_credits.BY_SLIP))
    assert "as your own words" in page.html
    with sqlite.reading() as session:
        claimed = session.scalars(select(Contribution)).one()
        assert (claimed.state, claimed.declared_by_id) == (ContributionState.CLAIMED, hall.olga.id)
        assert build_labels.of_dataset(session, hall.dataset.id).label.lines == ()


def test_the_event_takes_unclaimed_names_with_it_and_who_claimed_one_goes_too(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    row, _other = named(browser, hall, sqlite), named(browser, hall, sqlite, name="Vera", email="")
    browser().post(link(row))
    with sqlite.writing() as session:
        assert erase_people.erase_past_events(session, datetime(2027, 6, 12, tzinfo=UTC)) == 2
    assert rows(sqlite, hall) == []
    with sqlite.reading() as session:
        assert "Una Unlisted" not in session.scalars(select(Person.name)).all()
