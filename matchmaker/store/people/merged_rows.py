"""Merging: rows that point at one person are made to point at another.

What to do where both have a row that says the same is the caller's rule; these are the steps it is built from.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, delete, exists, func, or_, select, union, update
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from matchmaker.store.among import among
from matchmaker.store.attendee_lists.imports import Import
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.moderation import ModerationAct, Report
from matchmaker.store.credits.outcomes import StuckOutcome
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.people import guest_list
from matchmaker.store.people.basis import BasisRecord
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.people.sign_in_codes import MailedCode
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Session, plainly
from matchmaker.store.suggestions.suggestions import Suggestion

Column = InstrumentedAttribute[Any]

SIMPLE: tuple[Column, ...] = (
    Address.person_id,
    Contribution.declared_by_id,
    Dataset.added_by_id,
    Import.made_by_id,
    Job.asked_by_id,
    Mail.about_id,
    Mail.person_id,
    MailedCode.person_id,
    ModerationAct.by_id,
    StuckOutcome.helper_id,
    Plan.made_by_id,
    Report.reporter_id,
    TableTopic.host_id,
    UnclaimedCredit.agreed_by_id,
    UnclaimedCredit.claimed_by_id,
    UnclaimedCredit.named_by_id,
)
"""Columns that can be pointed at somebody else without a clash."""


def hold(session: Session, person_ids: Collection[int]) -> list[Person]:
    """Return these people as they are now, and let nobody else change them until the transaction ends."""
    query = select(Person).where(among(Person.id, person_ids)).order_by(Person.id)
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def rows(session: Session, column: Column, ids: Collection[int]) -> list[Any]:
    """Return the rows in whose `column` one of these ids stands, oldest first."""
    model = column.class_
    return list(session.scalars(select(model).where(among(column, ids)).order_by(model.id)))


def point(session: Session, column: Column, gone_id: int, keep_id: int) -> None:
    """Write `keep_id` wherever `gone_id` stands in a column."""
    session.execute(
        update(column.class_)
        .where(column == gone_id)
        .values({column: keep_id})
        .execution_options(synchronize_session=False)
    )


def move_basis(session: Session, gone_id: int, keep_id: int) -> None:
    """Give the record of the basis of one registration to another."""
    point(session, BasisRecord.registration_id, gone_id, keep_id)


Told = Contribution | Endorsement | UnclaimedCredit
_LOGGED = {Contribution: "contribution_id", Endorsement: "endorsement_id", UnclaimedCredit: "unclaimed_id"}


def move_log(session: Session, gone: Told, keep: Told) -> None:
    """Give the reports and the log of a credit or thanks that goes to the one that stays."""
    name = _LOGGED[type(gone)]
    for model in (Report, ModerationAct):
        point(session, getattr(model, name), gone.id, keep.id)


def thanks_between(session: Session, one_id: int, other_id: int) -> list[Endorsement]:
    """Return the thanks that two people gave each other."""
    return list(
        session.scalars(
            select(Endorsement)
            .where(
                or_(
                    and_(Endorsement.giver_id == one_id, Endorsement.receiver_id == other_id),
                    and_(Endorsement.giver_id == other_id, Endorsement.receiver_id == one_id),
                )
            )
            .order_by(Endorsement.id)
        )
    )


def forget(session: Session, person_id: int) -> None:
    """Remove a person and whatever is still theirs: suggestions too, seats, and the reasons for their meetings."""
    plans.forget_reasons(session, [person_id])
    session.execute(
        delete(Suggestion).where((Suggestion.person_id == person_id) | (Suggestion.other_id == person_id))
    )
    session.execute(delete(Person).where(Person.id == person_id))


def known_at(
    session: Session, event_id: int, named: Collection[str], query: str | None, most: int
) -> list[Person]:
    """Return people whom an event knows, registered there or named in a thanks given there, by name.

    Those whose public ids are `named`, and up to `most` others who match the words of `query`; all for None.
    """
    there, here = _known(), {"event": event_id}
    if query is None:
        return list(session.scalars(there.order_by(Person.name, Person.id), here))
    found = list(session.scalars(there.where(among(Person.public_id, named)), here)) if any(named) else []
    if words := guest_list.named(query):
        some = there.where(*words).order_by(Person.place_key, Person.id).limit(most)
        found += session.scalars(some, here)
    return sorted({one.id: one for one in found}.values(), key=lambda one: (one.name, one.id))


def more_known_at(session: Session, event_id: int, number: int) -> bool:
    """Return whether an event knows more people than so many; where more are registered, that is all it looks at."""
    asked = {"event": event_id, "most": number + 1}
    return any((plainly(session, one, asked).scalar() or 0) > number for one in _numbers_known())


@cache
def _numbers_known() -> tuple[Select[int], Select[int]]:
    """Return the questions how many an `event` has registered, up to `most`, and how many it knows."""
    here = bindparam("event", type_=Integer)
    registered = select(Registration.person_id).where(Registration.event_id == here)
    known = union(
        registered,
        select(Endorsement.receiver_id).where(Endorsement.event_id == here),
        select(Endorsement.giver_id).where(Endorsement.event_id == here),
    ).subquery()
    some = registered.limit(bindparam("most", type_=Integer)).subquery()
    return select(func.count(some.c[0])), select(func.count(known.c[0]))


@cache
def _known() -> Select[Person]:
    """Return the question for whom an `event` knows, which is asked of each who meets all other conditions."""
    here = bindparam("event", type_=Integer)
    known = or_(
        exists().where(Registration.event_id == here, Registration.person_id == Person.id),
        exists().where(Endorsement.event_id == here, Endorsement.receiver_id == Person.id),
        exists().where(Endorsement.event_id == here, Endorsement.giver_id == Person.id),
    )
    return select(Person).where(known).options(selectinload(Person.addresses))


def count(session: Session, column: Column, person_id: int) -> int:
    """Return in how many rows this person stands in a column."""
    return session.scalar(select(func.count()).where(column == person_id)) or 0
