"""Pages that show how a plan for many stood a moment ago say so, and count what is off as things stand."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.work import run
from matchmaker.services import ask_for_work
from matchmaker.services.plans import kept_reviews, plan_paper
from matchmaker.settings import from_environment
from matchmaker.store import files
from matchmaker.store.files import File
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.plans.plans import Seat
from tests.made_once import MadeOnce
from tests.web.plans.test_plans import Day, make_one

WORDS = "This page shows how things stood then. It is brought up to date in a minute or two."
OFF = "of the published plan will not take place"
MANY, PUBLISHED = MadeOnce[Day](), MadeOnce[Day]()


@pytest.fixture
def many(make: Any, browser: Any, sqlite: Any, monkeypatch: pytest.MonkeyPatch) -> Day:
    """Give a day with a published plan and a draft, which are taken for those of many."""
    monkeypatch.setattr(kept_reviews, "FEW", 3)

    def planned_again() -> Day:
        day = Day(make, browser, sqlite)
        publish_one(day)
        make_one(day)
        return day

    return here(MANY.give(make, planned_again), browser, sqlite)


@pytest.fixture
def published(make: Any, browser: Any, sqlite: Any, monkeypatch: pytest.MonkeyPatch) -> Day:
    """Give a day with a published plan alone, which is taken for one of many."""
    monkeypatch.setattr(kept_reviews, "FEW", 3)

    def looked_at() -> Day:
        day = Day(make, browser, sqlite)
        publish_one(day)
        with sqlite.writing() as session:
            job = ask_for_work.ask(session, kept_reviews.KIND, day.event.id, None)
        run(sqlite, from_environment({}), HANDLERS, job.id)
        return day

    return here(PUBLISHED.give(make, looked_at), browser, sqlite)


def here(day: Day, browser: Any, sqlite: Any) -> Day:
    """Let a day that was made once be in this test's database, with a browser of this test's."""
    day.database, day.one = sqlite, browser(day.organiser)
    return day


def publish_one(day: Day) -> None:
    first = make_one(day)
    day.one.follow(f"{day.address}/{first.public_id}/publish", {"instead_of": "", "revision": "1"})


def pages(day: Day) -> list[str]:
    draft = f"{day.address}/{day.latest().public_id}"
    print_sheets = f"/organise/{day.event.public_id}/print"
    return [day.address, draft, f"{draft}/publish", print_sheets]


def leave(day: Day) -> None:
    """Let somebody leave who has meetings."""
    with day.database.writing() as session:
        sits = select(Seat.person_id)
        row = session.scalars(
            select(Registration).where(
                Registration.event_id == day.event.id, Registration.person_id.in_(sits)
            )
        ).first()
        assert row is not None
        row.state = RegistrationState.CANCELLED


def test_they_say_that_something_has_changed_once_it_has_and_not_before(many: Day) -> None:
    assert not [where for where in pages(many) if WORDS in many.one.get(where).text]
    leave(many)
    assert [where for where in pages(many) if WORDS in many.one.get(where).text] == pages(many)


def test_the_page_for_changing_a_round_by_hand_says_when_its_meetings_were_last_looked_at(many: Day) -> None:
    words = "Meetings that cannot take place since then are still shown."
    where = f"{many.address}/{many.latest().public_id}/edit?round=1"
    assert words not in many.one.get(where).text
    leave(many)
    assert words in many.one.get(where).text


def test_what_cannot_take_place_is_counted_as_things_stand(many: Day) -> None:
    assert OFF not in many.one.get(many.address).text
    leave(many)
    page = many.one.get(many.address)
    assert (WORDS in page.text, OFF in page.text) == (True, True)
    assert OFF in many.one.get(f"/organise/{many.event.public_id}/").text


def test_of_a_plan_for_few_they_show_how_things_stand(many: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_reviews, "FEW", 200)
    leave(many)
    assert not [where for where in pages(many) if WORDS in many.one.get(where).text]


@pytest.mark.parametrize("sheet", ["list", "slips"])
def test_what_was_printed_a_moment_ago_is_offered_with_its_time_and_can_be_made_again(
    published: Day, sheet: str
) -> None:
    paper = f"/organise/{published.event.public_id}/print"
    version = published.published().public_id

    def make(way: str) -> str:
        job = published.one.post(f"/organise/{published.event.public_id}/plans/{version}/{way}")
        return published.one.get(published.one.get(job.location, status=302).location).html

    first = make(f"print/{sheet}")
    (old,) = printed(published, sheet)
    assert old.public_id in first
    assert "Make it again" not in first
    leave(published)
    now = published.one.get(paper).html
    assert old.public_id in now
    assert "Make it again" in now
    again = make(f"print/{sheet}")
    (new,) = printed(published, sheet)
    assert new.public_id in again
    assert old.public_id not in again
    assert "Make it again" in again, "what is kept of the plan is from before"


def test_everything_can_be_downloaded_of_a_plan_too_large_to_tell_of_all_before(
    published: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_paper, "MOST_TOLD", 3)
    version = published.published().public_id
    paper = f"/organise/{published.event.public_id}/print"
    assert "Print everything again" not in published.one.get(paper).text
    job = published.one.post(f"/organise/{published.event.public_id}/plans/{version}/print-everything")
    page = published.one.get(published.one.get(job.location, status=302).location)
    for words in ("Download one PDF", "Download the zip", "Print everything again"):
        assert words in page.text
    for (file,) in (printed(published, "everything"), printed(published, "everything-zip")):
        assert file.public_id in page.html


def printed(day: Day, kind: str) -> list[File]:
    """Return the files of this kind, the oldest first."""
    with day.database.reading() as session:
        kept = reversed(files.of_event(session, day.event.id))
        return [one for one in kept if one.name.startswith(f"{kind}-plan-")]
