"""Whatever changes a profile leaves a mark of that person, which everybody finds who has looked before it."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.store import archive
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.people import profile_changes, profile_watch, profiles
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.profile_changes import ProfileChange
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState, RegistrationTopic
from matchmaker.store.schema import metadata
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.mentions import DatasetMention
from tests.made_once import MadeOnce
from tests.services.changes import others, tried_and_undone


class Five:
    """Five people at an event: the second has all that a profile can be made of, and the last nothing."""

    def __init__(self, make: Any, database: Database) -> None:
        self.database = database
        self.event = make.event()
        self.series = make.dataset("All Soils", is_series=True)
        self.dataset = make.dataset("Soils", series_id=self.series.id)
        self.used = make.dataset("Tides")
        self.people = [make.person(f"P{number}", organisation="Fen Trust") for number in range(5)]
        self.rows = [make.registration(self.event, one, bio="I study peat") for one in self.people]
        topic = Topic(name="Peat", key="peat")
        make.add(topic)
        self.topic = topic
        made = [make.contribution(one, self.dataset, "curated") for one in self.people[1:3]]
        who = self.people[1]
        make.add(RegistrationTopic(registration_id=self.rows[1].id, topic_id=topic.id))
        make.add(Use(person_id=who.id, dataset_id=self.used.id, kind=UseKind.USES))
        make.endorsement(self.event, self.people[3], made[0], state=EndorsementState.ACCEPTED)
        make.answer(self.event, who, self.people[0], AnswerKind.KNOW)
        make.add(Exclusion(event_id=self.event.id, a_id=who.id, b_id=self.people[2].id))
        make.add(
            DatasetMention(
                event_id=self.event.id,
                person_id=who.id,
                dataset_id=self.used.id,
                words="Tides",
                not_meant=True,
            )
        )

    def profiles(self, session: Session) -> dict[str, Any]:
        """Return everybody's profile as all suggestions read it."""
        return {one.id: one for one in profiles.at_event(session, self.event.id, suggestible_only=True)}

    def now(self) -> int:
        with self.database.reading() as session:
            return profile_changes.now(session)

    def since(self, seen: int) -> list[int]:
        """Return the numbers of the people who have changed since, or, on a busy server, perhaps before."""
        with self.database.reading() as session:
            found = profile_changes.since(session, seen)
        assert found is not None
        return self.numbers(found)

    def numbers(self, ids: Collection[int]) -> list[int]:
        return [number for number, one in enumerate(self.people) if one.id in ids]

    def marks(self) -> set[tuple[int, int]]:
        with self.database.reading() as session:
            rows = session.execute(select(ProfileChange.person_id, ProfileChange.by_transaction))
            return {(person, number) for person, number in rows}


MADE = defaultdict[str, MadeOnce[Five]](MadeOnce)


@pytest.fixture
def five(database: Database, maker: Any) -> Five:
    make = maker(database)
    mine = MADE[database.engine.dialect.name].give(make, lambda: Five(make, database))
    mine.database = database
    return mine


CHANGES: dict[str, tuple[Any, Callable[[Five], Any], dict[str, Any] | None, list[int]]] = {
    "words": (Registration, lambda five: Registration.id == five.rows[1].id, {"offers": "Maps"}, [1]),
    "the same number of other words": (
        Registration, lambda five: Registration.id == five.rows[1].id, {"bio": "I study mist"}, [1]
    ),
    "the team": (Registration, lambda five: Registration.id == five.rows[1].id, {"team": "Peat"}, [1]),
    "who comes no more": (
        Registration,
        lambda five: Registration.id == five.rows[1].id,
        {"state": RegistrationState.CANCELLED},
        [1],
    ),
    "who would rather not be suggested": (
        Registration, lambda five: Registration.id == five.rows[4].id, {"suggestible": False}, [4]
    ),
    "a registration that is gone": (Registration, lambda five: Registration.id == five.rows[4].id, None, [4]),
    "a check-in": (
        Registration,
        lambda five: Registration.id == five.rows[1].id,
        {"presence": Presence.HERE, "presence_at": datetime(2026, 5, 4, tzinfo=UTC)},
        [],
    ),
    "a topic that is gone": (
        RegistrationTopic, lambda five: RegistrationTopic.registration_id == five.rows[1].id, None, [1]
    ),
    "a topic by another name": (Topic, lambda five: Topic.id == five.topic.id, {"name": "Bog"}, [1]),
    "where they work": (Person, lambda five: Person.id == five.people[4].id, {"organisation": "Sea"}, [4]),
    "whoever thanked somebody is not named": (
        Person, lambda five: Person.id == five.people[3].id, {"show_name": False}, [1, 3]
    ),
    "a new link of theirs": (Person, lambda five: Person.id == five.people[1].id, {"link": "https://x.y"}, []),
    "somebody is erased": (Person, lambda five: Person.id == five.people[4].id, None, [4]),
    "what became of a credit": (
        Contribution,
        lambda five: Contribution.person_id == five.people[2].id,
        {"state": ContributionState.DECLINED},
        [2],
    ),
    "a credit is hidden": (
        Contribution, lambda five: Contribution.person_id == five.people[2].id, {"moderated": True}, [2]
    ),
    "a credit goes to another": (
        Contribution, lambda five: Contribution.person_id == five.people[2].id, {"person_id": 4}, [2, 4]
    ),
    "a thanks is hidden": (
        Endorsement, lambda five: Endorsement.event_id == five.event.id, {"moderated": True}, [1]
    ),
    "the use": (Use, lambda five: Use.dataset_id == five.used.id, {"kind": UseKind.STUCK}, [1]),
    "no use": (Use, lambda five: Use.dataset_id == five.used.id, None, [1]),
    "a dataset by another name": (Dataset, lambda five: Dataset.id == five.used.id, {"title": "Waves"}, [1]),
    "a series by another name": (
        Dataset, lambda five: Dataset.id == five.series.id, {"title": "Earths"}, [1, 2]
    ),
    "another licence": (Dataset, lambda five: Dataset.id == five.used.id, {"licence": "Open"}, []),
    "a block": (Answer, lambda five: Answer.event_id == five.event.id, {"kind": AnswerKind.BLOCK}, [0, 1]),
    "a block that is taken back": (Answer, lambda five: Answer.event_id == five.event.id, None, [0, 1]),
    "two who may meet after all": (
        Exclusion, lambda five: Exclusion.event_id == five.event.id, None, [1, 2]
    ),
    "a dataset that is meant": (
        DatasetMention, lambda five: DatasetMention.event_id == five.event.id, {"not_meant": False}, [1]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_leaves_a_mark_of_whose_profile_it_changes_alone(five: Five, name: str) -> None:
    table, where, values, expected = CHANGES[name]
    seen, before = five.now(), five.marks()
    with five.database.writing() as session:
        if values is None:
            session.execute(delete(table).where(where(five)))
        else:
            new = {one: five.people[4].id if one == "person_id" else value for one, value in values.items()}
            session.execute(update(table).where(where(five)).values(**new))
    assert five.numbers({one for one, _ in five.marks() - before}) == expected
    assert {*expected} <= {*five.since(seen)}


def test_what_nobody_says_yet_and_a_wish_to_meet_leave_no_mark(five: Five, maker: Any) -> None:
    make, before = maker(five.database), five.marks()
    make.answer(five.event, five.people[3], five.people[4], AnswerKind.MEET)
    named = {"words": "Tides", "dataset_id": five.used.id, "event_id": five.event.id}
    make.add(DatasetMention(person_id=five.people[4].id, **named))
    assert five.marks() == before
    make.answer(five.event, five.people[4], five.people[3], AnswerKind.NOT_FOR_ME)
    assert five.numbers({one for one, _ in five.marks() - before}) == [3, 4]


@pytest.mark.parametrize("table", sorted(profile_watch.WATCHED))
def test_no_column_can_change_so_that_a_profile_is_another_and_there_is_no_mark(
    make: Any, sqlite: Database, table: str
) -> None:
    five = Five(make, sqlite)
    with sqlite.reading() as session:
        before = five.profiles(session)
    rows, tried, another = metadata.tables[table], set(), set()
    with sqlite.writing() as session:
        for column, value in others(table):

            def change(column: Any = column, value: Any = value) -> None:
                seen = profile_changes.now(session)
                session.execute(update(rows).values({column.name: value}))
                after = five.profiles(session)
                changed = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
                marked = profile_changes.since(session, seen) or set()
                assert {*map(int, changed)} <= marked, column.name
                another.update(changed)

            if tried_and_undone(session, change):
                tried.add(column.name)
        session.rollback()
    assert tried, "no column of this table could be changed at all"
    assert another, "no change of this table made a profile another"


def test_every_column_that_a_profile_is_read_from_is_watched(
    make: Any, sqlite: Database, queries: Any
) -> None:
    five = Five(make, sqlite)
    ids = [one.id for one in five.people]
    with sqlite.reading() as session, queries() as sent:
        five.profiles(session)
        profiles.of_some(session, five.event.id, ids)
    words = " ".join(sent).replace('"', "")
    told = {
        (table, column) for table, column in re.findall(r"(\w+)\.(\w+)", words) if table in metadata.tables
    }
    # The event's settings are in the version of what is kept; where people stand changes no profile; and a thanks is
    # for the dataset and role of its credit.
    own = {table for table, _ in told} - {"event"}
    assert own == profile_watch.WATCHED.keys()
    unread = {(table, column) for table, column in told if table in own and not watched(table, column)}
    assert unread == {
        ("endorsement", "dataset_id"), ("endorsement", "role"), ("person", "name"), ("registration", "id"),
    }  # fmt: skip


def watched(table: str, column: str) -> bool:
    return profile_watch.WATCHED[table].reads(column)


def test_a_change_that_began_before_somebody_looked_and_ended_after_is_found(
    postgres: Database, maker: Any
) -> None:
    five = Five(maker(postgres), postgres)
    seen = five.now()
    with postgres.writing() as early:
        early.execute(update(Registration).where(Registration.id == five.rows[0].id).values(bio="Early"))
        with postgres.writing() as late:
            late.execute(update(Registration).where(Registration.id == five.rows[3].id).values(bio="Late"))
        later = five.now()
        assert 3 in five.since(seen)
    assert 0 in five.since(later)


def test_who_looks_finds_what_changed_since_they_looked_and_nothing_before(
    make: Any, sqlite: Database
) -> None:
    five = Five(make, sqlite)
    seen = [five.now()]
    for who in (2, 4, 2):
        with sqlite.writing() as session:
            session.execute(
                update(Registration).where(Registration.id == five.rows[who].id).values(bio=f"{seen}")
            )
        seen.append(five.now())
        with sqlite.writing() as session:
            session.execute(update(Registration).values(bio="Taken back"))
            session.rollback()
    assert [five.since(one) for one in seen] == [[2, 4], [2, 4], [2], []]


def test_of_several_marks_of_somebody_the_last_stays(five: Five) -> None:
    seen = [five.now()]
    for bio in ("One", "Two"):
        with five.database.writing() as session:
            session.execute(update(Registration).where(Registration.id == five.rows[2].id).values(bio=bio))
        seen.append(five.now())
    with five.database.writing() as session:
        profile_changes.tidy(session)
        marks = list(session.scalars(select(ProfileChange.person_id)))
    assert marks.count(five.people[2].id) == 1
    assert all(2 in five.since(one) for one in seen[:2])


def test_numbers_that_were_kept_before_a_backup_took_the_place_of_the_database_are_not_trusted(
    five: Five, tmp_path: Path
) -> None:
    before = five.now()
    archive.back_up(five.database, tmp_path / "backup.zip")
    with five.database.writing() as session:
        session.execute(update(Registration).where(Registration.id == five.rows[0].id).values(bio="Lost"))
    lost, restored = five.now(), Database(f"sqlite:///{tmp_path / 'restored.db'}")
    archive.restore(restored, tmp_path / "backup.zip")
    with restored.reading() as session:
        assert [profile_changes.since(session, one) for one in (before, lost)] == [None, None]
        now = profile_changes.now(session)
        assert profile_changes.since(session, now) == set(), "who looks after it reads on as ever"
        assert profile_changes.since(session, now + 1_000_000) is None
    with restored.writing() as session:
        session.add(ProfileChange(person_id=five.people[0].id, by_transaction=now + 1000))
        session.flush()
        assert profile_changes.since(session, lost) is None, "nor after many more changes"
        assert profile_changes.since(session, now) == {five.people[0].id}
    restored.dispose()
