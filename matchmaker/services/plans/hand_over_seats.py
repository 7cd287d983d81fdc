"""Let whoever was on the list twice keep the places of both entries, when these become one.

The person was told of the meetings of both, and so was whom they meet: so the entry that stays takes each place of
the other that is free for them and breaks no rule of the plan, in the published plan and in the newest draft. What
they must not have as things stand, such as a meeting with somebody kept apart, is off as it is for everybody.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem import json_text
from matchmaker.scheduling.problem.one_person import as_one
from matchmaker.scheduling.problem.plan import Plan as Solution
from matchmaker.scheduling.problem.plan import PlanError
from matchmaker.scheduling.problem.problem import Problem, ProblemError
from matchmaker.services.plans import place_topics
from matchmaker.services.plans.kept_solution import kept_problem, kept_solution
from matchmaker.services.plans.passed_check import note_passed
from matchmaker.services.plans.unmet_wishes import note_prices
from matchmaker.store.event import events
from matchmaker.store.plans import handed_over, planned_people
from matchmaker.store.plans import talks as talk_rows
from matchmaker.store.plans.new_meetings import NewMeeting
from matchmaker.store.plans.planned_people import PlannedPerson
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.plans.sittings import Sat, sittings
from matchmaker.store.plans.talks import Talk
from matchmaker.store.session import Session


@dataclass(frozen=True)
class HandedOver:
    """A plan in which one has taken places of the other: its problem and proof, and in which of its rounds.

    `lost` is how many places of the one who goes are taken out of it.
    """

    problem: Problem
    solution: Solution
    rounds: frozenset[int]
    lost: int


@dataclass(frozen=True)
class PlacesMoved:
    """How many places in the plan pass to the entry that stays, and how many are taken out."""

    kept: int = 0
    dropped: int = 0


def lock(session: Session, gone_id: int) -> None:
    """Let nobody else change the plans in which somebody has a place until the transaction ends."""
    for event_id in sorted({one.event_id for one in handed_over.current(session, gone_id)}):
        events.lock(session, event_id)


def preview(session: Session, event_id: int, keep_id: int, gone_id: int) -> PlacesMoved:
    """Return what `hand_over` would do in the plan that people read, or in the newest where none is published."""
    for plan in handed_over.current(session, gone_id, event_id)[:1]:
        sat, talks = sittings(session, plan.id), talk_rows.of_plan(session, plan.id)
        places = [one.round_number for one in sat if gone_id in one.people]
        places += [one.round_number for one in talks if _has_seat(one, gone_id)]
        found = _work_out(plan, sat, talks, str(gone_id), str(keep_id))
        lost = found.lost if found else len(places)
        return PlacesMoved(len(places) - lost, lost)
    return PlacesMoved()


def hand_over(session: Session, keep_id: int, gone_id: int) -> None:
    """Give the places of one to the other where that keeps every rule of the plan. Call it while both are known.

    A place that is not handed over goes with the one who had it; a topic they were to host there is off.
    """
    lock(session, gone_id)
    for plan in handed_over.current(session, gone_id):
        session.refresh(plan)
        sat, talks = sittings(session, plan.id), talk_rows.of_plan(session, plan.id)
        found = _work_out(plan, sat, talks, str(gone_id), str(keep_id))
        if found is not None:
            _keep(session, plan, sat, talks, found, gone_id, keep_id)


def _work_out(plan: Plan, sat: list[Sat], talks: list[Talk], gone: str, keep: str) -> HandedOver | None:
    """Return the plan with as many places handed over as can be; None where it cannot be proven any more."""
    try:
        problem, solution = kept_problem(plan), kept_solution(plan, sat, talks)
    except (PlanError, ProblemError):
        return None
    busy = {number for number, people in _places(solution) if keep in people}
    free = [one for one in solution.meetings if gone in one.people and one.round not in busy]
    open_talks = [one.round for one in solution.talks if gone in one.people and one.round not in busy]
    every = frozenset([*open_talks, *(one.round for one in free)])
    if (found := _tried(problem, solution, gone, keep, every)) is not None:
        return found
    taken: frozenset[int] = frozenset()
    # Two who meet for two rounds in a row do so in both or in none.
    for _, some in groupby(
        sorted(free, key=lambda one: (sorted(one.people), one.round)), key=lambda one: one.people
    ):
        more = taken | {one.round for one in some}
        taken = more if _tried(problem, solution, gone, keep, more) else taken
    for number in open_talks:
        taken = taken | {number} if _tried(problem, solution, gone, keep, taken | {number}) else taken
    return _tried(problem, solution, gone, keep, taken)


def _tried(
    problem: Problem, solution: Solution, gone: str, keep: str, rounds: frozenset[int]
) -> HandedOver | None:
    """Return the plan in which one has the places of the other in these rounds; None if that breaks a rule."""
    from matchmaker.scheduling.appraise import appraise  # noqa: PLC0415 - heavy: loads the solver

    def people(number: int, some: tuple[str, ...]) -> tuple[str, ...]:
        now = (keep if one == gone and number in rounds else one for one in some)
        return tuple(sorted(one for one in now if one != gone))

    hosted = {one.id for one in problem.topics if gone in one.hosts}
    meetings = [replace(one, people=people(one.round, one.people)) for one in solution.meetings]
    talks = [replace(one, people=people(one.round, one.people)) for one in solution.talks]
    planned = Solution(
        tuple(one for one in meetings if len(one.people) > 1),
        solution.certificate,
        talks=tuple(one for one in talks if one.topic not in hosted or keep in one.people),
    )
    try:
        joined = as_one(problem, gone, keep, planned)
        appraised = appraise(joined, planned.meetings, talks=planned.talks)
    except (ProblemError, KeyError):
        return None
    had = [(number, people) for number, people in _places(solution) if gone in people]
    lost = sum(number not in rounds and (keep not in people or len(people) < 3) for number, people in had)
    return None if check(joined, appraised) else HandedOver(joined, appraised, rounds, lost)


def _places(solution: Solution) -> list[tuple[int, tuple[str, ...]]]:
    """Return the round and the people of each meeting and talk."""
    meetings = [(one.round, one.people) for one in solution.meetings]
    return meetings + [(one.round, one.people) for one in solution.talks]


def _keep(
    session: Session,
    plan: Plan,
    sat: list[Sat],
    talks: list[Talk],
    found: HandedOver,
    gone_id: int,
    keep_id: int,
) -> None:
    numbers = {plan.rounds[one - 1] for one in found.rounds}
    mine = [one.id for one in sat if gone_id in one.people and one.round_number in numbers]
    handed_over.give(session, plan, gone_id, keep_id, mine, numbers)
    ended = [
        one.id
        for one in talks
        if one.topic.host_id == gone_id and one.round_number not in numbers and not _has_seat(one, keep_id)
    ]
    handed_over.end_talks(session, plan, ended)
    plan.problem = json_text.problem_to_object(found.problem)
    plan.certificate = json_text.certificate_to_object(found.solution.certificate)
    handed_over.note_scores(session, dict(_scores(plan, sat, found.solution)))
    _note_people(session, plan, sat, mine, gone_id, keep_id)
    note_prices(plan, found.problem, found.solution)
    kept = sittings(session, plan.id)
    meetings = [
        NewMeeting(one.round_number, one.table_number, one.people, one.score, [], one.locked) for one in kept
    ]
    note_passed(plan, meetings, place_topics.as_kept(found.solution.talks, tuple(plan.rounds)))
    if plan.state is PlanState.DRAFT:
        plan.revision += 1
        plan.printed = {}
    session.flush()


def _note_people(
    session: Session, plan: Plan, sat: list[Sat], mine: Collection[int], gone_id: int, keep_id: int
) -> None:
    """Write beside a plan whom it is for now; whoever lost a partner sits alone until the plan is made again."""
    was = handed_over.planned(session, plan, gone_id)
    introduced = {
        (min(pair), max(pair))
        for one in plan.introduced
        if len(pair := {keep_id if person == gone_id else person for person in one}) > 1
    }
    alone = any(gone_id in one.people and one.id not in mine and len(one.people) < 3 for one in sat)
    rounds = (was.last_round, was.rounds) if was else (None, None)
    planned_people.note(session, plan, sorted(introduced))
    if was is not None:
        session.expunge(was)
    if was is not None and alone:
        last, there = rounds
        session.add(PlannedPerson(plan_id=plan.id, person_id=gone_id, last_round=last, rounds=there))
    session.flush()


def _scores(plan: Plan, sat: Iterable[Sat], solution: Solution) -> Iterator[tuple[int, float]]:
    """Yield the scores that are others now, by the id of the meeting."""
    now = {(plan.rounds[one.round - 1], plan.tables[one.table - 1]): one.score for one in solution.meetings}
    for one in sat:
        score = now.get((one.round_number, one.table_number), one.score)
        if score != one.score:
            yield one.id, score


def _has_seat(talk: Talk, person_id: int) -> bool:
    return any(seat.person_id == person_id for seat in talk.seats)
