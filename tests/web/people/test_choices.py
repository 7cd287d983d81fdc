"""The notice and the yes or no; objecting, unblocking, leaving and deleting oneself, each with effect at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.services.people import coming
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event import event_roles
from matchmaker.store.event.events import Event
from matchmaker.store.people import basis, people, registrations
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.registrations import COMING, Presence, Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions import answers, suggestions
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion


@pytest.fixture
def hall(make: Any) -> Any:
    event, other = make.event("The event"), make.event("Another")
    amara, ben = make.person("Amara Okafor"), make.person("Ben Reed")
    invited = make.registration(event, state=RegistrationState.INVITED)
    rows = {one.name: make.registration(event, one) for one in (amara, ben)}
    for one in (amara, ben, invited.person):
        make.registration(other, one)
    make.add(
        Suggestion(event_id=event.id, person_id=ben.id, other_id=invited.person_id, position=1, score=0.5),
        Suggestion(event_id=event.id, person_id=ben.id, other_id=amara.id, position=2, score=0.5),
        Suggestion(event_id=event.id, person_id=amara.id, other_id=ben.id, position=1, score=0.5),
        Suggestion(event_id=other.id, person_id=ben.id, other_id=amara.id, position=1, score=0.5),
    )
    return SimpleNamespace(
        event=event, other=other, amara=amara, ben=ben, invited=invited, rows=rows,
        home=f"/events/{event.public_id}/", choices=f"/events/{event.public_id}/choices",
    )  # fmt: skip


def state(database: Database, row: Registration) -> RegistrationState:
    with database.reading() as session:
        return session.get_one(Registration, row.id).state


def records(database: Database, row: Registration) -> list[tuple[BasisKind, str]]:
    with database.reading() as session:
        return [(one.kind, one.wording) for one in basis.records(session, row.id)]


def on_lists(database: Database, event: Any, person: Any) -> bool:
    with database.reading() as session:
        return any(
            one.other_id == person.id
            for row in registrations.at_event(session, event.id)
            for one in suggestions.for_person(session, event.id, row.person_id)
        )


def test_an_invited_person_sees_the_notice_before_anything_else(
    browser: Callable[..., Any], hall: Any
) -> None:
    invited = browser(hall.invited.person)
    for page in ("suggestions", "day", "profile", "profile/datasets", "profile/about", "profile/seen"):
        assert invited.get(f"{hall.home}{page}", status=302).location == hall.home
    page = invited.get(hall.home)
    assert page.heading == "You are invited to The event"
    for part in ("Department of Examples holds your name", "to plan meetings", "erased after 11 June 2027",
                 "Kit Organiser ( contact@inside.example )", "I am coming", "I cannot come",
                 "ask me next time"):  # fmt: skip
        assert part in page.text
    before_the_whole, _, whole = page.text.partition("the whole notice")
    assert "I am coming" in before_the_whole
    assert "because you were invited to The event" in whole


def test_an_invited_person_is_told_before_they_answer_that_all_places_are_taken(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    full = "All places are taken at the moment. If you say that you are coming, you are on the waiting list"
    invited = browser(hall.invited.person)
    assert full not in invited.get(hall.home).text
    with sqlite.writing() as session:
        event = session.get_one(Event, hall.event.id)
        event.places = len(registrations.at_event(session, event.id, (RegistrationState.CONFIRMED,))) + 1
    assert full not in invited.get(hall.home).text
    with sqlite.writing() as session:
        session.get_one(Event, hall.event.id).places -= 1
    assert full in invited.get(hall.home).text
    invited.follow(f"{hall.home}coming", {"coming": "yes"})
    assert state(sqlite, hall.invited) is RegistrationState.WAITING


def test_a_yes_confirms_and_records_the_words_that_were_shown(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    invited = browser(hall.invited.person)
    shown = invited.get(hall.home).text.replace("( ", "(").replace(" )", ")")
    page = invited.follow(f"{hall.home}coming", {"coming": "yes"})
    assert page.heading == "The event"
    assert state(sqlite, hall.invited) is RegistrationState.CONFIRMED
    ((kind, wording),) = records(sqlite, hall.invited)
    assert kind is BasisKind.NOTICE
    assert all(paragraph in shown for paragraph in wording.split("\n\n"))
    assert "You were shown the privacy notice" in invited.get(hall.choices).text


def test_whose_yes_came_from_somebody_else_reads_the_notice_on_their_first_page_until_they_say_so(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    noted = BasisRecord(
        registration_id=hall.rows["Ben Reed"].id, kind=BasisKind.ORGANISER, wording="By phone."
    )
    told = BasisRecord(registration_id=hall.rows["Amara Okafor"].id, kind=BasisKind.NOTICE, wording="Told.")
    make.add(noted, told)
    ben = browser(hall.ben)
    page = ben.get(hall.home)
    for part in ("What we hold about you", "The organisers noted that you are coming", "leave the event",
                 "Department of Examples holds your name", "I have read this and am coming",
                 "What to do next"):  # fmt: skip
        assert part in page.text
    assert "What we hold about you The" not in browser(hall.amara).get(hall.home).text
    page = ben.follow(f"{hall.home}coming", {"coming": "yes"})
    assert "The organisers noted" not in page.text
    assert state(sqlite, hall.rows["Ben Reed"]) is RegistrationState.CONFIRMED
    assert [kind for kind, _ in records(sqlite, hall.rows["Ben Reed"])] == [
        BasisKind.ORGANISER,
        BasisKind.NOTICE,
    ]
    assert records(sqlite, hall.rows["Ben Reed"])[1][1] == "\n\n".join(coming.notice(hall.event))


@pytest.mark.parametrize("what", ["invited by letter", "full", "here", "over"])
def test_the_notice_for_whose_yes_came_from_somebody_else_fits_what_has_happened(
    what: str, browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    with sqlite.writing() as session:
        row = session.get_one(Registration, hall.rows["Ben Reed"].id)
        event = session.get_one(Event, hall.event.id)
        row.invited_at = datetime(2026, 11, 2, tzinfo=UTC) if what == "invited by letter" else None
        row.presence = Presence.HERE if what == "here" else Presence.EXPECTED
        event.places = 1 if what == "full" else None
        event.held_on = date(2026, 1, 9) if what == "over" else event.held_on
    text = browser(hall.ben).get(hall.home).text
    assert ("The organisers noted that you" in text) is (what != "invited by letter")
    assert ("noted that you came" in text) is (what == "over")
    assert ("If you cannot come" in text) is (what == "full")
    assert ("I have read this and am coming" in text) is (what == "full")
    after = browser(hall.ben).follow(f"{hall.home}coming", {"coming": "yes"}).text
    assert "The organisers noted that you" not in after
    assert "nothing to say yes to" not in after
    assert ("You are coming to The event on" in after) is (what != "over")
    assert state(sqlite, hall.rows["Ben Reed"]) is RegistrationState.CONFIRMED


def test_a_no_declines_and_takes_the_person_off_every_list_of_that_event(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    assert on_lists(sqlite, hall.event, hall.invited.person)
    invited = browser(hall.invited.person)
    invited.post(f"{hall.home}coming", {"coming": "no"})
    assert state(sqlite, hall.invited) is RegistrationState.DECLINED
    assert not on_lists(sqlite, hall.event, hall.invited.person)
    assert on_lists(sqlite, hall.other, hall.amara)
    page = invited.get(hall.home).text
    assert "You said that you cannot come" in page
    assert "asked the next time" not in page


def test_another_day_is_a_no_that_the_organisers_see_as_such(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    invited = browser(hall.invited.person)
    invited.post(f"{hall.home}coming", {"coming": "another-day"})
    page = invited.get(hall.home).text
    assert "You would like to be asked the next time. The organisers see that for as long as" in page
    assert state(sqlite, hall.invited) is RegistrationState.DECLINED
    desk = browser(make.organiser(hall.event))
    people = desk.get(f"/organise/{hall.event.public_id}/people?show=another-day").text
    assert "Cannot come, ask next time (1)" in people
    assert hall.invited.person.name in people
    assert invited.post(f"{hall.home}coming", {"coming": "no"}).location == hall.home
    assert state(sqlite, hall.invited) is RegistrationState.DECLINED


def test_who_said_no_can_take_it_back_where_they_said_it_and_nobody_else_can(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    invited, elsewhere = browser(hall.invited.person), browser(hall.invited.person)
    invited.post(f"{hall.home}coming", {"coming": "another-day"})
    assert "Change my answer" not in elsewhere.get(hall.home).text
    for answer in ("not-no", "yes"):
        elsewhere.post(f"{hall.home}coming", {"coming": answer})
    invited.post(f"{hall.home}coming", {"coming": "yes"})
    assert state(sqlite, hall.invited) is RegistrationState.DECLINED
    assert "Change my answer" in invited.get(hall.home).text
    assert "Are you coming?" in invited.follow(f"{hall.home}coming", {"coming": "not-no"}).text
    assert state(sqlite, hall.invited) is RegistrationState.INVITED
    told = invited.follow(f"{hall.home}coming", {"coming": "yes"}).text
    assert "You are coming to Data Together on" in told.replace(hall.event.name, "Data Together")


def test_a_no_from_somebody_who_has_said_yes_goes_through_leaving(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    browser(hall.amara).post(f"{hall.home}coming", {"coming": "no"}, status=400)
    browser(hall.amara).post(f"{hall.home}coming", {"coming": "perhaps"}, status=400)
    assert state(sqlite, hall.rows["Amara Okafor"]) is RegistrationState.CONFIRMED


def test_home_says_what_to_do_next(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    dataset = make.dataset("Peat Depth")
    make.endorsement(hall.event, hall.ben, make.contribution(hall.amara, dataset), state="awaiting")
    page = browser(hall.amara).get(hall.home).text
    assert "1 person you could meet" in page
    assert "1 thanks waits for your yes" in page
    assert "Say what you work on" not in page
    assert "Your day is planned" not in page
    theirs = browser(hall.ben).get(hall.home).text
    assert "Say what you work on" in theirs
    assert "waits for your yes" not in theirs


def test_an_objection_is_recorded_and_works_on_the_next_page(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    shared = make.dataset("Soil Moisture")
    make.contribution(hall.amara, shared, "maintained")
    make.add(Use(person_id=hall.ben.id, dataset_id=shared.id, kind=UseKind.STUCK))
    amara, row = browser(hall.amara), hall.rows["Amara Okafor"]
    page = amara.follow(f"{hall.choices}/suggestions", {"suggestible": "no"})
    assert "You objected: you are on nobody’s list" in page.text
    assert not on_lists(sqlite, hall.event, hall.amara)
    assert on_lists(sqlite, hall.other, hall.amara)
    assert "Amara" not in browser(hall.ben).get(f"{hall.home}suggestions").text
    amara.post(f"{hall.choices}/suggestions", {"suggestible": "no"})
    assert records(sqlite, row) == [(BasisKind.OBJECTION, coming.OBJECTION)]
    amara.post(f"{hall.choices}/suggestions", {"suggestible": "yes"})
    assert [kind for kind, _words in records(sqlite, row)] == [BasisKind.OBJECTION, BasisKind.WITHDRAWAL]
    assert on_lists(sqlite, hall.event, hall.amara)
    amara.post(f"{hall.choices}/suggestions", {}, status=400)
    assert records(sqlite, hall.rows["Ben Reed"]) == []


def test_a_name_can_be_hidden_on_labels_and_shown_again(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    dataset = make.dataset("Peat Depth")
    make.contribution(hall.amara, dataset, state="accepted")
    make.contribution(hall.ben, dataset, state="accepted")
    amara, reader = browser(hall.amara), browser(make.person("Reader"))
    label = f"/datasets/{dataset.public_id}"
    assert "Amara Okafor" in reader.get(label).text
    page = amara.follow(f"{hall.choices}/name", {"shown": "no"})
    assert "Labels do not show your name any more" in page.text
    shown = reader.get(label).text
    assert "Amara Okafor" not in shown
    assert "Ben Reed" in shown
    assert "Whom you thank still sees who says it" in amara.get(hall.choices).text
    amara.post(f"{hall.choices}/name", {"shown": "perhaps"}, status=400)
    amara.follow(f"{hall.choices}/name", {"shown": "yes"})
    assert "Amara Okafor" in reader.get(label).text


def test_a_block_is_listed_for_the_one_who_made_it_and_can_be_taken_back(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    amara, ben = browser(hall.amara), browser(hall.ben)
    make.answer(hall.event, hall.amara, hall.invited.person, AnswerKind.NOT_FOR_ME)
    amara.post(f"{hall.home}suggestions/{hall.ben.public_id}", {"answer": "block"})
    page = amara.get(hall.choices).text
    assert "Ben Reed Office" in page
    assert "Unblock Ben Reed" in page
    assert "Unblock" not in ben.get(hall.choices).text
    ben.post(f"{hall.choices}/unblock/{hall.amara.public_id}", status=404)
    amara.post(f"{hall.choices}/unblock/{hall.invited.person.public_id}", status=404)
    amara.post(f"{hall.choices}/unblock/{hall.ben.public_id}")
    with sqlite.reading() as session:
        assert answers.of_person(session, hall.event.id, hall.amara.id) == {
            hall.invited.person_id: AnswerKind.NOT_FOR_ME
        }
    assert "Ben Reed" in amara.get(f"{hall.home}suggestions").text


def test_leaving_asks_first_and_then_takes_the_person_off_every_list(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    assert "the organisers see that you are not coming" in amara.get(f"{hall.choices}/leave").text
    assert state(sqlite, hall.rows["Amara Okafor"]) is RegistrationState.CONFIRMED
    amara.post(f"{hall.choices}/leave")
    assert state(sqlite, hall.rows["Amara Okafor"]) is RegistrationState.CANCELLED
    assert not on_lists(sqlite, hall.event, hall.amara)
    assert "You have left" in amara.get(hall.home).text
    assert "You have left" not in amara.get(f"/events/{hall.other.public_id}/").text


def test_deleting_shows_its_effects_asks_about_thanks_and_acts_at_once(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    make.endorsement(hall.event, hall.amara, make.contribution(hall.ben, make.dataset()))
    make.contribution(hall.amara, make.dataset())
    amara = browser(hall.amara)
    page = amara.get("/mine/delete")
    for part in ("your entry on the list of 2 events", "1 credit for your work", "You gave 1 thanks."):
        assert part in page.text
    refused = amara.post("/mine/delete", {}, status=422)
    assert "Choose what should become of the thanks you gave" in refused.text
    assert amara.get(hall.home)
    gone = amara.post("/mine/delete", {"thanks": "keep"})
    assert gone.location == "/"
    assert amara.get(hall.home, status=302).location.startswith("/sign-in")
    with sqlite.reading() as session:
        assert people.by_public_id(session, hall.amara.public_id) is None
    assert "Amara" not in browser(hall.ben).get(f"{hall.home}suggestions").text


def test_the_only_organiser_is_asked_to_hand_over_first(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    make.organiser(hall.other, hall.amara)
    page = browser(hall.amara).get("/mine/delete")
    assert "Make somebody else an organiser first: then you can delete yourself here." in page.text
    assert f'href="/organise/{hall.other.public_id}/organisers"' in page.html
    assert "Delete me now" not in page.text
    refused = browser(hall.amara).post("/mine/delete", {}, status=422)
    assert "You are the only organiser of Another. Make somebody else an organiser first" in refused.text
    with sqlite.reading() as session:
        assert people.by_public_id(session, hall.amara.public_id) is not None
        assert [one.id for one in event_roles.organised_alone(session, hall.amara.id)] == [hall.other.id]
    make.organiser(hall.other)
    page = browser(hall.amara).get("/mine/delete")
    assert "only organiser" not in page.text
    assert "what you may see and do as an organiser, a helper or a reader of 1 event" in page.text
    assert "So do lists that you imported, plans that you made and what you decided." in page.text
    browser(hall.amara).post("/mine/delete", {})


def test_the_record_is_ones_own(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    make.add(
        BasisRecord(
            registration_id=hall.rows["Ben Reed"].id, kind=BasisKind.NOTICE, wording="Words for Ben alone."
        )
    )
    assert "Words for Ben alone." not in browser(hall.amara).get(hall.choices).html
    assert "Words for Ben alone." in browser(hall.ben).get(hall.choices).html


def test_the_record_says_what_an_organiser_recorded(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    row = hall.rows["Amara Okafor"]
    words = "You said that you come: at the desk"
    make.add(BasisRecord(registration_id=row.id, kind=BasisKind.ORGANISER, wording=words))
    text = browser(hall.amara).get(hall.choices).text
    assert ": An organiser recorded whether you come In these words" in text
    assert words in text


STATES = [one for one in RegistrationState if one is not RegistrationState.CONFIRMED]


@pytest.mark.parametrize("standing", STATES)
def test_whoever_has_an_account_reaches_their_choices_and_deletion_whatever_their_state(
    standing: RegistrationState, browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event = make.event("Only one")
    one = make.registration(event, make.person("Solo"), state=standing)
    here, solo = f"/events/{event.public_id}", browser(one.person)
    said_no = standing in (RegistrationState.CANCELLED, RegistrationState.DECLINED)
    first = solo.get("/", status=200 if said_no else 302)
    if said_no:
        assert f'href="{here}/"' in first.html
        assert "on the list of no event" not in first.text
    assert f'href="{here}/choices"' in solo.get("/mine").html
    choices = solo.get(f"{here}/choices")
    assert 'href="/mine/delete"' in choices.html
    for shut in ("suggestions", "day", "profile", "profile/datasets", "profile/about", "profile/seen"):
        assert solo.get(f"{here}/{shut}", status=302).location == f"{here}/"
    solo.get(f"{here}/")
    solo.post(f"{here}/choices/name", {"shown": "no"})
    assert "Now: name hidden." in solo.get(f"{here}/choices").text
    assert solo.post("/mine/delete").location == "/"
    with sqlite.reading() as session:
        assert people.by_public_id(session, one.person.public_id) is None


@pytest.mark.parametrize("standing", STATES)
def test_who_is_not_coming_chooses_letters_and_takes_out_what_they_need_and_eat(
    standing: RegistrationState, browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event = make.event()
    told = {
        "step_free": True,
        "quiet": True,
        "large_print": True,
        "access_needs": "A ramp",
        "diet": "No nuts",
    }
    one, other = (make.registration(event, state=standing, bio="Peat", **told) for _ in range(2))
    solo, choices = browser(one.person), f"/events/{event.public_id}/choices"
    assert "only letters that you cannot do without" in solo.follow(f"{choices}/letters", {"few": "yes"}).text
    assert f'action="{choices}/needs"' in solo.get(choices).html
    assert "What you need and what you eat is taken out" in solo.follow(f"{choices}/needs", {}).text
    assert f'action="{choices}/needs"' not in solo.get(choices).html
    with sqlite.reading() as session:
        kept, noise = (session.get_one(Registration, row.id) for row in (one, other))
        assert [getattr(kept, name) for name in told] == [False, False, False, "", ""]
        assert (kept.bio, kept.state) == ("Peat", standing)
        assert {name: getattr(noise, name) for name in told} == told


ALWAYS_SAID = {
    RegistrationState.INVITED: ("You have not said yet whether you come", "You never said whether you come"),
    RegistrationState.CONFIRMED: ("You are coming", "You said that you would come"),
    RegistrationState.PENDING: ("You have asked for a place", "You had asked for a place"),
    RegistrationState.WAITING: ("You are on the waiting list", "You were on the waiting list"),
    RegistrationState.OFFERED: ("A place is offered to you", "A place had been offered to you"),
    RegistrationState.CANCELLED: ("You are not coming", "You did not come"),
    RegistrationState.DECLINED: ("You said that you cannot come", "You said that you could not come"),
}


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("standing", RegistrationState)
def test_your_data_is_reached_and_true_from_every_state_before_and_after_the_event(
    standing: RegistrationState, over: bool, browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    days = {"held_on": date(2026, 3, 11), "erase_on": date(2099, 6, 11)} if over else {}
    event = make.event("Only one", **days)
    row = make.registration(event, make.person("Solo"), state=standing)
    here, solo = f"/events/{event.public_id}", browser(row.person)
    home = solo.get(f"{here}/")
    assert 'href="/mine"' in home.html
    mine = solo.get("/mine")
    assert f"{'It is over. ' if over else ''}{ALWAYS_SAID[standing][over]}" in mine.text
    for address in (f"{here}/choices", "/mine/delete", "/mine/copy.zip", "/signed-in", f"{here}/privacy"):
        assert solo.client.get(address).status_code == 200, address
    for link in ("/mine/delete", "/mine/copy.zip"):
        assert f'href="{link}"' in mine.html
    can_leave = standing in COMING
    assert ("Leave Only one" in solo.get(f"{here}/choices").text) == can_leave
    assert solo.client.get(f"{here}/choices/leave").status_code == (200 if can_leave else 302)
    if can_leave:
        # Nobody would have met somebody who has no meeting.
        assert "those you would have met" not in solo.get(f"{here}/choices/leave").text
        assert solo.post(f"{here}/choices/leave").location == f"{here}/"
        assert ALWAYS_SAID[RegistrationState.CANCELLED][over] in solo.get("/mine").text
    assert "You are deleted" in solo.follow("/mine/delete").text
    with sqlite.reading() as session:
        assert people.by_public_id(session, row.person.public_id) is None


def test_leaving_deleting_and_blocking_work_in_any_order_and_twice(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    amara.post(f"{hall.home}suggestions/{hall.ben.public_id}", {"answer": "block"})
    for _ in range(2):
        assert amara.follow(f"{hall.choices}/leave").heading == "You are not coming to The event"
    amara.post(f"{hall.choices}/unblock/{hall.ben.public_id}")
    amara.post(f"{hall.choices}/suggestions", {"suggestible": "no"})
    assert amara.get(f"{hall.choices}/leave", status=302).location == hall.home
    amara.post("/mine/delete")
    with sqlite.reading() as session:
        assert people.by_public_id(session, hall.amara.public_id) is None


def test_an_account_without_any_event_can_delete_itself(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    stranger = make.person("Stranger")
    one = browser(stranger)
    assert "You are signed in, but you are on the list of no event." in one.get("/").text
    assert "You are on the list of no event here." in one.get("/mine").text
    one.post("/mine/delete")
    with sqlite.reading() as session:
        assert people.by_public_id(session, stranger.public_id) is None


def test_every_choice_has_its_present_state_on_its_button(browser: Callable[..., Any], hall: Any) -> None:
    amara = browser(hall.amara)
    turns = {
        "directory": ("agrees", "not in the directory", "in the directory", "yes"),
        "suggestions": ("suggestible", "suggested", "not suggested", "no"),
        "name": ("shown", "name shown", "name hidden", "no"),
        "screen": ("agrees", "not on the screen", "agreed", "yes"),
        "letters": ("few", "all letters", "only letters you need", "yes"),
        "public": ("agrees", "not named", "agreed", "yes"),
    }
    page = amara.get(hall.choices).text
    assert page.count("Now: ") == len(turns)
    for _, before, _, _ in turns.values():
        assert f"Now: {before}." in page
    for path, (field, before, after, value) in turns.items():
        inside = hall.home if path == "directory" else f"{hall.choices}/"
        page = amara.follow(inside + path, {field: value}).text
        assert f"Now: {after}." in page
        assert f"Now: {before}." not in page or before == "agreed"


@pytest.mark.parametrize(
    ("presence", "words"), [(Presence.HERE, "You came"), (Presence.ABSENT, "You did not come")]
)
def test_your_data_says_whether_you_came_once_the_desk_has_said_so_and_the_event_is_over(
    presence: Presence, words: str, browser: Callable[..., Any], make: Any
) -> None:
    person = make.person("Solo")
    over = make.event("Over", held_on=date(2026, 3, 11), erase_on=date(2099, 6, 11))
    ahead = make.event("Ahead", held_on=date(2099, 3, 11), erase_on=date(2099, 6, 11))
    for event in (over, ahead):
        make.registration(event, person, presence=presence)
    said = browser(person).get("/mine").text
    assert f"It is over. {words} Your choices" in said
    assert "You are coming" in said
