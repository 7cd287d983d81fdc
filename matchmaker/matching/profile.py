"""What matching may know of a registered person: plain values, filled by whoever calls.

Every string except an id is the person's own words. Ids are opaque and are only ever compared for equality.
"""

from dataclasses import dataclass, field

from matchmaker.matching.organisations import home

USES = frozenset({"", "uses", "wants", "stuck"})
"""What a person may say of a dataset they did not make: uses it, wants to use it, is stuck on it."""

ROLES = frozenset(
    {
        "",
        "collected",
        "curated",
        "checked",
        "documented",
        "cleared",
        "published",
        "maintained",
        "built",
        "analysed",
        "coordinated",
        "backed",
        "explained",
        "other",
    }
)
"""What a person may have contributed to a dataset; "" is no contribution."""

SAID = frozenset({"", "needs", "stuck", "offers", "bio"})
"""How a dataset may be named in free text: asked about, as what one is stuck on, offered help with, or mentioned."""

ENOUGH_WORDS = 8
"""Fewer words than this about oneself, and nothing listed, is a nearly empty profile."""


@dataclass(frozen=True, slots=True)
class DatasetLink:
    """A dataset as one person stands to it, or, without `role` and `use`, an entry of a catalogue.

    `role` is one of `ROLES` and `use` one of `USES`: both may be set, for somebody can have curated a dataset
    and be stuck on it. `names` are its other names; `said`, one of `SAID`, says that the person only names it in what
    they write (see `mentions`). Raises ValueError for any other word.
    """

    id: str
    title: str
    description: str = ""
    tags: tuple[str, ...] = ()
    role: str = ""
    use: str = ""
    names: tuple[str, ...] = ()
    said: str = ""

    def __post_init__(self) -> None:
        """Refuse a role or a use that matching would not understand."""
        if self.role not in ROLES:
            raise ValueError(f"role must be one of {', '.join(sorted(ROLES - {''}))}, not “{self.role}”")
        if self.said not in SAID:
            raise ValueError(f"said must be one of {', '.join(sorted(SAID - {''}))}, not “{self.said}”")
        if self.use not in USES:
            raise ValueError(f"use must be one of {', '.join(sorted(USES - {''}))}, not “{self.use}”")

    @property
    def heading(self) -> str:
        """Title, other names and tags as one text."""
        return " ".join((self.title, *self.names, *self.tags))

    @property
    def text(self) -> str:
        """Title, description and tags as one text."""
        return " ".join(part for part in (self.title, self.description, " ".join(self.tags)) if part)


@dataclass(frozen=True, slots=True)
class Profile:
    """One person, as matching sees them.

    `not_with` holds the ids of people they must not be paired with; it works both ways, whoever said it.
    `knows` holds the ids of people they already know, `endorsers` of those who thanked them for work on a
    dataset: neither are suggested, and two strangers who know, or were thanked by, the same person have a modest
    reason to meet; so have two who worked on the same of `series`, which are titles and may be shown. Without
    `in_circles` they have no such reason, and are still not paired with people they know. People of one team are
    never paired (see `same_team`). `not_meant` holds the ids of datasets that their words seem to name, and do not.
    """

    id: str
    organisation: str = ""
    team: str = ""
    bio: str = ""
    topics: tuple[str, ...] = ()
    offers: str = ""
    needs: str = ""
    datasets: tuple[DatasetLink, ...] = ()
    not_with: frozenset[str] = field(default_factory=frozenset)
    knows: frozenset[str] = field(default_factory=frozenset)
    endorsers: frozenset[str] = field(default_factory=frozenset)
    series: frozenset[str] = field(default_factory=frozenset)
    in_circles: bool = True
    not_meant: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_sparse(self) -> bool:
        """Whether there is so little here that the honest answer is "tell us more"."""
        if self.datasets or any(topic.strip() for topic in self.topics):
            return False
        return len(f"{self.bio} {self.offers} {self.needs}".split()) < ENOUGH_WORDS


def folded(name: str) -> str:
    """Return a name as it is compared: case folded, spaces collapsed."""
    return " ".join(name.split()).casefold()


def same_team(team: str, organisation: str, other_team: str, other_organisation: str) -> bool:
    """Whether two people, by the names they give, are of one team: its name and the organisation's are the same.

    "Data" of two organisations is two teams. Where one of the two names no organisation the team's name decides:
    to keep two strangers apart costs one introduction of many, to introduce colleagues looks foolish.

    >>> same_team("Data", "Defra", " data", "DEFRA"), same_team("Data", "Defra", "Data", "Cefas")
    (True, False)
    >>> same_team("Data", "Defra", "Data", ""), same_team("", "Defra", "", "Defra")
    (True, False)
    """
    mine, theirs = home(organisation), home(other_organisation)
    one_home = mine == theirs or not mine or not theirs
    return bool(folded(team)) and folded(team) == folded(other_team) and one_home
