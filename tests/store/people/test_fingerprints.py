"""A person's fingerprint is another whenever something changed that their profile is made of."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, update

from matchmaker.store.credits.contributions import Contribution, ContributionState, Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people import profiles
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind

CHANGES = {
    "when it was saved": (Registration, {"profile_saved_at": datetime(2026, 5, 4, tzinfo=UTC)}),
    "more words": (Registration, {"offers": "Longer"}),
    "the team": (Registration, {"team": "Peat"}),
    "where they work": (Person, {"organisation": "Fen Trust"}),
    "their name is not shown": (Person, {"show_name": False}),
    "what became of a credit": (Contribution, {"state": ContributionState.DECLINED}),
    "a credit is hidden": (Contribution, {"moderated": True}),
    "a credit is sealed": (Contribution, {"sealed_by_id": Event}),
    "a credit is gone": (Contribution, None),
    "the use": (Use, {"kind": UseKind.STUCK}),
    "no use": (Use, None),
    "the answer": (Answer, {"kind": AnswerKind.NOT_FOR_ME}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_a_profile_is_made_of_changes_the_fingerprint_of_that_person_alone(
    database: Database, maker: Any, name: str
) -> None:
    make = maker(database)
    event, dataset, people = make.event(), make.dataset("Soils"), [make.person(f"P{n}") for n in range(3)]
    for one, other in zip(people, (*people[1:], people[0]), strict=True):
        make.registration(event, one)
        make.contribution(one, dataset)
        make.answer(event, one, other, AnswerKind.KNOW)
        make.add(Use(person_id=one.id, dataset_id=dataset.id, kind=UseKind.USES))
    with database.reading() as session:
        before = profiles.fingerprints(session, event.id)
    assert before.keys() == {one.id for one in people}
    table, values = CHANGES[name]
    with database.writing() as session:
        whose = (table.id if table is Person else table.person_id) == people[1].id
        new = {column: event.id if value is Event else value for column, value in (values or {}).items()}
        session.execute(update(table).where(whose).values(**new) if new else delete(table).where(whose))
    with database.reading() as session:
        after = profiles.fingerprints(session, event.id)
    assert [before[one.id] == after[one.id] for one in people] == [True, False, True]
