"""The job "what-if": work out what a change of the hall would give a plan, by solving it as it would then be."""

from dataclasses import dataclass

from matchmaker.jobs.lay_out import plan_of
from matchmaker.jobs.work import Work
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.services.plans.fewest_meetings import kind_in_short_supply
from matchmaker.store.base import JsonObject

MORE_TABLES = 3


@dataclass(frozen=True)
class HallChange:
    """A change of the hall to try: its name, the problem with it, and the kind of table that it adds."""

    name: str
    problem: Problem
    kind: str = ""


def ask_what_if(work: Work) -> JsonObject:
    """Return the plan, its revision and, for each change of the hall, what it gives: figures alone, no names."""
    from matchmaker.scheduling.what_if import what_if  # noqa: PLC0415 - heavy: loads the solver

    assert work.event_id is not None
    with work.reading() as session:
        reviewed = plan_of(work, session)
        problem, planned, revision = reviewed.problem, reviewed.solution, reviewed.plan.revision
        kind, people = kind_in_short_supply(reviewed)
    changes = _changes(problem, planned, kind, people)
    gains = []
    for step, change in enumerate(changes):
        work.progress(step, len(changes), "Planning the hall as it could be")
        gain = what_if(change.problem, planned)
        gains.append(
            {
                "change": change.name,
                "kind": change.kind,
                "wishes": gain.wishes,
                "fewest": gain.fewest_meetings,
                "sit_outs": -gain.double_sit_outs,
                "better": gain.total / planned.certificate.total if planned.certificate.total else 0.0,
                "stars": gain.stars,
                "no_better": gain.no_better,
            }
        )
    return {"plan": work.details["plan"], "revision": revision, "gains": gains}


def _changes(problem: Problem, planned: Plan, kind: str, people: frozenset[str]) -> list[HallChange]:
    """Return the changes worth trying: a kind of table first if it is short, then others, as far as they apply."""
    from matchmaker.scheduling import what_if  # noqa: PLC0415 - heavy: loads the solver

    found = []
    if kind and (with_one := what_if.marked(problem, people)) is not None:
        found.append(HallChange("kind", with_one, kind))
    if problem.topics and problem.corners:
        found.append(HallChange("corner", what_if.with_corner(problem)))
    found.append(HallChange("tables", what_if.widened(problem, tables=MORE_TABLES)))
    found.append(HallChange("round", what_if.widened(problem, rounds=1)))
    seated = sum(len(meeting.people) for meeting in planned.meetings)
    places = sum(len(problem.rounds) if one.rounds is None else len(one.rounds) for one in problem.people)
    if problem.trios is not True and seated < places:
        found.append(HallChange("trios", what_if.all_in_trios(problem)))
    in_a_row = any(rest.in_a_row is not None for rest in problem.rests.values())
    if in_a_row and (with_break := what_if.with_break(problem)) is not None:
        found.append(HallChange("break", with_break))
    return found
