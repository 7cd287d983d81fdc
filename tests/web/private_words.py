"""Words to look for where nobody may read them: one in every text of every table about people, the database's own.

Which texts there are is read from the tables, so a new column has its word by itself, and a new table fails until a
row of it is made here or it is said to hold nothing about people.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import JSON, Column, Enum, FromClause, LargeBinary, String

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.attendee_lists.waiting_titles import NamedAs, WaitingTitle
from matchmaker.store.base import Base
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.moderation import ActKind, ModerationAct, Report
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.files import File
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people.apart_organisations import ApartOrganisations
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.kept_forms import KeptForm
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.people.sign_in_codes import Attempt, MailedCode, PersonalCode
from matchmaker.store.people.sign_ins import SignIn
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.plans.topic_orders import TopicOrder
from matchmaker.store.suggestions.introduction_notes import IntroductionNote
from matchmaker.store.suggestions.mentions import DatasetMention
from matchmaker.store.suggestions.suggestions import Suggestion

HIDDEN, PARTNER = "the hidden", "the partner"
WITHOUT_WORDS = {
    "organiser", "answer", "dataset_use", "registration_topic", "topic", "plan", "planned_person", "meeting", "seat",
    "topic_star", "talk", "talk_seat", "plan_change", "plan_review", "event_review", "hall_copy",
    "label_change", "label_tally", "publisher_tally", "merged_registration", "profile_change",
}  # fmt: skip
"""Tables about people without a word to hide: topics are everybody's, and what a plan holds, or is kept beside it, is
worked out from words that are looked for where they come from."""
FIXED = {"public_id", "kind", "role", "relation", "media_type"}
"""Columns of text that nobody writes: what an address names, and what is chosen from a list."""

ORGANISERS_READ = {
    "person": {"name", "organisation", "pronouns", "job_title"},
    "registration": {
        "team",
        "bio",
        "offers",
        "needs",
        "access_needs",
        "diet",
        "helper",
        "pool_reason",
        "badge_code",
    },
    "address": {"email"},
    "exclusion": {"reason"},
    "apart_organisations": {"a_written", "b_written"},
    "table_topic": {"title", "about"},
    "report": {"reason"},
    "moderation_act": {"reason"},
    "unclaimed_credit": {"name", "organisation", "email", "role_text", "agreed_how"},
    "import": {"file_name", "source"},
    "file": {"name", "content"},
    "mail": {"to", "problem"},
    "job": {"saying", "problem"},
    "waiting_title": {"title"},
}
"""Table → the texts that an event's organisers may read of whoever is at it; all else is for nobody."""
HELPERS_READ = {"person": {"name", "organisation", "pronouns", "job_title"}}
"""Table → the texts that helpers at the desk, and readers, may read of whoever is at the event."""
PARTNERS_READ = {
    "person": {"name", "organisation", "pronouns", "job_title"},
    "registration": {"bio", "offers", "needs"},
}
"""Table → the texts that an attendee may read of an ordinary one whom they meet."""
WORD = re.compile(rb"zq[0-9]+qz")
"""What a word looks like wherever it is read, in small letters as the database's keys have them."""


class PrivateWords:
    """A word for each text of what is kept about somebody, and who may read it."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}
        """Word → the column it stands in, as table.column, with whose it is in front."""
        self._numbers = count(100)

    def fill(self, row: Base, whose: str) -> Base:
        """Put a word of its own into each text of a row; what was set already stays around it."""
        for column in texts(row.__table__):
            word = f"zq{next(self._numbers)}qz"
            self.of[word] = f"{whose}'s {row.__tablename__}.{column.key}"
            setattr(row, column.key, _shaped(column, word))
        return row


def readers(where: str) -> set[str]:
    """Return the roles that may read a word, as `PrivateWords` says where it stands."""
    whose, _, place = where.partition("'s ")
    table, _, column = place.partition(".")
    found = {"organiser"} if column in ORGANISERS_READ.get(table, ()) else set()
    found |= {"helper", "reader"} if column in HELPERS_READ.get(table, ()) else set()
    return found | ({"attendee"} if whose == PARTNER and column in PARTNERS_READ.get(table, ()) else set())


def texts(table: FromClause) -> Iterator[Column[Any]]:
    """Yield the columns of a table that hold free text, bytes, or lists and objects of them."""
    for column in table.columns:
        free = isinstance(column.type, String | LargeBinary | JSON) and not isinstance(column.type, Enum)
        if free and column.key not in FIXED and not column.foreign_keys:
            yield column  # type: ignore[misc]


def _shaped(column: Column[Any], word: str) -> Any:
    """Return a value with `word` in it that may stand in this column."""
    if column.key in {"email", "to", "reply_to"}:
        return f"{word}@far.example"
    if column.key == "evidence_url":
        return f"https://far.example/{word}"
    if column.key == "sentence":
        return f"You did more than we could ask: {word}."
    if isinstance(column.type, LargeBinary):
        return word.encode()
    if isinstance(column.type, JSON):
        shape: Callable[[str], Any] = _OBJECTS[column.key]
        return shape(word)
    return word


_OBJECTS: dict[str, Callable[[str], Any]] = {
    "reasons": lambda word: [{"kind": "topic", "what": word, "share": 1.0, "mine": word, "theirs": word}],
    "details": lambda word: {"asked": word},
    "result": lambda word: {"found": word},
    "mapping": lambda word: {word: "name"},
    "summary": lambda word: {"added": 1, "said": word},
    "decisions": lambda word: {"right": {"2": {"name": word}}},
    "ranked": lambda word: [[0, word]],
}
"""Column → what its object or list looks like with a word in it."""


def of_hidden(words: PrivateWords, make: Any, world: Any) -> Person:
    """Keep somebody who objected and hides their name, with a row in every table about people; return them."""
    hidden = words.fill(Person(show_name=False, open_to_thanks=False), HIDDEN)
    make.add(hidden)
    for row in _rows(hidden, make, world):
        words.fill(row, HIDDEN)
        make.add(row)
    return hidden  # type: ignore[return-value]


def of_partner(words: PrivateWords, make: Any, world: Any) -> Person:
    """Keep an ordinary attendee whom the world's attendee has asked to meet, and who has asked for them."""
    partner = words.fill(Person(), PARTNER)
    make.add(partner)
    for row in (
        Address(person_id=partner.id),
        Registration(event_id=world.event.id, person_id=partner.id, state=RegistrationState.CONFIRMED),
    ):
        words.fill(row, PARTNER)
        make.add(row)
    attendee = world.people["attendee"]
    make.answer(world.event, attendee, partner)
    make.answer(world.event, partner, attendee)
    return partner  # type: ignore[return-value]


def _rows(hidden: Any, make: Any, world: Any) -> Iterator[Base]:
    """Yield a row of every table about people, before its words are put in."""
    here, other, later = world.event, world.other_registration.person, datetime.now(UTC) + timedelta(days=3)
    row = Registration(
        event_id=here.id, person_id=hidden.id, state=RegistrationState.CONFIRMED, suggestible=False
    )
    yield Address(person_id=hidden.id)
    yield row
    yield BasisRecord(registration_id=row.id, kind=next(iter(BasisKind)))
    yield MailedCode(person_id=hidden.id, expires_at=later)
    yield PersonalCode(registration_id=row.id, expires_at=later)
    yield WaitingTitle(registration_id=row.id, kind=NamedAs.USES)
    yield TableTopic(event_id=here.id, host_id=hidden.id)
    yield TopicOrder(event_id=here.id, person_id=hidden.id)
    yield SignIn(person_id=hidden.id, ends_at=later)
    yield KeptForm(person_id=hidden.id, purge_at=later)
    yield Attempt(kind="test")
    low, high = sorted((hidden.id, world.people["organiser"].id))
    yield Exclusion(event_id=here.id, a_id=low, b_id=high)
    yield ApartOrganisations(event_id=here.id)
    yield IntroductionNote(event_id=here.id, writer_id=hidden.id, reader_id=other.id)
    yield Encounter(
        event_id=here.id, person_id=hidden.id, other_id=world.people["attendee"].id, took_place=True,
        share_email=True, share_phone=True, share_link=True,
    )  # fmt: skip
    yield DatasetMention(event_id=here.id, person_id=hidden.id, dataset_id=world.dataset.id)
    yield Suggestion(event_id=here.id, person_id=hidden.id, other_id=other.id, position=1, score=0.5)
    yield Mail(kind="test", event_id=here.id, person_id=hidden.id, due_at=later)
    yield Job(event_id=here.id, kind="plan", state=JobState.FAILED)
    file = File(event_id=here.id, media_type="text/csv", purge_at=later)
    yield file
    yield Import(event_id=here.id, kind=ImportKind.ATTENDEES, file_id=file.id)
    yield from _credits(hidden, make, world)


def _credits(hidden: Any, make: Any, world: Any) -> Iterator[Base]:
    """Yield rows about credits: a credit somebody else has not agreed to, a sealed thanks, a name, a report."""
    here, other = world.event, world.other_registration.person
    yield Contribution(
        person_id=other.id, dataset_id=world.dataset.id, role="other", declared_by_id=hidden.id,
        state=ContributionState.AWAITING,
    )  # fmt: skip
    contribution = make.contribution(
        other, world.lost, "built", sealed_by_id=here.id, declared_by_id=hidden.id
    )
    yield Endorsement(
        event_id=here.id, giver_id=hidden.id, contribution_id=contribution.id, receiver_id=other.id,
        dataset_id=world.lost.id, role="built", relation="user", sealed=True, state=EndorsementState.ACCEPTED,
    )  # fmt: skip
    yield UnclaimedCredit(event_id=here.id, dataset_id=world.dataset.id, role="other", named_by_id=hidden.id)
    yield Report(event_id=here.id, reporter_id=hidden.id, endorsement_id=world.endorsement.id)
    yield ModerationAct(event_id=here.id, kind=next(iter(ActKind)), endorsement_id=world.endorsement.id)
