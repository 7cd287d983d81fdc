"""What is kept of a plan is brought forward by those who have changed, and says the same as if it were worked out."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from matchmaker.services.plans import (
    change_meetings,
    edit_by_hand,
    kept_reviews,
    next_findings,
    plan_findings,
    tell_partners,
)
from matchmaker.services.plans.changed_since import changed_since
from matchmaker.services.plans.review_plan import review
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plan_reviews, plan_watch, plans
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions import answers
from matchmaker.store.suggestions.answers import AnswerKind
from tests.services.changes import others, tried_and_undone
from tests.services.conftest import MORNING
from tests.services.plans.test_kept_reviews import KeptDay, current, here, kept, mine, written

LATER = datetime(2027, 3, 11, 10, 40, tzinfo=UTC)


def draft_of(session: Session, day: KeptDay) -> Plan:
    found = plans.versions(session, day.event.id)[0]
    assert found.state is PlanState.DRAFT
    return found


def assert_the_same(session: Session, day: KeptDay, at: datetime = MORNING) -> None:
    """Assert that what pages count of each version is what is counted from nothing."""
    session.expire_all()
    event = here(session, day)
    versions = plans.versions(session, event.id)
    for plan, newest in zip(versions, reversed(versions), strict=True):
        gaps = kept_reviews.gaps(session, event, plan, at)
        assert gaps == tell_partners.gaps(session, event, plan.id, at), "the gaps are others"
        *both, since = kept_reviews.counted(session, event, plan, newest, at)
        assert both == [plans.meeting_count(session, plan.id), gaps], "the meetings are others"
        assert since == changed_since(session, event, newest, at), "what has changed since is another"


@pytest.fixture
def day(make: Any, sqlite: Database) -> KeptDay:
    return kept(make, sqlite)


def test_whatever_changes_of_people_what_is_brought_forward_is_what_is_counted_from_nothing(
    day: KeptDay,
) -> None:
    brought = set()
    for table in ("person", "registration", "answer", "exclusion", "address"):
        with day.database.writing() as session:
            for column, value in others(table):

                def change(column: Any = column, value: Any = value) -> None:
                    rows = column.table
                    session.execute(update(rows).where(mine(day, rows.name)).values({column.name: value}))
                    marks = plan_reviews.marks(session, day.event.id)
                    # After other changes all is counted from nothing as it is.
                    if not marks.everything:
                        assert_the_same(session, day)
                    if marks.people and not marks.everything:
                        brought.add((rows.name, column.name))

                tried_and_undone(session, change)
            session.rollback()
    assert brought >= {("registration", "state"), ("registration", "away_rounds"), ("answer", "kind")}


one = st.integers(0, 9)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("state"), one, st.sampled_from([*RegistrationState])),
        st.tuples(st.just("presence"), one, st.sampled_from([*Presence])),
        st.tuples(
            st.just("away_rounds"), one, st.sampled_from([frozenset({1}), frozenset({2, 3}), frozenset()])
        ),
        st.tuples(st.just("answer"), one, one, st.sampled_from([*AnswerKind, None])),
        st.tuples(st.just("apart"), one, one),
        st.tuples(st.just("kept")),
    ),
    max_size=8,
)


@given(acts)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_do_one_after_another_the_counts_are_those_from_nothing(
    day: KeptDay, done: list[tuple[Any, ...]]
) -> None:
    ids = [row.person_id for row in day.people]
    with day.database.writing() as session:
        for name, *how in done:
            _do(session, day, ids, name, how)
            session.flush()
            assert_the_same(session, day)
        # Other sequences end where this one was on its way.
        assert_the_same(session, day, LATER)
        session.rollback()


def _do(session: Session, day: KeptDay, ids: list[int], name: str, how: list[Any]) -> None:
    event_id = day.event.id
    if name == "kept":
        turn = plan_reviews.begin(session, event_id)
        found, of_plans = kept_reviews.found_now(session, here(session, day), MORNING)
        form = kept_reviews.FORM
        assert plan_reviews.keep(session, event_id, turn, form, MORNING, frozenset(), found, of_plans)
    elif name == "answer":
        person, about, kind = ids[how[0]], ids[how[1]], how[2]
        if person != about and kind is None:
            answers.take_back(session, event_id, person, about)
        elif person != about:
            answers.put(session, event_id, person, about, kind, MORNING)
    elif name == "apart":
        a, b = sorted((ids[how[0]], ids[how[1]]))
        there = select(Exclusion).where(
            Exclusion.event_id == event_id, Exclusion.a_id == a, Exclusion.b_id == b
        )
        if a != b and session.scalar(there) is None:
            session.add(Exclusion(event_id=event_id, a_id=a, b_id=b))
    else:
        theirs = (Registration.event_id == event_id) & (Registration.person_id == ids[how[0]])
        session.execute(update(Registration).where(theirs).values({name: how[1]}))


def test_what_one_has_said_alone_is_no_change_until_the_other_says_it_too(
    maker: Any, database: Database
) -> None:
    day = kept(maker(database), database)
    a, b = (row.person_id for row in day.people[7:9])
    with day.database.writing() as session:
        answers.put(session, day.event.id, a, b, AnswerKind.MEET, MORNING)
        assert current(session, day)
        answers.put(session, day.event.id, a, b, AnswerKind.KNOW, MORNING)
        answers.put(session, day.event.id, a, b, AnswerKind.MEET, MORNING)
        assert current(session, day)
        answers.put(session, day.event.id, b, a, AnswerKind.MEET, MORNING)
        assert plan_reviews.marks(session, day.event.id).people == {b}
        assert_the_same(session, day)


def test_two_who_say_meet_of_each_other_at_once_are_noticed(maker: Any, postgres: Database) -> None:
    day = kept(maker(postgres), postgres)
    a, b = (row.person_id for row in day.people[7:9])

    def second() -> None:
        with postgres.writing() as session:
            answers.put(session, day.event.id, b, a, AnswerKind.MEET, MORNING)

    other = Thread(target=second)
    with postgres.writing() as session:
        answers.put(session, day.event.id, a, b, AnswerKind.MEET, MORNING)
        other.start()
        other.join(0.5)
        assert other.is_alive(), "the second waits for the first"
    other.join()
    with postgres.reading() as session:
        assert not current(session, day)
        assert_the_same(session, day)


def test_who_said_that_they_come_and_is_checked_in_is_no_change_and_who_said_nothing_is(
    maker: Any, database: Database
) -> None:
    day = kept(maker(database), database)

    def checked_in(state: RegistrationState) -> bool:
        with day.database.writing() as session:
            row = session.scalars(
                select(Registration).where(Registration.event_id == day.event.id, Registration.state == state)
            ).first()
            assert row is not None
            row.presence = Presence.HERE
            session.flush()
            same = current(session, day)
            session.rollback()
            return same

    assert checked_in(RegistrationState.CONFIRMED)
    assert not checked_in(RegistrationState.INVITED)


LOCKED = change_meetings.lock_round(1, locked=True)


def test_after_a_change_by_hand_its_page_reads_no_seat_and_says_what_is_worked_out(
    day: KeptDay, queries: Callable[[], Any]
) -> None:
    with day.database.writing() as session:
        draft, event = draft_of(session, day), here(session, day)
        edit_by_hand.edit(session, event, draft, str(draft.revision), LOCKED, MORNING)
    with day.database.reading() as session:
        draft, event = draft_of(session, day), here(session, day)
        assert plan_reviews.marks(session, event.id) == plan_reviews.Marks(drafts=frozenset({draft.id}))
        with queries() as sent:
            found = kept_reviews.for_changing(session, event, draft, MORNING)
        assert not any("FROM seat" in one or "FROM meeting" in one for one in sent)
        assert found.stood is None
        assert found.found == plan_findings.find_for_changing(session, review(session, event, draft), MORNING)
        published = plans.published(session, event.id)
        assert published is not None
        assert kept_reviews.of_plan(session, event, published, MORNING).stood is None
        assert kept_reviews.of_next(session, event, MORNING).stood is None
    with day.database.writing() as session:
        draft, event = draft_of(session, day), here(session, day)
        edit_by_hand.fix_round(session, event, draft, 2, fixed=True)
        assert plan_reviews.sound(session, draft)
    day.change(day.people[1], state=RegistrationState.CANCELLED)
    with day.database.reading() as session:
        draft, event = draft_of(session, day), here(session, day)
        found = kept_reviews.for_changing(session, event, draft, MORNING)
        assert found.found.left_out, "somebody left"
        assert found.stood is None
        assert found.found == plan_findings.find_for_changing(session, review(session, event, draft), MORNING)


def test_of_a_draft_for_many_it_is_said_when_its_meetings_were_last_looked_at_once_people_change(
    day: KeptDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_reviews, "FEW", 3)
    with day.database.writing() as session:
        draft, event = draft_of(session, day), here(session, day)
        edit_by_hand.edit(session, event, draft, str(draft.revision), LOCKED, MORNING)
        assert kept_reviews.for_changing(session, event, draft, LATER).stood is None
    day.change(day.people[1], state=RegistrationState.CANCELLED)
    with day.database.writing() as session:
        draft, event = draft_of(session, day), here(session, day)
        found = kept_reviews.for_changing(session, event, draft, LATER)
        assert (found.found.left_out, found.stood) == ((), MORNING)
        edit_by_hand.fix_round(session, event, draft, 2, fixed=True)
        assert kept_reviews.for_changing(session, event, draft, LATER).stood == MORNING


def test_a_change_by_hand_concerns_its_draft_alone_when_it_is_reviewed(
    day: KeptDay, queries: Callable[[], Any]
) -> None:
    with day.database.writing() as session:
        draft, event = draft_of(session, day), here(session, day)
        edit_by_hand.edit(session, event, draft, str(draft.revision), LOCKED, MORNING)
    turn = day.work_out()
    with day.database.writing() as session:
        draft, event = draft_of(session, day), here(session, day)
        published = plans.published(session, event.id)
        assert published is not None
        marks = plan_reviews.marks(session, event.id)
        found, of_plans = kept_reviews.found_now(session, event, MORNING, marks)
        assert {one: known is None for one, known in of_plans.items()} == {
            draft.id: False,
            published.id: True,
        }
        assert written(found) == written(kept_reviews.found_now(session, event, MORNING)[0])
        rounds, form = frozenset[int](), kept_reviews.FORM
        assert plan_reviews.keep(session, event.id, turn, form, MORNING, rounds, found, of_plans)
    with day.database.reading() as session:
        event = here(session, day)
        assert current(session, day)
        for plan in plans.versions(session, event.id):
            said = kept_reviews.of_plan(session, event, plan, MORNING)
            now = plan_findings.find(session, review(session, event, plan), MORNING)
            assert (written(plan_findings.as_json(said.found)), said.stood) == (
                written(plan_findings.as_json(now)), None,
            )  # fmt: skip


def test_of_a_plan_for_many_what_takes_long_is_shown_as_it_stood_and_the_counts_as_they_stand(
    maker: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = kept(maker(database), database)
    with day.database.reading() as session:
        before = kept_reviews.of_plan(session, here(session, day), draft_of(session, day), MORNING)
        were = kept_reviews.gaps(session, here(session, day), draft_of(session, day), MORNING)
    day.change(day.people[1], state=RegistrationState.CANCELLED)
    with day.database.reading() as session:
        event, draft = here(session, day), draft_of(session, day)
        now = kept_reviews.of_plan(session, event, draft, LATER)
        assert (now.stood, now.found == before.found) == (None, False), "of a plan for few it is worked out"
        monkeypatch.setattr(kept_reviews, "FEW", 3)
        assert kept_reviews.of_plan(session, event, draft, LATER) == kept_reviews.AsItStood(
            before.found, MORNING
        )
        assert kept_reviews.of_next(session, event, LATER).stood == MORNING
        assert kept_reviews.paper(session, event, draft, LATER).stood == MORNING
        sheets = kept_reviews.sound_paper(session, event, draft, LATER)
        assert sheets == kept_reviews.paper(session, event, draft, LATER)
        changing = kept_reviews.for_changing(session, event, draft, LATER)
        assert (changing.found.left_out, changing.stood) == (before.found.left_out, MORNING)
        assert_the_same(session, day)
        assert kept_reviews.gaps(session, event, draft, MORNING) > were
    assert day.keep(day.work_out())
    with day.database.reading() as session:
        event, draft = here(session, day), draft_of(session, day)
        now = kept_reviews.of_plan(session, event, draft, MORNING)
        found = plan_findings.find(session, review(session, event, draft), MORNING)
        assert now.stood is None
        assert written(plan_findings.as_json(now.found)) == written(plan_findings.as_json(found))


def test_a_draft_that_was_changed_since_is_never_shown_as_it_stood(
    day: KeptDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_reviews, "FEW", 3)
    with day.database.writing() as session:
        draft, event = draft_of(session, day), here(session, day)
        edit_by_hand.edit(session, event, draft, str(draft.revision), LOCKED, MORNING)
    with day.database.reading() as session:
        draft, event = draft_of(session, day), here(session, day)
        said = kept_reviews.of_plan(session, event, draft, MORNING)
        assert said.stood is None
        assert said.found == plan_findings.find(session, review(session, event, draft), MORNING)
        sheets = kept_reviews.sound_paper(session, event, draft, MORNING)
        assert sheets is not None
        assert sheets.stood is None


def test_a_new_version_is_the_one_that_the_next_plan_goes_by(day: KeptDay) -> None:
    day.plan()
    with day.database.reading() as session:
        event = here(session, day)
        found = kept_reviews.of_next(session, event, MORNING)
        assert found == kept_reviews.AsItStood(next_findings.find(session, event.id))


def test_every_table_says_whom_its_marks_concern() -> None:
    keys = ("event_id", "plan_id", "person_id")
    assert plan_watch.WATCH.keys == keys
    assert all(name in one.concerns for one in plan_watch.WATCHED.values() for name in keys)
