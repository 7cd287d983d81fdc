"""Papers of the day beside slips, cards and list: badges, roll-call, and those for who runs it."""

import math
from collections.abc import Callable

from matchmaker.documents.people import badges, roll_call
from matchmaker.documents.people.badges import Badge, BadgeRow
from matchmaker.documents.people.names import surname_key
from matchmaker.documents.plans import day_papers
from matchmaker.documents.plans.day_papers import DayStep, DietCounts, NeedsLine
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.services.people.sum_up_needs import Diets, diets, needs_of
from matchmaker.services.plans.compare_plans import compare
from matchmaker.services.plans.hall import planned_for
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.sheet_values import (
    PlanSheet,
    breaks_of,
    day_and_place,
    fingerprint,
    rounds_of,
)
from matchmaker.store.people.comers import Comer

COME_UNANNOUNCED = 20
"""One blank slip is printed for so many people who are planned, rounded up to whole sheets."""
LINES_A_SHEET = 30


def _badges(key: str, seen: Review, was: Review | None, at: Stamp) -> PlanSheet:
    """Badges of everybody who comes, planned or not, or of those whose day is another than on their badge."""
    people = seen.comers
    if key == "changed-badges" and was is not None:
        changed = {one.id for one in compare(seen, was, seen.plan.published_at or at.made_at).changed}
        people = [one for one in people if one.person_id in changed]
    found = [_badge(seen, one) for one in people]
    on_labels = key == "badge-labels"
    a_sheet = badges.LABELS_A_SHEET if on_labels else badges.BADGES_A_SHEET
    make = badges.label_sheets if on_labels else badges.folded_sheets
    return PlanSheet(
        key, fingerprint(seen, found), len(found), math.ceil(len(found) / a_sheet), lambda: make(found, at)
    )


def _badge(seen: Review, one: Comer) -> Badge:
    rounds = rounds_of(seen)
    rows = tuple(
        BadgeRow(
            rounds[place.round_number].starts_at,
            place.table,
            tuple(partner.name for partner in place.partners),
            place.topic.title if place.topic is not None and not place.off else "",
        )
        for place in (seen.day(one.person_id) if one.person_id in seen.people else ())
        if place.there and place.round_number in rounds
    )
    return Badge(one.beside, one.organisation, one.pronouns, one.badge_code, rows)


def _roll_call(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    people = [(one.beside, one.organisation) for one in seen.comers]
    pages = math.ceil(len(people) / roll_call.NAMES_A_SHEET)
    return PlanSheet(
        key, fingerprint(seen, people), len(people), pages, lambda: roll_call.roll_call_sheets(people, at)
    )


def _run_sheet(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    steps, where = _steps(seen), day_and_place(seen)
    return PlanSheet(
        key, fingerprint(seen, [where, steps]), len(steps), 1, lambda: day_papers.run_sheets(steps, where, at)
    )


def _caterer(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    steps, where = _steps(seen), day_and_place(seen)
    counts = [(one.what, one.starts, one.ends, one.there) for one in steps]
    eaten = _diets(seen)
    shown = DietCounts(eaten.people, eaten.counts)
    return PlanSheet(
        key,
        fingerprint(seen, [where, counts, shown]),
        len(steps),
        1,
        lambda: day_papers.caterer_sheets(steps, where, shown, at),
    )


def _allergies(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    """What people must not eat, by name; only for the kitchen, so it is in no pack of everything."""
    found = sorted(_diets(seen).by_name, key=lambda one: surname_key(one[0]))
    pages = math.ceil(len(found) / LINES_A_SHEET)
    return PlanSheet(
        key, fingerprint(seen, found), len(found), pages, lambda: day_papers.allergy_sheets(found, at)
    )


def _diets(seen: Review) -> Diets:
    """Return what those eat whom the plan is for, or who have said yes or are here since."""
    return diets(planned_for(seen.comers, unanswered=seen.plan.unanswered))


def _steps(seen: Review) -> list[DayStep]:
    """Return the rounds and breaks of the day in order; whoever is there before or after a break is there in it."""
    there: dict[int, set[int]] = {}
    free: dict[int, list[str]] = {}
    tables: dict[int, set[int]] = {}
    for one, person in seen.people.items():
        for place in seen.day(one):
            if place.there:
                there.setdefault(place.round_number, set()).add(one)
                if place.table is None:
                    free.setdefault(place.round_number, []).append(person.name)
                else:
                    tables.setdefault(place.round_number, set()).add(place.table)
    topics: dict[int, list[tuple[int, str]]] = {}
    for talk, _ in seen.talks:
        topics.setdefault(talk.round_number, []).append((talk.table_number, talk.topic.title))
    rounds = sorted(rounds_of(seen).values(), key=lambda one: one.starts_at)
    steps = [
        DayStep(
            f"Round {one.number}",
            one.starts_at,
            one.ends_at,
            len(there.get(one.number, ())),
            tuple(sorted(tables.get(one.number, ()))),
            tuple(free.get(one.number, ())),
            tuple(topics.get(one.number, ())),
        )
        for one in rounds
    ]
    for pause in breaks_of(seen):
        beside = [one.number for one in rounds if one.ends_at == pause.starts or one.starts_at == pause.ends]
        count = len(set().union(*(there.get(number, set()) for number in beside)))
        steps.append(DayStep("Break", pause.starts, pause.ends, count))
    return sorted(steps, key=lambda one: one.starts)


def _access(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    """What the hall must have ready, by surname; only for who may have it, so it is in no pack of everything."""
    people = planned_for(seen.comers, unanswered=seen.plan.unanswered)
    found = [
        NeedsLine(one.name, needs, _tables(seen, one.person_id))
        for one in sorted(people, key=lambda one: surname_key(one.name))
        if (needs := needs_of(one))
    ]
    pages = math.ceil(len(found) / LINES_A_SHEET)
    return PlanSheet(
        key, fingerprint(seen, found), len(found), pages, lambda: day_papers.access_sheets(found, at)
    )


def _tables(seen: Review, person_id: int) -> tuple[int, ...]:
    day = seen.day(person_id) if person_id in seen.people else ()
    return tuple(sorted({place.table for place in day if place.table is not None}))


def _blank(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    starts = sorted(one.starts_at for one in rounds_of(seen).values())
    where = day_and_place(seen)
    sheets = math.ceil(max(len(seen.people), 1) / COME_UNANNOUNCED / day_papers.SLIPS_A_SHEET)
    return PlanSheet(
        key,
        fingerprint(seen, [where, starts, sheets]),
        sheets * day_papers.SLIPS_A_SHEET,
        sheets,
        lambda: day_papers.blank_sheets(starts, where, sheets, at),
    )


def _backs(key: str, seen: Review, _was: Review | None, at: Stamp) -> PlanSheet:
    """The back that every slip may have: one sheet, to be printed on the back of each."""
    starts = sorted(one.starts_at for one in rounds_of(seen).values())
    return PlanSheet(key, fingerprint(seen, [starts]), 1, 1, lambda: day_papers.back_sheets(starts, at))


DAY_SHEETS: dict[str, Callable[[str, Review, Review | None, Stamp], PlanSheet]] = {
    "changed-badges": _badges,
    "badges": _badges,
    "badge-labels": _badges,
    "roll-call": _roll_call,
    "run-sheet": _run_sheet,
    "caterer": _caterer,
    "allergies": _allergies,
    "access": _access,
    "blank-slips": _blank,
    "slip-backs": _backs,
}
"""Kind of sheet → what makes it of a reviewed plan, the version before, and the stamp."""
