"""The suggestions page: cards, answers, and silence about everything but a mutual "meet"."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from matchmaker.services.people import coming
from matchmaker.services.suggestions import give_answers, refresh_lists
from matchmaker.store.base import now
from matchmaker.store.event.events import Round
from matchmaker.store.jobs import Job
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions import answers
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

REASON = {
    "kind": "dataset", "what": "Peat Depth", "share": 0.5, "people": 2, "asker": "",
    "mine": "is stuck on it", "theirs": "maintains it",
}  # fmt: skip


def suggest(make: Any, event: Any, person: Any, *others: Any) -> None:
    make.add(
        *(
            Suggestion(
                event_id=event.id,
                person_id=person.id,
                other_id=other.id,
                position=place,
                score=0.5,
                reasons=[REASON],
                opening="What gets in the way?",
            )
            for place, other in enumerate(others, start=1)
        )
    )


@pytest.fixture
def hall(make: Any) -> Any:
    """Give Amara three suggestions at one event, and another event with the same people."""
    event, other = make.event("The event"), make.event("Another event")
    people = {
        name.split()[0].lower(): make.person(name, job_title="Officer")
        for name in ("Amara Okafor", "Ben Reed", "Cat Moss", "Dan Fen")
    }
    # Few words, and yet a reason for any two to meet when their lists are worked out again.
    peat = {"needs": "peat depth maps", "offers": "peat depth maps"}
    rows = {
        key: make.registration(event, person, bio=person.name.split()[0], **peat)
        for key, person in people.items()
    }
    for person in people.values():
        make.registration(other, person)
    amara, ben, cat, dan = people.values()
    suggest(make, event, amara, ben, cat, dan)
    suggest(make, event, ben, amara)
    suggest(make, other, ben, cat, dan)
    path = f"/events/{event.public_id}"
    return SimpleNamespace(
        event=event,
        other=other,
        rows=rows,
        list=f"{path}/suggestions",
        day=f"{path}/suggestions?show=day",
        answered=f"{path}/suggestions?show=answered",
        answer=lambda person: f"{path}/suggestions/{person.public_id}",
        **people,
    )


def bare(html: str) -> str:
    """Take out of a page what differs each time it is opened."""
    html = re.sub(r'nonce="[^"]+"|(?<=name="csrf_token" value=")[^"]+', "", html)
    # Which form the reader sent last, so that a draft of it goes.
    html = re.sub(r'(?<=<meta name="matchmaker-saved" content=")[^"]*', "", html)
    return re.sub(r"&#34;inline\w+Nonce&#34;: &#34;[^&]+&#34;", "", html)


def said(database: Database, event: Any, person: Any) -> dict[int, str]:
    with database.reading() as session:
        return {about: kind.value for about, kind in answers.of_person(session, event.id, person.id).items()}


def test_one_card_at_a_time_says_why_who_and_how_to_begin(browser: Callable[..., Any], hall: Any) -> None:
    amara = browser(hall.amara)
    page = amara.get(hall.list)
    assert re.findall('<article[^>]+id="([^"]+)"', page.html) == [f"card-{hall.ben.public_id}"]
    assert page.headings[-2:] == ["Ben keeps Peat Depth up to date. You are stuck on it.", "Everybody new"]
    assert "Ben Reed Officer, Office" in page.text
    assert "What gets in the way?" in page.text
    assert "New for you (3)" in page.text
    assert "1 of 3 Next : Cat Moss" in page.text
    second = amara.get(f"{hall.list}?show=new&person={hall.cat.public_id}")
    assert second.headings[-2].startswith("Cat keeps Peat Depth up to date.")
    assert "Previous : Ben Reed 2 of 3 Next : Dan Fen" in second.text
    # Whoever an address names that is on no list, the first card is there.
    for somebody in (hall.amara.public_id, "somebody-unknown"):
        assert bare(amara.get(f"{hall.list}?person={somebody}").html) == bare(page.html)


def test_saying_meet_is_quiet_and_leads_to_the_next_card(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    answer = amara.post(hall.answer(hall.cat), {"answer": "meet"})
    ids = f"person={hall.dan.public_id}&said={hall.cat.public_id}"
    assert answer.location.endswith(f"/suggestions?show=new&{ids}#answered")
    page = amara.get(answer.location)
    assert "You would like to meet Cat. We tell nobody unless Cat says the same." in page.text
    assert "Dan keeps Peat Depth up to date. You are stuck on it." in page.headings
    assert said(sqlite, hall.event, hall.amara) == {hall.cat.id: "meet"}
    assert said(sqlite, hall.other, hall.amara) == {}
    assert "Amara" not in browser(hall.cat).get(hall.list).text
    last = amara.post(hall.answer(hall.dan), {"answer": "meet"})
    assert f"person={hall.ben.public_id}" in last.location
    back = amara.get(amara.post(hall.answer(hall.cat), {"answer": ""}).location)
    assert "Cat keeps Peat Depth up to date. You are stuck on it." in back.headings
    assert "Your answer about Cat Moss is taken back" in back.text
    # An address that says of somebody that they were answered about says nothing if they were not.
    asked = f"{hall.list}?said={hall.ben.public_id}"
    assert bare(amara.get(asked).html) == bare(amara.get(hall.list).html)


def test_only_a_mutual_meet_is_shown_and_shown_to_both(browser: Callable[..., Any], hall: Any) -> None:
    amara, ben = browser(hall.amara), browser(hall.ben)
    amara.post(hall.answer(hall.ben), {"answer": "meet"})
    assert "You would both like to meet" not in ben.get(hall.answered).text
    ben.post(hall.answer(hall.amara), {"answer": "meet"})
    for one, other in ((amara, "Ben Reed"), (ben, "Amara Okafor")):
        assert "You would both like to meet" in one.get(hall.answered).text
        home = one.get(f"/events/{hall.event.public_id}/").text
        assert "You both want to meet" in home
        assert other in home
    assert "You both want to meet" not in browser(hall.cat).get(f"/events/{hall.event.public_id}/").text


def test_an_answer_can_be_changed_and_taken_back(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    for answer in ("meet", "not-for-me", "know", "block", "meet"):
        amara.post(hall.answer(hall.ben), {"answer": answer})
        assert said(sqlite, hall.event, hall.amara) == {hall.ben.id: answer}
    amara.post(hall.answer(hall.ben), {"answer": ""})
    assert said(sqlite, hall.event, hall.amara) == {}
    amara.post(hall.answer(hall.ben), {"answer": "marry"}, status=400)


def test_an_answered_card_leaves_the_list_and_can_be_taken_back_among_the_answered(
    browser: Callable[..., Any], hall: Any
) -> None:
    amara = browser(hall.amara)
    assert "Your answers will be here" in amara.get(hall.answered).text
    amara.post(hall.answer(hall.ben), {"answer": "meet"})
    amara.post(hall.answer(hall.cat), {"answer": "know"})
    page = amara.get(hall.list)
    assert "New for you (1) Already in your day (0) Answered (2)" in page.text
    assert "Ben Reed" not in page.text
    answered = amara.get(hall.answered)
    order = ("You said you would like to meet", "Ben Reed", "Others you have answered about", "Cat Moss")
    places = [answered.text.index(words) for words in order]
    assert places == sorted(places)
    amara.post(hall.answer(hall.ben), {"answer": ""})
    assert "You said you would like to meet" not in amara.get(hall.answered).text
    for person in (hall.ben, hall.dan):
        last = amara.post(hall.answer(person), {"answer": "not-for-me"})
    page = amara.get(last.location)
    assert "Not for you. We will not suggest Dan again" in page.text
    assert "You have answered about everybody on your list" in page.text
    blocked = amara.get(amara.post(hall.answer(hall.dan), {"answer": "block"}).location)
    assert "You have blocked Dan." in blocked.text
    assert "Dan Fen" not in amara.get(hall.answered).text


def plan_a_meeting(hall: Any, sqlite: Database) -> None:
    """Publish a plan in which Amara meets Ben at 10.30am at table 4."""
    plan = Plan(
        event_id=hall.event.id, version=1, problem={}, certificate={}, state=PlanState.PUBLISHED,
        published_at=now(),
    )  # fmt: skip
    reason = {**REASON, "what": "Heather", "reader": hall.amara.id, "other": hall.ben.id}
    meeting = Meeting(round_number=1, table_number=4, why=[reason])
    meeting.seats = [Seat(person_id=one.id, round_number=1) for one in (hall.amara, hall.ben)]
    starts = datetime(2027, 3, 11, 10, 30, tzinfo=UTC)
    with sqlite.writing() as session:
        session.add(Round(event_id=hall.event.id, number=1, starts_at=starts, minutes=20))
        session.add(plan)
        session.flush()
        meeting.plan_id = plan.id
        for seat in meeting.seats:
            seat.plan_id = plan.id
        session.add(meeting)


def test_a_wish_of_two_that_is_placed_says_when_and_where(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    for one, other in ((hall.amara, hall.ben), (hall.ben, hall.amara)):
        make.answer(hall.event, one, other, AnswerKind.MEET)
    amara = browser(hall.amara)
    assert "The next plan brings you together if it can." in amara.get(hall.answered).text
    plan_a_meeting(hall, sqlite)
    words = "You meet at 10.30am at table 4."
    page = amara.get(hall.day)
    assert page.headings[1] == "Ben keeps Heather up to date. You are stuck on it."
    assert page.text.count(words) == 1
    assert "You would both like to meet." in page.text
    assert "The planner will" not in page.text
    assert "Ben Reed" not in amara.get(hall.answered).text
    assert words in amara.get(f"/events/{hall.event.public_id}/").text
    assert words not in browser(hall.cat).get(hall.day).text
    with sqlite.writing() as session:
        _is_absent(hall, make, session)
    assert words not in amara.get(hall.day).text
    assert "Ben Reed" in amara.get(hall.answered).text


def test_whom_one_meets_in_the_plan_is_in_a_group_of_their_own_and_can_be_answered_about(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    assert "The day is not planned yet" in amara.get(hall.day).text
    plan_a_meeting(hall, sqlite)
    page = amara.get(hall.day)
    assert "New for you (2) Already in your day (1) Answered (0)" in page.text
    assert "Ben Reed" not in amara.get(hall.list).text
    assert "I’d like to meet" in page.text
    before = "“Not for me” and blocking Ben end this meeting"
    assert before in page.text
    assert before not in amara.get(hall.list).text
    answer = amara.post(hall.answer(hall.ben), {"answer": "meet"})
    assert "show=day" in answer.location
    after = amara.get(answer.location).text
    assert after.count("You would like to meet Ben. We tell nobody unless Ben says the same.") == 1
    assert "Already in your day (1) Answered (0)" in after
    gone = amara.get(amara.post(hall.answer(hall.ben), {"answer": "not-for-me"}).location).text
    assert "You meet nobody by the plan as it is now" in gone
    assert "Your meeting with Ben Reed will not take place" in gone
    not_met = amara.get(amara.post(hall.answer(hall.cat), {"answer": "not-for-me"}).location).text
    assert "will not take place" not in not_met
    assert "Already in your day (0) Answered (1)" in gone
    assert "The day is not planned yet" not in browser(hall.cat).get(hall.day).text


def test_the_page_of_whom_one_meets_says_why_as_the_list_does_before_and_after_an_answer(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    plan_a_meeting(hall, sqlite)
    amara, why = browser(hall.amara), "Ben keeps Heather up to date. You are stuck on it."
    # Another event with the same people is newer: the page is of that from which its reader comes.
    address = f"/people/{hall.ben.public_id}?back=day&at={hall.event.public_id}"
    assert why in amara.get(hall.day).text
    assert "You two at The event" in amara.get(address).text
    assert why in amara.get(address).text
    for other in ("", "?back=day&at=no-event", f"?back=day&at={hall.other.public_id}"):
        assert "You two at" not in amara.get(f"/people/{hall.ben.public_id}{other}").text
    assert "We can name no particular reason" not in amara.get(address).text
    amara.post(hall.answer(hall.ben), {"answer": "meet"})
    assert why in amara.get(address).text
    assert why not in amara.get(f"/people/{hall.cat.public_id}").text


def test_who_has_everybody_on_their_list_in_their_day_is_not_told_that_they_answered(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    plan_a_meeting(hall, sqlite)
    with sqlite.writing() as session:
        session.execute(
            delete(Suggestion).where(
                Suggestion.person_id == hall.amara.id, Suggestion.other_id != hall.ben.id
            )
        )
    amara = browser(hall.amara)
    page = amara.get(hall.list).text
    assert "New for you (0) Already in your day (1) Answered (0)" in page
    assert "Everybody on your list is in your day" in page
    assert "You have answered" not in page
    make.answer(hall.event, hall.amara, hall.cat, AnswerKind.MEET)
    assert (
        "You have answered about everybody on your list, or meet them in your day"
        in amara.get(hall.list).text
    )


def test_who_objects_is_told_of_meetings_as_the_day_is_planned_or_not(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    choices = f"/events/{hall.event.public_id}/choices"
    amara, ben = browser(hall.amara), browser(hall.ben)
    amara.post(f"{choices}/suggestions", {"suggestible": "no"})
    ahead, planned = (
        "when the day is planned.",
        "Meetings in your day stay, and you can still be given others.",
    )
    for one, pages in ((amara, (choices, hall.list)), (ben, (choices,))):
        for page in pages:
            assert (ahead in one.get(page).text, planned in one.get(page).text) == (True, False), page
    plan_a_meeting(hall, sqlite)
    for one, pages in ((amara, (choices, hall.list)), (ben, (choices,))):
        for page in pages:
            assert (ahead in one.get(page).text, planned in one.get(page).text) == (False, True), page


def test_htmx_gets_the_answered_card_alone(browser: Callable[..., Any], hall: Any) -> None:
    one = browser(hall.amara)
    answer = one.client.post(
        hall.answer(hall.ben),
        data={"csrf_token": one.token(), "answer": "not-for-me"},
        headers={"HX-Request": "true"},
    )
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'id="card-{hall.ben.public_id}"' in html
    assert "<html" not in html
    assert "Not for you." in html


def _leaves(hall: Any, make: Any, session: Any) -> None:
    coming.leave(session, session.get_one(Registration, hall.rows["ben"].id))


def _objects(hall: Any, make: Any, session: Any) -> None:
    coming.object_to_suggestions(session, session.get_one(Registration, hall.rows["ben"].id), now())


def _is_absent(hall: Any, make: Any, session: Any) -> None:
    session.get_one(Registration, hall.rows["ben"].id).presence = Presence.ABSENT


def _declines(hall: Any, make: Any, session: Any) -> None:
    session.get_one(Registration, hall.rows["ben"].id).state = RegistrationState.DECLINED


def _blocks(hall: Any, make: Any, session: Any) -> None:
    give_answers.answer(session, hall.event.id, hall.ben.id, hall.amara.id, AnswerKind.BLOCK, now())


def _blocks_elsewhere(hall: Any, make: Any, session: Any) -> None:
    give_answers.answer(session, hall.other.id, hall.ben.id, hall.amara.id, AnswerKind.BLOCK, now())


def _refuses(hall: Any, make: Any, session: Any) -> None:
    give_answers.answer(session, hall.event.id, hall.ben.id, hall.amara.id, AnswerKind.NOT_FOR_ME, now())


def _is_excluded(hall: Any, make: Any, session: Any) -> None:
    session.add(Exclusion(event_id=hall.event.id, a_id=hall.amara.id, b_id=hall.ben.id))


IN_THE_WAY = [
    _leaves, _objects, _is_absent, _declines, _blocks, _blocks_elsewhere, _refuses, _is_excluded
]  # fmt: skip


def test_whatever_stands_in_the_way_the_answer_is_the_same_to_the_letter(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, app: Any
) -> None:
    amara = browser(hall.amara)

    def answers_now(person_id: str) -> tuple[str, str]:
        data = {"csrf_token": amara.token(), "answer": "meet"}
        sent = amara.client.post(f"{hall.list}/{person_id}", data=data)
        assert sent.status_code == 404
        return bare(sent.get_data(as_text=True)), bare(amara.get(hall.list).html)

    seen = []
    for stands_in_the_way in IN_THE_WAY:
        with sqlite.writer() as session:
            stands_in_the_way(hall, make, session)
            session.commit()
        seen.append(answers_now(hall.ben.public_id))
        _undo(hall, sqlite)
    with sqlite.writing() as session:
        session.delete(session.get_one(Registration, hall.rows["ben"].id))
    seen.append(answers_now(hall.ben.public_id))
    assert answers_now("somebody-unknown")[0] == seen[0][0]
    assert len(set(seen)) == 1
    assert said(sqlite, hall.event, hall.amara) == {}


def _undo(hall: Any, sqlite: Database) -> None:
    """Put Ben back where he was, on the list included."""
    with sqlite.writing() as session:
        row = session.get_one(Registration, hall.rows["ben"].id)
        row.state, row.presence, row.suggestible = RegistrationState.CONFIRMED, Presence.EXPECTED, True
        for event in (hall.event, hall.other):
            answers.take_back(session, event.id, hall.ben.id, hall.amara.id)
        for one in session.scalars(select(Exclusion)):
            session.delete(one)
        pair = (Suggestion.person_id == hall.amara.id) & (Suggestion.other_id == hall.ben.id)
        if session.scalar(select(Suggestion).where(pair)) is None:
            session.add(
                Suggestion(
                    event_id=hall.event.id,
                    person_id=hall.amara.id,
                    other_id=hall.ben.id,
                    position=1,
                    score=0.5,
                    reasons=[REASON],
                )
            )


def test_a_meet_that_was_refused_in_silence_looks_like_one_that_waits(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    amara = browser(hall.amara)
    amara.post(hall.answer(hall.ben), {"answer": "meet"})
    with sqlite.writing() as session:
        for one in session.scalars(select(Suggestion).where(Suggestion.event_id == hall.event.id)):
            session.delete(one)

    def seen() -> str:
        return "".join(bare(amara.get(page).html) for page in (hall.list, hall.day, hall.answered))

    waiting = seen()
    assert "We tell nobody unless Ben says the same" in waiting
    for stands_in_the_way in IN_THE_WAY:
        with sqlite.writing() as session:
            stands_in_the_way(hall, make, session)
        assert seen() == waiting, stands_in_the_way.__name__
        amara.post(hall.answer(hall.ben), {"answer": "meet"})
        with sqlite.writing() as session:
            row = session.get_one(Registration, hall.rows["ben"].id)
            row.state, row.presence, row.suggestible = RegistrationState.CONFIRMED, Presence.EXPECTED, True


@pytest.mark.parametrize("stands_in_the_way", [_leaves, _is_absent, _blocks, _blocks_elsewhere, _refuses])
def test_an_introduction_ends_the_same_way_whatever_ends_it(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database, stands_in_the_way: Any
) -> None:
    make.answer(hall.event, hall.amara, hall.ben, AnswerKind.MEET)
    make.answer(hall.event, hall.ben, hall.amara, AnswerKind.MEET)
    amara = browser(hall.amara)
    assert "You would both like to meet" in amara.get(hall.answered).text
    with sqlite.writing() as session:
        stands_in_the_way(hall, make, session)
    page = amara.get(hall.answered).text
    assert "You would like to meet Ben. We tell nobody unless Ben says the same." in page
    assert "You both want to meet" not in amara.get(f"/events/{hall.event.public_id}/").text


def test_one_cannot_speak_of_oneself_or_of_somebody_who_is_not_on_ones_list(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    cat = browser(hall.cat)
    for person in (hall.cat, hall.ben):
        cat.post(hall.answer(person), {"answer": "meet"}, status=404)
    assert said(sqlite, hall.event, hall.cat) == {}


def test_the_page_takes_as_many_queries_for_one_card_as_for_three(
    browser: Callable[..., Any], hall: Any, make: Any, statements: list[str]
) -> None:
    make.answer(hall.event, hall.amara, hall.dan, AnswerKind.MEET)

    def asked(person: Any) -> int:
        one = browser(person)
        statements.clear()
        one.get(hall.list)
        return len(statements)

    assert asked(hall.ben) == asked(hall.amara) > 5


def test_two_people_who_say_meet_at_the_same_moment_are_introduced_once(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    a, b = make.registration(event).person, make.registration(event).person
    ready = threading.Barrier(4)

    def say_meet(person: Any, other: Any) -> None:
        ready.wait()
        with database.writing() as session:
            give_answers.answer(session, event.id, person.id, other.id, AnswerKind.MEET, now())

    threads = [threading.Thread(target=say_meet, args=pair) for pair in ((a, b), (b, a)) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert answers.introductions(session, event.id) == [(a.id, b.id)]
        assert session.scalar(select(func.count()).select_from(Answer)) == 2


def test_a_nearly_empty_profile_is_asked_for_more_and_told_why(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    ask = "worth more than anything else we can do"
    page = browser(hall.amara).get(hall.list).text
    assert page.index("Tell us more") < page.index(ask) < page.index("Until then, you could meet")
    with sqlite.writing() as session:
        row = session.get_one(Registration, hall.rows["amara"].id)
        row.bio = "I look after the register of who may put what into which river."
    assert ask not in browser(hall.amara).get(hall.list).text


def test_an_empty_list_says_what_will_be_there(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    assert "Tell us more" in browser(hall.cat).get(hall.list).text
    told = make.registration(hall.event, offers="how to read nine hundred old cards of bird counts").person
    page = browser(told).get(hall.list).text
    assert "Your suggestions will be here" in page
    assert "Tell us more about what you need help with" in page
    objecting = make.registration(hall.event, suggestible=False).person
    assert "You asked not to be suggested" in browser(objecting).get(hall.list).text


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(minutes=9), "compared with what everybody else said, which takes a minute or two"),
        (timedelta(minutes=11), "It takes longer than usual. What you said is saved"),
    ],
)
def test_a_list_that_is_worked_out_says_when_to_look_again_and_looks_by_itself(
    browser: Callable[..., Any], hall: Any, make: Any, ago: timedelta, words: str
) -> None:
    make.add(Job(event_id=hall.event.id, kind=refresh_lists.KIND, asked_at=now() - ago))
    make.add(Job(event_id=hall.other.id, kind=refresh_lists.KIND, asked_at=now() - timedelta(days=1)))
    cat = browser(hall.cat)
    page = cat.get(hall.list)
    assert "We are working out whom you should meet" in page.text
    assert words in page.text
    assert "This page looks again by itself" in page.text
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in page.html
    assert 'data-hx-trigger="every 20s"' in page.html
    # A page that asks again gets nothing while there is nothing new, so that nothing is read out again and again.
    asks_again = {"HX-Request": "true"}
    assert cat.client.get(hall.list, headers=asks_again).status_code == 204
    suggest(make, hall.event, hall.cat, hall.dan)
    for again in (cat.get(hall.list).html, cat.client.get(hall.list, headers=asks_again).text):
        assert "Dan keeps Peat Depth up to date." in again
        assert "every 20s" not in again
        assert "http-equiv" not in again
