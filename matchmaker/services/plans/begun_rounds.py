"""Keep a version from being published that would send people elsewhere in a round that has begun.

What is made while the day goes on keeps such rounds as they are. A version that was made before, or that goes back to
an older one, may have others there, or nobody: whoever sits at a table would read of another, and who met whom would
be untrue.
"""

from collections import defaultdict
from datetime import datetime

from matchmaker.services.people import coming
from matchmaker.services.plans import place_topics
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.too_few_tables import rounds_in_words
from matchmaker.store.event.events import Event
from matchmaker.store.plans import sittings
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session

Sitting = tuple[int, frozenset[int]]
"""A round, and the people of a meeting in it."""


def rewritten(session: Session, event: Event, plan: Plan, published: Plan | None, at: datetime) -> list[int]:
    """Return the rounds that have begun in which a version has others together than the published one. O(seats).

    Or leaves out what can still take place there, unless it was made since the round began. Nine queries at most.
    """
    past = begun(event, at)
    if published is None or not past:
        return []
    was, would_be = (_sittings(session, one, past) for one in (published, plan))
    heard, would_hear = (_listeners(session, one, past) for one in (published, plan))
    others = {one[0] for one in would_be - was} | {one[0] for one in would_hear - heard}
    # What is made once a round has begun leaves out of it only what cannot take place.
    earlier = {
        one.number for one in event.rounds if one.number in past and plan.made_at < one.starts_at
    } - others
    left_out = [(number, people) for number, people in was - would_be if number in earlier]
    unheard = [(number, {person}) for number, _, person in heard - would_hear if number in earlier]
    groups = dict(enumerate([*left_out, *unheard]))
    on, there = coming.can_meet(session, event.id, groups)
    lost = {groups[key][0] for key in on} | {groups[key][0] for key, _ in there if key >= len(left_out)}
    return sorted(others | lost)


def why_not(rounds: list[int]) -> str:
    """Return why a version with others together in these rounds is not published, and what to do.

    >>> why_not([1, 2])[:60]
    'rounds 1 and 2 have begun, and this version does not have th'
    """
    has = "has" if len(rounds) == 1 else "have"
    return (
        f"{rounds_in_words(rounds)} {has} begun, and this version does not have the same people together there as "
        "the one that is published. Make the plan again: what has begun stays as it is."
    )


def _sittings(session: Session, plan: Plan, past: frozenset[int]) -> set[Sitting]:
    people = defaultdict[tuple[int, int], set[int]](set)
    for number, meeting, person in sittings.seats_in(session, plan.id, past):
        people[number, meeting].add(person)
    return {(number, frozenset(some)) for (number, _), some in people.items() if len(some) > 1}


def _listeners(session: Session, plan: Plan, past: frozenset[int]) -> set[tuple[int, int, int]]:
    """Return (round, topic, person) for everybody at a talk."""
    return {
        (talk.round, talk.topic.id, person)
        for talk in place_topics.held(session, plan.id)
        if talk.round in past
        for person in talk.people
    }
