"""Which column of an attendee list is what: the fields we read, and the names that exports give them.

Names were taken from the exports themselves: Eventbrite's attendee report (`Order #`, `Attendee Status`, and
the newer `Buyer Name`), pretix's order positions (`Attendee name: Given name`, `Order code`), Indico's
registration list (`Registration state`, `Affiliation`) and Microsoft Forms (`ID`, `Start time`, `Completion
time`, then the questions).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

FIELDS: dict[str, str] = {
    "name": "Full name",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "Email address",
    "organisation": "Organisation",
    "job_title": "Job title",
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
    "fixed_table": "Number of the table they stay at",
    "not_with": "Must not be paired with",
    "inside": "Inside or outside the department",
    "trio": "Agrees to a meeting of three (yes or no)",
    "status": "Status of the ticket or registration",
    "ignore": "Do not read this column",
}
"""Field id → what the “which column is what?” page calls it, in the order it offers them."""

LISTS = frozenset({"topics", "datasets", "datasets_made", "datasets_wanted", "datasets_stuck", "not_with"})
"""Fields that hold several things in one cell, or one thing in each of several columns."""

_NAMES: dict[str, str] = {
    "name": """
        name | full name | attendee | attendee name | participant | participant name | delegate | delegate
        name | your name | what is your name | please enter your name | what is your full name | your full
        name | name and surname""",
    "first_name": """
        first name | firstname | forename | given name | attendee name given name | attendee first name |
        your first name | what is your first name | first""",
    "last_name": """
        last name | lastname | surname | family name | attendee name family name | attendee surname |
        attendee last name | your last name | your surname | what is your last name | what is your surname |
        last""",
    "email": """
        email | email address | attendee email | attendee email address | work email | work email address |
        mail | your email | your email address | your work email address | contact email | what is your
        email address | what is your email | what is your work email address | please enter your email
        address | e mail | e mail address""",
    "organisation": """
        organisation | organization | company | employer | affiliation | institution | organisation name |
        organization name | company name | your organisation | which organisation do you work for | what
        organisation do you work for | which organisation are you from | company organisation | organisation
        company | agency | name of organisation""",
    "job_title": """
        job title | position | role | job role | your role | profession | occupation | what is your role |
        what is your job title | your job title | job | grade and role""",
    "team": """
        team | unit | directorate | division | branch | business area | your team | team or unit | team name
        | which team are you in | which team do you work in | what team are you in""",
    "bio": """
        bio | biography | about | about them | about you | about me | profile | summary | what do you do |
        what do you work on | tell us about yourself | tell us about your work | describe your work | your
        work | work summary""",
    "topics": """
        topics | topic | interests | themes | subjects | areas of interest | areas of work | expertise""",
    "datasets": "datasets | dataset | data sets | datasets used | uses | datasets you use | data used",
    "datasets_made": """
        datasets made | made | maintains | datasets maintained | datasets published |
        datasets you maintain""",
    "datasets_wanted": "datasets wanted | wants | wanted datasets | datasets you want",
    "datasets_stuck": "datasets stuck | stuck on | stuck | datasets stuck on | datasets you are stuck on",
    "offers": "offers | offer | can help with | i can help with | can offer",
    "needs": "needs | need | needs help with | i need help with | looking for | help wanted",
    "arrives": "arrives | arrival | arrival time | arriving | time of arrival | arrives at | arriving at",
    "leaves": """
        leaves | departure | departure time | leaving | time of departure | leaves at | leaving at |
        departs""",
    "step_free": """
        step free | needs step free | step free access | wheelchair | wheelchair user | step free table""",
    "quiet": "quiet | quiet table | needs quiet | quiet space | needs a quiet table",
    "access": """
        access | access needs | access requirements | accessibility | accessibility needs | accessibility
        requirements | reasonable adjustments | adjustments""",
    "fixed_table": "fixed table | table | table number | stays at table | fixed table number",
    "not_with": """
        not with | must not be paired with | do not pair with | avoid | not paired with | exclude |
        exclusions""",
    "inside": "inside | internal | internal or external | inside or outside | pool | inside the department",
    "trio": """
        trio | trios | meeting of three | trio ok | agrees to a trio | agrees to a meeting of three | happy
        in a three""",
    "status": """
        status | attendee status | order status | registration state | registration status | ticket status |
        attending status | approval status | booking status""",
    "ignore": """
        id | timestamp | start time | completion time | last modified time | total points | quiz feedback |
        order | order # | order no | order number | order id | order code | order date | order time | order
        type | order comment | order locale | attendee # | attendee no | attendee id | attendee number |
        position id | barcode | barcode # | barcode number | quantity | ticket quantity | ticket type |
        ticket price | price tier | price | ticket | ticket name | group | currency | total paid | fees paid
        | eventbrite fees | eventbrite payment processing | tax paid | gross sales | net sales | event |
        event name | event slug | event date | event id | event start date | event timezone | event location
        | home address 1 | home address 2 | home city | home state | home zip | home country | home postcode
        | address | address 1 | address 2 | city | town | county | state | zip code | zip | postcode |
        country | billing address | phone | phone number | cell phone | mobile | home phone | work phone |
        telephone | mobile number | website | blog | prefix | suffix | title | salutation | gender | age |
        birth date | product | variation | tax rate | tax rule | tax value | voucher | pseudonymization id |
        seat id | seat name | seat zone | seat row | seat number | follow up date | invoice address name |
        invoice address name given name | invoice address name family name | vat id | sales channel | email
        address verified | e mail address verified | payment providers | date | start date | end date |
        registration date | checked in | check in date | payment date | registration id | discount code |
        promo code | affiliate | buyer phone | buyer address | locale | dietary requirements | dietary needs
        | diet | payment type | valid from | valid until | requires special attention | check in text""",
}
"""Field id → the column names that mean it, as `normal` spells them, parted by bars."""

_EXACT = {" ".join(name.split()): field for field, names in _NAMES.items() for name in names.split("|")}

_FALLBACK: dict[str, str] = {
    "buyer name": "name",
    "buyer first name": "first_name",
    "buyer last name": "last_name",
    "buyer surname": "last_name",
    "buyer email": "email",
    "buyer email address": "email",
    "customer email": "email",
    "customer name": "name",
}
"""Who paid is read only where the ticket itself names nobody."""

_PREFERRED = frozenset({"attendee email", "attendee name", "attendee email address"})
"""pretix puts the orderer's `Email` before the `Attendee email`: the attendee's own comes first."""

_ABOUT_DATASETS = r"(?=.*\bdata ?sets?\b).*\b"

_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("trio", r"\b(trios?|threes?|(group|meeting) of three|three people)\b"),
    ("ignore", r"\b(consent|agree to|privacy|terms|newsletter|mailing list|hear about|photo|marketing)"),
    ("ignore", r"\b(diet|dietary|allerg|phone|mobile|code of conduct)"),
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
    ("needs", r"\b(hoping|hope) to\b|\b(want|like) to (learn|know|get|hear)\b"),
    ("offers", r"\b(offer|help with|help others|share|contribute|teach)\b"),
    ("team", r"\b(team|directorate|division|unit|department)\b"),
    ("organisation", r"\b(organisation|organization|employer|company)\b"),
    ("job_title", r"\b(job title|your role|job role)\b"),
    ("bio", r"\b(yourself|your work|what you do|you do|biograph\w+|bio)\b"),
    ("inside", r"\b(inside|internal|external)\b"),
    ("email", r"^(?!.*\b(verified|confirm)).{0,30}\be ?mail( address)?$"),
)
"""Words that place a question nobody foresaw; the first that fits decides, and a person may correct it."""

_SIGNATURES: tuple[tuple[str, frozenset[str]], ...] = (
    ("eventbrite", frozenset({"order #", "attendee status"})),
    ("eventbrite", frozenset({"order #", "ticket type"})),
    ("eventbrite", frozenset({"order no", "attendee no"})),
    ("eventbrite", frozenset({"order id", "buyer email"})),
    ("eventbrite", frozenset({"order id", "attendee status"})),
    ("eventbrite", frozenset({"order date", "attendee status"})),
    ("pretix", frozenset({"order code", "position id"})),
    ("pretix", frozenset({"order code", "attendee name"})),
    ("indico", frozenset({"registration state"})),
    ("indico", frozenset({"registration date", "name"})),
    ("microsoft-forms", frozenset({"start time", "completion time"})),
    ("template", frozenset({"datasets stuck on", "agrees to a meeting of three"})),
)


@dataclass(frozen=True)
class Guess:
    """What a column seems to be: a field id, and how sure (0 names it best; a higher rank is read later)."""

    field: str
    rank: int


def normal(header: str) -> str:
    """Return a column name as the vocabulary spells it.

    >>> normal("* E-mail_Address (required):"), normal("3. What’s your Job Title?"), normal("Company (2)")
    ('e mail address', 'what is your job title', 'company')
    """
    text = unicodedata.normalize("NFKC", header[:300]).casefold().replace("’", "'")
    text = re.sub(r"\((required|optional|if any|\d+|mandatory)\)", " ", text)
    text = re.sub(r"^\W*(q?\d+[.):]\s+)", " ", text).replace("what's", "what is")
    text = re.sub(r"_\d+$", "", text.strip())
    text = re.sub(r"[^\w#\u0080-\uffff]|_", " ", text)
    return " ".join(text.split())


def guess(header: str) -> Guess | None:
    """Return what a column seems to be, or None if a person has to say.

    >>> guess("Which datasets are you stuck on?"), guess("Attendee email"), guess("Shoe size")
    (Guess(field='datasets_stuck', rank=3), Guess(field='email', rank=0), None)
    """
    name = normal(header)
    if name in _EXACT:
        return Guess(_EXACT[name], 0 if name in _PREFERRED else 1)
    unnumbered = re.sub(r"(?<=[a-z])\d$", "", name)  # Microsoft Forms calls a second such question Email2
    if unnumbered in _EXACT:
        return Guess(_EXACT[unnumbered], 2)
    if name in _FALLBACK:
        return Guess(_FALLBACK[name], 9)
    question, _, choice = header.partition(" – ")
    if choice and (of_question := guess(question)) and of_question.field in LISTS:
        return Guess(of_question.field, 5)
    for field, pattern in _QUESTIONS:
        if re.search(pattern, name):
            return Guess(field, 3)
    return None


def known_names(cells: Iterable[str]) -> int:
    """Return how many cells of a row are column names of this vocabulary, word for word."""
    return sum(normal(cell) in _EXACT or normal(cell) in _FALLBACK for cell in cells if len(cell) < 80)


def export_format(headers: Iterable[str]) -> str:
    """Return whose export this is: eventbrite, pretix, indico, microsoft-forms, template, or ""."""
    names = {normal(header) for header in headers}
    return next((form for form, signature in _SIGNATURES if signature <= names), "")
