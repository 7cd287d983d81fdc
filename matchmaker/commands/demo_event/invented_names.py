"""The demo's people without an account, a team, and one report, as an organiser finds them in the morning."""

from datetime import timedelta

from matchmaker.commands.demo_event.content import moment, stable_id
from matchmaker.recognition.states import EndorsementState
from matchmaker.services.credits.claim_credits import code_hash
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import datasets
from matchmaker.store.credits import endorsements
from matchmaker.store.credits.moderation import Report
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.people import people
from matchmaker.store.session import Session

NAMED = (
    ("Marjorie Penhallow", "Environment Agency (retired)", "marjorie@example.org", "collected", False),
    ("Ffion Trahaearn", "Natural Resources Wales", "", "documented", False),
    ("Regional Sampling Team, South West", "Environment Agency", "", "checked", True),
)
"""Invented: name, organisation, address, role, whether it is a team."""
OUTFALLS = "55b8eaa8-60df-48a8-929a-060891b7a109"
REASON = "The sentence is about the map on top of it, not about this dataset."


def load_names(session: Session, event: Event, secret_key: str) -> None:
    """Write who was named without an account for one dataset, and a report of one accepted thanks."""
    namer = people.by_public_id(session, stable_id("person", "tom-hesketh"))
    reporter = people.by_public_id(session, stable_id("person", "ines-carvalho"))
    dataset = datasets.by_public_id(session, stable_id("dataset", OUTFALLS))
    assert namer is not None
    assert reporter is not None
    assert dataset is not None
    at = moment(event, 0, days=4)
    for number, (name, organisation, email, role, is_team) in enumerate(NAMED):
        public_id = f"demo-unclaimed-{number}"
        session.add(
            UnclaimedCredit(
                public_id=public_id,
                event_id=event.id,
                dataset_id=dataset.id,
                role=role,
                is_team=is_team,
                name=name,
                organisation=organisation,
                name_key=normalised(f"{name} | {organisation}"),
                email=email,
                code_hash=code_hash(secret_key, public_id),
                named_by_id=namer.id,
                created_at=at + timedelta(minutes=number),
            )
        )
    given = next(
        one
        for one in endorsements.for_datasets(session, [dataset.id])
        if one.state is EndorsementState.ACCEPTED and reporter.id not in (one.giver_id, one.receiver_id)
    )
    session.add(
        Report(
            public_id="demo-report-1",
            event_id=event.id,
            reporter_id=reporter.id,
            endorsement_id=given.id,
            reason=REASON,
            created_at=at,
        )
    )
    session.flush()
