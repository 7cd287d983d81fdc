"""Give a person a copy of everything that is kept about them, except what others said in private."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from matchmaker.documents.people.names import first_name
from matchmaker.documents.people.own_data import Acquaintance, Chapter, OwnData, Value
from matchmaker.documents.suggestions.reasons import why
from matchmaker.recognition.states import EndorsementState, as_the_giver_sees_it
from matchmaker.services.credits import build_labels, state_contributions
from matchmaker.services.people import coming, keep_in_touch, remember_meetings
from matchmaker.services.people.copy_own_acts import own_acts
from matchmaker.services.plans import calendar
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.talks_on import HeldTalks, as_things_stand
from matchmaker.store import mail
from matchmaker.store.attendee_lists import waiting_titles
from matchmaker.store.credits import contributions, endorsements, moderation, outcomes
from matchmaker.store.event.events import Event
from matchmaker.store.people import basis, encounters, registrations, sign_ins
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import plans, table_topics, talks
from matchmaker.store.plans.plans import Meeting, Plan
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers, introduction_notes, suggestions

Row = dict[str, Value]
Kept = list[tuple[Registration, Event]]
Introduced = Mapping[int, list[Person]]
"""Whom the person is introduced to at each event, by its id."""
Mine = list[tuple[Meeting, list[Person]]]
"""Meetings of the person, each with the others in it; with nobody where it cannot take place."""
Seated = tuple[Event, datetime | None, int, list[Person]]
"""A meeting: its event, when it begins, its table and who else sits there."""
HOURS = ("arrives", "leaves")
TOLD = ("team", "bio", "offers", "needs", "access_needs", "diet")
NEEDS = (
    "step_free", "quiet", "large_print", "trio_ok", "fixed_table", "most_meetings", "meetings_in_a_row",
    "suggestible", "on_screen", "in_directory", "ask_next_time",
)  # fmt: skip


def copy(
    session: Session, person: Person, at: datetime, zone: ZoneInfo, day_url: Callable[[Event], str]
) -> OwnData:
    """Return everything that is kept about a person and that they may know, in chapters.

    `day_url` leads to the person's day at an event, for their calendar.
    """
    kept = registrations.with_events(session, person.id)
    published = {event.id: plans.published(session, event.id) for _, event in kept}
    introduced = {event.id: answers.introduced_to(session, event.id, row.person_id) for row, event in kept}
    mine = {event.id: _mine(session, row, published[event.id], begun(event, at)) for row, event in kept}
    held = {event.id: _held(session, row, published[event.id]) for row, event in kept}
    seated = tuple(_seated(kept, mine))
    return OwnData(
        person.name,
        (
            Chapter("you", "You", (_person(person),)),
            Chapter("events", "Your events", tuple(_registration(*one) for one in kept)),
            Chapter("record", "What you were told and what you chose", tuple(_records(session, kept))),
            Chapter("suggestions", "People suggested to you", tuple(_suggestions(session, kept))),
            Chapter("answers", "What you said of others", tuple(_answers(session, kept, introduced))),
            Chapter("notes", "Notes", tuple(_notes(session, person))),
            Chapter("meetings", "Your meetings", tuple(map(_meeting, seated))),
            Chapter("topics", "Your table topics", tuple(_topics(session, person, kept, held))),
            Chapter("people_met", "What you said of people you met", tuple(_met(session, kept))),
            Chapter("stuck", "What became of what you were stuck on", tuple(_outcomes(session, kept))),
            Chapter("datasets", "Your datasets", tuple(_datasets(session, person, kept))),
            Chapter("thanks_received", "Thanks you received", tuple(_received(session, person))),
            Chapter("thanks_given", "Thanks you gave", tuple(_given(session, person))),
            Chapter("reports", "What you reported", tuple(_reports(session, person))),
            Chapter("acts", "What you did for events and datasets", tuple(own_acts(session, person.id))),
            Chapter("letters", "Letters to you", tuple(_letters(session, person))),
            Chapter("browsers", "Where you are signed in", tuple(_browsers(session, person, at))),
        ),
        tuple(_people(session, person, kept, seated, introduced, at)),
        tuple(
            calendar.calendar_of(
                session,
                event,
                row,
                day_url(event),
                published[event.id],
                (one for one, others in mine[event.id] if others),
                held[event.id].open_to(row.person_id),
            )
            for row, event in kept
            if published[event.id] is not None
        ),
        at,
        zone,
    )


def _person(person: Person) -> Row:
    return {
        "name": person.name,
        "pronouns": person.pronouns,
        "job_title": person.job_title,
        "organisation": person.organisation,
        "email_addresses": [one.email for one in person.addresses],
        "telephone_number": person.phone,
        "link": person.link,
        "name_shown_on_labels": person.show_name,
        "takes_thanks": person.open_to_thanks,
        "only_letters_you_need": person.few_letters,
        "named_in_public_since": person.public_since,
        "here_since": person.created_at,
        "owner_of_this_website": person.is_owner,
    }


def _browsers(session: Session, person: Person, at: datetime) -> Iterator[Row]:
    for one in sign_ins.of_person(session, person.id, at):
        yield {
            "browser": one.browser,
            "since": one.began_at,
            "last_sent_something": one.used_at,
            "until_at_the_latest": one.ends_at,
        }


def _registration(row: Registration, event: Event) -> Row:
    hours: dict[str, time | None] = {name: getattr(row, name) for name in HOURS}
    return {
        "event": event.name,
        "day": event.held_on,
        "place": event.place,
        "erased_after": event.erase_on,
        "state": row.state.value,
        "counted_as": row.pool.value,
        "counted_so_because": row.pool_reason,
        "topics": [topic.name for topic in row.topics],
        **{name: getattr(row, name) for name in TOLD + NEEDS},
        "you_come_with": row.helper,
        "lists_named_you": row.listed_as.splitlines(),
        **{name: hour.isoformat(timespec="minutes") if hour else None for name, hour in hours.items()},
        "rounds_you_miss": [str(number) for number in sorted(row.away_rounds)],
        "on_the_day": row.presence.value,
        "on_the_day_noted": row.presence_at,
        "invited": row.invited_at,
        "asked_for_a_place": row.asked_at,
        "could_answer_the_offer_of_a_place_until": row.offered_until,
        "profile_saved": row.profile_saved_at,
        "on_the_list_since": row.created_at,
    }


def _records(session: Session, kept: Kept) -> Iterator[Row]:
    for row, event in kept:
        for one in basis.records(session, row.id):
            yield {"event": event.name, "at": one.at, "kind": one.kind.value, "words": one.wording}


def _suggestions(session: Session, kept: Kept) -> Iterator[Row]:
    for row, event in kept:
        for one in suggestions.for_person(session, event.id, row.person_id):
            reasons = why(one.reasons, first_name(one.other.name))
            yield {"event": event.name, "name": one.other.name, "why": reasons, "question": one.opening}


def _answers(session: Session, kept: Kept, introduced: Introduced) -> Iterator[Row]:
    for row, event in kept:
        both = {one.id for one in introduced[event.id]}
        for kind, other in answers.given(session, event.id, row.person_id):
            yield {
                "event": event.name,
                "name": other.name,
                "you_said": kind.value,
                "both_said_so": True if other.id in both else None,
            }


def _notes(session: Session, person: Person) -> Iterator[Row]:
    for one in introduction_notes.of_person(session, person.id):
        if one.writer_id == person.id:
            yield {"to": one.reader.name, "at": one.written_at, "words": one.words}
        elif not one.moderated:
            yield {"from": one.writer.name, "at": one.written_at, "words": one.words}


def _mine(session: Session, row: Registration, plan: Plan | None, past: Collection[int]) -> Mine:
    """Return somebody's meetings of a plan, each with the others in it; with nobody where it cannot take place."""
    if plan is None:
        return []
    meetings = plans.meetings_of(session, plan.id, row.person_id)
    on = coming.taking_place(session, row.event_id, meetings, row.person_id, past)
    return [
        (one, [seat.person for seat in one.seats if seat.person_id != row.person_id] if one.id in on else [])
        for one in meetings
    ]


def _seated(kept: Kept, mine: Mapping[int, Mine]) -> Iterator[Seated]:
    """Yield event, start, table and the others of each meeting; nobody where it cannot take place."""
    for _, event in kept:
        starts = {one.number: one.starts_at for one in event.rounds}
        for one, others in mine[event.id]:
            yield event, starts.get(one.round_number), one.table_number, others


def _meeting(seated: Seated) -> Row:
    event, starts, table, others = seated
    return {
        "event": event.name,
        "at": starts.astimezone(event.tz) if starts else None,
        "table": table,
        "with": [one.name for one in others],
        "takes_place": bool(others),
    }


def _held(session: Session, row: Registration, plan: Plan | None) -> HeldTalks:
    """Return the talks of a plan at which somebody is to be, as things stand."""
    planned = talks.of_person(session, plan.id, row.person_id) if plan else []
    return as_things_stand(session, row.event_id, planned)


def _topics(session: Session, person: Person, kept: Kept, held: Mapping[int, HeldTalks]) -> Iterator[Row]:
    """Yield the table topics somebody pitched, gave a star to, and is planned at in what is published."""
    for one in table_topics.hosted_by(session, person.id):
        yield {"topic": one.title, "about": one.about, "you": "host", "state": one.state.value}
    for one in table_topics.all_starred_by(session, person.id):
        yield {"topic": one.title, "you": "gave it a star"}
    for _row, event in kept:
        on = {one.id for one in held[event.id].open_to(person.id)}
        starts = {one.number: one.starts_at for one in event.rounds}
        for talk in held[event.id].talks:
            begins = starts.get(talk.round_number)
            yield {
                "topic": talk.topic.title,
                "event": event.name,
                "round": talk.round_number,
                "at": begins.astimezone(event.tz) if begins else None,
                "table": talk.table_number,
                "you": "are planned there",
                "takes_place": talk.id in on,
            }


def _met(session: Session, kept: Kept) -> Iterator[Row]:
    for row, event in kept:
        for one in encounters.of_person(session, event.id, row.person_id):
            if one.person_id == row.person_id:
                yield {
                    "event": event.name,
                    "name": one.other.name,
                    "took_place": one.took_place,
                    "knew_each_other_before": one.knew_before,
                    "useful": one.useful.value if one.useful else None,
                    "what_next": one.next_step,
                    "you_give": list(one.shares),
                }


def _outcomes(session: Session, kept: Kept) -> Iterator[Row]:
    for row, event in kept:
        for one in outcomes.of_person(session, event.id, row.person_id):
            helper = one.helper.name if one.helper else None
            yield {
                "event": event.name,
                "dataset": one.dataset.title,
                "solved": one.said.value,
                "who_helped": helper,
            }


def _datasets(session: Session, person: Person, kept: Kept) -> Iterator[Row]:
    rows = contributions.of_person(session, person.id)
    unseen = state_contributions.unseen(session, person.id, rows)
    for row in rows:
        if row.id not in unseen:
            yield {
                "dataset": row.dataset.title,
                "you": build_labels.role_in_words(row.role, row.role_text),
                "note": row.note,
                "from_year": row.first_year,
                "to_year": row.last_year,
                "state": row.state.value,
            }
    for use in contributions.uses_of_people(session, [person.id]):
        yield {"dataset": use.dataset.title, "you": use.kind.value}
    for waiting in waiting_titles.of_registrations(session, [row.id for row, _ in kept]):
        yield {"dataset": waiting.title, "you": waiting.kind.value, "note": "No catalogue lists it yet"}


def _received(session: Session, person: Person) -> Iterator[Row]:
    blocked = answers.blocked_with(session, person.id)
    for one in endorsements.received_by(session, person.id):
        unseen = one.state is EndorsementState.AWAITING and one.giver_id in blocked
        if one.state is not EndorsementState.WITHDRAWN and not unseen:
            giver = one.giver.name if one.giver else None
            yield {
                "dataset": one.contribution.dataset.title,
                "from": giver,
                "words": one.sentence,
                "state": one.state.value,
            }


def _given(session: Session, person: Person) -> Iterator[Row]:
    for one in endorsements.given_by(session, person.id):
        if one.state is not EndorsementState.WITHDRAWN:
            yield {
                "dataset": one.contribution.dataset.title,
                "to": one.contribution.person.name,
                "words": one.sentence,
                "state": as_the_giver_sees_it(one.state).value,
            }


def _reports(session: Session, person: Person) -> Iterator[Row]:
    for one in moderation.reported_by(session, person.id):
        yield {"at": one.created_at, "reason": one.reason, "decided": one.closed_at}


def _letters(session: Session, person: Person) -> Iterator[Row]:
    for one in mail.to_person(session, person.id):
        yield {
            "subject": one.subject,
            "to": one.to,
            "written": one.written_at,
            "sent": one.sent_at,
        }


def _people(
    session: Session,
    person: Person,
    kept: Kept,
    seated: Collection[Seated],
    introduced: Introduced,
    at: datetime,
) -> Iterator[Acquaintance]:
    """Yield whom they meet or are introduced to, each once, by name, with what whom they met gave them."""
    found: dict[int, Acquaintance] = {}
    for _row, event in kept:
        for known in remember_meetings.met(session, event, person, at):
            if known.in_touch:
                found.setdefault(known.person.id, keep_in_touch.acquaintance(known, event.name))
    met = [(one, event) for event, _, _, others in seated for one in others]
    both = [(one, event) for _row, event in kept for one in introduced[event.id]]
    for one, event in [*met, *both]:
        found.setdefault(one.id, Acquaintance(one.name, one.organisation, one.job_title, event.name))
    yield from sorted(found.values(), key=lambda one: (one.name.casefold(), one.organisation))
