"""What somebody did for events and the catalogue: rows of others that say by whom they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.store.attendee_lists.imports import Import
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.moderation import ModerationAct
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.plans.plans import Plan


@dataclass(frozen=True)
class Acts:
    """Lists that somebody imported, plans they made and decisions they took, each with the name of its event.

    `added` are datasets that no catalogue had, `named` datasets for which they named somebody else.
    """

    imports: Sequence[tuple[Import, str]]
    plans: Sequence[tuple[Plan, str]]
    decisions: Sequence[tuple[ModerationAct, str]]
    added: Sequence[Dataset]
    named: Sequence[Contribution | UnclaimedCredit]


def by_person(session: Session, person_id: int) -> Acts:
    """Return all that a person did so, each kind in its order: six queries."""
    imports = (
        select(Import, Event.name)
        .join(Event, Event.id == Import.event_id)
        .where(Import.made_by_id == person_id)
        .order_by(Import.id)
    )
    plans = (
        select(Plan, Event.name)
        .join(Event, Event.id == Plan.event_id)
        .where(Plan.made_by_id == person_id)
        .order_by(Plan.id)
    )
    decisions = (
        select(ModerationAct, Event.name)
        .join(Event, Event.id == ModerationAct.event_id)
        .where(ModerationAct.by_id == person_id)
        .order_by(ModerationAct.id)
    )
    added = select(Dataset).where(Dataset.added_by_id == person_id).order_by(Dataset.id)
    others = (
        select(Contribution)
        .where(Contribution.declared_by_id == person_id, Contribution.person_id != person_id)
        .order_by(Contribution.id)
    )
    strangers = (
        select(UnclaimedCredit).where(UnclaimedCredit.named_by_id == person_id).order_by(UnclaimedCredit.id)
    )
    return Acts(
        [(one, name) for one, name in session.execute(imports)],
        [(one, name) for one, name in session.execute(plans)],
        [(one, name) for one, name in session.execute(decisions)],
        list(session.scalars(added)),
        [*session.scalars(others), *session.scalars(strangers)],
    )
