"""What the page of datasets opens on: one's own, whom to thank for them, and what is most wanted."""

from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.credits.own_datasets import FirstLook, first_look
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind


@pytest.fixture
def hall(make: Any) -> Any:
    """Ada uses Rivers, which Ben cleared and Cat checked; she checked Tides, which Ben built something with."""

    class Hall:
        event = make.event("Data Together")
        ada = make.registration(event, make.person("Ada")).person
        ben = make.registration(event, make.person("Ben")).person
        cat = make.registration(event, make.person("Cat")).person
        rivers, tides, noise = make.dataset("Rivers"), make.dataset("Tides"), make.dataset("Noise")
        cleared = make.contribution(ben, rivers, "cleared")

    make.contribution(Hall.ada, Hall.tides, "checked", state=ContributionState.CLAIMED)
    make.contribution(Hall.ben, Hall.tides, "built")
    make.contribution(Hall.cat, Hall.rivers, "checked", state=ContributionState.CLAIMED)
    make.add(Use(person_id=Hall.ada.id, dataset_id=Hall.rivers.id, kind=UseKind.USES))
    # Noise: another dataset of Ben's, and somebody of another event who worked on Ada's.
    make.contribution(Hall.ben, Hall.noise, "backed")
    stranger = make.registration(make.event("Elsewhere"), make.person("Stranger")).person
    make.contribution(stranger, Hall.rivers, "published")
    return Hall


def look(database: Database, person: Person) -> FirstLook:
    with database.reading() as session:
        return first_look(session, session.get_one(Person, person.id))


def thanked(database: Database, person: Person) -> list[tuple[str, str, str]]:
    rows = look(database, person).to_thank
    return [(one.credit.person.name, one.credit.role, one.dataset.title) for one in rows]


def test_ones_own_are_what_one_made_and_what_one_uses(hall: Any, sqlite: Database) -> None:
    mine = look(sqlite, hall.ada).mine
    assert [(one.dataset.title, one.roles, one.use) for one in mine] == [
        ("Rivers", (), UseKind.USES),
        ("Tides", (("checked", ""),), None),
    ]


def test_a_naming_that_waits_for_ones_yes_or_was_declined_is_none_of_ones_own(
    hall: Any, make: Any, sqlite: Database
) -> None:
    for dataset, state in (
        (hall.noise, ContributionState.AWAITING),
        (hall.rivers, ContributionState.DECLINED),
    ):
        make.contribution(hall.cat, dataset, "backed", state=state)
    assert [one.dataset.title for one in look(sqlite, hall.cat).mine] == ["Rivers"]


def test_each_colleague_can_be_thanked_for_what_one_uses_first(hall: Any, sqlite: Database) -> None:
    assert thanked(sqlite, hall.ada) == [("Ben", "cleared", "Rivers"), ("Cat", "checked", "Rivers")]


def test_whom_one_has_thanked_for_it_is_left_for_something_else(
    hall: Any, make: Any, sqlite: Database
) -> None:
    make.endorsement(hall.event, hall.ada, hall.cleared, state=EndorsementState.AWAITING)
    assert thanked(sqlite, hall.ada) == [("Cat", "checked", "Rivers"), ("Ben", "built", "Tides")]


def test_nobody_is_shown_who_may_not_be_seen_or_hides_their_name(
    hall: Any, make: Any, sqlite: Database
) -> None:
    make.answer(hall.event, hall.ben, hall.ada, AnswerKind.BLOCK)
    shy = make.registration(hall.event, make.person("Shy", show_name=False)).person
    make.contribution(shy, hall.rivers, "curated")
    make.contribution(hall.cat, hall.tides, "curated", moderated=True)
    assert thanked(sqlite, hall.ada) == [("Cat", "checked", "Rivers")]


def test_the_most_wanted_without_a_name_come_first_and_what_nobody_uses_does_not(
    hall: Any, make: Any, sqlite: Database
) -> None:
    lost, maps, series = make.dataset("Lost"), make.dataset("Maps"), make.dataset("Surveys", is_series=True)
    members = [make.dataset(f"Survey {year}", series_id=series.id) for year in (2019, 2020)]
    make.dataset("Unused")
    said = make.dataset("Said")
    make.contribution(hall.ben, said, "built", state=ContributionState.CLAIMED)
    for person, dataset in (
        (hall.ada, maps), (hall.ben, maps), (hall.ada, lost), (hall.ada, members[0]), (hall.ben, members[0]),
        (hall.ada, said),
        (hall.cat, members[1]), (hall.cat, hall.rivers),
    ):  # fmt: skip
        make.add(Use(person_id=person.id, dataset_id=dataset.id, kind=UseKind.WANTS))
    wanted = look(sqlite, hall.cat).wanted
    assert [(one.title, one.wanted, one.datasets) for one in wanted if one.title != "Rivers"] == [
        ("Surveys", 3, 2), ("Maps", 2, 1), ("Lost", 1, 1),
    ]  # fmt: skip


def test_it_takes_as_many_queries_for_much_as_for_little(
    hall: Any, make: Any, sqlite: Database, queries: Any
) -> None:
    def asked() -> int:
        with queries() as sent:
            look(sqlite, hall.ada)
        return len(sent)

    few = asked()
    for number in range(3):
        dataset = make.dataset(f"More {number}")
        make.contribution(hall.ada, dataset, "built")
        make.contribution(make.registration(hall.event).person, dataset, "checked")
    assert asked() == few > 0
