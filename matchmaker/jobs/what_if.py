"""The job "what-if": work out what more tables or another round would give a plan, by solving it as it would be."""

from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.plans.review_plan import kept_problem, kept_solution, review
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.plans import plans

MORE_TABLES, MORE_ROUNDS = 3, 1


def ask_what_if(work: Work) -> JsonObject:
    """Return the plan, its revision and, for each change of the hall, what it gives: figures alone, no names."""
    from matchmaker.scheduling.what_if import what_if  # noqa: PLC0415 - heavy: loads the solver

    assert work.event_id is not None
    with work.reading() as session:
        event = events.by_id(session, work.event_id)
        plan = plans.by_public_id(session, work.event_id, work.details["plan"])
        if event is None or plan is None:
            raise JobRefused("This plan is no longer there. Choose another version.")
        if review(session, event, plan).faults:
            raise JobRefused("This plan no longer passes its check. Make the plan again.")
        problem, planned, revision = kept_problem(plan), kept_solution(plan), plan.revision
    gains = []
    for step, (tables, rounds) in enumerate(((MORE_TABLES, 0), (0, MORE_ROUNDS))):
        work.progress(step, 2, "Planning with more tables" if tables else "Planning with one more round")
        gain = what_if(problem, planned, tables=tables, rounds=rounds)
        gains.append(
            {
                "tables": tables,
                "rounds": rounds,
                "wishes": gain.wishes,
                "fewest": gain.fewest_meetings,
                "sit_outs": -gain.double_sit_outs,
                "better": gain.total / planned.certificate.total if planned.certificate.total else 0.0,
            }
        )
    return {"plan": plan.public_id, "revision": revision, "gains": gains}
