"""Thanking somebody: the three questions, the look at the tag, every rule against abuse, and silence."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

WORDS = "Your gauges told us about the flood before the river did."
GOOD = {"role": "curated", "sentence": WORDS, "relation": "user", "step": "send"}


@pytest.fixture
def hall(make: Any) -> Any:
    """Ada and Ben at an event with a dataset, and noise: thanks between others for the same dataset."""

    class Hall:
        event = make.event("Data Together")
        ada = make.registration(event, make.person("Ada", organisation="Water Office")).person
        ben = make.registration(event, make.person("Ben", organisation="Soil Office")).person
        dataset = make.dataset("River levels", "Water Office")

    one, two = (make.registration(Hall.event).person for _ in range(2))
    make.endorsement(Hall.event, one, make.contribution(two, Hall.dataset, "curated"))
    Hall.path = f"/datasets/{Hall.dataset.public_id}/thank/{Hall.ben.public_id}"
    return Hall


def mine(database: Database, giver: Any) -> list[Endorsement]:
    """Return the thanks that this person gave."""
    with database.reading() as session:
        return list(
            session.scalars(
                select(Endorsement).where(Endorsement.giver_id == giver.id).order_by(Endorsement.id)
            )
        )


def mails(database: Database) -> list[Mail]:
    with database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def bare(page: Any) -> str:
    """Return a page without what differs each time it is made: nonces and form tokens."""
    return re.sub(r'(nonce|value)="[^"]+"|(?:inlineScriptNonce|inlineStyleNonce)[^,}]+', "", page.html)


def test_the_form_asks_with_the_role_of_the_link_chosen(browser: Callable[..., Any], hall: Any) -> None:
    page = browser(hall.ada).get(f"{hall.path}?role=checked")
    assert page.heading == "Thank Ben"
    assert 'value="checked" checked' in page.html
    assert "Nobody else sees it until they say yes." in page.text
    assert 'data-maxlength="500"' in page.html


def test_the_sentence_comes_first_and_the_role_is_filled_in_from_what_is_known(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    make.contribution(hall.ben, make.dataset("Soils"), "backed")
    make.contribution(hall.ben, hall.dataset, "built", state=ContributionState.AWAITING)
    one = browser(hall.ada)
    asked = one.get(hall.path)
    assert "You thank Ben for this" not in asked.text
    assert asked.text.index("What did it make possible?") < asked.text.index("What did they do?")
    make.contribution(hall.ben, hall.dataset, "cleared")
    page = one.get(hall.path)
    assert (
        "You thank Ben for this: Cleared it for release Change what it is for What did they do?" in page.text
    )
    assert 'value="cleared" checked' in page.html
    assert page.html.count('name="role"') == 13
    drew = make.contribution(hall.ben, hall.dataset, "other", role_text="drew its map")
    named = one.get(f"{hall.path}?credit={drew.public_id}").text
    assert "You thank Ben for this: drew its map Change" in named
    changed = one.post(hall.path, {**GOOD, "role": "checked", "step": "change"}, status=200)
    assert "You thank Ben for this: Checked its quality" in changed.text
    wrong = one.post(hall.path, {**GOOD, "role": "other", "step": "send"}, status=422)
    assert "You thank Ben for this" not in wrong.text


def test_somebody_who_hides_their_name_is_thanked_for_no_role_that_is_known(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    shy = make.registration(hall.event, make.person("Shy", show_name=False)).person
    make.contribution(shy, hall.dataset, "cleared")
    path = f"/datasets/{hall.dataset.public_id}/thank/{shy.public_id}"
    assert "You thank Shy for this" not in browser(hall.ada).get(path).text


def test_the_tag_is_shown_before_anything_is_kept(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    data = {**GOOD, "sentence": f"  {WORDS}\n", "evidence_url": "https://flood.example/", "step": "preview"}
    page = browser(hall.ada).post(hall.path, data, status=200)
    assert page.heading == "This is how your thanks will look"
    assert f"{WORDS} Ada, Water Office, to Ben" in page.text
    assert "https://flood.example/" in page.text
    assert (mine(sqlite, hall.ada), mails(sqlite)) == ([], [])


def test_what_was_typed_can_be_changed_after_the_look(browser: Callable[..., Any], hall: Any) -> None:
    page = browser(hall.ada).post(hall.path, {**GOOD, "step": "change"}, status=200)
    assert page.heading == "Thank Ben"
    assert WORDS in page.html
    assert 'value="user" checked' in page.html


def test_where_no_letter_leaves_whoever_thanks_is_asked_to_tell_the_receiver(
    browser: Callable[..., Any], hall: Any, no_mail_server: None
) -> None:
    page = browser(hall.ada).follow(hall.path, GOOD)
    assert (
        "Your thanks is with Ben, who decides whether others see it. No email leaves this computer, as no mail "
        "server is set: tell them that it is here"
    ) in page.text


def test_a_thanks_waits_for_its_receiver_who_gets_a_mail(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    page = browser(hall.ada).follow(hall.path, {**GOOD, "evidence_url": " https://flood.example/ "})
    assert "Your thanks is with Ben, who decides whether others see it" in page.text
    (row,) = mine(sqlite, hall.ada)
    assert (row.event_id, row.receiver_id, row.dataset_id, row.role, row.sentence, row.relation) == (
        hall.event.id,
        hall.ben.id,
        hall.dataset.id,
        "curated",
        WORDS,
        "user",
    )
    assert (row.state, row.evidence_url) == (EndorsementState.AWAITING, "https://flood.example/")
    with sqlite.reading() as session:
        credit = session.get_one(Contribution, row.contribution_id)
        assert (credit.state, credit.declared_by_id) == (ContributionState.AWAITING, hall.ada.id)
    (mail,) = mails(sqlite)
    assert (mail.to, mail.kind, mail.reply_to) == (
        hall.ben.email,
        "thanks awaiting",
        "contact@inside.example",
    )
    assert "/thanks" in mail.body


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role": ""}, "Select what they did"),
        ({"role": "invented"}, "Select what they did"),
        ({"role": "other"}, "Say in a few words what it was"),
        ({"role": "other", "role_text": "x" * 61}, "What it was must be 60 characters or fewer"),
        ({"sentence": ""}, "Write a sentence about what they did"),
        ({"sentence": "  Too    short   by   far  "}, "Your sentence must be at least 20 characters"),
        ({"sentence": "x" * 501}, "Your sentence must be 500 characters or fewer"),
        ({"relation": ""}, "Select how you know of their work"),
        ({"relation": "friend"}, "Select how you know of their work"),
        ({"evidence_url": "javascript:alert(1)"}, "Enter a web address that starts with https://"),
        ({"evidence_url": "flood.example"}, "Enter a web address that starts with https://"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "send"])
def test_a_thanks_against_the_rules_is_shown_again_with_the_reason(
    browser: Callable[..., Any],
    hall: Any,
    sqlite: Database,
    change: dict[str, str],
    words: str,
    step: str,
) -> None:
    page = browser(hall.ada).post(hall.path, {**GOOD, **change, "step": step}, status=422)
    assert "There is a problem" in page.text
    assert words in page.text
    if "sentence" not in change:
        assert WORDS in page.html
    assert (mine(sqlite, hall.ada), mails(sqlite)) == ([], [])


def test_all_reasons_are_shown_at_once(browser: Callable[..., Any], hall: Any) -> None:
    page = browser(hall.ada).post(hall.path, {"step": "send"}, status=422)
    summary = page.html.split("govuk-error-summary__list")[1].split("</ul>")[0]
    assert re.findall(r'href="#(\w+)"', summary) == ["sentence", "role", "relation"]


def test_nobody_thanks_themselves(browser: Callable[..., Any], hall: Any, sqlite: Database) -> None:
    path = f"/datasets/{hall.dataset.public_id}/thank/{hall.ada.public_id}"
    assert "You cannot thank yourself" in browser(hall.ada).get(path).text
    assert "You cannot thank yourself" in browser(hall.ada).post(path, GOOD, status=422).text
    assert mine(sqlite, hall.ada) == []


def test_an_organiser_who_does_not_come_themselves_gives_no_thanks(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    organiser = make.organiser(hall.event)
    assert "Only people registered for this event" in browser(organiser).get(hall.path).text
    page = browser(organiser).post(hall.path, GOOD, status=422)
    assert "Only people registered for this event" in page.text
    assert mine(sqlite, organiser) == []


def test_the_allowance_ends_and_a_withdrawal_gives_one_back(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    event = make.event("Small", thanks_each=2, held_on=date(2028, 1, 1), erase_on=date(2028, 2, 1))
    make.registration(event, hall.ada)
    people = [one.person for one in make.registrations(event, 3)]
    me = browser(hall.ada)
    paths = [f"/datasets/{hall.dataset.public_id}/thank/{person.public_id}" for person in people]
    me.post(paths[0], GOOD)
    me.post(paths[1], GOOD)
    words = "You have given all your 2 thanks for this event"
    assert words in me.get(paths[2]).text
    assert words in me.post(paths[2], GOOD, status=422).text
    me.follow(f"/thanks/{mine(sqlite, hall.ada)[0].public_id}/withdraw")
    me.post(paths[2], GOOD)


def test_declining_does_not_give_the_thanks_back(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    event = make.event("Small", thanks_each=1, held_on=date(2028, 1, 1), erase_on=date(2028, 2, 1))
    for person in (hall.ada, hall.ben):
        make.registration(event, person)
    me = browser(hall.ada)
    me.post(hall.path, GOOD)
    browser(hall.ben).post(f"/thanks/{mine(sqlite, hall.ada)[0].public_id}/decide", {"answer": "decline"})
    assert "all your 1 thanks" in me.post(hall.path, {**GOOD, "role": "checked"}, status=422).text


def test_one_person_gets_three_thanks_at_most(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    me = browser(hall.ada)
    for role in ("collected", "curated", "checked"):
        me.post(hall.path, {**GOOD, "role": role})
    page = me.post(hall.path, {**GOOD, "role": "published"}, status=422)
    assert "You have thanked this person 3 times at this event" in page.text
    assert WORDS in page.html
    assert len(mine(sqlite, hall.ada)) == 3
    me.post(hall.path, {**GOOD, "role": "checked", "sentence": "A fourth wording of the third thanks."})


@pytest.mark.parametrize(
    ("before", "after", "mailed"),
    [
        (EndorsementState.AWAITING, EndorsementState.AWAITING, 0),
        (EndorsementState.ACCEPTED, EndorsementState.AWAITING, 1),
        (EndorsementState.HIDDEN, EndorsementState.HIDDEN, 0),
        (EndorsementState.DECLINED, EndorsementState.DECLINED, 0),
    ],
)
@pytest.mark.parametrize("way", ["again", "edit"])
def test_sending_again_changes_the_first_and_asks_only_where_it_was_accepted(
    browser: Callable[..., Any],
    hall: Any,
    make: Any,
    sqlite: Database,
    before: EndorsementState,
    after: EndorsementState,
    mailed: int,
    way: str,
) -> None:
    given = make.endorsement(
        hall.event, hall.ada, make.contribution(hall.ben, hall.dataset, "curated"), state=before
    )
    me = browser(hall.ada)
    where = hall.path if way == "again" else f"/thanks/{given.public_id}/edit"
    opened = me.get(f"{where}?role=curated")
    assert "You made the numbers add up for everyone." in opened.html
    me.post(where, {**GOOD, "sentence": given.sentence})
    assert [row.state for row in mine(sqlite, hall.ada)] == [before]
    me.post(where, GOOD)
    assert [(row.state, row.sentence) for row in mine(sqlite, hall.ada)] == [(after, WORDS)]
    assert len(mails(sqlite)) == mailed
    if mailed:
        assert WORDS not in browser(hall.ada).get(f"/datasets/{hall.dataset.public_id}").text


def test_a_role_of_ones_own_words_is_its_own_thanks(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    me = browser(hall.ada)
    for text in ("drew the maps", "made the tea", " drew  the maps "):
        me.post(hall.path, {**GOOD, "role": "other", "role_text": text})
    with sqlite.reading() as session:
        texts = [
            session.get_one(Contribution, row.contribution_id).role_text for row in mine(sqlite, hall.ada)
        ]
    assert texts == ["drew the maps", "made the tea"]
    with sqlite.writing() as session:
        tea = contributions.one(session, hall.ben.id, hall.dataset.id, "other", "made the tea")
        assert tea is not None
        tea.state = ContributionState.ACCEPTED
    assert "You have thanked Ben for this before" in me.get(f"{hall.path}?credit={tea.public_id}").text


def test_a_thanks_belongs_to_the_newest_event_both_come_to(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    newer = make.event("Newer", held_on=date(2027, 5, 1))
    newest = make.event("Newest", held_on=date(2027, 6, 1))
    for event, state in ((newer, RegistrationState.INVITED), (newest, RegistrationState.CANCELLED)):
        make.registration(event, hall.ada)
        make.registration(event, hall.ben, state=state)
    browser(hall.ada).post(hall.path, GOOD)
    assert [row.event_id for row in mine(sqlite, hall.ada)] == [newer.id]


@pytest.mark.parametrize("state", ContributionState)
def test_thanking_says_nothing_of_what_became_of_the_credit(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, state: ContributionState
) -> None:
    fresh = make.dataset("River levels too")
    me = browser(hall.ada)
    new = me.follow(f"/datasets/{fresh.public_id}/thank/{hall.ben.public_id}", GOOD)
    credit = make.contribution(hall.ben, hall.dataset, "curated", state=state)
    known = me.follow(hall.path, GOOD)
    for page in (new, known):
        assert page.text.startswith("Done Your thanks is with Ben, who decides whether others see it Thanks")
        assert "Waiting for their yes" in page.text
    row = mine(sqlite, hall.ada)[-1]
    assert (row.contribution_id, row.state) == (credit.id, EndorsementState.AWAITING)
    assert len(mails(sqlite)) == (1 if state is ContributionState.DECLINED else 2)


def test_a_block_looks_like_nobody_and_like_a_stranger(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    cy = make.registration(hall.event, make.person("Cy")).person
    dee = make.registration(hall.event, make.person("Dee")).person
    make.answer(hall.event, cy, hall.ada, AnswerKind.BLOCK)
    make.answer(hall.event, hall.ada, dee, AnswerKind.BLOCK)
    make.contribution(cy, hall.dataset, "curated")
    me = browser(hall.ada)
    ids = [cy.public_id, dee.public_id, make.person("Stranger").public_id, "never-given-out"]
    for base in (f"/datasets/{hall.dataset.public_id}/thank/", "/people/"):
        assert len({bare(me.get(f"{base}{one}", status=404)) for one in ids}) == 1
    base = f"/datasets/{hall.dataset.public_id}/thank/"
    assert len({bare(me.post(f"{base}{one}", GOOD, status=404)) for one in ids}) == 1
    assert mine(sqlite, hall.ada) == []


def test_a_thanks_is_changed_without_a_mail_once_there_is_a_block(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    given = make.endorsement(hall.event, hall.ada, make.contribution(hall.ben, hall.dataset, "curated"))
    make.answer(hall.event, hall.ben, hall.ada, AnswerKind.BLOCK)
    browser(hall.ada).post(f"/thanks/{given.public_id}/edit", GOOD)
    assert [row.sentence for row in mine(sqlite, hall.ada)] == [WORDS]
    assert mails(sqlite) == []
    assert "Nothing is waiting." in browser(hall.ben).get("/thanks").text


def test_only_the_giver_changes_a_thanks_and_only_while_it_lives(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    given = make.endorsement(hall.event, hall.ada, make.contribution(hall.ben, hall.dataset, "curated"))
    path = f"/thanks/{given.public_id}/edit"
    for other in (hall.ben, make.organiser(hall.event)):
        browser(other).get(path, status=404)
        browser(other).post(path, GOOD, status=404)
    browser(hall.ada).post(f"/thanks/{given.public_id}/withdraw")
    browser(hall.ada).get(path, status=404)
    assert [row.sentence for row in mine(sqlite, hall.ada)] == [""]


def test_a_giver_without_a_shown_name_is_told_who_reads_what(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    shy = make.person("Shy", organisation="Air Office", show_name=False)
    make.registration(hall.event, shy)
    page = browser(shy).get(hall.path)
    assert "They see your name; others will read “someone at Air Office”." in page.text
    preview = browser(shy).post(hall.path, {**GOOD, "step": "preview"}, status=200)
    assert f"{WORDS} someone at Air Office to Ben" in preview.text


@pytest.mark.parametrize("answer", ["hide", "decline"])
def test_withdrawing_and_giving_again_asks_nobody_twice_who_has_said_no(
    browser: Callable[..., Any], hall: Any, sqlite: Database, answer: str
) -> None:
    ada = browser(hall.ada)
    ada.post(hall.path, GOOD)
    browser(hall.ben).post(f"/thanks/{mine(sqlite, hall.ada)[0].public_id}/decide", {"answer": answer})
    for _ in range(3):
        ada.post(f"/thanks/{mine(sqlite, hall.ada)[-1].public_id}/withdraw")
        ada.post(hall.path, GOOD)
    assert mine(sqlite, hall.ada)[-1].state is EndorsementState.DECLINED
    assert len(mails(sqlite)) == 1
    assert "Nothing is waiting" in browser(hall.ben).get("/thanks").text


def test_one_person_causes_another_at_most_five_letters_a_day(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    ada = browser(hall.ada)
    for role in ("collected", "curated", "checked", "documented", "cleared", "published", "maintained"):
        ada.post(hall.path, {**GOOD, "role": role})
        ada.post(f"/thanks/{mine(sqlite, hall.ada)[-1].public_id}/withdraw")
    assert len(mine(sqlite, hall.ada)) == 7
    assert len(mails(sqlite)) == 5


def test_thanking_several_begins_with_the_sentence_as_thanking_one_does(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    for role in ("curated", "checked"):
        make.contribution(hall.ben, hall.dataset, role)
    page = browser(hall.ada).get(f"/datasets/{hall.dataset.public_id}/thank").html
    asked = ("What did they make possible?", "Whom do you thank?", "How do you know?")
    places = [page.index(one) for one in asked]
    assert places == sorted(places)
    assert "Preview your thanks" in page
