"""Every rule against abuse, tried to be broken through the pages; each test names its rule in the docs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.people import merge_people
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.moderation import ModerationAct, Report
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from tests.whole_words import says

WORDS = "Your gauges told us about the flood before the river did."
GOOD = {"role": "curated", "sentence": WORDS, "relation": "user", "step": "send"}
WHY = "These words are about somebody else."


@pytest.fixture
def hall(make: Any) -> Any:
    """Ada, Ben and Cy at an event of Olga and Oskar, with a dataset; noise: thanks between others for it."""

    class Hall:
        event = make.event("Data Together")
        ada = make.registration(event, make.person("Ada", organisation="Water Office")).person
        ben = make.registration(event, make.person("Ben", organisation="Soil Office")).person
        cy = make.registration(event, make.person("Cy", organisation="Soil Office")).person
        olga = make.organiser(event, make.person("Olga"))
        oskar = make.organiser(event, make.person("Oskar"))
        dataset = make.dataset("River levels", "Water Office")
        page = f"/datasets/{dataset.public_id}"
        path = f"{page}/thank/{ben.public_id}"
        reports = f"/organise/{event.public_id}/moderation"
        sealed = f"/organise/{event.public_id}/sealed"

    one, two = (make.registration(Hall.event).person for _ in range(2))
    make.endorsement(Hall.event, one, make.contribution(two, Hall.dataset, "built"), sentence="Noise " * 5)
    return Hall


def thanks(database: Database, giver: Any) -> list[Endorsement]:
    with database.reading() as session:
        found = select(Endorsement).where(Endorsement.giver_id == giver.id).order_by(Endorsement.id)
        return list(session.scalars(found))


def all_of(database: Database, model: Any) -> list[Any]:
    with database.reading() as session:
        return list(session.scalars(select(model).order_by(model.id)))


def accepted(make: Any, hall: Any, giver: Any = None, receiver: Any = None, **columns: Any) -> Endorsement:
    credit = make.contribution(receiver or hall.ben, hall.dataset, "curated", **columns.pop("credit", {}))
    given: Endorsement = make.endorsement(
        hall.event, giver or hall.ada, credit, **{"sentence": WORDS, **columns}
    )
    return given


# What is asked


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sentence", "Too short to be one"),
        ("sentence", "x" * 501),
        ("sentence", "a" + " " * 30 + "b"),
        ("relation", ""),
        ("relation", "friend"),
        ("role", ""),
        ("role", "admired"),
        ("evidence_url", "javascript:alert(1)"),
        ("evidence_url", "https://user@evil.example/"),
    ],
)
def test_rule_1_a_thanks_needs_a_sentence_a_role_a_relation_and_a_plain_link(
    browser: Callable[..., Any], hall: Any, sqlite: Database, field: str, value: str
) -> None:
    browser(hall.ada).post(hall.path, {**GOOD, field: value}, status=422)
    assert thanks(sqlite, hall.ada) == []


def several(make: Any, hall: Any) -> dict[str, Any]:
    credits = [make.contribution(one, hall.dataset, "curated") for one in (hall.ben, hall.cy)]
    return {**GOOD, "whom": [one.public_id for one in credits]}


def test_rule_2_several_are_thanked_with_one_form(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    data = several(make, hall)
    preview = browser(hall.ada).post(f"{hall.page}/thank", {**data, "step": "preview"}, status=200)
    assert preview.heading == "Your thanks to 2 people"
    assert (thanks(sqlite, hall.ada), all_of(sqlite, Mail)) == ([], [])
    browser(hall.ada).post(f"{hall.page}/thank", data)
    assert [one.receiver_id for one in thanks(sqlite, hall.ada)] == [hall.ben.id, hall.cy.id]
    assert len(all_of(sqlite, Mail)) == 2


def test_rule_2_all_or_none_and_the_failing_one_is_named(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    data = several(make, hall)
    for _ in range(3):
        make.endorsement(hall.event, hall.ada, make.contribution(hall.cy, make.dataset(), "built"))
    for step in ("preview", "send"):
        page = browser(hall.ada).post(f"{hall.page}/thank", {**data, "step": step}, status=422)
        assert "Cy, Cleaned and structured it: You have thanked this person 3 times" in page.text
        assert "Ben, Cleaned" not in page.text
    assert [one.receiver_id for one in thanks(sqlite, hall.ada)] == [hall.cy.id] * 3
    assert all_of(sqlite, Mail) == []


# Against abuse


def test_rule_3_nobody_thanks_themselves_through_a_page_or_the_database(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    mine = make.contribution(hall.ada, hall.dataset, "curated")
    page = browser(hall.ada).post(f"{hall.page}/thank/{hall.ada.public_id}", GOOD, status=422)
    assert "You cannot thank yourself" in page.text
    alone = {**GOOD, "whom": [mine.public_id, make.contribution(hall.ben, hall.dataset, "curated").public_id]}
    browser(hall.ada).post(f"{hall.page}/thank", alone, status=422)
    assert thanks(sqlite, hall.ada) == []
    with pytest.raises(IntegrityError):
        make.endorsement(hall.event, hall.ada, mine)


def test_rule_3_a_merged_alias_cannot_thank_itself_and_keeps_no_thanks_of_itself(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    alias = make.registration(hall.event, make.person("A. Da")).person
    accepted(make, hall, giver=alias, receiver=hall.ada)
    kept = accepted(make, hall, giver=alias, receiver=hall.ben)
    with sqlite.writing() as session:
        people = [session.get_one(Person, one.id) for one in (hall.ada, alias, hall.olga)]
        merge_people.merge(session, *people)
    assert [(one.id, one.giver_id) for one in thanks(sqlite, hall.ada)] == [(kept.id, hall.ada.id)]
    browser(hall.ada).post(f"{hall.page}/thank/{alias.public_id}", GOOD, status=404)
    browser(hall.ada).post(f"{hall.page}/thank/{hall.ada.public_id}", {**GOOD, "role": "checked"}, status=422)


def test_rule_4_the_same_thanks_twice_is_one(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    ada = browser(hall.ada)
    for _ in range(3):
        ada.post(hall.path, GOOD)
    ada.post(hall.path, {**GOOD, "sentence": "Quite another way to say the same."})
    assert [one.sentence for one in thanks(sqlite, hall.ada)] == ["Quite another way to say the same."]
    ada.post(f"/thanks/{thanks(sqlite, hall.ada)[0].public_id}/withdraw")
    ada.post(hall.path, GOOD)
    assert [one.state.value for one in thanks(sqlite, hall.ada)] == ["withdrawn", "awaiting"]


def test_rule_5_a_program_that_sends_thanks_is_stopped_even_if_each_is_refused(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    client, bad = browser(hall.ada).client, {**GOOD, "csrf_token": browser(hall.ada).token()}
    token = browser(hall.ada)
    token.client = client
    bad["csrf_token"] = token.token()
    codes = [client.post(hall.path, data=bad).status_code for _ in range(41)]
    assert codes == [303] * 40 + [429]
    browser(hall.cy).post(hall.path, GOOD)


def test_rule_6_nothing_of_a_sealed_round_leaks_before_it_is_opened(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    browser(hall.olga).post(hall.sealed, {"answer": "seal"})
    # His answer has suggestions refreshed, so they are worked out once before it, too.
    browser(hall.ben).post("/thanks/choice", {"open": "yes"})
    before = {path: visible(browser, hall, path) for path in everywhere(hall)}
    browser(hall.ada).post(hall.path, GOOD)
    given = thanks(sqlite, hall.ada)[0]
    page = browser(hall.ben).follow(f"/thanks/{given.public_id}/decide", {"answer": "accept"})
    assert "Others see it once the organisers open the sealed thanks" in page.text
    assert WORDS in page.text
    assert WORDS in browser(hall.ada).get("/thanks").text
    assert {path: visible(browser, hall, path) for path in everywhere(hall)} == before
    browser(hall.olga).post(hall.sealed, {"answer": "open"})
    assert WORDS in browser(hall.cy).get(hall.page).text
    assert "Thanked by 1 colleague from 1 organisation" in browser(hall.cy).get(hall.page).text
    assert {path for path in everywhere(hall) if visible(browser, hall, path) != before[path]} >= {
        hall.page, f"{hall.page}/label/credits.csv", f"/people/{hall.ben.public_id}",
    }  # fmt: skip


def everywhere(hall: Any) -> list[str]:
    """Return every page and file on which a thanks could show, be counted, be searched or leave."""
    kinds = ("dcat.jsonld", "datacite.json", "credits.csv", "credits.txt", "readme.md", "badge.svg")
    return [
        "/", "/datasets", "/datasets?q=gauges", "/missing-labels", hall.page, f"/people/{hall.ben.public_id}",
        f"/people/{hall.ada.public_id}", f"{hall.page}/report", f"{hall.page}/thank", "/thanks", "/labels",
        *(f"{hall.page}/label/{kind}" for kind in kinds),
    ]  # fmt: skip


def visible(browser: Callable[..., Any], hall: Any, path: str) -> str:
    answer = browser(hall.cy).client.get(path, follow_redirects=True)
    text = re.sub(r'(id|name)="csrf_token"[^>]*>', "", answer.get_data(as_text=True))
    return text.split("<main")[-1].split("</main")[0] if "<main" in text else text


def test_rule_7_and_8_thanks_are_counted_as_people_and_places_and_never_ranked(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    other = make.registration(hall.event, make.person(organisation="Soil Office")).person
    credit = make.contribution(hall.ben, hall.dataset, "curated")
    for giver in (hall.ada, hall.cy, other):
        make.endorsement(hall.event, giver, credit)
    page = browser(hall.cy).get(hall.page)
    assert "Thanked by 3 colleagues from 2 organisations" in page.text
    for path in everywhere(hall):
        text = visible(browser, hall, path).lower()
        assert not any(word in text for word in ("leaderboard", "points", "most thanked", "rank")), path


def test_rule_9_a_credit_with_another_organisation_comes_first(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    accepted(make, hall, giver=hall.cy, receiver=hall.ben)
    zoe = make.registration(hall.event, make.person("Zoe", organisation="Air Office")).person
    accepted(make, hall, giver=hall.ada, receiver=zoe)
    text = browser(hall.cy).get(hall.page).text
    assert -1 < text.index("Zoe") < text.index("Ben")


# Consent


def test_rule_10_an_answer_counts_once_and_for_the_words_that_were_read(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    browser(hall.ada).post(hall.path, GOOD)
    given = thanks(sqlite, hall.ada)[0]
    read = browser(hall.ben).get("/thanks").html.split('name="read" value="')[1].split('"')[0]
    browser(hall.ada).post(
        f"/thanks/{given.public_id}/edit", {**GOOD, "sentence": "Something nobody agreed to."}
    )
    browser(hall.ben).post(f"/thanks/{given.public_id}/decide", {"answer": "accept", "read": read})
    assert thanks(sqlite, hall.ada)[0].state is EndorsementState.AWAITING
    browser(hall.ben).post(f"/thanks/{given.public_id}/decide", {"answer": "accept"})
    twice = browser(hall.ben).follow(f"/thanks/{given.public_id}/decide", {"answer": "accept"})
    assert "govuk-notification-banner" not in twice.html
    browser(hall.ada).post(
        f"/thanks/{given.public_id}/edit", {**GOOD, "sentence": "Edited after the yes was given."}
    )
    assert thanks(sqlite, hall.ada)[0].state is EndorsementState.AWAITING
    assert "Edited after" not in browser(hall.cy).get(hall.page).text


def test_rule_10_who_takes_no_thanks_looks_like_somebody_who_has_not_answered(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    to_cy = hall.path.replace(hall.ben.public_id, hall.cy.public_id)
    open_one = browser(hall.ada).follow(to_cy, GOOD).text.replace("Cy", "Ben")
    browser(hall.ada).post(f"/thanks/{thanks(sqlite, hall.ada)[0].public_id}/withdraw")
    browser(hall.ben).post("/thanks/choice", {"open": "no"})
    closed = browser(hall.ada).follow(hall.path, GOOD).text
    assert closed == open_one
    names = {"person": hall.ben.public_id, "role": "built"}
    named = browser(hall.ada).follow(f"{hall.page}/name", names)
    assert "Thank you. Ben decides whether to be named." in named.text
    assert [one.to for one in all_of(sqlite, Mail)] == [hall.cy.email]
    ben = browser(hall.ben).get("/thanks")
    assert "Nothing is waiting." in ben.text
    with sqlite.reading() as session:
        states = set(session.scalars(select(Contribution.state).where(Contribution.person_id == hall.ben.id)))
    assert states == {ContributionState.DECLINED}


def test_rule_10_saying_no_to_all_thanks_declines_what_waits_and_keeps_what_was_accepted(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    accepted(make, hall)
    browser(hall.cy).post(hall.path, {**GOOD, "role": "checked"})
    browser(hall.ben).post("/thanks/choice", {"open": "no"})
    assert thanks(sqlite, hall.cy)[0].state is EndorsementState.DECLINED
    assert WORDS in browser(hall.cy).get(hall.page).text
    assert "Waiting for their yes" in browser(hall.cy).get("/thanks").text


def test_rule_10_a_block_and_a_withdrawal_hide_a_naming_alike(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    """Ada thanks and so names Ben and withdraws; Cy thanks and so names him, and blocks him: he sees neither."""
    browser(hall.ada).post(hall.path, GOOD)
    browser(hall.ada).post(f"/thanks/{thanks(sqlite, hall.ada)[0].public_id}/withdraw")
    browser(hall.cy).post(hall.path, {**GOOD, "role": "checked"})
    make.answer(hall.event, hall.cy, hall.ben, AnswerKind.BLOCK)
    ben = browser(hall.ben)
    assert "Nothing is waiting." in ben.get("/thanks").text
    assert "River levels" not in ben.get(f"/people/{hall.ben.public_id}").text
    for credit in all_of(sqlite, Contribution)[1:]:
        page = ben.follow(f"/contributions/{credit.public_id}/decide", {"answer": "accept"})
        assert "govuk-notification-banner" not in page.html
        assert all_of(sqlite, Contribution)[-1].state is ContributionState.AWAITING
    other = make.registration(hall.event, make.person("Di")).person
    browser(other).post(f"{hall.page}/name", {"person": hall.ben.public_id, "role": "curated"})
    assert "Di named you" in ben.get("/thanks").text


def test_rule_11_who_shows_no_name_is_someone_everywhere(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    accepted(make, hall)
    with sqlite.writing() as session:
        session.execute(
            update(Person).where(Person.id == hall.ben.id).values(show_name=False, name="Benedict Hid")
        )
    for path in everywhere(hall):
        if path != f"/people/{hall.ben.public_id}":
            assert "Benedict" not in visible(browser, hall, path), path
    assert "someone at Soil Office" in browser(hall.cy).get(hall.page).text


# Moderation and withdrawal


def reported(browser: Callable[..., Any], hall: Any, given: Endorsement, who: Any) -> None:
    data = {"what": f"thanks-{given.public_id}", "reason": WHY}
    browser(who).post(f"{hall.page}/report", data)


def case(given: Endorsement, answer: str, reason: str = "It is about somebody else.") -> dict[str, str]:
    return {"case": f"Endorsement-{given.public_id}", "answer": answer, "reason": reason}


def test_rule_13_anybody_who_sees_it_reports_and_an_organiser_hides_and_restores_with_a_log(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    given = accepted(make, hall)
    for _ in range(2):
        reported(browser, hall, given, hall.cy)
    assert len(all_of(sqlite, Report)) == 1
    assert "Cy: These words are about somebody else." in browser(hall.olga).get(hall.reports).text
    browser(hall.olga).post(hall.reports, case(given, "hide", reason=""))
    assert WORDS in browser(hall.cy).get(hall.page).text
    browser(hall.olga).post(hall.reports, case(given, "hide"))
    assert WORDS not in browser(hall.cy).get(hall.page).text
    for one in (hall.ada, hall.ben):
        page = browser(one).get("/thanks").text
        assert "An organiser has looked at it" in page
        assert "Cy" not in page
    letters = all_of(sqlite, Mail)
    assert sorted(one.to for one in letters) == sorted([hall.ada.email, hall.ben.email])
    assert not any(says(one.body, "Cy") or "somebody else" in one.body for one in letters)
    browser(hall.oskar).post(hall.reports, case(given, "restore"))
    assert WORDS in browser(hall.cy).get(hall.page).text
    log = [(one.kind.value, one.by_id, one.reason) for one in all_of(sqlite, ModerationAct)]
    assert log == [
        ("hidden", hall.olga.id, "It is about somebody else."),
        ("restored", hall.oskar.id, "It is about somebody else."),
    ]


@pytest.mark.parametrize("part", ["giver", "receiver"])
def test_rule_13_nobody_moderates_what_they_gave_or_received(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, part: str
) -> None:
    make.registration(hall.event, hall.olga)
    given = accepted(make, hall, **{part: hall.olga})
    reported(browser, hall, given, hall.cy)
    page = browser(hall.olga).get(hall.reports)
    assert "so another organiser must decide" in page.text
    assert 'value="hide"' not in page.html
    # Neither of what nor by whom: of two people one may be the other.
    assert "1 report is about something that you wrote, gave, received or stated yourself" in page.text
    assert not [words for words in (WORDS, WHY, "Cy", "Nothing is reported") if says(page.text, words)]
    for answer in ("hide", "keep"):
        browser(hall.olga).post(hall.reports, case(given, answer), status=404)
    assert all_of(sqlite, ModerationAct) == []
    browser(hall.oskar).post(hall.reports, case(given, "hide"))
    assert WORDS not in browser(hall.olga).get(hall.reports).text
    assert WORDS in browser(hall.oskar).get(hall.reports).text
    browser(hall.olga).post(hall.reports, case(given, "restore"), status=404)
    assert len(all_of(sqlite, ModerationAct)) == 1


def test_rule_13_of_two_organisers_who_decide_at_once_the_second_reads_that_it_is_decided(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    given = accepted(make, hall)
    reported(browser, hall, given, hall.cy)
    olga, oskar = browser(hall.olga), browser(hall.oskar)
    olga.post(hall.reports, case(given, "hide"))
    oskar.post(hall.reports, case(given, "keep"))
    page = oskar.get(hall.reports).text
    assert "Another organiser has decided that already" in page
    assert "left as it is" not in page
    assert [one.kind.value for one in all_of(sqlite, ModerationAct)] == ["hidden"]


def test_rule_13_the_only_organiser_who_has_a_part_is_told_how_to_add_another(
    browser: Callable[..., Any], make: Any
) -> None:
    event, dataset = make.event(), make.dataset()
    olga, ben, cy = (make.registration(event).person for _ in range(3))
    make.organiser(event, olga)
    given = make.endorsement(event, olga, make.contribution(ben, dataset))
    page = f"/datasets/{dataset.public_id}/report"
    browser(cy).post(page, {"what": f"thanks-{given.public_id}", "reason": WHY})
    assert "matchmaker organiser add" in browser(olga).get(f"/organise/{event.public_id}/moderation").text


def test_rule_13_what_one_cannot_see_cannot_be_reported_and_others_cannot_delete_it(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    given = accepted(make, hall, state=EndorsementState.AWAITING)
    data = {"what": f"thanks-{given.public_id}", "reason": WHY}
    for other in (hall.cy, hall.olga):
        browser(other).post(f"{hall.page}/report", data, status=422)
        browser(other).post(f"/thanks/{given.public_id}/withdraw", status=404)
        browser(other).post(f"/thanks/{given.public_id}/decide", {"answer": "decline"}, status=404)
    browser(hall.olga).post(hall.reports, case(given, "hide"), status=404)
    assert all_of(sqlite, Report) == []
    browser(hall.ben).post(f"{hall.page}/report", data)
    assert len(all_of(sqlite, Report)) == 1


def test_rule_13_a_hidden_credit_leaves_the_label_until_it_is_restored(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    credit = make.contribution(hall.ben, hall.dataset, "curated")
    data = {"what": f"credit-{credit.public_id}", "reason": "It was Dan who did this."}
    browser(hall.cy).post(f"{hall.page}/report", data)
    act = {"case": f"Contribution-{credit.public_id}", "reason": "Dan says so, too."}
    browser(hall.olga).post(hall.reports, {**act, "answer": "hide"})
    assert "Ben" not in browser(hall.cy).get(hall.page).text
    browser(hall.olga).post(hall.reports, {**act, "answer": "restore"})
    assert "Ben" in browser(hall.cy).get(hall.page).text


def test_rule_13_what_an_organiser_hides_does_not_come_back_by_being_taken_back_and_said_again(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    given = accepted(make, hall, moderated=True)
    claim = make.contribution(
        hall.ben, hall.dataset, "built", state=ContributionState.CLAIMED, moderated=True
    )
    noise = make.contribution(hall.ben, hall.dataset, "checked", state=ContributionState.CLAIMED)
    browser(hall.ada).post(f"/thanks/{given.public_id}/withdraw")
    assert "Thanks of Ada" not in browser(hall.olga).get(hall.reports).text
    browser(hall.ada).post(hall.path, GOOD)
    again = thanks(sqlite, hall.ada)[-1]
    assert again.id != given.id
    browser(hall.ben).post(f"/thanks/{again.public_id}/decide", {"answer": "accept"})
    for one in (claim, noise):
        browser(hall.ben).post(f"/contributions/{one.public_id}/take-back")
    browser(hall.ben).post(f"{hall.page}/claim", {"role": "built"})
    page = browser(hall.cy).get(hall.page).text
    assert WORDS not in page
    assert "Built something with it Ben" not in page
    assert [one.moderated for one in all_of(sqlite, Contribution) if one.person_id == hall.ben.id] == [
        False,
        True,
    ]


def test_rule_14_a_withdrawal_leaves_who_and_when_and_no_words(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    given = accepted(make, hall, evidence_url="https://flood.example/")
    browser(hall.ada).post(f"/thanks/{given.public_id}/withdraw")
    row = thanks(sqlite, hall.ada)[0]
    assert (row.state, row.sentence, row.evidence_url, row.giver_id) == (
        EndorsementState.WITHDRAWN, "", "", hall.ada.id,
    )  # fmt: skip
    for path in everywhere(hall):
        assert WORDS not in visible(browser, hall, path), path


@pytest.mark.parametrize("keep", ["keep", "remove"])
def test_rule_15_erasing_a_giver_removes_or_unsigns_as_chosen_and_a_receiver_takes_thanks_along(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, keep: str
) -> None:
    accepted(make, hall)
    about_ada = accepted(make, hall, giver=hall.cy, receiver=hall.ada, sentence="Ada kept all of this alive.")
    browser(hall.cy).post(f"{hall.page}/report", {"what": f"thanks-{about_ada.public_id}", "reason": WHY})
    browser(hall.ada).post("/mine/delete", {"thanks": keep})
    text = browser(hall.cy).get(hall.page).text
    assert (says(text, "Ada"), WORDS in text) == (False, keep == "keep")
    assert all_of(sqlite, Report) == []
