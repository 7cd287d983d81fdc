"""The organisers' pages about plans: make, look, publish."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.store.base import now
from matchmaker.store.event.events import Event
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.suggestions.answers import AnswerKind
from tests.whole_plans import with_meetings


class Day:
    """An event of eight people with an organiser at a browser."""

    def __init__(
        self, make: Any, browser: Callable[..., Any], database: Any, people: int = 8, **event: Any
    ) -> None:
        self.database = database
        self.event = make.event(**{"rounds": 3, "tables": 4, **event})
        names = ["Amara", "Ben", "Carys", "Dev", "Elin", "Farah", "Gwil", "Hana"]
        self.people = [make.registration(self.event, make.person(name)) for name in names[:people]]
        self.organiser = make.organiser(self.event, make.person("Olga"))
        make.registration(make.event(rounds=1, tables=1), make.person("Nobody here"))
        self.one = browser(self.organiser)
        self.address = f"/organise/{self.event.public_id}/plans"

    def latest(self) -> Plan:
        with self.database.reading() as session:
            found = plans.latest(session, self.event.id)
            assert found is not None
            return with_meetings(found)

    def published(self) -> Plan:
        with self.database.reading() as session:
            found = plans.published(session, self.event.id)
            assert found is not None
            return found

    def page(self, plan: Plan | None = None, query: str = "") -> Any:
        return self.one.get(f"{self.address}/{(plan or self.latest()).public_id}{query}")


@pytest.fixture
def day(make: Any, browser: Any, sqlite: Any) -> Day:
    return Day(make, browser, sqlite)


def make_one(day: Day) -> Plan:
    job = day.one.post(day.address)
    day.one.get(day.one.get(job.location, status=302).location)
    return day.latest()


def test_one_button_makes_a_plan_and_leads_to_it(day: Day) -> None:
    job = day.one.post(day.address)
    result = day.one.get(job.location, status=302)
    page = day.one.get(result.location)
    assert page.heading == "Plan, version 1"
    assert "As it was made, this plan keeps every rule." in page.text
    for name in ("Amara", "Hana", "Table 1", "Round 3"):
        assert name in page.text
    assert "Nobody here" not in page.text


@pytest.mark.parametrize(
    ("event", "words"), [({"rounds": 0}, "no rounds yet"), ({"tables": 0}, "no tables yet")]
)
def test_without_rounds_or_tables_the_page_says_what_to_add(
    event: dict[str, int], words: str, make: Any, browser: Any, sqlite: Any
) -> None:
    day = Day(make, browser, sqlite, **event)
    page = day.one.get(day.address)
    assert words in page.text
    assert "Make the plan" not in page.html
    (added,) = (what for what in ("rounds", "tables") if what in words)
    for page_of in ("rounds", "tables", "people"):
        linked = f'class="govuk-button govuk-button--secondary" href="{day.address.removesuffix("/plans")}/{page_of}"'
        assert (linked in page.html) == (page_of == added), page_of
    failed = day.one.get(day.one.post(day.address).location)
    assert words in failed.text


def test_one_person_alone_gets_a_sentence_and_no_error(make: Any, browser: Any, sqlite: Any) -> None:
    day = Day(make, browser, sqlite, people=1)
    assert "needs two people" in day.one.get(day.address).text


def test_by_person_shows_each_day_and_finds_by_name(day: Day) -> None:
    make_one(day)
    everybody = day.page(query="?by=person")
    assert "Amara Office" in everybody.text
    found = day.page(query="?by=person&name=amar")
    assert found.html.count('<th scope="row" class="govuk-table__header">') == 1
    assert "Nobody in this plan has “zzz”" in day.page(query="?by=person&name=zzz").text


def test_publishing_shows_on_the_page_and_replaces_the_version_before(day: Day) -> None:
    first = make_one(day)
    here = f"{day.address}/{first.public_id}/publish"
    assert "Version 1 is published" in day.one.follow(here, {"instead_of": "", "revision": "1"}).text
    second = make_one(day)
    here = f"{day.address}/{second.public_id}/publish"
    assert "What changes from version 1" in day.page(second).text
    day.one.follow(here, {"instead_of": first.public_id, "revision": "1"})
    with day.database.reading() as session:
        states = [plan.state for plan in plans.versions(session, day.event.id)]
    assert states == [PlanState.PUBLISHED, PlanState.SUPERSEDED]
    back = day.page(first).html
    assert "Go back to this version" in back
    assert "Publish this plan" not in back
    older = "This version is older than version 2, which attendees see now."
    assert older in day.one.get(f"{day.address}/{first.public_id}/publish").text


def test_the_second_of_two_organisers_sees_a_conflict_and_nothing_is_lost(day: Day) -> None:
    first, second = make_one(day), make_one(day)
    day.one.post(f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": "1"})
    page = day.one.follow(f"{day.address}/{second.public_id}/publish", {"instead_of": "", "revision": "1"})
    assert "another version has been published since you opened this page" in page.text
    with day.database.reading() as session:
        assert [plan.state for plan in plans.versions(session, day.event.id)] == [
            PlanState.DRAFT,
            PlanState.PUBLISHED,
        ]


def test_what_happened_since_is_named_and_a_block_is_masked(day: Day, make: Any) -> None:
    make_one(day)
    meetings = day.latest().meetings
    left = meetings[0]
    gone = left.seats[0].person
    without = [one for one in meetings if gone.id not in {seat.person_id for seat in one.seats}]
    kept_apart, blocked = without[0], without[1]
    with day.database.writing() as session:
        row = next(one for one in day.people if one.person_id == gone.id)
        session.get_one(type(row), row.id).state = RegistrationState.CANCELLED
    a, b = (seat.person_id for seat in kept_apart.seats)
    make.add(Exclusion(event_id=day.event.id, a_id=a, b_id=b))
    c, d = (seat.person for seat in blocked.seats)
    make.answer(day.event, c, d, AnswerKind.BLOCK)
    text = day.page().text
    assert f"Round 1, table {left.table_number}: {gone.name} no longer comes" in text
    assert "must not be paired, as you have said since" in text
    assert f"{c.name} and {d.name} cannot meet." in text
    assert "block" not in text.lower()


def test_people_who_meet_nobody_are_named_with_the_reason(day: Day, make: Any) -> None:
    make.registration(day.event, make.person("Iris"), fixed_table=9)
    make.registration(day.event, make.person("Jo"), step_free=True)
    make_one(day)
    make.registration(day.event, make.person("Kai"))
    text = day.page().text
    assert "Iris always sits at table 9, which is not in the hall" in text
    assert "Jo needs a step-free table, no table is marked so, and so they meet nobody." in text
    assert "Kai has no meeting: they joined after this plan was made." in text


def test_a_plan_that_fails_its_check_is_not_shown(day: Day) -> None:
    plan = make_one(day)
    with day.database.writing() as session:
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert kept is not None
        kept.meetings[0].table_number = 99
    page = day.page()
    assert page.heading == "Version 1 cannot be shown"
    assert "Amara" not in page.text
    day.one.post(f"{day.address}/{plan.public_id}/publish", {"instead_of": "", "revision": "1"})
    assert day.latest().state is PlanState.DRAFT


def test_a_wish_that_was_not_met_is_told_with_names(day: Day, make: Any) -> None:
    amara, ben = day.people[0], day.people[1]
    for one, about in ((amara, ben), (ben, amara)):
        make.answer(day.event, one.person, about.person)
    with day.database.writing() as session:
        session.get_one(type(amara), amara.id).arrives = (
            day.event.rounds[1].starts_at - timedelta(minutes=1)
        ).time()
        session.get_one(type(ben), ben.id).leaves = day.event.rounds[0].ends_at.time()
    make_one(day)
    assert "Amara and Ben. Amara and Ben are never there together." in day.page().text


def test_a_wish_that_may_change_no_place_is_not_met_and_its_price_is_told(day: Day, make: Any) -> None:
    first = make_one(day)
    day.one.post(f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": "1"})
    met = {frozenset(seat.person_id for seat in one.seats) for one in first.meetings}
    pairs = combinations(day.people, 2)
    one, other = next((a, b) for a, b in pairs if {a.person_id, b.person_id} not in met)
    make.answer(day.event, one.person, other.person)
    make.answer(day.event, other.person, one.person)
    told = f"{one.person.name} and {other.person.name}. .* If they met all the same, 4 places would change."
    for places, prices in (("0", 1), ("4", 0)):
        day.one.post(day.address, {"way": "least", "places": places})
        assert len(re.findall(told, day.page().text)) == prices, places


def test_another_events_plans_and_jobs_do_not_exist_here(
    day: Day, make: Any, browser: Any, sqlite: Any
) -> None:
    plan = make_one(day)
    job = day.one.post(day.address).location.rsplit("/", 1)[-1]
    other = Day(make, browser, sqlite)
    other.one.get(f"{other.address}/{plan.public_id}", status=404)
    other.one.post(
        f"{other.address}/{plan.public_id}/publish", {"instead_of": "", "revision": "1"}, status=404
    )
    other.one.get(f"/organise/{other.event.public_id}/jobs/{job}", status=404)


def test_a_running_job_shows_a_bar_and_the_last_fragment_asks_no_more(
    day: Day, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchmaker.web.organisers.jobs.PATIENCE", 0.0)
    job = Job(
        event_id=day.event.id, kind="plan", state=JobState.RUNNING, total=7, done=2, heartbeat_at=now(),
        saying="Choosing who meets whom",
    )  # fmt: skip
    make.add(job)
    address = f"/organise/{day.event.public_id}/jobs/{job.public_id}"
    page = day.one.get(address)
    assert "Choosing who meets whom" in page.text
    assert 'http-equiv="refresh"' in page.html
    asks = day.one.client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "every 500ms" in asks
    with day.database.writing() as session:
        row = session.get_one(Job, job.id)
        row.state, row.problem = JobState.FAILED, "There are no rounds yet."
    last = day.one.client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "There are no rounds yet." in last
    assert "every 500ms" not in last


def test_whoever_waits_for_a_job_is_led_on_once_it_is_done_but_not_to_a_file(day: Day, make: Any) -> None:
    def onward(kind: str, state: JobState, **result: str) -> bool:
        job = Job(event_id=day.event.id, kind=kind, state=state, result=result, details={"plan": "x"})
        make.add(job)
        address = f"/organise/{day.event.public_id}/jobs/{job.public_id}"
        fragment = day.one.client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
        assert "data-onward" not in fragment or f'data-onward="{address}"' in fragment
        return "data-onward" in fragment

    assert onward("plan", JobState.DONE, plan="x")
    assert not onward("plan", JobState.FAILED)
    assert not onward("plan", JobState.QUEUED)
    assert not onward("plan-table", JobState.DONE, file="x")


def test_before_publishing_a_page_says_who_gets_mail_and_what_changes(day: Day, make: Any) -> None:
    make.registration(day.event, make.person("Iris", email=""))
    first = make_one(day)
    confirm = day.one.get(f"{day.address}/{first.public_id}/publish")
    assert "goes to 8 people" in confirm.text
    assert "Iris has no email address and needs a slip on paper" in confirm.text
    day.one.post(f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": "1"})
    leave(day, "Ben")
    job = day.one.post(day.address, {"way": "least"})
    day.one.get(day.one.get(job.location, status=302).location)
    second = day.latest()
    confirm = day.one.get(f"{day.address}/{second.public_id}/publish")
    assert "It replaces version 1" in confirm.text
    assert "Ben is marked as not here" in confirm.text
    assert "That is the least any plan could change" in confirm.text


def test_a_draft_that_was_changed_since_its_page_was_opened_is_not_published(day: Day) -> None:
    plan = make_one(day)
    page = day.one.follow(f"{day.address}/{plan.public_id}/publish", {"instead_of": "", "revision": "7"})
    assert "this version has been changed since you opened the page" in page.text
    assert day.latest().state is PlanState.DRAFT


def test_a_draft_that_sends_people_elsewhere_in_a_round_that_has_begun_is_not_published(day: Day) -> None:
    first = make_one(day)
    day.one.post(f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": "1"})
    leave(day, "Ben")
    job = day.one.post(day.address, {"way": "afresh"})
    day.one.get(day.one.get(job.location, status=302).location)
    here = f"{day.address}/{day.latest().public_id}/publish"
    assert "Publish this plan" in day.one.get(here).html
    with day.database.writing() as session:
        session.get_one(Event, day.event.id).rounds[0].starts_at = now() - timedelta(minutes=5)
    page = day.one.get(here)
    assert "This version cannot be published: round 1 has begun" in page.text
    assert "What changes from" not in page.text, "nothing does"
    assert "Publish this plan" not in page.html
    told = day.one.follow(here, {"instead_of": first.public_id, "revision": "1"})
    assert "Nothing was published: round 1 has begun" in told.text
    assert day.published().version == 1


def test_invited_people_who_have_not_answered_are_named_and_planned_only_on_request(
    day: Day, make: Any
) -> None:
    make.registration(day.event, make.person("Iris"), state=RegistrationState.INVITED)
    page = day.one.get(day.address)
    assert (
        "1 person has not answered the invitation. The next plan is for them too only if this is ticked"
        in page.text
    )
    make_one(day)
    assert "Iris" not in day.page().text
    day.one.post(day.address, {"unanswered": "y"})
    assert "Iris" in day.page().text


def test_who_is_late_or_not_here_is_said_on_one_short_page(day: Day) -> None:
    here = day.address.removesuffix("/plans")
    ben = next(one for one in day.people if one.person.name == "Ben")
    form = f"{here}/people/{ben.public_id}/attendance"
    assert "Round 2, 10.30am" in day.one.get(form).text
    page = day.one.follow(form, {"presence": "yes", "first": "2", "last": "2"})
    assert "Ben: There for round 2" in page.text
    wrong = day.one.post(form, {"presence": "yes", "first": "3", "last": "2"}, status=422)
    assert "The last round must not be before the first" in wrong.text
    day.one.post(form, {"presence": "no", "first": "2", "last": "2"})
    assert "Not here" in day.one.get(f"{here}/attendance?q=ben").text
    day.one.post(form, {"presence": "yes", "first": "1", "last": "3"})
    with day.database.reading() as session:
        row = session.get_one(type(ben), ben.id)
        assert (row.presence, row.arrives, row.leaves) == ("expected", None, None)


def leave(day: Day, name: str) -> None:
    with day.database.writing() as session:
        row = next(one for one in day.people if one.person.name == name)
        session.get_one(type(row), row.id).presence = Presence.ABSENT


def test_what_more_tables_or_a_round_would_give_is_worked_out_and_never_shown_for_another_plan(
    make: Any, browser: Any, sqlite: Any
) -> None:
    day = Day(make, browser, sqlite, rounds=2, tables=2)
    plan = make_one(day)
    before = day.page(plan)
    assert "See what one more table of a kind that is short" in before.text
    job = day.one.post(f"{day.address}/{plan.public_id}/what-if")
    result = day.one.get(job.location, status=302)
    page = day.one.get(result.location)
    assert "With 3 more tables: whoever has fewest has 1 meeting more" in page.text
    assert "With one more round: " in page.text
    assert "See what one more table" in day.page(make_one(day)).text


def test_a_plan_of_one_meeting_is_counted_in_the_singular(
    make: Any, browser: Callable[..., Any], sqlite: Any
) -> None:
    day = Day(make, browser, sqlite, people=2, rounds=1)
    plan = make_one(day)
    assert "1 meeting 1 fewest meetings that anybody has" in day.page(plan).text
    assert "1 meeting in the draft plan" in day.one.get(f"/organise/{day.event.public_id}/").text


def test_where_nobody_is_here_the_page_leads_to_the_desk_and_offers_no_plan(day: Day, sqlite: Any) -> None:
    first = make_one(day)
    day.one.post(
        f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": str(first.revision)}
    )
    with sqlite.writing() as session:
        for one in day.people:
            session.get_one(Registration, one.id).presence = Presence.ABSENT
    page = day.one.get(day.address)
    assert (
        "Nobody is here 8 people are marked as not here. Check in at the desk whoever comes after all."
        in page.text
    )
    assert f'href="/organise/{day.event.public_id}/desk"' in page.html.partition("<main")[2]
    assert "meetings of the published plan will not take place" in page.text
    for words in ("Mend the plan", "Nobody is coming yet", "Make the plan"):
        assert words not in page.html


def test_one_press_mends_a_plan_in_which_meetings_fell_away(
    day: Day, sqlite: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_one(day)
    overview = f"/organise/{day.event.public_id}/"
    shown = f"{day.address}/{first.public_id}"
    day.one.post(f"{shown}/publish", {"instead_of": "", "revision": str(first.revision)})
    assert "Mend the plan" not in day.one.get(overview).html
    with sqlite.writing() as session:
        row = session.get_one(Registration, day.people[0].id)
        row.state = RegistrationState.CANCELLED
        met = {
            seat.person_id
            for one in plans.meetings_of(session, first.id, row.person_id)
            for seat in one.seats
        }
    lost = len(met) - 1
    assert lost > 0
    # The figures of a plan are those it was made with, on each page the same.
    made = re.search(r"have (\d+) meetings, ", day.one.get(shown).text)
    assert made is not None
    assert re.search(rf"{made[1]} meetings \d+ fewest meetings that", day.one.get(shown).text)
    assert f"{made[1]} meetings in the published plan" in day.one.get(overview).text
    for address in (overview, day.address, shown):
        page = day.one.get(address)
        assert f"{lost} meetings of the published plan will not take place" in page.text, address
        assert "The people in them are told. Plan again" in page.text, address
        with monkeypatch.context() as patch:
            patch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_url="console:"))
            words = (
                "The people in them are told on “My day” alone, as no email leaves this computer. Plan again"
            )
            assert words in day.one.get(address).text, address
        form = re.search(
            r'<form class="mm-post"[^>]*action="([^"]+)">((?:(?!</form>).)*)Mend the plan', page.html, re.S
        )
        assert form is not None
        assert form.group(1) == day.address
        assert 'name="way" value="least"' in form.group(2)
    day.one.get(day.one.post(form.group(1), {"way": "least"}).location, status=302)
    second = day.latest()
    assert second.version == 2
    kept = lambda plan: {(one.round_number, *(seat.person_id for seat in one.seats)) for one in plan.meetings}  # noqa: E731
    gone = {one for one in kept(first) if day.people[0].person_id in one}
    assert kept(first) - gone <= kept(second)
    page = day.one.get(overview).text
    assert "Mend the plan" not in page
    assert f"It mends {lost} meetings that cannot take place." in page


def test_whoever_had_no_meeting_is_not_told_that_theirs_have_changed(
    make: Any, browser: Any, sqlite: Any
) -> None:
    day = Day(make, browser, sqlite, tables=5)
    first = make_one(day)
    day.one.post(
        f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": str(first.revision)}
    )
    for name in ("Ivor", "Jo"):
        make.registration(day.event, make.person(name, f"{name.lower()}@inside.example"))
    day.one.get(day.one.post(day.address, {"way": "least"}).location, status=302)
    second = day.latest()
    day.one.post(
        f"{day.address}/{second.public_id}/publish",
        {"instead_of": first.public_id, "revision": str(second.revision)},
    )
    with sqlite.reading() as session:
        told = {one.to: one for one in session.scalars(select(Mail).order_by(Mail.id))}
    for name in ("ivor", "jo"):
        letter = told[f"{name}@inside.example"]
        assert letter.subject == f"Your meetings at {day.event.name}"
        assert f"There are meetings for you at {day.event.name} now" in " ".join(letter.body.split())


def test_a_letter_of_a_plan_says_of_a_meeting_that_fell_away_what_my_day_says(day: Day, sqlite: Any) -> None:
    first = make_one(day)
    with sqlite.writing() as session:
        session.get_one(Registration, day.people[0].id).state = RegistrationState.CANCELLED
    day.one.post(
        f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": str(first.revision)}
    )
    with sqlite.reading() as session:
        bodies = [" ".join(one.body.split()) for one in session.scalars(select(Mail))]
    off = "This meeting will not take place. We are looking for somebody else for this time."
    assert sum(off in body for body in bodies) == 3, "whom they would have met in three rounds"
    assert not any("This meeting cannot take place" in body for body in bodies)


def test_a_plan_of_many_tables_is_shown_in_pages_that_hold_every_meeting(
    make: Any, browser: Any, sqlite: Any
) -> None:
    day = Day(make, browser, sqlite, rounds=1, tables=60)
    for number in range(104):
        make.registration(day.event, make.person(f"Guest {number}"))
    plan = make_one(day)
    tables = [one.table_number for one in plan.meetings]
    first, second = day.page(), day.page(query="?by=round&page=2")
    shown = [re.findall(r">Table (\d+)</th>", page.html) for page in (first, second)]
    assert [len(one) for one in shown] == [50, len(tables) - 50]
    assert [int(one) for page in shown for one in page] == sorted(tables)
    assert "by=round&amp;page=2#meetings" in first.html
    assert re.findall(r">Table (\d+)</th>", day.page(query="?page=99").html) == shown[1]
    people = day.page(query="?by=person&name=guest&page=2")
    assert "by=person&amp;name=guest&amp;page=3#meetings" in people.html
