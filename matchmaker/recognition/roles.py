"""The thirteen ways in which a person can have contributed to a dataset.

The ids are this project's own: the published lists each leave something out. CRediT describes scholarly
output and has nothing for clearing, publishing or care after release; DataCite covers custody but not
software; ISO CI_RoleCode is what catalogues already hold. They are kept as a mapping for exports, and are
None where a list has no fitting term.

Sources: credit.niso.org (CRediT), DataCite Metadata Schema `contributorType`, ISO 19115-1:2014 `CI_RoleCode`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

OTHER = "other"
"""The id of the role that needs a text of its own to say what it was."""


ISO_OLDER = frozenset(
    {"resourceProvider", "custodian", "owner", "user", "distributor", "originator", "pointOfContact"}
    | {"principalInvestigator", "processor", "publisher", "author"}
)
"""The eleven values of CI_RoleCode in ISO 19115:2003, which has neither sponsor nor funder."""


@dataclass(frozen=True)
class Role:
    """One way of contributing.

    `action` is a verb phrase that follows a name and holds `{it}` where the dataset goes; `question` asks
    for the person when nobody is named; `words` are what people say instead of the label, to find it by: people
    read the `meaning`. `optional` roles
    are welcome but not missed. `credit` is a CRediT slug, `datacite` a contributorType, `iso` a
    CI_RoleCode, each None where the list has no term; `…_also` are further terms that fit, and
    `datacite_organisation` is the type for a team or an organisation where it has one of its own. `grade` is how
    well the terms fit, in this project's judgement.
    """

    id: str
    label: str
    meaning: str
    action: str
    question: str
    words: tuple[str, ...]
    credit: str | None
    datacite: str | None
    iso: str | None
    credit_also: tuple[str, ...] = ()
    datacite_also: tuple[str, ...] = ()
    datacite_organisation: str | None = None
    iso_also: tuple[str, ...] = ()
    grade: str = "none"
    optional: bool = False

    @property
    def credit_uris(self) -> tuple[str, ...]:
        """The addresses of the CRediT terms, the closest first; empty where there is none."""
        slugs = ((self.credit,) if self.credit else ()) + self.credit_also
        return tuple(f"https://credit.niso.org/contributor-roles/{slug}/" for slug in slugs)

    def iso_code(self, *, older: bool = False) -> str | None:
        """Return the CI_RoleCode; None in the `older` list of 2003 where only that of 2014 has it."""
        return None if older and self.iso not in ISO_OLDER else self.iso

    def says(self, it: str = "it") -> str:
        """Return what follows the person's name in a sentence about the dataset called `it`.

        >>> role("maintained").says("the Water Quality Archive")
        'keeps the Water Quality Archive up to date'
        """
        return self.action.replace("{it}", it)


_ALL = (
    Role(
        id="collected",
        label="Collected or measured it",
        meaning="made the observations or gathered the records",
        action="collected {it}",
        question="Who collected it?",
        words=(
            "collected",
            "measured",
            "gathered",
            "sampled",
            "surveyed",
            "observed",
            "recorded",
            "fieldwork",
            "counted",
        ),
        credit="investigation",
        datacite="DataCollector",
        iso="originator",
        credit_also=("resources",),
        grade="exact to close",
    ),
    Role(
        id="curated",
        label="Cleaned and structured it",
        meaning="turned raw records into a usable dataset",
        action="cleaned and structured {it}",
        question="Who cleaned and structured it?",
        words=(
            "curated",
            "cleaned",
            "structured",
            "processed",
            "tidied",
            "formatted",
            "digitised",
            "prepared",
            "modelled",
        ),
        credit="data-curation",
        datacite="DataCurator",
        iso="processor",
        grade="exact",
    ),
    Role(
        id="checked",
        label="Checked its quality",
        meaning="tested it, or reported that it was wrong",
        action="checked the quality of {it}",
        question="Who checked it?",
        words=(
            "checked",
            "tested",
            "validated",
            "found errors",
            "errors",
            "corrected",
            "reviewed",
            "quality",
            "assured",
        ),
        credit="validation",
        datacite="DataCurator",
        iso="processor",
        grade="close",
    ),
    Role(
        id="documented",
        label="Wrote its metadata or guidance",
        meaning="made it understandable to others",
        action="wrote the metadata or guidance for {it}",
        question="Who described it?",
        words=("documented", "described", "metadata", "guidance", "wrote", "readme", "manual", "defined"),
        credit="data-curation",
        datacite="DataCurator",
        iso="author",
        credit_also=("writing-original-draft",),
        datacite_also=("Editor",),
        grade="close",
    ),
    Role(
        id="cleared",
        label="Cleared it for release",
        meaning="licence, privacy, rights, approvals",
        action="cleared {it} for release",
        question="Who cleared it for release?",
        words=(
            "cleared",
            "legal",
            "licence",
            "privacy",
            "rights",
            "approved",
            "anonymised",
            "copyright",
            "license",
            "licensed",
        ),
        credit="project-administration",
        datacite="Other",
        iso="owner",
        datacite_organisation="RightsHolder",
        grade="weak",
    ),
    Role(
        id="published",
        label="Published it",
        meaning="put it in the catalogue and online",
        action="published {it}",
        question="Who published it?",
        words=("published", "opened", "released", "uploaded", "catalogued", "shared", "put online", "posted"),
        credit="data-curation",
        datacite="Distributor",
        iso="publisher",
        iso_also=("distributor",),
        grade="broad",
    ),
    Role(
        id="maintained",
        label="Kept it up to date and answered questions",
        meaning="care after release",
        action="keeps {it} up to date",
        question="Who looks after it now?",
        words=(
            "maintained",
            "updates",
            "updated",
            "answered questions",
            "answers",
            "looks after",
            "keeps",
            "owns",
            "support",
        ),
        credit="data-curation",
        datacite="DataManager",
        iso="custodian",
        datacite_also=("ContactPerson",),
        iso_also=("pointOfContact",),
        grade="exact in DataCite",
    ),
    Role(
        id="built",
        label="Built a service, tool or API with or for it",
        meaning="software that serves or uses it",
        action="built a service or tool with {it}",
        question="Who built something with it?",
        words=(
            "built",
            "built on",
            "coded",
            "developed",
            "api",
            "service",
            "tool",
            "website",
            "app",
            "programmed",
        ),
        credit="software",
        datacite="Other",
        iso="resourceProvider",
        datacite_organisation="HostingInstitution",
        grade="exact in CRediT",
    ),
    Role(
        id="analysed",
        label="Analysed or used it",
        meaning="produced findings or a product from it",
        action="analysed {it}",
        question="Who has analysed it?",
        words=(
            "analysed",
            "analyzed",
            "used",
            "researched",
            "mapped",
            "charted",
            "visualised",
            "findings",
            "report",
        ),
        credit="formal-analysis",
        datacite="Researcher",
        iso="user",
        credit_also=("visualization",),
        grade="close",
    ),
    Role(
        id="coordinated",
        label="Coordinated the people or the release",
        meaning="made it happen across teams",
        action="coordinated the people behind {it}",
        question="Who brought the people together?",
        words=("coordinated", "organised", "managed", "led", "project manager", "chased", "ran", "delivered"),
        credit="project-administration",
        datacite="ProjectManager",
        iso="pointOfContact",
        datacite_also=("ProjectLeader",),
        grade="exact, ISO approximate",
    ),
    Role(
        id="backed",
        label="Funded, sponsored or gave the go-ahead",
        meaning="money or authority",
        action="backed {it}",
        question="Who gave the go-ahead?",
        words=(
            "backed",
            "funded",
            "paid for",
            "sponsored",
            "commissioned",
            "go-ahead",
            "budget",
            "authorised",
        ),
        credit="funding-acquisition",
        datacite="Sponsor",
        iso="sponsor",
        credit_also=("supervision",),
        iso_also=("funder",),
        grade="close",
    ),
    Role(
        id="explained",
        label="Taught or promoted it",
        meaning="talks, training, help for users",
        action="taught others to use {it}",
        question="Who explains it to others?",
        words=("explained", "taught", "trained", "promoted", "presented", "talk", "workshop", "helped users"),
        credit=None,
        datacite="Other",
        iso=None,
        grade="weak",
        optional=True,
    ),
    Role(
        id=OTHER,
        label="Other (say what)",
        meaning="something else, in at most 60 characters",
        action="contributed to {it}",
        question="Who else had a hand in it?",
        words=("other", "else"),
        credit=None,
        datacite="Other",
        iso=None,
        optional=True,
    ),
)

ROLES: Mapping[str, Role] = MappingProxyType({one.id: one for one in _ALL})
"""All roles by id, in the order in which pages and exports list them."""

_IDLE_WORDS = frozenset(
    {"a", "an", "and", "as", "by", "did", "do", "for", "i", "in", "is", "it", "its", "of", "on", "or"}
    | {"the", "them", "they", "this", "to", "we", "who", "with"}
)
_SHORTEST_STEM = 4


def role(role_id: str) -> Role:
    """Return the role with this id; KeyError names the id when there is none."""
    return ROLES[role_id]


def find_roles(words: str) -> tuple[Role, ...]:
    """Return the roles that everyday `words` may mean, best first; all of them where nothing was typed.

    Words that fit no role find nothing, so that a page can offer "other" in its own way. Linear in the
    vocabulary.

    >>> [found.id for found in find_roles("opened")]
    ['published']
    >>> find_roles("legal")[0].id
    'cleared'
    """
    asked = [word for word in _words(words) if word not in _IDLE_WORDS]
    if not asked:
        return _ALL
    scored = [(sum(_fit(word, one) for word in asked), one) for one in _ALL]
    best_first = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return tuple(one for _, one in best_first)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.casefold())


def _fit(asked: str, one: Role) -> int:
    """Score one typed word: 4 for a role's everyday word, 2 for its beginning, 1 for the label or meaning."""
    everyday = {word for phrase in (one.id, *one.words) for word in _words(phrase)} - _IDLE_WORDS
    if asked in everyday:
        return 4
    if any(_same_beginning(asked, word) for word in everyday):
        return 2
    printed = set(_words(f"{one.label} {one.meaning}")) - _IDLE_WORDS
    return int(any(_same_beginning(asked, word) for word in printed))


def _same_beginning(left: str, right: str) -> bool:
    shorter, longer = sorted((_stem(left), _stem(right)), key=len)
    return len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter)


def _stem(word: str) -> str:
    """Drop one English ending, so that "measuring" and "measured" begin alike."""
    for ending in ("ing", "ed", "es", "e", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
