"""Review a saved plan: make sure that it passes its check, say how full and fair it is, and lay out everybody's day.

Whoever left the event, or was erased, is in no day and at no table that this module returns. A meeting that
cannot take place, whatever the reason, is a free round for everybody in it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Plan as Solution
from matchmaker.scheduling.problem.plan import PlanError
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.services.people.coming import can_meet
from matchmaker.services.plans.hall import Hall, gather, ordered, planned_for
from matchmaker.services.plans.kept_solution import CLAIMS, kept_problem, kept_solution, without
from matchmaker.services.plans.passed_check import has_passed
from matchmaker.services.plans.talks_on import HeldTalks, held_talks
from matchmaker.services.plans.unmet_wishes import UnmetWish, gave_way, unmet
from matchmaker.services.plans.when_and_where import WhenAndWhere, of_plan
from matchmaker.store.base import JsonObject
from matchmaker.store.event.events import Event
from matchmaker.store.people.comers import Comer, NamedPerson, comers, named
from matchmaker.store.people.people import Person
from matchmaker.store.plans import planned_people, talks
from matchmaker.store.plans.plans import Plan, reasons_for
from matchmaker.store.plans.sittings import Sat, reasons, sittings
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.plans.talks import Talk
from matchmaker.store.session import Session

Found = TypeVar("Found")


@dataclass(frozen=True)
class Place:
    """One round of one person's day: a table with partners or a topic, or none; `off` if that cannot be.

    `lost` is a place at a talk whose topic is gone with its host.
    """

    round_number: int
    table: int | None = None
    partners: tuple[NamedPerson, ...] = ()
    meeting: Sat | None = None
    there: bool = True
    topic: TableTopic | None = None
    lost: bool = False

    @property
    def off(self) -> bool:
        """Whether a meeting or a topic was planned here that cannot take place."""
        return self.table is None and (self.lost or self.meeting is not None or self.topic is not None)


@dataclass(frozen=True)
class Share:
    """How many meetings one person has, of the rounds they are there for."""

    person: NamedPerson
    meetings: int
    possible: int


class Review:
    """A plan as it stands with the people as they stand now.

    `faults` are sentences; if there is one, nothing of the plan may be shown or printed. `people` has those
    who were planned for and still come, by inside id. `sat` has all its meetings, and `planned` everybody it was made
    for, with the rounds they were there for. `comers` is everybody who comes to the event.
    """

    def __init__(self, session: Session, event: Event, plan: Plan, beside: "Review | None" = None) -> None:
        """Read what there is to say of a plan; what is the same for the plan `beside` is not read again."""
        self._session, self._beside = session, beside
        self._read: dict[int, Review] = beside._read if beside else {}
        self._read[plan.id] = self
        self._found: dict[Hashable, Any] = {}
        self._found_for_all: dict[Hashable, Any] = beside._found_for_all if beside else {}
        self.event, self.plan, self.certificate = event, plan, plan.certificate
        self.comers: Sequence[Comer] = beside.comers if beside else comers(session, event.id)
        self.sat = sittings(session, plan.id)
        self.planned = planned_people.rounds_planned(session, plan)
        self._known = named(session, self.planned, event.id)
        self._comers = {row.person_id: row for row in self.comers}

    def beside(self, plan: Plan) -> "Review":
        """Return what there is to say of another plan of the event; each is read once, whoever asks for it."""
        return self._read.get(plan.id) or Review(self._session, self.event, plan, self)

    def once(self, key: Hashable, work: Callable[[], Found]) -> Found:
        """Return what is worked out of this plan under a key: once, whoever asks for it."""
        return _once(self._found, key, work)

    def once_for_all(self, key: Hashable, work: Callable[[], Found]) -> Found:
        """Return what is worked out under a key for this plan and all that are read beside it."""
        return _once(self._found_for_all, key, work)

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the plan, in sentences: nothing for what is known to have passed its check."""
        erased = self.planned.keys() - self._known.keys()
        passed = has_passed(self.plan, self.sat, erased, self.planned_talks)
        return () if passed else self._faults({str(one) for one in erased})

    @cached_property
    def _on(self) -> Set[int]:
        """The meetings that can take place."""
        return can_meet(
            self._session, self.event.id, {one.id: (one.round_number, one.people) for one in self.sat}
        )[0]

    @cached_property
    def held(self) -> HeldTalks:
        """The talks as they were planned, and who can be at them."""
        return held_talks(self._session, self.event.id, self.plan.id)

    @cached_property
    def hall(self) -> Hall:
        """The event as it is now."""
        if self._beside is not None and self._beside.plan.unanswered is self.plan.unanswered:
            return self._beside.hall
        rows = planned_for(self.comers, unanswered=self.plan.unanswered)
        return gather(self._session, self.event.id, rows)

    @cached_property
    def times(self) -> WhenAndWhere:
        """When and where its meetings are, or were while it was published."""
        return of_plan(self.event, self.plan)

    @cached_property
    def problem(self) -> Problem:
        """The problem the plan was made from; building it takes a while, and few pages need it."""
        return kept_problem(self.plan)

    @cached_property
    def solution(self) -> Solution:
        """The plan as the checker wants to see it. Raises PlanError if its proof cannot be read."""
        return kept_solution(self.plan, self.sat, self.planned_talks)

    @cached_property
    def _reasons(self) -> Mapping[int, Sequence[JsonObject]]:
        return reasons(self._session, self.plan.id)

    def why(self, meeting: Sat, reader_id: int, other_id: int) -> list[JsonObject]:
        """Return why `reader` meets `other`, as the reader reads it."""
        return reasons_for(self._reasons.get(meeting.id, ()), reader_id, other_id)

    def wants_large_print(self, person_id: int) -> bool:
        """Tell whether somebody asked for their printed schedule in large print."""
        return self._comers[person_id].large_print

    @cached_property
    def people(self) -> dict[int, NamedPerson]:
        """Those who were planned for and still come, by name."""
        here = [self._known[one] for one in self.planned if one in self._known and one in self._comers]
        return {person.id: person for person in sorted(here, key=lambda one: (one.name.casefold(), one.id))}

    def comer(self, person_id: int) -> Comer | None:
        """Return somebody who still comes, as planning reads them."""
        return self._comers.get(person_id)

    def known(self, person_id: int) -> NamedPerson | None:
        """Return somebody in the plan, also if they left; None if they were erased."""
        return self._known.get(person_id)

    def name_of(self, host: Person) -> str:
        """Return how the event names the host of a topic, whom the plan need not be for."""
        known = self._known.get(host.id) or self._comers.get(host.id)
        return known.name if known else host.name

    def at_table(self, meeting: Sat) -> tuple[NamedPerson, ...]:
        """Return who still comes to a meeting."""
        return tuple(self.people[one] for one in meeting.people if one in self.people)

    @cached_property
    def meetings(self) -> list[tuple[Sat, tuple[NamedPerson, ...]]]:
        """Every meeting that can take place, with its people, by round and table."""
        return [(meeting, self.at_table(meeting)) for meeting in self.sat if meeting.id in self._on]

    @cached_property
    def talks(self) -> list[tuple[Talk, tuple[NamedPerson, ...]]]:
        """Every talk that can be held, with who comes to it, by round and table."""
        return [
            (talk, self._at_talk(talk)) for talk in self.planned_talks if self.held.is_on(talk, self.people)
        ]

    def is_left_alone(self, talk: Talk) -> bool:
        """Whether a talk could be held but for its guests, who are all gone."""
        return self.held.has_host(talk, self.people) and not self.held.is_on(talk, self.people)

    @property
    def planned_talks(self) -> tuple[Talk, ...]:
        """Every talk as it was planned, by round and table."""
        return self.held.talks

    @cached_property
    def lost_at_talks(self) -> list[tuple[int, int, int]]:
        """Everybody's (id, round, table) at talks whose topic is gone with its host."""
        return talks.lost(self._session, self.plan.id)

    def _at_talk(self, talk: Talk) -> tuple[NamedPerson, ...]:
        able = self.held.able[talk.id]
        return tuple(
            self.people[seat.person_id] for seat in talk.seats if seat.person_id in able & self.people.keys()
        )

    @cached_property
    def _days(self) -> dict[int, dict[int, Place]]:
        days: dict[int, dict[int, Place]] = defaultdict(dict)
        for meeting in self.sat:
            here, on = self.at_table(meeting), meeting.id in self._on
            for person in here:
                partners = tuple(one for one in here if one is not person) if on else ()
                table = meeting.table_number if on else None
                days[person.id][meeting.round_number] = Place(meeting.round_number, table, partners, meeting)
        coming = {talk.id: {one.id for one in people} for talk, people in self.talks}
        for talk in self.planned_talks:
            for person_id in (seat.person_id for seat in talk.seats):
                table = talk.table_number if person_id in coming.get(talk.id, ()) else None
                place = Place(talk.round_number, table, topic=talk.topic)
                days[person_id][talk.round_number] = place
        for person_id, number, _ in self.lost_at_talks:
            days[person_id][number] = Place(number, lost=True)
        return days

    def day(self, person_id: int) -> list[Place]:
        """Return one person's whole day, round by round."""
        mine = self._days.get(person_id, {})
        there = self.planned.get(person_id, frozenset())
        return [mine.get(number, Place(number, there=number in there)) for number in self.plan.rounds]

    @cached_property
    def _had(self) -> Counter[int]:
        had = Counter(one for meeting in self.sat for one in meeting.people)
        had.update(seat.person_id for talk in self.planned_talks for seat in talk.seats)
        return had

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
    def reserves(self) -> dict[tuple[int, int], tuple[NamedPerson, ...]]:
        """By (round number, person id), whom they may meet if nobody comes to their table, as things stand."""
        from matchmaker.scheduling.stand_ins import reserves  # noqa: PLC0415 - heavy, for slips alone

        whole = tuple(one for one in self.solution.meetings if len(one.people) > 1)
        found: dict[tuple[int, int], tuple[NamedPerson, ...]] = {}
        for (place, one), others in reserves(self.problem, replace(self.solution, meetings=whole)).items():
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
        return int(self.certificate["fewest_meetings"])

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
        if not self.certificate["fair_bound"]:
            return None
        return float(max(0.0, 1.0 - self.certificate["ratio"]))

    @property
    def wishes(self) -> int:
        """How many pairs had both asked to meet when the plan was made."""
        return self.plan.wishes

    @cached_property
    def unmet(self) -> list[UnmetWish]:
        """The wishes that could not be met, of people who still come."""
        return unmet(self.certificate, self.people, self.plan.prices if self.certificate["unmet"] else ())

    @property
    def gave_way(self) -> list[str]:
        """What the plan has although it should preferably not, in sentences."""
        return gave_way(self.certificate, self.people)

    def _faults(self, erased: Set[str]) -> tuple[str, ...]:
        """Check the plan, leaving aside what was planned with people who were erased since."""
        try:
            solution = self.solution
        except PlanError as unreadable:
            return (f"Its proof cannot be read: {unreadable}",)
        faults = check(*without(erased, self.problem, solution)) if erased else check(self.problem, solution)
        return tuple(fault.words for fault in faults if not (erased and fault.rule in CLAIMS))


def _once(known: dict[Hashable, Any], key: Hashable, work: Callable[[], Found]) -> Found:
    if key not in known:
        known[key] = work()
    found: Found = known[key]
    return found


def review(session: Session, event: Event, plan: Plan) -> Review:
    """Read what there is to say of a plan. A fixed number of queries."""
    return Review(session, event, plan)
