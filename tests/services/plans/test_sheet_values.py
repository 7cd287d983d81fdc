"""What sheets share: breaks between rounds, and how finished files are kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from matchmaker.services.plans import sheet_values
from matchmaker.services.plans.review_plan import review
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.plans import plans
from matchmaker.store.session import Database

AT = datetime(2027, 3, 11, 9, tzinfo=UTC)


def test_a_finished_file_takes_the_place_of_its_kind_at_its_event_alone(sqlite: Database, make: Any) -> None:
    here, elsewhere = make.event(), make.event()
    for event, name in (
        (here, "badges-plan-1-aaaaaaaa.pdf"),
        (here, "badge-labels-plan-1-bbbbbbbb.pdf"),
        (elsewhere, "badges-plan-1-cccccccc.pdf"),
        (here, "badges-plan-2-dddddddd.pdf"),
        (here, "everything-zip-plan-2-eeeeeeee.zip"),
    ):
        with sqlite.writing() as session:
            sheet_values.keep(session, event.id, name, b"%PDF /Type /Pages /Type /Page /Type /Page", AT)
    with sqlite.reading() as session:
        kept = session.execute(
            select(File.name, File.pages, File.media_type, File.purge_at).order_by(File.id)
        ).all()
    assert [(name, pages, kind) for name, pages, kind, _ in kept] == [
        ("badge-labels-plan-1-bbbbbbbb.pdf", 2, "application/pdf"),
        ("badges-plan-1-cccccccc.pdf", 2, "application/pdf"),
        ("badges-plan-2-dddddddd.pdf", 2, "application/pdf"),
        ("everything-zip-plan-2-eeeeeeee.zip", None, "application/zip"),
    ]
    assert {purged for *_, purged in kept} == {AT + timedelta(days=2)}


def test_rounds_a_quarter_of_an_hour_apart_have_a_break_between_them(
    sqlite: Database, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=4)
    with sqlite.writing() as session:
        _first, second, third, fourth = session.get_one(Event, day.event.id).rounds
        for one, minutes in ((second, 5), (third, 9), (fourth, 9)):
            one.starts_at += timedelta(minutes=minutes)
    plan = day.plan()
    with sqlite.reading() as session:
        event = events.by_id(session, day.event.id)
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert event is not None
        assert kept is not None
        seen = review(session, event, kept)
        assert [(one.starts.minute, one.ends.minute) for one in sheet_values.breaks_of(seen)] == [(20, 35)]
        assert sheet_values.day_and_place(seen) == "11 March 2027, A hall in Birmingham"
