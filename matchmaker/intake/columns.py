"""Which column of an attendee list is what: the fields we read, and how a header is understood.

A header is known by its name (`column_words`), by its name without what people put around it (“Please enter your …”),
by the words in a question, or as one choice of a question that stands over several columns.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from matchmaker.intake.column_words import COLUMN_NAMES

FIELDS: dict[str, str] = {
    "name": "Full name",
    "first_name": "First name",
    "middle_name": "Middle name",
    "last_name": "Last name",
    "badge_name": "Name for the badge",
    "email": "Email address",
    "organisation": "Organisation",
    "job_title": "Job title",
    "pronouns": "Pronouns",
    "team": "Team",
    "bio": "About them and their work",
    "topics": "Topics they work on",
    "datasets": "Datasets they use",
    "datasets_made": "Datasets they make or look after",
    "datasets_wanted": "Datasets they want",
    "datasets_stuck": "Datasets they are stuck on",
    "offers": "What they can help with",
    "needs": "What they need help with",
    "arrives": "Time they arrive",
    "leaves": "Time they leave",
    "step_free": "Needs a step-free table (yes or no)",
    "quiet": "Needs a quiet table (yes or no)",
    "access": "Access needs in their own words",
    "access_needs": "Other needs in the hall, kept as they are",
    "diet": "What they eat, and allergies",
    "fixed_table": "Number of the table they stay at",
    "not_with": "Must not be paired with",
    "inside": "Inside or outside the department",
    "trio": "Agrees to a meeting of three (yes or no)",
    "status": "Status of the ticket or registration",
    "coming": "Is coming (yes or no)",
    "cancelled": "Has cancelled (yes, or the day)",
    "orderer_name": "Name of whoever ordered the ticket",
    "orderer_email": "Email address of whoever ordered the ticket",
    "ignore": "Do not read this column",
}
"""Field id → what the “which column is what?” page calls it, in the order it offers them."""

LISTS = frozenset({"topics", "datasets", "datasets_made", "datasets_wanted", "datasets_stuck", "not_with"})
"""Fields that hold several things in one cell, or one thing in each of several columns."""

ABOUT_WHO = frozenset({"name", "first_name", "last_name", "badge_name", "email"})
"""Fields of which one at least must be there for a list to be read."""

_EXACT = {" ".join(name.split()): field for field, names in COLUMN_NAMES.items() for name in names.split("|")}

_PREFERRED = frozenset(
    {"attendee email", "attendee name", "attendee email address", "name for badge", "badge name"}
)
"""pretix puts the orderer's `Email` before the `Attendee email`: the attendee's own comes first."""

_AROUND = re.compile(
    r"^(?:please )?(?:(?:enter|provide|give|state|type|confirm|write|add|insert|specify|select|"
    r"choose|tell us|fill in)(?: us)? |what (?:is|are) |"
    r"which (?:is|are) |list |name (?=of your ))?(?:(?:your|their|the|my|his her|attendee s?|"
    r"attendees|participants?|delegates?|guests?|registrants?|ticket holder|"
    r"ticket|contact|members?|respondents?|invitees?|users?|persons?|applicants?|recipients?|"
    r"individual|invited|primary|current|main|work|full) )+"
    r"(?:s )?|^(?:please )?(?:enter|provide|give|state|type|confirm|specify|what (?:is|are)) (?:us )?"
)
_ENDINGS = re.compile(
    r" (?:as (?:it|you|they).*|here|please|s|if (?:any|known|applicable|different)|field|text|"
    r"value|answer|response|open ended response)$"
)
_IN_BRACKETS = re.compile(r"\((?:s|n|en|e|es|r|in|innen|x|os|as|i)\)", re.IGNORECASE)
_NOTES = re.compile(
    r"\((?:required|optional|if any|if applicable|\d+|mandatory|pflichtfeld|obligatoire|free text|"
    r"text|max[^()]*|as[^()]*|please[^()]*|e\.?g\.?[^()]*)\)",
    re.IGNORECASE,
)
_CHOICES = tuple(
    re.compile(rf"^(.+?)\s*{shape}\s*[*:]?$")
    for shape in (
        r"\[([^\[\]]+)\]",
        r"(?:->|→|=>|»|>>|›|>|\||::)\s*(.+)",
        r"\s[–—]\s+(.+)",
        r"\s-\s+(.+)",
        r"\((.+)\)",
        r"(?::|(?<=\?))\s+(.+)",
        r"/\s*([^/]+)",
        r":([^:\s][^:]*)",
        r"(?<=[\w)?])\.([^.\s][^.]*)",
    )
)
"""The ways in which exports put a question and one of its choices into a header, the surest first."""

_ABOUT_DATASETS = r"(?=.*\bdata ?sets?\b).*\b"

_OF_RECORDS = (
    r"ref|reference|id|number|no|e ?mails?|address(es)?|phone|tel|contacts?|names?|notes?|comments?|url"
)
"""What may be internal or external besides people."""

_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("trio", r"\b(trios?|threes?|(group|meeting) of three|three people)\b"),
    ("ignore", r"\b(consent|agree to|privacy|terms|newsletter|mailing list|hear about|photo|marketing)"),
    ("ignore", r"\b(may|can|could) we (share|contact|email|use|keep|publish|take|phone|call)\b"),
    ("ignore", r"\bshare (your|my) (name|e ?mail|contact|details|phone|address|information)\b"),
    ("access", r"\baccess\w*\b.*\bdiet|\bdiet.*\baccess"),
    ("diet", r"\b(diet|dietary|allerg)"),
    ("ignore", r"\b(phone|mobile|code of conduct)"),
    ("not_with", r"\b(not|n t|avoid)\b.*\b(pair\w*|match\w*|seat\w*|sit|meet|put|placed?) (you )?with\b"),
    ("not_with", r"\b(anyone|anybody|people|person|someone)\b.*\b(not|n t|avoid)\b"),
    ("step_free", r"\bstep free\b|\bwheelchair\b|\bstairs\b"),
    ("quiet", r"\bquiet\b"),
    ("access", r"\baccess(ibility)? (need|require)|\badjustments?\b|\bdisabilit"),
    ("fixed_table", r"\b(fixed|same|reserved) (table|seat)\b|\btable number\b|\bstay at\b.*\btable\b"),
    ("arrives", r"\barriv|\b(get|be) (there|here)\b|\bfrom what time\b"),
    ("leaves", r"\b(leave|leaving|depart(ure|ing)?|until what time)\b"),
    ("datasets_stuck", _ABOUT_DATASETS + r"(stuck|struggl\w+|trouble|problems?|help with)\b"),
    ("datasets_wanted", _ABOUT_DATASETS + r"(wish|need|look(ing)? for|miss\w*|want(?! to)|like(?! to))\b"),
    ("datasets_made", _ABOUT_DATASETS + r"(made|make|maintain\w*|publish\w*|produc\w*|creat\w*|curat\w*)\b"),
    ("datasets_made", _ABOUT_DATASETS + r"(own|manag\w*|look after|responsible|collect\w*)\b"),
    ("datasets", r"\bdata ?sets?\b"),
    ("topics", r"\b(topics?|interests?|interested|subjects?|themes?)\b"),
    ("needs", r"\b(need\w*|want|like)\b.*\bhelp\b|\bhelp\b.*\b(need|you with)\b|\blooking for\b"),
    ("needs", r"\buse (some |a little |a bit of |any )?help\b"),
    ("needs", r"\b(hoping|hope) to\b|\b(want|like) to (learn|know|get|hear)\b"),
    ("offers", r"\b(offer|help with|help others|share|contribute|teach)\b"),
    ("team", r"\b(team|directorate|division|unit|department)\b"),
    ("organisation", r"\b(organisation|organization|employer|company)\b"),
    ("pronouns", r"\bpronouns?\b"),
    ("job_title", r"\b(job title|your role|job role)\b"),
    ("bio", r"\b(yourself|your work|what you do|you do|works? on|working on|biograph\w+|bio)\b"),
    ("inside", rf"^(?!.*\b({_OF_RECORDS})\b).*\b(inside|internal|external)\b"),
    ("email", r"^(?!.*\b(verified|confirm)).{0,30}\be ?mail( address)?$"),
)
"""Words that place a question nobody foresaw; the first that fits decides, and a person may correct it."""


@dataclass(frozen=True)
class Guess:
    """What a column seems to be: a field id, how sure (0 names it best; a higher rank is read later), and for one
    choice of a question the words of that choice.
    """

    field: str
    rank: int
    choice: str = ""


def normal(header: str) -> str:
    """Return a column name as the vocabulary spells it.

    >>> normal("* E-mail_Address (required):"), normal("3. What’s your Job Title?"), normal("Forename(s)")
    ('e mail address', 'what is your job title', 'forename')
    """
    text = (
        unicodedata.normalize("NFKC", re.sub(r"<[^<>]{1,80}>", " ", header[:300]))
        .casefold()
        .replace("’", "'")
    )
    text = _IN_BRACKETS.sub("", _NOTES.sub(" ", text))
    text = re.sub(r"^\W*(q?\d+[.):]\s+)", " ", text).replace("what's", "what is")
    text = re.sub(r"_\d+$", "", text.strip())
    text = re.sub(r"[^\w#\u0300-\u036f]|_", " ", text)
    return " ".join(text.split())


def guess(header: str) -> Guess | None:
    """Return what a column seems to be, or None if a person has to say.

    >>> guess("Which datasets are you stuck on?"), guess("Attendee email"), guess("Shoe size")
    (Guess(field='datasets_stuck', rank=3, choice=''), Guess(field='email', rank=0, choice=''), None)
    >>> guess("Topics [floods]"), guess("CompanyName")
    (Guess(field='topics', rank=5, choice='floods'), Guess(field='organisation', rank=1, choice=''))
    """
    known = by_name(header)
    if known:
        return known
    if (part := choice_of(header)) and (of_question := guess(part[0])) and of_question.field in LISTS:
        return Guess(of_question.field, 5, part[1])
    if spelt := _choice_in_a_code(header):
        return spelt
    name = normal(header)
    for field, pattern in _QUESTIONS:
        if re.search(pattern, name):
            return Guess(field, 3)
    return None


def _choice_in_a_code(header: str) -> Guess | None:
    """Return what a name such as `topics_floods` says: the longest part that is a question, and its choice."""
    parts = header.split("_")
    for end in range(len(parts) - 1, 0, -1) if " " not in header else ():
        known = by_name(" ".join(parts[:end]))
        if known and known.field in LISTS:
            return Guess(known.field, 5, " ".join(parts[end:]))
    return None


def by_name(header: str) -> Guess | None:
    """Return what a column is called, word for word, or nearly so; None for a question or an unknown name."""
    spelt = [normal(header), normal(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))]
    spelt.append(
        re.sub(r"(?<=[a-z])\d$", "", spelt[0])
    )  # Microsoft Forms calls a second such question Email2
    for rank, name in (
        (1, spelt[0]),
        (1, spelt[1]),
        (2, spelt[2]),
        (2, _bare(spelt[0])),
        (2, _bare(spelt[1])),
    ):
        if field := _EXACT.get(name):
            return Guess(field, 0 if name in _PREFERRED else rank)
    parts = re.split(r"\s*/\s*|\s+or\s+|\s+and\s+", " ".join(header.split())) if len(header) < 80 else []
    fields = {_EXACT.get(normal(part)) for part in parts}
    return Guess(field, 2) if len(parts) > 1 and len(fields) == 1 and (field := fields.pop()) else None


def _bare(name: str) -> str:
    """Return a name without what people put before and after it.

    >>> _bare("please enter your first name"), _bare("ticket company name")
    ('first name', 'company name')
    """
    return _ENDINGS.sub("", _AROUND.sub("", name, count=1)).strip()


def choice_of(header: str) -> tuple[str, str] | None:
    """Return question and choice of a header that holds both, None for another.

    >>> choice_of("Datasets used -> Soil"), choice_of("Topics/floods"), choice_of("Name")
    (('Datasets used?', 'Soil'), ('Topics?', 'floods'), None)
    """
    text = re.sub(r"\s+[-–—]\s+Selected Choice\b", "", " ".join(header[:600].split()))
    for shape in _CHOICES:
        if match := shape.match(text):
            choice = re.sub(r"^(?:choice|option|answer)\s*[=:]\s*", "", match[2].strip())
            return match[1].strip(" ?") + "?", choice if " " in choice else choice.replace("_", " ")
    return None


def known_names(cells: Iterable[str]) -> int:
    """Return how sure a row is to name the columns of an attendee list: names and addresses weigh most.

    >>> known_names(["Full name", "Work email"]) > known_names(["Organisation", "Team", "Role", "Topics", "Email"])
    True
    >>> known_names(["Ada Byrne", "ada@example.org"])
    0
    """
    row = list(cells)
    fields = [found.field for cell in row if 0 < len(cell) < 80 and (found := by_name(cell))]
    if not fields or any(re.search(r"\w@\w+\.\w", cell[:200]) for cell in row):
        return 0
    named = not {"name", "first_name", "last_name"}.isdisjoint(fields)
    return len(fields) + 20 * named + 10 * ("email" in fields) * named + ("email" in fields)
