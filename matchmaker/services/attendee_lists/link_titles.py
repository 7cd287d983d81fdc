"""Titles that people named before there was a catalogue: linked to the dataset once one comes."""

from matchmaker.recognition.states import ContributionState
from matchmaker.store.attendee_lists import waiting_titles
from matchmaker.store.attendee_lists.waiting_titles import NamedAs, WaitingTitle
from matchmaker.store.catalogue import datasets
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.session import Session

MADE_ROLE = "maintained"
"""The role of a dataset somebody says in their registration that they made or look after."""


def link(session: Session) -> int:
    """Make credits and uses of the titles that exactly one dataset has now; return how many, at all events.

    What somebody has said of the dataset in the meantime stays.
    """
    waiting = waiting_titles.that_have_come(session)
    known = datasets.by_titles(session, {one.title for one in waiting})
    people = {one.registration.person_id for one in waiting}
    made = {(one.person_id, one.dataset_id) for one in contributions.of_people(session, people)}
    uses = {(one.person_id, one.dataset_id) for one in contributions.uses_of_people(session, people)}
    order = list(NamedAs)
    linked = 0
    # Of one dataset used in two ways, what says most comes first, and stays.
    for one in sorted(waiting, key=lambda one: -order.index(one.kind)):
        found = known.get(one.title_key, [])
        if len(found) != 1:
            continue
        pair = (one.registration.person_id, found[0].id)
        if one.kind is NamedAs.MADE and pair not in made:
            session.add(claim(*pair))
            made.add(pair)
        elif one.kind is not NamedAs.MADE and pair not in uses:
            session.add(Use(person_id=pair[0], dataset_id=pair[1], kind=UseKind(one.kind.value)))
            uses.add(pair)
        session.delete(one)
        linked += 1
    session.flush()
    return linked


def claim(person_id: int, dataset_id: int) -> Contribution:
    """Return what somebody says of themselves in their registration."""
    return Contribution(
        person_id=person_id,
        dataset_id=dataset_id,
        role=MADE_ROLE,
        state=ContributionState.CLAIMED,
        declared_by_id=person_id,
    )


def move(session: Session, gone_id: int, keep_id: int) -> None:
    """Give what one registration waits for to another of the same person; what both wait for stays once."""
    mine = {(one.title_key, one.kind) for one in waiting_titles.of_registrations(session, [keep_id])}
    for one in waiting_titles.of_registrations(session, [gone_id]):
        if (one.title_key, one.kind) not in mine:
            one.registration_id = keep_id
    session.flush()


def wait_for(session: Session, registration_id: int, title: str, key: str, kind: NamedAs) -> None:
    """Keep that a registered person named a title that no dataset has yet."""
    session.add(WaitingTitle(registration_id=registration_id, title=title, title_key=key, kind=kind))
