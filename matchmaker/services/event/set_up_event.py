"""Set up an event: when and where it is, who it is for, its rounds and its tables.

Plans refer to rounds and tables by number, so once there is a plan the numbers stay as they are. Until then rounds
are numbered in order of time; afterwards a round can only be added after all the others.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.counts import plural
from matchmaker.recognition.rules import Refusal
from matchmaker.services.event import local_times
from matchmaker.services.event.pools import pool_anew
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.event.events import Event, HallTable, Round, RoundFor, SameOrganisation
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import COMING
from matchmaker.store.plans import concerned, plans
from matchmaker.store.plans.concerned import Concerned
from matchmaker.store.session import Session

MOST_ROUNDS = 50
MOST_TABLES = 1000
MOST_NAMED = 100
"""So many of the people whom a change concerns are named; of the others, how many there are."""


@dataclass(frozen=True)
class Details:
    """What the set-up page says of an event; the fields are those of the event."""

    name: str
    host: str
    about: str
    held_on: date
    place: str
    zone: str
    contact_name: str
    contact_email: str
    purpose: str
    erase_on: date
    inside_domains: list[str]
    same_organisation: SameOrganisation
    mixing_least: int | None
    thanks_each: int
    suggestions_each: int
    count_acquaintances: bool


@dataclass(frozen=True)
class RoundSlot:
    """A round to be: when it starts, and how many minutes it lasts."""

    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


def describe(session: Session, event: Event, details: Details, today: date) -> int:
    """Keep what was said of an event; return how many people changed sides, inside or outside.

    Rounds keep their clock times on another day or in another zone. Raises Refused, with the field, for an erase date
    that has passed, as everybody's data would go at once, and for a day on which the clocks skip a round's time.
    """
    if details.erase_on != event.erase_on and details.erase_on < today:
        words = "The erase date must be today or later. All personal data goes on the day after it"
        raise Refused(Refusal("erase_on", words))
    moved = (event.held_on, event.zone) != (details.held_on, details.zone)
    zone = ZoneInfo(details.zone)
    starts = [on_another_day(one, event.tz, details.held_on, zone) for one in event.rounds if moved]
    pools_differ = event.inside_domains != details.inside_domains
    for name in Details.__dataclass_fields__:
        setattr(event, name, getattr(details, name))
    if event.erased_at is not None and event.erase_on > event.erased_at.date():
        event.erased_at = None
    for one, at in zip(event.rounds, starts, strict=True) if moved else ():
        one.starts_at = at
    session.flush()
    return pool_anew(session, event) if pools_differ else 0


def on_another_day(one: Round, before: ZoneInfo, day: date, zone: ZoneInfo) -> datetime:
    """Return when a round begins that keeps its time on another day. Raises Refused if the clocks skip that."""
    at = one.starts_at.astimezone(before).time()
    if words := local_times.skipped(day, at, zone):
        also = f"{words}, and round {one.number} begins then. Choose another day, or change the round first"
        raise Refused(Refusal("held_on", also))
    return datetime.combine(day, at, zone)


def slots(
    event: Event,
    first: time,
    count: int,
    minutes: int,
    gap: int,
    break_minutes: int = 0,
    break_after: int = 0,
) -> list[RoundSlot]:
    """Return `count` rounds from the local time `first`, with `gap` minutes between two.

    After round `break_after` of them, the gap is `break_minutes` instead. Raises Refused for a `first` that
    the clocks skip on that day.
    """
    # Wall-clock arithmetic would go wrong across a change of the clocks; absolute time does not.
    starts = local_times.moment(event.held_on, first, event.tz).astimezone(UTC)
    found = []
    for number in range(1, count + 1):
        found.append(RoundSlot(starts, minutes))
        pause = break_minutes if break_after and number == break_after else gap
        starts += timedelta(minutes=minutes + pause)
    return found


def add_rounds(session: Session, event: Event, new: Sequence[RoundSlot]) -> None:
    """Add rounds; raises Refused if one overlaps another, runs past midnight, or would change numbers in use."""
    hold(session, event)
    if len(event.rounds) + len(new) > MOST_ROUNDS:
        raise Refused(f"An event can have {MOST_ROUNDS} rounds. Remove some first")
    have = [RoundSlot(one.starts_at, one.minutes) for one in event.rounds]
    _check_times(event, [*have, *new])
    if (
        _numbers_are_used(session, event)
        and have
        and new
        and min(s.starts_at for s in new) < have[-1].ends_at
    ):
        raise Refused(
            "There is a plan that names the rounds by their numbers, so a new round must be later than all others. "
            f"Start it at {_clock(event, have[-1].ends_at)} or later"
        )
    after = max((one.number for one in event.rounds), default=0)
    for number, slot in enumerate(sorted(new, key=lambda one: one.starts_at), start=after + 1):
        event.rounds.append(Round(number=number, starts_at=slot.starts_at, minutes=slot.minutes))
    session.flush()
    _number_by_clock(session, event)


def change_round(
    session: Session, event: Event, changed: Round, slot: RoundSlot, is_for: RoundFor = RoundFor.BOTH
) -> None:
    """Give a round other times, or let it be for something else; raises Refused like `add_rounds`."""
    hold(session, event)
    others = [one for one in event.rounds if one is not changed]
    _check_times(event, [*(RoundSlot(one.starts_at, one.minutes) for one in others), slot])
    place = sum(one.starts_at < slot.starts_at for one in others)
    if _numbers_are_used(session, event) and place != event.rounds.index(changed):
        raise Refused(
            "There is a plan that names the rounds by their numbers, so their order must stay as it is. "
            "Choose a time between the round before and the round after"
        )
    changed.starts_at, changed.minutes, changed.is_for = slot.starts_at, slot.minutes, is_for
    session.flush()
    _number_by_clock(session, event)


def remove_round(session: Session, event: Event, removed: Round) -> None:
    """Remove a round; without a plan, later rounds move up one number."""
    hold(session, event)
    registrations.forget_away_round(session, event.id, removed.number)
    event.rounds.remove(removed)
    session.flush()
    _number_by_clock(session, event)


def hold(session: Session, event: Event) -> None:
    """Let no other organiser change the hall until the transaction ends, and see it as it is now."""
    events.lock(session, event.id)
    session.expire(event, ["rounds", "tables"])


def _check_times(event: Event, every: Sequence[RoundSlot]) -> None:
    in_order = sorted(every, key=lambda one: one.starts_at)
    for one, after in zip(in_order, in_order[1:], strict=False):
        if after.starts_at < one.ends_at:
            raise Refused(
                f"The round at {_clock(event, after.starts_at)} begins before the round at "
                f"{_clock(event, one.starts_at)} is over, at {_clock(event, one.ends_at)}. "
                "Change a start time, or make the rounds shorter"
            )
    for one in every:
        last = (one.ends_at - timedelta(seconds=1)).astimezone(event.tz)
        if last.date() != event.held_on:
            raise Refused("The last round would run past midnight. Start earlier, or add fewer rounds")


def _numbers_are_used(session: Session, event: Event) -> bool:
    return plans.next_version(session, event.id) > 1


def _number_by_clock(session: Session, event: Event) -> None:
    """Number the rounds from 1 as they follow each other, unless a plan holds the numbers still."""
    in_order = sorted(event.rounds, key=lambda one: one.starts_at)
    if not _numbers_are_used(session, event) and [one.number for one in in_order] != list(
        range(1, len(in_order) + 1)
    ):
        # Two steps, so that no number is there twice on the way.
        for number, one in enumerate(in_order, start=MOST_ROUNDS + 1):
            one.number = number
        session.flush()
        for number, one in enumerate(in_order, start=1):
            one.number = number
        session.flush()
    session.expire(event, ["rounds"])


def add_tables(
    session: Session, event: Event, first: int, last: int, seats: int,
    *, step_free: bool, quiet: bool, for_topics: bool = False,
) -> int:  # fmt: skip
    """Add tables `first` to `last`, and return how many; raises Refused if one of them is there already."""
    hold(session, event)
    numbers = range(first, last + 1)
    if not numbers:
        raise Refused("The last table's number must not be lower than the first's")
    there = [one.number for one in event.tables if one.number in numbers]
    if there:
        raise Refused(f"{_tables(there)} already there. Choose other numbers, or change a table in the list")
    if len(event.tables) + len(numbers) > MOST_TABLES:
        raise Refused(f"An event can have {MOST_TABLES} tables. Add fewer")
    event.tables += [
        HallTable(number=number, seats=seats, step_free=step_free, quiet=quiet, for_topics=for_topics)
        for number in numbers
    ]
    session.flush()
    session.expire(event, ["tables"])
    return len(numbers)


def change_tables(
    session: Session, tables: Iterable[HallTable], seats: int,
    *, step_free: bool, quiet: bool, for_topics: bool = False,
) -> None:  # fmt: skip
    """Change what tables offer; their numbers stay, as people and plans name them by that."""
    for table in tables:
        table.seats, table.step_free, table.quiet, table.for_topics = seats, step_free, quiet, for_topics
    session.flush()


def remove_tables(session: Session, event: Event, numbers: Collection[int]) -> int:
    """Remove the tables of these numbers that are there; raises Refused while somebody always sits at one."""
    kept = [one for one in registrations.at_event(session, event.id, COMING) if one.fixed_table in numbers]
    if kept:
        who = ", ".join(f"{one.person.name} (table {one.fixed_table})" for one in kept[:5])
        more = f" and {len(kept) - 5} more" if len(kept) > 5 else ""
        raise Refused(f"Give these people another table first, as they always sit there: {who}{more}")
    gone = [one for one in event.tables if one.number in numbers]
    for one in gone:
        event.tables.remove(one)
    session.flush()
    return len(gone)


def affected_by_round(session: Session, event: Event, number: int) -> Concerned:
    """Return whom the published plan seats in this round."""
    plan = plans.published(session, event.id)
    return concerned.in_round(session, plan, number, MOST_NAMED) if plan else Concerned(0, [])


def affected_by_tables(session: Session, event: Event, tables: Collection[int]) -> Concerned:
    """Return whom the published plan seats at one of these tables."""
    plan = plans.published(session, event.id)
    return concerned.at_tables(session, plan, tables, MOST_NAMED) if plan else Concerned(0, [])


def places(people_there: int, rounds: int, tables: int) -> str:
    """Say in a sentence or two whether everybody can sit in every round, and if not, what would help.

    >>> places(120, 6, 60)
    '120 people, 60 tables: everybody can sit in every round.'
    >>> places(40, 6, 12)
    '40 people, 12 tables: 16 people sit out each round. Add 8 tables, and everybody can sit.'
    >>> places(0, 6, 60)
    '60 tables: 120 people can sit in each round. 0 people are coming so far: who said yes counts.'
    """
    who, what = plural(people_there, "person", "people"), plural(tables, "table")
    start = f"{who}, {what}: "
    if people_there < 2:
        room = f"{what}: {2 * tables:,} people can sit in each round" if tables else "There are no tables yet"
        return f"{room}. {who} {'is' if people_there else 'are'} coming so far: who said yes counts."
    need, idle = people_there // 2, max(people_there - 2 * tables, people_there % 2)
    if tables < need:
        more = need - tables
        rest = "everybody can sit" if people_there % 2 == 0 else "all but one can sit"
        words = f"{start}{idle:,} people sit out each round. Add {plural(more, 'table')}, and {rest}."
    elif idle:
        words = f"{start}the number is odd, so each round one person sits out or three meet."
    else:
        words = f"{start}everybody can sit in every round."
    if rounds > people_there - 1:
        words += f" There are more rounds ({rounds}) than anybody has others to meet ({people_there - 1})."
    return words


def _tables(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, sorted(numbers)[:10])) + (" and more" if len(numbers) > 10 else "")
    return f"Table {shown} is" if len(numbers) == 1 else f"Tables {shown} are"


def _clock(event: Event, moment: datetime) -> str:
    return clock.clock(moment, event.tz)
