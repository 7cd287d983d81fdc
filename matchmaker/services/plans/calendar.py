"""One person's day as a calendar, and the private address at which a phone can subscribe to it."""

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from matchmaker.documents.directions import side_by_side
from matchmaker.documents.people.names import first_name
from matchmaker.documents.plans.calendar import CalendarEntry
from matchmaker.documents.plans.calendar import calendar as file_of
from matchmaker.documents.suggestions.reasons import why_meet
from matchmaker.services.people.coming import taking_place
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.talks_on import as_things_stand
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people import merged_registrations, namesakes, registrations
from matchmaker.store.people.merged_registrations import MergedRegistration
from matchmaker.store.people.namesakes import AsTold
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import plans, talks
from matchmaker.store.plans.plans import Meeting, Plan
from matchmaker.store.plans.talks import Talk
from matchmaker.store.session import Session


def proof(secret_key: str, registration: Registration | MergedRegistration) -> str:
    """Return what makes the address of a calendar private: 32 hexadecimal digits, others after each renewal."""
    said = f"calendar:{registration.public_id}:{registration.calendar_turn}"
    return hmac.new(secret_key.encode(), said.encode(), sha256).hexdigest()[:32]


def is_proof(secret_key: str, registration: Registration | MergedRegistration, said: str) -> bool:
    """Return whether this is the address's proof as it stands now."""
    return hmac.compare_digest(proof(secret_key, registration).encode(), said.encode())


def at_address(session: Session, secret_key: str, event: Event, named: str, said: str) -> Registration | None:
    """Return whose calendar has the address of these parts, `named` who and `said` the proof, as it stands now.

    The address of an entry that was merged into another leads to the other.
    """
    one = registrations.by_public_id(session, event.id, named) or merged_registrations.by_public_id(
        session, event.id, named
    )
    if one is None or not is_proof(secret_key, one, said):
        return None
    return one if isinstance(one, Registration) else session.get(Registration, one.registration_id)


def renew(session: Session, registration: Registration) -> None:
    """End the addresses there were; whoever had one sees nothing any more."""
    registration.calendar_turn += 1
    merged_registrations.renew_calendars(session, registration.id)
    session.flush()


def calendar(session: Session, event: Event, registration: Registration, day_url: str, at: datetime) -> bytes:
    """Return somebody's meetings as a calendar file; without meetings before a plan is published.

    A meeting that cannot take place, as `at` a moment, is cancelled, and so is a round in which an earlier version
    had a meeting and this one has none. A fixed number of queries.
    """
    plan = plans.published(session, event.id)
    meetings = plans.meetings_of(session, plan.id, registration.person_id) if plan else []
    person_id = registration.person_id
    on = taking_place(session, event.id, meetings, person_id, begun(event, at)) if plan else set()
    mine = talks.of_person(session, plan.id, registration.person_id) if plan else []
    topics = as_things_stand(session, event.id, mine).open_to(registration.person_id)
    on_now = [one for one in meetings if one.id in on]
    return calendar_of(session, event, registration, day_url, plan, on_now, topics)


def calendar_of(
    session: Session,
    event: Event,
    registration: Registration,
    day_url: str,
    plan: Plan | None,
    meetings: Iterable[Meeting],
    held: Iterable[Talk],
) -> bytes:
    """Return the same from what is known already: the published plan, and of them what can take place."""
    entries = _entries(session, event, registration, plan, meetings, held) if plan else []
    changed = (plan.published_at or plan.made_at) if plan else event.created_at
    return file_of(event.name, event.place, day_url, event.tz, changed, entries)


def _entries(
    session: Session,
    event: Event,
    registration: Registration,
    plan: Plan,
    meetings: Iterable[Meeting],
    held: Iterable[Talk],
) -> list[CalendarEntry]:
    now = {one.round_number: one for one in meetings}
    topics = {one.round_number: one for one in held}
    before = plans.rounds_ever(session, event.id, registration.person_id)
    before |= talks.rounds_ever(session, event.id, registration.person_id)
    names = namesakes.told_in_plan(session, plan, [seat.person for one in now.values() for seat in one.seats])
    return [
        _entry(registration, plan, one, now.get(one.number), topics.get(one.number), names)
        for one in event.rounds
        if one.number in now or one.number in topics or one.number in before
    ]


def _entry(
    registration: Registration,
    plan: Plan,
    round_: Round,
    meeting: Meeting | None,
    talk: Talk | None,
    names: Mapping[int, AsTold],
) -> CalendarEntry:
    uid = f"{registration.public_id}-{round_.number}@matchmaker"
    if talk is not None:
        return CalendarEntry(
            uid,
            plan.version,
            round_.starts_at,
            round_.ends_at,
            f"Table {talk.table_number}: {talk.topic.title}",
            talk.topic.about,
        )
    if meeting is None:
        return CalendarEntry(
            uid,
            plan.version,
            round_.starts_at,
            round_.ends_at,
            "No meeting in this round",
            "",
            cancelled=True,
        )
    others = [seat.person for seat in meeting.seats if seat.person_id != registration.person_id]
    return CalendarEntry(
        uid,
        plan.version,
        round_.starts_at,
        round_.ends_at,
        f"Table {meeting.table_number}: {side_by_side((names[one.id].alone for one in others), ' and ')}",
        why_meet((meeting.reasons(registration.person_id, one.id), first_name(one.name)) for one in others),
    )
