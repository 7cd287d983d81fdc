"""Reporting on an event: numbers of what was planned and took place, and between which organisations."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from matchmaker.documents import clock
from matchmaker.documents.plans.report import FEWEST, OTHERS, EventReport, OrganisationMatrix
from matchmaker.matching.organisations import in_one_spelling
from matchmaker.services.credits import kept_labels
from matchmaker.store.event.events import Event
from matchmaker.store.people import comers, guest_list
from matchmaker.store.plans import meetings_off, plans, talks
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers

MOST_SHOWN = 12
"""How many organisations the matrix has, those with most people; the rest are one."""

CHECKED_IN, HELD = "People who were checked in", "Meetings that took place"
MET, PAIRS_MET = "People with at least one of these meetings", "Pairs of organisations that met"
ACROSS = "Meetings across organisations"
TOPICS = "Table topics planned, each time one is held"
WANTED_BOTH, PLANNED = "Pairs who both wanted to meet", "Meetings planned"
ACCEPTED = "Thanks that were accepted"
ALL_HIDE = "Datasets of this event on whose label everybody hides their name"
OF_MEETINGS = frozenset({HELD, MET, PAIRS_MET, ACROSS})
"""What is left out before the first round is over, where it would be a row of noughts."""
ON_THE_DAY = OF_MEETINGS | {CHECKED_IN}
"""What is left out before the day."""

OF_ERASED = (
    ("invited", "People on the list"),
    ("coming", "People who were coming"),
    ("here", CHECKED_IN),
    ("introductions", WANTED_BOTH),
    ("meetings", PLANNED),
    ("held", HELD),
    ("thanks", ACCEPTED),
)
"""The counts that stay once an event's data is erased, each with its words, without what few people said."""

Meetings = list[tuple[int, ...]]


def report(session: Session, event: Event, at: datetime) -> EventReport:
    """Return the report on an event as it stands. A fixed number of queries.

    Which meetings took place is the rule of `meetings_off.took_place`. Before the first round is over nothing has,
    so that is not counted out. Once the event's data is erased, only what was counted then is known.
    """
    if event.erased_at is not None:
        return _of_erased(event, event.erased_at, at)
    office = in_one_spelling(comers.offices_here(session, event.id))
    plan = plans.published(session, event.id)
    held = meetings_off.took_place(session, event, plan.id, at) if plan and office else []
    between, labels = _between(held, office), kept_labels.thanks(session, event.id)
    named = kept_labels.here(session, event.id)
    topics = talks.count(session, plan.id) if plan else 0
    ahead, left_out = _still_ahead(event, at, anybody_here=bool(office))
    figures = (
        (
            "People who are coming" if ahead else "People who were coming",
            guest_list.count(session, event.id, [guest_list.attends()]),
        ),
        (CHECKED_IN, len(office)),
        (WANTED_BOTH, answers.count_introductions(session, event.id)),
        (PLANNED, plans.meeting_count(session, plan.id) if plan else 0),
        *(((TOPICS, topics),) if topics else ()),
        (HELD, len(held)),
        (MET, len({one for people in held for one in people})),
        (PAIRS_MET, sum(len({*pair} - {""}) == 2 for pair in between)),
        (
            ACROSS,
            sum(len({office[one] for one in people} - {""}) > 1 for people in held),
        ),
        (ACCEPTED, labels["thanks"]),
        ("Datasets that were thanked for", labels["thanked"]),
        ("Datasets of this event with somebody named on the label so far", named.named),
        *(((ALL_HIDE, named.hidden),) if named.hidden else ()),
    )
    known = tuple(one for one in figures if one[0] not in left_out)
    return EventReport(event.name, _where(event), known, matrix(held, office), at, event.tz, ahead)


def _where(event: Event) -> str:
    return ", ".join(part for part in (clock.in_words(event.held_on), event.place) if part)


def _of_erased(event: Event, erased_at: datetime, at: datetime) -> EventReport:
    """Return the counts that stay of an event whose data is erased."""
    figures = tuple((words, event.counts[name]) for name, words in OF_ERASED if name in event.counts)
    words = (
        f"What was kept about people was erased on {clock.day(erased_at, event.tz)}. "
        "These numbers were counted then, and nothing else is known any more."
    )
    return EventReport(event.name, _where(event), figures, OrganisationMatrix((), ()), at, event.tz, words)


def _still_ahead(event: Event, at: datetime, *, anybody_here: bool) -> tuple[str, frozenset[str]]:
    """Return a sentence that says what has not taken place yet, and the figures that are left out because of it."""
    if not anybody_here and at.astimezone(event.tz).date() < event.held_on:
        day = clock.in_words(event.held_on)
        return (
            f"Nothing has taken place yet: the day is on {day}. What people did there will be counted here.",
            ON_THE_DAY,
        )
    if event.rounds and not event.rounds_over(at):
        return (
            "No meeting has taken place yet. Those of a round are counted here once it is over.",
            OF_MEETINGS,
        )
    return "", frozenset()


def matrix(held: Meetings, office: Mapping[int, str]) -> OrganisationMatrix:
    """Return how many meetings took place between organisations.

    Those of whom fewer than FEWEST people met, and all beyond the largest, are put together; where all of these are
    fewer even so, with the smallest of the others, as what one or two people did would be told.
    """
    people = Counter(office[one] for one in {one for meeting in held for one in meeting})
    large = sorted(
        (name for name in people if name and people[name] >= FEWEST), key=lambda name: (-people[name], name)
    )
    shown = large[:MOST_SHOWN]
    while shown and 0 < people.total() - sum(people[name] for name in shown) < FEWEST:
        shown.pop()
    group = {one: name if name in shown else OTHERS for one, name in office.items()}
    counted = _between(held, group)
    names = sorted(shown, key=str.casefold)
    if any(OTHERS in pair for pair in counted):
        names.append(OTHERS)
    cells = tuple(tuple(counted[min(one, other), max(one, other)] for other in names) for one in names)
    return OrganisationMatrix(tuple(names), cells)


def _between(held: Iterable[tuple[int, ...]], office: Mapping[int, str]) -> Counter[tuple[str, str]]:
    """Return how many meetings had people of each two organisations, or two people of one."""
    found: Counter[tuple[str, str]] = Counter()
    for people in held:
        found.update(
            {
                (min(office[one], office[other]), max(office[one], office[other]))
                for place, one in enumerate(people)
                for other in people[place + 1 :]
            }
        )
    return found
