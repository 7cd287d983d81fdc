"""The chapter of somebody's copy about what they did for events and the catalogue: roles, lists, plans, decisions."""

from collections.abc import Iterator

from matchmaker.documents.people.own_data import Value
from matchmaker.services.credits import build_labels
from matchmaker.store.event import event_roles
from matchmaker.store.people import acts
from matchmaker.store.session import Session


def own_acts(session: Session, person_id: int) -> Iterator[dict[str, Value]]:
    """Yield what a person did, kind by kind; whom they named for a dataset stays out, and so what became of it."""
    for event, role in event_roles.roles_of(session, person_id):
        yield {"event": event.name, "you_are": role.value}
    found = acts.by_person(session, person_id)
    for list_, name in found.imports:
        yield {"event": name, "imported": list_.file_name, "at": list_.made_at}
    for plan, name in found.plans:
        yield {"event": name, "made_plan": str(plan.version), "at": plan.made_at}
    for act, name in found.decisions:
        yield {"event": name, "decided": act.kind.value, "reason": act.reason, "at": act.at}
    for dataset in found.added:
        yield {"added_the_dataset": dataset.title}
    for one in found.named:
        role_of = build_labels.role_in_words(one.role, one.role_text)
        yield {"named_somebody_for": one.dataset.title, "role": role_of, "at": one.created_at}
