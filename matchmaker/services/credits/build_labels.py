"""From rows to the label of a dataset: who is credited, what was said, who says so of themselves."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from matchmaker.documents.people.names import first_name
from matchmaker.matching.titles import named as named_title
from matchmaker.recognition.label import (
    Credit,
    Label,
    LabelPerson,
    Line,
    Thanks,
    make_claims,
    make_label,
    missing_roles,
    unread,
)
from matchmaker.recognition.roles import OTHER, ROLES
from matchmaker.recognition.states import ContributionState, UnclaimedState
from matchmaker.recognition.withheld import ManyUnread, Unread
from matchmaker.store.catalogue import datasets
from matchmaker.store.credits import contributions, endorsements, unclaimed
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people import people
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

Row = TypeVar("Row", Contribution, Endorsement, UnclaimedCredit)

NOBODY = LabelPerson(id=0, name="", organisation="", shows_name=False)
"""A giver who was erased and left their thanks without a name."""


@dataclass(frozen=True)
class DatasetCredits:
    """The label of a dataset, and beside it what people say of themselves, for signed-in readers.

    A role that somebody claims is not missing from the label. `rows` are all contributions in any state; those
    of its series come last and carry the series' `dataset_id`. `withheld` are names that its words may not hold.
    """

    label: Label
    claims: tuple[Line, ...]
    rows: tuple[Contribution, ...]
    withheld: tuple[Unread, ...] = ()


@dataclass(frozen=True)
class KeptOfDataset:
    """All that is kept of a dataset, in any state, as values; `rows` are those of the contributions.

    `withheld` are names that nobody may read, of all that may stand in its words.
    """

    rows: list[Contribution]
    credits: list[Credit]
    thanks: list[Thanks]
    withheld: tuple[Unread, ...]

    def label(self) -> Label:
        """Return the label as everybody who is signed in may read it."""
        return make_label(self.credits, self.thanks, self.withheld)


def of_dataset(session: Session, dataset_id: int) -> DatasetCredits:
    """Return who a dataset is from; credits and thanks for its series hold for it too."""
    told = gather(session, [dataset_id])[dataset_id]
    label, claims = told.label(), make_claims(told.credits, told.withheld)
    return DatasetCredits(
        replace(label, missing=missing_roles(label.lines, claims)),
        claims=claims,
        rows=tuple(told.rows),
        withheld=(*unread(told.credits, told.thanks), *told.withheld),
    )


def gather(session: Session, dataset_ids: Collection[int]) -> dict[int, KeptOfDataset]:
    """Return what is kept of each of these datasets and, after it, of its series. Five queries and their people."""
    series = datasets.series_of(session, dataset_ids)
    rows, credits = _credits(session, dataset_ids, series, contributions.of_datasets)
    given = _by_dataset(endorsements.for_datasets(session, {*dataset_ids, *series.values()}))
    everywhere = not_to_be_named(session)
    found = {}
    for one in dataset_ids:
        said = [row for part in _parts(one, series) for row in given[part]]
        texts = (*(credit.role_text for credit in credits[one]), *words(rows[one], said))
        found[one] = KeptOfDataset(rows[one], credits[one], list(map(thanks, said)), everywhere.among(texts))
    return found


def gather_credits(session: Session, dataset_ids: Collection[int]) -> dict[int, list[Credit]]:
    """Return the credits of each of these datasets and of its series, as `gather` does. Three queries."""
    series = datasets.series_of(session, dataset_ids)
    return _credits(session, dataset_ids, series, contributions.in_short)[1]


def _credits(
    session: Session,
    dataset_ids: Collection[int],
    series: Mapping[int, int],
    read: Callable[[Session, Collection[int]], list[Contribution]],
) -> tuple[dict[int, list[Contribution]], dict[int, list[Credit]]]:
    """Return the contributions of each dataset and its series, and with who has no account the credits."""
    asked = {*dataset_ids, *series.values()}
    rows = _by_dataset(read(session, asked))
    names = _by_dataset(unclaimed.shown(session, asked))
    own = {one: [row for part in _parts(one, series) for row in rows[part]] for one in dataset_ids}
    credits = {
        one: [
            *(_from(row, credit(row), one) for row in own[one]),
            *(_from(row, unclaimed_credit(row), one) for part in _parts(one, series) for row in names[part]),
        ]
        for one in dataset_ids
    }
    return own, credits


def _from(row: Contribution | UnclaimedCredit, told: Credit, dataset_id: int) -> Credit:
    """Return a credit as one of this dataset: it may be given for its series."""
    return told if row.dataset_id == dataset_id else replace(told, from_series=True)


def _parts(dataset_id: int, series: Mapping[int, int]) -> tuple[int, ...]:
    """Return a dataset and, after it, its series."""
    return (dataset_id, series[dataset_id]) if dataset_id in series else (dataset_id,)


def not_to_be_named(session: Session) -> ManyUnread:
    """Return the whole names of all who do not want theirs shown, wherever words name them: one query."""
    return _laid_out(tuple(people.unnamed(session)))


@lru_cache(maxsize=1)
def _laid_out(hidden: tuple[tuple[str, str], ...]) -> ManyUnread:
    """Lay names out once in a process, until somebody hides theirs or shows it again."""
    return ManyUnread(
        Unread(name, LabelPerson(0, name, organisation).unnamed, wholly=True) for name, organisation in hidden
    )


def words(rows: Iterable[Contribution], given: Iterable[Endorsement]) -> Iterator[str]:
    """Yield what is said in people's own words of these contributions, and in these thanks."""
    for row in rows:
        yield from (row.role_text, row.note)
    for one in given:
        yield from (one.sentence, one.evidence_url)


def _by_dataset(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.dataset_id].append(row)
    return found


def label_of_one(
    contribution: Contribution, given: Iterable[Endorsement], withheld: Iterable[Unread] = ()
) -> Label:
    """Return the label as if this contribution were the only one: its accepted thanks as others may read them."""
    own = (thanks(row) for row in given if row.contribution_id == contribution.id)
    return make_label([credit(contribution)], own, withheld)


def withheld_beside(
    session: Session, rows: Collection[Contribution], given: Collection[Endorsement]
) -> dict[int, list[Unread]]:
    """Return for each dataset of these contributions the names that words said of it may not hold. Three queries.

    `given` are the thanks beside them.
    """
    everywhere = not_to_be_named(session).among(words(rows, given))
    series = datasets.series_of(session, {row.dataset_id for row in rows})
    asked = {row.dataset_id for row in rows} | {*series.values()}
    told = _by_dataset(contributions.of_datasets(session, asked))
    return {
        one: [*unread(credit(row) for part in (one, series.get(one, 0)) for row in told[part]), *everywhere]
        for one in asked
    }


def named(person: Person | None) -> LabelPerson:
    """Return a person as a label may show them."""
    if person is None:
        return NOBODY
    return LabelPerson(person.id, person.name, person.organisation, person.show_name)


def credit(row: Contribution) -> Credit:
    """Return a contribution as a value; its person must be loaded."""
    own_word = row.declared_by_id == row.person_id
    return Credit(named(row.person), row.role, row.state_for_others, row.role_text, self_declared=own_word)


def unclaimed_credit(row: UnclaimedCredit) -> Credit:
    """Return the credit of somebody who never signed up, or of a team, as it stands on a label."""
    who = LabelPerson(-row.id, row.name, row.organisation, is_team=row.is_team)
    state = ContributionState.ACCEPTED if row.state is UnclaimedState.SHOWN else ContributionState.AWAITING
    return Credit(who, row.role, state, row.role_text)


def thanks(row: Endorsement) -> Thanks:
    """Return an endorsement as a value; its giver and its contribution's person must be loaded."""
    return Thanks(
        giver=named(row.giver),
        receiver=named(row.contribution.person),
        role=row.role,
        sentence=row.sentence,
        state=row.state,
        relation=row.relation,
        evidence_url=row.evidence_url,
        role_text=row.contribution.role_text,
        visible=not (row.moderated or row.sealed),
    )


def role_in_words(role: str, role_text: str = "") -> str:
    """Return what a page calls a role: its label, or for another one the words of whoever named it."""
    return role_text if role == OTHER and role_text else ROLES[role].label


def did_in_words(row: Contribution, title: str) -> str:
    """Say what somebody did for the dataset of this title, as a sentence without a full stop.

    Another role has the words of whoever named it.
    """
    if row.role == OTHER and row.role_text:
        return f"{title}: {row.role_text}"
    return f"{first_name(row.person.name)} {ROLES[row.role].says(named_title(title))}"


def did(role: str) -> str:
    """Return the role as a verb before the name of a dataset, in the past: "curated", "built something with"."""
    return _DID.get(role, role)


_DID = {"built": "built something with", OTHER: "contributed to"}
"""Roles whose id is not such a verb already."""
