"""Letters of a plan: to everybody at first, and later to those alone whose slips differ; each once."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.plans.stamp import Stamp
from matchmaker.services.plans import mail_plan
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Database
from tests.whole_plans import whole

MORNING = datetime(2027, 3, 11, 8, tzinfo=UTC)


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    return new_day(make, sqlite, people=6, rounds=2, tables=3, contact_email="kit@inside.example")


def tell(day: Any, plan: Plan, before: Plan | None = None) -> int:
    with day.database.writing() as session:
        event = session.get_one(Event, day.event.id)

        def seen(one: Plan) -> Review:
            kept = plans.by_public_id(session, event.id, one.public_id)
            assert kept is not None
            return whole(review(session, event, kept))

        now = seen(plan)
        stamp = Stamp(event.name, plan.version, MORNING, event.tz)
        was = seen(before) if before else None
        return mail_plan.tell(session, now, was, stamp, "https://m.example/day", "https://m.example/notice")


def letters(day: Any) -> list[Mail]:
    with day.database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_everybody_who_comes_and_has_an_address_is_told_once(day: Any) -> None:
    day.make.registration(day.event, day.make.person("On paper", email=""))
    plan = day.publish(day.plan())
    day.change(day.people[0], presence=Presence.ABSENT)
    day.change(day.people[1], state=RegistrationState.CANCELLED)
    assert tell(day, plan) == 4
    told = letters(day)
    assert sorted(one.person_id or 0 for one in told) == sorted(row.person_id for row in day.people[2:])
    assert {(one.event_id, one.reply_to, one.kind) for one in told} == {
        (day.event.id, "kit@inside.example", "plan")
    }


def test_later_only_changed_slips_are_news(day: Any) -> None:
    before = day.publish(day.plan())
    same = day.publish(day.plan())
    assert (tell(day, same, before), letters(day)) == (0, [])
    day.change(day.people[0], state=RegistrationState.CANCELLED)
    after = day.publish(day.plan())
    changed = {one.id for one in day.difference(after, same).changed}
    assert tell(day, after, same) == len(changed) > 0
    assert {one.person_id for one in letters(day)} == changed


def test_whoever_was_neither_invited_nor_shown_the_notice_is_led_to_it(day: Any) -> None:
    day.change(day.people[0], invited_at=MORNING)
    with day.database.writing() as session:
        session.add(
            BasisRecord(registration_id=day.people[1].id, kind=BasisKind.NOTICE, wording="Told", at=MORNING)
        )
        session.add(
            BasisRecord(
                registration_id=day.people[2].id, kind=BasisKind.ORGANISER, wording="List", at=MORNING
            )
        )
    first = day.publish(day.plan())
    tell(day, first)
    led = {one.person_id for one in letters(day) if "https://m.example/notice" in one.body}
    assert led == {row.person_id for row in day.people[2:]}
