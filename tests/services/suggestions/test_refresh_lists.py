"""Refreshing: one list anew, and a place on others, from the lists as they stand, also when two do it at once."""

import threading
from collections import Counter
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from matchmaker.jobs.refresh import refresh
from matchmaker.jobs.suggest import suggest
from matchmaker.jobs.work import Work
from matchmaker.recognition.states import ContributionState
from matchmaker.services.people import coming
from matchmaker.services.suggestions import give_answers, refresh_lists, suggest_people
from matchmaker.settings import from_environment
from matchmaker.store import jobs
from matchmaker.store.base import now
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database
from matchmaker.store.suggestions import list_lengths, suggestions
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion
from tests.made_once import MadeOnce

THINGS = ["peat", "rivers", "bees", "soil", "woods", "coast", "air", "noise"]


def work_of(database: Database, event_id: int, people: list[int]) -> Work:
    return Work(database, from_environment({}), 0, event_id, None, {"people": people})


def lists_of(database: Database, event_id: int) -> dict[int, list[int]]:
    with database.reading() as session:
        entries = suggestions.standing(session, event_id)
    return {one: [row[1] for row in mine] for one, mine in groupby(entries, lambda row: row[0])}


def people_of(make: Any, event: Any, count: int) -> list[Registration]:
    """Register so many people who all worked on the same two datasets, which is a reason for any two to meet."""
    atlases = [make.dataset(f"{word} {event.id}") for word in ("Atlas", "Chart")]
    rows = [
        make.registration(
            event,
            make.person(organisation=f"Office {number % 5}"),
            bio=f"I study {THINGS[number % 8]} and {THINGS[number // 8 % 8]}",
        )
        for number in range(count)
    ]
    for row in rows:
        for atlas in atlases:
            make.contribution(row.person, atlas, "curated", state=ContributionState.CLAIMED)
    return rows


HALL = MadeOnce[Any]()


@pytest.fixture
def hall(make: Any, sqlite: Database) -> Any:
    """Give an event of twenty people with lists of four, and another event with a list of its own."""
    return HALL.give(make, lambda: suggested(make, sqlite))


def suggested(make: Any, sqlite: Database) -> SimpleNamespace:
    """Make an event of twenty people and its lists, and another event."""
    event, other = make.event(suggestions_each=4), make.event()
    rows = people_of(make, event, 20)
    make.add(
        Suggestion(
            event_id=other.id, person_id=rows[0].person_id, other_id=rows[1].person_id, position=1, score=0.5
        )
    )
    suggest(work_of(sqlite, event.id, []))
    return SimpleNamespace(event=event, other=other, rows=rows, ids=[row.person_id for row in rows])


def test_who_becomes_stuck_is_told_of_the_maintainer_who_is_told_of_them_and_the_rest_stays(
    sqlite: Database, make: Any, hall: Any
) -> None:
    stuck, keeper = hall.ids[3], hall.ids[12]
    gauges = make.dataset("River Gauges")
    make.contribution(hall.rows[12].person, gauges, "maintained")
    make.add(Use(person_id=stuck, dataset_id=gauges.id, kind=UseKind.STUCK))
    before = lists_of(sqlite, hall.event.id)
    assert refresh(work_of(sqlite, hall.event.id, [stuck])) == {"refreshed": 1, "filled": 0}
    after = lists_of(sqlite, hall.event.id)
    assert (after[stuck][0], after[keeper][0]) == (keeper, stuck)
    with sqlite.reading() as session:
        mine, theirs = (
            suggestions.between(session, hall.event.id, one, other)
            for one, other in ((stuck, keeper), (keeper, stuck))
        )
        assert mine is not None
        assert theirs is not None
        assert (mine.reasons[0]["kind"], mine.reasons[0]["asker"]) == ("need", "mine")
        assert theirs.reasons[0]["asker"] == "theirs"
        assert [one.position for one in suggestions.for_person(session, hall.event.id, keeper)] == [
            1,
            2,
            3,
            4,
        ]
    others = [one for one in hall.ids if one != stuck and stuck not in before[one] + after[one]]
    assert others
    assert all(after[one] == before[one] for one in others)
    assert all(len(mine) == 4 for mine in after.values())
    assert lists_of(sqlite, hall.other.id) == {hall.ids[0]: [hall.ids[1]]}


def test_a_block_refills_both_lists_without_the_other(sqlite: Database, hall: Any) -> None:
    one = hall.ids[0]
    other = lists_of(sqlite, hall.event.id)[one][0]
    with sqlite.writing() as session:
        give_answers.answer(session, hall.event.id, one, other, AnswerKind.BLOCK, now())
    assert len(lists_of(sqlite, hall.event.id)[one]) == 3
    refresh(work_of(sqlite, hall.event.id, [one, other]))
    after = lists_of(sqlite, hall.event.id)
    assert (len(after[one]), len(after[other])) == (4, 4)
    assert other not in after[one]
    assert one not in after[other]


def test_who_leaves_is_on_no_list_and_the_lists_they_were_on_are_filled(sqlite: Database, hall: Any) -> None:
    gone = hall.rows[5]
    with sqlite.writing() as session:
        coming.leave(session, session.get_one(Registration, gone.id))
    refresh(work_of(sqlite, hall.event.id, [gone.person_id]))
    after = lists_of(sqlite, hall.event.id)
    assert set(after) == {*hall.ids} - {gone.person_id}
    assert all(len(mine) == 4 and gone.person_id not in mine for mine in after.values())


def test_only_lists_that_somebody_left_are_filled_and_not_those_that_never_had_more(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event(suggestions_each=4)
    rows = people_of(make, event, 20)
    alone = [make.registration(event, make.person(), bio=f"I study {word}") for word in ("moths", "glass")]
    suggest(work_of(database, event.id, []))
    before = lists_of(database, event.id)
    assert {len(before[row.person_id]) for row in rows} == {4}
    assert not {row.person_id for row in alone} & before.keys()
    left = [owner for owner, mine in before.items() if rows[5].person_id in mine]
    with database.writing() as session:
        coming.leave(session, session.get_one(Registration, rows[5].id))
    assert refresh(work_of(database, event.id, [rows[5].person_id])) == {
        "refreshed": 1,
        "filled": len(left),
    }
    assert {len(mine) for mine in lists_of(database, event.id).values()} == {4}
    assert refresh(work_of(database, event.id, [alone[0].person_id])) == {"refreshed": 1, "filled": 0}


def test_a_list_that_cannot_be_filled_again_is_tried_once(sqlite: Database, make: Any) -> None:
    event = make.event(suggestions_each=4)
    rows = people_of(make, event, 3)
    suggest(work_of(sqlite, event.id, []))
    with sqlite.writing() as session:
        coming.leave(session, session.get_one(Registration, rows[0].id))
    gone = rows[0].person_id
    assert refresh(work_of(sqlite, event.id, [gone])) == {"refreshed": 1, "filled": 2}
    assert refresh(work_of(sqlite, event.id, [gone])) == {"refreshed": 1, "filled": 0}
    one, other = (row.person_id for row in rows[1:])
    assert lists_of(sqlite, event.id) == {one: [other], other: [one]}


def test_who_leaves_or_is_kept_apart_while_it_is_worked_out_is_left_out(
    sqlite: Database, make: Any, hall: Any
) -> None:
    who = hall.ids[0]
    with sqlite.reading() as session:
        ready = refresh_lists.read(suggest_people.load(session, hall.event.id))
        mark = suggestions.mark(session, hall.event.id)
        standing = suggestions.standing(session, hall.event.id)
    found = refresh_lists.renew(ready, who, standing)
    assert found is not None
    blocked, left = (int(one.id) for one in found.own[:2])
    people = {row.person_id: row.person for row in hall.rows}
    make.answer(hall.other, people[blocked], people[who], AnswerKind.BLOCK)
    with sqlite.writing() as session:
        row = session.scalars(select(Registration).where(Registration.person_id == left)).one()
        row.suggestible = False
    with sqlite.writing() as session:
        assert refresh_lists.keep(session, hall.event.id, who, found, mark)
    kept = lists_of(sqlite, hall.event.id)
    assert kept[who] == [int(one.id) for one in found.own[2:]]
    assert who not in kept.get(blocked, [])


def test_nothing_is_kept_on_lists_that_have_changed_meanwhile(sqlite: Database, hall: Any) -> None:
    one, other = hall.ids[:2]
    with sqlite.reading() as session:
        ready = refresh_lists.read(suggest_people.load(session, hall.event.id))
        mark = suggestions.mark(session, hall.event.id)
        standing = suggestions.standing(session, hall.event.id)
    found = refresh_lists.renew(ready, one, standing)
    with sqlite.writing() as session:
        suggestions.remove_person(session, hall.event.id, other)
    changed = lists_of(sqlite, hall.event.id)
    with sqlite.writing() as session:
        assert not refresh_lists.keep(session, hall.event.id, one, found, mark)
    assert lists_of(sqlite, hall.event.id) == changed


def test_who_asks_while_a_refresh_waits_goes_with_it_and_many_have_all_lists_worked_out(
    sqlite: Database, make: Any, hall: Any
) -> None:
    with sqlite.writing() as session:
        first = refresh_lists.ask_for(session, hall.event.id, [2, 1], None)
        assert refresh_lists.ask_for(session, hall.event.id, [3], None) is first
        assert refresh_lists.ask_for(session, hall.other.id, [3], None) is not first
        assert (first.kind, first.details) == ("refresh", {"people": [1, 2, 3]})
        assert refresh_lists.ask_for(session, hall.event.id, range(30), None).kind == "suggest"
        assert refresh_lists.ask_for(session, hall.event.id, [4], None).kind == "suggest"
        assert session.scalar(select(func.count()).select_from(Job)) == 3


def test_a_refresh_that_began_while_all_lists_were_worked_out_is_asked_for_again(
    sqlite: Database, make: Any, hall: Any
) -> None:
    old = Job(event_id=hall.event.id, kind="refresh", details={"people": [1]}, state=JobState.DONE)
    running = Job(event_id=hall.event.id, kind="refresh", details={"people": [2]}, state=JobState.RUNNING)
    elsewhere = Job(event_id=hall.other.id, kind="refresh", details={"people": [9]}, state=JobState.RUNNING)
    make.add(old)
    make.add(running)
    make.add(elsewhere)
    work = work_of(sqlite, hall.event.id, [])
    suggest(work)
    with sqlite.reading() as session:
        again = [jobs.by_id(session, one) for one in work.asked]
        assert [one and (one.kind, one.state, one.details) for one in again] == [
            ("refresh", "queued", {"people": [2]})
        ]


def test_refreshes_and_a_full_run_at_once_keep_every_rule(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event(suggestions_each=4)
    rows = people_of(make, event, 20)
    ids = [row.person_id for row in rows]
    suggest(work_of(database, event.id, []))
    with database.writing() as session:
        for row in rows[:6]:
            session.get_one(Registration, row.id).bio = "I study moths and noise"
    ready, problems = threading.Barrier(4), []

    def run(handler: Any, people: list[int]) -> None:
        ready.wait()
        try:
            handler(work_of(database, event.id, people))
        except Exception as problem:  # noqa: BLE001 - the test says which
            problems.append(problem)

    def leave() -> None:
        ready.wait()
        with database.writing() as session:
            coming.leave(session, session.get_one(Registration, rows[0].id))

    threads = [
        threading.Thread(target=run, args=(refresh, ids[:3])),
        threading.Thread(target=run, args=(refresh, ids[3:6])),
        threading.Thread(target=run, args=(suggest, [])),
        threading.Thread(target=leave),
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert problems == []
    refresh(work_of(database, event.id, ids[:6]))
    after = lists_of(database, event.id)
    assert set(after) == set(ids[1:])
    # One of four had no fourth where, at that moment, whoever was left stood on as many lists as may be.
    assert all(len(set(mine)) == len(mine) in (3, 4) and ids[0] not in mine for mine in after.values())
    with database.reading() as session:
        assert list_lengths.short(session, event.id) == {}
    assert max(Counter(one for mine in after.values() for one in mine).values()) <= 6


@pytest.mark.parametrize(
    ("first", "said"), [(0, "I study moths and noise"), (6, "I map rivers and peat"), (12, "soil data")]
)
def test_every_list_that_one_of_several_left_is_filled_again(
    sqlite: Database, hall: Any, first: int, said: str
) -> None:
    some = hall.rows[first : first + 6]
    with sqlite.writing() as session:
        for row in some:
            session.get_one(Registration, row.id).bio = said
    refresh(work_of(sqlite, hall.event.id, [row.person_id for row in some]))
    assert {len(mine) for mine in lists_of(sqlite, hall.event.id).values()} == {4}


@pytest.mark.parametrize("handler", [suggest, refresh])
def test_who_leaves_while_everybody_is_read_is_nobodys_suggestion_at_the_next_refresh(
    postgres: Database, maker: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, handler: Any
) -> None:
    def work(people: list[int]) -> Work:
        mine = from_environment({"MATCHMAKER_INSTANCE": str(tmp_path)})
        return replace(work_of(postgres, event.id, people), settings=mine)

    make = maker(postgres)
    event = make.event(suggestions_each=4)
    rows = people_of(make, event, 20)
    ids = [row.person_id for row in rows]
    load, steps = suggest_people.load, []

    def loaded(session: Any, event_id: int) -> Any:
        found = load(session, event_id)
        with postgres.writing() as other:
            coming.leave(other, other.get_one(Registration, rows[0].id))
        steps.append(len(found.profiles))
        return found

    with monkeypatch.context() as patched:
        patched.setattr(suggest_people, "load", loaded)
        handler(work(ids[1:2]))
    assert steps == [20]
    refresh(work(ids[1:]))
    after = lists_of(postgres, event.id)
    assert set(after) == set(ids[1:])
    assert {len(mine) for mine in after.values()} == {4}
    assert ids[0] not in {one for mine in after.values() for one in mine}
