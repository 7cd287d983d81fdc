"""Say what there is to say of the plan that could be made next: for how many, what it lacks, what would spoil it."""

from dataclasses import asdict, dataclass

from matchmaker.services.plans import plan_versions, plan_warnings
from matchmaker.services.plans.hall import coming, gather
from matchmaker.services.plans.plan_findings import listed
from matchmaker.store.base import JsonObject
from matchmaker.store.people.comers import Comer
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.session import Session


@dataclass(frozen=True)
class NextFindings:
    """What is found for the next plan; `lacking` says why none can be made, or "".

    `silent` are people who were invited and have said neither yes nor no, as names, and `warnings` sentences: the
    first, and how many there are. It is for the silent too if the newest version is.
    """

    lacking: str
    warnings: JsonObject
    people: int
    silent: JsonObject
    rounds: int
    tables: int


def as_json(found: NextFindings) -> JsonObject:
    """Return findings as they are kept."""
    return asdict(found)


def from_json(kept: JsonObject) -> NextFindings:
    """Return findings that were kept."""
    return NextFindings(**kept)


def find(session: Session, event_id: int) -> NextFindings:
    """Work out what there is to say of an event's next plan as things stand. O(people)."""
    newest = plans.latest(session, event_id)
    asked = newest is not None and newest.unanswered
    everybody = coming(session, event_id, unanswered=True)
    planned = [row for row in everybody if asked or not _silent(row)]
    hall = gather(session, event_id, planned)
    return NextFindings(
        lacking=plan_versions.missing(hall),
        warnings=listed(plan_warnings.hall_warnings(hall, planned)),
        people=len(hall.there),
        silent=listed([row.name for row in everybody if _silent(row)]),
        rounds=len(hall.rounds),
        tables=len(hall.tables),
    )


def _silent(row: Comer) -> bool:
    """Whether somebody was invited and has said neither yes nor no."""
    return row.presence is not Presence.HERE and row.state is RegistrationState.INVITED
