"""What somebody did for events and datasets, in the copy of what is kept about them."""

from datetime import UTC, datetime
from typing import Any

from matchmaker.recognition.states import ContributionState
from matchmaker.services.people.copy_own_acts import own_acts
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.moderation import ActKind, ModerationAct
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Database

AT = datetime(2027, 1, 5, tzinfo=UTC)


def test_what_one_did_is_there_and_what_others_did_or_became_of_it_is_not(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, rivers, added = make.event("Data Together"), make.dataset("River Levels"), make.dataset("Weirs")
    ada, ben, cy = (make.registration(event, make.person(name)).person for name in ("Ada", "Ben", "Cy"))
    for number, (person, role) in enumerate(((ada, "checked"), (ben, "curated")), start=1):
        make.organiser(event, person)
        made = {"event_id": event.id, "made_by_id": person.id, "made_at": AT}
        make.add(
            Import(kind=ImportKind.ATTENDEES, file_name=f"list-{number}.csv", **made),
            Plan(version=number, problem={}, certificate={}, **made),
            ModerationAct(event_id=event.id, kind=ActKind.HIDDEN, by_id=person.id, reason=f"{number}", at=AT),
            Contribution(
                person_id=cy.id, dataset_id=rivers.id, role=role, state=ContributionState.DECLINED,
                declared_by_id=person.id, created_at=AT,
            ),
        )  # fmt: skip
    make.contribution(ada, rivers)
    with database.writing() as session:
        session.get_one(Dataset, added.id).added_by_id = ada.id
    with database.reading() as session:
        found = list(own_acts(session, ada.id))
    assert found == [
        {"event": "Data Together", "you_are": "organiser"},
        {"event": "Data Together", "imported": "list-1.csv", "at": AT},
        {"event": "Data Together", "made_plan": "1", "at": AT},
        {"event": "Data Together", "decided": "hidden", "reason": "1", "at": AT},
        {"added_the_dataset": "Weirs"},
        {"named_somebody_for": "River Levels", "role": "Checked its quality", "at": AT},
    ]
