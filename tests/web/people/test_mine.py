"""Your data: a copy of everything about oneself, with nothing that others said in private."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import html5lib
import pytest

from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.mail import Mail
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.introduction_notes import IntroductionNote
from matchmaker.store.suggestions.suggestions import Suggestion

SECRET = "canary"


def copy_of(page: Any) -> tuple[dict[str, Any], str, str]:
    answer = page.client.get("/mine/copy.zip")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=everything-about-me.zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        names = packed.namelist()
        assert names[:2] == ["read-me-first.html", "everything.json"]
        html, kept = (packed.read(name).decode() for name in names[:2])
        assert ("people.vcf" in names) == ("people.vcf" in html)
        assert all(name == "people.vcf" or name.endswith(".ics") for name in names[2:])
        cards = "".join(packed.read(name).decode() for name in names[2:])
    html5lib.HTMLParser(strict=True).parse(html)
    return json.loads(kept), html, cards


@pytest.fixture
def hall(make: Any) -> Any:
    """Give Amara one of everything, and what others said of her in private."""
    event, other = make.event("The event", rounds=2, tables=3), make.event("Another")
    amara = make.person("Amara Okafor", "amara@inside.example", job_title="Officer")
    ben, cat = make.person("Ben Reed", organisation="Defra"), make.person("Cat Moss")
    row = make.registration(event, amara, bio="I look after <peat>.", needs="Sewer maps", step_free=True)
    make.registration(other, amara, state=RegistrationState.CANCELLED)
    for one in (ben, cat):
        make.registration(event, one, bio=SECRET, offers=SECRET)
    make.answer(event, amara, ben)
    make.answer(event, ben, amara)
    make.answer(event, amara, cat, AnswerKind.NOT_FOR_ME)
    make.answer(other, cat, amara, AnswerKind.BLOCK)
    peat = make.dataset("Peat Depth")
    mine = make.contribution(amara, peat)
    make.endorsement(event, ben, mine, sentence="You made peat clear to all of us.")
    make.endorsement(event, cat, mine, sentence=f"{SECRET} words that wait behind a block", state="awaiting")
    theirs = make.contribution(ben, peat, "built")
    make.endorsement(event, amara, theirs, sentence="Thank you for all the rivers.", state="declined")
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={},
        published_at=datetime(2027, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    make.add(plan)
    for number, partner in ((1, ben), (2, cat)):
        seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in (amara, partner)]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=3, seats=seats))
    make.add(
        BasisRecord(registration_id=row.id, kind=BasisKind.NOTICE, wording="The notice, word for word."),
        Suggestion(
            event_id=event.id, person_id=amara.id, other_id=ben.id, position=1, score=0.5, opening="Why peat?"
        ),
        Exclusion(event_id=event.id, a_id=amara.id, b_id=cat.id, reason=SECRET),
        IntroductionNote(event_id=event.id, writer_id=ben.id, reader_id=amara.id, words="Tea at ten?"),
        IntroductionNote(event_id=event.id, writer_id=amara.id, reader_id=ben.id, words="Gladly."),
        Use(person_id=amara.id, dataset_id=make.dataset("Soil Map").id, kind=UseKind.STUCK),
        Mail(event_id=event.id, person_id=amara.id, kind="x", to=amara.email, subject="Hello", body="Hello"),
        Mail(event_id=event.id, person_id=ben.id, kind="x", to=ben.email, subject=SECRET, body=SECRET),
    )
    return amara


def test_the_copy_holds_everything_about_oneself(browser: Callable[..., Any], hall: Any) -> None:
    kept, html, cards = copy_of(browser(hall))
    assert kept["you"][0]["email_addresses"] == ["amara@inside.example"]
    assert [(one["event"], one["state"]) for one in kept["events"]] == [
        ("Another", "cancelled"), ("The event", "confirmed"),
    ]  # fmt: skip
    assert kept["events"][1] | {"bio": "I look after <peat>.", "step_free": True} == kept["events"][1]
    assert kept["record"][0]["words"] == "The notice, word for word."
    assert kept["suggestions"][0]["question"] == "Why peat?"
    assert [(one["name"], one["you_said"], one["both_said_so"]) for one in kept["answers"]] == [
        ("Ben Reed", "meet", True), ("Cat Moss", "not-for-me", None),
    ]  # fmt: skip
    assert [one["words"] for one in kept["notes"]] == ["Tea at ten?", "Gladly."]
    assert [(one["with"], one["takes_place"]) for one in kept["meetings"]] == [
        (["Ben Reed"], True), ([], False),
    ]  # fmt: skip
    assert [one["dataset"] for one in kept["datasets"]] == ["Peat Depth", "Soil Map"]
    assert [one["words"] for one in kept["thanks_received"]] == ["You made peat clear to all of us."]
    assert [one["state"] for one in kept["thanks_given"]] == ["awaiting"], "a no looks like no answer yet"
    assert [one["subject"] for one in kept["letters"]] == ["Hello"]
    for words in ("I look after &lt;peat&gt;.", "Sewer maps", "11 March 2027", "Tea at ten?", "Gladly."):
        assert words in html
    assert "FN:Ben Reed\r\nORG:Defra" in cards
    assert cards.count("BEGIN:VCARD") == 1
    assert cards.count("BEGIN:VCALENDAR") == 1
    assert "SUMMARY:Table 3: Ben Reed" in cards


NOT_TOLD = {
    "id", "public_id", "event_id", "person_id", "badge_code",  # numbers of ours
    "calendar_turn", "directory_key", "name_key", "organisation_key", "place_key",
    "surname_place", "words",  # made of what is told
}  # fmt: skip
OTHER_WORDS = {
    "show_name": "name_shown_on_labels", "open_to_thanks": "takes_thanks", "public_since": "named_in_public_since",
    "created_at": "here_since", "pool": "counted_as", "pool_reason": "counted_so_because",
    "presence": "on_the_day", "presence_at": "on_the_day_noted", "invited_at": "invited",
    "away_rounds": "rounds_you_miss", "phone": "telephone_number", "few_letters": "only_letters_you_need",
    "profile_saved_at": "profile_saved", "is_owner": "owner_of_this_website",
    "asked_at": "asked_for_a_place", "offered_until": "could_answer_the_offer_of_a_place_until",
    "helper": "you_come_with",
    "listed_as": "lists_named_you",
}  # fmt: skip


def test_every_column_about_a_person_is_in_the_copy(browser: Callable[..., Any], hall: Any) -> None:
    kept, _, _ = copy_of(browser(hall))
    told = kept["you"][0].keys() | kept["events"][0].keys()
    for table in (Person, Registration):
        columns = {column.key for column in table.__table__.columns} - NOT_TOLD
        missing = {one for one in columns if OTHER_WORDS.get(one, one) not in told}
        assert missing == set(), "a new column is told in services/people/copy_own_data.py"


def test_what_others_said_in_private_is_not_in_the_copy(browser: Callable[..., Any], hall: Any) -> None:
    kept, html, cards = copy_of(browser(hall))
    for text in (json.dumps(kept), html, cards):
        assert SECRET not in text
        assert "block" not in text
    assert "@inside.example" not in cards
    assert json.dumps(kept).count("@inside.example") == 2, "one's own address, and where the letter went"


def test_whoever_left_and_whoever_is_on_no_list_has_a_copy_too(
    browser: Callable[..., Any], make: Any
) -> None:
    kept, _, cards = copy_of(browser(make.person("Stranger")))
    assert kept["name"] == "Stranger"
    assert kept["events"] == []
    assert cards == ""
    left = make.registration(make.event(), state=RegistrationState.CANCELLED, bio="Still kept")
    assert copy_of(browser(left.person))[0]["events"][0]["bio"] == "Still kept"
    browser().get("/mine/copy.zip", status=302)


def test_whoever_organises_and_meets_nobody_has_their_role_in_their_copy_and_no_empty_file_of_cards(
    make: Any, browser: Callable[..., Any]
) -> None:
    kept, html, cards = copy_of(browser(make.organiser(make.event("Data day"))))
    assert kept["acts"] == [{"event": "Data day", "you_are": "organiser"}]
    assert "You organise it" in html
    assert cards == ""
