"""Numbers of labels are kept, and never read once anything they were counted from is another."""

import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.work import run
from matchmaker.recognition.states import ContributionState, EndorsementState, UnclaimedState
from matchmaker.services.credits import kept_labels, label_sheets
from matchmaker.services.credits.kept_labels import LabelTotal
from matchmaker.settings import from_environment
from matchmaker.store.credits import label_names, label_tallies, label_watch
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.label_names import Gap, Unnamed
from matchmaker.store.credits.label_tallies import LabelChange, LabelMarks, LabelTally, PublisherTally
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.schema import metadata
from matchmaker.store.session import Database, Session
from tests.made_once import MadeOnce
from tests.services.changes import others, tried_and_undone

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
MOST = kept_labels.MOST_EVENTS


class Shelf:
    """Two events, one of which makes its labels public, and datasets of two publishers and of none."""

    def __init__(self, make: Any, database: Database) -> None:
        self.make, self.database = make, database
        self.event, self.other = make.event(labels_public=True), make.event()
        self.ada, self.ben, self.cy = (
            make.person(name, organisation=office, public_since=since)
            for name, office, since in (("Ada", "Water", NOW), ("Ben", "Soil", None), ("Cy", "Soil", None))
        )
        for one in (self.ada, self.ben):
            make.registration(self.event, one, on_screen=True)
        make.registration(self.other, self.cy)
        self.series = make.dataset("Survey", "Water Office", is_series=True)
        self.north = make.dataset(
            "Survey north", "Water Office", series_id=self.series.id, tags=["Maps", "Land"]
        )
        self.rivers = make.dataset("Rivers", "Water Office", tags=["Water", "Maps"])
        self.tides = make.dataset("Tides", "Soil Office", tags=["Water"])
        self.soils, self.stray = make.dataset("Soils", "Soil Office"), make.dataset("Stray")
        make.dataset("Old rivers", "Water Office", merged_into_id=self.rivers.id)
        credit = make.contribution(self.ada, self.rivers, "curated")
        make.contribution(self.ben, self.rivers, "checked")
        make.contribution(self.cy, self.series, "collected")
        make.contribution(self.ben, self.tides, "curated", state=ContributionState.CLAIMED)
        make.endorsement(self.event, self.ben, credit, state=EndorsementState.ACCEPTED)
        make.add(
            Use(person_id=self.ben.id, dataset_id=self.soils.id, kind=UseKind.WANTS),
            Use(person_id=self.cy.id, dataset_id=self.tides.id, kind=UseKind.STUCK),
            UnclaimedCredit(
                event_id=self.event.id, dataset_id=self.stray.id, role="curated", name="Team", name_key="team",
                code_hash="x", state=UnclaimedState.SHOWN, agreed_at=NOW, organisation="Far",
            ),
        )  # fmt: skip

    def count(self) -> bool:
        """Count as the job does."""
        with self.database.writing() as session:
            turn = label_tallies.begin(session)
        return self.keep(turn)

    def keep(self, turn: str) -> bool:
        with self.database.writing() as session:
            asked = label_tallies.lacking(session, MOST)
            return label_tallies.keep(session, turn, asked, *kept_labels.count(session, asked))


SHELVES = defaultdict[str, MadeOnce[Shelf]](MadeOnce)
"""The shelf as each kind of database keeps it, with its numbers counted."""


def counted_shelf(make: Any, database: Database) -> Shelf:
    """Return a shelf whose numbers are kept, in an empty database; it is made once for each kind of these."""

    def made() -> Shelf:
        shelf = Shelf(make, database)
        assert shelf.count()
        return shelf

    mine = SHELVES[database.engine.dialect.name].give(make, made)
    mine.make, mine.database = make, database
    return mine


@pytest.fixture
def shelf(maker: Any, database: Database) -> Shelf:
    return counted_shelf(maker(database), database)


def read(session: Session, shelf: Shelf) -> list[Any]:
    """Return everything pages read."""
    session.expire_all()
    some = kept_labels.publishers(session)
    return [
        [(one.gap, one.wanted) for one in some],
        kept_labels.unnamed(session, some),
        kept_labels.letters(session, [one.gap for one in some]),
        kept_labels.in_all(session),
        kept_labels.public(session),
        kept_labels.subjects(session),
        *(
            [
                kept_labels.of_event(session, one.id),
                kept_labels.figures(session, one.id),
                kept_labels.thanks(session, one.id),
                kept_labels.hung(session, one.id),
            ]
            for one in (shelf.event, shelf.other)
        ),
    ]


def counted(session: Session, shelf: Shelf) -> list[Any]:
    """Return the same, counted now: with nothing kept."""
    assert kept_labels.gaps(session) == label_names.by_publisher(session), "the gaps are others"
    with session.begin_nested() as step:
        for table in (LabelTally, PublisherTally):
            session.execute(delete(table))
        found = read(session, shelf)
        step.rollback()
    return found


def test_what_is_kept_is_what_would_be_counted_and_is_read_in_its_place(
    make: Any, sqlite: Database, queries: Any
) -> None:
    shelf = counted_shelf(make, sqlite)
    with shelf.database.writing() as session:
        with queries() as sent:
            kept = read(session, shelf)
        assert kept == counted(session, shelf)
        assert not any("contribution" in one for one in sent), "nothing is counted"
        assert [(one.name, one.datasets, one.named) for one in kept_labels.gaps(session)] == [
            ("Soil Office", 2, 0), ("Water Office", 2, 2), ("", 1, 1),
        ]  # fmt: skip
        assert label_names.in_all(session) == Gap(None, "", 5, 3)
        assert kept_labels.in_all(session) == LabelTotal(datasets=5, named=3, hidden=0)
        soil = kept_labels.publishers(session)[0]
        assert soil.wanted == 2
        assert [one.title for one in kept_labels.unnamed(session, [soil])[soil.id]] == ["Soils", "Tides"]
        assert kept_labels.of_event(session, shelf.event.id) == {
            "tags": 2,
            "public": 2,
            "hidden": 0,
            "agreed": 1,
        }
        assert kept_labels.public(session) == [shelf.rivers.id, shelf.stray.id]
        assert len(kept_labels.hung(session, shelf.event.id)) == 1
        assert kept_labels.figures(session, shelf.other.id)["roles"] == {"collected": 1}


@pytest.mark.parametrize("table", sorted(label_watch.WATCHED))
def test_no_column_can_change_so_that_what_is_read_is_not_what_would_be_counted(
    make: Any, sqlite: Database, table: str
) -> None:
    shelf = counted_shelf(make, sqlite)
    rows, tried = metadata.tables[table], set()
    with shelf.database.writing() as session:
        for column, value in others(table):
            if not label_watch.WATCHED[table].reads(column.name):
                continue

            def change(column: Any = column, value: Any = value) -> None:
                session.execute(update(rows).values({column.name: value}))
                assert read(session, shelf) == counted(session, shelf), column.name

            if tried_and_undone(session, change):
                tried.add(column.name)
        session.rollback()
    assert tried, "no column of this table could be changed at all"


def test_whatever_row_goes_what_is_read_is_what_would_be_counted(shelf: Shelf) -> None:
    for table in sorted(label_watch.WATCHED):
        with shelf.database.writing() as session:
            session.execute(delete(metadata.tables[table]))
            assert read(session, shelf) == counted(session, shelf), table
            session.rollback()


def test_every_column_that_is_counted_from_is_watched(make: Any, sqlite: Database, queries: Any) -> None:
    shelf = Shelf(make, sqlite)
    with sqlite.reading() as session, queries() as sent:
        read(session, shelf)
    words = " ".join(sent).replace('"', "")
    assert "dataset AS " not in words, "another name for a table would hide its columns"
    told = {
        (table, column) for table, column in re.findall(r"(\w+)\.(\w+)", words) if table in metadata.tables
    }
    own = {"label_change", "label_tally", "publisher_tally"}
    assert {("dataset", "title_key"), ("contribution", "state")} <= told
    assert {table for table, _ in told} - own == label_watch.WATCHED.keys()
    unread = {
        (table, column)
        for table, column in told
        if table not in own and not label_watch.WATCHED[table].reads(column)
    }
    assert unread == set()


def test_after_a_change_only_the_dataset_and_the_publisher_it_concerns_are_counted_again(
    shelf: Shelf,
) -> None:
    with shelf.database.writing() as session:
        # What is kept is wrong on purpose: whatever is said of it again was not counted.
        kept = {one.name: one for one in session.scalars(select(LabelTally).where(LabelTally.event_id != 0))}
        kept["event"].parts = {**kept["event"].parts, "tags": [*kept["event"].parts["tags"], 991, 992]}
        session.execute(update(PublisherTally).values(wanted=77))
    shelf.make.contribution(shelf.ben, shelf.soils, "curated")
    with shelf.database.reading() as session:
        assert label_tallies.marks(session) == LabelMarks(datasets=frozenset({shelf.soils.id}))
        held = {kept["event"].event_id: 991}
        (event_id,) = held
        tags = kept_labels.of_event(session, event_id)["tags"]
        assert tags == len(kept["event"].parts["tags"]) + (event_id == shelf.event.id)
        assert [(one.gap.name, one.gap.named, one.wanted) for one in kept_labels.publishers(session)] == [
            ("Soil Office", 1, 1), ("Water Office", 2, 77), ("", 1, 77),
        ]  # fmt: skip


def test_of_many_changes_all_is_counted_from_nothing(shelf: Shelf) -> None:
    for number in range(label_tallies.MOST_MARKS + 1):
        shelf.make.dataset(f"Sheet {number}", "Far Office")
    shelf.make.contribution(shelf.ben, shelf.soils, "curated")
    with shelf.database.writing() as session:
        assert label_tallies.marks(session).everything
        assert read(session, shelf) == counted(session, shelf)


def test_a_new_publisher_and_a_dataset_that_moves_are_counted_at_once(shelf: Shelf) -> None:
    new = shelf.make.dataset("Clouds", "Met Office")
    with shelf.database.writing() as session:
        session.execute(text("UPDATE dataset SET publisher_id = NULL WHERE id = :id"), {"id": shelf.tides.id})
        assert [(one.name, one.datasets, one.named) for one in kept_labels.gaps(session)] == [
            ("Met Office", 1, 0), ("Soil Office", 1, 0), ("Water Office", 2, 2), ("", 2, 1),
        ]  # fmt: skip
        some = kept_labels.publishers(session)
        assert kept_labels.unnamed(session, some)[new.publisher_id] == (
            Unnamed(new.public_id, "Clouds", new.publisher_id, 1, 0, False),  # noqa: FBT003 - as the database has it
        )
    assert shelf.count()
    with shelf.database.writing() as session:
        assert read(session, shelf) == counted(session, shelf)
        assert len(kept_labels.gaps(session)) == 4


def test_what_somebody_says_of_themselves_and_what_waits_for_a_yes_leaves_no_mark(shelf: Shelf) -> None:
    for state in (ContributionState.CLAIMED, ContributionState.AWAITING, ContributionState.DECLINED):
        shelf.make.contribution(shelf.cy, shelf.soils, "curated", state=state, role_text=state.value)
    with shelf.database.writing() as session:
        session.execute(update(Person).values(phone="1234"))
        session.execute(update(Event).values(name="Another"))
        assert session.scalars(select(LabelChange)).all() == []


def test_a_thanks_that_is_taken_back_concerns_its_dataset_alone(shelf: Shelf) -> None:
    with shelf.database.writing() as session:
        session.execute(update(Endorsement).values(state=EndorsementState.DECLINED))
        marks = {(one.kind, one.key) for one in session.scalars(select(LabelChange))}
        assert marks == {("dataset", shelf.rivers.id)}
        assert kept_labels.hung(session, shelf.event.id) == []
        assert kept_labels.public(session) == [shelf.rivers.id, shelf.stray.id]
        assert read(session, shelf) == counted(session, shelf)


def test_what_changes_while_it_is_counted_is_read_as_it_is(shelf: Shelf) -> None:
    shelf.make.contribution(shelf.ben, shelf.soils, "curated")
    with shelf.database.writing() as session:
        turn = label_tallies.begin(session)
    with shelf.database.reading() as session:
        asked = label_tallies.lacking(session, MOST)
        found = kept_labels.count(session, asked)
    shelf.make.contribution(shelf.ben, shelf.tides, "checked")
    with shelf.database.writing() as session:
        assert label_tallies.keep(session, turn, asked, *found)
    with shelf.database.writing() as session:
        assert read(session, shelf) == counted(session, shelf)
        assert kept_labels.in_all(session).named == 5


def test_of_two_who_count_at_once_the_first_to_begin_keeps_nothing(shelf: Shelf) -> None:
    shelf.make.contribution(shelf.ben, shelf.soils, "curated")
    with shelf.database.writing() as session:
        first, second = label_tallies.begin(session), label_tallies.begin(session)
    assert not shelf.keep(first)
    with shelf.database.writing() as session:
        assert read(session, shelf) == counted(session, shelf)
    assert shelf.keep(second)
    with shelf.database.reading() as session:
        assert not label_tallies.is_stale(session, MOST)


def test_a_change_that_is_not_committed_when_the_count_begins_makes_it_stale(
    maker: Any, postgres: Database
) -> None:
    shelf = Shelf(maker(postgres), postgres)
    assert shelf.count()
    with postgres.writer() as slow:
        slow.execute(
            update(Contribution).where(Contribution.person_id == shelf.ada.id).values(moderated=True)
        )
        assert shelf.count()
        slow.commit()
    with postgres.writing() as session:
        assert read(session, shelf) == counted(session, shelf)
        assert kept_labels.of_event(session, shelf.event.id)["tags"] == 2


def test_the_clock_asks_once_and_the_job_leaves_nothing_to_ask_for(shelf: Shelf, tmp_path: Path) -> None:
    settings = from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)})
    with shelf.database.writing() as session:
        assert not kept_labels.ask_if_stale(session)
    shelf.make.contribution(shelf.ben, shelf.soils, "curated")
    with shelf.database.writing() as session:
        assert kept_labels.ask_if_stale(session)
        assert not kept_labels.ask_if_stale(session)
        (job_id,) = session.scalars(text("SELECT id FROM job"))
    run(shelf.database, settings, HANDLERS, job_id)
    with shelf.database.writing() as session:
        assert not kept_labels.ask_if_stale(session)
        assert read(session, shelf) == counted(session, shelf)


def test_finished_letters_are_known_by_what_is_kept(shelf: Shelf) -> None:
    def names() -> tuple[str, str]:
        with shelf.database.reading() as session:
            event = session.get_one(Event, shelf.event.id)
            sheet = label_sheets.letters(session, event, lambda _: "", NOW)
            return label_sheets.name_of_letters(session, event, NOW), label_sheets.file_name(sheet)

    before, made = names()
    assert before == made
    shelf.make.add(Use(person_id=shelf.ada.id, dataset_id=shelf.soils.id, kind=UseKind.WANTS))
    after, made = names()
    assert after == made != before


def test_labels_and_thanks_of_an_event_are_those_of_nobody_elses(shelf: Shelf, database: Database) -> None:
    """Ada comes to a second event: her label does, too, and the thanks she had at the first does not."""
    later, empty = shelf.make.event(), shelf.make.event()
    shelf.make.registration(later, shelf.ada)

    def numbers(event: Event) -> tuple[LabelTotal, dict[str, int]]:
        with database.reading() as session:
            return kept_labels.here(session, event.id), kept_labels.thanks(session, event.id)

    for _ in range(2):
        assert numbers(shelf.event) == (LabelTotal(2, 2, 0), {"thanks": 1, "thanked": 1})
        assert numbers(shelf.other) == (LabelTotal(1, 1, 0), {"thanks": 0, "thanked": 0})
        assert numbers(later) == (LabelTotal(1, 1, 0), {"thanks": 0, "thanked": 0})
        assert numbers(empty) == (LabelTotal(0, 0, 0), {"thanks": 0, "thanked": 0})
        assert shelf.count(), "and kept, they are the same"
    with database.writing() as session:
        session.execute(update(Person).where(Person.id == shelf.cy.id).values(show_name=False))
    assert numbers(shelf.other)[0] == LabelTotal(1, 0, 1), "of the series, on whose label Cy alone is"
    assert numbers(shelf.event)[0] == LabelTotal(2, 2, 0)


def test_a_dataset_that_names_nobody_but_who_hide_their_name_is_counted_apart(
    shelf: Shelf, database: Database
) -> None:
    def hide(*people: Person) -> LabelTotal:
        with database.writing() as session:
            session.execute(update(Person).values(show_name=True))
            for one in people:
                session.execute(update(Person).where(Person.id == one.id).values(show_name=False))
        with database.reading() as session:
            return kept_labels.in_all(session)

    assert hide() == LabelTotal(5, 3, 0)
    assert hide(shelf.ben) == LabelTotal(5, 3, 0), "Ada is named for the rivers, too"
    assert hide(shelf.cy) == LabelTotal(5, 2, 1), "whoever is named for a series is for its datasets"
    assert hide(shelf.ada, shelf.ben, shelf.cy) == LabelTotal(5, 1, 2), "a team is still named"
    assert shelf.count()
    assert hide(shelf.ada, shelf.ben) == LabelTotal(5, 2, 1), "as they stand, whatever is kept"
