"""Warn organisers about problems with a plan. Warnings are worked out when the page is opened, and never kept.

Who blocked whom, or said "not for me", is nobody's business: both are "cannot meet" here.
"""

from collections.abc import Collection, Iterator
from itertools import combinations

from matchmaker.documents.counts import plural
from matchmaker.services.plans import rest_limits
from matchmaker.services.plans.hall import Hall, ordered
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.too_alike import too_alike
from matchmaker.services.plans.too_few_tables import too_few_tables
from matchmaker.store.people.comers import Comer, NamedPerson
from matchmaker.store.plans.sittings import Sat
from matchmaker.store.plans.table_topics import TopicState

FEW = 3
"""So many people who meet nobody for one reason are each named in a sentence of their own."""


def hall_warnings(hall: Hall, rows: list[Comer]) -> list[str]:
    """Return what would spoil the next plan of an event, before there is one; the hall is that of these people."""
    return list(_about_tables(hall, rows))


def plan_warnings(review: Review) -> list[str]:
    """Return what spoils this plan as things stand now: places lost since it was made first."""
    return [
        *_changed(review),
        *_topics_off(review),
        *(f"{words} Make the plan again." for words in _broken_limits(review)),
        *_without_meeting(review),
        *tables_warnings(review),
    ]


def tables_warnings(review: Review) -> list[str]:
    """Return what of `plan_warnings` is about tables and topics: the same for every version with the same hall."""
    rows = [row for one in review.hall.there if (row := review.comer(one)) is not None]
    return review.once_for_all(("tables", id(review.hall)), lambda: list(_about_tables(review.hall, rows)))


def _about_tables(hall: Hall, rows: list[Comer]) -> Iterator[str]:
    for row in rows:
        name = row.name
        fixed = hall.fixed.get(row.person_id)
        if fixed is not None and hall.tables and fixed not in hall.tables:
            yield (
                f"{name} always sits at table {fixed}, which is not in the hall, and so meets nobody. "
                "Change their table, or add table "
                f"{fixed}."
            )
    for row in rows:
        if hall.tables and hall.allowed.get(row.person_id) == frozenset():
            needs = hall.needs[row.person_id]
            lacking = f"no table is {'both' if len(needs) > 1 else 'marked so'}"
            yield (
                f"{row.name} needs a {' and '.join(needs)} table, {lacking}, and so they meet nobody. "
                "Mark a table on the page “Tables”, and make the plan again."
            )
    yield from _about_topics(hall)
    yield from too_alike(hall)
    yield from too_few_tables(hall, {row.person_id: row.name for row in rows})


def unbearable(review: Review, among: Collection[int]) -> str:
    """Return which limit of these people this plan breaks as things stand, or ""."""
    return next(_broken_limits(review, among), "")


def _broken_limits(review: Review, among: Collection[int] | None = None) -> Iterator[str]:
    limited = rest_limits.limited(review.hall)
    names = {person: one.name for person, one in review.people.items() if person in limited}
    at = {
        person: {place.round_number: place.table for place in review.day(person) if place.table}
        for person in names
    }
    here = names.keys() if among is None else names.keys() & set(among)
    return rest_limits.broken(review.hall, at, names, here)


def _changed(review: Review) -> Iterator[str]:
    """Yield each meeting that no longer holds, with the reason."""
    for meeting in review.sat:
        because = spoilt(review, meeting)
        if because:
            where = f"Round {meeting.round_number}, table {meeting.table_number}"
            yield f"{where}: {because}"


def _topics_off(review: Review) -> Iterator[str]:
    """Yield each talk that cannot be held, with the reason and what to do."""
    on = {talk.id for talk, _ in review.talks}
    for talk in review.planned_talks:
        if talk.id in on:
            continue
        where, host = f"Round {talk.round_number}, table {talk.table_number}", review.name_of(talk.topic.host)
        if review.is_left_alone(talk):
            yield (
                f"{where}: “{talk.topic.title}” has lost all its guests. Make the plan again: whoever gave it a star "
                f"and has no meeting there can be at it. If nobody can, {host} is free in that round."
            )
            continue
        accepted = talk.topic.state is TopicState.ACCEPTED
        because = f"{host} is not here" if accepted else "it was taken back or declined"
        yield f"{where}: “{talk.topic.title}” cannot be held, as {because}. Make the plan again."


def _about_topics(hall: Hall) -> Iterator[str]:
    """Yield what keeps topics out of the next plan, or leaves a round empty."""
    places = hall.places
    count = len(places.topics)
    if count and not any(table.rounds for table in places.tables):
        topics = plural(count, "topic is", "topics are")
        yield f"{topics} accepted, and no table is for topics. Mark one on the page “Tables”, and they can be held."
    for number in sorted(places.only) if not count or not places.tables else ():
        yield f"Round {number} is for table topics alone, and none can be held. Nobody has anything to do in it."


def spoilt(review: Review, meeting: Sat) -> str:
    """Return why a meeting cannot take place as planned, or ""."""
    here = [person for one in meeting.people if (person := review.known(one)) is not None]
    if len(here) < 2:
        return "".join(
            f"somebody is no longer on the list, so {one.name} has nobody to meet." for one in here
        )
    for person in here:
        if why := _away(review, meeting, person):
            rest = " and ".join(one.name for one in here if one is not person)
            return f"{person.name} {why}, so {rest} has a free place."
    for one, other in combinations(here, 2):
        pair = ordered(one.id, other.id)
        if pair in review.hall.excluded:
            return f"{one.name} and {other.name} must not be paired, as you have said since."
        if pair in review.hall.declined:
            return f"{one.name} and {other.name} cannot meet."
        if pair in review.hall.kin:
            return f"{one.name} and {other.name} are now of one team or organisation."
    return _misplaced(review, meeting, here)


def _away(review: Review, meeting: Sat, person: NamedPerson) -> str:
    rounds = review.hall.there.get(person.id)
    if rounds is None:
        return "is marked as not here" if review.comer(person.id) else "no longer comes"
    if meeting.round_number in review.hall.rounds and meeting.round_number not in rounds:
        return "is not here for this round any more"
    return ""


def _misplaced(review: Review, meeting: Sat, here: list[NamedPerson]) -> str:
    if meeting.round_number not in review.hall.rounds:
        return "this round is no longer in the programme."
    if meeting.table_number not in review.hall.tables:
        return "this table is no longer in the hall."
    for person in here:
        if not review.hall.may_sit(person.id, meeting.table_number):
            return f"{person.name} {review.hall.unsuited(person.id, meeting.table_number)}."
    return ""


def _without_meeting(review: Review) -> Iterator[str]:
    """Yield who is coming and meets nobody in this plan, and why; many for one reason in one sentence."""
    for why, names in _idle(review).items():
        if len(names) <= FEW:
            yield from (f"{name} has no meeting: {why}" for name in names)
        else:
            *most, last = names
            yield f"{len(names)} people have no meeting: {why} They are {', '.join(most)} and {last}."


def _idle(review: Review) -> dict[str, list[str]]:
    """Return the names of who is coming and meets nobody, by the reason."""
    busy = {one for meeting in review.sat for one in meeting.people}
    busy |= {seat.person_id for talk in review.planned_talks for seat in talk.seats}
    idle: dict[str, list[str]] = {}
    for one in review.hall.there:
        row = review.comer(one)
        if one not in busy and row is not None and _has_a_table(review.hall, one):
            idle.setdefault(_why_none(review, one), []).append(row.name)
    return idle


def _has_a_table(hall: Hall, one: int) -> bool:
    """Whether there is a table for somebody at all; if not, another warning says so."""
    return any(hall.may_sit(one, table) for table in hall.tables)


def _why_none(review: Review, one: int) -> str:
    hall = review.hall
    if one not in review.planned:
        return "they joined after this plan was made. Make the plan again."
    if not hall.there[one]:
        return "they are not here for any whole round. Check when they arrive and leave."
    others = [other for other in hall.there if other != one]
    if all(ordered(one, other) in hall.forbidden for other in others):
        if all(ordered(one, other) in hall.kin for other in others):
            return "everybody else is of their own team or organisation."
        return "there is nobody whom they may meet."
    if not any(hall.there[one] & hall.there[other] for other in others):
        return "nobody else is here at the same time."
    return _why_not_placed(review, one, others)


def _why_not_placed(review: Review, one: int, others: list[int]) -> str:
    """Return why somebody who could meet others when they are there meets nobody."""
    hall, seats = review.hall, len(review.hall.tables)
    if not _table_stays_free(review, one):
        if 2 * seats < len(hall.there):
            tables = plural(seats, "table is", "tables are")
            return f"{tables} too few for {len(hall.there)} people. Add tables, and make the plan again."
        return "no place was found for them. Make the plan again."
    barred = sum(ordered(one, other) in hall.forbidden for other in others)
    if 2 * barred > len(others):
        return (
            f"{barred} of the {len(others)} others are of their own team or organisation, or kept apart from them, "
            "and the rest meet others. More tables would not help."
        )
    return "no place was found for them. Make the plan again."


def _table_stays_free(review: Review, one: int) -> bool:
    """Whether somebody could sit at a table at which nobody is planned, in a round for which they are there."""
    taken = {(meeting.round_number, meeting.table_number) for meeting in review.sat if meeting.people}
    return any(
        (number, table) not in taken and review.hall.may_sit(one, table)
        for number in review.hall.there[one] - review.hall.places.only
        for table in review.hall.tables
    )
