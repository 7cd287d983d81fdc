"""Join organisations: several spellings of one become one, or are said for good to be two or more."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from matchmaker.matching.organisations import home, may_be_one
from matchmaker.services.event.organisers import beyond
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import apart_organisations, guest_list
from matchmaker.store.people.apart_organisations import ApartOrganisations
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session, hold


@dataclass(frozen=True)
class Spelling:
    """One way in which people write an organisation, and how many do."""

    name: str
    people: int


def doubles(session: Session, event: Event) -> list[tuple[Spelling, ...]]:
    """Return the groups of spellings that may be one organisation, the one to keep first."""
    used = guest_list.organisations(session, event.id)
    apart = [(one.a, one.b) for one in apart_organisations.at_event(session, event.id)]
    return [tuple(Spelling(name, used[name]) for name in group) for group in may_be_one(used, apart)]


def join(
    session: Session, event: Event, spellings: Collection[str], keep: str, by: Person
) -> tuple[list[int], int]:
    """Write `keep` for everybody on the list who has one of these spellings.

    Return the ids of those who changed, and how many did not, as they are at an event that `by` does not organise.
    Nobody changes where nobody writes `keep`, or any more.
    """
    if keep not in guest_list.organisations(session, event.id):
        return [], 0
    rows = guest_list.everybody(session, event.id, [guest_list.of_organisations(set(spellings) - {keep})])
    ids = [one.person_id for one in rows]
    locked = beyond(session, ids, by)
    for one in rows:
        if one.person_id not in locked:
            one.person.organisation = keep
    session.flush()
    return [one for one in ids if one not in locked], len(locked)


def keep_apart(session: Session, event: Event, spellings: Collection[str]) -> int:
    """Remember that these spellings are of as many organisations, so that they are not offered as one again.

    Return how many pairs are new. Spellings that differ in capitals and signs alone stay one, and so does what nobody
    on the list writes. Saying it twice changes nothing.
    """
    events.lock(session, event.id)
    used = guest_list.organisations(session, event.id)
    written = {home(name): name for name in sorted(spellings, reverse=True) if name in used and home(name)}
    known = {(one.a, one.b) for one in apart_organisations.at_event(session, event.id)}
    new = [pair for pair in combinations(sorted(written), 2) if pair not in known]
    for a, b in new:
        session.add(
            ApartOrganisations(event_id=event.id, a=a, b=b, a_written=written[a], b_written=written[b])
        )
    session.flush()
    return len(new)


def may_be_one_again(session: Session, event: Event, public_id: str) -> ApartOrganisations | None:
    """Take back that two are apart, and return the pair; None if that is done already."""
    pair = apart_organisations.by_public_id(session, event.id, public_id)
    # Of two presses at once the second waits for the first, and finds it gone.
    if pair is None or not hold(session, pair):
        return None
    session.delete(pair)
    session.flush()
    return pair
