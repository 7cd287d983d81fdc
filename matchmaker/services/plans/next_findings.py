"""Say what there is to say of the plan that could be made next: for how many, what it lacks, what would spoil it."""

from dataclasses import asdict, dataclass

from matchmaker.services.plans import plan_versions, plan_warnings
from matchmaker.services.plans.hall import gather, planned_for
from matchmaker.services.plans.plan_findings import listed
from matchmaker.services.plans.plan_versions import Lack
from matchmaker.services.plans.review_plan import Review
from matchmaker.store.base import JsonObject
from matchmaker.store.people.comers import Comer, comers
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session


@dataclass(frozen=True)
class NextFindings:
    """What is found for the next plan; `lacking` says why none can be made, if so.

    `silent` are people who were invited and have said neither yes nor no, as names, and `warnings` sentences: the
    first, and how many there are. It is for the silent too if the newest version is; `with_silent` says that a plan
    could be made if it were for them, and cannot without. `newest` is `as_newest` of that version.
    """

    lacking: tuple[Lack, ...]
    warnings: JsonObject
    people: int
    silent: JsonObject
    rounds: int
    tables: int
    with_silent: bool
    newest: tuple[int, bool] | None


def as_json(found: NextFindings) -> JsonObject:
    """Return findings as they are kept."""
    return asdict(found)


def from_json(kept: JsonObject) -> NextFindings:
    """Return findings that were kept."""
    newest = kept["newest"]
    lacking = tuple(Lack(**one) for one in kept["lacking"])
    return NextFindings(**{**kept, "lacking": lacking, "newest": newest and (newest[0], newest[1])})


def as_newest(plan: Plan | None) -> tuple[int, bool] | None:
    """Return what the next plan takes from the newest version: which it is, and whether it is for the silent, too."""
    return (plan.id, plan.unanswered) if plan else None


def find(session: Session, event_id: int, seen: Review | None = None) -> NextFindings:
    """Work out what there is to say of an event's next plan as things stand. O(people).

    What is read already for a version that was just `seen` is not read again.
    """
    newest = plans.latest(session, event_id)
    asked = newest is not None and newest.unanswered
    all_ = seen.comers if seen else comers(session, event_id)
    everybody = planned_for(all_, unanswered=True)
    absent = sum(row.presence is Presence.ABSENT for row in all_)
    planned = [row for row in everybody if asked or not _silent(row)]
    known = seen if seen and {row.person_id for row in planned} == seen.hall.there.keys() else None
    hall = known.hall if known else gather(session, event_id, planned)
    lacking = plan_versions.missing(hall, absent)
    with_silent = bool(lacking) and not plan_versions.missing(gather(session, event_id, everybody), absent)
    if with_silent:
        words = "Wait for their answers, or mark people as coming. Or plan in those who have not answered."
        lacking = (Lack("people", "Too few people have said that they come", words),)
    return NextFindings(
        lacking=lacking,
        warnings=listed(
            plan_warnings.tables_warnings(known) if known else plan_warnings.hall_warnings(hall, planned)
        ),
        people=len(hall.there),
        silent=listed([row.name for row in everybody if _silent(row)]),
        rounds=len(hall.rounds),
        tables=len(hall.tables),
        with_silent=with_silent,
        newest=as_newest(newest),
    )


def _silent(row: Comer) -> bool:
    """Whether somebody was invited and has said neither yes nor no."""
    return row.presence is not Presence.HERE and row.state is RegistrationState.INVITED
