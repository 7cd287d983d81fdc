"""Gather what a plan depends on: who is there and when, which tables suit them, who must not meet, and who wishes to.

The planner numbers rounds and tables from 1 without gaps; an event numbers them as the hall does. `Hall` speaks
in the event's numbers, and `Hall.problem` is the one place where they are translated.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from matchmaker.matching.organisations import home
from matchmaker.scheduling.problem.parts import Kin, Meet, Mixing
from matchmaker.scheduling.problem.problem import Person, Problem, Rest, Round
from matchmaker.services.plans import rest_limits
from matchmaker.services.plans.place_topics import (
    TopicsToPlace,
    TopicTable,
    corners,
    gather_topics,
    planned_topics,
)
from matchmaker.store.base import normalised
from matchmaker.store.event import events
from matchmaker.store.event.events import Event, SameOrganisation
from matchmaker.store.people import exclusions, profiles, together
from matchmaker.store.people.comers import Comer, comers
from matchmaker.store.people.hours import Hours, Timed, missed
from matchmaker.store.people.registrations import PLANNED, Presence, Registration
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers

Pair = tuple[int, int]
"""Two people, the lower id first."""

AnyComer = TypeVar("AnyComer", Comer, Registration)

STEP_FREE, QUIET = "step-free", "quiet"
"""Kinds of tables that people may need, as organisers read them."""


@dataclass(frozen=True)
class Hall:
    """Everything but preference that decides who can meet whom, where and when; people are given by inside id.

    `rounds` and `tables` are the event's numbers in order. `there` has everybody who is coming, with the rounds
    they are there for. `fixed` and `allowed` name tables for those who cannot sit at every one. `excluded` pairs
    were named by organisers, `declined` ones said no themselves (block, not for me), `kin` are of one team or
    organisation. `introduced` pairs both asked to meet; those in `met_before` met at an earlier event, and should
    preferably meet others. `groups` are teams and organisations as the planner is told of them, except pairs that
    are `exempt` because they met in the past. `rests` limit the meetings of a person, `helpers` are shared by people,
    and `breaks` are rounds that begin after a pause. `needs` says why tables are named in `allowed`, as `kinds`
    of tables. Everybody should meet `mixing_least` people of the other of the two `pools`, inside and outside.
    `tables` are those for meetings; `places` has the topics to be talked about, and the tables for them.
    """

    rounds: tuple[int, ...]
    tables: tuple[int, ...]
    there: Mapping[int, frozenset[int]]
    fixed: Mapping[int, int]
    allowed: Mapping[int, frozenset[int]]
    excluded: frozenset[Pair]
    declined: frozenset[Pair]
    kin: frozenset[Pair]
    introduced: tuple[Pair, ...]
    trios: frozenset[int]
    groups: tuple[Kin, ...] = ()
    exempt: frozenset[Pair] = frozenset()
    met_before: frozenset[Pair] = frozenset()
    rests: Mapping[int, Rest] = field(default_factory=dict)
    helpers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    breaks: frozenset[int] = frozenset()
    pools: Mapping[int, str] = field(default_factory=dict)
    mixing_least: int | None = None
    needs: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, frozenset[int]] = field(default_factory=dict)
    places: TopicsToPlace = TopicsToPlace()

    @cached_property
    def forbidden(self) -> frozenset[Pair]:
        """The pairs that must never meet, for whatever reason."""
        return self.excluded | self.declined | self.kin

    def apart(self) -> frozenset[Pair]:
        """Return the pairs who are never there in one round, so that no time is spent on their likeness."""
        part_time = [one for one, rounds in self.there.items() if len(rounds) < len(self.rounds)]
        return frozenset(
            ordered(one, other)
            for one in part_time
            for other, rounds in self.there.items()
            if one != other and not rounds & self.there[one]
        )

    def may_sit(self, person: int, table: int) -> bool:
        """Return whether this person can be given this table."""
        return self.fixed.get(person, table) == table and table in self.allowed.get(person, (table,))

    def suits_topics(self, person: int, table: TopicTable) -> bool:
        """Return whether this person can be sent to a table for topics."""
        needs = self.needs.get(person, ())
        return self.fixed.get(person, table.number) == table.number and table.kinds.issuperset(needs)

    def unsuited(self, person: int, table: int) -> str:
        """Return why somebody cannot be given a table, as it follows their name; for organisers alone."""
        fixed = self.fixed.get(person, table)
        if fixed != table:
            return f"is to sit at table {fixed}"
        lacking = [need for need in self.needs.get(person, ()) if table not in self.kinds[need]]
        return f"needs a {' and '.join(lacking)} table, and table {table} is not marked so"

    def round_places(self, numbers: Iterable[int]) -> frozenset[int]:
        """Return the planner's numbers of these rounds."""
        return frozenset(place for place, number in enumerate(self.rounds, start=1) if number in numbers)

    def seating(self) -> Problem:
        """Return the part of the planner's problem that says who can sit where and when."""
        round_at = {number: place for place, number in enumerate(self.rounds, start=1)}
        table_at = {number: place for place, number in enumerate(self.tables, start=1)}
        nowhere = len(self.tables) + 1
        return Problem(
            people=tuple(
                Person(str(one), frozenset(round_at[number] for number in rounds), self.pools.get(one))
                for one, rounds in sorted(self.there.items())
            ),
            rounds=tuple(
                Round(
                    0 if number in self.places.only else len(self.tables), after_break=number in self.breaks
                )
                for number in self.rounds
            ),
            # A table that is not in the hall stays a rule that nobody can keep; the page says so.
            fixed_table={str(one): table_at.get(number, nowhere) for one, number in self.fixed.items()},
            allowed_tables={
                str(one): frozenset(table_at[number] for number in numbers)
                for one, numbers in self.allowed.items()
            },
            trios=frozenset(map(str, self.trios)),
        )

    def problem(self, pairs: Iterable[tuple[str, str, float]]) -> Problem:
        """Return the planner's problem: these scored pairs of ids under the rules of this hall."""
        forbidden = self.forbidden
        named: frozenset[Pair] = self.excluded | self.declined
        kin: list[Kin] = []
        for group in self.groups:
            within = _pairs([set(map(int, group.people))]) if self.exempt else frozenset()
            if group.meet is Meet.RATHER_NOT or self.exempt.isdisjoint(within):
                kin.append(group)
            elif self.places.topics:
                # Named as groups of two, as they may still be at a topic together.
                pairs_left = sorted(within & self.kin)
                kin += [Kin((str(a), str(b)), group.meet) for a, b in pairs_left]
            else:
                named |= within & self.kin
        return replace(
            self.seating(),
            pairs=tuple(pairs),
            forbidden=tuple((str(a), str(b)) for a, b in sorted(named)),
            wanted=tuple((str(a), str(b)) for a, b in self.introduced if (a, b) not in forbidden),
            met_before=tuple((str(a), str(b)) for a, b in sorted(self.met_before)),
            kin=tuple(kin),
            rests={str(one): rest for one, rest in sorted(self.rests.items())},
            mixing=Mixing(self.mixing_least) if self.mixing_least else None,
            gentle=True,
            corners=corners(self.places, self.there, self.suits_topics, self.round_places),
            topics=planned_topics(self.places, self.there),
            # Without their names, as a kept problem outlives an erased registration.
            helpers={
                str(number): tuple(map(str, sorted(group)))
                for number, group in enumerate(self.helpers.values(), start=1)
            },
        )


def ordered(one: int, other: int) -> Pair:
    """Return two people as a pair."""
    return (one, other) if one < other else (other, one)


def coming(session: Session, event_id: int, *, unanswered: bool = False) -> list[Comer]:
    """Return everybody to plan for: who said yes or is here, and is not marked absent.

    With `unanswered` also those who were invited and have said neither yes nor no.
    """
    return planned_for(comers(session, event_id), unanswered=unanswered)


def planned_for(rows: Iterable[AnyComer], *, unanswered: bool) -> list[AnyComer]:
    """Return those of the people coming whom a plan is for."""
    return [
        row
        for row in rows
        if row.presence is not Presence.ABSENT
        and (unanswered or row.state in PLANNED or row.presence is Presence.HERE)
    ]


def gather(session: Session, event_id: int, people: Sequence[Comer]) -> Hall:
    """Return the hall for these people as the event stands now. Nine queries at most, whatever the number."""
    event = events.by_id(session, event_id)
    assert event is not None
    here = {row.person_id for row in people}
    tables = frozenset(table.number for table in event.meeting_tables)
    excluded = exclusions.pairs(session, event_id)
    apart = profiles.apart(session, event_id, here)
    fixed = {row.person_id: row.fixed_table for row in people if row.fixed_table is not None}
    kinds = {
        STEP_FREE: frozenset(table.number for table in event.tables if table.step_free),
        QUIET: frozenset(table.number for table in event.tables if table.quiet),
    }
    needs = {
        # A table chosen by hand is more exact than a need, and stands.
        row.person_id: tuple(
            kind for kind, asked in ((STEP_FREE, row.step_free), (QUIET, row.quiet)) if asked
        )
        for row in people
        if (row.step_free or row.quiet) and row.person_id not in fixed
    }
    allowed = {one: tables.intersection(*(kinds[kind] for kind in asked)) for one, asked in needs.items()}
    introduced = tuple(pair for pair in answers.introductions(session, event_id) if here.issuperset(pair))
    every = frozenset(round_.number for round_ in event.rounds)
    never = event.same_organisation is SameOrganisation.NEVER
    organisations = _pairs(_organisations(people)) - set(introduced) if never else frozenset()
    return Hall(
        rounds=tuple(round_.number for round_ in event.rounds),
        tables=tuple(sorted(tables)),
        there={
            row.person_id: every - row.away_rounds
            if row.arrives is None and row.leaves is None
            else rounds_there(event, row)
            for row in people
        },
        fixed=fixed,
        allowed=allowed,
        excluded=frozenset(apart & excluded),
        declined=frozenset(apart - excluded),
        kin=_pairs(_teams(people)) | organisations,
        introduced=introduced,
        trios=frozenset(row.person_id for row in people if row.trio_ok),
        groups=_groups(people, event.same_organisation),
        met_before=frozenset(
            pair for pair in together.met_before(session, event_id) if here.issuperset(pair)
        ),
        rests=rest_limits.rests(people),
        helpers=rest_limits.helpers(people),
        breaks=rest_limits.breaks(event),
        pools={row.person_id: row.pool.value for row in people} if event.mixing_least else {},
        mixing_least=event.mixing_least,
        needs=needs,
        kinds=kinds,
        places=gather_topics(session, event, here, kinds),
    )


def rounds_there(event: Event, row: Hours, rounds: Iterable[Timed] | None = None) -> frozenset[int]:
    """Return the rounds somebody is there for from beginning to end, and did not say that they miss.

    They are those of the event, or these `rounds`, as they stood another time.
    """
    every = event.rounds if rounds is None else list(rounds)
    return frozenset(one.number for one in every) - missed(event, row, every)


def _teams(people: Sequence[Comer]) -> list[set[int]]:
    """Return the teams, as sets of people of whom any two are of one team.

    Who names no organisation is of the team of that name in each organisation.
    """
    named: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in people:
        if team := normalised(row.team):
            named[team][home(row.organisation)].add(row.person_id)
    return [
        members | homes.get("", set())
        for homes in named.values()
        for home, members in homes.items()
        if home or len(homes) == 1
    ]


def _organisations(people: Sequence[Comer]) -> list[set[int]]:
    """Return the people of each organisation."""
    groups: dict[str, set[int]] = defaultdict(set)
    for row in people:
        if organisation := home(row.organisation):
            groups[organisation].add(row.person_id)
    return list(groups.values())


def _groups(people: Sequence[Comer], same_organisation: SameOrganisation) -> tuple[Kin, ...]:
    """Return teams and organisations as the planner is told of them.

    A wish of both goes before keeping organisations apart, but not before teams.
    """
    groups = [(team, Meet.NEVER) for team in _teams(people)]
    rule = {SameOrganisation.NEVER: Meet.IF_WANTED, SameOrganisation.RARELY: Meet.RATHER_NOT}.get(
        same_organisation
    )
    groups += [(one, rule) for one in _organisations(people) if rule is not None]
    return tuple(Kin(tuple(map(str, sorted(one))), meet) for one, meet in groups if len(one) > 1)


def _pairs(groups: list[set[int]]) -> frozenset[Pair]:
    """Return all pairs within these groups."""
    return frozenset(pair for group in groups for pair in combinations(sorted(group), 2))
