"""Coming or not: a person's yes or no to an event, whether they are suggested, and what they were told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.services.event import places
from matchmaker.services.event.organisers import contact
from matchmaker.services.people.sum_up_needs import needs_of
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import encounters, hours, profiles
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.registrations import (
    REGISTRATION_MOVES,
    Registration,
    RegistrationState,
)
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting
from matchmaker.store.session import Session, hold
from matchmaker.store.suggestions import suggestions

OBJECTION = "I do not want to be suggested to other people, and I do not want suggestions."
AGREEMENT = "I want to be suggested to other people again, and to get suggestions."


class NotNow(Exception):  # noqa: N818 - it is an answer, not a fault
    """The registration is in a state from which it cannot go there."""


def notice(event: Event) -> tuple[str, ...]:
    """Return the privacy notice of an event, a paragraph a line: what is held, why, by whom and how long."""
    purpose = event.purpose.strip() or "We use it to suggest whom to meet and to plan who sits where."
    asked = " or asked for a place there" if event.open_registration else ""
    erased = f"{event.erase_on.day} {event.erase_on:%B %Y}"
    return (
        f"{event.host or 'The host of the event'} holds your name, email address, organisation, job title and team"
        f" because you were invited to {event.name}{asked}, what the list of people invited says of your work, of"
        " what you need at the venue and of what you eat, and what you add if you come.",
        purpose,
        "What you need and what you eat is used only to make the day accessible and for the kitchen. What you add of"
        " it rests on your explicit consent, which you give by adding it (UK GDPR, article 9(2)(a)). What the list"
        " says of it may be held only if you agreed to that when you were asked. If you did not, tell us, and it is"
        " taken out at once. You can take it out at any time: in your profile, or by writing to us.",
        "Other people at the event see your name, organisation, job title and what you write about your work."
        " They do not see what you need at the venue, nor your answers, except that two who both want to meet are"
        " told, nor your email address, except those you met and chose to give it to.",
        f"It is erased after {erased}. What is not of this event alone, such as your name and your datasets, stays"
        " longer if you are also at another event on this website. Your name, organisation, email address and credits"
        " stay longer if a colleague who is has named you, or if you agreed to be named on public labels. Until"
        " then you can change it, object to being suggested, leave the event or delete yourself, at any time.",
        f"For questions, and for anything you want put right, write to {contact(event)}.",
    )


def short_notice(event: Event, row: Registration | None = None) -> tuple[str, ...]:
    """Return what the notice comes to in five lines; the whole of it is one press away.

    Somebody of whom a list has brought what they need or eat reads in one more line what that is.
    """
    needs = "; ".join((*needs_of(row), *row.diet.split("\n"))).rstrip("; ") if row else ""
    return (
        f"{event.host or 'The host of the event'} holds your name, email address, organisation, job title and team.",
        *(
            [
                f"It also holds what you need or eat: {needs}. That is used only to make the day accessible and for"
                " the kitchen. Other attendees do not see it, and it can be taken out at any time."
            ]
            if needs
            else []
        ),
        "We use it to suggest whom to meet and to plan who sits where.",
        "Others at the event see your name, organisation, job title and what you write about your work, but"
        " not your email address unless you give it to them.",
        f"It is erased after {event.erase_on.day} {event.erase_on:%B %Y}. Your name, organisation, email"
        " address and credits may stay longer.",
        "You can change it, object, leave or delete yourself at any time.",
    )


ASKING = (RegistrationState.PENDING, RegistrationState.WAITING, RegistrationState.OFFERED)
"""States in which somebody wants a place and has none yet."""


def say_yes(session: Session, event: Event, registration: Registration, at: datetime) -> None:
    """Confirm a place, and record that the notice was shown, word for word.

    Whoever was not offered one takes part in the queue: without room they are on the waiting list.
    """
    events.lock(session, event.id)
    # An offer may have run out, and its place gone to the next, while we waited.
    session.refresh(registration)
    registration.ask_next_time = False
    state = registration.state
    if state is RegistrationState.OFFERED or places.has_room(session, event, registration.pool):
        wanted = RegistrationState.CONFIRMED
    else:
        wanted = RegistrationState.WAITING
    if state not in (RegistrationState.CONFIRMED, wanted):
        _move(registration, wanted)
    if registration.state is RegistrationState.WAITING:
        registration.asked_at = registration.asked_at or at
        suggestions.remove_person(session, registration.event_id, registration.person_id)
    record(session, registration, BasisKind.NOTICE, "\n\n".join(notice(event)), at)


def say_no(
    session: Session,
    event: Event,
    registration: Registration,
    at: datetime,
    *,
    link: str,
    ask_next_time: bool = False,
) -> None:
    """Decline an invitation or a place, or cancel if it had been accepted; the person is on no list from now on.

    A place that they were offered is offered to the next on the waiting list, who answers at `link`.
    `ask_next_time`: the day does not suit them, and they would like to be asked the next time.
    """
    events.lock(session, event.id)
    # As in `say_yes`: what ran out meanwhile has gone to the next already.
    session.refresh(registration)
    offered = registration.state is RegistrationState.OFFERED
    registration.ask_next_time = ask_next_time
    record(session, registration, BasisKind.NOTICE, "\n\n".join(notice(event)), at)
    if registration.state in (RegistrationState.INVITED, *ASKING):
        _move(registration, RegistrationState.DECLINED)
        suggestions.remove_person(session, registration.event_id, registration.person_id)
    else:
        leave(session, registration)
    if offered:
        places.give_back(session, event, link, at)


def take_back_no(session: Session, registration: Registration) -> None:
    """Let somebody who declined an invitation be asked again."""
    registration.ask_next_time = False
    _move(registration, RegistrationState.INVITED)


def leave(session: Session, registration: Registration) -> None:
    """Cancel a place; the person is on no list from now on, and their meetings will not take place."""
    _move(registration, RegistrationState.CANCELLED)
    suggestions.remove_person(session, registration.event_id, registration.person_id)


def object_to_suggestions(session: Session, registration: Registration, at: datetime) -> None:
    """Take a person off everybody's list and empty their own; they may still be given meetings."""
    hold(session, registration)
    if registration.suggestible:
        registration.suggestible = False
        record(session, registration, BasisKind.OBJECTION, OBJECTION, at)
        suggestions.remove_person(session, registration.event_id, registration.person_id)


def agree_to_suggestions(session: Session, registration: Registration, at: datetime) -> None:
    """Take an objection back."""
    hold(session, registration)
    if not registration.suggestible:
        registration.suggestible = True
        record(session, registration, BasisKind.WITHDRAWAL, AGREEMENT, at)


def record(session: Session, registration: Registration, kind: BasisKind, wording: str, at: datetime) -> None:
    """Add a dated line to the record of the basis, with the words the person saw or said."""
    session.add(BasisRecord(registration_id=registration.id, kind=kind, wording=wording, at=at))
    session.flush()


def taking_place(
    session: Session,
    event_id: int,
    meetings: Sequence[Meeting],
    reader_id: int = 0,
    begun: Collection[int] = (),
) -> set[int]:
    """Return the ids of the meetings that can take place: everybody comes, and nothing keeps two apart.

    One who left, is absent or misses the round, a block, a "not for me" and an exclusion have the same effect, also
    in a meeting of three, so that what is shown does not tell which it was. In rounds that have `begun`, a mark of
    absence does not undo that the reader, whose meetings they are, met those on whom they keep a card: the others of
    these reasons do, and are not told from each other. Two queries, and up to four more where one of the rounds that
    have begun has a meeting that cannot take place.
    """
    groups = {one.id: (one.round_number, {seat.person_id for seat in one.seats}) for one in meetings}
    on = can_meet(session, event_id, groups)[0]
    past = {key: group for key, group in groups.items() if key not in on and group[0] in begun}
    met = encounters.noted(session, event_id, reader_id) if past else set()
    held = {key: group for key, group in past.items() if met & group[1]}
    if not held:
        return on
    people = {person for _, group in held.values() for person in group}
    there = {reader_id, *met} & people
    missed = hours.missed_rounds(session, event_id, people)
    missed |= hours.missed_rounds(session, event_id, there, though_absent=True)
    return on | can_meet(session, event_id, held, missed)[0]


def published_meetings(
    session: Session,
    event_id: int,
    person_id: int,
    plan_id: int | None = None,
    begun: Collection[int] = (),
) -> list[Meeting]:
    """Return somebody's meetings of the published plan that can take place, by round; none without a plan.

    Those of rounds that have `begun`, where these are given, as `taking_place` has it for the person themselves.

    Three queries, one for the `plan_id` of the published plan where it is not given, and those of `taking_place`.
    """
    plan_id = plan_id or plans.published_id(session, event_id)
    mine = plans.meetings_of(session, plan_id, person_id) if plan_id else []
    on = taking_place(session, event_id, mine, person_id, begun) if mine else set()
    return [one for one in mine if one.id in on]


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where somebody meets somebody; as words, a sentence.

    `ahead` says that its round has not begun, so that it can still be called off; `over` that the round has ended.
    """

    starts_at: datetime
    zone: ZoneInfo
    table: int
    ahead: bool
    over: bool

    def __str__(self) -> str:
        """Return the sentence, which most pages that ask for an appointment do not show."""
        said = "Your meeting was at" if self.over else "You meet at"
        return f"{said} {clock.clock(self.starts_at, self.zone)} at table {self.table}."


def appointment(event: Event, meeting: Meeting, now: datetime) -> Appointment | None:
    """Say when and where a meeting of the reader is, or was; None if its round is gone."""
    round_ = next((one for one in event.rounds if one.number == meeting.round_number), None)
    if round_ is None:
        return None
    return Appointment(
        round_.starts_at, event.tz, meeting.table_number, round_.starts_at > now, round_.ends_at <= now
    )


def can_meet(
    session: Session,
    event_id: int,
    groups: Mapping[int, tuple[int, Collection[int]]],
    known: Mapping[int, frozenset[int]] | None = None,
) -> tuple[set[int], set[tuple[int, int]]]:
    """Return which of these groups of people can meet, by key, and who of them comes, as (key, person).

    Each group has the number of its round, and who misses that round does not come to it, as they said or as they are
    not there by then. The keys are the caller's; the rule is that of `taking_place`. Two queries, or one where it is
    `known` what everybody misses; O(people).
    """
    ids = {person for _, people in groups.values() for person in people}
    missed = hours.missed_rounds(session, event_id, ids) if known is None else known
    there = {
        (key, person)
        for key, (number, people) in groups.items()
        for person in people
        if person in missed and number not in missed[person]
    }
    apart = profiles.apart(session, event_id, ids)
    on = {
        key
        for key, (_, people) in groups.items()
        if all((key, person) in there for person in people) and _can(sorted(people), apart)
    }
    return on, there


def _can(people: list[int], apart: set[profiles.Pair]) -> bool:
    pairs = {(a, b) for a in people for b in people if a < b}
    return len(people) >= 2 and not pairs & apart


def _move(registration: Registration, state: RegistrationState) -> None:
    if state not in REGISTRATION_MOVES[registration.state]:
        raise NotNow(f"A registration that is {registration.state} cannot become {state}.")
    registration.state = state
