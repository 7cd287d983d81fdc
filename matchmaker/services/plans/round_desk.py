"""Lay out one round of a draft as the page for changing it by hand shows it, without reading the rest of the plan.

A round that has begun is read with the whole plan (`edit_by_hand.lay_out`): who was there in it depends on what was
published. People are by inside id.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from matchmaker.recognition.name_order import folded, several_sought
from matchmaker.services.plans import edit_by_hand
from matchmaker.services.plans.change_meetings import Sitting, Sittings
from matchmaker.services.plans.edit_by_hand import LaidOutPlan
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.kept_reviews import AsItStood
from matchmaker.services.plans.plan_findings import PlanFindings, Talked
from matchmaker.store.event import hall
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people import namesakes
from matchmaker.store.people.comers import named
from matchmaker.store.plans import in_round, sittings
from matchmaker.store.plans.in_round import Asked, Named
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Choices:
    """People to choose from: how many there are, the first by name, and those that were looked for among many."""

    count: int
    first: tuple[Named, ...]
    found: tuple[Named, ...]


@dataclass(frozen=True)
class RoundDesk:
    """A round of a draft: the rounds and tables there are, and whether it has begun.

    `left_out` are the ids of its meetings that do not hold, as things `stood` then; as they stand now if that is
    None. `talks` are the topics that are held in the round, which nobody leaves for a meeting; `whole` is the plan as
    it was read for a round that has begun.
    """

    event: Event
    plan: Plan
    number: int
    rounds: tuple[int, ...]
    tables: tuple[int, ...]
    left_out: tuple[int, ...]
    talks: tuple[Talked, ...]
    whole: LaidOutPlan | None
    stood: datetime | None

    @property
    def at_topics(self) -> dict[int, int]:
        """The tables of those who are at a topic in the round, by their ids."""
        return {person: talk.table_number for talk in self.talks for person in talk.coming}

    @property
    def begun(self) -> bool:
        """Whether the round has begun, so that it stays as it is."""
        return self.whole is not None


def read_round(
    session: Session, event: Event, plan: Plan, number: int, said: AsItStood[PlanFindings], at: datetime
) -> RoundDesk:
    """Read what there is to say of one round of a draft. Two queries, unless it has begun."""
    found = said.found
    whole = edit_by_hand.lay_out(session, event, plan, at) if number in begun(event, at) else None
    talks = tuple(one for one in found.talks if one.round_number == number and one.held)
    rounds, tables = (one.number for one in event.rounds), hall.table_numbers(session, event.id)
    return RoundDesk(
        event, plan, number, tuple(rounds), tuple(tables), found.left_out, talks, whole, said.stood
    )


def taken(session: Session, desk: RoundDesk) -> list[int]:
    """Return the tables of the round's meetings that still hold, in order. One query."""
    return sittings.tables_taken(session, desk.plan.id, desk.number, desk.left_out)


def at_tables(session: Session, desk: RoundDesk, tables: Collection[int]) -> Sittings:
    """Return the meetings of the round at these tables that still hold, by table. One query."""
    found = sittings.at_tables(session, desk.plan.id, desk.number, tables, desk.left_out)
    return tuple(Sitting(one.round_number, one.table_number, one.people, one.locked) for one in found)


def tables_of(session: Session, desk: RoundDesk, people: Collection[int]) -> dict[int, int]:
    """Return at which table each of these people has a meeting in the round that still holds. One query."""
    return sittings.tables_of(session, desk.plan.id, desk.number, people, desk.left_out)


def free(session: Session, desk: RoundDesk, query: str, most: int) -> Choices:
    """Return who is there in the round and has no meeting and no topic; of more than `most`, whom the query finds."""
    round_ = _round(desk)
    if desk.whole is not None or round_ is None:
        held = desk.whole.day if desk.whole is not None else ()
        sitting = {person for one in held if one.round == desk.number for person in one.people}
        busy = sitting | desk.at_topics.keys()
        return _search(session, desk, [one for one in _there(desk) if one not in busy], query, most)
    return _asked(
        session,
        desk,
        in_round.free(desk.plan, desk.event, round_, desk.left_out, desk.at_topics),
        query,
        most,
    )


def others(
    session: Session, desk: RoundDesk, one: Sitting, query: str, most: int
) -> tuple[bool, tuple[Named, ...]]:
    """Return whether more than `most` are there in the round beside those of a meeting, and whom to choose from.

    Of more, they are those whom the query finds. Nobody counts them all, who are nearly everybody.
    """
    round_ = _round(desk)
    if desk.whole is not None or round_ is None:
        choices = _search(session, desk, [x for x in _there(desk) if x not in one.people], query, most)
        return choices.count > most, choices.found
    asked = in_round.others(desk.plan, desk.event, round_, one.people)
    if in_round.more_than(session, asked, most):
        return True, _told(session, desk, in_round.named(session, asked, most, query))
    return False, _told(session, desk, in_round.first(session, asked, most)[1])


def _round(desk: RoundDesk) -> Round | None:
    return next((one for one in desk.event.rounds if one.number == desk.number), None)


def _there(desk: RoundDesk) -> list[int]:
    """Return who is there in a round that has begun; nobody is in one that is not in the programme."""
    there = desk.whole.hall.there if desk.whole is not None else {}
    return [one for one, rounds in there.items() if desk.number in rounds]


def _asked(session: Session, desk: RoundDesk, asked: Asked, query: str, most: int) -> Choices:
    count, first = in_round.first(session, asked, most)
    found = [] if count <= most else in_round.named(session, asked, most, query)
    told = _told(session, desk, [*first, *found])
    shown = told[: len(first)]
    return Choices(count, shown, shown if count <= most else told[len(first) :])


def _told(session: Session, desk: RoundDesk, people: Iterable[Named]) -> tuple[Named, ...]:
    """Tell namesakes among these people apart."""
    people = [*people]
    told = namesakes.told(session, desk.event.id, [one for one, _ in people])
    return tuple((one, told[one].alone if one in told else name) for one, name in people)


def _search(session: Session, desk: RoundDesk, people: Sequence[int], query: str, most: int) -> Choices:
    known = named(session, people, desk.event.id)
    all_ = sorted(((one.id, one.name) for one in known.values()), key=lambda one: (one[1], one[0]))
    first = tuple(all_[:most])
    if len(all_) <= most:
        return Choices(len(all_), first, first)
    wanted = several_sought(query)
    found = (one for one in all_ if any(all(word in folded(one[1]) for word in words) for words in wanted))
    return Choices(len(all_), first, tuple(islice(found, most)))
