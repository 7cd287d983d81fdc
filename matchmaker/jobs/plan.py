"""The job "plan": plan all meetings of an event and keep them as a draft."""

from datetime import UTC, datetime

from matchmaker.jobs.meaning import remembered
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services import planning
from matchmaker.services.continuing import Way
from matchmaker.store.base import JsonObject


def make_plan(work: Work) -> JsonObject:
    """Return the public id and the version of the plan that was made."""
    from matchmaker.services import solving  # noqa: PLC0415 - heavy: loads scikit-learn and the solver

    assert work.event_id is not None
    with work.reading() as session:
        inputs = planning.load(
            session,
            work.event_id,
            datetime.now(UTC),
            Way(work.details.get("way", Way.AFRESH)),
            unanswered=bool(work.details.get("unanswered")),
        )
    model = remembered(work, work.event_id, inputs.profiles, inputs.catalogue)
    try:
        solved = solving.solve(inputs, work.progress, meaning=model)
        with work.writing() as session:
            plan = planning.save(session, work.event_id, solved, work.asked_by_id)
    except solving.NothingToPlan as lacking:
        raise JobRefused(str(lacking)) from None
    except planning.PeopleGone:
        raise JobRefused(
            "Somebody left the event while the plan was being made, so it was not kept. Make the plan again."
        ) from None
    except solving.RuleBroken as broken:
        raise JobRefused(
            f"The plan that was found broke a rule, so it was not kept: {broken}. "
            "Please report this to whoever runs matchmaker for you."
        ) from broken
    return {"plan": plan.public_id, "version": plan.version}
