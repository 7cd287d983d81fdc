"""Judging an attendee list: for each row, what keeping it would change, before anything is kept.

The preview shows these verdicts and the import carries out the very same ones, so that the page cannot promise
one thing and the import do another. Rules:

* A person is known by email address; without one, by name and organisation among the people of this event.
* An empty cell never takes anything away.
* What a person has written themselves stays: after they saved their profile, only what is empty is filled in.
  The same goes for name, organisation and job title of people other events know.
* Whoever left the event is not brought back by a list.
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from matchmaker.intake.attendees import AttendeeRow
from matchmaker.intake.named_people import as_known, name_key
from matchmaker.intake.same_person import joined, what_stays
from matchmaker.matching.organisations import home, may_be_one
from matchmaker.services.attendee_lists.recall_people import GONE, Known, NameIndex, Someone, person_of
from matchmaker.services.attendee_lists.whole_titles import with_whole_titles
from matchmaker.services.event.pools import pool_of
from matchmaker.services.people.register_people import name_stays
from matchmaker.store.attendee_lists.waiting_titles import LONGEST_TITLE, NamedAs
from matchmaker.store.base import normalised
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Registration


class RowOutcome(enum.StrEnum):
    """What keeping a row would do."""

    NEW = "new"
    JOINS = "joins"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    STAYS_OUT = "stays-out"
    TWICE = "twice"

    @property
    def counts(self) -> bool:
        """Whether the row is a person of its own who is, or will be, at the event."""
        return self not in (RowOutcome.STAYS_OUT, RowOutcome.TWICE)


class ChangeKind(enum.StrEnum):
    """What a change touches."""

    PERSON = "person"
    REGISTRATION = "registration"
    TOPIC = "topic"
    MADE = "made"
    USE = "use"
    WAIT = "wait"


@dataclass(frozen=True)
class Change:
    """One thing to set or add: `name` is a column, a title that is waited for, or "" for a topic or a dataset."""

    kind: ChangeKind
    label: str
    value: object
    name: str = ""


@dataclass(frozen=True)
class Verdict:
    """What one row would do.

    `person` and `registration` are who it is, where known. `notes` are sentences to read. `apart` are the
    people to be kept apart from, with their names; `unmet` are the sentences on those who were not found.
    `unknown` are titles that no dataset has.
    """

    row: AttendeeRow
    outcome: RowOutcome
    pool: Pool
    person: Person | None = None
    registration: Registration | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    apart: tuple[tuple[Someone, str], ...] = ()
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def someone(self) -> Someone:
        """Who this row is."""
        return ("person", self.person.id) if self.person else ("line", self.row.line)


def judge(rows: Sequence[AttendeeRow], known: Known) -> list[Verdict]:
    """Return a verdict for each row, in order; a second row of one person only adds to the first."""
    names = NameIndex(rows, known)
    whole = [with_whole_titles(row, known.datasets, known.parted) for row in rows]
    again = _add_to_first(whole, known)
    verdicts = [_Judge(row, known, names).verdict() for row in whole]
    return [
        replace(one, outcome=RowOutcome.TWICE, changes=(), apart=(), unmet=(), notes=(again[one.row.line],))
        if one.row.line in again
        else one
        for one in verdicts
    ]


def _add_to_first(rows: list[AttendeeRow], known: Known) -> dict[int, str]:
    """Give the first row of each person what later ones add, in place; return by line what is said of these."""
    first: dict[int, int] = {}
    said = {}
    for place, row in enumerate(rows):
        person = person_of(row, known)
        at = first.setdefault(person.id, place) if person else place
        if person and at != place:
            rows[at], differ = joined(rows[at], row)
            line = rows[at].line
            said[row.line] = f"This is {person.name}, as on line {line}.{what_stays(line, differ)}"
    return said


@dataclass
class _Judge:
    """The judging of one row."""

    row: AttendeeRow
    known: Known
    names: NameIndex
    notes: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)

    def verdict(self) -> Verdict:
        row = self.row
        self.person = person_of(row, self.known)
        self.registration = self.known.at_event.get(self.person.id) if self.person else None
        pool = self._pool()
        if self.registration is not None and self.registration.state in GONE:
            words = "They said no or left this event, so the list does not bring them back."
            return Verdict(row, RowOutcome.STAYS_OUT, pool, self.person, self.registration, notes=(words,))
        saved = self.registration is not None and self.registration.profile_saved_at is not None
        self.free = not saved
        elsewhere = self.person is not None and self.person.id in self.known.elsewhere
        self.free_person = self.free and not elsewhere
        self._look_at_name()
        changes = [*self._about_person(), *self._about_registration(pool), *self._topics(), *self._datasets()]
        apart = self._apart()
        if self.kept:
            why = "they wrote it themselves" if saved else "other events rely on it"
            self.notes.append(f"Stays as it is, since {why}: {', '.join(self.kept)}.")
        return Verdict(
            row=row,
            outcome=self._outcome(bool(changes or apart)),
            pool=pool,
            person=self.person,
            registration=self.registration,
            changes=tuple(changes),
            notes=tuple(self.notes),
            apart=tuple(apart),
            unmet=tuple(self.unmet),
            unknown=tuple(self.unknown),
        )

    def _outcome(self, changes: bool) -> RowOutcome:
        if self.person is None:
            return RowOutcome.NEW
        if self.registration is None:
            return RowOutcome.JOINS
        return RowOutcome.CHANGED if changes else RowOutcome.UNCHANGED

    def _pool(self) -> Pool:
        if self.row.inside is not None:
            return Pool.INSIDE if self.row.inside else Pool.OUTSIDE
        if self.registration is not None and self.registration.pool_reason:
            return self.registration.pool
        return pool_of(self.row.email, self.known.event.inside_domains)

    def _look_at_name(self) -> None:
        row = self.row
        if self.person is not None and normalised(self.person.name) != normalised(row.name):
            self.notes.append(
                f"An earlier list named {self.person.name} so. The name stays."
                if not row.email
                else name_stays(row.name, self.person)
            )
        if self.person is None:
            same = {name for name in self.names.named.get(normalised(row.name), {}) if name[0] == "person"}
            if same:
                self.notes.append(
                    "Somebody of the same name is here already. If it is the same person, merge the two."
                )

    def _set(
        self, kind: ChangeKind, holder: object, name: str, value: object, label: str, *, free: bool
    ) -> Iterator[Change]:
        """Yield the change of one column, unless there is nothing to say or the person's own words stand."""
        now = getattr(holder, name, None) if holder is not None else None
        if not value or value == now:
            return
        if now and not free:
            self.kept.append(label)
            return
        yield Change(kind, label, value, name)

    def _about_person(self) -> Iterator[Change]:
        row = self.row
        for name, value, label in (
            ("organisation", self._organisation(), "organisation"),
            ("job_title", row.job_title, "job title"),
            ("pronouns", row.pronouns, "pronouns"),
        ):
            yield from self._set(ChangeKind.PERSON, self.person, name, value, label, free=self.free_person)

    def _organisation(self) -> str:
        """Return the organisation that the list says; "" where it is that of the person, as an organiser wrote it.

        Capitals and signs make no difference. Another spelling that may be the same organisation, and that nobody
        here has any more, was made one with theirs.
        """
        now, said = self.person.organisation if self.person else "", self.row.organisation
        if now and not self.row.email:
            return ""
        if not (now and said):
            return said
        made_one = said not in self.known.spellings and bool(may_be_one({now: 1, said: 1}))
        if home(now) != home(said) and not made_one:
            return said
        if now != said:
            self.notes.append(f"“{said}” stays {now}, as organisations are written here.")
        return ""

    def _about_registration(self, pool: Pool) -> Iterator[Change]:
        row, held = self.row, self.registration
        for name, label in (
            ("team", "team"),
            ("bio", "about them"),
            ("offers", "what they offer"),
            ("needs", "what they need"),
        ):
            yield from self._set(
                ChangeKind.REGISTRATION, held, name, getattr(row, name), label, free=self.free
            )
        yield from self._hours()
        for name, value, label in (
            ("step_free", row.step_free, "needs a step-free table"),
            ("quiet", row.quiet, "needs a quiet table"),
            ("access_needs", row.access_needs, "other needs in the hall"),
            ("diet", row.diet, "diet and allergies"),
            ("trio_ok", row.trio, "agrees to a meeting of three"),
            ("fixed_table", row.fixed_table, "always the same table"),
        ):
            yield from self._set(ChangeKind.REGISTRATION, held, name, value, label, free=self.free)
        if held is not None and held.pool is not pool:
            yield Change(ChangeKind.REGISTRATION, f"counts as {pool.value}", pool, "pool")
        if row.inside is not None and (held is None or not held.pool_reason):
            yield Change(
                ChangeKind.REGISTRATION,
                "inside or outside as the list says",
                "The list says so",
                "pool_reason",
            )

    def _hours(self) -> Iterator[Change]:
        """Yield when they arrive and leave; hours that would contradict each other stay as they are."""
        row, held = self.row, self.registration
        arrives = row.arrives or (held.arrives if held else None)
        leaves = row.leaves or (held.leaves if held else None)
        if arrives and leaves and arrives >= leaves:
            self.notes.append(
                "The hours contradict those known so far, so they stay as they are. Change them on the person’s page."
            )
            return
        yield from self._set(
            ChangeKind.REGISTRATION, held, "arrives", row.arrives, "time they arrive", free=self.free
        )
        yield from self._set(
            ChangeKind.REGISTRATION, held, "leaves", row.leaves, "time they leave", free=self.free
        )

    def _topics(self) -> Iterator[Change]:
        held = {topic.key for topic in self.registration.topics} if self.registration else set()
        wanted: dict[str, str] = {}
        for name in self.row.topics:
            key = normalised(name[:100])
            topic = self.known.topics.get(key)
            wanted.setdefault(topic.key if topic else key, topic.name if topic else name)
        missing = [name for key, name in wanted.items() if key not in held]
        if missing and held and not self.free:
            self.kept.append("topics")
            return
        for name in missing:
            yield Change(ChangeKind.TOPIC, f"topic {name}", name)

    def _datasets(self) -> Iterator[Change]:
        """Yield the credits and uses to add, and the titles to wait for, which no dataset has yet.

        Those and titles that more than one dataset has go to `unknown`.
        """
        self.unknown: list[str] = []
        person_id = self.person.id if self.person else 0
        made, uses = self.known.made.get(person_id, set()), self.known.uses.get(person_id, {})
        own = bool(made or uses) and not self.free
        found = [*self._made(made), *self._uses(uses), *self._waiting()]
        if found and own:
            self.kept.append("datasets")
            return
        yield from found

    def _made(self, made: set[int]) -> Iterator[Change]:
        for dataset in self._known_datasets(self.row.datasets_made):
            if dataset.id not in made:
                yield Change(ChangeKind.MADE, f"looks after {dataset.title}", dataset.id)

    def _uses(self, uses: Mapping[int, UseKind]) -> Iterator[Change]:
        wanted: dict[int, tuple[UseKind, str]] = {}
        for titles, kind, label in (
            (self.row.datasets, UseKind.USES, "uses"),
            (self.row.datasets_wanted, UseKind.WANTS, "wants"),
            (self.row.datasets_stuck, UseKind.STUCK, "is stuck on"),
        ):
            # Of one dataset named twice, the last says most: stuck before wants before uses.
            for dataset in self._known_datasets(titles):
                wanted[dataset.id] = (kind, f"{label} {dataset.title}")
        for dataset_id, (kind, words) in wanted.items():
            if uses.get(dataset_id) is not kind:
                yield Change(ChangeKind.USE, words, (dataset_id, kind))

    def _waiting(self) -> Iterator[Change]:
        kept = self.known.waiting.get(self.registration.id, set()) if self.registration else set()
        for titles, kind in (
            (self.row.datasets_made, NamedAs.MADE),
            (self.row.datasets, NamedAs.USES),
            (self.row.datasets_wanted, NamedAs.WANTS),
            (self.row.datasets_stuck, NamedAs.STUCK),
        ):
            named = {normalised(title)[:LONGEST_TITLE]: title[:LONGEST_TITLE] for title in titles}
            for key, title in named.items():
                if key not in self.known.datasets and (key, kind) not in kept:
                    yield Change(ChangeKind.WAIT, f"waits for {title}", (key, kind), title)

    def _known_datasets(self, titles: Sequence[str]) -> Iterator[Dataset]:
        for title in titles:
            found = self.known.datasets.get(normalised(title), [])
            if len(found) == 1:
                yield found[0]
            elif title not in self.unknown:
                self.unknown.append(title)
                if found:
                    self.notes.append(f"{len(found)} datasets are called “{title}”, so none was chosen.")

    def _apart(self) -> list[tuple[Someone, str]]:
        me: Someone = ("person", self.person.id) if self.person else ("line", self.row.line)
        apart: dict[Someone, str] = {}
        for said in as_known(self.row.not_with, lambda name: bool(self.names.find(name))):
            found = [one for one in self.names.find(said) if one[0] != me]
            if len(found) > 1:
                self.unmet.append(
                    f"{len(found)} people are called “{said}”, so nobody is kept apart. Write an email address."
                )
            elif not found and not self._is_me(said):
                self.unmet.append(f"“{said}” is not on this list or at the event, so nobody is kept apart.")
            for someone, name in found if len(found) == 1 else []:
                if not self._apart_already(me, someone):
                    apart[someone] = name
        self.notes += self.unmet
        return list(apart.items())

    def _is_me(self, said: str) -> bool:
        return said.lower() == self.row.email or name_key(said) == name_key(self.row.name)

    def _apart_already(self, me: Someone, other: Someone) -> bool:
        pair = tuple(sorted((me[1], other[1])))
        return me[0] == other[0] == "person" and pair in self.known.apart
