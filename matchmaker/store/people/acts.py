"""What somebody did for events and the catalogue: rows of others that say by whom they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from matchmaker.store.attendee_lists.imports import Import
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.moderation import ModerationAct
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.plans.plans import Plan

Row = TypeVar("Row", Contribution, Dataset, Import, ModerationAct, Plan, UnclaimedCredit)
OfEvent = TypeVar("OfEvent", Import, ModerationAct, Plan)
Who = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


@dataclass(frozen=True)
class Acts:
    """Lists that somebody imported, plans they made and decisions they took, each with the name of its event.

    `added` are datasets that no catalogue had, `named` those for which they named somebody else, with their datasets.
    """

    imports: Sequence[tuple[Import, str]]
    plans: Sequence[tuple[Plan, str]]
    decisions: Sequence[tuple[ModerationAct, str]]
    added: Sequence[Dataset]
    named: Sequence[Contribution | UnclaimedCredit]


def by_person(session: Session, person_id: int) -> Acts:
    """Return all that a person did so, each kind in its order: six queries."""
    asked = {"person": person_id}
    return Acts(
        [(one, name) for one, name in session.execute(_at_events(Import, Import.made_by_id), asked)],
        [(one, name) for one, name in session.execute(_at_events(Plan, Plan.made_by_id), asked)],
        [(one, name) for one, name in session.execute(_at_events(ModerationAct, ModerationAct.by_id), asked)],
        list(session.scalars(_by(Dataset, Dataset.added_by_id), asked)),
        [
            *session.scalars(_others_named(), asked),
            *session.scalars(_strangers_named(), asked),
        ],
    )


@cache
def _by(kind: type[Row], who: Who) -> Select[Row]:
    """Return the question for the rows of a kind that say so of a person: put together once, as are the others."""
    return select(kind).where(who == bindparam("person")).order_by(kind.id)


@cache
def _at_events(kind: type[OfEvent], who: Who) -> Select[OfEvent, str]:
    return _by(kind, who).join(Event, Event.id == kind.event_id).add_columns(Event.name)


@cache
def _others_named() -> Select[Contribution]:
    others = Contribution.person_id != bindparam("person")
    named = _by(Contribution, Contribution.declared_by_id).where(others)
    return named.options(joinedload(Contribution.dataset))


@cache
def _strangers_named() -> Select[UnclaimedCredit]:
    named = _by(UnclaimedCredit, UnclaimedCredit.named_by_id)
    return named.options(joinedload(UnclaimedCredit.dataset))
