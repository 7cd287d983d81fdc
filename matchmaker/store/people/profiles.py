"""Profiles: what matching may know of the people coming to an event, gathered from the tables that hold it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from sqlalchemy import (
    CompoundSelect,
    Integer,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
)

from matchmaker.matching.profile import ENOUGH_WORDS, DatasetLink, Profile
from matchmaker.store.among import among, among_those
from matchmaker.store.catalogue import datasets
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import SHOWN, Contribution, Use
from matchmaker.store.credits.endorsements import Endorsement, shown
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import portraits, suggestible
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.portraits import Portrait
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.session import Session, plainly
from matchmaker.store.suggestions import mentions
from matchmaker.store.suggestions.answers import Answer, AnswerKind

Pair = tuple[int, int]
"""Two people's inside ids, the lower first."""


def at_event(session: Session, event_id: int, *, suggestible_only: bool = False) -> list[Profile]:
    """Return the profile of everybody who is coming, by name; ids are the inside ids as text.

    `suggestible_only` leaves out those who object to being suggested. Whom two know counts as a reason only if the
    event says so. Eleven queries, whatever the number.
    """
    event = events.by_id(session, event_id)
    coming = portraits.at_event(session, event_id, suggestible_only=suggestible_only)
    ids = [one.person_id for one in coming]
    never, known = _by_person(apart(session, event_id, ids)), _by_person(acquainted(session, event_id, ids))
    return _whole(session, event, coming, never, known)


def _whole(
    session: Session,
    event: Event | None,
    people: Sequence[Portrait],
    not_with: dict[int, set[int]],
    knows: dict[int, set[int]],
) -> list[Profile]:
    ids = [one.person_id for one in people]
    silent = {one.person_id for one in people if not one.show_name}
    links = _links(session, ids, silent)
    endorsers = _endorsers(session, set(ids) - silent)
    series = _series(session, links)
    not_meant = mentions.not_meant(session, event.id, ids) if event else {}
    return [
        Profile(
            id=str(one.person_id),
            organisation=one.organisation,
            team=one.team,
            bio=one.bio,
            topics=one.topics,
            offers=one.offers,
            needs=one.needs,
            datasets=tuple(links[one.person_id]),
            not_with=frozenset(map(str, not_with.get(one.person_id, ()))),
            knows=frozenset(map(str, knows.get(one.person_id, ()))),
            endorsers=frozenset(map(str, endorsers.get(one.person_id, ()))),
            series=frozenset(series.get(one.person_id, ())),
            in_circles=event is not None and event.count_acquaintances,
            not_meant=frozenset(map(str, not_meant.get(one.person_id, ()))),
        )
        for one in people
    ]


def _kept_from(
    session: Session, event_id: int, people: Collection[int]
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Return whom each of these people must not be paired with, and whom they know, whoever of the two said so."""
    never: set[Pair] = set()
    known: set[Pair] = set()
    said = select(Answer.person_id, Answer.about_id, Answer.kind, Answer.event_id).where(
        Answer.kind != AnswerKind.MEET
    )
    for rows in (said.where(among(Answer.person_id, people)), said.where(among(Answer.about_id, people))):
        for one, there, kind, at in session.execute(rows):
            if kind is AnswerKind.KNOW and at == event_id:
                known.add(pair(one, there))
            elif kind is AnswerKind.BLOCK or (kind is AnswerKind.NOT_FOR_ME and at == event_id):
                never.add(pair(one, there))
    excluded = select(Exclusion.a_id, Exclusion.b_id).where(
        Exclusion.event_id == event_id, or_(among(Exclusion.a_id, people), among(Exclusion.b_id, people))
    )
    never |= {pair(a, b) for a, b in session.execute(excluded)}
    others = set(chain.from_iterable(never | known)).difference(people)
    here = suggestible.among_these(session, event_id, others).union(people)
    never, known = ({one for one in some if here.issuperset(one)} for some in (never, known))
    return _by_person(never), _by_person(known)


def of_some(session: Session, event_id: int, person_ids: Collection[int]) -> list[Profile]:
    """Return the profiles of some people as `at_event` would of those who may be suggested.

    A fixed number of queries, and time for these people alone.
    """
    rows = portraits.by_people(session, event_id, person_ids)
    kept_from = _kept_from(session, event_id, person_ids)
    return _whole(session, events.by_id(session, event_id), rows, *kept_from)


def of_reader(session: Session, registration: Registration) -> Profile:
    """Return one person's profile as `of_some` would, without other people: as a topic sees it. Four queries."""
    person = registration.person
    silent = () if person.show_name else (person.id,)
    links = _links(session, [person.id], silent)[person.id]
    not_meant = mentions.not_meant(session, registration.event_id, [person.id])[person.id]
    return replace(_alone(registration, links), in_circles=False, not_meant=frozenset(map(str, not_meant)))


def of_registration(session: Session, registration: Registration) -> Profile:
    """Return one person's profile, without the rules about others: what they have told so far."""
    return _alone(registration, _links(session, [registration.person_id])[registration.person_id])


def _alone(registration: Registration, links: Sequence[DatasetLink]) -> Profile:
    """Return what one person says of themselves, whoever else there is."""
    return Profile(
        id=str(registration.person_id),
        organisation=registration.person.organisation,
        team=registration.team,
        bio=registration.bio,
        topics=tuple(topic.name for topic in registration.topics),
        offers=registration.offers,
        needs=registration.needs,
        datasets=tuple(links),
    )


def says_little(session: Session, registration: Registration) -> bool:
    """Whether somebody has told next to nothing yet, as `Profile.is_sparse` says; it mostly takes one query."""
    words = f"{registration.bio} {registration.offers} {registration.needs}".split()
    if len(words) >= ENOUGH_WORDS or any(topic.name.strip() for topic in registration.topics):
        return False
    return of_registration(session, registration).is_sparse


@dataclass(frozen=True)
class Told:
    """How many others who may be suggested have told a thing that somebody's answer could meet."""

    offers: int
    needs: int
    topics: int
    datasets: int


def told_by_others(session: Session, event_id: int, person_id: int) -> Told:
    """Return how many of the others who may be suggested at an event have told each of these things: one query."""
    row = Registration
    made = exists().where(Contribution.person_id == row.person_id, Contribution.state.in_(SHOWN))
    used = exists().where(Use.person_id == row.person_id)
    conditions = (row.offers != "", row.needs != "", row.topics.any(), or_(made, used))
    counts = session.execute(
        select(*(func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in conditions)).where(
            row.event_id == event_id, row.person_id != person_id, row.state.in_(COMING), row.suggestible
        )
    ).one()
    return Told(*counts)


def apart(session: Session, event_id: int, people: Collection[int]) -> set[Pair]:
    """Return the pairs among these people who must not be paired, whoever of the two said so.

    An exclusion or "not for me" holds at this event, a block at every event. O(people's answers): the other of the
    two is looked up here, as two lists in one question would have the database try every pair. One query.
    """
    wanted = set(people)
    rows = plainly(session, _apart(), {"event": event_id, "people": [*wanted]})
    return {pair(a, b) for a, b in rows if b in wanted}


@cache
def _apart() -> CompoundSelect[int, int]:
    """Return the question of `apart`, which is put together once."""
    event_id = bindparam("event", type_=Integer)
    said = select(Answer.person_id, Answer.about_id).where(
        among_those(Answer.person_id, "people"),
        or_(
            Answer.kind == AnswerKind.BLOCK,
            (Answer.kind == AnswerKind.NOT_FOR_ME) & (Answer.event_id == event_id),
        ),
    )
    excluded = select(Exclusion.a_id, Exclusion.b_id).where(
        Exclusion.event_id == event_id, among_those(Exclusion.a_id, "people")
    )
    return union_all(said, excluded)


def acquainted(session: Session, event_id: int, people: Collection[int]) -> set[Pair]:
    """Return the pairs among these people of whom one said at this event that they know each other."""
    said = session.execute(
        select(Answer.person_id, Answer.about_id).where(
            Answer.event_id == event_id, Answer.kind == AnswerKind.KNOW, among(Answer.person_id, people)
        )
    )
    wanted = set(people)
    return {pair(a, b) for a, b in said if b in wanted}


def pair(one: int | str, other: int | str) -> Pair:
    """Return two people's ids, as numbers or as text, with the lower first."""
    a, b = int(one), int(other)
    return (a, b) if a < b else (b, a)


def catalogue(session: Session) -> list[DatasetLink]:
    """Return every dataset as an entry of the catalogue, over which matching counts what is rare."""
    names = datasets.other_names(session)
    return [
        DatasetLink(str(id_), title, description, tuple(tags), names=tuple(names.get(id_, ())))
        for id_, title, description, tags in datasets.described(session)
    ]


def _links(
    session: Session, person_ids: Collection[int], silent: Collection[int] = ()
) -> dict[int, list[DatasetLink]]:
    """Return what these people did for datasets or do with them; of the silent, who are named nowhere, only the use.

    What a profile holds is told to others as a reason, with the person's name.
    """
    credits = [one for one in contributions.roles_seen(session, person_ids) if one[0] not in silent]
    uses = contributions.kinds_of_use(session, person_ids)
    wanted = {dataset for _, dataset, _ in (*credits, *uses)}
    known = {
        id_: (str(id_), title, description, tuple(tags))
        for id_, title, description, tags in datasets.described(session, wanted)
    }
    found: dict[int, list[DatasetLink]] = defaultdict(list)
    for person, dataset, role in credits:
        found[person].append(DatasetLink(*known[dataset], role=role))
    for person, dataset, kind in uses:
        found[person].append(DatasetLink(*known[dataset], use=kind.value))
    return found


def _endorsers(session: Session, receiver_ids: Collection[int]) -> dict[int, set[int]]:
    """Return who gave each of these people a thanks that everybody signed in may read, with a name to it."""
    rows = session.execute(
        select(Endorsement.receiver_id, Endorsement.giver_id)
        .join(Endorsement.giver)
        .join(Endorsement.contribution)
        .where(
            among(Endorsement.receiver_id, receiver_ids), shown(), contributions.on_label(), Person.show_name
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for receiver_id, giver_id in rows:
        if giver_id is not None:
            found[receiver_id].add(giver_id)
    return found


def _series(session: Session, links: dict[int, list[DatasetLink]]) -> dict[int, set[str]]:
    """Return the titles of the series that people worked on, as a whole or one dataset of it."""
    made = {person: {int(one.id) for one in mine if one.role} for person, mine in links.items()}
    titles = datasets.series_titles(session, set().union(*made.values()))
    return {person: {titles[one] for one in mine if one in titles} for person, mine in made.items()}


def _by_person(pairs: set[Pair]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return found


def linked(session: Session, person_ids: Collection[int]) -> set[int]:
    """Return those of these people who stand by a contribution, or use, want or are stuck on a dataset."""
    credited = session.scalars(
        select(Contribution.person_id).where(
            among(Contribution.person_id, person_ids), Contribution.state.in_(SHOWN)
        )
    )
    using = session.scalars(select(Use.person_id).where(among(Use.person_id, person_ids)))
    return set(credited) | set(using)
