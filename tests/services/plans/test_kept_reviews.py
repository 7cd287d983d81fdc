"""What is kept of a plan is never shown once anything it was worked out from is another."""

import json
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, delete, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError

from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.work import run
from matchmaker.services.people.erase_people import erase_person
from matchmaker.services.plans import (
    kept_reviews,
    next_findings,
    plan_findings,
    plan_paper,
    plan_sheets,
    tell_partners,
)
from matchmaker.services.plans.changed_since import changed_since
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.review_plan import review
from matchmaker.settings import from_environment
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.event.events import Event, HallTable, Round, TopicsFrom
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plan_reviews, plan_watch, plans
from matchmaker.store.plans.plan_reviews import EventReview, PlanChange, PlanReview
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.table_topics import TableTopic, TopicStar, TopicState
from matchmaker.store.schema import metadata
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from tests.made_once import MadeOnce
from tests.services.changes import others, tried_and_undone
from tests.services.conftest import MORNING, Day

FIRST_ROUND = datetime(2027, 3, 11, 10, 15, tzinfo=UTC)


class KeptDay(Day):
    """A day with a published plan and a draft, a topic, limits, an exclusion and answers; and another event."""

    def __init__(self, make: Any, database: Any) -> None:
        super().__init__(make, database, topics_from=TopicsFrom.EVERYBODY, mixing_least=1)
        make.add(HallTable(event_id=self.event.id, number=9, for_topics=True))
        host, *others = self.people
        topic = TableTopic(
            event_id=self.event.id, host_id=host.person_id, title="Rivers", state=TopicState.ACCEPTED
        )
        make.add(topic)
        make.add(*(TopicStar(topic_id=topic.id, person_id=one.person_id) for one in others[:3]))
        self.change(others[0], most_meetings=3, team="Soil", helper="Kim")
        self.change(others[1], team="Soil", helper="Kim", fixed_table=2)
        self.change(others[2], step_free=True, arrives=time(10, 30))
        self.change(others[7], arrives=time(12), presence=Presence.HERE, presence_at=FIRST_ROUND)
        self.publish(self.plan())
        a, b = sorted((others[3].person_id, others[4].person_id))
        make.add(
            Exclusion(event_id=self.event.id, a_id=a, b_id=b),
            Answer(event_id=self.event.id, person_id=others[5].person_id, about_id=others[6].person_id,
                   kind=AnswerKind.NOT_FOR_ME),
        )  # fmt: skip
        self.plan()
        make.answer(self.event, others[1].person, others[2].person)
        make.answer(self.event, others[2].person, others[1].person)
        make.registration(self.event, state=RegistrationState.INVITED)
        self.elsewhere = make.event(rounds=2, tables=2)
        for _ in range(4):
            make.registration(self.elsewhere)

    def work_out(self) -> str:
        """Begin to work the reviews out, as the job does; return the turn."""
        with self.database.writing() as session:
            return plan_reviews.begin(session, self.event.id)

    def keep(self, turn: str, at: datetime = MORNING) -> bool:
        with self.database.writing() as session:
            found, of_plans = kept_reviews.found_now(session, here(session, self), at)
            return plan_reviews.keep(
                session,
                self.event.id,
                turn,
                kept_reviews.FORM,
                at,
                begun(here(session, self), at),
                found,
                of_plans,
            )


def here(session: Session, day: Day) -> Event:
    found = events.by_id(session, day.event.id)
    assert found is not None
    return found


def current(session: Session, day: Day, at: datetime = MORNING) -> bool:
    return plan_reviews.current(session, kept_reviews.FORM).get(day.event.id) == begun(here(session, day), at)


def found_now(session: Session, day: Day) -> tuple[JsonObject, dict[int, tuple[JsonObject, JsonObject]]]:
    session.expire_all()
    return kept_reviews.found_now(session, here(session, day), MORNING)


def written(found: JsonObject) -> Any:
    """Return findings as they come back from having been written as JSON."""
    return json.loads(json.dumps(found))


KEPT = defaultdict[str, MadeOnce[KeptDay]](MadeOnce)
"""The day as each kind of database keeps it."""


def kept(make: Any, database: Database) -> KeptDay:
    """Return a day whose reviews are kept, in an empty database; it is made once for each kind of these."""

    def made() -> KeptDay:
        day = KeptDay(make, database)
        assert day.keep(day.work_out())
        return day

    mine = KEPT[database.engine.dialect.name].give(make, made)
    mine.make, mine.database = make, database
    return mine


@pytest.fixture
def day(maker: Any, database: Database) -> KeptDay:
    return kept(maker(database), database)


def test_what_is_kept_is_what_would_be_worked_out_and_is_read_in_its_place(day: KeptDay) -> None:
    with day.database.reading() as session:
        event = here(session, day)
        found, of_plans = found_now(session, day)
        assert len(of_plans) == 2
        for plan in plans.versions(session, event.id):
            kept = kept_reviews.of_plan(session, event, plan, MORNING)
            told = kept_reviews.paper(session, event, plan, MORNING)
            assert (kept.stood, told.stood) == (None, None)
            paper = plan_paper.as_json(told.found)
            assert written([plan_findings.as_json(kept.found), paper]) == written(of_plans[plan.id])
            assert paper["sheets"].keys() == {*plan_sheets.KEYS}
            assert plan_reviews.whole(session, plan, kept_reviews.FORM) is not None
            gaps = tell_partners.gaps(session, event, plan.id, MORNING)
            assert kept_reviews.gaps(session, event, plan, MORNING) == gaps
            since = kept_reviews.counted(session, event, plan, plan, MORNING)[2]
            assert since == changed_since(session, event, plan, MORNING)
            assert since.introductions == 1
        following = kept_reviews.of_next(session, event, MORNING)
        assert following.stood is None
        assert written(next_findings.as_json(following.found)) == written(found)
        assert following.found.people == 10


def test_what_pages_ask_for_alone_is_the_same_whether_it_is_kept_or_worked_out(day: KeptDay) -> None:
    def asked(session: Session) -> list[Any]:
        session.expire_all()
        event, found = here(session, day), []
        for plan in plans.versions(session, event.id):
            whole = kept_reviews.of_plan(session, event, plan, MORNING).found
            part = kept_reviews.for_changing(session, event, plan, MORNING).found
            assert (part.faults, part.talks) == (whole.faults, whole.talks)
            if plan.state is PlanState.DRAFT:
                assert part.left_out == whole.left_out
            sound = kept_reviews.sound_paper(session, event, plan, MORNING)
            assert sound == kept_reviews.paper(session, event, plan, MORNING)
            found.append((whole.faults, whole.talks, whole.left_out, sound))
        return found

    with day.database.writing() as session:
        kept = asked(session)
        plan_reviews.forget_all(session, day.event.id)
        assert not current(session, day)
        assert asked(session) == kept


def test_a_review_is_not_read_once_a_round_has_begun_or_in_another_form(day: KeptDay) -> None:
    with day.database.reading() as session:
        event, plan = here(session, day), plans.versions(session, day.event.id)[0]
        kept = plan_reviews.whole(session, plan, kept_reviews.FORM)
        assert kept is not None
        assert kept[:2] == (MORNING, frozenset())
        assert plan_reviews.whole(session, plan, kept_reviews.FORM + 1) is None
        assert begun(event, FIRST_ROUND) == {1}
        then = kept_reviews.of_plan(session, event, plan, FIRST_ROUND)
        assert (
            then.found == plan_findings.find(session, review(session, event, plan), FIRST_ROUND) != kept[2][0]
        )


def still_read(day: KeptDay) -> tuple[set[tuple[str, str, str]], list[tuple[Column[Any], Any]]]:
    """Change every column that is watched, each alone; return the changes after which what is kept is still read.

    The second are those of them that made a row another, as columns and values.
    """
    found, made_another = set(), []
    for table in sorted(plan_watch.WATCHED):
        tried = set()
        with day.database.writing() as session:
            for column, value in others(table):

                def change(column: Any = column, value: Any = value) -> None:
                    rows = column.table
                    there = session.scalars(select(column).where(mine(day, rows.name)))
                    as_before = all(one == value for one in there)
                    session.execute(update(rows).where(mine(day, rows.name)).values({column.name: value}))
                    if current(session, day):
                        found.add((rows.name, column.name, str(value)))
                        if not as_before:
                            made_another.append((column, value))

                if tried_and_undone(session, change):
                    tried.add(column.name)
            session.rollback()
        assert tried, f"no column of {table} could be changed at all"
    return found, made_another


def test_no_column_can_change_so_that_what_is_kept_is_another_and_still_read(
    make: Any, sqlite: Database
) -> None:
    day = kept(make, sqlite)
    with sqlite.reading() as session:
        before = found_now(session, day)
    _, left = still_read(day)
    assert left
    # What is kept is worked out once for one change of each column of a table, as that takes most of the time.
    together = defaultdict[tuple[str, int], list[tuple[Column[Any], Any]]](list)
    of_column = Counter[Column[Any]]()
    for column, value in left:
        together[column.table.name, of_column[column]].append((column, value))
        of_column[column] += 1
    waiting = [*together.values()]
    while waiting:
        some = waiting.pop()
        with day.database.writing() as session:
            refused = [one for one in some if not changed(session, day, *one)]
            assert found_now(session, day) == before, [(f"{column}", value) for column, value in some]
            session.rollback()
        assert len(refused) < len(some)
        waiting += [refused] if refused else []


def changed(session: Session, day: KeptDay, column: Column[Any], value: Any) -> bool:
    """Change a column of all rows of the day; return whether that was possible beside what else has changed."""
    rows = column.table
    try:
        with session.begin_nested():
            done: Any = session.execute(update(rows).where(mine(day, rows.name)).values({column.name: value}))
            return bool(done.rowcount)
    except (DBAPIError, StatementError):
        return False


@pytest.mark.parametrize("arrives", [None, time(12)])
def test_a_check_in_of_who_said_yes_is_news_where_they_were_expected_later(
    arrives: time | None, maker: Any, database: Database
) -> None:
    day = KeptDay(maker(database), database)
    one = day.people[1]
    day.change(one, arrives=arrives)
    assert day.keep(day.work_out())
    with database.reading() as session:
        assert current(session, day)
    day.change(one, presence=Presence.HERE, presence_at=FIRST_ROUND)
    with database.reading() as session:
        assert current(session, day) is (arrives is None)


def test_either_database_notices_the_same_changes(
    make: Any, sqlite: Database, maker: Any, postgres: Database
) -> None:
    here, there = (
        still_read(kept(one, database))[0] for one, database in ((make, sqlite), (maker(postgres), postgres))
    )
    assert here == there


def test_whatever_row_goes_what_is_kept_is_read_no_more(day: KeptDay) -> None:
    for table in sorted(set(plan_watch.WATCHED) - {"event"}):
        with day.database.writing() as session:
            session.execute(delete(metadata.tables[table]).where(mine(day, table)))
            assert not current(session, day), table
            session.rollback()


UNREAD = {
    "encounter": "of whom somebody met at an earlier event the findings say nothing",
    "topic_star": "how many are at a topic they gave a star to is said as it was when the plan was made",
}
"""Tables that are read on the way, and of which nothing is said."""


def test_every_table_that_is_read_on_the_way_is_watched(make: Any, sqlite: Database, queries: Any) -> None:
    day = KeptDay(make, sqlite)
    with sqlite.reading() as session, queries() as sent:
        found_now(session, day)
    read = {name for one in sent for name in re.findall(r'(?:FROM|JOIN) "?(\w+)"?', one)}
    assert {"registration", "meeting", "answer"} <= read & metadata.tables.keys()
    assert read & metadata.tables.keys() <= plan_watch.WATCHED.keys() | UNREAD.keys()


def mine(day: KeptDay, table: str) -> Any:
    """Return the condition that a row of a table is of this day."""
    columns = metadata.tables[table].columns
    if table == "event":
        return columns.id == day.event.id
    if "event_id" in columns:
        return columns.event_id == day.event.id
    if "plan_id" in columns:
        return columns.plan_id.in_(select(Plan.id).where(Plan.event_id == day.event.id))
    person = columns.id if table == "person" else columns.person_id
    return person.in_(select(Registration.person_id).where(Registration.event_id == day.event.id))


def test_what_is_new_is_a_change_and_what_happens_at_another_event_is_none(day: KeptDay) -> None:
    def added(row: Any) -> bool:
        with day.database.writing() as session:
            session.add(row)
            session.flush()
            stale = not current(session, day)
            session.rollback()
            return stale

    with day.database.reading() as session:
        one, other = (
            session.scalars(select(Registration.person_id).where(Registration.event_id == event.id)).first()
            for event in (day.event, day.elsewhere)
        )
    starts = datetime(2027, 3, 11, 16, tzinfo=UTC)
    for event, person, stale in ((day.event, one, True), (day.elsewhere, other, False)):
        assert added(Round(event_id=event.id, number=50, starts_at=starts, minutes=20)) is stale
        assert added(HallTable(event_id=event.id, number=50)) is stale
        assert added(Address(person_id=person, email="another@example.org")) is stale
        assert added(TableTopic(event_id=event.id, host_id=person, title="New")) is stale
        assert added(Plan(event_id=event.id, version=50, problem={}, certificate={})) is stale
    with day.database.reading() as session:
        assert current(session, day)


def test_a_block_at_another_event_is_a_change_here_and_another_answer_there_is_none(day: KeptDay) -> None:
    a, b = (one.person_id for one in day.people[:2])
    for kind, still in ((AnswerKind.NOT_FOR_ME, True), (AnswerKind.BLOCK, False)):
        with day.database.writing() as session:
            session.add(Answer(event_id=day.elsewhere.id, person_id=a, about_id=b, kind=kind))
            session.flush()
            assert current(session, day) is still
            session.rollback()


def test_somebodys_words_about_their_work_are_no_change(day: KeptDay) -> None:
    with day.database.writing() as session:
        row = session.get_one(Registration, day.people[0].id)
        row.bio, row.offers, row.profile_saved_at = "Rivers", "Maps", MORNING
        session.get_one(Person, row.person_id).phone = "1234"
        session.flush()
        assert current(session, day)


def test_what_changed_while_it_was_worked_out_stays_marked_and_what_another_began_later_is_kept(
    day: KeptDay,
) -> None:
    turn = day.work_out()
    day.change(day.people[3], state=RegistrationState.CANCELLED)
    assert day.keep(turn)
    with day.database.reading() as session:
        assert not current(session, day)
        assert plan_reviews.marks(session, day.event.id).people == {day.people[3].person_id}
    first, second = day.work_out(), day.work_out()
    assert not day.keep(first)
    assert day.keep(second)
    with day.database.reading() as session:
        assert current(session, day)


def test_a_change_that_is_not_committed_yet_when_the_work_begins_makes_it_stale(
    maker: Any, postgres: Database
) -> None:
    day = KeptDay(maker(postgres), postgres)
    assert day.keep(day.work_out())
    with postgres.writer() as slow:
        slow.execute(update(Registration).where(Registration.id == day.people[3].id).values(team="Other"))
        assert day.keep(day.work_out())
        with postgres.reading() as session:
            assert current(session, day)
        slow.commit()
    with postgres.reading() as session:
        assert not current(session, day)


def test_the_clock_asks_for_what_is_stale_once_and_forgets_what_is_over(day: KeptDay, tmp_path: Path) -> None:
    asked = datetime(2027, 3, 1, tzinfo=UTC)
    settings = from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)})
    with day.database.writing() as session:
        everywhere = set(session.scalars(select(Event.id)))
        assert {*kept_reviews.ask_where_stale(session, MORNING)} == everywhere - {day.event.id}
        assert kept_reviews.ask_where_stale(session, MORNING) == []
    day.change(day.people[3], state=RegistrationState.CANCELLED)
    with day.database.writing() as session:
        assert kept_reviews.ask_where_stale(session, asked) == [day.event.id]
        ids = list(session.scalars(text("SELECT id FROM job ORDER BY id")))
    for job_id in ids:
        run(day.database, settings, HANDLERS, job_id)
    with day.database.reading() as session:
        assert current(session, day)
        assert session.scalars(select(PlanChange)).all() == []
    day.change(day.people[4], state=RegistrationState.CANCELLED)
    with day.database.writing() as session:
        assert kept_reviews.ask_where_stale(session, asked + timedelta(days=300)) == []
        assert session.scalars(select(PlanChange)).all() == []
        assert session.get(EventReview, day.event.id) is None


def test_whoever_is_erased_is_in_no_review_from_that_moment(day: KeptDay) -> None:
    with day.database.writing() as session:
        person = session.get_one(Person, day.people[3].person_id)
        erase_person(session, person, keep_thanks=False)
    with day.database.reading() as session:
        assert session.scalars(select(PlanReview).where(PlanReview.event_id == day.event.id)).all() == []
        assert session.get(EventReview, day.event.id) is None


def test_gaps_are_counted_as_things_stand(day: KeptDay) -> None:
    with day.database.reading() as session:
        published = plans.published(session, day.event.id)
        assert published is not None
        before = kept_reviews.gaps(session, here(session, day), published, MORNING)
        assert before == tell_partners.gaps(session, here(session, day), published.id, MORNING) > 0
        met = session.scalars(
            select(Seat.person_id)
            .join(Meeting, Meeting.id == Seat.meeting_id)
            .where(Seat.plan_id == published.id)
        ).first()
    (row,) = [one for one in day.people if one.person_id == met]
    day.change(row, state=RegistrationState.CANCELLED)
    with day.database.reading() as session:
        published = plans.published(session, day.event.id)
        assert published is not None
        assert kept_reviews.gaps(session, here(session, day), published, MORNING) > before
