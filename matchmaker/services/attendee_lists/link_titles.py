"""Titles that people named before there was a catalogue: linked to the dataset once one comes."""

from collections import defaultdict
from collections.abc import Iterable

from matchmaker.recognition.states import ContributionState
from matchmaker.services.attendee_lists.whole_titles import PARTED_AT, grouped, in_parts
from matchmaker.store.attendee_lists import waiting_titles
from matchmaker.store.attendee_lists.waiting_titles import LONGEST_TITLE, NamedAs, WaitingTitle
from matchmaker.store.base import normalised
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
    _make_whole(session)
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


def _make_whole(session: Session) -> None:
    """Make one again what a list had parted at its commas before anybody knew that it is one title."""
    waited = waiting_titles.keys(session)
    there = datasets.titles_with(session, PARTED_AT) if len(waited) > 1 else ()
    whole = in_parts((title for title in there if len(title) <= LONGEST_TITLE), waited)
    if not whole:
        return
    waits: dict[tuple[int, NamedAs], dict[str, WaitingTitle]] = defaultdict(dict)
    for one in waiting_titles.of_whoever_waits_for(session, {parts[0] for parts in whole.values()}):
        waits[one.registration_id, one.kind][one.title] = one
    known = datasets.by_titles(session, {title for named in waits.values() for title in named})
    for named in waits.values():
        for found in list(grouped(tuple(named), known, whole)):
            if found.title not in found.parts:
                parts = [named.pop(part) for part in found.parts]
                _make_one(session, found.title, parts, named.values())
    session.flush()


def _make_one(
    session: Session, title: str, parts: list[WaitingTitle], others: Iterable[WaitingTitle]
) -> None:
    """Let the first of the parts stand for the title, unless that is waited for already."""
    key = normalised(title)
    if all(one.title_key != key for one in others):
        first = parts.pop(0)
        first.title, first.title_key = title, key
    for one in parts:
        session.delete(one)


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
