"""Merging two people who are one: all that is known of the one who goes becomes that of the one who stays.

Where both said something of the same matter, an answer beats none, and of two answers the more private one
holds. What the two said of each other is dropped, as nobody thanks or avoids themselves. It happens in one
transaction, so all of it or nothing.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from matchmaker.recognition.states import LIVE, ContributionState, EndorsementState
from matchmaker.services.attendee_lists import link_titles, recall_people
from matchmaker.services.event.organisers import beyond
from matchmaker.services.event.pools import pool_of
from matchmaker.services.plans import hand_over_seats
from matchmaker.services.refused import Refused
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.outcomes import SolvedAnswer, StuckOutcome
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event import events
from matchmaker.store.event.event_roles import EventRole, Organiser
from matchmaker.store.event.events import Event
from matchmaker.store.people import (
    exclusions,
    merged_registrations,
    merged_rows,
    registrations,
    sign_in_codes,
)
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.personal import join_columns
from matchmaker.store.people.registrations import COMING, Presence, Registration, RegistrationState
from matchmaker.store.plans.table_topics import TopicStar
from matchmaker.store.session import Session
from matchmaker.store.suggestions import mentions
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.introduction_notes import IntroductionNote

_C, _E, _R = ContributionState, EndorsementState, RegistrationState
CONTRIBUTION_RANK = (_C.AWAITING, _C.CLAIMED, _C.ACCEPTED, _C.HIDDEN, _C.DECLINED)
ENDORSEMENT_RANK = (_E.WITHDRAWN, _E.AWAITING, _E.ACCEPTED, _E.HIDDEN, _E.DECLINED)
ANSWER_RANK = (AnswerKind.MEET, AnswerKind.KNOW, AnswerKind.NOT_FOR_ME, AnswerKind.BLOCK)
SOLVED_RANK = (SolvedAnswer.NOT_NOW, SolvedAnswer.NO, SolvedAnswer.YES)
USE_RANK = (UseKind.USES, UseKind.WANTS, UseKind.STUCK)
REGISTRATION_RANK = (
    _R.INVITED, _R.PENDING, _R.WAITING, _R.OFFERED, _R.CANCELLED, _R.DECLINED, _R.CONFIRMED,
)  # fmt: skip
"""Of two registrations the later in this order holds: a yes on one of two addresses is a yes."""
PRESENCE_RANK = (Presence.EXPECTED, Presence.ABSENT, Presence.HERE)


@dataclass(frozen=True)
class MergePreview:
    """What merging would move from the one who goes, and what it would drop.

    `code_ends`: both have a personal code at one event, and one person has one there. `kept_apart`: the event keeps
    the two apart, so that somebody takes them for two people.
    """

    keep: Person
    gone: Person
    addresses: tuple[str, ...]
    contributions: int
    received: int
    given: int
    registrations: int
    thanks_dropped: int
    places_kept: int
    places_dropped: int
    code_ends: bool
    kept_apart: bool


def preview(session: Session, event: Event, keep: Person, gone: Person) -> MergePreview:
    """Return what merging `gone` into `keep` would do. Nothing is changed."""
    places = hand_over_seats.preview(session, event.id, keep.id, gone.id)
    return MergePreview(
        keep,
        gone,
        tuple(one.email for one in gone.addresses),
        contributions=merged_rows.count(session, Contribution.person_id, gone.id),
        received=merged_rows.count(session, Endorsement.receiver_id, gone.id),
        given=merged_rows.count(session, Endorsement.giver_id, gone.id),
        registrations=merged_rows.count(session, Registration.person_id, gone.id),
        thanks_dropped=len(merged_rows.thanks_between(session, keep.id, gone.id)),
        places_kept=places.kept,
        places_dropped=places.dropped,
        code_ends=_code_ends(session, keep, gone),
        kept_apart=exclusions.between(session, event.id, keep.id, gone.id) is not None,
    )


def _code_ends(session: Session, keep: Person, gone: Person) -> bool:
    both = merged_rows.rows(session, Registration.person_id, (keep.id, gone.id))
    codes = sign_in_codes.personal_codes(session, [one.id for one in both])
    at = [one.event_id for one in both if one.id in codes]
    return len(at) > len(set(at))


def check(session: Session, keep: Person, gone: Person, organiser: Person) -> None:
    """Raise Refused if this organiser may not merge these two."""
    if keep.id == gone.id:
        raise Refused("Choose somebody else: a person cannot be merged with themselves")
    if gone.id == organiser.id:
        raise Refused("You would merge yourself away. Keep your own entry instead")
    if beyond(session, [keep.id, gone.id], organiser):
        raise Refused(
            "One of them is at an event that you do not organise, so somebody who organises it too must merge them"
        )


def merge(session: Session, keep: Person, gone: Person, organiser: Person) -> None:
    """Make two people one, after which `gone` no longer exists. Raises Refused as `check` does."""
    check(session, keep, gone, organiser)
    hand_over_seats.lock(session, gone.id)
    if len(merged_rows.hold(session, (keep.id, gone.id))) < 2:
        raise Refused("One of them is no longer on the list: somebody has merged the two, or removed one")
    join(session, keep, gone)


def join(session: Session, keep: Person, gone: Person) -> None:
    """Make two people one, whoever asks. The rows are held."""
    keep_id, gone_id = keep.id, gone.id
    _remember_lines(session, keep, gone)
    join_columns(keep, gone)
    after = max((one.position for one in keep.addresses), default=-1) + 1
    for position, address in enumerate(gone.addresses, start=after):
        address.position = position
    _drop_between(session, keep_id, gone_id)
    _contributions(session, keep_id, gone_id)
    _words_about_others(session, keep_id, gone_id)
    _exclusions(session, keep_id, gone_id)
    _registrations(session, keep_id, gone_id)
    hand_over_seats.hand_over(session, keep_id, gone_id)
    for column in merged_rows.SIMPLE:
        merged_rows.point(session, column, gone_id, keep_id)
    _own_claims(session, keep_id)
    mentions.hand_over(session, gone_id, keep_id)
    merged_rows.forget(session, gone_id)
    session.expunge(gone)
    session.expire_all()
    _pools(session, keep)


def _remember_lines(session: Session, *people: Person) -> None:
    """Let the next list find them by the name of either, where it has no address for them."""
    for person in people:
        if not person.addresses:
            for one in merged_rows.rows(session, Registration.person_id, (person.id,)):
                recall_people.keep_line(one, person.name, person.organisation)


def _drop_between(session: Session, keep_id: int, gone_id: int) -> None:
    pair = {keep_id, gone_id}
    answers = [one for one in merged_rows.rows(session, Answer.person_id, pair) if one.about_id in pair]
    notes = [
        one for one in merged_rows.rows(session, IntroductionNote.writer_id, pair) if one.reader_id in pair
    ]
    met = [one for one in merged_rows.rows(session, Encounter.person_id, pair) if one.other_id in pair]
    excluded = [one for one in merged_rows.rows(session, Exclusion.a_id, pair) if one.b_id in pair]
    _remove(
        session, [*merged_rows.thanks_between(session, keep_id, gone_id), *answers, *notes, *met, *excluded]
    )


def join_rows(
    session: Session,
    found: Iterable[Any],
    stays: Callable[[Any], bool],
    same: Callable[[Any], Hashable],
    rank: Callable[[Any], int],
    change: dict[str, int],
) -> None:
    """Write `change` into rows; of two that are the `same`, the one of higher rank, else one that `stays`."""
    best: dict[Hashable, Any] = {}
    losers = []
    for row in sorted(found, key=lambda row: (not stays(row), row.id)):
        there = best.setdefault(same(row), row)
        if there is row:
            continue
        winner, loser = (row, there) if rank(row) > rank(there) else (there, row)
        best[same(row)] = winner
        losers.append(loser)
        if isinstance(loser, Endorsement | UnclaimedCredit):
            merged_rows.move_log(session, loser, winner)
    _remove(session, losers)
    for row in best.values():
        for name, value in change.items():
            setattr(row, name, value)
    session.flush()


def _thanks_rank(one: Endorsement) -> int:
    """Rank what an organiser hides above all that is not."""
    return ENDORSEMENT_RANK.index(one.state) + len(ENDORSEMENT_RANK) * one.moderated


def _contributions(session: Session, keep_id: int, gone_id: int) -> None:
    """Move contributions, and the thanks for them; their foreign key follows by itself (ON UPDATE CASCADE)."""
    found: dict[tuple[int, str, str], list[Contribution]] = {}
    for one in merged_rows.rows(session, Contribution.person_id, (keep_id, gone_id)):
        found.setdefault((one.dataset_id, one.role, one.role_text), []).append(one)
    for both in found.values():
        mine = [one for one in both if one.person_id == keep_id]
        theirs = [one for one in both if one.person_id == gone_id]
        if mine and theirs:
            one_contribution(session, mine[0], theirs[0])
        elif theirs:
            theirs[0].person_id = keep_id
    session.flush()
    session.expire_all()


def one_contribution(session: Session, keep: Contribution, gone: Contribution) -> None:
    """Make two contributions of one role one, with the thanks for both."""
    thanks = merged_rows.rows(session, Endorsement.contribution_id, (keep.id, gone.id))
    join_rows(
        session,
        thanks,
        stays=lambda one: bool(one.contribution_id == keep.id),
        same=lambda one: (one.event_id, one.giver_id) if one.giver_id and one.state in LIVE else -one.id,
        rank=_thanks_rank,
        change={"contribution_id": keep.id, "receiver_id": keep.person_id, "dataset_id": keep.dataset_id},
    )
    open_yes = any(one.state is _C.ACCEPTED and one.sealed_by_id is None for one in (keep, gone))
    keep.sealed_by_id = None if open_yes else keep.sealed_by_id or gone.sealed_by_id
    keep.moderated = keep.moderated or gone.moderated
    merged_rows.move_log(session, gone, keep)
    keep.state = max(keep.state, gone.state, key=CONTRIBUTION_RANK.index)
    keep.note = keep.note or gone.note
    if keep.first_year is None and keep.last_year is None:
        keep.first_year, keep.last_year = gone.first_year, gone.last_year
    _remove(session, [gone])


def _words_about_others(session: Session, keep_id: int, gone_id: int) -> None:
    """Move the thanks they gave, what they use, what they and others answered, and what they organise."""
    pair = (keep_id, gone_id)

    def join(column: Any, same: Callable[[Any], Hashable], rank: Callable[[Any], int]) -> None:
        name = column.key
        found = merged_rows.rows(session, column, pair)
        join_rows(
            session, found, lambda one: bool(getattr(one, name) == keep_id), same, rank, {name: keep_id}
        )

    join(
        Endorsement.giver_id,
        lambda one: (one.event_id, one.contribution_id) if one.state in LIVE else -one.id,
        _thanks_rank,
    )
    join(TopicStar.person_id, lambda one: one.topic_id, lambda _one: 0)
    join(Use.person_id, lambda one: one.dataset_id, lambda one: USE_RANK.index(one.kind))
    join(
        Answer.person_id,
        lambda one: (one.event_id, one.about_id),
        lambda one: ANSWER_RANK.index(one.kind),
    )
    join(
        Answer.about_id,
        lambda one: (one.event_id, one.person_id),
        lambda one: ANSWER_RANK.index(one.kind),
    )
    # Whoever is kept wrote the first of the two; the other is in no place where it could be read.
    join(IntroductionNote.writer_id, lambda one: (one.event_id, one.reader_id), lambda _one: 0)
    join(IntroductionNote.reader_id, lambda one: (one.event_id, one.writer_id), lambda _one: 0)
    join(Encounter.person_id, lambda one: (one.event_id, one.other_id), lambda one: not one.shares)
    join(Encounter.other_id, lambda one: (one.event_id, one.person_id), lambda one: not one.shares)
    join(
        StuckOutcome.person_id,
        lambda one: (one.event_id, one.dataset_id),
        lambda one: SOLVED_RANK.index(one.said),
    )
    join(Organiser.person_id, lambda one: one.event_id, lambda one: one.role is EventRole.ORGANISER)


def _exclusions(session: Session, keep_id: int, gone_id: int) -> None:
    """Move exclusions; a pair has its lower id first, and is there once an event."""
    ids = (keep_id, gone_id)
    found = {
        one.id: one
        for column in (Exclusion.a_id, Exclusion.b_id)
        for one in merged_rows.rows(session, column, ids)
    }
    there: dict[tuple[int, int], Exclusion] = {}
    twice = []
    for one in sorted(found.values(), key=lambda one: (gone_id in (one.a_id, one.b_id), one.id)):
        other = one.b_id if one.a_id in ids else one.a_id
        if (kept := there.setdefault((one.event_id, other), one)) is not one:
            kept.reason = kept.reason or one.reason
            twice.append(one)
    _remove(session, twice)
    for (_event, other), one in there.items():
        one.a_id, one.b_id = min(keep_id, other), max(keep_id, other)
    session.flush()


def _registrations(session: Session, keep_id: int, gone_id: int) -> None:
    mine = {one.event_id: one for one in merged_rows.rows(session, Registration.person_id, (keep_id,))}
    for gone in merged_rows.rows(session, Registration.person_id, (gone_id,)):
        keep = mine.get(gone.event_id)
        if keep is None:
            gone.person_id = keep_id
        else:
            _one_registration(keep, gone)
            merged_rows.move_basis(session, gone.id, keep.id)
            link_titles.move(session, gone.id, keep.id)
            sign_in_codes.hand_over(session, gone.id, keep.id)
            merged_registrations.lead_on(session, gone, keep)
            _remove(session, [gone])
    session.flush()


def _one_registration(keep: Registration, gone: Registration) -> None:
    """Fill what the one who stays had left open; needs of either hold, and so does an objection of either."""
    join_columns(keep, gone)
    if keep.arrives is None and keep.leaves is None:
        keep.arrives, keep.leaves = gone.arrives, gone.leaves
    if not keep.pool_reason and gone.pool_reason:
        keep.pool, keep.pool_reason = gone.pool, gone.pool_reason
    if PRESENCE_RANK.index(gone.presence) > PRESENCE_RANK.index(keep.presence):
        keep.presence, keep.presence_at = gone.presence, gone.presence_at
    keep.state = max(keep.state, gone.state, key=REGISTRATION_RANK.index)
    if keep.presence is Presence.HERE and keep.state not in COMING:
        keep.state = RegistrationState.CONFIRMED
    keep.topics += [topic for topic in gone.topics if topic not in keep.topics]


def _own_claims(session: Session, keep_id: int) -> None:
    """Turn a credit that the one entry gave the other into what it is: a claim of their own."""
    for one in merged_rows.rows(session, Contribution.person_id, (keep_id,)):
        if one.declared_by_id == keep_id and one.state is ContributionState.AWAITING:
            one.state = ContributionState.CLAIMED
    session.flush()


def _pools(session: Session, keep: Person) -> None:
    for one in registrations.events_of(session, keep.id):
        event = events.by_id(session, one.event_id)
        if event is not None and not one.pool_reason:
            one.pool = pool_of(keep.email, event.inside_domains)
    session.flush()


def _remove(session: Session, losers: Iterable[Any]) -> None:
    for row in losers:
        session.delete(row)
    session.flush()
