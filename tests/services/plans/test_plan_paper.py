"""What is told of sheets before they are laid out is what they hold, and of a plan for many no more than is asked."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from matchmaker.services.plans import kept_reviews, plan_paper, plan_sheets
from matchmaker.services.plans.review_plan import review
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.plans import plan_reviews, plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Database, Session
from tests.services.conftest import MORNING, Day

LATER = MORNING + timedelta(days=1)


def event_of(session: Session, day: Day) -> Event:
    found = events.by_id(session, day.event.id)
    assert found is not None
    return found


@pytest.fixture
def day(make: Any, sqlite: Database) -> Day:
    made = Day(make, sqlite)
    made.publish(made.plan())
    made.change(made.people[0], large_print=True)
    made.plan()
    return made


def test_what_is_told_of_each_kind_is_what_its_sheets_hold(day: Day) -> None:
    with day.database.reading() as session:
        event = event_of(session, day)
        draft = plans.versions(session, event.id)[0]
        seen = review(session, event, draft)
        was = plan_sheets.replaced(session, seen, "slips")
        found = kept_reviews.paper(session, event, draft, MORNING).found
        assert found.sheets.keys() == {*plan_sheets.KEYS}
        assert found.replaces == 1
        assert found.changed["count"] == len(plan_sheets.changed(seen, was, MORNING))
        for key, told in found.sheets.items():
            sheet = plan_sheets.sheet(key, seen, was, MORNING)
            assert (told.fingerprint, told.count, told.pages) == (sheet.fingerprint, sheet.count, sheet.pages)
        assert plan_paper.from_json(plan_paper.as_json(found)) == found


def test_paper_is_compared_with_the_version_it_was_last_printed_of(day: Day) -> None:
    def told(plan: Plan) -> tuple[int | None, bool]:
        with day.database.reading() as session:
            seen = review(session, event_of(session, day), session.get_one(Plan, plan.id))
            found = plan_paper.find(session, seen, MORNING, ["changed-slips"])
            cards = plan_sheets.replaced(session, seen, "changed-cards")
            assert cards is not None
            assert cards.plan.version == 2
            return found.replaces, found.printed

    with day.database.writing() as session:
        second, first = plans.versions(session, day.event.id)
        plan_sheets.note_printed(session, first, ["slips"], MORNING)
        plan_sheets.note_printed(session, second, ["cards", "run-sheet"], MORNING)
    day.publish(second)
    third = day.plan()
    assert told(third) == (1, True), "nobody holds a slip of plan 2"
    with day.database.writing() as session:
        plan_sheets.note_printed(session, session.get_one(Plan, second.id), ["changed-slips"], LATER)
    assert told(third) == (2, True)


def test_of_a_plan_for_many_only_kinds_are_told_of_that_have_a_file_or_may_have_changed(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_paper, "MOST_TOLD", 3)
    with day.database.writing() as session:
        event = event_of(session, day)
        draft, first = plans.versions(session, event.id)
        assert {*plan_paper.wanted(session, event, draft)} == {*plan_paper.CHANGED}
        assert plan_paper.wanted(session, event, first) == ()
        kept = kept_reviews.paper(session, event, draft, MORNING).found
        session.add(
            File(
                event_id=event.id,
                name="cards-plan-1-abc.pdf",
                media_type="application/pdf",
                content=b"",
                purge_at=LATER,
            )
        )
        session.flush()
        assert {*plan_paper.wanted(session, event, first)} == {"cards"}
        wanted = plan_paper.wanted(session, event, draft)
        assert not kept.tells(wanted), "a file that is newer than what is kept is looked at again"
        assert kept_reviews.paper(session, event, draft, MORNING).found.tells(wanted)


def test_other_fonts_make_what_is_kept_untrue(day: Day) -> None:
    with day.database.reading() as session:
        event = event_of(session, day)
        found = kept_reviews.paper(session, event, plans.versions(session, event.id)[0], MORNING).found
    assert found.tells(plan_sheets.KEYS)
    assert not replace(found, families=("Another",)).tells(plan_sheets.KEYS)


def test_what_is_kept_is_read_in_place_of_the_plan(day: Day, queries: Any) -> None:
    with day.database.writing() as session:
        turn = plan_reviews.begin(session, day.event.id)
        found, of_plans = kept_reviews.found_now(session, event_of(session, day), MORNING)
        form, began = kept_reviews.FORM, frozenset[int]()
        assert plan_reviews.keep(session, day.event.id, turn, form, MORNING, began, found, of_plans)
    with day.database.reading() as session, queries() as sent:
        event = event_of(session, day)
        kept = kept_reviews.paper(session, event, plans.versions(session, event.id)[0], MORNING).found
    assert kept.sheets["slips"].count == 10
    assert not any("FROM seat" in one or "FROM meeting" in one for one in sent)
