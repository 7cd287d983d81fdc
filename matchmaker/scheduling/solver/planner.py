"""Plan all meetings of an event at once.

The order of goals: rules, wishes, fairness (the fewest meetings anybody has, then sit-outs), keeping apart,
mixing, the total score, few moves between tables, a gentle order. The steps, each a module of its own: settle what
must stay, choose the pairs, place them in rounds, fill what is left over, seat everybody, certify.
"""

from collections.abc import Callable, Sequence

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.attempts import Attempts
from matchmaker.scheduling.solver.bounds import bounds
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.certify import certify
from matchmaker.scheduling.solver.double import settle_doubles
from matchmaker.scheduling.solver.fewest import fewest_of
from matchmaker.scheduling.solver.fewest_at_topics import fewest_at_topics
from matchmaker.scheduling.solver.gentle import gently
from matchmaker.scheduling.solver.host import groups_of, seat_guests, settle_hosts
from matchmaker.scheduling.solver.keep import KeptCounts, keep_meetings, lock, settle_locked
from matchmaker.scheduling.solver.late import place_late
from matchmaker.scheduling.solver.left_to_choose import left_to_choose, possible
from matchmaker.scheduling.solver.make_room import make_room
from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.prices import priced
from matchmaker.scheduling.solver.seat import meetings_of
from matchmaker.scheduling.solver.stakes import Stakes, stakes
from matchmaker.scheduling.solver.talks import attend, pairs_at_talks, plan_talks
from matchmaker.scheduling.solver.timetable import Timetable, empty
from matchmaker.scheduling.solver.try_all import falls_short, tried_all

Progress = Callable[[int, int], None]
STEPS = 5


def plan(
    problem: Problem, *, seed: int = 0, keep: Plan | None = None, older: Sequence[Plan] = (),
    places: int = 0, progress: Progress | None = None,
) -> Plan:  # fmt: skip
    """Return a plan of `problem` that keeps every rule.

    The same problem and seed give the same plan, bit for bit, in any process. With `keep`, meetings of that
    earlier plan that are still allowed stay, and then those of `older` ones, newest first, that are still free; the
    certificate's bounds are on plans that keep the same meetings. A wish that came after it, and people who did, go
    before keeping all of them, if no more than so many `places` change for each meeting. `progress(done, total)` is
    called between steps.
    """
    tell = progress or (lambda done, total: None)
    talks = plan_talks(problem, seed, keep)
    model = build(problem, seed, pairs_at_talks(problem, talks))
    fewest = fewest_at_topics(problem, model, talks, seed) if problem.topics else fewest_of(problem, model)
    weights = stakes(model, fewest.floor)
    table = empty(model)
    settle_locked(table, problem.locked_meetings)
    settle_hosts(table, problem)
    attend(table, talks)
    kept = None if keep is None else _keep(table, problem, weights, (keep, *older), places)
    if keep is None:
        seat_guests(table, problem, None)
        lock(table, problem.locked)
    settle_doubles(table, weights)
    tell(1, STEPS)
    fairest, best = bounds(table, problem, weights)
    tell(2, STEPS)
    if model.due.any():
        plain = fairest.price or priced(left_to_choose(table, weights)[0]).price
        weights = weights if plain is None else weights.with_bonus(plain.bonus)
    partners = Partners(model, weights, possible(table))
    tell(3, STEPS)
    attempts = Attempts(problem, weights, fairest, partners, seed, best, fewest)
    chosen = attempts.best_from(table, kept=kept is not None)
    best, fewest = attempts.best, attempts.fewest
    tell(4, STEPS)
    if falls_short(chosen, fewest):
        chosen, fewest = tried_all(table, chosen, problem, fewest, weights, seed)
    # An earlier plan is kept as it was, in its order.
    meetings = gently(chosen, problem) if problem.gentle and keep is None else meetings_of(chosen)
    groups = groups_of(chosen, problem)
    changes = None if kept is None else kept.changes(meetings)
    certificate = certify(problem, model, weights, meetings, best, fewest, changes, groups, talks)
    tell(5, STEPS)
    return Plan(meetings, certificate, groups, talks)


def _keep(
    table: Timetable, problem: Problem, weights: Stakes, versions: Sequence[Plan], places: int
) -> KeptCounts:
    """Keep what holds of earlier plans, newest first, and make room for new wishes and people in it."""
    newest, *older = versions
    seat_guests(table, problem, newest)
    kept = keep_meetings(table, newest)
    room = make_room(table, problem, places)
    for version in older:
        keep_meetings(table, version)
    seat_guests(table, problem, None)
    lock(table, problem.locked)
    room |= place_late(table, problem, weights, places)
    return kept.made_room(newest) if room else kept
