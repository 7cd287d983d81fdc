"""One's own thanks: nothing is seen before a yes, no answer is told, and what is given can be taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.store import jobs
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

WORDS = "Your gauges told us about the flood before the river did."


@pytest.fixture
def hall(make: Any) -> Any:
    """Ada has thanked Ben; noise: thanks between others at the same event."""

    class Hall:
        event = make.event("Data Together")
        ada = make.registration(event, make.person("Ada", organisation="Water Office")).person
        ben = make.registration(event, make.person("Ben", organisation="Soil Office")).person
        cy = make.registration(event, make.person("Cy")).person
        organiser = make.organiser(event, make.person("Olga"))
        dataset = make.dataset("River levels", "Water Office")
        credit = make.contribution(ben, dataset, "curated", state=ContributionState.AWAITING)
        given = make.endorsement(event, ada, credit, sentence=WORDS, state=EndorsementState.AWAITING)

    one, two = (make.registration(Hall.event).person for _ in range(2))
    noise = make.contribution(two, make.dataset("Noise levels"), "checked")
    make.endorsement(Hall.event, one, noise, sentence="Noise that nobody here asked for.")
    return Hall


def state(database: Database, hall: Any) -> tuple[EndorsementState, ContributionState]:
    with database.reading() as session:
        return (
            session.get_one(Endorsement, hall.given.id).state,
            session.get_one(Contribution, hall.credit.id).state,
        )


def pages(hall: Any) -> list[str]:
    """Return every page on which a thanks to Ben could be shown."""
    return [
        "/",
        "/datasets",
        f"/datasets/{hall.dataset.public_id}",
        f"/people/{hall.ben.public_id}",
        f"/people/{hall.ada.public_id}",
        f"/datasets/{hall.dataset.public_id}/thank/{hall.ben.public_id}?role=curated",
        f"/datasets/{hall.dataset.public_id}/name",
        "/thanks",
    ]


@pytest.mark.parametrize(
    "before", [EndorsementState.AWAITING, EndorsementState.HIDDEN, EndorsementState.DECLINED]
)
def test_nobody_else_sees_a_thanks_without_a_yes(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, before: EndorsementState
) -> None:
    if before is not EndorsementState.AWAITING:
        answer = "hide" if before is EndorsementState.HIDDEN else "decline"
        browser(hall.ben).post(f"/thanks/{hall.given.public_id}/decide", {"answer": answer})
    assert state(sqlite, hall)[0] is before
    for reader in (hall.organiser, hall.cy, make.person("Stranger"), None):
        for path in pages(hall):
            answer = browser(reader).client.get(path, follow_redirects=True)
            assert WORDS not in answer.get_data(as_text=True), path
    dataset = browser(hall.cy).get(f"/datasets/{hall.dataset.public_id}")
    assert "Ben" not in dataset.text
    assert "Nobody is named here yet." in dataset.text


def test_a_yes_puts_name_and_thanks_on_the_label(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    ben = browser(hall.ben)
    assert WORDS in ben.get("/thanks").text
    page = ben.follow(f"/thanks/{hall.given.public_id}/decide", {"answer": "accept"})
    assert "Accepted. It is on the dataset’s label now" in page.text
    assert state(sqlite, hall) == (EndorsementState.ACCEPTED, ContributionState.ACCEPTED)
    for path in (f"/datasets/{hall.dataset.public_id}", f"/people/{hall.ben.public_id}"):
        page = browser(hall.cy).get(path)
        assert WORDS in page.text
        assert "Ada, Water Office, to Ben" in page.text


def test_hiding_takes_it_off_again_and_showing_puts_it_back(browser: Callable[..., Any], hall: Any) -> None:
    ben, path = browser(hall.ben), f"/thanks/{hall.given.public_id}/decide"
    for answer, shown in (("accept", True), ("hide", False), ("accept", True), ("decline", False)):
        ben.post(path, {"answer": answer})
        assert (WORDS in browser(hall.cy).get(f"/datasets/{hall.dataset.public_id}").text) is shown


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        ("accept", (EndorsementState.ACCEPTED, ContributionState.ACCEPTED)),
        ("hide", (EndorsementState.HIDDEN, ContributionState.HIDDEN)),
        ("decline", (EndorsementState.DECLINED, ContributionState.DECLINED)),
    ],
)
def test_one_answer_is_enough_for_thanks_and_credit(
    browser: Callable[..., Any], hall: Any, sqlite: Database, answer: str, after: Any
) -> None:
    page = browser(hall.ben).get("/thanks")
    assert "named you" not in page.text
    browser(hall.ben).post(f"/thanks/{hall.given.public_id}/decide", {"answer": answer})
    assert state(sqlite, hall) == after
    assert "Nothing is waiting." in browser(hall.ben).get("/thanks").text


@pytest.mark.parametrize("before", [ContributionState.HIDDEN, ContributionState.DECLINED])
def test_a_credit_that_was_refused_stays_refused_and_the_receiver_is_told_why_nothing_shows(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, before: ContributionState
) -> None:
    with sqlite.writing() as session:
        session.get_one(Contribution, hall.credit.id).state = before
    assert f"You have {before.value} this credit" in browser(hall.ben).get("/thanks").text
    browser(hall.ben).post(f"/thanks/{hall.given.public_id}/decide", {"answer": "accept"})
    assert state(sqlite, hall) == (EndorsementState.ACCEPTED, before)
    assert WORDS not in browser(hall.cy).get(f"/datasets/{hall.dataset.public_id}").text


def test_declining_a_thanks_leaves_what_one_says_of_oneself(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    with sqlite.writing() as session:
        session.get_one(Contribution, hall.credit.id).state = ContributionState.CLAIMED
    browser(hall.ben).post(f"/thanks/{hall.given.public_id}/decide", {"answer": "decline"})
    assert state(sqlite, hall) == (EndorsementState.DECLINED, ContributionState.CLAIMED)


def test_the_giver_cannot_tell_hiding_and_declining_from_no_answer(
    browser: Callable[..., Any], hall: Any
) -> None:
    ada, path = browser(hall.ada), f"/thanks/{hall.given.public_id}/decide"
    waiting = ada.get("/thanks").text
    assert "To Ben Waiting for their yes" in waiting
    for answer in ("hide", "decline"):
        browser(hall.ben).post(path, {"answer": answer})
        assert ada.get("/thanks").text == waiting
    browser(hall.ben).post(path, {"answer": "accept"})
    assert "To Ben Accepted" in ada.get("/thanks").text


def test_only_the_receiver_decides_and_only_the_giver_withdraws(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    before = state(sqlite, hall)
    for other in (hall.ada, hall.cy, hall.organiser):
        browser(other).post(f"/thanks/{hall.given.public_id}/decide", {"answer": "accept"}, status=404)
    for other in (hall.ben, hall.cy, hall.organiser):
        browser(other).post(f"/thanks/{hall.given.public_id}/withdraw", status=404)
        if other is not hall.ben:
            browser(other).post(
                f"/contributions/{hall.credit.public_id}/decide", {"answer": "accept"}, status=404
            )
            browser(other).post(f"/contributions/{hall.credit.public_id}/take-back", status=404)
    browser(hall.ben).post(f"/thanks/{hall.given.public_id}/decide", {"answer": "maybe"}, status=400)
    assert state(sqlite, hall) == before


def test_a_withdrawn_thanks_leaves_no_words_anywhere(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    browser(hall.ben).post(f"/thanks/{hall.given.public_id}/decide", {"answer": "accept"})
    page = browser(hall.ada).follow(f"/thanks/{hall.given.public_id}/withdraw")
    assert "Your thanks is withdrawn and its words are gone" in page.text
    for reader in (hall.ada, hall.ben, hall.cy):
        for path in pages(hall):
            assert WORDS not in browser(reader).client.get(path, follow_redirects=True).get_data(as_text=True)
    with sqlite.reading() as session:
        job = jobs.latest(session, hall.event.id, "refresh")
        assert job is not None
        assert job.details == {"people": [hall.ben.id]}
        row = session.get_one(Endorsement, hall.given.id)
        assert (row.state, row.sentence, row.giver_id) == (EndorsementState.WITHDRAWN, "", hall.ada.id)
        assert WORDS not in session.scalars(select(Endorsement.sentence)).all()
    browser(hall.ben).post(f"/thanks/{hall.given.public_id}/decide", {"answer": "accept"})
    assert state(sqlite, hall)[0] is EndorsementState.WITHDRAWN


def test_words_changed_since_they_were_read_are_not_accepted(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    read = browser(hall.ben).get("/thanks").html.split('name="read" value="')[1].split('"')[0]
    changed = {"sentence": "Quite another thing to say about you.", "relation": "user", "step": "send"}
    browser(hall.ada).post(f"/thanks/{hall.given.public_id}/edit", changed)
    path = f"/thanks/{hall.given.public_id}/decide"
    page = browser(hall.ben).follow(path, {"answer": "accept", "read": read})
    assert "The words have been changed since you read them." in page.text
    assert state(sqlite, hall)[0] is EndorsementState.AWAITING
    fresh = page.html.split('name="read" value="')[1].split('"')[0]
    browser(hall.ben).post(path, {"answer": "accept", "read": fresh})
    assert state(sqlite, hall)[0] is EndorsementState.ACCEPTED


def test_a_sealed_thanks_is_said_to_be_sealed_before_it_is_answered(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    page = browser(hall.ben).get("/thanks").text
    assert "Accepted, it is on the dataset’s label. Hidden" in page
    assert "ealed" not in page
    with sqlite.writing() as session:
        session.get_one(Endorsement, hall.given.id).sealed = True
    page = browser(hall.ben).get("/thanks").text
    assert "on the dataset’s label, a sealed one once the organisers open the sealed thanks. Hidden" in page
    assert "Sealed: others read nothing of it until the organisers open the sealed thanks." in page


def test_an_answer_from_a_page_older_than_ones_own_other_answer_is_not_blamed_on_the_words(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    read = browser(hall.ben).get("/thanks").html.split('name="read" value="')[1].split('"')[0]
    path = f"/thanks/{hall.given.public_id}/decide"
    browser(hall.ben).post(path, {"answer": "accept", "read": read})
    again = browser(hall.ben).follow(path, {"answer": "accept", "read": read})
    assert "Look again" not in again.text
    assert "words have been changed" not in again.text
    page = browser(hall.ben).follow(path, {"answer": "decline", "read": read})
    assert "You have answered this since you opened the page, or its words have been changed." in page.text
    assert state(sqlite, hall)[0] is EndorsementState.ACCEPTED


def test_a_thanks_that_was_withdrawn_is_answered_like_one_behind_a_block(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    read = browser(hall.ben).get("/thanks").html.split('name="read" value="')[1].split('"')[0]
    path = f"/thanks/{hall.given.public_id}/decide"
    make.answer(hall.event, hall.ada, hall.ben, AnswerKind.BLOCK)
    blocked = browser(hall.ben).follow(path, {"answer": "accept", "read": read}).text
    browser(hall.ada).post(f"/thanks/{hall.given.public_id}/withdraw")
    assert browser(hall.ben).follow(path, {"answer": "accept", "read": read}).text == blocked


def test_nothing_waits_from_somebody_with_a_block(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    make.contribution(hall.ben, make.dataset("Tides"), "built", state=ContributionState.AWAITING)
    make.answer(hall.event, hall.ben, hall.ada, AnswerKind.BLOCK)
    page = browser(hall.ben).get("/thanks")
    assert WORDS not in page.text
    assert "Tides" in page.text


def test_a_naming_is_answered_on_its_own(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    named = make.contribution(hall.ben, make.dataset("Tides"), "built", state=ContributionState.AWAITING)
    with sqlite.writing() as session:
        session.get_one(Contribution, named.id).declared_by_id = hall.cy.id
    assert "Cy named you For Tides" in browser(hall.ben).get("/thanks").text
    browser(hall.ben).post(f"/contributions/{named.public_id}/decide", {"answer": "decline"})
    assert "Cy named you" not in browser(hall.ben).get("/thanks").text
    with sqlite.reading() as session:
        assert session.get_one(Contribution, named.id).state is ContributionState.DECLINED


# A person's page


def test_ones_own_page_shows_what_others_do_not_see(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    hidden = make.contribution(hall.ben, make.dataset("Tides"), "built", state=ContributionState.HIDDEN)
    claim = make.contribution(hall.ben, make.dataset("Soils"), "checked", state=ContributionState.CLAIMED)
    address = f"/people/{hall.ben.public_id}"
    own, other = browser(hall.ben).get(address), browser(hall.cy).get(address)
    assert "Tides Built a service, tool or API with or for it Hidden" in own.text
    assert "Tides" not in other.text
    assert "Soils Checked its quality (they say so themselves) Thank Ben" in other.text
    browser(hall.ben).post(f"/contributions/{hidden.public_id}/decide", {"answer": "accept", "from": "me"})
    assert "Tides" in browser(hall.cy).get(address).text
    page = browser(hall.ben).follow(f"/contributions/{claim.public_id}/take-back", {"from": "me"})
    assert "Removed" in page.text
    assert "Soils" not in page.text
    with sqlite.reading() as session:
        assert session.get(Contribution, claim.id) is None


def test_a_claim_somebody_gave_thanks_for_is_hidden_rather_than_removed(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    with sqlite.writing() as session:
        session.get_one(Contribution, hall.credit.id).state = ContributionState.CLAIMED
    page = browser(hall.ben).follow(f"/contributions/{hall.credit.public_id}/take-back", {"from": "me"})
    assert "Others have had a part in it" in page.text
    assert state(sqlite, hall)[1] is ContributionState.CLAIMED


@pytest.mark.parametrize("page", ["/thanks", "/people/{person}"])
def test_ones_own_pages_take_the_same_queries_for_one_of_each_as_for_three(
    browser: Callable[..., Any], hall: Any, make: Any, statements: list[str], page: str
) -> None:
    counts = []
    for number in (1, 3):
        me = make.registration(hall.event).person
        for _ in range(number):
            for given in (EndorsementState.AWAITING, EndorsementState.ACCEPTED, EndorsementState.DECLINED):
                credit = make.contribution(me, make.dataset(publisher=f"Office {given} {number}"), "curated")
                make.endorsement(hall.event, make.person(), credit, state=given)
            named = make.contribution(me, make.dataset(), "built", state=ContributionState.AWAITING)
            assert named.declared_by_id == me.id
            theirs = make.contribution(make.registration(hall.event).person, make.dataset(), "curated")
            make.endorsement(hall.event, me, theirs)
        reader = browser(me)
        statements.clear()
        reader.get(page.format(person=me.public_id))
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("answer", ["accept", "hide", "decline"])
def test_a_givers_block_cannot_be_told_from_a_withdrawal_by_answering(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, answer: str
) -> None:
    with sqlite.writing() as session:
        session.get_one(Endorsement, hall.given.id).state = EndorsementState.AWAITING
        credit = session.get_one(Contribution, hall.credit.id)
        credit.state, credit.declared_by_id = ContributionState.AWAITING, hall.ada.id
    make.answer(hall.event, hall.ada, hall.ben, AnswerKind.BLOCK)
    ben = browser(hall.ben)
    page = ben.follow(f"/thanks/{hall.given.public_id}/decide", {"answer": answer})
    assert "govuk-notification-banner" not in page.html
    assert state(sqlite, hall) == (EndorsementState.AWAITING, ContributionState.AWAITING)
    home = ben.get(f"/events/{hall.event.public_id}/").text
    assert "for your yes" not in home
