"""Sheets that are laid out while somebody is erased: nothing of them may lie ready afterwards."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.suggestions.reasons import HOW_TO_BEGIN
from matchmaker.jobs.print_labels import print_labels
from matchmaker.jobs.print_sheets import print_sheets
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.people import erase_people
from matchmaker.services.plans import plan_sheets
from matchmaker.services.plans.review_plan import review
from matchmaker.settings import from_environment
from matchmaker.store.base import now
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import planned_people, sittings
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Database


def erase(database: Database, person: Person) -> None:
    with database.writing() as session:
        erase_people.erase_person(session, session.get_one(Person, person.id), keep_thanks=False)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(File.name).order_by(File.id)))


class ErasingWork(Work):
    """Work during whose first step something happens."""

    def then(self, what: Callable[[], None]) -> "ErasingWork":
        object.__setattr__(self, "what", what)
        return self

    def progress(self, done: int, total: int, saying: str = "") -> None:
        if what := self.__dict__.pop("what", None):
            what()


@pytest.fixture
def work(sqlite: Database) -> Callable[..., ErasingWork]:
    return lambda event, **details: ErasingWork(sqlite, from_environment({}), 1, event.id, None, details)


def test_label_sheets_of_somebody_erased_meanwhile_are_not_kept(
    sqlite: Database, make: Any, work: Callable[..., ErasingWork]
) -> None:
    event, dataset = make.event(), make.dataset("River levels")
    ada, ben = (make.registration(event, make.person(name)).person for name in ("Ada", "Ben"))
    for person in (ada, ben):
        make.contribution(person, dataset)
    one = work(event, sheet="tags", labels_at="https://matchmaker.example/labels/")
    with pytest.raises(JobRefused, match="changed while they were laid out"):
        print_labels(one.then(lambda: erase(sqlite, ada)))
    assert names(sqlite) == []
    print_labels(one)
    assert len(names(sqlite)) == 1


def test_plan_sheets_of_somebody_erased_meanwhile_are_not_kept(
    sqlite: Database, make: Any, new_day: Any, work: Callable[..., ErasingWork]
) -> None:
    day = new_day(make, sqlite, people=4)
    one, ada = work(day.event, plan=day.plan().public_id, sheet="list"), day.people[0].person
    with pytest.raises(JobRefused, match="changed while they were laid out"):
        print_sheets(one.then(lambda: erase(sqlite, ada)))
    assert names(sqlite) == []


def test_label_sheets_of_other_events_that_name_somebody_go_with_them(sqlite: Database, make: Any) -> None:
    there, elsewhere = make.event(), make.event()
    ada = make.registration(there).person
    for name in ("label-tags-abc.pdf", "master-list-plan-1-abc.pdf"):
        make.add(
            File(
                event_id=elsewhere.id, name=name, media_type="application/pdf", content=b"x",
                purge_at=now() + timedelta(days=1),
            )
        )  # fmt: skip
    erase(sqlite, ada)
    assert names(sqlite) == ["master-list-plan-1-abc.pdf"]


def test_a_slip_says_of_a_meeting_without_a_reason_that_there_is_none_and_what_to_begin_with(
    sqlite: Database, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=3)
    plan = day.publish(day.plan())
    with sqlite.reading() as session:
        event, kept = (session.get_one(kind, one.id) for kind, one in ((Event, day.event), (Plan, plan)))
        seen = review(session, event, kept)
        rows = [row for one in seen.people.values() for row in plan_sheets.slip(seen, one).rows]
    met, free = ([row for row in rows if bool(row.partners) is met] for met in (True, False))
    assert {(row.why, row.brief) for row in met} == {(HOW_TO_BEGIN, HOW_TO_BEGIN)}
    assert {(row.why, row.brief) for row in free} == {("", "")}


def test_those_of_whom_nothing_differs_have_the_same_number_on_each_paper_and_page(
    sqlite: Database, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=5)
    with sqlite.writing() as session:
        for row in day.people[:2]:
            person = session.get_one(Person, row.person_id)
            person.name, person.organisation = "Ana Ray", "Peat"
            session.get_one(Registration, row.id).access_needs = "A chair with arms"
    plan = day.publish(day.plan())
    told = {"Ana Ray (1)", "Ana Ray (2)"}

    def named(values: Any) -> set[str]:
        return set(re.findall(r"\bAna\b[^,;\"]{,8}", json.dumps(values)))

    with sqlite.reading() as session:
        event, kept = session.get_one(Event, day.event.id), session.get_one(Plan, plan.id)
        seen = review(session, event, kept)
        slips = {one.id: plan_sheets.slip(seen, one) for one in seen.people.values()}
        assert [slips[row.person_id].name for row in day.people[:2]] == ["Ana Ray (1)", "Ana Ray (2)"]
        partners = {x.name for slip in slips.values() for row in slip.rows for x in row.partners}
        assert {name for name in partners if "Ana" in name} == told
        for key in ("cards", "run-sheet", "access"):
            sheet = plan_sheets.sheet(key, seen, None, day.event.created_at).sheets().values
            assert {one[: len("Ana Ray (1)")] for one in named(sheet)} <= told, key
        rows = plan_sheets.sheet("list", seen, None, day.event.created_at).sheets().values["rows"]
        assert [x["surname"] for x in rows if x["before"] == "Ana"] == ["Ray (1)", "Ray (2)"]
        badges = plan_sheets.sheet("badges", seen, None, day.event.created_at).sheets().values["badges"]
        assert {x["rest"] for x in badges if x["first"] == "Ana"} == {"Ray (1)", "Ray (2)"}
        tables = plan_sheets.tables(seen, day.event.created_at)
        assert {x.name for x in tables.people if "Ana" in x.name} == told
        listed = planned_people.some(session, kept, "ana", 9, 0)
        assert [x.name for x in listed] == ["Ana Ray (1)", "Ana Ray (2)"]


def test_namesakes_are_told_apart_on_each_paper_and_page_and_the_organisation_said_once(
    sqlite: Database, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=5)
    one, two, *rest = day.people
    with sqlite.writing() as session:
        for row, organisation in ((one, "Peat"), (two, "Moor")):
            person = session.get_one(Person, row.person_id)
            person.name, person.organisation = "Ana Ray", organisation
            session.get_one(Registration, row.id).access_needs = "A chair with arms"
    plan = day.publish(day.plan())
    told = {one.person_id: "Ana Ray (Peat)", two.person_id: "Ana Ray (Moor)"}
    told |= {row.person_id: row.person.name for row in rest}
    with sqlite.reading() as session:
        event, kept = session.get_one(Event, day.event.id), session.get_one(Plan, plan.id)
        seen = review(session, event, kept)
        slips = {one.id: plan_sheets.slip(seen, one) for one in seen.people.values()}
        mine = slips[one.person_id]
        assert (mine.name, mine.organisation) == ("Ana Ray", "Peat"), (
            "the slip has the organisation beside it"
        )
        partners = {
            (x.name, x.organisation) for slip in slips.values() for row in slip.rows for x in row.partners
        }
        assert {("Ana Ray", "Peat"), ("Ana Ray", "Moor")} <= partners
        reserves = {row.reserve for slip in slips.values() for row in slip.rows}
        assert reserves - {""} <= {*told.values()}, "who stands in is named alone"
        cards = plan_sheets.sheet("cards", seen, None, day.event.created_at).sheets().values
        on_cards = {name for card in cards["cards"] for row in card["rounds"] for name in row["names"]}
        assert {one for one in on_cards if "Ana" in one} == {"Ana Ray (Peat)", "Ana Ray (Moor)"}
        access = plan_sheets.sheet("access", seen, None, day.event.created_at).sheets().values
        assert [row[0] for row in access["rows"]] == ["Ana Ray (Moor)", "Ana Ray (Peat)"]
        badges = plan_sheets.sheet("badges", seen, None, day.event.created_at).sheets().values["badges"]
        assert {(x["first"], x["rest"]) for x in badges if x["organisation"] == "Peat"} == {("Ana", "Ray")}
        assert {name for x in badges for row in x["rows"] for name in row["with"].split(" and ")} - {
            "No meeting in this round"
        } <= {*told.values()}
        tables = plan_sheets.tables(seen, day.event.created_at)
        assert {x.alone: x.name for x in tables.people if x.name == "Ana Ray"} == {
            "Ana Ray (Peat)": "Ana Ray", "Ana Ray (Moor)": "Ana Ray",
        }  # fmt: skip
        on_page = sittings.with_people(session, kept, [one.person_id, two.person_id])
        assert {*told.items()} >= {item for meeting in on_page for item in meeting.names.items()}
        listed = planned_people.some(session, kept, "ana", 9, 0)
        assert {(x.name, x.organisation) for x in listed} == {("Ana Ray", "Peat"), ("Ana Ray", "Moor")}
