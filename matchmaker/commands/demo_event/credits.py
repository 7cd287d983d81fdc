"""What the demo's people did for datasets, what they do with them, and what they are thanked for."""

from typing import Any

from matchmaker.commands.demo_event.content import moment, read, stable_id
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

STRENGTH = list(UseKind).index
"""Who uses a dataset and is stuck on it is stuck on it."""
Credits = dict[tuple[int, int, str], Contribution]
"""Contributions by person, dataset and role."""


def load_work(session: Session, people: dict[str, Person], catalogue: dict[str, Dataset]) -> Credits:
    """Write what people did for datasets and what they do with them; return the credits."""
    credits: Credits = {}
    for one in read("people"):
        person = people[one["key"]]
        uses: dict[int, UseKind] = {}
        for link in one["datasets"]:
            dataset = catalogue[link["dataset"]]
            if "use" in link:
                uses[dataset.id] = max(uses.get(dataset.id, UseKind.USES), UseKind(link["use"]), key=STRENGTH)
                continue
            credits[person.id, dataset.id, link["role"]] = _contribution(
                person,
                dataset,
                link["role"],
                ContributionState.CLAIMED,
                declared_by_id=person.id,
                note=link.get("note", ""),
                first_year=link.get("first_year"),
                last_year=link.get("last_year"),
            )
        session.add_all(
            Use(person_id=person.id, dataset_id=dataset_id, kind=kind) for dataset_id, kind in uses.items()
        )
    session.add_all(credits.values())
    session.flush()
    return credits


def _contribution(
    person: Person, dataset: Dataset, role: str, state: ContributionState, **columns: Any
) -> Contribution:
    key = f"{person.public_id} {dataset.source_id} {role}"
    return Contribution(
        public_id=stable_id("contribution", key),
        person_id=person.id,
        dataset_id=dataset.id,
        role=role,
        state=state,
        **columns,
    )


def load_thanks(
    session: Session,
    event: Event,
    people: dict[str, Person],
    catalogue: dict[str, Dataset],
    credits: Credits,
) -> None:
    """Write the thanks; an accepted one means that the receiver agreed to the credit as well."""
    for number, one in enumerate(read("endorsements")):
        giver, receiver = people[one["giver"]], people[one["receiver"]]
        dataset, state = catalogue[one["dataset"]], EndorsementState(one["state"])
        accepted = state is EndorsementState.ACCEPTED
        key = (receiver.id, dataset.id, one["role"])
        if key not in credits:
            contribution = _contribution(
                receiver, dataset, one["role"], ContributionState.AWAITING, declared_by_id=giver.id
            )
            session.add(contribution)
            session.flush()
            credits[key] = contribution
        if accepted:
            credits[key].state = ContributionState.ACCEPTED
            session.flush()
        session.add(
            Endorsement(
                public_id=stable_id("endorsement", str(number)),
                event_id=event.id,
                giver_id=giver.id,
                contribution_id=credits[key].id,
                receiver_id=receiver.id,
                dataset_id=dataset.id,
                role=one["role"],
                sentence=one["sentence"],
                relation=one["relation"],
                evidence_url=one.get("evidence_url", ""),
                state=state,
                created_at=moment(event, number),
                changed_at=moment(event, number),
            )
        )
    session.flush()
