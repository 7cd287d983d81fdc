"""Review a saved plan: make sure that it passes its check, say how full and fair it is, and lay out everybody's day.

Whoever left the event, or was erased, is in no day and at no table that this module returns. A meeting that
cannot take place, whatever the reason, is a free round for everybody in it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem import json_text
from matchmaker.scheduling.problem.plan import Meeting as Sitting
from matchmaker.scheduling.problem.plan import Plan as Solution
from matchmaker.scheduling.problem.plan import PlanError
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.services.people.coming import taking_place
from matchmaker.services.plans.hall import Hall, gather, ordered, planned_for
from matchmaker.services.plans.keep_meetings import rounds_planned
from matchmaker.services.plans.passed_check import has_passed
from matchmaker.services.plans.unmet_wishes import UnmetWish, gave_way, unmet
from matchmaker.store.event.events import Event
from matchmaker.store.people import people, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.plans.plans import Meeting, Plan
from matchmaker.store.session import Session

_CLAIMS = frozenset(
    {
        "score",
        "total",
        "bound",
        "fair_bound",
        "ratio",
        "fewest meetings",
        "double sit-outs",
        "unmet",
        "reason",
        "gave way",
    }
)
"""What the certificate says of the plan as it was made; it cannot be added up again without an erased person."""


@dataclass(frozen=True)
class Place:
    """One round of one person's day: a table and partners, or none; `off` if what was planned cannot be."""

    round_number: int
    table: int | None = None
    partners: tuple[Person, ...] = ()
    meeting: Meeting | None = None
    there: bool = True

    @property
    def off(self) -> bool:
        """Whether a meeting was planned here that cannot take place."""
        return self.meeting is not None and not self.partners


@dataclass(frozen=True)
class Share:
    """How many meetings one person has, of the rounds they are there for."""

    person: Person
    meetings: int
    possible: int


class Review:
    """A plan as it stands with the people as they stand now.

    `faults` are sentences; if there is one, nothing of the plan may be shown or printed. `people` has those
    who were planned for and still come, by inside id. `registered` is everybody who comes to the event, and `hall`
    the event as it is now.
    """

    def __init__(
        self,
        event: Event,
        plan: Plan,
        known: Mapping[int, Person],
        registered: Sequence[Registration],
        hall: Hall,
        on: Set[int],
    ) -> None:
        """Take what `review` has read; `on` are the ids of the meetings that can take place."""
        self._on = on
        self.event, self.plan, self.hall = event, plan, hall
        self._known = known
        self.registered = registered
        self._registered = {row.person_id: row for row in registered}
        erased = self.planned.keys() - known.keys()
        self.faults = () if has_passed(plan, erased) else _faults(plan, self.problem, known)

    @cached_property
    def problem(self) -> Problem:
        """The problem the plan was made from; building it takes a while, and few pages need it."""
        return kept_problem(self.plan)

    def wants_large_print(self, person_id: int) -> bool:
        """Tell whether somebody asked for their printed schedule in large print."""
        return self._registered[person_id].large_print

    @cached_property
    def planned(self) -> dict[int, frozenset[int]]:
        """Everybody the plan was made for, with the rounds they were there for, in the event's numbers."""
        return rounds_planned(self.plan)

    @cached_property
    def people(self) -> dict[int, Person]:
        """Those who were planned for and still come, by name."""
        here = [self._known[one] for one in self.planned if one in self._known and one in self._registered]
        return {person.id: person for person in sorted(here, key=lambda one: (one.name.casefold(), one.id))}

    def registration(self, person_id: int) -> Registration | None:
        """Return how a person who still comes is registered."""
        return self._registered.get(person_id)

    def known(self, person_id: int) -> Person | None:
        """Return somebody in the plan, also if they left; None if they were erased."""
        return self._known.get(person_id)

    def at_table(self, meeting: Meeting) -> tuple[Person, ...]:
        """Return who still comes to a meeting."""
        return tuple(self.people[seat.person_id] for seat in meeting.seats if seat.person_id in self.people)

    @cached_property
    def meetings(self) -> list[tuple[Meeting, tuple[Person, ...]]]:
        """Every meeting that can take place, with its people, by round and table."""
        return [(meeting, self.at_table(meeting)) for meeting in self.plan.meetings if meeting.id in self._on]

    @cached_property
    def _days(self) -> dict[int, dict[int, Place]]:
        days: dict[int, dict[int, Place]] = defaultdict(dict)
        for meeting in self.plan.meetings:
            here, on = self.at_table(meeting), meeting.id in self._on
            for person in here:
                partners = tuple(one for one in here if one is not person) if on else ()
                table = meeting.table_number if on else None
                days[person.id][meeting.round_number] = Place(meeting.round_number, table, partners, meeting)
        return days

    def day(self, person_id: int) -> list[Place]:
        """Return one person's whole day, round by round."""
        mine = self._days.get(person_id, {})
        there = self.planned.get(person_id, frozenset())
        return [mine.get(number, Place(number, there=number in there)) for number in self.plan.rounds]

    @cached_property
    def _had(self) -> Counter[int]:
        return Counter(seat.person_id for meeting in self.plan.meetings for seat in meeting.seats)

    @cached_property
    def shares(self) -> list[Share]:
        """How many meetings each person has who still comes: those with most free places first, then by name."""
        shares = [
            Share(person, self._had[one], len(self.planned[one]))
            for one, person in self.people.items()
            if self.planned[one]
        ]
        return sorted(shares, key=lambda share: share.meetings - share.possible)

    @cached_property
    def reserves(self) -> dict[tuple[int, int], tuple[Person, ...]]:
        """By (round number, person id), whom they may meet if nobody comes to their table, as things stand."""
        from matchmaker.scheduling.stand_ins import reserves  # noqa: PLC0415 - heavy, for slips alone

        solution = kept_solution(self.plan)
        whole = tuple(one for one in solution.meetings if len(one.people) > 1)
        found: dict[tuple[int, int], tuple[Person, ...]] = {}
        for (place, one), others in reserves(self.problem, replace(solution, meetings=whole)).items():
            number, person = self.plan.rounds[place - 1], int(one)
            free = tuple(self.people[int(x)] for x in others if self._stands_in(number, person, int(x)))
            if free:
                found[number, person] = free
        return found

    def _stands_in(self, number: int, person: int, other: int) -> bool:
        """Whether somebody who was free when the plan was made is there now, and may still meet this person."""
        here = other in self.people and number in self.hall.there.get(other, ())
        return here and ordered(person, other) not in self.hall.forbidden

    @property
    def size(self) -> int:
        """How many people the plan was made for, who were there for a round or more."""
        return sum(1 for rounds in self.planned.values() if rounds)

    @property
    def fewest(self) -> int:
        """The fewest meetings the plan gave anybody who was there at all."""
        return int(self.plan.certificate["fewest_meetings"])

    @property
    def most(self) -> int:
        """The most meetings the plan gave anybody."""
        return max(self._had.values(), default=0)

    @property
    def sit_outs(self) -> int:
        """How many places in rounds, over everybody it was made for, have no meeting."""
        known = (one for one in self.planned if one in self._known)
        return sum(len(self.planned[one]) - self._had[one] for one in known)

    @property
    def gap(self) -> float | None:
        """How far the best plan as fair could be ahead, from 0; None without any score."""
        if not self.plan.certificate["fair_bound"]:
            return None
        return float(max(0.0, 1.0 - self.plan.certificate["ratio"]))

    @property
    def wishes(self) -> int:
        """How many pairs had both asked to meet when the plan was made."""
        return len(self.plan.problem.get("wanted", ()))

    @cached_property
    def unmet(self) -> list[UnmetWish]:
        """The wishes that could not be met, of people who still come."""
        from matchmaker.scheduling.solver.make_room import wish_prices  # noqa: PLC0415 - a page loads no solver

        asked = bool(self.plan.certificate["unmet"])
        prices = wish_prices(self.problem, kept_solution(self.plan)) if asked else {}
        return unmet(self.plan.certificate, self.people, prices)

    @property
    def gave_way(self) -> list[str]:
        """What the plan has although it should preferably not, in sentences."""
        return gave_way(self.plan.certificate, self.people)


def review(session: Session, event: Event, plan: Plan) -> Review:
    """Read what there is to say of a plan. A fixed number of queries."""
    registered = registrations.at_event(session, event.id, COMING)
    hall = gather(session, event.id, planned_for(registered, unanswered=plan.unanswered))
    return _review(session, event, plan, registered, hall)


def review_beside(session: Session, seen: Review, plan: Plan) -> Review:
    """Read what there is to say of another plan of the event of `seen`; who comes, and the hall, are read once."""
    if plan.unanswered is not seen.plan.unanswered:
        return review(session, seen.event, plan)
    return _review(session, seen.event, plan, seen.registered, seen.hall)


def _review(
    session: Session, event: Event, plan: Plan, registered: Sequence[Registration], hall: Hall
) -> Review:
    return Review(
        event=event,
        plan=plan,
        known=people.by_ids(session, {int(one["id"]) for one in plan.problem["people"]}),
        registered=registered,
        hall=hall,
        on=taking_place(session, event.id, plan.meetings),
    )


def kept_problem(plan: Plan) -> Problem:
    """Return the problem a kept plan was made from."""
    return json_text.problem_from_json(json.dumps(plan.problem))


def kept_solution(plan: Plan) -> Solution:
    """Return a kept plan as the checker wants to see it, in the planner's numbers."""
    round_at = {number: place for place, number in enumerate(plan.rounds, start=1)}
    table_at = {number: place for place, number in enumerate(plan.tables, start=1)}
    written = json.dumps({"meetings": [], "certificate": plan.certificate})
    return Solution(
        meetings=tuple(
            Sitting(
                # A number the event does not have is no round or table of the planner's, and a fault.
                round=round_at.get(meeting.round_number, 0),
                table=table_at.get(meeting.table_number, 0),
                people=tuple(str(seat.person_id) for seat in meeting.seats),
                score=meeting.score,
            )
            for meeting in plan.meetings
        ),
        certificate=json_text.plan_from_json(written).certificate,
    )


def _faults(plan: Plan, problem: Problem, known: Mapping[int, Person]) -> tuple[str, ...]:
    """Check a kept plan, leaving aside the seats of people who were erased since."""
    try:
        solution = kept_solution(plan)
    except PlanError as unreadable:
        return (f"Its proof cannot be read: {unreadable}",)
    erased = any(int(one.id) not in known for one in problem.people)
    if erased:
        whole = tuple(one for one in solution.meetings if len(one.people) > 1)
        solution = Solution(whole, solution.certificate)
    faults = check(problem, solution)
    return tuple(fault.words for fault in faults if not (erased and fault.rule in _CLAIMS))
