"""Answering: what somebody says of another. Only a mutual "meet" is ever revealed."""

from datetime import datetime

from matchmaker.services.people import coming
from matchmaker.store.people import directory, people
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers, suggestions
from matchmaker.store.suggestions.answers import AnswerKind


def find(session: Session, event_id: int, person_id: int, public_id: str) -> Person | None:
    """Return whom an address in the browser names, if this person has reason to speak of them.

    That is: they are on this person's list as the page shows it or in the directory as this person sees it, or
    this person meets them in the published plan, or has answered about them before. Everybody else is None,
    whoever or whatever stands in the way.
    """
    person = people.by_public_id(session, public_id)
    if person is None or person.id == person_id:
        return None
    known = (
        answers.one(session, event_id, person_id, person.id) is not None
        or suggestions.visible(session, event_id, person_id, person.id) is not None
        or directory.one(session, event_id, person_id, person.id) is not None
        or _meets(session, event_id, person_id, person.id)
    )
    return person if known else None


def answer(
    session: Session, event_id: int, person_id: int, about_id: int, kind: AnswerKind | None, at: datetime
) -> bool:
    """Keep an answer, or take back the last one with None; return whether lists must be worked out again.

    Any answer but "meet" takes the two off each other's lists at once. Nobody is told.
    """
    before = answers.one(session, event_id, person_id, about_id)
    was = before.kind if before else None
    if kind is None:
        answers.take_back(session, event_id, person_id, about_id)
    else:
        answers.put(session, event_id, person_id, about_id, kind, at)
    if kind not in (None, AnswerKind.MEET):
        suggestions.remove_pair(session, event_id, person_id, about_id)
    return kind != was and bool({was, kind} - {None, AnswerKind.MEET})


def _meets(session: Session, event_id: int, person_id: int, other_id: int) -> bool:
    mine = coming.published_meetings(session, event_id, person_id)
    return any(seat.person_id == other_id for one in mine for seat in one.seats)
