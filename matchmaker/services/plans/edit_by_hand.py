"""Editing a plan by hand: a published plan is copied into a draft first, and every change is checked as it is made.

When somebody goes on with a draft, meetings that are no longer possible (a person is now absent, say) are left out,
and the page says so. The draft that is
kept always passes the checker; a change that would not is refused, and nothing of it is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from matchmaker.scheduling.problem import json_text
from matchmaker.scheduling.problem.plan import Meeting as Planned
from matchmaker.services.plans import change_meetings, place_topics, plan_versions
from matchmaker.services.plans.change_meetings import Act, Sitting, Sittings
from matchmaker.services.plans.hall import Hall, Pair, coming, gather, ordered
from matchmaker.services.plans.keep_meetings import Before, Day, as_it_was, holds, locked_meetings, read_past
from matchmaker.services.plans.passed_check import note_passed
from matchmaker.services.plans.place_topics import HeldTalk
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.shown_round import ShownRound
from matchmaker.services.plans.unmet_wishes import note_prices
from matchmaker.services.plans.weigh_meetings import weigh
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people.comers import named
from matchmaker.store.plans import new_meetings, plan_reviews, planned_people, plans
from matchmaker.store.plans import talks as talk_rows
from matchmaker.store.plans.new_meetings import NewMeeting
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.plans.sittings import Sat, reasons, sittings
from matchmaker.store.session import Session


@dataclass(frozen=True)
class LaidOutPlan:
    """A plan laid out for changing: its meetings that still hold, the rules as they stand, and what was left out.

    `talks` stay as they are, with who can still be there; those that `ended` cannot be held.
    """

    hall: Hall
    before: Before
    day: Sittings
    left_out: Sittings
    names: Mapping[int, str]
    talks: tuple[HeldTalk, ...] = ()
    ended: tuple[HeldTalk, ...] = ()


def lay_out(session: Session, event: Event, plan: Plan, at: datetime) -> LaidOutPlan:
    """Read a plan for changing. A fixed number of queries."""
    before = read_past(session, event, at)
    hall = as_it_was(gather(session, event.id, coming(session, event.id, unanswered=plan.unanswered)), before)
    everything = _as_held(sittings(session, plan.id))
    planned = place_topics.held(session, plan.id)
    talks = place_topics.still_held(
        planned, hall.places, hall.there, hall.suits_topics, hall.excluded | hall.declined
    )
    bearable = _bearable(hall, before, everything)
    day = tuple(one for one in everything if one in bearable)
    ids = {person for one in everything for person in one.people} | hall.there.keys()
    names = {one.id: one.name for one in named(session, ids, event.id).values()}
    left_out = tuple(one for one in everything if one not in bearable)
    places = {(one.round, one.table) for one in talks}
    ended = tuple(one for one in planned if (one.round, one.table) not in places)
    return LaidOutPlan(hall, before, day, left_out, names, talks, ended)


def left_out(session: Session, seen: Review, at: datetime) -> set[tuple[int, int]]:
    """Return round and table of the meetings that `lay_out` leaves out, without reading what is read already."""
    before = read_past(session, seen.event, at)
    everything = _as_held(seen.sat)
    bearable = _bearable(as_it_was(seen.hall, before), before, everything)
    return {one.place for one in everything if one not in bearable}


def _as_held(sat: Iterable[Sat]) -> Sittings:
    return tuple(map(_sitting, sat))


def _bearable(hall: Hall, before: Before, everything: Sittings) -> set[Sitting]:
    """Return the meetings that keep every rule as things stand, and all limits together."""
    # What stays where a limit is newer than the plan: the past first, then what is locked, then in order.
    first = sorted(everything, key=lambda one: (one.round not in before.past, not one.locked, one.place))
    return set(Day(hall).add_within_limits(one for one in first if holds(hall, one)))


def copy(
    session: Session, event: Event, plan: Plan, made_by_id: int | None, at: datetime
) -> tuple[Plan, list[str]]:
    """Make a draft with the meetings of a plan; return it, and what was left out of it, in sentences.

    Who presses twice gets one: a newest version that is such a draft of theirs, and that nobody has changed, is it.
    """
    events.lock(session, event.id)
    desk = lay_out(session, event, plan, at)
    newest = plans.latest(session, event.id)
    if made_by_id and newest and newest.made_by_id == made_by_id and _is_copy(session, newest, plan, desk):
        return newest, _told(desk)
    draft = Plan(
        event_id=event.id,
        version=plans.next_version(session, event.id),
        problem={},
        certificate={},
        fixed_rounds=list(plan.fixed_rounds),
        unanswered=plan.unanswered,
        made_by_id=made_by_id,
        revision=0,
    )
    session.add(draft)
    session.flush()
    _keep(session, draft, plan, desk, desk.day, at)
    return draft, _told(desk)


def _is_copy(session: Session, draft: Plan, plan: Plan, desk: LaidOutPlan) -> bool:
    """Whether a version is a draft with the meetings of this plan, as they can be kept, and was never changed."""
    return (
        draft.state is PlanState.DRAFT
        and draft.revision == 1
        and (draft.fixed_rounds, draft.unanswered) == (plan.fixed_rounds, plan.unanswered)
        and {_sitting(one) for one in sittings(session, draft.id)} == {*desk.day}
        and {*place_topics.held(session, draft.id)} == {*desk.talks}
    )


def edit(
    session: Session,
    event: Event,
    plan: Plan,
    revision: str,
    act: Act,
    at: datetime,
    shown: ShownRound | None = None,
) -> list[str]:
    """Change a draft; return what follows from the change, in sentences.

    `revision` is the state of the draft on the organiser's page, and `shown` the round there. What somebody has
    changed since stands beside this change: raises plan_versions.EditedMeanwhile if it is not known what the page
    showed, and Refused, with a sentence, if the change would touch it, or if a rule does not allow the change.
    """
    events.lock(session, event.id)
    session.refresh(plan)
    as_seen = str(plan.revision) == revision
    if plan.state is not PlanState.DRAFT or not (as_seen or shown):
        raise plan_versions.EditedMeanwhile
    desk = lay_out(session, event, plan, at)
    day = act(desk.day)
    if shown and not as_seen:
        _refuse_unseen(desk, shown, {*day} ^ {*desk.day})
    was = {*desk.day}
    changed = [one for one in day if one not in was]
    for one in {*day} ^ was:
        if one.round in desk.before.past:
            raise Refused(f"Round {one.round} has begun, so it stays as it is.")
    for one in changed:
        if words := change_meetings.objection(desk.hall, day, one, desk.names, desk.talks):
            raise Refused(f"{words} Nothing was changed.")
    _keep(session, plan, plan, desk, day, at)
    return _told(desk) + change_meetings.consequences(desk.day, day, desk.hall.introduced, desk.names)


def _refuse_unseen(desk: LaidOutPlan, shown: ShownRound, touched: set[Sitting]) -> None:
    """Raise Refused if a table of the round that a change touches is not as it was shown."""
    now = {one.place: one for one in desk.day}
    for number, table in sorted({one.place for one in touched if one.round == shown.number}):
        one = now.get((number, table))
        if not shown.has(table, one):
            who = " and ".join(desk.names[x] for x in one.people) if one else "nobody"
            raise Refused(
                f"Somebody has changed table {table} in round {number} since you opened the page, and their change "
                f"stands. It has {who} now{', locked' if one and one.locked else ''}. Look, then make yours again if "
                "you still want it."
            )


def fix_round(session: Session, event: Event, plan: Plan, number: int, *, fixed: bool) -> None:
    """Mark a round of a draft as fixed: no later run plans anything new in it; or take that back."""
    events.lock(session, event.id)
    session.refresh(plan, ["fixed_rounds", "revision"])
    rounds = {*plan.fixed_rounds, number} if fixed else {*plan.fixed_rounds} - {number}
    sound = plan_reviews.sound(session, plan)
    plan.fixed_rounds = sorted(rounds)
    plan.revision += 1
    plan.printed = {}
    session.flush()
    if sound:
        plan_reviews.note_sound(session, plan, sound)


def _told(desk: LaidOutPlan) -> list[str]:
    return [
        f"Round {one.round}, table {one.table} was left out, because it cannot take place: "
        f"{' and '.join(desk.names[x] for x in one.people if x in desk.names)}."
        for one in desk.left_out
    ] + [
        f"Round {one.round}, table {one.table} was left out, because its topic cannot be held."
        for one in desk.ended
    ]


def _sitting(meeting: Sat) -> Sitting:
    return Sitting(meeting.round_number, meeting.table_number, meeting.people, meeting.locked)


def _keep(session: Session, plan: Plan, source: Plan, desk: LaidOutPlan, day: Sittings, at: datetime) -> None:
    """Keep these meetings as the plan's, with their proof. Raises Refused if the checker finds fault with them."""
    from matchmaker.scheduling.appraise import appraise  # noqa: PLC0415 - heavy: loads the solver
    from matchmaker.scheduling.checker.check import check  # noqa: PLC0415

    hall = desk.hall
    told = reasons(session, source.id)
    known = {frozenset(one.people): told[one.id] for one in sittings(session, source.id)}
    listed = {ordered(int(a), int(b)): score for a, b, score in source.problem["pairs"]}
    new = [one.people for one in day if frozenset(one.people) not in known]
    weighed = weigh(session, plan.event_id, new, listed)
    scores = _scores({**listed, **weighed.scores}, hall, day)
    locked = [one for one in day if one.locked and one.round not in desk.before.past]
    problem = replace(
        hall.problem((str(a), str(b), score) for (a, b), score in sorted(scores.items())),
        locked=hall.round_places(frozenset(plan.fixed_rounds) | desk.before.past),
        locked_meetings=locked_meetings(hall, locked),
    )
    round_at = {number: place for place, number in enumerate(hall.rounds, start=1)}
    table_at = {number: place for place, number in enumerate(hall.tables, start=1)}
    solution = appraise(
        problem,
        (Planned(round_at[x.round], table_at[x.table], tuple(map(str, x.people)), 0.0) for x in day),
        talks=place_topics.as_planned(desk.talks, round_at),
    )
    if faults := check(problem, solution):
        raise Refused(f"This would break a rule of the plan ({faults[0].rule}). Nothing was changed.")
    plan.problem = json_text.problem_to_object(problem)
    plan.certificate = json_text.certificate_to_object(solution.certificate)
    plan.rounds, plan.tables = list(hall.rounds), list(hall.tables)
    score_at = {(one.round, one.table): one.score for one in solution.meetings}
    planned_people.note(session, plan, hall.introduced)
    new_meetings.remove_meetings(session, plan)
    meetings = [
        NewMeeting(
            one.round,
            one.table,
            one.people,
            score_at[round_at[one.round], table_at[one.table]],
            known.get(frozenset(one.people)) or weighed.why.get(frozenset(one.people), []),
            one.locked,
        )
        for one in day
    ]
    new_meetings.add_meetings(session, plan, meetings)
    held = place_topics.as_kept(solution.talks, hall.rounds)
    talk_rows.keep(session, plan, held)
    note_prices(plan, problem, solution)
    note_passed(plan, meetings, held)
    plan.revision += 1
    plan.printed = {}
    session.flush()
    plan_reviews.note_sound(session, plan, at)


def _scores(listed: Mapping[Pair, float], hall: Hall, day: Sittings) -> dict[Pair, float]:
    """Return the score of every pair who could meet; somebody without a profile counts nothing."""
    known = {pair: score for pair, score in listed.items() if hall.there.keys() >= {*pair}}
    return dict.fromkeys((pair for one in day for pair in one.pairs), 0.0) | known
