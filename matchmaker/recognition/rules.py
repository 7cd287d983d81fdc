"""When a thanks or a credit is refused, and in which words.

Each function takes a frozen value and returns every problem it finds, in the order of the form, so that a
page can show them all at once; an empty tuple means it may be kept. Nothing here looks anything up: the
caller counts.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from matchmaker.recognition.roles import OTHER, ROLES

SENTENCE_SHORTEST = 20
SENTENCE_LONGEST = 500
ROLE_TEXT_LONGEST = 60
NOTE_LONGEST = 300
NAME_LONGEST = 200
EVIDENCE_LONGEST = 2000
ALLOWANCE = 15
"""Thanks one person may give at one event, unless the organiser sets another number."""
TO_ONE_PERSON = 3
"""Thanks one person may give to the same person at one event."""
EARLIEST_YEAR = 1900

RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        "together": "We worked on it together",
        "user": "I use the data",
        "manager": "I managed or commissioned it",
        "met": "We met at an event",
    }
)
"""How a giver knows of the contribution: what is stored → what the form offers, in that order."""


@dataclass(frozen=True)
class Refusal:
    """Why something is refused: the form field it is about ("" for the whole form), and what to do."""

    field: str
    message: str


@dataclass(frozen=True)
class Offer:
    """A thanks as somebody wants to give it.

    `giver` and `receiver` are person ids; `giver_aliases` are other ids that are the same human. The two
    counts are of live thanks at this event, without the one being edited, if it is an edit.
    """

    giver: int
    receiver: int
    role: str
    sentence: str
    relation: str
    role_text: str = ""
    evidence_url: str = ""
    giver_registered: bool = True
    given_by_giver: int = 0
    given_to_receiver: int = 0
    giver_aliases: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Claim:
    """A credit as somebody states it, of themselves or of a colleague; years are calendar years or None."""

    role: str
    role_text: str = ""
    note: str = ""
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class Stranger:
    """Somebody named who is not on the list, or a team; `email` may be empty, and is for a person."""

    name: str
    organisation: str = ""
    email: str = ""
    is_team: bool = False

    @property
    def tidy_name(self) -> str:
        """The name as it is kept."""
        return tidy(self.name)

    @property
    def tidy_organisation(self) -> str:
        """The organisation as it is kept."""
        return tidy(self.organisation)


def tidy(text: str) -> str:
    """Return `text` as it is kept: composed, no control characters, single spaces, ends trimmed.

    Lengths are judged on this form, so that spaces cannot fill up a sentence.
    """
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in composed)
    return re.sub(r"\s+", " ", visible).strip()


def endorsement_problems(offer: Offer, *, allowance: int = ALLOWANCE) -> tuple[Refusal, ...]:
    """Return every reason why this thanks cannot be given; empty if it can."""
    found = [
        _giver_problem(offer),
        *_role_problems(offer.role, offer.role_text),
        _sentence_problem(offer.sentence),
        _relation_problem(offer.relation),
        _evidence_problem(offer.evidence_url),
        _allowance_problem(offer, allowance),
    ]
    return tuple(problem for problem in found if problem)


def contribution_problems(claim: Claim, *, this_year: int) -> tuple[Refusal, ...]:
    """Return every reason why this credit cannot be kept; empty if it can."""
    found = [
        *_role_problems(claim.role, claim.role_text),
        _note_problem(claim.note),
        _year_problem("first_year", claim.first_year, this_year),
        _year_problem("last_year", claim.last_year, this_year),
    ]
    problems = tuple(problem for problem in found if problem)
    years_are_sound = not any(problem.field in {"first_year", "last_year"} for problem in problems)
    if years_are_sound and claim.first_year and claim.last_year and claim.first_year > claim.last_year:
        problems += (Refusal("last_year", "The last year must be the same as or after the first year"),)
    return problems


def stranger_problems(who: Stranger) -> tuple[Refusal, ...]:
    """Return every reason why somebody cannot be named like this; empty if they can."""
    found = []
    if not who.tidy_name:
        found.append(Refusal("name", "Enter the name of the team" if who.is_team else "Enter their name"))
    if len(who.tidy_name) > NAME_LONGEST:
        found.append(Refusal("name", f"The name must be {NAME_LONGEST} characters or fewer"))
    if not who.tidy_organisation:
        found.append(Refusal("organisation", "Enter the organisation"))
    if len(who.tidy_organisation) > NAME_LONGEST:
        found.append(Refusal("organisation", f"The organisation must be {NAME_LONGEST} characters or fewer"))
    email = who.email.strip()
    if email and not who.is_team and not re.fullmatch(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+", email[:254]):
        found.append(
            Refusal("email", "Enter an email address in the right form, like name@example.gov.uk, or none")
        )
    return tuple(found)


def _giver_problem(offer: Offer) -> Refusal | None:
    if offer.receiver == offer.giver or offer.receiver in offer.giver_aliases:
        return Refusal(
            "",
            "You cannot thank yourself. Add the dataset to your profile, so that others can thank you",
        )
    if not offer.giver_registered:
        return Refusal(
            "", "Only people registered for this event can give thanks here. Ask the organiser to add you"
        )
    return None


def _role_problems(role_id: str, role_text: str) -> list[Refusal | None]:
    if role_id not in ROLES:
        return [Refusal("role", "Select what they did")]
    text = tidy(role_text)
    if role_id == OTHER and not text:
        return [Refusal("role_text", "Say in a few words what it was")]
    if role_id == OTHER and len(text) > ROLE_TEXT_LONGEST:
        return [Refusal("role_text", f"What it was must be {ROLE_TEXT_LONGEST} characters or fewer")]
    return []


def _sentence_problem(sentence: str) -> Refusal | None:
    length = len(tidy(sentence))
    if not length:
        return Refusal("sentence", "Write a sentence about what they did and what it made possible")
    if length < SENTENCE_SHORTEST:
        return Refusal(
            "sentence",
            f"Your sentence must be at least {SENTENCE_SHORTEST} characters. Say what it made possible",
        )
    if length > SENTENCE_LONGEST:
        return Refusal(
            "sentence", f"Your sentence must be {SENTENCE_LONGEST} characters or fewer. It has {length}"
        )
    return None


def _relation_problem(relation: str) -> Refusal | None:
    return None if relation in RELATIONS else Refusal("relation", "Select how you know of their work")


def _evidence_problem(address: str) -> Refusal | None:
    if not address.strip():
        return None
    if is_web_address(address.strip()):
        return None
    return Refusal(
        "evidence_url", "Enter a web address that starts with https:// or http://, or leave this empty"
    )


def is_web_address(address: str) -> bool:
    """Say whether this is a plain http(s) address with a host, fit to be shown as a link."""
    if len(address) > EVIDENCE_LONGEST or re.search(r"[\s\x00-\x1f\x7f<>\"\\]", address):
        return False
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    # A name before the host is a way to make a link look as if it led elsewhere.
    return parts.scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc


def _allowance_problem(offer: Offer, allowance: int) -> Refusal | None:
    if offer.given_to_receiver >= TO_ONE_PERSON:
        return Refusal(
            "",
            f"You have thanked this person {TO_ONE_PERSON} times at this event. Edit one of those thanks",
        )
    if offer.given_by_giver >= allowance:
        return Refusal(
            "",
            f"You have given all your {allowance} thanks for this event. Withdraw one to give another",
        )
    return None


def _note_problem(note: str) -> Refusal | None:
    if len(tidy(note)) > NOTE_LONGEST:
        return Refusal("note", f"Your note must be {NOTE_LONGEST} characters or fewer")
    return None


def _year_problem(name: str, year: int | None, this_year: int) -> Refusal | None:
    if year is None or EARLIEST_YEAR <= year <= this_year:
        return None
    return Refusal(name, f"Enter a year between {EARLIEST_YEAR} and {this_year}")
