"""Everything at once: what is in it, what is not, and that nobody erased meanwhile stays in it."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.pdf import pages
from matchmaker.jobs.print_everything import print_all_sheets
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.people import erase_people
from matchmaker.settings import from_environment
from matchmaker.store.event.events import HallTable, TopicsFrom
from matchmaker.store.files import File
from matchmaker.store.people.people import Person
from matchmaker.store.plans.table_topics import TableTopic, TopicStar, TopicState
from matchmaker.store.session import Database


class NotedWork(Work):
    """Work that notes how far it says it is, and during whose second step something may happen."""

    def noting(
        self, steps: list[tuple[int, int, str]], then: Callable[[], None] | None = None
    ) -> "NotedWork":
        self.__dict__["steps"], self.__dict__["then"] = steps, then
        return self

    def progress(self, done: int, total: int, saying: str = "") -> None:
        self.__dict__["steps"].append((done, total, saying))
        if done == 1 and self.__dict__["then"]:
            self.__dict__["then"]()


@pytest.fixture
def day(make: Any, sqlite: Database, new_day: Any) -> Any:
    day = new_day(make, sqlite, people=4, topics_from=TopicsFrom.EVERYBODY)
    make.add(HallTable(event_id=day.event.id, number=9, seats=6, for_topics=True))
    host, *others = (one.person_id for one in day.people[1:])
    soil = TableTopic(
        event_id=day.event.id, host_id=host, title="Soil at scale", about="Cores", state=TopicState.ACCEPTED
    )
    make.add(soil)
    make.add(*(TopicStar(topic_id=soil.id, person_id=one) for one in others))
    day.change(day.people[0], step_free=True, access_needs="A hearing loop", diet="No nuts")
    return day


@pytest.fixture
def work(day: Any, sqlite: Database) -> NotedWork:
    details = {"plan": day.plan().public_id, "labels_at": "https://matchmaker.example/labels/"}
    return NotedWork(sqlite, from_environment({}), 1, day.event.id, None, details)


def kept(database: Database) -> dict[str, bytes]:
    with database.reading() as session:
        return {one.name.partition("-plan-")[0]: one.content for one in session.scalars(select(File))}


def test_one_pdf_has_all_sheets_and_the_zip_each_kind_and_the_plan(
    sqlite: Database, day: Any, make: Any, work: NotedWork
) -> None:
    make.contribution(day.people[0].person, make.dataset("River levels"))
    steps: list[tuple[int, int, str]] = []
    print_all_sheets(work.noting(steps))
    found = kept(sqlite)
    with zipfile.ZipFile(io.BytesIO(found["everything-zip"])) as packed:
        names = packed.namelist()
        assert packed.read("00-everything.pdf") == found["everything"]
        single = {name: pages(packed.read(name)) for name in names if name.endswith(".pdf")}
    assert sorted(names) == [
        "00-everything.pdf", "01-slips.pdf", "02-cards.pdf", "03-topic-cards.pdf", "04-list.pdf", "05-badges.pdf",
        "06-roll-call.pdf", "07-run-sheet.pdf", "08-caterer.pdf", "09-blank-slips.pdf", "10-tags.pdf",
        "11-badge-labels.pdf", "plan.xlsx",
    ]  # fmt: skip
    bound = single.pop("00-everything.pdf")
    assert bound == sum(count for name, count in single.items() if name != "11-badge-labels.pdf")
    assert single["03-topic-cards.pdf"] == 1
    assert [done for done, _, _ in steps] == list(range(13))
    assert {total for _, total, _ in steps} == {13}
    assert steps[2][2] == "Laying out topic cards"


def test_what_people_need_is_in_no_file_of_everything(
    sqlite: Database, work: NotedWork, legible: Callable[[bytes], str]
) -> None:
    print_all_sheets(work.noting([]))
    found = kept(sqlite)
    for words in ("step-free table", "hearing loop", "nuts"):
        assert words not in legible(found["everything"])
    with zipfile.ZipFile(io.BytesIO(found["everything-zip"])) as packed:
        assert [one for one in packed.namelist() if "access" in one or "allergies" in one] == []


def test_somebody_erased_while_the_sheets_are_laid_out_is_in_no_kept_file(
    sqlite: Database, day: Any, work: NotedWork
) -> None:
    def erase() -> None:
        with sqlite.writing() as session:
            person = session.get_one(Person, day.people[0].person_id)
            erase_people.erase_person(session, person, keep_thanks=False)

    with pytest.raises(JobRefused, match="changed while they were laid out"):
        print_all_sheets(work.noting([], erase))
    assert kept(sqlite) == {}
