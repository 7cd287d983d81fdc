"""Which version of the plan a kind of paper was last made of: what people hold, and what a newer one makes stale."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session


def note(session: Session, plan: Plan, papers: Iterable[str], at: datetime) -> None:
    """Keep that these kinds of paper were made of a version."""
    plan.printed = {**plan.printed, **dict.fromkeys(papers, at.isoformat())}
    session.flush()


def last(session: Session, plan: Plan, paper: str) -> Plan | None:
    """Return the version published before `plan` of which this kind of paper was made last; None if of none.

    Nobody is given the paper of a draft before it is published, so no draft is returned. Changing one by hand forgets
    what was printed of it (`services.plans.edit_by_hand`).
    """
    earlier = select(Plan).where(Plan.event_id == plan.event_id, Plan.id != plan.id)
    if plan.published_at is None:
        earlier = earlier.where(Plan.published_at.is_not(None))
    else:
        earlier = earlier.where(Plan.published_at < plan.published_at)
    made = [one for one in session.scalars(earlier) if paper in one.printed]
    return max(made, key=lambda one: (datetime.fromisoformat(one.printed[paper]), one.version), default=None)


def before(session: Session, plan: Plan, paper: str) -> Plan | None:
    """Return the version whose paper `plan` makes stale: the last that was printed, else the one it replaces."""
    return last(session, plan, paper) or plans.replaced_by(session, plan)
