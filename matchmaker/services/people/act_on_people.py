"""Do one thing to many people of the list at once: look first whom it reaches, do it, and undo what can be undone."""

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from matchmaker.services.people import coming, erase_people, invite_people
from matchmaker.services.people.invite_people import Addresses
from matchmaker.services.refused import Refused
from matchmaker.store import files, mail
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.people import erasure, guest_list, listed_people, registrations, ties
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.listed_people import ListPart, Rule
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import (
    COMING,
    REGISTRATION_MOVES,
    Presence,
    Registration,
    RegistrationState,
)
from matchmaker.store.session import Session
from matchmaker.store.suggestions import suggestions

KIND = "people-act"
"""The kind of the row that remembers what was done, in the table of work that was asked for."""
_S = RegistrationState
_LEAVES = {_S.CONFIRMED: _S.CANCELLED}


class Act(enum.StrEnum):
    """What can be done to many at once."""

    INVITE = "invite"
    COMING = "coming"
    NOT_COMING = "not-coming"
    WAITING = "waiting"
    BACK = "back"
    REMOVE = "remove"


BECOMES: dict[Act, Callable[[RegistrationState], RegistrationState]] = {
    Act.COMING: lambda _: _S.CONFIRMED,
    Act.NOT_COMING: lambda before: _LEAVES.get(before, _S.DECLINED),
    Act.WAITING: lambda _: _S.WAITING,
    Act.BACK: lambda _: _S.INVITED,
}
"""Act that changes a state → what a state becomes."""
UNDONE = frozenset(BECOMES)
"""What can be undone: a letter that left, and somebody who is erased, do not come back."""


@dataclass(frozen=True)
class Reach:
    """Whom an act reaches, by the conditions that they meet, and who is left out, by the reason."""

    act: Act
    whom: tuple[Condition, ...]
    reached: ListPart
    left_out: tuple[tuple[str, ListPart], ...]


def reach(session: Session, event: Event, act: Act, asked: Sequence[Condition]) -> Reach:
    """Return whom of the people who meet the conditions an act reaches, and why not the others.

    One query, and one for each reason.
    """
    rules = _leaves_out(act)
    reached, found = listed_people.parts(session, event.id, asked, rules)
    return Reach(act, (*asked, *listed_people.those_of(rules)), reached, tuple(sorted(found.items())))


@cache
def _leaves_out(act: Act) -> list[Rule]:
    """Return whom an act leaves out, with the reason."""
    state = Registration.state
    if act is Act.INVITE:
        return [
            (state != _S.INVITED, "They have answered, or wait for a place"),
            (guest_list.without_address(), "They have no email address"),
        ]
    if act is Act.REMOVE:
        return _stays()
    wanted = {one: BECOMES[act](one) for one in _S}
    same = [one for one in _S if wanted[one] is one]
    barred = [one for one in _S if one not in same and wanted[one] not in REGISTRATION_MOVES[one]]
    return [
        (state.in_(same), "It is so already"),
        (state.in_(barred), "This is not possible from where they stand"),
    ]


def _stays() -> list[Rule]:
    """Return who is not removed, with the reason."""
    gone, here = (_S.DECLINED, _S.CANCELLED), Registration.presence != Presence.EXPECTED
    return [
        (
            Registration.state.in_(gone),
            "They said no or have no place: the list remembers that, so that no import invites them again",
        ),
        (
            Registration.state.in_((_S.CONFIRMED, _S.OFFERED)) | here,
            "They said yes, have an offer, or were at the desk: mark them as not coming instead",
        ),
        (
            Registration.profile_saved_at.is_not(None),
            "They wrote about themselves: only they delete that",
        ),
        (ties.tied(), "They are in a plan, pitched a topic, or gave or received thanks"),
    ]


def carry_out(
    session: Session, event: Event, found: Reach, by: Person, word: str, at: datetime, addresses: Addresses
) -> tuple[Job, list[int]]:
    """Do it to everybody it reaches, and return the row that remembers it and the ids of the people.

    Call it under the event's lock.
    `word` says how an organiser knows that people come; it is recorded with each of them. Raises Refused without it.
    """
    if found.act is Act.COMING and not word.strip():
        raise Refused("Say how you know that they come")
    rows = guest_list.everybody(session, event.id, found.whom)
    before, people = [[one.id, one.state.value] for one in rows], [one.person_id for one in rows]
    if found.act is Act.INVITE:
        invite_people.by_mail(session, event, rows, addresses, at)
    elif found.act is Act.REMOVE:
        _remove(session, event, rows)
    else:
        _put(session, event, {one: BECOMES[found.act](one.state) for one in rows}, at)
    for one in rows if found.act is Act.COMING else ():
        coming.record(session, one, BasisKind.ORGANISER, f"You said that you come: {word.strip()}", at)
    kept = before if found.act in UNDONE else []
    job = Job(
        event_id=event.id,
        kind=KIND,
        state=JobState.DONE,
        asked_by_id=by.id,
        details={"act": found.act.value, "people": len(rows)},
        result={"before": kept},
        ended_at=at,
    )
    session.add(job)
    session.flush()
    return job, people


def undo(session: Session, event: Event, job: Job, at: datetime) -> list[int]:
    """Put everybody back where they stood, unless somebody has changed that since; return the ids of the people.

    Done twice, it changes nothing.
    """
    events.lock(session, event.id)
    session.refresh(job)
    act = Act(job.details["act"])
    before = {row_id: RegistrationState(state) for row_id, state in job.result.get("before", [])}
    if not before:
        return []
    rows = registrations.by_ids(session, event.id, before)
    back = {one: before[one.id] for one in rows if one.state is BECOMES[act](before[one.id])}
    _put(session, event, back, at)
    for one in back:
        if one.asked_at == job.ended_at:
            one.asked_at = None
        if act is Act.COMING:
            coming.record(session, one, BasisKind.ORGANISER, "That you come was taken back.", at)
    job.result = {"before": [], "undone": len(back)}
    session.flush()
    return [one.person_id for one in back]


def _put(
    session: Session, event: Event, wanted: Mapping[Registration, RegistrationState], at: datetime
) -> None:
    """Write states, also those of before; who leaves is on no list, who waits has asked now if never before."""
    leaving = [one.person_id for one, state in wanted.items() if one.state in COMING and state not in COMING]
    for one, state in wanted.items():
        one.state = state
        if state is _S.WAITING and one.asked_at is None:
            one.asked_at = at
    session.flush()
    if leaving:
        suggestions.remove_person(session, event.id, *leaving)


def _remove(session: Session, event: Event, rows: Sequence[Registration]) -> None:
    """Take people off the list; whom nothing else knows is erased.

    Of the others goes what they said here, their letters that have not left, and files, which may hold their names.
    Whom they blocked, who blocked them and whom an organiser keeps apart from them stays: it holds if they return.
    """
    elsewhere = registrations.known_elsewhere(session, event.id, [one.person_id for one in rows])
    for one in rows:
        person = one.person
        if person.id in elsewhere or person.is_owner:
            suggestions.remove_person(session, event.id, person.id)
            erasure.forget_answers(session, event.id, person.id)
            mail.forget_unsent(session, event.id, person.id)
            files.remove_all(session, [event.id])
            session.delete(one)
        else:
            erase_people.erase_person(session, person, keep_thanks=True)
    session.flush()
