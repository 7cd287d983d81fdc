"""Importing attendees: what a list would do, and, once somebody says yes, the verdicts on its rows carried out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.intake.attendees import AttendeeFile
from matchmaker.intake.problems import Note, Remark, remarks_by_kind
from matchmaker.services.attendee_lists import link_titles, uploads
from matchmaker.services.attendee_lists.heed_answers import (
    SaidOtherwise,
    as_it_stands,
    let_go,
    said_otherwise,
)
from matchmaker.services.attendee_lists.judge_rows import Change, ChangeKind, RowOutcome, Verdict, judge
from matchmaker.services.attendee_lists.recall_people import Known, Someone, keep_line, know
from matchmaker.services.people import coming
from matchmaker.store.attendee_lists.imports import Import, ImportState
from matchmaker.store.base import JsonObject, normalised, now
from matchmaker.store.catalogue import topics
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import exclusions
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Address, Person, write_out
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Session

MOST_UNKNOWN = 200


@dataclass(frozen=True)
class ListPreview:
    """What an attendee list holds and what importing it would do; nothing is kept.

    `otherwise` is where it says of people who are here already that they do not come.
    """

    file: AttendeeFile
    verdicts: tuple[Verdict, ...]
    otherwise: tuple[SaidOtherwise, ...] = ()

    @property
    def usable(self) -> int:
        """How many rows would be kept or are already."""
        return sum(verdict.outcome.counts for verdict in self.verdicts)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """All that is to be looked at of single lines, by kind: what reading them told, and who is not found here."""
        unmet = (
            Note(
                one.row.line,
                " ".join(one.unmet),
                kind="apart",
                field="not_with",
                value="; ".join(one.row.not_with),
                who=one.row.name,
            )
            for one in self.verdicts
            if one.unmet
        )
        return remarks_by_kind((*self.file.notes, *unmet), self.file.problems)

    @property
    def twice(self) -> int:
        """How many rows only add to an earlier one of the same person."""
        return self.file.twice + sum(one.outcome is RowOutcome.TWICE for one in self.verdicts)

    @property
    def coming(self) -> Counter[str]:
        """The words by which the list says that people come who have not answered here, with how many they are."""
        return Counter(verdict.row.says_coming for verdict in self.verdicts if _could_come(verdict))

    @property
    def unknown(self) -> Counter[str]:
        """Titles that no dataset has, or more than one, with the number of people who named them."""
        return Counter(title for verdict in self.verdicts for title in verdict.unknown)


def preview(session: Session, event: Event, row: Import) -> ListPreview:
    """Return what importing would do. Raises IntakeError for a file that cannot be read, FileGone and NotRead."""
    file = uploads.listed(session, row)
    judged = tuple(judge(file.rows, know(session, event, file.rows)))
    return ListPreview(as_it_stands(file, judged), judged, tuple(said_otherwise(session, event, file)))


def carry_out(session: Session, event: Event, row: Import, found: AttendeeFile) -> JsonObject:
    """Keep the people of an upload as its preview says, and return its counts. Doing it again changes nothing.

    Of two lists that are imported at once, the second is read with what the first has brought.
    """
    events.lock(session, event.id)
    known = know(session, event, found.rows)
    judged = tuple(judge(found.rows, known))
    verdicts = [one for one in judged if one.outcome.counts]
    people = _people(session, verdicts)
    held = _registrations(session, event, verdicts, people)
    with session.no_autoflush:  # one flush for all, not one before every question
        for verdict in verdicts:
            person = people[verdict.someone]
            keep_changes(session, verdict, person, held[person.id], known)
    session.flush()
    if row.decisions.get("come"):
        _say_yes(session, row, verdicts, people, held)
    otherwise = said_otherwise(session, event, found)
    gone = let_go(session, otherwise, row.decisions.get("gone", ()), row.file_name, now())
    apart = _keep_apart(session, event.id, verdicts, people)
    row.state = ImportState.CONFIRMED
    row.summary = summary(ListPreview(found, judged), apart) | {"gone": gone}
    session.flush()
    return row.summary


def _could_come(verdict: Verdict) -> bool:
    """Whether the list says that somebody comes who has not answered here."""
    held = verdict.registration
    unanswered = held is None or held.state is RegistrationState.INVITED
    return bool(verdict.row.says_coming) and verdict.outcome.counts and unanswered


def _say_yes(
    session: Session,
    row: Import,
    verdicts: Sequence[Verdict],
    people: Mapping[Someone, Person],
    held: Mapping[int, Registration],
) -> None:
    """Count those as coming of whom the list says so, on the organiser's word, which is recorded with each."""
    at = now()
    for verdict in verdicts:
        one = held[people[verdict.someone].id]
        if verdict.row.says_coming and one.state is RegistrationState.INVITED:
            one.state = RegistrationState.CONFIRMED
            word = f"You said that you come: “{verdict.row.says_coming}” in {row.file_name}"
            coming.record(session, one, BasisKind.ORGANISER, word, at)


def keep_changes(
    session: Session, verdict: Verdict, person: Person, registration: Registration, known: Known
) -> None:
    """Do what a verdict on somebody's row says."""
    for change in verdict.changes:
        _carry_out(session, change, person, registration, known)


def summary(done: ListPreview, apart: int) -> JsonObject:
    """Return the counts of an import without personal data: refused rows are named by their line."""
    outcomes = Counter(verdict.outcome.value for verdict in done.verdicts)
    pools = Counter(verdict.pool.value for verdict in done.verdicts if verdict.outcome.counts)
    return {
        **{outcome.value: outcomes[outcome.value] for outcome in RowOutcome},
        "again": done.twice,
        "refused": len(done.file.problems),
        "left_out": sum(note.left_out for note in done.file.notes),
        "inside": pools["inside"],
        "outside": pools["outside"],
        "apart": apart,
        "unknown": dict(done.unknown.most_common(MOST_UNKNOWN)),
    }


def _people(session: Session, verdicts: Sequence[Verdict]) -> dict[Someone, Person]:
    """Return who each row is, added where new."""
    found: dict[Someone, Person] = {}
    for verdict in verdicts:
        person = verdict.person
        if person is None:
            person = Person(name=verdict.row.name)
            if verdict.row.email:
                person.addresses = [Address(email=verdict.row.email)]
            session.add(person)
        if verdict.row.email:
            write_out(person, verdict.row.email)
        found[verdict.someone] = person
    session.flush()
    return found


def _registrations(
    session: Session, event: Event, verdicts: Sequence[Verdict], people: Mapping[Someone, Person]
) -> dict[int, Registration]:
    held: dict[int, Registration] = {}
    for verdict in verdicts:
        person = people[verdict.someone]
        registration = verdict.registration
        if registration is None:
            registration = Registration(event_id=event.id, person_id=person.id, pool=verdict.pool, topics=[])
            session.add(registration)
        if not verdict.row.email:
            keep_line(registration, verdict.row.name, verdict.row.organisation)
        held[person.id] = registration
    session.flush()
    return held


def _carry_out(
    session: Session, change: Change, person: Person, registration: Registration, known: Known
) -> None:
    value = change.value
    if change.kind is ChangeKind.PERSON:
        setattr(person, change.name, value)
    elif change.kind is ChangeKind.REGISTRATION:
        setattr(registration, change.name, value)
    elif change.kind is ChangeKind.TOPIC:
        topic = _topic(session, str(value), known)
        if topic not in registration.topics:
            registration.topics.append(topic)
    elif change.kind is ChangeKind.MADE:
        assert isinstance(value, int)
        session.add(link_titles.claim(person.id, value))
    elif change.kind is ChangeKind.WAIT:
        assert isinstance(value, tuple)
        link_titles.wait_for(session, registration.id, change.name, *value)
    else:
        _use(session, person, value, known)


def _topic(session: Session, name: str, known: Known) -> Topic:
    """Return a topic by name, asking the database only for one that is new to this import."""
    key = normalised(name[:100])
    if key not in known.topics:
        known.topics[key] = topics.find_or_add(session, name)
    return known.topics[key]


def _use(session: Session, person: Person, value: object, known: Known) -> None:
    assert isinstance(value, tuple)
    dataset_id, kind = int(value[0]), UseKind(value[1])
    if dataset_id in known.uses.get(person.id, {}):
        for use in contributions.uses_of_people(session, [person.id]):
            if use.dataset_id == dataset_id:
                use.kind = kind
        return
    session.add(Use(person_id=person.id, dataset_id=dataset_id, kind=kind))


def _keep_apart(
    session: Session, event_id: int, verdicts: Sequence[Verdict], people: Mapping[Someone, Person]
) -> int:
    """Write the exclusions the rows ask for; one that both ask for is one. Return how many are new."""
    known = exclusions.pairs(session, event_id)
    wanted = set()
    for verdict in verdicts:
        me = people[verdict.someone].id
        for someone, _name in verdict.apart:
            other = people[someone].id if someone in people else someone[1]
            if someone in people or someone[0] == "person":
                wanted.add((min(me, other), max(me, other)))
    for a_id, b_id in sorted(wanted - known):
        session.add(
            Exclusion(event_id=event_id, a_id=a_id, b_id=b_id, reason="Asked for in the attendee list")
        )
    session.flush()
    return len(wanted - known)
