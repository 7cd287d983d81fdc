"""My day: the published plan only, and one and the same line for a meeting that cannot take place."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from matchmaker.documents.suggestions.reasons import NO_REASON
from matchmaker.services.people import erase_people
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans.planned_people import PlannedPerson
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind

OFF = (
    "This meeting will not take place. We are looking for somebody else for this time, and write to you if we find "
    "somebody."
)


def meeting(plan_id: int, number: int, table: int, *people: Any, why: Any = ()) -> Meeting:
    return Meeting(
        plan_id=plan_id,
        round_number=number,
        table_number=table,
        why=list(why),
        seats=[Seat(person_id=one.id, plan_id=plan_id, round_number=number) for one in people],
    )


def keep_plan(make: Any, event: Any, version: int, state: PlanState) -> Plan:
    published = None if state is PlanState.DRAFT else datetime(2027, 3, 1, 9, 40, tzinfo=UTC)
    plan = Plan(
        event_id=event.id, version=version, state=state, problem={}, certificate={}, published_at=published
    )
    make.add(plan)
    return plan


@pytest.fixture
def hall(make: Any) -> Any:
    """Give an event with a superseded, a published and a draft plan, in which Amara meets Ben in round 2."""
    event, other = make.event("The event", rounds=3, tables=4), make.event("Another", rounds=3, tables=4)
    amara, ben, cat = (make.person(name) for name in ("Amara Okafor", "Ben Reed", "Cat Moss"))
    rows = {person.name: make.registration(event, person) for person in (amara, ben, cat)}
    reason = {
        "reader": ben.id, "other": amara.id, "kind": "dataset", "what": "Peat Depth", "share": 0.5,
        "mine": "maintains it", "theirs": "is stuck on it", "people": 2, "asker": "",
    }  # fmt: skip
    for version, state in enumerate((PlanState.SUPERSEDED, PlanState.PUBLISHED, PlanState.DRAFT), start=1):
        plan = keep_plan(make, event, version, state)
        if state is PlanState.PUBLISHED:
            make.add(meeting(plan.id, 2, 4, amara, ben, why=[reason]))
        else:
            make.add(meeting(plan.id, 1, 3, amara, cat))
    elsewhere = keep_plan(make, other, 1, PlanState.PUBLISHED)
    make.add(meeting(elsewhere.id, 3, 1, amara, cat))
    return SimpleNamespace(
        event=event,
        other=other,
        amara=amara,
        ben=ben,
        cat=cat,
        rows=rows,
        path=f"/events/{event.public_id}/day",
    )


def bare(html: str) -> str:
    """Leave out what differs each time a page is opened: its token, its nonces, and the minute."""
    html = re.sub(r"(?<=your day as it was at )[^<]+", "", html)
    html = re.sub(r'nonce="[^"]+"|(?<=name="csrf_token" value=")[^"]+', "", html)
    return re.sub(r"&#34;inline\w+Nonce&#34;: &#34;[^&]+&#34;", "", html)


def test_a_round_says_when_where_with_whom_and_why(browser: Callable[..., Any], hall: Any) -> None:
    page = browser(hall.amara).get(hall.path)
    assert "Plan 2, published 1 March 2027 at 9.40am" in page.text
    assert "10.30am to 10.50am Table 4 Ben Reed" in page.text
    assert "Ben keeps Peat Depth up to date. You are stuck on it." in page.text
    assert page.text.count("No meeting in this round") == 2
    assert "Cat" not in page.text
    theirs = browser(hall.ben).get(hall.path).text
    assert "Table 4 Amara Okafor" in theirs
    assert "Amara is stuck on Peat Depth. You keep it up to date." in theirs


def test_two_at_the_readers_tables_whom_nothing_tells_apart_have_numbers_unlike_those_in_no_plan(
    browser: Callable[..., Any], make: Any
) -> None:
    event = make.event("The event", rounds=3, tables=4)
    amara = make.registration(event).person
    one, two, flo, other = (
        make.registration(event, make.person(name, organisation="Kew")).person
        for name in ("Ben Reed", "Ben Reed", "Flo Gray", "Flo Gray")
    )
    plan = keep_plan(make, event, 1, PlanState.PUBLISHED)
    for number, person in enumerate((one, two, flo), start=1):
        make.add(meeting(plan.id, number, 4, amara, person))
    page = browser(amara).get(f"/events/{event.public_id}/day").text
    assert re.findall(r"Table 4 (\w+ \w+(?: \(\d\))?)", page) == ["Ben Reed (1)", "Ben Reed (2)", "Flo Gray"]
    assert other.name == flo.name


def test_a_meeting_without_a_reason_says_so_until_it_is_past(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event = make.event("The event", rounds=2, tables=4)
    amara, ben, cat = (make.person(name) for name in ("Amara Okafor", "Ben Reed", "Cat Moss"))
    for person in (amara, ben, cat):
        make.registration(event, person)
    plan = keep_plan(make, event, 1, PlanState.PUBLISHED)
    make.add(meeting(plan.id, 2, 4, amara, ben))
    days = f"/events/{event.public_id}/day"
    assert NO_REASON in browser(amara).get(days).text
    assert NO_REASON not in browser(cat).get(days).text
    card = browser(amara).get(f"/events/{event.public_id}/suggestions?show=day").text
    assert NO_REASON in card
    calendar = browser(amara).client.get(f"{days}.ics").data.decode().replace("\r\n ", "")
    assert NO_REASON.replace(",", "\\,") in calendar
    with sqlite.writing() as session:
        then = datetime(2020, 1, 2, 10, tzinfo=UTC)
        session.get_one(Event, event.id).held_on = then.date()
        for number, round_ in enumerate(session.get_one(Event, event.id).rounds):
            round_.starts_at = then + timedelta(hours=number)
    past = browser(amara).get(days).text
    assert "Table 4 Ben Reed" in past
    assert NO_REASON not in past


def test_who_stands_in_is_named_only_while_they_come_and_may_be_met(
    browser: Callable[..., Any], make: Any, hall: Any, sqlite: Database
) -> None:
    dan = make.person("Dan Cole")
    late = make.registration(hall.event, dan)
    with sqlite.writing() as session:
        seat = session.scalars(
            select(Seat)
            .join(Plan, Plan.id == Seat.plan_id)
            .where(
                Plan.event_id == hall.event.id,
                Plan.state == PlanState.PUBLISHED,
                Seat.person_id == hall.amara.id,
            )
        ).one()
        seat.stands_in = [hall.cat.id, dan.id]
    first = browser(hall.amara).get(hall.path).text
    assert "If they cannot come: Cat Moss" in first
    assert "cannot come" not in browser(hall.ben).get(hall.path).text
    make.answer(hall.event, hall.cat, hall.amara, AnswerKind.BLOCK)
    assert "If they cannot come: Dan Cole" in browser(hall.amara).get(hall.path).text
    with sqlite.writing() as session:
        session.get_one(Registration, late.id).presence = Presence.ABSENT
    assert "cannot come" not in browser(hall.amara).get(hall.path).text


def test_before_publication_it_says_what_will_be_here(
    browser: Callable[..., Any], make: Any, hall: Any
) -> None:
    event = make.event(rounds=2)
    person = make.registration(event).person
    draft = keep_plan(make, event, 1, PlanState.DRAFT)
    make.add(meeting(draft.id, 1, 1, person, make.registration(event).person))
    page = browser(person).get(f"/events/{event.public_id}/day")
    assert "The day is not planned yet" in page.text
    assert "There are 2 rounds, the first at 10am." in page.text
    assert "Table" not in page.text


def _ben_leaves(session: Any, hall: Any) -> None:
    session.get_one(Registration, hall.rows["Ben Reed"].id).state = RegistrationState.CANCELLED


def _ben_is_absent(session: Any, hall: Any) -> None:
    session.get_one(Registration, hall.rows["Ben Reed"].id).presence = Presence.ABSENT


def _ben_blocks(session: Any, hall: Any) -> None:
    session.add(_answer(hall.event, hall.ben, hall.amara, AnswerKind.BLOCK))


def _ben_blocked_at_another_event(session: Any, hall: Any) -> None:
    session.add(_answer(hall.other, hall.ben, hall.amara, AnswerKind.BLOCK))


def _amara_blocks(session: Any, hall: Any) -> None:
    session.add(_answer(hall.event, hall.amara, hall.ben, AnswerKind.BLOCK))


def _ben_refuses(session: Any, hall: Any) -> None:
    session.add(_answer(hall.event, hall.ben, hall.amara, AnswerKind.NOT_FOR_ME))


def _they_are_excluded(session: Any, hall: Any) -> None:
    session.add(Exclusion(event_id=hall.event.id, a_id=hall.amara.id, b_id=hall.ben.id))


def _ben_is_erased(session: Any, hall: Any) -> None:
    erase_people.erase_person(session, session.get_one(Person, hall.ben.id), keep_thanks=False)


def _answer(event: Any, person: Any, about: Any, kind: AnswerKind) -> Any:
    return Answer(event_id=event.id, person_id=person.id, about_id=about.id, kind=kind)


IN_THE_WAY = [
    _ben_leaves, _ben_is_absent, _ben_blocks, _ben_blocked_at_another_event, _amara_blocks, _ben_refuses,
    _they_are_excluded, _ben_is_erased,
]  # fmt: skip


def test_a_meeting_that_cannot_take_place_is_told_in_the_same_words_whatever_the_cause(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    seen = set()
    for stands_in_the_way in IN_THE_WAY:
        with sqlite.writing() as session:
            stands_in_the_way(session, hall)
        page = browser(hall.amara).get(hall.path)
        assert f"10.30am to 10.50am {OFF}" in page.text, stands_in_the_way.__name__
        assert "Ben" not in page.text
        seen.add(bare(page.html))
        if stands_in_the_way is not _ben_is_erased:
            _undo(hall, sqlite)
            assert OFF not in browser(hall.amara).get(hall.path).text
    assert len(seen) == 1


def test_a_meeting_that_cannot_take_place_promises_no_letter_where_none_leaves(
    browser: Callable[..., Any], hall: Any, no_mail_server: None
) -> None:
    one = browser(hall.amara)
    before = one.get(f"/events/{hall.event.public_id}/choices/leave").text
    assert "whoever you would have met reads that on “My day”, not why" in before
    assert "reads on “My day” that it will not take place, not why" in one.get("/mine/delete").text
    one.post(f"/events/{hall.event.public_id}/suggestions/{hall.ben.public_id}", {"answer": "block"})
    page = one.get(hall.path).text
    assert "We are looking for somebody else for this time. If we find somebody, it stands here." in page
    assert "write to you" not in page


def _undo(hall: Any, sqlite: Database) -> None:
    with sqlite.writing() as session:
        row = session.get_one(Registration, hall.rows["Ben Reed"].id)
        row.state, row.presence = RegistrationState.CONFIRMED, Presence.EXPECTED
        for one in [*session.scalars(select(Answer)), *session.scalars(select(Exclusion))]:
            session.delete(one)


def test_what_does_not_stand_in_the_way_leaves_the_meeting(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    make.answer(hall.event, hall.ben, hall.amara, AnswerKind.KNOW)
    make.answer(hall.other, hall.ben, hall.amara, AnswerKind.NOT_FOR_ME)
    make.answer(hall.event, hall.cat, hall.amara, AnswerKind.BLOCK)
    make.add(Exclusion(event_id=hall.other.id, a_id=hall.amara.id, b_id=hall.ben.id))
    page = browser(hall.amara).get(hall.path)
    assert OFF not in page.text
    assert "Ben Reed" in page.text


def test_a_partner_of_the_published_plan_can_be_blocked_though_never_suggested(
    browser: Callable[..., Any], hall: Any
) -> None:
    amara, answers = browser(hall.amara), f"/events/{hall.event.public_id}/suggestions"
    amara.post(f"{answers}/{hall.cat.public_id}", {"answer": "block"}, status=404)
    amara.post(f"{answers}/{hall.ben.public_id}", {"answer": "block"})
    assert OFF in amara.get(hall.path).text
    assert OFF in browser(hall.ben).get(hall.path).text


def test_a_wish_that_is_not_met_says_so_to_both(hall: Any, make: Any, browser: Any) -> None:
    for one, about in ((hall.amara, hall.cat), (hall.cat, hall.amara)):
        make.answer(hall.event, one, about, AnswerKind.MEET)
    for one in (hall.amara, hall.cat):
        page = browser(one).get(f"/events/{hall.event.public_id}/")
        assert "The plan has no meeting for the two of you. You can still say hello in a break." in page.text


@pytest.mark.parametrize("cause", ["taken back", "left", "kept apart since", "blocked elsewhere"])
def test_an_introduction_that_is_gone_reads_the_same_whatever_the_cause(
    cause: str, hall: Any, make: Any, browser: Any, sqlite: Database
) -> None:
    amara, cat = hall.amara, hall.cat
    make.answer(hall.event, amara, cat, AnswerKind.MEET)
    if cause != "taken back":
        make.answer(hall.event, cat, amara, AnswerKind.MEET)
    if cause == "kept apart since":
        a, b = sorted((amara.id, cat.id))
        make.add(Exclusion(event_id=hall.event.id, a_id=a, b_id=b))
    if cause == "blocked elsewhere":
        make.answer(hall.other, cat, amara, AnswerKind.BLOCK)
    if cause == "left":
        with sqlite.writing() as session:
            session.get_one(Registration, hall.rows["Cat Moss"].id).state = RegistrationState.CANCELLED
    page = browser(amara).get(f"/events/{hall.event.public_id}/")
    assert "You both want to meet" not in page.text
    assert "Cat" not in page.text


def test_the_meeting_that_is_next_or_goes_on_is_marked_on_the_day_until_it_is_over(
    browser: Callable[..., Any], make: Any
) -> None:
    now = datetime.now(UTC)
    for days, minutes, mark, home in (
        (0, 60, "Next", "You have 1 meeting. The first is at"),
        (0, -10, "Now", "Your meeting of"),
        (0, -30, "", "You had 1 meeting."),
        (120, 60, "", "You have 1 meeting. The first is at"),
    ):
        # Within an hour, in a zone where this is the same day.
        zone = "Etc/GMT+8" if now.hour >= 20 else "Etc/GMT-8" if now.hour < 4 else "UTC"
        day = (now + timedelta(days=days)).astimezone(ZoneInfo(zone))
        event = make.event(held_on=day.date(), zone=zone)
        start = now + timedelta(days=days, minutes=minutes)
        make.add(Round(event_id=event.id, number=1, starts_at=start, minutes=20))
        amara, ben = (make.registration(event).person for _ in range(2))
        plan = keep_plan(make, event, 1, PlanState.PUBLISHED)
        make.add(meeting(plan.id, 1, 1, amara, ben))
        page = browser(amara).get(f"/events/{event.public_id}/day")
        marks = [one for one in ("Next", "Now") if f'mm-day__next">{one}<' in page.html]
        assert marks == [mark] * bool(mark)
        assert home in browser(amara).get(f"/events/{event.public_id}/").text


def test_who_said_yes_after_the_plan_was_made_reads_that_and_not_of_a_planned_day(
    browser: Callable[..., Any], make: Any
) -> None:
    event = make.event()
    make.add(Round(event_id=event.id, number=1, starts_at=datetime(2030, 1, 1, tzinfo=UTC), minutes=20))
    early, late, alone = (make.registration(event).person for _ in range(3))
    plan = keep_plan(make, event, 1, PlanState.PUBLISHED)
    make.add(*(PlannedPerson(plan_id=plan.id, person_id=one.id, last_round=1) for one in (early, alone)))
    make.add(meeting(plan.id, 1, 1, early, make.registration(event).person))
    told = {
        one.id: [
            words in browser(one).get(f"/events/{event.public_id}/{where}").text
            for words, where in (
                ("The day was planned without you", ""),
                ("in none of its meetings yet", "day"),
                ("You will be given meetings when the day is planned", "suggestions"),
            )
        ]
        for one in (early, late, alone)
    }
    assert told == {early.id: [False] * 3, late.id: [True, True, False], alone.id: [False] * 3}


def test_a_meeting_that_fell_away_says_on_the_day_where_to_ask_and_afterwards_only_that(
    browser: Callable[..., Any], make: Any
) -> None:
    now = datetime.now(UTC)
    zone = "Etc/GMT+8" if now.hour >= 20 else "Etc/GMT-8" if now.hour < 4 else "UTC"
    event = make.event(held_on=now.astimezone(ZoneInfo(zone)).date(), zone=zone)
    for number, hours in ((1, -2), (2, 1)):
        make.add(Round(event_id=event.id, number=number, starts_at=now + timedelta(hours=hours), minutes=20))
    amara = make.registration(event).person
    ben = make.registration(event, state=RegistrationState.CANCELLED).person
    plan = keep_plan(make, event, 1, PlanState.PUBLISHED)
    make.add(meeting(plan.id, 1, 1, amara, ben), meeting(plan.id, 2, 1, amara, ben))
    page = browser(amara).get(f"/events/{event.public_id}/day").text
    assert "This meeting did not take place." in page
    assert "If your page still says so when the round begins, ask at the desk whom you could join." in page
