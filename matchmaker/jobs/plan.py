"""The job "plan": plan all meetings of an event and keep them as a draft."""

from datetime import UTC, datetime

from matchmaker.jobs import garbage
from matchmaker.jobs.meaning import remembered
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services import ask_for_work
from matchmaker.services.plans import kept_reviews, plan_versions
from matchmaker.services.plans.keep_meetings import MOST_PLACES, PlanningWay
from matchmaker.store.base import JsonObject


@garbage.left_lying()
def make_plan(work: Work) -> JsonObject:
    """Return the public id and the version of the plan that was made."""
    from matchmaker.services.plans import solve_plan  # noqa: PLC0415 - heavy: loads scikit-learn and the solver

    assert work.event_id is not None
    with work.reading() as session:
        inputs = plan_versions.load(
            session,
            work.event_id,
            datetime.now(UTC),
            PlanningWay(work.details.get("way", PlanningWay.AFRESH)),
            unanswered=bool(work.details.get("unanswered")),
        )
    model = remembered(work, work.event_id, inputs.profiles, inputs.catalogue)
    try:
        solved = solve_plan.solve(
            inputs,
            work.progress,
            meaning=model,
            places=int(work.details.get("places", MOST_PLACES)),
        )
        with work.writing() as session:
            plan = plan_versions.save(session, work.event_id, solved, work.asked_by_id)
            # Its page is what is opened next.
            work.asked.append(ask_for_work.ask(session, kept_reviews.KIND, work.event_id, None).id)
            return work.finish(session, {"plan": plan.public_id, "version": plan.version})
    except solve_plan.NothingToPlan as lacking:
        raise JobRefused(str(lacking)) from None
    except plan_versions.PeopleGone:
        raise JobRefused(
            "Somebody left the event while the plan was being made, so it was not kept. Make the plan again."
        ) from None
    except solve_plan.RuleBroken as broken:
        raise JobRefused(
            f"The plan that was found broke a rule, so it was not kept: {broken}. "
            "Please report this to whoever runs matchmaker for you."
        ) from broken
