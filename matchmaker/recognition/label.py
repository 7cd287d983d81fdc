"""Who a dataset is from: the text of its gift label, out of credits and thanks.

Nobody is on a label who has not said yes. A person who does not want their name shown is "someone at" their
organisation, and carries no id, so that a page cannot link to them by mistake; nor do the words of others name them
(`withheld`). Nothing is ranked: within a role, credits that involve another organisation come first, then names in
alphabetical order.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from matchmaker.recognition.roles import ROLES, Role
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.recognition.withheld import Unread, among_words, names_in_address, without_names


@dataclass(frozen=True)
class LabelPerson:
    """A person as a label may show them; `shows_name` is their own choice, `organisation` may be empty.

    Somebody who never signed up has a negative id that no page knows; so has a team (`is_team`).
    """

    id: int
    name: str
    organisation: str
    shows_name: bool = True
    is_team: bool = False

    @property
    def shown(self) -> str:
        """What to print for the person."""
        return self.name if self.shows_name else self.unnamed

    @property
    def unnamed(self) -> str:
        """What to print where the name may not be read."""
        return f"someone at {self.organisation}" if self.organisation else "someone"


@dataclass(frozen=True)
class Credit:
    """A contribution as it is kept: who, in which role, how far it has come.

    `from_series`: it was given for the series that the dataset belongs to. `self_declared`: the person said so first.
    """

    person: LabelPerson
    role: str
    state: ContributionState
    role_text: str = ""
    from_series: bool = False
    self_declared: bool = False


@dataclass(frozen=True)
class Thanks:
    """An endorsement as it is kept; not `visible` while an organiser hides it or the event is sealed."""

    giver: LabelPerson
    receiver: LabelPerson
    role: str
    sentence: str
    state: EndorsementState
    relation: str = ""
    evidence_url: str = ""
    role_text: str = ""
    visible: bool = True


@dataclass(frozen=True)
class Quotation:
    """One thanks as printed: the sentence, who says it, and for whom and what."""

    sentence: str
    giver: str
    giver_organisation: str
    giver_id: int | None
    receiver: str
    role: Role
    relation: str
    evidence_url: str
    from_elsewhere: bool


@dataclass(frozen=True)
class Voices:
    """How many people said thanks, and from how many organisations; never one number alone."""

    colleagues: int
    organisations: int

    def __str__(self) -> str:
        """Return "2 colleagues from 1 organisation", or nothing where nobody has."""
        if not self.colleagues:
            return ""
        people = "1 colleague" if self.colleagues == 1 else f"{self.colleagues} colleagues"
        places = "1 organisation" if self.organisations == 1 else f"{self.organisations} organisations"
        return f"{people} from {places}"


@dataclass(frozen=True)
class Entry:
    """One person or team in one role. `person_id` is None where the name is not shown, or nobody signed up.

    `from_series`: they are credited for the whole series, not for this dataset by itself. `is_named` is false for
    "someone at" an organisation. `self_declared`: the person said it first, and a colleague's thanks bore it out.
    """

    shown: str
    organisation: str
    person_id: int | None
    role_text: str
    thanks: tuple[Quotation, ...]
    voices: Voices
    from_series: bool = False
    is_team: bool = False
    is_named: bool = True
    self_declared: bool = False


@dataclass(frozen=True)
class Line:
    """A role and everybody named for it."""

    role: Role
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Label:
    """Who a dataset is from: lines in the order of ROLES, all thanks, and the roles nobody is named for.

    `voices` are those who say thanks, `makers` those on the lines, whether or not their name is shown.
    """

    lines: tuple[Line, ...]
    thanks: tuple[Quotation, ...]
    voices: Voices
    missing: tuple[Role, ...]
    makers: Voices = Voices(0, 0)


@dataclass(frozen=True)
class _Names:
    """Whose name a label does not show, by id; and the names that may not be read in the words of others."""

    unnamed: frozenset[int]
    unread: tuple[Unread, ...] = ()


def make_label(
    credits: Iterable[Credit], thanks: Iterable[Thanks] = (), withheld: Iterable[Unread] = ()
) -> Label:
    """Return the label of one dataset from all its credits and thanks, whatever their state.

    Only what is accepted is used; a thanks for a credit that is not is left out with it. Thanks keep the
    order given (callers pass the oldest first) within those from another organisation and those from the
    same. The words of a thanks or a role name nobody whose name these credits and thanks do not show, and nobody
    `withheld`.
    """
    credits, thanks = list(credits), list(thanks)
    accepted = [credit for credit in credits if credit.state is ContributionState.ACCEPTED]
    credited = {_key(credit.person, credit.role, credit.role_text) for credit in accepted}
    # An anonymous person stays so in a quotation even if only the credit says that they are.
    unnamed = frozenset(credit.person.id for credit in accepted if not credit.person.shows_name)
    said = [
        one
        for one in thanks
        if one.state is EndorsementState.ACCEPTED
        and one.visible
        and _key(one.receiver, one.role, one.role_text) in credited
    ]
    said.sort(key=lambda one: not _from_elsewhere(one))
    words = [one.sentence for one in said] + [credit.role_text for credit in accepted]
    words += [one.evidence_url for one in said]
    names = _Names(unnamed, among_words(words, (*unread(credits, thanks), *withheld)))
    lines = _lines(accepted, said, names)
    return Label(
        lines=lines,
        thanks=tuple(_quotation(one, names) for one in said),
        voices=_voices(said),
        missing=missing_roles(lines),
        makers=makers(accepted),
    )


def makers(credits: Iterable[Credit]) -> Voices:
    """Return how many people a dataset's label is from, and of how many organisations: of what is accepted."""
    people = [credit.person for credit in credits if credit.state is ContributionState.ACCEPTED]
    return Voices(
        colleagues=len({one.id for one in people}),
        organisations=len({one.organisation.casefold() for one in people} - {""}),
    )


def make_claims(credits: Iterable[Credit], withheld: Iterable[Unread] = ()) -> tuple[Line, ...]:
    """Return what people say of themselves: for signed-in readers, never for the public."""
    credits = list(credits)
    claimed = [credit for credit in credits if credit.state is ContributionState.CLAIMED]
    unnamed = frozenset(credit.person.id for credit in claimed if not credit.person.shows_name)
    return _lines(claimed, [], _Names(unnamed, (*unread(credits), *withheld)))


def unread(credits: Iterable[Credit], thanks: Iterable[Thanks] = ()) -> list[Unread]:
    """Return the names that nobody may read in words beside these credits and thanks.

    They are of people who do not want their name shown, and of those who are credited and have not said yes to any
    credit, or hide them all.
    """
    credits = list(credits)
    people = {one.person.id: one.person for one in credits}
    shown = {one.person.id for one in credits if one.state in _SHOWN and one.person.shows_name}
    for giver in (one.giver for one in thanks):
        people.setdefault(giver.id, giver)
        shown |= {giver.id} if giver.shows_name else set()
    shown -= {one.person.id for one in credits if not one.person.shows_name}
    return [
        Unread(who.name, who.unnamed, wholly=who.is_team)
        for who in people.values()
        if who.name and who.id not in shown
    ]


_SHOWN = (ContributionState.ACCEPTED, ContributionState.CLAIMED)


def missing_roles(*lines: tuple[Line, ...]) -> tuple[Role, ...]:
    """Return the roles that nobody is named for in any of these lines, without the optional ones."""
    named = {line.role.id for group in lines for line in group}
    return tuple(role for role in ROLES.values() if role.id not in named and not role.optional)


def _key(person: LabelPerson, role: str, role_text: str) -> tuple[int, str, str]:
    return person.id, role, role_text.casefold()


def _from_elsewhere(thanks: Thanks) -> bool:
    """Say whether giver and receiver are of different, known organisations."""
    giver, receiver = thanks.giver.organisation.casefold(), thanks.receiver.organisation.casefold()
    return bool(giver and receiver) and giver != receiver


def _voices(thanks: list[Thanks]) -> Voices:
    return Voices(
        colleagues=len({one.giver.id for one in thanks}),
        organisations=len({one.giver.organisation.casefold() for one in thanks}),
    )


def _lines(credits: list[Credit], thanks: list[Thanks], names: _Names) -> tuple[Line, ...]:
    # A person credited for the dataset and for its series is one entry, the dataset's own.
    once = {
        _key(credit.person, credit.role, credit.role_text): credit
        for credit in sorted(credits, key=lambda credit: not credit.from_series)
    }
    own: dict[tuple[int, str, str], list[Thanks]] = {key: [] for key in once}
    for one in thanks:
        own.get(_key(one.receiver, one.role, one.role_text), []).append(one)
    entries: dict[str, list[Entry]] = {}
    for key, credit in once.items():
        entries.setdefault(credit.role, []).append(_entry(credit, own[key], names))
    return tuple(
        Line(role, tuple(sorted(entries[role.id], key=_place)))
        for role in ROLES.values()
        if role.id in entries
    )


def _entry(credit: Credit, thanks: list[Thanks], names: _Names) -> Entry:
    person = _as_chosen(credit.person, names)
    return Entry(
        shown=person.shown,
        organisation=person.organisation,
        person_id=person.id if person.shows_name and person.id > 0 else None,
        role_text=without_names(credit.role_text, names.unread),
        thanks=tuple(_quotation(one, names) for one in thanks),
        voices=_voices(thanks),
        from_series=credit.from_series,
        is_team=person.is_team,
        is_named=person.shows_name,
        self_declared=credit.self_declared,
    )


def _place(entry: Entry) -> tuple[bool, str, str, str]:
    elsewhere = any(one.from_elsewhere for one in entry.thanks)
    return not elsewhere, entry.shown.casefold(), entry.organisation.casefold(), entry.role_text.casefold()


def _quotation(thanks: Thanks, names: _Names) -> Quotation:
    giver, receiver = _as_chosen(thanks.giver, names), _as_chosen(thanks.receiver, names)
    beside = [one.name for one in (receiver, giver) if one.shows_name]
    address = "" if names_in_address(thanks.evidence_url, names.unread) else thanks.evidence_url
    return Quotation(
        sentence=without_names(thanks.sentence, names.unread, beside),
        giver=giver.shown,
        giver_organisation=giver.organisation,
        giver_id=giver.id if giver.shows_name else None,
        receiver=receiver.shown,
        role=ROLES[thanks.role],
        relation=thanks.relation,
        evidence_url=address,
        from_elsewhere=_from_elsewhere(thanks),
    )


def _as_chosen(person: LabelPerson, names: _Names) -> LabelPerson:
    if person.shows_name and person.id in names.unnamed:
        return LabelPerson(person.id, person.name, person.organisation, shows_name=False)
    return person
