"""Recalling what is known already of the people in an attendee list: who they are, and what they said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matchmaker.intake.attendees import AttendeeRow
from matchmaker.intake.named_people import name_key
from matchmaker.services.attendee_lists.whole_titles import PARTED_AT, TITLES, in_parts, parts_of
from matchmaker.store.attendee_lists import waiting_titles
from matchmaker.store.attendee_lists.waiting_titles import NamedAs
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import datasets, topics
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people import exclusions, people, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Session

GONE = (RegistrationState.DECLINED, RegistrationState.CANCELLED)
"""States of those who said no or left: a list does not bring them back."""

Someone = tuple[str, int]
"""A person before they have a row: ("line", line in the file) or ("person", inside id)."""


@dataclass(frozen=True)
class Known:
    """What the rows are compared with."""

    event: Event
    by_email: Mapping[str, Person]
    at_event: Mapping[int, Registration]
    without_address: Mapping[str, Person]
    elsewhere: frozenset[int] | set[int]
    datasets: Mapping[str, list[Dataset]]
    uses: Mapping[int, Mapping[int, UseKind]]
    made: Mapping[int, set[int]]
    waiting: Mapping[int, set[tuple[str, NamedAs]]]
    topics: dict[str, Topic]
    apart: frozenset[tuple[int, int]]

    @cached_property
    def parted(self) -> Mapping[str, tuple[str, ...]]:
        """The titles here that a cell of a list is parted at, with all their parts."""
        return {title: parts for title in self.datasets if len(parts := parts_of(title)) > 1}

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The ways in which organisations are written at this event."""
        return frozenset(one.person.organisation for one in self.at_event.values())


def know(session: Session, event: Event, rows: Sequence[AttendeeRow]) -> Known:
    """Read what these rows are compared with. A fixed number of queries, whatever their number."""
    emails = {row.email for row in rows if row.email}
    emails |= {name.lower() for row in rows for name in row.not_with if "@" in name}
    by_email = people.by_emails(session, emails)
    registered = {one.person_id: one for one in registrations.at_event(session, event.id)}
    ids = {person.id for person in by_email.values()} | set(registered)
    uses: dict[int, dict[int, UseKind]] = {}
    for use in contributions.uses_of_people(session, ids):
        uses.setdefault(use.person_id, {})[use.dataset_id] = use.kind
    made: dict[int, set[int]] = {}
    for credit in contributions.of_people(session, ids):
        made.setdefault(credit.person_id, set()).add(credit.dataset_id)
    waiting: dict[int, set[tuple[str, NamedAs]]] = {}
    for one in waiting_titles.of_registrations(session, {one.id for one in registered.values()}):
        waiting.setdefault(one.registration_id, set()).add((one.title_key, one.kind))
    return Known(
        event=event,
        by_email=by_email,
        at_event=registered,
        without_address=_without_address(registered.values()),
        elsewhere=registrations.known_elsewhere(session, event.id, ids),
        datasets=_datasets(session, rows),
        uses=uses,
        made=made,
        waiting=waiting,
        topics=topics.by_key(session),
        apart=frozenset(exclusions.pairs(session, event.id)),
    )


def _datasets(session: Session, rows: Sequence[AttendeeRow]) -> dict[str, list[Dataset]]:
    """Return the datasets that the rows name, also by a title that its commas parted."""
    named = {normalised(title) for row in rows for name in TITLES for title in getattr(row, name)}
    whole = in_parts(datasets.titles_with(session, PARTED_AT), named) if len(named) > 1 else {}
    return datasets.by_titles(session, named | whole.keys())


def person_of(row: AttendeeRow, known: Known) -> Person | None:
    """Return who a row is, if they are known."""
    if row.email:
        return known.by_email.get(row.email)
    return known.without_address.get(_line(row.name, row.organisation))


def keep_line(registration: Registration, name: str, organisation: str) -> None:
    """Keep that a list without an address for somebody names them so."""
    lines = (registration.listed_as or "").splitlines()
    registration.listed_as = "\n".join(dict.fromkeys([*lines, _line(name, organisation)]))


def _line(name: str, organisation: str) -> str:
    return f"{normalised(name)}, {normalised(organisation)}"


def _without_address(registered: Iterable[Registration]) -> dict[str, Person]:
    """Return who a row without an address is: whoever a list has named so, or is called so and has none.

    The first counts even where they have an address by now, or another name, because two entries were merged or an
    organiser wrote it otherwise.
    """
    people = list(registered)
    listed = {line: one.person for one in people for line in one.listed_as.splitlines()}
    called = {
        _line(one.person.name, one.person.organisation): one.person
        for one in people
        if not one.person.addresses
    }
    return listed | called


class NameIndex:
    """Who goes by which name, in the list and at the event: what "must not be paired with" refers to."""

    def __init__(self, rows: Sequence[AttendeeRow], known: Known) -> None:
        """Take the names of the rows and of everybody who is still at the event."""
        self.known = known
        self.listed: dict[str, tuple[Someone, str]] = {}
        self.named: dict[str, dict[Someone, str]] = {}
        for registration in known.at_event.values():
            if registration.state not in GONE:
                self._add(registration.person.name, ("person", registration.person_id))
        for row in rows:
            person = person_of(row, known)
            someone: Someone = ("person", person.id) if person else ("line", row.line)
            self._add(person.name if person else row.name, someone)
            self._add(row.name, someone)
            if row.email:
                self.listed[row.email] = (someone, row.name)

    def _add(self, name: str, someone: Someone) -> None:
        self.named.setdefault(name_key(name), {})[someone] = name

    def find(self, said: str) -> list[tuple[Someone, str]]:
        """Return who is meant by an address or a name, however it is spelt; one that two people have gives both.

        Whoever is spelt just so comes before others.
        """
        if "@" not in said:
            found = list(self.named.get(name_key(said), {}).items())
            return [one for one in found if normalised(one[1]) == normalised(said)] or found
        email = said.lower()
        if email in self.listed:
            return [self.listed[email]]
        person = self.known.by_email.get(email)
        if person is not None and person.id in self.known.at_event:
            return [(("person", person.id), person.name)]
        return []
